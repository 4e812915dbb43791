"""Statements and the store: several processes, what moves between preview and answer, and how much memory is taken."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from subctl.domain.errors import SubctlError
from subctl.service import matcher, statements
from subctl.service.spool import Spool
from subctl.service.statement_file import Told
from subctl.service.text_file import text_file
from tests.support.callers import caller
from tests.support.camt import Camt, Entry, Tx
from tests.support.memory import peak
from tests.support.paying import LIVED, ONE, TWO, numbers, owed

DAY = "2026-05-30"
IBAN = "DE02120300000000202051"
PAYS = tuple(
    Entry(amount, DAY, ref=ref).of(Tx(text)) for amount, ref, text in (("302.50", "B1", ONE), ("181.50", "B2", TWO))
)


@pytest.fixture
def lived(cli):
    """The demo on 1 June, with open invoices."""
    return cli.prepare(*LIVED)


def file_of(cli, *entries):
    """Write a statement, and return its place."""
    path = cli.home / "s.xml"
    path.write_text(Camt().text(*entries))
    return str(path)


def test_two_processes_that_enter_the_same_statement(lived):
    """payments.md 11: one enters it, the other one changes nothing."""
    words = [sys.executable, "-m", "subctl", "pay", "--from", file_of(lived, *PAYS), "--yes", "--json"]
    for _ in range(3):
        before = lived.bytes
        both = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=lived.environment({})) for _ in range(2)]
        found = [json.loads(each.communicate()[0]) for each in both]
        assert [each.returncode for each in both] == [0, 0]
        assert sorted(each["changed"] for each in found) == [False, True]
        assert sorted(each["known"] for each in found) == [0, 2]
        assert [row[0] for row in lived.sql("SELECT amount FROM payments ORDER BY id")] == [30250, 18150]
        assert lived("check", "--json").json["problems"] == []
        lived.put(before)


def previewed(cli, told):
    """Return what is shown of a statement before anybody agrees to it."""
    return statements.preview_statement(caller(cli, "pay", "2026-06-01"), told, [])


def test_what_moved_since_the_preview(lived):
    """payments.md 10: what was agreed to is entered, or nothing; what another one has entered meanwhile is no harm."""
    who = caller(lived, "pay", "2026-06-01")
    with Spool[Told]() as told:
        statements.read_file(who, text_file(file_of(lived, *PAYS)), told)
        preview = previewed(lived, told)
        assert (preview.changed, preview.numbers, preview.counts["sure"]) == (True, None, 2)
        lived("pay", TWO, "--amount", "5", "--yes")
        with pytest.raises(SubctlError) as refused:
            statements.enter_statement(who, told, [], preview)
        assert (refused.value.code, refused.value.message) == (
            "expectation_failed",
            "What is open has changed since this preview.",
        )
        assert owed(lived, "acme") == ({ONE: "302.50"}, "0.00")
        preview = previewed(lived, told)
        entered = statements.enter_statement(who, told, [], preview)
        assert (entered.numbers, entered.digest) == (("P-2026-0002", "P-2026-0002"), preview.digest)
        again = statements.enter_statement(who, told, [], preview)
        assert (again.changed, again.numbers) == (False, None)


def test_what_is_kept_in_mind_makes_no_difference(lived, monkeypatch):
    """payments.md 11: spaces that were looked at are forgotten, payments written in batches; the book is the same."""
    monkeypatch.setattr(statements, "BATCH", 2)
    monkeypatch.setattr(matcher, "MOST_STANDINGS", 1)
    parts = [Entry("50.00", DAY, ref=f"x{number}").of(Tx(f"{ONE} INV-2026-9999", iban=IBAN)) for number in range(7)]
    entries = [*parts[:4], *PAYS, Entry("1.00", DAY, ref="r").of(Tx(TWO)), Entry("1.00", DAY).of(Tx(TWO)), *parts[4:]]
    lived("space", "set", "acme", "--iban", IBAN)
    found = lived("pay", "--from", file_of(lived, *entries), "--yes", "--json")
    assert found.code == 4
    bookings = json.loads(found.out)["bookings"]
    assert [booking["state"] for booking in bookings] == [
        *["sure"] * 4,
        "proposed",
        "sure",
        "proposed",
        "proposed",
        *["sure"] * 3,
    ]
    assert owed(lived, "acme") == ({}, "47.50")
    assert [booking["payment"] for booking in bookings if booking["payment"]] == numbers(lived)[::-1]
    assert lived("check", "--json").json["problems"] == []


def test_progress_is_told_while_a_file_is_read_and_while_it_is_entered(lived):
    """What is read is counted against the size of the file, what is entered against all of it."""
    many = [Entry("5.00", DAY, ref=f"x{number}") for number in range(1200)]
    who, read, done = caller(lived, "pay", "2026-06-01"), [], []
    with Spool[Told]() as told:
        statements.read_file(
            who, text_file(file_of(lived, *many)), told, lambda count, total: read.append((count, total))
        )
        statements.enter_statement(who, told, [], None, lambda count, total: done.append((count, total)))
    assert [count for count, _ in read] == [500, 1000]
    assert all(count <= total <= 1400 for count, total in read)
    assert done == [(count, 1200) for count in range(1, 1201)]


def peak_of(cli, count):
    """Return how much memory, in megabytes, a statement of so many bookings takes at most."""
    path = cli.home / "long.xml"
    camt = Camt()
    head, tail = camt.text().split("</Stmt>")
    with path.open("w") as file:
        file.write(head)
        for number in range(count):
            entry = Entry("5.00", DAY, ref=f"x{number}" if number % 2 else None).of(Tx(f"{ONE} {number}", name="Acme"))
            file.write(camt.text(entry)[len(head) : -len(tail) - len("</Stmt>")])
        file.write(f"</Stmt>{tail}")
    return peak(cli, "pay", "--from", str(path), "--dry-run", "--json", code=4)


def test_memory_hardly_grows_with_the_file(lived):
    """payments.md 11: 100,000 bookings stream in bounded memory: a few hundred bytes for each."""
    few, many = peak_of(lived, 500), peak_of(lived, 10_000)
    assert many - few < 8
