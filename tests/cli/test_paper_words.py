"""What is left of English on papers, in e-invoices, messages and calendars in a language that nobody speaks."""

from __future__ import annotations

import re
from email import message_from_bytes

import pytest

from subctl.domain.catalog import Notes
from subctl.view.forms import FORMS
from subctl.view.language import speaking
from subctl.view.papers import e_invoice_words, made, paper, pdf
from subctl.view.texts import worded
from tests.support import pseudo
from tests.support.e_invoices import CASES
from tests.support.papers import CARD, DEBITED, MANDATE, NUMBERS, SETUP, invoice, shown, told

NAMES = (
    "Acme Atelier Zoom Pro Starter Example Software B.V. Accounts payable Purchasing Keizersgracht Herengracht CN BA"
    " Amsterdam invoices@example.com support@example.com KVK INV Q O RF EUR NL acme atelier CORE"
    " ABNANL2A ABNA Licence Pays-Bas Brugstraat Wyck Wycker Maastricht EA Comptabilit"
)
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre er"


@pytest.fixture
def used(cli):
    """The demo with one document of each kind."""
    return cli.prepare(*SETUP)


def left(text, *known):
    """Return what is in plain letters, and is no name."""
    return pseudo.plain(text, NAMES, MONTHS, *known)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_paper_keeps_an_english_word(used, number):
    """Whatever it was issued in: made anew, all of it is in the language."""
    found = shown(used, number)
    with pseudo.spoken(), speaking("fr"):
        text = told(pdf.sheet_of(found))
    assert left(text) == set()
    assert "2026" in text


PAID = {"debited": (DEBITED, MANDATE), "card": (CARD, None)}


@pytest.mark.parametrize("how", PAID)
def test_no_way_of_paying_is_told_in_english(used, how):
    payment, mandate = PAID[how]
    found = invoice(used)._replace(payment=payment, mandate=mandate)
    with pseudo.spoken(), speaking("fr"):
        text = told(pdf.sheet_of(found)) + e_invoice_words.terms(found)
    assert left(text, "M-2026-17 NL02ZZZ123456780000 SEPA") == set()


@pytest.mark.parametrize("case", CASES)
def test_no_sentence_of_an_e_invoice_is_english(case):
    """Lines, how their amounts come about, terms, and why there is no VAT; the format's own words are codes."""
    found = CASES[case].invoice._replace(seller=CASES[case].invoice.seller._replace(terms=None, notes=Notes()))
    with pseudo.spoken(), speaking("fr"):
        content = made(found, "ubl", "en16931").decode()
    said = re.findall(r"<cbc:(?:Note|Description|Name|TaxExemptionReason)>(.*?)</cbc:", content)
    names = (found.seller.name, found.seller.contact or "", found.buyer.name, found.buyer.contact or "")
    exempt = worded(found).vat.exempt or ""
    assert left(" ".join(said), *names, exempt, "Business JPY PLN USD") == set()


def test_no_message_is_english(used):
    """Subject and text; names of files and addresses are what they are."""
    with pseudo.spoken():
        message = message_from_bytes(paper(invoice(used), "eml", language="fr"))
    [text] = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/plain"]
    assert isinstance(text, bytes)
    assert left(text.decode()) == set()
    assert message["Content-Language"] == "fr"


def test_no_calendar_is_english(used):
    """It speaks its reader's language; the same events have the same UID in each."""
    with pseudo.spoken():
        french = used("list", "deadlines", "--format", "ics", SUBCTL_LANG="fr").out
    english = used("list", "deadlines", "--format", "ics").out
    told_ = [line for line in unfolded(french) if line.startswith(("SUMMARY", "DESCRIPTION", "X-WR-CALNAME"))]
    said = " ".join(line.partition(":")[2].replace("\\n", "\n") for line in told_)
    assert left(said) == set()
    assert "PRODID:-//subctl//deadlines//FR" in unfolded(french)
    facts = ("UID", "DTSTART", "DTEND", "SEQUENCE", "DTSTAMP")
    assert [line for line in unfolded(french) if line.startswith(facts)] == [
        line for line in unfolded(english) if line.startswith(facts)
    ]


LETTERS = "éèêëàâçîïôûùüÿœŒæÆÉÈÀÇ äöüÄÖÜßẞ ijĳéëïóöü «»„“”‚‘’–—…×−½°\u00a0\u202f\u2009"
"""What French, Dutch and German are written with."""


def test_the_fonts_that_come_along_have_every_letter(used):
    """Of each language, and every sign of a currency: no font of the system is needed."""
    signs = "".join(sign for forms in FORMS.values() for sign in forms.symbols.values())
    found = invoice(used)
    sheet = pdf.sheet_of(found._replace(seller=found.seller._replace(terms=f"{LETTERS} {signs}")))
    assert pdf._compile(sheet, None, system_fonts=False).startswith(b"%PDF")


def unfolded(calendar):
    """Return the lines of a calendar."""
    return calendar.replace("\n ", "").splitlines()
