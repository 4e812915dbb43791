"""A change: from a wanted state to new price steps, what is due now, and what comes (pricing.md 4).

`plan_change` is the one computation that a preview shows, a quote saves and an order executes.
"""

from datetime import date

from subctl.domain.catalog import ANNUAL, PER, Catalogs, Rates
from subctl.domain.contract import (
    Contract,
    State,
    Step,
    Steps,
    changes_monthly,
    charge_of,
    notice_date,
    step_at,
    with_steps,
)
from subctl.domain.dates import DAY, Period, year_of
from subctl.domain.invoice import (
    Buyer,
    Draft,
    Fee,
    billed_until_after,
    first_invoice,
    priced,
    recurring_drafts,
    upgrade_draft,
)
from subctl.domain.rate_card import Card, Offer, rate_card
from subctl.domain.record import Record

UP, DOWN, BILLING, NONE = "upgrade", "downgrade", "billing", "none"


class Compared(Record):
    """The two fees that name a change, on the same billing, in ten-thousandths (pricing.md 4.2)."""

    before: int
    after: int
    per: str


class Change(Record):
    """Everything there is to say about a change; all of it follows from the contract, the day and the catalogs.

    `before_fee` and `after_fee` are those of the two states, each on its own billing; `compared` is missing in
    documents by the first rules, which kept the fees that were compared. `licences` are the kinds that were sold.
    `rule` is the one in pricing.md that places the new price.
    """

    kind: str
    day: date
    before: State
    after: State
    before_fee: Fee
    after_fee: Fee
    compared: Compared | None
    licences: tuple[str, ...]
    currency: str
    available_from: date | None = None
    price_from: date | None = None
    free_until: date | None = None
    renews_on: date | None = None
    catch_up: tuple[Draft, ...] = ()
    due_now: Draft | None = None
    next_invoice: Draft | None = None
    rule: str | None = None

    @property
    def changed(self) -> bool:
        """Tell whether anything changes at all."""
        return self.kind != NONE

    @property
    def total_now(self) -> int:
        """What is due now, with VAT, in minor units."""
        return self.due_now.total if self.due_now else 0


class Planned(Record):
    """A change, and the contract once it is ordered and all that was due is issued."""

    change: Change
    contract: Contract


class _Move(Record):
    """New price steps, the day from which the price differs, and the rule that says so."""

    steps: Steps
    start: date
    rule: str


class _Setting(Record):
    """What a change starts from: the step in force at the charge date, and the rates there."""

    contract: Contract
    day: date
    charge: date
    base: Step
    card: Card
    catalogs: Catalogs

    @property
    def notice(self) -> int:
        """The notice in months, by the catalog of the day."""
        return self.catalogs.at(self.day).policy.notice_months

    def with_steps(self, steps: Steps, new: Steps) -> Steps:
        """Return steps of the contract with new ones ordered today."""
        return with_steps(self.contract._replace(steps=steps), new, self.day, self.catalogs)


def plan_change(
    contract: Contract, wanted: State, day: date, catalogs: Catalogs, buyer: Buyer, offer: Offer | None = None
) -> Planned:
    """Work out what it means to want this state on this day; `offer` is a quote's, where one is ordered."""
    setting = _setting(contract, wanted, day, catalogs, offer)
    change = _compared(setting, wanted)
    if not change.changed:
        return Planned(change, contract)
    move = _move(setting, change)
    after = contract._replace(steps=move.steps, billed_until=billed_until_after(contract, day))
    price_from = contract.priced(move.start)
    full = change._replace(
        available_from=max(day, contract.start),
        price_from=price_from,
        free_until=_free_until(setting, change, price_from),
        renews_on=after.period_at(day).end,
        catch_up=tuple(draft for draft in recurring_drafts(contract, day, day, catalogs, buyer) if draft.payable),
        due_now=_due_now(setting, change, move, buyer),
        next_invoice=first_invoice(after, price_from, day, catalogs, buyer) if price_from else None,
        rule=move.rule,
    )
    return Planned(full, after)


class Holding(Record):
    """What of an offer must stay as it is for a quote to hold: the rates of both states, and the day of the price."""

    rates: tuple[Rates, ...]
    price_from: date | None


def holding(contract: Contract, change: Change, day: date, catalogs: Catalogs) -> Holding:
    """Return what the same change would be offered at on a day, by the catalogs that are known now (pricing.md 6.1).

    The rates are those of the two states, on B's billing and on each one's own; where nobody is billed for a kind of
    licence, its rate doesn't count. The day of the price counts for reductions and changes of billing alone.
    """
    setting = _setting(contract, change.after, day, catalogs, None)
    base = setting.base.state.billing
    rates = tuple(
        _counting(setting.card.rates[state.plan, billing], state)
        for state in (change.before, change.after)
        for billing in (base, state.billing)
    )
    if change.kind not in (DOWN, BILLING):
        return Holding(rates, None)
    return Holding(rates, contract.priced(_move(setting, _compared(setting, change.after)).start))


def _counting(rates: Rates, state: State) -> Rates:
    """Return only the rates that a state pays."""
    return Rates(rates.user, tuple((kind, rates.of(kind)) for kind, _ in state.licences))


def _setting(contract: Contract, wanted: State, day: date, catalogs: Catalogs, offer: Offer | None) -> _Setting:
    charge = charge_of(contract, day)
    card = rate_card(contract, day, wanted, catalogs, offer or Offer(day, catalogs))
    return _Setting(contract, day, charge, step_at(contract.steps, charge), card, catalogs)


