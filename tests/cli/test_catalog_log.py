"""Catalogs that come and go: the first one, a file to start from, list, export and drop (pricing.md 1, 3.4)."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.support.catalogs import CHEAPER, DEARER, faults, file_maker, listed, moves


@pytest.fixture
def file(tmp_path):
    """A maker of catalog files."""
    return file_maker(tmp_path)


# --- the first one ----------------------------------------------------------------------------------------------


def test_the_first_catalog_is_replaced_while_there_is_no_space(cli, file):
    """INTERFACE 4: whatever its date, currency and all; it takes the place of all there are, without a question."""
    cli.sandbox("2026-03-15")
    cli("catalog", "import", file())
    other = file(('currency = "EUR"', 'currency = "KWD"'), *DEARER, valid_from="2025-01-01", name="other.toml")
    for more in (("--dry-run",), ()):
        said = cli("catalog", "import", other, "--first", *more, "--json").json
        assert (said["changed"], said["first"], said["currency"], moves(said)) == (True, True, "KWD", ([], [], None))
    assert listed(cli) == [("2025-01-01", "2026-03-15", "current", True)]
    before = cli.bytes
    assert cli("catalog", "import", other, "--first").text == "The catalog 2026 is there already; nothing changes.\n"
    assert cli.bytes == before
    assert cli("list", "plans", "--json").json["currency"] == "KWD"
    assert cli("history", "--limit", "1", "--json").json["items"][0]["detail"] == {
        "catalog": "2026",
        "valid_from": "2025-01-01",
        "first": True,
    }
    assert cli("check", "--json").json["ok"] is True


def test_the_first_one_again_takes_those_after_it_away(cli, file):
    """INTERFACE 4: so that is a change."""
    cli.sandbox("2026-03-15")
    cli("catalog", "import", file())
    first = file(valid_from="2026-01-01", name="first.toml")
    assert cli("catalog", "import", first, "--first", "--dry-run").text == (
        "The catalog 2026 would be imported: valid from 1 January 2026, in EUR, with starter, pro, business,"
        " enterprise.\nIt would take the place of all there were.\n"
    )
    assert cli("catalog", "import", first, "--first").text.endswith("\nIt takes the place of all there were.\n")
    assert listed(cli) == [("2026-01-01", "2026-03-15", "current", True)]


def test_with_a_space_no_catalog_becomes_the_first(demo, file):
    """INTERFACE 4: then one can only follow."""
    before = demo.bytes
    assert demo("catalog", "import", file(), "--first", "--json").refusal == (
        2,
        "bad_input",
        "This store has spaces: no other catalog can become its first one.",
        "Without --first one from 2026-03-16 on can follow.",
    )
    assert demo.bytes == before


def test_a_first_catalog_of_a_day_to_come_is_in_force(cli, file):
    """pricing.md 1, INTERFACE 4: it is never "not in force yet": no import replaces it, and no drop takes it."""
    cli.prepare(("init", "--sandbox", "--today", "2026-01-05", "--catalog", file(valid_from="2027-01-01")))
    cli("space", "add", "a", "--name", "A", "--plan", "starter", "--users", "10")
    cli("bill", "--today", "2026-02-01")
    cli("catalog", "import", file(*DEARER, valid_from="2027-01-01"), "--yes")
    cli("catalog", "import", file(*CHEAPER, valid_from="2026-06-01"))
    assert listed(cli) == [
        ("2027-01-01", "2026-02-01", "coming", False),
        ("2026-06-01", "2026-02-01", "coming", False),
        ("2027-01-01", "2026-01-05", "current", True),
    ]
    assert cli("check", "--json").json["ok"] is True
    assert cli("catalog", "drop", "2027-01-01", "--json").json["changed"] is True
    assert cli("catalog", "drop", "2027-01-01", "--json").json["changed"] is False
    assert [status for *_, status, first in listed(cli) if first] == ["current"]
    assert cli("show", "--json").json["next_invoice"]["net"] == "100.00"
    assert cli("check", "--json").json["ok"] is True


# --- new, list, export, drop ------------------------------------------------------------------------------------


def test_a_file_to_start_from_is_a_catalog(cli, tmp_path):
    """INTERFACE 1: as printed it passes the check, and a store can begin with it; as JSON it is the same data."""
    path = tmp_path / "catalog.toml"
    path.write_text(cli("catalog", "new").text)
    assert cli("catalog", "check", str(path), "--json").json["plans"] == ["basic", "team"]
    assert cli("init", "--catalog", str(path), "--sandbox", "--today", "2026-03-15").code == 0
    data = tomllib.loads(path.read_text())
    assert cli("catalog", "new", "--json").json == {**data, "valid_from": "2026-01-01"}
    taken = [re.sub(r"^# (?=\[|.* = )", "", line) for line in path.read_text().splitlines()]
    path.write_text("\n".join(line for line in taken if not line.startswith("vat_id")))
    assert cli("catalog", "check", str(path), "--json").json["plans"] == ["basic", "team"]


def test_what_may_be_left_out_is_nobodys_example(cli):
    """Whoever changes what has to be there has no street, number or mailbox of another's left in it."""
    seller = tomllib.loads(cli("catalog", "new").text)["seller"]
    assert list(seller) == ["name", "address", "country", "vat_id", "vat_rate", "timezone", "support", "iban"]


