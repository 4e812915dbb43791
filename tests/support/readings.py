"""One contract lived twice, by the domain and by the second reading, and compared after everything that happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from subctl.domain import pricing, rises
from subctl.domain.errors import SubctlError
from tests.support.oracle import catalogs, quotes, timeline
from tests.support.oracle.calendar import DAY, months_before, next_first
from tests.support.oracle.catalogs import Known
from tests.support.oracle.compare import compared
from tests.support.oracle.life import Life
from tests.support.oracle.owed import balanced
from tests.support.oracle.terms import ANNUAL, Buyer, Catalog, Invoice, Outcome, RefusedError, State
from tests.support.real_life import Real, RealQuote, shown, steps_of, undated


@dataclass(frozen=True)
class Entry:
    """How a contract is entered: the renewal date and the last invoiced day are chosen among what is allowed."""

    entered: date
    start: date
    state: State
    known: Known
    buyer: Buyer
    renews_in: int | None = None
    billed_back: int | None = None


@dataclass(frozen=True)
class Action:
    """What happens after a wait: a number of days, or a day that the rules care about.

    `wish` is what a change or a quote names. A catalog is valid from `days` after the day it is imported; `days` also
    tells which of the known catalogs is dropped, and which quote is ordered.
    """

    wait: int | str
    what: str
    wish: tuple[tuple[str, Any], ...] = ()
    catalog: Catalog | None = None
    buyer: Buyer | None = None
    days: int = 1


def enter(entry: Entry) -> Life:
    """Enter the contract; renewal date and last invoiced day are brought into what pricing.md 2.4 and 2.5 allow."""
    first = entry.start if entry.start.day == 1 else next_first(entry.start)
    renews_on, through = None, None
    if entry.state.billing == ANNUAL and entry.renews_in is not None:
        renews_on = max(first, entry.entered) + timedelta(entry.renews_in)
    life = Life(entry.known, entry.state, entry.start, entry.entered, renews_on, buyer=entry.buyer)
    if entry.billed_back is not None and life.billed_until > first:
        boundaries = [first]
        for _, end in timeline.periods(life.steps, first):
            if end > life.billed_until:
                break
            boundaries.append(end)
        through = boundaries[max(0, len(boundaries) - 1 - entry.billed_back)] - DAY
    return Life(entry.known, entry.state, entry.start, entry.entered, renews_on, through, entry.buyer)


def later(life: Life, day: date, wait: int | str) -> date:
    """Return the day after a wait; words name the days around which the rules turn."""
    if isinstance(wait, int):
        return day + timedelta(wait)
    boundary = timeline.period_holding(life.steps, life.first, day)[1]
    steps = [step.start for step in life.steps if step.start > day]
    coming = [catalog.valid_from for catalog in catalogs.to_come(life.catalogs, day)]
    target = {
        "first": next_first(day),
        "boundary": boundary,
        "notice": months_before(boundary, catalogs.in_force_on(life.catalogs, day).notice),
        "step": min(steps, default=boundary),
        "catalog": min(coming, default=boundary),
        "end": life.end or boundary,
    }[wait.split("-", maxsplit=1)[0]]
    return max(day, target - DAY if wait.endswith("-eve") else target)


class Both:
    """A life in both readings; what either says is compared at once."""

    def __init__(self, entry: Entry) -> None:
        self.life = enter(entry)
        self.real = Real(self.life)
        self.quotes: list[tuple[quotes.Quote, RealQuote]] = []
        self.agree()

    def follow(self, day: date, actions: list[Action]) -> None:
        """Live through all of them, and bill what is left."""
        for action in actions:
            day = later(self.life, day, action.wait)
            if self.life.ended(day):
                break
            self.act(day, action)
            self.agree()
        self.bill(day + timedelta(800))
        self.agree()

    def act(self, day: date, action: Action) -> None:
        life, real = self.life, self.real
        match action.what:
            case "change":
                self.change(day, life.wanted(**dict(action.wish)))
            case "quote":
                self.quote(day, life.wanted(**dict(action.wish)))
            case "order" if self.quotes:
                self.order(day, *self.quotes[-1 - action.days % len(self.quotes)])
            case "bill":
                self.bill(day)
            case "cancel":
                life.cancel(day)
                real.cancel(day)
            case "withdraw_cancel":
                life.withdraw_cancel(day)
                real.withdraw_cancel()
            case "withdraw" if life.orders:
                self.withdraw(day)
            case "catalog" if action.catalog:
                catalog = replace(action.catalog, valid_from=day + timedelta(action.days))
                self.learn(day, catalogs.imported(life.catalogs, keeping(life, day, catalog)), catalog.valid_from)
            case "drop" if coming := list(catalogs.to_come(life.catalogs, day)):
                dropped = coming[action.days % len(coming)].valid_from
                self.learn(day, catalogs.without(life.catalogs, dropped), dropped)
            case "move" if action.buyer:
                life.buyer = action.buyer
                real.move(action.buyer)

    def learn(self, day: date, known: Known, touched: date) -> None:
        self.life.catalogs = known
        self.real.learn(known)
        assert (not rises.binding_faults(self.real.catalogs, day, touched)) == catalogs.escapable(known, touched, day)

    def bill(self, day: date) -> None:
        assert self.real.bill(day) == tuple(map(shown, self.life.bill(day)))

    def change(self, day: date, wanted: State) -> None:
        try:
            outcome = self.life.change(day, wanted)
        except RefusedError as refused:
            self.refused(str(refused), day, wanted)
            return
        told(self.real.change(day, wanted), outcome)

    def refused(self, code: str, day: date, wanted: State) -> None:
        with pytest.raises(SubctlError) as refusal:
            self.real.planned(day, wanted)
        assert refusal.value.code == code

    def quote(self, day: date, wanted: State) -> None:
        try:
            quote = quotes.quoted(self.life, day, wanted)
        except RefusedError as refused:
            self.refused(str(refused), day, wanted)
            return
        if quote.outcome.kind == "none":
            return
        real = self.real.quote(day, wanted)
        told(real.change, quote.outcome)
        assert real.terms.valid_until == quote.valid_until
        assert self.real.first_year(day, wanted) == compared(self.life, day, wanted).first_year
        self.quotes.append((quote, real))

    def order(self, day: date, quote: quotes.Quote, real: RealQuote) -> None:
        code: str | None = None
        outcome: Outcome | None = None
        try:
            outcome = quotes.order(self.life, quote, day)
        except RefusedError as refused:
            code = str(refused)
            if code == "not_found":
                self.refused(code, day, quote.wanted)
                return
        ordered = self.real.order(day, real, quote.wanted)
        if outcome is None:
            assert ordered == code
            return
        assert isinstance(ordered, pricing.Change), ordered
        told(ordered, outcome)
        # pricing.md 6.2: an order never costs more than its quote
        assert _total(outcome.due_now) <= _total(quote.outcome.due_now)

    def withdraw(self, day: date) -> None:
        allowed = True
        try:
            self.life.withdraw(day)
        except RefusedError:
            allowed = False
        assert self.real.withdraw(day) == allowed

    def agree(self) -> None:
        """Hold the two contracts and all documents together, and those with what the price steps say is owed."""
        life, contract = self.life, self.real.contract
        current = contract.current
        assert State(current.plan, current.users, current.licences, current.billing) == life.state
        assert steps_of(contract.steps) == steps_of(life.steps)
        assert (contract.billed_from, contract.billed_until, contract.end) == (life.first, life.billed_until, life.end)
        assert self.real.documents == list(map(shown, life.documents))
        assert balanced(life), "invoices and price steps differ"


def told(change: pricing.Change, outcome: Outcome) -> None:
    """Both readings say the same of a change."""
    assert change.kind == outcome.kind
    assert (change.before_fee.amount, change.after_fee.amount) == outcome.own
    assert change.compared is not None
    assert (change.compared.before, change.compared.after) == outcome.compared
    assert change.price_from == outcome.price_from
    assert undated(change.due_now) == undated(outcome.due_now)
    assert list(map(shown, change.catch_up)) == list(map(shown, outcome.catch_up))
    assert undated(change.next_invoice) == undated(outcome.next_invoice)


def keeping(life: Life, day: date, catalog: Catalog) -> Catalog:
    """Return a catalog that also sells what is in use, as it is sold today (pricing.md 3.6)."""
    today, states = catalogs.in_force_on(life.catalogs, day), life.in_use(day)
    plans = {state.plan: today.plans[state.plan] for state in states}
    licences = {kind: today.licences[kind] for state in states for kind, _ in state.licences}
    return replace(catalog, plans={**plans, **catalog.plans}, licences={**licences, **catalog.licences})


def _total(document: Invoice | None) -> int:
    return document.net + document.tax if document else 0
