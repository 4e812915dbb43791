"""Every word that papers say of their own; what a document kept, and what screens say too, comes from `view.texts`.

Labels stand here in English, and are said (`_`) where they are shown: a paper is in the language that is spoken then.
"""

from __future__ import annotations

from datetime import date

from subctl.domain.dates import Period
from subctl.domain.invoice import Draft, Fee
from subctl.domain.sentence import N_
from subctl.domain.tax import EXEMPT, OUTSIDE, REVERSE_CHARGE, Vat
from subctl.results.invoice import Corrected
from subctl.view import words
from subctl.view.language import _, pgettext

QUOTE, ORDER, CANCELLATION = N_("Quote"), N_("Order"), N_("Cancellation")

DATE, DUE, PERIOD, VALID_UNTIL, CREDITS = N_("Date"), N_("Due"), N_("Period"), N_("Valid until"), N_("Credits")
SPACE, QUOTED, ORDERED, LAST_DAY, INVOICED = N_("Space"), N_("Quote"), N_("Order"), N_("Last day"), N_("Issued")
YOUR_REFERENCE, BUYER_REFERENCE = N_("Your reference"), N_("Buyer reference")
"""Labels of what stands at the top."""

LINES = (N_("Item"), N_("Quantity"), N_("Rate"), N_("Months"))
STATES = ("", N_("Now"), N_("New"))
"""Heads of tables."""

PLAN, USERS, BILLING = N_("Plan"), N_("Users"), N_("Billing")
USABLE_FROM, IN_USE_FROM = N_("Usable from"), N_("In use from")
FREE_UNTIL, NEW_PRICE_FROM = N_("Free until"), N_("New price from")
NEVER = N_("never: the contract ends before")

HOLDER, IBAN, BIC = N_("Account holder"), N_("IBAN"), N_("BIC")
AMOUNT = N_("Amount")
ACCOUNT, MANDATE, CREDITOR = N_("From account"), N_("Mandate"), N_("Creditor identifier")
SCAN = N_("Scan with a banking app")
"""How an invoice is paid."""

SIGNATURE = (N_("Place and date"), N_("Name"), N_("Signature"))

GREETING = N_("Hello,")
ATTACHED = {
    "pdf": N_("It is attached as a PDF."),
    "both": N_("It is attached as a PDF, and as an e-invoice for your software."),
    "facturx": N_("It is attached as a PDF, with the e-invoice for your software inside."),
}
"""What a message says beside what it is about."""

PAGE = N_("Page {page} of {pages}")

REGISTERS = {"0002": "SIREN", "0009": "SIRET", "0106": "KVK", "0204": "Leitweg-ID", "0208": "BCE/KBO"}
"""What numbers of a register are called by their scheme, in any language; every other one is a company number."""

AUTOLIQUIDATION = "Autoliquidation"
"""What French law wants on an invoice with reverse charge, in this word."""

_WITHOUT_VAT = {
    REVERSE_CHARGE: N_("Reverse charge"),
    OUTSIDE: N_("Outside the scope of VAT"),
    EXEMPT: N_("Exempt from VAT"),
}

_CHANGES = {
    "upgrade": N_("Upgrade of {space}"),
    "downgrade": N_("Downgrade of {space}"),
    "billing": N_("Change of billing of {space}"),
    "cancel": N_("Cancellation of {space}"),
}


# --- at the top ----------------------------------------------------------------------------------------------


def vat_number(number: str) -> str:
    """Name a VAT number."""
    return _("VAT {number}").format(number=number)


def tax_number(number: str) -> str:
    """Name a tax number that is no VAT number."""
    return _("Tax number {number}").format(number=number)


def legal_id(scheme: str, number: str) -> str:
    """Name a number of a register: `KVK 12345678`."""
    if scheme in REGISTERS:
        return f"{REGISTERS[scheme]} {number}"
    return _("Company number {number}").format(number=number)


def continued(title: str, number: str) -> str:
    """Head the pages after the first: `Invoice INV-2026-0001, continued`."""
    return _("{title} {number}, continued").format(title=title, number=number)


# --- what a change changes -----------------------------------------------------------------------------------


def plan(title: str, plan_id: str) -> str:
    """Name a plan that shares its title with another: `Pro (pro-acme)`."""
    return f"{title} ({plan_id})"


def fee(value: Fee, currency: str) -> str:
    """Write what something costs, its currency elsewhere: `2600.00 a year`."""
    return words.per(words.fee_amount(value, currency), value.per)


def at_once(day: date) -> str:
    """Say from which day on something can be used that is there already."""
    return _("{day}, at once").format(day=words.day(day))


def change_of(kind: str, space: str) -> str:
    """Say what a quote or an order is about: `Upgrade of acme`."""
    return _(_CHANGES[kind]).format(space=space)


def nothing_due(change: str) -> str:
    """Add to what a quote or an order is about that it costs nothing now."""
    return _("{change}, nothing due now").format(change=change)


def something_due(change: str, total: str) -> str:
    """Add to what a quote or an order is about what it costs now."""
    return _("{change}, {total} due now").format(change=change, total=total)


def due_already(total: str, period: Period) -> str:
    """Head what is invoiced with an order and was due without it."""
    text = _("Due already, invoiced with the order: {total} for {period}")
    return text.format(total=total, period=words.period(period))


def due_now(total: str, period: Period) -> str:
    """Head what an order costs at once."""
    text = _("Due now: {total}, an upgrade invoice for {period}")
    return text.format(total=total, period=words.period(period))


def due_next(total: str, day: date, period: Period) -> str:
    """Head the first invoice with a new price."""
    text = _("Next invoice with the new price: {total} on {day}, for {period}")
    return text.format(total=total, day=words.day(day), period=words.period(period))


