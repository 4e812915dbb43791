"""What papers say, whole: each kind of document, each way of paying, each reason for no VAT."""

import pytest

from subctl.domain.catalog import Notes
from subctl.results.change import ShownChange
from subctl.view.papers import pdf
from subctl.view.papers.sheet import breakable
from tests.support.papers import CARD, DEBITED, MANDATE, NUMBERS, SETUP, invoice, shown, told

SELLER = "(Example Software B.V. · Keizersgracht 1 · 1015 CN Amsterdam, Netherlands)"
FOOTER = """\
==
Example Software B.V. / Keizersgracht 1 / 1015 CN Amsterdam, Netherlands
VAT NL123456782B90 / KVK 12345678
Accounts / invoices@example.com / support@example.com / +31 20 123 4567
"""

CHANGED = """\
--
 | Now | New
Plan | Starter | Pro!
Users | 10 | 20!
Zoom licences | 2 | 2
Billing | annual | annual
EUR a year | 1500.00 | 4100.00!
Usable from: 15 March 2026, at once
Free until: 31 March 2026
New price from: 1 April 2026
--
Due now: 786.50 EUR, an upgrade invoice for 1 April to 30 June 2026
Item | Quantity | Rate | Months | EUR
Pro for 20 users instead of Starter for 10 users | 1 | 2600.00 a year | 3 | 650.00
Net 650.00
VAT 21 % 136.50
Total EUR 786.50!
--
Next invoice with the new price: 4961.00 EUR on 1 July 2026, for 1 July 2026 to 30 June 2027
Item | Quantity | Rate | Months | EUR
Pro, 20 users | 20 | 180.00 a year | 12 | 3600.00
Zoom licence | 2 | 250.00 a year | 12 | 500.00
Net 4100.00
VAT 21 % 861.00
Total EUR 4961.00!
"""

SAID = {
    "INV-2026-0001": f"""\
Example Software B.V. / Upgrade invoice INV-2026-0001
{SELLER}
Acme
Accounts payable
Herengracht 7
1015 BA Amsterdam, Netherlands
KVK 23456789
Date: 15 March 2026
Due: 14 April 2026
Period: 1 April to 30 June 2026
Order: O-2026-0001
Space: acme
Buyer reference: Purchasing
786.50 EUR, payable by 14 April 2026
--
Item | Quantity | Rate | Months | EUR
Pro for 20 users instead of Starter for 10 users | 1 | 2600.00 a year | 3 | 650.00
Net 650.00
VAT 21 % 136.50
Total EUR 786.50!
--
Please pay by bank transfer by 14 April 2026
Account holder: Example Software B.V.
IBAN: NL91 ABNA 0417 1643 00
BIC: ABNANL2A
Amount: 786.50 EUR
Reference: RF16 INV2 0260 001 or INV-2026-0001
[Scan with a banking app]
{FOOTER}""",
    "INV-2026-0002": f"""\
Example Software B.V. / Credit note INV-2026-0002
{SELLER}
Acme
Accounts payable
Herengracht 7
1015 BA Amsterdam, Netherlands
KVK 23456789
Date: 15 March 2026
Credits: INV-2026-0001
Period: 1 April to 30 June 2026
Order: O-2026-0001
Space: acme
Buyer reference: Purchasing
786.50 EUR credited for invoice INV-2026-0001 of 15 March 2026
--
Item | Quantity | Rate | Months | EUR
Pro for 20 users instead of Starter for 10 users | −1 | 2600.00 a year | 3 | −650.00
Net −650.00
VAT 21 % −136.50
Total EUR −786.50!
--
This settles invoice INV-2026-0001 in full.
{FOOTER}""",
    "Q-2026-0001": f"""\
Example Software B.V. / Quote Q-2026-0001
{SELLER}
Acme
Accounts payable
Herengracht 7
1015 BA Amsterdam, Netherlands
KVK 23456789
Date: 15 March 2026
Valid until: 14 April 2026
Space: acme
Buyer reference: Purchasing
Upgrade of acme, 786.50 EUR due now
{CHANGED}--
An order never costs more than this quote, which holds until 14 April 2026. To accept it, sign below and return it to \
support@example.com, or order it by its number, Q-2026-0001.
Place and date | Name | Signature
{FOOTER}""",
    "Q-2026-0002": f"""\
Example Software B.V. / Quote Q-2026-0002
{SELLER}
Atelier
Comptabilité
Wycker Brugstraat 3
6221 EA Maastricht, Netherlands
KVK 34567890
Date: 15 March 2026
Valid until: 31 March 2026
Space: atelier
Downgrade of atelier, nothing due now
--
 | Now | New
Plan | Starter | Starter
Users | 10 | 8!
Zoom licences | 2 | 2
Billing | monthly | monthly
EUR a month | 150.00 | 130.00!
In use from: 15 March 2026, at once
New price from: 1 April 2026
--
Next invoice with the new price: 157.30 EUR on 1 April 2026, for 1 to 30 April 2026
Item | Quantity | Rate | Months | EUR
Starter, 8 users | 8 | 10.00 a month | 1 | 80.00
Zoom licence | 2 | 25.00 a month | 1 | 50.00
Net 130.00
VAT 21 % 27.30
Total EUR 157.30!
--
An order never costs more than this quote, which holds until 31 March 2026. To accept it, sign below and return it to \
support@example.com, or order it by its number, Q-2026-0002.
Place and date | Name | Signature
{FOOTER}""",
    "O-2026-0001": f"""\
Example Software B.V. / Order O-2026-0001
{SELLER}
Acme
Accounts payable
Herengracht 7
1015 BA Amsterdam, Netherlands
KVK 23456789
Date: 15 March 2026
Quote: Q-2026-0001
Issued: INV-2026-0001
Space: acme
Buyer reference: Purchasing
Upgrade of acme, 786.50 EUR due now
{CHANGED}{FOOTER}""",
    "O-2026-0002": f"""\
Example Software B.V. / Cancellation O-2026-0002
{SELLER}
Atelier
Comptabilité
Wycker Brugstraat 3
6221 EA Maastricht, Netherlands
KVK 34567890
Date: 15 March 2026
Last day: 30 April 2026
Space: atelier
Cancellation of atelier
--
The last day is 30 April 2026. Until then everything stays usable; from then on nothing is invoiced.
{FOOTER}""",
}


