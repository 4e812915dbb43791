"""What a space's administrator may write with psql, however odd: every command reads it, and the check names it.

What the server refuses of rows that no reader could take is in `test_attacks.py` and `test_server_forms.py`.
"""

from __future__ import annotations

import json

import pytest

from tests.support.attacked import AS_HE, ATTACKER, entry, lived, sealing
from tests.support.attacks import YEAR, invoice, order
from tests.support.attacks_by_values import buyer, quote
from tests.support.attacks_on_forms import BEFORE, CHANGE, DRAFT, LINES, WORDS, Form
from tests.support.cli import Cli
from tests.support.files import Files

WALK = (
    *(("list", what) for what in ("spaces", "quotes", "orders", "invoices", "payments", "mandates")),
    *(("show", *named) for named in (("INV-2026-0006",), ("O-2026-0005",), ("Q-2026-0003",), ("--space", "acme"))),
    ("show", "INV-2026-0006", "--language", "fr"),
    ("owed",),
    ("owed", "--space", "acme"),
    ("history",),
    ("export",),
    ("forecast", "--space", "acme"),
    ("journal",),
    ("journal", "--deferred"),
    ("compare", "--space", "acme"),
    ("quote", "--space", "acme", "--users", "31"),
    ("check",),
    ("bill", "--today", "2026-07-01", "--dry-run"),
    ("remind", "--dry-run", "--today", "2026-07-01"),
    ("upgrade", "--space", "atelier", "--plan", "pro", "--dry-run"),
    ("bill", "--today", "2026-07-01"),
    ("check",),
)
FORMATS = ((), ("--json",), ("--format", "csv"))

STRANGE = "\N{GREEK SMALL LETTER OMEGA} zz"
LINE = {
    **LINES["lines"][0],
    "item": STRANGE,
    "before": {"name": "", "title": "", "number": -1, "rate": 10**15 - 1},
    "amount": -(10**15) + 1,
    "period": {"start": "2299-12-31", "end": "1970-01-01"},
    "months": {"whole": 0, "days": 7, "of": 0},
}
VAT = {**LINES["vat"], "country": "ZZ", "vat_id": STRANGE, "exempt": "", "category": "E", "rate": 10**15 - 1}
ODD_LINES = {"v": 2, "lines": [LINE], "vat": VAT}
ODD_DRAFT = {**DRAFT, "lines": [LINE], "vat": VAT, "date": "1970-01-01", "kind": "credit"}
ODD_STEP = {**BEFORE["steps"][0], "plan": STRANGE, "licences": {STRANGE: 0}, "users": 0, "start": "2299-12-31"}
ODD_BEFORE = {**BEFORE, "billed_until": "2299-12-31", "end": "1970-01-01", "steps": [ODD_STEP, ODD_STEP]}
ODD_STATE = {"plan": STRANGE, "users": 0, "licences": {STRANGE: 10**15 - 1}, "billing": "annual"}
ODD_CHANGE = {
    "v": 2,
    "change": {
        **CHANGE["change"],
        "before": ODD_STATE,
        "after": {**ODD_STATE, "plan": "pro"},
        "licences": [],
        "compared": None,
        "rule": STRANGE,
        "kind": "none",
        "due_now": ODD_DRAFT,
        "next_invoice": ODD_DRAFT,
        "catch_up": [ODD_DRAFT],
        "renews_on": "1970-01-01",
    },
    "issued": ["INV-9999-9999999999", "INV-0000-0000"],
}
STEPS = "INSERT INTO steps VALUES ('acme', '{}', '{}', 1000000, '{}', '{}', {}, {});"

