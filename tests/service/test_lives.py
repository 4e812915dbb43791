"""Random contract lives through the services, on a real store, beside the second reading of pricing.md.

After every step the book must say what `tests/oracle.py` says: price steps, entitlement, every document, what
comes next. `SUBCTL_LIVES` sets how many lives are tried.
"""

from __future__ import annotations

import copy
import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import oracle
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from oracle import ANNUAL, DAY, MONTHLY, Catalog, Life, Outcome, RefusedError, State

from subctl.domain import contract as real
from subctl.domain.errors import SubctlError
from subctl.service import bill, book, catalogs, change, check, ending, lists, look, spaces
from subctl.service.session import Caller

LIVES = int(os.environ.get("SUBCTL_LIVES", "40"))
STEPS = 14
QUOTE_DAYS = 30
VAT_RATES = {"NL": 21, "US": 0}
BEGIN = date(2023, 12, 31)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FAR = timedelta(800)
MEMORY = Path("/dev/shm")
PLANS = ("starter", "pro", "business")

Document = dict[str, Any]
Shown = tuple[str, str, str, str, int]
"""A document as both sides know it: kind, date, period, net in cents."""


# --- what a life is made of ----------------------------------------------------------------------------------

rates = st.sampled_from([(100_000, 1_000_000), (120_000, 1_100_000), (180_000, 1_800_000), (279_512, 2_795_037)])
licence_rates = st.sampled_from([(250_000, 2_500_000), (99_900, 999_900), (300_000, 2_900_000)])
plan_rates = st.fixed_dictionaries(dict.fromkeys(PLANS, rates))
some_plans = st.one_of(
    plan_rates,
    plan_rates,
    plan_rates,
    st.fixed_dictionaries({"starter": rates, "pro": rates}),
)

FIRST_CATALOGS = [
    Catalog(
        date(2020, 1, 1),
        {"starter": (100_000, 1_000_000), "pro": (180_000, 1_800_000), "business": (279_512, 2_795_037)},
        (250_000, 2_500_000),
        notice,
    )
    for notice in (1, 0, 3)
]

