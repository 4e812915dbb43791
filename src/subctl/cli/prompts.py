"""Asking at a terminal: questions go to stderr, answers come from stdin."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from subctl.cli.settings import Settings
from subctl.domain.catalog import BILLINGS, Catalog
from subctl.domain.contract import State, Wish
from subctl.domain.errors import SubctlError
from subctl.domain.money import format_rate
from subctl.domain.text import parse_count, safe
from subctl.view.errors import answer_text
from subctl.view.output import OutputError, say, show
from subctl.view.words import licence, limits

T = TypeVar("T")

_CHOICES = {"o": "order", "q": "quote", "l": "leave"}


def has_terminal() -> bool:
    """Tell whether somebody can answer, and read the question."""
    return sys.stdin is not None and sys.stderr is not None and sys.stdin.isatty()


def need_terminal(instead: str) -> None:
    """Refuse to ask where nobody can answer (`confirmation_needed`)."""
    if not has_terminal():
        raise SubctlError("confirmation_needed", "This needs an answer, and stdin is no terminal.", f"Run {instead}.")


def ask(question: str) -> str:
    """Return one line from stdin; the end of input is a refusal (`declined`).

    Errors: `confirmation_needed` where the question can't be written or the answer can't be read.
    """
    try:
        sys.stderr.write(question)
        sys.stderr.flush()
        line = sys.stdin.readline()
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


def order_quote_or_leave() -> str:
    """Ask what to do with a preview; return `order`, `quote` or `leave`."""
    while True:
        answer = ask("Place the [o]rder, save it as a [q]uote, or [l]eave? ").lower()
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


def wizard(space: str, current: State, catalog: Catalog) -> Wish:
    """Ask for plan, users, licences and billing; an empty answer keeps what is so today."""
    say(f"What shall {space} have? Enter keeps what stands in brackets.\n\n{_prices(catalog)}\n")
    names, had = list(catalog.plans), dict(current.licences)
    wish = Wish(
        plan=_answer("Plan", current.plan, lambda text: _one_of(text, names)),
        users=_answer("Users", current.users, lambda text: parse_count(text, "The number of users", 1)),
        licences=tuple(
            (kind, _answer(f"{licence(kind)} licences", had.get(kind, 0), _read_number)) for kind in catalog.licences
        ),
        billing=_answer("Billing", current.billing, lambda text: _one_of(text, list(BILLINGS))),
    )
    say("\n")
    return wish


def _read_number(text: str) -> int:
    return parse_count(text, "The number of licences")


def _prices(catalog: Catalog) -> str:
    """Return the plans and what they cost, as lines for the terminal."""
    rows = [
        (plan.id, plan.price, limits(plan.min_users, plan.max_users), "" if plan.self_service else "by support")
        for plan in catalog.plans.values()
    ]
    licences = [(price.title, price, "", "") for price in catalog.licences.values()]
    first = max(map(len, [*(name for name, *_ in licences), *catalog.plans]))
    lines = [f"  {catalog.currency + ' each':<{first}}    monthly     annual   users"]
    for name, price, users, note in [*rows, *licences]:
        rates = f"{format_rate(price.monthly):>9}  {format_rate(price.annual):>9}"
        lines.append(f"  {name:<{first}}  {rates}   {users:<10}  {note}".rstrip())
    return "".join(safe(line) + "\n" for line in lines)


def _answer(question: str, default: T, read: Callable[[str], T]) -> T:
    """Ask until the answer can be read; say what is wrong with one that can't."""
    while True:
        text = ask(f"{question} [{default}]: ")
        if not text:
            return default
        try:
            return read(text)
        except SubctlError as error:
            say(answer_text(error, sys.stderr))


def _one_of(text: str, names: list[str]) -> str:
    if text not in names:
        raise SubctlError("bad_input", f"There is no '{safe(text)}'.", f"Choose one of {', '.join(names)}.")
    return text
