"""What the rules refuse, in their order (pricing.md 5). Who may do what is the service's to know."""

from datetime import date
from typing import NamedTuple

from subctl.domain.catalog import MONTHLY, Catalog, Catalogs, no_licence
from subctl.domain.contract import Contract, State, Wish
from subctl.domain.errors import SubctlError
from subctl.domain.pricing import DOWN, UP
from subctl.domain.text import counted

_SOME = 5

CARD = "card"
DIRECT_DEBIT = "direct-debit"
PAYMENTS = ("invoice", DIRECT_DEBIT, CARD)


class Customer(NamedTuple):
    """What of a space decides whether a change is allowed."""

    id: str
    active_users: int
    payment: str
    locked: bool


def refuse_ended(contract: Contract, day: date) -> None:
    """Refuse every change after the end (`contract_ended`)."""
    if contract.ended(day):
        last = f" on {contract.last_day}" if contract.last_day else " before it started"
        raise SubctlError(
            "contract_ended",
            f"The contract of {contract.space} ended{last}.",
            "A new contract starts with a new space: subctl space add.",
        )


def refuse_unsupported(customer: Customer, catalog: Catalog, before: str, wanted: str) -> None:
    """Refuse what the vendor's staff looks after (`contact_support`): other people's private plans are not chosen."""
    managed = [plan for plan in (before, wanted) if plan in catalog.plans and not catalog.plans[plan].self_service]
    if managed:
        raise _managed(f"The plan {managed[0]}", catalog)
    if wanted != before:
        refuse_private(customer.id, catalog, wanted)
    if customer.locked:
        raise _managed(f"The contract of {customer.id}", catalog)


def refuse_private(space: str, catalog: Catalog, plan_id: str) -> None:
    """Refuse to choose a private plan of others (`contact_support`; pricing.md 3.6)."""
    if plan_id in catalog.plans and not catalog.plans[plan_id].offered_to(space):
        raise _managed(f"The plan {plan_id}", catalog)


def _managed(what: str, catalog: Catalog) -> SubctlError:
    seller = catalog.seller
    return SubctlError(
        "contact_support", f"{what} is managed by {seller.name.rstrip('.')}.", f"Please contact {seller.support}."
    )


def refuse_plan_limit(catalog: Catalog, plan_id: str, users: int) -> None:
    """Refuse numbers of users outside the plan's limits (`plan_limit`)."""
    plan = catalog.plan(plan_id)
    if users < plan.min_users:
        raise SubctlError(
            "plan_limit",
            f"The plan {plan_id} needs at least {plan.min_users} users, not {users}.",
            f"Ask for --users {plan.min_users} or more, or for another plan.",
        )
    if plan.max_users is not None and users > plan.max_users:
        raise SubctlError(
            "plan_limit",
            f"The plan {plan_id} has at most {counted(plan.max_users, 'user')}, not {users}.",
            f"Ask for --users {plan.max_users} or fewer, or for another plan.",
        )


def refuse_below_active(customer: Customer, before: int, users: int) -> None:
    """Refuse fewer users than are active (`below_active_users`)."""
    if users < before and users < customer.active_users:
        active, excess = customer.active_users, customer.active_users - users
        raise SubctlError(
            "below_active_users",
            f"{active} users of {customer.id} are active: more than {users}.",
            f"Deactivate {counted(excess, 'user')} first.",
        )


def refuse_card_monthly(payment: str, billing: str) -> None:
    """Refuse credit cards on monthly billing (`payment_method`)."""
    if payment == CARD and billing == MONTHLY:
        raise SubctlError(
            "payment_method",
            "Monthly billing can't be paid by credit card.",
            "Choose annual billing, or pay by invoice or direct debit: subctl space set ID --payment invoice.",
        )


def refuse_unoffered(catalogs: Catalogs, day: date, plan_id: str) -> None:
    """Refuse a plan that isn't sold, or that a catalog to come no longer has (`not_found`)."""
    for catalog in catalogs.from_day(day):
        if plan_id not in catalog.plans and catalog.valid_from > day:
            raise SubctlError(
                "not_found",
                f"The plan {plan_id} is not sold any more from {catalog.valid_from} on.",
                f"From then on there are {', '.join(catalog.open_plans)}.",
            )
        catalog.plan(plan_id)


