"""Collecting by direct debit, from the store to the file for the bank (payments.md 9.6, 10)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from subctl.domain.errors import SubctlError
from subctl.domain.payment import BANK, DIRECT_DEBIT, RECEIPT, RETURN, UNDO, Payment
from subctl.service import collecting
from tests.support.callers import caller
from tests.support.camt import Camt, Entry, Tx
from tests.support.cli import DEMO, Cli
from tests.support.debits import Debited, Read, read
from tests.support.money import enter, money
from tests.support.terminal import Terminal

IBAN, OTHER = "NL91ABNA0417164300", "BE68539007547034"
PAYS = ("--payment", "direct-debit")
LIVED = (
    DEMO,
    ("space", "set", "acme", *PAYS),
    ("space", "set", "atelier", *PAYS),
    ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-03-01", "--iban", IBAN),
    ("mandate", "add", "M-2", "--space", "atelier", "--signed", "2026-03-02", "--iban", OTHER, "--b2b"),
    ("upgrade", "--users", "20", "--yes"),
    ("bill", "--today", "2026-04-01"),
    ("bill", "--today", "2026-05-01"),
)
"""INV-1 of acme: 302.50, due on 14 April; atelier's 2 and 3 of 181.50 each, due on 1 and 31 May."""


@pytest.fixture
def lived(cli: Cli) -> Cli:
    """The demo on 1 May, a Friday and a holiday: both spaces pay by direct debit."""
    cli.prepare(*LIVED)
    return cli


def collect(cli: Cli, *words: str, on: str | None = None, **more: str) -> dict[str, Any]:
    """Collect into a file, and return the document."""
    asked = ("--on", on) if on else ()
    done = cli("collect", str(cli.home / "debits.xml"), *asked, "--yes", "--json", *words, **more)
    assert done.code == 0, done
    found: dict[str, Any] = done.json
    return found


def file(cli: Cli) -> Read:
    """Return what stands in the file."""
    return read((cli.home / "debits.xml").read_bytes())


def refusal(cli: Cli, *words: str) -> tuple[int, str, str, str]:
    """Return the refusal of a call."""
    return cli(*words, "--json").refusal


FIRST: dict[str, Any] = {
    "schema": "collection/1",
    "number": "DD-2026-0001",
    "date": "2026-05-01",
    "on": "2026-05-05",
    "currency": "EUR",
    "amount": "484.00",
    "items": [
        {"number": "INV-2026-0001", "amount": "302.50", "mandate": "M-1", "space": "acme"},
        {"number": "INV-2026-0002", "amount": "181.50", "mandate": "M-2", "space": "atelier"},
    ],
    "dropped_on": None,
    "changed": True,
}
SAID = (
    "{}\n"
    "\n"
    "Invoice         Space     Mandate   Amount EUR\n"
    "──────────────────────────────────────────────\n"
    "INV-2026-0001   acme      M-1           302.50\n"
    "INV-2026-0002   atelier   M-2           181.50\n"
    "\n"
    "Sum                                     484.00\n"
)


def test_what_is_due_is_collected_once(lived: Cli) -> None:
    """payments.md 9.6: what is open and due; the same again is the same file, and changes nothing."""
    assert collect(lived) == FIRST
    assert file(lived) == Read(
        "DD-2026-0001",
        "2026-05-01T00:00:00",
        "2",
        "484.00",
        2,
        [
            Debited(
                "CORE", "2026-05-05", "INV-2026-0001", "302.50", "M-1", "2026-03-01", "Acme", IBAN, "INV-2026-0001"
            ),
            Debited(
                "B2B",
                "2026-05-05",
                "INV-2026-0002",
                "181.50",
                "M-2",
                "2026-03-02",
                "Atelier",
                OTHER,
                "INV-2026-0002",
            ),
        ],
    )
    before, content = lived.bytes, (lived.home / "debits.xml").read_bytes()
    (lived.home / "debits.xml").unlink()
    assert collect(lived) == {**FIRST, "changed": False}
    assert (lived.bytes, (lived.home / "debits.xml").read_bytes()) == (before, content)
    assert lived("check", "--json").json["problems"] == []


