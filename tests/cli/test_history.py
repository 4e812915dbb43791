"""The history at a terminal: what each action did in a sentence, and whole screens at 60, 80 and 120 columns."""

import re

import pytest

from subctl.results.lists import HistoryItem
from subctl.store.rows import compact, read_object
from subctl.view.history import told
from subctl.view.language import speaking
from tests.support import pseudo
from tests.support.screen import screen

LATER = 'name = "2027"\nvalid_from = 2027-01-01'
LIFE = (
    ("init", "--demo"),
    ("space", "set", "atelier", "--country", "BE", "--vat-id", "BE0403019261", "--payment", "direct-debit"),
    ("quote", "--plan", "pro", "--users", "20"),
    ("order", "Q-2026-0001"),
    ("upgrade", "--users", "25", "--zoom", "12", "--yes", "--today", "2026-03-16"),
    ("withdraw", "O-2026-0002", "--yes", "--today", "2026-03-17"),
    ("downgrade", "--users", "8", "--space", "atelier", "--as-support", "--yes", "--today", "2026-03-20"),
    ("bill", "--today", "2026-05-01"),
    ("upgrade", "--space", "atelier", "--plan", "pro", "--billing", "annual", "--yes", "--today", "2026-05-01"),
    ("cancel", "--yes", "--today", "2026-05-02"),
)


@pytest.fixture
def lived(cli):
    """A life of every kind of entry, written by vera at one and the same moment."""
    cli.prepare(*LIFE)
    data = cli("catalog", "export").text.replace('name = "2026"\nvalid_from = 2026-01-01', LATER)
    (cli.home / "later.toml").write_text(data)
    (cli.home / "spaces.csv").write_text("id,name,country,plan,users\nbeta,Beta,NL,starter,5\n")
    (cli.home / "states.csv").write_text("space,plan,users\nbeta,pro,7\n")
    for words in (
        ("catalog", "import", f"{cli.home}/later.toml", "--yes"),
        ("catalog", "drop", "2027-01-01"),
        ("space", "import", f"{cli.home}/spaces.csv"),
        ("apply", f"{cli.home}/states.csv", "--yes"),
        ("admin", "add", "daemon", "--space", "beta"),
        ("admin", "remove", "daemon", "--space", "beta"),
        ("admin", "add", "daemon"),
    ):
        done = cli(*words)
        assert done.code == 0, done.err
    assert cli("downgrade", "--plan", "starter", "--users", "60", "--space", "beta", "--yes").code == 4
    hashes = {
        place: str(place * 1111111111111).encode().hex().upper() for (place,) in cli.sql("SELECT id FROM history")
    }
    cli.tamper(
        "UPDATE history SET at = '2026-01-02T03:04:05+00:00', account = 'vera'",
        *(f"UPDATE history SET hash = '{hash_}' WHERE id = {id_}" for id_, hash_ in hashes.items()),
    )
    return cli


