"""A change of a contract: previewed, quoted or ordered."""

from datetime import date
from typing import NamedTuple

from subctl.domain.catalog import Seller
from subctl.domain.pricing import Change
from subctl.results.invoice import BuyerDetails


class Parties(NamedTuple):
    """Between whom a document is, as they were on its day, and the buyer's language."""

    seller: Seller
    buyer: BuyerDetails
    language: str


class ShownChange(NamedTuple):
    """A change of a space, and what became of it.

    `changed` says whether there is something to change and this call did it. `quote`, `order`, `invoice` and `issued`
    are numbers; `status` is a quote's, where one is shown by its number, and `parties` are there where a document is.
    """

    space: str
    change: Change
    changed: bool
    quote: str | None = None
    valid_until: date | None = None
    status: str | None = None
    order: str | None = None
    invoice: str | None = None
    issued: tuple[str, ...] = ()
    parties: Parties | None = None
