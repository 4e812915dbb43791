"""The questions of upgrade, downgrade and quote to somebody at a terminal who named no change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from subctl.cli.prompts import ask
from subctl.cli.relative import absolute_of
from subctl.domain.catalog import ANNUAL, BILLINGS, MONTHLY, Catalog
from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.sentence import N_, Sentence, either
from subctl.domain.text import parse_count, safe
from subctl.service import wizard
from subctl.service.caller import Caller
from subctl.view.codes import billing
from subctl.view.errors import answer_text
from subctl.view.language import _, said, spoken, told
from subctl.view.output import say
from subctl.view.words import licences, limits, rate

T = TypeVar("T")

_NO_ANSWER_MENDS = ("store_", "live_store_clock", "clock_behind")
"""What the codes of refusals begin with that have nothing to do with an answer: the store's, and the day's."""


def asked_for(caller: Caller, asked: str | None) -> tuple[str | None, Wish]:
    """Ask which space, where several could be meant, then for plan, users, licences and billing.

    An empty answer keeps what is so today. Return the space, as it was asked for or answered, and the wish.
    """
    space, choices = _choices(caller, asked)
    catalog, current, had = choices.catalog, choices.current, dict(choices.current.licences)
    introduction = _("What shall {space} have? Enter keeps what stands in brackets.").format(space=choices.space)
    say(f"{introduction}\n\n{_prices(catalog)}\n")
    so_far = _SoFar(caller, choices.space)
    so_far.ask(_("Plan"), current.plan, _plan, [*catalog.plans])
    so_far.ask(_users_question(catalog, so_far.wish.plan), str(current.users), _users(current.users))
    for kind in catalog.licences:
        number = had.get(kind, 0)
        so_far.ask(licences(kind), str(number), _licences(kind, number))
    question = _("Billing, {choices}").format(choices=said(either(BILLINGS)))
    so_far.ask(question, current.billing, _billing, BILLINGS)
    say("\n")
    return space, so_far.wish


def _choices(caller: Caller, asked: str | None) -> tuple[str | None, wizard.Choices]:
    """Return what there is to choose from; where no space is named and several could be meant, ask which."""
    try:
        return asked, wizard.choices(caller, asked)
    except SubctlError as error:
        if error.code != "ambiguous_space":
            raise
        say(f"{safe(told(error.what))}\n")
    chosen = _taken(_("{question}: ").format(question=_("Space")), lambda text: wizard.choices(caller, text or None))
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

        self.wish = _taken(_("{question} [{default}]: ").format(question=question, default=default), wish, known)


def _plan(wish: Wish, text: str) -> Wish:
    return wish._replace(plan=text)


def _users(now: int) -> Callable[[Wish, str], Wish]:
    what = Sentence(N_("The number of users"))
    return lambda wish, text: wish._replace(users=parse_count(absolute_of(text, now), what, 1))


def _licences(kind: str, now: int) -> Callable[[Wish, str], Wish]:
    def named(wish: Wish, text: str) -> Wish:
        number = parse_count(absolute_of(text, now), Sentence(N_("The number of licences")))
        return wish._replace(licences=(*wish.licences, (kind, number)))

    return named


def _billing(wish: Wish, text: str) -> Wish:
    return wish._replace(billing=text)


def _users_question(catalog: Catalog, plan_id: str | None) -> str:
    """Ask for users, and say how many a plan can have where that isn't any number: `Users, 5 or more`."""
    plan = catalog.plans.get(plan_id or "")
    if plan and (plan.min_users > 1 or plan.max_users):
        return _("Users, {limits}").format(limits=limits(plan.min_users, plan.max_users))
    return _("Users")


_COLUMNS = 0, 9, 9, 10
"""How wide a price list is at least: names, prices by the month and by the year, users."""


def _prices(catalog: Catalog) -> str:
    """Return the plans and what they cost, as lines for the terminal."""
    support = _("by support")
    plans = [
        (plan.id, plan.price, limits(plan.min_users, plan.max_users), "" if plan.self_service else support)
        for plan in catalog.plans.values()
    ]
    sold = [(price.title_in(spoken()), price, "", "") for price in catalog.licences.values()]
    rows = [
        (_("{currency} each").format(currency=catalog.currency), billing(MONTHLY), billing(ANNUAL), _("users"), ""),
        *((name, rate(price.monthly), rate(price.annual), users, note) for name, price, users, note in [*plans, *sold]),
    ]
    widths = [max(least, *map(len, column)) for least, column in zip(_COLUMNS, zip(*rows, strict=True), strict=False)]
    lines = [
        f"  {name:<{widths[0]}}  {by_month:>{widths[1]}}  {by_year:>{widths[2]}}   {users:<{widths[3]}}  {note}"
        for name, by_month, by_year, users, note in rows
    ]
    return "".join(safe(line.rstrip()) + "\n" for line in lines)


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
        raise bad_input(
            N_("There is no '{answer}'."),
            N_("Choose one of {choices}."),
            answer=safe(text),
            choices=", ".join(known),
        )
    return text
