"""An order by its number, a cancellation, and one that is taken back."""

from __future__ import annotations

from subctl.results.order import Ordered, OrderedChange, OrderedEnd, Withdrawal
from subctl.view import words
from subctl.view.console import Page
from subctl.view.screens import change
from subctl.view.screens.invoice import draw_section
from subctl.view.texts import KINDS, state_words


def draw(page: Page, order: Ordered | Withdrawal) -> None:
    """Draw an order or a cancellation; one that is being taken back in short."""
    if isinstance(order, Withdrawal):
        _draw_withdrawal(page, order)
        draw_brief(page, order)
        _draw_dry_run(page, order.order, "withdrawn")
        return
    if order.withdrawn:
        page.line(_withdrawn(order), style="yellow")
        page.line()
    if isinstance(order, OrderedEnd):
        _draw_cancellation(page, order)
        _draw_cancelled(page, order)
        _draw_dry_run(page, order, "cancelled")
    else:
        change.draw(page, order.shown)


def _draw_dry_run(page: Page, order: Ordered, done: str) -> None:
    if page.dry_run and order.changed:
        page.line()
        page.line(f"A dry run: nothing is {done}.")


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
        state = "Cancelled" if order.changed else "Cancelled before"
        issued = f"; issued {', '.join(order.issued)}" if order.issued else ""
        page.line()
        page.line(f"{state}: {order.number}{issued}.", style="green")
        page.line(f"Take it back with: subctl withdraw {order.number}", style="dim")


def _withdrawn(order: Ordered) -> str:
    credit_note = order.credit_note if isinstance(order, OrderedChange) else None
    note = f", with the credit note {credit_note}" if credit_note else ""
    state = "Withdrawn" if order.changed else "Withdrawn before"
    return f"{state}: {order.number} on {words.day(order.withdrawn)}{note}."


def _draw_withdrawal(page: Page, withdrawal: Withdrawal) -> None:
    order, credit = withdrawal.order, withdrawal.credit
    if isinstance(order, OrderedEnd):
        space, kind, day, back = order.space, "cancel", order.cancellation.day, "The contract goes on."
    else:
        space, what = order.shown.space, order.shown.change
        kind, day, back = what.kind, what.day, f"Back to {state_words(what.before, what.licences)}."
    page.title(f"Withdrawal of {order.number}, the {KINDS[kind].lower()} of {space}")
    page.line()
    page.line(f"Ordered on {words.day(day)}. {back}")
    if credit and isinstance(order, OrderedChange):
        total = words.money(credit.total, credit.currency)
        draw_section(page, f"Credit note: {total}, for {order.shown.invoice}", credit)


def _draw_cancellation(page: Page, order: OrderedEnd) -> None:
    cancellation = order.cancellation
    page.title(f"{KINDS['cancel']} of {order.space} on {words.day(cancellation.day)}")
    page.line()
    if cancellation.last_day:
        last = f"The last day {'is' if order.number else 'would be'} {words.day(cancellation.last_day)}."
        page.line(f"{last} Until then everything stays usable; from then on nothing is invoiced.")
    else:
        page.line("The contract never starts, and nothing is invoiced.")
    for draft in cancellation.catch_up:
        draw_section(page, f"Due already, invoiced with it: {words.period(draft.period)}", draft)
