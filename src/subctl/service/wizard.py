"""What somebody is asked who names no change: the choices there are, and each answer held against the rules."""

from subctl.domain.catalog import Catalog
from subctl.domain.contract import State, Wish
from subctl.domain.record import Record
from subctl.domain.refusals import refuse_ended, refuse_named, refuse_unsold
from subctl.service.caller import Caller
from subctl.service.change import require_plan
from subctl.service.session import Session, reading


class Choices(Record):
    """The space that is asked about, what it has today, and the catalog with the plans that this account sees."""

    space: str
    current: State
    catalog: Catalog


def choices(caller: Caller, asked: str | None) -> Choices:
    """Return what there is to choose from.

    Errors: which space it is (`ambiguous_space`, `not_found`, `not_administrator`), and what any change of this
    contract would be refused by: nobody answers for nothing.
    """
    with reading(caller, asked) as session:
        space = _refuse_named(session, asked, Wish())
        session.check_clock()
        return Choices(space, session.load(space)[1].current, session.seen(session.catalog))


def refuse_answers(caller: Caller, space: str, wish: Wish) -> None:
    """Refuse what is named so far by the first rule it breaks (pricing.md 5); what isn't named yet breaks none."""
    with reading(caller, space) as session:
        _refuse_named(session, space, wish)


def _refuse_named(session: Session, asked: str | None, wish: Wish) -> str:
    space, contract = session.load(asked)
    refuse_ended(contract, session.day)
    current = contract.current
    wanted = wish.applied_to(current)
    if wanted.plan != current.plan:
        require_plan(session, wanted.plan)
    refuse_unsold(session.catalogs, session.day, current, wanted)
    refuse_named(contract, space.customer, wish, session.catalog, as_support=session.caller.as_support)
    return space.id
