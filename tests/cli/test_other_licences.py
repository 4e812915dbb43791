"""A vendor who sells other licences, or more kinds of them: a whole life by the command line (pricing.md 1, 3.2).

What is expected is worked out here, by formulas of this page alone.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

CATALOG = """\
name = "Archive"
valid_from = 2026-01-01
currency = "EUR"

[seller]
name = "Archive Ltd"
address = "Street 1, Town"
country = "NL"
vat_id = "NL123456782B90"
vat_rate = "21"
timezone = "Europe/Amsterdam"
support = "help@archive.example"

[policy]
notice_months = 1
quote_days = 30
payment_days = 14

[plans.team]
title = "Team"
monthly = "7.30"
annual = "79.90"

[licences.viewer]
title = "Viewer"
monthly = "1.25"
annual = "13.3333"

[licences.storage]
title = "Terabyte"
monthly = "4.10"
annual = "45.00"
"""

ANNUAL = {"users": Fraction("79.90"), "viewer": Fraction("13.3333"), "storage": Fraction("45")}
MONTHLY = {"users": Fraction("7.30"), "viewer": Fraction("1.25"), "storage": Fraction("4.10")}


def cents(amount: Fraction) -> str:
    """Round half up, away from zero, to cents, as a line is."""
    sign = -1 if amount < 0 else 1
    whole = int(abs(amount) * 100 + Fraction(1, 2))
    return f"{'-' if sign * whole < 0 else ''}{whole // 100}.{whole % 100:02d}"


def fee(rates, **numbers):
    return sum((rates[item] * number for item, number in numbers.items()), Fraction())


def lines(draft):
    return [(line["item"], line["amount"]) for line in draft["lines"]]


def charged(rates, months, **numbers):
    """Return what lines for these numbers come to: a difference of yearly rates, or the whole of a period."""
    return [(item, cents(rates[item] * number * months)) for item, number in numbers.items() if number]


@pytest.fixture
def archive(cli, tmp_path):
    path = tmp_path / "archive.toml"
    path.write_text(CATALOG)
    assert cli("init", "--sandbox", "--catalog", str(path), "--today", "2026-01-10").code == 0
    plan = ("--plan", "team", "--users", "6", "--licence", "viewer=3", "--licence", "storage=2")
    assert (
        cli("space", "add", "year", "--name", "Year", *plan, "--billing", "annual", "--start", "2026-02-01").code == 0
    )
    assert cli("space", "add", "month", "--name", "Month", *plan, "--start", "2026-02-01").code == 0
    assert cli("bill", "--today", "2026-02-01").code == 0
    return cli


def sound(cli):
    found = cli("check", "--json").json
    assert (found["ok"], found["problems"]) == (True, [])


def test_states_name_every_kind_and_no_other(archive):
    """INTERFACE of documents: licences by kind, 0 too, and no zoom where none is sold."""
    page = archive("show", "--space", "year", "--json").json
    assert page["contract"]["licences"] == {"viewer": 3, "storage": 2}
    assert "zoom" not in page["contract"]
    assert page["contract"]["fee"] == cents(fee(ANNUAL, users=6, viewer=3, storage=2))
    invoices = archive("list", "invoices", "--json").json["items"]
    assert {item["space"]: item["net"] for item in invoices} == {
        "year": cents(fee(ANNUAL, users=6, storage=2) + Fraction(cents(ANNUAL["viewer"] * 3))),
        "month": cents(fee(MONTHLY, users=6, viewer=3, storage=2)),
    }


def test_a_whole_life_with_two_kinds(archive):
    """pricing.md 4.5, 4.7, 4.11, 6: quote, order, reduce, bill, withdraw, apply, forecast, compare, check."""
    quoted = archive(
        "quote", "--space", "year", "--users", "8", "--licence", "viewer=10", "--licence", "storage=0",
        "--today", "2026-03-15", "--json",
    ).json  # fmt: skip
    added = charged(ANNUAL, Fraction(10, 12), users=2, viewer=7, storage=-2)
    assert (quoted["kind"], lines(quoted["due_now"])) == ("upgrade", added)
    assert quoted["after"]["licences"] == {"viewer": 10, "storage": 0}
    again = archive(
        "quote", "--space", "year", "--users", "8", "--licence", "viewer=10", "--licence", "storage=0", "--json"
    )
    assert again.json["quote"] == quoted["quote"]
    ordered = archive("order", quoted["quote"], "--expect", quoted["due_now"]["total"], "--json").json
    assert lines(ordered["due_now"]) == added
    sound(archive)

    credited = archive("withdraw", ordered["order"], "--yes", "--today", "2026-03-20", "--json").json
    note = archive("show", credited["credit_note"], "--json").json
    assert lines(note) == [(item, cents(-Fraction(amount))) for item, amount in added]
    sound(archive)

    reduced = archive("downgrade", "--space", "year", "--licence", "viewer=1", "--yes", "--json").json
    assert (reduced["price_from"], reduced["due_now"]) == ("2027-02-01", None)
    assert lines(reduced["next_invoice"]) == charged(ANNUAL, 1, users=6, viewer=1, storage=2)

    monthly = archive("upgrade", "--space", "month", "--licence", "storage=5", "--yes", "--json").json
    assert (monthly["price_from"], lines(monthly["next_invoice"])) == (
        "2026-04-01",
        charged(MONTHLY, 1, users=6, viewer=3, storage=5),
    )
    foreseen = archive("forecast", "--space", "month", "--months", "2", "--json").json["invoices"]
    assert [lines(draft) for draft in foreseen] == [
        charged(MONTHLY, 1, users=6, viewer=3, storage=5),
        charged(MONTHLY, 1, users=6, viewer=3, storage=5),
    ]
    assert archive("bill", "--today", "2026-05-01", "--json").json["failed"] == []
    sound(archive)


def test_a_file_of_states_has_a_column_for_each_kind(archive, tmp_path):
    """apply and export: what is exported is so already, and a changed cell is a change."""
    text = archive("export").text
    assert text.splitlines() == [
        "space,plan,users,viewer,storage,billing",
        "month,team,6,3,2,monthly",
        "year,team,6,3,2,annual",
    ]
    path = tmp_path / "wanted.csv"
    path.write_text(text)
    assert archive("apply", str(path), "--yes", "--json").json["changed"] == 0
    path.write_text(text.replace("year,team,6,3,2", "year,team,6,4,3"))
    applied = archive("apply", str(path), "--yes", "--today", "2026-02-10", "--json").json
    change = next(change for change in applied["changes"] if change["changed"])
    assert lines(change["due_now"]) == charged(ANNUAL, Fraction(11, 12), viewer=1, storage=1)
    sound(archive)


def test_kinds_multiply_in_a_comparison(archive):
    """Alternatives of one kind, every combination of several; what they cost is the difference of the fees."""
    words = ("--licence", "viewer=3", "--licence", "viewer=9", "--licence", "storage=2", "--licence", "storage=4")
    options = archive("compare", "--space", "year", *words, "--json").json["options"]
    assert [(option["licences"], option["fee"]) for option in options] == [
        ({"viewer": viewer, "storage": storage}, cents(fee(ANNUAL, users=6, viewer=viewer, storage=storage)))
        for viewer in (3, 9)
        for storage in (2, 4)
    ]


def test_a_kind_that_comes_with_a_later_catalog(archive, tmp_path):
    """pricing.md 3.4: it can be ordered when its catalog is in force, and B has no rate for it before."""
    path = tmp_path / "more.toml"
    extra = '\n[licences.scan]\ntitle = "Scan"\nmonthly = "0.50"\nannual = "5.00"\n'
    path.write_text(CATALOG.replace("2026-01-01", "2026-06-01") + extra)
    assert archive("catalog", "import", str(path), "--yes", "--today", "2026-03-01").code == 0
    assert archive("quote", "--space", "year", "--licence", "scan=1", "--json").refusal[1] == "not_found"
    ordered = archive(
        "upgrade", "--space", "year", "--licence", "scan=4", "--yes", "--today", "2026-06-10", "--json"
    ).json
    assert lines(ordered["due_now"]) == [("scan", cents(Fraction(5) * 4 * Fraction(7, 12)))]
    assert ordered["before"]["licences"] == {"viewer": 3, "storage": 2, "scan": 0}
    sound(archive)


def test_a_catalog_without_licences(cli, tmp_path):
    """pricing.md 1: plans alone; documents say so, and columns and questions for licences aren't there."""
    path = tmp_path / "plain.toml"
    path.write_text(CATALOG.partition("[licences.viewer]")[0])
    cli("init", "--sandbox", "--catalog", str(path), "--today", "2026-01-10")
    added = cli("space", "add", "a", "--name", "A", "--plan", "team", "--users", "2", "--json").json
    assert added["contract"]["licences"] == {}
    assert cli("export").text.splitlines() == ["space,plan,users,billing", "a,team,2,monthly"]
    assert "icence" not in cli("show").text
    sound(cli)
