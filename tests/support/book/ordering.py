"""Changes of a contract, lived by the services and by the second reading: ordered, quoted, ended and taken back."""

from __future__ import annotations

from subctl.domain import contract as real
from subctl.domain import pricing
from subctl.domain.numbers import QUOTE
from subctl.results.change import ShownChange
from subctl.results.order import OrderedEnd, Withdrawal
from subctl.service import apply as applying
from subctl.service import cancellation, change, withdrawal
from subctl.service.quote import order_quote as order_saved
from subctl.service.quote import save_quote
from subctl.service.worked_out import WorkedOut
from tests.support.book.acts import Act, Wish
from tests.support.book.book import Book, Kept, Placed, Saved
from tests.support.book.files import amount
from tests.support.oracle import quotes
from tests.support.oracle.calendar import DAY
from tests.support.oracle.catalogs import in_force_on
from tests.support.oracle.life import Life
from tests.support.oracle.terms import Outcome, RefusedError, State
from tests.support.real_life import shown, undated

NOWHERE = "nowhere"


def real_wish(wish: Wish) -> real.Wish:
    """Return what a change names as the services take it."""
    named = dict(wish)
    return real.Wish(**{**named, "licences": tuple(named.get("licences", ()))})


def wanted_of(life: Life, wish: Wish) -> State:
    """Return the end state that a wish leads to."""
    named = dict(wish)
    return life.wanted(**{**named, "licences": dict(named.get("licences", ()))})


def said(change_: pricing.Change) -> tuple[object, ...]:
    """Return what the store says of a change."""
    compared = change_.compared
    assert compared is not None
    return (
        *(change_.kind, change_.price_from, change_.before_fee.amount, change_.after_fee.amount),
        *(compared.before, compared.after, undated(change_.due_now), undated(change_.next_invoice)),
        *map(shown, change_.catch_up),
    )


def told(outcome: Outcome) -> tuple[object, ...]:
    """Return what the second reading says of it."""
    return (
        *(outcome.kind, outcome.price_from, *outcome.own, *outcome.compared),
        *(undated(outcome.due_now), undated(outcome.next_invoice), *map(shown, outcome.catch_up)),
    )


def total(outcome: Outcome) -> int:
    """Return what is due now, with VAT."""
    return outcome.due_now.net + outcome.due_now.tax if outcome.due_now else 0


def _as_support(act: Act) -> bool:
    return "as_support" in act.how


def order_change(book: Book, kept: Kept, act: Act) -> None:
    """pricing.md 4, 5, 6.4: an order costs what its preview says; the same again changes nothing."""
    life, wish, wanted, as_support = kept.life, real_wish(act.wish), wanted_of(kept.life, act.wish), _as_support(act)
    foreseen = book.foreseen(lambda: life.copy().change(book.day, wanted, as_support=as_support))

    def order(command: str, *, expect: str | None = None, seen: ShownChange | None = None) -> ShownChange:
        caller = book.caller(command, as_support=as_support)
        return change.order_change(caller, kept.space, wish, expect=expect, shown=seen)

    if isinstance(foreseen, str):
        book.refused(foreseen, lambda: order("upgrade"))
        return
    seen = book.see(change.preview(book.caller("quote", as_support=as_support), kept.space, wish))
    book.same(said(seen.change), told(foreseen))
    if foreseen.kind == "none":
        book.unchanged(lambda: order("upgrade"))
        return
    book.same(seen.change.available_from, max(book.day, life.start))
    right, wrong = ("downgrade", "upgrade") if foreseen.kind == "downgrade" else ("upgrade", "downgrade")
    digits = in_force_on(book.known, book.day).digits
    if "wrong_way" in act.how:
        if foreseen.kind != "billing":
            book.refused(f"use_{right}", lambda: order(wrong))
        book.refused("expectation_failed", lambda: order(right, expect=amount(total(foreseen) + 1, digits)))
    ordered = book.see(order(right, expect=amount(total(foreseen), digits), seen=seen))
    book.same(ordered.change, seen.change)
    before = life.state
    life.change(book.day, wanted, right, as_support=as_support)
    _ordered(book, kept, before, foreseen, ordered)
    if "over_again" in act.how:
        book.unchanged(lambda: order(wrong))


def _ordered(book: Book, kept: Kept, before: State, outcome: Outcome, ordered: ShownChange) -> Placed:
    """Number an order that both sides placed, and what it issued."""
    placed = book.placed(kept, outcome.kind, before)
    book.met[f"ordered by rule {ordered.change.rule}"] += 1
    numbers = book.issue(kept, placed)
    invoice = numbers[-1] if outcome.due_now else None
    book.same((ordered.order, ordered.issued, ordered.invoice), (placed.number, tuple(numbers), invoice))
    return placed


