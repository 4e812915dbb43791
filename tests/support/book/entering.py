"""Contracts that are entered, by both sides, on any day before or after they started."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from subctl.domain import contract as real
from subctl.service import contract_page, spaces
from subctl.service.party import Party
from tests.support.book.acts import Act, Details, Entry
from tests.support.book.book import Book, Kept
from tests.support.book.files import NOT_A_VAT_ID, PARTY
from tests.support.oracle import timeline
from tests.support.oracle.calendar import DAY, next_first
from tests.support.oracle.catalogs import in_force_on, known_from
from tests.support.oracle.customers import Customer, refuse_entry
from tests.support.oracle.life import Life
from tests.support.oracle.terms import ANNUAL, RefusedError


def enter(book: Book, act: Act) -> None:
    """pricing.md 2.4, 2.5, 5: a contract that is entered on any day, before or after it started."""
    entry = act.entry
    assert entry is not None
    as_support = "as_support" in act.how
    life = _entered(book, entry)
    new = spaces.NewSpace(
        entry.space,
        entry.buyer.name,
        real.State(*vars(entry.state).values()),
        country="NL" if entry.bad == "vat" else entry.buyer.country,
        start=life.start,
        renews_on=book.day if entry.bad == "renewal" else life.renews_on,
        billed_through=book.day + timedelta(1000) if entry.bad == "through" else life.billed_through,
        active_users=entry.state.users + 1 if entry.bad == "active" else entry.active,
        vat_id=NOT_A_VAT_ID if entry.bad == "vat" else entry.buyer.vat_id,
        payment=entry.payment,
        **told_as(entry.details),
    )
    caller = book.caller("space add", as_support=as_support)
    code = _refused_entry(book, entry, as_support=as_support)
    if code:
        book.refused(code, lambda: spaces.add_space(caller, new))
        return
    added = book.see(spaces.add_space(caller, new))
    kept = book.kept[entry.space] = Kept(entry.space, life, details=dict(entry.details))
    life.customer = Customer(entry.space, entry.active, entry.payment)
    assumed = life.billed_until - DAY if life.billed_until > life.first and life.billed_through is None else None
    book.same(added.assumed, assumed)
    book.same(added.page, contract_page.show_contract(book.caller("show"), kept.space))
    book.wrote("contracts entered")
    book.met["contracts entered after they started"] += life.start < book.day


def _refused_entry(book: Book, entry: Entry, *, as_support: bool) -> str | None:
    """Return the code by which a contract can't be entered."""
    if entry.space in book.kept:
        return "already_exists"
    if not all(catalog.sells(entry.state) for catalog in known_from(book.known, book.day)):
        return "not_found"
    try:
        catalog = in_force_on(book.known, book.day)
        refuse_entry(entry.space, catalog, entry.state, entry.payment, as_support=as_support)
    except RefusedError as refused:
        return str(refused)
    return "bad_input" if entry.bad else None


def _entered(book: Book, entry: Entry) -> Life:
    """Return the life; renewal date and last invoiced day are brought into what pricing.md 2.4 and 2.5 allow."""
    start = book.day + timedelta(entry.starts_in)
    first = start if start.day == 1 else next_first(start)
    renews_on = None
    if entry.state.billing == ANNUAL and entry.renews_in is not None:
        renews_on = max(first, book.day) + timedelta(entry.renews_in)
    life = Life(book.known, entry.state, start, book.day, renews_on, buyer=entry.buyer)
    if entry.billed_back is None or life.billed_until == first:
        return life
    boundaries = [first]
    for _, end in timeline.periods(life.steps, first):
        if end > life.billed_until:
            break
        boundaries.append(end)
    through = boundaries[max(0, len(boundaries) - 1 - entry.billed_back)] - DAY
    return Life(book.known, entry.state, start, book.day, renews_on, through, entry.buyer)


def told_as(details: Details) -> dict[str, Any]:
    """Return what is told of a customer as the services take it."""
    named: dict[str, Any] = dict(details)
    party = {key: named.pop(key) for key in PARTY if key in named}
    return {**named, "party": Party(**party)}
