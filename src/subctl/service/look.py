"""Looking without touching: the contract page, any document by its number, the lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from subctl.domain.catalog import PER, Catalogs
from subctl.domain.contract import Contract, contract_status, period_at, step_at
from subctl.domain.dates import DAY
from subctl.domain.ending import (
    CANCEL,
    Deadline,
    can_withdraw,
    cancel_deadline,
    reduction_deadline,
    withdraw_deadline,
)
from subctl.domain.invoice import Draft, Fee, billed_until_after, priced_step, recurring_drafts
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number, optional_number, parse_number
from subctl.results.change import ShownChange
from subctl.results.contract import ContractPage, LastCall, PricedStep, SpaceDetails
from subctl.results.invoice import BuyerDetails, ShownInvoice
from subctl.results.order import Ordered, OrderedChange, OrderedEnd
from subctl.results.whoami import Account
from subctl.service import access
from subctl.service.session import Caller, Session, buyer_of, reading
from subctl.store import documents, read

_HORIZON = timedelta(days=800)
"""Far enough to meet the next invoice of any contract that has one: a year's period, and a free one before it."""


def show_contract(caller: Caller, asked: str | None) -> ContractPage:
    """Return the contract page of a space."""
    with reading(caller, asked) as session:
        return contract_page(session, *session.load(asked))


def contract_page(session: Session, space: read.Space, contract: Contract) -> ContractPage:
    """Return everything there is to know about a contract today."""
    day, catalog, sold = session.day, session.catalog, session.catalogs
    if contract.ended(day):
        plans = {step.state.plan for step in contract.steps}
        sold = sold.selling(plans, {kind for step in contract.steps for kind, _ in step.state.licences})
    billed = contract.billed_until > contract.billed_from
    return ContractPage(
        day=day,
        currency=catalog.currency,
        licences=tuple(catalog.licences),
        space=space_details(space),
        contract=contract,
        status=contract_status(contract, day),
        renews_on=None if contract.ended(day) else contract.period_at(day).end,
        billed_until=contract.billed_until - DAY if billed else None,
        steps=priced_steps(contract, day, sold),
        next_invoice=_next_invoice(session, space, contract),
        downgrade=_downgrade(contract, day, catalog.policy.notice_months),
        cancel=_cancel(contract, day, catalog.policy.notice_months),
        withdrawable=_withdrawable(session, contract),
        open_quotes=_open_quotes(session, contract),
    )


def space_details(space: read.Space) -> SpaceDetails:
    """Return a space as its administrators see it."""
    details = space.details
    return SpaceDetails(
        id=space.id,
        name=details.name,
        country=details.country,
        vat_id=details.vat_id,
        active_users=space.active_users,
        locked=space.locked,
        address=details.address,
        email=details.email,
        reference=details.reference,
        payment=space.payment,
        iban=f"…{space.iban[-4:]}" if space.iban else None,
    )


def priced_steps(contract: Contract, day: date, catalogs: Catalogs) -> tuple[PricedStep, ...]:
    """Return the price step in force and all later ones."""
    current = step_at(contract.steps, day)
    return tuple(
        PricedStep(step.start, step.state, step_fee(contract, place, day, catalogs))
        for place, step in enumerate(contract.steps)
        if step.start >= current.start
    )


def step_fee(contract: Contract, place: int, day: date, catalogs: Catalogs) -> Fee:
    """Return the fee of a price step in the period of `day`, or in its own first one if that is later."""
    step = contract.steps[place]
    period = period_at(contract.steps, max(day, step.start))
    return Fee(priced_step(contract, step, period, catalogs).fee, PER[step.state.billing])


def _next_invoice(session: Session, space: read.Space, contract: Contract) -> Draft | None:
    until = max(contract.billed_until, session.day) + _HORIZON
    drafts = recurring_drafts(contract, until, session.day, session.catalogs, buyer_of(space))
    return next((draft for draft in drafts if draft.net), None)


def _downgrade(contract: Contract, day: date, notice_months: int) -> Deadline | None:
    """Return the next reduction that can still be reached."""
    if contract.ended(day):
        return None
    deadline = reduction_deadline(contract, day, notice_months)
    return deadline if contract.priced(deadline.effective) else None


def _cancel(contract: Contract, day: date, notice_months: int) -> LastCall | None:
    """Return the next end that can still be reached; none while a cancellation waits."""
    if contract.end is not None:
        return None
    deadline = cancel_deadline(contract, day, notice_months)
    return LastCall(deadline.by, deadline.effective - DAY if day >= contract.start else None)


def is_withdrawable(session: Session, contract: Contract, latest: documents.Order) -> bool:
    """Tell whether the latest change can still be taken back (pricing.md 4.11)."""
    if contract.ended(session.day):
        return False
    before = documents.before_of(session.connection, latest)
    if contract.end is not None and before.current.billing != contract.current.billing:
        return False  # the end was placed by the billing of now (pricing.md 5)
    deadline = withdraw_deadline(before.steps, contract.steps, latest.change.price_from)
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


