"""Mandates of direct debits: added, ended, lapsed, and what invoices say of them (payments.md 9.6, 10)."""

from __future__ import annotations

import json

import pytest

IBAN, OTHER = "NL91ABNA0417164300", "BE68539007547034"
ADD = ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-03-01", "--iban", IBAN)
MANDATE = {
    "schema": "mandate/1",
    "id": "M-1",
    "space": "acme",
    "date": "2026-03-15",
    "signed": "2026-03-01",
    "scheme": "CORE",
    "iban": "…4300",
    "status": "active",
    "ended_on": None,
    "changed": True,
}
NAMED = {
    "id": "M-1",
    "signed": "2026-03-01",
    "scheme": "CORE",
    "iban": "…4300",
    "creditor_id": "NL69ZZZ123456780000",
}
DEBITED = ({"method": "direct-debit", "iban": "…4300"}, NAMED)
TRANSFER = ({"method": "transfer", "iban": None}, None)


@pytest.fixture
def debited(demo):
    """The demo, where acme pays by direct debit."""
    demo("space", "set", "acme", "--payment", "direct-debit")
    return demo


def listed(cli, *words):
    """Return the mandates of a list."""
    return cli(*(words or ("list", "mandates")), "--json").json["items"]


def paid(cli, number):
    """Return how an invoice is paid, and by which mandate."""
    document = cli("show", number, "--json").json
    return document["payment"], document["mandate"]


def issue(cli, users, day="2026-03-15"):
    """Issue an upgrade invoice, and return how it is paid."""
    done = cli("upgrade", "--users", str(users), "--yes", "--today", day, "--json").json
    return paid(cli, done["invoice"])


def test_a_mandate_is_added_once(debited):
    """payments.md 10: the same again changes nothing, not a byte."""
    assert debited(*ADD, "--json").json == MANDATE
    before = debited.bytes
    assert debited(*ADD, "--json").json == {**MANDATE, "changed": False}
    assert debited.bytes == before
    assert listed(debited) == [{key: value for key, value in MANDATE.items() if key not in ("schema", "changed")}]
    assert listed(debited, "mandate", "list") == listed(debited)
    assert debited("check", "--json").json["problems"] == []


def test_a_dry_run_shows_the_same_and_writes_nothing(debited):
    """safety.md: what would be, and no trace of it; ending alike."""
    before = debited.bytes
    assert debited(*ADD, "--dry-run", "--json").json == MANDATE
    assert debited(*ADD, "--dry-run").text == (
        "acme would have the mandate M-1, signed on 1 March 2026, for the account …4300.\n"
    )
    assert debited.bytes == before
    debited(*ADD)
    before = debited.bytes
    ended = {**MANDATE, "status": "ended", "ended_on": "2026-03-15"}
    assert debited("mandate", "end", "M-1", "--dry-run", "--json").json == ended
    assert debited.bytes == before


def test_invoices_name_the_mandate_of_their_day(debited):
    """payments.md 9.6: none before it, none after its end; those in between keep it for ever."""
    assert issue(debited, 11) == TRANSFER
    debited(*ADD)
    assert issue(debited, 12) == DEBITED
    debited("space", "set", "acme", "--iban", OTHER)
    assert issue(debited, 13) == DEBITED
    debited("mandate", "end", "m-1")
    assert issue(debited, 14) == TRANSFER
    debited("mandate", "add", "M-2", "--space", "acme", "--signed", "2026-03-02", "--b2b")
    assert issue(debited, 15) == (
        {"method": "direct-debit", "iban": "…7034"},
        {**NAMED, "id": "M-2", "signed": "2026-03-02", "scheme": "B2B", "iban": "…7034"},
    )
    found = [paid(debited, f"INV-2026-000{place}") for place in (1, 2, 3, 4)]
    assert found == [TRANSFER, DEBITED, DEBITED, TRANSFER]
    assert debited("check", "--json").json["problems"] == []


def test_a_mandate_alone_debits_nothing(demo):
    """documents.md 3: only a space that pays by direct debit is debited, and adding a mandate says how to get there."""
    assert demo(*ADD).text == (
        "acme has the mandate M-1, signed on 1 March 2026, for the account …4300.\n"
        "It is used once the space pays so: subctl space set acme --payment direct-debit\n"
    )
    assert issue(demo, 12) == TRANSFER
    demo("space", "set", "acme", "--payment", "direct-debit")
    assert issue(demo, 13) == DEBITED


