"""The worked examples of pricing.md 8: each stands here once, and is driven through every layer.

An example is a contract and what happens to it, with what must come of it. A layer has a driver (`Driver`), which does
what an event names and answers in the words of this table: days and amounts as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from subctl.domain.catalog import ANNUAL, MONTHLY


class Due(NamedTuple):
    """An upgrade invoice: its amounts, its period with the exclusive end, and the months that each line charges."""

    net: str
    vat: str
    total: str
    start: str
    end: str
    months: str


class Recurring(NamedTuple):
    """A recurring invoice, dated on the first day of its period."""

    start: str
    end: str
    net: str


class Ordered(NamedTuple):
    """What came of a change."""

    kind: str
    price_from: str
    free_until: str | None
    due_now: Due | None
    next_invoice: Recurring


class Order(NamedTuple):
    """A change is ordered; what isn't wanted stays as it is."""

    day: str
    wanted: Mapping[str, Any]
    ordered: Ordered


class Cancel(NamedTuple):
    """The contract is cancelled."""

    day: str
    last_day: str


class Withdraw(NamedTuple):
    """The change is taken back: what its credit note comes to, or the code of the refusal."""

    day: str
    credited: str


class Quote(NamedTuple):
    """A change is quoted, and nothing else happens."""

    day: str
    wanted: Mapping[str, Any]
    quoted: Ordered
    valid_until: str


class OrderQuote(NamedTuple):
    """The quote is ordered: what comes of it, or the code of the refusal."""

    day: str
    ordered: Ordered | str


class Billed(NamedTuple):
    """A recurring invoice that was issued: its period with the exclusive end, its net amount and its VAT rate."""

    start: str
    end: str
    net: str
    vat_rate: str


class Bill(NamedTuple):
    """What is due is billed."""

    day: str
    issued: tuple[Billed, ...]


class Import(NamedTuple):
    """A catalog comes in, the built-in one with a price of starter or the VAT rate changed (`catalog_text`)."""

    day: str
    valid_from: str
    changed: Mapping[str, str]


Event = Order | Cancel | Withdraw | Quote | OrderQuote | Bill | Import


class Example(NamedTuple):
    """A row, or a half of one: starter, 10 users, 2 licences, entered on the day of the first event.

    `then` is the next recurring invoice after all that, `start` the day on which the contract started.
    """

    row: int
    what: str
    billing: str
    renews_on: str | None
    events: tuple[Event, ...]
    then: Recurring | None
    start: str

    @property
    def entered(self) -> str:
        """The day on which the contract is entered."""
        return self.events[0].day

    def __str__(self) -> str:
        return f"row {self.row}: {self.what}"


class Driver(Protocol):
    """A layer that an example can be driven through."""

    def order(self, day: str, wanted: Mapping[str, Any], *, down: bool) -> Ordered:
        """Order a change; `down` where it lowers the price."""

    def cancel(self, day: str) -> str:
        """Cancel, and return the last day."""

    def withdraw(self, day: str) -> str:
        """Take the change back, and return the total of the credit note, or the code of the refusal."""

    def quote(self, day: str, wanted: Mapping[str, Any]) -> tuple[Ordered, str]:
        """Save a quote, and return what would come of it with its last day."""

    def order_quote(self, day: str) -> Ordered | str:
        """Order the quote, and return what comes of it, or the code of the refusal."""

    def bill(self, day: str) -> tuple[Billed, ...]:
        """Issue what is due, in its order."""

    def import_catalog(self, day: str, valid_from: str, changed: Mapping[str, str]) -> None:
        """Import a catalog that differs from the built-in one."""

    def next_invoice(self) -> Recurring | None:
        """Return the next recurring invoice."""


def play(driver: Driver, example: Example) -> None:
    """Drive an example through a layer, and hold everything that comes of it."""
    for event in example.events:
        match event:
            case Order(day, wanted, ordered):
                assert driver.order(day, wanted, down=ordered.kind == "downgrade") == ordered
            case Cancel(day, last_day):
                assert driver.cancel(day) == last_day
            case Withdraw(day, credited):
                assert driver.withdraw(day) == credited
            case Quote(day, wanted, quoted, valid_until):
                assert driver.quote(day, wanted) == (quoted, valid_until)
            case OrderQuote(day, ordered):
                assert driver.order_quote(day) == ordered
            case Bill(day, issued):
                assert driver.bill(day) == issued
            case Import(day, valid_from, changed):
                driver.import_catalog(day, valid_from, changed)
    assert driver.next_invoice() == example.then


# --- reading documents -------------------------------------------------------------------------------------


def ordered(document: Mapping[str, Any], day: str) -> Ordered:
    """Return what a quote's or an order's document says comes of a change on a day."""
    assert (document["date"], document["changed"], document["catch_up"]) == (day, True, [])
    following, due_now = recurring(document["next_invoice"]), document["due_now"]
    assert following is not None
    assert due_now is None or due_now["date"] == day
    places = (document["kind"], document["price_from"], document["free_until"])
    return Ordered(*places, _due(due_now) if due_now else None, following)


