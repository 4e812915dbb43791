"""Random contract lives, through the real domain functions and through the second reading of pricing.md.

`tests/support/oracle.py` was written from the rules alone. The worked examples of pricing.md 8 hold it to the rules;
then both must agree on every life, after every action. `SUBCTL_LIVES` sets how many lives are tried.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subctl.domain import catalog as real_catalog
from subctl.domain import contract as real_contract
from subctl.domain import ending, invoice, pricing
from subctl.domain import entry as real_entry
from tests.support import oracle
from tests.support.build import zooms
from tests.support.examples import EXAMPLES, START, Cancel, Due, Event, Example, Import, Order, Recurring, Withdraw
from tests.support.oracle import ANNUAL, DAY, MONTHLY, Catalog, Life, RefusedError, State, balanced

LIVES = int(os.environ.get("SUBCTL_LIVES", "150"))

Shown = tuple[str, date, date, date, int]
"""A document as both sides know it: kind, date, period, net in cents."""


# --- the oracle itself: the worked examples of pricing.md 8 ------------------------------------------------

BUILT_IN = Catalog(
    date(2020, 1, 1),
    {"starter": (100_000, 1_000_000), "pro": (180_000, 1_800_000), "business": (279_500, 2_795_000)},
    (250_000, 2_500_000),
)
JULY = date(2026, 7, 1)


def at(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


def in_cents(amount: str) -> int:
    return int(amount.replace(".", ""))


def told(document: oracle.Invoice | Due | Recurring | None) -> tuple[str, str, int] | None:
    """Return an invoice as the oracle and the table both know it: period and net in cents."""
    if document is None:
        return None
    net = document.net if isinstance(document, oracle.Invoice) else in_cents(document.net)
    return str(document.start), str(document.end), net


def meet(life: Life, event: Event) -> None:
    """Let the oracle live through an event of a worked example, and hold what comes of it."""
    on = date.fromisoformat(event.day)
    match event:
        case Order(_, wanted, ordered):
            outcome = life.change(on, **wanted)
            assert (outcome.kind, str(outcome.price_from)) == (ordered.kind, ordered.price_from)
            assert (told(outcome.due_now), told(outcome.next_invoice)) == (
                told(ordered.due_now),
                told(ordered.next_invoice),
            )
        case Cancel(_, last_day):
            life.cancel(on)
            assert life.end == date.fromisoformat(last_day) + DAY
        case Withdraw(_, "too_late"):
            with pytest.raises(RefusedError, match="too_late"):
                life.withdraw(on)
        case Withdraw(_, credited):
            credit = life.withdraw(on)
            assert credit is not None
            assert credit.net * 121 == in_cents(credited) * 100
        case Import(_, valid_from, starter):
            prices = {**BUILT_IN.plans, "starter": (100_000, starter * 10_000)}
            life.import_catalog(replace(BUILT_IN, valid_from=date.fromisoformat(valid_from), plans=prices))


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_oracle_agrees_with_the_worked_examples(example: Example) -> None:
    """pricing.md 8: and when the next invoice is issued, all of them add up to what is owed."""
    renews_on = date.fromisoformat(example.renews_on) if example.renews_on else None
    state = State("starter", 10, 2, example.billing)
    life = Life([BUILT_IN], state, date.fromisoformat(START), date.fromisoformat(example.entered), renews_on)
    for event in example.events:
        meet(life, event)
    issued = life.bill(date.fromisoformat(example.then.start if example.then else "2028-01-01"))
    assert told(issued[0] if issued else None) == told(example.then)
    assert balanced(life)


# --- both readings, side by side ---------------------------------------------------------------------------

SELLER = real_catalog.Seller("Example", "Somewhere", "NL", None, 210_000, "Europe/Amsterdam", "help", None)
BUYER = invoice.Buyer("NL", None)


@dataclass(frozen=True)
class Entry:
    """How a contract is entered: the renewal date and the last invoiced day are chosen among what is allowed."""

    entered: date
    start: date
    state: State
    catalog: Catalog
    renews_in: int | None = None
    billed_back: int | None = None


@dataclass(frozen=True)
class Action:
    """What happens after a wait; `wait` is a number of days, or a day that the rules care about."""

    wait: int | str
    what: str
    wanted: tuple[tuple[str, str | int], ...] = ()
    catalog: Catalog | None = None


@dataclass(frozen=True)
class Ordered:
    """What the real side keeps of an order, to take it back."""

    price_from: date | None
    steps_before: real_contract.Steps
    billed_until: date
    due_now: Shown | None


class Real:
    """The real domain functions, put together as the services do."""

    def __init__(self, life: Life) -> None:
        state = real_contract.State(life.state.plan, life.state.users, zooms(life.state.zoom), life.state.billing)
        self.contract = real_entry.enter_contract(
            "acme", state, life.entered, life.start, life.renews_on, life.billed_through
        )
        self.catalogs = real_catalog.Catalogs(())
        for catalog in life.catalogs:
            self.import_catalog(catalog)
        self.documents: list[Shown] = []
        self.orders: list[Ordered] = []

    def import_catalog(self, catalog: Catalog) -> None:
        number = len(self.catalogs.imported)
        plans = {
            plan: real_catalog.Plan(plan, real_catalog.Price(plan, *price), 1, None, self_service=True)
            for plan, price in catalog.plans.items()
        }
        added = real_catalog.Catalog(
            number,
            str(number),
            catalog.valid_from,
            "EUR",
            SELLER,
            real_catalog.Policy(catalog.notice, 30, 30),
            plans,
            {"zoom": real_catalog.Price("Zoom", *catalog.zoom)},
        )
        self.catalogs = real_catalog.Catalogs((*self.catalogs.imported, added))

    def bill(self, day: date) -> tuple[Shown, ...]:
        drafts = invoice.recurring_drafts(self.contract, day, day, self.catalogs, BUYER)
        issued = tuple(shown(draft) for draft in drafts if draft.net)
        self.contract = self.contract._replace(billed_until=invoice.billed_until_after(self.contract, day))
        self.documents += issued
        return issued

    def change(self, day: date, wanted: State) -> pricing.Change:
        state = real_contract.State(wanted.plan, wanted.users, zooms(wanted.zoom), wanted.billing)
        change, after = pricing.plan_change(self.contract, state, day, self.catalogs, BUYER)
        if change.kind == "none":
            return change
        due_now = shown(change.due_now) if change.due_now else None
        steps = self.contract.steps
        self.contract = after
        self.orders.append(Ordered(change.price_from, steps, self.contract.billed_until, due_now))
        self.documents += [shown(draft) for draft in change.catch_up]
        if due_now:
            self.documents.append(due_now)
        return change

    def cancel(self, day: date) -> None:
        if self.contract.end is None:
            self.bill(day)
            notice = self.catalogs.at(day).policy.notice_months
            self.contract = ending.cancelled(self.contract, day, notice)

    def withdraw_cancel(self) -> None:
        self.contract = self.contract._replace(end=None)

    def withdraw(self, day: date) -> bool:
        order = self.orders[-1]
        if self.contract.end is not None and order.steps_before[-1].state.billing != self.contract.current.billing:
            return False  # refused, see domain.refusals.refuse_other_billing
        if not ending.can_withdraw(
            self.contract,
            day,
            ending.withdraw_deadline(order.steps_before, self.contract.steps, order.price_from),
            order.billed_until,
        ):
            return False
        self.orders.pop()
        self.contract = ending.withdrawn(self.contract, order.steps_before)
        if order.due_now:
            _, _, start, end, net = order.due_now
            self.documents.append(("credit", day, start, end, -net))
        return True


def shown(document: invoice.Draft | oracle.Invoice) -> Shown:
    if isinstance(document, oracle.Invoice):
        return document.kind, document.day, document.start, document.end, document.net
    return document.kind, document.day, document.period.start, document.period.end, document.net


def period_and_net(document: invoice.Draft | oracle.Invoice | None) -> tuple[date, date, int] | None:
    return None if document is None else shown(document)[2:]


def enter(entry: Entry) -> Life:
    """Enter the contract; renewal date and last invoiced day are brought into what pricing.md 2.4 and 2.5 allow."""
    first = entry.start if entry.start.day == 1 else oracle.next_first(entry.start)
    renews_on, through = None, None
    if entry.state.billing == ANNUAL and entry.renews_in is not None:
        renews_on = max(first, entry.entered) + timedelta(entry.renews_in)
    life = Life([entry.catalog], entry.state, entry.start, entry.entered, renews_on)
    if entry.billed_back is not None and life.billed_until > first:
        boundaries = [first]
        for _, end in oracle.periods(life.steps, first):
            if end > life.billed_until:
                break
            boundaries.append(end)
        through = boundaries[max(0, len(boundaries) - 1 - entry.billed_back)] - DAY
    return Life([entry.catalog], entry.state, entry.start, entry.entered, renews_on, through)


def later(life: Life, day: date, wait: int | str) -> date:
    """Return the day after a wait; words name the days around which the rules turn."""
    if isinstance(wait, int):
        return day + timedelta(wait)
    first, boundary = oracle.next_first(day), oracle.period_holding(life.steps, life.first, day)[1]
    steps = [step.start for step in life.steps if step.start > day]
    target = {
        "first": first,
        "boundary": boundary,
        "notice": oracle.months_before(boundary, life.catalog_on(day).notice),
        "step": min(steps, default=boundary),
        "end": life.end or boundary,
    }[wait.split("-", maxsplit=1)[0]]
    return max(day, target - DAY if wait.endswith("-eve") else target)


def follow(entry: Entry, actions: list[Action]) -> Life:
    """Take one life through both readings, and compare them after every action."""
    life = enter(entry)
    real = Real(life)
    day = entry.entered
    compare(life, real)
    for action in actions:
        day = later(life, day, action.wait)
        if life.ended(day):
            break
        act(life, real, day, action)
        compare(life, real)
        assert balanced(life), "invoices and price steps differ"
    life.bill(day + timedelta(800))
    real.bill(day + timedelta(800))
    compare(life, real)
    assert balanced(life), "invoices and price steps differ"
    return life


def act(life: Life, real: Real, day: date, action: Action) -> None:
    match action.what:
        case "change":
            both_change(life, real, day, dict(action.wanted))
        case "bill":
            assert tuple(map(shown, life.bill(day))) == real.bill(day)
        case "cancel":
            life.cancel(day)
            real.cancel(day)
        case "withdraw_cancel":
            life.withdraw_cancel(day)
            real.withdraw_cancel()
        case "withdraw" if life.orders:
            allowed = True
            try:
                life.withdraw(day)
            except RefusedError:
                allowed = False
            assert real.withdraw(day) == allowed
        case "catalog" if action.catalog:
            # pricing.md 1: an imported catalog is valid from tomorrow or later
            catalog = replace(action.catalog, valid_from=day + (action.catalog.valid_from - date.min) + DAY)
            life.import_catalog(catalog)
            real.import_catalog(catalog)


def both_change(life: Life, real: Real, day: date, wanted: dict[str, str | int]) -> None:
    state = replace(life.state, **wanted)  # type: ignore[arg-type]
    try:
        outcome = life.change(day, **wanted)  # type: ignore[arg-type]
    except RefusedError:  # pricing.md 5: a change of billing while a cancellation waits
        return
    change = real.change(day, state)
    assert change.kind == outcome.kind
    if outcome.kind != "none":
        assert change.price_from == outcome.price_from
        assert period_and_net(change.due_now) == period_and_net(outcome.due_now)
        assert list(map(shown, change.catch_up)) == list(map(shown, outcome.catch_up))
        assert period_and_net(change.next_invoice) == period_and_net(outcome.next_invoice)


def read(state: real_contract.State) -> State:
    return State(state.plan, state.users, dict(state.licences).get("zoom", 0), state.billing)


def compare(life: Life, real: Real) -> None:
    contract = real.contract
    current = contract.current
    assert read(current) == life.state
    assert [(step.start, read(step.state)) for step in contract.steps] == [
        (step.start, step.state) for step in life.steps
    ]
    assert (contract.billed_from, contract.billed_until, contract.end) == (
        life.first,
        life.billed_until,
        life.end,
    )
    assert real.documents == list(map(shown, life.documents))


# --- lives that are hard to come by at random --------------------------------------------------------------

STARTER = State("starter", 10, 2, ANNUAL)


def on(day: date, what: str, catalog: Catalog | None = None, **wanted: str | int) -> tuple[date, Action]:
    return day, Action(0, what, tuple(wanted.items()), catalog)


def tomorrow(catalog: Catalog) -> Catalog:
    """A catalog to import: valid from the day after, which `act` counts from `date.min`."""
    return replace(catalog, valid_from=date.min)


def entered_on(day: date, catalog: Catalog = BUILT_IN, renews_on: date | None = None) -> Entry:
    return Entry(day, at(7, 1, 2025), STARTER, catalog, (renews_on - day).days if renews_on else None)


CHEAP_PRO = replace(BUILT_IN, plans={**BUILT_IN.plans, "pro": (120_000, 1_200_000)})
DEAR_STARTER = replace(BUILT_IN, plans=dict.fromkeys(BUILT_IN.plans, (200_000, 2_000_000)))


@pytest.mark.parametrize(
    ("entry", "dated"),
    [
        pytest.param(
            # pricing.md 4.10, 4.11: a change without a price has one again when the cancellation is taken back
            entered_on(at(3, 1)),
            [
                on(at(3, 15), "cancel"),
                on(at(3, 16), "change", users=8),
                on(at(3, 17), "withdraw_cancel"),
                on(JULY, "bill"),
                on(at(7, 2), "withdraw"),
            ],
            id="withdraw-what-had-no-price",
        ),
        pytest.param(
            # pricing.md 4.10, 5: the switch that placed the end stays; it is billed on from an end that goes
            entered_on(at(3, 1)),
            [
                on(at(5, 1), "change", billing=MONTHLY),
                on(at(6, 15), "cancel"),
                on(at(6, 16), "withdraw"),
                on(JULY, "bill"),
                on(at(7, 2), "withdraw_cancel"),
                on(at(7, 3), "change", users=12),
                on(at(9, 1), "bill"),
            ],
            id="bill-on-from-an-end-that-goes",
        ),
        pytest.param(
            # pricing.md 4, last sentence: the same where an order that cut the period is taken back
            entered_on(at(3, 1), replace(BUILT_IN, notice=0), at(6, 20)),
            [
                on(at(6, 15), "change", users=20, billing=MONTHLY),
                on(at(6, 20), "bill"),
                on(at(6, 25), "withdraw"),
                on(at(7, 5), "bill"),
            ],
            id="bill-on-from-a-switch-that-goes",
        ),
        pytest.param(
            # pricing.md 4.8, 4.11: back to annual is carried by the year's invoice, though the reduction waits longer
            entered_on(at(3, 1), renews_on=at(7, 15)),
            [
                on(at(5, 1), "change", billing=MONTHLY),
                on(at(6, 20), "change", billing=ANNUAL, users=8),
                on(at(7, 15), "bill"),
                on(at(7, 20), "withdraw"),
            ],
            id="withdraw-back-to-annual-too-late",
        ),
        pytest.param(
            # pricing.md 3.4, 4.5: there and back at a dearer rate was invoiced, so the step must say so
            entered_on(at(3, 1), CHEAP_PRO),
            [
                on(at(3, 5), "change", plan="pro"),
                on(at(3, 5), "catalog", tomorrow(DEAR_STARTER)),
                on(at(3, 10), "change", plan="starter"),
            ],
            id="same-state-at-new-rates",
        ),
        pytest.param(
            # pricing.md 4.8: the monthly step is at P, also when a reduction was ordered under a longer notice
            entered_on(at(3, 1), replace(BUILT_IN, notice=3)),
            [
                on(at(5, 1), "change", users=8),
                on(at(5, 1), "catalog", tomorrow(BUILT_IN)),
                on(at(5, 2), "change", billing=MONTHLY),
            ],
            id="monthly-at-the-shorter-notice",
        ),
    ],
)
def test_both_readings_agree_on_hard_lives(entry: Entry, dated: list[tuple[date, Action]]) -> None:
    before = [entry.entered, *(day for day, _ in dated)]
    follow(
        entry,
        [replace(action, wait=(day - earlier).days) for earlier, (day, action) in zip(before, dated, strict=False)],
    )


# --- random lives ------------------------------------------------------------------------------------------

PLANS = ("starter", "pro", "business")
BILLINGS = (MONTHLY, ANNUAL)

rates = st.sampled_from([(100_000, 1_000_000), (120_000, 1_100_000), (180_000, 1_800_000), (279_512, 2_795_037)])
licence_rates = st.sampled_from([(250_000, 2_500_000), (99_900, 999_900), (300_000, 2_900_000)])
awkward_days = st.sampled_from(
    [date(2024, 2, 29), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 30), date(2026, 12, 31), date(2028, 2, 29)]
)
days = st.one_of(awkward_days, st.dates(date(2024, 1, 1), date(2028, 12, 31)))


def catalogs(valid_from: st.SearchStrategy[date]) -> st.SearchStrategy[Catalog]:
    return st.builds(
        Catalog,
        valid_from,
        st.fixed_dictionaries(dict.fromkeys(PLANS, rates)),
        licence_rates,
        st.sampled_from([1, 1, 1, 0, 2, 3]),
    )


users = st.one_of(st.integers(8, 12), st.integers(1, 30))
states = st.builds(State, st.sampled_from(PLANS), users, st.integers(0, 4), st.sampled_from([ANNUAL, ANNUAL, MONTHLY]))
wanted_states = st.one_of(
    st.tuples(st.tuples(st.just("users"), users)),
    st.tuples(st.tuples(st.just("billing"), st.sampled_from(BILLINGS))),
    st.fixed_dictionaries(
        {},
        optional={
            "plan": st.sampled_from(PLANS),
            "users": users,
            "zoom": st.integers(0, 4),
            "billing": st.sampled_from(BILLINGS),
        },
    ).map(lambda wanted: tuple(wanted.items())),
)
waits = st.one_of(
    st.integers(0, 3),
    st.integers(1, 100),
    st.sampled_from(
        ["end-eve", *(word + eve for word in ("first", "boundary", "notice", "step") for eve in ("", "-eve"))]
    ),
)
changes = st.builds(Action, waits, st.just("change"), wanted_states)
others = st.builds(Action, waits, st.sampled_from(["bill", "withdraw", "cancel", "withdraw_cancel"]))
imports = st.builds(
    Action, waits, st.just("catalog"), st.just(()), catalogs(st.integers(0, 120).map(lambda n: date.min + n * DAY))
)
actions = st.one_of(changes, others, changes, others, imports)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    entered = draw(days)
    start = draw(
        st.one_of(
            st.just(entered),
            st.integers(-800, 100).map(lambda n: entered + n * DAY),
            st.sampled_from([-1, 1, 2]).map(lambda n: (entered + 28 * n * DAY).replace(day=1)),
        )
    )
    return Entry(
        entered,
        start,
        draw(states),
        draw(catalogs(st.just(date(2020, 1, 1)))),
        draw(st.one_of(st.none(), st.integers(1, 365))),
        draw(st.one_of(st.none(), st.integers(0, 2))),
    )


@settings(
    deadline=None,
    max_examples=LIVES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
@given(entries(), st.lists(actions, min_size=1, max_size=8))
def test_both_readings_agree_on_every_life(entry: Entry, steps: list[Action]) -> None:
    follow(entry, steps)
