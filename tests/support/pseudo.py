"""A language that nobody speaks: every English letter is another one, and every text half as long again.

What is still in plain letters on a screen in it was not to be translated, or was forgotten.
"""

from __future__ import annotations

import gettext
import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module

from babel.messages import Catalog
from babel.messages.mofile import write_mo

from subctl.domain.languages import ENGLISH
from subctl.view import language

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER = "åƀçďéƒĝĥîĵķľɱñöþɋŕšţûṽŵẋýžÅƁÇĎÉƑĜĤÎĴĶĽƜÑÖÞɊŔŠŢÛṼŴẊÝŽ"
_KEPT = re.compile(r"(\{[^}]*\}|--[a-z-]+|\bsubctl(?: [a-z]+)*|SUBCTL_[A-Z]+)")
_LONGER = 2

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


@cache
def _catalogue(code: str) -> gettext.GNUTranslations:
    made = Catalog(locale=code)
    for ids, context in _texts():
        said = tuple(map(other, ids))
        made.add(ids if len(ids) > 1 else ids[0], said if len(ids) > 1 else said[0], context=context)
    compiled = io.BytesIO()
    write_mo(compiled, made)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@contextmanager
def spoken(code: str = "fr") -> Iterator[None]:
    """Let it be spoken for a while in the place of a real language."""
    before = dict(language._catalogues)
    language._catalogues[code] = _catalogue(code)
    try:
        yield
    finally:
        language._catalogues.clear()
        language._catalogues.update(before)
        language.speak(ENGLISH)


_COMMAND = re.compile(r"\bsubctl [^\n,;:?()]*")
_WORD = re.compile(r"[A-Za-z]{2,}(?:-[A-Za-z]+)*")


def plain(text: str, *known: str) -> set[str]:
    """Return the words of a text that are no words of the language: but for commands, options and what is known."""
    left = re.sub(r"--[a-z-]+|SUBCTL_[A-Z]+|\{[a-z]+\}", " ", _COMMAND.sub(" ", text))
    names = {word for each in known for word in _WORD.findall(each)}
    return {word for word in _WORD.findall(left) if word not in names}
