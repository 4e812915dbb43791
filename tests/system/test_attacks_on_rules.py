"""What a space's administrator tries with psql against rules that the check couldn't hold him to afterwards.

An order computes as it should by prices of yesterday, or with a private plan of others; an entry is believed.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support import attacked
from tests.support.attacked import BOOK, SWITCH, entry, everything, lived, sealing, tried
from tests.support.attacks import DAY, NO_POLICY, SAID_NOTHING, YEAR, Attack, order
from tests.support.attacks_by_values import quote, step
from tests.support.attacks_on_forms import CHANGE


def choosing(plan: str) -> str:
    """Return the document of a change to a plan."""
    return json.dumps({**CHANGE, "change": {**CHANGE["change"], "after": {**CHANGE["change"]["after"], "plan": plan}}})


@pytest.fixture(scope="module")
def book(server, tmp_path_factory):
    """The store that is attacked, after its catalog was imported a second time."""
    with lived(server, tmp_path_factory) as made:
        made.superuser(
            f"{SWITCH} INSERT INTO subctl.kept_catalogs SELECT 2, action, valid_from, imported_on, content"
            " FROM subctl.kept_catalogs;",
            BOOK,
        )
        yield made


ORDERING = (
    Attack("order by the catalogs of yesterday", order(), NO_POLICY),
    Attack("quote by the catalogs of yesterday", quote(), NO_POLICY),
    Attack("order by catalogs to come", order(catalog=3), NO_POLICY),
    Attack("order a private plan of another", order(catalog=2, document=choosing("vip")), NO_POLICY),
    Attack("be quoted a private plan of another", quote(catalog=2, document=choosing("vip")), NO_POLICY),
    Attack(
        "withdraw what he has paid for and used", f"INSERT INTO withdrawals VALUES ({YEAR + 1}, '{DAY}');", NO_POLICY
    ),
    Attack("order what there isn't", order(catalog=2, document=choosing("x")), NO_POLICY),
)


@pytest.mark.parametrize("attack", ORDERING, ids=lambda attack: attack.what.replace(" ", "-"))
def test_it_is_refused_and_changes_nothing(book, attack: Attack):
    """Each is taken by the catalog of today, and with a plan that anybody may choose."""
    before = everything(book)
    seen, error = tried(book, attack.sql)
    assert (seen, error[: len(attack.refused)]) == ("", attack.refused)
    assert everything(book) == before


@pytest.mark.parametrize(
    "sql",
    [
        order(catalog=2, document=choosing("pro")),
        quote(catalog=2, document=choosing("pro")),
        "UPDATE contracts SET billed_until = billed_until;",
        f"INSERT INTO withdrawals VALUES ({YEAR + 4}, '{DAY}');",
    ],
)
def test_what_may_be_chosen_is_taken(book, sql):
    """Up to the entry that is owed."""
    assert tried(book, sql) == ("", SAID_NOTHING)


LOCKED = (
    Attack("end his contract", "UPDATE contracts SET \"end\" = '2026-12-31';", "42501: permission denied"),
    Attack("make his quotes stale", "UPDATE contracts SET version = version + 1;", "42501: permission denied"),
    Attack("have another step", step(), NO_POLICY),
    Attack("take his steps away", "DELETE FROM steps; \\echo :ROW_COUNT", seen="0"),
    Attack("be billed", "UPDATE contracts SET billed_until = billed_until;", SAID_NOTHING),
)


@pytest.fixture
def locked(book):
    """The same store where acme's contract is its seller's to change."""
    with attacked.locked(book) as made:
        yield made


@pytest.mark.parametrize("attack", LOCKED, ids=lambda attack: attack.what.replace(" ", "-"))
def test_a_locked_contract_is_billed_and_not_changed(locked, attack: Attack):
    """Unlocked, each is taken up to the entry that is owed."""
    before = everything(locked)
    seen, error = tried(locked, attack.sql)
    assert (seen, error[: len(attack.refused)] if attack.refused else error) == (attack.seen, attack.refused)
    assert everything(locked) == before


def run(*numbers: str) -> dict[str, Any]:
    """Return what an entry says of a bill run."""
    return {"action": "bill", "space": None, "detail": json.dumps({"numbers": numbers})}


NOT_ISSUED = "23514: a bill run says which invoices it issued"
REFUSED = json.dumps({"refused": "too_late", "message": "No."})
FORGED = {
    "that he billed another": (run("INV-2026-0004", "INV-2026-0005"), NOT_ISSUED),
    "that he billed today what is older": (run("INV-2026-0001", "INV-2026-0001"), NOT_ISSUED),
    "that he billed what there isn't": (run("INV-2026-0006", "INV-2026-0007"), NOT_ISSUED),
    "that he billed more than two ends": (run("INV-2026-0001"), NOT_ISSUED),
    "that he billed in other words": (run("inv-2026-4", "inv-2026-5"), NOT_ISSUED),
    "of what is no space": ({"space": "\x1b[2J", "detail": REFUSED}, "23514: an entry can be read"),
}


@pytest.mark.parametrize("how", FORGED)
def test_no_entry_says(book, how):
    """What the history tells of a run, the check goes by."""
    other, refused = FORGED[how]
    before = everything(book)
    assert tried(book, entry(book, seal=sealing(book, catalogs=2), **other)) == ("", refused)
    assert everything(book) == before


@pytest.fixture
def live(book):
    """The same store as if it were no sandbox."""
    with attacked.live(book) as made:
        yield made


def test_an_entry_of_a_live_store_is_of_this_time(live):
    """Its day alone doesn't say when it was."""
    zone = "SELECT to_char(now() AT TIME ZONE 'Europe/Amsterdam', 'YYYY-MM-DD'), to_char(now(), 'YYYY-MM-DD')"
    today, date = live.superuser(zone, BOOK).strip().split("|")
    for at, said in (("2020-01-01", "23514: an entry can be read"), (date, "")):
        sql = entry(live, day=today, at=f"{at}T12:00:00+00:00", detail=REFUSED, seal=sealing(live, catalogs=2))
        assert tried(live, f"BEGIN; {sql} ROLLBACK;") == ("", said)
