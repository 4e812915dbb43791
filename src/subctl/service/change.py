"""Quote, upgrade, downgrade and order: one computation, previewed, saved or executed (pricing.md 4 to 6)."""

from typing import NamedTuple

from subctl.domain.catalog import Catalog
from subctl.domain.contract import Contract, State, Wish, licences_of
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import Fee
from subctl.domain.money import format_amount, format_fee, parse_amount
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number, parse_number
from subctl.domain.pricing import Change, Planned, plan_change
from subctl.domain.quoting import Terms, quote_terms, taxed_otherwise
from subctl.domain.rate_card import Offer
from subctl.domain.refusals import (
    change_command,
    expired,
    refuse_change,
    refuse_direction,
    refuse_ended,
    refuse_unoffered,
    refuse_unsold,
    stale,
)
from subctl.domain.text import safe
from subctl.results.change import ShownChange
from subctl.service.document_page import shown_ordered, shown_quote, stale_because
from subctl.service.session import Caller, Session, buyer_of, customer_of, near, reading, writing
from subctl.store import documents, read


class _Decision(NamedTuple):
    """A change that nothing in the rules refuses, and what it was decided on."""

    space: read.Space
    before: Contract
    planned: Planned

    @property
    def change(self) -> Change:
        return self.planned.change

    @property
    def shown(self) -> ShownChange:
        return ShownChange(self.space.id, self.change, self.change.changed)


def _decide(session: Session, asked: str | None, wish: Wish, saved: documents.Quote | None = None) -> _Decision:
    """Work out a change and refuse it by the first rule it breaks, the clock last (pricing.md 5).

    `saved` is the quote that is ordered: its rates count, and its VAT must still be the same (pricing.md 6.2).
    """
    space, contract = session.load(asked)
    refuse_ended(contract, session.day)
    wanted = wish.applied_to(contract.current)
    if wanted.plan != contract.current.plan:
        require_plan(session, wanted.plan)
    refuse_unsold(session.catalogs, session.day, contract.current, wanted)
    offer = Offer(saved.day, session.catalogs.known_by(saved.catalog)) if saved else None
    planned = plan_change(contract, wanted, session.day, session.catalogs, buyer_of(space), offer)
    if saved and taxed_otherwise(saved.change, planned.change):
        raise _stale(session, saved, "the VAT has changed")
    if planned.change.changed:
        refuse_change(contract, customer_of(space), wanted, session.catalog, as_support=session.caller.as_support)
        refuse_direction(session.caller.command, planned.change.kind)
        session.check_clock()
    return _Decision(space, contract, planned)


def require_plan(session: Session, plan: str) -> None:
    """Refuse a plan that isn't sold today, or not in a catalog that is known to come (`not_found`)."""
    if plan not in session.catalog.plans:
        hint = near(plan, list(session.seen(session.catalog).plans), "subctl list plans")
        raise SubctlError("not_found", f"There is no plan '{safe(plan)}'.", hint)
    refuse_unoffered(session.catalogs, session.day, plan)


def choices(caller: Caller, asked: str | None) -> tuple[str, State, Catalog]:
    """Return the space, what is so today, and the plans there are, for someone who is asked what to change."""
    with reading(caller, asked) as session:
        space, contract = session.load(asked)
        refuse_ended(contract, session.day)
        return space.id, contract.current, session.seen(session.catalog)


def preview(caller: Caller, asked: str | None, wish: Wish, *, expect: str | None = None) -> ShownChange:
    """Return what a change would cost, refused where the order would be, and write nothing."""
    with reading(caller, asked) as session:
        decision = _decide(session, asked, wish)
        _check_expectation(decision.change, expect)
        return decision.shown


def quote(caller: Caller, asked: str | None, wish: Wish, *, shown: ShownChange | None = None) -> ShownChange:
    """Preview a change and save it as a quote; the same one asked for again the same day is the same (6.1).

    `shown` is the preview that is to be saved (`quote_stale` where the contract has moved since).
    """
    with writing(caller, asked) as session:
        decision = _decide(session, asked, wish)
        _refuse_moved(decision, shown)
        if not decision.change.changed:
            return decision.shown
        terms = quote_terms(decision.before, decision.change, session.catalogs, buyer_of(decision.space))
        if not session.writes:
            return decision.shown._replace(valid_until=terms.valid_until)
        return _saved_before(session, decision, terms) or _save_quote(session, decision, terms)


