"""Asking at a terminal: questions go to stderr, answers come from stdin."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from subctl.cli.settings import Settings
from subctl.domain.errors import SubctlError
from subctl.view.output import OutputError, say, show

_CHOICES = {"o": "order", "q": "quote", "l": "leave"}


def has_terminal() -> bool:
    """Tell whether somebody can answer, and read the question."""
    return sys.stdin is not None and sys.stderr is not None and sys.stdin.isatty()


def need_terminal(instead: str) -> None:
    """Refuse to ask where nobody can answer (`confirmation_needed`)."""
    if not has_terminal():
        raise SubctlError("confirmation_needed", "This needs an answer, and stdin is no terminal.", f"Run {instead}.")


def ask(question: str, known: Sequence[str] = ()) -> str:
    """Return one line from stdin; the end of input is a refusal (`declined`).

    Where all three streams are terminals the line can be edited, and TAB completes the `known` answers. Errors:
    `confirmation_needed` where the question can't be written or the answer can't be read.
    """
    try:
        if has_terminal() and all(stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr)):
            from subctl.cli.line_editing import edited

            return edited(question, known).strip()
        sys.stderr.write(question)
        sys.stderr.flush()
        line = sys.stdin.readline()
    except EOFError:
        line = ""
    except KeyboardInterrupt:
        say("\n")
        raise SubctlError("interrupted", "Interrupted; nothing was changed.") from None
    except OSError as error:
        raise _unusable(error) from None
    if not line:
        say("\n")
        raise SubctlError("declined", "No answer: nothing was changed.")
    return line.strip()


def _unusable(error: OSError) -> SubctlError:
    message = f"This needs an answer, and the terminal can't be used: {error.strerror}."
    return SubctlError("confirmation_needed", message, "Nothing was changed.")


def order_quote_or_leave(question: str) -> str:
    """Ask what to do with a preview; return `order`, `quote` or `leave`."""
    say(f"{question}\n")
    while True:
        answer = ask("[o]rder, save as a [q]uote, [l]eave: ").lower()
        for key, choice in _CHOICES.items():
            if answer in (key, choice):
                return choice
        say("Please answer o, q or l.\n")


def confirm(question: str, settings: Settings, *, shown: object = None, otherwise: str = "") -> None:
    """Ask, below what is asked about, a question that only `y` or `yes` answers with yes.

    Errors: `declined`; `confirmation_needed` where nobody can answer, `otherwise` is what else to do then.
    """
    need_terminal(f"subctl {settings.command} with --yes{otherwise}")
    if shown is not None:
        show_preview(shown, settings)
    if ask(f"{question} [y/N] ").lower() not in ("y", "yes"):
        raise SubctlError("declined", "Nothing was changed.")


def latest_order(proposed: str | None) -> str:
    """Return the order to withdraw where none was named; without a terminal that is wrong usage."""
    if proposed is None:
        raise SubctlError("too_late", "There is no order that can still be withdrawn.", "See subctl list orders.")
    if not has_terminal():
        raise SubctlError("usage", "Which order? None was named.", f"The latest one is {proposed}.")
    return proposed


def show_preview(result: object, settings: Settings, *, explain: bool = False) -> None:
    """Show what is asked about, on stderr (`confirmation_needed` where that can't be written)."""
    try:
        show(result, "table", (), settings.color, stream=sys.stderr, explain=explain)
    except OutputError as error:
        raise _unusable(error.error) from None
    say("\n")
