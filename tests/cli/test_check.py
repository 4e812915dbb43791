"""`subctl check`: whatever was changed behind subctl's back is found, and the document is named (pricing.md 7.3)."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.documents import validated

LIFE = (
    ("quote", "--plan", "pro", "--users", "20"),
    ("order", "Q-2026-0001"),
    ("upgrade", "--users", "25", "--yes", "--today", "2026-03-16"),
    ("withdraw", "O-2026-0002", "--yes", "--today", "2026-03-17"),
    ("downgrade", "--users", "8", "--space", "atelier", "--yes", "--today", "2026-03-20"),
    ("bill", "--today", "2026-04-01"),
    ("bill", "--today", "2026-05-01"),
    ("quote", "--users", "12", "--space", "atelier", "--today", "2026-05-10"),
    ("cancel", "--yes", "--today", "2026-05-15"),
)
"""INV-1 is order 1's upgrade, INV-2 order 2's, INV-3 its credit note, INV-4 and INV-5 are atelier's months."""

INV_1, INV_2, INV_3, INV_4, INV_5 = (20260000000000 + place for place in range(1, 6))


@pytest.fixture
def lived(cli):
    """A store with every kind of document in it."""
    return cli.prepare(("init", "--demo"), *LIFE)


def tamper(cli, *statements):
    """Change the store as somebody with its file could: without triggers and foreign keys, then put them back."""
    with closing(sqlite3.connect(cli.store, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            done = connection.execute(statement)
            assert done.rowcount > 0, statement
        for _, sql in triggers:
            connection.execute(sql)


def problems(cli, *words):
    """Return what a check finds, as code, document and message each; it says so by exit 8 and by `ok`."""
    done = cli("check", *words, "--json")
    assert done.err == ""
    document = validated(json.loads(done.out))
    assert (done.code, document["ok"]) == ((8, False) if document["problems"] else (0, True))
    return [(one["code"], one["document"], one["message"]) for one in document["problems"]]


def said(code, document, message):
    return code, document, message


WRONG_INVOICE = "The invoice says something else than the rules."
WRONG_SUMS = "The invoice's sums are not those of its lines."
WRONG_ORDER = "The order says something else than the rules."
WRONG_QUOTE = "The quote says something else than the rules."


def test_a_sound_store(lived):
    """pricing.md 7.3: the whole document; the head is the hash of the newest entry of the history."""
    head = lived("history", "--limit", "1", "--json").json["head"]
    assert lived("check", "--json").json == {
        "schema": "check/1",
        "ok": True,
        "counts": {"spaces": 2, "quotes": 2, "orders": 4, "invoices": 5, "history": 12},
        "problems": [],
        "head": head,
    }


def test_what_people_see_of_a_sound_store(lived):
    """pricing.md 7.3: what was checked, and the head to keep elsewhere."""
    head = lived("check", "--json").json["head"]
    assert lived("check").text == (
        "The book is right.\n"
        "Checked 2 spaces, 2 quotes, 4 orders, 5 invoices, 12 history.\n"
        f"The history ends with {head}\n"
    )


def test_a_check_writes_nothing(lived):
    """pricing.md 7.3: not even an entry of the history."""
    before = lived.bytes
    problems(lived)
    assert lived.bytes == before


def test_a_space_administrator_can_not_check_the_store(lived):
    """pricing.md 5: it is the store administrators' to look at everything."""
    lived.sql("UPDATE administrators SET space = 'acme'")
    assert lived("check", "--json").refusal[:2] == (7, "not_administrator")


# --- one thing changed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("invoice", "name"), [(INV_1, "INV-2026-0001"), (INV_4, "INV-2026-0004")])
def test_any_digit_of_any_line_of_an_invoice(lived, invoice, name):
    """pricing.md 7.3: that invoice is named, whichever digit it is."""
    ((lines,),) = lived.sql("SELECT lines FROM invoices WHERE id = ?", invoice)
    digits = [place for place, letter in enumerate(lines) if letter.isdigit()]
    assert len(digits) > 40
    silent = []
    for place in digits:
        other = str((int(lines[place]) + 1) % 10)
        tamper(lived, f"UPDATE invoices SET lines = '{lines[:place]}{other}{lines[place + 1 :]}' WHERE id = {invoice}")
        if name not in [document for _, document, _ in problems(lived)]:
            silent.append(f"{lines[:place]}[{other}]{lines[place + 1 :]}")
    assert silent == []


@pytest.mark.parametrize(
    ("table", "where", "code"),
    [("orders", "id = 20260000000001", "order"), ("quotes", "id = 20260000000001", "quote"),
     ("orders", "id = 20260000000003", "order"), ("quotes", "id = 20260000000002", "quote"),
     ("orders", "id = 20260000000002", "order"), ("orders", "id = 20260000000004", "order")],
)  # fmt: skip
def test_any_digit_of_an_order_or_a_quote(lived, table, where, code):
    """pricing.md 7.3: amounts, days, numbers of other documents: what it says is what was recomputed."""
    ((document,),) = lived.sql(f"SELECT document FROM {table} WHERE {where}")
    assert problems(lived) == []
    digits = [place for place, letter in enumerate(document) if letter.isdigit()]
    silent = []
    for place in digits[::5]:
        other = str((int(document[place]) + 1) % 10)
        changed = f"{document[:place]}{other}{document[place + 1 :]}"
        tamper(lived, f"UPDATE {table} SET document = '{changed}' WHERE {where}")
        if not problems(lived):
            silent.append(f"{document[max(0, place - 40) : place]}[{other}]{document[place + 1 : place + 20]}")
    assert silent == []


CASES = {
    "a column of an invoice's sums": (
        [f"UPDATE invoices SET net = net + 1, total = total + 1 WHERE id = {INV_4}"],
        [],
    ),
}


def test_a_kept_head_is_found_or_missed(lived):
    """pricing.md 7.3: a hash kept elsewhere shows a history that was written anew."""
    kept = lived("check", "--json").json["head"]
    lived("upgrade", "--users", "9", "--space", "atelier", "--yes")
    assert problems(lived, "--head", kept) == []
    absent = "0123456789abcdef" * 4
    assert problems(lived, "--head", absent) == [
        said("head", None, f"The history no longer holds {absent}: it was rewritten.")
    ]


# --- the file -------------------------------------------------------------------------------------------------------


def test_any_page_of_the_file(lived):
    """pricing.md 7.3: with all bytes of a page turned around the store is not sound, and it is never a bug."""
    content = lived.bytes
    size = int.from_bytes(content[16:18])
    for start in range(0, len(content), size):
        page = bytes(255 - byte for byte in content[start : start + size])
        lived.store.write_bytes(content[:start] + page + content[start + size :])
        done = lived("check", "--json")
        assert (done.code, bool(done.out), start) == (8, not done.err, start), (done.out, done.err)