def quote(book: Book, kept: Kept, act: Act) -> None:
    """pricing.md 6.1: a quote is what the order would be today; the same day's same quote is one."""
    life, wanted, as_support = kept.life, wanted_of(kept.life, act.wish), _as_support(act)
    foreseen = book.foreseen(lambda: quotes.quoted(life, book.day, wanted, as_support=as_support))

    def ask() -> ShownChange:
        return save_quote(book.caller("quote", as_support=as_support), kept.space, real_wish(act.wish))

    if isinstance(foreseen, str):
        book.refused(foreseen, ask)
        return
    if foreseen.outcome.kind == "none":
        book.unchanged(ask)
        return
    shown_ = book.see(ask())
    book.same((*said(shown_.change), shown_.valid_until), (*told(foreseen.outcome), foreseen.valid_until))
    saved = Saved(shown_.quote or "", foreseen, life.buyer, book.known)
    if not any(_same_quote(each, saved) for each in kept.quotes):
        book.same(saved.number, book.next_number(QUOTE))
        book.wrote("quotes")
        kept.quotes.append(saved)
    before = book.cli.bytes
    book.same(ask(), shown_)
    book.same(book.cli.bytes == before, True)


def _same_quote(one: Saved, other: Saved) -> bool:
    """Say whether two quotes are the same one; where other catalogs are known, or the buyer moved, both may be."""
    alike = (one.read, one.buyer, one.known) == (other.read, other.buyer, other.known)
    if alike:
        assert one.number == other.number
    return one.number == other.number


def order_quote(book: Book, kept: Kept, act: Act) -> None:
    """pricing.md 6.2, 6.3: the quote's rates, never more than the quote; expired, then stale; twice is once."""
    if not kept.quotes:
        return
    saved, as_support = kept.quotes[-1 - act.pick % len(kept.quotes)], _as_support(act)
    life, read = kept.life, saved.read

    def order(expect: str | None = None) -> ShownChange:
        return order_saved(book.caller("order", as_support=as_support), saved.number, expect=expect)

    if saved.order:
        if saved.order.withdrawn:
            book.refused("quote_stale", order)
        else:
            book.unchanged(order)
            book.same(order().order, saved.order.number)
        return
    foreseen = book.foreseen(lambda: quotes.order(life.copy(), read, book.day, as_support=as_support))
    if isinstance(foreseen, str):
        book.refused(foreseen, order)
        book.met[f"quotes {foreseen} on a later day"] += foreseen.startswith("quote") and book.day > read.day
        book.met["quotes stale by VAT alone"] += foreseen == "quote_stale" and quotes.fits(life, read, book.day)
        return
    if "wrong_sum" in act.how:
        digits = in_force_on(book.known, book.day).digits
        book.refused("expectation_failed", lambda: order(amount(total(foreseen) + 1, digits)))
    before = life.state
    outcome = quotes.order(life, read, book.day, as_support=as_support)
    ordered = book.see(order())
    book.same(said(ordered.change), told(outcome))
    book.same(outcome.own, read.outcome.own)  # never more than the quote, fee included
    assert total(outcome) <= total(read.outcome)
    saved.order = _ordered(book, kept, before, outcome, ordered)
    book.met["quotes ordered"] += 1
    book.met["quotes ordered on a later day"] += book.day > read.day
    book.met["quotes ordered after a catalog came"] += book.known != saved.known


def cancel(book: Book, kept: Kept, act: Act) -> None:
    """pricing.md 4.3, 4.10: what is due is issued, and the contract ends where the notice reaches."""
    life, as_support = kept.life, _as_support(act)
    caller = book.caller("cancel", as_support=as_support)
    waits = life.end is not None
    foreseen = book.foreseen(lambda: life.copy().cancel(book.day, as_support=as_support))
    if isinstance(foreseen, str):
        book.refused(foreseen, lambda: cancellation.cancel(caller, kept.space))
        return
    if waits:
        book.unchanged(lambda: cancellation.cancel(caller, kept.space))
        return
    preview = book.see(cancellation.preview_cancel(caller, kept.space))
    issued = life.cancel(book.day, as_support=as_support)
    ended = book.see(cancellation.cancel(caller, kept.space, preview))
    placed = book.placed(kept, "cancel", life.state)
    numbers = book.issue(kept, placed)
    assert life.end is not None
    book.same(tuple(map(shown, ended.cancellation.catch_up)), tuple(map(shown, issued)))
    book.same(ended.cancellation.last_day, life.end - DAY if life.end > life.start else None)
    book.same((ended.number, ended.issued, ended.cancellation), (placed.number, tuple(numbers), preview.cancellation))


