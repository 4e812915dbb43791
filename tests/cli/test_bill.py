"""`subctl bill`: what is due is issued, once, in order, contract by contract (pricing.md 4.3, 7.1, 7.4)."""

from __future__ import annotations

import json

import pytest

from subctl.service import billing
from tests.support.cli import DEMO
from tests.support.documents import validated

LATE = ("--billing", "annual", "--start", "2025-07-01", "--renews-on", "2026-07-01")


def add(space, *more, users="10", plan="starter"):
    return ("space", "add", space, "--name", space.title(), "--plan", plan, "--users", users, *more)


def item(number, space, start, end, net, vat, total):
    return {
        "number": number,
        "space": space,
        "period": {"start": start, "end": end},
        "net": net,
        "vat": vat,
        "total": total,
        "currency": "EUR",
    }


def run(day, *issued):
    return {"schema": "bill/1", "date": day, "issued": list(issued), "failed": []}


def failing(result):
    """Return the document of a run in which something failed."""
    said = json.loads(result.err)["error"]
    assert (result.code, said["code"], said["message"]) == (4, "partly_done", "1 contract was refused: bee.")
    return validated(json.loads(result.out))


def unnumbered(document):
    return {**document, "issued": [{**one, "number": None} for one in document["issued"]]}


@pytest.fixture
def five(cli):
    """Five contracts on 2026-03-15: two due since February, one since March, one in April, one in July."""
    monthly = ("--billing", "monthly", "--start", "2026-01-01")
    return cli.sandbox(
        "2026-03-15",
        add("zebra", *monthly, "--billed-through", "2026-01-31"),
        add("ape", *monthly, "--billed-through", "2026-02-28"),
        add("bee", *monthly, "--billed-through", "2026-01-31", users="20"),
        add("cat", *monthly),
        add("dog", *LATE),
    )


MARCH = run(
    "2026-03-15",
    item("INV-2026-0001", "bee", "2026-02-01", "2026-03-01", "200.00", "42.00", "242.00"),
    item("INV-2026-0002", "bee", "2026-03-01", "2026-04-01", "200.00", "42.00", "242.00"),
    item("INV-2026-0003", "zebra", "2026-02-01", "2026-03-01", "100.00", "21.00", "121.00"),
    item("INV-2026-0004", "zebra", "2026-03-01", "2026-04-01", "100.00", "21.00", "121.00"),
    item("INV-2026-0005", "ape", "2026-03-01", "2026-04-01", "100.00", "21.00", "121.00"),
)


APRIL = run(
    "2026-04-01",
    item("INV-2026-0006", "ape", "2026-04-01", "2026-05-01", "100.00", "21.00", "121.00"),
    item("INV-2026-0007", "bee", "2026-04-01", "2026-05-01", "200.00", "42.00", "242.00"),
    item("INV-2026-0008", "cat", "2026-04-01", "2026-05-01", "100.00", "21.00", "121.00"),
    item("INV-2026-0009", "zebra", "2026-04-01", "2026-05-01", "100.00", "21.00", "121.00"),
)


def test_a_run_takes_contracts_by_period_start_then_id(five):
    """pricing.md 7.4, 4.3: all that a contract owes stays together; several periods are caught up with."""
    assert five("bill", "--json").json == MARCH
    assert five("bill", "--today", "2026-04-01", "--json").json == APRIL
    assert five("check", "--json").json["problems"] == []


def test_an_invoice_is_dated_on_the_day_it_is_issued(five):
    """pricing.md 7.1, 7.2: also where its period began before; due a term of payment later."""
    five("bill")
    listed = five("list", "invoices", "--json").json["items"]
    assert [(one["number"], one["date"], one["due_date"], one["kind"]) for one in reversed(listed)] == [
        (f"INV-2026-{place:04d}", "2026-03-15", "2026-04-14", "recurring") for place in range(1, 6)
    ]


def test_run_again_it_issues_nothing(five):
    """pricing.md 4.3: and writes nothing."""
    five("bill")
    before = five.bytes
    assert five("bill", "--json").json == run("2026-03-15")
    assert five("bill", "--today", "2026-03-31", "--json").json == run("2026-03-31")
    assert five.bytes == before


def test_a_run_for_one_space_leaves_the_others(five):
    """pricing.md 4.3: the others are issued by the next run, under the numbers that follow."""
    assert five("bill", "--space", "zebra", "--json").json == run(
        "2026-03-15",
        item("INV-2026-0001", "zebra", "2026-02-01", "2026-03-01", "100.00", "21.00", "121.00"),
        item("INV-2026-0002", "zebra", "2026-03-01", "2026-04-01", "100.00", "21.00", "121.00"),
    )
    assert five("bill", "--json").json == run(
        "2026-03-15",
        item("INV-2026-0003", "bee", "2026-02-01", "2026-03-01", "200.00", "42.00", "242.00"),
        item("INV-2026-0004", "bee", "2026-03-01", "2026-04-01", "200.00", "42.00", "242.00"),
        item("INV-2026-0005", "ape", "2026-03-01", "2026-04-01", "100.00", "21.00", "121.00"),
    )


