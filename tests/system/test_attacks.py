"""What a space's administrator tries with psql the server refuses, and nothing is changed (docs/safety.md).

The lists are in `tests.support.attacks` and beside; forged entries are here, for they need the newest of the history.
What can't be refused is here too: a wrong price of his own, which `check` names.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from subctl.domain.numbers import next_id
from subctl.store.postgres.translate import translated
from subctl.store.tables import INVOICES
from tests.support import attacked
from tests.support.attacked import (
    AS_HE,
    ATTACKER,
    BOOK,
    STORE_ADMINISTRATOR,
    entries,
    entry,
    everything,
    lived,
    newest,
    sealing,
    tried,
)
from tests.support.attacks import (
    DAY,
    FUNCTIONS,
    GUARDED,
    NO_POLICY,
    READING,
    RIGHTS,
    SAID_NOTHING,
    YEAR,
    Attack,
    invoice,
    like,
    order,
)
from tests.support.attacks_by_values import VALUES, buyer, quote, step
from tests.support.attacks_on_rows import HISTORY, OF_THE_STORE, WRITING
from tests.support.cli import Cli
from tests.support.files import Files


@pytest.fixture(scope="module")
def book(server, tmp_path_factory):
    """A store on the server with acme's and atelier's lives in it; the attacker is an administrator of acme."""
    with lived(server, tmp_path_factory) as made:
        yield made


@pytest.mark.parametrize(
    "attack",
    [*READING, *RIGHTS, *FUNCTIONS, *WRITING, *VALUES, *HISTORY],
    ids=lambda attack: attack.what.replace(" ", "-"),
)
def test_it_is_refused_and_changes_nothing(book, attack: Attack):
    """The error is the one that is meant, so that no attack fails by a slip of its own."""
    before = everything(book)
    seen, error = tried(book, attack.sql)
    assert (seen, error[: len(attack.refused)] if attack.refused else error) == (attack.seen, attack.refused)
    assert everything(book) == before


@pytest.mark.parametrize("attack", OF_THE_STORE, ids=lambda attack: attack.what.replace(" ", "-"))
def test_a_store_administrator_leaves_the_past(book, attack: Attack):
    """What was issued, entered and done stays, whoever has psql."""
    before = everything(book)
    seen, error = tried(book, attack.sql, STORE_ADMINISTRATOR)
    assert (seen, error[: len(attack.refused)]) == ("", attack.refused)
    assert everything(book) == before


# --- forged entries of the history -------------------------------------------------------------------------


REFUSED = json.dumps({"refused": "too_late", "message": "No."})
FORGED: dict[str, tuple[dict[str, Any], str]] = {
    "under another's account": ({"account": "bin"}, "42501: an entry is written under one's own account"),
    "with a gap": ({"place": 2}, "23514: the next entry is"),
    "in the place of another": ({"place": 0}, "23514: the next entry is"),
    "after another hash": ({"previous": "0" * 64}, "23514: an entry has the hash of itself and the one before"),
    "without the seal of the state": ({"state": None}, "23514: an entry has the seal of the state"),
    "with a state that can't be read": ({"state": "x" * 512}, "23514: an entry has the seal of the state"),
    "without a seal": ({"seal": None}, "23514: an entry seals all documents there are"),
    "with a seal of nothing": ({"seal": "{}"}, "23514: an entry seals all documents there are"),
    "with a seal that can't be read": ({"seal": "x"}, "22P02"),
    "with a seal that says more": (
        {"seal": '{"catalogs":[1,null],"more":1}'},
        "23514: an entry seals all documents there are",
    ),
    "at a time that is none": ({"at": "yesterday"}, "23514: an entry can be read"),
    "by a command that is none": ({"action": "\x1b[2J"}, "23514: an entry can be read"),
    "deeper than a reader goes": ({"detail": f'{{"a":{"[" * 501}{"]" * 501}}}'}, "23514: an entry can be read"),
    "about another's space": ({"space": "atelier"}, "42501: permission denied for an entry on this"),
    "about the whole store": ({"space": None}, "42501: permission denied for an entry on this"),
    "about a right": ({"action": "admin add"}, "42501: permission denied for an entry on this"),
    "as the seller's support": ({"detail": '{"as_support":true}'}, "42501: permission denied for an entry on this"),
    "as a refusal that changes something": (
        {"detail": REFUSED, "state": "0" * 512},
        "23514: a refusal changes nothing",
    ),
    "as a refusal that says more": (
        {"detail": '{"refused":"x","entered":1}', "space": "atelier"},
        "23514: a refusal changes nothing",
    ),
    "with a detail that can't be read": ({"detail": "x"}, "22P02"),
    **{
        f"with a detail that is {what}": ({"detail": detail}, "23514: an entry can be read")
        for what, detail in {
            "a list": "[]",
            "a word": '"x"',
            "nothing": "null",
            "longer than a number is read": f'{{"a":{"9" * 5000}}}',
            "greater than a number is counted with": f'{{"a":{10**15}}}',
            "no whole number": '{"a":1.5}',
            "endless for most readers": '{"a":[1e999999]}',
            "deeper than any of ours": f'{{"a":{"[" * 8}{"]" * 8}}}',
            "moving the cursor": '{"a":"\\u001b[2J"}',
            "moving the cursor in a key": '{"\\u001b[2J":1}',
            "longer than a page": f'{{"a":"{"x" * 10_001}"}}',
        }.items()
    },
    "with a detail that no terminal can write": ({"detail": '{"a":"\\ud800"}'}, "22P02"),
    "with a detail that no database can hold": ({"detail": '{"a":"\\u0000"}'}, "22P05"),
    "about a space, without how it is": (
        {"action": "space set", "detail": '{"before":{},"after":{}}'},
        "23514: an entry can be read",
    ),
}


@pytest.mark.parametrize("how", FORGED)
def test_no_entry_is_forged(book, how):
    """The hash of each is right for what it says, unless that is what is wrong."""
    other, refused = FORGED[how]
    before = everything(book)
    seen, error = tried(book, entry(book, **other))
    assert (seen, error[: len(refused)]) == ("", refused)
    assert everything(book) == before


def test_a_refusal_under_another_space_covers_no_change(book):
    """What was refused him anywhere he may note, but not beside a change of his own contract."""
    before = everything(book)
    sql = f"BEGIN; UPDATE contracts SET \"end\" = '{DAY}'; {entry(book, detail=REFUSED, space='atelier')} COMMIT;"
    assert tried(book, sql) == ("", "23514: a refusal changes nothing")
    assert everything(book) == before


UNSEALED = "23514: an entry seals all documents there are"


def test_an_entry_leaves_no_document_unsealed(book):
    """It seals up to the newest invoice, or it isn't taken: nobody else's entry would seal his invoice."""
    before = everything(book)
    sql = f"BEGIN; {invoice()} {entry(book)} COMMIT;"
    assert tried(book, sql) == ("", UNSEALED)
    assert everything(book) == before


TOGETHER: dict[str, tuple[list[dict[str, Any]], str]] = {
    "of which one seals what isn't there": ([{"seal": {"invoices": 7}}, {}], UNSEALED),
    "of which one unseals what was sealed": ([{"seal": {"invoices": 0}}, {}], UNSEALED),
    "of which one takes back what the one before sealed": (
        [{"seal": {"invoices": 6}}, {"seal": {"invoices": 5}}, {"seal": {"invoices": 6}}],
        UNSEALED,
    ),
    "of which only the first seals all there is": ([{"seal": {"invoices": 6}}, {}], UNSEALED),
    "of which one isn't his": (
        [{}, {"seal": {"invoices": 6}, "space": "atelier"}],
        "42501: permission denied for an entry on this",
    ),
    "of which one is a refusal": (
        [{"detail": REFUSED}, {"seal": {"invoices": 6}}],
        "23514: a refusal changes nothing",
    ),
    "with a gap between them": ([{}, {"place": 2, "seal": {"invoices": 6}}], "23514: the next entry is 18"),
    "that don't hang together": (
        [{}, {"previous": "0" * 64, "seal": {"invoices": 6}}],
        "23514: an entry has the hash of itself and the one before",
    ),
    "that are none": ([], "23514: there is no entry"),
}


@pytest.mark.parametrize("how", TOGETHER)
def test_no_entries_are_forged_together(book, how):
    """They come together with an invoice, and are as strictly looked at as one by one."""
    said, refused = TOGETHER[how]
    before = everything(book)
    added = entries(book, BOOK, *({**each, "seal": sealing(book, **_invoices(each))} for each in said))
    assert tried(book, f"BEGIN; {invoice()} {added} COMMIT;") == ("", refused)
    assert everything(book) == before


def _invoices(said: dict[str, Any]) -> dict[str, int]:
    return {table: YEAR + place if place else 0 for table, place in said.get("seal", {}).items()}


def test_entries_that_seal_more_and_more_are_taken_together(book):
    """Each says what came with it, and the last one all there is."""
    said: list[dict[str, Any]] = [
        {},
        {"seal": sealing(book, invoices=YEAR + 6)},
        {"seal": sealing(book, invoices=YEAR + 6)},
    ]
    sql = f"BEGIN; {invoice()} {entries(book, BOOK, *said)} SELECT max(id) - {YEAR} FROM invoices; ROLLBACK;"
    assert tried(book, sql) == ("6", "")


def test_a_seal_writes_a_number_in_one_way(book):
    """What it says is compared as text, too: -0 is no 0, though it counts as much."""
    before = everything(book)
    seal = sealing(book)
    assert '"collections":[0,null]' in seal
    odd = seal.replace('"collections":[0,null]', '"collections":[-0,null]')
    assert tried(book, entry(book, seal=odd)) == ("", UNSEALED)
    assert everything(book) == before


def test_what_he_may_do_is_taken(book):
    """The same statements, right in all, are no attack: each refusal above is for what it says."""
    sealed = json.loads(newest(book)[2])
    sealed["invoices"] = [YEAR + 6, "0" * 64]
    seal = json.dumps(sealed, separators=(",", ":"))
    sql = f"BEGIN; {invoice()} {entry(book, seal=seal)} SELECT max(id) - {YEAR} FROM invoices; ROLLBACK;"
    assert tried(book, sql) == ("6", "")


@pytest.mark.parametrize("sql", [invoice(), order(), quote(), buyer(), step()])
def test_what_is_as_it_should_be_is_refused_for_no_value(book, sql):
    """Each is taken up to the entry that is owed: with one other value it is refused above for that one."""
    assert tried(book, sql) == ("", SAID_NOTHING)


def test_he_does_not_log_in_as_the_owner(book):
    """Nor does a setting of his own role bring him there."""
    with pytest.raises(psycopg.OperationalError, match='permission denied to set role "subctl_owner"'):
        psycopg.connect(host=str(book.folder), user=ATTACKER, dbname=BOOK, options="-c role=subctl_owner")


# --- a locked space ----------------------------------------------------------------------------------------


@pytest.fixture
def locked(book):
    """The same store where acme's contract is its seller's to change."""
    with attacked.locked(book) as made:
        yield made


@pytest.mark.parametrize(
    "sql",
    [
        like("quotes", 1, id=YEAR + 3, date=DAY),
        order(),
        f"INSERT INTO withdrawals VALUES ({YEAR + 4}, '{DAY}', NULL);",
    ],
)
def test_a_locked_space_is_left_alone(locked, sql):
    """Each of them is taken where the space isn't locked, up to the entry that is owed."""
    before = everything(locked)
    assert tried(locked, sql)[1].startswith(NO_POLICY)
    assert everything(locked) == before
    locked.superuser(f"{attacked.SWITCH} UPDATE subctl.spaces SET locked = 0;", BOOK)
    assert tried(locked, sql)[1].startswith(SAID_NOTHING)


