"""Stores that are no longer sound: each kind has its own words in every command, and none is made worse."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from random import Random

import pytest

from tests.support.bad_input import LINES
from tests.support.stores import LIFE, RESTORE, folder

WITHOUT_A_STORE = {
    "catalog new",
    "catalog check",
    "config show",
    "config set",
    "config unset",
    "schema",
    "completion",
    "restore",
}
TOUCHING = sorted(set(LINES) - WITHOUT_A_STORE)
FILES = {
    "apply": "space\nacme\n",
    "space import": "id,name,plan,users\nx,X,pro,3\n",
}


@pytest.fixture
def lived(cli):
    """A store with every kind of document in it."""
    return cli.prepare(("init", "--demo"), *LIFE)


def words_of(cli, command):
    """Return the words of a command, with a file that can be read where it needs one."""
    words = LINES[command]
    if "{file}" not in words:
        return words
    file = cli.home / "file"
    if command == "catalog import":
        file.write_text(cli("catalog", "export").text.replace("2026-01-01", "2026-06-01"))
    elif command not in ("backup", "collect", "move"):  # they write one
        file.write_text(FILES[command])
    return tuple(word.replace("{file}", str(file)) for word in words)


# --- five kinds, every command -----------------------------------------------------------------------------


def a_flipped_page(store):
    content = bytearray(store.read_bytes())
    content[100:4096] = bytes(255 - byte for byte in content[100:4096])
    store.write_bytes(content)


def a_lost_end(store):
    store.write_bytes(store.read_bytes()[:50_000])


def nothing_left(store):
    store.write_bytes(b"")


def another_program(store):
    store.unlink()
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("CREATE TABLE spaces (id TEXT)")


def a_newer_version(store):
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA user_version = 99")


KINDS = {
    a_flipped_page: ("store_damaged", "The store {} is damaged: database disk image is malformed.", RESTORE),
    a_lost_end: ("store_damaged", "The store {} is cut off.", RESTORE),
    nothing_left: ("store_damaged", "The store {} is empty.", RESTORE),
    another_program: ("store_foreign", "{} is a database of another program.", "Name another file with --store."),
    a_newer_version: (
        "store_newer",
        "The store {} was written by a newer subctl (version 99, this one knows 6).",
        "Install the newer subctl.",
    ),
}


@pytest.mark.parametrize("command", TOUCHING)
@pytest.mark.parametrize("spoil", KINDS, ids=lambda spoil: spoil.__name__)
def test_every_command_says_what_is_wrong_and_touches_nothing(demo, spoil, command):
    """safety.md: five kinds, five messages; not a byte differs afterwards and no file is new."""
    words = words_of(demo, command)
    spoil(demo.store)
    before = folder(demo)
    code, message, hint = KINDS[spoil]
    assert demo(*words, "--json").refusal == (8, code, message.format(demo.store), hint)
    assert folder(demo) == before


def test_the_table_of_commands_is_whole():
    """What needs no store works beside one that is damaged; restore is there to mend it (test_copies.py)."""
    assert set(LINES) >= WITHOUT_A_STORE


@pytest.mark.parametrize("command", sorted(WITHOUT_A_STORE - {"restore", "catalog check"}))
def test_what_needs_no_store_works_beside_a_damaged_one(demo, command):
    """Otherwise nobody could look at the settings that lead to it."""
    a_flipped_page(demo.store)
    assert demo(*LINES[command]).code == 0


# --- every page, and single letters ------------------------------------------------------------------------

SEEN = [
    ("show",),
    ("show", "INV-2026-0001"),
    ("list", "spaces"),
    ("list", "invoices"),
    ("quote", "--users", "14", "--space", "atelier"),
    ("upgrade", "--users", "15", "--space", "atelier", "--yes"),
    ("bill", "--today", "2026-07-02"),
    ("check",),
]


def outcomes(cli, content):
    """Return what each command says on a store with this content; a refusal for damage leaves all as it was."""
    found = {}
    for words in SEEN:
        cli.store.write_bytes(content)
        done = cli(*words, "--json")
        code = json.loads(done.err)["error"]["code"] if done.err else None
        assert code != "internal", (words, done)
        if done.code == 8:
            assert folder(cli) == {cli.store.relative_to(cli.home): content}, (words, done)
        found[words] = (done.code, done.out, done.err)
    return found


def test_every_page_in_turn(lived):
    """pricing.md 7.3: the check finds it, or nothing that anyone sees is different."""
    content = lived.bytes
    sound, size = outcomes(lived, content), int.from_bytes(content[16:18])
    assert {code for code, _, _ in sound.values()} == {0}
    for start in range(0, len(content), size):
        page = bytes(255 - byte for byte in content[start : start + size])
        found = outcomes(lived, content[:start] + page + content[start + size :])
        assert found[("check",)][0] == 8 or found == sound, start


def test_single_bits(lived):
    """A letter that fell over is never taken for a bug: SQLite can't see it, the check of the book can."""
    content, random = lived.bytes, Random(7)
    used = [at for at in range(100, len(content)) if content[at]]
    for at in random.sample(used, 15):
        outcomes(lived, content[:at] + bytes([content[at] ^ 1 << random.randrange(8)]) + content[at + 1 :])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contracts SET start = '2026-99-99', billed_from = '2026-99-99'",
        "DELETE FROM steps",
        "DELETE FROM buyers",
        "DELETE FROM contracts",
        "UPDATE quotes SET document = 'x'",
        "UPDATE quotes SET document = '{}'",
        "UPDATE orders SET document = '{}'",
        "UPDATE invoices SET lines = '[[1]]'",
        "UPDATE quotes SET before = json_set(before, '$.steps', json('[]'))",
        "UPDATE orders SET before = json_set(before, '$.steps', json('[]'))",
        "UPDATE orders SET document = json_set(document, '$.issued', json('[]'))",
        "UPDATE invoices SET words = json_set(words, '$.lines', json('[]'))",
        'UPDATE steps SET licences = \'{"zoom":"1"}\'',
        'UPDATE steps SET rates = \'{"users":"1"}\'',
        "UPDATE steps SET rates = '{}'",
        "UPDATE history SET detail = 'x'",
        "UPDATE store SET default_space = 'gone'",
    ],
)
def test_what_can_not_be_read_is_damage_and_not_a_bug(lived, statement):
    """safety.md: a command that fails over what stands in the store says what it couldn't read."""
    with closing(sqlite3.connect(lived.store)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
    before = folder(lived)
    for words in (*SEEN[:6], ("show", "Q-2026-0001"), ("show", "O-2026-0001"), ("list", "orders"), ("history",)):
        done = lived(*words, "--dry-run", "--json") if words[0] in ("quote", "upgrade") else lived(*words, "--json")
        if done.err:
            code, name, message, hint = done.refusal
            assert (code, name, hint) == (8, "store_damaged", RESTORE), words
            assert message.startswith("The store is damaged: "), words
    assert folder(lived) == before
    assert lived("check", "--json").code == 8


def test_a_bug_in_a_sound_store_is_a_bug(demo, monkeypatch):
    """Whatever the store is like: only what couldn't be read from it is damage, and --debug shows what happened."""

    def broken(*_):
        raise KeyError("made for this test")

    monkeypatch.setattr("subctl.service.contract_page.show_contract", broken)
    bug = (1, "internal", "A bug in subctl: KeyError: 'made for this test'", "Run it again with --debug.")
    assert demo("show", "--json").refusal == bug
    assert demo("show", "--json", "--store", str(demo.home / "none")).refusal == bug
    with pytest.raises(KeyError, match="made for this test"):
        demo("show", "--debug")
    demo.sql("DELETE FROM steps")
    assert demo("show", "--json").refusal == bug
