"""What a catalog makes dearer or cheaper: an import shows it, asks, and comes in time (pricing.md 3.5, 3.6)."""

from __future__ import annotations

import pytest

from subctl.domain.errors import SubctlError
from subctl.service import catalogs
from subctl.service.catalog_import import import_, preview_import
from subctl.service.catalogs import read_catalog_file
from subctl.service.text_file import text_file
from tests.support.callers import caller
from tests.support.catalogs import CHEAPER, DEARER, LONGER, faults, file_maker, listed, moves
from tests.support.terminal import Terminal

SOON = "on 2026-04-01 that comes too soon; imported on 2026-03-15, 2026-04-15 would do"
QUESTION = "Import this catalog? [y/N] "


@pytest.fixture
def file(tmp_path):
    """A maker of catalog files."""
    return file_maker(tmp_path)


def move(key, before, after, contracts, earliest=None, latest=None):
    return {
        "key": key,
        "before": before,
        "after": after,
        "contracts": contracts,
        "earliest": earliest,
        "latest": latest or earliest,
    }


# --- what rises and falls --------------------------------------------------------------------------------------


def test_an_import_says_what_rises_and_falls_and_for_whom(demo, file):
    """pricing.md 3.5: each rate with how many contracts pay it, and from when the first and the last of them do."""
    demo("space", "add", "b", "--name", "B", "--plan", "starter", "--users", "1", "--start", "2026-07-15")
    demo("space", "add", "c", "--name", "C", "--plan", "starter", "--users", "1")
    demo("cancel", "--space", "c", "--yes")
    path = file(*DEARER, *CHEAPER, *LONGER)
    expected = (
        [
            move("plans.starter.monthly", "10.00", "12.00", 2, "2026-06-01", "2026-08-01"),
            move("plans.starter.annual", "100.00", "120.00", 1, "2026-07-01"),
        ],
        [move("plans.pro.annual", "180.00", "170.00", 0)],
        {"before": 1, "after": 2},
    )
    for more in (("--dry-run",), ("--yes",)):
        assert moves(demo("catalog", "import", path, *more, "--json").json) == expected
    assert moves(demo("catalog", "import", path, "--json").json) == ([], [], None)


def test_a_change_that_waits_pays_the_rates_of_its_own_day(demo, file):
    """pricing.md 3.4: acme pays for pro and no Zoom from July on; a promise holds for its period only."""
    demo("upgrade", "--space", "atelier", "--users", "11", "--yes", "--today", "2026-05-15")
    demo("space", "set", "acme", "--active-users", "0")
    demo("downgrade", "--plan", "pro", "--users", "1", "--zoom", "0", "--yes")
    later = file(
        *DEARER, ('monthly = "25.00"', 'monthly = "26.00"'), ('annual = "180.00"', 'annual = "190.00"'),
        valid_from="2026-07-01",
    )  # fmt: skip
    assert demo("catalog", "import", later, "--dry-run", "--json").json["rises"] == [
        move("plans.starter.monthly", "10.00", "12.00", 1, "2026-07-01"),
        move("plans.starter.annual", "100.00", "120.00", 0),
        move("plans.pro.annual", "180.00", "190.00", 1, "2026-07-01"),
        move("licences.zoom.monthly", "25.00", "26.00", 1, "2026-07-01"),
    ]


def test_the_screen_of_a_preview_and_of_an_import(demo, file):
    """pricing.md 3.5: "would be" where nothing is written."""
    path = file(*DEARER, *CHEAPER, *LONGER)
    said = "valid from 1 June 2026, in EUR, with starter, pro, business, enterprise.\n"
    moved = """
What rises
Rate                    Before    After   Contracts   They pay it from
──────────────────────────────────────────────────────────────────────
plans.starter.monthly    10.00    12.00           1   1 June 2026
plans.starter.annual    100.00   120.00           1   1 July 2026

What falls
Rate               Before    After   Contracts   They pay it from
─────────────────────────────────────────────────────────────────
plans.pro.annual   180.00   170.00           0   –

The notice grows from 1 month to 2 months.
"""
    assert demo("catalog", "import", path, "--dry-run").text == f"The catalog 2026 would be imported: {said}{moved}"
    assert demo("catalog", "import", path, "--yes").text == f"The catalog 2026 is imported: {said}{moved}"
    assert demo("catalog", "import", path).text == "The catalog 2026 is there already; nothing changes.\n"
    end = ("notice_months = 1", "notice_months = 0")
    shorter = demo("catalog", "import", file(*DEARER, *CHEAPER, end, valid_from="2026-08-01"))
    assert shorter.text.endswith("\nThe notice falls from 2 months to 0 months.\n")


def test_who_pays_a_rate_on_different_days(demo, file):
    """pricing.md 3.5: the first and the last of them."""
    demo("space", "add", "b", "--name", "B", "--plan", "starter", "--users", "1", "--start", "2026-07-15")
    lines = demo("catalog", "import", file(*DEARER), "--dry-run").text.splitlines()
    assert lines[5].split("   ")[-1] == "1 June 2026, the last 1 August 2026"


# --- it asks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [DEARER, LONGER], ids=["a rate", "the notice"])
def test_what_gets_dearer_or_harder_to_leave_is_asked(demo, file, changes):
    """INTERFACE 1: without a terminal and --yes nothing is written."""
    path, before = file(*changes), demo.bytes
    assert demo("catalog", "import", path, "--json").refusal == (
        2,
        "confirmation_needed",
        "This needs an answer, and stdin is no terminal.",
        "Run subctl catalog import with --yes, or look first with --dry-run.",
    )
    assert demo.bytes == before
    assert demo("catalog", "import", path, "--yes", "--json").json["changed"] is True