@pytest.fixture
def used(cli):
    return cli.prepare(*SETUP)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_each_kind_of_document_says(used, number):
    """The demo's documents, whole."""
    assert told(pdf.sheet_of(shown(used, number))) == SAID[number]


def changed(found):
    """Return the lines of an invoice's paper that the demo's hasn't, and those that it has and this one hasn't."""
    lines, usual = told(pdf.sheet_of(found)).splitlines(), SAID["INV-2026-0001"].splitlines()
    return [line for line in lines if line not in usual], [line for line in usual if line not in lines]


TRANSFER = [
    "786.50 EUR, payable by 14 April 2026",
    "Please pay by bank transfer by 14 April 2026",
    "Account holder: Example Software B.V.",
    "IBAN: NL91 ABNA 0417 1643 00",
    "BIC: ABNANL2A",
    "Amount: 786.50 EUR",
    "Reference: RF16 INV2 0260 001 or INV-2026-0001",
    "[Scan with a banking app]",
]


def test_an_invoice_that_is_debited(used):
    """It is the notice that has to come before: when, from where, by which mandate of whom; and it has no code."""
    assert changed(invoice(used)._replace(payment=DEBITED, mandate=MANDATE)) == (
        [
            "786.50 EUR, to be debited on 14 April 2026",
            "786.50 EUR will be debited on 14 April 2026 by SEPA direct debit: there is nothing to do",
            "From account: …4300",
            "Mandate: M-2026-17, signed on 5 January 2026",
            "Creditor identifier: NL02ZZZ123456780000",
            "Reference: INV-2026-0001",
        ],
        TRANSFER,
    )
    without = MANDATE._replace(creditor_id=None)
    assert not any("Creditor" in line for line in changed(invoice(used)._replace(payment=DEBITED, mandate=without))[0])


def test_an_account_is_shown_in_fours_however_it_was_written(used):
    """Catalogs of older programs kept it as it stood in the file."""
    assert changed(with_seller(invoice(used), iban="nl91 abna 041716 4300")) == ([], [])


def test_an_invoice_that_a_card_pays(used):
    """Nobody sends money twice."""
    assert changed(invoice(used)._replace(payment=CARD)) == (
        [
            "786.50 EUR, charged to the card",
            "786.50 EUR will be charged to the card: there is nothing to do",
            "Reference: INV-2026-0001",
        ],
        TRANSFER,
    )


def with_seller(found, **changes):
    return found._replace(seller=found.seller._replace(**changes))


def with_vat(found, *, note, **changes):
    """Return an invoice with another VAT, and what it said of it."""
    vat = found.draft.vat._replace(**{"rate": 0, **changes})
    words = found.words._replace(note=note)
    return found._replace(draft=found.draft._replace(vat=vat), words=words, vat=0, total=found.net)