def _due(draft: Mapping[str, Any]) -> Due:
    lengths = {tuple(line["months"].values()) for line in draft["lines"]}
    assert len(lengths) == 1
    whole, days, of = lengths.pop()
    months = f"{whole} + {days}/{of}" if of else str(whole)
    return Due(draft["net"], draft["vat"], draft["total"], draft["period"]["start"], draft["period"]["end"], months)


def recurring(draft: Mapping[str, Any] | None) -> Recurring | None:
    """Return what a draft's document says of a recurring invoice."""
    if draft is None:
        return None
    assert (draft["kind"], draft["date"]) == ("recurring", draft["period"]["start"])
    return Recurring(draft["period"]["start"], draft["period"]["end"], draft["net"])


def billed(document: Mapping[str, Any]) -> Billed:
    """Return what the document of an issued recurring invoice says."""
    assert document["kind"] == "recurring"
    return Billed(document["period"]["start"], document["period"]["end"], document["net"], document["vat_rate"])


# --- the table ---------------------------------------------------------------------------------------------

START = "2025-07-01"
"""The day on which the contracts of the table started that don't say another."""

JULY = "2026-07-01"
PRO_20 = {"plan": "pro", "users": 20}
MARCH = "2026-03-31"
"""The last free day of what is ordered in March."""

FROM_ROW_1 = Due("650.00", "136.50", "786.50", "2026-04-01", JULY, "3")
TEN_MORE = Due("250.00", "52.50", "302.50", "2026-04-01", JULY, "3")


def year(net: str, start: str = JULY) -> Recurring:
    """Return the invoice of the year that begins on a day."""
    return Recurring(start, f"{int(start[:4]) + 1}{start[4:]}", net)


def up(price_from: str, free_until: str, due_now: Due | None, following: Recurring) -> Ordered:
    """Return what came of an upgrade."""
    return Ordered("upgrade", price_from, free_until, due_now, following)


def down(price_from: str, following: Recurring) -> Ordered:
    """Return what came of a reduction: nothing is free, and nothing is due."""
    return Ordered("downgrade", price_from, None, None, following)


def annual(row: int, what: str, *events: Event, then: Recurring | None, renews_on: str = JULY) -> Example:
    """Return an example on annual billing."""
    return Example(row, what, ANNUAL, renews_on, events, then, START)


def monthly(row: int, what: str, *events: Event, then: Recurring | None, start: str = START) -> Example:
    """Return an example on monthly billing."""
    return Example(row, what, MONTHLY, None, events, then, start)


ROW_1 = Order("2026-03-15", PRO_20, up("2026-04-01", MARCH, FROM_ROW_1, year("4100.00")))
APRIL = Recurring("2026-04-01", "2026-05-01", "150.00")
OCTOBER, NOVEMBER = ("2026-10-01", "2026-11-01"), ("2026-11-01", "2026-12-01")

ROW_17 = Quote("2026-03-15", {"users": 20}, up("2026-04-01", MARCH, None, APRIL._replace(net="250.00")), MARCH)
DEARER_MAY = Import("2026-03-15", "2026-05-01", {"monthly": "20.00"})
DEARER_OCTOBER = Import("2026-09-01", OCTOBER[0], {"monthly": "20.00"})
TO_9 = Order("2026-09-01", {"users": 9}, down(OCTOBER[0], Recurring(*OCTOBER, "140.00")))
BACK_TO_10 = up(OCTOBER[0], "2026-09-30", None, Recurring(*OCTOBER, "150.00"))
FOR_10 = Quote("2026-09-01", {"users": 10}, BACK_TO_10, OCTOBER[0])
AUTUMN = Bill(NOVEMBER[0], (Billed(*OCTOBER, "150.00", "21"), Billed(*NOVEMBER, "250.00", "21")))
DECEMBER = Recurring("2026-12-01", "2027-01-01", "250.00")

