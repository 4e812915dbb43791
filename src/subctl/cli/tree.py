"""The commands as a tree: each is found, imported and built when it is called; global options stand anywhere."""

from collections import deque
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from keyword import iskeyword
from types import ModuleType
from typing import Any

from typer import Typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_group_from_info
from typer.models import CommandInfo, TyperInfo

from subctl.cli import commands, settings
from subctl.cli.declaration import Declaration, Examples
from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.view.language import _

GIVEN = "subctl.given"
"""Where the context keeps the global options as they were given."""

_NAME, _WHOLE_LINE = 10, 1000
"""How much room help leaves for the name of a command, and how long its line may be: it isn't cut."""

_VALUES = ("--store", "--today", "--format", "--fields", "--color")
_SPACE = "--space"
_FLAGS = ("--json", "-q", "--quiet", "--debug", "--version")


class Words(Record):
    """The words of a call: the global options, which may stand anywhere, and all others.

    `lacking` is a global option at the end that has no value, or nothing.
    """

    globals: list[str]
    rest: list[str]
    lacking: str = ""


def split(arguments: Sequence[str]) -> Words:
    """Tell the global options from the others, and from what is the value of an option: `--name --json` names it so.

    `--space` is no global option, but may stand before the command too: it goes behind the command's words.
    """
    found, path = Words([], []), ""
    behind: list[str] = []
    valued: frozenset[str] = frozenset()
    waiting = deque(arguments)
    while waiting:
        word = waiting.popleft()
        if word == "--":
            found.rest.extend([*behind, word, *waiting])
            break
        if word in _FLAGS or word.startswith(tuple(f"{option}=" for option in _VALUES)):
            found.globals.append(word)
        elif word in _VALUES:
            if not waiting:
                return found._replace(lacking=word)
            found.globals.extend([word, waiting.popleft()])
        elif not found.rest and word.startswith(f"{_SPACE}="):
            behind.append(word)
        elif not found.rest and word == _SPACE and waiting:
            behind.extend([word, waiting.popleft()])
        else:
            found.rest.append(word)
            if word in valued and waiting:
                found.rest.append(waiting.popleft())
            elif not word.startswith("-") and not valued:
                path = f"{path} {word}".strip()
                valued = _valued(path)
    else:
        found.rest.extend(behind)
    return found


def _valued(path: str) -> frozenset[str]:
    """Return the options of a command that take a value; none for what isn't one."""
    if path not in commands.COMMANDS:
        return frozenset()
    options: list[Any] = [each for each in _command(path).params if each.param_type_name == "option"]
    return frozenset(name for option in options if not option.is_flag for name in option.opts)


def globals_first(arguments: Sequence[str]) -> list[str]:
    """Move the global options in front of the command (`usage` where one has no value)."""
    found = split(arguments)
    if found.lacking:
        raise SubctlError(
            "usage",
            N_("Option '{option}' requires an argument."),
            N_("{command} --help shows how."),
            option=found.lacking,
            command="subctl",
        )
    return found.globals + found.rest


def _refuse_twice(command: Any, ctx: Any, words: Sequence[str]) -> None:  # noqa: ANN401  # Typer vendors the types
    """Refuse an option with two values, and two flags that exclude each other: either could be meant (`usage`)."""
    names = [word.partition("=")[0] for word in words if word.startswith("-")]
    if len(set(names)) == len(names) and not any(option.secondary_opts for option in command.params):
        return
    _, _, order = command.make_parser(ctx).parse_args(list(words))
    for option in {one for one in order if order.count(one) > 1 and one.param_type_name == "option"}:
        if not option.multiple and (option.secondary_opts or not option.is_flag):
            name = "/".join((*option.opts, *option.secondary_opts))
            raise SubctlError("usage", N_("{option} is given more than once."), N_("Give it once."), option=name)