def test_a_file_is_the_same_for_ever(lived: Cli) -> None:
    """payments.md 9.6: whatever became of the seller, the buyer and the mandate since."""
    collect(lived)
    content = (lived.home / "debits.xml").read_bytes()
    catalog = Path("src/subctl/data/catalog.toml").read_text(encoding="utf-8")
    (lived.home / "other.toml").write_text(
        catalog.replace("valid_from = 2026-01-01", "valid_from = 2026-05-02").replace("Example Software", "Other")
    )
    assert lived("catalog", "import", str(lived.home / "other.toml")).code == 0
    assert lived("space", "set", "acme", "--name", "Acme Nova", "--today", "2026-05-02").code == 0
    assert lived("mandate", "end", "M-1").code == 0
    assert collect(lived, on="2026-05-05") == {**FIRST, "changed": False}
    assert (lived.home / "debits.xml").read_bytes() == content


def test_it_says_what_it_did(lived: Cli) -> None:
    """payments.md 10: a dry run, the collection, and the same again."""
    words = ("collect", str(lived.home / "debits.xml"))
    before = lived.bytes
    looked = lived(*words, "--dry-run")
    assert looked.out == SAID.format("To be debited on 5 May 2026: 2 debits, 484.00 EUR.")
    assert (lived.bytes, [*lived.home.glob("*.xml")]) == (before, [])
    done = lived(*words, "--yes")
    assert done.out == SAID.format("DD-2026-0001, to be debited on 5 May 2026: 2 debits, 484.00 EUR.")
    assert done.err == ""
    assert lived("show", "dd-2026-0001").out == done.out
    assert lived("show", "DD-2026-0001", "--json").json == {**FIRST, "changed": False}
    assert lived("history", "--limit", "1", "--json", "--fields", "detail").json["items"] == [
        {"detail": {"collection": "DD-2026-0001", "on": "2026-05-05", "debits": 2, "amount": "484.00"}}
    ]
    assert "Collected 2 debits with DD-2026-0001, to be debited on 2026-05-05: 484.00 EUR." in " ".join(
        lived("history", "--limit", "1").out.split()
    )


def test_only_what_is_due_by_the_day(lived: Cli) -> None:
    """payments.md 9.6: a later day takes more, and leaves out what is under way."""
    collect(lived)
    assert [item["number"] for item in collect(lived, on="2026-06-01")["items"]] == ["INV-2026-0003"]
    assert lived("list", "collections", "--format", "csv").out == (
        "number,date,on,debits,amount,status,dropped_on\n"
        "DD-2026-0002,2026-05-01,2026-06-01,1,181.50,kept,\n"
        "DD-2026-0001,2026-05-01,2026-05-05,2,484.00,kept,\n"
    )
    assert lived("list", "collections").out == (
        "Number         Date         Debited on   Debits   Amount EUR   Never sent\n"
        "─────────────────────────────────────────────────────────────────────────\n"
        "DD-2026-0002   2026-05-01   2026-06-01        1       181.50   –\n"
        "DD-2026-0001   2026-05-01   2026-05-05        2       484.00   –\n"
    )
    assert [item["number"] for item in lived("list", "collections", "--limit", "1", "--json").json["items"]] == [
        "DD-2026-0002"
    ]


def test_no_collection_yet(demo: Cli) -> None:
    """payments.md 10."""
    assert demo("list", "collections").out == "No collection yet.\n"


def test_what_is_paid_in_part(lived: Cli) -> None:
    """payments.md 9.6: what is open is debited, and no more."""
    enter(lived, money("acme", "2026-04-20", 30_000), money("atelier", "2026-04-20", 18_150))
    assert collect(lived)["items"] == [{**FIRST["items"][0], "amount": "2.50"}]


def test_money_that_came_is_debited_no_more(lived: Cli) -> None:
    """payments.md 9.6: once the money is booked an invoice is paid, and under way no more."""
    collect(lived)
    enter(lived, debited("acme", 1, 30_250), debited("atelier", 2, 18_150), day="2026-05-05")
    assert refusal(lived, "collect", str(lived.home / "debits.xml"), "--yes")[1] == "not_collectable"