awkward_days = st.sampled_from(
    [date(2024, 2, 29), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 30), date(2026, 12, 31), date(2028, 2, 29)]
)
days = st.one_of(awkward_days, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
users = st.one_of(st.integers(8, 12), st.integers(1, 30))
states = st.builds(State, st.sampled_from(PLANS), users, st.integers(0, 4), st.sampled_from([ANNUAL, ANNUAL, MONTHLY]))
billings = st.sampled_from([MONTHLY, ANNUAL])
wishes = st.one_of(
    st.fixed_dictionaries({"users": users}),
    st.fixed_dictionaries({"billing": billings}),
    st.fixed_dictionaries(
        {},
        optional={"plan": st.sampled_from(PLANS), "users": users, "zoom": st.integers(0, 4), "billing": billings},
    ),
)
waits = st.one_of(
    st.integers(0, 3),
    st.integers(1, 100),
    st.sampled_from(
        ["end", "end-eve", *(word + eve for word in ("first", "boundary", "notice", "step") for eve in ("", "-eve"))]
    ),
)
which = st.integers(0, 9)


@dataclass(frozen=True)
class Entry:
    """A contract to enter, by its days apart from the day of entry."""

    state: State
    starts_in: int
    renews_in: int | None
    billed_back: int | None
    country: str


entries = st.builds(
    Entry,
    states,
    st.one_of(st.just(0), st.integers(-800, 100), st.integers(-40, 40)),
    st.one_of(st.none(), st.integers(1, 365)),
    st.one_of(st.none(), st.integers(0, 2)),
    st.sampled_from(["NL", "NL", "US"]),
)


def toml(catalog: Catalog) -> str:
    """Write a catalog file."""

    def price(title: str, pair: tuple[int, int]) -> str:
        monthly, annual = (f"{rate // 10_000}.{rate % 10_000:04d}" for rate in pair)
        return f'title = "{title}"\nmonthly = "{monthly}"\nannual = "{annual}"\n'

    plans = "".join(f"[plans.{plan}]\n{price(plan.title(), pair)}" for plan, pair in catalog.plans.items())
    return (
        f'name = "Test"\nvalid_from = {catalog.valid_from}\ncurrency = "EUR"\n'
        '[seller]\nname = "Seller"\naddress = "Street 1"\ncountry = "NL"\nvat_rate = "21"\n'
        'timezone = "Europe/Amsterdam"\nsupport = "help@seller.example"\n'
        f"[policy]\nnotice_months = {catalog.notice}\nquote_days = {QUOTE_DAYS}\npayment_days = 14\n"
        f"{plans}[zoom]\n{price('Zoom licence', catalog.zoom)}"
    )


# --- the two readings, brought to one form ----------------------------------------------------------------------


class QuotedLife(Life):
    """A life in which a change may be ordered at the rates of a quote (6.2)."""

    offer: tuple[date, list[Catalog]] | None = None

    def rates_at_charge(self, day: date, charge: date, plan: str, billing: str) -> tuple[int, int]:
        """Return the rates at c, where a list is asked for the one that was known on the quote's day."""
        if self.offer is None:
            return super().rates_at_charge(day, charge, plan, billing)
        quoted_on, known = self.offer
        start, end = oracle.period_holding(self.steps, self.first, charge)
        base, begun = oracle.in_force(self.steps, charge), start <= day
        then = self.copy()
        then.catalogs = known
        user, zoom = then.list_rates(quoted_on if begun else max(start, self.entered), plan, billing)
        promised = base.rates is not None and start <= base.start
        if billing == base.state.billing and (begun or promised):
            pinned = self.rates_in(base, start, end)
            return (pinned[0] if plan == base.state.plan else user), pinned[1]
        return user, zoom

    def copy(self) -> QuotedLife:
        """Return a life that can be lived on without this one."""
        other = copy.copy(self)
        other.catalogs, other.documents, other.orders = [*self.catalogs], [*self.documents], [*self.orders]
        return other

    def order_quoted(self, day: date, wanted: State, offer: tuple[date, list[Catalog]]) -> Outcome:
        """Order what a quote named, at its rates."""
        self.offer = offer
        try:
            return self.change(day, **vars(wanted))
        finally:
            self.offer = None


def cents(text: str) -> int:
    """Read an amount in euros."""
    return int(text.replace(".", ""))


def vat_on(net: int, country: str) -> int:
    """Return the VAT on cents, half up, away from zero."""
    amount, rest = divmod(abs(net) * VAT_RATES[country], 100)
    return (amount + (rest >= 50)) * (1 if net >= 0 else -1)


def shown(invoice: oracle.Invoice) -> Shown:
    return invoice.kind, str(invoice.day), str(invoice.start), str(invoice.end), invoice.net


def shown_draft(draft: Document) -> Shown:
    return draft["kind"], draft["date"], draft["period"]["start"], draft["period"]["end"], cents(draft["net"])


def without_day(draft: Shown | None) -> tuple[str, str, str, int] | None:
    """Return a draft without its date: the oracle dates what is to come on the day it looks as far as."""
    return draft and (draft[0], *draft[2:])


def next_one(life: Life, until: date) -> tuple[str, str, str, int] | None:
    """Return the next invoice of a life, of those to come."""
    coming = (invoice for invoice in life.unbilled(until) if invoice.net)
    found = next(coming, None)
    return without_day(shown(found)) if found else None


def outcome_of(outcome: Outcome) -> Document:
    """Return what the oracle says of a change."""
    return {
        "kind": outcome.kind,
        "price_from": outcome.price_from and str(outcome.price_from),
        "due_now": outcome.due_now and shown(outcome.due_now),
        "catch_up": [shown(invoice) for invoice in outcome.catch_up],
        "next_invoice": without_day(outcome.next_invoice and shown(outcome.next_invoice)),
    }


def outcome_in(document: Document) -> Document:
    """Return the same of a change document."""
    return {
        "kind": document["kind"],
        "price_from": document["price_from"],
        "due_now": document["due_now"] and shown_draft(document["due_now"]),
        "catch_up": [shown_draft(draft) for draft in document["catch_up"]],
        "next_invoice": without_day(document["next_invoice"] and shown_draft(document["next_invoice"])),
    }


def bare(document: Document) -> Document:
    """Return a change document without what a quote and an order fill in."""
    filled = ("quote", "valid_until", "order", "invoice", "issued")
    return {key: value for key, value in document.items() if key not in filled}


def due(document: Document) -> int:
    return cents(document["due_now"]["total"]) if document["due_now"] else 0


@dataclass
class Order:
    """An order or a cancellation that was placed."""

    number: str
    kind: str
    withdrawn: bool = False


@dataclass
class Quote:
    """A quote that was saved, and what was true on its day."""

    document: Document
    day: date
    valid_until: date
    version: int
    boundary: date | None
    known: list[Catalog]
    ordered: Document | None = None
    order: Order | None = None


@dataclass
class Contract:
    """One space: its life by the oracle, and what was ordered in it."""

    space: str
    country: str
    life: QuotedLife
    orders: list[Order] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    version: int = 0

    @property
    def waiting_cancellation(self) -> Order | None:
        cancellations = [order for order in self.orders if order.kind == "cancel" and not order.withdrawn]
        return cancellations[-1] if cancellations else None

    @property
    def latest_change(self) -> Order | None:
        changes = [order for order in self.orders if order.kind != "cancel" and not order.withdrawn]
        return changes[-1] if changes else None


# --- the machine ------------------------------------------------------------------------------------------------


class Lives(RuleBasedStateMachine):
    """A store with one contract or two, driven by its services; each rule waits a while and does one thing."""

    templates: tempfile.TemporaryDirectory[str] | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        self.path = Path(self.folder.name) / "contracts.db"
        self.day = BEGIN
        self.known: list[Catalog] = []
        self.contracts: list[Contract] = []

    def caller(self, *, dry_run: bool = False) -> Caller:
        return Caller(self.path, 1000, "tester", NOW, self.day, dry_run)

    @classmethod
    def template(cls, number: int) -> Path:
        """Return an empty store with one of the first catalogs; each is made once."""
        if cls.templates is None:
            cls.templates = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        path = Path(cls.templates.name) / f"{number}.db"
        if not path.exists():
            file = path.with_suffix(".toml")
            file.write_text(toml(FIRST_CATALOGS[number]))
            caller = Caller(path, 1000, "tester", NOW, BEGIN)
            book.init(caller, file, sandbox=True, demo=False, replace_old=False)
        return path

    def teardown(self) -> None:
        """At the end of every life all that is still due is billed, and the whole book is recomputed."""
        try:
            if sys.exc_info()[0] is None and self.contracts:
                self.day += FAR
                self.bill_all()
                self.agree()
                self.check_book()
        finally:
            self.folder.cleanup()

    # --- days -----------------------------------------------------------------------------------------------

    def wait(self, contract: Contract, wait: int | str) -> None:
        """Let days pass; words name the days around which the rules turn."""
        if isinstance(wait, int):
            self.day += timedelta(wait)
            return
        life, day = contract.life, self.day
        boundary = oracle.period_holding(life.steps, life.first, day)[1]
        target = {
            "first": oracle.next_first(day),
            "boundary": boundary,
            "notice": oracle.months_before(boundary, life.catalog_on(day).notice),
            "step": min((step.start for step in life.steps if step.start > day), default=boundary),
            "end": life.end or boundary,
        }[wait.split("-", maxsplit=1)[0]]
        self.day = max(day, target - DAY if wait.endswith("-eve") else target)

    def pick(self, place: int) -> Contract:
        return self.contracts[place % len(self.contracts)]

    # --- what is refused, and what changes nothing --------------------------------------------------------------

    def refused(self, code: str, call: Any) -> None:
        """A refusal has its code and leaves everything but the history as it was."""
        before = self.rows()
        try:
            call()
        except SubctlError as error:
            assert error.code == code, (error.code, error.message)
        else:
            raise AssertionError(f"not refused as {code}")
        assert self.rows() == before

    def rows(self) -> list[tuple[Any, ...]]:
        """Return every row of the store but the history."""
        tables = ("store", "contracts", "steps", "quotes", "orders", "invoices", "withdrawals", "catalogs", "spaces")
        with closing(sqlite3.connect(self.path)) as connection:
            return [row for table in tables for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")]

    def check_book(self) -> None:
        found = check.check(self.caller())
        assert (found["ok"], found["problems"]) == (True, [])

    # --- rules ----------------------------------------------------------------------------------------------

    @initialize(number=st.sampled_from([0, 0, 1, 2]), day=days, entry=entries)
    def open_store(self, number: int, day: date, entry: Entry) -> None:
        shutil.copy(self.template(number), self.path)
        self.known = [FIRST_CATALOGS[number]]
        self.day = day
        self.enter("acme", entry)

    @precondition(lambda self: len(self.contracts) == 1)
    @rule(entry=entries, wait=waits)
    def add(self, entry: Entry, wait: int | str) -> None:
        """pricing.md 2.4, 2.5: another contract, entered on any day."""
        self.wait(self.contracts[0], wait)
        if self.unsold(entry.state.plan):
            entry = replace(entry, state=replace(entry.state, plan="starter"))
        self.enter("atelier", entry)

    def enter(self, space: str, entry: Entry) -> None:
        start = self.day + timedelta(entry.starts_in)
        first = start if start.day == 1 else oracle.next_first(start)
        renews_on, through = None, None
        if entry.state.billing == ANNUAL and entry.renews_in is not None:
            renews_on = max(first, self.day) + timedelta(entry.renews_in)
        life = QuotedLife(self.known, entry.state, start, self.day, renews_on)
        if entry.billed_back is not None and life.billed_until > first:
            boundaries = [first]
            for _, end in oracle.periods(life.steps, first):
                if end > life.billed_until:
                    break
                boundaries.append(end)
            through = boundaries[max(0, len(boundaries) - 1 - entry.billed_back)] - DAY
            life = QuotedLife(self.known, entry.state, start, self.day, renews_on, through)
        new = spaces.NewSpace(
            space,
            space.title(),
            real.State(**vars(entry.state)),
            country=entry.country,
            start=start,
            renews_on=renews_on,
            billed_through=through,
        )
        page = spaces.add_space(self.caller(), new)
        life.catalogs = self.known
        self.contracts.append(Contract(space, entry.country, life))
        assert page == look.show_contract(self.caller(), space)

    @rule(place=which, wait=waits, wish=wishes, wrong_way=st.booleans(), over_again=st.booleans())
    def change(self, place: int, wait: int | str, wish: dict[str, Any], wrong_way: bool, over_again: bool) -> None:
        """pricing.md 4, 5, 6.4: an order costs what its preview says; the same again changes nothing."""
        contract = self.pick(place)
        self.wait(contract, wait)
        wanted, refusal, outcome = self.foresee(contract, wish)

        def order(command: str, **more: Any) -> Document:
            return change.order_change(self.caller(), command, contract.space, change.Wish(**wish), **more)

        if refusal:
            self.refused(refusal, lambda: order("upgrade"))
            return
        assert outcome is not None
        preview = change.preview(self.caller(), "quote", contract.space, change.Wish(**wish))
        assert outcome_in(preview) == outcome_of(outcome)
        if outcome.kind == "none":
            before = self.path.read_bytes()
            assert order("upgrade") == preview
            assert (preview["changed"], self.path.read_bytes()) == (False, before)
            return
        right = "downgrade" if outcome.kind == "downgrade" else "upgrade"
        wrong = "upgrade" if right == "downgrade" else "downgrade"
        if wrong_way and outcome.kind != "billing":
            self.refused(f"use_{right}", lambda: order(wrong))
        expected = outcome.due_now.net if outcome.due_now else 0
        expected += vat_on(expected, contract.country)
        self.refused(
            "expectation_failed",
            lambda: order(
                right,
                expect=f"{expected // 100}.{expected % 100:02d}1"[:-1]
                if 0
                else f"{(expected + 1) // 100}.{(expected + 1) % 100:02d}",
            ),
        )
        ordered = order(right, expect=f"{expected // 100}.{expected % 100:02d}", shown=preview)
        assert bare(ordered) == preview | {} if False else bare(ordered) == bare(preview)
        self.ordered(contract, wanted, ordered)
        contract.life.change(self.day, **wish)
        if over_again:
            before = self.path.read_bytes()
            again = order(wrong)
            assert (again["kind"], again["changed"], again["issued"]) == ("none", False, [])
            assert self.path.read_bytes() == before
