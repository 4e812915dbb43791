"""pay --from: what is shown, asked, entered and left over of a bank statement (payments.md 11)."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import permutations

import pytest

from subctl.cli.commands import pay
from tests.support.camt import OWN, Camt, Entry, Tx, csv_text
from tests.support.paying import FOUR, LIVED, ONE, THREE, TWO, numbers, owed
from tests.support.terminal import Terminal

IBAN = "DE02120300000000202051"
"""The account of acme."""

DAY = "2026-05-30"
FROM_ACME = Entry("302.50", DAY, ref="B1").of(Tx(f"{ONE} thanks", name="Acme B.V.", iban=IBAN))
UNKNOWN_PAYER = Entry("181.50", DAY, ref="B2").of(Tx("rf86INV20260002", name="Somebody"))
BATCH = Entry("363.00", DAY, ref="B3", code="IDDT/ESDD").of(
    Tx("", "181.50", ref="T1", e2e=THREE, mandate="M1"), Tx("", "181.50", ref="T2", e2e=FOUR, mandate="M2")
)
RENT = Entry("7.00", DAY, ref="B4", info="who knows")
LESS = Entry("100.00", DAY, ref="B5").of(Tx(TWO, name="Atelier"))
FEE = Entry("1.50", DAY, "DBIT", ref="B6", info="fee")
RETURN = Entry("181.50", "2026-05-31", "DBIT", ref="B7", reversal=True).of(Tx(e2e=THREE, reason="AM04"))
LEFT = (
    4,
    {
        "code": "unmatched",
        "message": "1 booking is left over: whose it is isn't sure.",
        "hint": "The result names them. Enter one with --source, or set it aside: subctl pay --ignore BOOKING",
    },
)


@pytest.fixture
def lived(cli):
    """The demo on 1 June, with open invoices."""
    return cli.prepare(*LIVED, ("space", "set", "acme", "--iban", IBAN))


def statement(cli, *entries, name="s.xml", **more):
    """Write a statement, and return the words that enter it."""
    path = cli.home / name
    path.write_text(Camt(**more).text(*entries))
    return ("pay", "--from", str(path))


def entered(cli, *entries, **more):
    """Enter a statement, and return its document, whatever is left over."""
    found = cli(*statement(cli, *entries, **more), "--yes", "--json")
    assert found.code in (0, 4)
    return json.loads(found.out)


def states(found):
    """Return what became of each booking."""
    return [(booking["state"], booking["reason"]) for booking in found["bookings"]]


def test_the_whole_document(lived):
    """INTERFACE: statement/1."""
    found = lived(*statement(lived, FROM_ACME, LESS, FEE), "--yes", "--json")
    assert (found.code, json.loads(found.err)["error"]) == LEFT
    common = {"date": DAY, "payment": None, "of": None, "account": None, "way": None, "space": None, "reason": None}
    assert json.loads(found.out) == {
        "schema": "statement/1",
        "date": "2026-06-01",
        "currency": "EUR",
        "bookings": [
            {
                **common,
                "source": f"{OWN}:B1",
                "amount": "302.50",
                "name": "Acme B.V.",
                "text": f"{ONE} thanks",
                "account": "…2051",
                "state": "sure",
                "way": "number",
                "space": "acme",
                "parts": [{"number": ONE, "amount": "302.50"}],
                "payment": "P-2026-0001",
            },
            {
                **common,
                "source": f"{OWN}:B5",
                "amount": "100.00",
                "name": "Atelier",
                "text": TWO,
                "state": "proposed",
                "reason": "amount",
                "way": "number",
                "space": "atelier",
                "parts": [{"number": TWO, "amount": "100.00"}],
            },
            {
                **common,
                "source": f"{OWN}:B6-",
                "amount": "-1.50",
                "name": "",
                "text": "fee",
                "state": "outgoing",
                "parts": [],
            },
        ],
        "sure": 1,
        "known": 0,
        "proposed": 1,
        "unknown": 0,
        "outgoing": 1,
        "amount": "302.50",
        "changed": True,
    }
    assert owed(lived, "acme") == ({}, "0.00")
    payment = lived("show", "P-2026-0001", "--json").json
    assert (payment["source"], payment["method"], payment["date"], payment["entered"]) == (
        f"{OWN}:B1",
        "bank",
        DAY,
        "2026-06-01",
    )


def test_the_screen_and_what_the_history_says(lived):
    """Whose each is and how sure; what is left over, with its command."""
    words = statement(lived, FROM_ACME, BATCH, RENT, LESS, FEE)
    assert lived(*words, "--dry-run").out == SCREEN + "A dry run: nothing is entered.\n" + WAYS_OUT
    assert lived(*words, "--yes").out == SCREEN + "Entered: P-2026-0001 to P-2026-0003.\n" + WAYS_OUT
    told = lived("history", "--json", "--limit", "1").json["items"][0]["detail"]
    assert told == {
        "payments": 3,
        "numbers": ["P-2026-0001", "P-2026-0003"],
        "amount": "665.50",
        "currency": "EUR",
    }
    assert "Entered 3 payments of a statement, P-2026-0001 to P-2026-0003: 665.50 EUR." in lived("history").text
    again = lived(*words)
    assert again.code == 4
    assert "3 were entered or set aside before.\n1 is of money that went: it is not counted.\nNothing to enter.\n" in (
        again.out
    )
    assert lived("list", "payments", "--json").json["items"][0]["method"] == "direct-debit"


SCREEN = (
    "6 bookings\n"
    "\n"
    "Day          From                              Space     For             Amount EUR\n"
    "───────────────────────────────────────────────────────────────────────────────────\n"
    "2026-05-30   Acme B.V., INV-2026-0001 thanks   acme      INV-2026-0001       302.50\n"
    "2026-05-30   –                                 atelier   INV-2026-0003       181.50\n"
    "2026-05-30   –                                 atelier   INV-2026-0004       181.50\n"
    "\n"
    "Sum                                                                          665.50\n"
    "\n"
    "Day          From                     Perhaps                 Why                        Amount EUR\n"
    "───────────────────────────────────────────────────────────────────────────────────────────────────\n"
    "2026-05-30   who knows                –                       nothing says whose it is         7.00\n"
    "2026-05-30   Atelier, INV-2026-0002   atelier INV-2026-0002   another amount is open         100.00\n"
    "\n"
    "1 is of money that went: it is not counted.\n"
)
WAYS_OUT = (
    "\n"
    "What is left over can be entered, or set aside:\n"
    f"  subctl pay --ignore {OWN}:B4\n"
    f"  subctl pay {TWO} --amount 100.00 --date 2026-05-30 --source {OWN}:B5\n"
)


def test_all_that_a_statement_can_be_sure_of(lived):
    """payments.md 11: payer known or not, an RF reference, end-to-end ids; the return takes its payment back."""
    found = entered(lived, FROM_ACME, UNKNOWN_PAYER, BATCH)
    assert states(found) == [("sure", None)] * 4
    assert [booking["way"] for booking in found["bookings"]] == ["number", "rf", "end-to-end", "end-to-end"]
    assert owed(lived, "atelier") == ({}, "0.00")
    assert entered(lived, RETURN)["bookings"][0]["of"] == "P-2026-0003"
    assert owed(lived, "atelier") == ({THREE: "181.50"}, "0.00")
    returned = lived("show", "P-2026-0005", "--json").json
    assert (returned["kind"], returned["of"], returned["amount"], returned["date"]) == (
        "return",
        "P-2026-0003",
        "-181.50",
        "2026-05-31",
    )
    assert lived("check", "--json").json["problems"] == []


def test_a_debit_and_its_return_in_one_file(lived):
    """payments.md 11: what stood before counts."""
    found = entered(lived, BATCH, RETURN)
    assert states(found) == [("sure", None)] * 3
    assert [booking["payment"] for booking in found["bookings"]] == numbers(lived)[::-1]
    assert owed(lived, "atelier") == ({TWO: "181.50", THREE: "181.50"}, "0.00")
    assert lived("check", "--json").json["problems"] == []


def test_paid_in_part_and_twice(lived):
    """payments.md 9.2: the second booking is for what the first one left, the third is credit."""
    part, rest, more = (
        Entry(amount, DAY, ref=ref).of(Tx(ONE, iban=IBAN))
        for amount, ref in (("100.00", "1x"), ("202.50", "2x"), ("302.50", "3x"))
    )
    found = entered(lived, part, rest, more)
    assert [[each["amount"] for each in booking["parts"]] for booking in found["bookings"]] == [
        ["100.00"],
        ["202.50"],
        [],
    ]
    assert owed(lived, "acme") == ({}, "302.50")
    assert "credit" in lived(*statement(lived, Entry("5.00", DAY, ref="4x").of(Tx(ONE, iban=IBAN))), "--dry-run").text


OVERLAPPING = (
    (FROM_ACME, UNKNOWN_PAYER, RENT),
    (UNKNOWN_PAYER, RENT, BATCH),
    (RENT, BATCH, LESS),
    (Entry("5.00", DAY, info="coffee"), Entry("5.00", DAY, info="coffee"), FROM_ACME),
)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_files_that_overlap_in_any_order(lived, order):
    """payments.md 11: each booking is entered once, and no file changes anything the second time."""
    files = [OVERLAPPING[place] for place in order] + [OVERLAPPING[3]]
    changed = [entered(lived, *file)["changed"] for file in files]
    assert changed[0]
    assert not changed[-1]
    before = lived.sql("SELECT space, amount, source FROM payments ORDER BY source")
    assert [row[1] for row in before] == [30250, 18150, 18150, 18150]
    for file in files:
        for kind in ("052", "053", "054"):
            assert not entered(lived, *file, kind=kind, version=2)["changed"]
    assert lived.sql("SELECT space, amount, source FROM payments ORDER BY source") == before


def test_a_reference_that_a_bank_gives_again_is_another_booking(lived):
    """payments.md 11: nothing is lost where a bank counts anew."""
    first = Entry("302.50", "2026-05-01", ref="B1").of(Tx(ONE, iban=IBAN))
    second = Entry("181.50", "2026-05-30", ref="B1").of(Tx(TWO))
    for entry in (first, second):
        assert entered(lived, entry)["changed"]
    for entries in ((first, second), (second, first), (second,), (first,)):
        assert states(entered(lived, *entries)) == [("known", None)] * len(entries)


def test_what_was_settled_by_hand_is_known(lived):
    """payments.md 10: --source enters a proposed booking, --ignore sets one aside; an undo doesn't bring it back."""
    words = statement(lived, RENT, LESS)
    lived("pay", "--ignore", f"{OWN}:B4", "--yes")
    lived("pay", TWO, "--amount", "100", "--date", DAY, "--source", f"{OWN}:B5", "--yes")
    for _ in range(2):
        found = lived(*words, "--json")
        assert (found.code, states(found.json), found.json["changed"]) == (0, [("known", None)] * 2, False)
        lived("pay", "--undo", "P-2026-0001", "--yes")


