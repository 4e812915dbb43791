"""Looking without touching: the contract page, any document by its number, the lists."""

from __future__ import annotations

from datetime import date, timedelta

from subctl.domain.contract import Contract, contract_status
from subctl.domain.dates import DAY
from subctl.domain.document import (
    Document,
    cancellation_document,
    change_document,
    day_text,
    draft_document,
    licences_document,
    seller_document,
    steps_documents,
)
from subctl.domain.ending import CANCEL, can_withdraw, cancel_deadline, reduction_deadline, withdraw_deadline
from subctl.domain.invoice import billed_until_after, recurring_drafts
from subctl.domain.money import format_amount
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number, optional_number, parse_number
from subctl.service import access
from subctl.service.session import Caller, Session, buyer_of, reading
from subctl.store import documents, read

_HORIZON = timedelta(days=800)
"""Far enough to meet the next invoice of any contract that has one: a year's period, and a free one before it."""


def show_contract(caller: Caller, asked: str | None) -> Document:
    """Return the contract page of a space."""
    with reading(caller, asked) as session:
        return contract_page(session, *session.load(asked))


def contract_page(session: Session, space: read.Space, contract: Contract) -> Document:
    """Return everything there is to know about a contract today."""
    day, catalog = session.day, session.catalog
    sold = session.catalogs
    if contract.ended(day):
        plans = {step.state.plan for step in contract.steps}
        sold = sold.selling(plans, {kind for step in contract.steps for kind, _ in step.state.licences})
    steps = steps_documents(contract, day, sold, catalog.currency)
    current, in_force = contract.current, steps[0]
    ended = contract.ended(day)
    return {
        "schema": "contract/1",
        "date": day.isoformat(),
        "currency": catalog.currency,
        "space": space_document(space),
        "contract": {
            "status": contract_status(contract, day),
            "plan": current.plan,
            "users": current.users,
            **licences_document(current, catalog.licences),
            "billing": in_force["billing"],
            "fee": in_force["fee"],
            "fee_per": in_force["fee_per"],
            "started_on": contract.start.isoformat(),
            "billed_from": contract.billed_from.isoformat(),
            "renews_on": None if ended else contract.period_at(day).end.isoformat(),
            "last_day": day_text(contract.last_day),
            "billed_until": day_text(contract.billed_until - DAY)
            if contract.billed_until > contract.billed_from
            else None,
        },
        "price_steps": steps,
        "next_invoice": _next_invoice(session, space, contract),
        "deadlines": _deadlines(contract, day, catalog.policy.notice_months),
        "withdrawable": _withdrawable(session, contract),
        "open_quotes": _open_quotes(session, contract),
    }


def space_document(space: read.Space) -> Document:
    """Return a space as scripts see it; of an IBAN only the last four."""
    details = space.details
    return {
        "id": space.id,
        "name": details.name,
        "country": details.country,
        "vat_id": details.vat_id,
        "active_users": space.active_users,
        "locked": space.locked,
        "address": details.address,
        "email": details.email,
        "reference": details.reference,
        "payment": space.payment,
        "iban": f"…{space.iban[-4:]}" if space.iban else None,
    }


def _next_invoice(session: Session, space: read.Space, contract: Contract) -> Document | None:
    until = max(contract.billed_until, session.day) + _HORIZON
    drafts = recurring_drafts(contract, until, session.day, session.catalogs, buyer_of(space))
    return next((draft_document(draft) for draft in drafts if draft.net), None)


def _deadlines(contract: Contract, day: date, notice_months: int) -> Document:
    if contract.ended(day):
        return {"downgrade": None, "cancel": None}
    reduction = reduction_deadline(contract, day, notice_months)
    reaches = contract.priced(reduction.effective)
    cancel = None
    if contract.end is None:
        deadline = cancel_deadline(contract, day, notice_months)
        last_day = deadline.effective - DAY if day >= contract.start else None
        cancel = {"by": deadline.by.isoformat(), "last_day": day_text(last_day)}
    return {
        "downgrade": {"by": reduction.by.isoformat(), "effective": reaches.isoformat()} if reaches else None,
        "cancel": cancel,
    }


def price_from(order: documents.Order) -> date | None:
    """Return the day an ordered change takes its price from, none where it has no price."""
    return order.change.price_from


def is_withdrawable(session: Session, contract: Contract, latest: documents.Order) -> bool:
    """Tell whether the latest change can still be taken back (pricing.md 4.11)."""
    if contract.ended(session.day):
        return False
    before = documents.before_of(session.connection, latest)
    if contract.end is not None and before.current.billing != contract.current.billing:
        return False  # the end was placed by the billing of now (pricing.md 5)
    deadline = withdraw_deadline(before.steps, contract.steps, price_from(latest))
    return can_withdraw(contract, session.day, deadline, billed_until_after(before, latest.day))


def _withdrawable(session: Session, contract: Contract) -> str | None:
    latest = documents.latest_order(session.connection, contract.space, cancellation=False)
    if latest is None or not is_withdrawable(session, contract, latest):
        return None
    return number(ORDER, latest.id)


def is_open(session: Session, quote: documents.Quote, contract: Contract) -> bool:
    """Tell whether a quote can still be ordered, as far as its dates and the contract's changes say."""
    return (
        session.day <= quote.valid_until
        and quote.version == contract.version
        and (quote.boundary is None or session.day < quote.boundary)
        and not contract.ended(session.day)
    )


