"""The catalogs as they are known on a day: which is in force, and which may come or go (pricing.md 1, 3.5).

`Known` is the first catalog that a store got, then all others, one for each day from which one is valid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tests.support.oracle.calendar import DAY, months_before
from tests.support.oracle.terms import Catalog, State

Known = tuple[Catalog, ...]


def in_force_on(known: Known, day: date) -> Catalog:
    """Return the catalog in force: the first one is valid since ever, whatever its date says (1)."""
    found, *others = known
    for catalog in sorted(others, key=lambda one: one.valid_from):
        if catalog.valid_from <= day:
            found = catalog
    return found


def to_come(known: Known, day: date) -> Iterator[Catalog]:
    """Yield the catalogs that are not in force yet; the first one always is (1)."""
    return (catalog for catalog in known[1:] if catalog.valid_from > day)


def known_from(known: Known, day: date) -> tuple[Catalog, ...]:
    """Return the catalog in force and all that are to come."""
    return in_force_on(known, day), *to_come(known, day)


def imported(known: Known, catalog: Catalog) -> Known:
    """Add a catalog; it replaces one that is valid from the same day and not in force yet."""
    return *without(known, catalog.valid_from), catalog


def without(known: Known, valid_from: date) -> Known:
    """Drop the catalog that is valid from a day; the first one stays."""
    return known[0], *(catalog for catalog in known[1:] if catalog.valid_from != valid_from)


def dearer(before: Catalog, after: Catalog) -> bool:
    """Say whether a customer has reason to leave because of what comes (3.5)."""
    pairs = [(before.plans[plan], after.plans[plan]) for plan in before.plans if plan in after.plans]
    pairs += [(before.licences[kind], after.licences[kind]) for kind in before.licences if kind in after.licences]
    rises = any(new > old for pair in pairs for old, new in zip(*pair, strict=True))
    return rises or after.notice > before.notice or rise_notice(after) < rise_notice(before)


def rise_notice(catalog: Catalog) -> int:
    """Return the months in advance at which a rise after this catalog is known (3.5)."""
    return catalog.notice if catalog.rise_notice is None else catalog.rise_notice


def escapable(known: Known, touched: date, day: date) -> bool:
    """Say whether nobody is bound by a rise, where the catalog of a day came, went or was replaced on `day` (3.5).

    Besides a catalog that is valid from the day itself, the one after it has another before it now.
    """
    later = sorted(catalog.valid_from for catalog in to_come(known, day) if catalog.valid_from > touched)
    for valid_from in {touched, *later[:1]}:
        before, after = in_force_on(known, valid_from - DAY), in_force_on(known, valid_from)
        if dearer(before, after) and day > months_before(valid_from, rise_notice(before)):
            return False
    return True


def missing(catalog: Catalog, states: Iterable[State]) -> bool:
    """Say whether a catalog lacks something that is in use (3.6)."""
    return not all(catalog.sells(state) for state in states)
