"""The app and `main`: the global options, and the one place where errors become exit codes."""

import errno
import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer

from subctl.cli import HIDDEN, errors_look, settings
from subctl.cli.language import speak_to_reader
from subctl.cli.tree import GIVEN, Root, split
from subctl.domain.errors import EXIT_CODES, SubctlError
from subctl.domain.sentence import N_
from subctl.domain.system import reason
from subctl.domain.text import safe
from subctl.view.output import OutputError, put, say

_FULL = (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG)
"""What --help meets on a full disk: Typer writes it, without our `put`. An error with a name is another file's."""

_SOON = 0.001

_FORMAT_HELP = (
    f"{', '.join(settings.FORMATS[:-1])} or {settings.FORMATS[-1]}; of a document also {', '.join(settings.PAPERS)},"
    f" of deadlines also {', '.join(settings.CALENDARS)}."
)

_STORE_HELP = "The store: a file's path, or a server's address."

_AGAIN = N_("What was done before stays; the same command again changes nothing twice.")


app = typer.Typer(
    name="subctl",
    cls=Root,
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
    store: Annotated[str | None, typer.Option(metavar="PATH", help=_STORE_HELP)] = None,
    today: Annotated[str | None, typer.Option(metavar="DATE", help="The day to look from, like 2026-03-15.")] = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=_FORMAT_HELP)] = None,
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
    del version, debug  # the one has answered, the other is looked for where a bug is told
    if json and format_ not in (None, "json"):
        raise SubctlError(
            "usage",
            N_("--json and --format {format} exclude each other."),
            N_("Give one of them."),
            format=safe(format_),
        )
    ctx.meta[GIVEN] = settings.Given(
        store=store,
        today=today,
        format="json" if json else format_,
        fields=fields,
        color=color,
        quiet=quiet,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == [HIDDEN]:
        from subctl.cli import complete

        complete.answer(words[1:])
        return 0
    for stream, errors in ((sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace"), (sys.stdin, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    return _run(words)


def _run(words: list[str]) -> int:
    try:
        unread = speak_to_reader()
        if unread and not errors_look.wants_json(split(words).globals):
            say(f"subctl: The texts in '{unread}' can't be read: English is used. Install subctl again.\n")
        result = app(words, prog_name="subctl", standalone_mode=False)
        if result == EXIT_CODES["interrupted"]:
            raise KeyboardInterrupt
        if sys.stdout is None:  # help goes past our `put`, and says nothing of it
            put("")
    except (Exception, KeyboardInterrupt) as error:
        if _closed_pipe(error):
            _forget_stdout()
            return 0
        options = split(words).globals
        problem = _problem(error, debug="--debug" in options or bool(os.environ.get("SUBCTL_DEBUG")))
        return _report(problem, as_json=errors_look.wants_json(options), color=errors_look.wanted_color(options))
    return result if isinstance(result, int) else 0


def _problem(error: BaseException, *, debug: bool) -> SubctlError:
    """Return what an exception means for the person at the terminal."""
    if isinstance(error, SubctlError):
        return error
    if isinstance(error, OSError) and error.errno in _FULL and error.filename is not None:
        return SubctlError(
            "store_failed",
            N_("The disk failed at {file}: {reason}."),
            _AGAIN,
            file=safe(str(error.filename)),
            reason=reason(error),
        )
    if isinstance(error, OutputError) or (isinstance(error, OSError) and error.errno in _FULL):
        _forget_stdout()
        failed = error.error if isinstance(error, OutputError) else error
        return SubctlError("output_failed", N_("The output couldn't be written: {reason}."), reason=reason(failed))
    if isinstance(error, typer.TyperException):
        from subctl.cli.usage import explained

        return SubctlError("usage", *explained(error))
    if isinstance(error, (typer.Abort, KeyboardInterrupt)):
        return SubctlError("interrupted", N_("Interrupted."), _AGAIN)
    if debug:
        raise error
    bug = f"{type(error).__name__}: {error}"
    return SubctlError("internal", N_("A bug in subctl: {bug}"), N_("Run it again with --debug."), bug=bug)


def _report(error: SubctlError, *, as_json: bool, color: str) -> int:
    """Write an error to stderr, for people or for scripts, and return its exit code."""
    from subctl.view.errors import error_text

    if sys.stderr is not None:  # where nobody listens, the exit code still says it
        say(error_text(error, sys.stderr, as_json=as_json, color=color))
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


def _keep_places() -> None:
    """Put nothing in the place of a stream that was closed, so that no file of ours is opened there."""
    for place in range(3):
        try:
            os.fstat(place)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def run() -> None:
    """Run as a program; once the result is out, Ctrl-C comes too late.

    What was loaded isn't taken apart in the end: that would take a twentieth of a start.
    """
    _keep_places()
    sys.unraisablehook = _interrupt_again
    code = main()
    for late in (signal.SIGINT, signal.SIGALRM):
        signal.signal(late, signal.SIG_IGN)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError):  # what was to be written is out, or was told to have failed
            stream.flush()
    os._exit(code)
