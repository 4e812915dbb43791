"""The questions of upgrade, downgrade and quote to somebody at a terminal who named no change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from subctl.cli.prompts import ask
from subctl.cli.relative import absolute_of
from subctl.domain.catalog import BILLINGS, Catalog
from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.domain.money import format_rate
from subctl.domain.text import parse_count, safe
from subctl.service import wizard
from subctl.service.session import Caller
from subctl.view.errors import answer_text
from subctl.view.output import say
from subctl.view.words import licence, limits

T = TypeVar("T")

_NO_ANSWER_MENDS = ("store_", "live_store_clock", "clock_behind")
"""What the codes of refusals begin with that have nothing to do with an answer: the store's, and the day's."""


def asked_for(caller: Caller, asked: str | None) -> tuple[str | None, Wish]:
    """Ask which space, where several could be meant, then for plan, users, licences and billing.

    An empty answer keeps what is so today. Return the space, as it was asked for or answered, and the wish.
    """
    space, choices = _choices(caller, asked)
    catalog, current, had = choices.catalog, choices.current, dict(choices.current.licences)
    say(f"What shall {choices.space} have? Enter keeps what stands in brackets.\n\n{_prices(catalog)}\n")
    so_far = _SoFar(caller, choices.space)
    so_far.ask("Plan", current.plan, _plan, [*catalog.plans])
    so_far.ask(f"Users{_limits(catalog, so_far.wish.plan)}", str(current.users), _users(current.users))
    for kind in catalog.licences:
        number = had.get(kind, 0)
        so_far.ask(f"{licence(kind)} licences", str(number), _licences(kind, number))
    so_far.ask(f"Billing, {' or '.join(BILLINGS)}", current.billing, _billing, BILLINGS)
    say("\n")
    return space, so_far.wish


def _choices(caller: Caller, asked: str | None) -> tuple[str | None, wizard.Choices]:
    """Return what there is to choose from; where no space is named and several could be meant, ask which."""
    try:
        return asked, wizard.choices(caller, asked)
    except SubctlError as error:
        if error.code != "ambiguous_space":
            raise
        say(f"{safe(error.message)}\n")
    chosen = _taken("Space: ", lambda text: wizard.choices(caller, text or None))
    return chosen.space, chosen


class _SoFar:
    """What was answered so far, `wish`, of a space: each answer is held against the rules when it is given."""

    def __init__(self, caller: Caller, space: str) -> None:
        self.caller, self.space, self.wish = caller, space, Wish()

    def ask(self, question: str, default: str, named: Callable[[Wish, str], Wish], known: Sequence[str] = ()) -> None:
        """Ask for one thing more; `named` adds what an answer says, `known` are the answers that TAB completes."""

        def wish(text: str) -> Wish:
            after = named(self.wish, default if text in ("", default) else _one_of(text, known))
            wizard.refuse_answers(self.caller, self.space, after)
            return after

        self.wish = _taken(f"{question} [{default}]: ", wish, known)


def _plan(wish: Wish, text: str) -> Wish:
    return wish._replace(plan=text)


def _users(now: int) -> Callable[[Wish, str], Wish]:
    return lambda wish, text: wish._replace(users=parse_count(absolute_of(text, now), "The number of users", 1))


def _licences(kind: str, now: int) -> Callable[[Wish, str], Wish]:
    def named(wish: Wish, text: str) -> Wish:
        number = parse_count(absolute_of(text, now), "The number of licences")
        return wish._replace(licences=(*wish.licences, (kind, number)))

    return named


def _billing(wish: Wish, text: str) -> Wish:
    return wish._replace(billing=text)


def _limits(catalog: Catalog, plan_id: str | None) -> str:
    """Write how many users a plan can have, where that isn't any number: `, 5 or more`."""
    plan = catalog.plans.get(plan_id or "")
    return f", {limits(plan.min_users, plan.max_users)}" if plan and (plan.min_users > 1 or plan.max_users) else ""


def _prices(catalog: Catalog) -> str:
    """Return the plans and what they cost, as lines for the terminal."""
    rows = [
        (plan.id, plan.price, limits(plan.min_users, plan.max_users), "" if plan.self_service else "by support")
        for plan in catalog.plans.values()
    ]
    licences = [(price.title, price, "", "") for price in catalog.licences.values()]
    head = f"{catalog.currency} each"
    first = max(map(len, [head, *(name for name, *_ in licences), *catalog.plans]))
    lines = [f"  {head:<{first}}    monthly     annual   users"]
    for name, price, users, note in [*rows, *licences]:
        rates = f"{format_rate(price.monthly):>9}  {format_rate(price.annual):>9}"
        lines.append(f"  {name:<{first}}  {rates}   {users:<10}  {note}".rstrip())
    return "".join(safe(line) + "\n" for line in lines)


def _taken(question: str, take: Callable[[str], T], known: Sequence[str] = ()) -> T:
    """Ask until an answer is taken, and say what is wrong with one that isn't.

    Errors: what is wrong with the store or the day, which no other answer mends.
    """
    while True:
        text = ask(question, known)
        try:
            return take(text)
        except SubctlError as error:
            if error.code.startswith(_NO_ANSWER_MENDS):
                raise
            say(answer_text(error, sys.stderr))


def _one_of(text: str, known: Sequence[str]) -> str:
    if known and text not in known:
        raise SubctlError("bad_input", f"There is no '{safe(text)}'.", f"Choose one of {', '.join(known)}.")
    return text
