"""A store and the second reading of what is in it: who calls, what was kept, and what must be the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import StringIO
from typing import NoReturn, TypeVar

from subctl.domain.errors import SubctlError
from subctl.domain.numbers import INVOICE, ORDER
from subctl.results.invoice import ShownInvoice
from subctl.service import document_page, init
from subctl.service.caller import Caller
from subctl.service.check import whole
from subctl.service.text_file import text_file
from subctl.view import output
from tests.support.book.acts import Story
from tests.support.book.files import CURRENCIES, EXEMPT, SELLERS, TOLD, toml
from tests.support.callers import ACCOUNT, caller
from tests.support.cli import Cli
from tests.support.documents import as_document
from tests.support.oracle import quotes
from tests.support.oracle.catalogs import Known, in_force_on
from tests.support.oracle.life import Life
from tests.support.oracle.papers import Paper, credited, issued
from tests.support.oracle.terms import Buyer, RefusedError, State
from tests.support.real_life import shown

T = TypeVar("T")

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STRANGER = "nobody"


@dataclass
class Placed:
    """An order or a cancellation that was placed, and the state before it."""

    number: str
    kind: str
    before: State
    withdrawn: bool = False


@dataclass
class Saved:
    """A quote that was saved, as the second reading has it, and the buyer and the catalogs of that moment."""

    number: str
    read: quotes.Quote
    buyer: Buyer
    known: Known
    order: Placed | None = None


@dataclass
class Issued:
    """A paper with its number, its order, what it credits, and all that was told of its buyer on the day of issue.

    One that was corrected has another `instead`; `first` is the day of the first of those in whose place it is.
    """

    number: str
    space: str
    paper: Paper
    order: str | None
    credits: str | None
    buyer: Mapping[str, str | None]
    first: date = date.min
    instead: str | None = None

    @property
    def stands(self) -> bool:
        """Whether it is an invoice, and was not corrected."""
        return self.credits is None and self.instead is None


@dataclass
class Kept:
    """One space: its life by the second reading, and what was ordered and quoted in it."""

    space: str
    life: Life
    orders: list[Placed] = field(default_factory=list)
    quotes: list[Saved] = field(default_factory=list)
    papers: int = 0
    details: dict[str, str] = field(default_factory=dict)

    @property
    def told(self) -> Mapping[str, str | None]:
        """What a document of today says of its buyer."""
        buyer, customer = self.life.buyer, self.life.customer
        assert customer is not None
        named = {"name": buyer.name, "country": buyer.country, "vat_id": buyer.vat_id, "payment": customer.payment}
        return {**dict.fromkeys(TOLD), **self.details, **named}

    @property
    def waiting(self) -> Placed | None:
        """The cancellation that waits, or that has ended the contract."""
        return next((order for order in reversed(self.orders) if order.kind == "cancel" and not order.withdrawn), None)

    @property
    def latest(self) -> Placed | None:
        """The latest change that is not withdrawn."""
        return next((order for order in reversed(self.orders) if order.kind != "cancel" and not order.withdrawn), None)


class Book:
    """A sandbox store with some contracts; `met` counts what happened; `showing` makes documents and screens of all."""

    def __init__(self, cli: Cli, story: Story, met: Counter[str], *, showing: bool = False) -> None:
        self.cli, self.met, self.showing = cli, met, showing
        self.day = story.opened
        self.known: Known = (story.first,)
        self.kept: dict[str, Kept] = {}
        self.papers: list[Issued] = []
        self.seen: list[ShownInvoice] = []
        self.reminded: dict[str, int] = {}
        self.last_write = story.opened
        self.dropped: set[date] = set()
        self.numbers: Counter[tuple[str, int]] = Counter()
        file = self.write(toml(story.first))
        self.see(init.init(self.caller("init"), text_file(file), sandbox=True, demo=False, replace_old=False))
        self.met[f"currency {CURRENCIES[story.first.digits]}"] += 1

    # --- the store ----------------------------------------------------------------------------------------------

    def caller(
        self,
        command: str,
        day: date | None = None,
        *,
        account: str = ACCOUNT,
        dry_run: bool = False,
        as_support: bool = False,
    ) -> Caller:
        """Return who runs a command today, or on another day."""
        on = (day or self.day).isoformat()
        return caller(self.cli, command, on, account=account, now=NOW, dry_run=dry_run, as_support=as_support)

    def write(self, text: str) -> str:
        """Write a file beside the store, and return its path."""
        file = self.cli.home / "catalog.toml"
        file.write_text(text)
        return str(file)

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of the store but those of the history."""
        return self.cli.tables(but="history")

    def check(self) -> None:
        """The whole book is recomputed: nothing differs (pricing.md 7.3)."""
        found = self.see(whole.check(self.caller("check")))
        self.same((found.ok, found.problems), (True, ()))
        self.met["checks"] += 1

    # --- comparing ----------------------------------------------------------------------------------------------

    def see(self, result: T) -> T:
        """Make what people and scripts read of a result: a document as its schema says, and a screen."""
        if self.showing:
            as_document(result)
            output.show(result, "table", (), "never", stream=StringIO(), explain=True)
            self.met["screens drawn"] += 1
        return result

    def same(self, found: object, expected: object) -> None:
        """Hold two values to be one, and count what was compared."""
        assert found == expected, f"found    {found!r}\nexpected {expected!r}"
        self.met["values compared"] += _leaves(expected)

    def refused(self, code: str, call: Callable[[], object]) -> None:
        """A refusal has its code, and leaves everything but the history as it was."""
        before = self.rows()
        try:
            call()
        except SubctlError as error:
            self.same(error.code, code)
        else:
            _fail(f"not refused with {code}")
        self.same(self.rows() == before, True)
        self.met[f"refused {code}"] += 1

    def unchanged(self, call: Callable[[], object]) -> None:
        """What changes nothing says so, and leaves the store's file as it was."""
        before = self.cli.bytes
        self.same(getattr(self.see(call()), "changed", None), False)
        self.same(self.cli.bytes == before, True)
        self.met["unchanged"] += 1

    # --- what is issued -----------------------------------------------------------------------------------------

    def wrote(self, what: str) -> None:
        """Note that the store was written, and by what."""
        self.last_write = self.day
        self.met[what] += 1

    def next_number(self, series: str) -> str:
        """Return the next number of a series, which is given now (pricing.md 7.1)."""
        self.numbers[series, self.day.year] += 1
        return f"{series}-{self.day.year}-{self.numbers[series, self.day.year]:04d}"

    def placed(self, kept: Kept, kind: str, before: State) -> Placed:
        """Keep an order or a cancellation."""
        order = Placed(self.next_number(ORDER), kind, before)
        kept.orders.append(order)
        self.wrote(f"ordered {kind}")
        return order

    def issue(self, kept: Kept, order: Placed | None = None) -> list[str]:
        """Number the documents that the second reading issued meanwhile; an upgrade and a credit name their order."""
        numbers = []
        for document in kept.life.documents[kept.papers :]:
            kept.papers += 1
            numbers.append(self.next_number(INVOICE))
            named = order.number if order and document.kind != "recurring" else None
            if document.kind == "credit":
                upgrade = next(each for each in self.papers if each.order == named and each.stands)
                self.met["withdrawals of what was corrected"] += upgrade.first != upgrade.paper.invoice.day
                paper = credited(upgrade.paper, document)
                self.papers.append(Issued(numbers[-1], kept.space, paper, named, upgrade.number, upgrade.buyer))
            else:
                paper = issued(self.known, kept.life.buyer, document)
                first = document.day
                self.papers.append(Issued(numbers[-1], kept.space, paper, named, None, kept.told, first))
            self.met[f"issued {document.kind} {document.vat.category}"] += 1
            if document.kind == "recurring" and document.start < self.day:
                self.met["issued late"] += 1
        return numbers

    def look_at_papers(self) -> None:
        """Whatever has changed since it was issued, each paper says what it said then (pricing.md 7.2)."""
        for place in range(len(self.seen), len(self.papers)):
            issued_ = self.papers[place]
            found = self.see(document_page.show_document(self.caller("show"), issued_.number))
            assert isinstance(found, ShownInvoice)
            self.same(_facts(found), _read(issued_))
            self.same({key: getattr(found.buyer, key) for key in issued_.buyer}, issued_.buyer)
            told = SELLERS[issued_.paper.seller.name]
            self.same({key: getattr(found.seller, key) for key in SELLERS["Seller"]}, {**_NOTHING, **told})
            self.same(found.draft.currency, CURRENCIES[in_force_on(self.known, self.day).digits])
            self.seen.append(found)

    @staticmethod
    def foreseen(call: Callable[[], T]) -> T | str:
        """Return what the second reading says, or the code by which it refuses."""
        try:
            return call()
        except RefusedError as refused:
            return str(refused)

    def living(self) -> Iterator[Kept]:
        """Yield what has not ended."""
        return (kept for kept in self.kept.values() if not kept.life.ended(self.day))


