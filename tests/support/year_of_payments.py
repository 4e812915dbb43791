"""A year of the demo vendor: five customers, their bills, what banks say of their money, and what was done about it.

Each customer has a habit. Acme takes back an upgrade that it has paid. Atelier pays in part, late, and then too much.
Bistro is debited, and one debit comes back. Kiosk has moved, and its invoice is issued anew. Verein pays twice.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from tests.support.camt import Camt, Entry, Tx
from tests.support.cli import DEMO, Cli
from tests.support.documents import validated

LAST_DAY = "2027-03-14"
"""The year's: what was invoiced in advance isn't all earned by then."""

ACME, ATELIER, VEREIN = "DE02120300000000202051", "FR1420041010050500013M02606", "DE89370400440532013000"
BISTRO, STRANGER = "NL20INGB0001234567", "NL86INGB0002445588"

BUSINESS = ("--plan", "business", "--users", "7", "--zoom", "1")
YEARLY = ("--plan", "pro", "--users", "3", "--billing", "annual")

CUSTOMERS = (
    DEMO,
    ("space", "set", "acme", "--iban", ACME),
    ("space", "set", "atelier", "--iban", ATELIER),
    ("space", "add", "bistro", "--name", "Bistro 7", "--plan", "pro", "--users", "4", "--start", "2026-04-01"),
    ("space", "set", "bistro", "--payment", "direct-debit", "--iban", BISTRO),
    ("mandate", "add", "M-7", "--space", "bistro", "--signed", "2026-03-10"),
    ("space", "add", "kiosk", "--name", "Kiosk", *BUSINESS, "--start", "2026-04-10"),
    ("space", "add", "verein", "--name", "Verein e.V.", *YEARLY, "--start", "2026-04-01"),
    ("space", "set", "verein", "--iban", VEREIN, "--country", "DE", "--vat-id", "DE136695976"),
)


class Year:
    """Runs the year on a store, and keeps what its commands answered."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli
        self.answers: dict[str, Any] = {}
        """By the day and what was done: `2026-03-25 withdraw`."""

    def did(self, day: str, *words: str) -> Any:
        """Do something on a day that goes well."""
        answer = self.cli(*words, "--today", day, "--json").json
        self.answers[f"{day} {words[0]}"] = answer
        return answer

    def bank(self, day: str, *entries: Entry) -> Any:
        """Read a statement with the bookings of a day; what it leaves over is kept beside what it entered."""
        file = self.cli.home / f"{day}-bank.xml"
        named = (replace(entry, day=day, ref=f"{day}-{place}") for place, entry in enumerate(entries, 1))
        file.write_text(Camt().text(*named), encoding="utf-8")
        words = ("pay", "--from", str(file), "--yes", "--today", day, "--json")
        done = self.cli(*words)
        answer = validated(json.loads(done.out))
        left = [each for each in answer["bookings"] if each["state"] in ("proposed", "unknown")]
        assert done.code == (4 if left else 0), done.err
        self.answers[f"{day} bank"] = answer
        return answer

    def debit(self, day: str) -> list[Entry]:
        """Collect on a day what is open and due, and return what the bank will book of it."""
        made = self.did(day, "collect", str(self.cli.home / f"{day}-debits.xml"), "--yes")
        return [debited(item["amount"], item["number"]) for item in made["items"]]

    def oldest(self, space: str) -> tuple[str, str]:
        """Return the number of a space's oldest open invoice, and what is open of it."""
        item = self.cli("owed", "--space", space, "--json").json["items"][0]
        return item["number"], item["open"]


def lived(cli: Cli) -> Year:
    """Live the year from the vendor's first day to `LAST_DAY`."""
    year = Year(cli.prepare(*CUSTOMERS))
    _spring(year)
    _who_is_late(year)
    _corrected(year)
    _from_summer_on(year)
    return year


def came(amount: str, text: str, name: str | None = None, iban: str | None = None) -> Entry:
    """Return a transfer."""
    return Entry(amount).of(Tx(text, name=name, iban=iban))


def debited(amount: str, invoice: str) -> Entry:
    """Return a direct debit's money, which the bank books by what we called it."""
    return Entry(amount, code="IDDT/ESDD").of(Tx(e2e=invoice, mandate="M-7", name="Bistro 7", iban=BISTRO))


def returned(amount: str, invoice: str) -> Entry:
    """Return a debit that the bank took back."""
    return Entry(amount, way="DBIT", code="IDDT/PMDD", reversal=True).of(Tx(e2e=invoice, reason="AM04"))


