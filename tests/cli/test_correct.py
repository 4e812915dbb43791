"""`subctl correct`: an invoice that names the wrong buyer is credited whole and issued anew (payments.md 9.5)."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from subctl.domain.languages import LANGUAGES
from subctl.view.language import speaking
from subctl.view.papers import eml, en16931, pdf
from subctl.view.papers.complete import for_the_next
from tests.support.papers import invoice
from tests.support.terminal import Terminal, spoken

UPGRADE = ("upgrade", "--plan", "pro", "--users", "20", "--yes")
RENAMED = ("space", "set", "acme", "--name", "Acme B.V.", "--reference", "PO-7")
FIRST, CREDIT, ANEW = "INV-2026-0001", "INV-2026-0002", "INV-2026-0003"
ASKED = f"Credit {FIRST} and issue it anew? [y/N] "


@pytest.fixture
def wrong(cli):
    """The demo with an upgrade invoice, after which acme was renamed."""
    return cli.prepare(("init", "--demo"), UPGRADE, RENAMED)


def look(cli, number, *keys):
    """Return keys of an invoice."""
    document = cli("show", number, "--json").json
    return tuple(document[key] for key in keys)


def sound(cli):
    """Hold a store to be sound."""
    assert cli("check", "--json").json["problems"] == []


# --- what it does --------------------------------------------------------------------------------------------


def test_it_is_credited_and_issued_anew(wrong):
    """9.5: same lines, period and net, today's details, dated today; the two name each other, and the order stays."""
    first = wrong("show", FIRST, "--json").json
    done = wrong("correct", FIRST, "--reason", "The name was short", "--yes", "--json", "--today", "2026-03-20").json
    assert done.pop("credit_note") == CREDIT
    assert done.pop("changed") is True
    assert done.pop("differences") == [
        {"field": "name", "before": "Acme", "after": "Acme B.V."},
        {"field": "reference", "before": None, "after": "PO-7"},
    ]
    assert done == wrong("show", ANEW, "--json").json
    assert done == {
        **first,
        "number": ANEW,
        "date": "2026-03-20",
        "due_date": "2026-04-19",
        "buyer": {**first["buyer"], "name": "Acme B.V.", "reference": "PO-7"},
        "replaces": FIRST,
        "replaces_date": "2026-03-15",
        "reason": "The name was short",
        "payment_reference": "RF59INV20260003",
    }
    credited = {"credited_by": CREDIT, "replaced_by": ANEW, "status": "credited", "open": "0.00"}
    assert wrong("show", FIRST, "--json").json == {**first, **credited}
    keys = ("kind", "date", "credits", "order", "total", "due_date", "replaces", "replaced_by", "reason")
    reason = "The name was short"
    assert look(wrong, CREDIT, *keys) == (
        *("credit", "2026-03-20", FIRST, "O-2026-0001", "-786.50", None, None, ANEW, reason),
    )
    assert look(wrong, CREDIT, "buyer")[0] == first["buyer"]
    sound(wrong)


def test_what_is_owed_is_what_stands(wrong):
    """9.2, 9.5: the corrected one is credited, and nothing more is owed than before."""
    wrong("correct", FIRST, "--yes")
    assert [item["number"] for item in wrong("owed", "--json").json["items"]] == [ANEW]
    assert wrong("owed", "--json").json["open"] == "786.50"


def test_what_was_paid_is_paid_on_the_one_in_its_place(wrong):
    """9.5: a part that names a corrected invoice settles that one; the preview says so."""
    wrong("pay", FIRST, "--amount", "100", "--yes")
    keys = ("paid", "open", "status")
    dry = wrong("correct", FIRST, "--dry-run", "--json").json
    assert tuple(dry[key] for key in keys) == ("100.00", "686.50", "part-paid")
    claim = "\nIssued anew: 786.50 EUR, of which 686.50 EUR are open, payable by 14 April 2026\n"
    assert claim in wrong("correct", FIRST, "--dry-run").text
    done = wrong("correct", FIRST, "--yes", "--json").json
    assert tuple(done[key] for key in keys) == ("100.00", "686.50", "part-paid")
    assert look(wrong, FIRST, *keys) == ("0.00", "0.00", "credited")
    assert wrong("pay", ANEW, "--yes", "--json").json["amount"] == "686.50"
    sound(wrong)


def test_what_is_paid_too_much_is_credit(wrong):
    """9.2, 9.5: without VAT it costs less, and it was paid before."""
    wrong("pay", FIRST, "--yes")
    wrong("space", "set", "acme", "--country", "DE", "--vat-id", "DE129273398")
    assert wrong("correct", FIRST, "--yes", "--json").json["status"] == "paid"
    assert wrong("owed", "--json").json["credits"] == [{"space": "acme", "credit": "136.50"}]
    sound(wrong)


