"""Withdrawing: taking the latest change, or a cancellation, back (pricing.md 4.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.contract import Contract
from subctl.domain.ending import CANCEL, can_withdraw, returns_unsold, withdraw_deadline, withdrawn
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import billed_until_after, credit_draft
from subctl.domain.numbers import INVOICE, ORDER, number, parse_number
from subctl.domain.refusals import (
    refuse_below_active,
    refuse_card_monthly,
    refuse_ended,
    refuse_other_billing,
    refuse_unsupported,
)
from subctl.domain.sentence import N_
from subctl.service.caller import Caller
from subctl.service.session import Session, reading, writing
from subctl.store import documents, read

if TYPE_CHECKING:
    from subctl.results.order import Ordered, Withdrawal


def withdrawable_change(session: Session, space: read.Space, contract: Contract) -> documents.Order | None:
    """Return the latest change of a contract, where withdrawing it would not be refused."""
    latest = documents.latest_order(session.connection, contract.space, cancellation=False)
    if latest is None or contract.ended(session.day):
        return None
    try:
        _refuse(session, space, contract, latest)
    except SubctlError:
        return None
    return latest


def waiting_cancellation(session: Session, contract: Contract) -> documents.Order | None:
    """Return the cancellation that waits: it can be taken back until the end."""
    if contract.end is None or contract.ended(session.day):
        return None
    return documents.latest_order(session.connection, contract.space, cancellation=True)


def withdrawable(session: Session, space: read.Space, contract: Contract) -> list[documents.Order]:
    """Return what of a contract can be taken back: the latest change, and a cancellation that waits."""
    found = (withdrawable_change(session, space, contract), waiting_cancellation(session, contract))
    return [order for order in found if order is not None]


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
        space, contract = session.load(asked)
        refuse_ended(contract, session.day)
        return next((number(ORDER, order.id) for order in withdrawable(session, space, contract)), None)


def _withdraw(session: Session, number_text: str) -> Ordered | Withdrawal:
    from subctl.results.order import OrderedChange, Withdrawal  # the contract page asks only what can be withdrawn
    from subctl.service.document_page import shown_order

    order = _find_order(session, number_text)
    space, contract = session.load(order.space)
    refuse_ended(contract, session.day)
    if order.withdrawn is not None:
        return shown_order(session, order)._replace(changed=False)
    after = _refuse(session, space, contract, order)
    session.check_clock()
    invoice = documents.invoice_of_order(session.connection, order.id, session.catalog.currency)
    credit = credit_draft(invoice.draft, session.day) if invoice else None
    shown, catalogs = shown_order(session, order), session.catalogs.known_by(order.catalog)
    withdrawal = Withdrawal(shown, credit, number(INVOICE, invoice.id) if invoice else None, catalogs)
    if not session.writes:
        return withdrawal
    from subctl.service.issue import issue_credit  # looking at what can be withdrawn issues and writes nothing
    from subctl.store import write

    credit_note = issue_credit(session, invoice, credit) if credit and invoice else None
    write.insert(
        session.connection,
        "withdrawals",
        {"order": order.id, "date": session.day.isoformat(), "credit_note": credit_note},
    )
    write.update_contract(session.connection, after._replace(version=contract.version + 1), steps=order.kind != CANCEL)
    credited = number(INVOICE, credit_note) if credit_note else None
    session.record(space.id, withdrawn=number(ORDER, order.id), credit_note=credited)
    shown = shown._replace(withdrawn=session.day)
    if isinstance(shown, OrderedChange):
        shown = shown._replace(credit_note=credited)
    return withdrawal._replace(order=shown)


def _find_order(session: Session, number_text: str) -> documents.Order:
    series, order_id = parse_number(number_text)
    order = documents.order(session.connection, order_id) if series == ORDER else None
    return session.own_document(order, number_text, "order")


def _refuse(session: Session, space: read.Space, contract: Contract, order: documents.Order) -> Contract:
    """Return the contract as it was before an order, refused where it can't come back (pricing.md 4.11, 5)."""
    if order.kind == CANCEL:
        back = contract._replace(end=None)
        _refuse_return(session, space, contract, back)
        return back
    before = documents.before_of(session.connection, order)
    back = withdrawn(contract, before.steps)
    _refuse_return(session, space, contract, back)
    _refuse_late(session, contract, order, before)
    if returns_unsold(contract, back, session.day, session.catalogs):
        unsold = N_(
            "{order} can't be withdrawn any more: what would come back is not sold any more when its day comes."
        )
        raise _too_late(order, unsold)
    return back


def _refuse_return(session: Session, space: read.Space, contract: Contract, after: Contract) -> None:
    """Refuse a return to what the rules would not allow (pricing.md 5)."""
    before, back = contract.current, after.current
    if not session.caller.as_support:
        refuse_unsupported(space.customer, session.catalog, before.plan, back.plan)
    refuse_below_active(space.customer, before.users, back.users)
    refuse_card_monthly(space.payment, back.billing)
    refuse_other_billing(contract, back.billing)


def _refuse_late(session: Session, contract: Contract, order: documents.Order, before: Contract) -> None:
    """Refuse a change that isn't the latest, or whose price has started (`too_late`)."""
    latest = documents.latest_order(session.connection, contract.space, cancellation=False)
    if latest is not None and latest.id != order.id:
        raise SubctlError(
            "too_late",
            N_("{order} is not the latest change: {latest} came after it."),
            N_("Only the latest change can be withdrawn."),
            order=number(ORDER, order.id),
            latest=number(ORDER, latest.id),
        )
    deadline = withdraw_deadline(before.steps, contract.steps, order.change.price_from)
    if not can_withdraw(contract, session.day, deadline, billed_until_after(before, order.day)):
        raise _too_late(order, N_("{order} can't be withdrawn any more: its price has started or is invoiced."))


def _too_late(order: documents.Order, what: str) -> SubctlError:
    return SubctlError(
        "too_late",
        what,
        N_("Order another change instead: {upgrade} or {downgrade}."),
        order=number(ORDER, order.id),
        upgrade="subctl upgrade",
        downgrade="subctl downgrade",
    )
