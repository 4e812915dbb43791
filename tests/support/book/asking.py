"""What is issued anew, and what is asked for once more, lived by both sides: corrections and reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from subctl.results.correction import Correction
from subctl.results.reminders import RemindRun, ShownReminder
from subctl.service import correction, document_page, reminding
from tests.support.book.acts import Act
from tests.support.book.book import Book, Issued, Kept
from tests.support.book.files import SELLERS
from tests.support.oracle.papers import corrected, credited, mirrored
from tests.support.oracle.reminders import Late, level

Reminded = tuple[str, int, list[tuple[str, int, int, int]]]
"""A reminder as both sides know it: space, level, and of each invoice what is open, how late it is, and its level."""


# --- corrections -----------------------------------------------------------------------------------------------


def correct(book: Book, kept: Kept, act: Act) -> None:
    """payments.md 9.5: credited whole and issued anew with today's details, or refused; again it is that invoice."""
    own = [each for each in book.papers if each.space == kept.space]
    if not own:
        return
    wrong, caller = own[-1 - act.pick % len(own)], book.caller("correct")
    if wrong.instead is not None:
        book.unchanged(lambda: correction.correct(caller, wrong.number, None))
        book.same(correction.correct(caller, wrong.number, None).invoice.number, wrong.instead)
        return
    paper = corrected(wrong.paper, wrong.first, book.known, kept.life.buyer, book.day)
    anew = Issued("", kept.space, paper, wrong.order, None, kept.told, first=wrong.first)
    withdrawn = any(each.credits == wrong.number for each in own)
    if wrong.credits is not None or withdrawn or _said(wrong) == _said(anew):
        code = "already_credited" if withdrawn else "not_correctable"
        book.refused(code, lambda: correction.correct(caller, wrong.number, None))
        book.met[f"corrections refused {code}"] += 1
        return
    preview = book.see(correction.preview_correct(caller, wrong.number, None))
    done = book.see(correction.correct(caller, wrong.number, None))
    credit, number = book.next_number("INV"), book.next_number("INV")
    book.papers.append(
        Issued(
            credit,
            kept.space,
            credited(wrong.paper, mirrored(wrong.paper.invoice, book.day)),
            wrong.order,
            wrong.number,
            wrong.buyer,
        )
    )
    book.papers.append(replace(anew, number=number))
    wrong.instead = number
    kept.life.orders = [
        replace(order, upgrade=paper.invoice) if order.upgrade is wrong.paper.invoice else order
        for order in kept.life.orders
    ]
    book.same(_numbers(done), (wrong.number, credit, number))
    book.same((_numbers(preview), preview.differences), ((wrong.number, None, number), done.differences))
    book.wrote("corrected")
    book.met["corrections that change VAT"] += wrong.paper.invoice.vat != paper.invoice.vat


def _numbers(made: Correction) -> tuple[str, str | None, str]:
    return made.corrected.number, made.credit_note, made.invoice.number


def _said(issued: Issued) -> tuple[object, ...]:
    """Return what of an invoice a correction can change: its buyer, its VAT, and its seller."""
    paper = issued.paper
    seller, vat = paper.seller, paper.invoice.vat
    return issued.buyer, vat.category, vat.rate, seller.name, seller.vat_id, SELLERS[seller.name]


# --- reminders -------------------------------------------------------------------------------------------------


def remind(book: Book, kept: Kept | None) -> None:
    """payments.md 9.7: of all that is late, or of one space's; run again nothing is due."""
    space, caller = kept.space if kept else None, book.caller("remind")
    due = [each for name in sorted(book.kept) if space in (None, name) and (each := _due(book, name))]
    preview = book.see(reminding.preview_remind(caller, space, None, []))
    book.same(_run(preview), due)
    if due:
        done = book.see(reminding.remind(caller, space, None, [], preview))
        numbers = [book.next_number("R") for _ in due]
        book.same(([each.number for each in done.items], _run(done)), (numbers, due))
        for shown in done.items:
            book.same(book.see(document_page.show_document(book.caller("show"), str(shown.number))), shown)
        for issued, _, _, reached in (item for _, _, items in due for item in items):
            book.reminded[issued] = reached
        book.wrote("reminded")
        book.met["invoices reminded of"] += sum(len(items) for _, _, items in due)
    book.unchanged(lambda: reminding.remind(caller, space, None, []))


def _due(book: Book, space: str) -> Reminded | None:
    """Return the reminder that a space gets today."""
    items = [
        (each.number, late.open, late.days, reached)
        for each in sorted(_standing(book, space), key=lambda each: (each.paper.due, each.number))
        if (late := Late.of(each.paper, book.day)) and (reached := level(late.days, book.reminded.get(each.number, 0)))
    ]
    return (space, max(reached for *_, reached in items), items) if items else None


def _standing(book: Book, space: str) -> Iterator[Issued]:
    """Yield the invoices of a space that nothing credits."""
    gone = {each.credits for each in book.papers}
    return (each for each in book.papers if each.space == space and each.credits is None and each.number not in gone)


def _run(run: RemindRun) -> list[Reminded]:
    return [_reminded(each) for each in run.items]


def _reminded(shown: ShownReminder) -> Reminded:
    items = [(item.number, item.open, item.days_late, item.level) for item in shown.items]
    return shown.space, shown.level, items
