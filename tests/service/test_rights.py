"""Who may do what: refusal is the default, and each command declares its right (pricing.md 5, safety.md)."""

import os
import pwd
import re

import pytest

from subctl.service.access import ANYONE, SPACE, STORE
from tests.support.cli import LIVE
from tests.support.commands import DECLARED
from tests.support.stores import NO_RIGHTS

ACCOUNT = pwd.getpwuid(os.getuid()).pw_name
RIGHTS = {name: declared.right for name, declared in DECLARED.items()}

WORDS = {
    "space add": ["new", "--name", "New", "--plan", "pro", "--users", "1"],
    "space set": ["acme", "--name", "Other"],
    "space import": ["{home}/spaces.csv"],
    "show": ["--space", "acme"],
    "list": ["spaces"],
    "quote": ["--users", "20", "--space", "acme"],
    "upgrade": ["--users", "20", "--yes", "--space", "acme"],
    "downgrade": ["--users", "9", "--yes", "--space", "acme"],
    "order": ["Q-2026-0001"],
    "cancel": ["--yes", "--space", "acme"],
    "withdraw": ["O-2026-0001", "--yes"],
    "bill": [],
    "pay": ["INV-2026-0001", "--yes"],
    "correct": ["INV-2026-0001", "--yes"],
    "compare": ["--plan", "pro", "--users", "20", "--space", "acme"],
    "forecast": [],
    "owed": [],
    "journal": [],
    "remind": ["--yes"],
    "collect": ["{home}/debits.xml", "--yes"],
    "apply": ["{home}/file.csv", "--yes"],
    "export": [],
    "mandate add": ["M-2", "--space", "acme", "--signed", "2026-03-01", "--iban", "NL91ABNA0417164300"],
    "mandate end": ["M-1"],
    "mandate list": [],
    "catalog list": [],
    "catalog export": [],
    "catalog import": ["{home}/catalog.toml"],
    "catalog drop": ["2026-12-01"],
    "admin list": [],
    "admin add": [ACCOUNT],
    "admin remove": [ACCOUNT],
    "history": [],
    "check": [],
    "backup": ["{home}/backup.db"],
    "restore": ["{home}/kept.db", "--yes"],
    "move": ["--to", "{home}/moved.db", "--yes"],
}
"""How each command that needs a right is called; where it concerns one space, on `acme`."""

GUARDED = [name for name, right in RIGHTS.items() if right != ANYONE]


@pytest.fixture
def used(cli, catalog_file):
    """A store in which both spaces have a quote and an order, and files for the commands that read one."""
    catalog_file()
    (cli.home / "spaces.csv").write_text("id,name,plan,users\nnew,New,pro,1\n")
    (cli.home / "file.csv").write_text("space,plan,users,zoom,billing\nacme,,20,,\n")
    add = [("quote", "--users", "12", "--space", space) for space in ("acme", "atelier")]
    order = [("upgrade", "--users", "15", "--yes", "--space", space) for space in ("acme", "atelier")]
    mandate = ("mandate", "add", "M-1", "--space", "atelier", "--signed", "2026-03-01", "--iban", "NL91ABNA0417164300")
    cli.prepare(("init", "--demo"), *add, *order, mandate)
    assert cli("backup", str(cli.home / "kept.db")).code == 0
    return cli


def state(cli):
    """Return the files of a place, and all rows of its store but those of the history."""
    return sorted(path.name for path in cli.home.iterdir()), cli.tables(but="history")


def call(cli, name, words=None):
    """Run a command by its name."""
    chosen = WORDS[name] if words is None else words
    return cli(*name.split(), *(word.format(home=cli.home) for word in chosen), "--json")


def concerned(name):
    """Return what a stranger is told not to administer, of the command as WORDS has it."""
    if RIGHTS[name] == STORE:
        return "this store"
    if name in ("order", "withdraw"):
        return f"the space of {WORDS[name][0]}"
    return "the space acme" if "acme" in WORDS[name] else "this store or any space in it"


def refused(what):
    """Return the whole refusal of somebody who doesn't administer something."""
    named = re.fullmatch("the space ([a-z]+)", what)
    where = (
        f" --space {named[1]}"
        if named
        else ""
        if what.startswith("this store") and " or " not in what
        else " --space SPACE"
    )
    hint = f"Ask a store administrator for it: subctl admin add {ACCOUNT}{where}."
    return (7, "not_administrator", f"The account {ACCOUNT} is not an administrator of {what}.", hint)


def test_every_command_declares_a_right():
    """safety.md: a command without a right can't be."""
    assert set(RIGHTS.values()) == {ANYONE, SPACE, STORE}


def test_every_guarded_command_is_tried_here():
    """safety.md: a new command that needs a right comes with a way to try it."""
    assert set(GUARDED) - set(WORDS) == set()


