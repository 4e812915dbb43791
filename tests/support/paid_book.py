"""Random books of one space: its documents and payments, entered day by day in ways that payments.md 9 allows.

What may be refunded or taken back is asked of the slow reading, never of the code that is tried by these books.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from subctl.domain.payment import RECEIPT, REFUND, RETURN, UNDO, Part, Payment
from subctl.domain.settlement import Claim
from tests.support.oracle.settlement import Document, Money, read, taken_back

FIRST = date(2026, 1, 1)

_OFTEN: Mapping[str, int] = {
    "invoice": 20,
    "withdraw": 5,
    "correct": 5,
    "pay": 16,
    "pay all": 3,
    "pay in parts": 10,
    "pay at random": 12,
    "refund": 6,
    "return": 7,
    "return of nothing known": 3,
    "undo": 8,
    "undo an undo": 3,
}
"""What happens, and how often."""


@dataclass
class PaidBook:
    """A space's documents and money, with the kind of each payment; `met` counts what happened."""

    documents: list[Document] = field(default_factory=list)
    money: list[Money] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)

    @property
    def days(self) -> list[date]:
        """All days on which something is dated, and the day before all."""
        return sorted({FIRST, *(one.day for one in self.documents), *(one.day for one in self.money)})

    @property
    def claims(self) -> list[Claim]:
        """The documents, as the code knows them."""
        return [Claim(one.number, one.day, one.due, one.total, one.credits, one.replaces) for one in self.documents]

    @property
    def payments(self) -> list[Payment]:
        """The money, as the code knows it."""
        return [payment(one, kind) for one, kind in zip(self.money, self.kinds, strict=True)]


def payment(one: Money, kind: str) -> Payment:
    """Return a payment as the code knows it."""
    parts = tuple(Part(*part) for part in one.parts)
    return Payment(one.number, "acme", one.day, one.amount, kind, one.of, one.day, "bank", None, None, parts)


def paid_book(random: Random, length: int = 16) -> PaidBook:
    """Return a random book of at most so many entries."""
    drawing = _Drawing(random)
    for _ in range(random.randint(1, length)):
        drawing.step()
    return drawing.book


def entered_otherwise(random: Random, book: PaidBook) -> tuple[PaidBook, dict[int, int]]:
    """Return the same money entered in another order, and the new number of each payment."""
    left, order = list(book.money), list[Money]()
    while left:
        known = {one.number for one in order}
        order.append(random.choice([one for one in left if one.of is None or one.of in known]))
        left.remove(order[-1])
    numbers = {one.number: place for place, one in enumerate(order, 1)}
    kinds = {one.number: kind for one, kind in zip(book.money, book.kinds, strict=True)}
    money = [replace(one, number=numbers[one.number], of=numbers[one.of] if one.of else None) for one in order]
    return replace(book, money=money, kinds=[kinds[one.number] for one in order]), numbers


def _single(money: list[Money]) -> bool:
    """Say whether on every day at most one thing takes a payment back (payments.md 9.2)."""
    counters = [one for one in money if one.of is not None]
    for day in {one.day for one in counters}:
        there = [one for one in counters if one.day <= day]
        taking = [one.of for one in there if not taken_back(one, there)]
        if len(set(taking)) < len(taking):
            return False
    return True


