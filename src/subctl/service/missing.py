"""What is said where something that a command asks for isn't there, or isn't named: a document, a space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from subctl.domain.errors import SubctlError
from subctl.domain.numbers import SERIES, number
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import safe

if TYPE_CHECKING:
    from subctl.store.connection import Connection


class _Missing(Record):
    """What is said where there is no such document of a kind, and where there is none yet."""

    such: str
    yet: str


_DOCUMENTS = {
    "quote": _Missing(N_("There is no quote {number}."), N_("There is no quote yet.")),
    "order": _Missing(N_("There is no order {number}."), N_("There is no order yet.")),
    "invoice": _Missing(N_("There is no invoice {number}."), N_("There is no invoice yet.")),
    "payment": _Missing(N_("There is no payment {number}."), N_("There is no payment yet.")),
    "collection": _Missing(N_("There is no collection {number}."), N_("There is no collection yet.")),
    "reminder": _Missing(N_("There is no reminder {number}."), N_("There is no reminder yet.")),
}


def no_document(connection: Connection, kind: str, name: str) -> SubctlError:
    """Return the refusal of a document that there isn't; it names the last one there is."""
    missing, newest = _DOCUMENTS[kind], connection.newest_id(f"{kind}s")
    if newest is None:
        return SubctlError("not_found", missing.such, missing.yet, number=safe(name))
    last = Sentence(
        N_("The last one is {number}; {command} shows all."),
        {"number": number(SERIES[kind], newest), "command": f"subctl list {kind}s"},
    )
    return SubctlError("not_found", missing.such, last, number=safe(name))


def which_space(spaces: Sequence[str], *, more: bool) -> SubctlError:
    """Return the refusal to choose one of several spaces, of which there may be `more` than these."""
    return SubctlError(
        "ambiguous_space",
        N_("Which space? There are {spaces} and more.") if more else N_("Which space? There are {spaces}."),
        N_("Name it with --space; {command} spares that."),
        spaces=", ".join(spaces),
        command="subctl space set ID --default",
    )
