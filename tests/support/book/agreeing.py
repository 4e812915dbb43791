"""What holds after every step: the store's contracts say what the second reading says."""

from __future__ import annotations

from datetime import date, timedelta

from subctl.results.contract_page import ContractPage
from subctl.results.lists import Invoices, Orders, Quotes
from subctl.service import contract_page, forecast, lists
from subctl.service.paging import Wanted
from tests.support.book.book import Book, Kept, Saved
from tests.support.book.ordering import refused_return
from tests.support.oracle import quotes, timeline
from tests.support.oracle.calendar import DAY
from tests.support.oracle.owed import balanced
from tests.support.oracle.terms import Invoice, State
from tests.support.real_life import shown, steps_of, undated

FAR = timedelta(800)


def agree(book: Book, touched: Kept | None = None) -> None:
    """Hold the contract that was touched, or all, to the second reading, and to what is owed."""
    for kept in (touched,) if touched else book.kept.values():
        _contract_agrees(book, kept)
        assert balanced(kept.life), "invoices and price steps differ"
        book.met["values compared"] += 1


def _contract_agrees(book: Book, kept: Kept) -> None:
    """pricing.md 1, 4: price steps with their promises, what is billed, the end; what can still be done."""
    life = kept.life
    page = book.see(contract_page.show_contract(book.caller("show"), kept.space))
    contract, current = page.contract, page.contract.current
    book.same(State(current.plan, current.users, current.licences, current.billing), life.state)
    book.same(steps_of(contract.steps), steps_of(life.steps))
    book.same(
        (contract.billed_from, _first_billed(book, kept), contract.billed_until, contract.end),
        (life.first, life.billed_elsewhere, life.billed_until, life.end),
    )
    book.same(page.billed_until, life.billed_until - DAY if life.billed_until > life.first else None)
    assert life.customer is not None
    space = page.space
    book.same((space.active_users, space.payment, space.locked), (*vars(life.customer).values(),)[1:])
    book.same((space.name, space.country, space.vat_id), (life.buyer.name, life.buyer.country, life.buyer.vat_id))
    upcoming = _next_invoice(kept, max(life.billed_until, book.day) + FAR)
    book.same(undated(page.next_invoice), undated(upcoming))
    _rights_agree(book, kept, page)
    if not life.ended(book.day):
        _fees_agree(book, kept, page)
        _deadlines_agree(book, kept, page)


def _first_billed(book: Book, kept: Kept) -> date:
    """Return the first day that this store bills (pricing.md 2.5)."""
    ((day,),) = book.cli.sql("SELECT first_billed FROM contracts WHERE space = ?", kept.space)
    return date.fromisoformat(day)


def _next_invoice(kept: Kept, until: date) -> Invoice | None:
    """Return the next invoice of a life, of those to come."""
    return next((invoice for invoice in kept.life.unbilled(until) if invoice.net > 0), None)


def _rights_agree(book: Book, kept: Kept, page: ContractPage) -> None:
    """pricing.md 4.10, 4.11, 6.2: what can be withdrawn, and which quotes can be ordered."""
    life, latest, waiting = kept.life, kept.latest, kept.waiting
    free = latest is not None and refused_return(book, kept, latest) is None
    book.same(page.withdrawable, latest.number if latest and free else None)
    book.same(page.cancellation, waiting.number if waiting and not life.ended(book.day) else None)
    status = "ending" if life.end else "active"
    if life.ended(book.day):
        status = "ended"
    elif book.day < life.start:
        status = "upcoming"
    book.same(page.status, status)
    open_ = {
        saved.number
        for saved in kept.quotes
        if not saved.order
        and book.day <= saved.read.valid_until
        and quotes.fits(life, saved.read, book.day)
        and not life.ended(book.day)
    }
    book.same(set(page.open_quotes), open_)


def _fees_agree(book: Book, kept: Kept, page: ContractPage) -> None:
    """pricing.md 3.2, 3.4: each step's fee in the period of today, or in its own first one."""
    life = kept.life
    now = timeline.in_force(life.steps, book.day)
    expected = []
    for step in life.steps:
        if step.start >= now.start:
            period = timeline.period_holding(life.steps, life.first, max(book.day, step.start))
            expected.append((step.start, life.rates_in(step, *period).fee(step.state)))
    book.same([(step.start, step.fee.amount) for step in page.steps], expected)
    boundary = timeline.period_holding(life.steps, life.first, book.day)[1]
    book.same(page.renews_on, min(boundary, life.end or boundary))


def _deadlines_agree(book: Book, kept: Kept, page: ContractPage) -> None:
    """pricing.md 4.7, 4.10: when a reduction and a cancellation of today would count."""
    free = quotes.unrefused(kept.life)
    if free.end is None:
        other = free.copy()
        other.cancel(book.day)
        assert other.end
        assert page.cancel
        book.same(page.cancel.last_day, other.end - DAY if other.end > other.start else None)
    else:
        book.same(page.cancel, None)
    outcome = free.copy().change(book.day, free.wanted(users=free.state.users - 1)) if free.state.users > 1 else None
    if outcome and outcome.kind == "downgrade":
        book.same(page.downgrade and page.downgrade.effective, outcome.price_from)


def everything_can_be_read(book: Book) -> None:
    """Nothing leaves a contract that a command can't read: each is shown, foreseen and listed, ended ones too."""
    for kept in book.kept.values():
        book.see(forecast.forecast(book.caller("forecast"), kept.space, 24))
    quotes_, orders, invoices = (
        book.see(lists.list_documents(book.caller("list"), kind, Wanted())) for kind in ("quotes", "orders", "invoices")
    )
    book.see(lists.list_documents(book.caller("list"), "spaces", Wanted()))
    book.see(lists.list_documents(book.caller("list"), "plans", Wanted()))
    assert isinstance(quotes_, Quotes)
    assert isinstance(orders, Orders)
    assert isinstance(invoices, Invoices)
    every = [order for kept in book.kept.values() for order in kept.orders]
    withdrawn = {(order.number, order.kind, order.withdrawn) for order in every}
    book.same({(item.number, item.kind, item.withdrawn is not None) for item in orders.items}, withdrawn)
    statuses = {saved.number: _status(book, kept, saved) for kept in book.kept.values() for saved in kept.quotes}
    book.same({item.number: item.status for item in quotes_.items}, statuses)
    listed = [(item.number, item.space, item.kind, item.net, item.vat, item.total) for item in invoices.items]
    papers = [
        (found.number, found.space, shown(found.draft)[0], found.net, found.vat, found.total) for found in book.seen
    ]
    book.same(listed[::-1], papers)


def _status(book: Book, kept: Kept, saved: Saved) -> str:
    """Return what became of a quote (pricing.md 6.2)."""
    if saved.order and not saved.order.withdrawn:
        return "ordered"
    if book.day > saved.read.valid_until:
        return "expired"
    open_ = not saved.order and quotes.fits(kept.life, saved.read, book.day) and not kept.life.ended(book.day)
    return "open" if open_ else "stale"