def _spring(year: Year) -> None:
    """March and April: an upgrade that is paid and taken back; paid in part, twice, and by who knows whom."""
    year.did("2026-03-15", "upgrade", "--users", "20", "--yes")
    year.bank("2026-03-20", came("302.50", "INV-2026-0001", "Acme B.V.", ACME))
    year.did("2026-03-25", "withdraw", "O-2026-0001", "--yes")
    year.did("2026-03-26", "pay", "--space", "acme", "--refund", "--amount", "102.50", "--yes")
    year.did("2026-04-01", "bill")
    year.bank(
        "2026-04-10",
        came("100.00", "INV-2026-0003 the rest comes later", "Atelier Simone", ATELIER),
        *[came("540.00", "INV-2026-0005", "Verein e.V.", VEREIN)] * 2,
        came("18.00", "Abo", "K."),
        came("42.00", "for the party", "A. Stranger", STRANGER),
        Entry("1.50", way="DBIT", info="fee"),
    )
    ours, stranger = (each["source"] for each in year.answers["2026-04-10 bank"]["bookings"][3:5])
    year.did("2026-04-10", "pay", "--space", "kiosk", "--amount", "18", "--source", ours, "--yes")
    year.did("2026-04-11", "pay", "--ignore", stranger, "--yes")
    year.did("2026-04-13", "pay", "--space", "verein", "--refund", "--yes")


def _who_is_late(year: Year) -> None:
    """A debit that comes back and is made anew, and who has paid in part is reminded of the rest three times."""
    debits = year.debit("2026-04-29")
    year.did("2026-05-01", "bill")
    year.bank("2026-05-05", *debits)
    year.bank("2026-05-08", returned("87.12", "INV-2026-0004"))
    year.did("2026-05-08", "remind", "--yes")
    year.bank("2026-05-14", *year.debit("2026-05-11"))
    year.did("2026-05-22", "remind", "--yes")


def _corrected(year: Year) -> None:
    """May and June: an invoice that is paid in part is issued anew; one pays far too much, one not what was entered."""
    kiosk = year.bank("2026-05-22", came("100.00", "INV-2026-0008", "Kiosk"))
    (booking,) = kiosk["bookings"]
    year.did(
        "2026-05-23", "pay", "INV-2026-0008=100", "--source", booking["source"], "--date", booking["date"], "--yes"
    )
    year.did("2026-05-27", "space", "set", "kiosk", "--name", "Kiosk am Markt", "--city", "Utrecht")
    year.did("2026-05-27", "correct", "INV-2026-0008", "--reason", "The shop has moved.", "--yes")
    _month(year, "2026-06")
    year.did("2026-06-12", "remind", "--yes")
    atelier = year.bank("2026-06-20", came("1000.00", "for the year", "Atelier Simone", ATELIER))
    (booking,) = atelier["bookings"]
    words = ("--space", "atelier", "--amount", "1000", "--source", booking["source"])
    year.did("2026-06-20", "pay", *words, "--yes")
    cash = year.did("2026-06-22", "pay", "INV-2026-0010", "--method", "cash", "--yes")
    year.did("2026-06-23", "pay", "--undo", cash["number"], "--yes")
    year.bank("2026-06-24", came("148.99", "RF94 INV2 0260 010", "Kiosk am Markt"))


def _from_summer_on(year: Year) -> None:
    """July to March: acme's year, which its credit pays in part, and an upgrade that it keeps."""
    for month in ("2026-07", "2026-08", "2026-09"):
        _month(year, month, kiosk=True)
        if month == "2026-07":
            year.bank("2026-07-29", came("1615.00", "your invoice", "Acme B.V.", ACME))
    (invoice,) = year.did("2026-09-12", "upgrade", "--users", "15", "--yes")["issued"]
    year.did("2026-09-12", "pay", invoice, "--method", "card", "--reference", "ch_1", "--yes")
    for month in ("2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03"):
        _month(year, month, kiosk=True)
    year.did(LAST_DAY, "remind", "--yes")


def _month(year: Year, month: str, *, kiosk: bool = False) -> None:
    """Bill, collect, and read what the bank says of it; kiosk pays its oldest invoice when the next one comes."""
    year.did(f"{month}-01", "bill")
    debits = year.debit(f"{month}-03")
    transfers = [came(amount, number, "Kiosk am Markt") for number, amount in [year.oldest("kiosk")] if kiosk]
    year.bank(f"{month}-10", *transfers, *debits)
    year.did(f"{month}-10", "owed")
