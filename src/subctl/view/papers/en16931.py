"""An invoice as EN 16931 knows it: one value, whose fields are the norm's business terms, behind every syntax.

Everything is text as it is written in the end: amounts with the currency's decimals, dates as YYYY-MM-DD. A credit
note's amounts are positive, for its type says what they mean. What a profile wants and isn't there, `incomplete` names.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.e_invoice import EN16931, FRENCH, XRECHNUNG
from subctl.domain.invoice import CREDIT, Line
from subctl.domain.money import format_amount
from subctl.domain.record import Record
from subctl.domain.tax import EXEMPT, OUTSIDE, REVERSE_CHARGE, country_code, format_percentage
from subctl.domain.text import bare
from subctl.domain.unit_price import format_price, unit_price
from subctl.view.papers import e_invoice_words as said
from subctl.view.papers import wording
from subctl.view.papers.payment_means import Means, means_of
from subctl.view.papers.seller_notes import seller_notes
from subctl.view.texts import line_words, worded

if TYPE_CHECKING:
    from subctl.domain.catalog import Seller
    from subctl.results.invoice import ShownInvoice
    from subctl.results.parties import BuyerDetails

INVOICE_TYPE, CREDIT_NOTE_TYPE = "380", "381"

_NORM = "urn:cen.eu:en16931:2017"
_PEPPOL_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_CONTEXTS = {
    "peppol": (_PEPPOL_PROCESS, f"{_NORM}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"),
    XRECHNUNG: (_PEPPOL_PROCESS, f"{_NORM}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"),
    FRENCH: ("S1", _NORM),
    EN16931: (None, _NORM),
}
"""By profile: the business process, and the rules that the file says it keeps."""

_FRANCE, _KOSOVO, _KOSOVO_THERE = "FR", "XK", "1A"
_WHY_NONE = {REVERSE_CHARGE: "VATEX-EU-AE", OUTSIDE: "VATEX-EU-O"}
"""Why there is no VAT, as codes; an exempt seller has a sentence."""


class Id(Record):
    """An identifier and the scheme that says what kind it is."""

    scheme: str
    value: str


class Note(Record):
    """What the invoice says beside, and about what: UNTDID 4451."""

    subject: str  # BT-21
    text: str  # BT-22


class Party(Record):
    """The seller or the buyer; the first number is the seller's."""

    name: str  # BT-27, BT-44
    legal_id: Id | None  # BT-30, BT-47
    vat_id: str | None  # BT-31, BT-48
    tax_id: str | None  # BT-32
    endpoint: Id | None  # BT-34, BT-49
    street: str | None  # BT-35, BT-50
    street_2: str | None  # BT-36, BT-51
    street_3: str | None  # BT-162, BT-163
    city: str | None  # BT-37, BT-52
    postcode: str | None  # BT-38, BT-53
    country: str  # BT-40, BT-55
    contact: str | None  # BT-41, BT-56
    phone: str | None  # BT-42, BT-57
    email: str | None  # BT-43, BT-58


class Preceding(Record):
    """The invoice that a credit note credits, or in whose place another one stands."""

    number: str  # BT-25
    date: str | None  # BT-26


class Tax(Record):
    """The one VAT of an invoice, of all its lines: a rate that lines don't have may stand in the breakdown."""

    category: str  # BT-118, BT-151
    rate: str | None  # BT-119
    line_rate: str | None  # BT-152
    reason: str | None  # BT-120
    code: str | None  # BT-121


class Item(Record):
    """A line."""

    number: str  # BT-126
    quantity: str  # BT-129
    unit: str  # BT-130, BT-150
    net: str  # BT-131
    start: str  # BT-134
    last_day: str  # BT-135
    price: str  # BT-146
    base: str | None  # BT-149
    name: str  # BT-153
    description: str | None  # BT-154
    item: str  # BT-155


class EInvoice(Record):
    """An invoice or a credit note by the terms of the norm."""

    number: str  # BT-1
    date: str  # BT-2
    type: str  # BT-3
    currency: str  # BT-5
    due_date: str | None  # BT-9
    buyer_reference: str | None  # BT-10
    contract: str  # BT-12
    order: str | None  # BT-13
    terms: str  # BT-20
    notes: tuple[Note, ...]  # BG-1
    process: str | None  # BT-23
    specification: str  # BT-24
    preceding: Preceding | None  # BG-3
    seller: Party  # BG-4
    buyer: Party  # BG-7
    start: str  # BT-73
    last_day: str  # BT-74
    means: Means | None  # BG-16
    tax: Tax  # BG-23
    net: str  # BT-106, BT-109, BT-116
    vat: str  # BT-110, BT-117
    total: str  # BT-112, BT-115
    lines: tuple[Item, ...]  # BG-25

    @property
    def is_credit_note(self) -> bool:
        """Whether it takes an invoice back."""
        return self.type == CREDIT_NOTE_TYPE