def debited(space: str, invoice: int, amount: int, on: str = "2026-05-05") -> Payment:
    """Return the money of a debit."""
    return money(space, on, amount, (invoice, amount))._replace(method=DIRECT_DEBIT)


def test_what_came_back_is_collected_anew(lived: Cli) -> None:
    """payments.md 9.6: until its money or its return is booked; nothing else ends it but 14 days."""
    collect(lived)
    enter(lived, debited("acme", 1, 30_250), day="2026-05-05")
    enter(lived, money("acme", "2026-05-07", -30_250, (1, -30_250), kind=RETURN, of=1), day="2026-05-07")
    assert [item["number"] for item in collect(lived)["items"]] == ["INV-2026-0001"]
    assert lived("check", "--json").json["problems"] == []


@pytest.mark.parametrize(("kind", "method"), [(RECEIPT, BANK), (UNDO, DIRECT_DEBIT)])
def test_what_is_still_under_way(lived: Cli, kind: str, method: str) -> None:
    """payments.md 9.6: a part that came by transfer, and money that was booked by mistake, end nothing."""
    collect(lived)
    amount = 100 if kind == RECEIPT else 30_250
    enter(lived, money("acme", "2026-05-05", amount, (1, amount))._replace(method=method), day="2026-05-05")
    if kind == UNDO:
        enter(lived, money("acme", "2026-05-05", -amount, (1, -amount), kind=UNDO, of=1), day="2026-05-05")
    words = ("collect", str(lived.home / "debits.xml"), "--yes")
    assert refusal(lived, *words) == (
        4,
        "not_collectable",
        "Nothing is to be debited on 2026-05-07: nothing that is due by then is open and not under way.",
        "subctl owed shows what is open.",
    )
    assert refusal(lived, *words, "--today", "2026-05-19")[1] == "not_collectable"
    found = collect(lived, "--today", "2026-05-20")
    assert [item["number"] for item in found["items"]] == ["INV-2026-0001", "INV-2026-0002"]


def test_a_file_that_was_never_sent(lived: Cli) -> None:
    """payments.md 9.6: dropped, what stands in it is collected anew, by another number; again nothing changes."""
    collect(lived)
    before = lived.bytes
    dropped = {**FIRST, "dropped_on": "2026-05-01"}
    assert lived("collect", "--drop", "DD-2026-0001", "--dry-run", "--json").json == dropped
    assert lived("collect", "--drop", "DD-2026-0001", "--dry-run").out == SAID.format(
        "DD-2026-0001 would be noted as never sent on 1 May 2026: 2 debits, 484.00 EUR."
    )
    assert lived.bytes == before
    assert lived("collect", "--drop", "dd-2026-0001", "--yes", "--json").json == dropped
    before = lived.bytes
    again = lived("collect", "--drop", "DD-2026-0001", "--json")
    assert again.json == {**dropped, "changed": False}
    assert lived("collect", "--drop", "DD-2026-0001", "--yes").out == SAID.format(
        "DD-2026-0001 was never sent, as noted on 1 May 2026: 2 debits, 484.00 EUR."
    )
    assert lived.bytes == before
    assert "Noted that the file of DD-2026-0001 was never sent." in " ".join(
        lived("history", "--limit", "1").out.split()
    )
    assert collect(lived) == {**FIRST, "number": "DD-2026-0002"}
    assert lived("list", "collections", "--status", "dropped", "--json", "--fields", "number").json["items"] == [
        {"number": "DD-2026-0001"}
    ]
    assert lived("check", "--json").json["problems"] == []


@pytest.mark.parametrize(
    "later",
    [("collect", "--drop", "DD-2026-0001", "--yes"), ("collect", "again.xml", "--on", "2026-05-29", "--yes")],
    ids=["dropped", "refused"],
)
def test_a_collection_is_checked_by_what_was_known_when_it_was_made(lived: Cli, later: tuple[str, ...]) -> None:
    """payments.md 10: a payment that came after it changes nothing of it, whatever is collected or dropped later."""
    collect(lived)
    assert lived("pay", "INV-2026-0001", "--amount", "10", "--date", "2026-04-20", "--yes").code == 0
    lived(*(str(lived.home / word) if word.endswith(".xml") else word for word in later))
    assert lived("check", "--json").json["problems"] == []


