"""What an e-invoice lacks: named all at once, with the rule and the way, and exactly where the judge misses it."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from subctl.domain.e_invoice import PROFILES
from subctl.domain.errors import SubctlError
from subctl.view.papers import cii, ubl
from subctl.view.papers.complete import complete, lacking
from subctl.view.papers.en16931 import e_invoice
from tests.support.e_invoices import (
    CASES,
    DUTCH,
    FRENCH,
    FRENCH_SELLER,
    GERMAN,
    GERMAN_SELLER,
    SELLER,
    SWISS,
    debited,
    exempt,
    sold_by,
    upgrade,
    upgrade_in,
)
from tests.support.judge import FRENCH as FRENCH_RULES
from tests.support.judge import NORM, judge, shipped

BARE_BUYER: dict[str, Any] = dict.fromkeys(DUTCH._fields[2:])
BARE_SELLER: dict[str, Any] = dict.fromkeys(
    ("address", "street", "postcode", "city", "legal_id", "endpoint", "contact", "phone", "email", "bic", "creditor_id")
)


def refused(invoice, profile):
    """Return the refusal of an invoice: exit code, code, its lines and its hint."""
    with pytest.raises(SubctlError) as caught:
        complete(invoice, profile)
    error = caught.value
    return error.exit_code, error.code, error.message.split("\n"), error.hint


def lacks(invoice, profile):
    """Return the terms and rules of what an invoice lacks, in the order of the terms."""
    found = lacking(e_invoice(invoice, profile), profile)
    return sorted((int(lack.term.removeprefix("BT-")), lack.rule) for lack in found)


SET_SELLER = "in [seller] of a catalog, then subctl catalog import FILE"


def test_everything_is_named_at_once():
    """Peppol between Dutch parties: each field with its number, its rule and the command for the next documents."""
    invoice = upgrade(SELLER._replace(**BARE_SELLER, iban=None), DUTCH._replace(**BARE_BUYER))
    assert refused(invoice, "peppol") == (
        4,
        "incomplete_document",
        [
            "INV-2026-0001 lacks what a Peppol e-invoice must have:",
            "BT-10 the buyer's reference, or its order's (--reference) (PEPPOL-EN16931-R003): "
            "subctl space set acme --buyer-reference TEXT",
            f'BT-34 the seller\'s electronic address (PEPPOL-EN16931-R020): endpoint = "SCHEME:NUMBER" {SET_SELLER}',
            f'BT-35 the seller\'s street (NL-R-002): street = "STREET" {SET_SELLER}',
            f'BT-37 the seller\'s city (NL-R-002): city = "CITY" {SET_SELLER}',
            f'BT-38 the seller\'s postcode (NL-R-002): postcode = "POSTCODE" {SET_SELLER}',
            "BT-49 the buyer's electronic address (PEPPOL-EN16931-R010): "
            "subctl space set acme --endpoint SCHEME:NUMBER",
            "BT-50 the buyer's street (NL-R-004): subctl space set acme --street STREET",
            "BT-52 the buyer's city (NL-R-004): subctl space set acme --city CITY",
            "BT-53 the buyer's postcode (NL-R-004): subctl space set acme --postcode POSTCODE",
            f'BT-84 the seller\'s IBAN (NL-R-008): iban = "IBAN" {SET_SELLER}',
        ],
        "That is for the next documents; after it issue this one anew: subctl correct INV-2026-0001",
    )


def test_what_can_not_be_set_is_refused_with_what_still_works():
    """A currency with three decimals; in France another currency, and a rate that France never had."""
    dinars = upgrade_in(sold_by(SELLER, currency="KWD"), SWISS)
    paper = "It can be a paper: subctl show INV-2026-0001 --format pdf -o ."
    three = "BT-5 amounts in KWD, which has more than two decimals (BR-DEC-23)"
    for profile, called in (("en16931", "an e-invoice"), ("peppol", "a Peppol e-invoice")):
        head = f"INV-2026-0001 can't be {called}:"
        assert refused(dinars, profile) == (4, "incomplete_document", [head, three], paper)
    yen = upgrade_in(sold_by(FRENCH_SELLER, currency="JPY"), FRENCH)
    assert refused(yen, "fr") == (
        4,
        "incomplete_document",
        [
            "INV-2026-0001 can't be a French e-invoice:",
            "BT-5 amounts in JPY, and French ones are in EUR (BR-FR-CO-12)",
        ],
        paper,
    )
    odd = upgrade(FRENCH_SELLER._replace(vat_rate=210_000), FRENCH)
    assert refused(odd, "fr")[2:] == (
        [
            "INV-2026-0001 can't be a French e-invoice:",
            "BT-119 VAT of 21 %, which isn't one of France's rates (BR-FR-16)",
        ],
        paper,
    )
    levs = upgrade_in(sold_by(SELLER, currency="BGN"))
    assert refused(levs, None)[2][1:] == ["BT-5 amounts in BGN, which isn't on the norm's list (BR-CL-04)"]


NOBODY = SELLER._replace(**BARE_SELLER)
ONLY_A_TAX_NUMBER = NOBODY._replace(tax_id="1234", vat_id=None, vat_exempt="Exempt.")

TABLE = {
    "outside scope, no seller's number": (upgrade(NOBODY, SWISS), "en16931", [(30, "BR-CO-26")]),
    "exempt, nothing": (
        upgrade(ONLY_A_TAX_NUMBER._replace(tax_id=None)),
        "en16931",
        [(30, "BR-CO-26"), (32, "BR-E-02")],
    ),
    "exempt, a tax number": (upgrade(ONLY_A_TAX_NUMBER), "en16931", [(30, "BR-CO-26")]),
    "exempt, a legal id": (exempt(), "en16931", []),
    "taxed, no VAT number": (upgrade(SELLER._replace(vat_id=None, country="CH"), SWISS), "en16931", [(31, "BR-S-02")]),
    "reverse charge, no VAT number": (
        (reverse := upgrade(buyer=GERMAN))._replace(seller=reverse.seller._replace(vat_id=None)),
        "en16931",
        [(31, "BR-AE-02")],
    ),
    "a rate of 0": (upgrade(SELLER._replace(vat_rate=0)), "en16931", [(152, "BR-S-05")]),
    "Peppol, an order's reference": (upgrade(buyer=DUTCH._replace(buyer_reference=None)), "peppol", []),
    "Peppol, no reference": (
        upgrade(buyer=DUTCH._replace(buyer_reference=None, reference=None)),
        "peppol",
        [(10, "PEPPOL-EN16931-R003")],
    ),
    "Peppol, Dutch, other registers": (
        upgrade(SELLER._replace(legal_id="0060:1"), DUTCH._replace(legal_id="0204:11-2222222-33")),
        "peppol",
        [(30, "NL-R-003"), (47, "NL-R-005")],
    ),
    "Peppol, Dutch seller, German buyer": (upgrade(buyer=GERMAN._replace(street=None)), "peppol", []),
    "Peppol, no IBAN abroad": (upgrade(SELLER._replace(iban=None), GERMAN), "peppol", []),
    "Peppol, German": (
        upgrade(
            GERMAN_SELLER._replace(**BARE_SELLER), GERMAN._replace(**BARE_BUYER)._replace(endpoint="9930:DE129273398")
        ),
        "peppol",
        [
            (10, "DE-R-015"),
            (10, "PEPPOL-EN16931-R003"),
            (34, "PEPPOL-EN16931-R020"),
            *((37, "DE-R-003"), (38, "DE-R-004"), (41, "DE-R-005"), (42, "DE-R-006"), (43, "DE-R-007")),
            *((52, "DE-R-008"), (53, "DE-R-009")),
        ],
    ),
    "XRechnung": (
        upgrade(NOBODY, GERMAN._replace(**BARE_BUYER)),
        "xrechnung",
        [
            (10, "BR-DE-15"),
            (34, "PEPPOL-EN16931-R020"),
            *((37, "BR-DE-3"), (38, "BR-DE-4"), (41, "BR-DE-5"), (42, "BR-DE-6"), (43, "BR-DE-7")),
            (49, "PEPPOL-EN16931-R010"),
            *((52, "BR-DE-8"), (53, "BR-DE-9")),
        ],
    ),
    "XRechnung, debited without a creditor id": (
        (case := debited(upgrade(buyer=GERMAN)))._replace(
            mandate=case.mandate and case.mandate._replace(creditor_id=None)
        ),
        "xrechnung",
        [(90, "BR-DE-30")],
    ),
    "French, nothing": (
        upgrade(FRENCH_SELLER._replace(**BARE_SELLER), FRENCH._replace(**BARE_BUYER)),
        "fr",
        [(30, "BR-FR-10"), (34, "BR-FR-13"), (47, "BR-FR-11"), (49, "BR-FR-21")],
    ),
    "French, another register, another address": (
        upgrade(
            FRENCH_SELLER._replace(legal_id="0009:30326504500017"),
            FRENCH._replace(legal_id="0009:40483304800022", endpoint="0009:40483304800022"),
        ),
        "fr",
        [(30, "BR-FR-10"), (47, "BR-FR-11"), (49, "BR-FR-21")],
    ),
    "French, somebody else's address": (
        upgrade(FRENCH_SELLER, FRENCH._replace(endpoint="0225:303265045")),
        "fr",
        [(49, "BR-FR-21")],
    ),
    "French, to Germany without an address": (
        upgrade(FRENCH_SELLER, GERMAN._replace(endpoint=None)),
        "fr",
        [(49, "BR-FR-12")],
    ),
    "French file of a Dutch seller": (
        upgrade(SELLER._replace(legal_id="0002:303265045"), GERMAN),
        "fr",
        [(22, "BR-FR-05"), (22, "BR-FR-05"), (22, "BR-FR-05")],
    ),
}


@pytest.mark.parametrize(("invoice", "profile", "expected"), TABLE.values(), ids=TABLE)
def test_what_an_invoice_lacks(invoice, profile, expected):
    """Each field that somebody enters, by the rule of its profile."""
    assert lacks(invoice, profile) == expected


def test_the_notes_of_french_invoices_are_the_catalogs():
    """Where the seller isn't French and has said nothing, each is named with its key."""
    lines = refused(upgrade(SELLER._replace(legal_id="0002:303265045"), GERMAN), "fr")[2]
    assert lines[1] == (
        'BT-22 what late payment costs (BR-FR-05): recovery_fee = "TEXT" in [seller.notes] of a catalog, '
        "then subctl catalog import FILE"
    )