def withdraw(book: Book, kept: Kept, act: Act) -> None:
    """pricing.md 4.11: the latest change, or a cancellation, goes; what went already changes nothing."""
    if not kept.orders:
        return
    order, as_support = kept.orders[-1 - act.pick % len(kept.orders)], _as_support(act)
    life, caller = kept.life, book.caller("withdraw", as_support=as_support)
    if order.withdrawn and not life.ended(book.day):
        book.unchanged(lambda: withdrawal.withdraw(caller, order.number))
        return
    foreseen = refused_return(book, kept, order, as_support=as_support)
    if foreseen:
        book.refused(foreseen, lambda: withdrawal.withdraw(caller, order.number))
        unsold = order is kept.latest and not life.can_return(life.orders[-1], book.day)
        book.met["withdrawals refused because what returns is not sold"] += foreseen == "too_late" and unsold
        return
    preview = book.see(withdrawal.preview_withdraw(caller, order.number))
    if order.kind == "cancel":
        life.withdraw_cancel(book.day, as_support=as_support)
        credit = None
    else:
        credit = life.withdraw(book.day, as_support=as_support)
    done = book.see(withdrawal.withdraw(caller, order.number))
    order.withdrawn = True
    book.wrote(f"withdrawn {order.kind}")
    numbers = book.issue(kept, order)
    assert isinstance(done, Withdrawal)
    assert isinstance(preview, Withdrawal)
    book.same(done.credit and shown(done.credit), credit and shown(credit))
    book.same((preview.credit, done.order.withdrawn, done.order.number), (done.credit, book.day, order.number))
    if not isinstance(done.order, OrderedEnd):
        book.same(done.order.credit_note, numbers[0] if numbers else None)


def refused_return(book: Book, kept: Kept, order: Placed, *, as_support: bool = False) -> str | None:
    """Return the code by which an order can't be taken back today."""
    life = kept.life.copy()
    try:
        if order.kind == "cancel":
            life.withdraw_cancel(book.day, as_support=as_support)
            return None
        life.refuse_return(book.day, order.before, as_support=as_support)
        if order is not kept.latest:
            return "too_late"
        life.withdraw(book.day, as_support=as_support)
    except RefusedError as refused:
        return str(refused)
    return None


def apply(book: Book, act: Act) -> None:
    """Many contracts in one transaction: all, or with `--keep-going` those that nothing refuses."""
    as_support, keep_going = _as_support(act), "keep_going" in act.how
    named: dict[str, Wish] = {}
    for place, wish in act.wishes:
        named.setdefault([*book.kept, NOWHERE][place % (len(book.kept) + 1)], wish)
    rows = [applying.Wanted(line, space, real_wish(wish)) for line, (space, wish) in enumerate(named.items(), 2)]
    foreseen = {space: _foreseen_row(book, space, wish, as_support=as_support) for space, wish in named.items()}
    codes = {space: code for space, code in foreseen.items() if isinstance(code, str)}
    caller = book.caller("apply", as_support=as_support)
    if codes and not keep_going:
        book.refused(next(iter(codes.values())), lambda: applying.apply(caller, rows, WorkedOut(), keep_going=False))
        return
    preview = book.see(applying.preview_apply(caller, rows, WorkedOut(), keep_going=keep_going))
    applied = book.see(applying.apply(caller, rows, WorkedOut(), keep_going=keep_going, shown=preview))
    book.same([(each.space, each.error.code) for each in applied.failed], list(codes.items()))
    outcomes = {space: each for space, each in foreseen.items() if not isinstance(each, str)}
    book.same(
        [(each.space, *said(each.change)) for each in applied.changes], [(s, *told(o)) for s, o in outcomes.items()]
    )
    book.same(applied.total, sum(map(total, outcomes.values())))
    for done, (space, outcome) in zip(applied.changes, outcomes.items(), strict=True):
        if outcome.kind != "none":
            kept = book.kept[space]
            before = kept.life.state
            kept.life.change(book.day, wanted_of(kept.life, named[space]), as_support=as_support)
            _ordered(book, kept, before, outcome, done)
    book.met["apply runs"] += 1
    book.met["apply runs of several contracts"] += len(outcomes) > 1
    book.met["apply runs that left rows out"] += bool(codes)


def _foreseen_row(book: Book, space: str, wish: Wish, *, as_support: bool) -> Outcome | str:
    if space == NOWHERE:
        return "not_found"
    life = book.kept[space].life.copy()
    return book.foreseen(lambda: life.change(book.day, wanted_of(life, wish), as_support=as_support))