EXAMPLES = (
    annual(1, "pro and 20 users, three months before the renewal", ROW_1, then=year("4100.00")),
    monthly(
        2,
        "nothing now, and April has the new price",
        Order("2026-03-15", PRO_20, up("2026-04-01", MARCH, None, APRIL._replace(net="410.00"))),
        then=APRIL._replace(net="410.00"),
    ),
    annual(
        3,
        "a change on a first is charged from the next first",
        Order(
            "2026-03-01",
            {"users": 11},
            up("2026-04-01", MARCH, Due("25.00", "5.25", "30.25", "2026-04-01", JULY, "3"), year("1600.00")),
        ),
        then=year("1600.00"),
    ),
    annual(
        4,
        "in the last month nothing is due, the renewal has the new price",
        Order("2026-06-15", {"users": 20}, up(JULY, "2026-06-30", None, year("2500.00"))),
        then=year("2500.00"),
    ),
    annual(
        5,
        "a renewal in the middle of a month",
        Order(
            "2026-04-20",
            {"users": 13},
            up(
                "2026-05-01",
                "2026-04-30",
                Due("261.29", "54.87", "316.16", "2026-05-01", "2027-03-15", "10 + 14/31"),
                year("1800.00", "2027-03-15"),
            ),
        ),
        renews_on="2027-03-15",
        then=year("1800.00", "2027-03-15"),
    ),
    annual(
        6,
        "a reduction on the last day of the notice",
        Order("2026-06-01", {"users": 8}, down(JULY, year("1300.00"))),
        then=year("1300.00"),
    ),
    annual(
        7,
        "a reduction a day too late waits a year",
        Order("2026-06-02", {"users": 8}, down("2027-07-01", year("1300.00", "2027-07-01"))),
        then=year("1500.00"),
    ),
    annual(
        8,
        "up again while 10 are paid for",
        Order("2026-02-10", {"users": 6}, down(JULY, year("1100.00"))),
        Order("2026-03-15", {"users": 9}, Ordered("upgrade", JULY, None, None, year("1400.00"))),
        then=year("1400.00"),
    ),
    annual(
        9,
        "a second upgrade costs its own difference",
        Order("2026-03-15", {"users": 20}, up("2026-04-01", MARCH, TEN_MORE, year("2500.00"))),
        Order("2026-03-20", {"users": 30}, up("2026-04-01", MARCH, TEN_MORE, year("3500.00"))),
        then=year("3500.00"),
    ),
    annual(
        10,
        "the renewal comes first, and contains the step",
        Order("2026-06-15", {"users": 20}, up(JULY, "2026-06-30", None, year("2469.44", "2026-06-20"))),
        renews_on="2026-06-20",
        then=year("2469.44", "2026-06-20"),
    ),
    monthly(11, "cancelled on a first", Cancel("2026-03-01", "2026-03-31"), then=None),
    monthly(11, "cancelled in the middle of a month", Cancel("2026-03-15", "2026-04-30"), then=APRIL),
    annual(12, "cancelled on the last day of the notice", Cancel("2026-06-01", "2026-06-30"), then=None),
    annual(12, "cancelled a day too late", Cancel("2026-06-02", "2027-06-30"), then=year("1500.00")),
    annual(13, "withdrawn in time", ROW_1, Withdraw("2026-03-31", "-786.50"), then=year("1500.00")),
    annual(13, "withdrawn a day too late", ROW_1, Withdraw("2026-04-01", "too_late"), then=year("4100.00")),
    annual(
        14,
        "a waiting reduction has the price of its day, as it is known",
        Import("2026-03-15", "2026-06-01", {"annual": "120.00"}),
        Order("2026-03-15", {"users": 9}, down(JULY, year("1580.00"))),
        then=year("1580.00"),
    ),
    annual(
        14,
        "a waiting reduction has the price of its day, as it is known later",
        Order("2026-03-15", {"users": 9}, down(JULY, year("1400.00"))),
        Import("2026-03-16", "2026-06-01", {"annual": "120.00"}),
        then=year("1580.00"),
    ),
    monthly(
        15,
        "a year from the charge date",
        Order(
            "2026-03-15",
            {"billing": ANNUAL},
            Ordered("billing", "2026-04-01", None, None, year("1500.00", "2026-04-01")),
        ),
        then=year("1500.00", "2026-04-01"),
    ),
    annual(
        16,
        "to monthly with 20 users, annual up to July",
        Order(
            "2026-03-15",
            {"billing": MONTHLY, "users": 20},
            up("2026-04-01", MARCH, TEN_MORE, Recurring(JULY, "2026-08-01", "250.00")),
        ),
        then=Recurring(JULY, "2026-08-01", "250.00"),
    ),
    monthly(
        17,
        "a quote ends before a dearer catalog reaches its charge date",
        DEARER_MAY,
        ROW_17,
        OrderQuote(MARCH, ROW_17.quoted),
        then=APRIL._replace(net="250.00"),
    ),
    monthly(
        17,
        "a day later the quote is expired",
        DEARER_MAY,
        ROW_17,
        OrderQuote("2026-04-01", "quote_expired"),
        then=APRIL,
    ),
    monthly(
        18,
        "billed late, each month has the VAT of its own first day",
        Import("2026-06-01", JULY, {"vat_rate": "19"}),
        Bill(JULY, (Billed("2026-06-01", JULY, "150.00", "21"), Billed(JULY, "2026-08-01", "150.00", "19"))),
        start="2026-06-01",
        then=Recurring("2026-08-01", "2026-09-01", "150.00"),
    ),
    monthly(
        19,
        "a quote keeps its rates though a dearer catalog comes before its order",
        TO_9,
        FOR_10,
        DEARER_OCTOBER,
        OrderQuote("2026-09-01", BACK_TO_10),
        AUTUMN,
        then=DECEMBER,
    ),
    monthly(
        20,
        "an ordered quote keeps its rates though a dearer catalog comes after it",
        TO_9,
        FOR_10,
        OrderQuote("2026-09-01", BACK_TO_10),
        DEARER_OCTOBER,
        AUTUMN,
        then=DECEMBER,
    ),
)
