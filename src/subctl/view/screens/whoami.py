"""Who one is to the store."""

from __future__ import annotations

from subctl.results.whoami import Account
from subctl.view import words
from subctl.view.console import Page


def draw(page: Page, account: Account) -> None:
    """Draw an account, and what it may do."""
    spaces = ", ".join(account.spaces)
    role = "administrator of the store" if account.store_administrator else f"administrator of {spaces}"
    page.facts(
        [
            ("Account", f"{account.name} (uid {account.uid}), by the operating system"),
            ("Role", role if account.store_administrator or spaces else "none: may see and change nothing"),
            ("Store", f"{account.store} ({'sandbox' if account.sandbox else 'live'})"),
            ("Day", words.day(account.day)),
        ]
    )
    page.line()
    page.line(
        "The file's own permissions are the lock: whoever can write the file can change everything in it."
        " The roles prevent mistakes and keep the record honest.",
        style="dim",
    )