def promise(quote: str, day: str, support: str) -> str:
    """Say what a quote promises, and how it is accepted."""
    return _(
        "An order never costs more than this quote, which holds until {day}. "
        "To accept it, sign below and return it to {support}, or order it by its number, {quote}."
    ).format(quote=quote, day=day, support=support)


def ends(last_day: date | None) -> str:
    """Say what a cancellation does."""
    if last_day is None:
        return _("The contract never starts, and nothing is invoiced.")
    text = _("The last day is {day}. Until then everything stays usable; from then on nothing is invoiced.")
    return text.format(day=words.day(last_day))


# --- what is charged, and how it is paid ---------------------------------------------------------------------


def vat_name(vat: Vat) -> str:
    """Name the VAT among the sums; where there is none it has no rate, and never reads `VAT 0 %`."""
    if vat.category in _WITHOUT_VAT:
        return _(_WITHOUT_VAT[vat.category])
    return _("VAT {percentage}").format(percentage=words.percentage(vat.rate))


def total(draft: Draft) -> str:
    """Name the sum of all: `Total EUR`."""
    return f"{words.total_sum(draft)} {draft.currency}"


def claim(total: str, payment: str) -> str:
    """Say what an invoice is about: `786.50 EUR, payable by 14 April 2026`."""
    return _("{total}, {payment}").format(total=total, payment=payment)


def credited(total: str, invoice: str, day: str) -> str:
    """Say what a credit note is about."""
    return _("{total} credited for invoice {invoice} of {day}").format(total=total, invoice=invoice, day=day)


def please_pay(day: str) -> str:
    """Ask for a transfer."""
    return _("Please pay by bank transfer by {day}").format(day=day)


def please_pay_somehow(total: str, day: str) -> str:
    """Ask for money where there is no account to send it to."""
    return _("Please pay {total} by {day}").format(total=total, day=day)


def will_be_debited(total: str, day: str) -> str:
    """Announce a direct debit; this is the notice that has to come before it."""
    text = _("{total} will be debited on {day} by SEPA direct debit: there is nothing to do")
    return text.format(total=total, day=day)


def mandate(name: str, day: str) -> str:
    """Name a mandate with the day it was signed."""
    return _("{mandate}, signed on {day}").format(mandate=name, day=day)


def will_be_charged(total: str) -> str:
    """Announce that a card is charged."""
    return _("{total} will be charged to the card: there is nothing to do").format(total=total)


def settled(invoice: str) -> str:
    """Say what a credit note does."""
    return _("This settles invoice {invoice} in full.").format(invoice=invoice)


def corrects(made: Corrected) -> str:
    """Say in whose place an invoice stands."""
    text = _("This invoice replaces {invoice} of {day}, which was credited in full by {credit_note}.")
    return text.format(invoice=made.invoice, day=words.day(made.day), credit_note=made.credit_note)


def issued_anew(replacement: str) -> str:
    """Say on a credit note which invoice takes the place of the one that it credits."""
    return _("Invoice {invoice} replaces it.").format(invoice=replacement)


def reason(text: str) -> str:
    """Say why an invoice was corrected."""
    return _("Reason: {reason}").format(reason=text)


def reference() -> str:
    """Label what a payment names."""
    return pgettext("of a payment", "Reference")


def one_or_other(reference: str, number: str) -> str:
    """Name the two texts of which a transfer has one."""
    return _("{reference} or {number}").format(reference=reference, number=number)


# --- reminders -----------------------------------------------------------------------------------------------

REMINDED = (N_("Invoice"), N_("Date"), N_("Due"), N_("Days late"), N_("Total"))
"""Heads of the table of what is late; behind them what is open."""


def reminder_title(level: int) -> str:
    """Head a reminder: those after the first level by theirs, which needn't be how many there were before."""
    if level == 1:
        return _("Payment reminder")
    return _("Payment reminder, level {level}").format(level=words.count(level))


def open_head(currency: str) -> str:
    """Head the column of what is open: `Open EUR`."""
    return _("Open {currency}").format(currency=currency)


def open_in_all(currency: str) -> str:
    """Name the sum of what is open: `Total open EUR`."""
    return _("Total open {currency}").format(currency=currency)


def overdue(total: str) -> str:
    """Say what a reminder is about."""
    return _("{total} overdue").format(total=total)


def reminds(level: int) -> str:
    """Say what is wrong: kindly first, then plainly."""
    if level == 1:
        return _("This may have escaped your notice: according to our records, the amount below is still open.")
    return _("According to our records, the amount below is still open, although it is well past its due date.")


def pay_now() -> str:
    """Ask for a transfer at once."""
    return _("Please pay by bank transfer without delay")


def pay_now_somehow(total: str) -> str:
    """Ask for money at once, where there is no account to send it to."""
    return _("Please pay {total} without delay").format(total=total)


def paid_meanwhile(support: str) -> str:
    """Close a reminder."""
    return _("If you have paid in the meantime, please disregard this reminder. Questions: {support}").format(
        support=support
    )


# --- messages ------------------------------------------------------------------------------------------------


def subject(title: str, number: str, seller: str) -> str:
    """Head a message: `Invoice INV-2026-0001 from Example Software B.V.`."""
    return _("{title} {number} from {seller}").format(title=title, number=number, seller=seller)


def about(title: str, number: str, day: str, claim: str) -> str:
    """Say what a message brings: `Invoice INV-2026-0001 of 15 March 2026: 786.50 EUR, payable by 14 April 2026.`."""
    return _("{title} {number} of {day}: {claim}.").format(title=title, number=number, day=day, claim=claim)
