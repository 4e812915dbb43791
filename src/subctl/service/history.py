"""Who did what: the history of the store (docs/safety.md)."""

from __future__ import annotations

from datetime import date

from subctl.results.lists import History, HistoryItem
from subctl.service.session import Caller, reading
from subctl.store import history


def show_history(caller: Caller, space: str | None, since: date | None, limit: int) -> History:
    """Return the first `limit` of who did what, newest first, with the hash of each entry."""
    with reading(caller) as session:
        if space is not None:
            session.space_id(space)
        found = list(history.newest(session.connection, space, since, limit + 1))
        items = tuple(
            HistoryItem(
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
            for place, entry, hash_ in found[:limit]
        )
        return History(items, history.head(session.connection), more=len(found) > limit)
