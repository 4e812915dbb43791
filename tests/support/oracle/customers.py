"""Who a contract is for, and what is refused to him (pricing.md 3.6, 5)."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.oracle.terms import MONTHLY, Catalog, RefusedError, State


@dataclass(frozen=True)
class Customer:
    """A space, how many of its users are active, how it pays, and whether the vendor's staff looks after it."""

    space: str
    active: int = 0
    payment: str = "invoice"
    locked: bool = False


def refuse_change(customer: Customer, catalog: Catalog, now: State, wanted: State, *, as_support: bool) -> None:
    """Refuse a change by the first rule that it breaks, as far as a customer and today's catalog say (5)."""
    if not as_support:
        refuse_support(customer, catalog, now.plan, wanted.plan)
    if (now.plan, now.users) != (wanted.plan, wanted.users):
        refuse_limits(catalog, wanted)
    refuse_return(customer, catalog, now, wanted, as_support=True)


def refuse_return(customer: Customer, catalog: Catalog, now: State, back: State, *, as_support: bool) -> None:
    """Refuse what of section 5 fits something that is taken back."""
    if not as_support:
        refuse_support(customer, catalog, now.plan, back.plan)
    if back.users < now.users and back.users < customer.active:
        raise RefusedError("below_active_users")
    refuse_card(customer.payment, back)


def refuse_support(customer: Customer, catalog: Catalog, plan: str, wanted: str) -> None:
    """Refuse what the vendor's staff does; a private plan of others is only not to be chosen (3.6, 5)."""
    if customer.locked or {plan, wanted} & catalog.managed:
        raise RefusedError("contact_support")
    if wanted != plan:
        refuse_private(customer.space, catalog, wanted)


def refuse_private(space: str, catalog: Catalog, plan: str) -> None:
    """Refuse to choose a private plan of others (3.6)."""
    if plan in catalog.private and space not in catalog.private[plan]:
        raise RefusedError("contact_support")


def refuse_limits(catalog: Catalog, wanted: State) -> None:
    """Refuse numbers of users outside a plan's limits (5)."""
    least, most = catalog.limits.get(wanted.plan, (1, None))
    if wanted.users < least or (most is not None and wanted.users > most):
        raise RefusedError("plan_limit")


def refuse_card(payment: str, state: State) -> None:
    """Refuse a credit card on monthly billing (5)."""
    if payment == "card" and state.billing == MONTHLY:
        raise RefusedError("payment_method")


def refuse_entry(space: str, catalog: Catalog, state: State, payment: str, *, as_support: bool) -> None:
    """Refuse a contract that is entered by the first rule that it breaks (3.6, 5)."""
    if not as_support:
        refuse_private(space, catalog, state.plan)
    refuse_limits(catalog, state)
    refuse_card(payment, state)
