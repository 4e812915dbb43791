"""A quote as a paper: what whoever signs must see, and the place to sign; and what orders share with it."""

from __future__ import annotations

from collections.abc import Iterator

from subctl.domain.contract import licences_of
from subctl.domain.invoice import Draft
from subctl.domain.pricing import BILLING, UP, Change
from subctl.results.change import ShownChange
from subctl.results.parties import Parties
from subctl.view import codes, words
from subctl.view.language import _
from subctl.view.papers import wording
from subctl.view.papers.sheet import Charged, Compared, ComparedRow, Notes, Pair, Part, Sheet, Signature, charged, notes
from subctl.view.papers.sheet import sheet as paper
from subctl.view.texts import vat_words
from subctl.view.titles import titled_change


def sheet(shown: ShownChange) -> Sheet:
    """Return what stands on a quote."""
    shown = titled_change(shown)
    number, valid, parties = shown.quote or "", words.day(shown.valid_until), between(shown.parties)
    return paper(
        _(wording.QUOTE),
        number,
        shown.change.day,
        parties.seller,
        parties.buyer,
        facts=(
            (wording.DATE, words.day(shown.change.day)),
            (wording.VALID_UNTIL, valid),
            (wording.SPACE, shown.space),
            (wording.YOUR_REFERENCE, parties.buyer.reference),
            (wording.BUYER_REFERENCE, parties.buyer.buyer_reference),
        ),
        claim=claim(shown),
        parts=(*parts(shown), _signature(wording.promise(number, valid, parties.seller.support))),
    )


def _signature(sentence: str) -> Signature:
    return {"kind": "signature", "sentence": sentence, "places": [*map(_, wording.SIGNATURE)]}


def between(parties: Parties | None) -> Parties:
    """Return the parties of a document; a preview has none, and no paper."""
    if parties is None:
        raise TypeError("A preview has no paper.")
    return parties


def claim(shown: ShownChange) -> str:
    """Say what a change is and what it costs now."""
    change = shown.change
    what = wording.change_of(change.kind, shown.space)
    if change.due_now is None:
        return wording.nothing_due(what)
    return wording.something_due(what, words.money(change.due_now.total, change.currency))


def parts(shown: ShownChange) -> Iterator[Part | None]:
    """Yield what a change changes, and what it costs now and next."""
    change = shown.change
    yield _compared(change, _plans(shown))
    for draft in change.catch_up:
        yield due_already(draft)
    yield from filter(None, (_due_now(change), _next(change)))
    yield _vat_notes(change)


def due_already(draft: Draft) -> Charged:
    """Return an invoice that comes with an order, and was due without it."""
    return charged(draft, title=wording.due_already(_total(draft), draft.period))


def _total(draft: Draft) -> str:
    return words.money(draft.total, draft.currency)


def _due_now(change: Change) -> Charged | None:
    draft = change.due_now
    return charged(draft, title=wording.due_now(_total(draft), draft.period)) if draft else None


def _next(change: Change) -> Charged | None:
    draft = change.next_invoice
    if draft is None:
        return None
    return charged(draft, title=wording.due_next(_total(draft), draft.day, draft.period))


def _vat_notes(change: Change) -> Notes | None:
    """Return why there is no VAT, once for all the invoices that say the same."""
    drafts = filter(None, (*change.catch_up, change.due_now, change.next_invoice))
    return notes(*dict.fromkeys(vat_words(draft.vat) for draft in drafts))


def _plans(shown: ShownChange) -> tuple[str, str]:
    """Return what the plans are called; two of one title, each with its id."""
    plans = shown.change.before.plan, shown.change.after.plan
    before, after = shown.titles or plans
    if before != after or plans[0] == plans[1]:
        return before, after
    return wording.plan(before, plans[0]), wording.plan(after, plans[1])


def _compared(change: Change, plans: tuple[str, str]) -> Compared:
    before, after = change.before, change.after
    had = licences_of(before, change.licences)
    rows = [
        (_(wording.PLAN), *plans),
        (_(wording.USERS), words.count(before.users), words.count(after.users)),
        *(
            (words.licences(kind), words.count(had.get(kind, 0)), words.count(number))
            for kind, number in licences_of(after, change.licences).items()
        ),
        (_(wording.BILLING), codes.billing(before.billing), codes.billing(after.billing)),
        _fees(change),
    ]
    return {
        "kind": "compared",
        "head": [*map(_, wording.STATES)],
        "rows": [_row(name, old, new) for name, old, new in rows],
        "dates": list(_dates(change)),
    }


def _row(name: str, old: str, new: str) -> ComparedRow:
    return {"name": name, "before": old, "after": new, "differs": old != new}


def _fees(change: Change) -> tuple[str, str, str]:
    """Return what the states cost; where they are paid differently, each in its own unit."""
    before, after, currency = change.before_fee, change.after_fee, change.currency
    if before.per == after.per:
        return words.per(currency, after.per), words.fee_amount(before, currency), words.fee_amount(after, currency)
    return currency, wording.fee(before, currency), wording.fee(after, currency)


def _dates(change: Change) -> Iterator[Pair]:
    if change.kind != BILLING:
        day = change.available_from or change.day
        first = wording.USABLE_FROM if change.kind == UP else wording.IN_USE_FROM
        yield _(first), wording.at_once(day) if day == change.day else words.day(day)
    if change.free_until:
        yield _(wording.FREE_UNTIL), words.day(change.free_until)
    yield _(wording.NEW_PRICE_FROM), words.day(change.price_from, _(wording.NEVER))