def test_the_same_again_changes_nothing(wrong):
    """9.5: that invoice, `changed` false; whatever was set since, and nobody is asked."""
    done = wrong("correct", FIRST, "--reason", "The name was short", "--yes", "--json").json
    wrong("space", "set", "acme", "--name", "Other")
    before = wrong.bytes
    for words in (("--yes",), ("--dry-run",), (), ("--reason", "Another one", "--yes")):
        assert wrong("correct", FIRST, *words, "--json").json == {**done, "changed": False}
    assert wrong.bytes == before


def test_a_corrected_one_can_be_corrected(wrong):
    """9.5: it is an invoice like any other."""
    wrong("correct", FIRST, "--yes")
    wrong("space", "set", "acme", "--name", "Acme N.V.")
    done = wrong("correct", ANEW, "--yes", "--json").json
    assert (done["number"], done["credit_note"], done["replaces"]) == ("INV-2026-0005", "INV-2026-0004", ANEW)
    assert look(wrong, ANEW, "replaces", "replaced_by", "credited_by") == (FIRST, "INV-2026-0005", "INV-2026-0004")
    assert wrong("correct", FIRST, "--yes", "--json").json["number"] == ANEW
    assert [item["number"] for item in wrong("owed", "--json").json["items"]] == ["INV-2026-0005"]
    sound(wrong)


def test_a_dry_run_writes_nothing(wrong):
    """What would be issued has no number yet."""
    before = wrong.bytes
    done = wrong("correct", FIRST, "--dry-run", "--json").json
    assert {key: done[key] for key in ("number", "credit_note", "payment_reference", "replaces", "total")} == {
        "number": None,
        "credit_note": None,
        "payment_reference": None,
        "replaces": FIRST,
        "total": "786.50",
    }
    assert (done["changed"], done["buyer"]["name"]) == (True, "Acme B.V.")
    assert wrong.bytes == before


def test_a_recurring_invoice(demo):
    """9.5: its period and its rate stay; the next one follows on it."""
    demo("bill", "--today", "2026-04-01")
    demo("space", "set", "atelier", "--address", "Rue 1, Liège", "--country", "BE", "--vat-id", "BE0428759497")
    done = demo("correct", FIRST, "--today", "2026-04-10", "--yes", "--json").json
    assert (done["kind"], done["period"], done["net"]) == (
        "recurring",
        {"start": "2026-04-01", "end": "2026-05-01"},
        "150.00",
    )
    assert (done["vat_category"], done["total"], done["due_date"]) == ("AE", "150.00", "2026-05-10")
    assert {each["field"]: (each["before"], each["after"]) for each in done["differences"]} == {
        "country": ("NL", "BE"),
        "address": (None, "Rue 1, Liège"),
        "vat_id": (None, "BE0428759497"),
        "vat_category": ("S", "AE"),
        "vat_rate": ("21", "0"),
    }
    assert demo("bill", "--today", "2026-05-01", "--json").json["issued"][0]["period"]["start"] == "2026-05-01"
    sound(demo)


def test_the_rate_is_that_of_the_first_one(cli):
    """9.5, pricing.md 3.3: 21 % of March, though 19 % are in force when it is corrected, and corrected again."""
    catalog = Path("src/subctl/data/catalog.toml").read_text(encoding="utf-8")
    later = catalog.replace("2026-01-01", "2026-06-01").replace('vat_rate = "21"', 'vat_rate = "19"')
    cli.prepare(("init", "--demo"), UPGRADE, RENAMED)
    (cli.home / "later.toml").write_text(later)
    assert cli("catalog", "import", str(cli.home / "later.toml")).code == 0
    assert cli("correct", FIRST, "--today", "2026-06-10", "--yes", "--json").json["vat_rate"] == "21"
    cli("space", "set", "acme", "--name", "Acme N.V.")
    assert cli("correct", ANEW, "--today", "2026-06-11", "--yes", "--json").json["vat_rate"] == "21"
    sound(cli)


def test_a_sellers_new_detail_is_a_difference(cli):
    """9.5: today's details are the seller's, too; they stand in a catalog."""
    catalog = Path("src/subctl/data/catalog.toml").read_text(encoding="utf-8")
    later = catalog.replace("2026-01-01", "2026-03-16").replace("+31 20 123 4567", "+31 20 123 4568")
    cli.prepare(("init", "--demo"), UPGRADE)
    (cli.home / "later.toml").write_text(later)
    assert cli("catalog", "import", str(cli.home / "later.toml")).code == 0
    done = cli("correct", FIRST, "--today", "2026-03-16", "--yes", "--json").json
    assert done["differences"] == [
        {"field": "seller.phone", "before": "+31 20 123 4567", "after": "+31 20 123 4568"},
    ]
    assert "seller.phone   +31 20 123 4567   +31 20 123 4568\n" in cli("correct", FIRST).text
    sound(cli)


