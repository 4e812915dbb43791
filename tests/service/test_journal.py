"""The journal, from the store to its three forms (payments.md 10)."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from subctl.service import journal as service
from subctl.service.check.journal import journal_faults
from subctl.service.session import reading
from tests.support.callers import caller
from tests.support.cli import Cli
from tests.support.journals import balances, by_the_book, judged, lived, rows, summed


@pytest.fixture
def book(cli: Cli) -> Cli:
    """A book with every kind of document and payment in it."""
    return lived(cli)


def test_nothing_is_booked(demo: Cli) -> None:
    """payments.md 10: no rows; a form that says so in its own way."""
    assert demo("journal").text == ""
    assert demo("journal", "--as", "ledger").text == ""
    assert demo("journal", "--as", "beancount").text == 'option "operating_currency" "EUR"\n'
    assert demo("journal", "--json").json == {
        "schema": "journal/1",
        "since": None,
        "until": "2026-03-15",
        "currency": "EUR",
        "deferred": False,
        "postings": [],
    }


MARCH = """\
date,number,kind,space,account,amount,text
2026-03-15,INV-2026-0001,upgrade,acme,Assets:Receivable,302.50,"Acme; ""Söhne"" | \\ & Co"
2026-03-15,INV-2026-0001,upgrade,acme,Income:Subscriptions,-250.00,"Acme; ""Söhne"" | \\ & Co"
2026-03-15,INV-2026-0001,upgrade,acme,Liabilities:VAT,-52.50,"Acme; ""Söhne"" | \\ & Co"
2026-03-15,INV-2026-0002,upgrade,acme,Assets:Receivable,151.25,"Acme; ""Söhne"" | \\ & Co"
2026-03-15,INV-2026-0002,upgrade,acme,Income:Subscriptions,-125.00,"Acme; ""Söhne"" | \\ & Co"
2026-03-15,INV-2026-0002,upgrade,acme,Liabilities:VAT,-26.25,"Acme; ""Söhne"" | \\ & Co"
2026-03-15,INV-2026-0003,credit,acme,Assets:Receivable,-151.25,"Acme; ""Söhne"" | \\ & Co"
2026-03-15,INV-2026-0003,credit,acme,Income:Subscriptions,125.00,"Acme; ""Söhne"" | \\ & Co"
2026-03-15,INV-2026-0003,credit,acme,Liabilities:VAT,26.25,"Acme; ""Söhne"" | \\ & Co"
2026-03-20,P-2026-0007,receipt,atelier,Assets:Card,70.00,4711; |x
2026-03-20,P-2026-0007,receipt,atelier,Assets:Receivable,-70.00,4711; |x
"""


def test_a_row_a_posting(book: Cli) -> None:
    """payments.md 10: by the day, whole."""
    assert book("journal", "--until", "2026-03-31").text == MARCH
    assert book("journal", "--until", "2026-03-31", "--as", "csv").text == MARCH
    assert book("journal", "--until", "2026-03-31", "--format", "csv").text == MARCH
    assert book("journal", "--until", "2026-03-31", "--as", "csv", SUBCTL_FORMAT="json").text == MARCH
    assert book("journal", "--since", "2026-03-20", "--until", "2026-03-20", "--json").json["postings"] == rows(
        "".join(line for line in MARCH.splitlines(keepends=True) if line[:4] == "date" or "P-2026" in line)
    )


LEDGER = """\
2026-03-15 (INV-2026-0003) acme: Acme "Söhne" \\ & Co
    ; kind: credit
    ; space: acme
    Assets:Receivable            -151.25 EUR
    Income:Subscriptions          125.00 EUR
    Liabilities:VAT                26.25 EUR

2026-03-20 (P-2026-0007) atelier: 4711 x
    ; kind: receipt
    ; space: atelier
    Assets:Card                    70.00 EUR
    Assets:Receivable             -70.00 EUR
"""
BEANCOUNT = """\
option "operating_currency" "EUR"
2026-03-20 open Assets:Receivable
2026-03-20 open Assets:Bank
2026-03-20 open Assets:Card
2026-03-20 open Assets:Cash
2026-03-20 open Assets:Other
2026-03-20 open Liabilities:VAT
2026-03-20 open Liabilities:Deferred
2026-03-20 open Income:Subscriptions

2026-03-20 * "atelier" "4711; |x" ^P-2026-0007
  number: "P-2026-0007"
  kind: "receipt"
  Assets:Card                    70.00 EUR
  Assets:Receivable             -70.00 EUR