def test_after_a_drop_the_last_file_is_none(lived: Cli) -> None:
    """payments.md 9.6: a file that was never sent isn't written again."""
    collect(lived)
    lived("collect", "--drop", "DD-2026-0001", "--yes")
    enter(lived, money("acme", "2026-05-01", 30_250), money("atelier", "2026-05-01", 36_300))
    assert refusal(lived, "collect", str(lived.home / "debits.xml"), "--yes")[1] == "not_collectable"


@pytest.mark.parametrize(
    ("number", "message", "hint"),
    [
        ("DD-2026-0002", "There is no collection DD-2026-0002.", "The last one is DD-2026-0001; {} shows all."),
        ("INV-2026-0001", "There is no collection INV-2026-0001.", "The last one is DD-2026-0001; {} shows all."),
    ],
)
def test_a_file_that_is_not_there(lived: Cli, number: str, message: str, hint: str) -> None:
    """docs/scripting.md: refused, naming the last one."""
    collect(lived)
    wanted = (3, "not_found", message, hint.format("subctl list collections"))
    assert refusal(lived, "collect", "--drop", number, "--yes") == wanted


def test_spaces_without_a_mandate(cli: Cli) -> None:
    """payments.md 9.6: who pays otherwise, or has ended his mandate, isn't debited."""
    cli.prepare(*LIVED[:4], *LIVED[5:])
    words = ("collect", str(cli.home / "debits.xml"), "--yes")
    assert [item["space"] for item in cli(*words, "--dry-run", "--json").json["items"]] == ["acme"]
    cli("mandate", "end", "M-1")
    assert refusal(cli, *words) == (
        4,
        "no_mandate",
        "No space pays by direct debit under a mandate.",
        "Enter one: subctl mandate add ID --space SPACE --signed DATE",
    )


def test_a_mandate_that_lapsed(lived: Cli) -> None:
    """payments.md 9.6: 36 months after its last use nothing is debited by it."""
    found = lived("collect", str(lived.home / "x.xml"), "--dry-run", "--json", "--on", "2029-03-15").json
    assert [item["space"] for item in found["items"]] == ["atelier", "atelier"]


def test_an_invoice_from_before_the_mandate(cli: Cli) -> None:
    """payments.md 9.6: from spaces with a mandate, all that is open and due."""
    cli.prepare(DEMO, ("upgrade", "--users", "20", "--yes"), *LIVED[1:2], *LIVED[3:4])
    found = cli("collect", str(cli.home / "x.xml"), "--dry-run", "--json", "--on", "2026-04-14").json
    assert found["items"] == [FIRST["items"][0]]


SELLERS = {"iban": 'iban = "NL91ABNA0417164300"\n', "creditor_id": 'creditor_id = "NL69ZZZ123456780000"\n'}


@pytest.mark.parametrize("key", SELLERS)
def test_a_seller_who_can_collect_nothing(cli: Cli, key: str) -> None:
    """payments.md 9.6: a bank wants an account and a creditor id."""
    catalog = Path("src/subctl/data/catalog.toml").read_text(encoding="utf-8")
    (cli.home / "catalog.toml").write_text(catalog.replace(SELLERS[key], ""))
    cli("init", "--sandbox", "--today", "2026-03-15", "--catalog", str(cli.home / "catalog.toml"))
    cli("space", "add", "acme", "--name", "Acme", "--plan", "pro", "--users", "3", *PAYS, "--iban", IBAN)
    cli("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-03-01")
    cli("bill", "--today", "2026-04-01")
    assert refusal(cli, "collect", str(cli.home / "x.xml"), "--on", "2026-05-04") == (
        4,
        "not_collectable",
        f"The catalog doesn't say for whom is collected: {key} is missing in [seller].",
        "Add it to the file of subctl catalog export, and import that.",
    )


