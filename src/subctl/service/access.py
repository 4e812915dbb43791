"""Who may do what: the rights that commands declare, and the check of them (docs/safety.md).

An administrator is an account, of the operating system or of the server that keeps the store. The store's
administrators may do everything; the administrators of a space see and change that space alone. Whoever isn't in the
store's table of administrators sees nothing.
"""

from __future__ import annotations

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.domain.text import safe

STORE, SPACE, ANYONE = "store", "space", "anyone"
"""Rights: of the store's administrators, also of those of the space concerned, or of everybody."""

WHOLE_STORE = ""
"""The space of a store administrator in the table of administrators."""


def refuse(account: str, what: str, added: str = "--space SPACE", **values: object) -> SubctlError:
    """Return the refusal of an `{account}` that has no right to something, as `what` says with its values.

    `added` are the options that would give it.
    """
    return SubctlError(
        "not_administrator",
        what,
        N_("Ask a store administrator for it: {command}."),
        account=account,
        command=f"subctl admin add {account} {added}".rstrip(),
        **values,
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
        raise refuse(account, N_("The account {account} is not an administrator of this store."), "")
    if space is not None and space not in rights:
        no_space = N_("The account {account} is not an administrator of the space {space}.")
        raise refuse(account, no_space, f"--space {safe(space)}", space=safe(space))
    if rights:
        return
    if document is not None:
        raise refuse_document(account, document)
    raise refuse(account, N_("The account {account} is not an administrator of this store or any space in it."))


def refuse_document(account: str, document: str) -> SubctlError:
    """Return the refusal of an account that has no right to the space of a document."""
    no_document = N_("The account {account} is not an administrator of the space of {document}.")
    return refuse(account, no_document, document=safe(document))
