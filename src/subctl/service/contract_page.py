"""The contract page: everything there is to know about a contract today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.catalog import Catalogs
from subctl.domain.contract import Contract, contract_status, period_at, step_at
from subctl.domain.dates import DAY
from subctl.domain.ending import (
    Deadline,
    cancel_deadline,
    reduction_deadline,
)
from subctl.domain.invoice import Fee, fee_in, first_invoice
from subctl.domain.numbers import ORDER, QUOTE, number
from subctl.domain.text import masked_account
from subctl.results.contract_page import ContractPage, LastCall, PricedStep, SpaceDetails
from subctl.service.account import balance_of
from subctl.service.caller import Caller
from subctl.service.open_quotes import is_open
from subctl.service.session import Session, reading
from subctl.service.withdrawal import waiting_cancellation, withdrawable_change
from subctl.store import documents, read

if TYPE_CHECKING:
    from subctl.results.parties import Mandate


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
    change, end = withdrawable_change(session, space, contract), waiting_cancellation(session, contract)
    return ContractPage(
        day=day,
        sandbox=session.settings.sandbox,
        currency=catalog.currency,
        licences=tuple(catalog.licences),
        space=space_details(space),
        mandate=_mandate(session, space),
        contract=contract,
        status=contract_status(contract, day),
        renews_on=None if contract.ended(day) else contract.period_at(day).end,
        billed_until=contract.billed_until - DAY if billed else None,
        steps=priced_steps(contract, day, sold),
        next_invoice=first_invoice(contract, contract.billed_until, day, session.catalogs, space.taxed_as),
        downgrade=next_downgrade(contract, day, catalog.policy.notice_months),
        cancel=next_cancel(contract, day, catalog.policy.notice_months),
        withdrawable=number(ORDER, change.id) if change else None,
        cancellation=number(ORDER, end.id) if end else None,
        open_quotes=_open_quotes(session, contract),
        catalogs=session.catalogs,
        balance=balance_of(session, space.id),
    )


def _mandate(session: Session, space: read.Space) -> Mandate | None:
    """Return by which mandate an invoice of today would be debited."""
    if space.details.mandate is None:
        return None
    from subctl.service.parties import mandate_of  # most have none

    return mandate_of(session, space.details, session.catalog.seller, session.day)


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
        iban=masked_account(space.iban) if space.iban else None,
        street=details.street,
        postcode=details.postcode,
        city=details.city,
        legal_id=details.legal_id,
        endpoint=details.endpoint,
        buyer_reference=details.buyer_reference,
        contact=details.contact,
        phone=details.phone,
        language=details.language,
        e_invoice=details.e_invoice,
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
    return fee_in(contract, step, period, catalogs)


def next_downgrade(contract: Contract, day: date, notice_months: int) -> Deadline | None:
    """Return the next reduction that can still be reached."""
    if contract.ended(day):
        return None
    deadline = reduction_deadline(contract, day, notice_months)
    return None if contract.ended(deadline.effective) else deadline


def next_cancel(contract: Contract, day: date, notice_months: int) -> LastCall | None:
    """Return the next end that can still be reached; none while a cancellation waits."""
    if contract.end is not None:
        return None
    deadline = cancel_deadline(contract, day, notice_months)
    return LastCall(deadline.by, deadline.effective - DAY if day >= contract.start else None)


def _open_quotes(session: Session, contract: Contract) -> tuple[str, ...]:
    quotes = documents.quotes_of(session.connection, contract.space, contract.entered_on, contract.version)
    return tuple(number(QUOTE, quote.id) for quote in quotes if is_open(session, quote, contract))
