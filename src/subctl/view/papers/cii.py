"""E-invoices as UN/CEFACT's Cross Industry Invoice D16B, each element in the order of its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from subctl.view.papers.complete import complete
from subctl.view.papers.xml import node, written

if TYPE_CHECKING:
    from subctl.results.invoice import ShownInvoice
    from subctl.view.papers.en16931 import EInvoice, Id, Item, Party
    from subctl.view.papers.payment_means import Means

_URN = "urn:un:unece:uncefact:data:"
_NAMESPACES = {
    "rsm": f"{_URN}standard:CrossIndustryInvoice:100",
    "qdt": f"{_URN}standard:QualifiedDataType:100",
    "ram": f"{_URN}standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{_URN}standard:UnqualifiedDataType:100",
}
_DAY_FORMAT = "102"
"""YYYYMMDD, by UNTDID 2379."""

_VAT, _VAT_NUMBER, _TAX_NUMBER = "VAT", "VA", "FC"


def make(result: ShownInvoice, profile: str | None) -> bytes:
    """Return an invoice or a credit note as CII (`incomplete_document`)."""
    return write(complete(result, profile))


def write(found: EInvoice) -> bytes:
    """Return an e-invoice as a file, whether or not it has all it needs."""
    return written(
        "rsm:CrossIndustryInvoice",
        _NAMESPACES,
        node(
            "rsm:ExchangedDocumentContext",
            node("ram:BusinessProcessSpecifiedDocumentContextParameter", node("ram:ID", found.process)),
            node("ram:GuidelineSpecifiedDocumentContextParameter", node("ram:ID", found.specification)),
        ),
        node(
            "rsm:ExchangedDocument",
            node("ram:ID", found.number),
            node("ram:TypeCode", found.type),
            _day("ram:IssueDateTime", found.date),
            *(
                node("ram:IncludedNote", node("ram:Content", text), node("ram:SubjectCode", subject))
                for subject, text in found.notes
            ),
        ),
        node(
            "rsm:SupplyChainTradeTransaction",
            *(_line(line, found) for line in found.lines),
            _agreement(found),
            Element("ram:ApplicableHeaderTradeDelivery"),  # the schema wants it, and nothing is delivered
            node("ram:ApplicableHeaderTradeSettlement", *_settlement(found)),
        ),
    )


def _day(name: str, day: str | None, kind: str = "udt") -> Element | None:
    text = day.replace("-", "") if day else None
    return node(name, node(f"{kind}:DateTimeString", text, format=_DAY_FORMAT))


def _period(start: str, last_day: str) -> Element | None:
    return node("ram:BillingSpecifiedPeriod", _day("ram:StartDateTime", start), _day("ram:EndDateTime", last_day))


def _identifier(name: str, found: Id | None) -> Element | None:
    return node(name, found.value, schemeID=found.scheme) if found else None


def _line(line: Item, found: EInvoice) -> Element | None:
    return node(
        "ram:IncludedSupplyChainTradeLineItem",
        node("ram:AssociatedDocumentLineDocument", node("ram:LineID", line.number)),
        node(
            "ram:SpecifiedTradeProduct",
            node("ram:SellerAssignedID", line.item),
            node("ram:Name", line.name),
            node("ram:Description", line.description),
        ),
        node(
            "ram:SpecifiedLineTradeAgreement",
            node(
                "ram:NetPriceProductTradePrice",
                node("ram:ChargeAmount", line.price),
                node("ram:BasisQuantity", line.base, unitCode=line.unit),
            ),
        ),
        node("ram:SpecifiedLineTradeDelivery", node("ram:BilledQuantity", line.quantity, unitCode=line.unit)),
        node(
            "ram:SpecifiedLineTradeSettlement",
            node(
                "ram:ApplicableTradeTax",
                node("ram:TypeCode", _VAT),
                node("ram:CategoryCode", found.tax.category),
                node("ram:RateApplicablePercent", found.tax.line_rate),
            ),
            _period(line.start, line.last_day),
            node("ram:SpecifiedTradeSettlementLineMonetarySummation", node("ram:LineTotalAmount", line.net)),
        ),
    )


def _agreement(found: EInvoice) -> Element | None:
    return node(
        "ram:ApplicableHeaderTradeAgreement",
        node("ram:BuyerReference", found.buyer_reference),
        _party("ram:SellerTradeParty", found.seller),
        _party("ram:BuyerTradeParty", found.buyer),
        node("ram:BuyerOrderReferencedDocument", node("ram:IssuerAssignedID", found.order)),
        node("ram:ContractReferencedDocument", node("ram:IssuerAssignedID", found.contract)),
    )


def _party(name: str, party: Party) -> Element | None:
    return node(
        name,
        node("ram:Name", party.name),
        node("ram:SpecifiedLegalOrganization", _identifier("ram:ID", party.legal_id)),
        node(
            "ram:DefinedTradeContact",
            node("ram:PersonName", party.contact),
            node("ram:TelephoneUniversalCommunication", node("ram:CompleteNumber", party.phone)),
            node("ram:EmailURIUniversalCommunication", node("ram:URIID", party.email)),
        ),
        node(
            "ram:PostalTradeAddress",
            node("ram:PostcodeCode", party.postcode),
            node("ram:LineOne", party.street),
            node("ram:LineTwo", party.street_2),
            node("ram:LineThree", party.street_3),
            node("ram:CityName", party.city),
            node("ram:CountryID", party.country),
        ),
        node("ram:URIUniversalCommunication", _identifier("ram:URIID", party.endpoint)),
        node("ram:SpecifiedTaxRegistration", node("ram:ID", party.vat_id, schemeID=_VAT_NUMBER)),
        node("ram:SpecifiedTaxRegistration", node("ram:ID", party.tax_id, schemeID=_TAX_NUMBER)),
    )


def _settlement(found: EInvoice) -> Iterator[Element | None]:
    means = found.means
    debit = means.debit if means else None
    yield node("ram:CreditorReferenceID", debit.creditor if debit else None)
    yield node("ram:PaymentReference", means.reference if means else None)
    yield node("ram:InvoiceCurrencyCode", found.currency)
    yield _means(means) if means else None
    yield node(
        "ram:ApplicableTradeTax",
        node("ram:CalculatedAmount", found.vat),
        node("ram:TypeCode", _VAT),
        node("ram:ExemptionReason", found.tax.reason),
        node("ram:BasisAmount", found.net),
        node("ram:CategoryCode", found.tax.category),
        node("ram:ExemptionReasonCode", found.tax.code),
        node("ram:RateApplicablePercent", found.tax.rate),
    )
    yield _period(found.start, found.last_day)
    yield node(
        "ram:SpecifiedTradePaymentTerms",
        node("ram:Description", found.terms),
        _day("ram:DueDateDateTime", found.due_date),
        node("ram:DirectDebitMandateID", debit.mandate if debit else None),
    )
    yield node(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        node("ram:LineTotalAmount", found.net),
        node("ram:TaxBasisTotalAmount", found.net),
        node("ram:TaxTotalAmount", found.vat, currencyID=found.currency),
        node("ram:GrandTotalAmount", found.total),
        node("ram:DuePayableAmount", found.total),
    )
    if found.preceding:
        yield node(
            "ram:InvoiceReferencedDocument",
            node("ram:IssuerAssignedID", found.preceding.number),
            _day("ram:FormattedIssueDateTime", found.preceding.date, "qdt"),
        )


def _means(means: Means) -> Element | None:
    account, debit = means.account, means.debit
    return node(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        node("ram:TypeCode", means.code),
        node("ram:PayerPartyDebtorFinancialAccount", node("ram:IBANID", debit.iban if debit else None)),
        account
        and node(
            "ram:PayeePartyCreditorFinancialAccount",
            node("ram:IBANID", account.iban),
            node("ram:AccountName", account.name),
        ),
        node("ram:PayeeSpecifiedCreditorFinancialInstitution", node("ram:BICID", account.bic if account else None)),
    )
