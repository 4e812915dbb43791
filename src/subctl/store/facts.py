"""What quotes, orders and invoices keep: facts as keyed JSON with a version, and back (pricing.md 7.3).

Amounts are integers in minor units, rates and fees in ten-thousandths, dates as YYYY-MM-DD. No word for people is
among them, so that a later version may say things differently. Version 1, by position and in words, is `facts_v1`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from subctl.domain.catalog import Counts, Rates
from subctl.domain.contract import Contract, Snapshot, State, Step
from subctl.domain.dates import Months, Period
from subctl.domain.invoice import RULES, Counted, Draft, Fee, Line
from subctl.domain.pricing import Change, Compared
from subctl.domain.tax import Vat
from subctl.results.words import Words
from subctl.store import kept_words
from subctl.store.rows import ALIKE, compact, day_or_none, day_text, read_day
from subctl.store.tables import Row

if TYPE_CHECKING:
    from subctl.domain.ending import Cancellation

Facts = dict[str, Any]
"""Keyed JSON, for this module and the one of version 1 alone."""

VERSION = 2


def snapshot_text(contract: Contract) -> str:
    """Write what a quote or an order was decided on, so that it can be recomputed and taken back."""
    return compact(
        {
            "v": VERSION,
            "billed_until": contract.billed_until.isoformat(),
            "end": day_text(contract.end),
            "steps": [_step(step) for step in contract.steps],
        }
    )


def read_snapshot(text: str) -> Snapshot:
    """Return the snapshot that `snapshot_text` wrote, or a version before."""
    facts = json.loads(text)
    if "v" not in facts:
        from subctl.store.facts_v1 import read_snapshot as read_first

        return read_first(facts)
    steps = tuple(map(_read_step, facts["steps"]))
    if not steps:
        raise ValueError(text)  # nothing can be asked of a contract without one
    return Snapshot(read_day(facts["billed_until"]), day_or_none(facts["end"]), steps)


_NOTHING_ISSUED = '"issued":[]}'


def change_text(change: Change) -> str:
    """Write a change that issued nothing."""
    return compact({"v": VERSION, "change": _change(change), "issued": []})


def cancellation_text(cancellation: Cancellation) -> str:
    """Write a cancellation that issued nothing."""
    facts = {
        "date": cancellation.day.isoformat(),
        "last_day": day_text(cancellation.last_day),
        "currency": cancellation.currency,
        "catch_up": [_draft(draft) for draft in cancellation.catch_up],
    }
    return compact({"v": VERSION, "cancellation": facts, "issued": []})


def with_issued(text: str, issued: Iterable[str]) -> str:
    """Return what one of the two wrote, with the numbers of what the order issued; they stand at its end."""
    return f"{text.removesuffix(_NOTHING_ISSUED)}{compact({'issued': [*issued]})[1:]}"


Ordered: TypeAlias = "tuple[Change | Cancellation, tuple[str, ...]]"
"""What a quote or an order is about, and the numbers of what an order issued."""


def read_ordered(text: str) -> Ordered:
    """Return what `change_text` or `cancellation_text` wrote, or a version before."""
    facts = json.loads(text)
    if "v" not in facts:
        from subctl.store.facts_v1 import read_ordered as read_first

        return read_first(facts)
    issued = tuple(facts["issued"])
    if "change" in facts:
        return _read_change(facts["change"]), issued
    return _read_cancellation(facts["cancellation"]), issued


def _read_cancellation(facts: Facts) -> Cancellation:
    from subctl.domain.ending import Cancellation

    currency = facts["currency"]
    drafts = tuple(_read_draft(draft, currency) for draft in facts["catch_up"])
    return Cancellation(read_day(facts["date"]), day_or_none(facts["last_day"]), currency, drafts)


def lines_text(lines: Iterable[Line], vat: Vat) -> str:
    """Write the lines of an invoice, and what its VAT wording is made from."""
    return compact({"v": VERSION, "lines": [_line(line) for line in lines], "vat": _vat(vat)})


@lru_cache(maxsize=ALIKE)
def read_lines(text: str, kind: str, note: str | None) -> tuple[tuple[Line, ...], Vat]:
    """Return what `lines_text` wrote, or a version before, which has the words of its VAT in the invoice's row."""
    facts = json.loads(text)
    if isinstance(facts, list):
        from subctl.store.facts_v1 import read_lines as read_first

        return read_first(facts, kind), Vat("", 0, words=note)
    return tuple(map(_read_line, facts["lines"])), _read_vat(facts["vat"])


def invoice_row(draft: Draft, due_date: date | None, words: Words) -> Row:
    """Return a draft as a row of `invoices` from `kind` on: what is the same whoever it is for.

    `words` are what it says: of each line, and of its VAT.
    """
    return (
        draft.kind,
        draft.day.isoformat(),
        day_text(due_date),
        draft.period.start.isoformat(),
        draft.period.end.isoformat(),
        draft.net,
        draft.tax,
        draft.total,
        draft.vat.category,
        draft.vat.rate,
        words.note,
        RULES,
        lines_text(draft.lines, draft.vat),
        kept_words.text(words),
    )