@pytest.mark.parametrize("name", GUARDED)
def test_an_account_without_a_row_is_refused_everything(used, name):
    """pricing.md 5: whoever isn't in the table sees nothing and changes nothing."""
    used.sql(NO_RIGHTS)
    before = state(used)
    assert call(used, name).refusal == refused(concerned(name))
    assert state(used) == before


@pytest.mark.parametrize("name", GUARDED)
def test_an_empty_table_lets_nobody_in(used, name):
    """safety.md: refusal is the default."""
    used.sql("DELETE FROM administrators")
    assert call(used, name).refusal[:2] == (7, "not_administrator")


DOCUMENTS = [
    ("show", "Q-2026-0001"),
    ("show", "q-2026-0001"),
    ("show", "O-2026-0001"),
    ("show", "INV-2026-0001"),
    ("show", "Q-2026-0099"),
    ("show", "O-2026-0099"),
    ("show", "INV-2031-0001"),
    ("order", "Q-2026-0001"),
    ("order", "Q-2026-0099"),
    ("order", "O-2026-0001"),
    ("withdraw", "O-2026-0001"),
    ("withdraw", "O-2026-0099"),
    ("withdraw", "Q-2026-0001"),
]
"""Documents of acme that are there, that aren't, and of another kind than the command takes."""

MISSING = [
    ("show", "Q-2026-0099", "quote"),
    ("show", "O-2026-0099", "order"),
    ("show", "INV-2031-0001", "invoice"),
    ("order", "Q-2026-0099", "quote"),
    ("order", "O-2026-0001", "quote"),
    ("withdraw", "O-2026-0099", "order"),
    ("withdraw", "Q-2026-0001", "order"),
]


LAST = {"quote": "Q-2026-0002", "order": "O-2026-0002", "invoice": "INV-2026-0001"}


@pytest.mark.parametrize(("command", "number"), DOCUMENTS)
@pytest.mark.parametrize(
    "change", [NO_RIGHTS, "UPDATE administrators SET space = 'atelier'"], ids=["stranger", "another space"]
)
def test_of_others_nobody_learns_whether_there_is_such_a_document(used, change, command, number):
    """pricing.md 5: sees nothing, so not which documents there are either."""
    used.sql(change)
    before = state(used)
    yes = () if command == "show" else ("--yes",) if command == "withdraw" else ("--expect", "1.00")
    assert used(command, number, *yes, "--json").refusal == refused(f"the space of {number}")
    assert state(used) == before


@pytest.mark.parametrize(("command", "number", "kind"), MISSING)
def test_a_store_administrator_is_told_what_is_missing(used, command, number, kind):
    """pricing.md 5: sees everything, so also that something isn't there."""
    assert used(command, number, "--json").refusal == (
        3,
        "not_found",
        f"There is no {kind} {number}.",
        f"The last one is {LAST[kind]}; subctl list {kind}s shows all.",
    )


def test_init_and_whoami_are_anyones(used):
    """safety.md: everyone may ask who they are, and make a store of their own; a sandbox of others stays."""
    used.sql(NO_RIGHTS)
    before = state(used)
    assert used("whoami", "--json").json == {
        "schema": "whoami/1",
        "uid": used.uid,
        "account": ACCOUNT,
        "store": str(used.store),
        "sandbox": True,
        "date": "2026-03-15",
        "store_administrator": False,
        "spaces": [],
    }
    assert used("init", "--yes", "--json").refusal == refused("this store")
    assert state(used) == before
    assert used(*LIVE, "--store", str(used.home / "own.db"), "--json").json["administrator"] == ACCOUNT


def test_the_account_is_the_operating_systems(used):
    """safety.md: no variable makes anybody somebody else."""
    used.sql(NO_RIGHTS)
    names = dict.fromkeys(("USER", "LOGNAME", "USERNAME", "SUDO_USER"), "somebody")
    assert used("whoami", "--json", **names).json["account"] == ACCOUNT
    assert used("show", "--json", SUDO_UID=str(os.getuid() + 1), **names).refusal[0] == 7


# --- an administrator of one space -------------------------------------------------------------------------


@pytest.fixture
def atelier(used):
    """The same store for the administrator of `atelier` alone; `acme` is the store's default space."""
    used.sql("UPDATE administrators SET space = 'atelier'")
    return used


@pytest.mark.parametrize("name", [name for name in GUARDED if RIGHTS[name] == STORE])
def test_a_space_administrator_is_refused_what_concerns_the_store(atelier, name):
    """safety.md: the store is for its own administrators."""
    before = state(atelier)
    assert call(atelier, name).refusal == refused("this store")
    assert state(atelier) == before


