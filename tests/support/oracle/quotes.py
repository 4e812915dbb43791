"""Quotes: how long they hold, what makes them stale, and their orders (pricing.md 6.1, 6.2, 6.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.support.oracle.billing import Offer
from tests.support.oracle.calendar import DAY
from tests.support.oracle.catalogs import in_force_on
from tests.support.oracle.life import Life
from tests.support.oracle.terms import ANNUAL, MONTHLY, Outcome, RefusedError, State, Vat
from tests.support.oracle.timeline import in_force, period_holding


@dataclass(frozen=True)
class Quote:
    """A saved change, what its rates go by, the last day to order it, and the day from which it is stale."""

    day: date
    wanted: State
    outcome: Outcome
    offer: Offer
    valid_until: date
    renews_on: date | None
    version: int


def quoted(life: Life, day: date, wanted: State, *, as_support: bool = False) -> Quote:
    """Save a change as a quote (6.1)."""
    outcome = life.copy().change(day, wanted, as_support=as_support)
    until = valid_until(life, day, wanted, outcome)
    offer = Offer(day, life.catalogs)
    return Quote(day, wanted, outcome, offer, until, renewal(life, day), life.version)


def valid_until(life: Life, day: date, wanted: State, outcome: Outcome) -> date:
    """Return the last day of a quote: the eve of the first on which, by what is known, it is another one (6.1)."""
    last = day + timedelta(in_force_on(life.catalogs, day).quote_days)
    renews_on = renewal(life, day)
    if renews_on is not None:
        last = min(last, renews_on - DAY)
    for later in (day + n * DAY for n in range(1, (last - day).days + 1)):
        if shown_rates(life, day, wanted) != shown_rates(life, later, wanted):
            return later - DAY
        if life.ended(later):
            continue  # it may outlive the contract: then there is nothing else that could change
        then = unrefused(life).change(later, wanted)
        moved = outcome.kind != "upgrade" and then.price_from != outcome.price_from
        if moved or other_vat(outcome, then):
            return later - DAY
    return last


def unrefused(life: Life) -> Life:
    """Return a copy of a life whose customer is refused nothing: an offer holds whoever may take it."""
    other = life.copy()
    other.customer = None
    return other


def shown_rates(life: Life, day: date, wanted: State) -> list[object]:
    """Return the rates of the two states compared, on B's billing and on each one's own (6.1)."""
    base = in_force(life.steps, life.charge_date(day)).state.billing
    return [
        life.rates_at_charge(day, state.plan, billing).counting(state)
        for state in (life.state, wanted)
        for billing in (base, state.billing)
    ]


def renewal(life: Life, day: date) -> date | None:
    """Return the renewal date after a day, if the contract is or becomes annual (6.1, 6.2).

    The first billed day counts as one, and the day on which annual billing begins.
    """
    if all(in_force(life.steps, on).state.billing == MONTHLY for on in (day, life.charge_date(day))):
        return None
    return life.first if day < life.first else period_end_after(life, day)


def period_end_after(life: Life, day: date) -> date:
    """Return the next renewal date: of monthly billing that is followed by annual, the day on which that begins."""
    if in_force(life.steps, day).state.billing == ANNUAL:
        return period_holding(life.steps, life.first, day)[1]
    return next(step.start for step in life.steps if step.start > day and step.state.billing == ANNUAL)


def other_vat(one: Outcome, other: Outcome) -> bool:
    """Say whether category or rate differ: of what is due now on both days, else of the next invoice (6.2)."""
    pairs = (one.due_now, other.due_now), (one.next_invoice, other.next_invoice)
    for before, after in pairs:
        if before and after:
            return paid_vat(before.vat) != paid_vat(after.vat)
    return False


def paid_vat(vat: Vat) -> tuple[str, int]:
    """Return what counts of VAT."""
    return vat.category, vat.rate


def fits(life: Life, quote: Quote, day: date) -> bool:
    """Say whether nothing came in between, VAT apart (6.2)."""
    return life.version == quote.version and (quote.renews_on is None or day < quote.renews_on)


def order(life: Life, quote: Quote, day: date, *, as_support: bool = False) -> Outcome:
    """Order a quote: it is recomputed on the day of the order with its own rates (6.2)."""
    if life.ended(day):
        raise RefusedError("contract_ended")
    if day > quote.valid_until:
        raise RefusedError("quote_expired")
    if not fits(life, quote, day):
        raise RefusedError("quote_stale")
    life.offer = quote.offer
    try:
        if other_vat(quote.outcome, unrefused(life).change(day, quote.wanted)):
            raise RefusedError("quote_stale")
        return life.change(day, quote.wanted, as_support=as_support)
    finally:
        life.offer = None
