"""Choices side by side: what each would cost. Nothing is saved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from subctl.domain.catalog import Counts
from subctl.domain.contract import Contract, Wish
from subctl.domain.dates import MONTHS_A_YEAR, add_months
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import Draft
from subctl.domain.pricing import plan_change
from subctl.domain.refusals import refuse_change, refuse_ended, refuse_unsold
from subctl.results.compare import Comparison, Cost, Option
from subctl.service.change import require_plan
from subctl.service.contract_page import step_fee
from subctl.service.forecast import _coming
from subctl.service.session import Caller, Session, buyer_of, customer_of, reading
from subctl.store import read


class Choices(NamedTuple):
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
    """Return every combination side by side: due now, fee, the first twelve months, net.

    What the rules would refuse is named with its code instead of amounts.
    """
    with reading(caller, asked) as session:
        space, contract = session.load(asked)
        refuse_ended(contract, session.day)
        for plan in choices.plans:
            require_plan(session, plan)
        for wish in choices.wishes():
            refuse_unsold(session.catalogs, session.day, contract.current, wish.applied_to(contract.current))
        today = sum(draft.net for draft in _of_a_year(session, _coming(session, space, contract, MONTHS_A_YEAR)))
        options = tuple(_option(session, space, contract, wish) for wish in choices.wishes())
        possible = [(option.cost.first_year, place) for place, option in enumerate(options) if option.cost]
        return Comparison(
            day=session.day,
            space=space.id,
            currency=session.catalog.currency,
            licences=tuple(session.catalog.licences),
            today=today,
            options=options,
            cheapest=min(possible)[1] if possible else None,
        )


def _of_a_year(session: Session, drafts: list[Draft]) -> list[Draft]:
    """Return the invoices of twelve months: where one is due today, the one in a year's time is the next year's."""
    due_today = any(draft.day == session.day for draft in drafts)
    next_year = add_months(session.day, MONTHS_A_YEAR)
    return [draft for draft in drafts if not (due_today and draft.day == next_year)]


def _option(session: Session, space: read.Space, contract: Contract, wish: Wish) -> Option:
    """Return one combination, with what its first twelve months cost or the code of what refuses it."""
    wanted = wish.applied_to(contract.current)
    change, after = plan_change(contract, wanted, session.day, session.catalogs, buyer_of(space))
    try:
        if wanted != contract.current:
            refuse_change(contract, customer_of(space), wanted, session.catalog, as_support=session.caller.as_support)
    except SubctlError as error:
        return Option(wanted, None, error.code)
    due = change.due_now.net if change.due_now else 0
    coming = _of_a_year(session, [*change.catch_up, *_coming(session, space, after, MONTHS_A_YEAR)])
    fee = step_fee(after, len(after.steps) - 1, session.day, session.catalogs)
    return Option(wanted, Cost(change.kind, due, fee, due + sum(draft.net for draft in coming), tuple(coming)))
