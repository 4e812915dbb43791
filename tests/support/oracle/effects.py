"""What a catalog that is imported changes for the contracts there are (pricing.md 3.5, last sentence)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tests.support.oracle.calendar import DAY
from tests.support.oracle.catalogs import Known, imported, in_force_on
from tests.support.oracle.life import Life
from tests.support.oracle.terms import ANNUAL, MONTHLY, Catalog, Step
from tests.support.oracle.timeline import in_force, periods

Effect = tuple[str, int, int, int, date | None, date | None]
"""A rate under its key, before and after; how many contracts pay it; from when the first and the last of them do."""


def effects(known: Known, catalog: Catalog, lives: Sequence[Life]) -> list[Effect]:
    """Return what rises and falls against the catalog in force on the eve, and who pays that from when on."""
    before = in_force_on(imported(known, catalog), catalog.valid_from - DAY)
    after = imported(known, catalog)
    found = []
    for table in ("plans", "licences"):
        old_pairs, new_pairs = getattr(before, table), getattr(catalog, table)
        for name, pair in old_pairs.items():
            for place, billing in enumerate((MONTHLY, ANNUAL)):
                if name in new_pairs and new_pairs[name][place] != pair[place]:
                    days = [day for life in lives for day in _paid_from(life, table, name, billing, catalog, after)]
                    rates = pair[place], new_pairs[name][place]
                    first, last = min(days, default=None), max(days, default=None)
                    found.append((f"{table}.{name}.{billing}", *rates, len(days), first, last))
    return found


def _paid_from(life: Life, table: str, name: str, billing: str, catalog: Catalog, known: Known) -> Iterator[date]:
    """Yield the first day of the first period, if any, that has this rate of this catalog."""
    settled = max(life.steps[-1].start, catalog.valid_from)
    for start, end in periods(life.steps, life.first):
        if life.ended(start):
            return
        if start >= catalog.valid_from:
            if in_force_on(known, start) is not catalog:
                return
            step = in_force(life.steps, start)
            if _counts(step, table, name, billing) and not (step.rates and start <= step.start < end):
                yield start
                return
            if start > settled:
                return


def _counts(step: Step, table: str, name: str, billing: str) -> bool:
    names = (step.state.plan,) if table == "plans" else tuple(kind for kind, _ in step.state.licences)
    return step.state.billing == billing and name in names
