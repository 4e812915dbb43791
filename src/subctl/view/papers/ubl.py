"""E-invoices as UBL 2.1: an Invoice, or a CreditNote, each element in the order of its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from subctl.view.papers.complete import complete
from subctl.view.papers.xml import node, written

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from subctl.results.invoice import ShownInvoice
    from subctl.view.papers.en16931 import EInvoice, Id, Item, Party, Tax
    from subctl.view.papers.payment_means import Means

_URN = "urn:oasis:names:specification:ubl:schema:xsd:"
_PARTS = {"cac": f"{_URN}CommonAggregateComponents-2", "cbc": f"{_URN}CommonBasicComponents-2"}

_VAT, _OTHER_TAX, _SEPA = "VAT", "LOC", "SEPA"


def make(result: ShownInvoice, profile: str | None) -> bytes:
    """Return an invoice or a credit note as UBL (`incomplete_document`)."""
    return write(complete(result, profile))


def write(found: EInvoice) -> bytes:
    """Return an e-invoice as a file, whether or not it has all it needs."""
    kind = "CreditNote" if found.is_credit_note else "Invoice"
    return written(kind, {"": f"{_URN}{kind}-2", **_PARTS}, *_content(found, kind))


def _content(found: EInvoice, kind: str) -> Iterator[Element | None]:
    yield node("cbc:CustomizationID", found.specification)
    yield node("cbc:ProfileID", found.process)
    yield node("cbc:ID", found.number)
    yield node("cbc:IssueDate", found.date)
    yield node("cbc:DueDate", found.due_date)
    yield node(f"cbc:{kind}TypeCode", found.type)
    yield from (node("cbc:Note", f"#{subject}#{text}") for subject, text in found.notes)
    yield node("cbc:DocumentCurrencyCode", found.currency)
    yield node("cbc:BuyerReference", found.buyer_reference)
    yield _period(found.start, found.last_day)
    yield node("cac:OrderReference", node("cbc:ID", found.order))
    if found.preceding:
        credited = (node("cbc:ID", found.preceding.number), node("cbc:IssueDate", found.preceding.date))
        yield node("cac:BillingReference", node("cac:InvoiceDocumentReference", *credited))
    yield node("cac:ContractDocumentReference", node("cbc:ID", found.contract))
    creditor = found.means.debit.creditor if found.means and found.means.debit else None
    yield node("cac:AccountingSupplierParty", _party(found.seller, creditor))
    yield node("cac:AccountingCustomerParty", _party(found.buyer, None))
    yield _means(found.means)
    yield node("cac:PaymentTerms", node("cbc:Note", found.terms))
    yield from _sums(found)
    yield from (_line(line, found, kind) for line in found.lines)


def _period(start: str, last_day: str) -> Element | None:
    return node("cac:InvoicePeriod", node("cbc:StartDate", start), node("cbc:EndDate", last_day))


def _identifier(name: str, found: Id | None) -> Element | None:
    return node(name, found.value, schemeID=found.scheme) if found else None


def _party(party: Party, creditor: str | None) -> Element | None:
    """Return a party; the seller's number for direct debits stands among its own."""
    return node(
        "cac:Party",
        _identifier("cbc:EndpointID", party.endpoint),
        node("cac:PartyIdentification", node("cbc:ID", creditor, schemeID=_SEPA)),
        node(
            "cac:PostalAddress",
            node("cbc:StreetName", party.street),
            node("cbc:AdditionalStreetName", party.street_2),
            node("cbc:CityName", party.city),
            node("cbc:PostalZone", party.postcode),
            node("cac:AddressLine", node("cbc:Line", party.street_3)),
            node("cac:Country", node("cbc:IdentificationCode", party.country)),
        ),
        _registration(party.vat_id, _VAT),
        _registration(party.tax_id, _OTHER_TAX),
        node(
            "cac:PartyLegalEntity",
            node("cbc:RegistrationName", party.name),
            _identifier("cbc:CompanyID", party.legal_id),
        ),
        node(
            "cac:Contact",
            node("cbc:Name", party.contact),
            node("cbc:Telephone", party.phone),
            node("cbc:ElectronicMail", party.email),
        ),
    )


def _registration(number: str | None, scheme: str) -> Element | None:
    if number is None:
        return None
    return node("cac:PartyTaxScheme", node("cbc:CompanyID", number), node("cac:TaxScheme", node("cbc:ID", scheme)))


def _means(means: Means | None) -> Element | None:
    if means is None:
        return None
    account, debit = means.account, means.debit
    return node(
        "cac:PaymentMeans",
        node("cbc:PaymentMeansCode", means.code),
        node("cbc:PaymentID", means.reference),
        account
        and node(
            "cac:PayeeFinancialAccount",
            node("cbc:ID", account.iban),
            node("cbc:Name", account.name),
            node("cac:FinancialInstitutionBranch", node("cbc:ID", account.bic)),
        ),
        debit
        and node(
            "cac:PaymentMandate",
            node("cbc:ID", debit.mandate),
            node("cac:PayerFinancialAccount", node("cbc:ID", debit.iban)),
        ),
    )


def _sums(found: EInvoice) -> Iterator[Element | None]:
    def amount(name: str, value: str) -> Element | None:
        return node(name, value, currencyID=found.currency)

    subtotal = node(
        "cac:TaxSubtotal",
        amount("cbc:TaxableAmount", found.net),
        amount("cbc:TaxAmount", found.vat),
        _category("cac:TaxCategory", found.tax, found.tax.rate, breakdown=True),
    )
    yield node("cac:TaxTotal", amount("cbc:TaxAmount", found.vat), subtotal)
    yield node(
        "cac:LegalMonetaryTotal",
        amount("cbc:LineExtensionAmount", found.net),
        amount("cbc:TaxExclusiveAmount", found.net),
        amount("cbc:TaxInclusiveAmount", found.total),
        amount("cbc:PayableAmount", found.total),
    )


def _category(name: str, tax: Tax, rate: str | None, *, breakdown: bool) -> Element | None:
    return node(
        name,
        node("cbc:ID", tax.category),
        node("cbc:Percent", rate),
        node("cbc:TaxExemptionReasonCode", tax.code if breakdown else None),
        node("cbc:TaxExemptionReason", tax.reason if breakdown else None),
        node("cac:TaxScheme", node("cbc:ID", _VAT)),
    )


def _line(line: Item, found: EInvoice, kind: str) -> Element | None:
    return node(
        f"cac:{kind}Line",
        node("cbc:ID", line.number),
        node(
            "cbc:CreditedQuantity" if found.is_credit_note else "cbc:InvoicedQuantity",
            line.quantity,
            unitCode=line.unit,
        ),
        node("cbc:LineExtensionAmount", line.net, currencyID=found.currency),
        _period(line.start, line.last_day),
        node(
            "cac:Item",
            node("cbc:Description", line.description),
            node("cbc:Name", line.name),
            node("cac:SellersItemIdentification", node("cbc:ID", line.item)),
            _category("cac:ClassifiedTaxCategory", found.tax, found.tax.line_rate, breakdown=False),
        ),
        node(
            "cac:Price",
            node("cbc:PriceAmount", line.price, currencyID=found.currency),
            node("cbc:BaseQuantity", line.base, unitCode=line.unit),
        ),
    )
