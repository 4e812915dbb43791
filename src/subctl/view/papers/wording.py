"""Every word that papers say of their own; what a document kept, and what screens say too, comes from `view.texts`."""

from __future__ import annotations

from datetime import date

from subctl.domain.tax import EXEMPT, OUTSIDE, REVERSE_CHARGE, Vat, format_percentage
from subctl.view import words

LANGUAGE = "en"
"""The language of all that follows: in it the file is read aloud, whatever language its buyer speaks."""

QUOTE, ORDER, CANCELLATION = "Quote", "Order", "Cancellation"

DATE, DUE, PERIOD, VALID_UNTIL, CREDITS = "Date", "Due", "Period", "Valid until", "Credits"
SPACE, QUOTED, ORDERED, LAST_DAY, INVOICED = "Space", "Quote", "Order", "Last day", "Issued"
YOUR_REFERENCE, BUYER_REFERENCE = "Your reference", "Buyer reference"
"""Labels of what stands at the top."""

LINES = ("Item", "Quantity", "Rate", "Months")
STATES = ("", "Now", "New")
NET, TOTAL = "Net", "Total"
"""Heads of tables, and their sums."""

PLAN, USERS, BILLING = "Plan", "Users", "Billing"
USABLE_FROM, IN_USE_FROM, FREE_UNTIL, NEW_PRICE_FROM = "Usable from", "In use from", "Free until", "New price from"
NEVER = "never: the contract ends before"

HOLDER, IBAN, BIC, AMOUNT, REFERENCE = "Account holder", "IBAN", "BIC", "Amount", "Reference"
ACCOUNT, MANDATE, CREDITOR = "From account", "Mandate", "Creditor identifier"
SCAN = "Scan with a banking app"
"""How an invoice is paid."""

SIGNATURE = ("Place and date", "Name", "Signature")

GREETING = "Hello,"
ATTACHED = {
    "pdf": "It is attached as a PDF.",
    "both": "It is attached as a PDF, and as an e-invoice for your software.",
    "facturx": "It is attached as a PDF, with the e-invoice for your software inside.",
}
"""What a message says beside what it is about."""

PAGE = "Page {page} of {pages}"

REGISTERS = {"0002": "SIREN", "0009": "SIRET", "0106": "KVK", "0204": "Leitweg-ID", "0208": "BCE/KBO"}
"""What numbers of a register are called by their scheme; every other one is a company number."""
COMPANY_NUMBER, VAT_NUMBER, TAX_NUMBER = "Company number", "VAT", "Tax number"

AUTOLIQUIDATION = "Autoliquidation"
"""What French law wants on an invoice with reverse charge, in this word."""


def fee(amount_or_currency: str, per: str) -> str:
    """Write what something costs, or in what it is counted: `2600.00 a year`, `EUR a year`."""
    return f"{amount_or_currency} a {per}"


def plan(title: str, plan_id: str) -> str:
    """Name a plan that shares its title with another: `Pro (pro-acme)`."""
    return f"{title} ({plan_id})"


def licences(kind: str) -> str:
    """Head a row of licences: `Zoom licences`."""
    return f"{words.licence(kind)} licences"


def at_once(day: date) -> str:
    """Say from which day on something can be used that is there already."""
    return f"{words.day(day)}, at once"


def continued(title: str, number: str) -> str:
    """Head the pages after the first: `Invoice INV-2026-0001, continued`."""
    return f"{title} {number}, continued"


def vat_name(vat: Vat) -> str:
    """Name the VAT among the sums; where there is none it has no rate, and never reads `VAT 0 %`."""
    none = {REVERSE_CHARGE: "Reverse charge", OUTSIDE: "Outside the scope of VAT", EXEMPT: "Exempt from VAT"}
    return none.get(vat.category) or f"VAT {format_percentage(vat.rate)} %"


def subject(title: str, number: str, seller: str) -> str:
    """Head a message: `Invoice INV-2026-0001 from Example Software B.V.`."""
    return f"{title} {number} from {seller}"


def about(title: str, number: str, day: str, claim: str) -> str:
    """Say what a message brings: `Invoice INV-2026-0001 of 15 March 2026: 786.50 EUR, payable by 14 April 2026.`."""
    return f"{title} {number} of {day}: {claim}."


def credited(total: str, invoice: str, day: str) -> str:
    """Say what a credit note is about."""
    return f"{total} credited for invoice {invoice} of {day}"


def please_pay(day: str) -> str:
    """Ask for a transfer."""
    return f"Please pay by bank transfer by {day}"


def please_pay_somehow(total: str, day: str) -> str:
    """Ask for money where there is no account to send it to."""
    return f"Please pay {total} by {day}"


def will_be_debited(total: str, day: str) -> str:
    """Announce a direct debit; this is the notice that has to come before it."""
    return f"{total} will be debited on {day} by SEPA direct debit: there is nothing to do"


def mandate(name: str, day: str) -> str:
    """Name a mandate with the day it was signed."""
    return f"{name}, signed on {day}"


def will_be_charged(total: str) -> str:
    """Announce that a card is charged."""
    return f"{total} will be charged to the card: there is nothing to do"


def settled(invoice: str) -> str:
    """Say what a credit note does."""
    return f"This settles invoice {invoice} in full."


def one_or_other(reference: str, number: str) -> str:
    """Name the two texts of which a transfer has one."""
    return f"{reference} or {number}"


def change_of(kind: str, space: str) -> str:
    """Say what a quote or an order is about: `Upgrade of acme`."""
    return f"{kind} of {space}"


def nothing_due(claim: str) -> str:
    """Add to what a quote or an order is about that it costs nothing now."""
    return f"{claim}, nothing due now"


def something_due(claim: str, total: str) -> str:
    """Add to what a quote or an order is about what it costs now."""
    return f"{claim}, {total} due now"


def due_already(total: str, period: str) -> str:
    """Head what is invoiced with an order and was due without it."""
    return f"Due already, invoiced with the order: {total} for {period}"


def due_now(total: str, period: str) -> str:
    """Head what an order costs at once."""
    return f"Due now: {total}, an upgrade invoice for {period}"


def due_next(total: str, day: str, period: str) -> str:
    """Head the first invoice with a new price."""
    return f"Next invoice with the new price: {total} on {day}, for {period}"


def promise(quote: str, day: str, support: str) -> str:
    """Say what a quote promises, and how it is accepted."""
    return (
        f"An order never costs more than this quote, which holds until {day}. "
        f"To accept it, sign below and return it to {support}, or order it by its number, {quote}."
    )


def ends(cancellation_last_day: date | None) -> str:
    """Say what a cancellation does."""
    if cancellation_last_day is None:
        return "The contract never starts, and nothing is invoiced."
    last = words.day(cancellation_last_day)
    return f"The last day is {last}. Until then everything stays usable; from then on nothing is invoiced."
