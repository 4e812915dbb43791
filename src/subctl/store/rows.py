"""The forms in which values stand in the store: steps and lines as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from subctl.domain.catalog import Rates
from subctl.domain.contract import State, Step
from subctl.domain.dates import Months, Period
from subctl.domain.invoice import Line

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def compact(value: object) -> str:
    """Write JSON without blanks, letters as they are."""
    return _encoder.encode(value)


def day_or_none(text: str | None) -> date | None:
    """Read a date where there is one."""
    return date.fromisoformat(text) if text else None


def step_row(step: Step) -> tuple[Any, ...]:
    """Return a step as the columns `start` to `zoom_rate` of the table `steps`."""
    state, rates = step.state, step.rates
    return (
        step.start.isoformat(),
        state.plan,
        state.users,
        state.zoom,
        state.billing,
        step.anchor.isoformat() if step.anchor else None,
        rates.user if rates else None,
        rates.zoom if rates else None,
    )


def read_step(row: Sequence[Any]) -> Step:
    """Return the step that `step_row` wrote."""
    start, plan, users, zoom, billing, anchor, user_rate, zoom_rate = row
    rates = None if user_rate is None else Rates(user_rate, zoom_rate)
    return Step(date.fromisoformat(start), State(plan, users, zoom, billing), day_or_none(anchor), rates)


def lines_text(lines: Sequence[Line]) -> str:
    """Write the lines of an invoice."""
    return compact(
        [
            (
                line.item,
                line.description,
                line.quantity,
                line.rate,
                line.per,
                line.period.start.isoformat(),
                line.period.end.isoformat(),
                line.months.whole,
                line.months.days,
                line.months.of,
                line.amount,
                line.fees,
            )
            for line in lines
        ]
    )


def read_lines(text: str) -> tuple[Line, ...]:
    """Return the lines that `lines_text` wrote."""
    return tuple(
        Line(
            item,
            description,
            quantity,
            rate,
            per,
            Period(date.fromisoformat(start), date.fromisoformat(end)),
            Months(whole, days, of),
            amount,
            tuple(fees) if fees else None,
        )
        for item, description, quantity, rate, per, start, end, whole, days, of, amount, fees in json.loads(text)
    )
