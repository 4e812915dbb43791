"""Who may do what: one table of rights, and the check of it (docs/safety.md).

An administrator is an OS account. The store's administrators may do everything; the administrators of a
space see and change that space alone. Whoever isn't in the table sees nothing.
"""

from __future__ import annotations

from subctl.domain.errors import SubctlError
from subctl.domain.text import safe

STORE, SPACE, ANYONE = "store", "space", "anyone"

WHOLE_STORE = ""
"""The space of a store administrator in the table of administrators."""

RIGHTS = {
    "init": ANYONE,  # makes a new file; whoever makes it is its first store administrator
    "whoami": ANYONE,
    "space add": STORE,
    "show": SPACE,
    "list": SPACE,
    "quote": SPACE,
    "upgrade": SPACE,
    "downgrade": SPACE,
    "order": SPACE,
    "cancel": SPACE,
    "withdraw": SPACE,
    "bill": SPACE,
    "check": STORE,
    "space set": SPACE,
    "space import": STORE,
    "apply": SPACE,
    "export": SPACE,
    "config show": ANYONE,  # the caller's own config file
    "config set": ANYONE,
    "config unset": ANYONE,
    "completion": ANYONE,
    "schema": ANYONE,
    "space lock": STORE,  # --lock, --unlock and --default of space set
    "catalog export": SPACE,
    "catalog check": ANYONE,  # reads the named file only
    "catalog import": STORE,
    "compare": SPACE,
    "forecast": SPACE,
    "admin list": STORE,
    "admin add": STORE,
    "admin remove": STORE,
    "history": STORE,
    "backup": STORE,
    "restore": STORE,
}


def refuse(account: str, what: str) -> SubctlError:
    """Return the refusal of an account that has no right to something."""
    return SubctlError(
        "not_administrator",
        f"The account {account} is not an administrator of {what}.",
        "Ask a store administrator to add you: subctl admin add.",
    )


def require(rights: set[str], command: str, space: str | None, account: str) -> None:
    """Refuse a command that this account has no right to (`not_administrator`)."""
    right = RIGHTS[command]
    if right == ANYONE or WHOLE_STORE in rights:
        return
    if right == STORE:
        raise refuse(account, "this store")
    if space is not None and space not in rights:
        raise refuse(account, f"the space {safe(space)}")
    if not rights:
        raise refuse(account, "this store or any space in it")
