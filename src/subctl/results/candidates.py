"""What a word that is still typed at the command line may become, and what there is to say of it."""

from datetime import date
from typing import NamedTuple

from subctl.domain.catalog import Plan, Price
from subctl.domain.ending import Cancellation
from subctl.domain.pricing import Change


class SoldPlan(NamedTuple):
    """A plan, priced in a currency."""

    plan: Plan
    currency: str


class SoldLicence(NamedTuple):
    """A kind of licence, priced in a currency."""

    kind: str
    price: Price
    currency: str


class NamedSpace(NamedTuple):
    """A space and its customer's name."""

    id: str
    name: str


class Decided(NamedTuple):
    """A quote or an order by its number, with its day; `kind` is an order's, or `quote`."""

    number: str
    space: str
    day: date
    kind: str
    what: Change | Cancellation


class Issued(NamedTuple):
    """An invoice or a credit note by its number; `total` is in minor units."""

    number: str
    space: str
    day: date
    kind: str
    total: int
    currency: str


Candidate = SoldPlan | SoldLicence | NamedSpace | Decided | Issued