def _state(state: State) -> Facts:
    return {
        "plan": state.plan,
        "users": state.users,
        "licences": dict(state.licences),
        "billing": state.billing,
    }


def _read_state(facts: Facts) -> State:
    return State(facts["plan"], facts["users"], _counts(facts["licences"]), facts["billing"])


def _counts(facts: Mapping[str, int]) -> Counts:
    return tuple(sorted(facts.items()))


def _step(step: Step) -> Facts:
    rates = step.rates
    return {
        "start": step.start.isoformat(),
        **_state(step.state),
        "anchor": day_text(step.anchor),
        "rates": {"user": rates.user, "licences": dict(rates.licences)} if rates else None,
    }


def _read_step(facts: Facts) -> Step:
    rates = facts["rates"]
    return Step(
        read_day(facts["start"]),
        _read_state(facts),
        day_or_none(facts["anchor"]),
        Rates(rates["user"], _counts(rates["licences"])) if rates else None,
    )


def _period(period: Period) -> Facts:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _read_period(facts: Facts) -> Period:
    return Period(read_day(facts["start"]), read_day(facts["end"]))


def _counted(counted: Counted | None) -> Facts | None:
    return counted._asdict() if counted else None


def _line(line: Line) -> Facts:
    return {
        "item": line.item,
        "before": _counted(line.before),
        "after": _counted(line.after),
        "quantity": line.quantity,
        "rate": line.rate,
        "per": line.per,
        "period": _period(line.period),
        "months": line.months._asdict(),
        "amount": line.amount,
        **_kept_words(line.words),
    }


def _kept_words(words: str | None) -> Facts:
    """Return the words of a document by the first rules, which a credit note of it has to repeat."""
    return {} if words is None else {"words": words}


def _read_line(facts: Facts) -> Line:
    before = facts["before"]
    return Line(
        facts["item"],
        Counted(**before) if before else None,
        Counted(**facts["after"]),
        facts["quantity"],
        facts["rate"],
        facts["per"],
        _read_period(facts["period"]),
        Months(**facts["months"]),
        facts["amount"],
        facts.get("words"),
    )


def _vat(vat: Vat) -> Facts:
    return {
        "category": vat.category,
        "rate": vat.rate,
        "country": vat.country,
        "seller_vat_id": vat.seller_vat_id,
        "vat_id": vat.vat_id,
        "exempt": vat.exempt,
        **_kept_words(vat.words),
    }


def _read_vat(facts: Facts) -> Vat:
    return Vat(**facts)


def _draft(draft: Draft | None) -> Facts | None:
    if draft is None:
        return None
    return {
        "kind": draft.kind,
        "date": draft.day.isoformat(),
        "period": _period(draft.period),
        "lines": [_line(line) for line in draft.lines],
        "vat": _vat(draft.vat),
    }


def _read_draft(facts: Facts, currency: str) -> Draft:
    return Draft(
        facts["kind"],
        read_day(facts["date"]),
        _read_period(facts["period"]),
        tuple(map(_read_line, facts["lines"])),
        _read_vat(facts["vat"]),
        currency,
    )


def _read_draft_or_none(facts: Facts | None, currency: str) -> Draft | None:
    return _read_draft(facts, currency) if facts else None


def _change(change: Change) -> Facts:
    return {
        "kind": change.kind,
        "date": change.day.isoformat(),
        "before": _state(change.before),
        "after": _state(change.after),
        "before_fee": change.before_fee._asdict(),
        "after_fee": change.after_fee._asdict(),
        "compared": change.compared._asdict() if change.compared else None,
        "licences": list(change.licences),
        "currency": change.currency,
        "available_from": day_text(change.available_from),
        "price_from": day_text(change.price_from),
        "free_until": day_text(change.free_until),
        "renews_on": day_text(change.renews_on),
        "catch_up": [_draft(draft) for draft in change.catch_up],
        "due_now": _draft(change.due_now),
        "next_invoice": _draft(change.next_invoice),
        "rule": change.rule,
    }


def _read_change(facts: Facts) -> Change:
    currency, compared = facts["currency"], facts["compared"]
    return Change(
        kind=facts["kind"],
        day=read_day(facts["date"]),
        before=_read_state(facts["before"]),
        after=_read_state(facts["after"]),
        before_fee=Fee(**facts["before_fee"]),
        after_fee=Fee(**facts["after_fee"]),
        compared=Compared(**compared) if compared else None,
        licences=tuple(facts["licences"]),
        currency=currency,
        available_from=day_or_none(facts["available_from"]),
        price_from=day_or_none(facts["price_from"]),
        free_until=day_or_none(facts["free_until"]),
        renews_on=day_or_none(facts["renews_on"]),
        catch_up=tuple(_read_draft(draft, currency) for draft in facts["catch_up"]),
        due_now=_read_draft_or_none(facts["due_now"], currency),
        next_invoice=_read_draft_or_none(facts["next_invoice"], currency),
        rule=facts["rule"],
    )
