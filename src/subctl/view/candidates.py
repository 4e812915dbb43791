"""What a TAB shows: a word, and a few words about it."""

from __future__ import annotations

from subctl.domain.catalog import Price
from subctl.domain.ending import Cancellation
from subctl.domain.money import format_rate
from subctl.results.candidates import Candidate, Decided, Issued, NamedSpace, SoldLicence, SoldPlan
from subctl.view.texts import INVOICES, change_words, end_words
from subctl.view.words import money


def described(candidate: Candidate) -> tuple[str, str]:
    """Return the word that is completed and its description; a kind of licence waits for its number: `zoom=`."""
    match candidate:
        case SoldPlan(plan, currency):
            managed = "" if plan.self_service else "; changed by support only"
            return plan.id, f"{_price(plan.price, currency)} per user{managed}"
        case SoldLicence(kind, price, currency):
            return f"{kind}=", _price(price, currency)
        case NamedSpace(space, name):
            return space, name
        case Decided():
            return candidate.number, f"{candidate.space}: {_decided(candidate)}"
        case Issued():
            what = f"{INVOICES[candidate.kind].lower()} of {candidate.day}"
            return candidate.number, f"{candidate.space}: {what}, {money(candidate.total, candidate.currency)}"


def _price(price: Price, currency: str) -> str:
    return f"{price.title}: {format_rate(price.monthly)} {currency} a month, {format_rate(price.annual)} a year"


def _decided(document: Decided) -> str:
    """Describe a quote or an order: `plan starter → pro, users 10 → 20, 786.50 EUR`."""
    what = document.what
    if isinstance(what, Cancellation):
        return f"cancelled on {document.day}, {end_words(what)}"
    due = money(what.due_now.total, what.currency) if what.due_now else "nothing due now"
    when = "" if document.kind == "quote" else f" ({document.kind} of {document.day})"
    return f"{change_words(what)}, {due}{when}"
