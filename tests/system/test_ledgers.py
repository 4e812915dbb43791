"""The journal under hledger and ledger themselves (payments.md 12)."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from decimal import Decimal

import pytest

from tests.support import journals, year_of_payments
from tests.support.cli import Cli
from tests.support.journals import balances, rows

INSTALL = "apt-get install -y hledger ledger"


@pytest.fixture(autouse=True)
def installed() -> None:
    """Both programs are there."""
    assert shutil.which("hledger"), INSTALL
    assert shutil.which("ledger"), INSTALL


@pytest.fixture
def book(cli: Cli) -> Cli:
    """A book with every kind of document and payment in it."""
    return journals.lived(cli)


def run(*words: str) -> str:
    """Return the stdout of a program that went well and said nothing else."""
    done = subprocess.run(words, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def hledger(file: str) -> dict[str, Decimal]:
    """Return the balances by hledger, after its strict check."""
    run("hledger", "-f", file, "check", "ordereddates", "balancednoautoconversion")
    found = csv.DictReader(io.StringIO(run("hledger", "-f", file, "balance", "--flat", "-N", "-O", "csv")))
    return {row["account"]: Decimal(row["balance"].removesuffix(" EUR")) for row in found}


def ledger(file: str) -> dict[str, Decimal]:
    """Return the balances by ledger."""
    found = run("ledger", "-f", file, "balance", "--flat", "--no-total", "--format", "%(account)|%(total)\n")
    pairs = (line.split("|") for line in found.splitlines())
    return {account: Decimal(amount.removesuffix(" EUR")) for account, amount in pairs}


def agree(book: Cli, *words: str) -> None:
    """Hold a journal to be accepted by both, with the balances of the CSV to the cent."""
    file = book.home / "book.ledger"
    file.write_text(book("journal", *words, "--as", "ledger").text, encoding="utf-8")
    expected = balances(rows(book("journal", *words).text))
    assert (hledger(str(file)), ledger(str(file))) == (expected, expected)


@pytest.mark.parametrize("words", [(), ("--deferred", "--until", "2026-09-15")], ids=" ".join)
def test_both_agree(book: Cli, words: tuple[str, ...]) -> None:
    """payments.md 10: of every kind of document and payment."""
    agree(book, *words)


def test_both_agree_on_a_year(cli: Cli) -> None:
    """payments.md 10: from bill to journal; what is deferred at its end, and when all is earned."""
    year_of_payments.lived(cli)
    agree(cli)
    agree(cli, "--deferred")
    agree(cli, "--deferred", "--until", "2027-06-30")


def test_both_carry_the_number(book: Cli) -> None:
    """payments.md 10: as the code of each entry; and whose it is, and of what kind."""
    text = book("journal", "--as", "ledger").text
    file = book.home / "book.ledger"
    file.write_text(text, encoding="utf-8")
    numbers = re.findall(r"^\d{4}-\d\d-\d\d \((.*)\) ", text, re.MULTILINE)
    assert numbers == [*dict.fromkeys(row["number"] for row in rows(book("journal").text))]
    said = run("hledger", "-f", str(file), "register", "code:INV-2026-0003", "tag:kind=credit", "tag:space=acme")
    assert "151.25 EUR" in said
    assert "151.25 EUR" in run("ledger", "-f", str(file), "register", "code", "INV-2026-0003")