# --- a live store: its day is the server's -----------------------------------------------------------------


@pytest.fixture
def live(book):
    """The same store as if it were no sandbox."""
    with attacked.live(book) as made:
        yield made


LATER = {"id": 2031 * 10**10 + 1, "date": "2031-01-01", "due_date": "2031-01-31"}


@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        (invoice(**LATER), NO_POLICY),
        (invoice(), NO_POLICY),
        (like("quotes", 1, id=LATER["id"], date=LATER["date"]), NO_POLICY),
        (order(id=LATER["id"], date=LATER["date"]), NO_POLICY),
        ("UPDATE store SET last_write = '2031-01-01';", GUARDED),
        ("UPDATE store SET last_write = current_date, day = current_date;", GUARDED),
    ],
)
def test_nothing_is_issued_on_another_day(live, sql, refused):
    """A number of a later year would be the end of all numbers before it, and a later last write of all writes."""
    before = everything(live)
    seen, error = tried(live, sql)
    assert (seen, error[: len(refused)]) == ("", refused)
    assert everything(live) == before


def of_today(days: int = 0) -> str:
    """Return the statement that issues the next invoice today where the seller is, or days later."""
    day = datetime.now(ZoneInfo("Europe/Amsterdam")).date() + timedelta(days)
    return invoice(id=next_id(YEAR + 5, day.year), date=day.isoformat(), due_date=day.isoformat())


