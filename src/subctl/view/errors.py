"""Errors: two lines for people, one JSON document for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from subctl.domain.errors import SubctlError
from subctl.domain.text import safe
from subctl.view import output
from subctl.view.language import told

if TYPE_CHECKING:
    from subctl.view.documents.error import ErrorDocument


_NAME, _RED, _PLAIN = "subctl:", "\033[1;31m", "\033[0m"


def error_text(error: SubctlError, stream: TextIO, *, as_json: bool, color: str = "never") -> str:
    """Return what goes to stderr: whose it is, what is wrong and what to do; or the same as JSON."""
    if as_json:
        document: ErrorDocument = {"error": {"code": error.code, "message": error.message, "hint": error.hint}}
        return output.as_json(document)
    text = _folded(f"{_NAME} {told(error.what)}", told(error.way_out), stream)
    if color != "never":
        from subctl.view.console import colored

        if colored(color, stream):
            return f"{_RED}{_NAME}{_PLAIN}{text.removeprefix(_NAME)}"
    return text


def answer_text(error: SubctlError, stream: TextIO) -> str:
    """Return what is said to somebody whose answer won't do."""
    return _folded(told(error.what), told(error.way_out), stream)


def _folded(message: str, hint: str, stream: TextIO) -> str:
    """Return what is wrong and what to do as lines; a terminal breaks no word."""
    text = [safe(line) for line in (*message.splitlines(), *([hint] if hint else []))]
    if stream.isatty():
        from subctl.view.console import terminal_width
        from subctl.view.layout import folded

        text = [folded(line, terminal_width(stream)) for line in text]
    return "\n".join(text) + "\n"
