"""Payments as a table; one with what it does to its space, or as it was entered; a booking that is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.payment import RETURN, UNDO
from subctl.domain.sentence import N_
from subctl.results.payments import Effect, IgnoredBooking, Payments, ShownPayment
from subctl.view import payment_words, words
from subctl.view.console import Page
from subctl.view.language import _, pgettext
from subctl.view.layout import Column, Row

if TYPE_CHECKING:
    from subctl.view.console import Fact

_TITLES = {
    "receipt": N_("Payment of {space} on {day}: {amount}"),
    "refund": N_("Refund to {space} on {day}: {amount}"),
    "return": N_("Returned debit of {space} on {day}: {amount}"),
    "undo": N_("Undo of {of}, a payment of {space}: {amount}"),
}


def draw(page: Page, result: Payments | ShownPayment | IgnoredBooking) -> None:
    """Draw payments, those that were entered last first; one; or what was set aside."""
    if isinstance(result, IgnoredBooking):
        _draw_ignored(page, result)
    elif isinstance(result, Payments):
        rows = [Row(_cells(item)) for item in result.items]
        if rows:
            page.table(_columns(result.currency), rows)
        else:
            page.line(_("No payment."))
    elif not result.number and not result.changed:
        page.line(_("Nothing is open: no payment is entered."))
    else:
        _draw_payment(page, result)
        draw_brief(page, result)


def draw_brief(page: Page, payment: ShownPayment) -> None:
    """Draw only what became of a payment."""
    if payment.effect is None and payment.changed:
        return  # one that is looked at by its number
    if payment.number:
        page.line()
        told = _("Entered: {payment}.") if payment.changed else _("Entered before: {payment}.")
        page.line(told.format(payment=payment.number), style="green")
        if payment.kind != UNDO and payment.taken_back_by is None:
            page.line(_("Undo it with: {command}").format(command=_undo(payment)), style="dim")
    elif page.dry_run:
        page.line()
        page.line(_("A dry run: nothing is entered."))


def _undo(payment: ShownPayment) -> str:
    return f"subctl pay --undo {payment.number}"


def _draw_payment(page: Page, payment: ShownPayment) -> None:
    title, amount = _(_TITLES[payment.kind]), words.money(payment.amount, payment.currency)
    page.title(title.format(space=payment.space, day=words.day(payment.day), amount=amount, of=payment.of))
    page.line()
    page.facts(_facts(payment))
    if payment.effect:
        _draw_effect(page, payment.effect, payment.currency)


def _facts(payment: ShownPayment) -> list[Fact]:
    """Return what a payment says; an amount stands beside each invoice that it names."""
    facts: list[Fact] = [] if payment.number is None else [(_("Payment"), payment.number)]
    facts += [(_("Kind"), payment_words.kind(payment.kind)), (_("Paid by"), payment_words.method(payment.method))]
    if payment.entered != payment.day:
        facts.append((_("Entered on"), words.day(payment.entered)))
    named = [f"{part.number}: {words.money(part.amount, payment.currency)}" for part in payment.parts]
    more: list[tuple[str, str | list[str] | None]] = [
        (pgettext("of a payment", "Reference"), payment.reference),
        (_("Booking"), payment.source),
        (_("For"), named),
        (_("Takes back"), payment.of),
        (_("Taken back by"), payment.taken_back_by),
    ]
    return facts + [(label, text) for label, text in more if text]


def _draw_effect(page: Page, effect: Effect, currency: str) -> None:
    """Draw what is open of which documents before and after, and the credit that comes of it or is used."""
    if effect.moved:
        page.line()
        page.table(
            [
                Column(_("Document")),
                Column(_("Due")),
                Column(_("Open before"), right=True),
                Column(_("Open after {currency}").format(currency=currency), right=True),
            ],
            [
                Row([each.number, words.column_day(each.due), *(words.amount(n, currency) for n in each[2:])])
                for each in effect.moved
            ],
        )
    page.line()
    after = [(_("Still open"), words.money(effect.open, currency))]
    if effect.credit or effect.credit_before:
        after.append((_("Credit"), words.money(effect.credit, currency)))
    page.facts(after)
    if effect.credit > effect.credit_before:
        page.line()
        more = words.money(effect.credit - effect.credit_before, currency)
        told = _("{amount} more than is open: it becomes credit, and settles what comes next.")
        page.line(told.format(amount=more), style="yellow")


def _draw_ignored(page: Page, booking: IgnoredBooking) -> None:
    if booking.changed and page.dry_run:
        told = _("The booking {source} would be ignored from {day} on.")
    else:
        told = _("The booking {source} is ignored since {day}.")
    page.line(told.format(source=booking.source, day=words.day(booking.day)))


def _columns(currency: str) -> list[Column]:
    return [
        Column(_("Payment")),
        Column(_("Date"), under=2),
        Column(_("Space"), fold=True),
        Column(_("Kind"), bare=True, under=1),
        Column(_("Paid by"), under=2),
        Column(_("For"), bare=True, under=1),
        Column(_("Amount {currency}").format(currency=currency), right=True),
        Column(_("Taken back by"), under=3),
    ]


def _cells(item: ShownPayment) -> list[str]:
    named = ", ".join(part.number for part in item.parts) or item.reference or "–"
    return [
        item.number or "",
        words.column_day(item.day),
        item.space,
        payment_words.kind(item.kind),
        payment_words.method(item.method),
        item.of or named if item.kind in (RETURN, UNDO) else named,
        words.amount(item.amount, item.currency),
        item.taken_back_by or "–",
    ]
