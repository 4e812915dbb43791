"""The commands as a tree: each is found, imported and built when it is called; global options stand anywhere."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_group_from_info

from subctl.domain.errors import SubctlError

COMMANDS = {
    "init": "book",
    "space": "book",
    "show": "look",
    "list": "look",
    "quote": "change",
    "upgrade": "change",
    "downgrade": "change",
    "order": "change",
    "cancel": "change",
    "withdraw": "change",
    "bill": "ledger",
    "apply": "ledger",
    "export": "ledger",
    "compare": "look",
    "forecast": "look",
    "catalog": "book",
    "admin": "book",
    "whoami": "look",
    "history": "ledger",
    "check": "ledger",
    "backup": "ledger",
    "restore": "ledger",
    "config": "shell",
    "schema": "shell",
    "completion": "completion",
}
"""Each command and the module that has it: a command imports and builds itself alone."""

_NAME, _WHOLE_LINE = 10, 1000
"""How much room help leaves for the name of a command, and how long its line may be: it isn't cut."""

_VALUES = ("--store", "--today", "--format", "--fields", "--color")
_FLAGS = ("--json", "-q", "--quiet", "--debug", "--version")


def globals_first(arguments: Sequence[str]) -> list[str]:
    """Move the global options in front of the command, so that they may stand anywhere."""
    first: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            return [*first, *rest, word, *waiting]
        if word in _FLAGS or word.startswith(tuple(f"{option}=" for option in _VALUES)):
            first.append(word)
        elif word in _VALUES:
            if not waiting:
                raise SubctlError("usage", f"Option '{word}' requires an argument.", "subctl --help shows how.")
            first += [word, waiting.pop(0)]
        else:
            rest.append(word)
    return first + rest


def _refuse_twice(command: Any, ctx: Any, words: Sequence[str]) -> None:  # noqa: ANN401  # Typer vendors the types
    """Refuse an option with two values, and two flags that exclude each other: either could be meant (`usage`)."""
    names = [word.partition("=")[0] for word in words if word.startswith("-")]
    if len(set(names)) == len(names) and not any(option.secondary_opts for option in command.params):
        return
    _, _, order = command.make_parser(ctx).parse_args(list(words))
    for option in {one for one in order if order.count(one) > 1 and one.param_type_name == "option"}:
        if not option.multiple and (option.secondary_opts or not option.is_flag):
            name = "/".join((*option.opts, *option.secondary_opts))
            raise SubctlError("usage", f"{name} is given more than once.", "Give it once.")


class Command(TyperCommand):
    """A command whose help has examples before the options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Read the words behind the command's name."""
        _refuse_twice(self, ctx, args)
        return super().parse_args(ctx, args)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  # Typer vendors the types
        """Write what the command does, and its examples."""
        super().format_help_text(ctx, formatter)
        _write_examples(ctx, formatter)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """Name arguments as everybody does: Typer puts braces around those that are needed."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


class Group(TyperGroup):
    """A group of commands whose help has examples too."""

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write what the commands are for, examples, and the commands."""
        super().format_help_text(ctx, formatter)
        _write_examples(ctx, formatter)
        for title, names in self.titled(ctx):
            with formatter.section(title):
                formatter.write_dl([(f"{name:<{_NAME}}", self._line(ctx, name)) for name in names])

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write nothing after the options: the commands stand before them, each with the whole of its line."""

    def titled(self, ctx: Any) -> Iterable[tuple[str, Sequence[str]]]:  # noqa: ANN401
        """Return the commands below titles."""
        return [("Commands", self.list_commands(ctx))]

    def _line(self, ctx: Any, name: str) -> str:  # noqa: ANN401
        command = self.get_command(ctx, name)
        return command.get_short_help_str(_WHOLE_LINE) if command else ""


def _write_examples(ctx: Any, formatter: Any) -> None:  # noqa: ANN401
    from subctl.cli.examples import of

    with formatter.section("Examples"):
        for line in of(ctx.command_path):
            formatter.write(f"  {line}\n")


class Commands(Group):
    """A group that imports a command when it is called, and takes the global options anywhere."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  # Typer vendors the type
        """Read the words of a call."""
        words = globals_first(args)
        _refuse_twice(self, ctx, words)
        return super().parse_args(ctx, words)

    def titled(self, ctx: Any) -> Iterable[tuple[str, Sequence[str]]]:  # noqa: ANN401, ARG002
        """Return the commands by what they are for."""
        from subctl.cli.examples import GROUPS

        return GROUPS

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """Return the names of all commands, without importing them."""
        return list(COMMANDS)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Find the command that is called; a wrong word is answered with names that are close to it."""
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]  # built one by one: only names are read
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """Return the one command that is called, built on its own."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"subctl.cli.{COMMANDS[cmd_name]}")
        for command in module.app.registered_commands:
            if command.name == cmd_name:
                command.cls = Command
                return get_command_from_info(command, pretty_exceptions_short=False, rich_markup_mode=None)
        group = next(group for group in module.app.registered_groups if group.name == cmd_name)
        group.cls = Group
        for command in group.typer_instance.registered_commands:
            command.cls = Command
        return get_group_from_info(group, pretty_exceptions_short=False, suggest_commands=True, rich_markup_mode=None)
