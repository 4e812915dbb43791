"""After a usage error: which help to read, or which command or option was probably meant."""

from __future__ import annotations

import re
from typing import Any

_UNKNOWN = re.compile(r"No such command '(.*)'\.( Did you mean .*)?", re.DOTALL)


_MEANT = {
    "help": "subctl --help, or subctl COMMAND --help",
    "version": "subctl --version",
    "status": "subctl show",
    "space list": "subctl list spaces",
    "space show": "subctl show SPACE",
    "space remove": "subctl cancel --space SPACE",
    "catalog show": "subctl catalog export",
    "catalog add": "subctl catalog import FILE",
    "admin show": "subctl admin list",
    "config list": "subctl config show",
    "config get": "subctl config show",
    "import": "subctl space import FILE, or subctl apply FILE",
    "preview": "subctl quote --dry-run",
    "buy": "subctl upgrade",
    "accept": "subctl order QUOTE",
    "undo": "subctl withdraw",
}
"""Where somebody looks first who knows other tools, and what he means."""

_OPTIONS = {
    "--seats": "--users",
    "--licenses": "--licence",
    "--license": "--licence",
    "--quantity": "--users",
    "--interval": "--billing",
    "--cycle": "--billing",
    "--customer": "--space",
    "--force": "--yes",
    "--date": "--today",
    "--output": "--format",
}


def explained(error: Any) -> tuple[str, str]:  # noqa: ANN401  # Typer vendors the type
    """Return what was wrong with a call, and what to do: a close command, or the help of the one that was called."""
    message, context = error.format_message(), getattr(error, "ctx", None)
    path = context.command_path if context else "subctl"
    unknown = _UNKNOWN.fullmatch(message)
    if unknown is not None:
        return f"No such command '{unknown[1]}'.", _meant(unknown[1], context, path)
    option = _OPTIONS.get(getattr(error, "option_name", "") or "")
    if option is not None and option in _known_options(context):
        return message, f"Did you mean {option}?"
    return message, "" if message.startswith("Usage:") else f"{path} --help shows how."


def _known_options(context: Any) -> set[str]:  # noqa: ANN401  # a type of Typer's own click
    """Return the options of the command that was called, and those that may stand anywhere."""
    commands = [context.command, context.find_root().command] if context else []
    return {name for command in commands for parameter in command.params for name in parameter.opts}


def _meant(word: str, context: Any, path: str) -> str:  # noqa: ANN401
    """Name what somebody means by a wrong word, or close commands of the same group, or lists called so."""
    from difflib import get_close_matches

    from subctl.service.lists import LISTS

    known = _MEANT.get(f"{path} {word}".removeprefix("subctl "))
    if known:
        return f"Did you mean {known}?"
    lists = {} if context.parent else {name: f"{path} list {name}" for name in LISTS}
    calls = {**{name: f"{path} {name}" for name in context.command.list_commands(context)}, **lists}
    close = [calls[name] for name in get_close_matches(word, calls, n=2)]
    return f"Did you mean {' or '.join(close)}?" if close else f"{path} --help lists all commands."
