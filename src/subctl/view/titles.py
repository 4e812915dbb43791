"""What plans and licences are called in the language that is spoken, by the catalogs of a document's day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.catalog import USERS
from subctl.view.language import spoken

if TYPE_CHECKING:
    from subctl.domain.catalog import Catalogs
    from subctl.domain.invoice import Counted, Draft
    from subctl.results.change import ShownChange
    from subctl.results.order import OrderedEnd


def titled(draft: Draft, catalogs: Catalogs) -> Draft:
    """Return an invoice whose plans and licences are called as in the language that is spoken."""

    def called(item: str, counted: Counted) -> Counted:
        return counted._replace(title=catalogs.title(item, counted.name, counted.title, spoken()))

    return draft._replace(
        lines=tuple(
            line._replace(
                before=called(line.item, line.before) if line.before else None, after=called(line.item, line.after)
            )
            for line in draft.lines
        )
    )


def titled_change(shown: ShownChange) -> ShownChange:
    """Return a change with its invoices and plans called as in the language that is spoken, where that is known."""
    change, catalogs = shown.change, shown.catalogs
    if catalogs is None:
        return shown

    def called(draft: Draft | None) -> Draft | None:
        return titled(draft, catalogs) if draft else None

    return shown._replace(
        change=change._replace(
            catch_up=tuple(titled(draft, catalogs) for draft in change.catch_up),
            due_now=called(change.due_now),
            next_invoice=called(change.next_invoice),
        ),
        titles=_titles(shown, catalogs),
    )


def _titles(shown: ShownChange, catalogs: Catalogs) -> tuple[str, str] | None:
    if shown.titles is None:
        return None
    plans = shown.change.before.plan, shown.change.after.plan
    before, after = (catalogs.title(USERS, *named, spoken()) for named in zip(plans, shown.titles, strict=True))
    return before, after


def titled_end(order: OrderedEnd) -> OrderedEnd:
    """Return a cancellation with its invoices' plans and licences called as in the language that is spoken."""
    catalogs, cancellation = order.catalogs, order.cancellation
    if catalogs is None:
        return order
    catch_up = tuple(titled(draft, catalogs) for draft in cancellation.catch_up)
    return order._replace(cancellation=cancellation._replace(catch_up=catch_up))
