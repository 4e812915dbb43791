"""Whether an invoice has all that a profile's rules want of it: everything that is missing is named at once.

The rules are those that look at what people enter: EN 16931's, and of the profiles' own those of Peppol with its
Dutch and German ones, of XRechnung and of the French reform. What else they hold to, is so by how an e-invoice is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from subctl.domain.e_invoice import EN16931, FRENCH, PEPPOL, XRECHNUNG
from subctl.domain.errors import SubctlError
from subctl.domain.money import decimals
from subctl.domain.tax import EXEMPT, REVERSE_CHARGE, STANDARD
from subctl.view.papers.en16931 import EInvoice, Id, Party, e_invoice
from subctl.view.papers.payment_means import UNDEFINED

if TYPE_CHECKING:
    from subctl.results.invoice import ShownInvoice

_NETHERLANDS, _GERMANY, _FRANCE = "NL", "DE", "FR"
_MOST_DECIMALS = 2
_TAXED = (STANDARD, REVERSE_CHARGE)
_OFF_THE_LIST = frozenset(("BGN", "STN"))
"""Currencies that the norm's list hasn't: one that is gone, and one that it never had."""

_SIREN, _FRENCH_ADDRESS, _DUTCH_REGISTERS = "0002", "0225", ("0106", "0190")
_EURO = "EUR"
_IMPORT = "subctl catalog import FILE"
_NOTES = (
    ("PMT", "what late payment costs", "recovery_fee"),
    ("PMD", "the interest on late payment", "late_penalty"),
    ("AAB", "what early payment brings", "early_payment"),
)
"""What French invoices say of paying, each by its subject."""

_FRENCH_RATES = frozenset(
    ("0", "0.9", "1.05", "1.75", "2.1", "5.5", "7", "8.5", "9.2", "9.6", "10", "13", "19.6", "20", "20.6")
)
"""Percentages of VAT that the French rules know, of today and of before."""


class Lack(NamedTuple):
    """What is missing or won't do, the rule that wants it otherwise, and how it is set for the next documents.

    Without a way it can't be set: no e-invoice of this profile has such a thing.
    """

    term: str
    rule: str
    what: str
    way: str | None = None


def _seller(key: str, form: str) -> str:
    return f'{key} = "{form}" in [seller] of a catalog, then {_IMPORT}'


def _buyer(option: str, form: str) -> str:
    return f"subctl space set {{space}} --{option} {form}"


_FIELDS = {
    "BT-10": ("the buyer's reference", _buyer("buyer-reference", "TEXT")),
    "BT-30": ("the seller's number in a register", _seller("legal_id", "SCHEME:NUMBER")),
    "BT-31": ("the seller's VAT number", _seller("vat_id", "NUMBER")),
    "BT-32": ("the seller's tax number", _seller("tax_id", "NUMBER")),
    "BT-34": ("the seller's electronic address", _seller("endpoint", "SCHEME:NUMBER")),
    "BT-35": ("the seller's street", _seller("street", "STREET")),
    "BT-37": ("the seller's city", _seller("city", "CITY")),
    "BT-38": ("the seller's postcode", _seller("postcode", "POSTCODE")),
    "BT-41": ("whom to ask at the seller's", _seller("contact", "NAME")),
    "BT-42": ("the seller's phone", _seller("phone", "NUMBER")),
    "BT-43": ("the seller's e-mail address", _seller("email", "EMAIL")),
    "BT-47": ("the buyer's number in a register", _buyer("legal-id", "SCHEME:NUMBER")),
    "BT-49": ("the buyer's electronic address", _buyer("endpoint", "SCHEME:NUMBER")),
    "BT-50": ("the buyer's street", _buyer("street", "STREET")),
    "BT-52": ("the buyer's city", _buyer("city", "CITY")),
    "BT-53": ("the buyer's postcode", _buyer("postcode", "POSTCODE")),
    "BT-58": ("the buyer's e-mail address", _buyer("email", "EMAIL")),
    "BT-84": ("the seller's IBAN", _seller("iban", "IBAN")),
    "BT-90": ("the seller's creditor id", _seller("creditor_id", "ID")),
}
"""What a field is called, and where it is set."""

_CALLED = {
    PEPPOL: "a Peppol e-invoice",
    XRECHNUNG: "an XRechnung",
    FRENCH: "a French e-invoice",
    EN16931: "an e-invoice",
}


def complete(invoice: ShownInvoice, profile: str | None) -> EInvoice:
    """Return an invoice by the terms of the norm, with all that its profile wants (`incomplete_document`).

    Without a profile it is its buyer's, or none but the norm's.
    """
    kept = profile or invoice.buyer.e_invoice or EN16931
    found = e_invoice(invoice, kept)
    lacks = sorted(lacking(found, kept), key=lambda lack: int(lack.term.removeprefix("BT-")))
    if lacks:
        raise _refusal(invoice, kept, lacks)
    return found


def lacking(found: EInvoice, profile: str) -> Iterator[Lack]:
    """Yield what an e-invoice lacks by the rules of its profile."""
    yield from _norm(found)
    yield from {PEPPOL: _peppol, XRECHNUNG: _xrechnung, FRENCH: _french, EN16931: _nothing_more}[profile](found)


def _wants(rules: dict[str, str], found: EInvoice) -> Iterator[Lack]:
    """Yield the fields that aren't there, of those that rules want."""
    for term, rule in rules.items():
        if _value(term, found) is None:
            yield lack(term, rule)


