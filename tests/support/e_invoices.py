"""Invoices of every kind that an e-invoice can be asked of, with all that their profiles want.

They are made by the rules from contracts; tests and `byhand.profiles` write them in each syntax.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from subctl.domain.catalog import ANNUAL, MONTHLY, Catalog, Catalogs, Seller
from subctl.domain.dates import Period
from subctl.domain.entry import enter_contract
from subctl.domain.invoice import Buyer, Draft, credit_draft, recurring_draft
from subctl.results.invoice import Corrected, ShownInvoice
from subctl.results.owed import Settled
from subctl.results.parties import BuyerDetails, Mandate, Payment
from subctl.view.texts import wording
from tests.support.build import CATALOG, annual, change, day, monthly, state

NUMBER, CREDITED = "INV-2026-0001", "INV-2026-0002"

SELLER = CATALOG.seller._replace(
    address="Keizersgracht 1\n1015 CN Amsterdam",
    street="Keizersgracht 1",
    postcode="1015 CN",
    city="Amsterdam",
    legal_id="0106:12345678",
    endpoint="0106:12345678",
    contact="Accounts",
    phone="+31 20 123 4567",
    email="invoices@seller.example",
    bic="ABNANL2A",
    creditor_id="NL69ZZZ123456780000",
)
GERMAN_SELLER = SELLER._replace(
    name="Beispiel GmbH",
    country="DE",
    vat_id="DE136695976",
    vat_rate=190_000,
    street="Hauptstraße 1",
    postcode="53111",
    city="Bonn",
    legal_id="0204:991-12345-06",
    endpoint="9930:DE136695976",
    iban="DE89370400440532013000",
    bic="COBADEFFXXX",
)
FRENCH_SELLER = SELLER._replace(
    name="Exemple SAS",
    country="FR",
    vat_id="FR40303265045",
    vat_rate=200_000,
    street="1 rue de la Paix",
    postcode="75002",
    city="Paris",
    legal_id="0002:303265045",
    endpoint="0225:303265045",
    iban="FR1420041010050500013M02606",
    bic="PSSTFRPPPAR",
)

DUTCH = BuyerDetails(
    name="Acme B.V.",
    country="NL",
    address=None,
    vat_id="NL004495445B01",
    email="ap@acme.example",
    reference="PO-17",
    payment="invoice",
    iban=None,
    mandate=None,
    language=None,
    street="Damrak 2",
    postcode="1012 LG",
    city="Amsterdam",
    legal_id="0106:87654321",
    endpoint="0106:87654321",
    buyer_reference="Cost centre 4",
    contact="Jan Jansen",
    phone="+31 20 765 4321",
    e_invoice=None,
)
GERMAN = DUTCH._replace(
    name="Muster AG",
    country="DE",
    vat_id="DE129273398",
    street="Weg 1",
    postcode="10115",
    city="Berlin",
    legal_id=None,
    endpoint="9930:DE129273398",
    buyer_reference="991-12345-06",
)
FRENCH = DUTCH._replace(
    name="Client SARL",
    country="FR",
    vat_id="FR83404833048",
    street="2 avenue Foch",
    postcode="69006",
    city="Lyon",
    legal_id="0002:404833048",
    endpoint="0225:404833048",
)
BELGIAN = DUTCH._replace(
    name="Klant NV",
    country="BE",
    vat_id="BE0428759497",
    street="Meir 3",
    postcode="2000",
    city="Antwerpen",
    legal_id="0208:0428759497",
    endpoint="0208:0428759497",
)
SWISS = DUTCH._replace(
    name="Kundin AG",
    country="CH",
    vat_id=None,
    street="Bahnhofstrasse 4",
    postcode="8001",
    city="Zürich",
    legal_id=None,
    endpoint="0183:CHE123456788",
)
MANDATE = Mandate("M-1", day("2026-01-05"), "CORE", "NL02ABNA0123456789", SELLER.creditor_id)


class Case(NamedTuple):
    """An invoice, and the profiles that it can be written for."""

    invoice: ShownInvoice
    profiles: tuple[str, ...]


def shown(draft: Draft, seller: Seller = SELLER, buyer: BuyerDetails = DUTCH, number: str = NUMBER) -> ShownInvoice:
    """Return a draft as it is shown when it is issued; a credit note's invoice is `NUMBER`, of the same day."""
    kept = wording(draft, buyer.language or "en", Catalogs((CATALOG,)))
    credit = draft.kind == "credit"
    return ShownInvoice(
        number=number,
        space="acme",
        order=None,
        credits=NUMBER if credit else None,
        credited_by=None,
        correction=None,
        replaced_by=None,
        credits_date=draft.day if credit else None,
        due_date=None if credit else day("2026-04-14"),
        draft=draft,
        words=kept,
        net=draft.net,
        vat=draft.tax,
        total=draft.total,
        seller=seller,
        buyer=buyer,
        payment=Payment("transfer", None),
        mandate=None,
        catalogs=Catalogs((CATALOG,)),
        settled=Settled(0, 0 if credit else draft.total, "settled" if credit else "open", overdue=False),
    )