def test_a_mandate_ends_36_months_after_its_last_use(debited):
    """payments.md 9.6: used by each invoice that names it; a day earlier it still serves."""
    debited(*ADD)
    assert issue(debited, 12, "2026-03-20") == DEBITED
    debited("space", "set", "acme", "--payment", "invoice")
    for day, status in (("2029-03-19", "active"), ("2029-03-20", "lapsed")):
        assert [each["status"] for each in listed(debited, "list", "mandates", "--today", day)] == [status]
    debited("space", "set", "acme", "--payment", "direct-debit")
    debited("bill", "--today", "2026-07-01")
    assert paid(debited, "INV-2026-0001") == DEBITED
    assert [each["status"] for each in listed(debited, "list", "mandates", "--today", "2029-06-30")] == ["active"]


def test_a_credit_note_is_no_use_of_a_mandate(debited):
    """payments.md 9.6: it names the mandate of its invoice, and nothing is debited for it."""
    debited(*ADD)
    assert issue(debited, 12, "2026-03-20") == DEBITED
    assert debited("withdraw", "O-2026-0001", "--yes", "--today", "2026-03-25").code == 0
    assert paid(debited, "INV-2026-0002") == DEBITED
    for day, status in (("2029-03-19", "active"), ("2029-03-20", "lapsed")):
        assert [each["status"] for each in listed(debited, "list", "mandates", "--today", day)] == [status]


def test_what_lapsed_debits_nothing_and_gives_room(debited):
    """payments.md 9.6: an invoice after it says transfer, and another mandate may come without an end."""
    debited(*ADD)
    later = ("--today", "2029-03-15")
    debited("bill", *later)
    numbers = [item["number"] for item in listed(debited, "list", "invoices", "--space", "acme", *later)]
    assert {paid(debited, number)[0]["method"] for number in numbers} == {"transfer"}
    new = ("mandate", "add", "M-2", "--space", "acme", "--signed", "2029-03-01", "--iban", OTHER, *later)
    assert debited(*new, "--json").json["changed"] is True
    assert [(each["id"], each["status"]) for each in listed(debited, "list", "mandates", *later)] == [
        ("M-2", "active"),
        ("M-1", "lapsed"),
    ]


REFUSED = {
    "the id is another's": (
        ("mandate", "add", "m-1", "--space", "atelier", "--signed", "2026-03-01", "--iban", IBAN),
        (5, "already_exists", "There is another mandate M-1, of acme.", "See subctl mandate list."),
    ),
    "other facts": (
        (*ADD, "--b2b"),
        (5, "already_exists", "There is another mandate M-1, of acme.", "See subctl mandate list."),
    ),
    "a second one": (
        ("mandate", "add", "M-2", *ADD[3:]),
        (5, "already_exists", "acme has the mandate M-1 already.", "End it first: subctl mandate end M-1"),
    ),
    "no account": (
        ("mandate", "add", "M-2", "--space", "atelier", "--signed", "2026-03-01"),
        (2, "bad_input", "atelier has no account to debit.", "Name it: --iban."),
    ),
    "not signed yet": (
        ("mandate", "add", "M-2", "--space", "atelier", "--signed", "2026-03-16", "--iban", IBAN),
        (2, "bad_input", "--signed can't be 2026-03-16: that is after 2026-03-15.", "Give the day of the signature."),
    ),
    "no such space": (
        ("mandate", "add", "M-2", "--space", "nobody", "--signed", "2026-03-01", "--iban", IBAN),
        (3, "not_found", "There is no space 'nobody'.", "subctl list spaces shows what there is."),
    ),
    "no such mandate": (
        ("mandate", "end", "M-9"),
        (3, "not_found", "There is no mandate M-9.", "subctl mandate list shows what there is."),
    ),
}