GOLDEN = {
    ("--space", "acme", 60): """\
 #  Day         Account  Action     Space  At, UTC
───────────────────────────────────────────────────────────
12  2026-05-02  vera     cancel     acme   2026-01-02 03:04
  Cancelled with O-2026-0005: the last day is 2026-06-30.
  Hash 313333333333
 8  2026-03-17  vera     withdraw   acme   2026-01-02 03:04
  Withdrew O-2026-0002, credited by INV-2026-0003.
  Hash 383838383838
 7  2026-03-16  vera     upgrade    acme   2026-01-02 03:04
  Ordered O-2026-0002: users 20 → 25, Zoom licences 2 → 12,
  fee 4100.00 → 7500.00 a year. Issued INV-2026-0002.
  Hash 373737373737
 6  2026-03-15  vera     order      acme   2026-01-02 03:04
  Ordered O-2026-0001: plan starter → pro, users 10 → 20,
  fee 1500.00 → 4100.00 a year. Issued INV-2026-0001.
  Hash 363636363636
 5  2026-03-15  vera     quote      acme   2026-01-02 03:04
  Saved Q-2026-0001. · Hash 353535353535
 2  2026-03-15  vera     space add  acme   2026-01-02 03:04
  Added with starter, 10 users (7 active) and 2 Zoom
  licences, on annual billing.
  Hash 323232323232
""",
    ("--limit", "100", 80): """\
 #  Day         Account  Action          Space    At, UTC           Hash
────────────────────────────────────────────────────────────────────────────────
20  2026-05-02  vera     downgrade       beta     2026-01-02 03:04  323232323232
  subctl downgrade was refused, plan_limit: The plan starter has at
  most 50 users, not 60.
19  2026-05-02  vera     admin add       –        2026-01-02 03:04  323131313131
  Added daemon (uid 1) as an administrator of the store.
18  2026-05-02  vera     admin remove    beta     2026-01-02 03:04  313939393939
  Removed daemon (uid 1) as an administrator of beta.
17  2026-05-02  vera     admin add       beta     2026-01-02 03:04  313838383838
  Added daemon (uid 1) as an administrator of beta.
16  2026-05-02  vera     apply           beta     2026-01-02 03:04  313737373737
  Ordered O-2026-0006: plan starter → pro, users 5 → 7, fee 50.00 → 126.00 a
  month.
15  2026-05-02  vera     space import    –        2026-01-02 03:04  313636363636
  Added 1 space.
14  2026-05-02  vera     catalog drop    –        2026-01-02 03:04  313535353535
  Dropped the catalog 2027, which was to be in force from 2027-01-01.
13  2026-05-02  vera     catalog import  –        2026-01-02 03:04  313434343434
  Imported the catalog 2027, in force from 2027-01-01.
12  2026-05-02  vera     cancel          acme     2026-01-02 03:04  313333333333
  Cancelled with O-2026-0005: the last day is 2026-06-30.
11  2026-05-01  vera     upgrade         atelier  2026-01-02 03:04  313232323232
  Ordered O-2026-0004: plan starter → pro, billing monthly → annual,
  fee 130.00 a month → 1940.00 a year.
10  2026-05-01  vera     bill            –        2026-01-02 03:04  313131313131
  Issued 2 invoices for 1 contract: INV-2026-0004 to INV-2026-0005.
 9  2026-03-20  vera     downgrade       atelier  2026-01-02 03:04  393939393939
  Ordered O-2026-0003: users 10 → 8, fee 150.00 → 130.00 a month. Done as
  support.
 8  2026-03-17  vera     withdraw        acme     2026-01-02 03:04  383838383838
  Withdrew O-2026-0002, credited by INV-2026-0003.
 7  2026-03-16  vera     upgrade         acme     2026-01-02 03:04  373737373737
  Ordered O-2026-0002: users 20 → 25, Zoom licences 2 → 12,
  fee 4100.00 → 7500.00 a year. Issued INV-2026-0002.
 6  2026-03-15  vera     order           acme     2026-01-02 03:04  363636363636
  Ordered O-2026-0001: plan starter → pro, users 10 → 20,
  fee 1500.00 → 4100.00 a year. Issued INV-2026-0001.
 5  2026-03-15  vera     quote           acme     2026-01-02 03:04  353535353535
  Saved Q-2026-0001.
 4  2026-03-15  vera     space set       atelier  2026-01-02 03:04  343434343434
  Changed: country Netherlands → Belgium; VAT number – → BE0403019261; paid by
  transfer → direct debit. VIES was not asked.
 3  2026-03-15  vera     space add       atelier  2026-01-02 03:04  333333333333
  Added with starter, 10 users (7 active) and 2 Zoom licences, on monthly
  billing.
 2  2026-03-15  vera     space add       acme     2026-01-02 03:04  323232323232
  Added with starter, 10 users (7 active) and 2 Zoom licences, on annual
  billing.
 1  2026-03-15  vera     init            –        2026-01-02 03:04  313131313131
  Made the store, with the catalog 2026.
""",
    ("--space", "atelier", 120): """\
 #  Day         Account  Action     Space    At, UTC           Hash
───────────────────────────────────────────────────────────────────────────
11  2026-05-01  vera     upgrade    atelier  2026-01-02 03:04  313232323232
  Ordered O-2026-0004: plan starter → pro, billing monthly → annual, fee 130.00 a month → 1940.00 a year.
 9  2026-03-20  vera     downgrade  atelier  2026-01-02 03:04  393939393939
  Ordered O-2026-0003: users 10 → 8, fee 150.00 → 130.00 a month. Done as support.
 4  2026-03-15  vera     space set  atelier  2026-01-02 03:04  343434343434
  Changed: country Netherlands → Belgium; VAT number – → BE0403019261; paid by transfer → direct debit. VIES was not
  asked.
 3  2026-03-15  vera     space add  atelier  2026-01-02 03:04  333333333333
  Added with starter, 10 users (7 active) and 2 Zoom licences, on monthly billing.
""",
}


