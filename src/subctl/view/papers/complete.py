"""Whether an invoice has all that a profile's rules want of it: everything that is missing is named at once.

The rules are those that look at what people enter: EN 16931's, and of the profiles' own those of Peppol with its
Dutch and German ones, of XRechnung and of the French reform. What else they hold to, is so by how an e-invoice is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from subctl.domain.e_invoice import EN16931, FRENCH, PEPPOL, XRECHNUNG
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import CREDIT
from subctl.domain.money import decimals
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence, either, together
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
    ("PMT", N_("what late payment costs"), "recovery_fee"),
    ("PMD", N_("the interest on late payment"), "late_penalty"),
    ("AAB", N_("what early payment brings"), "early_payment"),
)
"""What French invoices say of paying, each by its subject."""

_FRENCH_RATES = frozenset(
    ("0", "0.9", "1.05", "1.75", "2.1", "5.5", "7", "8.5", "9.2", "9.6", "10", "13", "19.6", "20", "20.6")
)
"""Percentages of VAT that the French rules know, of today and of before."""


class Lack(Record):
    """What is missing or won't do, the rule that wants it otherwise, and how it is set for the next documents.

    Without a way it can't be set: no e-invoice of this profile has such a thing.
    """

    term: str
    rule: str
    what: Sentence
    way: Sentence | None = None


def _in_catalog(line: str, table: str) -> Sentence:
    values = {"line": line, "table": table, "command": _IMPORT}
    return Sentence(N_("{line} in {table} of a catalog, then {command}"), values)


def _seller(key: str, form: str) -> Sentence:
    return _in_catalog(f'{key} = "{form}"', "[seller]")


def _in_notes(key: str) -> Sentence:
    return _in_catalog(f'{key} = "TEXT"', "[seller.notes]")


def _buyer(option: str, form: str) -> Sentence:
    """Return the command, in which `{space}` is still open: it is no text of a language."""
    return Sentence("subctl space set {space} --{option} {form}", {"option": option, "form": form})


_FIELDS = {
    "BT-10": (N_("the buyer's reference"), _buyer("buyer-reference", "TEXT")),
    "BT-30": (N_("the seller's number in a register"), _seller("legal_id", "SCHEME:NUMBER")),
    "BT-31": (N_("the seller's VAT number"), _seller("vat_id", "NUMBER")),
    "BT-32": (N_("the seller's tax number"), _seller("tax_id", "NUMBER")),
    "BT-34": (N_("the seller's electronic address"), _seller("endpoint", "SCHEME:NUMBER")),
    "BT-35": (N_("the seller's street"), _seller("street", "STREET")),
    "BT-37": (N_("the seller's city"), _seller("city", "CITY")),
    "BT-38": (N_("the seller's postcode"), _seller("postcode", "POSTCODE")),
    "BT-41": (N_("whom to ask at the seller's"), _seller("contact", "NAME")),
    "BT-42": (N_("the seller's phone"), _seller("phone", "NUMBER")),
    "BT-43": (N_("the seller's e-mail address"), _seller("email", "EMAIL")),
    "BT-47": (N_("the buyer's number in a register"), _buyer("legal-id", "SCHEME:NUMBER")),
    "BT-49": (N_("the buyer's electronic address"), _buyer("endpoint", "SCHEME:NUMBER")),
    "BT-50": (N_("the buyer's street"), _buyer("street", "STREET")),
    "BT-52": (N_("the buyer's city"), _buyer("city", "CITY")),
    "BT-53": (N_("the buyer's postcode"), _buyer("postcode", "POSTCODE")),
    "BT-58": (N_("the buyer's e-mail address"), _buyer("email", "EMAIL")),
    "BT-84": (N_("the seller's IBAN"), _seller("iban", "IBAN")),
    "BT-90": (N_("the seller's creditor id"), _seller("creditor_id", "ID")),
}
"""What a field is called, and where it is set."""

_LACKS = {
    PEPPOL: N_("{number} lacks what a Peppol e-invoice must have:"),
    XRECHNUNG: N_("{number} lacks what an XRechnung must have:"),
    FRENCH: N_("{number} lacks what a French e-invoice must have:"),
    EN16931: N_("{number} lacks what an e-invoice must have:"),
}
_CANNOT_BE = {
    PEPPOL: N_("{number} can't be a Peppol e-invoice:"),
    XRECHNUNG: N_("{number} can't be an XRechnung:"),
    FRENCH: N_("{number} can't be a French e-invoice:"),
    EN16931: N_("{number} can't be an e-invoice:"),
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


def lack(term: str, rule: str, must: str = "", **values: object) -> Lack:
    """Return a field that a rule wants, or wants to be something more: what it `must` be, by its name as `{field}`."""
    what, way = _FIELDS[term]
    field = Sentence(what)
    return Lack(term, rule, Sentence(must, {"field": field, **values}) if must else field, way)


def _wrong(term: str, rule: str, what: str, **values: object) -> Lack:
    """Return what won't do, and can't be set otherwise."""
    return Lack(term, rule, Sentence(what, values))


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
        text = N_("amounts in {currency}, which has more than two decimals")
        yield _wrong("BT-5", "BR-DEC-23", text, currency=found.currency)
    if found.currency in _OFF_THE_LIST:
        text = N_("amounts in {currency}, which isn't on the norm's list")
        yield _wrong("BT-5", "BR-CL-04", text, currency=found.currency)
    if not (seller.legal_id or seller.vat_id):
        yield lack("BT-30", "BR-CO-26")
    if found.tax.category in _TAXED and not (seller.vat_id or seller.tax_id):
        yield lack("BT-31", f"BR-{found.tax.category}-02", N_("{field}, or its tax number (tax_id)"))
    if found.tax.category == EXEMPT and not seller.tax_id:
        yield lack("BT-32", "BR-E-02")
    if found.tax.category == STANDARD and found.tax.rate == "0":
        yield _wrong("BT-152", "BR-S-05", N_("VAT of 0 % as the seller's rate"))


def _nothing_more(_found: EInvoice) -> Iterator[Lack]:
    yield from ()


def _peppol(found: EInvoice) -> Iterator[Lack]:
    countries = (found.seller.country, found.buyer.country)
    if not found.buyer_reference and not found.order:
        yield lack("BT-10", "PEPPOL-EN16931-R003", N_("{field}, or its order's (--reference)"))
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
        yield lack(term, rule, N_("{field}, of scheme {schemes}"), schemes=either(_DUTCH_REGISTERS))


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


_A_SIREN = N_("{field}, a SIREN (scheme {scheme})")
_BEGINS_WITH_SIREN = N_("{field}, which begins with its SIREN (scheme {scheme})")


def _french(found: EInvoice) -> Iterator[Lack]:
    if found.currency != _EURO:
        text = N_("amounts in {currency}, and French ones are in EUR")
        yield _wrong("BT-5", "BR-FR-CO-12", text, currency=found.currency)
    if found.tax.rate is not None and found.tax.rate not in _FRENCH_RATES:
        text = N_("VAT of {rate} %, which isn't one of France's rates")
        yield _wrong("BT-119", "BR-FR-16", text, rate=found.tax.rate)
    if not _is_siren(found.seller.legal_id):
        yield lack("BT-30", "BR-FR-10", _A_SIREN, scheme=_SIREN)
    said = [note.subject for note in found.notes]
    for subject, what, key in _NOTES:
        if subject not in said:
            yield Lack("BT-22", "BR-FR-05", Sentence(what), _in_notes(key))
    yield from _wants({"BT-34": "BR-FR-13"}, found)
    siren = found.buyer.legal_id
    if found.buyer.country != _FRANCE:
        yield from _wants({"BT-49": "BR-FR-12"}, found)
    elif not _is_siren(siren):
        yield lack("BT-47", "BR-FR-11", _A_SIREN, scheme=_SIREN)
    if found.buyer.country == _FRANCE and not _begins_with(found.buyer.endpoint, siren):
        yield lack("BT-49", "BR-FR-21", _BEGINS_WITH_SIREN, scheme=_FRENCH_ADDRESS)


def _is_siren(legal_id: Id | None) -> bool:
    return legal_id is not None and legal_id.scheme == _SIREN


def _begins_with(endpoint: Id | None, siren: Id | None) -> bool:
    if endpoint is None or endpoint.scheme != _FRENCH_ADDRESS:
        return False
    return siren is None or endpoint.value.startswith(siren.value)


def _refusal(invoice: ShownInvoice, profile: str, lacks: list[Lack]) -> SubctlError:
    """Return the refusal: what is missing, a line each, and what helps this document."""
    if all(lack.way for lack in lacks):
        head, hint = _LACKS[profile], for_the_next(invoice)
    else:
        command = f"subctl show {invoice.number} --format pdf -o ."
        head, hint = _CANNOT_BE[profile], Sentence(N_("It can be a paper: {command}"), {"command": command})
    return incomplete(Sentence(head, {"number": invoice.number}), lacks, invoice.space, hint)


def for_the_next(invoice: ShownInvoice) -> Sentence:
    """Say for which documents it helps to set what is missing, and what helps an invoice that is there already."""
    if invoice.draft.kind == CREDIT or invoice.credited_by:
        return Sentence(N_("That is for the next documents."))
    command = {"command": f"subctl correct {invoice.number}"}
    return Sentence(N_("That is for the next documents; after it issue this one anew: {command}"), command)


def incomplete(head: Sentence, lacks: Iterable[Lack], space: str, hint: Sentence) -> SubctlError:
    """Return a refusal that names all that is missing of a document, a line each, with how it is set."""
    return SubctlError("incomplete_document", together((head, *(_line(lack, space) for lack in lacks)), "\n"), hint)


def _line(lack: Lack, space: str) -> Sentence:
    term, rule, what, way = lack
    values: dict[str, object] = {"term": term, "what": what, "rule": rule}
    if way is None:
        return Sentence("{term} {what} ({rule})", values)
    to_set = way._replace(values={**way.values, "space": space})
    return Sentence(N_("{term} {what} ({rule}): {way}"), {**values, "way": to_set})
