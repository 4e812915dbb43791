"""A change as a preview, a quote or an order.

The order of a preview: what changes; from when it can be used; what is free and until when; what is due now
and why; what the next regular invoice will be; how long the quote holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.contract import licences_of
from subctl.domain.dates import DAY
from subctl.domain.money import format_fee
from subctl.domain.pricing import BILLING, DOWN, NONE, UP, Change
from subctl.domain.year import yearly_fee
from subctl.results.change import ShownChange, Standing
from subctl.results.parties import Parties
from subctl.view import words
from subctl.view.console import Page, styled
from subctl.view.layout import Column, Row
from subctl.view.screens.invoice import draw_section, party
from subctl.view.texts import KINDS, state_words

if TYPE_CHECKING:
    from subctl.view.console import Fact

_STATES = (Column(""), Column("Now", right=True, fold=True), Column("New", right=True, fold=True))


def draw(page: Page, shown: ShownChange) -> None:
    """Draw a change, and what became of it."""
    change = shown.change
    if change.kind == NONE:
        page.line(f"Nothing changes: {shown.space} has {state_words(change.after, change.licences)} already.")
        return
    if shown.parties and shown.order is None:
        _draw_head(page, shown, shown.parties)
    page.title(f"{KINDS[change.kind]} of {shown.space} on {words.day(change.day)}")
    page.line()
    page.table(_STATES, _states(change))
    page.line()
    page.facts(_dates(shown))
    for sentence in _unused(shown):
        page.line(sentence)
    if page.explain and change.rule:
        from subctl.view.explain import rule_sentence

        page.line(f"Why: {rule_sentence(change.rule)}.", style="dim")
    for draft in change.catch_up:
        draw_section(page, f"Due already, invoiced with the order: {words.period(draft.period)}", draft)
    _draw_due_now(page, change)
    _draw_next(page, change)
    draw_brief(page, shown)


def _draw_head(page: Page, shown: ShownChange, parties: Parties) -> None:
    """Head a quote as the document it is."""
    page.title(f"Quote {shown.quote}")
    page.line()
    page.facts(
        [
            ("Date", words.day(shown.change.day)),
            ("Valid until", words.day(shown.valid_until)),
            ("To", party(parties.buyer)),
            ("From", party(parties.seller)),
            *([("Reference", parties.buyer.reference)] if parties.buyer.reference else []),
        ]
    )
    page.line()


def _states(change: Change) -> list[Row]:
    """Return what is and what is wanted, side by side; what differs stands out."""
    before, after = change.before, change.after
    had = licences_of(before, change.licences)
    licences = [
        (f"{words.licence(kind)} licences", str(had.get(kind, 0)), str(number))
        for kind, number in licences_of(after, change.licences).items()
    ]
    compared = [
        ("Plan", before.plan, after.plan),
        ("Users", str(before.users), str(after.users)),
        *licences,
        ("Billing", before.billing, after.billing),
        *_fees(change),
    ]
    return [Row([styled(label, "dim"), old, styled(new, "bold" * (old != new))]) for label, old, new in compared]


def _fees(change: Change) -> list[tuple[str, str, str]]:
    """Return what the states cost; where they are paid differently, each in its own unit, and both in a year."""
    fees, currency = (change.before_fee, change.after_fee), change.currency
    old, new = (format_fee(fee.amount, currency) for fee in fees)
    before, after = (fee.per for fee in fees)
    if before == after:
        return [(f"{currency} a {after}", old, new)]
    old_year, new_year = (format_fee(yearly_fee(fee), currency) for fee in fees)
    return [
        (currency, f"{old} a {before}", f"{new} a {after}"),
        (f"{currency} in twelve months", old_year, new_year),
    ]


def _unused(shown: ShownChange) -> list[str]:
    """Say how much that is paid for goes at once with a reduction, and until when it is paid for (pricing.md 4.1)."""
    change, standing = shown.change, shown.standing
    if change.kind != DOWN or standing is None:
        return []
    until = change.price_from - DAY if change.price_from else standing.last_day
    gone = [f"{number} {what}{'s' * (number != 1)}" for what, number in _gone(change, standing) if number > 0]
    if not gone or change.available_from is None or until is None or until < change.available_from:
        return []
    start = "today" if change.available_from == change.day else f"on {words.day(change.available_from)}"
    return [
        "",
        f"Goes {start}, though paid for until {words.day(until)}: {' and '.join(gone)}. Nothing is paid back.",
    ]


def _gone(change: Change, standing: Standing) -> list[tuple[str, int]]:
    """Return of users and of each kind of licence how many are used and paid for today, and not wanted any more."""
    paid, had, wanted = (dict(state.licences) for state in (standing.paid, change.before, change.after))
    licences = [
        (f"{words.licence(kind)} licence", min(paid[kind], had.get(kind, 0)) - wanted.get(kind, 0)) for kind in paid
    ]
    return [("user", min(standing.paid.users, change.before.users) - change.after.users), *licences]


def _dates(shown: ShownChange) -> list[Fact]:
    change, standing = shown.change, shown.standing
    dates: list[Fact] = []
    if change.kind != BILLING:
        at_once = ", at once" if change.available_from == change.day else ""
        what = "Usable from" if change.kind == UP else "In use from"
        dates.append((what, words.day(change.available_from) + at_once))
    if change.free_until:
        dates.append(("Free until", styled(words.day(change.free_until), "green")))
    dates.append(("New price from", words.day(change.price_from, "never: the contract ends before")))
    if standing and standing.last_day:
        dates.append(("Contract ends", words.day(standing.last_day)))
    return dates


def _draw_due_now(page: Page, change: Change) -> None:
    due = change.due_now
    if due is None:
        page.line()
        page.title("Due now: nothing")
        return
    total = words.money(due.total, change.currency)
    draw_section(page, f"Due now: {total}, an upgrade invoice for {words.period(due.period)}", due)


def _draw_next(page: Page, change: Change) -> None:
    draft = change.next_invoice
    if draft is None:
        return
    total = words.money(draft.total, change.currency)
    title = f"Next invoice with the new price: {total} on {words.day(draft.day)}"
    draw_section(page, f"{title}, for {words.period(draft.period)}", draft)


def draw_brief(page: Page, shown: ShownChange) -> None:
    """Draw only what became of a change: an order, a quote, or nothing yet."""
    if shown.order:
        invoices = f"; issued {', '.join(shown.issued)}" if shown.issued else "; no invoice now"
        page.line()
        state = "Ordered" if shown.changed else "Ordered before"
        page.line(f"{state}: {shown.order}{invoices}.", style="green")
        for number in shown.issued:
            page.line(f"See it with: subctl show {number}", style="dim")
    elif shown.valid_until and not shown.quote:
        page.line()
        page.line(f"A dry run: nothing is saved. As a quote it would hold until {words.day(shown.valid_until)}.")
    elif page.dry_run:
        page.line()
        page.line("A dry run: nothing is ordered.")
    elif shown.quote:
        page.line()
        _draw_validity(page, shown)


def _draw_validity(page: Page, shown: ShownChange) -> None:
    """Say how long a quote holds and how to accept it, or what became of it."""
    valid = words.day(shown.valid_until)
    if shown.status in (None, "open"):
        page.line(f"Quote {shown.quote} holds until {valid}.", style="green")
        page.line(f"Accept it with: subctl order {shown.quote}", style="dim")
    else:
        page.line(f"Quote {shown.quote}, valid until {valid}: {shown.status}.", style="yellow")
