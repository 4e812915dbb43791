"""What the history tells of payments, collections and reminders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from subctl.domain.sentence import N_
from subctl.results.lists import HistoryItem
from subctl.view import words
from subctl.view.language import _, ngettext
from subctl.view.payment_words import issued_reminders

PAID = ("payment", "kind", "amount", "currency", "date", "invoices", "of", "source", "ignored", "payments", "numbers")
"""The keys of an entry of `pay`."""

_ENTERED = {
    "receipt": N_("Entered {payment}: {amount} of {day}."),
    "refund": N_("Entered the refund {payment}: {amount} of {day}."),
    "return": N_("Entered the returned debit {payment} of {day}: {amount}, taking {other} back."),
    "undo": N_("Undid {other} with {payment}: {amount}."),
}
_FOR = N_("Entered {payment}: {amount} of {day}, for {invoices}.")


def paid(detail: Mapping[str, Any], _item: HistoryItem) -> str:
    """Tell what was entered, one payment or those of a statement, or which booking was set aside."""
    if "ignored" in detail:
        return _("Ignored the booking {source}.").format(source=detail["ignored"])
    if "payments" in detail:
        return _of_statement(detail)
    kind, invoices = detail["kind"], detail["invoices"]
    told = _(_FOR if kind == "receipt" and invoices else _ENTERED[kind]).format(
        payment=detail["payment"],
        amount=words.kept_money(detail["amount"], detail["currency"]),
        day=words.kept_day(detail["date"]),
        other=detail.get("of"),
        invoices=words.listed(invoices or ["–"]),
    )
    source = detail.get("source")
    return " ".join([told, *([_("Booking {source}.").format(source=source)] if source else [])])


COLLECTED = ("collection", "on", "debits", "amount", "dropped")
"""The keys of an entry of `collect`."""


def collected(detail: Mapping[str, Any], _item: HistoryItem) -> str:
    """Tell what was collected, or which file was never sent."""
    if "dropped" in detail:
        return _("Noted that the file of {collection} was never sent.").format(collection=detail["dropped"])
    number = detail["debits"]
    debits = ngettext("{number} debit", "{number} debits", number).format(number=words.count(number))
    return _("Collected {debits} with {collection}, to be debited on {day}: {amount}.").format(
        debits=debits,
        collection=detail["collection"],
        day=words.kept_day(detail["on"]),
        amount=words.kept_money(detail["amount"], "EUR"),
    )


def _of_statement(detail: Mapping[str, Any]) -> str:
    first, last = detail["numbers"]
    told = ngettext(
        "Entered {number} payment of a statement, {first}: {amount}.",
        "Entered {number} payments of a statement, {first} to {last}: {amount}.",
        detail["payments"],
    )
    amount = words.kept_money(detail["amount"], detail["currency"])
    return told.format(number=words.count(detail["payments"]), first=first, last=last, amount=amount)


REMINDED = ("reminders", "numbers")
"""The keys of an entry of `remind`."""


def reminded(detail: Mapping[str, Any], _item: HistoryItem) -> str:
    """Tell which reminders were issued."""
    first, last = detail["numbers"]
    return issued_reminders(detail["reminders"], first, last)
