"""Which account this is, and what it may do in the store."""

from __future__ import annotations

from subctl.results.whoami import Account
from subctl.service import access
from subctl.service.caller import Caller
from subctl.service.session import reading


def whoami(caller: Caller) -> Account:
    """Return which account this is, and what it may do in the store."""
    with reading(caller) as session:
        return Account(
            uid=None if session.connection.account else caller.uid,
            name=session.caller.account,
            store=str(caller.store),
            sandbox=session.settings.sandbox,
            day=session.day,
            store_administrator=access.WHOLE_STORE in session.rights,
            spaces=tuple(sorted(session.rights - {access.WHOLE_STORE})),
        )