def _compared(setting: _Setting, wanted: State) -> Change:
    """Name a change by what it costs more or less than today (pricing.md 4.2)."""
    before, card, billing = setting.contract.current, setting.card, setting.base.state.billing
    catalog = setting.catalogs.at(setting.day)
    compared = Compared(card.fee(before, billing), card.fee(wanted, billing), PER[billing])
    return Change(
        kind=_kind(before, wanted, compared),
        day=setting.day,
        before=before,
        after=wanted,
        before_fee=card.own_fee(before),
        after_fee=card.own_fee(wanted),
        compared=compared,
        licences=tuple(catalog.licences),
        currency=catalog.currency,
    )


def _move(setting: _Setting, change: Change) -> _Move:
    if changes_monthly(setting.contract, setting.day):
        return _monthly_move(setting, change.after)
    return _annual_move(setting, change)


def _kind(before: State, wanted: State, compared: Compared) -> str:
    """Name the change (pricing.md 4.2)."""
    if wanted == before:
        return NONE
    if compared.after < compared.before:
        return DOWN
    return BILLING if wanted == before._replace(billing=wanted.billing) else UP


def _monthly_move(setting: _Setting, wanted: State) -> _Move:
    """Let the price follow at the charge date, up or down (pricing.md 4.4)."""
    anchor = (setting.base.anchor or setting.charge) if wanted.billing == ANNUAL else None
    step = Step(setting.charge, wanted, anchor, setting.card.rates[wanted.plan, wanted.billing])
    return _Move(setting.with_steps(setting.contract.steps, (step,)), setting.charge, "4.4")


def _annual_move(setting: _Setting, change: Change) -> _Move:
    """Let the price follow by the rules of annual billing (pricing.md 4.5 to 4.8)."""
    steps, charge, wanted = setting.contract.steps, setting.charge, change.after
    switch = next((step.start for step in steps if step.start > charge and step.anchor is None), None)
    if switch and wanted.billing == ANNUAL:
        steps = _stay_annual(setting, switch, setting.base.anchor or charge)
        if change.kind == BILLING:
            return _Move(steps, switch, "4.8")
    reach = notice_date(steps, setting.day, setting.notice)
    if change.kind == BILLING:
        first, rule = max(reach, setting.base.start), "4.8"
    elif change.kind == DOWN:
        first, rule = reach, "4.7"
    else:
        first = _upgrade_start(setting, steps, setting.card.fee(wanted, ANNUAL))
        rule = "4.5" if first == charge else "4.6"
    new = [_step(setting, first, wanted)]
    monthly_from = max(switch or reach, first)
    if wanted.billing != ANNUAL and monthly_from > first:
        new = [_step(setting, first, wanted._replace(billing=ANNUAL)), _step(setting, monthly_from, wanted)]
    return _Move(setting.with_steps(steps, tuple(new)), first, rule)


def _step(setting: _Setting, start: date, state: State) -> Step:
    """Return a step of an annual contract; one at the charge date keeps its rates, a waiting one none (3.4)."""
    rates = setting.card.rates[state.plan, state.billing] if start == setting.charge else None
    return Step(start, state, setting.base.anchor if state.billing == ANNUAL else None, rates)


def _upgrade_start(setting: _Setting, steps: Steps, wanted_fee: int) -> date:
    """Return where an upgrade's price starts: at once, or where a reduction waits that costs no more (4.5, 4.6)."""
    if setting.card.fee(setting.base.state, ANNUAL) <= wanted_fee:
        return setting.charge
    waiting = (step for step in steps if step.start > setting.charge)
    return next(step.start for step in waiting if setting.card.fee(step.state, ANNUAL) <= wanted_fee)


def _stay_annual(setting: _Setting, switch: date, anchor: date) -> Steps:
    """Take back a waiting switch to monthly; what was ordered with it waits for annual boundaries (4.8)."""
    steps, moved = setting.contract.steps, {}
    for step in steps:
        if step.start >= switch:
            year = year_of(anchor, step.start)
            start = step.start if year.start == step.start else year.end
            moved[start] = Step(start, step.state._replace(billing=ANNUAL), anchor)
    return setting.with_steps(steps, tuple(moved.values()))


def _due_now(setting: _Setting, change: Change, move: _Move, buyer: Buyer) -> Draft | None:
    """Return the upgrade invoice, where there is one (pricing.md 4.5)."""
    contract, base, catalog = setting.contract, setting.base, setting.catalogs.at(setting.day)
    renewal = min(contract.period_at(setting.day).end, billed_until_after(contract, setting.day))
    if move.rule != "4.5" or setting.charge >= renewal:
        return None
    before, after = (
        priced(state, setting.card.rates[state.plan, ANNUAL], catalog)
        for state in (base.state, change.after._replace(billing=ANNUAL))
    )
    draft = upgrade_draft(before, after, Period(setting.charge, renewal), catalog, buyer, setting.day)
    return draft if draft.payable else None


def _free_until(setting: _Setting, change: Change, price_from: date | None) -> date | None:
    """Return the last day of free use: until then what was added can be used and costs nothing (4.1, 4.12)."""
    begins = price_from or setting.contract.end
    billing = setting.base.state.billing
    dearer = setting.card.fee(change.after, billing) > setting.card.fee(setting.base.state, billing)
    if change.kind != UP or not dearer or begins is None:
        return None
    return begins - DAY if begins > max(setting.day, setting.contract.start) else None