def lack(term: str, rule: str, must: str = "") -> Lack:
    """Return a field that a rule wants, or wants to be something more."""
    what, way = _FIELDS[term]
    return Lack(term, rule, f"{what}{must}", way)


def _value(term: str, found: EInvoice) -> object:
    """Return what stands in a field, or nothing."""
    debit = found.means.debit if found.means else None
    return {
        "BT-10": found.buyer_reference,
        "BT-34": found.seller.endpoint,
        "BT-35": found.seller.street,
        "BT-37": found.seller.city,
        "BT-38": found.seller.postcode,
        "BT-41": found.seller.contact,
        "BT-42": found.seller.phone,
        "BT-43": found.seller.email,
        "BT-49": found.buyer.endpoint,
        "BT-50": found.buyer.street,
        "BT-52": found.buyer.city,
        "BT-53": found.buyer.postcode,
        "BT-90": debit is None or debit.creditor,
    }[term]


def _norm(found: EInvoice) -> Iterator[Lack]:
    seller = found.seller
    if decimals(found.currency) > _MOST_DECIMALS:
        yield Lack("BT-5", "BR-DEC-23", f"amounts in {found.currency}, which has more than two decimals")
    if found.currency in _OFF_THE_LIST:
        yield Lack("BT-5", "BR-CL-04", f"amounts in {found.currency}, which isn't on the norm's list")
    if not (seller.legal_id or seller.vat_id):
        yield lack("BT-30", "BR-CO-26")
    if found.tax.category in _TAXED and not (seller.vat_id or seller.tax_id):
        yield lack("BT-31", f"BR-{found.tax.category}-02", ", or its tax number (tax_id)")
    if found.tax.category == EXEMPT and not seller.tax_id:
        yield lack("BT-32", "BR-E-02")
    if found.tax.category == STANDARD and found.tax.rate == "0":
        yield Lack("BT-152", "BR-S-05", "VAT of 0 % as the seller's rate")


def _nothing_more(_found: EInvoice) -> Iterator[Lack]:
    yield from ()


def _peppol(found: EInvoice) -> Iterator[Lack]:
    countries = (found.seller.country, found.buyer.country)
    if not found.buyer_reference and not found.order:
        yield lack("BT-10", "PEPPOL-EN16931-R003", ", or its order's (--reference)")
    yield from _wants({"BT-34": "PEPPOL-EN16931-R020", "BT-49": "PEPPOL-EN16931-R010"}, found)
    if found.seller.country == _NETHERLANDS:
        yield from _dutch(found, both=countries[1] == _NETHERLANDS)
    if countries == (_GERMANY, _GERMANY):
        yield from _wants(_GERMAN, found)


def _dutch(found: EInvoice, *, both: bool) -> Iterator[Lack]:
    """Yield what Dutch sellers lack in Peppol, and where `both` are Dutch, what their buyers do."""
    yield from _wants(dict.fromkeys(("BT-35", "BT-37", "BT-38"), "NL-R-002"), found)
    yield from _of_registers(found.seller, "BT-30", "NL-R-003")
    if both:
        yield from _wants(dict.fromkeys(("BT-50", "BT-52", "BT-53"), "NL-R-004"), found)
        yield from _of_registers(found.buyer, "BT-47", "NL-R-005")
        if found.means and found.means.code == UNDEFINED:
            yield lack("BT-84", "NL-R-008")


