"""A year of the demo vendor from bill to journal: everything agrees to the cent, and with a book kept by hand."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain

import pytest

from tests.support.cli import Cli
from tests.support.debits import read
from tests.support.files import Files
from tests.support.journals import balances, judged, rows
from tests.support.year_of_payments import LAST_DAY, Year, lived

MONTHS = [*(f"2026-{month:02}" for month in range(3, 13)), "2027-01", "2027-02", "2027-03"]

INVOICED = {
    "acme": [("250.00", "52.50"), ("-250.00", "-52.50"), ("1500.00", "315.00"), ("375.00", "78.75")],
    "atelier": [("150.00", "31.50")] * 12,
    "bistro": [("72.00", "15.12")] * 12,
    "kiosk": [("220.65", "46.34")] * 11 + [("-220.65", "-46.34"), ("220.65", "46.34")],
    "verein": [("540.00", "0.00")],
}
"""Net and VAT of each invoice and credit note. Acme: 5 users at 100.00 a year for 9 of 12 months are 375.00."""

PAID = {
    "acme": ["302.50", "-102.50", "1615.00", "453.75"],
    "atelier": ["100.00", "1000.00"],
    "bistro": ["87.12", "-87.12", *["87.12"] * 11],
    "kiosk": ["18.00", "100.00", "148.99", "-148.99", "148.99", *["266.99"] * 9],
    "verein": ["540.00", "540.00", "-540.00"],
}
"""The money of each: bistro's first debit came back; a payment of kiosk's was entered by mistake."""

OPEN = {
    "INV-2026-0025": "170.50",
    "INV-2026-0028": "181.50",
    "INV-2026-0031": "181.50",
    "INV-2027-0001": "181.50",
    "INV-2027-0004": "181.50",
    "INV-2027-0007": "181.50",
    "INV-2027-0008": "87.12",
    "INV-2027-0009": "266.99",
}
"""Atelier's since October, of which the last 11.00 of its 1000.00 are paid, and what was billed in March."""

NOT_EARNED = ("500.00", "166.67", "45.00", "150.00", "72.00", "220.65")
"""On the last day: 4 of 12 months of acme's year, 4 of 9 of its upgrade, 1 of 12 of verein's, and three times March."""


def cents(amounts) -> Decimal:
    """Return the sum of amounts."""
    return sum(map(Decimal, amounts), Decimal(0))


NET, VAT = (cents(each[place] for each in chain(*INVOICED.values())) for place in (0, 1))
MONEY = cents(chain(*PAID.values()))
BOOKED = {
    "Assets:Receivable": NET + VAT - MONEY,
    "Assets:Bank": MONEY - Decimal("453.75"),
    "Assets:Card": Decimal("453.75"),
    "Income:Subscriptions": -NET,
    "Liabilities:VAT": -VAT,
}
"""What an accountant has at the end, by hand."""


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, keeper: Files) -> Year:
    """The year, lived once."""
    return lived(Cli(tmp_path_factory.mktemp("year"), keeper))


def journal(year: Year, *words: str) -> dict[str, Decimal]:
    """Return the balances of a journal as CSV."""
    return balances(rows(year.cli("journal", *words).text))


# --- what was said and done in the year ----------------------------------------------------------------------


def test_what_the_statements_were_found_to_be(year: Year) -> None:
    """payments.md 11: what is sure was entered; what is paid in part, at random or by nobody we know, was proposed."""
    spring = year.answers["2026-04-10 bank"]["bookings"]
    assert [(each["amount"], each["state"], each["space"], each["parts"]) for each in spring] == [
        ("100.00", "sure", "atelier", [{"number": "INV-2026-0003", "amount": "100.00"}]),
        ("540.00", "sure", "verein", [{"number": "INV-2026-0005", "amount": "540.00"}]),
        ("540.00", "sure", "verein", []),
        ("18.00", "unknown", None, []),
        ("42.00", "unknown", None, []),
        ("-1.50", "outgoing", None, []),
    ]
    (back,) = year.answers["2026-05-08 bank"]["bookings"]
    assert (back["amount"], back["state"], back["of"]) == ("-87.12", "sure", "P-2026-0008")
    (part,) = year.answers["2026-05-22 bank"]["bookings"]
    assert (part["state"], part["reason"], part["space"]) == ("proposed", "amount", "kiosk")
    (more,) = year.answers["2026-06-20 bank"]["bookings"]
    assert (more["state"], more["reason"], more["space"]) == ("proposed", "amount", "atelier")


def test_who_was_reminded(year: Year) -> None:
    """payments.md 9.7: level by level, of what is left; who paid by then gets none."""
    reminders = [each for key, answer in year.answers.items() if key.endswith("remind") for each in answer["reminders"]]
    assert [(each["number"], each["space"], each["level"], each["open"]) for each in reminders] == [
        ("R-2026-0001", "atelier", 1, "81.50"),
        ("R-2026-0002", "bistro", 1, "87.12"),
        ("R-2026-0003", "atelier", 2, "81.50"),
        ("R-2026-0004", "atelier", 3, "263.00"),
        ("R-2027-0001", "atelier", 3, "896.50"),
    ]
    assert {item["number"]: item["level"] for item in reminders[3]["items"]} == {
        "INV-2026-0003": 3,
        "INV-2026-0006": 1,
    }