def _open_quotes(session: Session, contract: Contract) -> tuple[str, ...]:
    quotes = documents.quotes_of(session.connection, contract.space, contract.entered_on, contract.version)
    return tuple(number(QUOTE, quote.id) for quote in quotes if is_open(session, quote, contract))


_NAMES = {QUOTE: "quote", ORDER: "order", INVOICE: "invoice"}


def show_document(caller: Caller, number_text: str) -> ShownChange | Ordered | ShownInvoice:
    """Return a quote, an order or an invoice by its number (`not_found`, `not_administrator`)."""
    series, document_id = parse_number(number_text)
    with reading(caller, document=number_text) as session:
        kept = _READERS[series](session, document_id)
        session.own_document(kept.space if kept else None, number_text, _NAMES[series])
        assert kept is not None  # noqa: S101  # own_document() refused it
        return _shown(session, kept)


Kept = documents.Quote | documents.Order | documents.Invoice

_READERS: dict[str, Callable[[Session, int], Kept | None]] = {
    QUOTE: lambda session, quote_id: documents.quote(session.connection, quote_id),
    ORDER: lambda session, order_id: documents.order(session.connection, order_id),
    INVOICE: lambda session, invoice_id: documents.invoice(session.connection, invoice_id, session.catalog.currency),
}


def _shown(session: Session, kept: Kept) -> ShownChange | Ordered | ShownInvoice:
    if isinstance(kept, documents.Quote):
        contract = read.contract(session.connection, kept.space)
        return shown_quote(kept)._replace(status=quote_status(session, kept, contract))
    return shown_order(session, kept) if isinstance(kept, documents.Order) else _shown_invoice(session, kept)


def quote_status(session: Session, quote: documents.Quote, contract: Contract) -> str:
    """Name what became of a quote: ordered, expired, stale or still open (pricing.md 6)."""
    ordered = documents.order_of_quote(session.connection, quote.id)
    if ordered and not ordered.withdrawn:
        return "ordered"
    if session.day > quote.valid_until:
        return "expired"
    return "open" if is_open(session, quote, contract) else "stale"


def shown_quote(quote: documents.Quote) -> ShownChange:
    """Return a saved quote as it was shown."""
    return ShownChange(
        quote.space, quote.change, changed=True, quote=number(QUOTE, quote.id), valid_until=quote.valid_until
    )


def shown_ordered(order: documents.Order, quote: documents.Quote | None) -> ShownChange:
    """Return an ordered change as it was shown when it was ordered; `quote` is the one that it accepted."""
    return ShownChange(
        order.space,
        order.change,
        changed=True,
        quote=number(QUOTE, quote.id) if quote else None,
        valid_until=quote.valid_until if quote else None,
        order=number(ORDER, order.id),
        invoice=order.issued[-1] if order.change.due_now else None,
        issued=order.issued,
    )


def shown_order(session: Session, order: documents.Order) -> Ordered:
    """Return an order or a cancellation, and whether it was withdrawn."""
    name = number(ORDER, order.id)
    if order.kind == CANCEL:
        return OrderedEnd(name, order.space, order.cancellation, order.issued, order.withdrawn, changed=True)
    quote = documents.quote(session.connection, order.quote) if order.quote is not None else None
    credit_note = optional_number(INVOICE, order.credit_note)
    return OrderedChange(name, shown_ordered(order, quote), order.withdrawn, credit_note, changed=True)


def _shown_invoice(session: Session, invoice: documents.Invoice) -> ShownInvoice:
    catalog = next(catalog for catalog in session.catalogs.imported if catalog.id == invoice.catalog)
    details = read.details(session.connection, invoice.buyer)
    return ShownInvoice(
        number=number(INVOICE, invoice.id),
        space=invoice.space,
        order=optional_number(ORDER, invoice.order),
        credits=optional_number(INVOICE, invoice.credits),
        due_date=invoice.due_date,
        draft=invoice.draft,
        net=invoice.net,
        vat=invoice.vat,
        total=invoice.total,
        seller=catalog.seller,
        buyer=BuyerDetails(
            name=details.name,
            address=details.address,
            country=details.country,
            vat_id=details.vat_id,
            email=details.email,
            reference=details.reference,
        ),
    )


def whoami(caller: Caller) -> Account:
    """Return which account this is, and what it may do in the store."""
    with reading(caller) as session:
        return Account(
            uid=caller.uid,
            name=caller.account,
            store=caller.path,
            sandbox=session.settings.sandbox,
            day=session.day,
            store_administrator=access.WHOLE_STORE in session.rights,
            spaces=tuple(sorted(session.rights - {access.WHOLE_STORE})),
        )
