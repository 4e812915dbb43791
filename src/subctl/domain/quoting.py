"""Quotes: how long an offer holds, and what makes it stale (pricing.md 6.1, 6.2)."""

from datetime import date, timedelta

from subctl.domain.catalog import ANNUAL, Catalogs
from subctl.domain.contract import Contract, charge_of, step_at
from subctl.domain.dates import DAY
from subctl.domain.invoice import Buyer, vat_of
from subctl.domain.pricing import Change, holding, plan_change
from subctl.domain.record import Record
from subctl.domain.tax import Vat


class Terms(Record):
    """The last day of a quote, the day that makes an annual contract's quote stale, and the VAT that counts for it."""

    valid_until: date
    boundary: date | None
    vat: Vat


def quote_terms(contract: Contract, change: Change, catalogs: Catalogs, buyer: Buyer) -> Terms:
    """Return the terms of a quote for a change of this contract, made on the change's day.

    It holds for as many days as the policy says, at most up to the eve of the first day on which, by the catalogs
    that are known now, it would be stale or cost something else (pricing.md 6.1). Every day is tried: while a switch
    waits, the day a price starts can move on and come back.
    """
    boundary, day = _boundary(contract, change.day), change.day
    latest = day + timedelta(days=catalogs.at(day).policy.quote_days)
    if boundary is not None:
        latest = min(latest, boundary - DAY)
    now = holding(contract, change, day, catalogs)
    taxed_alike = _taxed_alike(catalogs, day, buyer)
    while day < latest:
        following = day + DAY
        if holding(contract, change, following, catalogs) != now:
            break
        if not taxed_alike and taxed_otherwise(change, _again(contract, change, following, catalogs, buyer)):
            break
        day = following
    return Terms(day, boundary, _vat(change, catalogs, buyer))


def _vat(change: Change, catalogs: Catalogs, buyer: Buyer) -> Vat:
    """Return the VAT of what is due now, else of the next invoice, else of today: free of charge for ever."""
    draft = change.due_now or change.next_invoice
    return draft.vat if draft else vat_of(catalogs.at(change.day), buyer)


def taxed_otherwise(quoted: Change, ordered: Change) -> bool:
    """Tell whether the VAT of a quote has changed: of what is due now, else of the next invoice (pricing.md 6.2)."""
    pairs = (quoted.due_now, ordered.due_now), (quoted.next_invoice, ordered.next_invoice)
    for before, after in pairs:
        if before and after:
            return (before.vat.category, before.vat.rate) != (after.vat.category, after.vat.rate)
    return False


def _taxed_alike(catalogs: Catalogs, day: date, buyer: Buyer) -> bool:
    """Tell whether no catalog that is known taxes this buyer in another way: then no day has to be tried for it."""
    return len({vat_of(catalog, buyer) for catalog in catalogs.from_day(day)}) == 1


def _again(contract: Contract, change: Change, day: date, catalogs: Catalogs, buyer: Buyer) -> Change:
    return plan_change(contract, change.after, day, catalogs, buyer).change


def _boundary(contract: Contract, day: date) -> date | None:
    """Return the first boundary after the day, where billing is annual there or at the charge date (6.2)."""
    steps = step_at(contract.steps, day), step_at(contract.steps, charge_of(contract, day))
    if all(step.state.billing != ANNUAL for step in steps):
        return None
    return contract.billed_from if day < contract.billed_from else contract.period_at(day).end
