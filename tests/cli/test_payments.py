"""Payments at the command line: what is refused, asked, shown, listed and offered, and to whom (payments.md 10)."""

from __future__ import annotations

import pytest

from tests.support.cli import DEMO
from tests.support.money import enter, money
from tests.support.paying import FOUR, LIVED, ONE, THREE, TWO, numbers, paid
from tests.support.terminal import Terminal


@pytest.fixture
def lived(cli):
    """The demo on 1 June, with open invoices."""
    return cli.prepare(*LIVED)


# --- refused -------------------------------------------------------------------------------------------------------

REFUSED = {
    "another space's": (
        (ONE, TWO),
        (4, "other_space", f"{TWO} is an invoice of atelier, not of acme.",
         "A payment belongs to one space: enter one for each."),
    ),
    "another space's than named": (
        (ONE, "--space", "atelier"),
        (4, "other_space", f"{ONE} is an invoice of acme, not of atelier.",
         "A payment belongs to one space: enter one for each."),
    ),
    "parts that don't add up": (
        (f"{TWO}=100", f"{THREE}=101", "--amount", "200"),
        (2, "bad_input", "The parts come to 201.00 EUR, which is more than --amount 200.00.",
         "Name less, or leave --amount out."),
    ),
    "twice": ((ONE, ONE), (2, "bad_input", f"{ONE} is named twice.", "Name it once.")),
    "no number": (
        (f"{ONE}=12,50",),
        (2, "bad_input", f"{ONE} is not a number: '12,50'.", "Write 12.50."),
    ),
    "nothing": (
        (f"{ONE}=0",),
        (2, "bad_input", f"{ONE} can't be 0.", "Give an amount above 0; what goes back is a --refund."),
    ),
    "an empty part": (
        (f"{ONE}=",),
        (2, "bad_input", f"{ONE} is not a number: ''.", "Write digits and a point, like 12.50."),
    ),
    "a card": (
        (ONE, "--reference", "4111 1111 1111 1111"),
        (2, "bad_input", "The payment's reference must not hold a card number.", ""),
    ),
    "a day to come": (
        (ONE, "--date", "2026-06-02"),
        (2, "bad_input", "--date can't be 2026-06-02: that is after 2026-06-01.",
         "Enter a payment when the money is there."),
    ),
    "no such space": (
        ("--amount", "1", "--space", "acmee"),
        (3, "not_found", "There is no space 'acmee'.", "Did you mean acme?"),
    ),
    "no invoice": (
        ("P-2026-0001",),
        (3, "not_found", "There is no invoice P-2026-0001.",
         "The last one is INV-2026-0004; subctl list invoices shows all."),
    ),
    "no payment": (
        ("--undo", "P-2026-0001"),
        (3, "not_found", "There is no payment P-2026-0001.", "There is no payment yet."),
    ),
    "an invoice is no payment": (
        ("--undo", ONE),
        (3, "not_found", f"There is no payment {ONE}.", "There is no payment yet."),
    ),
    "neither": (
        (),
        (2, "usage", "What was paid? Neither an invoice nor --amount was named.", "Name one: subctl pay INV-2026-0001"),
    ),
    "a refund of an invoice": (
        (ONE, "--refund"),
        (2, "usage", "INVOICE does nothing beside --refund.", "Leave it out."),
    ),
    "a refund that is expected": (
        ("--refund", "--expect", "1"),
        (2, "usage", "--expect does nothing beside --refund.", "Leave it out."),
    ),
    "an undo of a day": (
        ("--undo", "P-2026-0001", "--date", "2026-05-01"),
        (2, "usage", "--date does nothing beside --undo.", "Leave it out."),
    ),
    "an undo of what is ignored": (
        ("--undo", "P-2026-0001", "--ignore", "X/1"),
        (2, "usage", "--ignore does nothing beside --undo.", "Leave it out."),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(lived, name):
    """payments.md 10: each with its whole answer, and nothing is entered."""
    words, refusal = REFUSED[name]
    before = lived.sql("SELECT * FROM payments")
    assert lived("pay", *words, "--yes", "--json").refusal == refusal
    assert lived.sql("SELECT * FROM payments") == before


def test_a_credit_note_is_not_paid(demo):
    """payments.md 9.2: it settles its invoice; what was paid on that is credit."""
    demo.prepare(DEMO, ("upgrade", "--users", "20", "--yes"))
    paid(demo, ONE, "--amount", "100")
    assert demo("withdraw", "O-2026-0001", "--yes").code == 0
    assert demo("pay", TWO, "--yes", "--json").refusal == (
        2,
        "bad_input",
        f"{TWO} is a credit note: nothing is paid for it.",
        "Name the invoice, or enter what is given back with --refund.",
    )
    done = paid(demo, ONE)
    assert (done["number"], done["changed"]) == ("P-2026-0001", False)
    assert paid(demo, "--refund")["amount"] == "-100.00"


# --- questions -----------------------------------------------------------------------------------------------------


def test_it_asks(lived):
    """INTERFACE: below the preview, and says afterwards only what became of it."""
    terminal = Terminal(lived, "pay", TWO, "--amount", "600")
    shown = terminal.answer("Enter this payment? [y/N] ", "y")
    assert shown == (
        "Payment of atelier on 1 June 2026: 600.00 EUR\n"
        "\n"
        "Kind     receipt\n"
        "Paid by  transfer\n"
        "For      INV-2026-0002: 181.50 EUR\n"
        "\n"
        "Document        Due          Open before   Open after EUR\n"
        "─────────────────────────────────────────────────────────\n"
        "INV-2026-0002   2026-05-01        181.50             0.00\n"
        "INV-2026-0003   2026-05-31        181.50             0.00\n"
        "INV-2026-0004   2026-07-01        181.50             0.00\n"
        "\n"
        "Still open  0.00 EUR\n"
        "Credit      55.50 EUR\n"
        "\n"
        "55.50 EUR more than is open: it becomes credit, and settles what comes next.\n"
        "\n"
        "Enter this payment? [y/N] "
    )
    assert terminal.end() == (
        0,
        "y\n\nEntered: P-2026-0001.\nUndo it with: subctl pay --undo P-2026-0001\n",
    )
    terminal = Terminal(lived, "pay", "--refund", "--space", "atelier")
    assert terminal.answer("Enter this refund? [y/N] ", "n").startswith(
        "Refund to atelier on 1 June 2026: -55.50 EUR\n"
    )
    assert terminal.end() == (6, "n\nsubctl: Nothing was changed.\n")
    terminal = Terminal(lived, "pay", "--undo", "P-2026-0001")
    assert terminal.answer("Undo P-2026-0001? [y/N] ", "y").startswith(
        "Undo of P-2026-0001, a payment of atelier: -600.00"
    )
    assert terminal.end() == (0, "y\n\nEntered: P-2026-0002.\n")
    terminal = Terminal(lived, "pay", "--ignore", "X/1")
    assert terminal.answer("Ignore the booking X/1? [y/N] ", "y") == "Ignore the booking X/1? [y/N] "
    assert terminal.end() == (0, "y\nThe booking X/1 is ignored since 1 June 2026.\n")


@pytest.mark.parametrize("words", [(ONE,), ("--ignore", "X/1")], ids=" ".join)
def test_without_a_terminal_it_wants_an_answer(lived, words):
    """INTERFACE: exit 2, naming --yes and --dry-run."""
    before = lived.bytes
    assert lived("pay", *words, "--json").refusal == (
        2,
        "confirmation_needed",
        "This needs an answer, and stdin is no terminal.",
        "Run subctl pay with --yes, or look first with --dry-run.",
    )
    assert lived.bytes == before


# --- screens, lists, the history -----------------------------------------------------------------------------------


def test_screens(lived):
    """What is entered, what was entered before, what is looked at, and lists of it."""
    lived("pay", ONE, "--date", "2026-05-20", "--reference", "PO 7", "--source", "X/1", "--yes")
    facts = (
        "Payment     P-2026-0001\n"
        "Kind        receipt\n"
        "Paid by     transfer\n"
        "Entered on  1 June 2026\n"
        "Reference   PO 7\n"
        "Booking     X/1\n"
        "For         INV-2026-0001: 302.50 EUR\n"
    )
    head = "Payment of acme on 20 May 2026: 302.50 EUR\n\n"
    assert lived("show", "P-2026-0001").text == head + facts
    again = lived("pay", ONE, "--date", "2026-05-20", "--yes").text
    undo = "Undo it with: subctl pay --undo P-2026-0001\n"
    assert again == f"{head}{facts}\nEntered before: P-2026-0001.\n{undo}"
    assert lived("pay", "--undo", "P-2026-0001", "--yes", "--dry-run").text == (
        "Undo of P-2026-0001, a payment of acme: -302.50 EUR\n"
        "\n"
        "Kind        undo\n"
        "Paid by     transfer\n"
        "For         INV-2026-0001: -302.50 EUR\n"
        "Takes back  P-2026-0001\n"
        "\n"
        "Document        Due          Open before   Open after EUR\n"
        "─────────────────────────────────────────────────────────\n"
        "INV-2026-0001   2026-04-14          0.00           302.50\n"
        "\n"
        "Still open  302.50 EUR\n"
        "\n"
        "A dry run: nothing is entered.\n"
    )
    lived("pay", "--undo", "P-2026-0001", "--yes")
    assert lived("show", "P-2026-0001").text == f"{head}{facts[:-1]}\nTaken back by  P-2026-0002\n".replace(
        "Payment     P", "Payment        P"
    ).replace("Kind        ", "Kind           ").replace("Paid by     ", "Paid by        ").replace(
        "Entered on  ", "Entered on     "
    ).replace("Reference   ", "Reference      ").replace("Booking     ", "Booking        ").replace(
        "For         ", "For            "
    )
    assert lived("pay", "--ignore", "X/2", "--dry-run").text == (
        "The booking X/2 would be ignored from 1 June 2026 on.\n"
    )


def test_lists(lived):
    """INTERFACE: those that were entered last first, narrowed by space, kind and the money's day."""
    assert lived("list", "payments").text == "No payment.\n"
    lived("pay", ONE, "--date", "2026-05-20", "--yes")
    lived("pay", "--space", "atelier", "--amount", "600", "--reference", "May", "--method", "cash", "--yes")
    lived("pay", "--refund", "--space", "atelier", "--yes")
    lived("pay", "--undo", "P-2026-0001", "--yes")
    assert lived("list", "payments").text == (
        "Payment       Date         Space     Kind      Paid by    For             Amount EUR   Taken back by\n"
        "────────────────────────────────────────────────────────────────────────────────────────────────────\n"
        "P-2026-0004   2026-06-01   acme      undo      transfer   P-2026-0001        -302.50   –\n"
        "P-2026-0003   2026-06-01   atelier   refund    transfer   –                   -55.50   –\n"
        "P-2026-0002   2026-06-01   atelier   receipt   cash       May                 600.00   –\n"
        "P-2026-0001   2026-05-20   acme      receipt   transfer   INV-2026-0001       302.50   P-2026-0004\n"
    )

    def listed(*words):
        return [item["number"][-1] for item in lived("list", "payments", *words, "--json").json["items"]]

    assert listed("--space", "atelier") == ["3", "2"]
    assert listed("--kind", "receipt") == ["2", "1"]
    assert listed("--until", "2026-05-31") == ["1"]
    assert listed("--since", "2026-05-21", "--kind", "refund") == ["3"]
    limited = lived("list", "payments", "--limit", "1", "--json").json
    assert (limited["items"][0]["number"], limited["more"], limited["currency"]) == ("P-2026-0004", True, "EUR")
    assert lived("list", "payments", "--status", "open", "--json").refusal[1] == "usage"
    assert lived("list", "payments", "--csv-none", "--json").code == 2
    header, row = lived("list", "payments", "--format", "csv", "--limit", "1").text.splitlines()
    assert header == "number,space,date,entered,amount,currency,kind,method,reference,source,parts,of,taken_back_by"
    assert row == (
        "P-2026-0004,acme,2026-06-01,2026-06-01,-302.50,EUR,undo,bank,,,"
        '"[{""number"":""INV-2026-0001"",""amount"":""-302.50""}]",P-2026-0001,'
    )


def test_the_history_tells_of_payments(lived):
    """history: each in a sentence."""
    lived("pay", ONE, "--date", "2026-05-20", "--source", "X/1", "--yes")
    lived("pay", "--space", "atelier", "--amount", "600", "--yes")
    lived("pay", "--refund", "--space", "atelier", "--yes")
    lived("pay", "--undo", "P-2026-0001", "--yes")
    lived("pay", "--ignore", "X/2", "--yes")
    told = lived("history").text
    for sentence in (
        "Entered P-2026-0001: 302.50 EUR of 2026-05-20, for INV-2026-0001. Booking X/1.",
        "Entered P-2026-0002: 600.00 EUR of 2026-06-01.",
        "Entered the refund P-2026-0003: -55.50 EUR of 2026-06-01.",
        "Undid P-2026-0001 with P-2026-0004: -302.50 EUR.",
        "Ignored the booking X/2.",
    ):
        assert sentence in told


def test_a_payment_has_no_paper(lived):
    """INTERFACE: neither a PDF nor a message."""
    lived("pay", ONE, "--yes")
    assert lived("show", "P-2026-0001", "--format", "pdf", "--json").refusal[:2] == (2, "usage")
    assert lived("show", "P-2026-0001", "--format", "eml").err == (
        "subctl: P-2026-0001 has no paper.\nLook at it: subctl show P-2026-0001\n"
    )


# --- rights --------------------------------------------------------------------------------------------------------


def test_a_spaces_administrator_reads_its_own_payments(lived):
    """payments.md 10: and enters none."""
    lived("pay", ONE, "--yes")
    lived("pay", TWO, "--yes")
    lived.sql("UPDATE administrators SET space = 'atelier'")
    assert numbers(lived) == ["P-2026-0002"]
    assert lived("show", "P-2026-0002", "--json").json["space"] == "atelier"
    before = lived.sql("SELECT * FROM payments")
    for words in (
        ("show", "P-2026-0001"),
        ("show", "P-2026-0009"),
        ("list", "payments", "--space", "acme"),
        ("pay", TWO, "--yes"),
        ("pay", "--undo", "P-2026-0002", "--yes"),
        ("pay", "--refund", "--space", "atelier", "--yes"),
        ("pay", "--ignore", "X/1", "--yes"),
        ("pay", TWO, "--dry-run"),
    ):
        assert lived(*words, "--json").refusal[:2] == (7, "not_administrator"), words
    assert lived.sql("SELECT * FROM payments") == before


# --- TAB -----------------------------------------------------------------------------------------------------------


def test_tab_offers_what_is_open_and_what_can_be_undone(lived):
    """Invoices that are open, payments that nothing takes back; newest first."""
    enter(lived, money("atelier", "2026-05-20", 18_150, (3, 18_150)), money("acme", "2026-05-20", 100))
    lived("pay", "--undo", "P-2026-0002", "--yes")
    assert [line.split("\t")[0] for line in lived("__complete", "invoices").text.splitlines()] == [FOUR, TWO, ONE]
    assert lived("__complete", "invoices", "INV", "--space", "acme").text.splitlines() == [
        f"{ONE}\tacme: upgrade invoice of 2026-03-15, 302.50 EUR"
    ]
    assert lived("__complete", "payments").text.splitlines() == [
        "P-2026-0001\tatelier: receipt of 2026-05-20, 181.50 EUR"
    ]
    assert lived("__complete", "payments", "P-2027").text == ""
    assert [line.split("\t")[0] for line in lived("__complete", "shown", "P-").text.splitlines()] == [
        f"P-2026-000{place}" for place in (3, 2, 1)
    ]


def test_nothing_is_open_of_an_invoice_that_comes_later(demo):
    """docs/scripting.md: --expect of a day before it was issued."""
    demo("bill", "--today", "2026-04-01")
    words = ("pay", "INV-2026-0001=5", "--expect", "10", "--dry-run", "--today", "2026-03-20", "--json")
    assert demo(*words).refusal[:3] == (5, "expectation_failed", "0.00 EUR is open, not 10.00 EUR.")