ODD = {
    "an invoice": invoice(lines=json.dumps(ODD_LINES), words=json.dumps({**WORDS, "lines": [""]})),
    "an invoice of a year that is over": invoice(start="1970-01-01", end="2299-12-31", net=-5, vat=5, total=0),
    "a quote": quote(document=json.dumps(ODD_CHANGE), before=json.dumps(ODD_BEFORE), words="{}"),
    "an order": order(document=json.dumps(ODD_CHANGE), before=json.dumps(ODD_BEFORE), words="{}"),
    "an order without a quote that is billed": order(kind="billing", before=json.dumps(ODD_BEFORE)),
    "a buyer": buyer(name=STRANGE, country="ZZ", vat_id="x", iban="x", payment="direct-debit", e_invoice="peppol")
    + "UPDATE spaces SET buyer = newest_id('buyers'), active_users = 1000000;",
    "a contract without end": 'UPDATE contracts SET "end" = NULL;',
    "a contract that ended before it began": "UPDATE contracts SET \"end\" = '1970-01-01';",
    "a contract that is billed for ever": "UPDATE contracts SET billed_until = '2299-12-31', \"end\" = NULL;",
    "steps": 'UPDATE contracts SET "end" = NULL;'
    + STEPS.format("1970-01-01", STRANGE, f'{{"{STRANGE}":1000000}}', "annual", "'2299-12-31'", "NULL")
    + STEPS.format("2299-12-31", "pro", "{}", "monthly", "NULL", """'{"users":1000000000000}'"""),
    "no step but a late one": 'UPDATE contracts SET "end" = NULL; DELETE FROM steps;'
    + STEPS.format("2299-12-31", STRANGE, "{}", "monthly", "NULL", "NULL"),
}
"""What is written, but for the entry that says so."""

LAST = {"invoices": YEAR + 6, "quotes": YEAR + 3, "orders": YEAR + 5, "buyers": 5}
"""What comes next of each."""


@pytest.fixture(scope="module")
def book(server, tmp_path_factory):
    """The store that is attacked."""
    with lived(server, tmp_path_factory) as made:
        yield made


@pytest.fixture
def copied(book):
    """A copy of it that he changes."""
    book.create("odd", "attacked")
    yield "odd"
    book.drop("odd")


def walk(cli: Cli, place: str) -> dict[str, str]:
    """Return which commands ended otherwise than well, and how; none ends in a bug."""
    ended = {}
    for words in WALK:
        for how in FORMATS:
            done = cli("--store", place, *words, *(how if words[0] not in ("export", "journal") else ()))
            if done.code:
                ended[" ".join((*words, *how))] = done.err or done.out
    return ended


def test_the_walk_goes_well(book, copied, tmp_path):
    """In the store as it was it ends well, but for what isn't there yet."""
    ended = walk(Cli(tmp_path, Files(tmp_path)), book.url(copied))
    there = {words for words in ended if not words.startswith(("show INV-2026-0006", "show O-2026-0005"))}
    assert there == {" ".join(("show", "Q-2026-0003", *how)) for how in FORMATS}


def stumbled(ended: dict[str, str]) -> dict[str, str]:
    """Return which commands took what they read for a bug, or for damage of the whole store."""
    return {words: said for words, said in ended.items() if "bug" in said or "damaged" in said}


@pytest.mark.parametrize("what", ODD)
def test_every_command_reads_it(book, copied, tmp_path, what):
    """None takes it for a bug, or for damage: others' lists and bills go on, and the check says what isn't right."""
    sql = ODD[what]
    came = {table: last for table, last in LAST.items() if f"INTO {table}" in sql}
    done = book.psql(copied, f"{AS_HE}BEGIN; {sql} {entry(book, seal=sealing(book, **came))} COMMIT;", ATTACKER)
    assert (done.stdout.strip(), done.stderr) == ("", "")
    cli = Cli(tmp_path, Files(tmp_path))
    ended = walk(cli, book.url(copied))
    assert stumbled(ended) == {}
    assert {words for words in ended if words.startswith("check")} == {"check", "check --json", "check --format csv"}


ACTIONS = ("apply", "bill", "cancel", "downgrade", "order", "quote", "upgrade", "withdraw")
DETAILS: tuple[Form, ...] = (
    {},
    {"order": [{"a": {}}], "before": 1, "after": [], "numbers": None, "issued": None, "quote": True},
)


@pytest.mark.parametrize("detail", DETAILS, ids=["nothing", "other-things"])
def test_everybody_reads_the_history(book, copied, tmp_path, detail):
    """An entry that says nothing, or something else than its command would, is told by what it says."""
    for action in ACTIONS:
        added = entry(book, copied, action=action, detail=json.dumps(detail))
        assert book.psql(copied, AS_HE + added, ATTACKER).stderr == ""
    refused = {"refused": {"x": [1]}, "message": {}} if detail else {"refused": ""}
    assert book.psql(copied, AS_HE + entry(book, copied, detail=json.dumps(refused)), ATTACKER).stderr == ""
    cli = Cli(tmp_path, Files(tmp_path))
    assert stumbled(walk(cli, book.url(copied))) == {}