def debited(invoice: ShownInvoice) -> ShownInvoice:
    """Return an invoice that is paid by a mandate."""
    return invoice._replace(payment=Payment("direct-debit", "6789"), mandate=MANDATE)


def by_card(invoice: ShownInvoice) -> ShownInvoice:
    """Return an invoice that is charged to a card."""
    return invoice._replace(payment=Payment("card", None))


def in_place(invoice: ShownInvoice) -> ShownInvoice:
    """Return an invoice that was issued in the place of another one."""
    made = Corrected("INV-2025-0009", day("2025-12-31"), CREDITED, invoice.number, "The name was wrong")
    return invoice._replace(correction=made)


def credited(invoice: ShownInvoice) -> ShownInvoice:
    """Return the credit note for the whole of an invoice."""
    return shown(credit_draft(invoice.draft, day("2026-03-20")), invoice.seller, invoice.buyer, CREDITED)


def sold_by(seller: Seller, catalog: Catalog = CATALOG, currency: str = "EUR") -> Catalogs:
    """Return a catalog of a seller as the only one."""
    return Catalogs((catalog._replace(seller=seller, currency=currency),))


def upgrade(seller: Seller = SELLER, buyer: BuyerDetails = DUTCH, **wanted: Any) -> ShownInvoice:
    """Return the upgrade invoice of 15 March 2026; without more words to pro with 20 users (pricing.md 8, row 1)."""
    return upgrade_in(sold_by(seller), buyer, **wanted)


def upgrade_in(catalogs: Catalogs, buyer: BuyerDetails = DUTCH, **wanted: Any) -> ShownInvoice:
    """Return the upgrade invoice by other catalogs."""
    named = wanted or {"plan": "pro", "users": 20}
    of = Buyer(buyer.country, buyer.vat_id)
    draft = change(annual(), "2026-03-15", catalogs, of, **named).due_now
    assert draft is not None
    return shown(draft, catalogs.known[0].seller, buyer)


def recurring(buyer: BuyerDetails = DUTCH, billing: str = ANNUAL) -> ShownInvoice:
    """Return the recurring invoice of July 2026, of a year or a month: 10 users and 2 licences."""
    contract = annual() if billing == ANNUAL else monthly()
    return shown(recurring_draft(contract, _july(billing), sold_by(SELLER), _of(buyer), day("2026-07-01")), buyer=buyer)


def _of(buyer: BuyerDetails) -> Buyer:
    return Buyer(buyer.country, buyer.vat_id)


def _july(billing: str) -> Period:
    return Period(day("2026-07-01"), day("2027-07-01" if billing == ANNUAL else "2026-08-01"))


def with_a_later_step() -> ShownInvoice:
    """Return a year's invoice in which users and licences are added from a later day on (pricing.md 4.9)."""
    contract = annual(renews_on="2026-06-20")
    after = change(contract, "2026-06-15", users=20, zoom=5).contract
    period = Period(day("2026-06-20"), day("2027-06-20"))
    return shown(recurring_draft(after, period, sold_by(SELLER), _of(DUTCH), day("2026-06-20")))


def with_a_part_of_a_month() -> ShownInvoice:
    """Return an upgrade up to the middle of a month, at a rate of four decimals."""
    starter = CATALOG.plans["starter"]
    dear = starter._replace(price=starter.price._replace(annual=1_000_555))
    catalog = CATALOG._replace(seller=SELLER, plans={**CATALOG.plans, "starter": dear})
    contract = annual(renews_on="2027-03-15", entered_on="2026-03-20")
    draft = change(contract, "2026-04-20", Catalogs((catalog,)), _of(DUTCH), users=13).due_now
    assert draft is not None
    return shown(draft)


def in_yen() -> ShownInvoice:
    """Return an upgrade invoice in a currency without decimals."""
    return upgrade_in(sold_by(SELLER, currency="JPY"), SWISS)


def exempt() -> ShownInvoice:
    """Return an upgrade invoice of a seller without VAT number."""
    seller = SELLER._replace(vat_id=None, vat_exempt="Vrijgesteld van btw op grond van artikel 25 Wet OB.")
    return upgrade(seller)


