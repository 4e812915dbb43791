"""Asking at a terminal: questions go to stderr, answers come from stdin."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from subctl.cli.settings import Settings
from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_, Sentence
from subctl.domain.system import reason
from subctl.view.language import _, pgettext
from subctl.view.output import OutputError, say, show


def has_terminal() -> bool:
    """Tell whether somebody can answer, and read the question."""
    return sys.stdin is not None and sys.stderr is not None and sys.stdin.isatty()


def need_terminal(instead: Sentence) -> None:
    """Refuse to ask where nobody can answer (`confirmation_needed`)."""
    if not has_terminal():
        raise SubctlError("confirmation_needed", N_("This needs an answer, and stdin is no terminal."), instead)


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
        raise SubctlError("interrupted", N_("Interrupted; nothing was changed.")) from None
    except OSError as error:
        raise _unusable(error) from None
    if not line:
        say("\n")
        raise SubctlError("declined", N_("No answer: nothing was changed."))
    return line.strip()


def _unusable(error: OSError) -> SubctlError:
    return SubctlError(
        "confirmation_needed",
        N_("This needs an answer, and the terminal can't be used: {reason}."),
        N_("Nothing was changed."),
        reason=reason(error),
    )


def order_quote_or_leave(question: str) -> str:
    """Ask what to do with a preview; return `order`, `quote` or `leave`.

    A letter is one of the language that is spoken, where an English one may stand for something else; words may be
    English too.
    """
    letters = {  # Translators: the letters in brackets of the question that begins with "[o]rder"
        "order": pgettext("answer", "o"),
        "quote": pgettext("answer", "q"),
        "leave": pgettext("answer", "l"),
    }
    words = {
        "order": pgettext("answer", "order"),
        "quote": pgettext("answer", "quote"),
        "leave": pgettext("answer", "leave"),
    }
    say(f"{question}\n")
    while True:
        answer = ask(_("[o]rder, save as a [q]uote, [l]eave: ")).lower()
        for choice, letter in letters.items():
            if answer in (letter, words[choice], choice):
                return choice
        say(_("Please answer {order}, {quote} or {leave}.").format_map(letters) + "\n")


def confirm(question: str, settings: Settings, *, shown: object = None, dry_run: bool = False) -> None:
    """Ask, below what is asked about, a question that only a yes answers with yes: the language's, or `y` or `yes`.

    Errors: `declined`; `confirmation_needed` where nobody can answer, which names `--dry-run` where there is one.
    """
    instead = (
        N_("Run {command} with --yes, or look first with --dry-run.") if dry_run else N_("Run {command} with --yes.")
    )
    need_terminal(Sentence(instead, {"command": f"subctl {settings.command}"}))
    if shown is not None:
        show_preview(shown, settings)
    # Translators: the letters of yes and no, as in [y/N]
    yes, no = pgettext("answer", "y"), pgettext("answer", "n")
    if ask(f"{question} [{yes}/{no.upper()}] ").lower() not in (yes, pgettext("answer", "yes"), "y", "yes"):
        raise SubctlError("declined", N_("Nothing was changed."))


def latest_order(proposed: str | None) -> str:
    """Return the order to withdraw where none was named; without a terminal that is wrong usage."""
    if proposed is None:
        raise SubctlError(
            "too_late", N_("There is no order that can still be withdrawn."), N_("See subctl list orders.")
        )
    if not has_terminal():
        raise SubctlError("usage", N_("Which order? None was named."), N_("The latest one is {order}."), order=proposed)
    return proposed


def show_preview(result: object, settings: Settings, *, explain: bool = False) -> None:
    """Show what is asked about, on stderr (`confirmation_needed` where that can't be written)."""
    try:
        show(result, "table", (), settings.color, stream=sys.stderr, explain=explain)
    except OutputError as error:
        raise _unusable(error.error) from None
    say("\n")
