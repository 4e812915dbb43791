"""`subctl check`: whatever was changed behind subctl's back is found, and the document is named (pricing.md 7.3)."""

from __future__ import annotations

import json

import pytest

from subctl.store import tables
from tests.support.documents import validated, validated_error
from tests.support.stores import LIFE


@pytest.fixture
def lived(cli):
    """A store with every kind of document in it."""
    return cli.prepare(("init", "--demo"), *LIFE)


def said(count):
    """Return what stands on stderr beside the document of a check that found so many problems."""
    found = "1 problem" if count == 1 else f"{count} problems"
    hint = "subctl check names them; subctl restore FILE brings a backup back."
    document = {"error": {"code": "check_failed", "message": f"The check found {found}.", "hint": hint}}
    validated_error(document)
    return json.dumps(document, indent=2) + "\n"


def problems(cli, *words):
    """Return what a check finds, as code, document and message each; it says so by exit 8 and by `ok`."""
    done = cli("check", *words, "--json")
    document = validated(json.loads(done.out))
    assert (done.code, document["ok"]) == ((8, False) if document["problems"] else (0, True))
    assert done.err == (said(len(document["problems"])) if document["problems"] else "")
    return [(one["code"], one["document"], one["message"]) for one in document["problems"]]


def named(cli):
    """Return the documents that a check names."""
    return {name for _, documents, _ in problems(cli) if documents for name in documents.split(", ")}


def test_a_sound_store(lived):
    """pricing.md 7.3: the whole document; the head is the hash of the newest entry of the history."""
    head = lived("history", "--limit", "1", "--json").json["head"]
    assert lived("check", "--json").json == {
        "schema": "check/1",
        "ok": True,
        "counts": {
            "spaces": 2,
            "quotes": 2,
            "orders": 4,
            "invoices": 5,
            "history": 12,
            "payments": 0,
            "collections": 0,
            "reminders": 0,
        },
        "problems": [],
        "head": head,
    }