class Told:
    """The help of a command or a group in the language that is spoken."""

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  # Typer vendors the types
        """Write the help, with what it says of each option and argument."""
        for parameter in self.get_params(ctx):
            parameter.help = _(parameter.help)
            if parameter.metavar:
                parameter.metavar = _piece(parameter.metavar)
        typers: Any = super()
        typers.format_help(ctx, formatter)

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write how it is called; Typer says that in English alone, and puts braces around what is needed."""
        pieces = [_piece(piece.strip("{}")) for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage:") + " ")


def _piece(piece: str) -> str:
    """Name a piece of a usage line; brackets are around what may be left out."""
    said = _(piece)
    return f"[{_(piece[1:-1])}]" if said == piece and piece.startswith("[") else said


class Command(Told, TyperCommand):
    """A command, built from its file when it is called; its help has examples before the options."""

    path: str
    declared: Declaration

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Read the words behind the command's name."""
        _refuse_twice(self, ctx, args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run the command with the settings of this call."""
        dry_run = bool(ctx.params.get("dry_run"))
        ctx.obj = settings.resolve(self.path, self.declared, ctx.meta[GIVEN], dry_run=dry_run)
        return super().invoke(ctx)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  # Typer vendors the types
        """Write what the command does, and its examples."""
        super().format_help_text(ctx, formatter)
        _write_examples(self.declared.examples, formatter)


class Group(Told, TyperGroup):
    """A folder of commands: each is imported when it is called, and all of them for help."""

    path = ""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """Return the names of the group's commands, without importing them."""
        return names_in(self.path)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Find the command that is called; a wrong word is answered with names that are close to it."""
        self.commands = dict.fromkeys(names_in(self.path))  # type: ignore[assignment]  # built one by one
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """Return the one command that is called, built on its own."""
        if cmd_name not in names_in(self.path):
            return None
        path = f"{self.path} {cmd_name}".strip()
        return _command(path) if path in commands.COMMANDS else _group(path, cmd_name)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write what the commands are for, examples, and the commands."""
        super().format_help_text(ctx, formatter)
        _write_examples(module_of(self.path).GROUP.examples, formatter)
        for title, names in self.titled():
            with formatter.section(_(title)):
                formatter.write_dl([(f"{name:<{_NAME}}", self._line(ctx, name)) for name in names])

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write nothing after the options: the commands stand before them, each with the whole of its line."""

    def titled(self) -> Iterable[tuple[str, Sequence[str]]]:
        """Return the commands below titles."""
        return [(N_("Commands"), names_in(self.path))]

    def _line(self, ctx: Any, name: str) -> str:  # noqa: ANN401
        return str(self.get_command(ctx, name).get_short_help_str(_WHOLE_LINE))


class Root(Group):
    """`subctl` itself, which takes the global options anywhere."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  # Typer vendors the type
        """Read the words of a call."""
        self.help = self.help and _(self.help)
        words = globals_first(args)
        _refuse_twice(self, ctx, words)
        return super().parse_args(ctx, words)

    def titled(self) -> Iterable[tuple[str, Sequence[str]]]:
        """Return the commands by what they are for."""
        found: dict[str, list[str]] = {}
        for name in names_in(""):
            module = module_of(name)
            declared = module.DECLARED if name in commands.COMMANDS else module.GROUP
            found.setdefault(declared.purpose, []).append(name)
        return found.items()


def names_in(group: str) -> list[str]:
    """Return the names of the commands and groups in a group, or with an empty name of those below `subctl`."""
    place = len(group.split())
    paths = (path.split() for path in commands.COMMANDS if f"{path} ".startswith(f"{group} ".lstrip()))
    return list(dict.fromkeys(words[place] for words in paths))


def module_of(path: str) -> ModuleType:
    """Return the module of a command or of a group, imported, by its words after `subctl`."""
    words = (f"{word}_" if iskeyword(word) else word for word in path.split())
    return import_module(".".join((commands.__name__, *words)))


@cache
def _command(path: str) -> Command:
    """Build a command, in the language that is spoken."""
    module = module_of(path)
    info = CommandInfo(path.rsplit(maxsplit=1)[-1], cls=Command, callback=module.run, help=module.DECLARED.help)
    built: Any = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    built.path, built.declared, built.help = path, module.DECLARED, _(built.help)
    return built  # type: ignore[no-any-return]  # Typer promises less than the class it was given


def _group(path: str, name: str) -> Group:
    info = TyperInfo(Typer(), name=name, cls=Group, help=module_of(path).GROUP.help, no_args_is_help=True)
    built: Any = get_group_from_info(info, pretty_exceptions_short=False, suggest_commands=True, rich_markup_mode=None)
    built.path, built.help = path, _(built.help)
    return built  # type: ignore[no-any-return]


def _write_examples(examples: Examples, formatter: Any) -> None:  # noqa: ANN401
    with formatter.section(_("Examples")):
        for line in examples:
            formatter.write(f"  {line}\n")
