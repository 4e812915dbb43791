"""The rates at the charge date: the one function by which a change is judged and priced (pricing.md 3.4)."""

from collections.abc import Mapping
from datetime import date

from subctl.domain.catalog import BILLINGS, PER, Catalogs, Rates
from subctl.domain.contract import Contract, State, charge_of, fee, period_at, pricing_catalog, rates_in, step_at
from subctl.domain.invoice import Fee
from subctl.domain.record import Record


class Offer(Record):
    """The day and the catalogs by which a change is priced: today's, or those of a quote (pricing.md 6.2)."""

    day: date
    catalogs: Catalogs


class Card(Record):
    """The rates at the charge date, per plan and billing (pricing.md 3.4)."""

    rates: Mapping[tuple[str, str], Rates]

    def fee(self, state: State, billing: str) -> int:
        """Return what a state costs for one period of this billing, in ten-thousandths (pricing.md 3.2)."""
        return fee(state, self.rates[state.plan, billing])

    def own_fee(self, state: State) -> Fee:
        """Return what a state costs on its own billing."""
        return Fee(self.fee(state, state.billing), PER[state.billing])


def rate_card(contract: Contract, day: date, wanted: State, catalogs: Catalogs, offer: Offer) -> Card:
    """Return the rates at the charge date for every plan that the change compares (pricing.md 3.4)."""
    charge = charge_of(contract, day)
    base, period = step_at(contract.steps, charge), period_at(contract.steps, charge)
    begun = day >= period.start
    catalog = offer.catalogs.at(offer.day) if begun else pricing_catalog(contract, period, offer.catalogs)
    plans = {wanted.plan, *(step.state.plan for step in contract.steps if step.start >= base.start)}
    rates = {(plan, billing): catalog.rates(plan, billing) for plan in plans for billing in BILLINGS}
    if begun or base.promised(period) is not None:
        billing, pinned = base.state.billing, rates_in(contract, base, period, catalogs)
        for plan in plans:
            own = rates[plan, billing]
            user = pinned.user if plan == base.state.plan else own.user
            rates[plan, billing] = Rates(user, tuple(sorted({**dict(own.licences), **dict(pinned.licences)}.items())))
    return Card(rates)
