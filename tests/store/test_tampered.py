"""States that no document contradicts, each put in place by somebody with the file: a check finds them all (7.3)."""

from __future__ import annotations

import json

import pytest

from subctl.service.check.suspects import _Told
from subctl.store.history import Entry
from tests.support import old_stores

STATE = "The state of the store is not what entry {} of the history sealed."

UNORDERED = {
    "fewer users": ["UPDATE steps SET users = 1 WHERE space = 'atelier'"],
    "another plan": ["UPDATE steps SET plan = 'pro' WHERE space = 'atelier'"],
    "a promise of 0.01": ["""UPDATE steps SET rates = '{"users":100,"zoom":100}' WHERE space = 'atelier'"""],
    "a renewal a year on": ["UPDATE steps SET anchor = '2026-07-01' WHERE space = 'acme'"],
    "a year that nobody bills": [
        "UPDATE contracts SET first_billed = '2027-04-01', billed_until = '2027-04-01' WHERE space = 'atelier'"
    ],
    "a step": ["INSERT INTO steps VALUES ('atelier', '2026-06-01', 'starter', 1, '{}', 'monthly', NULL, NULL)"],
    "a later start": [
        "UPDATE contracts SET start = '2025-08-01', billed_from = '2025-08-01' WHERE space = 'atelier'",
        "UPDATE steps SET start = '2025-08-01' WHERE space = 'atelier'",
    ],
    "another space's buyer": ["UPDATE spaces SET buyer = 1 WHERE id = 'atelier'"],
    "an IBAN": ["UPDATE buyers SET iban = 'NL20INGB0001234567' WHERE id = 2"],
    "an administrator": ["INSERT INTO administrators VALUES (4711, '', 'mallory')"],
    "a live store": ["UPDATE store SET sandbox = 0, day = NULL"],
    "a space that is gone": [
        "DELETE FROM steps WHERE space = 'atelier'",
        "DELETE FROM contracts WHERE space = 'atelier'",
        "DELETE FROM entries WHERE space = 'atelier'",
        "DELETE FROM spaces WHERE id = 'atelier'",
    ],
}

CANCELLED, REDUCED, RAISED = (
    (("cancel", "--yes"),),
    (("downgrade", "--users", "8", "--yes"),),
    (("upgrade", "--users", "12", "--space", "atelier", "--yes"),),
)
WITHDRAWN = "INSERT INTO withdrawals VALUES (20260000000001, '2026-03-15', NULL)"
ORDERED = {
    "a cancellation taken back": (CANCELLED, [WITHDRAWN, 'UPDATE contracts SET "end" = NULL']),
    "a reduction taken back": (REDUCED, [WITHDRAWN, "DELETE FROM steps WHERE start > '2026'"]),
    "a rise taken back": (RAISED, [WITHDRAWN, "DELETE FROM steps WHERE start > '2026'"]),
    "a withdrawal of another day": (
        (*REDUCED, ("withdraw", "O-2026-0001", "--yes", "--today", "2026-03-16")),
        ["UPDATE withdrawals SET date = '2026-03-15'"],
    ),
}


@pytest.mark.parametrize(
    ("life", "statements"),
    [*(((), statements) for statements in UNORDERED.values()), *ORDERED.values()],
    ids=[*UNORDERED, *ORDERED],
)
def test_the_seal_of_the_state_finds_it(demo, life, statements):
    """Whatever the rules make of it."""
    for words in life:
        assert demo(*words).code == 0
    assert demo("check").code == 0
    ((entries,),) = demo.sql("SELECT count(*) FROM history")
    demo.tamper(*statements)
    done = demo("check")
    assert (done.code, STATE.format(entries) in done.out) == (8, True)


def test_a_state_that_can_not_be_read_is_another(demo):
    """A row that no schema of subctl's would hold: the check goes on, and says so."""
    ((sql,),) = demo.sql("SELECT sql FROM sqlite_master WHERE name = 'entries'")
    demo.sql("DROP TABLE entries")
    demo.sql(sql.replace(" NOT NULL", "").replace(" STRICT", ""))
    demo.sql("INSERT INTO entries (id) VALUES (1)")
    assert STATE.format(3) in demo("check").out


def test_the_check_names_the_space_and_the_right(demo):
    """Where the history says what was set: people have to know where to look."""
    demo.tamper(*UNORDERED["another space's buyer"], *UNORDERED["an administrator"])
    assert [problem["message"] for problem in json.loads(demo("check", "--json").out)["problems"]] == [
        STATE.format(3),
        "atelier: buyer: another than the history says.",
        "The right of the account 4711 to the store is not what the history says.",
    ]


def test_a_space_of_the_first_schema_is_named_too(cli):
    """Its entries have no seals; what was refused meanwhile set nothing."""
    old_stores.put(1, cli.store)
    assert cli("downgrade", "--users", "3", "--space", "acme", "--yes").code == 4
    assert cli("space", "set", "acme", "--active-users", "8").code == 0
    cli.tamper("UPDATE spaces SET locked = 1, active_users = active_users + 1")
    found = cli("check").out
    assert "acme: locked and active users: another than the history says." in found
    assert "atelier: locked and active users: another than the history says." in found


def test_a_space_of_an_import_is_named_by_its_buyer_and_its_lock(demo):
    """Each row of a file brought its buyer's details, in the order of the rows."""
    file = demo.home / "many.csv"
    file.write_text("id,name,plan,users\nzoe,Zoe,pro,3\nadam,Adam,pro,3\n")
    assert demo("space", "import", str(file)).code == 0
    demo.tamper("UPDATE spaces SET buyer = 7 - buyer WHERE id IN ('zoe', 'adam')")
    found = demo("check").out
    assert ("zoe: buyer: another" in found, "adam: buyer: another" in found) == (True, True)
    assert ("acme: " in found, "atelier: " in found) == (False, False)


def test_an_import_by_an_older_program_says_of_no_space_whose_buyer_it_is():
    """Its entry sealed no state, and so no number of an entry is known to be from then."""
    told = _Told(("acme",))
    entry = Entry("2026-01-01", "2026-01-01", 0, "root", "space import", None, '{"spaces":1}')
    told.hear(entry)
    assert (told.spaces, told.count) == ({"acme": {"locked": 0}}, 1)
