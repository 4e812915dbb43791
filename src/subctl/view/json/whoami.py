"""Who one is, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.results.whoami import Account

if TYPE_CHECKING:
    from subctl.view.documents.whoami import WhoamiDocument


def document(result: Account, *, explain: bool) -> WhoamiDocument:
    """Return an account, and what it may do."""
    del explain
    return {
        "schema": "whoami/1",
        "uid": result.uid,
        "account": result.name,
        "store": result.store,
        "sandbox": result.sandbox,
        "date": result.day.isoformat(),
        "store_administrator": result.store_administrator,
        "spaces": list(result.spaces),
    }
