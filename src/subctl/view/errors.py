"""Errors: two lines for people, one JSON document for scripts."""

from __future__ import annotations

import json

from subctl.domain.errors import SubctlError
from subctl.domain.text import safe


def error_text(error: SubctlError, *, as_json: bool) -> str:
    """Return what goes to stderr: what is wrong and what to do, or the same as JSON."""
    if as_json:
        content = {"code": error.code, "message": error.message, "hint": error.hint}
        return json.dumps({"error": content}, ensure_ascii=False, indent=2) + "\n"
    lines = [*error.message.splitlines(), *([error.hint] if error.hint else [])]
    return "\n".join(map(safe, lines)) + "\n"
