"""An order or a cancellation as a paper: what was agreed, and what was issued with it."""

from __future__ import annotations

from subctl.domain.ending import CANCEL
from subctl.results.order import Ordered, OrderedChange, OrderedEnd
from subctl.view import words
from subctl.view.language import _
from subctl.view.papers import wording
from subctl.view.papers.sheet import Sheet, notes
from subctl.view.papers.sheet import sheet as paper
from subctl.view.papers.sheets.change import between, claim, due_already, parts
from subctl.view.texts import vat_words
from subctl.view.titles import titled_change, titled_end


def sheet(order: Ordered) -> Sheet:
    """Return what stands on an order; that it was withdrawn later is said on screens only."""
    return _change(order) if isinstance(order, OrderedChange) else _end(order)


def _change(order: OrderedChange) -> Sheet:
    shown, parties = titled_change(order.shown), between(order.shown.parties)
    return paper(
        _(wording.ORDER),
        order.number,
        shown.change.day,
        parties.seller,
        parties.buyer,
        facts=(
            (wording.DATE, words.day(shown.change.day)),
            (wording.QUOTED, shown.quote),
            (wording.INVOICED, ", ".join(shown.issued)),
            (wording.SPACE, shown.space),
            (wording.YOUR_REFERENCE, parties.buyer.reference),
            (wording.BUYER_REFERENCE, parties.buyer.buyer_reference),
        ),
        claim=claim(shown),
        parts=parts(shown),
    )


def _end(order: OrderedEnd) -> Sheet:
    cancellation, parties = titled_end(order).cancellation, between(order.parties)
    return paper(
        _(wording.CANCELLATION),
        order.number or "",
        cancellation.day,
        parties.seller,
        parties.buyer,
        facts=(
            (wording.DATE, words.day(cancellation.day)),
            (wording.LAST_DAY, words.day(cancellation.last_day)),
            (wording.INVOICED, ", ".join(order.issued)),
            (wording.SPACE, order.space),
            (wording.YOUR_REFERENCE, parties.buyer.reference),
            (wording.BUYER_REFERENCE, parties.buyer.buyer_reference),
        ),
        claim=wording.change_of(CANCEL, order.space),
        parts=(
            notes(wording.ends(cancellation.last_day)),
            *(due_already(draft) for draft in cancellation.catch_up),
            notes(*dict.fromkeys(vat_words(draft.vat) for draft in cancellation.catch_up)),
        ),
    )
