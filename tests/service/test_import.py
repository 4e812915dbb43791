"""space import: everything is proven before the store is locked, and what has moved meanwhile is looked at again."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest

from subctl.domain.contract import State
from subctl.domain.errors import SubctlError
from subctl.service import catalog_import, catalogs, space_import
from subctl.service.session import reading
from subctl.service.spaces import NewSpace, add_space
from subctl.service.text_file import text_file
from tests.support.callers import caller
from tests.support.waiting import at_most

HEADER = "id,name,plan,users\n"


def new(space_id, plan="pro"):
    return NewSpace(space_id, space_id.capitalize(), State(plan, 3, (), "monthly"))


def proven(cli, *rows):
    """Prove rows on the store's day."""
    return space_import.prove_spaces(caller(cli, "space import"), enumerate(rows, 2))


def imported(cli, rows):
    return space_import.import_spaces(caller(cli, "space import"), rows)


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

    found = space_import.prove_spaces(caller(demo, "space import"), rows())
    assert imported(demo, found).added == 2


def test_a_space_that_came_meanwhile_is_refused_with_its_line(demo):
    """Whether one is there is looked up again under the lock."""
    rows = proven(demo, new("first"), new("second"))
    add_space(caller(demo, "space add"), new("second"))
    with pytest.raises(SubctlError) as refused:
        imported(demo, rows)
    assert (refused.value.code, refused.value.message) == ("already_exists", "Line 3: There is a space second already.")
    with reading(caller(demo, "show")) as session:
        assert list(session.visible_spaces()) == ["acme", "atelier", "second"]


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
