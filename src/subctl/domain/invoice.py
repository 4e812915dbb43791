"""Invoices before they have a number: their lines, and the sums of them (pricing.md 3.1, 4.5, 4.9).

A recurring draft covers one period; an upgrade draft covers the months up to the end of a paid year. Both
are the whole truth about their amounts: previews show them and orders and bill runs issue them.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import takewhile

from subctl.domain.catalog import ANNUAL, PER, USERS, Catalog, Catalogs, Rates
from subctl.domain.contract import Contract, State, Step, fee, length, pricing_catalog, pricing_day, rates_in, step_at
from subctl.domain.dates import MONTHS_A_YEAR, Months, Period, months_between
from subctl.domain.money import to_minor
from subctl.domain.record import Record
from subctl.domain.tax import Vat, vat_for

RECURRING, UPGRADE, CREDIT = KINDS = ("recurring", "upgrade", "credit")

_ALIKE = 4096
"""So many states and periods are charged once: who prices a whole book meets the same ones again."""

RULES = 2
"""The number of the rules by which documents are made; each says which made it (pricing.md 7.3)."""


class Counted(Record):
    """Users of a plan, or licences of a kind: `name` and `title` as in the catalog, how many, and their rate.

    `rate` is that of one of them for one period, in ten-thousandths.
    """

    name: str
    title: str
    number: int
    rate: int

    @property
    def fee(self) -> int:
        """What all of them cost for one period, in ten-thousandths."""
        return self.number * self.rate


class Line(Record):
    """One rounded amount: quantity × rate × months, divided by 12 where the rate is per year.

    `item` is `users` or a kind of licence; `after` is what is charged, and where a line charges a difference,
    `before` what it is compared with. `rate` is in ten-thousandths, `amount` in minor units. `words` are those that a
    document kept when it was issued (pricing.md 7.2).
    """

    item: str
    before: Counted | None
    after: Counted
    quantity: int
    rate: int
    per: str
    period: Period
    months: Months
    amount: int
    words: str | None = None


class Draft(Record):
    """An invoice without its number: net is the sum of its lines, VAT is on net, once."""

    kind: str
    day: date
    period: Period
    lines: tuple[Line, ...]
    vat: Vat
    currency: str

    @property
    def net(self) -> int:
        """The sum of the lines."""
        return sum(line.amount for line in self.lines)

    @property
    def tax(self) -> int:
        """The VAT on the net sum."""
        return self.vat.on(self.net)

    @property
    def total(self) -> int:
        """What the buyer owes."""
        return self.net + self.tax

    @property
    def payable(self) -> bool:
        """Tell whether it is issued: none of 0.00, and none that the rounding of its lines makes negative (3.1)."""
        return self.net > 0


class Fee(Record):
    """What a state costs for one month or one year, in ten-thousandths."""

    amount: int
    per: str


class Buyer(Record):
    """What of a buyer decides on VAT."""

    country: str
    vat_id: str | None


def vat_of(catalog: Catalog, buyer: Buyer) -> Vat:
    """Return the VAT of an invoice to a buyer, by the seller of a catalog (pricing.md 3.3)."""
    return vat_for(catalog.seller, buyer.country, buyer.vat_id)


class Priced(Record):
    """A state on its own billing as things that are counted: its users, then each kind of licence it has."""

    state: State
    users: Counted
    licences: Mapping[str, Counted]


def fee_in(contract: Contract, step: Step, period: Period, catalogs: Catalogs) -> Fee:
    """Return what a step costs in a period, on its own billing (pricing.md 3.2, 3.4)."""
    return Fee(fee(step.state, rates_in(contract, step, period, catalogs)), PER[step.state.billing])


def priced(state: State, rates: Rates, catalog: Catalog) -> Priced:
    """Return a state with these rates, under the titles that the catalog has for what it sells (`not_found`)."""
    plan = catalog.plans.get(state.plan)
    users = Counted(state.plan, plan.price.title if plan else state.plan, state.users, rates.user)
    licences = {kind: _licences(kind, number, rates, catalog) for kind, number in state.licences}
    return Priced(state, users, licences)


def _licences(kind: str, number: int, rates: Rates, catalog: Catalog) -> Counted:
    price = catalog.licences.get(kind)
    return Counted(kind, price.title if price else kind, number, rates.of(kind))


def priced_step(contract: Contract, step: Step, period: Period, catalogs: Catalogs) -> Priced:
    """Return a step with its rates in a period, under the titles of the catalog that prices it (pricing.md 2.5)."""
    catalog = pricing_catalog(contract, period, catalogs)
    return priced(step.state, rates_in(contract, step, period, catalogs), catalog)


class _Stretch(Record):
    """What the lines of one part of an invoice share: the stretch they charge, and how it is counted."""

    per: str
    period: Period
    months: Months
    currency: str

    def line(self, item: str, before: Counted | None, after: Counted, quantity: int, rate: int) -> Line:
        """Return a line with its amount."""
        amount = _amount(quantity, rate, self.per, self.months, self.currency)
        return Line(item, before, after, quantity, rate, self.per, self.period, self.months, amount, None)


def line_amount(line: Line, currency: str) -> int:
    """Return quantity × rate × months, divided by 12 where the rate is per year, rounded once (pricing.md 3.1)."""
    return _amount(line.quantity, line.rate, line.per, line.months, currency)


def _amount(quantity: int, rate: int, per: str, months: Months, currency: str) -> int:
    numerator, denominator = months.ratio
    divisor = denominator * (MONTHS_A_YEAR if per == PER[ANNUAL] else 1)
    return to_minor(quantity * rate * numerator, currency, divisor)


def whole_lines(state: Priced, period: Period, months: Months, catalog: Catalog) -> Iterator[Line]:
    """Yield the lines that charge a whole state for a period: its users, and each kind of licence it has."""
    stretch = _Stretch(PER[state.state.billing], period, months, catalog.currency)
    yield stretch.line(USERS, None, state.users, state.users.number, state.users.rate)
    for kind in _kinds(catalog, state):
        counted = state.licences[kind]
        yield stretch.line(kind, None, counted, counted.number, counted.rate)


def difference_lines(before: Priced, after: Priced, period: Period, catalog: Catalog) -> Iterator[Line]:
    """Yield the lines that charge what `after` costs more than `before` in a stretch (pricing.md 4.5)."""
    months = months_between(period.start, period.end)
    stretch = _Stretch(PER[after.state.billing], period, months, catalog.currency)
    yield from _difference(stretch, USERS, before.users, after.users)
    for kind in _kinds(catalog, before, after):
        old, new = before.licences.get(kind), after.licences.get(kind)
        old, new = old or _none_of(new), new or _none_of(old)
        yield from _difference(stretch, kind, old, new)


def _difference(stretch: _Stretch, item: str, before: Counted, after: Counted) -> Iterator[Line]:
    """Yield the line for what an item costs more or less: the added number, where only that has changed."""
    added = after.number - before.number
    if (before.name, before.rate) == (after.name, after.rate):
        if added:
            yield stretch.line(item, before, after, added, after.rate)
    elif after.fee != before.fee:
        yield stretch.line(item, before, after, 1, after.fee - before.fee)


def _none_of(counted: Counted | None) -> Counted:
    """Return none of what there is on the other side of a difference, at the same rate."""
    assert counted is not None  # noqa: S101  # a kind is asked for because one side has it
    return counted._replace(number=0)


def _kinds(catalog: Catalog, *states: Priced) -> list[str]:
    """Return the kinds of licence that some states have, in the catalog's order; others behind, by name."""
    having = {kind for state in states for kind in state.licences}
    return [kind for kind in catalog.licences if kind in having] + sorted(having - catalog.licences.keys())