def test_every_key_of_a_catalog_stands_in_the_file_to_start_from(cli):
    """INTERFACE 4: the optional ones as comments."""
    text = cli("catalog", "new").text
    keys = (
        "vat_exempt", "rise_notice_months", "min_users", "max_users", "self_service", "spaces", "iban", "licences",
        "street", "postcode", "city", "legal_id", "tax_id", "endpoint", "contact", "phone", "email", "bic",
        "creditor_id", "terms", "recovery_fee", "late_penalty", "early_payment", "titles",
    )  # fmt: skip
    assert [key for key in keys if key not in text] == []
    assert all("#" in line for line in text.splitlines() if line.startswith(('name = "2026', "valid_from", "currency")))


def test_the_list_of_catalogs(demo, file):
    """INTERFACE 1: those that were, the one in force, those to come; replaced and dropped ones are gone."""
    for valid_from in ("2026-05-01", "2026-07-01"):
        demo("catalog", "import", file(*CHEAPER, valid_from=valid_from))
    for changes in (CHEAPER, ()):
        demo("catalog", "import", file(*changes), "--yes")
    demo("catalog", "drop", "2026-07-01")
    assert demo("catalog", "list", "--today", "2026-05-10").text == (
        "Catalog   Valid from   Imported on   Status\n"
        "────────────────────────────────────────────\n"
        "2026      2026-06-01   2026-03-15    coming\n"
        "2026      2026-05-01   2026-03-15    current\n"
        "2026      since ever   2026-03-15    past\n"
    )
    assert demo("catalog", "list", "--json").json["items"][1] == {
        "id": 2,
        "date": "2026-05-01",
        "name": "2026",
        "valid_from": "2026-05-01",
        "imported_on": "2026-03-15",
        "status": "coming",
        "first": False,
    }


def test_the_export_of_another_day(demo, file):
    """INTERFACE 1: the catalog that is in force then."""
    demo("catalog", "import", file(('name = "2026"', 'name = "Summer"')))
    days = ("2026-05-31", "2026-06-01", "2031-01-01")
    names = [tomllib.loads(demo("catalog", "export", "--date", day).text)["name"] for day in days]
    assert names == ["2026", "Summer", "Summer"]
    assert demo("catalog", "export", "--date", "June", "--json").refusal[:3] == (
        2,
        "bad_input",
        "--date is not a date: 'June'.",
    )


