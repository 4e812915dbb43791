"""Direct-debit files: one with all that stands in it, and a list of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from subctl.domain.catalog import Seller
from subctl.domain.record import Record


class CollectedItem(Record):
    """An invoice that is debited: how much of it, in minor units, of whom, and by which mandate."""

    number: str
    amount: int
    space: str
    debtor: str
    mandate: str
    signed: date
    scheme: str
    iban: str


class ShownCollection(Record):
    """A direct-debit file that was made on `day` and is debited on `on`; without a number it isn't made yet.

    The amounts are in minor units of EUR. `dropped` is when it turned out that it was never sent.
    """

    number: str | None
    day: date
    on: date
    seller: Seller
    items: tuple[CollectedItem, ...]
    dropped: date | None
    changed: bool

    @property
    def amount(self) -> int:
        """What is debited in all."""
        return sum(item.amount for item in self.items)


class CollectionItem(Record):
    """A direct-debit file in a list: how many `debits`, and their sum."""

    number: str
    day: date
    on: date
    debits: int
    amount: int
    status: str
    dropped: date | None


class Collections(Record):
    """Direct-debit files, newest first, and whether there is `more` where a limit was given."""

    items: Iterable[CollectionItem]
    more: bool | None