def test_what_was_entered_by_hand_is_only_proposed(lived):
    """payments.md 11: the same space and amount within 5 days."""
    lived("pay", ONE, "--date", "2026-05-28", "--yes")
    assert states(entered(lived, FROM_ACME)) == [("proposed", "by_hand")]


def test_what_is_proposed_for_a_return(lived):
    """A return that can't be told is set aside; the payment it may be of is named."""
    enter = Entry("181.50", DAY, ref="B9").of(Tx(TWO))
    lived(*statement(lived, enter), "--yes")
    payer = Entry("181.50", "2026-05-31", "DBIT", ref="B8", reversal=True).of(Tx(e2e=TWO, name="Acme", iban=IBAN))
    found = lived(*statement(lived, payer), "--yes")
    assert found.code == 4
    assert "atelier P-2026-0001" in found.out
    assert f"  subctl pay --ignore {OWN}:B8-\n" in found.out


def test_the_question(lived):
    """INTERFACE: previewed, asked, entered; a no changes nothing, and a repeat isn't asked."""
    words = statement(lived, FROM_ACME)
    before = lived.bytes
    terminal = Terminal(lived, *words)
    assert INVOICE_ROW in terminal.answer("Enter 1 payment? [y/N] ", "n")
    assert terminal.end() == (6, "n\nsubctl: Nothing was changed.\n")
    assert lived.bytes == before
    assert lived(*words, "--json").refusal[:2] == (2, "confirmation_needed")
    terminal = Terminal(lived, *words)
    terminal.answer("Enter 1 payment? [y/N] ", "y")
    assert terminal.end() == (0, "y\nEntered: P-2026-0001.\n")
    assert lived(*words).text.endswith("1 was entered or set aside before.\nNothing to enter.\n")


