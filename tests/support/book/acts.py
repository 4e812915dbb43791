"""A life as it is written down before it is lived: plain values, in words that fit whatever has happened before."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from tests.support.oracle.terms import Buyer, Catalog, State

Wish = tuple[tuple[str, Any], ...]
"""What a change names: `plan`, `users`, `licences` (numbers by kind), `billing`."""

Details = tuple[tuple[str, str], ...]
"""What else is told of a customer, by the names that a document's buyer has."""


@dataclass(frozen=True)
class Entry:
    """A contract to enter, by its days apart from the day of entry; `bad` names what is wrong with it."""

    space: str
    state: State
    buyer: Buyer
    starts_in: int = 0
    renews_in: int | None = None
    billed_back: int | None = None
    payment: str = "invoice"
    active: int = 0
    details: Details = ()
    bad: str | None = None


@dataclass(frozen=True)
class Act:
    """What happens after a wait: a number of days, or a day that the rules care about.

    `place` says to which contract, `pick` to which of its quotes or orders, counted backwards. `days` are those until
    an imported catalog is in force, or a forecast's months. `how` has words that vary it.
    """

    what: str
    wait: int | str = 0
    place: int = 0
    pick: int = 0
    days: int = 1
    how: frozenset[str] = frozenset()
    wish: Wish = ()
    wishes: tuple[tuple[int, Wish], ...] = ()
    entry: Entry | None = None
    catalog: Catalog | None = None
    buyer: Buyer | None = None
    details: Details = ()
    customer: tuple[tuple[str, Any], ...] = ()

    def __repr__(self) -> str:
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        said = (f"{name}={value!r}" for name, value in given.items() if value != _PLAIN.get(name))
        return f"Act({', '.join(said)})"


_PLAIN = {each.name: each.default for each in fields(Act)}


@dataclass(frozen=True)
class Story:
    """A whole life: the store's first day and catalog, and all that happens."""

    opened: date
    first: Catalog
    acts: tuple[Act, ...]

    def __str__(self) -> str:
        return "\n".join((f"opened on {self.opened} with {self.first}", *(f"  {act!r}" for act in self.acts)))