def test_today_is_the_sellers(live):
    """Tomorrow somewhere on earth isn't enough: what was issued on it would keep others from issuing today."""
    assert tried(live, f"BEGIN; {of_today()} ROLLBACK;") == ("", "")
    for days in (-1, 1):
        seen, error = tried(live, f"BEGIN; {of_today(days)} ROLLBACK;")
        assert (seen, error[: len(NO_POLICY)]) == ("", NO_POLICY)


def test_no_entry_is_of_another_day(live):
    """An entry is of today, too."""
    assert tried(live, entry(live)) == ("", "23514: an entry is of its day")


# --- what isn't refused ------------------------------------------------------------------------------------


@pytest.fixture
def copied(book):
    """A copy of the store that he changes."""
    book.create("copied", BOOK)
    yield "copied"
    book.drop("copied")


def test_all_that_is_his_he_does_by_commands(book, copied, tmp_path):
    """Each command that an administrator of a space has, by his own role; what it writes is as it should be."""
    cli = Cli(tmp_path, Files(tmp_path))
    for command in (
        ("withdraw", "O-2026-0004", "--yes"),
        ("space", "set", "acme", "--name", "Acme & Co"),
        ("quote", "--users", "30", "--zoom", "2"),
        ("order", "Q-2026-0003"),
        ("upgrade", "--users", "40", "--yes"),
        ("withdraw", "O-2026-0006", "--yes"),
        ("downgrade", "--users", "9", "--yes"),
        ("bill", "--today", "2026-07-01"),
        ("cancel", "--yes"),
    ):
        done = cli("--store", book.url(copied, ATTACKER), *command)
        assert (done.code, done.err) == (0, ""), command
    checked = cli("--store", book.url(copied), "check")
    assert (checked.code, checked.out.splitlines()[0]) == (0, "Every document is as it should be.")