def e_invoice(invoice: ShownInvoice, profile: str) -> EInvoice:
    """Return an invoice by the terms of the norm, as a profile writes them; some may be missing that it wants."""
    draft, credit = worded(invoice), invoice.draft.kind == CREDIT
    sign = -1 if credit else 1
    process, specification = _CONTEXTS[profile]
    net, vat, total = (format_amount(sign * each, draft.currency) for each in (invoice.net, invoice.vat, invoice.total))
    lines = (line._replace(quantity=sign * line.quantity, amount=sign * line.amount) for line in draft.lines)
    return EInvoice(
        number=invoice.number,
        date=draft.day.isoformat(),
        type=CREDIT_NOTE_TYPE if credit else INVOICE_TYPE,
        currency=draft.currency,
        due_date=None if credit else _day(invoice.due_date),
        buyer_reference=invoice.buyer.buyer_reference,
        contract=invoice.space,
        order=invoice.buyer.reference,
        terms=said.terms(invoice),
        notes=_notes(invoice) if profile == FRENCH else (),
        process=process,
        specification=specification,
        preceding=_preceding(invoice),
        seller=_seller(invoice.seller, draft.vat.category),
        buyer=_buyer(invoice.buyer, draft.vat.category, draft.vat.vat_id),
        start=draft.period.start.isoformat(),
        last_day=draft.period.last_day.isoformat(),
        means=means_of(invoice, profile),
        tax=_tax(invoice, profile),
        net=net,
        vat=vat,
        total=total,
        lines=tuple(_item(place, line, draft.currency) for place, line in enumerate(lines, 1)),
    )


def _preceding(invoice: ShownInvoice) -> Preceding | None:
    made = invoice.correction
    if invoice.credits:
        return Preceding(invoice.credits, _day(invoice.credits_date))
    return Preceding(made.invoice, _day(made.day)) if made else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _id(text: str | None) -> Id | None:
    """Return an identifier that is kept behind its scheme."""
    return Id(*text.split(":", 1)) if text else None


def _country(country: str) -> str:
    """Return a country's two letters, as the norm's list has them."""
    return _KOSOVO_THERE if country == _KOSOVO else country_code(country)


class _Place(Record):
    street: str | None
    street_2: str | None
    street_3: str | None
    city: str | None
    postcode: str | None


def _place(party: Seller | BuyerDetails) -> _Place:
    """Return where a party is; an address in one piece has lines alone, all behind the second in the third.

    No city and no postcode are read out of these.
    """
    if party.street or party.city:
        return _Place(party.street, None, None, party.city, party.postcode)
    first, second, *rest = [*(party.address or "").split("\n"), ""]
    return _Place(first or None, second or None, ", ".join(filter(None, rest)) or None, None, party.postcode)


def _seller(seller: Seller, category: str) -> Party:
    """Return the seller: without VAT id where nothing is subject to VAT, and with another number where it has none."""
    legal_id = _id(seller.legal_id)
    return Party(
        name=seller.name,
        legal_id=legal_id,
        vat_id=None if category == OUTSIDE else _vat_id(seller.vat_id, seller.country),
        tax_id=_tax_id(seller, legal_id, category),
        endpoint=_id(seller.endpoint),
        **_place(seller)._asdict(),
        country=_country(seller.country),
        contact=seller.contact,
        phone=seller.phone,
        email=seller.email,
    )


def _tax_id(seller: Seller, legal_id: Id | None, category: str) -> str | None:
    """Return the tax number of a seller without VAT id; where it is exempt any number does."""
    if seller.vat_id or category == OUTSIDE:
        return None
    return seller.tax_id or (legal_id.value if legal_id and category == EXEMPT else None)


def _vat_id(number: str | None, country: str) -> str | None:
    """Return a VAT number behind its country's letters (BR-CO-09); outside Europe some are written without."""
    if not number:
        return None
    return bare(number) if number[:2].isalpha() else f"{country}{bare(number)}"


def _buyer(buyer: BuyerDetails, category: str, vat_id: str | None) -> Party:
    """Return the buyer; `vat_id` is the number by which the VAT was decided."""
    return Party(
        name=buyer.name,
        legal_id=_id(buyer.legal_id),
        vat_id=None if category == OUTSIDE else _vat_id(vat_id or buyer.vat_id, buyer.country),
        tax_id=None,
        endpoint=_id(buyer.endpoint),
        **_place(buyer)._asdict(),
        country=_country(buyer.country),
        contact=buyer.contact,
        phone=buyer.phone,
        email=buyer.email,
    )


def _notes(invoice: ShownInvoice) -> tuple[Note, ...]:
    """Return what French law wants said of paying late and early, and between whom the business is."""
    notes = seller_notes(invoice.seller)
    pairs = (("PMT", notes.recovery_fee), ("PMD", notes.late_penalty), ("AAB", notes.early_payment))
    treatment = "B2B" if invoice.buyer.country == _FRANCE else "B2BINT"
    return (*(Note(subject, text) for subject, text in pairs if text), Note("BAR", treatment))


def _tax(invoice: ShownInvoice, profile: str) -> Tax:
    vat = invoice.draft.vat
    rate = format_percentage(vat.rate)
    code = _WHY_NONE.get(vat.category)
    reason = wording.vat_name(vat) if code else vat.exempt
    if vat.category == OUTSIDE:
        return Tax(vat.category, rate if profile == XRECHNUNG else None, None, reason, code)
    return Tax(vat.category, rate, rate, reason, code)


def _item(place: int, line: Line, currency: str) -> Item:
    charged = unit_price(line, currency)
    return Item(
        number=str(place),
        quantity=str(charged.quantity),
        unit=charged.unit,
        net=format_amount(line.amount, currency),
        start=line.period.start.isoformat(),
        last_day=line.period.last_day.isoformat(),
        price=format_price(charged.price),
        base=None if charged.base == 1 else str(charged.base),
        name=line_words(line),
        description=said.amount(line, currency),
        item=line.item,
    )
