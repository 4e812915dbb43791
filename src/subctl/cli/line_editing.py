"""A line that can be edited while it is typed: arrow keys, and TAB for the answers that are known."""

from __future__ import annotations

import os
import readline
import sys
from collections.abc import Callable, Sequence

_LIBEDIT = "libedit" in (readline.__doc__ or "")
_BINDINGS = (
    "bind ^I rl_complete" if _LIBEDIT else "tab: complete",
    "set enable-bracketed-paste off",  # no signs that aren't of the question or the answer
    "set enable-meta-key off",
)


def edited(question: str, known: Sequence[str] = ()) -> str:
    """Return a line from the terminal, without its end; `EOFError` at the end of input.

    The library draws on what it takes for stdout. Questions go to stderr: so that is where stdout leads meanwhile.
    """
    for binding in _BINDINGS:
        readline.parse_and_bind(binding)
    readline.set_auto_history(False)  # the answer to one question is none to the next
    readline.set_completer_delims(" ")
    readline.set_completer(_completer(known))
    encoding = sys.stdout.encoding
    question = question.encode(encoding, "backslashreplace").decode(encoding)
    sys.stdout.flush()
    stdout = os.dup(sys.stdout.fileno())
    try:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        return input(question)
    finally:
        os.dup2(stdout, sys.stdout.fileno())
        os.close(stdout)


def _completer(known: Sequence[str]) -> Callable[[str, int], str | None]:
    def complete(text: str, place: int) -> str | None:
        fitting = [each for each in known if each.startswith(text)]
        return fitting[place] if place < len(fitting) else None

    return complete