def test_the_environment_limits_no_run(five):
    """pricing.md 4.3: without --space all contracts are meant, whatever SUBCTL_SPACE says."""
    assert five("bill", "--json", SUBCTL_SPACE="zebra").json == MARCH


def test_a_space_that_is_not_there_is_named(five):
    """pricing.md 5: nothing is billed."""
    before = five.bytes
    refusal = five("bill", "--space", "zebr", "--json").refusal
    assert refusal == (3, "not_found", "There is no space 'zebr'.", "Did you mean zebra?")
    assert five.bytes == before


def test_a_dry_run_shows_the_same_and_writes_nothing(five):
    """pricing.md 4.3: the numbers are given only when an invoice is issued."""
    before = five.bytes
    assert five("bill", "--dry-run", "--json").json == unnumbered(MARCH)
    assert five("bill", "--dry-run", "--space", "ape", "--json").json == unnumbered(
        run("2026-03-15", item(None, "ape", "2026-03-01", "2026-04-01", "100.00", "21.00", "121.00"))
    )
    assert five.bytes == before
    assert five("bill", "--json").json == MARCH


def test_batches_change_nothing_but_the_transactions(five, monkeypatch):
    """pricing.md 7.4: two contracts at a time, the same invoices, none missed between two batches."""
    monkeypatch.setattr(billing, "BATCH", 2)
    assert five("bill", "--dry-run", "--json").json == unnumbered(MARCH)
    assert five("bill", "--json").json == MARCH
    assert five("bill", "--today", "2026-04-01", "--json").json == APRIL
    assert five("bill", "--json").json == run("2026-04-01")
    assert five("check", "--json").json["problems"] == []


def test_a_refused_run_is_in_the_history(five):
    """safety.md: every refused write is; of a single space under its name, of a dry run none."""
    five("bill", "--space", "ape")
    assert five("bill", "--today", "2026-03-14", "--json").refusal[1] == "clock_behind"
    assert five("bill", "--today", "2026-03-14", "--dry-run", "--json").json["date"] == "2026-03-14"
    five("bill", "--today", "2026-03-14", "--space", "zebra")
    items = five("history", "--limit", "3", "--json").json["items"]
    assert [(item["action"], item["space"], item["detail"].get("refused")) for item in items] == [
        ("bill", "zebra", "clock_behind"),
        ("bill", None, "clock_behind"),
        ("bill", None, None),
    ]


def test_between_batches_other_commands_get_their_turn(new_cli, monkeypatch):
    """scale.md: after some seconds the run waits longer than a command does between two looks at the store."""
    book = new_cli().prepare(DEMO)
    for number in range(55):
        book("space", "add", f"s{number:02}", "--name", "S", "--plan", "pro", "--users", "5", "--start", "2026-03-20")
    quoted = []

    def other_command(seconds):
        assert seconds > 0.1
        quoted.append(book("quote", "--space", "s00", "--users", "9", "--today", "2026-04-01", "--json").json["quote"])

    monkeypatch.setattr(billing, "BATCH", 50)
    monkeypatch.setattr(billing, "_SECONDS_IN_A_ROW", 0.0)
    monkeypatch.setattr("subctl.service.billing.time.sleep", other_command)
    done = book("bill", "--today", "2026-04-01", "--json").json
    assert quoted == ["Q-2026-0001"]
    assert [each["space"] for each in done["issued"]] == ["atelier", *(f"s{number:02}" for number in range(55))]
    assert book("check", "--json").json["ok"] is True


@pytest.mark.parametrize("batch", [1, 2, 1000])
def test_a_contract_that_fails_is_named_and_the_others_go_on(five, monkeypatch, batch):
    """pricing.md 7.4: exit 4; nothing of it is written, and no number is lost."""
    monkeypatch.setattr(billing, "BATCH", batch)
    five.sql("UPDATE steps SET plan = 'gone' WHERE space = 'bee'")
    failed = {
        "space": "bee",
        "error": {
            "code": "not_found",
            "message": "There is no plan 'gone'.",
            "hint": "The plans are starter, pro, business, enterprise.",
        },
    }
    expected = run(
        "2026-03-15",
        item("INV-2026-0001", "zebra", "2026-02-01", "2026-03-01", "100.00", "21.00", "121.00"),
        item("INV-2026-0002", "zebra", "2026-03-01", "2026-04-01", "100.00", "21.00", "121.00"),
        item("INV-2026-0003", "ape", "2026-03-01", "2026-04-01", "100.00", "21.00", "121.00"),
    )
    before = five.bytes
    assert failing(five("bill", "--dry-run", "--json")) == unnumbered({**expected, "failed": [failed]})
    assert five.bytes == before
    assert failing(five("bill", "--json")) == {**expected, "failed": [failed]}
    assert failing(five("bill", "--json")) == {**run("2026-03-15"), "failed": [failed]}
    assert five.sql("SELECT billed_until FROM contracts WHERE space = 'bee'") == [("2026-02-01",)]
    items = five("history", "--space", "bee", "--json").json["items"]
    kept = [(item["action"], item["detail"]) for item in items if "refused" in item["detail"]]
    assert kept == [("bill", {"refused": "not_found", "message": "There is no plan 'gone'."})] * 2
    five.sql("UPDATE steps SET plan = 'starter' WHERE space = 'bee'")
    assert five("bill", "--json").json == run(
        "2026-03-15",
        item("INV-2026-0004", "bee", "2026-02-01", "2026-03-01", "200.00", "42.00", "242.00"),
        item("INV-2026-0005", "bee", "2026-03-01", "2026-04-01", "200.00", "42.00", "242.00"),
    )
    assert five("check", "--json").json["problems"] == []


