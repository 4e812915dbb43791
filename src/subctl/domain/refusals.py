"""What the rules refuse, in their order (pricing.md 5). Who may do what is the service's to know."""

from datetime import date

from subctl.domain.catalog import MONTHLY, Catalog, Catalogs, no_licence
from subctl.domain.contract import Contract, State, Wish
from subctl.domain.errors import SubctlError
from subctl.domain.pricing import DOWN, UP
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence, plural

_SOME = 5
_ANEW = N_("Ask for a new one: {command}")

CARD = "card"
DIRECT_DEBIT = "direct-debit"
PAYMENTS = ("invoice", DIRECT_DEBIT, CARD)


class Customer(Record):
    """What of a space decides whether a change is allowed."""

    id: str
    active_users: int
    payment: str
    locked: bool


def refuse_ended(contract: Contract, day: date) -> None:
    """Refuse every change after the end (`contract_ended`)."""
    if contract.ended(day):
        raise SubctlError(
            "contract_ended",
            N_("The contract of {space} ended on {day}.")
            if contract.last_day
            else N_("The contract of {space} ended before it started."),
            N_("A new contract starts with a new space: {command}."),
            space=contract.space,
            day=contract.last_day,
            command="subctl space add",
        )


def refuse_unsupported(customer: Customer, catalog: Catalog, before: str, wanted: str) -> None:
    """Refuse what the vendor's staff looks after (`contact_support`): other people's private plans are not chosen."""
    managed = [plan for plan in (before, wanted) if plan in catalog.plans and not catalog.plans[plan].self_service]
    if managed:
        raise _managed_plan(managed[0], catalog)
    if wanted != before:
        refuse_private(customer.id, catalog, wanted)
    if customer.locked:
        raise _managed(N_("The contract of {space} is managed by {seller}."), catalog, space=customer.id)


def refuse_private(space: str, catalog: Catalog, plan_id: str) -> None:
    """Refuse to choose a private plan of others (`contact_support`; pricing.md 3.6)."""
    if plan_id in catalog.plans and not catalog.plans[plan_id].offered_to(space):
        raise _managed_plan(plan_id, catalog)


def _managed_plan(plan_id: str, catalog: Catalog) -> SubctlError:
    return _managed(N_("The plan {plan} is managed by {seller}."), catalog, plan=plan_id)


def _managed(what: str, catalog: Catalog, **values: str) -> SubctlError:
    seller = catalog.seller
    return SubctlError(
        "contact_support",
        what,
        N_("Please contact {support}."),
        seller=seller.name.rstrip("."),  # the sentence ends with a point of its own
        support=seller.support,
        **values,
    )


def refuse_plan_limit(catalog: Catalog, plan_id: str, users: int) -> None:
    """Refuse numbers of users outside the plan's limits (`plan_limit`)."""
    plan = catalog.plan(plan_id)
    if users < plan.min_users:
        raise SubctlError(
            "plan_limit",
            N_("The plan {plan} needs at least {least} users, not {asked}."),
            N_("Ask for --users {least} or more, or for another plan."),
            plan=plan_id,
            least=plan.min_users,
            asked=users,
        )
    if plan.max_users is not None and users > plan.max_users:
        raise SubctlError(
            "plan_limit",
            N_("The plan {plan} has at most {users}, not {asked}."),
            N_("Ask for --users {most} or fewer, or for another plan."),
            plan=plan_id,
            users=plural("{number} user", "{number} users", plan.max_users),
            most=plan.max_users,
            asked=users,
        )


def refuse_below_active(customer: Customer, before: int, users: int) -> None:
    """Refuse fewer users than are active (`below_active_users`)."""
    if users < before and users < customer.active_users:
        values = {"active": customer.active_users, "space": customer.id, "asked": users}
        raise SubctlError(
            "below_active_users",
            Sentence(N_("{active} users of {space} are active: more than {asked}."), values),
            plural(
                "Deactivate {number} user first.", "Deactivate {number} users first.", customer.active_users - users
            ),
        )


def refuse_card_monthly(payment: str, billing: str) -> None:
    """Refuse credit cards on monthly billing (`payment_method`)."""
    if payment == CARD and billing == MONTHLY:
        raise SubctlError(
            "payment_method",
            N_("Monthly billing can't be paid by credit card."),
            N_("Choose annual billing, or pay by invoice or direct debit: {command}."),
            command="subctl space set ID --payment invoice",
        )


def refuse_unoffered(catalogs: Catalogs, day: date, plan_id: str) -> None:
    """Refuse a plan that isn't sold, or that a catalog to come no longer has (`not_found`)."""
    for catalog in catalogs.from_day(day):
        if plan_id not in catalog.plans and catalog.valid_from > day:
            raise SubctlError(
                "not_found",
                N_("The plan {plan} is not sold any more from {day} on."),
                N_("From then on there are {names}."),
                plan=plan_id,
                day=catalog.valid_from,
                names=", ".join(catalog.open_plans),
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
                N_("The licence {licence} is not sold any more from {day} on."),
                N_("From then on there are {names}.") if catalog.licences else N_("From then on there are none."),
                licence=kind,
                day=catalog.valid_from,
                names=", ".join(catalog.licences),
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
            N_("The contract of {space} is cancelled: its billing can't be changed any more."),
            N_("Withdraw the cancellation first: {command} names it."),
            space=contract.space,
            command=f"subctl list orders --space {contract.space} --kind cancel",
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
    code, costs = (
        ("use_upgrade", N_("This change costs more than today."))
        if kind == UP
        else ("use_downgrade", N_("This change costs less than today."))
    )
    raise SubctlError(
        code, costs, N_("Use: {command}"), command=change_command(kind, space, wish, as_support=as_support)
    )


def expired(number: str, valid_until: date, again: str) -> SubctlError:
    """Return the refusal of a quote that is too old (pricing.md 6.2); `again` is the command that asks anew."""
    what = N_("The quote {quote} was valid until {day}.")
    return SubctlError("quote_expired", what, _ANEW, quote=number, day=valid_until, command=again)


def stale(number: str, why: Sentence, again: str) -> SubctlError:
    """Return the refusal of a quote whose contract has moved on (pricing.md 6.2); `again` asks anew.

    `why` is a clause.
    """
    what = N_("The quote {quote} no longer fits: {why}.")
    return SubctlError("quote_stale", what, _ANEW, quote=number, why=why, command=again)
