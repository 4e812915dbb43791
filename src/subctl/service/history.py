"""Who did what: the history of the store (docs/safety.md)."""

from __future__ import annotations

from subctl.results.lists import History, HistoryItem
from subctl.service.caller import Caller
from subctl.service.paging import Page, Wanted, listed, page
from subctl.service.session import Session, reading
from subctl.store import history
from subctl.store.tables import Row


def show_history(caller: Caller, wanted: Wanted) -> History:
    """Return who did what, newest first, with the hash of each entry."""
    with reading(caller) as session:
        if wanted.space is not None:
            session.space_id(wanted.space)
        items, more = listed(session, _page, wanted)
        return History(items, history.head(session.connection), more)


def _page(session: Session, wanted: Wanted, after: Row, size: int) -> Page[HistoryItem]:
    found = history.newest(session.connection, wanted.sought(session), size, after)
    return page([((placed[0],), _item(placed)) for placed in found], size, lambda _: True)


def _item(placed: history.Placed) -> HistoryItem:
    place, entry, hash_ = placed
    return HistoryItem(
        id=place,
        at=entry.at,
        day=entry.day,
        account=entry.account,
        uid=entry.uid,
        action=entry.action,
        space=entry.space,
        detail=history.detail_of(entry),
        hash=hash_,
    )
