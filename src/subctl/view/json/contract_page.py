"""The contract page as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.money import format_amount, format_fee
from subctl.results.contract_page import AddedSpace, ChangedSpace, ContractPage, PricedStep, SpaceDetails
from subctl.view.json.values import day_text, draft_or_none, licences_document, state_document

if TYPE_CHECKING:
    from subctl.view.documents import contract_page as documents


def document(result: ContractPage | AddedSpace | ChangedSpace, *, explain: bool) -> documents.ContractDocument:
    """Return the contract page, and what adding or changing its space took for granted or did."""
    if isinstance(result, AddedSpace):
        page = document(result.page, explain=explain)
        page["assumed_billed_through"] = day_text(result.assumed)
        return page
    if isinstance(result, ChangedSpace):
        page = document(result.page, explain=explain)
        page["changed"] = result.changed
        return page
    return {
        "schema": "contract/1",
        "date": result.day.isoformat(),
        "sandbox": result.sandbox,
        "currency": result.currency,
        "space": _space(result.space),
        "contract": _contract(result),
        "price_steps": [_step(step, result) for step in result.steps],
        "next_invoice": draft_or_none(result.next_invoice, explain=explain),
        "deadlines": _deadlines(result),
        "withdrawable": result.withdrawable,
        "cancellation": result.cancellation,
        "open_quotes": list(result.open_quotes),
        "open": format_amount(result.balance.open, result.currency),
        "overdue": format_amount(result.balance.overdue, result.currency),
        "credit": format_amount(result.balance.credit, result.currency),
    }


def _space(space: SpaceDetails) -> documents.Space:
    return {
        "id": space.id,
        "name": space.name,
        "country": space.country,
        "vat_id": space.vat_id,
        "active_users": space.active_users,
        "locked": space.locked,
        "address": space.address,
        "email": space.email,
        "reference": space.reference,
        "payment": space.payment,
        "iban": space.iban,
        "street": space.street,
        "postcode": space.postcode,
        "city": space.city,
        "legal_id": space.legal_id,
        "endpoint": space.endpoint,
        "buyer_reference": space.buyer_reference,
        "contact": space.contact,
        "phone": space.phone,
        "language": space.language,
        "e_invoice": space.e_invoice,
    }


def _contract(page: ContractPage) -> documents.Contract:
    contract, in_force = page.contract, page.steps[0]
    return {
        "status": page.status,
        "plan": contract.current.plan,
        "users": contract.current.users,
        **licences_document(contract.current, page.licences),
        "billing": in_force.state.billing,
        "fee": format_fee(in_force.fee.amount, page.currency),
        "fee_per": in_force.fee.per,
        "started_on": contract.start.isoformat(),
        "billed_from": contract.billed_from.isoformat(),
        "renews_on": day_text(page.renews_on),
        "last_day": day_text(contract.last_day),
        "billed_until": day_text(page.billed_until),
    }


def _step(step: PricedStep, page: ContractPage) -> documents.PriceStep:
    return {
        "start": step.start.isoformat(),
        **state_document(step.state, step.fee, page.licences, page.currency),
    }


def _deadlines(page: ContractPage) -> documents.Deadlines:
    reduction, cancel = page.downgrade, page.cancel
    return {
        "downgrade": {"by": reduction.by.isoformat(), "effective": reduction.effective.isoformat()}
        if reduction
        else None,
        "cancel": {"by": cancel.by.isoformat(), "last_day": day_text(cancel.last_day)} if cancel else None,
    }