def test_a_seller_without_an_account(used):
    """Then the paper asks for the money, and can't say where to."""
    assert changed(with_seller(invoice(used), iban=None, bic=None)) == (
        ["Please pay 786.50 EUR by 14 April 2026", "Reference: INV-2026-0001"],
        TRANSFER[1:],
    )


REASONS = {
    "AE": "Reverse charge –",
    "O": "Outside the scope of VAT –",
    "E": "Exempt from VAT –",
}


@pytest.mark.parametrize("category", REASONS)
def test_without_vat_the_sums_have_no_rate(used, category):
    """Reverse charge never reads `VAT 0 %`; the sentence is the one that was kept."""
    more, _ = changed(with_vat(invoice(used), category=category, note="As it was said."))
    assert more[1:4] == [REASONS[category], "Total EUR 650.00!", "As it was said."]
    assert not any("0 %" in line for line in more)


def test_the_papers_of_a_french_seller(used):
    """The law's sentences where the catalog has none of its own, and its word for reverse charge."""
    french = with_seller(invoice(used), country="FR")
    legal = [
        "Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €.",
        "Pénalités de retard : trois fois le taux d'intérêt légal, exigibles sans rappel dès le lendemain de la date"
        " d'échéance.",
        "Pas d'escompte pour paiement anticipé.",
    ]
    assert changed(french)[0][1:4] == legal
    own = with_seller(french, notes=Notes(late_penalty="Pénalités : 12 %."))
    assert changed(own)[0][1:4] == [legal[0], "Pénalités : 12 %.", legal[2]]
    assert "Autoliquidation" in changed(with_vat(french, category="AE", note="Reverse charge."))[0]
    assert "Autoliquidation" not in changed(with_vat(invoice(used), category="AE", note="Reverse charge."))[0]
    said = "Autoliquidation : la TVA est due par le client."
    more, _ = changed(with_vat(french, category="AE", note=said))
    assert said in more
    assert "Autoliquidation" not in more  # not a second time
    credit = told(pdf.sheet_of(with_seller(invoice(used, "INV-2026-0002"), country="FR")))
    assert not any(sentence in credit for sentence in legal)


def test_the_terms_and_notes_of_a_seller(used):
    """They stand below what is paid, each line a paragraph, in any country."""
    more, gone = changed(with_seller(invoice(used), terms="30 days net.\nNo cash.", notes=Notes(early_payment="None.")))
    assert (more, gone) == (["30 days net.", "No cash.", "None."], [])


def test_who_it_is_for_and_from(used):
    """Street and city where they are given, else the address as it was written; numbers by their register."""
    found = invoice(used)
    buyer = found.buyer._replace(
        name="Atelier SAS",
        contact="Zoé Petit",
        address="Never shown 1",
        street="12 rue de la Paix",
        postcode="75002",
        city="Paris",
        country="FR",
        vat_id="FR40303265045",
        legal_id="0002:303265045",
        reference="PO 4711",
        buyer_reference="Achats",
    )
    lines = told(pdf.sheet_of(found._replace(buyer=buyer))).splitlines()
    assert lines[2:8] == [
        "Atelier SAS",
        "Zoé Petit",
        "12 rue de la Paix",
        "75002 Paris, France",
        "VAT FR40303265045",
        "SIREN 303265045",
    ]
    assert {"Your reference: PO 4711", "Buyer reference: Achats"} <= set(lines)
    buyer = buyer._replace(street=None, postcode=None, city=None, legal_id="9999:7")
    lines = told(pdf.sheet_of(found._replace(buyer=buyer))).splitlines()
    assert lines[3:7] == ["Zoé Petit", "Never shown 1, France", "VAT FR40303265045", "Company number 7"]
    seller = {"street": None, "city": None, "address": "A 1\nB 2\nTown", "tax_id": "12/345", "email": None}
    footer = told(pdf.sheet_of(with_seller(found, **seller))).splitlines()[-3:]
    assert footer == [
        "Example Software B.V. / A 1 / B 2 / Town, Netherlands",
        "VAT NL123456782B90 / KVK 12345678 / Tax number 12/345",
        "Accounts / support@example.com / +31 20 123 4567",
    ]