def test_another_currency(cli: Cli) -> None:
    """payments.md 9.6: EUR only."""
    catalog = Path("src/subctl/data/catalog.toml").read_text(encoding="utf-8")
    (cli.home / "catalog.toml").write_text(catalog.replace('"EUR"', '"CHF"'))
    cli("init", "--sandbox", "--today", "2026-03-15", "--catalog", str(cli.home / "catalog.toml"))
    assert refusal(cli, "collect", str(cli.home / "x.xml"), "--yes") == (
        4,
        "not_collectable",
        "Direct debits are in EUR, and invoices here in CHF.",
        "They are paid by transfer or by card.",
    )


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ((), "Which file? None was named.", "Name the file for the bank: subctl collect debits.xml"),
        (("x.xml", "--drop", "DD-2026-0001"), "FILE does nothing beside --drop.", "Leave it out."),
        (("--on", "2026-05-05", "--drop", "DD-2026-0001"), "--on does nothing beside --drop.", "Leave it out."),
    ],
)
def test_words_that_do_not_fit(lived: Cli, words: tuple[str, ...], message: str, hint: str) -> None:
    """docs/scripting.md: wrong usage, before anything is looked at."""
    assert refusal(lived, "collect", *words) == (2, "usage", message, hint)


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_kept(lived: Cli) -> None:
    """payments.md 10: nothing recorded, nothing lost."""
    (lived.home / "link.xml").symlink_to(lived.home / "debits.xml")
    before = lived.bytes
    for name in ("nowhere/debits.xml", ".", "link.xml"):
        refused = lived("collect", str(lived.home / name), "--yes", "--json")
        assert (refused.code, json.loads(refused.err)["error"]["code"]) == (2, "bad_input"), name
    assert lived.bytes == before


def test_a_disk_that_fails_loses_nothing(lived: Cli) -> None:
    """payments.md 9.6: the collection is kept, and the same command writes its file."""
    where = lived.home / ("x" * 250)
    assert refusal(lived, "collect", str(where), "--yes") == (
        9,
        "output_failed",
        f"{where} can't be written: File name too long.",
        "DD-2026-0001 is kept. Its file is written by the same command: subctl collect FILE --on 2026-05-05",
    )
    assert collect(lived) == {**FIRST, "changed": False}
    assert file(lived).message == "DD-2026-0001"


def test_what_was_agreed_to_is_collected_and_nothing_else(lived: Cli) -> None:
    """payments.md 10: what came in between is looked at again."""
    who = caller(lived, "collect")
    shown = collecting.preview_collect(who, None)
    enter(lived, money("acme", "2026-05-01", 100))
    with pytest.raises(SubctlError, match="has changed since this preview") as refused:
        collecting.collect(who, None, shown)
    assert refused.value.code == "expectation_failed"
    assert collecting.collect(who, None, collecting.preview_collect(who, None)).number == "DD-2026-0001"


def test_a_corrected_invoice_is_under_way_too(lived: Cli) -> None:
    """payments.md 9.5, 9.6: what is collected under the old number is for the one in its place."""
    collect(lived)
    year = 20_260_000_000_000
    columns = 'space, "order", catalog, buyer, date, start, "end", vat_category, vat_rate, vat_note'
    for place, special, sign in ((4, f"{year + 1}, 'credit', NULL", "-"), (5, "credits, kind, due_date", "")):
        lived.sql(
            f"INSERT INTO invoices (id, credits, kind, due_date, {columns}, net, vat, total, rules, lines, words)"
            f" SELECT {year + place}, {special}, {columns}, {sign}net, {sign}vat, {sign}total, rules, lines, words"
            f" FROM invoices WHERE id = {year + 1}"
        )
    words = ("collect", str(lived.home / "debits.xml"), "--dry-run", "--json", "--on", "2026-05-06")
    assert [item["number"] for item in lived(*words).json["items"]] == ["INV-2026-0005"]
    lived.sql(f"INSERT INTO corrections VALUES ({year + 1}, {year + 4}, {year + 5}, '2026-05-01', NULL)")
    assert lived(*words).refusal[1] == "not_collectable"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            "replace(items, '\"amount\":30250', '\"amount\":30249')",
            "It debits INV-2026-0001 with another amount than was open.",
        ),
        ("replace(items, '0002,', '0009,')", "It debits INV-2026-0009, of which nothing was open."),
    ],
)
def test_check_recomputes_what_was_open(lived: Cli, change: str, problem: str) -> None:
    """payments.md 10: by what had been entered before it, whatever came since."""
    collect(lived)
    enter(lived, money("acme", "2026-05-01", 30_250), money("atelier", "2026-05-01", 36_300))
    assert lived("check", "--json").json["problems"] == []
    lived.tamper(f"UPDATE collections SET items = {change}")
    found = lived("check", "--json")
    problems = [(each["code"], each["document"], each["message"]) for each in json.loads(found.out)["problems"]]
    assert [each for each in problems if each[0] != "store_damaged"] == [("collection", "DD-2026-0001", problem)]


