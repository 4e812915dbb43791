"""What is open, how late, and who has credit: payments.md 9.2, 9.4 and 10, from the store to the screen."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from subctl.domain.payment import REFUND, RETURN
from subctl.store import balances
from tests.support.cli import DEMO, Cli
from tests.support.money import enter, money

LIVED = (
    DEMO,
    ("upgrade", "--users", "20", "--yes"),
    ("bill", "--today", "2026-04-01"),
    ("bill", "--today", "2026-05-01"),
    ("bill", "--today", "2026-06-01"),
)
"""INV-1 of acme: 302.50, due on 14 April; atelier's 2, 3 and 4 of 181.50 each, due 30 days after the first."""


@pytest.fixture
def lived(cli):
    """The demo on 1 June: acme paid 400.00, atelier one invoice and a part of the next."""
    cli.prepare(*LIVED)
    enter(cli, money("acme", "2026-04-10", 40_000, (1, 30_250)))
    enter(cli, money("atelier", "2026-04-20", 18_150, (2, 18_150)), money("atelier", "2026-05-29", 5_000, (3, 5_000)))
    return cli


def test_nothing_is_open(demo):
    """payments.md 10: no invoice yet."""
    assert demo("owed").text == "Owed on 15 March 2026\n\nNothing is open.\n"
    assert demo("owed", "--late").text == "Overdue on 15 March 2026\n\nNothing is late.\n"
    assert demo("owed", "--json").json == {
        "schema": "owed/1",
        "date": "2026-03-15",
        "currency": "EUR",
        "late": False,
        "items": [],
        "ages": {"not_due": "0.00", "1-30": "0.00", "31-60": "0.00", "61-90": "0.00", "over_90": "0.00"},
        "credits": [],
        "open": "0.00",
        "credit": "0.00",
    }


PART_PAID = {
    "number": "INV-2026-0003",
    "space": "atelier",
    "due_date": "2026-05-31",
    "total": "181.50",
    "paid": "50.00",
    "open": "131.50",
    "days_late": 1,
}
NEW = {
    "number": "INV-2026-0004",
    "space": "atelier",
    "due_date": "2026-07-01",
    "total": "181.50",
    "paid": "0.00",
    "open": "181.50",
    "days_late": 0,
}


def test_all_that_is_owed(lived):
    """payments.md 9.2, 9.4: what is open of whom, how late; and the credit of another."""
    assert lived("owed", "--json").json == {
        "schema": "owed/1",
        "date": "2026-06-01",
        "currency": "EUR",
        "late": False,
        "items": [PART_PAID, NEW],
        "ages": {"not_due": "181.50", "1-30": "131.50", "31-60": "0.00", "61-90": "0.00", "over_90": "0.00"},
        "credits": [{"space": "acme", "credit": "97.50"}],
        "open": "313.00",
        "credit": "97.50",
    }
    assert lived("owed").text == (
        "Owed on 1 June 2026\n"
        "\n"
        "Due          Number          Space     Days late    Total    Paid   Open EUR\n"
        "────────────────────────────────────────────────────────────────────────────\n"
        "2026-05-31   INV-2026-0003   atelier           1   181.50   50.00     131.50\n"
        "2026-07-01   INV-2026-0004   atelier           –   181.50    0.00     181.50\n"
        "\n"
        "Sum                                                                   313.00\n"
        "\n"
        "By age                 EUR\n"
        "──────────────────────────\n"
        "Not due yet         181.50\n"
        "1 to 30 days late   131.50\n"
        "\n"
        "Credit of     EUR\n"
        "─────────────────\n"
        "acme        97.50\n"
        "\n"
        "Sum         97.50\n"
    )


def test_only_what_is_late(lived):
    """payments.md 10: sums and ages are those of what is late, and credits are left out."""
    found = lived("owed", "--late", "--json").json
    assert found["items"] == [PART_PAID]
    assert (found["open"], found["credits"], found["credit"], found["late"]) == ("131.50", [], "0.00", True)
    assert found["ages"]["not_due"] == "0.00"
    assert lived("owed", "--late", "--space", "atelier").text.startswith("Overdue from atelier on 1 June 2026\n")


def test_one_space(lived):
    """payments.md 10: of a space there is what is open, or its credit."""
    assert lived("owed", "--space", "acme").text == (
        "Owed by acme on 1 June 2026\n\nNothing is open.\n\n"
        "Credit of     EUR\n─────────────────\nacme        97.50\n\nSum         97.50\n"
    )
    found = lived("owed", "--space", "atelier", "--json").json
    assert ([item["number"] for item in found["items"]], found["credits"]) == (["INV-2026-0003", "INV-2026-0004"], [])


def test_the_environment_does_not_narrow_it(lived):
    """Like a list, it means all that one may see, whatever SUBCTL_SPACE says."""
    assert lived("owed", "--json", SUBCTL_SPACE="acme").json["open"] == "313.00"