def _open_quotes(session: Session, contract: Contract) -> list[str]:
    quotes = documents.quotes_of(session.connection, contract.space, contract.entered_on, contract.version)
    return [number(QUOTE, quote.id) for quote in quotes if is_open(session, quote, contract)]


_NAMES = {QUOTE: "quote", ORDER: "order", INVOICE: "invoice"}


def show_document(caller: Caller, number_text: str) -> Document:
    """Return a quote, an order or an invoice by its number (`not_found`, `not_administrator`)."""
    series, document_id = parse_number(number_text)
    with reading(caller, document=number_text) as session:
        found = {QUOTE: _quote, ORDER: _order, INVOICE: _invoice}[series](session, document_id)
        session.own_document(found["space"] if found else None, number_text, _NAMES[series])
        assert found is not None  # noqa: S101  # own_document() refused it
        return found


def _quote(session: Session, quote_id: int) -> Document | None:
    quote = documents.quote(session.connection, quote_id)
    if quote is None:
        return None
    contract = read.contract(session.connection, quote.space)
    return {**quote_document(quote), "status": quote_status(session, quote, contract)}


def quote_status(session: Session, quote: documents.Quote, contract: Contract) -> str:
    """Name what became of a quote: ordered, expired, stale or still open (pricing.md 6)."""
    ordered = documents.order_of_quote(session.connection, quote.id)
    if ordered and not ordered.withdrawn:
        return "ordered"
    if session.day > quote.valid_until:
        return "expired"
    return "open" if is_open(session, quote, contract) else "stale"


def _order(session: Session, order_id: int) -> Document | None:
    order = documents.order(session.connection, order_id)
    return order_document(session, order) if order else None


def quote_document(quote: documents.Quote) -> Document:
    """Return a saved quote as it was shown."""
    numbers = {"quote": number(QUOTE, quote.id), "valid_until": quote.valid_until.isoformat()}
    return {**change_document(quote.change, quote.space), **numbers}


def ordered_document(order: documents.Order, quote: documents.Quote | None) -> Document:
    """Return an ordered change as it was shown when it was ordered; `quote` is the one that it accepted."""
    change = order.change
    return change_document(change, order.space) | {
        "quote": number(QUOTE, quote.id) if quote else None,
        "valid_until": quote.valid_until.isoformat() if quote else None,
        "order": number(ORDER, order.id),
        "invoice": order.issued[-1] if change.due_now else None,
        "issued": list(order.issued),
    }


def order_document(session: Session, order: documents.Order) -> Document:
    """Return an order or a cancellation, and whether it was withdrawn."""
    shown, change = {}, None
    if order.kind == CANCEL:
        shown = cancellation_document(order.cancellation, order.space)
    else:
        quote = documents.quote(session.connection, order.quote) if order.quote is not None else None
        change = ordered_document(order, quote)
    return {
        **shown,
        "schema": "order/1",
        "number": number(ORDER, order.id),
        "space": order.space,
        "date": order.day.isoformat(),
        "kind": order.kind,
        "quote": optional_number(QUOTE, order.quote),
        "change": change,
        "last_day": shown.get("last_day"),
        "issued": list(order.issued),
        "invoice": change["invoice"] if change else None,
        "withdrawn": day_text(order.withdrawn),
        "credit_note": optional_number(INVOICE, order.credit_note),
        "currency": order.what.currency,
        "changed": True,
    }


def _invoice(session: Session, invoice_id: int) -> Document | None:
    invoice = documents.invoice(session.connection, invoice_id, session.catalog.currency)
    return invoice_document(session, invoice) if invoice else None


def invoice_document(session: Session, invoice: documents.Invoice) -> Document:
    """Return an invoice or a credit note as it was issued, with its seller and its buyer."""
    catalog = next(catalog for catalog in session.catalogs.imported if catalog.id == invoice.catalog)
    details, currency = read.details(session.connection, invoice.buyer), invoice.draft.currency
    return {
        "schema": "invoice/1",
        "number": number(INVOICE, invoice.id),
        "space": invoice.space,
        "order": optional_number(ORDER, invoice.order),
        "credits": optional_number(INVOICE, invoice.credits),
        "due_date": invoice.due_date.isoformat(),
        **draft_document(invoice.draft),
        "net": format_amount(invoice.net, currency),
        "vat": format_amount(invoice.vat, currency),
        "total": format_amount(invoice.total, currency),
        "currency": currency,
        "seller": seller_document(catalog.seller),
        "buyer": {
            "name": details.name,
            "address": details.address,
            "country": details.country,
            "vat_id": details.vat_id,
            "email": details.email,
            "reference": details.reference,
        },
    }


def whoami(caller: Caller) -> Document:
    """Return which account this is, and what it may do in the store."""
    with reading(caller) as session:
        return {
            "schema": "whoami/1",
            "uid": caller.uid,
            "account": caller.account,
            "store": str(caller.path),
            "sandbox": session.settings.sandbox,
            "date": session.day.isoformat(),
            "store_administrator": access.WHOLE_STORE in session.rights,
            "spaces": sorted(session.rights - {access.WHOLE_STORE}),
        }