def test_a_tab_offers_what_can_be_dropped(lived: Cli) -> None:
    """INTERFACE: newest first, to who may drop it."""
    collect(lived)
    collect(lived, on="2026-06-01")
    lived("collect", "--drop", "DD-2026-0002", "--yes")
    offered = "DD-2026-0001\tto be debited on 2026-05-05, 484.00 EUR\n"
    assert lived("__complete", "collections", "DD-").text == offered
    lived.sql("UPDATE administrators SET space = 'acme'")
    assert lived("__complete", "collections", "DD-").text == ""


def test_a_spaces_administrator_sees_no_collection(lived: Cli) -> None:
    """payments.md 9.6: debits of others stand in it."""
    collect(lived)
    lived.sql("UPDATE administrators SET space = 'acme'")
    for words in (("list", "collections"), ("show", "DD-2026-0001"), ("collect", "x.xml", "--yes")):
        assert refusal(lived, *words)[1] == "not_administrator"


@pytest.mark.parametrize("number", ["", " "])
def test_no_number_is_none(lived: Cli, number: str) -> None:
    """docs/scripting.md: an empty value isn't a missing one."""
    words = ("collect", "--drop", number, "--yes")
    assert refusal(lived, *words) == (2, "bad_input", "--drop must not be empty.", "Leave it out, or give it a value.")


@pytest.mark.parametrize("number", ["x", "DD-2026", "DD-2026-0001\n"])
def test_what_is_no_number(lived: Cli, number: str) -> None:
    """docs/scripting.md: refused before the store is looked at."""
    assert refusal(lived, "collect", "--drop", number, "--yes")[:2] == (3, "not_found")


@pytest.mark.parametrize(
    ("spoilt", "said"), [("'x'", "Collections can't be read: "), ("'{}'", "Collections can't be read: ")]
)
def test_check_says_that_collections_cannot_be_read(lived: Cli, spoilt: str, said: str) -> None:
    """safety.md: what was altered is found, and named as far as it can be."""
    collect(lived)
    lived.tamper(f"UPDATE collections SET items = {spoilt}")
    found = {each["code"]: each["message"] for each in json.loads(lived("check", "--json").out)["problems"]}
    assert found["collection"].startswith(said)


def test_what_is_debited_is_gone(lived: Cli) -> None:
    """safety.md: damage is told as such."""
    collect(lived)
    lived.tamper("UPDATE collections SET items = replace(items, '0002,', '0009,')")
    assert refusal(lived, "show", "DD-2026-0001")[:3] == (
        8,
        "store_damaged",
        "The store is damaged: what DD-2026-0001 debits is gone.",
    )


def test_it_asks(lived: Cli) -> None:
    """INTERFACE: below the preview, and says afterwards only what became of it; a repeat isn't asked."""
    file = str(lived.home / "debits.xml")
    asked = SAID.format("To be debited on 5 May 2026: 2 debits, 484.00 EUR.") + "\nCollect this? [y/N] "
    terminal = Terminal(lived, "collect", file)
    assert terminal.answer("Collect this? [y/N] ", "n") == asked
    assert terminal.end() == (6, "n\nsubctl: Nothing was changed.\n")
    assert not (lived.home / "debits.xml").exists()
    terminal = Terminal(lived, "collect", file)
    assert terminal.answer("Collect this? [y/N] ", "y") == asked
    done = "DD-2026-0001, to be debited on 5 May 2026: 2 debits, 484.00 EUR.\n"
    assert terminal.end() == (0, f"y\n\n{done}")
    again = lived("collect", file)
    assert (again.code, again.out) == (0, SAID.format(done.rstrip()))
    terminal = Terminal(lived, "collect", "--drop", "DD-2026-0001")
    question = "Was the file of DD-2026-0001 never sent? [y/N] "
    assert terminal.answer(question, "y") == SAID.format(done.rstrip()) + f"\n{question}"
    said = "DD-2026-0001 was never sent, as noted on 1 May 2026: 2 debits, 484.00 EUR."
    assert terminal.end() == (0, f"y\n\n{said}\n")
    again = lived("collect", "--drop", "DD-2026-0001")
    assert (again.code, again.out) == (0, SAID.format(said))


