"""After a usage error: which help to read, or which command was probably meant."""

from __future__ import annotations

import re
from typing import Any

_UNKNOWN = re.compile(r"No such command '(.*)'\.( Did you mean .*)?", re.DOTALL)


def explained(error: Any) -> tuple[str, str]:  # noqa: ANN401  # Typer vendors the type
    """Return what was wrong with a call, and what to do: a close command, or the help of the one that was called."""
    message, context = error.format_message(), getattr(error, "ctx", None)
    path = context.command_path if context else "subctl"
    unknown = _UNKNOWN.fullmatch(message)
    if unknown is not None:
        return f"No such command '{unknown[1]}'.", _meant(unknown[1], context, path)
    return message, "" if message.startswith("Usage:") else f"{path} --help shows how."


def _meant(word: str, context: Any, path: str) -> str:  # noqa: ANN401
    """Name close commands of the same group; of all commands also the lists that are called so."""
    from difflib import get_close_matches

    from subctl.service.lists import LISTS

    lists = {} if context.parent else {name: f"{path} list {name}" for name in LISTS}
    calls = {**{name: f"{path} {name}" for name in context.command.list_commands(context)}, **lists}
    close = [calls[name] for name in get_close_matches(word, calls, n=2)]
    return f"Did you mean {' or '.join(close)}?" if close else f"{path} --help lists all commands."
