"""A bank statement: whose each booking is and how sure; what is left over, with the commands that enter it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from itertools import islice

from subctl.domain.money import format_amount
from subctl.domain.sentence import N_
from subctl.results.statements import KNOWN, ShownBooking, Statement
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _, ngettext, pgettext
from subctl.view.layout import Column, Row
from subctl.view.rest import MOST_SHOWN, draw_rest

_SURE, _PROPOSED, _UNKNOWN, _OUTGOING = "sure", "proposed", "unknown", "outgoing"

_REASONS = {
    "other_payer": N_("from the account of another space"),
    "amount": N_("another amount is open"),
    "several": N_("it could be for several"),
    "by_hand": N_("the same was entered by hand"),
    "no_payment": N_("no payment that it could take back"),
    "reversal": N_("money that came back"),
}
_UNKNOWN_WHY = N_("nothing says whose it is")


def draw(page: Page, statement: Statement) -> None:
    """Draw what is sure, what is left over and why, and how many were known before."""
    page.title(_title(statement))
    sure = statement.counts[_SURE]
    if sure:
        page.line()
        page.table(
            _sure_columns(statement), [*(_sure(each, statement) for each in _first(statement, _SURE))], _sum(statement)
        )
        draw_rest(page, sure, style="dim")
    if statement.left:
        page.line()
        rows = [_left(each, statement) for each in _first(statement, _PROPOSED, _UNKNOWN)]
        page.table(_left_columns(statement), rows)
        draw_rest(page, statement.left, style="dim")
    page.line()
    for line in _counts(statement):
        page.line(line)
    draw_brief(page, statement)
    _draw_ways_out(page, statement)


def draw_brief(page: Page, statement: Statement) -> None:
    """Draw only what was entered."""
    if statement.numbers:
        first, last = statement.numbers
        told = _("Entered: {first} to {last}.") if first != last else _("Entered: {payment}.")
        page.line(told.format(first=first, last=last, payment=first), style="green")
    elif not statement.changed:
        page.line(_("Nothing to enter."), style="green")
    elif page.dry_run:
        page.line(_("A dry run: nothing is entered."))


def _title(statement: Statement) -> str:
    count = len(statement.bookings)
    return ngettext("{number} booking", "{number} bookings", count).format(number=words.count(count))


def _first(statement: Statement, *states: str) -> Iterator[ShownBooking]:
    return islice((each for each in statement.bookings if each.state in states), MOST_SHOWN)


def _sure_columns(statement: Statement) -> list[Column]:
    return [
        Column(_("Day")),
        Column(pgettext("booking", "From"), fold=True, under=2),
        Column(_("Space"), fold=True),
        Column(_("For"), fold=True, bare=True, under=1),
        Column(_("Amount {currency}").format(currency=statement.currency), right=True),
    ]


def _sure(booking: ShownBooking, statement: Statement) -> Row:
    amount = words.amount(booking.amount, statement.currency)
    return Row([words.column_day(booking.day), _who(booking), booking.space or "–", _for(booking), amount])


def _sum(statement: Statement) -> list[Row]:
    return [Row([_("Sum"), "", "", "", words.amount(statement.amount, statement.currency)], "bold")]


def _left_columns(statement: Statement) -> list[Column]:
    return [
        Column(_("Day")),
        Column(pgettext("booking", "From"), fold=True),
        Column(pgettext("booking", "Perhaps"), fold=True, under=1),
        Column(_("Why"), fold=True, bare=True, under=2),
        Column(_("Amount {currency}").format(currency=statement.currency), right=True),
    ]


def _left(booking: ShownBooking, statement: Statement) -> Row:
    perhaps = " ".join(filter(None, (booking.space, *(part.number for part in booking.parts), booking.of)))
    why = _(_REASONS[booking.reason]) if booking.reason else _(_UNKNOWN_WHY)
    amount = words.amount(booking.amount, statement.currency)
    return Row([words.column_day(booking.day), _who(booking), perhaps or "–", why, amount])


def _who(booking: ShownBooking) -> str:
    return ", ".join(filter(None, (booking.name, booking.text))) or booking.account or "–"


def _for(booking: ShownBooking) -> str:
    if booking.of:
        return _("takes {payment} back").format(payment=booking.of)
    return ", ".join(part.number for part in booking.parts) or _("credit")


def _counts(statement: Statement) -> Iterator[str]:
    """Say how many were known before, and how many aren't counted."""
    known, outgoing = statement.counts[KNOWN], statement.counts[_OUTGOING]
    if known:
        yield ngettext(
            "{number} was entered or set aside before.", "{number} were entered or set aside before.", known
        ).format(number=words.count(known))
    if outgoing:
        yield ngettext(
            "{number} is of money that went: it is not counted.",
            "{number} are of money that went: they are not counted.",
            outgoing,
        ).format(number=words.count(outgoing))


def _draw_ways_out(page: Page, statement: Statement) -> None:
    """Name what enters a booking that is left over, or sets it aside."""
    if not statement.left:
        return
    page.line()
    page.line(_("What is left over can be entered, or set aside:"))
    for booking in _first(statement, _PROPOSED, _UNKNOWN):
        page.whole(f"  {_command(booking, statement.currency)}", style="dim")


def _command(booking: ShownBooking, currency: str) -> str:
    """Return the command for a booking; one that isn't proposed, or takes something back, can be set aside."""
    source = shlex.quote(booking.source)
    if booking.amount < 0 or not booking.space or booking.reason == "reversal":
        return f"subctl pay --ignore {source}"
    what = " ".join(part.number for part in booking.parts) or f"--space {booking.space}"
    amount = format_amount(booking.amount, currency)
    return f"subctl pay {what} --amount {amount} --date {booking.day.isoformat()} --source {source}"
