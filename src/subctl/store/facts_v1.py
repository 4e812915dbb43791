"""What documents of the first version keep: JSON as it was shown, lines and steps by position. Read for ever.

Such a document has its words instead of what they are made from: they come back as they were kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from subctl.domain.catalog import Rates, counts
from subctl.domain.contract import Snapshot, State, Step
from subctl.domain.dates import Months, Period
from subctl.domain.ending import CANCEL, Cancellation
from subctl.domain.invoice import CREDIT, Counted, Draft, Fee, Line
from subctl.domain.money import RATE_DECIMALS, parse_amount
from subctl.domain.pricing import Change
from subctl.domain.tax import Vat
from subctl.store.rows import day_or_none, read_day

Facts = dict[str, Any]

_SOLD = ("zoom",)
"""The licences that there were."""


def read_snapshot(facts: Facts) -> Snapshot:
    """Return the contract that a quote or an order was decided on."""
    steps = tuple(map(_read_step, facts["steps"]))
    return Snapshot(read_day(facts["billed_until"]), day_or_none(facts["end"]), steps)


def _read_step(row: Sequence[Any]) -> Step:
    start, plan, users, zoom, billing, anchor, user_rate, zoom_rate = row
    rates = None if user_rate is None else Rates(user_rate, (("zoom", zoom_rate),))
    return Step(read_day(start), _state(plan, users, zoom, billing), day_or_none(anchor), rates)


def _state(plan: str, users: int, zoom: int, billing: str) -> State:
    return State(plan, users, counts({"zoom": zoom}), billing)


def read_lines(facts: Sequence[Sequence[Any]], kind: str) -> tuple[Line, ...]:
    """Return the lines of an invoice; a credit note kept its two fees the other way round."""
    lines = []
    for item, words, quantity, rate, per, start, end, whole, days, of, amount, fees in facts:
        period, months = Period(read_day(start), read_day(end)), Months(whole, days, of)
        ordered = fees[::-1] if fees and kind == CREDIT else fees
        lines.append(_line(item, words, quantity, rate, per, period, months, amount, ordered))
    return tuple(lines)


def _line(
    item: str,
    words: str,
    quantity: int,
    rate: int,
    per: str,
    period: Period,
    months: Months,
    amount: int,
    fees: Sequence[int] | None,
) -> Line:
    """Return a line; of what it compares only the two fees are known."""
    before, after = None, Counted(item, item, quantity, rate)
    if fees:
        before, after = (Counted(item, item, 1, fee) for fee in fees)
    return Line(item, before, after, quantity, rate, per, period, months, amount, words)


def read_ordered(facts: Facts) -> tuple[Change | Cancellation, tuple[str, ...]]:
    """Return the change or the cancellation of a quote or an order, and what was issued."""
    issued = tuple(facts["issued"])
    if facts["kind"] != CANCEL:
        return _read_change(facts), issued
    currency = facts["currency"]
    drafts = tuple(_read_draft(draft, currency) for draft in facts["catch_up"])
    day = read_day(facts["date"])
    return Cancellation(day, day_or_none(facts["last_day"]), currency, drafts), issued


def _read_change(facts: Facts) -> Change:
    currency = facts["currency"]
    return Change(
        kind=facts["kind"],
        day=read_day(facts["date"]),
        before=_read_state(facts["before"]),
        after=_read_state(facts["after"]),
        before_fee=_read_fee(facts["before"]),
        after_fee=_read_fee(facts["after"]),
        compared=None,
        licences=_SOLD,
        currency=currency,
        available_from=day_or_none(facts["available_from"]),
        price_from=day_or_none(facts["price_from"]),
        free_until=day_or_none(facts["free_until"]),
        renews_on=day_or_none(facts["renews_on"]),
        catch_up=tuple(_read_draft(draft, currency) for draft in facts["catch_up"]),
        due_now=_read_draft(facts["due_now"], currency) if facts["due_now"] else None,
        next_invoice=_read_draft(facts["next_invoice"], currency) if facts["next_invoice"] else None,
        rule=facts["rule"],
    )


def _read_state(facts: Facts) -> State:
    return _state(facts["plan"], facts["users"], facts["zoom"], facts["billing"])


def _read_fee(facts: Facts) -> Fee:
    """Return a fee; it was kept with the currency's decimals."""
    return Fee(_rate(facts["fee"]), facts["fee_per"])


def _rate(text: str) -> int:
    """Return a number of any size and sign in ten-thousandths."""
    from decimal import Decimal

    return int(Decimal(text).scaleb(RATE_DECIMALS))


def _read_draft(facts: Facts, currency: str) -> Draft:
    lines = tuple(_read_line(line, currency) for line in facts["lines"])
    vat = Vat(facts["vat_category"], _rate(facts["vat_rate"]), words=facts["vat_note"])
    day = read_day(facts["date"])
    return Draft(facts["kind"], day, _read_period(facts["period"]), lines, vat, currency)


def _read_period(facts: Facts) -> Period:
    return Period(read_day(facts["start"]), read_day(facts["end"]))


def _read_line(facts: Facts, currency: str) -> Line:
    fees = [_rate(facts[key]) for key in ("fee_before", "fee_after")] if "fee_before" in facts else None
    return _line(
        facts["item"],
        facts["description"],
        int(facts["quantity"]),
        _rate(facts["rate"]),
        facts["per"],
        _read_period(facts["period"]),
        Months(**facts["months"]),
        parse_amount(facts["amount"], currency, "amount"),
        fees,
    )