"""


def test_ledger_and_beancount(book: Cli) -> None:
    """payments.md 10: both carry the number, whole; what would end a description is left out of it."""
    found = book("journal", "--until", "2026-03-31", "--as", "ledger").text
    assert found.partition("(INV-2026-0003)")[2] == LEDGER.partition("(INV-2026-0003)")[2]
    words = ("journal", "--since", "2026-03-16", "--until", "2026-03-31")
    assert book(*words, "--as", "beancount").text == BEANCOUNT
    assert book(*words, "--as", "beancount", SUBCTL_LANG="fr", SUBCTL_FORMAT="json").text == BEANCOUNT


def test_what_a_payment_without_a_reference_says(book: Cli) -> None:
    """payments.md 10: the space alone."""
    assert " (P-2026-0001) acme\n" in book("journal", "--as", "ledger").text


@pytest.mark.parametrize("words", [(), ("--deferred",), ("--deferred", "--until", "2027-12-31")], ids=" ".join)
def test_its_sums_are_those_of_the_book(book: Cli, words: tuple[str, ...]) -> None:
    """payments.md 10: receivables are documents - payments to the cent; of one number all sums to 0."""
    postings = rows(book("journal", *words).text)
    assert summed(balances(postings)) == by_the_book(book)
    sums: Counter[str] = Counter()
    for row in postings:
        sums[row["number"]] += Decimal(row["amount"])  # type: ignore[assignment]
    assert set(sums.values()) == {Decimal(0)}
    assert all(before["date"] <= after["date"] for before, after in pairwise(postings))


@pytest.mark.parametrize("words", [(), ("--deferred", "--until", "2026-09-15")], ids=" ".join)
def test_beancount_agrees(book: Cli, words: tuple[str, ...]) -> None:
    """payments.md 12: judged by the program itself, its balances to the cent."""
    assert judged(book("journal", *words, "--as", "beancount").text) == balances(rows(book("journal", *words).text))


def test_what_is_earned_by_a_day(book: Cli) -> None:
    """payments.md 10: deferred revenue goes down month by month, to nothing; each window goes on where one ended."""
    whole = rows(book("journal", "--deferred", "--until", "2027-06-30").text)
    assert "Liabilities:Deferred" not in balances(whole)
    first = rows(book("journal", "--deferred", "--until", "2026-08-14").text)
    rest = rows(book("journal", "--deferred", "--since", "2026-08-15", "--until", "2027-06-30").text)
    assert first + rest == whole
    year = [row for row in whole if (row["number"], row["account"]) == (whole[-1]["number"], "Income:Subscriptions")]
    assert (len(year), year[0]["date"], year[-1]["date"]) == (12, "2026-07-31", "2027-06-30")
    assert {row["kind"] for row in year} == {"earned"}


def test_many_are_read_some_at_a_time(book: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """safety.md: no writer waits for a journal; what comes out is the same."""
    whole = book("journal", "--deferred").text
    monkeypatch.setattr(service, "_BATCH", 2)
    assert book("journal", "--deferred").text == whole


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--as", "ledger", "--json"), "--as does nothing beside --format json."),
        (("--as", "csv", "--format", "csv"), "--as does nothing beside --format csv."),
        (("--as", "ledger", "--fields", "since"), "--fields does nothing beside --as ledger."),
    ],
)
def test_words_that_do_not_fit(demo: Cli, words: tuple[str, ...], message: str) -> None:
    """docs/scripting.md: a form is asked for once, and only rows have fields."""
    done = demo("journal", *words)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_check_holds_the_journal_to_the_book(book: Cli) -> None:
    """payments.md 10: where nothing else is wrong, its sums are those of the documents."""
    assert book("check", "--json").json["problems"] == []
    with reading(caller(book, "check")) as session:
        assert [*journal_faults(session.connection)] == []
    book.tamper("UPDATE invoices SET total = total + 1 WHERE id = 20260000000001", checks=False)
    with reading(caller(book, "check")) as session:
        (found,) = journal_faults(session.connection)
    assert (found.code, found.document, found.message) == (
        "journal",
        None,
        "The journal's sums are not those of the documents.",
    )


def test_check_holds_what_is_earned_to_each_invoice(book: Cli) -> None:
    """payments.md 10: a line whose period has no months would never be earned; its seal is altered, too."""
    ((lines,),) = book.sql("SELECT lines FROM invoices WHERE id = 20260000000001")
    kept = json.loads(lines)
    for line in kept["lines"]:
        line["period"]["end"] = line["period"]["start"]
    book.tamper(f"UPDATE invoices SET lines = '{json.dumps(kept)}' WHERE id = 20260000000001")
    done = json.loads(book("check", "--json").out)
    assert ("INV-2026-0001", "What is earned of the invoice month by month is not its net.") in [
        (each["document"], each["message"]) for each in done["problems"]
    ]


def test_a_spaces_administrator_sees_none(demo: Cli) -> None:
    """payments.md 10: it is the whole book's."""
    demo.sql("UPDATE administrators SET space = 'acme'")
    assert demo("journal", "--json").refusal[1] == "not_administrator"
