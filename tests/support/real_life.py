"""One contract lived by the domain, put together as the services do, and what it says brought to one form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from subctl.domain import catalog as real_catalog
from subctl.domain import contract as real_contract
from subctl.domain import ending, invoice, pricing, quoting, rate_card, refusals, year
from subctl.domain import entry as real_entry
from tests.support.oracle.catalogs import Known
from tests.support.oracle.life import Life
from tests.support.oracle.terms import Buyer, Catalog, Invoice, State, Step

CURRENCIES = {0: "JPY", 2: "EUR", 3: "KWD"}

Shown = tuple[str, date, date, date, int, int, str, int, list[tuple[str, int]]]
"""A document as both sides know it: kind, day, period, net, VAT, its category and rate, and the lines that count."""


@dataclass(frozen=True)
class Ordered:
    """What the real side keeps of an order, to take it back."""

    price_from: date | None
    before: real_contract.Contract
    billed_until: date
    due_now: invoice.Draft | None


@dataclass(frozen=True)
class RealQuote:
    """What the real side keeps of a quote."""

    change: pricing.Change
    terms: quoting.Terms
    offer: rate_card.Offer
    version: int


def real_state(state: State) -> real_contract.State:
    return real_contract.State(state.plan, state.users, state.licences, state.billing)


def real_catalogs(known: Known) -> real_catalog.Catalogs:
    return real_catalog.Catalogs(tuple(_catalog(number, each) for number, each in enumerate(known, 1)))


def _catalog(number: int, catalog: Catalog) -> real_catalog.Catalog:
    seller = catalog.seller
    place = ("Example", "Somewhere", seller.country, seller.vat_id, seller.vat_rate, "Europe/Amsterdam", "help", None)
    return real_catalog.Catalog(
        number,
        str(number),
        catalog.valid_from,
        CURRENCIES[catalog.digits],
        real_catalog.Seller(*place, "exempt"),
        real_catalog.Policy(catalog.notice, catalog.quote_days, 30, catalog.rise_notice),
        {
            plan: real_catalog.Plan(plan, real_catalog.Price(plan, *price), 1, None, self_service=True)
            for plan, price in catalog.plans.items()
        },
        {kind: real_catalog.Price(kind, *price) for kind, price in catalog.licences.items()},
    )


def shown(document: invoice.Draft | Invoice) -> Shown:
    if isinstance(document, Invoice):
        period, lines = (document.start, document.end), list(document.lines)
    else:
        period = (document.period.start, document.period.end)
        lines = [(line.item, line.amount) for line in document.lines]
    vat = (document.vat.category, document.vat.rate)
    counted = sorted(line for line in lines if line[1])
    return document.kind, document.day, *period, document.net, document.tax, *vat, counted


def undated(document: invoice.Draft | Invoice | None) -> tuple[object, ...] | None:
    """Return a draft without its day: one that is to come has none yet."""
    return None if document is None else (shown(document)[0], *shown(document)[2:])


def steps_of(steps: tuple[Step, ...] | real_contract.Steps) -> list[tuple[object, ...]]:
    return [
        (
            step.start,
            (step.state.plan, step.state.users, step.state.licences, step.state.billing),
            step.anchor,
            step.rates and (step.rates.user, step.rates.licences),
        )
        for step in steps
    ]


# --- the domain, put together as the services do -----------------------------------------------------------


class Real:
    """The real contract of a life."""

    def __init__(self, life: Life) -> None:
        self.contract = real_entry.enter_contract(
            "acme", real_state(life.state), life.entered, life.start, life.renews_on, life.billed_through
        )
        self.documents: list[Shown] = []
        self.orders: list[Ordered] = []
        self.version = 0
        self.learn(life.catalogs)
        self.move(life.buyer)

    def learn(self, known: Known) -> None:
        self.catalogs = real_catalogs(known)

    def move(self, buyer: Buyer) -> None:
        self.buyer = invoice.Buyer(buyer.country, buyer.vat_id)

    def bill(self, day: date) -> tuple[Shown, ...]:
        drafts = invoice.recurring_drafts(self.contract, day, day, self.catalogs, self.buyer)
        issued = tuple(shown(draft) for draft in drafts if draft.net)
        self.contract = self.contract._replace(billed_until=invoice.billed_until_after(self.contract, day))
        self.documents += issued
        return issued

    def planned(self, day: date, wanted: State, offer: rate_card.Offer | None = None) -> pricing.Planned:
        if wanted.plan != self.contract.current.plan:
            refusals.refuse_unoffered(self.catalogs, day, wanted.plan)
        refusals.refuse_unsold(self.catalogs, day, self.contract.current, real_state(wanted))
        refusals.refuse_other_billing(self.contract, wanted.billing)
        return pricing.plan_change(self.contract, real_state(wanted), day, self.catalogs, self.buyer, offer)

    def change(self, day: date, wanted: State, offer: rate_card.Offer | None = None) -> pricing.Change:
        change, after = self.planned(day, wanted, offer)
        if change.kind != "none":
            self.orders.append(Ordered(change.price_from, self.contract, after.billed_until, change.due_now))
            self.contract = after
            self.version += 1
            self.documents += [shown(draft) for draft in change.catch_up]
            self.documents += [shown(change.due_now)] if change.due_now else []
        return change

    def quote(self, day: date, wanted: State) -> RealQuote:
        change = self.planned(day, wanted).change
        terms = quoting.quote_terms(self.contract, change, self.catalogs, self.buyer)
        return RealQuote(change, terms, rate_card.Offer(day, self.catalogs), self.version)

    def first_year(self, day: date, wanted: State) -> int:
        after = self.planned(day, wanted).contract
        return year.year_from(after, real_contract.charge_of(after, day), self.catalogs).cost

    def order(self, day: date, quote: RealQuote, wanted: State) -> pricing.Change | str:
        """Order a quote, or return the code of the refusal."""
        boundary = quote.terms.boundary
        if day > quote.terms.valid_until:
            return "quote_expired"
        if self.version != quote.version or (boundary and day >= boundary):
            return "quote_stale"
        if quoting.taxed_otherwise(quote.change, self.planned(day, wanted, quote.offer).change):
            return "quote_stale"
        return self.change(day, wanted, quote.offer)

    def cancel(self, day: date) -> None:
        if self.contract.end is None:
            self.bill(day)
            self.version += 1
            notice = self.catalogs.at(day).policy.notice_months
            self.contract = ending.cancelled(self.contract, day, notice)

    def withdraw_cancel(self) -> None:
        self.version += self.contract.end is not None
        self.contract = self.contract._replace(end=None)

    def withdraw(self, day: date) -> bool:
        order = self.orders[-1]
        if self.contract.end is not None and order.before.current.billing != self.contract.current.billing:
            return False  # refused, see domain.refusals.refuse_other_billing
        back = ending.withdrawn(self.contract, order.before.steps)
        deadline = ending.withdraw_deadline(order.before.steps, self.contract.steps, order.price_from)
        in_time = ending.can_withdraw(self.contract, day, deadline, order.billed_until)
        if not in_time or ending.returns_unsold(self.contract, back, day, self.catalogs):
            return False
        self.orders.pop()
        self.version += 1
        self.contract = back
        if order.due_now:
            self.documents.append(shown(invoice.credit_draft(order.due_now, day)))
        return True