def test_what_people_see_of_a_sound_store(lived):
    """pricing.md 7.3: what was checked, and the head to keep elsewhere."""
    head = lived("check", "--json").json["head"]
    assert lived("check").text == (
        "Every document is as it should be.\n"
        "Checked: spaces 2, quotes 2, orders 4, invoices 5, payments 0, collections 0, reminders 0, history 12.\n"
        f"The history ends with\n{head}\n"
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


# --- one thing changed, and the document that must be named ---------------------------------------------------------


ID = "20260000000000"
INVOICES = {
    "the net sum": "net = net + 1, total = total + 1",
    "the VAT": "vat = vat + 1, total = total + 1",
    "the net sum and the VAT, so that the total stays": "net = net + 1, vat = vat - 1",
    "the rate of the VAT": "vat_rate = 200000",
    "the category of the VAT": "vat_category = 'O'",
    "the note on the VAT": "vat_note = 'Reverse charge'",
    "the day it is due": "due_date = '2026-12-31'",
    "the start of its period": "start = '2026-03-31'",
    "the end of its period": "\"end\" = '2026-07-02'",
    "its lines, which are none": "lines = '[]'",
    "its lines, which are not to be read": "lines = 'x'",
}


@pytest.mark.parametrize("place", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("change", INVOICES.values(), ids=INVOICES)
def test_an_invoice_of_which_one_thing_was_changed(lived, place, change):
    """pricing.md 7.3: upgrade, withdrawn upgrade, credit note, and both recurring ones: each is named."""
    lived.tamper(f"UPDATE invoices SET {change} WHERE id = {ID[:-1]}{place}")
    assert f"INV-2026-000{place}" in named(lived)


_BUT_ID = ", ".join(f'"{column}"' for column in tables.INVOICES.columns[1:])
FOUND = {
    # invoices
    "INV-2026-0001": {
        "an upgrade invoice dated a day later": "UPDATE invoices SET date = '2026-03-16' WHERE id = {1}",
        "an upgrade invoice dated a year earlier": "UPDATE invoices SET date = '2025-04-02' WHERE id = {1}",
        "an upgrade invoice of no order": 'UPDATE invoices SET "order" = NULL WHERE id = {1}',
        "an upgrade invoice of another order": 'UPDATE invoices SET "order" = {3} WHERE id = {1}',
        "an upgrade invoice of another space": "UPDATE invoices SET space = 'atelier' WHERE id = {1}",
    },
    "INV-2026-0002": {
        "a number that leaves a gap": "DELETE FROM invoices WHERE id = {1}",
    },
    "INV-2026-0003": {
        "a credit note's line": "UPDATE invoices SET lines = replace(lines, '-22500', '-22501') WHERE id = {3}",
        "a credit note of another invoice": "UPDATE invoices SET credits = {1} WHERE id = {3}",
    },
    "INV-2026-0004": {
        "a recurring invoice dated before its period": "UPDATE invoices SET date = '2026-03-30' WHERE id = {4}",
        "a recurring invoice dated a day later": "UPDATE invoices SET date = '2026-04-02' WHERE id = {4}",
        "a recurring invoice of another kind": "UPDATE invoices SET kind = 'upgrade' WHERE id = {4}",
    },
    "INV-2026-0005": {
        "a number that leaves a gap before a recurring invoice": "DELETE FROM invoices WHERE id = {4}",
        "a contract that is billed less far": "UPDATE contracts SET billed_until = '2026-05-01'"
        " WHERE space = 'atelier'",
    },
    "INV-2026-0006": {
        "an invoice issued twice": f"INSERT INTO invoices (id, {_BUT_ID}) SELECT id + 1, {_BUT_ID} FROM invoices"
        " WHERE id = {5}",
    },
    # orders, withdrawals
    "O-2026-0001": {
        "an order of another day": "UPDATE orders SET date = '2026-03-16' WHERE id = {1}",
        "an order of another kind": "UPDATE orders SET kind = 'downgrade' WHERE id = {1}",
        "an order without its quote": "UPDATE orders SET quote = NULL WHERE id = {1}",
        "an order of another quote": "UPDATE orders SET quote = {2} WHERE id = {1}",
        "an order of which nothing is left": "UPDATE orders SET document = '{{}}' WHERE id = {1}",
        "an order that can not be read": "UPDATE orders SET document = 'x' WHERE id = {1}",
        "an order whose start can not be read": "UPDATE orders SET before = 'x' WHERE id = {1}",
        "an order that started elsewhere": "UPDATE orders SET before = replace(before, '2026-07-01', '2026-08-01')"
        " WHERE id = {1}",
        "an upgrade invoice that is gone": "DELETE FROM invoices WHERE id = {1}",
    },
    "O-2026-0002": {
        "a withdrawal without its credit note": "UPDATE withdrawals SET credit_note = NULL",
        "a withdrawal with another credit note": "UPDATE withdrawals SET credit_note = {1}",
        "a withdrawal of another day": "UPDATE withdrawals SET date = '2026-03-18'",
        "a withdrawal that is gone": "DELETE FROM withdrawals",
    },
    "O-2026-0003": {
        "an order of another space": "UPDATE orders SET space = 'acme' WHERE id = {3}",
        "an order before the one before it": "UPDATE orders SET date = '2026-03-14' WHERE id = {3}",
    },
    "O-2026-0004": {
        "an order that is gone": "DELETE FROM orders WHERE id = {3}",
        "a cancellation of which nothing is left": "UPDATE orders SET document = '[]' WHERE id = {4}",
        "a cancellation of another day": "UPDATE orders SET date = '2026-05-16' WHERE id = {4}",
    },
    # quotes
    "Q-2026-0001": {
        "a quote that holds longer": "UPDATE quotes SET valid_until = '2027-01-01' WHERE id = {1}",
        "a quote that goes stale later": "UPDATE quotes SET boundary = '2027-07-01' WHERE id = {1}",
        "a quote with another VAT": "UPDATE quotes SET vat_rate = 90000 WHERE id = {1}",
        "a quote that can not be read": "UPDATE quotes SET document = 'x' WHERE id = {1}",
    },
    "Q-2026-0002": {
        "a quote of another day": "UPDATE quotes SET date = '2026-05-11' WHERE id = {2}",
        "a quote that leaves a gap": "DELETE FROM quotes WHERE id = {1}",
        "an open quote that holds longer": "UPDATE quotes SET valid_until = '2027-01-01' WHERE id = {2}",
    },
}
CASES = [
    pytest.param(document, statement, id=f"{document}: {what}")
    for document, cases in FOUND.items()
    for what, statement in cases.items()
]


@pytest.mark.parametrize(("document", "statement"), CASES)
def test_the_document_that_was_changed_is_named(lived, document, statement):
    """pricing.md 7.1, 7.3: what was changed, or what shows that something before it is gone."""
    lived.tamper(statement.format(0, *(f"{ID[:-1]}{place}" for place in range(1, 6))))
    assert document in named(lived)


LOST = {
    "the last recurring invoice": "DELETE FROM invoices WHERE id = {5}",
    "the cancellation": "DELETE FROM orders WHERE id = {4}",
    "an end that nobody ordered": "UPDATE contracts SET \"end\" = '2026-07-01' WHERE space = 'atelier'",
    "an end that was moved": "UPDATE contracts SET \"end\" = '2027-07-01' WHERE space = 'acme'",
    "an end that was taken out": "UPDATE contracts SET \"end\" = NULL WHERE space = 'acme'",
    "a withdrawal of a change that counts": "INSERT INTO withdrawals VALUES ({3}, '2026-05-20', NULL)",
    "a withdrawal of a cancellation that counts": "INSERT INTO withdrawals VALUES ({4}, '2026-05-20', NULL)",
    "an invoice whose number is none": "UPDATE invoices SET id = 5 WHERE id = {5}",
    "an order whose number is none": "UPDATE orders SET id = -1 WHERE id = {4}",
    "a step of other users": "UPDATE steps SET users = 21 WHERE space = 'acme' AND start > '2026'",
    "a first step of other users": "UPDATE steps SET users = 11 WHERE space = 'atelier' AND start < '2026'",
    "a step on another day": "UPDATE steps SET start = '2026-05-01' WHERE space = 'acme' AND start > '2026'",
    "a step with another promise": """UPDATE steps SET rates = '{{"users":1,"zoom":2500000}}'"""
    " WHERE space = 'acme' AND start > '2026'",
    "another renewal date": "UPDATE steps SET anchor = '2026-08-01' WHERE space = 'acme'",
    "a step": "DELETE FROM steps WHERE space = 'acme' AND start > '2026'",
    "all steps": "DELETE FROM steps WHERE space = 'acme'",
    "a contract": "DELETE FROM contracts WHERE space = 'acme'",
    "a space": "DELETE FROM spaces WHERE id = 'acme'",
    "a contract that is billed further": "UPDATE contracts SET billed_until = '2026-07-01' WHERE space = 'atelier'",
    "a contract that is billed into a month": "UPDATE contracts SET billed_until = '2026-05-20'"
    " WHERE space = 'atelier'",
    "a contract that was billed from earlier on": "UPDATE contracts SET first_billed = '2026-03-01'"
    " WHERE space = 'atelier'",
    "a contract that begins later": "UPDATE contracts SET billed_from = '2025-08-01' WHERE space = 'atelier'",
    "a buyer": "DELETE FROM buyers WHERE id = 1",
    "a buyer that is not there": "UPDATE spaces SET buyer = 99 WHERE id = 'acme'",
    "a buyer's country": "UPDATE buyers SET country = 'US' WHERE id = 1",
    "a default space that is not there": "UPDATE store SET default_space = 'gone'",
    "a price of the catalog": "UPDATE catalogs SET content = replace(content, '\"180.00\"', '\"181.00\"')",
    "an entry of the history": "UPDATE history SET detail = replace(detail, '20', '21') WHERE id = 5",
    "who made an entry of the history": "UPDATE history SET account = 'nobody' WHERE id = 5",
    "an entry's hash": "UPDATE history SET hash = 'x' WHERE id = 5",
    "an entry of the history that is gone": "DELETE FROM history WHERE id = 5",
    "the first entry of the history": "DELETE FROM history WHERE id = 1",
    "all of the history": "DELETE FROM history",
}


@pytest.mark.parametrize("statement", LOST.values(), ids=LOST)
def test_what_is_no_document_is_found_too(lived, statement):
    """pricing.md 7.3: contracts, price steps, catalogs, buyers and the history."""
    lived.tamper(statement.format(0, *(f"{ID[:-1]}{place}" for place in range(1, 6))))
    assert problems(lived) != []


INV = "INV-2026-000"
STATE = ("state", None, "The state of the store is not what entry 12 of the history sealed.")
SEALED = {
    "a buyer's name": (
        "UPDATE buyers SET name = 'Acne' WHERE id = 1",
        (f"{INV}1, {INV}2, {INV}3", "The buyer details are not what entry 2 of the history sealed."),
    ),
    "a buyer's address": (
        "UPDATE buyers SET address = 'Elsewhere' WHERE id = 2",
        (f"{INV}4, {INV}5", "The buyer details are not what entry 3 of the history sealed."),
    ),
    "the seller's bank account": (
        """UPDATE catalogs SET content = replace(content, 'NL91ABNA0417164300', 'NL20INGB0001234567')""",
        (
            f"{INV}1, {INV}2, {INV}3, {INV}4, {INV}5",
            "The catalog details are not what entry 1 of the history sealed.",
        ),
    ),
    "whose buyer's details an invoice has": (
        f"UPDATE invoices SET buyer = 1 WHERE id = {ID[:-1]}4",
        (f"{INV}4", f"{INV}4 is not what entry 9 of the history sealed."),
    ),
    "a buyer that no entry brought": (
        "INSERT INTO buyers (id, name, country) VALUES (3, 'Acme', 'NL')",
        (None, "The buyer details are in no entry of the history."),
    ),
}


@pytest.mark.parametrize(("statement", "found"), SEALED.values(), ids=SEALED)
def test_what_no_rule_gives_is_held_to_its_seal(lived, statement, found):
    """pricing.md 7.1, 7.3: what an invoice prints of its buyer and seller; the invoices concerned are named."""
    lived.tamper(statement)
    assert problems(lived) == [("seal", *found), *([] if "UPDATE invoices" in statement else [STATE])]


def test_of_many_invoices_sealed_together_the_rules_find_the_one(lived):
    """pricing.md 7.3: the seal of a bill run covers all of its invoices, and accuses none that is right."""
    for space in ("b", "c", "d"):
        lived("space", "add", space, "--name", "N", "--plan", "pro", "--users", "3", "--start", "2026-05-15")
    lived("bill", "--today", "2026-06-01")
    lived.tamper(f"UPDATE invoices SET net = net + 1, total = total + 1 WHERE id = {ID[:-1]}7")
    assert {document for _, document, _ in problems(lived)} == {f"{INV}7"}
    lived.tamper(f"UPDATE invoices SET net = net - 1, total = total - 1, buyer = 1 WHERE id = {ID[:-1]}7")
    assert problems(lived) == [
        ("seal", None, f"The invoices {INV}6 to {INV}9 are not what entry 16 of the history sealed.")
    ]


def test_a_seal_that_can_not_be_read(lived):
    """pricing.md 7.3: is said, and the entry was altered."""
    lived.tamper("UPDATE history SET seal = 'x' WHERE id = 5")
    assert problems(lived) == [
        ("history", None, "Entry 5 of the history was altered."),
        ("seal", None, "The seal of entry 5 of the history can't be read."),
    ]


UNREADABLE = {
    "no settings": "DELETE FROM store",
    "no catalogs": "DELETE FROM catalogs",
    "a catalog that can not be read": "UPDATE catalogs SET content = 'x'",
    "a catalog of which nothing is left": "UPDATE catalogs SET content = '{}'",
}


@pytest.mark.parametrize("statement", UNREADABLE.values(), ids=UNREADABLE)
def test_a_store_that_can_not_even_be_opened_is_damaged(lived, statement):
    """pricing.md 7.3: said by every command as it is, and never as a bug."""
    lived.tamper(statement)
    for words in (("check",), ("show",), ("bill",)):
        assert lived(*words, "--json").refusal[:2] == (8, "store_damaged")


def test_the_whole_document_of_one_changed_digit(lived):
    """pricing.md 7.3: one digit of one amount, one problem, one document."""
    lived.tamper(f"UPDATE invoices SET lines = replace(lines, '65000', '65001') WHERE id = {ID[:-1]}1")
    done = lived("check", "--json")
    found = json.loads(done.out)
    assert (done.code, done.err, found["ok"]) == (8, said(1), False)
    assert {problem["document"] for problem in found["problems"]} == {"INV-2026-0001"}
    assert {problem["code"] for problem in found["problems"]} == {"invoice"}


@pytest.mark.parametrize("place", [1, 4])
def test_any_digit_of_any_line_of_an_invoice(lived, place):
    """pricing.md 7.3: that invoice is named, whichever digit it is."""
    ((lines,),) = lived.sql("SELECT lines FROM invoices WHERE id = ?", int(f"{ID[:-1]}{place}"))
    digits = [at for at, letter in enumerate(lines) if letter.isdigit()]
    assert len(digits) > 40
    silent = []
    for at in digits:
        changed = f"{lines[:at]}{(int(lines[at]) + 1) % 10}{lines[at + 1 :]}"
        lived.tamper(f"UPDATE invoices SET lines = '{changed}' WHERE id = {ID[:-1]}{place}")
        if f"INV-2026-000{place}" not in named(lived):
            silent.append(changed)
    assert silent == []


@pytest.mark.parametrize(
    ("table", "place", "name"),
    [
        *(("orders", place, f"O-2026-000{place}") for place in (1, 2, 3, 4)),
        *(("quotes", place, f"Q-2026-000{place}") for place in (1, 2)),
    ],
)
def test_any_digit_of_an_order_or_a_quote(lived, table, place, name):
    """pricing.md 7.3: amounts, days, numbers of other documents; withdrawn orders and cancellations too."""
    ((document,),) = lived.sql(f"SELECT document FROM {table} WHERE id = ?", int(f"{ID[:-1]}{place}"))
    digits = [at for at, letter in enumerate(document) if letter.isdigit()]
    silent = []
    for at in digits[:: 1 + len(digits) // 50]:
        changed = f"{document[:at]}{(int(document[at]) + 1) % 10}{document[at + 1 :]}"
        lived.tamper(f"UPDATE {table} SET document = '{changed}' WHERE id = {ID[:-1]}{place}")
        if name not in named(lived):
            silent.append(f"{document[max(0, at - 40) : at]}[{changed[at]}]{document[at + 1 : at + 20]}")
    assert silent == []


# --- what must not be found -----------------------------------------------------------------------------------------


def test_a_withdrawal_below_a_cancellation_is_sound(demo):
    """pricing.md 4.11, 7.3: the change goes, the cancellation stays; then the cancellation goes as well."""
    demo("downgrade", "--users", "8", "--yes")
    demo("cancel", "--yes")
    demo("withdraw", "O-2026-0001", "--yes")
    assert problems(demo) == []
    demo("withdraw", "O-2026-0002", "--yes")
    assert problems(demo) == []


# --- the head -------------------------------------------------------------------------------------------------------


def test_a_kept_head_is_found_or_missed(lived):
    """pricing.md 7.3: a hash kept elsewhere shows a history that was written anew, or cut off at its end."""
    kept = lived("check", "--json").json["head"]
    lived("upgrade", "--users", "9", "--space", "atelier", "--yes")
    assert problems(lived, "--head", kept) == []
    absent = "0123456789abcdef" * 4
    assert problems(lived, "--head", absent) == [
        ("head", None, f"The history no longer holds {absent}: it was rewritten.")
    ]
    newest = lived("check", "--json").json["head"]
    lived.tamper("DELETE FROM history WHERE id = (SELECT max(id) FROM history)")
    assert ("head", None, f"The history no longer holds {newest}: it was rewritten.") in problems(
        lived, "--head", newest
    )


# --- the file -------------------------------------------------------------------------------------------------------


def test_any_page_of_the_file(lived):
    """pricing.md 7.3: with all bytes of a page turned around the store is not sound, and it is never a bug."""
    content = lived.bytes
    size = int.from_bytes(content[16:18])
    for start in range(0, len(content), size):
        page = bytes(255 - byte for byte in content[start : start + size])
        lived.store.write_bytes(content[:start] + page + content[start + size :])
        done = lived("check", "--json")
        code = json.loads(done.err)["error"]["code"]
        assert (done.code, bool(done.out), start) == (8, code == "check_failed", start), (done.out, done.err)
