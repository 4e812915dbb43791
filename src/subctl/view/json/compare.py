"""A comparison as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.money import format_amount, format_fee
from subctl.results.compare import Comparison, Cost, Option
from subctl.view.json.values import licences_document

if TYPE_CHECKING:
    from subctl.view.documents import compare as documents


def document(result: Comparison, *, explain: bool) -> documents.CompareDocument:
    """Return every combination side by side."""
    return {
        "schema": "compare/1",
        "date": result.day.isoformat(),
        "space": result.space,
        "currency": result.currency,
        "today": format_amount(result.today, result.currency),
        "options": [_option(option, result, explain=explain) for option in result.options],
        "cheapest": result.cheapest,
    }


def _option(option: Option, comparison: Comparison, *, explain: bool) -> documents.Option:
    state, cost, currency = option.state, option.cost, comparison.currency
    return {
        "plan": state.plan,
        "users": state.users,
        **licences_document(state, comparison.licences),
        "billing": state.billing,
        "kind": cost.kind if cost else None,
        "due_now": format_amount(cost.due_now, currency) if cost else None,
        "fee": format_fee(cost.fee.amount, currency) if cost else None,
        "fee_per": cost.fee.per if cost else None,
        "first_year": format_amount(cost.first_year, currency) if cost else None,
        "difference": format_amount(comparison.difference(cost), currency) if cost else None,
        "invoiced": format_amount(cost.invoiced, currency) if cost else None,
        "invoices": [
            {"date": draft.day.isoformat(), "net": format_amount(draft.net, currency)}
            for draft in (cost.invoices if cost else ())
        ],
        "refused": option.refused,
        **_reason(cost, currency, explain=explain),
    }


def _reason(cost: Cost | None, currency: str, *, explain: bool) -> documents.Reason:
    if cost is None or not explain:
        return {}
    from subctl.view.explain import cost_sentence

    return {"explanation": cost_sentence(cost, currency)}
