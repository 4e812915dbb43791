"""Cancelling a contract, and withdrawing what was ordered last (pricing.md 4.10, 4.11)."""

from __future__ import annotations

from subctl.domain.contract import Contract
from subctl.domain.ending import CANCEL, plan_cancellation, withdrawn
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import credit_draft
from subctl.domain.numbers import INVOICE, ORDER, number, parse_number
from subctl.domain.refusals import (
    refuse_below_active,
    refuse_card_monthly,
    refuse_ended,
    refuse_other_billing,
    refuse_unoffered,
    refuse_unsupported,
)
from subctl.results.order import Ordered, OrderedChange, OrderedEnd, Withdrawal
from subctl.service.change import customer_of
from subctl.service.issue import issue, issue_all
from subctl.service.look import is_withdrawable, shown_order
from subctl.service.session import Caller, Session, buyer_of, reading, writing
from subctl.store import documents, facts, read, write


def preview_cancel(caller: Caller, asked: str | None) -> OrderedEnd:
    """Return what cancelling today would mean, and write nothing."""
    with reading(caller, asked) as session:
        return _cancel(session, asked)


def cancel(caller: Caller, asked: str | None, shown: OrderedEnd | None = None) -> OrderedEnd:
    """End a contract at the first date that the notice reaches; `shown` is the preview that was agreed to.

    Cancelling what is cancelled changes nothing. Errors: pricing.md 5, and `quote_stale` where it has moved.
    """
    with writing(caller, asked) as session:
        return _cancel(session, asked, shown)


def _cancel(session: Session, asked: str | None, shown: OrderedEnd | None = None) -> OrderedEnd:
    space, contract = session.load(asked)
    refuse_ended(contract, session.day)
    if contract.end is not None:
        waiting = documents.latest_order(session.connection, space.id, cancellation=True)
        assert waiting is not None  # noqa: S101  # only a cancellation sets the end
        found = shown_order(session, waiting)
        assert isinstance(found, OrderedEnd)  # noqa: S101  # so it was asked for
        return found._replace(changed=False)
    if not session.caller.as_support:
        refuse_unsupported(customer_of(space), session.catalog, (contract.current.plan,))
    session.check_clock()
    cancellation, ended = plan_cancellation(contract, session.day, session.catalogs, buyer_of(space))
    preview = OrderedEnd(None, space.id, cancellation, (), None, changed=True)
    if shown is not None and shown != preview:
        raise SubctlError("quote_stale", "The contract has moved since this preview.", "Look again, then cancel.")
    if not session.writes:
        return preview
    name = number(ORDER, write.next_document_id(session.connection, "orders", session.day))
    issued = issue_all(session, space, cancellation.catch_up)
    write.insert_document(
        session.connection,
        "orders",
        session.day,
        {
            "space": space.id,
            "kind": CANCEL,
            "catalog": session.catalogs.newest,
            "buyer": space.buyer,
            "before": facts.snapshot_text(contract),
            "document": facts.cancellation_text(cancellation, issued),
            "words": facts.words_text(catch_up=map(session.caller.wording, cancellation.catch_up)),
        },
    )
    after = ended._replace(version=contract.version + 1)
    write.update_contract(session.connection, after, steps=False)
    last_day = cancellation.last_day.isoformat() if cancellation.last_day else None
    session.record(space.id, order=name, last_day=last_day, issued=issued)
    return preview._replace(number=name, issued=tuple(issued))


def preview_withdraw(caller: Caller, number_text: str) -> Ordered | Withdrawal:
    """Return the order that would be withdrawn, with its credit note as a draft, and write nothing."""
    with reading(caller, document=number_text) as session:
        return _withdraw(session, number_text)


def withdraw(caller: Caller, number_text: str) -> Ordered | Withdrawal:
    """Take the latest change, or a cancellation, back; withdrawing what is withdrawn changes nothing.

    Errors: `not_found`, `too_late`, and what of pricing.md 5 fits the state it returns to.
    """
    with writing(caller, document=number_text) as session:
        return _withdraw(session, number_text)


