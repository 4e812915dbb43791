"""The commands as plain values: their options and arguments, and what a TAB offers for each.

Every value must be placed in one of the tables below: a new option that isn't makes the generator stop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import typer

from subctl.cli.app import app
from subctl.cli.settings import CALENDARS, FORMATS, KEYS, PAPERS
from subctl.cli.tree import module_of
from subctl.service.lists import LISTS
from subctl.view import schemas

CHOICES, CANDIDATES, FILES, ACCOUNTS, GROUPS, NOTHING = (
    "choices",
    "candidates",
    "files",
    "accounts",
    "groups",
    "nothing",
)


@dataclass(frozen=True)
class Values:
    """What may stand in a place: fixed words, what the store answers, files and the like, or anything."""

    kind: str = NOTHING
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """An option by all its names; `metavar` is empty for a flag, `against` names what it excludes."""

    names: tuple[str, ...]
    metavar: str
    help: str
    values: Values
    repeated: bool = False
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class Argument:
    """An argument in its place; one that is `repeated` stands in all places behind it, too."""

    metavar: str
    help: str
    values: Values
    required: bool
    repeated: bool


@dataclass(frozen=True)
class Command:
    """A command or a group by its words after `subctl`; the first one is `subctl` itself with the global options."""

    path: str
    help: str
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    examples: tuple[str, ...]
    children: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The first paragraph on one line, without its full stop."""
        return " ".join(self.help.split("\n\n")[0].split()).removesuffix(".")


PLANS, SPACES = Values(CANDIDATES, ("plans",)), Values(CANDIDATES, ("spaces",))
FILE = Values(FILES)

_OPTIONS = {
    "--plan": PLANS,
    "--licence": Values(CANDIDATES, ("licences",)),
    "--space": SPACES,
    "--undo": Values(CANDIDATES, ("payments",)),
    "--drop": Values(CANDIDATES, ("collections",)),
    "--store": FILE,
    "--to": FILE,
    "--output": FILE,
    "--save": FILE,
    "--from": FILE,
    "--format": Values(CHOICES, (*FORMATS, *PAPERS, *CALENDARS)),
    "--catalog": FILE,
    "--group": Values(GROUPS),
    "--kind": Values(CHOICES, tuple(dict.fromkeys(kind for each in LISTS.values() for kind in each.kinds))),
    "--status": Values(CHOICES, tuple(dict.fromkeys(status for each in LISTS.values() for status in each.statuses))),
}
_ARGUMENTS = {
    "FILE": FILE,
    "LIST": Values(CHOICES, tuple(LISTS)),
    "ACCOUNT": Values(ACCOUNTS),
    "QUOTE": Values(CANDIDATES, ("quotes",)),
    "INVOICE...": Values(CANDIDATES, ("invoices",)),
    "ORDER": Values(CANDIDATES, ("orders",)),
    "INVOICE": Values(CANDIDATES, ("correctable",)),
    "NUMBER|SPACE": Values(CANDIDATES, ("shown",)),
    "KEY": Values(CHOICES, tuple(KEYS)),
    "space set ID": SPACES,
    "schema NAME": Values(CHOICES, tuple(schemas.names())),
}
_FREE = frozenset(
    (
        "A,B",
        "AMOUNT",
        "BOOKING",
        "CC",
        "DATE",
        "EMAIL",
        "HASH",
        "IBAN",
        "N",
        "NAME",
        "NUMBER",
        "PO",
        "SCHEME:ID",
        "TEXT",
        "VALUE",
    )
) | {"space add ID", "mandate add ID", "mandate end MANDATE"}
"""What only the person at the keyboard knows."""


def read_commands() -> tuple[Command, ...]:
    """Return `subctl` itself and then every group and command, each group before its commands."""
    root: Any = typer.main.get_command(app)
    return tuple(_walk(root, "", root.context_class(root, info_name="subctl", **root.context_settings)))


def _walk(command: Any, path: str, context: Any) -> list[Command]:  # noqa: ANN401  # Typer vendors the types
    children = command.list_commands(context) if hasattr(command, "list_commands") else []
    parameters = command.get_params(context)
    found = [
        Command(
            path,
            command.help or "",
            tuple(option for each in parameters if each.param_type_name == "option" for option in _options(each)),
            tuple(_argument(path, each) for each in parameters if each.param_type_name == "argument"),
            command.declared.examples if hasattr(command, "declared") else module_of(path).GROUP.examples,
            tuple(children),
        )
    ]
    for name in children:
        child = command.get_command(context, name)
        inner = child.context_class(child, info_name=name, parent=context)
        found += _walk(child, f"{path} {name}".strip(), inner)
    return found


def _options(parameter: Any) -> list[Option]:  # noqa: ANN401
    """Return an option, or the two of `--lock/--unlock`, which exclude each other."""
    names, others = tuple(sorted(parameter.opts, key=len)), tuple(parameter.secondary_opts)
    text = parameter.help
    if parameter.is_flag or parameter.count:
        both = [Option(names, "", text, Values(), against=others)]
        return both + ([Option(others, "", text, Values(), against=names)] if others else [])
    metavar = parameter.metavar
    values = _values(metavar, _OPTIONS.get(names[-1]))
    return [Option(names, metavar, text, values, repeated=parameter.multiple)]


def _argument(path: str, parameter: Any) -> Argument:  # noqa: ANN401
    metavar = parameter.metavar.strip("[]{}")
    name = f"{path} {metavar}"
    values = _values(name if name in _FREE else metavar, _ARGUMENTS.get(name) or _ARGUMENTS.get(metavar))
    return Argument(metavar, parameter.help, values, parameter.required, repeated=parameter.nargs < 0)


def _values(metavar: str, known: Values | None) -> Values:
    if known is not None:
        return known
    if "|" in metavar:
        return Values(CHOICES, tuple(metavar.split("|")))
    if metavar not in _FREE:
        raise ValueError(f"say in {__name__} what a TAB offers for {metavar}")
    return Values()


def options_with_values(commands: tuple[Command, ...]) -> tuple[str, ...]:
    """Return every option that takes a value; one name must mean the same everywhere, for the shells skip by it."""
    valued = {name for command in commands for option in command.options if option.metavar for name in option.names}
    flags = {name for command in commands for option in command.options if not option.metavar for name in option.names}
    if valued & flags:
        raise ValueError(f"with a value here and without there: {', '.join(sorted(valued & flags))}")
    return tuple(sorted(valued))
