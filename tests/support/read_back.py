"""What an e-invoice must say, by a second reading: the fields as factur-x's parser gives them, made from the invoice.

Nothing of `view.papers` is used here: amounts are multiplied out anew, and each field is looked up where it was kept.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import facturx

from subctl.domain.catalog import Seller
from subctl.domain.invoice import Line
from subctl.results.invoice import ShownInvoice
from subctl.results.parties import BuyerDetails
from subctl.view.language import _

Fields = dict[str, Any]

_TEXTS_MADE_OF_FACTS = ("BT-20", "BT-153", "BT-154")
"""Sentences; what they say is looked at elsewhere."""

_FACTORS = ("BT-129", "BT-130", "BT-146", "BT-149")
"""Quantity, unit, price and its base: a line's amount is held to their product."""

_PROFILE = {
    "en16931": (None, "urn:cen.eu:en16931:2017"),
    "fr": ("S1", "urn:cen.eu:en16931:2017"),
    "peppol": (
        "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
    ),
    "xrechnung": (
        "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
        "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
    ),
}


def differences(content: bytes, invoice: ShownInvoice, profile: str) -> list[str]:
    """Return what an e-invoice says otherwise than its invoice, field by field, and lines that don't multiply out."""
    fields = read(content)
    currency, lines = invoice.draft.currency, [dict(line) for line in fields["BG-25"]]
    said = sentences(fields)
    for line in fields["BG-25"]:
        for name in _FACTORS:
            line.pop(name, None)
    wanted = expected(invoice, profile)
    names = sorted({*fields, *wanted})
    found = [f"{name}: {fields.get(name)!r}, expected {wanted.get(name)!r}" for name in names
             if fields.get(name) != wanted.get(name)]  # fmt: skip
    for line, kept in zip(lines, invoice.words.lines, strict=True):
        name, how = said[line["BT-126"]]
        if multiplied_out(line, currency) != line["BT-131"] or line["BT-146"] < 0:
            found.append(f"a line that doesn't multiply out: {line}")
        if name != kept or not (how is None or how.endswith(f" = {line['BT-131']}")):
            found.append(f"a line with other words: {line}, expected {kept!r}")
    if sum(line["BT-131"] for line in lines) != fields["BT-106"]:
        found.append(f"lines that don't add up to {fields['BT-106']}")
    return found


def read(content: bytes) -> Fields:
    """Return the fields of an e-invoice as factur-x reads them, its amounts as decimals, its sentences as they are."""
    found = _numbers(facturx.parse_ubl_cii_xml(content, check_xsd=False))
    found.pop("BG-1", None)
    found["BG-4"].pop("identifiers", None)  # UBL has the creditor id among the seller's own
    return found


def sentences(fields: Fields) -> Fields:
    """Take the sentences out of some fields, and return them: lines' under the line's number."""
    taken = {name: fields.pop(name) for name in _TEXTS_MADE_OF_FACTS if name in fields}
    for line in fields["BG-25"]:
        taken[line["BT-126"]] = [line.pop(name, None) for name in _TEXTS_MADE_OF_FACTS[1:]]
    return taken


def expected(invoice: ShownInvoice, profile: str) -> Fields:
    """Return the fields of an invoice without its sentences."""
    draft, currency = invoice.draft, invoice.draft.currency
    sign = -1 if draft.kind == "credit" else 1
    process, specification = _PROFILE[profile]
    vat = draft.vat
    net = Decimal(sum(sign * line.amount for line in draft.lines)) / _unit(currency)
    tax = _rounded(net * Decimal(vat.rate) / 1_000_000, currency)
    rate = Decimal(vat.rate) / 10_000
    outside = vat.category == "O"
    reason = {"AE": _("Reverse charge"), "O": _("Outside the scope of VAT"), "E": vat.exempt}.get(vat.category)
    fields: Fields = {
        "BT-1": invoice.number,
        "BT-2": draft.day,
        "BT-3": "381" if sign < 0 else "380",
        "BT-5": currency,
        "BT-9": invoice.due_date if sign > 0 else None,
        "BT-10": invoice.buyer.buyer_reference,
        "BT-12": invoice.space,
        "BT-13": invoice.buyer.reference,
        "BT-23": process,
        "BT-24": specification,
        "BT-73": draft.period.start,
        "BT-74": draft.period.last_day,
        **dict.fromkeys(("BT-106", "BT-109"), net),
        "BT-110": tax,
        **dict.fromkeys(("BT-112", "BT-115"), net + tax),
        "BG-3": _preceding(invoice),
        "BG-4": _party(
            invoice.seller,
            None if outside else invoice.seller.vat_id,
            exempt=vat.category == "E",
            taxed=vat.category in ("S", "AE"),
        ),
        "BG-7": _party(invoice.buyer, None if outside else vat.vat_id or invoice.buyer.vat_id),
        "BG-23": [
            _clean(
                {
                    "BT-116": net,
                    "BT-117": tax,
                    "BT-118": vat.category,
                    "BT-119": rate if not outside or profile == "xrechnung" else None,
                    "BT-120": reason,
                    "BT-121": {"AE": "VATEX-EU-AE", "O": "VATEX-EU-O"}.get(vat.category),
                }
            )
        ],
        "BG-25": [
            _line(place, line, sign, None if outside else rate, vat.category, currency)
            for place, line in enumerate(draft.lines, 1)
        ],
        **_payment(invoice, profile),
    }
    return _clean(fields)


