"""What a TAB shows: a word, and a few words about it."""

from __future__ import annotations

from subctl.domain.catalog import Price
from subctl.domain.ending import Cancellation
from subctl.domain.sentence import N_
from subctl.results.candidates import (
    Candidate,
    Collected,
    Decided,
    Entered,
    Issued,
    NamedSpace,
    Reminded,
    SoldLicence,
    SoldPlan,
)
from subctl.view import payment_words, words
from subctl.view.language import _, spoken
from subctl.view.texts import change_words, end_words

_ISSUED = {
    "upgrade": N_("{space}: upgrade invoice of {day}, {amount}"),
    "recurring": N_("{space}: invoice of {day}, {amount}"),
    "credit": N_("{space}: credit note of {day}, {amount}"),
}
_DECIDED = {
    "quote": N_("{space}: {change}, {due}"),
    "upgrade": N_("{space}: {change}, {due} (upgrade of {day})"),
    "downgrade": N_("{space}: {change}, {due} (downgrade of {day})"),
    "billing": N_("{space}: {change}, {due} (billing of {day})"),
}


def described(candidate: Candidate) -> tuple[str, str]:
    """Return the word that is completed and its description; a kind of licence waits for its number: `zoom=`."""
    match candidate:
        case SoldPlan(plan, currency):
            text = _("{title}: {monthly} a month, {annual} a year per user")
            if not plan.self_service:
                text = _("{title}: {monthly} a month, {annual} a year per user; changed by support only")
            return plan.id, _priced(text, plan.price, currency)
        case SoldLicence(kind, price, currency):
            return f"{kind}=", _priced(_("{title}: {monthly} a month, {annual} a year"), price, currency)
        case NamedSpace(space, name):
            return space, name
        case Decided():
            return candidate.number, _decided(candidate)
        case Collected() | Entered() | Issued() | Reminded():
            return candidate.number, _kept(candidate)


def _kept(document: Collected | Entered | Issued | Reminded) -> str:
    """Describe a collection, a payment, an invoice or a reminder, by its day and its amount."""
    match document:
        case Collected(_, on, amount):
            to_come = _("to be debited on {day}, {amount}")
            return to_come.format(day=words.column_day(on), amount=words.money(amount, "EUR"))
        case Entered():
            return _("{space}: {kind} of {day}, {amount}").format(
                space=document.space,
                kind=payment_words.kind(document.kind),
                day=words.column_day(document.day),
                amount=words.money(document.amount, document.currency),
            )
        case Reminded(_, space, day, amount, currency):
            text = _("{space}: reminder of {day}, {amount}")
            return text.format(space=space, day=words.column_day(day), amount=words.money(amount, currency))
        case Issued():
            return _(_ISSUED[document.kind]).format(
                space=document.space,
                day=words.column_day(document.day),
                amount=words.money(document.total, document.currency),
            )


def _priced(text: str, price: Price, currency: str) -> str:
    title, monthly = price.title_in(spoken()), words.price(price.monthly, currency)
    return text.format(title=title, monthly=monthly, annual=words.rate(price.annual))


def _decided(document: Decided) -> str:
    """Describe a quote or an order: `acme: plan starter → pro, users 10 → 20, 786.50 EUR`."""
    what, space, day = document.what, document.space, words.column_day(document.day)
    if isinstance(what, Cancellation):
        return _("{space}: cancelled on {day}, {end}").format(space=space, day=day, end=end_words(what))
    due = words.money(what.due_now.total, what.currency) if what.due_now else _("nothing due now")
    return _(_DECIDED[document.kind]).format(space=space, change=change_words(what), due=due, day=day)
