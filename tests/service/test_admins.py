"""Administrators, and the history of what they did (safety.md)."""

import hashlib
import json

import pytest

NOBODY = ("nobody", "65534")


def roles(cli):
    return [(item["account"], item["role"], item["space"]) for item in cli("admin", "list", "--json").json["items"]]


def test_administrators_of_the_store_and_of_a_space(demo):
    """safety.md: who makes the store is its first administrator; adding again changes nothing."""
    me = demo("whoami", "--json").json["account"]
    assert roles(demo) == [(me, "store", None)]
    assert demo("admin", "add", NOBODY[0], "--space", "acme", "--json").json["changed"] is True
    assert demo("admin", "add", NOBODY[1], "--space", "acme", "--json").json["changed"] is False
    assert demo("admin", "add", NOBODY[0], "--json").json["changed"] is True
    assert sorted(roles(demo)) == sorted([(me, "store", None), ("nobody", "store", None), ("nobody", "space", "acme")])
    assert demo("admin", "remove", NOBODY[0], "--json").json["changed"] is True
    assert demo("admin", "remove", NOBODY[0], "--json").json["changed"] is False
    assert demo("admin", "remove", NOBODY[0], "--space", "acme", "--json").json["changed"] is True
    assert roles(demo) == [(me, "store", None)]


def test_the_last_administrator_of_the_store_stays(demo):
    """safety.md: otherwise nobody could ever add one again."""
    me = demo("whoami", "--json").json["account"]
    assert demo("admin", "remove", me, "--json").refusal == (
        4,
        "last_administrator",
        f"{me} is the only administrator of the store.",
        "Add another one first: subctl admin add ACCOUNT, without --space.",
    )


@pytest.mark.parametrize("command", ["add", "remove"])
def test_a_dry_run_writes_nothing(demo, command):
    """It says what would change."""
    if command == "remove":
        demo("admin", "add", "nobody")
    before = demo.bytes
    assert demo("admin", command, "nobody", "--dry-run", "--json").json["changed"] is True
    assert demo.bytes == before


@pytest.mark.parametrize("name", ["no-such-account", "99999999", "9" * 30, "\u0661"])
def test_an_account_that_this_machine_has_not(demo, name):
    """The operating system says who there is."""
    assert demo("admin", "add", name, "--json").refusal == (
        2,
        "bad_input",
        f"This machine has no account '{name}'.",
        "Give its login name or its uid.",
    )


def test_the_history_says_who_when_what_and_the_chain_holds(demo):
    """safety.md: before and after, refused writes too; each hash covers the one before it."""
    demo("upgrade", "--users", "20", "--yes")
    demo("downgrade", "--users", "3", "--yes")
    demo("bill", "--today", "2026-03-14")  # nothing is due: nothing to refuse
    items = demo("history", "--json").json["items"]
    assert [(item["action"], item["space"]) for item in items] == [
        ("downgrade", "acme"),
        ("upgrade", "acme"),
        ("space add", "atelier"),
        ("space add", "acme"),
        ("init", None),
    ]
    assert items[0]["detail"]["refused"] == "below_active_users"
    assert (items[1]["detail"]["before"]["users"], items[1]["detail"]["after"]["users"]) == (10, 20)
    previous = "0" * 64
    for row in demo.sql(
        "SELECT at, day, uid, account, action, space, detail, seal, state, hash FROM history ORDER BY id"
    ):
        entry = json.dumps([previous, *row[:-1]], ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(entry.encode()).hexdigest()
        assert row[-1] == previous
    assert demo("check", "--head", items[-1]["hash"], "--json").json["ok"] is True
    assert demo("history", "--space", "acme", "--since", "2026-03-15", "--limit", "1", "--json").json["items"] == [
        items[0]
    ]