def _saved_before(session: Session, decision: _Decision, terms: Terms) -> ShownChange | None:
    """Return the quote of today that has the same facts."""
    for saved in documents.quotes_of(session.connection, decision.space.id, session.day, decision.before.version):
        if (saved.day, saved.valid_until, saved.change) == (session.day, terms.valid_until, decision.change):
            return shown_quote(saved)
    return None


def _save_quote(session: Session, decision: _Decision, terms: Terms) -> ShownChange:
    from subctl.store import facts, write

    next_number = number(QUOTE, write.next_document_id(session.connection, "quotes", session.day))
    write.insert_document(
        session.connection,
        "quotes",
        session.day,
        {
            "space": decision.space.id,
            "valid_until": terms.valid_until.isoformat(),
            "version": decision.before.version,
            "catalog": session.catalogs.newest,
            "buyer": decision.space.buyer,
            "boundary": terms.boundary.isoformat() if terms.boundary else None,
            "vat_category": terms.vat.category,
            "vat_rate": terms.vat.rate,
            "before": facts.snapshot_text(decision.before),
            "document": facts.change_text(decision.change),
            "words": _words(session, decision.change),
        },
    )
    session.record(decision.space.id, quote=next_number)
    return decision.shown._replace(quote=next_number, valid_until=terms.valid_until)


def order_change(
    caller: Caller,
    asked: str | None,
    wish: Wish,
    *,
    expect: str | None = None,
    shown: ShownChange | None = None,
) -> ShownChange:
    """Order a change; `shown` is the preview that was agreed to, `expect` what must be due now (6.4).

    Errors: `quote_stale` where the contract has moved since the preview, `expectation_failed`, and pricing.md 5.
    """
    with writing(caller, asked) as session:
        decision = _decide(session, asked, wish)
        _check_expectation(decision.change, expect)
        _refuse_moved(decision, shown)
        return _execute(session, decision)


def _refuse_moved(decision: _Decision, shown: ShownChange | None) -> None:
    if shown is not None and shown != decision.shown:
        raise SubctlError("quote_stale", "The contract has moved since this preview.", "Look again, then order.")


def order_in(session: Session, asked: str, wish: Wish) -> ShownChange:
    """Order a change inside a transaction that orders several; up or down alike."""
    return _execute(session, _decide(session, asked, wish))


def order_quote(caller: Caller, number_text: str, *, expect: str | None = None) -> ShownChange:
    """Accept a quote: what was shown is ordered, or refused (pricing.md 6.2, 6.3).

    Errors: `not_found`, `quote_expired`, `quote_stale`, `expectation_failed`, and pricing.md 5.
    """
    with writing(caller, document=number_text) as session:
        saved = find_quote(session, number_text)
        ordered = documents.order_of_quote(session.connection, saved.id)
        if ordered is not None:
            if ordered.withdrawn:
                raise _stale(session, saved, f"its order was withdrawn on {ordered.withdrawn}")
            return shown_ordered(ordered, saved)._replace(changed=False)
        _, contract = session.load(saved.space)
        refuse_ended(contract, session.day)
        _refuse_old(session, saved, contract)
        decision = _decide(session, saved.space, _naming_all(contract.current, saved.change.after), saved)
        _check_expectation(decision.change, expect)
        return _execute(session, decision, saved)


def _naming_all(current: State, after: State) -> Wish:
    """Return the wish that names the whole of a state; a kind of licence that is there now and not then is 0."""
    licences = {**dict.fromkeys(dict(current.licences), 0), **dict(after.licences)}
    return Wish(after.plan, after.users, tuple(licences.items()), after.billing)


def find_quote(session: Session, number_text: str) -> documents.Quote:
    """Return a quote of a space this account may see (`not_found`, `not_administrator`)."""
    series, quote_id = parse_number(number_text)
    saved = documents.quote(session.connection, quote_id) if series == QUOTE else None
    return session.own_document(saved, number_text, "quote")


