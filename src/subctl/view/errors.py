"""Errors: two lines for people, one JSON document for scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from subctl.domain.errors import SubctlError
from subctl.domain.text import safe

if TYPE_CHECKING:
    from subctl.view.documents.error import ErrorDocument


def error_text(error: SubctlError, stream: TextIO, *, as_json: bool) -> str:
    """Return what goes to stderr: what is wrong and what to do, or the same as JSON; a terminal breaks no word."""
    if as_json:
        document: ErrorDocument = {"error": {"code": error.code, "message": error.message, "hint": error.hint}}
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    lines = [*error.message.splitlines(), *([error.hint] if error.hint else [])]
    text = [safe(line) for line in lines]
    if stream.isatty():
        from subctl.view.console import terminal_width
        from subctl.view.layout import folded

        text = [folded(line, terminal_width(stream)) for line in text]
    return "\n".join(text) + "\n"
