"""Repricing: from when a contract pays the rates of a catalog that comes (pricing.md 3.4, 3.5)."""

from __future__ import annotations

from datetime import date

from subctl.domain.catalog import Catalog, Catalogs
from subctl.domain.contract import Contract, State, period_at, step_at


def paid_from(contract: Contract, catalog: Catalog, catalogs: Catalogs) -> dict[str, date]:
    """Return the rates of a catalog to come that a contract pays, by their keys, and from which day on.

    It pays them in the periods that begin while the catalog is in force, unless others were promised for that period.
    """
    found: dict[str, date] = {}
    steps = contract.steps
    start = max(catalog.valid_from, steps[0].start)
    period = period_at(steps, start)
    if period.start < start:
        period = period_at(steps, period.end)
    while not contract.ended(period.start) and catalogs.at(period.start).id == catalog.id:
        step = step_at(steps, period.start)
        if step.promised(period) is None:
            for key in rate_keys(step.state):
                found.setdefault(key, period.start)
            if step is steps[-1]:
                break
        period = period_at(steps, period.end)
    return found


def rate_keys(state: State) -> list[str]:
    """Return the keys of the rates that a state pays, as they stand in a catalog file."""
    licences = (f"licences.{kind}" for kind, _ in state.licences)
    return [f"{sold}.{state.billing}" for sold in (f"plans.{state.plan}", *licences)]