INVOICE_ROW = "2026-05-30   Acme B.V., INV-2026-0001 thanks   acme    INV-2026-0001       302.50\n"


def test_csv_from_stdin(lived):
    """INTERFACE: - is stdin; money that went is below zero."""
    text = csv_text(
        [
            (DAY, "302.50", "", "thanks", "Acme", "DE02 1203 0000 0000 2020 51", ""),
            (DAY, "-5.00", "", "stamps", "", "", ""),
            (DAY, "181.50", "RF86INV20260002", "", "", "", "x"),
        ]
    )
    words = [sys.executable, "-m", "subctl", "pay", "--from", "-", "--yes", "--json"]

    def piped():
        done = subprocess.run(words, input=text, capture_output=True, text=True, env=lived.environment({}), check=True)
        return json.loads(done.stdout)

    found = piped()
    assert states(found) == [("sure", None), ("outgoing", None), ("sure", None)]
    assert [booking["way"] for booking in found["bookings"]] == ["account", None, "rf"]
    assert not piped()["changed"]


GOOD = Camt().text(FROM_ACME, BATCH)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (Camt(account=IBAN).text(FROM_ACME), "is a statement of the account …2051, which is not the seller's."),
        (Camt(opening="0.00", closing="1.00").text(FROM_ACME), "its entries come to 302.50 EUR, and it says 1.00 EUR."),
        (GOOD[: len(GOOD) // 2], "is no whole XML: line 2 can't be read."),
        (
            Camt(head='<!DOCTYPE x [<!ENTITY a "ha">]>').text(FROM_ACME),
            "it has a DOCTYPE, with which a small file can become a huge one.",
        ),
        ("<html>", "it is a page of a website."),
        (csv_text([(DAY, '"12,50"', *[""] * 5)]), "Line 2: The amount is not a number: '12,50'."),
        (
            Camt().text(FROM_ACME, Entry("5.00", "2026-06-02")),
            "entry 2: It is of 2026-06-02, which is after 2026-06-01.",
        ),
        (None, "can't be read: No such file or directory."),
    ],
)
def test_a_bad_file_is_refused_whole(lived, content, said):
    """payments.md 11: nothing recorded, and what is wrong is named."""
    path = lived.home / "bad"
    if content is not None:
        path.write_text(content)
    before = lived.bytes
    code, kind, message, _ = lived("pay", "--from", str(path), "--yes", "--json").refusal
    assert (code, kind) == (2, "bad_input")
    assert said in message
    assert lived.bytes == before


