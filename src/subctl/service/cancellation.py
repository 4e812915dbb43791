"""Cancelling a contract at the first date that the notice reaches (pricing.md 4.10)."""

from __future__ import annotations

from subctl.domain.ending import CANCEL, plan_cancellation
from subctl.domain.errors import SubctlError
from subctl.domain.refusals import (
    refuse_ended,
    refuse_unsupported,
)
from subctl.domain.sentence import N_
from subctl.results.order import OrderedEnd
from subctl.service.caller import Caller
from subctl.service.document_page import shown_order
from subctl.service.issue import wordings
from subctl.service.placing import Ordering, place, prepare
from subctl.service.session import Session, reading, writing
from subctl.store import documents, facts, kept_words


def preview_cancel(caller: Caller, asked: str | None) -> OrderedEnd:
    """Return what cancelling today would mean, and write nothing."""
    with reading(caller, asked) as session:
        return _cancel(session, asked)


def cancel(caller: Caller, asked: str | None, shown: OrderedEnd | None = None) -> OrderedEnd:
    """End a contract at the first date that the notice reaches; `shown` is the preview that was agreed to.

    Cancelling what is cancelled changes nothing. Errors: pricing.md 5, and `quote_stale` where it has moved.
    """
    with writing(caller, asked) as session:
        return _cancel(session, asked, shown)


def _cancel(session: Session, asked: str | None, shown: OrderedEnd | None = None) -> OrderedEnd:
    space, contract = session.load(asked)
    refuse_ended(contract, session.day)
    if contract.end is not None:
        waiting = documents.latest_order(session.connection, space.id, cancellation=True)
        assert waiting is not None  # noqa: S101  # only a cancellation sets the end
        found = shown_order(session, waiting)
        assert isinstance(found, OrderedEnd)  # noqa: S101  # so it was asked for
        return found._replace(changed=False)
    if not session.caller.as_support:
        refuse_unsupported(space.customer, session.catalog, contract.current.plan, contract.current.plan)
    session.check_clock()
    cancellation, ended = plan_cancellation(contract, session.day, session.catalogs, space.taxed_as)
    preview = OrderedEnd(None, space.id, cancellation, (), None, changed=True, catalogs=session.catalogs)
    if shown is not None and shown._replace(catalogs=None) != preview._replace(catalogs=None):
        moved = N_("The contract has moved since this preview.")
        raise SubctlError("quote_stale", moved, N_("Look again, then cancel."))
    if not session.writes:
        return preview
    last_day = cancellation.last_day.isoformat() if cancellation.last_day else None
    words = kept_words.texts(catch_up=wordings(session, space, cancellation.catch_up))
    ordering = Ordering(CANCEL, contract, ended, facts.cancellation_text(cancellation), words, cancellation.catch_up)
    (placed,) = place(session, [prepare(session, space, ordering, last_day=last_day)])
    return preview._replace(number=placed.order, issued=placed.issued)