def test_a_period_of_nothing_has_no_invoice_and_is_over_all_the_same(cli, catalog_file):
    """pricing.md 3.1: an invoice of 0.00 is not issued; the contract moves on, and what costs again is invoiced."""
    free = catalog_file(monthly="0", zoom_monthly="25.00")
    words = add("free", "--billing", "monthly", "--start", "2026-03-01")
    cli.prepare(("init", "--sandbox", "--today", "2026-03-01", "--catalog", free), words)
    assert cli("bill", "--today", "2026-04-02", "--json").json == run("2026-04-02")
    assert cli("show", "--json").json["contract"]["billed_until"] == "2026-04-30"
    assert cli("show", "--json").json["next_invoice"] is None
    cli("upgrade", "--zoom", "1", "--yes", "--today", "2026-04-10")
    assert cli("bill", "--today", "2026-05-01", "--json").json == run(
        "2026-05-01", item("INV-2026-0001", "free", "2026-05-01", "2026-06-01", "25.00", "5.25", "30.25")
    )
    assert cli("check", "--json").json["problems"] == []


def test_the_years_have_numbers_of_their_own(five):
    """pricing.md 7.1: the first run of a year starts at 0001, also for periods of the year before."""
    for first in ("2026-12-01", "2027-01-01"):
        five("bill", "--today", first)
    listed = [one["number"] for one in reversed(five("list", "invoices", "--json", "--limit", "99").json["items"])]
    in_december = 5 + 4 * 9 + 1
    assert listed == [
        *(f"INV-2026-{place:04d}" for place in range(1, in_december + 1)),
        *(f"INV-2027-{place:04d}" for place in range(1, 5)),
    ]
    assert five("check", "--json").json["problems"] == []


def test_a_space_administrator_bills_only_its_own(five):
    """pricing.md 5, 4.3: without --space the spaces that one administers; another's is refused."""
    five.sql("UPDATE administrators SET space = 'zebra'")
    refusal = five("bill", "--space", "ape", "--json").refusal
    assert refusal[:2] == (7, "not_administrator")
    assert five("bill", "--json").json == run(
        "2026-03-15",
        item("INV-2026-0001", "zebra", "2026-02-01", "2026-03-01", "100.00", "21.00", "121.00"),
        item("INV-2026-0002", "zebra", "2026-03-01", "2026-04-01", "100.00", "21.00", "121.00"),
    )
    five.sql("DELETE FROM administrators")
    assert five("bill", "--json").refusal[:2] == (7, "not_administrator")


def test_a_day_before_the_last_write_is_refused_where_something_is_due(five):
    """pricing.md 5: and where nothing is due, there is nothing to refuse."""
    five("bill")
    assert five("bill", "--today", "2026-03-14", "--json").json == run("2026-03-14")
    five("space", "set", "ape", "--name", "Ape", "--email", "a@ape.example", "--today", "2026-05-02")
    assert five("bill", "--today", "2026-05-01", "--json").refusal == (
        4,
        "clock_behind",
        "The store was last written on 2026-05-02; 2026-05-01 is before it.",
        "Use that day or a later one.",
    )


def test_a_run_is_one_entry_of_the_history(five):
    """pricing.md 7.4: with how many contracts and invoices it had, and the numbers they got."""
    five("bill")
    entry = five("history", "--limit", "1", "--json").json["items"][0]
    assert (entry["action"], entry["space"], entry["detail"]) == (
        "bill",
        None,
        {"contracts": 3, "invoices": 5, "numbers": ["INV-2026-0001", "INV-2026-0005"]},
    )


def test_what_people_see_of_a_run(five):
    """pricing.md 2.7: periods are shown with their last day."""
    assert five("bill", "--space", "ape").text == (
        "Invoice         Space   Period             Net     VAT   Total EUR\n"
        "──────────────────────────────────────────────────────────────────\n"
        "INV-2026-0001   ape     1–31 Mar 2026   100.00   21.00      121.00\n"
    )
    assert five("bill", "--space", "ape").text == "Nothing is due on 15 March 2026.\n"


def test_a_contract_that_lost_its_steps_is_named_and_the_others_go_on(demo):
    """safety.md: one damaged contract keeps no other from its invoice."""
    demo.tamper("DELETE FROM steps WHERE space = 'acme'")
    done = demo("bill", "--today", "2026-07-01", "--json")
    found = json.loads(done.out)
    assert [(each["space"], each["error"]["code"]) for each in found["failed"]] == [("acme", "store_damaged")]
    assert {each["space"] for each in found["issued"]} == {"atelier"}