def test_of_an_account_only_the_end_is_told(wrong):
    """An IBAN is nobody's to read."""
    wrong("space", "set", "acme", "--iban", "NL91ABNA0417164300")
    done = wrong("correct", FIRST, "--dry-run", "--json").json
    assert {"field": "iban", "before": None, "after": "…4300"} in done["differences"]


# --- withdrawing what was corrected --------------------------------------------------------------------------


def test_withdrawing_its_order_credits_the_one_that_stands(wrong):
    """9.5, pricing.md 4.11: the whole of the new one, with its buyer."""
    wrong("correct", FIRST, "--yes")
    preview = wrong("withdraw", "O-2026-0001", "--dry-run").text
    assert f"Credit note: -786.50 EUR, for {ANEW}\n" in preview
    assert wrong("withdraw", "O-2026-0001", "--yes", "--json").json["credit_note"] == "INV-2026-0004"
    assert look(wrong, "INV-2026-0004", "credits", "total", "replaced_by", "reason") == (ANEW, "-786.50", None, None)
    assert look(wrong, "INV-2026-0004", "buyer")[0]["name"] == "Acme B.V."
    assert look(wrong, FIRST, "credited_by") == (CREDIT,)
    assert look(wrong, ANEW, "credited_by") == ("INV-2026-0004",)
    assert wrong("owed", "--json").json["items"] == []
    sound(wrong)


# --- what is refused -----------------------------------------------------------------------------------------


def test_a_withdrawn_one_is_credited_already(wrong):
    """9.5: `already_credited`, and nothing is written."""
    wrong("withdraw", "O-2026-0001", "--yes")
    before = wrong.bytes
    assert wrong("correct", FIRST, "--dry-run", "--json").refusal == (
        4,
        "already_credited",
        f"{FIRST} is credited by {CREDIT} already: nobody is asked for it any more.",
        f"Look at it: subctl show {FIRST}",
    )
    assert wrong.bytes == before
    assert wrong("correct", FIRST, "--json").refusal[:2] == (4, "already_credited")  # before anything is asked


def test_a_credit_note_can_not_be_corrected(wrong):
    """9.5: `not_correctable`: it repeats what it credits."""
    wrong("correct", FIRST, "--yes")
    assert wrong("correct", CREDIT, "--yes", "--json").refusal == (
        4,
        "not_correctable",
        f"{CREDIT} is a credit note: it says what the invoice said that it credits.",
        f"Look at it: subctl show {FIRST}",
    )


def test_nothing_that_differs_can_not_be_corrected(cli):
    """9.5: `not_correctable`, naming the command that sets what is wrong."""
    cli.prepare(("init", "--demo"), UPGRADE)
    assert cli("correct", FIRST, "--yes", "--json").refusal == (
        4,
        "not_correctable",
        f"{FIRST} says all that is known of acme today: nothing would differ.",
        "Set what is wrong first: subctl space set acme --name NAME",
    )


@pytest.mark.parametrize("number", ["INV-2026-0009", "O-2026-0001"])
def test_what_is_no_invoice(wrong, number):
    """not_found names the last one there is."""
    assert wrong("correct", number, "--yes", "--json").refusal == (
        3,
        "not_found",
        f"There is no invoice {number}.",
        f"The last one is {FIRST}; subctl list invoices shows all.",
    )


# --- what people see -----------------------------------------------------------------------------------------

PREVIEW = """\
Correction of INV-2026-0001, acme

             INV-2026-0001   Now
─────────────────────────────────────────────────────
name         Acme            Acme B.V.
country      Netherlands     Germany
VAT number   –               DE129273398
reference    –               PO-7
VAT          VAT 21 %        VAT 0 % (reverse charge)
Reason                       It is a German one

Credit note: -786.50 EUR, for INV-2026-0001

Issued anew: 650.00 EUR, payable by 14 April 2026
"""