def multiplied_out(line: Fields, currency: str) -> Decimal:
    """Return quantity × price / base of a line that was read, rounded to the currency's minor unit."""
    return _rounded(line["BT-129"] * line["BT-146"] / line.get("BT-149", Decimal(1)), currency)


def _line(place: int, line: Line, sign: int, rate: Decimal | None, category: str, currency: str) -> Fields:
    return _clean(
        {
            "BT-126": str(place),
            "BT-131": Decimal(sign * line.amount) / _unit(currency),
            "BT-134": line.period.start,
            "BT-135": line.period.last_day,
            "BT-151": category,
            "BT-152": rate,
            "BT-155": line.item,
        }
    )


def _payment(invoice: ShownInvoice, profile: str) -> Fields:
    seller, mandate = invoice.seller, invoice.mandate
    both_german = seller.country == invoice.buyer.country == "DE"
    named = {"BT-83": invoice.number}
    if invoice.draft.kind == "credit":
        return {"BT-81": "97", **named} if profile != "peppol" or both_german else {}
    if mandate:
        return {
            "BT-81": "59",
            **named,
            "BT-89": mandate.id,
            "BT-90": mandate.creditor_id,
            "BT-91": mandate.iban,
        }
    if invoice.payment.method == "card":
        german = profile == "xrechnung" or (profile == "peppol" and seller.country == "DE")
        return {"BT-81": "68" if german else "48", **named}
    if seller.iban is None:
        return {"BT-81": "1", **named}
    return {"BT-81": "58", **named, "BT-84": seller.iban, "BT-85": seller.name, "BT-86": seller.bic}


def _party(party: Seller | BuyerDetails, vat_id: str | None, *, exempt: bool = False, taxed: bool = False) -> Fields:
    legal_scheme, _, legal_id = (party.legal_id or "").partition(":")
    scheme, _, address = (party.endpoint or "").partition(":")
    lines = [] if party.street or party.city else (party.address or "").split("\n")
    tax_id = (party.tax_id or legal_id) if exempt and isinstance(party, Seller) else None
    if isinstance(party, Seller) and party.vat_id is None and taxed:
        tax_id = party.tax_id
    if vat_id and vat_id[0].isdigit():
        vat_id = party.country + vat_id
    contact = _clean({"name": party.contact, "phone": party.phone, "email": party.email})
    return _clean(
        {
            "name": party.name,
            "legal_identifier": legal_id or None,
            "legal_identifier_schemeid": legal_scheme or None,
            "vat_identifier": vat_id,
            "tax_identifier": tax_id,
            "einvoicing_addr": address or None,
            "einvoicing_addr_schemeid": scheme or None,
            "addr_l1": party.street or "".join(lines[:1]) or None,
            "addr_l2": "".join(lines[1:2]) or None,
            "addr_l3": ", ".join(lines[2:]) or None,
            "city": party.city,
            "postcode": party.postcode,
            "country_code": "1A" if party.country == "XK" else party.country,
            "contacts": [contact] if contact else None,
        }
    )


def _preceding(invoice: ShownInvoice) -> list[Fields] | None:
    """Return the invoice that is credited, or in whose place this one stands."""
    made = invoice.correction
    number, day = (made.invoice, made.day) if made else (invoice.credits, invoice.credits_date)
    return [_clean({"BT-25": number, "BT-26": day})] if number else None


def _clean(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}


def _unit(currency: str) -> int:
    return 1 if currency == "JPY" else 100


def _rounded(value: Decimal, currency: str) -> Decimal:
    return value.quantize(Decimal(1) if currency == "JPY" else Decimal("0.01"), rounding=ROUND_HALF_UP)


_AMOUNTS = ("BT-106", "BT-109", "BT-110", "BT-112", "BT-115", "BT-116", "BT-117", "BT-119", "BT-129", "BT-131",
            "BT-146", "BT-149", "BT-152")  # fmt: skip


def _numbers(fields: Fields) -> Fields:
    """Return the fields with the texts of amounts as decimals."""
    found: Fields = {}
    for name, value in fields.items():
        rows = isinstance(value, list) and value and isinstance(value[0], dict)
        found[name] = [_numbers(row) for row in value] if rows else Decimal(value) if name in _AMOUNTS else value
    return found
