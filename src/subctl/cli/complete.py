"""TAB: what the completion files look up, answered before Typer and the commands are loaded.

`subctl __complete KIND [PREFIX [WORD …]]` prints a candidate a line, its description behind a TAB. The words
are the line so far: its options say which store, day and space. Whatever goes wrong, nothing is printed.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from subctl.cli import HIDDEN
from subctl.domain.text import safe

if TYPE_CHECKING:
    from subctl.cli.settings import Settings

_LONGEST = 80
_CUTS = ("=", ":", "@")
_WORD = r"[A-Za-z0-9][A-Za-z0-9._-]*=?"
"""Only such words are offered: a shell puts them on the command line as they are. `zoom=` waits for its number."""


def answer(words: Sequence[str]) -> None:
    """Print what a TAB asks for; silence where that can't be told, for somebody is typing there."""
    with suppress(Exception, KeyboardInterrupt):
        lines = _lines(words)
        try:
            sys.stdout.write(lines)
            sys.stdout.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _lines(words: Sequence[str]) -> str:
    from subctl.cli.language import speak_to_reader
    from subctl.service.candidates import candidates
    from subctl.view.candidates import described

    speak_to_reader()  # nobody is told here that a language can't be spoken
    kind, prefix, line = words[0], "".join(words[1:2]), words[2:]
    caller = settings_of(line).caller()._replace(hurried=True)
    found = map(described, candidates(caller, kind, prefix, option("--space", line)))
    return "".join(
        f"{word}\t{_short(safe(what))}\n"
        for word, what in found
        if word.startswith(prefix) and re.fullmatch(_WORD, word)
    )


def settings_of(line: Sequence[str]) -> Settings:
    """Return the settings of a line that is still being typed: its store and its day, found as for a command."""
    from subctl.cli.declaration import Declaration
    from subctl.cli.settings import Given, resolve
    from subctl.service.access import SPACE

    given = Given(option("--store", line), option("--today", line), None, None, None, quiet=False)
    return resolve(HIDDEN, Declaration(SPACE, ()), given)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def option(name: str, line: Sequence[str]) -> str | None:
    """Return the last value of an option on a line that is still being typed."""
    found = None
    for place, word in enumerate(line):
        if word == "--":
            break
        if word.startswith(f"{name}="):
            found = word.removeprefix(f"{name}=")
        elif word == name:
            found = _joined(line[place + 1 :])
    return _unquoted(found) if found else None


def _joined(words: Sequence[str]) -> str:
    """Return the word at the beginning of a line, of which bash makes several: it cuts at each of some signs."""
    waiting = list(words[1:] if words[:1] == ["="] else words)
    word = "".join(waiting[:1])
    for sign, after in zip(waiting[1::2], [*waiting[2::2], ""], strict=False):
        if sign not in _CUTS:
            break
        word += sign + after
    return word


def _unquoted(text: str) -> str:
    """Return a word without the quotes it has in bash, which hands it over as it was typed."""
    if not any(sign in text for sign in "'\"\\"):
        return text
    import shlex

    return "".join(shlex.split(text)[:1])