def refuse_unsold(catalogs: Catalogs, day: date, before: State, wanted: State) -> None:
    """Refuse more licences of a kind that isn't sold, or that a catalog to come no longer has (`not_found`)."""
    had = dict(before.licences)
    for kind, number in wanted.licences:
        if number == had.get(kind):
            continue
        for catalog in catalogs.from_day(day):
            if kind in catalog.licences:
                continue
            if catalog.valid_from <= day:
                raise no_licence(kind, catalog.licences)
            raise SubctlError(
                "not_found",
                f"The licence {kind} is not sold any more from {catalog.valid_from} on.",
                f"From then on there are {', '.join(catalog.licences) or 'none'}.",
            )


def refuse_change(contract: Contract, customer: Customer, wanted: State, catalog: Catalog, *, as_support: bool) -> None:
    """Refuse a change that isn't allowed, by the first rule it breaks (pricing.md 5)."""
    refuse_named(contract, customer, Wish(*wanted), catalog, as_support=as_support)


def refuse_named(contract: Contract, customer: Customer, wish: Wish, catalog: Catalog, *, as_support: bool) -> None:
    """Refuse what is named of a change so far, by the first rule it breaks; what isn't named yet breaks none."""
    before, plan = contract.current, wish.applied_to(contract.current).plan
    if not as_support:
        refuse_unsupported(customer, catalog, before.plan, plan)
    if wish.users is not None:
        if (plan, wish.users) != (before.plan, before.users):
            refuse_plan_limit(catalog, plan, wish.users)
        refuse_below_active(customer, before.users, wish.users)
    if wish.billing is not None:
        refuse_card_monthly(customer.payment, wish.billing)
        refuse_other_billing(contract, wish.billing)


def refuse_other_billing(contract: Contract, billing: str) -> None:
    """Refuse another billing while a cancellation waits: the end was placed by this one (`contract_ending`)."""
    if contract.end is not None and billing != contract.current.billing:
        raise SubctlError(
            "contract_ending",
            f"The contract of {contract.space} is cancelled: its billing can't be changed any more.",
            f"Withdraw the cancellation first: subctl list orders --space {contract.space} --kind cancel names it.",
        )


def add_command(catalog: Catalog) -> str:
    """Write a command that enters a space, as a hint has it: with a plan of this catalog that everybody may have."""
    plan = next(
        (each for each in catalog.plans.values() if each.self_service and not each.spaces),
        next(iter(catalog.plans.values())),
    )
    users = max(plan.min_users, min(_SOME, plan.max_users or _SOME))
    return f"subctl space add my-shop --name 'My Shop' --plan {plan.id} --users {users}"


def change_command(command: str, space: str | None, wish: Wish, *, as_support: bool) -> str:
    """Write the whole command that asks for a change, as a hint has it; without a space it is the default one's."""
    words = [
        *(("--space", space) if space else ()),
        *(("--plan", wish.plan) if wish.plan else ()),
        *(("--users", str(wish.users)) if wish.users is not None else ()),
        *(word for kind, number in wish.licences for word in ("--licence", f"{kind}={number}")),
        *(("--billing", wish.billing) if wish.billing else ()),
        *(("--as-support",) if as_support else ()),
    ]
    return " ".join(("subctl", command, *words))


def refuse_direction(command: str, kind: str, space: str | None, wish: Wish, *, as_support: bool) -> None:
    """Refuse a price rise through `downgrade` and a reduction through `upgrade`, naming the whole right command."""
    if (command, kind) not in ((DOWN, UP), (UP, DOWN)):
        return
    code, costs = ("use_upgrade", "more") if kind == UP else ("use_downgrade", "less")
    other = change_command(kind, space, wish, as_support=as_support)
    raise SubctlError(code, f"This change costs {costs} than today.", f"Use: {other}")


def expired(number: str, valid_until: date, again: str) -> SubctlError:
    """Return the refusal of a quote that is too old (pricing.md 6.2); `again` is the command that asks anew."""
    message = f"The quote {number} was valid until {valid_until}."
    return SubctlError("quote_expired", message, f"Ask for a new one: {again}")


def stale(number: str, why: str, again: str) -> SubctlError:
    """Return the refusal of a quote whose contract has moved on (pricing.md 6.2); `again` asks anew."""
    message = f"The quote {number} no longer fits: {why}."
    return SubctlError("quote_stale", message, f"Ask for a new one: {again}")