def test_a_wrong_price_of_his_own_is_named_by_the_check(book, copied, tmp_path):
    """The server can't price: an invoice with the next number and its entry is taken, and named (docs/safety.md)."""
    wrong = invoice(net=1, vat=0, total=1)
    written = translated(f"SELECT {INVOICES.literals()} FROM invoices WHERE id = {YEAR + 6}")
    literals = book.psql(copied, f"{AS_HE}BEGIN; {wrong} {written}; ROLLBACK;", ATTACKER).stdout
    sealed = json.loads(sealing(book))
    sealed["invoices"] = [YEAR + 6, sha256(re.sub("(,NULL)+$", "", literals).encode()).hexdigest()]
    seal = json.dumps(sealed, separators=(",", ":"))
    done = book.psql(copied, f"{AS_HE}BEGIN; {wrong} {entry(book, seal=seal)} COMMIT;", ATTACKER)
    assert (done.stdout.strip(), done.stderr) == ("", "")
    cli = Cli(tmp_path, Files(tmp_path))
    named = [
        "INV-2026-0006: The invoice's sums are not those of its lines.",
        "INV-2026-0006: The invoice's period is billed twice, or not yet.",
    ]
    checked = cli("--store", book.url(copied), "check")
    assert (checked.code, checked.out.splitlines()[:2]) == (8, named)