class _Drawing:
    """A book that grows."""

    def __init__(self, random: Random) -> None:
        self.random, self.book, self.today = random, PaidBook(), FIRST

    def step(self) -> None:
        """Let some days go by, and something happen, if it can."""
        self.today += timedelta(self.random.choice([0, 0, 1, 3, 10, 30]))
        what = self.random.choices(list(_OFTEN), list(_OFTEN.values()))[0]
        before = len(self.book.documents), len(self.book.money)
        getattr(self, "_" + what.replace(" ", "_"))()
        if before != (len(self.book.documents), len(self.book.money)):
            self.book.met[what] += 1

    # --- documents ---------------------------------------------------------------------------------------------

    def _document(self, total: int, **of: int) -> None:
        due = None if "credits" in of else self.today + timedelta(self.random.choice([0, 14, 30, 30]))
        self.book.documents.append(Document(len(self.book.documents) + 1, self.today, due, total, **of))

    def _standing(self) -> list[Document]:
        gone = {one.credits for one in self.book.documents}
        return [one for one in self.book.documents if one.total > 0 and one.number not in gone]

    def _invoice(self) -> None:
        self._document(self.random.randint(1, 12))

    def _withdraw(self) -> None:
        if standing := self._standing():
            one = self.random.choice(standing)
            self._document(-one.total, credits=one.number)

    def _correct(self) -> None:
        if standing := self._standing():
            one = self.random.choice(standing)
            self._document(-one.total, credits=one.number)
            self._document(one.total + self.random.choice([0, 0, -1, 1]) or 1, replaces=one.number)

    # --- money -------------------------------------------------------------------------------------------------

    def _enter(self, kind: str, amount: int, *parts: tuple[int, int], of: int | None = None) -> None:
        """Enter money, often of an earlier day; what is taken back was there by then, and by nothing else."""
        day = self.today - timedelta(self.random.choice([0, 0, 0, 1, 5, 40]))
        if of is not None:
            day = max(day, self.book.money[of - 1].day)
        money = Money(len(self.book.money) + 1, day, amount, of, parts)
        if _single([*self.book.money, money]):
            self._append(kind, money)

    def _append(self, kind: str, money: Money) -> None:
        self.book.money.append(money)
        self.book.kinds.append(kind)

    def _open(self) -> list[tuple[int, int]]:
        found = read(self.book.documents, self.book.money, self.today).open
        return [(number, amount) for (series, number), amount in found.items() if series == "INV"]

    def _pay(self) -> None:
        """Pay what is open of one invoice, or less, or more; whether it says so or not."""
        if found := self._open():
            number, amount = self.random.choice(found)
            given = max(1, amount + self.random.choice([0, 0, 0, -2, 3]))
            self._enter(RECEIPT, given, *self.random.choice([[], [(number, min(amount, given))]]))

    def _pay_all(self) -> None:
        if found := self._open():
            self._enter(RECEIPT, sum(amount for _, amount in found), *found)

    def _pay_in_parts(self) -> None:
        """Name some invoices, those too that are paid or credited, and any amounts."""
        invoices = [one for one in self.book.documents if one.total > 0]
        chosen = self.random.sample(invoices, min(len(invoices), self.random.randint(1, 3)))
        if parts := [(one.number, self.random.randint(1, one.total)) for one in chosen]:
            self._enter(RECEIPT, sum(amount for _, amount in parts) + self.random.choice([0, 0, 4]), *parts)

    def _pay_at_random(self) -> None:
        self._enter(RECEIPT, self.random.randint(1, 20))

    def _refund(self) -> None:
        """Refund credit that there is on the money's day and today (payments.md 9.3)."""
        day = self.today - timedelta(self.random.choice([0, 0, 7]))
        most = min(read(self.book.documents, self.book.money, one).credit for one in (day, self.today))
        if most:
            money = Money(len(self.book.money) + 1, day, -self.random.randint(1, most))
            self._append(REFUND, money)

    def _return(self) -> None:
        self._take_back(RETURN, RECEIPT)

    def _return_of_nothing_known(self) -> None:
        self._enter(RETURN, -self.random.randint(1, 8))

    def _undo(self) -> None:
        self._take_back(UNDO, RECEIPT, REFUND, RETURN)

    def _undo_an_undo(self) -> None:
        self._take_back(UNDO, UNDO)

    def _take_back(self, kind: str, *kinds: str) -> None:
        """Take back something of these kinds that isn't taken back."""
        taken = {one.of for one in self.book.money if not taken_back(one, self.book.money)}
        found = [
            one
            for one, its in zip(self.book.money, self.book.kinds, strict=True)
            if its in kinds and one.number not in taken
        ]
        if found:
            one = self.random.choice(found)
            mirrored = [(invoice, -amount) for invoice, amount in one.parts]
            self._enter(kind, -one.amount, *mirrored, of=one.number)