def test_what_was_collected(year: Year) -> None:
    """payments.md 9.6: each of bistro's invoices once, the one that came back twice; the bank's files say the same."""
    files = sorted(year.cli.home.glob("*-debits.xml"))
    debited = [(each.end_to_end, each.amount) for file in files for each in read(file.read_bytes()).debits]
    of_bistro = [
        invoice["number"]
        for key, answer in year.answers.items()
        if key.endswith("bill")
        for invoice in answer["issued"]
        if invoice["space"] == "bistro"
    ]
    assert debited == [(number, "87.12") for number in (of_bistro[0], *of_bistro[:-1])]


def test_what_was_corrected(year: Year) -> None:
    """payments.md 9.5: what was paid, by name and as credit, is paid of the invoice in its place."""
    made = year.answers["2026-05-27 correct"]
    assert (made["replaces"], made["paid"], made["open"], made["status"]) == (
        *("INV-2026-0008", "118.00", "148.99", "part-paid"),
    )
    assert year.cli("show", made["number"], "--json").json["status"] == "paid"


# --- what it comes to ----------------------------------------------------------------------------------------


def test_the_journal_is_documents_less_payments(year: Year) -> None:
    """payments.md 10: by hand, as CSV; and by beancount itself."""
    assert journal(year) == BOOKED
    assert judged(year.cli("journal", "--as", "beancount").text) == BOOKED


def test_each_space_owes_what_its_documents_and_payments_leave(year: Year) -> None:
    """payments.md 9.3: in the journal, and in what is owed."""
    postings = rows(year.cli("journal").text)
    for space, invoiced in INVOICED.items():
        left = cents(chain(*invoiced)) - cents(PAID[space])
        receivable = [each for each in postings if (each["space"], each["account"]) == (space, "Assets:Receivable")]
        assert cents(each["amount"] for each in receivable) == left
        owed = year.cli("owed", "--space", space, "--json").json
        assert Decimal(owed["open"]) - Decimal(owed["credit"]) == left


def test_owed_is_what_is_open(year: Year) -> None:
    """payments.md 9.2, 9.4: whole; no credit is left, and the ages are those of what is late."""
    owed = year.cli("owed", "--json").json
    assert {each["number"]: each["open"] for each in owed["items"]} == OPEN
    assert (Decimal(owed["open"]), owed["credit"], owed["credits"]) == (BOOKED["Assets:Receivable"], "0.00", [])
    assert owed["ages"] == {
        "not_due": "535.61",
        "1-30": "181.50",
        "31-60": "181.50",
        "61-90": "181.50",
        "over_90": "352.00",
    }


def test_owed_agreed_with_the_journal_all_year(year: Year) -> None:
    """payments.md 9.3, 10: what was owed on a day, less the credit, is what the journal has until then."""
    said = {key.partition(" ")[0]: answer for key, answer in year.answers.items() if key.endswith("owed")}
    assert list(said) == [f"{month}-10" for month in MONTHS[3:]]
    assert any(Decimal(each["credit"]) for each in said.values())
    for day, owed in said.items():
        assert journal(year, "--until", day)["Assets:Receivable"] == Decimal(owed["open"]) - Decimal(owed["credit"])


def test_what_is_not_earned_is_deferred(year: Year) -> None:
    """payments.md 10: by hand on the last day; at last all of the net is earned, in both forms."""
    deferred = cents(NOT_EARNED)
    now = BOOKED | {"Income:Subscriptions": deferred - NET, "Liabilities:Deferred": -deferred}
    assert journal(year, "--deferred") == now
    assert judged(year.cli("journal", "--deferred", "--as", "beancount").text) == now
    assert journal(year, "--deferred", "--until", "2027-06-30") == BOOKED
    assert judged(year.cli("journal", "--deferred", "--until", "2027-06-30", "--as", "beancount").text) == BOOKED


@pytest.mark.parametrize("words", [(), ("--deferred",)], ids=" ".join)
def test_the_months_are_the_year(year: Year, words: tuple[str, ...]) -> None:
    """payments.md 10: month by month there is every posting once."""
    months = [
        rows(year.cli("journal", *words, "--since", f"{month}-01", "--until", until).text)
        for month, until in zip(MONTHS, [*map(_last, MONTHS[:-1]), LAST_DAY], strict=True)
    ]
    assert [*chain(*months)] == rows(year.cli("journal", *words).text)


def _last(month: str) -> str:
    days = {"02": 28, "04": 30, "06": 30, "09": 30, "11": 30}
    return f"{month}-{days.get(month[5:], 31)}"


def test_it_is_sound(year: Year) -> None:
    """payments.md 9: every seal, sum and number."""
    found = year.cli("check", "--json").json
    assert found["problems"] == []
    assert found["counts"] == {
        "spaces": 5,
        "quotes": 0,
        "orders": 2,
        "invoices": 42,
        "payments": 36,
        "collections": 12,
        "reminders": 5,
        "history": 70,
    }


def test_the_statements_again_change_nothing(year: Year) -> None:
    """payments.md 11: all of the year, the newest first."""
    before = year.cli.bytes
    for file in sorted(year.cli.home.glob("*-bank.xml"), reverse=True):
        assert year.cli("pay", "--from", str(file), "--yes", "--json").json["changed"] is False
    assert year.cli.bytes == before