@pytest.mark.parametrize(("words", "refusal"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(debited, words, refusal):
    """payments.md 10: each with its whole answer, and no mandate comes or goes."""
    debited(*ADD)
    before = listed(debited)
    assert debited(*words, "--json").refusal == refusal
    assert listed(debited) == before


def test_ended_twice_is_ended_once(debited):
    """payments.md 10: the second time nothing is written; the end of one that another followed leaves that one."""
    debited(*ADD)
    ended = {**MANDATE, "status": "ended", "ended_on": "2026-03-15"}
    assert debited("mandate", "end", "M-1", "--json").json == ended
    before = debited.bytes
    assert debited("mandate", "end", "M-1", "--json").json == {**ended, "changed": False}
    assert debited("mandate", "end", "M-1").text == "Mandate M-1 of acme ended on 15 March 2026.\n"
    assert debited.bytes == before


def test_the_end_of_one_that_lapsed_leaves_the_next(debited):
    """payments.md 9.6: the space has its new mandate still."""
    debited(*ADD)
    later = ("--today", "2029-03-15")
    debited("mandate", "add", "M-2", "--space", "acme", "--signed", "2029-03-01", "--iban", OTHER, *later)
    assert debited("mandate", "end", "M-1", *later, "--json").json["status"] == "ended"
    assert debited("upgrade", "--users", "12", "--yes", *later).code == 0
    newest = listed(debited, "list", "invoices", "--space", "acme", "--limit", "1", *later)[0]["number"]
    assert paid(debited, newest)[1]["id"] == "M-2"


def test_a_list_is_narrowed(debited):
    """INTERFACE: by space, by status; an empty one says so."""
    assert debited("list", "mandates").text == "No mandate.\n"
    debited(*ADD)
    debited("mandate", "end", "M-1")
    debited("mandate", "add", "M-2", *ADD[3:])
    debited("mandate", "add", "A-1", "--space", "atelier", "--signed", "2026-03-03", "--iban", OTHER)
    assert [each["id"] for each in listed(debited)] == ["A-1", "M-2", "M-1"]
    assert [each["id"] for each in listed(debited, "list", "mandates", "--status", "active")] == ["A-1", "M-2"]
    assert [each["id"] for each in listed(debited, "mandate", "list", "--space", "acme")] == ["M-2", "M-1"]
    limited = debited("list", "mandates", "--limit", "1", "--json").json
    assert ([each["id"] for each in limited["items"]], limited["more"]) == (["A-1"], True)
    assert [line.split() for line in debited("list", "mandates", "--space", "acme").text.splitlines()[2:]] == [
        ["M-2", "acme", "2026-03-01", "CORE", "…4300", "active", "–"],
        ["M-1", "acme", "2026-03-01", "CORE", "…4300", "ended", "2026-03-15"],
    ]


def test_a_spaces_administrator_reads_its_own(debited):
    """payments.md 10: all that writes is the store administrators'."""
    debited(*ADD)
    debited("mandate", "add", "A-1", "--space", "atelier", "--signed", "2026-03-03", "--iban", OTHER)
    debited.sql("UPDATE administrators SET space = 'atelier'")
    assert [each["id"] for each in listed(debited)] == ["A-1"]
    assert debited("mandate", "list", "--space", "acme", "--json").refusal[:2] == (7, "not_administrator")
    assert debited("mandate", "end", "A-1", "--json").refusal[:2] == (7, "not_administrator")


def test_a_mandate_that_is_gone_is_damage(debited):
    """safety.md: what an invoice names was there when it was issued."""
    debited(*ADD)
    debited("upgrade", "--users", "12", "--yes")
    debited.tamper("DELETE FROM mandates")
    assert debited("show", "INV-2026-0001", "--json").refusal[:3] == (
        8,
        "store_damaged",
        "The store is damaged: the mandate M-1 is gone.",
    )
    assert debited("check").code == 8


def test_a_check_of_an_altered_store_takes_no_mandate_for_it(debited):
    """safety.md: a space has other details since a mandate came or went, as the history says."""
    debited(*ADD)
    debited("mandate", "add", "A-1", "--space", "atelier", "--signed", "2026-03-03", "--iban", OTHER)
    debited("mandate", "end", "A-1")
    debited.sql("UPDATE spaces SET active_users = 6 WHERE id = 'acme'")
    told = [each["message"] for each in json.loads(debited("check", "--json").out)["problems"]]
    assert [message for message in told if "acme" in message or "atelier" in message] == [
        "acme: active users: another than the history says."
    ]


def test_direct_debits_are_in_euro(cli, catalog_file):
    """payments.md 9.6: SEPA has one currency, and no invoice in another announces a debit."""
    assert cli("init", "--sandbox", "--today", "2026-03-15", "--catalog", catalog_file(currency="CHF")).code == 0
    assert cli("space", "add", "acme", "--name", "Acme", "--plan", "starter", "--users", "3").code == 0
    assert cli(*ADD, "--json").refusal == (
        4,
        "payment_method",
        "Direct debits are in EUR, and invoices here in CHF.",
        "They are paid by transfer or by card.",
    )
    assert listed(cli) == []