def recurring_draft(contract: Contract, period: Period, catalogs: Catalogs, buyer: Buyer, day: date) -> Draft:
    """Return the recurring invoice of a period or of the rest of one, dated `day`.

    It charges the state at the start for the whole of it, and for each step that starts later inside it the
    difference up to the end (pricing.md 4.9). The rates are those of the whole period; the VAT is that of the catalog
    in force on the invoice's first day, however late it is issued (3.3).
    """
    lines, currency = recurring_lines(contract, period, catalogs)
    return Draft(RECURRING, day, period, lines, vat_of(catalogs.at(period.start), buyer), currency)


def recurring_lines(contract: Contract, period: Period, catalogs: Catalogs) -> tuple[tuple[Line, ...], str]:
    """Return what a period charges by `recurring_draft`, and the currency."""
    step = step_at(contract.steps, period.start)
    whole = contract.period_at(period.start)
    day, months = pricing_day(contract, whole), length(step, period)
    rates = rates_in(contract, step, whole, catalogs)
    state, begun = _charged_whole(step.state, rates, day, catalogs, period, months)
    catalog, lines = catalogs.at(day), [*begun]
    for later in contract.steps:
        if period.start < later.start < period.end:
            after = priced_step(contract, later, whole, catalogs)
            lines += difference_lines(state, after, Period(later.start, period.end), catalog)
            state = after
    return tuple(lines), catalog.currency


