"""The invoices to come, as bill runs would issue them. Nothing is saved."""

from __future__ import annotations

from subctl.domain.contract import Contract
from subctl.domain.dates import add_months
from subctl.domain.invoice import Draft, recurring_drafts
from subctl.results.forecast import Forecast
from subctl.service.account import balance_of
from subctl.service.caller import Caller
from subctl.service.session import Session, reading
from subctl.store import read


def _coming(session: Session, space: read.Space, contract: Contract, months: int) -> list[Draft]:
    """Return the recurring invoices dated up to so many months from today, those already due too."""
    until = add_months(session.day, months)
    drafts = recurring_drafts(contract, until, session.day, session.catalogs, space.taxed_as)
    return [draft for draft in drafts if draft.payable]


def forecast(caller: Caller, asked: str | None, months: int) -> Forecast:
    """Return the invoices to come as bill runs would issue them, with what waits and what is imported."""
    with reading(caller, asked) as session:
        space, contract = session.load(asked)
        drafts = _coming(session, space, contract, months)
        currency, balance = session.catalog.currency, balance_of(session, space.id)
        return Forecast(session.day, months, space.id, currency, tuple(drafts), balance)
