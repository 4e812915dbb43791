"""A language that nobody speaks: every English letter is another one, and every text a third longer.

What is still in plain letters on a screen in it was not to be translated, or was forgotten.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.mofile import write_mo

from subctl.view import language

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER = "åƀçďéƒĝĥîĵķľɱñöþɋŕšţûṽŵẋýžÅƁÇĎÉƑĜĤÎĴĶĽƜÑÖÞɊŔŠŢÛṼŴẊÝŽ"
_KEPT = re.compile(r"(\{[^}]*\}|--[a-z-]+|\bsubctl(?: [a-z]+)*|SUBCTL_[A-Z]+)")
_LONGER = 3

_TABLE = str.maketrans(PLAIN, OTHER)


def other(text: str) -> str:
    """Return a text in the language; places, options and commands stay."""
    pieces = _KEPT.split(text)
    said = [piece if place % 2 else piece.translate(_TABLE) for place, piece in enumerate(pieces)]
    return "".join(said) + "~" * (len(text) // _LONGER)


@cache
def _texts() -> tuple[tuple[tuple[str, ...], str | None], ...]:
    """Return every text of the tool, one or the two of a number, with its context."""
    sys.path.insert(0, "scripts")
    try:
        commands = import_module("generator.tree").read_commands()
        made: Catalog = import_module("generator.languages").template(commands)
    finally:
        sys.path.remove("scripts")
    both = ((each.id if isinstance(each.id, (tuple, list)) else (each.id,), each.context) for each in made)
    return tuple((tuple(ids), context) for ids, context in both if any(ids))


def speak(patch: Any, folder: Path, code: str = "fr") -> None:
    """Put the language in the place of a real one."""
    made = Catalog(locale=code)
    for ids, context in _texts():
        said = tuple(map(other, ids))
        made.add(ids if len(ids) > 1 else ids[0], said if len(ids) > 1 else said[0], context=context)
    file = folder / code / "LC_MESSAGES" / f"{language.DOMAIN}.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        write_mo(stream, made)
    patch.setattr(language, "FOLDER", folder)
    patch.setattr(language, "_catalogues", {})
