"""The app and `main`: commands found when they are called, and the one place where errors become exit codes."""

import errno
import io
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_group_from_info

from subctl.cli import settings
from subctl.domain.errors import EXIT_CODES, SubctlError
from subctl.domain.text import safe
from subctl.view.output import OutputError, put

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
    _, _, order = command.make_parser(ctx).parse_args(list(words))
    for option in {one for one in order if order.count(one) > 1 and one.param_type_name == "option"}:
        if not option.multiple and (option.secondary_opts or not option.is_flag):
            names = "/".join((*option.opts, *option.secondary_opts))
            raise SubctlError("usage", f"{names} is given more than once.", "Give it once.")


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


_FULL = (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG)
"""What --help meets on a full disk: Typer writes it, without our `put`. An error with a name is another file's."""

_SOON = 0.001

_AGAIN = "What was done before stays; the same command again changes nothing twice."


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


app = typer.Typer(
    name="subctl",
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from subctl import __version__

        put(f"subctl {__version__}\n")
        raise typer.Exit


@app.callback()
def _global_options(
    ctx: typer.Context,
    store: Annotated[str | None, typer.Option(metavar="PATH", help="The store's file.")] = None,
    today: Annotated[str | None, typer.Option(metavar="DATE", help="The day to look from, like 2026-03-15.")] = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="table|json|csv", help="The output.")] = None,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    fields: Annotated[str | None, typer.Option(metavar="A,B", help="Only these keys of the output.")] = None,
    color: Annotated[str | None, typer.Option(metavar="auto|always|never", help="When to use colours.")] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No output but the result.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback for a bug.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """See a subscription, preview what a change costs, get a quote, place the order, receive the invoice.

    The preview is the invoice: to the day, to the cent.
    """
    del version  # its callback has answered
    in_force: list[settings.Settings] = ctx.obj
    found = settings.resolve(
        store=store,
        today=today,
        format_="json" if json else format_,
        fields=fields,
        color=color,
        quiet=quiet,
        debug=debug,
    )
    if fields is not None:
        from subctl.cli.fields import check_fields

        found = found._replace(fields_known=check_fields(ctx.invoked_subcommand, fields.split(",")))
    in_force.append(found)
    ctx.obj = found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["__complete"]:
        from subctl.cli import complete

        complete.answer(words[1:])
        return 0
    for stream, errors in ((sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace"), (sys.stdin, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    return _run(words)


def _run(words: list[str]) -> int:
    in_force: list[settings.Settings] = []
    try:
        result = app(words, prog_name="subctl", standalone_mode=False, obj=in_force)
        if result == EXIT_CODES["interrupted"]:
            raise KeyboardInterrupt
    except (Exception, KeyboardInterrupt) as error:
        if _closed_pipe(error):
            _forget_stdout()
            return 0
        problem = _problem(error, in_force, debug="--debug" in words or bool(os.environ.get("SUBCTL_DEBUG")))
        return _report(problem, as_json=settings.wants_json(words))
    return result if isinstance(result, int) else 0


def _problem(error: BaseException, in_force: list[settings.Settings], *, debug: bool) -> SubctlError:
    """Return what an exception means for the person at the terminal."""
    if isinstance(error, SubctlError):
        return error
    if isinstance(error, OSError) and error.errno in _FULL and error.filename is not None:
        return SubctlError("store_failed", f"The disk failed at {safe(str(error.filename))}: {error.strerror}.", _AGAIN)
    if isinstance(error, OutputError) or (isinstance(error, OSError) and error.errno in _FULL):
        _forget_stdout()
        reason = error.error if isinstance(error, OutputError) else error
        return SubctlError("output_failed", f"The output couldn't be written: {reason.strerror}.")
    if isinstance(error, typer.TyperException):
        from subctl.cli.usage import explained

        return SubctlError("usage", *explained(error))
    if isinstance(error, (typer.Abort, KeyboardInterrupt)):
        return SubctlError("interrupted", "Interrupted.", _AGAIN)
    if debug:
        raise error
    return _damage(in_force) or SubctlError(
        "internal", f"A bug in subctl: {type(error).__name__}: {error}", "Run it again with --debug."
    )


def _damage(in_force: list[settings.Settings]) -> SubctlError | None:
    """Say so where a store that is not sound let a command fail: SQLite can't see a letter that fell over."""
    from subctl.service.check import is_damaged

    if not in_force or not is_damaged(in_force[0].caller()):
        return None
    where = in_force[0].store
    return SubctlError(
        "store_damaged",
        f"The store {where} is damaged: subctl check says where.",
        "Bring back a backup with subctl restore FILE.",
    )


def _report(error: SubctlError, *, as_json: bool) -> int:
    """Write an error to stderr, for people or for scripts, and return its exit code."""
    from subctl.view.errors import error_text

    with suppress(OSError, AttributeError):  # nobody listens: the exit code still says it
        sys.stderr.write(error_text(error, as_json=as_json))
        sys.stderr.flush()
    return error.exit_code


def _closed_pipe(error: BaseException) -> bool:
    return isinstance(error, OutputError) and isinstance(error.error, BrokenPipeError)


def _forget_stdout() -> None:
    """Let nothing be written any more, so that the interpreter's own flush at exit stays silent."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _interrupt_again(lost: "sys.UnraisableHookArgs") -> None:
    """Send Ctrl-C once more where it came in the middle of a callback, in which Python can only drop it."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, _SOON)
    else:
        sys.__unraisablehook__(lost)


def run() -> None:
    """Run as a program; once the result is out, Ctrl-C comes too late."""
    sys.unraisablehook = _interrupt_again
    code = main()
    for late in (signal.SIGINT, signal.SIGALRM):
        signal.signal(late, signal.SIG_IGN)
    sys.exit(code)
