"""Who may do what: the rights that commands declare, and the check of them (docs/safety.md).

An administrator is an OS account. The store's administrators may do everything; the administrators of a
space see and change that space alone. Whoever isn't in the store's table of administrators sees nothing.
"""

from __future__ import annotations

from subctl.domain.errors import SubctlError
from subctl.domain.text import safe

STORE, SPACE, ANYONE = "store", "space", "anyone"
"""Rights: of the store's administrators, also of those of the space concerned, or of everybody."""

WHOLE_STORE = ""
"""The space of a store administrator in the table of administrators."""


def refuse(account: str, what: str, added: str = "--space SPACE") -> SubctlError:
    """Return the refusal of an account that has no right to something; `added` are the options that would give it."""
    return SubctlError(
        "not_administrator",
        f"The account {account} is not an administrator of {what}.",
        f"Ask a store administrator for it: {f'subctl admin add {account} {added}'.rstrip()}.",
    )


def require(
    rights: set[str], right: str, account: str, *, space: str | None = None, document: str | None = None
) -> None:
    """Refuse an account that lacks a right (`not_administrator`), naming what it would have to administer.

    Of a `document` the space isn't known yet: here it is refused to those who administer nothing at all.
    """
    if right == ANYONE or WHOLE_STORE in rights:
        return
    if right == STORE:
        raise refuse(account, "this store", "")
    if space is not None and space not in rights:
        raise refuse(account, f"the space {safe(space)}", f"--space {safe(space)}")
    if not rights:
        raise refuse(account, "this store or any space in it" if document is None else f"the space of {safe(document)}")
