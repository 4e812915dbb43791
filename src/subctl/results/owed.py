"""What is owed: what is open of whom, how late it is, and who has credit; and what of one document is paid."""

from collections.abc import Mapping, Sequence
from datetime import date

from subctl.domain.record import Record


class Settled(Record):
    """What of an invoice is paid and open, in minor units, and what became of it; `overdue`: open after its due day."""

    paid: int
    open: int
    status: str
    overdue: bool


class Balance(Record):
    """What of a space's invoices is open, what of that is overdue, and what it paid too much, in minor units."""

    open: int
    overdue: int
    credit: int


class OwedItem(Record):
    """A document of which something is open, in minor units; money that went and isn't covered is one too."""

    number: str
    space: str
    due: date
    total: int
    paid: int
    open: int
    days_late: int


class Credit(Record):
    """What a space has too much, in minor units."""

    space: str
    amount: int


class Owed(Record):
    """What is open on a day, oldest due day first, of one `space` or of all that may be seen; `late`: only what is.

    `ages` are the sums of what is open by how late it is, `open` and `credit` the sums of all, in minor units, of what
    a limit left out, too. `more` tells whether it left anything out, where one was given.
    """

    day: date
    space: str | None
    late: bool
    currency: str
    items: Sequence[OwedItem]
    ages: Mapping[str, int]
    credits: Sequence[Credit]
    open: int
    credit: int
    more: bool | None