def test_a_change_of_billing(cli):
    """Each fee has its own unit, and nothing is usable sooner."""
    cli.prepare(("init", "--demo"), ("quote", "--space", "atelier", "--billing", "annual"))
    lines = told(pdf.sheet_of(shown(cli, "Q-2026-0001"))).splitlines()
    assert lines[10:18] == [
        "Change of billing of atelier, nothing due now",
        "--",
        " | Now | New",
        "Plan | Starter | Starter",
        "Users | 10 | 10",
        "Zoom licences | 2 | 2",
        "Billing | monthly | annual!",
        "EUR | 150.00 a month | 1500.00 a year!",
    ]
    assert lines[18] == "New price from: 1 April 2026"


def test_what_was_due_already_stands_by_itself(cli):
    """pricing.md 4.3: an order and a cancellation issue with them what the bill run hadn't yet."""
    cli.prepare(
        ("init", "--demo"),
        ("upgrade", "--space", "atelier", "--users", "20", "--yes", "--today", "2026-04-02"),
        ("cancel", "--space", "atelier", "--yes", "--today", "2026-05-02"),
    )
    for number, issued, title in (
        ("O-2026-0001", "INV-2026-0001", "Due already, invoiced with the order: 181.50 EUR for 1 to 30 April 2026"),
        ("O-2026-0002", "INV-2026-0002", "Due already, invoiced with the order: 302.50 EUR for 1 to 31 May 2026"),
    ):
        lines = told(pdf.sheet_of(shown(cli, number))).splitlines()
        assert f"Issued: {issued}" in lines
        assert title in lines


def test_a_contract_that_never_starts(cli):
    """pricing.md 4.10: it is cancelled before its first day."""
    cli.prepare(
        ("init", "--demo"),
        ("space", "add", "late", "--name", "Late", "--plan", "starter", "--users", "1", "--start", "2026-06-01"),
        ("cancel", "--space", "late", "--yes"),
    )
    lines = told(pdf.sheet_of(shown(cli, "O-2026-0001"))).splitlines()
    assert "Last day: –" in lines
    assert "The contract never starts, and nothing is invoiced." in lines


def test_a_preview_has_no_paper(used):
    """It isn't saved, so it has no number, and nobody can order it."""
    quote = shown(used, "Q-2026-0001")
    assert isinstance(quote, ShownChange)
    with pytest.raises(TypeError, match="A preview has no paper"):
        pdf.sheet_of(quote._replace(parties=None))


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("a" * 20, "a" * 20),
        ("a" * 21, "a" * 20 + "|a"),
        ("b " + "a" * 45 + " b", "b " + "a" * 20 + "|" + "a" * 20 + "|aaaaa b"),
        ("a" * 20 + "\u0301\u0302" + "b", "a" * 20 + "\u0301\u0302|b"),
        ("a" * 19 + "👩\u200d👩\u200d👧b", "a" * 19 + "👩\u200d👩\u200d👧|b"),
        ("", ""),
    ],
)
def test_letters_without_a_blank_may_break(text, broken):
    """After every 20, never before a mark or inside what is joined."""
    assert breakable(text) == broken.replace("|", "\u200b")


def test_two_plans_of_one_title_are_told_apart(used):
    """A private plan is often called as the one that it stands for."""
    found = shown(used, "Q-2026-0001")
    assert isinstance(found, ShownChange)
    said = told(pdf.sheet_of(found._replace(titles=("Pro", "Pro"))))
    assert "\nPlan | Pro (starter) | Pro (pro)!\n" in said


def test_a_mandate_that_ends_later_stays_on_the_paper(cli):
    """As the space and its mandate were on the day of issue; the next invoice is paid by transfer."""
    cli.prepare(
        ("init", "--demo"),
        ("space", "set", "acme", "--payment", "direct-debit", "--iban", "NL02ABNA0123456789"),
        ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-03-01"),
        ("upgrade", "--users", "20", "--yes"),
    )
    before = told(pdf.sheet_of(shown(cli, "INV-2026-0001")))
    assert [line for line in before.splitlines() if "debit" in line or "M-1" in line or "…" in line] == [
        "302.50 EUR, to be debited on 14 April 2026",
        "302.50 EUR will be debited on 14 April 2026 by SEPA direct debit: there is nothing to do",
        "From account: …6789",
        "Mandate: M-1, signed on 1 March 2026",
    ]
    assert "Creditor identifier: NL69ZZZ123456780000\n" in before
    assert "[Scan" not in before
    assert cli("mandate", "end", "M-1").code == 0
    assert cli("upgrade", "--users", "30", "--yes").code == 0
    assert told(pdf.sheet_of(shown(cli, "INV-2026-0001"))) == before
    assert "Please pay by bank transfer by 14 April 2026\n" in told(pdf.sheet_of(shown(cli, "INV-2026-0002")))
