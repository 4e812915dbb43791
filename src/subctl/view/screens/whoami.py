"""Who one is to the store."""

from __future__ import annotations

from subctl.results.whoami import Account
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _


def draw(page: Page, account: Account) -> None:
    """Draw an account, and what it may do."""
    by_system = account.uid is not None
    who = _("{account} (uid {uid}), by the operating system") if by_system else _("{account}, by the server")
    store = _("{store} (sandbox)") if account.sandbox else _("{store} (live)")
    page.facts(
        [
            (_("Account"), who.format(account=account.name, uid=account.uid)),
            (_("Role"), _role(account)),
            (_("Store"), store.format(store=account.store)),
            (_("Day"), words.day(account.day)),
        ]
    )
    page.line()
    page.line(_of_a_file() if by_system else _of_a_server(), style="dim")


def _of_a_file() -> str:
    return _(
        "The file's own permissions are the lock: whoever can write the file can change everything in it."
        " The roles prevent mistakes and keep the record honest."
    )


def _of_a_server() -> str:
    return _(
        "The server is the lock: it shows administrators of a space that space alone, whatever they ask it with,"
        " and lets nobody but its owner change what was issued."
    )


def _role(account: Account) -> str:
    if account.store_administrator:
        return _("administrator of the store")
    if account.spaces:
        return _("administrator of {spaces}").format(spaces=", ".join(account.spaces))
    return _("none: may see and change nothing")
