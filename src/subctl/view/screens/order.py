"""An order by its number, a cancellation, and one that is taken back."""

from __future__ import annotations

from subctl.domain.sentence import N_
from subctl.results.order import Ordered, OrderedChange, OrderedEnd, Withdrawal
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _
from subctl.view.screens import change
from subctl.view.screens.invoice import draw_section
from subctl.view.texts import state_words
from subctl.view.titles import titled, titled_end


def draw(page: Page, order: Ordered | Withdrawal) -> None:
    """Draw an order or a cancellation; one that is being taken back in short."""
    if isinstance(order, Withdrawal):
        _draw_withdrawal(page, order)
        draw_brief(page, order)
        if page.dry_run and order.order.changed:
            page.line()
            page.line(_("A dry run: nothing is withdrawn."))
        return
    if order.withdrawn:
        page.line(_withdrawn(order), style="yellow")
        page.line()
    if isinstance(order, OrderedEnd):
        _draw_cancellation(page, order)
        _draw_cancelled(page, order)
        if page.dry_run and order.changed:
            page.line()
            page.line(_("A dry run: nothing is cancelled."))
    else:
        change.draw(page, order.shown)


def draw_brief(page: Page, order: Ordered | Withdrawal) -> None:
    """Draw only what became of an order: a cancellation that stands, or what was taken back."""
    found = order.order if isinstance(order, Withdrawal) else order
    if found.withdrawn:
        page.line()
        page.line(_withdrawn(found), style="yellow")
    elif isinstance(found, OrderedEnd) and not isinstance(order, Withdrawal):
        _draw_cancelled(page, found)


def _draw_cancelled(page: Page, order: OrderedEnd) -> None:
    """Draw a cancellation that stands, and how to take it back."""
    if order.withdrawn is None and order.number:
        page.line()
        page.line(_cancelled(order).format(order=order.number, invoices=", ".join(order.issued)), style="green")
        page.line(_("Take it back with: {command}").format(command=f"subctl withdraw {order.number}"), style="dim")


def _cancelled(order: OrderedEnd) -> str:
    if order.changed:
        return _("Cancelled: {order}; issued {invoices}.") if order.issued else _("Cancelled: {order}.")
    return _("Cancelled before: {order}; issued {invoices}.") if order.issued else _("Cancelled before: {order}.")


def _withdrawn(order: Ordered) -> str:
    credit_note = order.credit_note if isinstance(order, OrderedChange) else None
    day = words.day(order.withdrawn)
    if credit_note:
        now = _("Withdrawn: {order} on {day}, with the credit note {credit_note}.")
        before = _("Withdrawn before: {order} on {day}, with the credit note {credit_note}.")
    else:
        now, before = _("Withdrawn: {order} on {day}."), _("Withdrawn before: {order} on {day}.")
    return (now if order.changed else before).format(order=order.number, day=day, credit_note=credit_note)


_WITHDRAWALS = {
    "upgrade": N_("Withdrawal of {order}, the upgrade of {space}"),
    "downgrade": N_("Withdrawal of {order}, the downgrade of {space}"),
    "billing": N_("Withdrawal of {order}, the change of billing of {space}"),
    "cancel": N_("Withdrawal of {order}, the cancellation of {space}"),
}


def _draw_withdrawal(page: Page, withdrawal: Withdrawal) -> None:
    order, credit = withdrawal.order, withdrawal.credit
    if isinstance(order, OrderedEnd):
        space, kind, day = order.space, "cancel", order.cancellation.day
        back = _("Ordered on {day}. The contract goes on.").format(day=words.day(day))
    else:
        space, what = order.shown.space, order.shown.change
        kind, state = what.kind, state_words(what.before, what.licences)
        back = _("Ordered on {day}. Back to {state}.").format(day=words.day(what.day), state=state)
    page.title(_(_WITHDRAWALS[kind]).format(order=order.number, space=space))
    page.line()
    page.line(back)
    if credit and isinstance(order, OrderedChange):
        title, total = _("Credit note: {amount}, for {invoice}"), words.money(credit.total, credit.currency)
        draw_section(page, title.format(amount=total, invoice=withdrawal.credited), titled(credit, withdrawal.catalogs))


def _draw_cancellation(page: Page, order: OrderedEnd) -> None:
    cancellation = titled_end(order).cancellation
    title = change.TITLES["cancel"]
    page.title(_(title).format(space=order.space, day=words.day(cancellation.day)))
    page.line()
    if cancellation.last_day:
        is_ = _("The last day is {day}. Until then everything stays usable; from then on nothing is invoiced.")
        be = _("The last day would be {day}. Until then everything stays usable; from then on nothing is invoiced.")
        page.line((is_ if order.number else be).format(day=words.day(cancellation.last_day)))
    else:
        page.line(_("The contract never starts, and nothing is invoiced."))
    for draft in cancellation.catch_up:
        title = _("Due already, invoiced with it: {period}")
        draw_section(page, title.format(period=words.period(draft.period)), draft)
