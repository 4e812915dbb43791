"""Invoices before they have a number: their lines, and the sums of them (pricing.md 3.1, 4.5, 4.9).

A recurring draft covers one period; an upgrade draft covers the months up to the end of a paid year. Both
are the whole truth about their amounts: previews show them and orders and bill runs issue them.
"""

from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from subctl.domain.catalog import ANNUAL, PER, Catalog, Catalogs, Rates
from subctl.domain.contract import Contract, State, Step, length, rates_in, step_at
from subctl.domain.dates import MONTHS_A_YEAR, Months, Period, months_between
from subctl.domain.money import to_minor
from subctl.domain.tax import Vat, vat_for

RECURRING, UPGRADE, CREDIT = "recurring", "upgrade", "credit"
USERS, ZOOM = "users", "zoom"


class Line(NamedTuple):
    """One rounded amount: quantity × rate × months, divided by 12 where the rate is per year.

    `rate` is in ten-thousandths, `amount` in minor units. Where a line charges the difference of two fees,
    `fees` holds them, before and after, in ten-thousandths.
    """

    item: str
    description: str
    quantity: int
    rate: int
    per: str
    period: Period
    months: Months
    amount: int
    fees: tuple[int, int] | None = None


class Draft(NamedTuple):
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


class Buyer(NamedTuple):
    """What of a buyer decides on VAT."""

    country: str
    vat_id: str | None


class Priced(NamedTuple):
    """A state with the rates it has, on its own billing."""

    state: State
    rates: Rates
    title: str

    @property
    def user_fee(self) -> int:
        """What all users cost for one period, in ten-thousandths."""
        return self.state.users * self.rates.user

    @property
    def zoom_fee(self) -> int:
        """What all Zoom licences cost for one period, in ten-thousandths."""
        return self.state.zoom * self.rates.zoom

    @property
    def fee(self) -> int:
        """The fee of the step for one period, in ten-thousandths (pricing.md 3.2)."""
        return self.user_fee + self.zoom_fee


def priced_step(contract: Contract, step: Step, period: Period, catalogs: Catalogs) -> Priced:
    """Return a step with its rates in a period."""
    title = _title(catalogs, step.state.plan, period.start)
    return Priced(step.state, rates_in(contract, step, period, catalogs), title)


def _title(catalogs: Catalogs, plan: str, day: date) -> str:
    found = catalogs.at(day).plans.get(plan)
    return found.price.title if found else plan


def _line(
    item: str,
    description: str,
    quantity: int,
    rate: int,
    per: str,
    period: Period,
    months: Months,
    currency: str,
    fees: tuple[int, int] | None = None,
) -> Line:
    numerator, denominator = months.ratio
    divisor = denominator * (MONTHS_A_YEAR if per == PER[ANNUAL] else 1)
    amount = to_minor(quantity * rate * numerator, currency, divisor)
    return Line(item, description, quantity, rate, per, period, months, amount, fees)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def whole_lines(priced: Priced, period: Period, months: Months, zoom_title: str, currency: str) -> Iterator[Line]:
    """Yield the lines that charge a whole state for a period."""
    per = PER[priced.state.billing]
    state, rates = priced.state, priced.rates
    yield _line(
        USERS,
        f"{priced.title}, {_count(state.users, 'user', 'users')}",
        state.users,
        rates.user,
        per,
        period,
        months,
        currency,
    )
    if state.zoom:
        yield _line(ZOOM, zoom_title, state.zoom, rates.zoom, per, period, months, currency)


