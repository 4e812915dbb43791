"""Private plans: who may choose one, and who sees it (pricing.md 3.6)."""

from __future__ import annotations

import tomllib

import pytest

from tests.support.catalogs import file_maker

PRIVATE = """
[plans.club]
title = "Club"
monthly = "5.00"
annual = "50.00"
spaces = ["acme", "atelier"]

[plans.vip]
title = "Very important"
monthly = "7.00"
annual = "70.00"
spaces = ["atelier"]
"""
SUPPORT = (
    4,
    "contact_support",
    "The plan vip is managed by Example Software B.V.",
    "Please contact support@example.com.",
)


@pytest.fixture
def private(cli, tmp_path):
    """The demo's two contracts under a catalog with a plan for both of them and one for atelier alone."""
    path = file_maker(tmp_path)(("\n[plans.pro]", f"{PRIVATE}\n[plans.pro]"), valid_from="2026-01-01")
    space = ("--plan", "starter", "--users", "10", "--start", "2025-07-01")
    return cli.prepare(
        ("init", "--sandbox", "--today", "2026-03-15", "--catalog", path),
        ("space", "add", "acme", "--name", "Acme", *space, "--billing", "annual"),
        ("space", "add", "atelier", "--name", "Atelier", *space),
    )


@pytest.fixture
def of_acme(private):
    """The same for an administrator of acme."""
    private.sql("UPDATE administrators SET space = 'acme'")
    return private


def plans(cli):
    return [(plan["id"], plan["spaces"]) for plan in cli("list", "plans", "--json").json["items"] if plan["spaces"]]


def test_who_is_named_may_choose_it(private):
    """pricing.md 3.6: a customer's own prices are a plan."""
    done = private("upgrade", "--plan", "vip", "--users", "20", "--yes", "--space", "atelier", "--json").json
    assert (done["after"]["plan"], done["after"]["fee"]) == ("vip", "140.00")


@pytest.mark.parametrize(
    "words",
    [
        ("quote", "--plan", "vip"),
        ("downgrade", "--plan", "vip", "--yes"),
        ("apply", "{home}/wanted.csv", "--yes"),
        ("space", "add", "new", "--name", "New", "--plan", "vip", "--users", "1"),
        ("space", "import", "{home}/spaces.csv"),
    ],
)
def test_others_are_sent_to_support_which_passes(private, words):
    """pricing.md 5: contact_support; --as-support passes and is recorded."""
    (private.home / "wanted.csv").write_text("space,plan\nacme,vip\n")
    (private.home / "spaces.csv").write_text("id,name,plan,users\nnew,New,vip,1\n")
    chosen = [word.format(home=private.home) for word in words]
    where = ("--space", "acme") if words[0] in ("quote", "downgrade") else ()
    code, name, message, hint = private(*chosen, *where, "--json").refusal
    at_line = "Line 2: " if words[0] == "apply" or words[1] == "import" else ""
    assert (code, name, message, hint) == (*SUPPORT[:2], f"{at_line}{SUPPORT[2]}", SUPPORT[3])
    assert private(*chosen, *where, "--as-support", "--json").code == 0
    assert private("history", "--limit", "1", "--json").json["items"][0]["detail"]["as_support"] is True


def test_who_has_it_keeps_it(private):
    """pricing.md 3.6: the list counts for choosing it, not for who has it."""
    private("downgrade", "--plan", "vip", "--users", "20", "--yes", "--as-support", "--space", "acme")
    assert private("upgrade", "--users", "30", "--yes", "--space", "acme", "--json").json["changed"] is True


def test_lists_and_exports_show_others_plans_to_the_stores_administrators_only(private):
    """pricing.md 3.6: nor do the spaces of others stand in a plan that is shared."""
    whole = tomllib.loads(private("catalog", "export").text)["plans"]
    assert plans(private) == [("club", ["acme", "atelier"]), ("vip", ["atelier"])]
    assert [whole[plan]["spaces"] for plan in ("club", "vip")] == [["acme", "atelier"], ["atelier"]]
    private.sql("UPDATE administrators SET space = 'acme'")
    seen = tomllib.loads(private("catalog", "export").text)["plans"]
    assert plans(private) == [("club", ["acme"])]
    assert list(seen) == ["starter", "club", "pro", "business", "enterprise"]
    assert seen["club"] == {**whole["club"], "spaces": ["acme"]}


def test_the_screen_says_for_whom_a_plan_is(private):
    """pricing.md 3.6: only where there is a private one."""
    lines = private("list", "plans").text.splitlines()
    assert [lines[0].split()[-1], *(line.split()[-1] for line in lines[2:5])] == ["For", "all", "atelier", "atelier"]
    assert "acme, atelier" in lines[3]


def test_without_a_private_plan_there_is_no_such_column(demo):
    """pricing.md 3.6: all plans are everybody's."""
    assert demo("list", "plans").text.splitlines()[0].split()[-2:] == ["Changed", "by"]


def test_a_refusal_names_no_private_plan(of_acme, tmp_path):
    """pricing.md 3.6: neither close to what was typed, nor among those that stay."""
    assert of_acme("quote", "--plan", "vipp", "--json").refusal == (
        3,
        "not_found",
        "There is no plan 'vipp'.",
        "subctl list plans shows what there is.",
    )
    assert of_acme("quote", "--plan", "clubb", "--json").refusal[3] == "Did you mean club?"
    of_acme.sql("UPDATE administrators SET space = ''")
    text = of_acme("catalog", "export").text.replace("2026-01-01", "2026-06-01")
    (tmp_path / "next.toml").write_text(text.replace("[plans.pro]", "[plans.gold]"))
    assert of_acme("catalog", "import", str(tmp_path / "next.toml")).code == 0
    assert of_acme("quote", "--plan", "pro", "--space", "acme", "--json").refusal[3] == (
        "From then on there are starter, gold, business, enterprise."
    )
