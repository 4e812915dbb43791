"""The data of a paper, as `paper.typ` takes them, and what several kinds of papers share.

Everything here is text for people already: the layout adds no word, and understands none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Literal, TypedDict

from subctl.domain.catalog import Seller
from subctl.domain.invoice import Draft, Line
from subctl.domain.tax import STANDARD
from subctl.results.parties import BuyerDetails
from subctl.view import words
from subctl.view.language import _, spoken
from subctl.view.papers import wording
from subctl.view.texts import line_words

Pair = tuple[str, str]


class ChargedLine(TypedDict):
    """A line of an invoice; `period` only where it isn't the invoice's."""

    item: str
    period: str
    quantity: str
    rate: str
    months: str
    amount: str


class Sum(TypedDict):
    """A sum below the lines; the total is `strong`."""

    name: str
    amount: str
    strong: bool


class Charged(TypedDict):
    """The lines of an invoice, or of one to come, with their sums."""

    kind: Literal["charged"]
    title: str
    head: list[str]
    rows: list[ChargedLine]
    sums: list[Sum]


class ComparedRow(TypedDict):
    """What is and what will be."""

    name: str
    before: str
    after: str
    differs: bool


class Compared(TypedDict):
    """What a change changes, and from when."""

    kind: Literal["compared"]
    head: list[str]
    rows: list[ComparedRow]
    dates: list[Pair]


class Payment(TypedDict):
    """How an invoice is paid; `code` is the picture of a payment code as SVG, or nothing."""

    kind: Literal["payment"]
    title: str
    rows: list[Pair]
    code: str
    caption: str


class Notes(TypedDict):
    """Sentences, each a paragraph."""

    kind: Literal["notes"]
    notes: list[str]


class Signature(TypedDict):
    """A sentence, and the places below it that are filled in by hand."""

    kind: Literal["signature"]
    sentence: str
    places: list[str]


class Listed(TypedDict):
    """Documents, one a row, with the sum of their last column."""

    kind: Literal["listed"]
    head: list[str]
    rows: list[list[str]]
    sum: Pair


Part = Charged | Compared | Listed | Payment | Notes | Signature


class About(TypedDict):
    """What a file says of itself, and no reader of the paper sees: no break is put into it."""

    title: str
    author: str
    number: str
    language: str


class Sheet(TypedDict):
    """A whole paper; `day` is the document's and the file's, `country` the buyer's."""

    about: About
    day: date
    country: str
    title: str
    number: str
    continued: str
    seller: str
    sender: str
    to: list[str]
    facts: list[Pair]
    claim: str
    parts: list[Part]
    footer: list[list[str]]
    page: str


def sheet(
    title: str,
    number: str,
    day: date,
    seller: Seller,
    buyer: BuyerDetails,
    *,
    facts: Iterable[tuple[str, str | None]],
    claim: str,
    parts: Iterable[Part | None],
) -> Sheet:
    """Return a paper between a seller and a buyer; facts without a value, and parts that are none, are left out.

    The labels of facts are those of `wording`, in English; all else is said already.
    """
    return {
        "about": {"title": f"{title} {number}", "author": seller.name, "number": number, "language": spoken()},
        "day": day,
        "country": buyer.country,
        "title": title,
        "number": number,
        "continued": wording.continued(title, number),
        "seller": seller.name,
        "sender": " · ".join([seller.name, *words.place(seller)]),
        "to": [
            *filter(None, (buyer.name, buyer.contact)),
            *words.place(buyer),
            *_ids(buyer.vat_id, buyer.legal_id, None),
        ],
        "facts": [(_(label), value) for label, value in facts if value],
        "claim": claim,
        "parts": [part for part in parts if part],
        "footer": _footer(seller),
        "page": _(wording.PAGE),
    }


def _footer(seller: Seller) -> list[list[str]]:
    contact = (seller.contact, seller.email, seller.support if seller.support != seller.email else None, seller.phone)
    return [
        [seller.name, *words.place(seller)],
        _ids(seller.vat_id, seller.legal_id, seller.tax_id),
        [text for text in contact if text],
    ]


def _ids(vat_id: str | None, legal_id: str | None, tax_id: str | None) -> list[str]:
    scheme, colon, number = (legal_id or "").partition(":")
    named = (
        wording.vat_number(vat_id) if vat_id else "",
        wording.legal_id(scheme, number) if colon else "",
        wording.tax_number(tax_id) if tax_id else "",
    )
    return [each for each in named if each]


def charged(draft: Draft, sums: tuple[int, int, int] | None = None, title: str = "") -> Charged:
    """Return an invoice's lines; `sums` are those that were kept, where it has a number."""
    net, tax, total = (words.amount(amount, draft.currency) for amount in sums or (draft.net, draft.tax, draft.total))
    vat: Sum = {
        "name": wording.vat_name(draft.vat),
        "amount": tax if draft.vat.category == STANDARD else "–",
        "strong": False,
    }
    return {
        "kind": "charged",
        "title": title,
        "head": [*map(_, wording.LINES), draft.currency],
        "rows": [_line(line, draft) for line in draft.lines],
        "sums": [
            {"name": words.net_sum(), "amount": _minus(net), "strong": False},
            {**vat, "amount": _minus(vat["amount"])},
            {"name": wording.total(draft), "amount": _minus(total), "strong": True},
        ],
    }


def _line(line: Line, draft: Draft) -> ChargedLine:
    return {
        "item": line_words(line),
        "period": words.period(line.period) if line.period != draft.period else "",
        "quantity": _minus(words.count(line.quantity)),
        "rate": words.per(_minus(words.rate(line.rate)), line.per),
        "months": words.months(line.months),
        "amount": _minus(words.amount(line.amount, draft.currency)),
    }


def _minus(number: str) -> str:
    """Write a number with the sign that is made for it, as wide as a digit."""
    return number.replace("-", "−")


def notes(*sentences: str | None) -> Notes | None:
    """Return sentences as paragraphs, or nothing where there are none."""
    said = [line for sentence in sentences if sentence for line in sentence.split("\n")]
    return {"kind": "notes", "notes": said} if said else None


def in_fours(text: str) -> str:
    """Write an account or a reference in groups of four, as people read it."""
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


_TOO_LONG = re.compile(r"\S{21,}")
_MOST_WITHOUT_BREAK = 20
_MAY_BREAK = "\u200b"
_JOINER = "\u200d"


def breakable(text: str) -> str:
    """Let a text break after every 20 letters without a blank: a column can't be wider than the paper."""
    return _TOO_LONG.sub(lambda match: _with_breaks(match[0]), text)


def _with_breaks(run: str) -> str:
    pieces, since = [], 0
    for place, letter in enumerate(run):
        joined = unicodedata.category(letter).startswith("M") or _JOINER in (letter, run[place - 1])
        if since >= _MOST_WITHOUT_BREAK and not joined:
            pieces.append(_MAY_BREAK)
            since = 0
        pieces.append(letter)
        since += 1
    return "".join(pieces)