def latest_withdrawable(caller: Caller, asked: str | None) -> str | None:
    """Return the number of the latest change that can be withdrawn, else of the cancellation that waits."""
    with reading(caller, asked) as session:
        _, contract = session.load(asked)
        refuse_ended(contract, session.day)
        latest = documents.latest_order(session.connection, contract.space, cancellation=False)
        if latest is None or not is_withdrawable(session, contract, latest):
            latest = None
        if latest is None and contract.end is not None:
            latest = documents.latest_order(session.connection, contract.space, cancellation=True)
        return number(ORDER, latest.id) if latest else None


def _withdraw(session: Session, number_text: str) -> Ordered | Withdrawal:
    order = _find_order(session, number_text)
    space, contract = session.load(order.space)
    refuse_ended(contract, session.day)
    if order.withdrawn is not None:
        return shown_order(session, order)._replace(changed=False)
    if order.kind == CANCEL:
        after = contract._replace(end=None)
    else:
        after = withdrawn(contract, documents.before_of(session.connection, order).steps)
    _refuse_return(session, space, contract, after)
    if order.kind != CANCEL:
        _refuse_late(session, contract, order)
    session.check_clock()
    invoice = documents.invoice_of_order(session.connection, order.id, session.catalog.currency)
    credit = credit_draft(invoice.draft, session.day) if invoice else None
    shown = shown_order(session, order)
    if not session.writes:
        return Withdrawal(shown, credit)
    credit_note = issue(session, space, credit, order=order.id, credits_=invoice.id) if credit and invoice else None
    write.insert(
        session.connection,
        "withdrawals",
        {"order": order.id, "date": session.day.isoformat(), "credit_note": credit_note},
    )
    write.update_contract(session.connection, after._replace(version=contract.version + 1), steps=order.kind != CANCEL)
    credited = number(INVOICE, credit_note) if credit_note else None
    session.record(space.id, withdrawn=number(ORDER, order.id), credit_note=credited)
    shown = shown._replace(withdrawn=session.day)
    return Withdrawal(shown._replace(credit_note=credited) if isinstance(shown, OrderedChange) else shown, credit)


def _find_order(session: Session, number_text: str) -> documents.Order:
    series, order_id = parse_number(number_text)
    order = documents.order(session.connection, order_id) if series == ORDER else None
    session.own_document(order.space if order else None, number_text, "order")
    assert order is not None  # noqa: S101  # own_document() refused it
    return order


def _refuse_return(session: Session, space: read.Space, contract: Contract, after: Contract) -> None:
    """Refuse a return to what the rules would not allow (pricing.md 5)."""
    before, back = contract.current, after.current
    if not session.caller.as_support:
        refuse_unsupported(customer_of(space), session.catalog, (before.plan, back.plan))
    refuse_below_active(customer_of(space), before.users, back.users)
    refuse_card_monthly(space.payment, back.billing)
    refuse_other_billing(contract, back.billing)
    refuse_unoffered(session.catalogs, session.day, back.plan)


def _refuse_late(session: Session, contract: Contract, order: documents.Order) -> None:
    """Refuse a change that isn't the latest, or whose price has started (`too_late`)."""
    latest = documents.latest_order(session.connection, contract.space, cancellation=False)
    name = number(ORDER, order.id)
    if latest is not None and latest.id != order.id:
        raise SubctlError(
            "too_late",
            f"{name} is not the latest change: {number(ORDER, latest.id)} came after it.",
            "Only the latest change can be withdrawn.",
        )
    if not is_withdrawable(session, contract, order):
        raise SubctlError(
            "too_late",
            f"{name} can't be withdrawn any more: its price has started or is invoiced.",
            "Order another change instead: subctl upgrade or subctl downgrade.",
        )