def test_a_whole_case_lacks_nothing():
    """Every case of the judge's."""
    for name, case in CASES.items():
        for profile in case.profiles:
            assert lacks(case.invoice, profile) == [], name
    assert set(PROFILES) == {profile for case in CASES.values() for profile in case.profiles}


# --- the judge agrees --------------------------------------------------------------------------------------

SELLERS = (
    "vat_id",
    "legal_id",
    "endpoint",
    "street",
    "city",
    "postcode",
    "contact",
    "phone",
    "email",
    "iban",
    "bic",
    "tax_id",
)
NUMBERS = ("vat_id", "legal_id", "endpoint", "tax_id", "iban")
BUYERS = ("legal_id", "endpoint", "street", "city", "postcode", "contact", "phone", "email", "buyer_reference",
          "reference")  # fmt: skip


def taken_away(invoice, seller, buyer):
    """Return an invoice whose seller and buyer lack some fields."""
    return invoice._replace(
        seller=invoice.seller._replace(**dict.fromkeys(seller)), buyer=invoice.buyer._replace(**dict.fromkeys(buyer))
    )


def verdict(invoice, profile, syntax):
    """Return the rules that an invoice fails, written as it is: those of the norm, and with `fr` the French ones."""
    content = {"ubl": ubl, "cii": cii}[syntax].write(e_invoice(invoice, profile))
    paths = [NORM[syntax], *([FRENCH_RULES[syntax]] if profile == "fr" else [])]
    failed = [each for path in paths for each in judge(content, shipped(path)).failed]
    return [each for each in failed if "R008" not in each]


TAKEN_FROM = ("upgrade", "reverse charge", "outside scope", "exempt", "credit note", "France", "France, to Germany")


@pytest.mark.parametrize("syntax", ["ubl", "cii"])
@pytest.mark.parametrize(
    ("name", "profile"),
    [(name, "fr" if "France" in name else "en16931") for name in TAKEN_FROM],
)
def test_where_something_lacks_the_judge_misses_it_too(name, profile, syntax):
    """Each field is taken away, and each two numbers of the seller: refused here, or passed there."""
    whole = CASES[name].invoice
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((), ())]
    pairs += [((field,), ()) for field in SELLERS] + [(fields, ()) for fields in combinations(NUMBERS, 2)]
    pairs += [((), (field,)) for field in BUYERS]
    seen = set()
    for seller, buyer in pairs:
        invoice = taken_away(whole, seller, buyer)
        found = bool(lacks(invoice, profile))
        failed = verdict(invoice, profile, syntax)
        assert found == bool(failed), (seller, buyer, failed)
        seen.add(found)
    assert seen == {False, True}
