"""Asking at a terminal: questions go to stderr, answers come from stdin."""

from __future__ import annotations

import sys

from subctl.cli.settings import Settings
from subctl.domain.document import Document
from subctl.domain.errors import SubctlError

_CHOICES = {"o": "order", "q": "quote", "l": "leave"}


def need_terminal(instead: str) -> None:
    """Refuse to ask where nobody can answer (`confirmation_needed`)."""
    if not sys.stdin.isatty():
        raise SubctlError("confirmation_needed", "This needs an answer, and stdin is no terminal.", f"Run {instead}.")


def ask(question: str) -> str:
    """Return one line from stdin; the end of input is a refusal (`declined`)."""
    sys.stderr.write(question)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        sys.stderr.write("\n")
        raise SubctlError("declined", "No answer: nothing was changed.")
    return line.strip()


def order_quote_or_leave() -> str:
    """Ask what to do with a preview; return `order`, `quote` or `leave`."""
    while True:
        answer = ask("Place the [o]rder, save it as a [q]uote, or [l]eave? ").lower()
        for key, choice in _CHOICES.items():
            if answer in (key, choice):
                return choice
        sys.stderr.write("Please answer o, q or l.\n")


def confirm(question: str) -> None:
    """Ask a question that only `y` or `yes` answers with yes (`declined` otherwise)."""
    if ask(f"{question} [y/N] ").lower() not in ("y", "yes"):
        raise SubctlError("declined", "Nothing was changed.")


def latest_order(proposed: str | None) -> str:
    """Return the order to withdraw where none was named; without a terminal that is wrong usage."""
    if proposed is None:
        raise SubctlError("too_late", "There is no order that can still be withdrawn.", "See subctl list orders.")
    if not sys.stdin.isatty():
        raise SubctlError("usage", "Which order? None was named.", f"The latest one is {proposed}.")
    return proposed


def show_preview(document: Document, settings: Settings) -> None:
    """Show the preview of a change before the question about it, on stderr."""
    from subctl.view.output import show

    show(document, "table", (), settings.color, stream=sys.stderr)
