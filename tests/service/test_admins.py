"""Administrators, and the history of what they did (safety.md)."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from subctl.store import history, write
from subctl.store.read import Held
from subctl.store.sqlite.visit import writing


def roles(cli):
    return [(item["account"], item["role"], item["space"]) for item in cli("admin", "list", "--json").json["items"]]


def test_administrators_of_the_store_and_of_a_space(demo):
    """safety.md: who makes the store is its first administrator; adding again changes nothing."""
    me = demo("whoami", "--json").json["account"]
    assert roles(demo) == [(me, "store", None)]
    assert demo("admin", "add", "nobody", "--space", "acme", "--json").json["changed"] is True
    assert demo("admin", "add", "nobody", "--space", "acme", "--json").json["changed"] is False
    assert demo("admin", "add", "nobody", "--json").json["changed"] is True
    assert sorted(roles(demo)) == sorted([(me, "store", None), ("nobody", "store", None), ("nobody", "space", "acme")])
    assert demo("admin", "remove", "nobody", "--json").json["changed"] is True
    assert demo("admin", "remove", "nobody", "--json").json["changed"] is False
    assert demo("admin", "remove", "nobody", "--space", "acme", "--json").json["changed"] is True
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


# --- accounts by name and by uid -----------------------------------------------------------------------------


def rights(cli):
    """Return uid, account and space of every right, as they are kept."""
    return cli.sql("SELECT uid, account, space FROM administrators ORDER BY space, account")


def me(cli):
    """Return who runs the tests, as he is kept."""
    who = cli("whoami", "--json").json
    return who["uid"], who["account"], ""


def test_an_account_may_be_named_by_its_uid(demo):
    """safety.md: it is the same."""
    assert demo("admin", "add", "nobody").code == 0
    assert demo("admin", "add", "65534", "--json").json["changed"] is False


def test_an_account_that_was_renamed_is_the_same(demo):
    """safety.md: on a file an account is its uid, whatever it was called when it was added."""
    assert demo("admin", "add", "nobody").code == 0
    demo.sql("UPDATE administrators SET account = 'before' WHERE account = 'nobody'")
    assert demo("admin", "add", "nobody", "--json").json["changed"] is False
    assert rights(demo) == sorted([me(demo), (65534, "before", "")], key=lambda right: right[1])
    assert demo("admin", "remove", "nobody", "--json").json["changed"] is True
    assert rights(demo) == [me(demo)]


def test_an_account_of_a_server_is_its_name(demo):
    """safety.md: a right that was given on a server has no uid; on a file it is the account's of that name."""
    uid, account, _ = me(demo)
    demo.sql("UPDATE administrators SET uid = NULL")
    assert demo("whoami", "--json").json["store_administrator"] is True
    assert demo("admin", "add", account, "--json").json == {
        "schema": "list/1",
        "kind": "administrators",
        "items": [{"id": None, "account": account, "space": None, "role": "store"}],
        "changed": False,
    }
    assert demo("admin", "list", "--format", "csv").text == f"id,account,space,role\n,{account},,store\n"
    assert demo("admin", "list").text.splitlines()[2].split() == [account, "–", "store", "–"]
    assert demo("admin", "remove", account, "--json").refusal[1] == "last_administrator"
    demo.sql("INSERT INTO administrators (uid, space, account) VALUES (?, '', 'before')", uid)
    assert demo("admin", "remove", account, "--json").refusal[1] == "last_administrator"
    demo.sql("INSERT INTO administrators (uid, space, account) VALUES (NULL, '', 'nobody')")
    assert demo("admin", "remove", "nobody", "--json").json["changed"] is True
    assert demo.sql("SELECT action, detail FROM history ORDER BY id DESC LIMIT 1") == [
        ("admin remove", '{"removed":"nobody","uid":65534}')
    ]