@pytest.mark.parametrize("words", [("collect", "x.xml"), ("collect", "--drop", "DD-2026-0001")], ids=" ".join)
def test_without_a_terminal_it_wants_an_answer(lived: Cli, words: tuple[str, ...]) -> None:
    """INTERFACE: exit 2, naming --yes and --dry-run."""
    if words[1] == "--drop":
        collect(lived)
    before = lived.bytes
    assert refusal(lived, *words) == (
        2,
        "confirmation_needed",
        "This needs an answer, and stdin is no terminal.",
        "Run subctl collect with --yes, or look first with --dry-run.",
    )
    assert lived.bytes == before


def test_a_long_file_is_cut_on_the_screen(cli: Cli) -> None:
    """INTERFACE: a screenful for people, all of it in JSON and in the file."""
    cli.sandbox("2026-03-15")
    rows = "".join(f"s{place:02},Kunde {place},pro,2,direct-debit,{IBAN}\n" for place in range(60))
    (cli.home / "spaces.csv").write_text("id,name,plan,users,payment,iban\n" + rows)
    assert cli("space", "import", str(cli.home / "spaces.csv")).code == 0
    for place in range(60):
        assert cli("mandate", "add", f"M-{place}", "--space", f"s{place:02}", "--signed", "2026-03-01").code == 0
    assert cli("bill", "-q", "--today", "2026-04-01").code == 0
    done = cli("collect", str(cli.home / "debits.xml"), "--on", "2026-05-04", "--yes").text
    assert done.endswith("\nand 10 more: subctl show DD-2026-0001 --json\n")
    assert len(file(cli).debits) == len(cli("show", "DD-2026-0001", "--json").json["items"]) == 60


def test_processes_that_collect_at_once_make_one_file(lived: Cli) -> None:
    """payments.md 9.6: one collects, the others write the same file again."""
    file = lived.home / "debits.xml"
    command = [sys.executable, "-m", "subctl", "collect", str(file), "--yes", "--json"]
    running = [subprocess.Popen(command, env=lived.environment(), stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [json.loads(process.communicate()[0]) for process in running]
    assert sorted(said, key=lambda each: not each["changed"]) == [FIRST, *2 * [{**FIRST, "changed": False}]]
    assert read(file.read_bytes()).message == "DD-2026-0001"
    assert len(lived("list", "collections", "--json").json["items"]) == 1


def test_the_whole_way_by_statements(lived: Cli) -> None:
    """payments.md 9.6, 11: the bank books both debits at once and returns one; what came back is collected anew."""
    collect(lived)
    statement = lived.home / "statement.xml"

    def book(day: str, *entries: Entry) -> None:
        statement.write_text(Camt().text(*entries), encoding="utf-8")
        assert lived("pay", "--from", str(statement), "--yes", "--today", day).code == 0

    both = Tx(e2e="INV-2026-0001", amount="302.50", ref="T1"), Tx(e2e="INV-2026-0002", amount="181.50", ref="T2")
    book("2026-05-05", Entry("484.00", "2026-05-05", ref="B1", code="IDDT/ESDD").of(*both))
    assert [item["number"] for item in lived("owed", "--json").json["items"]] == ["INV-2026-0003"]
    back = Tx(e2e="INV-2026-0001", amount="302.50", ref="T3", reason="AM04")
    book("2026-05-08", Entry("302.50", "2026-05-08", way="DBIT", ref="B2", code="IDDT/UPDD").of(back))
    found = collect(lived)
    assert (found["number"], found["on"], found["items"]) == ("DD-2026-0002", "2026-05-12", FIRST["items"][:1])
    assert lived("check", "--json").json["problems"] == []
