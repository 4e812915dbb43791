"""A change as a preview, a quote or an order.

The order of a preview: what changes; from when it can be used; what is free and until when; what is due now
and why; what the next regular invoice will be; how long the quote holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.contract import licences_of
from subctl.domain.dates import DAY
from subctl.domain.invoice import Fee
from subctl.domain.pricing import BILLING, DOWN, NONE, UP, Change
from subctl.domain.sentence import N_
from subctl.domain.year import yearly_fee
from subctl.results.change import ShownChange, Standing
from subctl.results.parties import Parties
from subctl.view import codes, words
from subctl.view.console import Page, styled
from subctl.view.language import _
from subctl.view.layout import Column, Row
from subctl.view.screens.invoice import draw_section, party
from subctl.view.texts import state_words
from subctl.view.titles import titled_change

if TYPE_CHECKING:
    from subctl.view.console import Fact

TITLES = {
    "upgrade": N_("Upgrade of {space} on {day}"),
    "downgrade": N_("Downgrade of {space} on {day}"),
    "billing": N_("Change of billing of {space} on {day}"),
    "cancel": N_("Cancellation of {space} on {day}"),
}
"""How the page of each kind of order is headed."""


def draw(page: Page, shown: ShownChange) -> None:
    """Draw a change, and what became of it."""
    change = titled_change(shown).change
    if change.kind == NONE:
        same = _("Nothing changes: {space} has {state} already.")
        page.line(same.format(space=shown.space, state=state_words(change.after, change.licences)))
        return
    if shown.parties and shown.order is None:
        _draw_head(page, shown, shown.parties)
    page.title(_(TITLES[change.kind]).format(space=shown.space, day=words.day(change.day)))
    page.line()
    columns = [Column(""), Column(_("Now"), right=True, fold=True), Column(_("New"), right=True, fold=True)]
    page.table(columns, _states(change))
    page.line()
    page.facts(_dates(shown))
    for sentence in _unused(shown):
        page.line(sentence)
    if page.explain and change.rule:
        from subctl.view.explain import rule_sentence

        page.line(_("Why: {reason}.").format(reason=rule_sentence(change.rule)), style="dim")
    for draft in change.catch_up:
        title = _("Due already, invoiced with the order: {period}")
        draw_section(page, title.format(period=words.period(draft.period)), draft)
    _draw_due_now(page, change)
    _draw_next(page, change)
    draw_brief(page, shown)


def _draw_head(page: Page, shown: ShownChange, parties: Parties) -> None:
    """Head a quote as the document it is."""
    page.title(_("Quote {quote}").format(quote=shown.quote))
    page.line()
    page.facts(
        [
            (_("Date"), words.day(shown.change.day)),
            (_("Valid until"), words.day(shown.valid_until)),
            (_("To"), party(parties.buyer)),
            (_("From"), party(parties.seller)),
            *([(_("Reference"), parties.buyer.reference)] if parties.buyer.reference else []),
        ]
    )
    page.line()


def _states(change: Change) -> list[Row]:
    """Return what is and what is wanted, side by side; what differs stands out."""
    before, after = change.before, change.after
    had = licences_of(before, change.licences)
    licences = [
        (words.licences(kind), words.count(had.get(kind, 0)), words.count(number))
        for kind, number in licences_of(after, change.licences).items()
    ]
    compared = [
        (_("Plan"), before.plan, after.plan),
        (_("Users"), words.count(before.users), words.count(after.users)),
        *licences,
        (_("Billing"), codes.billing(before.billing), codes.billing(after.billing)),
        *_fees(change),
    ]
    return [Row([styled(label, "dim"), old, styled(new, "bold" * (old != new))]) for label, old, new in compared]


def _fees(change: Change) -> list[tuple[str, str, str]]:
    """Return what the states cost; where they are paid differently, each in its own unit, and both in a year."""
    fees, currency = (change.before_fee, change.after_fee), change.currency
    old, new = (words.fee_amount(fee, currency) for fee in fees)
    before, after = (fee.per for fee in fees)
    if before == after:
        return [(words.per(currency, after), old, new)]
    old_year, new_year = (words.fee_amount(Fee(yearly_fee(fee), "year"), currency) for fee in fees)
    return [
        (currency, words.per(old, before), words.per(new, after)),
        (_("{currency} in twelve months").format(currency=currency), old_year, new_year),
    ]


def _unused(shown: ShownChange) -> list[str]:
    """Say how much that is paid for goes at once with a reduction, and until when it is paid for (pricing.md 4.1)."""
    change, standing = shown.change, shown.standing
    if change.kind != DOWN or standing is None:
        return []
    until = change.price_from - DAY if change.price_from else standing.last_day
    gone = _gone(change, standing)
    if not gone or change.available_from is None or until is None or until < change.available_from:
        return []
    if change.available_from == change.day:
        told = _("Goes today, though paid for until {until}: {gone}. Nothing is paid back.")
    else:
        told = _("Goes on {day}, though paid for until {until}: {gone}. Nothing is paid back.")
    goes, end = words.day(change.available_from), words.day(until)
    return ["", told.format(day=goes, until=end, gone=words.listed(gone))]


def _gone(change: Change, standing: Standing) -> list[str]:
    """Return how many users and licences of each kind are used and paid for today, and not wanted any more."""
    paid, had, wanted = (dict(state.licences) for state in (standing.paid, change.before, change.after))
    users = min(standing.paid.users, change.before.users) - change.after.users
    licences = {kind: min(paid[kind], had.get(kind, 0)) - wanted.get(kind, 0) for kind in paid}
    return [
        *([words.users(users)] if users > 0 else []),
        *(words.counted_licences(kind, number) for kind, number in licences.items() if number > 0),
    ]


def _dates(shown: ShownChange) -> list[Fact]:
    change, standing = shown.change, shown.standing
    dates: list[Fact] = []
    if change.kind != BILLING:
        what = _("Usable from") if change.kind == UP else _("In use from")
        start = _("{day}, at once") if change.available_from == change.day else "{day}"
        dates.append((what, start.format(day=words.day(change.available_from))))
    if change.free_until:
        dates.append((_("Free until"), styled(words.day(change.free_until), "green")))
    dates.append((_("New price from"), words.day(change.price_from, _("never: the contract ends before"))))
    if standing and standing.last_day:
        dates.append((_("Contract ends"), words.day(standing.last_day)))
    return dates


def _draw_due_now(page: Page, change: Change) -> None:
    due = change.due_now
    if due is None:
        page.line()
        page.title(_("Due now: nothing"))
        return
    total = words.money(due.total, change.currency)
    title = _("Due now: {amount}, an upgrade invoice for {period}")
    draw_section(page, title.format(amount=total, period=words.period(due.period)), due)


def _draw_next(page: Page, change: Change) -> None:
    draft = change.next_invoice
    if draft is None:
        return
    total = words.money(draft.total, change.currency)
    title = _("Next invoice with the new price: {amount} on {day}, for {period}")
    day, period = words.day(draft.day), words.period(draft.period)
    draw_section(page, title.format(amount=total, day=day, period=period), draft)


def draw_brief(page: Page, shown: ShownChange) -> None:
    """Draw only what became of a change: an order, a quote, or nothing yet."""
    if shown.order:
        page.line()
        page.line(_ordered(shown).format(order=shown.order, invoices=", ".join(shown.issued)), style="green")
        for number in shown.issued:
            page.line(_("See it with: {command}").format(command=f"subctl show {number}"), style="dim")
    elif shown.valid_until and not shown.quote:
        page.line()
        saved = _("A dry run: nothing is saved. As a quote it would hold until {day}.")
        page.line(saved.format(day=words.day(shown.valid_until)))
    elif page.dry_run:
        page.line()
        page.line(_("A dry run: nothing is ordered."))
    elif shown.quote:
        page.line()
        _draw_validity(page, shown)


def _ordered(shown: ShownChange) -> str:
    if shown.changed:
        return _("Ordered: {order}; issued {invoices}.") if shown.issued else _("Ordered: {order}; no invoice now.")
    if shown.issued:
        return _("Ordered before: {order}; issued {invoices}.")
    return _("Ordered before: {order}; no invoice now.")


def _draw_validity(page: Page, shown: ShownChange) -> None:
    """Say how long a quote holds and how to accept it, or what became of it."""
    valid = words.day(shown.valid_until)
    if shown.status in (None, "open"):
        page.line(_("Quote {quote} holds until {day}.").format(quote=shown.quote, day=valid), style="green")
        page.line(_("Accept it with: {command}").format(command=f"subctl order {shown.quote}"), style="dim")
    else:
        became = _("Quote {quote}, valid until {day}: {status}.")
        page.line(became.format(quote=shown.quote, day=valid, status=codes.status(shown.status)), style="yellow")