def difference_lines(before: Priced, after: Priced, period: Period, zoom_title: str, currency: str) -> Iterator[Line]:
    """Yield the lines that charge what `after` costs more than `before` in a stretch (pricing.md 4.5)."""
    per, months = PER[after.state.billing], months_between(period.start, period.end)
    added = after.state.users - before.state.users
    if after.state.plan == before.state.plan and after.rates.user == before.rates.user:
        if added:
            more = _count(abs(added), "user", "users") + (" more" if added > 0 else " fewer")
            yield _line(
                USERS,
                f"{after.title}, {more}",
                added,
                after.rates.user,
                per,
                period,
                months,
                currency,
                (before.user_fee, after.user_fee),
            )
    elif after.user_fee != before.user_fee:
        words = f"{_words(after)} instead of {_words(before)}"
        yield _line(
            USERS,
            words,
            1,
            after.user_fee - before.user_fee,
            per,
            period,
            months,
            currency,
            (before.user_fee, after.user_fee),
        )
    added = after.state.zoom - before.state.zoom
    if after.rates.zoom == before.rates.zoom:
        if added:
            words = f"{zoom_title}, {abs(added)} {'more' if added > 0 else 'fewer'}"
            yield _line(
                ZOOM,
                words,
                added,
                after.rates.zoom,
                per,
                period,
                months,
                currency,
                (before.zoom_fee, after.zoom_fee),
            )
    elif after.zoom_fee != before.zoom_fee:
        words = f"{zoom_title}, {after.state.zoom} instead of {before.state.zoom}"
        yield _line(
            ZOOM,
            words,
            1,
            after.zoom_fee - before.zoom_fee,
            per,
            period,
            months,
            currency,
            (before.zoom_fee, after.zoom_fee),
        )


def _words(priced: Priced) -> str:
    return f"{priced.title} for {_count(priced.state.users, 'user', 'users')}"


def recurring_draft(contract: Contract, period: Period, catalogs: Catalogs, buyer: Buyer, day: date) -> Draft:
    """Return the recurring invoice of a period or of the rest of one, dated `day`.

    It charges the state at the start for the whole of it, and for each step that starts later inside it the
    difference up to the end (pricing.md 4.9). The rates are those of the whole period.
    """
    step = step_at(contract.steps, period.start)
    whole = contract.period_at(period.start)
    catalog, issuer = catalogs.at(max(whole.start, contract.entered_on)), catalogs.at(day)
    priced = priced_step(contract, step, whole, catalogs)
    lines = [*whole_lines(priced, period, length(step, period), catalog.zoom.title, catalog.currency)]
    for later in contract.steps:
        if period.start < later.start < period.end:
            after = priced_step(contract, later, whole, catalogs)
            rest = Period(later.start, period.end)
            lines += difference_lines(priced, after, rest, catalog.zoom.title, catalog.currency)
            priced = after
    vat = vat_for(issuer.seller, buyer.country, buyer.vat_id)
    return Draft(RECURRING, day, period, tuple(lines), vat, catalog.currency)


def upgrade_draft(before: Priced, after: Priced, period: Period, catalog: Catalog, buyer: Buyer, day: date) -> Draft:
    """Return the upgrade invoice for the months left until the renewal date, dated `day` (pricing.md 4.5)."""
    lines = difference_lines(before, after, period, catalog.zoom.title, catalog.currency)
    vat = vat_for(catalog.seller, buyer.country, buyer.vat_id)
    return Draft(UPGRADE, day, period, tuple(lines), vat, catalog.currency)


def credit_draft(draft: Draft, day: date) -> Draft:
    """Return the credit note for the whole of an invoice, dated `day` (pricing.md 4.11)."""
    lines = (
        line._replace(quantity=-line.quantity, amount=-line.amount, fees=line.fees and line.fees[::-1])
        for line in draft.lines
    )
    return draft._replace(kind=CREDIT, day=day, lines=tuple(lines))


def unbilled_periods(contract: Contract) -> Iterator[Period]:
    """Yield the periods that no invoice covers yet, one after the other, up to the contract's end if it has one.

    The first may be the rest of a period: it was billed up to an end, or a switch, that was taken back since.
    """
    start = contract.billed_until
    while contract.priced(start):
        period = Period(start, contract.period_at(start).end)
        yield period
        start = period.end


def recurring_drafts(contract: Contract, until: date, day: date, catalogs: Catalogs, buyer: Buyer) -> Iterator[Draft]:
    """Yield the recurring invoices of the unbilled periods that start on or before `until` (pricing.md 4.3).

    Each is dated when it is due: a period that started before `day` is due on `day`.
    """
    for period in takewhile(lambda period: period.start <= until, unbilled_periods(contract)):
        yield recurring_draft(contract, period, catalogs, buyer, max(period.start, day))


def billed_until_after(contract: Contract, day: date) -> date:
    """Return the first day that is not billed once all that is due on `day` has been issued."""
    until = contract.billed_until
    for period in takewhile(lambda period: period.start <= day, unbilled_periods(contract)):
        until = period.end
    return until
