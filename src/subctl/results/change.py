"""A change of a contract: previewed, quoted or ordered."""

from datetime import date

from subctl.domain.catalog import Catalogs
from subctl.domain.contract import State
from subctl.domain.pricing import Change
from subctl.domain.record import Record
from subctl.results.parties import Parties, Payment


class Standing(Record):
    """What stands when somebody is asked for a change: what is `paid` for today, and the last day where it ends.

    What is ordered today would be paid so, and be due then.
    """

    paid: State
    last_day: date | None
    payment: Payment
    due_date: date


class ShownChange(Record):
    """A change of a space, and what became of it.

    `changed` says whether there is something to change and this call did it. `quote`, `order`, `invoice` and `issued`
    are numbers; `status` is a quote's, where one is shown by its number. `parties` are there where a document is, like
    the `titles` of the plans before and after, and the `catalogs` of its day, which have titles in other languages;
    `standing` where the change was worked out on today's contract.
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
    standing: Standing | None = None
    parties: Parties | None = None
    titles: tuple[str, str] | None = None
    catalogs: Catalogs | None = None