def _of_registers(party: Party, term: str, rule: str) -> Iterator[Lack]:
    if party.legal_id and party.legal_id.scheme not in _DUTCH_REGISTERS:
        yield lack(term, rule, f", of scheme {' or '.join(_DUTCH_REGISTERS)}")


_GERMAN = {
    "BT-10": "DE-R-015",
    "BT-37": "DE-R-003",
    "BT-38": "DE-R-004",
    "BT-41": "DE-R-005",
    "BT-42": "DE-R-006",
    "BT-43": "DE-R-007",
    "BT-52": "DE-R-008",
    "BT-53": "DE-R-009",
    "BT-90": "DE-R-030",
}
"""What Peppol wants between German parties."""

_XRECHNUNG = {
    "BT-10": "BR-DE-15",
    "BT-34": "PEPPOL-EN16931-R020",
    "BT-37": "BR-DE-3",
    "BT-38": "BR-DE-4",
    "BT-41": "BR-DE-5",
    "BT-42": "BR-DE-6",
    "BT-43": "BR-DE-7",
    "BT-49": "PEPPOL-EN16931-R010",
    "BT-52": "BR-DE-8",
    "BT-53": "BR-DE-9",
    "BT-90": "BR-DE-30",
}


def _xrechnung(found: EInvoice) -> Iterator[Lack]:
    yield from _wants(_XRECHNUNG, found)


def _french(found: EInvoice) -> Iterator[Lack]:
    if found.currency != _EURO:
        yield Lack("BT-5", "BR-FR-CO-12", f"amounts in {found.currency}, and French ones are in {_EURO}")
    if found.tax.rate is not None and found.tax.rate not in _FRENCH_RATES:
        yield Lack("BT-119", "BR-FR-16", f"VAT of {found.tax.rate} %, which isn't one of France's rates")
    if not _is_siren(found.seller.legal_id):
        yield lack("BT-30", "BR-FR-10", f", a SIREN (scheme {_SIREN})")
    said = [note.subject for note in found.notes]
    for subject, what, key in _NOTES:
        if subject not in said:
            yield Lack("BT-22", "BR-FR-05", what, f'{key} = "TEXT" in [seller.notes] of a catalog, then {_IMPORT}')
    yield from _wants({"BT-34": "BR-FR-13"}, found)
    siren = found.buyer.legal_id
    if found.buyer.country != _FRANCE:
        yield from _wants({"BT-49": "BR-FR-12"}, found)
    elif not _is_siren(siren):
        yield lack("BT-47", "BR-FR-11", f", a SIREN (scheme {_SIREN})")
    if found.buyer.country == _FRANCE and not _begins_with(found.buyer.endpoint, siren):
        yield lack("BT-49", "BR-FR-21", f", which begins with its SIREN (scheme {_FRENCH_ADDRESS})")


def _is_siren(legal_id: Id | None) -> bool:
    return legal_id is not None and legal_id.scheme == _SIREN


def _begins_with(endpoint: Id | None, siren: Id | None) -> bool:
    if endpoint is None or endpoint.scheme != _FRENCH_ADDRESS:
        return False
    return siren is None or endpoint.value.startswith(siren.value)


def _refusal(invoice: ShownInvoice, profile: str, lacks: list[Lack]) -> SubctlError:
    """Return the refusal: what is missing, a line each, and what helps this document."""
    if all(lack.way for lack in lacks):
        head = f"{invoice.number} lacks what {_CALLED[profile]} must have:"
        hint = "That is for the next documents."
    else:
        head = f"{invoice.number} can't be {_CALLED[profile]}:"
        hint = f"It can be a paper: subctl show {invoice.number} --format pdf -o ."
    return incomplete(head, lacks, invoice.space, hint)


def incomplete(head: str, lacks: Iterable[Lack], space: str, hint: str) -> SubctlError:
    """Return a refusal that names all that is missing of a document, a line each, with how it is set."""
    lines = [f"{term} {what} ({rule}){_to_set(way, space)}" for term, rule, what, way in lacks]
    return SubctlError("incomplete_document", "\n".join((head, *lines)), hint)


def _to_set(way: str | None, space: str) -> str:
    return f": {way.format(space=space)}" if way else ""