def _refuse_old(session: Session, saved: documents.Quote, contract: Contract) -> None:
    if session.day > saved.valid_until:
        raise expired(number(QUOTE, saved.id), saved.valid_until, _again(session, saved))
    why = stale_because(session, saved, contract)
    if why:
        raise _stale(session, saved, why)


def _stale(session: Session, saved: documents.Quote, why: str) -> SubctlError:
    return stale(number(QUOTE, saved.id), why, _again(session, saved))


def _again(session: Session, saved: documents.Quote) -> str:
    """Write the command that asks for what a quote offered."""
    before, after = saved.change.before, saved.change.after
    had = dict(before.licences)
    whole = _naming_all(before, after)
    wish = Wish(
        plan=after.plan if after.plan != before.plan else None,
        users=after.users if after.users != before.users else None,
        licences=tuple((kind, count) for kind, count in whole.licences if count != had.get(kind, 0)),
        billing=after.billing if after.billing != before.billing else None,
    )
    return change_command("quote", saved.space, wish, as_support=session.caller.as_support)


def _check_expectation(change: Change, expect: str | None) -> None:
    """Refuse an order that doesn't cost what was expected (pricing.md 6.4)."""
    if expect is None:
        return
    wanted = parse_amount(expect, change.currency, "--expect")
    due = change.total_now
    if change.changed and wanted != due:
        raise SubctlError(
            "expectation_failed",
            f"{format_amount(due, change.currency)} {change.currency} would be due now,"
            f" not {format_amount(wanted, change.currency)}.",
            "Look at the preview, then order with the right --expect.",
        )


def _words(session: Session, change: Change) -> str:
    """Write what was shown in words of a change: of all invoices that it names."""
    from subctl.store import facts

    wording = session.caller.wording
    due, upcoming = ([draft] if draft else [] for draft in (change.due_now, change.next_invoice))
    return facts.words_text(
        catch_up=map(wording, change.catch_up), due_now=map(wording, due), next_invoice=map(wording, upcoming)
    )


def _execute(session: Session, decision: _Decision, saved: documents.Quote | None = None) -> ShownChange:
    """Order a change in the session's transaction: invoices, price steps, the order, its history."""
    change, space, shown = decision.change, decision.space, decision.shown
    if saved:
        shown = shown._replace(quote=number(QUOTE, saved.id), valid_until=saved.valid_until)
    if not change.changed or not session.writes:
        return shown
    from subctl.service.issue import issue, issue_all
    from subctl.store import facts, write

    order_id = write.next_document_id(session.connection, "orders", session.day)
    issued, invoice = issue_all(session, space, change.catch_up), None
    if change.due_now:
        invoice = number(INVOICE, issue(session, space, change.due_now, order=order_id))
        issued.append(invoice)
    write.insert_document(
        session.connection,
        "orders",
        session.day,
        {
            "space": space.id,
            "kind": change.kind,
            "quote": saved.id if saved else None,
            "catalog": session.catalogs.newest,
            "buyer": space.buyer,
            "before": facts.snapshot_text(decision.before),
            "document": facts.change_text(change, issued),
            "words": _words(session, change),
        },
    )
    after = decision.planned.contract._replace(version=decision.before.version + 1)
    write.update_contract(session.connection, after, steps=True)
    session.record(
        space.id,
        order=number(ORDER, order_id),
        before=_noted(change.before, change.before_fee, change),
        after=_noted(change.after, change.after_fee, change),
        issued=issued,
    )
    return shown._replace(order=number(ORDER, order_id), invoice=invoice, issued=tuple(issued))


def _noted(state: State, fee: Fee, change: Change) -> dict[str, object]:
    """Return a state as the history keeps it, with its fee as text in the currency's decimals."""
    licences = licences_of(state, change.licences)
    return {
        "plan": state.plan,
        "users": state.users,
        **({"zoom": licences["zoom"]} if "zoom" in licences else {}),
        "licences": licences,
        "billing": state.billing,
        "fee": format_fee(fee.amount, change.currency),
        "fee_per": fee.per,
    }
