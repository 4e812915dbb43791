"""What kinds of payments and ways to pay are called, and how what was issued is told."""

from __future__ import annotations

from subctl.domain.sentence import N_
from subctl.view import words
from subctl.view.language import _, ngettext

_KINDS = {
    "receipt": N_("receipt"),
    "refund": N_("refund"),
    "return": N_("returned debit"),
    "undo": N_("undo"),
}
_METHODS = {
    "bank": N_("transfer"),
    "direct-debit": N_("direct debit"),
    "card": N_("card"),
    "cash": N_("cash"),
    "other": N_("otherwise"),
}


def kind(value: str) -> str:
    """Return what a kind of payment is called: `receipt`."""
    return _(_KINDS[value])


def method(value: str) -> str:
    """Return how money came or went: `transfer`."""
    return _(_METHODS[value])


def issued_reminders(number: int, first: str, last: str) -> str:
    """Tell which reminders a run issued."""
    numbers = first if first == last else _("{first} to {last}").format(first=first, last=last)
    text = ngettext("Issued {number} reminder: {numbers}.", "Issued {number} reminders: {numbers}.", number)
    return text.format(number=words.count(number), numbers=numbers)
