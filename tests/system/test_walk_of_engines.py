"""One store in a file and on a server: every command says the same of both, and what is written has the same hashes."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.support.book.drawn import story
from tests.support.book.lived import live
from tests.support.callers import caller
from tests.support.cli import DEMO, Cli
from tests.support.printed import PRINTS, put_in_use, words_of
from tests.support.stores import LIFE
from tests.support.writers import WRITERS
from tests.support.writers import put_in_use as put_writers_in_use

AS_IT_COMES = {
    r"\b[0-9a-f]{64}\b": "HASH",
    r"\d{4}-\d\d-\d\dT[\d:.]+(?:\+00:00|Z)?": "NOW",
    r'"bytes": ?\d+': '"bytes": SIZE',
    r'"kept": ?"[^"]+"': '"kept": NAME',
    r'"uid": ?(?:null|\d+)': '"uid": UID',
    r'"id": ?(?:null|"\d+"),(\s*)"account"': r'"id": UID,\1"account"',
}
"""What each run has of its own: moments, hashes and names that are made of them, pages; and the uid of a right.

A role of a server has none, so what is said of a right that was given there has none either.
"""

OF_A_FILE = ("administrators.add", "administrators.remove")
"""Services that note the uid of an account, which a server doesn't know: all else that they write is the same."""

OF_THE_ENGINE = ("administrators", "history", "_sqlite_migrations")
"""Tables with uids, moments or the steps of a file's schema in them."""


def twin(cli: Cli, databases, home) -> Cli:
    """Return commands on a server's store that a file was moved to, in a folder with the same files; the file stays."""
    shutil.copytree(cli.home, home, dirs_exist_ok=True)
    other, before = Cli(home, databases), cli.bytes
    moved = cli("move", "--to", other.address, "--yes")
    assert moved.code == 0, moved.err
    cli.put(before)
    return other


def said(cli: Cli, words: list[str]) -> tuple[int, str, str]:
    """Return what a command says, without what each place and moment has of its own."""
    done = cli(*words, "--json")
    out, err = (text.replace(str(cli.store), "STORE").replace(str(cli.home), "HOME") for text in (done.out, done.err))
    for pattern, name in AS_IT_COMES.items():
        out, err = re.sub(pattern, name, out), re.sub(pattern, name, err)
    return done.code, out, err


def test_every_command_says_the_same(cli, databases, tmp_path_factory):
    """SERVER: JSON for JSON, one after another, on a store that began as a file and was moved."""
    on_file = put_in_use(cli)
    on_server = twin(on_file, databases, tmp_path_factory.mktemp("twin"))
    for name in PRINTS:
        found = said(on_server, words_of(name, on_server))
        expected = said(on_file, words_of(name, on_file))
        assert found == expected, name


@pytest.mark.parametrize("name", WRITERS)
def test_every_service_writes_the_same_rows(cli, databases, tmp_path_factory, name):
    """SERVER: with the same names and times every row is the same, the hashes of the history too."""
    on_file = put_writers_in_use(cli)
    on_server = twin(on_file, databases, tmp_path_factory.mktemp("twin"))
    command, write = WRITERS[name]
    for each in (on_file, on_server):
        each.sql("UPDATE store SET sandbox = 1, day = '2026-03-15'")
        write(caller(each, command, "2026-03-15"), each.home)
    left_out = OF_THE_ENGINE if name in OF_A_FILE else ()
    assert _but(on_server.tables(), left_out) == _but(on_file.tables(), left_out)


def test_a_life_that_began_on_either_is_the_same(cli, databases, tmp_path_factory):
    """The same `init` and the same life: all rows but those that have moments or uids in them."""
    on_server = Cli(tmp_path_factory.mktemp("server"), databases).prepare(DEMO, *LIFE)
    on_file = cli.prepare(DEMO, *LIFE)
    assert _but(on_server.tables(), OF_THE_ENGINE) == _but(on_file.tables(), OF_THE_ENGINE)


def _but(tables, names):
    return {name: rows for name, rows in tables.items() if name not in (*names, "moved")}  # a place is each one's own


@pytest.mark.parametrize("number", range(1, 5))
def test_both_readings_agree_all_through_a_life_on_a_server(databases, number):
    """A sample of tests/service/test_lives.py."""
    met = live(story(number), databases)
    assert (met["lives"], met["checks"]) == (1, 1)