@lru_cache(maxsize=_ALIKE)
def _charged_whole(
    state: State, rates: Rates, day: date, catalogs: Catalogs, period: Period, months: Months
) -> tuple[Priced, tuple[Line, ...]]:
    """Return a state with these rates, under the titles of the catalog of a day, and what it is charged."""
    catalog = catalogs.at(day)
    found = priced(state, rates, catalog)
    return found, tuple(whole_lines(found, period, months, catalog))


def upgrade_draft(before: Priced, after: Priced, period: Period, catalog: Catalog, buyer: Buyer, day: date) -> Draft:
    """Return the upgrade invoice for the months left until the renewal date, dated `day` (pricing.md 4.5)."""
    lines = difference_lines(before, after, period, catalog)
    vat = vat_of(catalog, buyer)
    return Draft(UPGRADE, day, period, tuple(lines), vat, catalog.currency)


def credit_draft(draft: Draft, day: date) -> Draft:
    """Return the credit note for the whole of an invoice, dated `day` (pricing.md 4.11)."""
    lines = (line._replace(quantity=-line.quantity, amount=-line.amount) for line in draft.lines)
    return draft._replace(kind=CREDIT, day=day, lines=tuple(lines))


def unbilled_periods(contract: Contract) -> Iterator[Period]:
    """Yield the periods that no invoice covers yet, one after the other, up to the contract's end if it has one.

    The first may be the rest of a period: it was billed up to an end, or a switch, that was taken back since.
    """
    start = contract.billed_until
    while not contract.ended(start):
        period = Period(start, contract.period_at(start).end)
        yield period
        start = period.end


def recurring_drafts(contract: Contract, until: date, day: date, catalogs: Catalogs, buyer: Buyer) -> Iterator[Draft]:
    """Yield the recurring invoices of the unbilled periods that start on or before `until` (pricing.md 4.3).

    Each is dated when it is due: a period that started before `day` is due on `day`.
    """
    for period in takewhile(lambda period: period.start <= until, unbilled_periods(contract)):
        yield recurring_draft(contract, period, catalogs, buyer, max(period.start, day))


def first_invoice(contract: Contract, start: date, day: date, catalogs: Catalogs, buyer: Buyer) -> Draft | None:
    """Return the first recurring invoice that charges a day from `start` on, however far it is.

    One of 0.00 is not issued (pricing.md 3.1). Once no step and no catalog is to come, a period of 0.00 is followed
    by others of 0.00: then there is none.
    """
    settled = max(contract.steps[-1].start, catalogs.last_day)
    for period in unbilled_periods(contract):
        if period.end > start:
            draft = recurring_draft(contract, period, catalogs, buyer, max(period.start, day))
            if draft.payable:
                return draft
            if period.start > settled:
                return None
    return None


def billed_until_after(contract: Contract, day: date) -> date:
    """Return the first day that is not billed once all that is due on `day` has been issued."""
    until = contract.billed_until
    for period in takewhile(lambda period: period.start <= day, unbilled_periods(contract)):
        until = period.end
    return until