OWN = ("spaces", "quotes", "orders", "invoices", "deadlines")
OTHERS = [
    ("space set", ["acme", "--name", "Other"]),
    ("show", ["--space", "acme"]),
    ("show", ["Q-2026-0001"]),
    ("show", ["O-2026-0001"]),
    ("show", ["INV-2026-0001"]),
    *(("list", [kind, "--space", "acme"]) for kind in (*OWN, "mandates")),
    ("quote", ["--users", "20", "--space", "acme"]),
    ("quote", ["--users", "20", "--space", "acme", "--dry-run"]),
    ("upgrade", ["--users", "20", "--yes", "--space", "acme"]),
    ("upgrade", ["--users", "15", "--yes", "--space", "acme"]),
    ("upgrade", ["--users", "20", "--space", "acme"]),
    ("downgrade", ["--users", "9", "--yes", "--space", "acme"]),
    ("order", ["Q-2026-0001"]),
    ("order", ["Q-2026-0001", "--dry-run"]),
    ("cancel", ["--yes", "--space", "acme"]),
    ("withdraw", ["O-2026-0001", "--yes"]),
    ("bill", ["--space", "acme"]),
    ("compare", ["--plan", "pro", "--users", "20", "--space", "acme"]),
    ("forecast", ["--space", "acme"]),
    ("owed", ["--space", "acme"]),
]


@pytest.mark.parametrize(
    ("name", "words"), OTHERS, ids=lambda value: value if isinstance(value, str) else " ".join(value)
)
def test_another_space_is_out_of_sight(atelier, name, words):
    """pricing.md 5: an administrator of one space sees nothing of another one and changes nothing in it."""
    before = state(atelier)
    what = "the space acme" if "acme" in words else f"the space of {words[0]}"
    assert call(atelier, name, words).refusal == refused(what)
    assert state(atelier) == before


def test_a_space_that_is_not_there_is_refused_like_one_of_others(atelier):
    """pricing.md 5: sees nothing, so not which names are taken either."""
    assert atelier("show", "--space", "nowhere", "--json").refusal == refused("the space nowhere")


@pytest.mark.parametrize("kind", OWN)
def test_a_list_has_ones_own_space_alone(atelier, kind):
    """pricing.md 5: lists keep to what one may see, with --space or without."""
    assert atelier("upgrade", "--users", "20", "--yes", "--today", "2026-04-02", "--json").json["issued"] == [
        "INV-2026-0002"
    ]
    items = atelier("list", kind, "--json").json["items"]
    assert {item["space"] for item in items} == {"atelier"}
    assert atelier("list", kind, "--space", "atelier", "--json").json["items"] == items


def test_what_is_owed_is_ones_own_alone(atelier):
    """payments.md 10: an administrator of a space sees what it owes, and enters nothing."""
    assert atelier("bill", "--today", "2026-04-02", "--space", "atelier", "-q").code == 0
    items = atelier("owed", "--json").json["items"]
    assert {item["space"] for item in items} == {"atelier"}
    assert atelier("owed", "--space", "atelier", "--json").json["items"] == items
    assert atelier("owed", "--space", "acme", "--json").refusal == refused("the space acme")
    before = state(atelier)
    assert atelier("pay", items[0]["number"], "--yes", "--json").refusal == refused("this store")
    assert state(atelier) == before


def test_ones_own_space_needs_no_name(atelier):
    """The only space one may see is meant, also where the store's default is another."""
    assert atelier("show", "--json").json["space"]["id"] == "atelier"
    assert atelier("quote", "--users", "20", "--dry-run", "--json").json["space"] == "atelier"
    assert atelier("whoami", "--json").json["spaces"] == ["atelier"]


def test_an_administrator_of_two_spaces_names_one(atelier):
    """Of two spaces there is a doubt, unless one of them is the store's default."""
    atelier.sql("INSERT INTO administrators SELECT uid, 'acme', account FROM administrators")
    assert atelier("show", "--json").json["space"]["id"] == "acme"
    atelier.sql("UPDATE store SET default_space = NULL")
    assert atelier("show", "--json").refusal == (
        2,
        "ambiguous_space",
        "Which space? There are acme, atelier.",
        "Name it with --space; subctl space set ID --default spares that.",
    )


def test_ones_own_space_can_be_changed(atelier):
    """pricing.md 5: an administrator of a space orders for it; the history has the name."""
    assert atelier("quote", "--users", "20", "--json").json["quote"] == "Q-2026-0003"
    assert atelier("order", "Q-2026-0003", "--json").json["order"] == "O-2026-0003"
    assert atelier("show", "O-2026-0003", "--json").json["space"] == "atelier"
    rows = atelier.sql("SELECT uid, account, action, space FROM history ORDER BY id DESC LIMIT 1")
    assert rows == [(os.getuid(), ACCOUNT, "order", "atelier")]


@pytest.mark.parametrize("command", ["upgrade", "cancel"])
def test_a_refused_stranger_is_in_the_history(used, command):
    """safety.md: a write that was refused for want of a right is recorded."""
    used.sql(NO_RIGHTS)
    call(used, command)
    rows = used.sql("SELECT uid, account, action, space, detail ->> 'refused' FROM history ORDER BY id DESC LIMIT 1")
    assert rows == [(os.getuid(), ACCOUNT, command, "acme", "not_administrator")]
