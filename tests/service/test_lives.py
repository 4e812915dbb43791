"""Random contract lives through the services, on a real store, beside the second reading of pricing.md.

After every step the book must say what `tests/support/oracle` says: price steps, entitlement, every document, what
comes next. `SUBCTL_LIVES` sets how many lives are tried; without it a life that fails is shown as it was found.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from subctl.domain import contract as real
from subctl.domain.errors import SubctlError
from subctl.service import (
    billing,
    cancellation,
    catalog_import,
    catalogs,
    change,
    contract_page,
    init,
    lists,
    spaces,
    withdrawal,
)
from subctl.service.check import whole
from subctl.service.paging import Wanted
from subctl.service.quote import order_quote, save_quote
from subctl.service.session import Caller
from subctl.service.text_file import text_file
from subctl.view.texts import wording
from tests.support.build import wish as wish_of
from tests.support.build import zooms
from tests.support.callers import right_of
from tests.support.documents import as_document
from tests.support.oracle import quotes, timeline
from tests.support.oracle.calendar import DAY, months_before, next_first
from tests.support.oracle.catalogs import Known, imported, in_force_on, known_from
from tests.support.oracle.life import Life
from tests.support.oracle.owed import balanced
from tests.support.oracle.terms import ANNUAL, MONTHLY, Buyer, Catalog, Invoice, Outcome, RefusedError, State

LIVES = int(os.environ.get("SUBCTL_LIVES", "40"))
STEPS = 14
BEGIN = date(2023, 12, 31)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FAR = timedelta(800)
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
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
        {"zoom": (250_000, 2_500_000)},
        notice,
    )
    for notice in (1, 0, 3)
]

awkward_days = st.sampled_from(
    [date(2024, 2, 29), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 30), date(2026, 12, 31), date(2028, 2, 29)]
)
days = st.one_of(awkward_days, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
users = st.one_of(st.integers(8, 12), st.integers(1, 30))
zoom = st.integers(0, 4).map(zooms)
states = st.builds(State, st.sampled_from(PLANS), users, zoom, st.sampled_from([ANNUAL, ANNUAL, MONTHLY]))
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
        '[seller]\nname = "Seller"\naddress = "Street 1"\ncountry = "NL"\nvat_id = "NL123456782B90"\nvat_rate = "21"\n'
        'timezone = "Europe/Amsterdam"\nsupport = "help@seller.example"\n'
        f"[policy]\nnotice_months = {catalog.notice}\nquote_days = {catalog.quote_days}\npayment_days = 14\n"
        "rise_notice_months = 0\n"
        f"{plans}[zoom]\n{price('Zoom licence', catalog.licences['zoom'])}"
    )


# --- the two readings, brought to one form ----------------------------------------------------------------------


def wanted_of(life: Life, wish: dict[str, Any]) -> State:
    """Return the end state of a wish; it names Zoom licences as `zoom`."""
    named = {key: value for key, value in wish.items() if key != "zoom"}
    return life.wanted(**named, licences={"zoom": wish["zoom"]} if "zoom" in wish else None)


def plain(state: State) -> tuple[str, int, int, str]:
    """Return plan, users, Zoom licences and billing."""
    return state.plan, state.users, dict(state.licences).get("zoom", 0), state.billing


def state_in(document: Document) -> State:
    """Return the state of a change document."""
    return State(document["plan"], document["users"], zooms(document["zoom"]), document["billing"])


def cents(text: str) -> int:
    """Read an amount in euros."""
    return int(text.replace(".", ""))


def sums(document: Invoice) -> tuple[int, int, int]:
    """Return net, VAT and total."""
    return document.net, document.tax, document.net + document.tax


def euros(amount: int) -> str:
    """Write cents as an amount that is expected."""
    return f"{amount // 100}.{amount % 100:02d}"


def shown(invoice: Invoice) -> Shown:
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
        "next_invoice": without_day(shown(outcome.next_invoice) if outcome.next_invoice else None),
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
    """An order or a cancellation that was placed, and what was in use before it."""

    number: str
    kind: str
    before: State
    withdrawn: bool = False


@dataclass
class Quote:
    """A quote that was saved, as both readings have it, and the catalogs that were known."""

    document: Document
    read: quotes.Quote
    known: Known
    ordered: Document | None = None
    order: Order | None = None


@dataclass
class Contract:
    """One space: its life by the oracle, and what was ordered in it."""

    space: str
    life: Life
    states: list[State]
    orders: list[Order] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)

    def ordered(self, document: Document) -> Order:
        """Keep an order that was placed."""
        order = Order(document["order"], document["kind"], self.states[-1])
        self.states.append(state_in(document["after"]))
        self.orders.append(order)
        return order

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
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        self.path = Path(self.folder.name) / "contracts.db"
        self.day = BEGIN
        self.known: Known = ()
        self.contracts: list[Contract] = []

    def caller(self, command: str, *, dry_run: bool = False) -> Caller:
        return Caller(self.path, 1000, "tester", NOW, command, right_of(command), wording, self.day, dry_run)

    @classmethod
    def template(cls, number: int) -> Path:
        """Return an empty store with one of the first catalogs; each is made once."""
        if cls.templates is None:
            cls.templates = tempfile.TemporaryDirectory(dir=MEMORY)
        path = Path(cls.templates.name) / f"{number}.db"
        if not path.exists():
            file = path.with_suffix(".toml")
            file.write_text(toml(FIRST_CATALOGS[number]))
            caller = Caller(path, 1000, "tester", NOW, "init", right_of("init"), wording, BEGIN)
            init.init(caller, text_file(str(file)), sandbox=True, demo=False, replace_old=False)
        return path

    def teardown(self) -> None:
        """At the end of every life all that is still due is billed, and the whole book is recomputed."""
        try:
            if sys.exc_info()[0] is None and self.contracts:
                self.day += FAR
                self.bill_and_compare(None)
                self.agree()
                self.check_book()
        finally:
            self.folder.cleanup()

    # --- days, and what is foreseen -----------------------------------------------------------------------------

    def wait(self, contract: Contract, wait: int | str) -> None:
        """Let days pass; words name the days around which the rules turn."""
        if isinstance(wait, int):
            self.day += timedelta(wait)
            return
        life, day = contract.life, self.day
        boundary = timeline.period_holding(life.steps, life.first, day)[1]
        target = {
            "first": next_first(day),
            "boundary": boundary,
            "notice": months_before(boundary, in_force_on(life.catalogs, day).notice),
            "step": min((step.start for step in life.steps if step.start > day), default=boundary),
            "end": life.end or boundary,
        }[wait.split("-", maxsplit=1)[0]]
        self.day = max(day, target - DAY if wait.endswith("-eve") else target)

    def pick(self, place: int) -> Contract:
        return self.contracts[place % len(self.contracts)]

    def unsold(self, plan: str) -> bool:
        """Say whether a plan is missing in the catalog in force, or in one that is known to come."""
        return any(plan not in catalog.plans for catalog in known_from(self.known, self.day))

    def foresee(self, contract: Contract, wish: dict[str, Any]) -> Outcome | str:
        """Return what a change would do by the oracle, or the code by which it is refused."""
        life = contract.life.copy()
        try:
            return life.change(self.day, wanted_of(life, wish))
        except RefusedError as error:
            return str(error)

    def refused(self, code: str, call: Callable[[], object]) -> None:
        """A refusal has its code, and leaves everything but the history as it was."""
        before = self.rows()
        with pytest.raises(SubctlError) as refusal:
            call()
        assert refusal.value.code == code, refusal.value.message
        assert self.rows() == before

    def rows(self) -> list[tuple[Any, ...]]:
        """Return every row of the store but the history."""
        tables = ("store", "contracts", "steps", "quotes", "orders", "invoices", "withdrawals", "catalogs", "spaces")
        with closing(sqlite3.connect(self.path)) as connection:
            return [row for table in tables for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")]

    def check_book(self) -> None:
        found = as_document(whole.check(self.caller("check")))
        assert (found["ok"], found["problems"]) == (True, [])

    # --- rules --------------------------------------------------------------------------------------------------

    @initialize(number=st.sampled_from([0, 0, 1, 2]), day=days, entry=entries)
    def open_store(self, number: int, day: date, entry: Entry) -> None:
        shutil.copy(self.template(number), self.path)
        self.known = (FIRST_CATALOGS[number],)
        self.day = day
        self.enter("acme", entry)

    @precondition(lambda self: len(self.contracts) == 1)
    @rule(entry=entries, wait=waits)
    def add(self, entry: Entry, wait: int | str) -> None:
        """pricing.md 2.4, 2.5: another contract, entered on any day."""
        self.wait(self.contracts[0], wait)
        if self.unsold(entry.state.plan):
            self.refused("not_found", lambda: self.enter("atelier", entry))
        else:
            self.enter("atelier", entry)

    def enter(self, space: str, entry: Entry) -> None:
        start = self.day + timedelta(entry.starts_in)
        first = start if start.day == 1 else next_first(start)
        renews_on, through = None, None
        if entry.state.billing == ANNUAL and entry.renews_in is not None:
            renews_on = max(first, self.day) + timedelta(entry.renews_in)
        buyer = Buyer(entry.country)
        life = Life(self.known, entry.state, start, self.day, renews_on, buyer=buyer)
        if entry.billed_back is not None and life.billed_until > first:
            boundaries = [first]
            for _, end in timeline.periods(life.steps, first):
                if end > life.billed_until:
                    break
                boundaries.append(end)
            through = boundaries[max(0, len(boundaries) - 1 - entry.billed_back)] - DAY
            life = Life(self.known, entry.state, start, self.day, renews_on, through, buyer)
        new = spaces.NewSpace(
            space,
            space.title(),
            real.State(*vars(entry.state).values()),
            country=entry.country,
            start=start,
            renews_on=renews_on,
            billed_through=through,
        )
        page = as_document(spaces.add_space(self.caller("space add"), new))
        self.contracts.append(Contract(space, life, [entry.state]))
        assumed = page["contract"]["billed_until"] if through is None else None
        assert page == {
            **as_document(contract_page.show_contract(self.caller("show"), space)),
            "assumed_billed_through": assumed,
        }

    @rule(place=which, wait=waits, wish=wishes, wrong_way=st.booleans(), over_again=st.booleans())
    def change(self, place: int, wait: int | str, wish: dict[str, Any], wrong_way: bool, over_again: bool) -> None:
        """pricing.md 4, 5, 6.4: an order costs what its preview says; the same again changes nothing."""
        contract = self.pick(place)
        self.wait(contract, wait)
        foreseen = self.foresee(contract, wish)

        def order(command: str, **more: Any) -> Document:
            return as_document(change.order_change(self.caller(command), contract.space, wish_of(**wish), **more))

        if isinstance(foreseen, str):
            self.refused(foreseen, lambda: order("upgrade"))
            return
        seen = change.preview(self.caller("quote"), contract.space, wish_of(**wish))
        preview = as_document(seen)
        assert outcome_in(preview) == outcome_of(foreseen)
        if foreseen.kind == "none":
            self.unchanged(lambda: order("upgrade"), preview)
            return
        right, wrong = ("downgrade", "upgrade") if foreseen.kind == "downgrade" else ("upgrade", "downgrade")
        total = sums(foreseen.due_now)[2] if foreseen.due_now else 0
        if wrong_way:
            if foreseen.kind != "billing":
                self.refused(f"use_{right}", lambda: order(wrong))
            self.refused("expectation_failed", lambda: order(right, expect=euros(total + 1)))
        ordered = order(right, expect=euros(total), shown=seen)
        assert bare(ordered) == bare(preview)
        contract.life.change(self.day, wanted_of(contract.life, wish))
        contract.ordered(ordered)
        if over_again:
            self.unchanged(lambda: order(wrong))

    def unchanged(self, call: Callable[[], Document], expected: Document | None = None) -> None:
        """What changes nothing says so, and leaves the store's file as it was."""
        before = self.path.read_bytes()
        document = call()
        assert document["changed"] is False
        assert expected is None or document == expected
        assert self.path.read_bytes() == before

    @rule(place=which, wait=waits, wish=wishes)
    def quote(self, place: int, wait: int | str, wish: dict[str, Any]) -> None:
        """pricing.md 6.1: a quote is what the order would be today; the same day's same quote is one."""
        contract = self.pick(place)
        self.wait(contract, wait)
        foreseen = self.foresee(contract, wish)

        def ask() -> Document:
            return as_document(save_quote(self.caller("quote"), contract.space, wish_of(**wish)))

        if isinstance(foreseen, str):
            self.refused(foreseen, ask)
            return
        if foreseen.kind == "none":
            self.unchanged(ask)
            return
        document = ask()
        assert outcome_in(document) == outcome_of(foreseen)
        before = self.path.read_bytes()
        assert ask() == document
        assert self.path.read_bytes() == before
        read = quotes.quoted(contract.life, self.day, wanted_of(contract.life, wish))
        assert document["valid_until"] == str(read.valid_until)
        if document["quote"] not in [quote.document["quote"] for quote in contract.quotes]:
            contract.quotes.append(Quote(document, read, self.known))

    @precondition(lambda self: any(contract.quotes for contract in self.contracts))
    @rule(place=which, which_quote=which, wait=st.one_of(st.integers(0, 3), waits))
    def order_quote(self, place: int, which_quote: int, wait: int | str) -> None:
        """pricing.md 6.2, 6.3: the quote's rates, never more than the quote; expired, then stale; twice is once."""
        quoted = [contract for contract in self.contracts if contract.quotes]
        contract = quoted[place % len(quoted)]
        quote = contract.quotes[-1 - which_quote % len(contract.quotes)]
        self.wait(contract, wait)

        def order() -> Document:
            return as_document(order_quote(self.caller("order"), quote.document["quote"]))

        if quote.order and not quote.order.withdrawn:
            assert quote.ordered
            self.unchanged(order, {**quote.ordered, "changed": False})
            return
        refusal = self.outdated(contract, quote)
        if refusal:
            self.refused(refusal, order)
            return
        wish = dict(zip(("plan", "users", "zoom", "billing"), plain(quote.read.wanted), strict=True))
        direct = None
        if quote.known == self.known:
            direct = as_document(change.preview(self.caller("quote"), contract.space, wish_of(**wish)))
        outcome = quotes.order(contract.life, quote.read, self.day)
        document = order()
        assert outcome_in(document) == outcome_of(outcome)
        assert direct is None or bare(document) == bare(direct)
        assert due(document) <= due(quote.document)
        if quote.document["kind"] != "upgrade" and direct is not None:
            assert document["price_from"] == quote.document["price_from"]
        quote.order, quote.ordered = contract.ordered(document), document

    def outdated(self, contract: Contract, quote: Quote) -> str | None:
        """Return the code by which a quote is refused today."""
        if quote.order:
            return "quote_stale"
        try:
            quotes.order(contract.life.copy(), quote.read, self.day)
        except RefusedError as error:
            return str(error)
        return None

    @rule(place=which, wait=waits)
    def cancel(self, place: int, wait: int | str) -> None:
        """pricing.md 4.3, 4.10: what is due is issued, and the contract ends where the notice reaches."""
        contract = self.pick(place)
        self.wait(contract, wait)
        waiting, life = contract.waiting_cancellation, contract.life

        def cancel() -> Document:
            return as_document(cancellation.cancel(self.caller("cancel"), contract.space))

        if life.ended(self.day):
            self.refused("contract_ended", cancel)
        elif waiting:
            self.unchanged(cancel, as_document(cancellation.preview_cancel(self.caller("cancel"), contract.space)))
        else:
            preview = as_document(cancellation.preview_cancel(self.caller("cancel"), contract.space))
            issued = life.cancel(self.day)
            document = cancel()
            assert [shown_draft(draft) for draft in document["catch_up"]] == list(map(shown, issued))
            assert life.end
            assert document["last_day"] == (str(life.end - DAY) if life.end > life.start else None)
            assert {**document, "number": None, "issued": []} == preview
            contract.orders.append(Order(document["number"], "cancel", life.state))

    @precondition(lambda self: any(contract.orders for contract in self.contracts))
    @rule(place=which, which_order=st.sampled_from([0, 0, 0, 1, 2]), wait=st.one_of(st.integers(0, 3), waits))
    def withdraw(self, place: int, which_order: int, wait: int | str) -> None:
        """pricing.md 4.11: the latest change, or a cancellation, goes; what went already changes nothing."""
        changed = [contract for contract in self.contracts if contract.orders]
        contract = changed[place % len(changed)]
        order = contract.orders[-1 - which_order % len(contract.orders)]
        self.wait(contract, wait)
        life = contract.life

        def withdraw() -> Document:
            return as_document(withdrawal.withdraw(self.caller("withdraw"), order.number))

        if life.ended(self.day):
            self.refused("contract_ended", withdraw)
            return
        if order.withdrawn:
            self.unchanged(withdraw)
            return
        back = life.state if order.kind == "cancel" else order.before
        refusal = "not_found" if self.unsold(back.plan) else self.too_late(contract, order)
        if refusal:
            self.refused(refusal, withdraw)
            return
        credit = None
        if order.kind == "cancel":
            life.withdraw_cancel(self.day)
        else:
            credit = life.withdraw(self.day)
        preview = as_document(withdrawal.preview_withdraw(self.caller("withdraw"), order.number))
        document = withdraw()
        assert (document["credit"] and shown_draft(document["credit"])) == (credit and shown(credit))
        assert (document["withdrawn"], document["changed"]) == (str(self.day), True)
        assert {**document, "withdrawn": None, "credit_note": None} == preview
        order.withdrawn = True
        if order.kind != "cancel":
            contract.states.pop()

    def too_late(self, contract: Contract, order: Order) -> str | None:
        if order.kind == "cancel":
            return None
        if contract.life.end is not None and order.before.billing != contract.life.state.billing:
            return "contract_ending"
        if order is not contract.latest_change:
            return "too_late"
        try:
            contract.life.copy().withdraw(self.day)
        except RefusedError as error:
            return str(error)
        return None

    @rule(place=which, wait=waits, only_one=st.booleans())
    def bill(self, place: int, wait: int | str, only_one: bool) -> None:
        """pricing.md 4.3, 7.4: by period start, then ID; a dry run shows the same; run again it issues nothing."""
        contract = self.pick(place)
        self.wait(contract, wait)
        space = contract.space if only_one else None
        before = self.path.read_bytes()
        dry = as_document(billing.bill(self.caller("bill", dry_run=True), space))
        assert self.path.read_bytes() == before
        run = self.bill_and_compare(space)
        assert dry == {**run, "issued": [{**item, "number": None} for item in run["issued"]]}
        before = self.path.read_bytes()
        assert as_document(billing.bill(self.caller("bill"), space)) == {**run, "issued": []}
        assert self.path.read_bytes() == before

    def bill_and_compare(self, space: str | None) -> Document:
        run = as_document(billing.bill(self.caller("bill"), space))
        expected = []
        for contract in sorted(self.contracts, key=lambda contract: (contract.life.billed_until, contract.space)):
            if space in (None, contract.space):
                expected += [(contract, invoice) for invoice in contract.life.bill(self.day)]
        assert run["failed"] == []
        assert [
            (item["space"], *item["period"].values(), *(cents(item[sum_]) for sum_ in ("net", "vat", "total")))
            for item in run["issued"]
        ] == [(contract.space, str(invoice.start), str(invoice.end), *sums(invoice)) for contract, invoice in expected]
        return run

    @rule(
        plans=some_plans,
        zoom=licence_rates,
        notice=st.sampled_from([1, 1, 1, 0, 2, 3]),
        place=which,
        wait=waits,
        begins=st.one_of(st.integers(1, 3), st.integers(1, 120)),
    )
    def import_catalog(
        self,
        plans: dict[str, tuple[int, int]],
        zoom: tuple[int, int],
        notice: int,
        place: int,
        wait: int | str,
        begins: int,
    ) -> None:
        """pricing.md 3.4: other prices from a day to come on; a plan in use can't be missing."""
        self.wait(self.pick(place), wait)
        catalog = Catalog(self.day + timedelta(begins), plans, {"zoom": zoom}, notice)
        file = self.path.with_suffix(".toml")
        file.write_text(toml(catalog))

        def import_() -> Document:
            file_ = catalogs.read_catalog_file(text_file(str(file)))
            return as_document(catalog_import.import_(self.caller("catalog import"), file_))

        if self.in_use() - set(plans):
            self.refused("bad_input", import_)
            return
        assert import_()["changed"] is True or catalog in self.known
        self.unchanged(import_)
        self.known = imported(self.known, catalog)
        for contract in self.contracts:
            contract.life.catalogs = self.known

    def in_use(self) -> set[str]:
        """Return the plans in use, of contracts that haven't ended."""
        lives = [contract.life for contract in self.contracts if not contract.life.ended(self.day)]
        return {state.plan for life in lives for state in life.in_use(self.day)}

    @rule()
    def check(self) -> None:
        """pricing.md 7.3: recomputed from the orders and the price steps, nothing differs."""
        self.check_book()

    # --- what holds after every step ----------------------------------------------------------------------------

    @invariant()
    def agree(self) -> None:
        items = as_document(lists.list_documents(self.caller("list"), "invoices", Wanted()))["items"][::-1]
        self.numbers_follow(items)
        with closing(sqlite3.connect(self.path)) as connection:
            for contract in self.contracts:
                self.contract_agrees(connection, contract)
                self.book_balances(contract, [item for item in items if item["space"] == contract.space])
                self.page_agrees(contract)

    def numbers_follow(self, items: list[Document]) -> None:
        """pricing.md 7.1: gapless and rising per year of issue."""
        places: dict[str, int] = {}
        for item in items:
            year = item["date"][:4]
            places[year] = places.get(year, 0) + 1
            assert item["number"] == f"INV-{year}-{places[year]:04d}"
        assert [item["date"] for item in items] == sorted(item["date"] for item in items)

    def contract_agrees(self, connection: sqlite3.Connection, contract: Contract) -> None:
        """pricing.md 4: the price steps, what is billed and the end are the oracle's."""
        life, space = contract.life, (contract.space,)
        steps = connection.execute(
            "SELECT start, plan, users, coalesce(licences ->> 'zoom', 0), billing, anchor FROM steps"
            " WHERE space = ? ORDER BY start",
            space,
        ).fetchall()
        assert steps == [(str(step.start), *plain(step.state), step.anchor and str(step.anchor)) for step in life.steps]
        row = connection.execute(
            "SELECT billed_from, first_billed, billed_until, end FROM contracts WHERE space = ?", space
        ).fetchone()
        assert row == (
            str(life.first),
            str(life.billed_elsewhere),
            str(life.billed_until),
            life.end and str(life.end),
        )

    def book_balances(self, contract: Contract, items: list[Document]) -> None:
        """pricing.md 4, last sentence: the sum is what the steps say; no stretch twice, none missed."""
        life = contract.life
        assert list(map(shown_draft, items)) == list(map(shown, life.documents))
        assert [tuple(cents(item[name]) for name in ("net", "vat", "total")) for item in items] == [
            sums(document) for document in life.documents
        ]
        assert balanced(life)
        day = str(life.billed_elsewhere)
        recurring = [item["period"] for item in items if item["kind"] == "recurring"]
        for period in sorted(recurring, key=lambda period: period["start"]):
            assert period["start"] == day
            day = period["end"]
        assert day == str(life.billed_until)

    def page_agrees(self, contract: Contract) -> None:
        """pricing.md 1, 4.10, 4.11: entitlement, next invoice, deadlines and what can be withdrawn."""
        life, page = contract.life, as_document(contract_page.show_contract(self.caller("show"), contract.space))
        said, ended = page["contract"], contract.life.ended(self.day)
        last = contract.states[-1]
        assert last == life.state
        assert (said["plan"], said["users"], said["zoom"]) == plain(last)[:3]
        assert page["price_steps"][-1]["billing"] == last.billing
        upcoming = next_one(life, max(life.billed_until, self.day) + FAR)
        assert without_day(page["next_invoice"] and shown_draft(page["next_invoice"])) == upcoming
        latest = contract.latest_change
        free = latest and not ended and self.too_late(contract, latest) is None
        assert page["withdrawable"] == (latest.number if latest and free else None)
        if ended:
            assert page["deadlines"] == {"downgrade": None, "cancel": None}
            return
        if life.end is None:
            other = life.copy()
            other.cancel(self.day)
            assert other.end
            assert page["deadlines"]["cancel"]["last_day"] == (str(other.end - DAY) if other.end > life.start else None)
        if life.state.users > 1:
            reached = life.copy().change(self.day, life.wanted(users=life.state.users - 1)).price_from
            deadline = page["deadlines"]["downgrade"]
            assert (deadline and deadline["effective"]) == (reached and str(reached))


Lives.TestCase.settings = settings(
    deadline=None,
    max_examples=LIVES,
    stateful_step_count=STEPS,
    phases=set(Phase) - (set() if "SUBCTL_LIVES" in os.environ else {Phase.shrink}),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
TestLives = Lives.TestCase
