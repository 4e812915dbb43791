"""A forecast as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.money import format_amount
from subctl.results.forecast import Forecast
from subctl.view.json.values import draft_keys

if TYPE_CHECKING:
    from subctl.view.documents.forecast import ForecastDocument


def document(result: Forecast, *, explain: bool) -> ForecastDocument:
    """Return the invoices to come."""
    del explain
    currency = result.currency
    return {
        "schema": "forecast/1",
        "date": result.day.isoformat(),
        "months": result.months,
        "space": result.space,
        "currency": currency,
        "invoices": [{"space": result.space, **draft_keys(draft)} for draft in result.invoices],
        "net": format_amount(result.net, currency),
        "vat": format_amount(result.vat, currency),
        "total": format_amount(result.total, currency),
        "open": format_amount(result.balance.open, currency),
        "credit": format_amount(result.balance.credit, currency),
    }
