"""A reminder as a letter: what is late, how late it is, and how it is paid."""

from __future__ import annotations

from subctl.domain.reference import payment_reference
from subctl.domain.text import bare
from subctl.results.reminders import RemindedItem, ShownReminder
from subctl.view import words
from subctl.view.language import _
from subctl.view.papers import wording
from subctl.view.papers.sheet import Listed, Pair, Payment, Sheet, in_fours, notes
from subctl.view.papers.sheet import sheet as paper


def sheet(reminder: ShownReminder) -> Sheet:
    """Return what stands on a reminder."""
    seller, buyer = reminder.parties
    return paper(
        wording.reminder_title(reminder.level),
        reminder.number or "",
        reminder.day,
        seller,
        buyer,
        facts=(
            (wording.DATE, words.day(reminder.day)),
            (wording.SPACE, reminder.space),
            (wording.YOUR_REFERENCE, buyer.reference),
            (wording.BUYER_REFERENCE, buyer.buyer_reference),
        ),
        claim=wording.overdue(_total(reminder)),
        parts=(
            notes(wording.reminds(reminder.level)),
            _listed(reminder),
            _payment(reminder),
            notes(wording.paid_meanwhile(seller.support)),
        ),
    )


def _total(reminder: ShownReminder) -> str:
    return words.money(reminder.open, reminder.currency)


def _listed(reminder: ShownReminder) -> Listed:
    currency = reminder.currency
    return {
        "kind": "listed",
        "head": [*map(_, wording.REMINDED), wording.open_head(currency)],
        "rows": [_row(item, currency) for item in reminder.items],
        "sum": (wording.open_in_all(currency), words.amount(reminder.open, currency)),
    }


def _row(item: RemindedItem, currency: str) -> list[str]:
    return [
        item.number,
        words.day(item.day),
        words.day(item.due),
        words.count(item.days_late),
        words.amount(item.total, currency),
        words.amount(item.open, currency),
    ]


def _payment(reminder: ShownReminder) -> Payment:
    """Return how it is paid: by a transfer, however the invoices were to be paid, for that has not happened."""
    account = reminder.parties.seller.iban
    title = wording.pay_now_somehow(_total(reminder)) if account is None else wording.pay_now()
    rows = [(wording.reference(), _reference(reminder))] if account is None else _transfer(reminder, account)
    return {"kind": "payment", "title": title, "rows": rows, "code": "", "caption": ""}


def _transfer(reminder: ShownReminder, account: str) -> list[Pair]:
    seller = reminder.parties.seller
    return [
        (_(wording.HOLDER), seller.name),
        (_(wording.IBAN), in_fours(bare(account))),
        *([(_(wording.BIC), seller.bic)] if seller.bic else []),
        (_(wording.AMOUNT), _total(reminder)),
        (wording.reference(), _reference(reminder)),
    ]


def _reference(reminder: ShownReminder) -> str:
    """Return what the transfer names: of one invoice its reference or its number, of more their numbers."""
    numbers = [item.number for item in reminder.items]
    if len(numbers) == 1:
        return wording.one_or_other(in_fours(payment_reference(numbers[0])), numbers[0])
    return ", ".join(numbers)