def test_nobody_else_has_the_right_of_a_name(demo):
    """safety.md: neither another name, nor another uid of the same name."""
    for change in ("uid = NULL, account = 'nobody'", "uid = uid + 1"):
        demo.prepare(("init", "--demo"))
        demo.sql(f"UPDATE administrators SET {change}")
        assert demo("show", "--json").refusal[1] == "not_administrator"


def enter(cli, action, uid, account, space):
    """Give or take a right to an account that this machine hasn't, as another machine would have."""
    now = datetime(2026, 3, 15, tzinfo=UTC)
    with writing(cli.store, now, 4711, "tester") as connection:
        held = Held(uid, space, account)
        (write.insert_administrator if action == "added" else write.delete_administrator)(connection, held)
        command = "admin add" if action == "added" else "admin remove"
        detail = {action: account, "uid": uid}
        history.add(connection, history.entry(now, now.date(), 4711, "tester", command, space or None, detail))


def test_a_name_that_another_account_has_now(demo):
    """safety.md: both keep their rights; the older is called by its uid, and is found by that when it is gone."""
    enter(demo, "added", 4711, "nobody", "acme")
    enter(demo, "added", None, "maria", "acme")
    assert demo("admin", "add", "nobody", "--space", "acme", "--json").json["changed"] is True
    assert rights(demo) == [
        me(demo),
        (4711, "#4711", "acme"),
        (None, "maria", "acme"),
        (65534, "nobody", "acme"),
    ]
    assert demo("check", "--json").json["problems"] == []
    told = " ".join(demo("history", "--limit", "2").out.split())
    assert "Added nobody (uid 65534) as an administrator of acme." in told
    assert "Added maria as an administrator of acme." in told
    for name in ("#4711", "maria"):
        assert demo("admin", "remove", name, "--space", "atelier", "--json").json["changed"] is False
        assert demo("admin", "remove", name, "--space", "acme", "--json").json["changed"] is True
        assert demo("admin", "remove", name, "--space", "acme", "--json").refusal[1] == "bad_input"
    assert rights(demo) == [me(demo), (65534, "nobody", "acme")]
    assert demo("check", "--json").json["problems"] == []


def test_who_is_gone_can_be_named_by_his_uid(demo):
    """safety.md: his name is another account's now, which has no right."""
    enter(demo, "added", 4711, "nobody", "acme")
    assert demo("admin", "remove", "nobody", "--space", "acme", "--json").json["changed"] is False
    assert demo("admin", "remove", "4711", "--space", "acme", "--json").json["changed"] is True
    assert rights(demo) == [me(demo)]
    assert demo("check", "--json").json["problems"] == []


RIGHT = "The right of the account {} to the {} is not what the history says."


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE spaces SET locked = 1 WHERE id = 'acme'", []),
        ("DELETE FROM administrators WHERE account = 'maria'", [("maria", "space acme")]),
        ("UPDATE administrators SET uid = 9 WHERE account = 'maria'", [("maria", "space acme"), ("9", "space acme")]),
        ("UPDATE administrators SET uid = NULL WHERE uid = 65534", [("nobody", "space acme"), ("65534", "space acme")]),
        ("UPDATE administrators SET account = 'x' WHERE uid = 4711", [("4711", "space acme")]),
        ("UPDATE administrators SET uid = NULL WHERE space = ''", []),  # a server's, whose maker's entry says his uid
    ],
)
def test_a_right_that_the_history_does_not_tell_of_is_named(demo, change, named):
    """pricing.md 7.3: with its uid where it has one, else with its name; who was called by his uid is right."""
    enter(demo, "added", 4711, "nobody", "acme")
    enter(demo, "added", None, "maria", "acme")
    assert demo("admin", "add", "nobody", "--space", "acme").code == 0
    demo.sql(change)
    problems = demo("check", "--json").out
    said = [problem["message"] for problem in json.loads(problems)["problems"]]
    assert [message for message in said if message.startswith("The right")] == [RIGHT.format(*each) for each in named]
    assert said