def test_the_preview_and_what_was_done(wrong):
    """All that differs, what is credited, and what is issued; then only what became of it."""
    wrong("space", "set", "acme", "--country", "DE", "--vat-id", "DE129273398")
    words = ("correct", FIRST, "--reason", "It is a German one")
    dry = wrong(*words, "--dry-run").text
    assert dry.startswith(PREVIEW)
    assert dry.endswith("\n\nA dry run: nothing is corrected.\n")
    terminal = Terminal(wrong, *words)
    assert terminal.answer(ASKED, "y").startswith(PREVIEW)
    told = f"{FIRST} is credited by {CREDIT}, and issued anew as {ANEW}.\n"
    assert terminal.end() == (0, f"y\n\nCorrected: {told}")
    again = wrong("correct", FIRST).text
    assert again.startswith(PREVIEW.replace("Now\n", f"{ANEW}\n"))
    assert again.endswith(f"\n\nCorrected before: {told}")
    assert wrong("correct", FIRST, "--yes").text == again


def test_no_is_no(wrong):
    """Exit 6, and nothing is written; without a terminal it names `--yes`."""
    before = wrong.bytes
    assert spoken(wrong, "correct", FIRST, answers=[(ASKED, "n")]) == (6, "subctl: Nothing was changed.\n")
    assert wrong("correct", FIRST, "--json").refusal == (
        2,
        "confirmation_needed",
        "This needs an answer, and stdin is no terminal.",
        "Run subctl correct with --yes, or look first with --dry-run.",
    )
    assert wrong.bytes == before


def test_its_documents_say_so_on_the_screen(wrong):
    """Each names the others."""
    wrong("correct", FIRST, "--reason", "Wrong name", "--yes")
    facts = {
        FIRST: {"Issued anew as  INV-2026-0003"},
        CREDIT: {"Issued anew as  INV-2026-0003", "Reason          Wrong name"},
        ANEW: {
            "In place of  INV-2026-0001 of 15 March 2026, credited by INV-2026-0002",
            "Reason       Wrong name",
        },
    }
    for number, expected in facts.items():
        assert expected <= set(wrong("show", number).text.splitlines())


def test_the_history_tells_it(wrong):
    """In a sentence, with the reason where there is one."""
    wrong("correct", FIRST, "--yes")
    wrong("space", "set", "acme", "--name", "Acme N.V.")
    wrong("correct", ANEW, "--reason", "N.V.", "--yes")
    told = wrong("history").text
    assert f"Corrected {FIRST}: credited by {CREDIT}, issued anew as {ANEW}." in told
    assert f"Corrected {ANEW}: credited by INV-2026-0004, issued anew as INV-2026-0005. Reason: N.V." in told
    detail = wrong("history", "--limit", "1", "--json").json["items"][0]["detail"]
    assert detail == {
        "corrected": ANEW,
        "credit_note": "INV-2026-0004",
        "replacement": "INV-2026-0005",
        "reason": "N.V.",
    }


# --- files ---------------------------------------------------------------------------------------------------


def test_save_has_both_documents(wrong):
    """DOCUMENTS: every document that was issued."""
    done = wrong("correct", FIRST, "--yes", "--save", str(wrong.home), "--json").json
    assert (done["saved"], done["kept"], done["failed"]) == (4, 0, [])
    files = {f"{number}{ending}" for number in (CREDIT, ANEW) for ending in (".pdf", ".ubl.xml")}
    assert {path.name for path in wrong.home.iterdir()} - {"contracts.db"} == files
    again = wrong("correct", FIRST, "--save", str(wrong.home), "--json").json
    assert (again["changed"], again["saved"]) == (False, 4)


SETTLES = {
    "en": "This settles invoice INV-2026-0001 in full. Invoice INV-2026-0003 replaces it. Reason: Name",
    "fr": "Cet avoir solde entièrement la facture INV-2026-0001. La facture INV-2026-0003 la remplace."
    " Motif\N{NO-BREAK SPACE}: Name",
    "nl": "Hiermee is factuur INV-2026-0001 volledig verrekend. Factuur INV-2026-0003 komt daarvoor in de plaats."
    " Reden: Name",
    "de": "Damit ist die Rechnung INV-2026-0001 vollständig ausgeglichen. Sie wird durch die Rechnung"
    " INV-2026-0003 ersetzt. Grund: Name",
}
REPLACES = {
    "en": "This invoice replaces INV-2026-0001 of 15 March 2026, which was credited in full by INV-2026-0002.",
    "fr": "Cette facture remplace la facture INV-2026-0001 du 15 mars 2026, annulée en totalité par l’avoir"
    " INV-2026-0002.",
    "nl": "Deze factuur vervangt INV-2026-0001 van 15 maart 2026, die met INV-2026-0002 volledig is gecrediteerd.",
    "de": "Diese Rechnung ersetzt die Rechnung INV-2026-0001 vom 15. März 2026, die mit INV-2026-0002 vollständig"
    " storniert wurde.",
}


