"""Choices side by side: what each would cost. Nothing is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

from subctl.domain.catalog import Counts
from subctl.domain.contract import Contract, Wish, charge_of
from subctl.domain.dates import DAY, MONTHS_A_YEAR, add_months
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import recurring_drafts
from subctl.domain.pricing import plan_change
from subctl.domain.record import Record
from subctl.domain.refusals import refuse_change, refuse_ended, refuse_unsold
from subctl.domain.year import year_from, yearly_fee
from subctl.results.compare import Comparison, Cost, Option
from subctl.service.caller import Caller
from subctl.service.change import require_plan
from subctl.service.contract_page import step_fee
from subctl.service.session import Session, reading
from subctl.store import read


class Choices(Record):
    """What `compare` combines; an empty list stands for what is so today."""

    plans: Sequence[str] = ()
    users: Sequence[int] = ()
    licences: Sequence[Counts] = ()
    billings: Sequence[str] = ()

    def wishes(self) -> list[Wish]:
        """Return every combination."""
        return [
            Wish(plan, users, licences, billing)
            for plan, users, licences, billing in product(
                self.plans or (None,), self.users or (None,), self.licences or ((),), self.billings or (None,)
            )
        ]


def compare(caller: Caller, asked: str | None, choices: Choices) -> Comparison:
    """Return every combination side by side: due now, fee, what twelve months cost, what they are invoiced, net.

    The twelve months begin on the charge date, or on the first billed day; which invoices fall into a year from today
    says nothing of what is cheap, and is told beside. Of equal costs the one with the lower yearly fee is the
    cheapest, and of those the first. What the rules would refuse is named with its code instead of amounts.
    """
    with reading(caller, asked) as session:
        space, contract = session.load(asked)
        refuse_ended(contract, session.day)
        for plan in choices.plans:
            require_plan(session, plan)
        wishes = choices.wishes()
        for wish in wishes:
            refuse_unsold(session.catalogs, session.day, contract.current, wish.applied_to(contract.current))
        start = charge_of(contract, session.day)
        options = tuple(_option(session, space, contract, wish, start) for wish in wishes)
        costs = [(option.cost, place) for place, option in enumerate(options) if option.cost]
        return Comparison(
            day=session.day,
            space=space.id,
            currency=session.catalog.currency,
            licences=tuple(session.catalog.licences),
            today=year_from(contract, start, session.catalogs).cost,
            options=options,
            cheapest=min(costs, key=_order)[1] if costs else None,
        )


def _order(choice: tuple[Cost, int]) -> tuple[int, int, int]:
    cost, place = choice
    return cost.first_year, yearly_fee(cost.fee), place


def _option(session: Session, space: read.Space, contract: Contract, wish: Wish, start: date) -> Option:
    """Return one combination with what it costs, or with the code of what refuses it."""
    wanted, day, catalogs = wish.applied_to(contract.current), session.day, session.catalogs
    change, after = plan_change(contract, wanted, day, catalogs, space.taxed_as)
    try:
        if wanted != contract.current:
            refuse_change(contract, space.customer, wanted, session.catalog, as_support=session.caller.as_support)
    except SubctlError as error:
        return Option(wanted, None, error.code)
    due = change.due_now.net if change.due_now else 0
    last = add_months(day, MONTHS_A_YEAR) - DAY
    coming = [*change.catch_up, *recurring_drafts(after, last, day, catalogs, space.taxed_as)]
    invoices = tuple(draft for draft in coming if draft.net)
    cost = Cost(
        kind=change.kind,
        due_now=due,
        fee=step_fee(after, len(after.steps) - 1, day, catalogs),
        year=year_from(after, start, catalogs),
        invoiced=due + sum(draft.net for draft in invoices),
        invoices=invoices,
    )
    return Option(wanted, cost)