def test_a_seller_without_an_account_reads_none(cli):
    """payments.md 11: whose statement it is must be known."""
    catalog = cli.home / "catalog.toml"
    text = cli("catalog", "new").text
    catalog.write_text("\n".join(line for line in text.splitlines() if not line.startswith(("iban", "bic"))))
    cli.prepare(("init", "--sandbox", "--catalog", str(catalog)))
    assert cli(*statement(cli, FROM_ACME), "--json").refusal == (
        2,
        "bad_input",
        "No catalog says which account is the seller's.",
        "Import one with iban in [seller]: subctl catalog import FILE",
    )


@pytest.mark.parametrize("option", [(ONE,), ("--amount", "5"), ("--undo", "P-2026-0001"), ("--refund",)])
def test_from_stands_alone(lived, option):
    """A statement says all of it."""
    code, kind, message, _ = lived(*statement(lived, FROM_ACME), *option, "--json").refusal
    assert (code, kind) == (2, "usage")
    assert message.endswith(" does nothing beside --from.")


def test_a_card_that_somebody_wrote_is_not_repeated(lived):
    """safety.md: only the last four digits of a card are ever shown."""
    card = Entry("7.00", DAY).of(Tx("card 4111 1111 1111 1111", name="4111111111111111"))
    found = lived(*statement(lived, card), "--yes")
    assert "4111 1111" not in found.out
    assert "…1111, card …1111" in found.out


def test_long_lists_show_the_first(lived):
    """The rest is counted; --json has all."""
    many = [Entry(f"{number}.00", DAY, ref=f"x{number}") for number in range(1, 62)]
    found = lived(*statement(lived, *many), "--yes")
    assert "and 11 more; --json shows all\n" in found.out
    assert found.out.count("--ignore") == 50
    assert len(entered(lived, *many)["bookings"]) == 61


def test_what_is_read_is_declared():
    """INTERFACE: the command names its documents."""
    assert "statement" in pay.DECLARED.documents


def test_an_invoice_that_was_corrected(lived):
    """payments.md 9.5: the old number pays the one in its place, and what paid the old one can still be taken back."""
    assert entered(lived, UNKNOWN_PAYER)["bookings"][0]["state"] == "sure"
    lived("space", "set", "acme", "--name", "Acme B.V.")
    lived("space", "set", "atelier", "--name", "Atelier B.V.")
    instead = [lived("correct", number, "--yes", "--json").json["number"] for number in (ONE, TWO)]
    found = entered(lived, FROM_ACME, Entry("181.50", DAY, "DBIT", ref="B8", reversal=True).of(Tx(e2e=TWO)))
    assert states(found) == [("sure", None)] * 2
    assert found["bookings"][0]["parts"] == [{"number": instead[0], "amount": "302.50"}]
    assert found["bookings"][1]["of"] == "P-2026-0001"
    assert owed(lived, "acme") == ({}, "0.00")
    assert owed(lived, "atelier")[0][instead[1]] == "181.50"
    assert lived("check", "--json").json["problems"] == []