def test_a_drop_takes_a_catalog_away_before_its_day(demo, file):
    """INTERFACE 1: the one before it goes on; again it changes nothing, and it can come back."""
    path = file(*DEARER)
    demo("catalog", "import", path, "--yes")
    before = demo.bytes
    assert demo("catalog", "drop", "2026-06-01", "--dry-run").text == (
        "The catalog 2026 of 1 June 2026 would be dropped; the one before it goes on.\n"
    )
    assert demo.bytes == before
    assert demo("catalog", "drop", "2026-06-01").text == (
        "The catalog 2026 of 1 June 2026 is dropped; the one before it goes on.\n"
    )
    assert demo("show", "--space", "atelier", "--today", "2026-06-02", "--json").json["contract"]["fee"] == "150.00"
    assert demo("history", "--limit", "1", "--json").json["items"][0]["detail"] == {
        "dropped": "2026",
        "valid_from": "2026-06-01",
    }
    before = demo.bytes
    assert demo("catalog", "drop", "2026-06-01").text == (
        "The catalog 2026 of 1 June 2026 was dropped before; nothing changes.\n"
    )
    assert demo.bytes == before
    assert demo("catalog", "import", path, "--yes", "--json").json["changed"] is True
    assert listed(demo)[0] == ("2026-06-01", "2026-03-15", "coming", False)
    assert demo("check", "--json").json["ok"] is True


def test_what_can_not_be_dropped(demo, file):
    """INTERFACE 1: what there is not, and what is in force already, or was."""
    none = (3, "not_found", "There is no catalog of 2026-01-01 that could be dropped.", "None is to come.")
    assert demo("catalog", "drop", "2026-01-01", "--json").refusal == none
    demo("catalog", "import", file())
    assert demo("catalog", "drop", "2026-07-01", "--json").refusal == (
        3,
        "not_found",
        "There is no catalog of 2026-07-01 that could be dropped.",
        "To come are those of 2026-06-01.",
    )
    assert demo("catalog", "drop", "2026-06-01", "--today", "2026-06-01", "--json").refusal == (
        2,
        "bad_input",
        "The catalog of 2026-06-01 is in force already.",
        "Import one that follows it: subctl catalog import.",
    )


def test_a_drop_proves_the_catalog_after_it_anew(demo, file):
    """pricing.md 3.5: what rose in two steps would rise in one, for which it may be too late."""
    demo("catalog", "import", file(*DEARER), "--yes")
    demo("catalog", "import", file(*DEARER, valid_from="2026-06-10"), "--yes")
    refusal = demo("catalog", "drop", "2026-06-01", "--today", "2026-05-20", "--json").refusal
    assert refusal[2].startswith("The catalog of 2026-06-01 can't be dropped:\n")
    assert faults(refusal)[1] == (
        "plans.starter.annual rises from 100.00 to 120.00: on 2026-06-10 that comes too soon;"
        " imported on 2026-05-20, 2026-06-20 would do"
    )
    assert demo("catalog", "drop", "2026-06-01", "--today", "2026-05-10", "--json").json["changed"] is True


def test_without_spaces_a_drop_binds_nobody(cli, file):
    """pricing.md 3.5: free while there is no space."""
    cli.sandbox("2026-03-15")
    cli("catalog", "import", file(*DEARER, valid_from="2026-03-16"), "--yes")
    cli("catalog", "import", file(*DEARER, valid_from="2026-03-18"), "--yes")
    assert cli("catalog", "drop", "2026-03-16", "--json").json["changed"] is True


def test_a_drop_keeps_what_is_in_use(demo, file):
    """pricing.md 3.6: what is ordered for a day of that catalog, and the one before doesn't sell."""
    demo("catalog", "import", file(("[plans.pro]", "[plans.gold]"), ('title = "Pro"', 'title = "Gold"')))
    demo.sql("UPDATE steps SET plan = 'gold' WHERE space = 'acme'")  # no command orders what isn't sold today
    refusal = demo("catalog", "drop", "2026-06-01", "--json").refusal
    assert faults(refusal) == ["plans.gold: missing, and in use"]
