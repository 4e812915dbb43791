"""Words that people read: what an invoice charges, why it has no VAT, what kinds of things are called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.catalog import USERS
from subctl.domain.contract import State, licences_of
from subctl.domain.invoice import Counted, Draft, Line
from subctl.domain.pricing import Change
from subctl.domain.tax import OUTSIDE, REVERSE_CHARGE, Vat
from subctl.domain.text import counted
from subctl.results.words import Words
from subctl.view import words
from subctl.view.language import _

if TYPE_CHECKING:
    from subctl.domain.ending import Cancellation
    from subctl.results.change import ShownChange
    from subctl.results.parties import Payment

KINDS = {"upgrade": "Upgrade", "downgrade": "Downgrade", "billing": "Change of billing", "cancel": "Cancellation"}
"""What kinds of orders are called."""

INVOICES = {"upgrade": "Upgrade invoice", "recurring": "Invoice", "credit": "Credit note"}
"""What kinds of invoices are called."""


def line_words(line: Line) -> str:
    """Return what a line charges: `Pro, 20 users`, `Zoom licence, 3 more`, `Pro for 2 users instead of …`."""
    if line.words is not None:
        return line.words
    before, after = line.before, line.after
    if before is None:
        return f"{after.title}, {counted(after.number, 'user')}" if line.item == USERS else after.title
    added = after.number - before.number
    if (before.name, before.rate) == (after.name, after.rate):
        direction = "more" if added > 0 else "fewer"
        number = counted(abs(added), "user") if line.item == USERS else str(abs(added))
        return f"{after.title}, {number} {direction}"
    if line.item == USERS:
        return f"{_users_of(after)} instead of {_users_of(before)}"
    return f"{after.title}, {after.number} instead of {before.number}"


def _users_of(plan: Counted) -> str:
    return f"{plan.title} for {counted(plan.number, 'user')}"


def end_words(cancellation: Cancellation) -> str:
    """Return what a cancellation does, in a few words."""
    return f"ends on {cancellation.last_day}" if cancellation.last_day else "never starts"


DEADLINES = {
    "renewal": "renews",
    "downgrade": "last day to reduce",
    "cancel": "last day to cancel",
    "end": "last day of use",
    "quote": "last day of quote",
    "invoice": "payment due",
}
"""What kinds of deadlines are called."""


def vat_words(vat: Vat) -> str | None:
    """Return the sentence that an invoice without VAT needs; none where there is VAT."""
    if vat.words is not None:
        return vat.words
    if vat.category == REVERSE_CHARGE:
        return f"Reverse charge: the customer accounts for the VAT. VAT number {vat.vat_id}."
    return f"Outside the scope of VAT in {vat.country}." if vat.category == OUTSIDE else vat.exempt


def unchecked_words(vat_id: str | None) -> str:
    """Return what is said to the seller's side of a VAT number, and never on an invoice (pricing.md 3.3)."""
    return f"VAT number {vat_id} was not checked with VIES."


def payment_words(payment: Payment, due: date | None) -> str:
    """Say how and when an amount is paid: `payable by 14 April 2026`, `to be debited on …`, `charged to the card`."""
    if payment.by_card:
        return "charged to the card"
    return f"{'to be debited on' if payment.method == 'direct-debit' else 'payable by'} {words.day(due)}"


def order_question(shown: ShownChange) -> str:
    """Ask for an order under its preview: `Order for 786.50 EUR, payable by 14 April 2026?`."""
    change, standing = shown.change, shown.standing
    late = sum(draft.total for draft in change.catch_up)
    if standing is None or not (late or change.due_now):
        return "Order, with nothing due now?"
    now = f" for {words.money(change.due_now.total, change.currency)}" if change.due_now else ""
    before = f", {'and' if now else 'with'} {words.money(late, change.currency)} that is due already" if late else ""
    return f"Order{now}{before}, {payment_words(standing.payment, standing.due_date)}?"


def state_words(state: State, sold: Iterable[str]) -> str:
    """Write a state as a clause: `pro, 20 users and 2 Zoom licences, on annual billing`."""
    return _("{plan}, {seats}, {on_billing}").format(
        plan=state.plan,
        seats=words.seats(state.users, licences_of(state, sold)),
        on_billing=words.on_billing(state.billing),
    )


def change_words(change: Change) -> str:
    """Write a change in a few words: `plan starter → pro, users 10 → 20`."""
    before, after = change.before, change.after
    had = licences_of(before, change.licences)
    licences = ((kind, had.get(kind, 0), number) for kind, number in licences_of(after, change.licences).items())
    compared = [
        ("plan", before.plan, after.plan),
        ("users", before.users, after.users),
        *licences,
        ("billing", before.billing, after.billing),
    ]
    return ", ".join(f"{key} {old} → {new}" for key, old, new in compared if old != new)


def wording(draft: Draft) -> Words:
    """Return what an invoice says when it is issued."""
    return Words(tuple(map(line_words, draft.lines)), vat_words(draft.vat))
