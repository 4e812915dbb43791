"""After a usage error: which help to read, or which command or option was probably meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from subctl.domain.sentence import N_, Sentence, either

_MEANT = {
    "help": (
        "subctl --help",
        "subctl COMMAND --help",
    ),
    "version": ("subctl --version",),
    "status": ("subctl show",),
    "space list": ("subctl list spaces",),
    "space show": ("subctl show SPACE",),
    "space remove": ("subctl cancel --space SPACE",),
    "catalog show": ("subctl catalog export",),
    "catalog add": ("subctl catalog import FILE",),
    "admin show": ("subctl admin list",),
    "config list": ("subctl config show",),
    "config get": ("subctl config show",),
    "import": (
        "subctl space import FILE",
        "subctl apply FILE",
    ),
    "preview": ("subctl quote --dry-run",),
    "buy": ("subctl upgrade",),
    "accept": ("subctl order QUOTE",),
    "undo": ("subctl withdraw",),
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


_SAID = tuple(
    (re.compile(pattern, re.DOTALL), template)
    for pattern, template in (
        (r"No such command '(?P<word>.*)'\.( Did you mean .*)?", N_("No such command '{word}'.")),
        (
            r"No such option: (?P<option>.*) \(Possible options: (?P<options>.*)\)",
            N_("No such option: {option} (Possible options: {options})"),
        ),
        (r"No such option: (?P<option>.*)", N_("No such option: {option}")),
        (r"Missing argument '(?P<name>.*)'\.", N_("Missing argument '{name}'.")),
        (r"Missing option '(?P<option>.*)'\.", N_("Missing option '{option}'.")),
        (r"Option '(?P<option>.*)' requires an argument\.", N_("Option '{option}' requires an argument.")),
        (r"Option '(?P<option>.*)' does not take a value\.", N_("Option '{option}' does not take a value.")),
        (r"Got unexpected extra argument\(s\) \((?P<words>.*)\)", N_("Got unexpected extra argument(s) ({words})")),
    )
)
"""What Typer says of a wrong call, in English alone, and the template of each for every language."""


def explained(error: Any) -> tuple[Sentence, Sentence]:  # noqa: ANN401  # Typer vendors the type
    """Return what was wrong with a call, and what to do: a close command, or the help of the one that was called."""
    message, context = error.format_message(), getattr(error, "ctx", None)
    path = context.command_path if context else "subctl"
    if message.startswith(context.get_usage() if context else "\0"):
        return Sentence("{help}", {"help": message}), Sentence("")
    what = _said(message)
    if "word" in what.values:
        return what, _meant(str(what.values["word"]), context, path)
    option = _OPTIONS.get(getattr(error, "option_name", "") or "")
    if option is not None and option in _known_options(context):
        return what, _did_you_mean([option])
    return what, Sentence(N_("{command} --help shows how."), {"command": path})


def _said(message: str) -> Sentence:
    """Return Typer's message as a template with its values; one that we don't know stays as it is."""
    for pattern, template in _SAID:
        if found := pattern.fullmatch(message):
            values: dict[str, object] = found.groupdict()
            if "name" in values:
                values["name"] = Sentence(str(values["name"]))  # what stands for a value has a name in each language
            return Sentence(template, values)
    return Sentence("{message}", {"message": message})


def _did_you_mean(commands: Sequence[str]) -> Sentence:
    return Sentence(N_("Did you mean {choices}?"), {"choices": either(commands)})


def _known_options(context: Any) -> set[str]:  # noqa: ANN401  # a type of Typer's own click
    """Return the options of the command that was called, and those that may stand anywhere."""
    commands = [context.command, context.find_root().command] if context else []
    return {name for command in commands for parameter in command.params for name in parameter.opts}


def _meant(word: str, context: Any, path: str) -> Sentence:  # noqa: ANN401
    """Name what somebody means by a wrong word, or close commands of the same group, or lists called so."""
    from difflib import get_close_matches

    from subctl.service.lists import LISTS

    known = _MEANT.get(f"{path} {word}".removeprefix("subctl "))
    if known:
        return _did_you_mean(known)
    lists = {} if context.parent else {name: f"{path} list {name}" for name in LISTS}
    calls = {**{name: f"{path} {name}" for name in context.command.list_commands(context)}, **lists}
    close = [calls[name] for name in get_close_matches(word, calls, n=2)]
    return _did_you_mean(close) if close else Sentence(N_("{command} --help lists all commands."), {"command": path})
