"""Words that people read: what an invoice charges, why it has no VAT, what changes and how it is paid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.catalog import USERS
from subctl.domain.contract import State, licences_of
from subctl.domain.invoice import Draft, Line
from subctl.domain.pricing import Change
from subctl.domain.tax import OUTSIDE, REVERSE_CHARGE, Vat
from subctl.results.words import Words
from subctl.view import codes, words
from subctl.view.language import _, ngettext, readable, speaking, spoken
from subctl.view.titles import titled

if TYPE_CHECKING:
    from subctl.domain.catalog import Catalogs
    from subctl.domain.ending import Cancellation
    from subctl.results.change import ShownChange
    from subctl.results.invoice import ShownInvoice
    from subctl.results.parties import Payment


def line_words(line: Line) -> str:
    """Return what a line charges: `Pro, 20 users`, `Zoom licence, 3 more`, `Pro for 2 users instead of …`."""
    if line.words is not None:
        return line.words
    before, after = line.before, line.after
    if before is None:
        return f"{after.title}, {words.users(after.number)}" if line.item == USERS else after.title
    if (before.name, before.rate) == (after.name, after.rate):
        return _more_words(after.title, after.number - before.number, users=line.item == USERS)
    if line.item == USERS:
        return _("{plan} for {users} instead of {former_plan} for {former_users}").format(
            plan=after.title,
            users=words.users(after.number),
            former_plan=before.title,
            former_users=words.users(before.number),
        )
    return _("{licence}, {number} instead of {former_number}").format(
        licence=after.title, number=words.count(after.number), former_number=words.count(before.number)
    )


def _more_words(title: str, added: int, *, users: bool) -> str:
    """Say how many are charged beside those there were, or given back: `Pro, 3 users more`, `Zoom licence, 1 fewer`."""
    number = abs(added)
    if users and added > 0:
        text = ngettext("{plan}, {number} user more", "{plan}, {number} users more", number)
    elif users:
        text = ngettext("{plan}, {number} user fewer", "{plan}, {number} users fewer", number)
    elif added > 0:
        text = ngettext("{licence}, {number} more", "{licence}, {number} more", number)
    else:
        text = ngettext("{licence}, {number} fewer", "{licence}, {number} fewer", number)
    return text.format(plan=title, licence=title, number=words.count(number))


def end_words(cancellation: Cancellation) -> str:
    """Return what a cancellation does, in a few words."""
    if cancellation.last_day:
        return _("ends on {day}").format(day=words.column_day(cancellation.last_day))
    return _("never starts")


def vat_words(vat: Vat) -> str | None:
    """Return the sentence that an invoice without VAT needs; none where there is VAT."""
    if vat.words is not None:
        return vat.words
    if vat.category == REVERSE_CHARGE:
        text = _("Reverse charge: the customer accounts for the VAT. VAT number {vat_id}.")
        return text.format(vat_id=vat.vat_id)
    if vat.category == OUTSIDE:
        return _("Outside the scope of VAT in {country}.").format(country=vat.country)
    return vat.exempt


def unchecked_words(vat_id: str | None) -> str:
    """Return what is said to the seller's side of a VAT number, and never on an invoice (pricing.md 3.3)."""
    return _("VAT number {vat_id} was not checked with VIES.").format(vat_id=vat_id)


def payment_words(payment: Payment, due: date | None) -> str:
    """Say how and when an amount is paid: `payable by 14 April 2026`, `to be debited on …`, `charged to the card`."""
    if payment.by_card:
        return _("charged to the card")
    text = _("to be debited on {day}") if payment.method == "direct-debit" else _("payable by {day}")
    return text.format(day=words.day(due))


def order_question(shown: ShownChange) -> str:
    """Ask for an order under its preview: `Order for 786.50 EUR, payable by 14 April 2026?`."""
    change, standing, due = shown.change, shown.standing, shown.change.due_now
    late = sum(draft.total for draft in change.catch_up)
    if standing is None or not (late or due):
        return _("Order, with nothing due now?")
    if not late:
        text = _("Order for {amount}, {payment}?")
    elif due:
        text = _("Order for {amount}, and {late} that is due already, {payment}?")
    else:
        text = _("Order, with {late} that is due already, {payment}?")
    return text.format(
        amount=words.money(due.total, change.currency) if due else "",
        late=words.money(late, change.currency),
        payment=payment_words(standing.payment, standing.due_date),
    )


def state_words(state: State, sold: Iterable[str]) -> str:
    """Write a state as a clause: `pro, 20 users and 2 Zoom licences, on annual billing`."""
    return _("{plan}, {seats}, {on_billing}").format(
        plan=state.plan,
        seats=words.seats(state.users, licences_of(state, sold)),
        on_billing=codes.on_billing(state.billing),
    )


def change_words(change: Change) -> str:
    """Write a change in a few words: `plan starter → pro, users 10 → 20`."""
    before, after = change.before, change.after
    had = licences_of(before, change.licences)
    each = words.count
    compared = [
        (_("plan {before} → {after}"), before.plan, after.plan),
        (_("users {before} → {after}"), each(before.users), each(after.users)),
        *(
            (kind + " {before} → {after}", each(had.get(kind, 0)), each(number))
            for kind, number in licences_of(after, change.licences).items()
        ),
        (_("billing {before} → {after}"), codes.billing(before.billing), codes.billing(after.billing)),
    ]
    return ", ".join(text.format(before=old, after=new) for text, old, new in compared if old != new)


def wording(draft: Draft, language: str, catalogs: Catalogs) -> Words:
    """Return what an invoice says when it is issued, in a language.

    Where its texts can't be read that is English, and the words say so: a book goes on without them.
    """
    language = readable(language)
    with speaking(language):
        said = titled(draft, catalogs)
        return Words(tuple(map(line_words, said.lines)), vat_words(said.vat), language)


def worded(invoice: ShownInvoice) -> Draft:
    """Return what an invoice charges, in the language that is spoken.

    In the language of its own words it is said in these, the same for ever (pricing.md 7.2); in others it is made anew
    from what it keeps. A document by the first rules has words only.
    """
    draft, words = invoice.draft, invoice.words
    if words.language != spoken():
        return titled(draft, invoice.catalogs)
    lines = tuple(line._replace(words=said) for line, said in zip(draft.lines, words.lines, strict=True))
    return draft._replace(lines=lines, vat=draft.vat._replace(words=words.note))
