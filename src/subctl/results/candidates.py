"""What a word that is still typed at the command line may become, and what there is to say of it."""

from datetime import date

from subctl.domain.catalog import Plan, Price
from subctl.domain.ending import Cancellation
from subctl.domain.pricing import Change
from subctl.domain.record import Record


class SoldPlan(Record):
    """A plan, priced in a currency."""

    plan: Plan
    currency: str


class SoldLicence(Record):
    """A kind of licence, priced in a currency."""

    kind: str
    price: Price
    currency: str


class NamedSpace(Record):
    """A space and its customer's name."""

    id: str
    name: str


class Decided(Record):
    """A quote or an order by its number, with its day; `kind` is an order's, or `quote`."""

    number: str
    space: str
    day: date
    kind: str
    what: Change | Cancellation


class Issued(Record):
    """An invoice or a credit note by its number; `total` is in minor units."""

    number: str
    space: str
    day: date
    kind: str
    total: int
    currency: str


class Entered(Record):
    """A payment by its number, with the day of the money; `amount` is in minor units."""

    number: str
    space: str
    day: date
    kind: str
    amount: int
    currency: str


class Collected(Record):
    """A collection by its number, with the day of its debits; `amount` is in minor units of EUR."""

    number: str
    on: date
    amount: int


class Reminded(Record):
    """A reminder by its number, with its day; `amount`, in minor units, is what was open."""

    number: str
    space: str
    day: date
    amount: int
    currency: str


Candidate = SoldPlan | SoldLicence | NamedSpace | Decided | Issued | Entered | Collected | Reminded
