"""What an accountant books: postings of invoices, of payments, and of what is earned (payments.md 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from subctl.domain.dates import DAY, Months, Period, charge_date, months_between
from subctl.domain.money import round_half_up
from subctl.domain.payment import CARD, CASH, OTHER, Payment
from subctl.domain.record import Record

RECEIVABLE, VAT, DEFERRED, INCOME = (
    "Assets:Receivable",
    "Liabilities:VAT",
    "Liabilities:Deferred",
    "Income:Subscriptions",
)
BANK = "Assets:Bank"
_MONEY = {CARD: "Assets:Card", CASH: "Assets:Cash", OTHER: "Assets:Other"}
"""Where money is that came by these methods; by all others it is at the bank."""

ACCOUNTS = (RECEIVABLE, BANK, *_MONEY.values(), VAT, DEFERRED, INCOME)
EARNED = "earned"
"""The kind of an entry that makes income of what was deferred."""


class Posting(Record):
    """An amount on an account, in minor units."""

    account: str
    amount: int


class Entry(Record):
    """What is booked on a day for a document by its `number`: postings that sum to 0.

    `kind` is the document's, or `earned`; `text` the buyer's name or the payment's reference.
    """

    day: date
    number: str
    kind: str
    space: str
    text: str
    postings: tuple[Posting, ...]


class Share(Record):
    """What of an invoice a line charges, in minor units, for which period of so many months."""

    amount: int
    period: Period
    months: Months


def invoiced(net: int, vat: int, *, deferred: bool) -> tuple[Posting, ...]:
    """Return the postings of an invoice or a credit note; its net is income, or `deferred`."""
    income = Posting(DEFERRED if deferred else INCOME, -net)
    return _without_nothing(Posting(RECEIVABLE, net + vat), income, Posting(VAT, -vat))


def paid(payment: Payment) -> tuple[Posting, ...]:
    """Return the postings of a payment: what is paid of which invoice isn't booked."""
    account = _MONEY.get(payment.method, BANK)
    return Posting(account, payment.amount), Posting(RECEIVABLE, -payment.amount)


def earned(shares: Iterable[Share], issued: date) -> list[tuple[date, tuple[Posting, ...]]]:
    """Return the days on which an invoice is earned, with the postings, by the day.

    Each line is spread over the months of its period, and booked at each month's end and at the period's; what was
    earned before the invoice was issued is booked on that day, so that no month changes that may be closed.
    """
    amounts: Counter[date] = Counter()
    for share in shares:
        for day, amount in _spread(share):
            amounts[max(day, issued)] += amount
    return [
        (day, (Posting(DEFERRED, amount), Posting(INCOME, -amount)))
        for day, amount in sorted(amounts.items())
        if amount
    ]


def _spread(share: Share) -> Iterator[tuple[date, int]]:
    """Yield what is earned in each month, rounded at its end: all of them sum up to the line."""
    start, end = share.period
    months, of = share.months.ratio
    before, until = 0, start
    while until < end:
        until = min(charge_date(until), end)
        gone, gone_of = months_between(start, until).ratio
        after = share.amount if until == end else round_half_up(share.amount * gone * of, gone_of * months)
        yield until - DAY, after - before
        before = after


def _without_nothing(*postings: Posting) -> tuple[Posting, ...]:
    return tuple(posting for posting in postings if posting.amount)
