"""space import: everything is proven before the store is locked, and what has moved meanwhile is looked at again."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import date

import pytest

from subctl.domain.contract import State
from subctl.domain.errors import SubctlError
from subctl.service import catalog_import, catalogs, space_import, space_proof
from subctl.service.party import Party
from subctl.service.session import reading
from subctl.service.spaces import NewSpace, add_space
from subctl.service.text_file import text_file
from tests.support.build import zooms
from tests.support.callers import caller
from tests.support.cli import DEMO
from tests.support.waiting import at_most

HEADER = "id,name,plan,users\n"


def new(space_id, plan="pro"):
    return NewSpace(space_id, space_id.capitalize(), State(plan, 3, (), "monthly"))


def proven(cli, *rows):
    """Prove rows on the store's day."""
    return space_proof.prove_spaces(caller(cli, "space import"), enumerate(rows, 2))


def imported(cli, rows, progress=None):
    return space_import.import_spaces(caller(cli, "space import"), rows, progress)


@pytest.fixture(params=["written at once", "laid out"])
def either(request, monkeypatch):
    """Import a few rows either way: as few are, and as many are."""
    if request.param == "laid out":
        monkeypatch.setattr(space_import, "FEW", 0)


def slow(cli, *words, lines, meanwhile, stdin=False):
    """Run a command on a file that comes slowly; return its exit code, and what another command did meanwhile.

    The first line is there, and the program reads: then the other command runs, and only then the rest comes.
    """
    path = cli.home / "slow.csv"
    os.mkfifo(path)
    file = "-" if stdin else str(path)
    script = f'exec "$@" < {path}' if stdin else 'exec "$@"'
    with (
        subprocess.Popen(
            ["/bin/sh", "-c", script, "sh", sys.executable, "-m", "subctl", *words, file],
            env=cli.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process,
        at_most(60, process),
    ):
        with path.open("w", encoding="utf-8") as pipe:  # waits until somebody opens the other end
            pipe.write(lines[0])
            pipe.flush()
            other = cli.process(*meanwhile)
            pipe.write("".join(lines[1:]))
        _, err = process.communicate()
    assert err == b""
    return process.returncode, other.code


@pytest.mark.parametrize("stdin", [False, True])
@pytest.mark.parametrize(
    ("words", "lines", "spaces"),
    [
        (("space", "import"), (HEADER, "new,New,pro,3\n"), {"acme": 20, "atelier": 10, "new": 3}),
        (("apply", "--yes"), ("space,users\n", "atelier,12\n"), {"acme": 20, "atelier": 12}),
    ],
)
def test_another_writer_gets_its_turn_while_a_file_comes_slowly(demo, words, lines, spaces, stdin):
    """A pipe may take hours: nothing is locked before its last row is read and proven."""
    order = ("upgrade", "--users", "20", "--space", "acme", "--yes", "--json")
    assert slow(demo, *words, lines=lines, meanwhile=order, stdin=stdin) == (0, 0)
    assert {each["id"]: each["users"] for each in demo("list", "spaces", "--json").json["items"]} == spaces


def test_proving_holds_no_lock_while_rows_come(demo):
    """Not even that of a reader: a writer could not end its transaction."""

    def rows():
        yield 2, new("first")
        add_space(caller(demo, "space add"), new("other"))
        yield 3, new("second")

    found = space_proof.prove_spaces(caller(demo, "space import"), rows())
    assert imported(demo, found).added == 2


@pytest.mark.usefixtures("either")
def test_a_space_that_came_meanwhile_is_refused_with_its_line(demo):
    """Whether one is there is looked up again under the lock."""
    rows = proven(demo, new("first"), new("second"))
    add_space(caller(demo, "space add"), new("second"))
    with pytest.raises(SubctlError) as refused:
        imported(demo, rows)
    assert (refused.value.code, refused.value.message) == ("already_exists", "Line 3: There is a space second already.")
    with reading(caller(demo, "show")) as session:
        assert list(session.visible_spaces()) == ["acme", "atelier", "second"]


@pytest.mark.usefixtures("either")
def test_a_catalog_that_came_meanwhile_counts(demo):
    """pricing.md 5: a plan that a catalog to come doesn't sell is refused, whenever that catalog came."""
    rows = proven(demo, new("first", "starter"), new("second"))
    without = catalogs.built_in().decode().replace("2026-01-01", "2027-01-01")
    start, end = without.index("[plans.pro]"), without.index("[plans.business]")
    (demo.home / "later.toml").write_text(without[:start] + without[end:])
    file = catalogs.read_catalog_file(text_file(str(demo.home / "later.toml")))
    catalog_import.import_(caller(demo, "catalog import"), file)
    with pytest.raises(SubctlError) as refused:
        imported(demo, rows)
    message = "Line 3: The plan pro is not sold any more from 2027-01-01 on."
    assert (refused.value.code, refused.value.message) == ("not_found", message)


@pytest.mark.usefixtures("either")
def test_another_store_in_its_place_counts(demo):
    """A sandbox that was made anew while a file came: its catalog is as new as the one before, and another."""
    rows = proven(demo, new("first"), new("second", "starter"))
    built_in = catalogs.built_in().decode()
    start, end = built_in.index("[plans.pro]"), built_in.index("[plans.business]")
    (demo.home / "other.toml").write_text(built_in[:start] + built_in[end:])
    init = ("init", "--sandbox", "--catalog", str(demo.home / "other.toml"), "--today", "2026-03-15", "--yes")
    assert demo(*init).code == 0
    with pytest.raises(SubctlError) as refused:
        imported(demo, rows)
    assert (refused.value.code, refused.value.message) == ("not_found", "Line 2: There is no plan 'pro'.")


@pytest.mark.usefixtures("either")
def test_another_day_counts(demo):
    """pricing.md 2.5: a contract is entered on the day on which it is written."""
    rows = proven(demo, new("first"))
    later = caller(demo, "space import", "2026-05-10")
    assert space_import.import_spaces(later, rows).day == date(2026, 5, 10)
    assert demo("show", "--space", "first", "--json").json["contract"]["started_on"] == "2026-05-10"


def test_every_bad_row_is_named_whatever_is_wrong_with_it(demo):
    """A rule that is broken, an ID that stands twice, and one that is there, in the order of the lines."""
    with pytest.raises(SubctlError) as refused:
        proven(demo, new("acme"), new("first"), new("first"), new("second", "gold"))
    assert refused.value.message == (
        "Line 2: There is a space acme already. Take the line out.\n"
        "Line 4: There is a space first already. Take the line out.\n"
        "Line 5: There is no plan 'gold'. subctl list plans shows what there is."
    )


def test_what_is_refused_before_the_lock_is_in_the_history(demo):
    """safety.md: like every refusal by a rule, a conflict or a missing right."""
    with pytest.raises(SubctlError):
        proven(demo, new("acme"))
    newest = demo("history", "--limit", "1", "--json").json["items"][0]
    assert (newest["action"], newest["detail"]["refused"]) == ("space import", "already_exists")


DETAILS = (
    {"country": "NL"},
    {"country": "BE", "vat_id": "BE0428759497", "email": "it@b.example"},
    {"name": "O'Neill, Sons", "address": "1 Road\nTown", "payment": "direct-debit", "iban": "NL91ABNA0417164300"},
    {"country": "US", "party": Party(language="fr", city="Żory", e_invoice="peppol")},
)
"""Of customers: some fields set, some left out, with letters that have to be written with care."""


def random_rows(seed):
    """Return spaces in no order, of all kinds."""
    chance = random.Random(seed)
    places = list(range(30))
    chance.shuffle(places)
    for place in places:
        billing, start = chance.choice(("monthly", "annual")), date(2025, chance.randint(1, 12), chance.randint(1, 28))
        state = State(chance.choice(("starter", "pro")), chance.randint(1, 9), zooms(chance.randint(0, 2)), billing)
        first = NewSpace(f"s{place:02d}", f"Space {place}", state, start=chance.choice((None, start)))
        yield first._replace(**chance.choice(DETAILS))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_laid_out_becomes_the_store_that_is_written_at_once(new_cli, monkeypatch, seed):
    """Every row of every table: numbers, hashes, seals and the state too; in parts, or all in one."""
    found = []
    for few, chunk in ((1000, 7), (0, 7), (0, 1000)):
        monkeypatch.setattr(space_import, "FEW", few)
        monkeypatch.setattr(space_proof, "CHUNK", chunk)
        cli = new_cli().prepare(DEMO)
        assert imported(cli, proven(cli, *random_rows(seed))).added == 30
        assert cli("check", "--json").json["problems"] == []
        found.append({name: cli.sql(f"SELECT * FROM {name} ORDER BY 1, 2") for name in (*MADE, "history")})
    assert len(found[0]["contracts"]) == 32
    assert found[0] == found[1] == found[2]


MADE = ("buyers", "spaces", "contracts", "steps", "entries", "store")


@pytest.mark.parametrize("times", [1, 2, 5])
def test_others_write_while_rows_are_laid_out(demo, monkeypatch, times):
    """Whose spaces come before: rows are laid out anew under the numbers after theirs, at last written at once."""
    monkeypatch.setattr(space_import, "FEW", 0)
    others: list[str] = []

    def meanwhile(_done, _total):
        if len(others) < min(times, 3):
            others.append(f"other{len(others)}")
            add_space(caller(demo, "space add"), new(others[-1]))

    assert imported(demo, proven(demo, new("first"), new("second")), meanwhile).added == 2
    entered = [space for (space,) in demo.sql("SELECT space FROM entries ORDER BY id")]
    assert entered == ["acme", "atelier", *others, "first", "second"]
    assert [number for (number,) in demo.sql("SELECT id FROM buyers ORDER BY id")] == list(range(1, len(entered) + 1))
    assert demo("check", "--json").json["problems"] == []


def test_orders_of_others_move_nothing(demo, monkeypatch):
    """Rows that are laid out rest on numbers that orders don't take."""
    monkeypatch.setattr(space_import, "FEW", 0)
    seen: list[int] = []

    def meanwhile(done, _total):
        seen.append(done)
        assert demo("upgrade", "--space", "acme", "--users", str(20 + len(seen)), "--yes", "--json").code == 0

    assert imported(demo, proven(demo, new("first")), meanwhile).added == 1
    assert seen == [1]
    assert demo("check", "--json").json["problems"] == []


def test_a_space_that_comes_while_rows_are_laid_out_is_refused_with_its_line(demo, monkeypatch):
    """Nothing of the file is there, and the history says why."""
    monkeypatch.setattr(space_import, "FEW", 0)
    rows = proven(demo, new("first"), new("second"))
    with pytest.raises(SubctlError) as refused:
        imported(demo, rows, lambda *_: add_space(caller(demo, "space add"), new("second")))
    assert (refused.value.code, refused.value.message) == ("already_exists", "Line 3: There is a space second already.")
    newest = demo("history", "--limit", "1", "--json").json["items"][0]
    assert (newest["action"], newest["detail"]["refused"]) == ("space import", "already_exists")
    assert [space for (space,) in demo.sql("SELECT id FROM spaces ORDER BY id")] == ["acme", "atelier", "second"]


def test_a_dry_run_of_many_writes_nothing(demo, monkeypatch):
    monkeypatch.setattr(space_import, "FEW", 0)
    before = demo.sql("SELECT count(*) FROM history")
    who = caller(demo, "space import", dry_run=True)
    rows = space_proof.prove_spaces(who, enumerate((new("first"), new("second")), 2))
    assert space_import.import_spaces(who, rows).added == 2
    assert demo.sql("SELECT count(*) FROM history") == before
    assert demo.sql("SELECT count(*) FROM spaces") == [(2,)]