def test_rows_are_what_csv_has(lived):
    """docs/scripting.md: the items, one a line."""
    assert lived("owed", "--format", "csv").text == (
        "number,space,due_date,total,paid,open,days_late\n"
        "INV-2026-0003,atelier,2026-05-31,181.50,50.00,131.50,1\n"
        "INV-2026-0004,atelier,2026-07-01,181.50,0.00,181.50,0\n"
    )
    assert json.loads(lived("owed", "--json", "--fields", "open,credit").out) == {"open": "313.00", "credit": "97.50"}


@pytest.mark.parametrize(("limit", "items", "richer", "more"), [("1", 1, 1, True), ("2", 2, 1, False)])
def test_a_limit_leaves_items_out_but_of_no_sum(lived, limit, items, richer, more):
    """docs/scripting.md: `more` tells that something was left out."""
    found = lived("owed", "--limit", limit, "--json").json
    assert (len(found["items"]), len(found["credits"]), found["more"]) == (items, richer, more)
    assert (found["open"], found["credit"]) == ("313.00", "97.50")


def test_a_limit_is_for_credits_too(lived):
    """Of many that have credit a terminal shows no more than of what is open."""
    enter(lived, money("atelier", "2026-06-01", 40_000))
    found = lived("owed", "--limit", "1", "--json").json
    assert (found["credits"], found["more"]) == ([{"space": "acme", "credit": "97.50"}], True)
    shown = lived("owed", "--limit", "1")
    assert "Sum         184.50\n" in shown.out
    assert shown.err == "Only the first is shown; --limit N shows more.\n"


def test_an_earlier_day_is_told_as_it_was_then(lived):
    """payments.md 9.2: up to any day; what came later doesn't count."""
    found = lived("owed", "--today", "2026-04-15", "--json").json
    assert [(item["number"], item["paid"], item["days_late"]) for item in found["items"]] == [
        ("INV-2026-0002", "0.00", 0)
    ]
    assert found["credits"] == [{"space": "acme", "credit": "97.50"}]


def test_money_that_went_is_open_where_no_credit_covers_it(lived):
    """payments.md 9.2: it is an item of its own, due on its day."""
    enter(lived, money("acme", "2026-05-20", -9_750, kind=REFUND))
    assert lived("owed", "--space", "acme", "--json").json["credits"] == []
    enter(lived, money("acme", "2026-05-25", -40_000, (1, -30_250), kind=RETURN, of=1))
    found = lived("owed", "--space", "acme", "--json").json
    assert [
        (item["number"], item["due_date"], item["total"], item["open"], item["days_late"]) for item in found["items"]
    ] == [
        ("INV-2026-0001", "2026-04-14", "302.50", "302.50", 48),
        ("P-2026-0004", "2026-05-20", "97.50", "97.50", 12),
    ]


def test_many_spaces_are_sorted_as_one(cli):
    """payments.md 10: oldest due day first over all spaces, more than are read at once."""
    cli.sandbox("2026-03-15")
    rows = "".join(f"s{place:04},Kunde {place},pro,2,2026-0{1 + place % 3}-01\n" for place in range(1100))
    (cli.home / "spaces.csv").write_text("id,name,plan,users,start\n" + rows)
    assert cli("space", "import", str(cli.home / "spaces.csv")).code == 0
    assert cli("bill", "-q", "--today", "2026-04-01").code == 0
    assert cli("bill", "-q", "--today", "2026-05-01").code == 0
    enter(cli, *(money(f"s{place:04}", "2026-05-01", 100) for place in range(3)))
    items = cli("owed", "--json").json["items"]
    assert len(items) == 2200
    assert items == sorted(items, key=lambda item: (item["due_date"], item["number"]))
    assert [item["paid"] for item in items if item["paid"] != "0.00"] == ["1.00"] * 3


@pytest.mark.parametrize(
    ("on", "found"), [("2026-03-14", []), ("2026-03-15", ["acme"]), ("2026-06-01", ["acme", "atelier"])]
)
def test_which_spaces_are_not_even(lived, on, found):
    """payments.md 9.3: no other can have anything open, or credit, so no other is looked at."""
    with closing(sqlite3.connect(lived.store)) as connection:
        assert balances.uneven(connection, date.fromisoformat(on)) == found


def test_a_space_that_paid_all_is_even(lived):
    """payments.md 9.3."""
    enter(lived, money("atelier", "2026-06-01", 31_300))
    with closing(sqlite3.connect(lived.store)) as connection:
        assert balances.uneven(connection, date(2026, 6, 1)) == ["acme"]


def test_a_space_that_is_not_there(lived: Cli):
    """docs/scripting.md: refused as everywhere."""
    refused = lived("owed", "--space", "nowhere", "--json")
    assert (refused.code, json.loads(refused.err)["error"]["code"]) == (3, "not_found")
