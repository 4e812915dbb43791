"""What codes are called in the language that is spoken: billings, ways to pay, statuses, and kinds of documents."""

from __future__ import annotations

from subctl.domain.sentence import N_
from subctl.view.language import _, pgettext

_BILLING = {"monthly": N_("monthly"), "annual": N_("annual")}
_ON_BILLING = {"monthly": N_("on monthly billing"), "annual": N_("on annual billing")}
_UNITS = {"year": N_("year"), "month": N_("month")}
_PAYMENTS = {
    "invoice": N_("transfer"),
    "transfer": N_("transfer"),
    "direct-debit": N_("direct debit"),
    "card": N_("card"),
}
_STATUS = {
    "active": N_("active"),
    "coming": N_("coming"),
    "current": N_("current"),
    "ended": N_("ended"),
    "ending": N_("ending"),
    "expired": N_("expired"),
    "lapsed": N_("lapsed"),
    "open": N_("open"),
    "ordered": N_("ordered"),
    "past": N_("past"),
    "stale": N_("stale"),
    "upcoming": N_("upcoming"),
}
_INVOICE_STATUS = {
    "part-paid": N_("part-paid"),
    "paid": N_("paid"),
    "settled": N_("settled"),
    "overdue": N_("overdue"),
}
_INVOICES = {"upgrade": N_("Upgrade invoice"), "recurring": N_("Invoice"), "credit": N_("Credit note")}
_DEADLINES = {
    "renewal": N_("renews"),
    "downgrade": N_("last day to reduce"),
    "cancel": N_("last day to cancel"),
    "end": N_("last day of use"),
    "quote": N_("last day of quote"),
    "invoice": N_("payment due"),
}


def billing(value: str) -> str:
    """Return what a billing is called: `annual`."""
    return _(_BILLING.get(value, value))


def on_billing(value: str) -> str:
    """Say which billing a contract is on: `on annual billing`."""
    return _(_ON_BILLING[value])


def unit(value: str) -> str:
    """Return what a fee is for: `year`, `month`."""
    return _(_UNITS[value])


def payment(value: str) -> str:
    """Return what a way to pay is called, for a space or for an invoice: `transfer`, `direct debit`."""
    return _(_PAYMENTS.get(value, value))


def status(value: str) -> str:
    """Return what became of a contract, a quote, a catalog or a mandate: `open`."""
    return _(_STATUS[value])


def order_status(value: str) -> str:
    """Return what became of an order: `ordered`, `waiting`, `withdrawn`; an order isn't he where a quote is."""
    if value == "ordered":
        return pgettext("order", "ordered")
    return pgettext("order", "waiting") if value == "waiting" else pgettext("order", "withdrawn")


def invoice_status(value: str) -> str:
    """Return what became of an invoice or a credit note: `open`, `part-paid`, `paid`, `settled`, or `overdue`."""
    return pgettext("invoice", "open") if value == "open" else _(_INVOICE_STATUS[value])


def invoice_title(kind: str) -> str:
    """Return what a kind of invoices is called at the head of one: `Upgrade invoice`."""
    return _(_INVOICES[kind])


def invoice_kind(kind: str) -> str:
    """Return a kind of invoices as lists have it: `upgrade`, `recurring`, `credit`."""
    if kind == "upgrade":
        return pgettext("invoice", "upgrade")
    return pgettext("invoice", "recurring") if kind == "recurring" else pgettext("invoice", "credit")


def deadline(kind: str) -> str:
    """Return what a kind of deadlines is called: `last day to reduce`."""
    return _(_DEADLINES[kind])
