"""After a usage error: which help to read, or which command was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_UNKNOWN = re.compile(r"No such command '(.*)'\.", re.DOTALL)


def hint(error: Any, message: str, commands: Iterable[str]) -> str:  # noqa: ANN401  # Typer vendors the type
    """Return what to do: a close command, a list of that name, or the help of the command that was called."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "subctl"
    unknown = _UNKNOWN.fullmatch(message)
    if unknown is None:
        return f"{path} --help shows how."
    from difflib import get_close_matches

    from subctl.service.lists import LISTS

    calls = {**{name: f"subctl {name}" for name in commands}, **{name: f"subctl list {name}" for name in LISTS}}
    close = [calls[name] for name in get_close_matches(unknown[1], calls, n=2)]
    return f"Did you mean {' or '.join(close)}?" if close else "subctl --help lists all commands."
