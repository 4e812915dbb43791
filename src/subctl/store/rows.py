"""Values and the rows and JSON in which they stand in the store, both ways; a row's order is `tables`'."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from subctl.domain.catalog import PER, USERS, Rates, counts
from subctl.domain.contract import Contract, State, Step
from subctl.domain.sentence import N_
from subctl.store.tables import Row, Table, damaged

if TYPE_CHECKING:
    from subctl.store.read import Space

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What reading something that was altered can raise."""

_FIRST, _LAST = "1900", "3000"
"""Between these years no sum of days overflows."""

ALIKE = 4096
"""Texts of invoices whose reading is kept: who reads a whole book meets the same ones again."""

_DAYS, _STATES = 4096, 16_384

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

P = ParamSpec("P")
T = TypeVar("T")


def compact(value: object) -> str:
    """Write JSON without blanks, letters as they are."""
    return _encoder.encode(value)


class Stored(dict[str, Any]):
    """An object of stored JSON: a key that it lacks is damage, wherever it is missed."""

    def __missing__(self, key: str) -> Any:  # noqa: ANN401  # it never returns
        raise damaged(N_("what was kept lacks '{key}'"), key=key)


_decoder = json.JSONDecoder(object_hook=Stored)


def read_object(text: str) -> Stored:
    """Return an object of stored JSON (ValueError for anything else)."""
    found = _decoder.decode(text)
    if not isinstance(found, Stored):
        raise ValueError(text)
    return found


def _read_numbers(text: str) -> Stored:
    """Return an object of stored JSON whose values are whole numbers (ValueError for anything else)."""
    found = read_object(text)
    if any(type(number) is not int for number in found.values()):
        raise ValueError(text)
    return found


def reads(table: Table) -> Callable[[Callable[Concatenate[Row, P], T]], Callable[Concatenate[Row | None, P], T]]:
    """Make a reader of rows raise `store_damaged` for one that is gone or can't be read."""

    def decorate(read: Callable[Concatenate[Row, P], T]) -> Callable[Concatenate[Row | None, P], T]:
        def guarded(row: Row | None, /, *more: P.args, **named: P.kwargs) -> T:
            row = table.sound(row)
            try:
                return read(row, *more, **named)
            except UNREADABLE as error:
                raise table.unreadable(row) from error

        guarded.__doc__ = read.__doc__
        return guarded

    return decorate


@lru_cache(maxsize=_DAYS)
def read_day(text: str) -> date:
    """Read a date (ValueError, TypeError). A store has many rows of few days."""
    if not _FIRST <= text < _LAST:
        raise ValueError(text)
    return date.fromisoformat(text)


def day_or_none(text: str | None) -> date | None:
    """Read a date where there is one."""
    return read_day(text) if text else None


def day_text(day: date | None) -> str | None:
    """Write a date where there is one."""
    return day.isoformat() if day else None


def space_row(space: Space) -> Row:
    """Return a space as a row of `spaces`."""
    return (space.id, space.buyer, space.active_users, int(space.locked))


def contract_row(contract: Contract, entry: int) -> Row:
    """Return a contract that is entered as the `entry`th as a row of `contracts`: what came before is billed."""
    until = contract.billed_until.isoformat()
    return (
        contract.space,
        contract.start.isoformat(),
        contract.billed_from.isoformat(),
        contract.entered_on.isoformat(),
        until,
        until,
        day_text(contract.end),
        contract.version,
        entry,
    )


def step_row(step: Step) -> Row:
    """Return a step as a row of `steps` from `start` on."""
    return (step.start.isoformat(), *_state_row(step.state), day_text(step.anchor), _rates_text(step.rates))


def read_step(row: Row) -> Step:
    """Return the step that `step_row` wrote."""
    start, *state, anchor, rates = row
    return Step(read_day(start), read_state(*state), day_or_none(anchor), _read_rates(rates))


def _state_row(state: State) -> Row:
    return (state.plan, state.users, compact(dict(state.licences)), state.billing)


@lru_cache(maxsize=_STATES)
def read_state(plan: str, users: int, licences: str, billing: str) -> State:
    """Return the state of a row of `steps` or `entries`. A store has many rows of few states."""
    if billing not in PER:
        raise ValueError(billing)
    return State(plan, users, counts(_read_numbers(licences)), billing)


def _rates_text(rates: Rates | None) -> str | None:
    """Write promised rates, keyed by what they are for; no licence is called as the users are."""
    return compact({USERS: rates.user, **dict(rates.licences)}) if rates else None


def _read_rates(text: str | None) -> Rates | None:
    if text is None:
        return None
    rates = _read_numbers(text)
    return Rates(rates.pop(USERS), tuple(sorted(rates.items())))


def entry_row(contract: Contract, entry: int) -> Row:
    """Return what a contract is entered with as a row of `entries`."""
    (step,) = contract.steps
    return (
        entry,
        contract.space,
        contract.entered_on.isoformat(),
        contract.start.isoformat(),
        contract.billed_until.isoformat(),
        *_state_row(step.state),
        day_text(step.anchor),
    )
