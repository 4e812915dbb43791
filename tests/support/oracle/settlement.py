"""What is paid, read from payments.md 9.2 alone: every coin of every payment is carried to where it belongs.

Slow on purpose: amounts should be small. A document is called by its series and its number in it, `("INV", 3)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

Name = tuple[str, int]


@dataclass(frozen=True)
class Document:
    """An invoice, or a credit note: then it `credits` one. One that was made in the place of another `replaces` it."""

    number: int
    day: date
    due: date | None
    total: int
    credits: int | None = None
    replaces: int | None = None


@dataclass(frozen=True)
class Money:
    """A payment, with what it names of which invoices; `of` is the one that it takes back."""

    number: int
    day: date
    amount: int
    of: int | None = None
    parts: tuple[tuple[int, int], ...] = ()


@dataclass
class Hole:
    """What asks for coins: an invoice that stands, or money that went."""

    name: Name
    due: date
    asked: int
    coins: int = 0


@dataclass(frozen=True)
class Reading:
    """What everything comes to: what was asked by and given to each that asks, and the coins that are left."""

    holes: dict[Name, Hole]
    credit: int

    @property
    def open(self) -> dict[Name, int]:
        """What each one still asks for, if anything."""
        return {name: hole.asked - hole.coins for name, hole in self.holes.items() if hole.coins < hole.asked}


def read(documents: Iterable[Document], money: Iterable[Money], day: date) -> Reading:
    """Carry the coins of all money up to a day into the holes of all documents up to it."""
    papers = [document for document in documents if document.day <= day]
    moves = [move for move in money if move.day <= day]
    counting = [move for move in moves if counts(move, moves)]
    holes = {hole.name: hole for hole in [*_invoices(papers), *_went(counting)]}
    purse = 0
    for move in counting:
        purse += _carried(move, papers, holes)
    while purse and (next_one := _oldest(holes)):
        next_one.coins += 1
        purse -= 1
    return Reading(holes, purse)


def counts(move: Money, moves: Iterable[Money]) -> bool:
    """Say whether a payment counts: it wasn't taken back, and takes back nothing that is there."""
    moves = list(moves)
    return not taken_back(move, moves) and not any(other.number == move.of for other in moves)


def taken_back(move: Money, moves: Iterable[Money]) -> bool:
    """Say whether something takes a payment back that wasn't taken back itself."""
    moves = list(moves)
    return any(other.of == move.number and not taken_back(other, moves) for other in moves)


def _invoices(papers: list[Document]) -> Iterable[Hole]:
    for paper in papers:
        if paper.credits is None and not any(other.credits == paper.number for other in papers):
            assert paper.due is not None
            yield Hole(("INV", paper.number), paper.due, paper.total)


def _went(moves: list[Money]) -> Iterable[Hole]:
    return (Hole(("P", move.number), move.day, -move.amount) for move in moves if move.amount < 0)


def _carried(move: Money, papers: list[Document], holes: dict[Name, Hole]) -> int:
    """Carry the coins that are named, one at a time; return how many are left."""
    coins = max(move.amount, 0)
    for invoice, amount in move.parts if move.amount > 0 else ():
        hole = holes.get(("INV", _standing(invoice, papers)))
        for _ in range(amount):
            if hole and hole.coins < hole.asked:
                hole.coins += 1
                coins -= 1
    return coins


def _standing(invoice: int, papers: list[Document]) -> int:
    """Return which invoice stands in the place of one that was corrected, and perhaps again."""
    for paper in papers:
        if paper.replaces == invoice:
            return _standing(paper.number, papers)
    return invoice


def _oldest(holes: dict[Name, Hole]) -> Hole | None:
    """Look for the oldest due day of what is open, then for the first number."""
    found = None
    for hole in holes.values():
        if hole.coins < hole.asked and (found is None or (hole.due, hole.name) < (found.due, found.name)):
            found = hole
    return found
