"""Quotes: how long an offer holds, and what makes it stale (pricing.md 6.1, 6.2)."""

from datetime import date, timedelta
from typing import NamedTuple

from subctl.domain.catalog import ANNUAL, Catalogs
from subctl.domain.contract import Contract, charge_of, step_at
from subctl.domain.invoice import Buyer
from subctl.domain.pricing import BILLING, DOWN, Change, last_day_of_price
from subctl.domain.tax import Vat, vat_for


class Terms(NamedTuple):
    """The last day of a quote, the day that makes an annual contract's quote stale, and the VAT it was made with."""

    valid_until: date
    boundary: date | None
    vat: Vat


def quote_terms(contract: Contract, change: Change, catalogs: Catalogs, buyer: Buyer) -> Terms:
    """Return the terms of a quote for a change of this contract, made on the change's day."""
    return Terms(
        valid_until(contract, change, catalogs),
        _boundary(contract, change.day),
        vat_for(catalogs.at(change.day).seller, buyer.country, buyer.vat_id),
    )


def valid_until(contract: Contract, change: Change, catalogs: Catalogs) -> date:
    """Return the last day of a quote: for a reduction or a change of billing no later than its price allows (6.1)."""
    until = change.day + timedelta(days=catalogs.at(change.day).policy.quote_days)
    if change.kind in (DOWN, BILLING):
        return last_day_of_price(contract, change, until, catalogs)
    return until


def _boundary(contract: Contract, day: date) -> date | None:
    """Return the first boundary after the day, where billing is annual there or at the charge date (6.2)."""
    steps = step_at(contract.steps, day), step_at(contract.steps, charge_of(contract, day))
    if all(step.state.billing != ANNUAL for step in steps):
        return None
    return contract.billed_from if day < contract.billed_from else contract.period_at(day).end