@pytest.mark.parametrize("changes", [CHEAPER, (("notice_months = 1", "notice_months = 0"),), ()])
def test_what_binds_nobody_is_not_asked(demo, file, changes):
    """INTERFACE 1: nor what is refused, nor what changes nothing."""
    path = file(*changes)
    assert [demo("catalog", "import", path, "--json").json["changed"] for _ in range(2)] == [True, False]
    refused = file(*DEARER, valid_from="2026-03-15")
    assert faults(demo("catalog", "import", refused, "--json").refusal) == ["valid_from: must be 2026-03-16 or later"]


def test_at_a_terminal(demo, file):
    """INTERFACE 1: what moves is shown, then asked; afterwards only what became of it."""
    path, before = file(*DEARER), demo.bytes
    terminal = Terminal(demo, "catalog", "import", path)
    shown = terminal.answer(QUESTION, "n")
    assert "The catalog 2026 would be imported" in shown
    assert "plans.starter.annual    100.00   120.00           1   1 July 2026" in shown
    assert terminal.end() == (6, "n\nsubctl: Nothing was changed.\n")
    assert demo.bytes == before
    terminal = Terminal(demo, "catalog", "import", path)
    terminal.answer(QUESTION, "y")
    code, after = terminal.end()
    assert (code, " ".join(after.split())) == (
        0,
        "y The catalog 2026 is imported: valid from 1 June 2026, in EUR, with starter, pro, business, enterprise.",
    )
    assert listed(demo)[0] == ("2026-06-01", "2026-03-15", "coming", False)


# --- too soon ---------------------------------------------------------------------------------------------------


def test_nobody_is_bound_by_a_rise_that_he_could_not_escape(demo, file):
    """pricing.md 3.5: every key that binds is named, with the earliest day; with that day it goes."""
    path = file(*DEARER, *LONGER, *CHEAPER, valid_from="2026-04-01")
    assert faults(demo("catalog", "import", path, "--yes", "--json").refusal) == [
        f"plans.starter.monthly rises from 10.00 to 12.00: {SOON}",
        f"plans.starter.annual rises from 100.00 to 120.00: {SOON}",
        f"policy.notice_months grows from 1 to 2: {SOON}",
    ]
    path = file(*DEARER, *LONGER, *CHEAPER, valid_from="2026-04-15")
    assert demo("catalog", "import", path, "--yes", "--json").json["changed"] is True
    assert demo("check", "--json").json["ok"] is True


def test_a_store_without_spaces_is_free(cli, file):
    """pricing.md 3.5: there is nobody to bind; the question stays."""
    cli.sandbox("2026-03-15")
    path = file(*DEARER, valid_from="2026-03-16")
    assert cli("catalog", "import", path, "--json").refusal[1] == "confirmation_needed"
    assert moves(cli("catalog", "import", path, "--yes", "--json").json)[0] == [
        move("plans.starter.monthly", "10.00", "12.00", 0),
        move("plans.starter.annual", "100.00", "120.00", 0),
    ]


def test_an_import_in_between_proves_the_one_after_it_anew(demo, file):
    """pricing.md 3.5: what was no rise any more becomes one, for which it is too late."""
    demo("catalog", "import", file(*DEARER), "--yes")
    demo("catalog", "import", file(*DEARER, valid_from="2026-06-20"), "--yes")
    between = file(valid_from="2026-06-10", name="between.toml")
    found = faults(demo("catalog", "import", between, "--yes", "--today", "2026-05-25", "--json").refusal)
    assert found[0] == (
        "plans.starter.monthly rises from 10.00 to 12.00: on 2026-06-20 that comes too soon;"
        " imported on 2026-05-25, 2026-06-25 would do"
    )
    assert demo("catalog", "import", between, "--yes", "--today", "2026-05-20", "--json").json["changed"] is True


def test_every_licence_in_use_stays(demo, file):
    """pricing.md 3.6: a kind that somebody has, or will have, can't go; one that nobody has can."""
    built_in = catalogs.built_in().decode()
    zoom = built_in[built_in.index("[licences.zoom]") :]
    path = file((zoom, ""))
    assert faults(demo("catalog", "import", path, "--json").refusal) == ["licences.zoom: missing, and in use"]
    demo("downgrade", "--zoom", "0", "--yes", "--space", "atelier")
    assert faults(demo("catalog", "import", path, "--json").refusal) == ["licences.zoom: missing, and in use"]
    demo("cancel", "--yes", "--today", "2026-04-01")
    assert demo("catalog", "import", file((zoom, ""), valid_from="2026-08-01"), "--today", "2026-07-01", "--json").json[
        "changed"
    ]


# --- another in between -----------------------------------------------------------------------------------------


def test_a_preview_that_is_not_so_any_more(demo, file):
    """INTERFACE 1: another catalog came while the question stood there."""
    terminal = Terminal(demo, "catalog", "import", file(*DEARER))
    terminal.until(QUESTION)
    assert demo("catalog", "import", file(valid_from="2026-05-01", name="other.toml")).code == 0
    terminal.type("y\n")
    code, after = terminal.end()
    assert (code, after) == (5, "y\nsubctl: The catalogs have changed since this preview.\nLook again, then import.\n")


def test_only_what_was_shown_is_imported(demo, file):
    """INTERFACE 1: the same, inside the service."""
    who, shown_file = caller(demo, "catalog import"), read_catalog_file(text_file(file()))
    shown = preview_import(who, shown_file)
    assert demo("catalog", "import", file(valid_from="2026-05-01", name="other.toml")).code == 0
    with pytest.raises(SubctlError, match="The catalogs have changed since this preview") as refused:
        import_(who, shown_file, shown)
    assert refused.value.code == "quote_stale"