def notes(sheet):
    """Return the sentences at the end of a paper."""
    return sheet["parts"][-1]["notes"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_name_each_other(wrong, language):
    """9.5: in each language; the corrected one's paper is what it was."""
    with speaking(language):
        before = pdf.sheet_of(invoice(wrong, FIRST))
    wrong("correct", FIRST, "--reason", "Name", "--yes")
    with speaking(language):
        assert pdf.sheet_of(invoice(wrong, FIRST)) == before
        credit, anew = (notes(pdf.sheet_of(invoice(wrong, number))) for number in (CREDIT, ANEW))
        message = message_from_bytes(eml.make(invoice(wrong, ANEW), None), policy=SMTP)
    assert " ".join(credit) == SETTLES[language]
    assert anew[0] == REPLACES[language]
    assert anew[1] == credit[-1]
    body = message.get_body(("plain",))
    assert body is not None
    assert anew[1] in body.get_content()


def test_an_e_invoice_names_the_one_that_it_corrects(wrong):
    """BG-3: the new one and the credit note name the first one, with its day."""
    wrong("correct", FIRST, "--yes", "--today", "2026-03-20")
    expected = en16931.Preceding(FIRST, "2026-03-15")
    assert [en16931.e_invoice(invoice(wrong, number), "peppol").preceding for number in (FIRST, CREDIT, ANEW)] == [
        None,
        expected,
        expected,
    ]


def test_what_an_e_invoice_lacks_is_corrected(wrong):
    """DOCUMENTS: the refusal names the command for this one, as long as it stands."""
    anew = f"That is for the next documents; after it issue this one anew: subctl correct {FIRST}"
    assert str(for_the_next(invoice(wrong, FIRST))) == anew
    wrong("correct", FIRST, "--yes")
    for number in (FIRST, CREDIT):
        assert str(for_the_next(invoice(wrong, number))) == "That is for the next documents."
    wrong("space", "set", "acme", "--email", "")
    wrong("correct", ANEW, "--yes")
    hint = wrong("show", "INV-2026-0005", "--format", "eml", SUBCTL_FORMAT="json").refusal[3]
    assert hint == "That is for the next documents; after it issue this one anew: subctl correct INV-2026-0005"


# --- what check finds ----------------------------------------------------------------------------------------

ID = "2026000000000"
ALTERED = {
    "its credit note's lines": (f"UPDATE invoices SET net = -1, vat = 0, total = -1 WHERE id = {ID}2", CREDIT),
    "its credit note's buyer": (f"UPDATE invoices SET buyer = 4 WHERE id = {ID}2", CREDIT),
    "its credit note's order": (f'UPDATE invoices SET "order" = NULL WHERE id = {ID}2', CREDIT),
    "the new one's VAT": (f"UPDATE invoices SET vat = 0, total = net, vat_rate = 0 WHERE id = {ID}3", ANEW),
    "the new one's period": (f"UPDATE invoices SET start = '2026-04-02' WHERE id = {ID}3", ANEW),
    "the new one's order": (f'UPDATE invoices SET "order" = NULL WHERE id = {ID}3', ANEW),
    "the day it is due": (f"UPDATE invoices SET due_date = '2026-12-31' WHERE id = {ID}3", ANEW),
    "the day of the correction": ("UPDATE corrections SET date = '2026-03-16'", ANEW),
    "which one was corrected": (f"UPDATE corrections SET invoice = {ID}2", CREDIT),
    "what is in its place": (f"UPDATE corrections SET replacement = {ID}1", "O-2026-0001"),
    "the correction itself": ("DELETE FROM corrections", "O-2026-0001"),
}


@pytest.mark.parametrize(("statement", "named"), ALTERED.values(), ids=ALTERED)
def test_check_names_what_was_altered(wrong, statement, named):
    """pricing.md 7.3: whatever of a correction is not as it was."""
    wrong("correct", FIRST, "--yes")
    wrong.tamper(statement)
    assert named in {problem["document"] for problem in json.loads(wrong("check", "--json").out)["problems"]}


def test_an_account_that_was_wrong_before_its_last_signs(demo):
    """9.5: accounts are compared whole, and shown by their last four."""
    assert demo("space", "set", "acme", "--payment", "direct-debit", "--iban", "NL91ABNA0417164300").code == 0
    assert demo("upgrade", "--users", "20", "--yes").code == 0
    assert demo("space", "set", "acme", "--iban", "NL98ABNA0999994300").code == 0
    done = demo("correct", "INV-2026-0001", "--yes", "--json").json
    assert done["differences"] == [{"field": "iban", "before": "…4300", "after": "…4300"}]