@pytest.mark.parametrize("wanted", GOLDEN, ids=str)
def test_a_whole_screen(lived, wanted):
    """Sign by sign: what was done, from what to what, with which documents; refusals with their reason."""
    *words, columns = wanted
    expected = GOLDEN[wanted] if lived.uid is not None else GOLDEN[wanted].replace(" (uid 1)", "")
    assert screen(lived, "history", *words, columns=columns) == expected


def test_a_pipe_gets_a_line_for_each_entry(lived):
    """What is written into a file can be searched line by line."""
    *_, last, first = lived("history").text.splitlines()
    said = ("2", "2026-03-15", "vera", "space add", "acme", ADDED, "2026-01-02 03:04", "323232323232")
    assert re.split(r" {3,}", last.strip()) == [*said]
    assert first.count("Made the store, with the catalog 2026.") == 1


ADDED = "Added with starter, 10 users (7 active) and 2 Zoom licences, on annual billing."

# --- entries of other versions, and those that no life above has ----------------------------------------------

STARTER = {"plan": "starter", "users": 1, "zoom": 0, "billing": "monthly", "fee": "12.00", "fee_per": "month"}
OTHERS: dict[str, tuple[str, dict[str, object], str]] = {
    "a first state": ("space add", {"added": {"plan": "pro", "users": 1, "zoom": 0, "billing": "annual"}},
        "Added with pro, 1 user and 0 Zoom licences, on annual billing."),
    "a first order": ("upgrade", {"order": "O-2026-0001", "before": STARTER, "after": {**STARTER, "zoom": 1},
        "issued": ["INV-2026-0001", "INV-2026-0002", "INV-2026-0003"]},
        "Ordered O-2026-0001: Zoom licences 0 → 1."
        " Issued INV-2026-0001, INV-2026-0002 and INV-2026-0003."),
    "schemas": ("migrate", {"from": 2, "to": 3}, "Brought the store from schema 2 to schema 3."),
    "the first catalog": ("catalog import", {"catalog": "B", "valid_from": "2026-01-01", "first": True},
        "Imported the catalog B, in place of the first one."),
    "a contract that never starts": ("cancel", {"order": "O-2026-0002", "last_day": None, "issued": []},
        "Cancelled with O-2026-0002: it never starts."),
    "a withdrawal without a credit": ("withdraw", {"withdrawn": "O-2026-0002", "credit_note": None},
        "Withdrew O-2026-0002."),
    "nothing to invoice": ("bill", {"contracts": 1, "invoices": 0, "numbers": []},
        "Moved 1 contract on, with nothing to invoice."),
    "one invoice": ("bill", {"contracts": 1, "invoices": 1, "numbers": ["INV-2026-0001"] * 2},
        "Issued 1 invoice for 1 contract: INV-2026-0001."),
    "spaces with VAT numbers": ("space import", {"spaces": 3, "vies": "not checked"},
        "Added 3 spaces. VIES was not asked."),
    "details": ("space set", {"default": True, "before": {"locked": False, "address": "A\nB", "phone": None},
        "after": {"locked": True, "address": None, "phone": "1", "e_invoice": "ubl", "new_thing": 2}},
        "Changed: managed by its administrators → support; address A, B → –; phone – → 1; e-invoices – → ubl;"
        " new thing – → 2. Made it the default space."),
    "the default space": ("space set", {"default": True, "before": {}, "after": {}}, "Made it the default space."),
    "a refusal of many lines": ("apply", {"refused": "bad_input", "message": "Two rows:\n  line 2\n  line 3"},
        "subctl apply was refused, bad_input: Two rows: line 2 line 3"),
    "a mandate": ("mandate add", {"mandate": "M-1", "signed": "2026-01-01", "scheme": "B2B", "iban": "…4300"},
        "Added the mandate M-1 (B2B) for the account …4300, signed on 2026-01-01."),
    "the end of a mandate": ("mandate end", {"ended": "M-1"}, "Ended the mandate M-1."),
    "a payment": ("pay", {"payment": "P-2026-0001", "kind": "receipt", "amount": "5.00", "currency": "EUR",
        "date": "2026-01-01", "invoices": ["INV-2026-0001", "INV-2026-0002"], "source": "X/1"},
        "Entered P-2026-0001: 5.00 EUR of 2026-01-01, for INV-2026-0001 and INV-2026-0002. Booking X/1."),
    "a returned debit": ("pay", {"payment": "P-2026-0002", "kind": "return", "amount": "-5.00", "currency": "EUR",
        "date": "2026-01-02", "invoices": ["INV-2026-0001"], "of": "P-2026-0001"},
        "Entered the returned debit P-2026-0002 of 2026-01-02: -5.00 EUR, taking P-2026-0001 back."),
    "a kind of a later version": ("pay", {"payment": "P-2026-0002", "kind": "gift", "amount": "5.00"},
        "payment P-2026-0002, kind gift, amount 5.00"),
    "more than is known": ("quote", {"quote": "Q-2026-0001", "seen": {"by": ["a", "b"], "in": []}, "as_support": True},
        "Saved Q-2026-0001. Done as support. seen by a b in –"),
    "an action of a later version": ("correct", {"invoice": "INV-2026-0001", "before": {"users": 1, "licences":
        {"zoom": 1}}, "after": {"users": 2, "licences": {"zoom": 1}}, "vies": "not checked", "nothing": None},
        "VIES was not asked. invoice INV-2026-0001, users 1 → 2"),
    "a day that is none": ("catalog drop", {"dropped": "B", "valid_from": "soon"},
        "Dropped the catalog B, which was to be in force from soon."),
    "another form": ("bill", {"contracts": "all"}, "contracts all"),
    "no form": ("quote", {}, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_an_entry_of_another_form(name):
    """Older ones are told as today's; what a later version notes, or another hand, by its keys."""
    action, detail, said = OTHERS[name]
    kept = read_object(compact(detail))
    entry = HistoryItem(1, "2026-01-02T03:04:05+00:00", "2026-01-02", "vera", 1, action, None, kept, "0" * 64)
    assert told(entry) == said


BY_KEYS = {"more than is known", "an action of a later version", "another form", "no form"}


@pytest.mark.parametrize("name", [name for name in OTHERS if name not in BY_KEYS])
def test_an_entry_in_another_language(name):
    """No word of English is left but what was kept."""
    action, detail, _ = OTHERS[name]
    entry = HistoryItem(1, "2026-01-02T03:04:05+00:00", "2026-01-02", "vera", 1, action, None, detail, "0" * 64)
    with pseudo.spoken("de"), speaking("de"):
        assert pseudo.plain(told(entry), str(detail), "Zoom") == set()


def test_the_forms_of_another_language():
    """Days and amounts that were kept as text are written as there."""
    before = STARTER | {"fee": "1200.00"}
    order = {"order": "O-2026-0001", "before": before, "after": {**before, "fee": "2500.50"}, "issued": []}
    cancelled = {"order": "O-2026-0002", "last_day": "2026-06-30", "issued": []}
    with pseudo.spoken("de"), speaking("de"):
        said = [
            told(HistoryItem(1, "", "2026-01-02", "vera", 1, action, None, detail, ""))
            for action, detail in (("upgrade", order), ("cancel", cancelled))
        ]
    assert "1.200,00 → 2.500,50 " in said[0]
    assert "30.06.2026" in said[1]


def test_a_space_becomes_the_default_one_once(demo):
    """Named so again beside something else, it is what it was."""
    for more in ((), ("--name", "Studio")):
        assert demo("space", "set", "atelier", "--default", *more).code == 0
    again, first, *_ = demo("history", "--space", "atelier", "--json").json["items"]
    assert (first["detail"]["default"], again["detail"]["default"]) == (True, False)