_NOTHING = dict.fromkeys(SELLERS["Seller"])


def _facts(found: ShownInvoice) -> tuple[object, ...]:
    """Return what a kept document says."""
    vat = found.draft.vat
    return (
        *(found.number, shown(found.draft), found.net, found.vat, found.total, found.order, found.credits),
        *(found.due_date, found.seller.name, found.seller.country, found.seller.vat_id),
        *(vat.country, vat.seller_vat_id, vat.vat_id, vat.exempt),
    )


def _read(issued_: Issued) -> tuple[object, ...]:
    """Return the same of the second reading."""
    invoice, seller, buyer = issued_.paper.invoice, issued_.paper.seller, issued_.paper.buyer
    named, exempt = invoice.vat.category == "AE", invoice.vat.category == "E"
    return (
        *(issued_.number, shown(invoice), invoice.net, invoice.tax, invoice.net + invoice.tax),
        *(issued_.order, issued_.credits, issued_.paper.due, seller.name, seller.country, seller.vat_id),
        *(seller.country, seller.vat_id, buyer.vat_id if named else None, EXEMPT if exempt else None),
    )


def _leaves(value: object) -> int:
    if isinstance(value, (tuple, list)):
        return sum(map(_leaves, value))
    return 1


def _fail(why: str) -> NoReturn:
    raise AssertionError(why)