def with_many_more_licences() -> ShownInvoice:
    """Return an upgrade to a cheaper plan with many more licences: a line of a negative rate."""
    contract = enter_contract("acme", state("pro", 5, 0), day("2026-01-10"), day("2025-07-01"))
    draft = change(contract, "2026-03-15", sold_by(SELLER), _of(DUTCH), plan="starter", zoom=20).due_now
    assert draft is not None
    return shown(draft)


ALL = ("en16931", "peppol", "xrechnung")
FRENCH_ALONE = ("en16931", "fr")

CASES: Mapping[str, Case] = {
    "upgrade": Case(upgrade(), ALL),
    "recurring, two lines": Case(recurring(), ALL),
    "recurring, a month": Case(recurring(billing=MONTHLY), ALL),
    "recurring, four lines": Case(with_a_later_step(), ALL),
    "reverse charge": Case(upgrade(buyer=GERMAN), ALL),
    "outside scope": Case(upgrade(buyer=SWISS), ALL),
    "exempt": Case(exempt(), ALL),
    "credit note": Case(credited(upgrade()), ALL),
    "credit note, reverse charge": Case(credited(upgrade(buyer=GERMAN)), ALL),
    "credit note, outside scope": Case(credited(upgrade(buyer=SWISS)), ALL),
    "credit note, exempt": Case(credited(exempt()), ALL),
    "in the place of another": Case(in_place(upgrade()), ALL),
    "negative line": Case(upgrade(plan="pro", users=20, zoom=0), ALL),
    "negative rate": Case(with_many_more_licences(), ALL),
    "credit note, negative rate": Case(credited(with_many_more_licences()), ALL),
    "four decimals, part of a month": Case(with_a_part_of_a_month(), ALL),
    "direct debit": Case(debited(upgrade()), ALL),
    "card": Case(by_card(upgrade()), ALL),
    "JPY": Case(in_yen(), ALL),
    "JPY, with VAT": Case(upgrade_in(sold_by(SELLER, currency="JPY")), ALL),
    "credit note, JPY": Case(credited(in_yen()), ALL),
    "a tax number alone": Case(upgrade(SELLER._replace(vat_id=None, country="CH", tax_id="1-23"), SWISS), ("en16931",)),
    "Australian numbers": Case(
        upgrade(
            SELLER._replace(country="AU", vat_id="51824753556"), DUTCH._replace(country="AU", vat_id="53004085616")
        ),
        ("en16931",),
    ),
    "no IBAN": Case(upgrade(SELLER._replace(iban=None), GERMAN), ALL),
    "a customer in France": Case(upgrade(buyer=FRENCH), ALL),
    "a customer in Belgium": Case(upgrade(buyer=BELGIAN), ALL),
    "an address in lines": Case(
        upgrade(buyer=DUTCH._replace(street=None, city=None, postcode=None, address="A\nB\nC\nD\nE")), ("en16931",)
    ),
    "a postcode alone": Case(upgrade(buyer=DUTCH._replace(street=None, city=None)), ("en16931",)),
    "Germany": Case(upgrade(GERMAN_SELLER, GERMAN), ALL),
    "Germany, credit note": Case(credited(upgrade(GERMAN_SELLER, GERMAN)), ALL),
    "Germany, card": Case(by_card(upgrade(GERMAN_SELLER, GERMAN)), ALL),
    "Germany, direct debit": Case(debited(upgrade(GERMAN_SELLER, GERMAN)), ALL),
    "France": Case(upgrade(FRENCH_SELLER, FRENCH), FRENCH_ALONE),
    "France, credit note": Case(credited(upgrade(FRENCH_SELLER, FRENCH)), FRENCH_ALONE),
    "France, direct debit": Case(debited(upgrade(FRENCH_SELLER, FRENCH)), FRENCH_ALONE),
    "France, card": Case(by_card(upgrade(FRENCH_SELLER, FRENCH)), FRENCH_ALONE),
    "France, in the place of another": Case(in_place(upgrade(FRENCH_SELLER, FRENCH)), FRENCH_ALONE),
    "France, negative line": Case(upgrade(FRENCH_SELLER, FRENCH, plan="pro", users=20, zoom=0), FRENCH_ALONE),
    "France, to Germany": Case(upgrade(FRENCH_SELLER, GERMAN), FRENCH_ALONE),
    "France, to Switzerland": Case(upgrade(FRENCH_SELLER, SWISS), FRENCH_ALONE),
}
"""Every kind, by its name."""
