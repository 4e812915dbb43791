"""What several documents are made of: dates, periods, lines, invoices without a number, states, refusals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from subctl.domain.contract import State, licences_of
from subctl.domain.invoice import CREDIT, Draft, Fee, Line
from subctl.domain.money import format_amount, format_fee, format_rate
from subctl.domain.tax import format_percentage
from subctl.view.texts import line_words, vat_words

if TYPE_CHECKING:
    from datetime import date

    from subctl.domain.dates import Months, Period
    from subctl.domain.errors import SubctlError
    from subctl.results.owed import Settled
    from subctl.view.documents import parts


def day_text(day: date | None) -> str | None:
    """Write a date, or nothing."""
    return day.isoformat() if day else None


def period_document(period: Period) -> parts.Period:
    """Return `{"start", "end"}`, the end exclusive."""
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _months(months: Months) -> parts.Months:
    return {"whole": months.whole, "days": months.days, "of": months.of}


def line_document(line: Line, kind: str, currency: str, *, explain: bool = False) -> parts.Line:
    """Return an invoice line; `fee_before` and `fee_after` are there where it charges a difference.

    A credit note goes back from the one to the other.
    """
    document: parts.Line = {
        "item": line.item,
        "description": line_words(line),
        "quantity": str(line.quantity),
        "rate": format_rate(line.rate),
        "per": line.per,
        "period": period_document(line.period),
        "months": _months(line.months),
        "amount": format_amount(line.amount, currency),
    }
    if line.before:
        fees = [format_rate(counted.fee) for counted in (line.before, line.after)]
        document["fee_before"], document["fee_after"] = reversed(fees) if kind == CREDIT else fees
    if explain:
        from subctl.view.explain import line_sentence

        document["explanation"] = line_sentence(line, kind, currency)
    return document


def draft_keys(draft: Draft, *, explain: bool = False) -> parts.DraftKeys:
    """Return what an invoice says, whether it has a number or not."""
    return {
        "kind": draft.kind,
        "date": draft.day.isoformat(),
        "period": period_document(draft.period),
        "lines": [line_document(line, draft.kind, draft.currency, explain=explain) for line in draft.lines],
        "net": format_amount(draft.net, draft.currency),
        "vat_category": draft.vat.category,
        "vat_rate": format_percentage(draft.vat.rate),
        "vat_note": vat_words(draft.vat),
        "vat": format_amount(draft.tax, draft.currency),
        "total": format_amount(draft.total, draft.currency),
    }


def draft_document(draft: Draft, *, explain: bool = False) -> parts.Draft:
    """Return an invoice that has no number yet."""
    return {**draft_keys(draft, explain=explain), **_reason(draft, explain=explain)}


def _reason(draft: Draft, *, explain: bool) -> parts.VatReason:
    if not explain:
        return {}
    from subctl.view.explain import vat_sentence

    return {"vat_explanation": vat_sentence(draft)}


def draft_or_none(draft: Draft | None, *, explain: bool = False) -> parts.Draft | None:
    """Return an invoice that has no number yet, where there is one."""
    return draft_document(draft, explain=explain) if draft else None


def settled_document(settled: Settled, currency: str) -> parts.Settled:
    """Return what of an invoice is paid and open, and what became of it."""
    return {
        "paid": format_amount(settled.paid, currency),
        "open": format_amount(settled.open, currency),
        "status": settled.status,
        "overdue": settled.overdue,
    }


def licences_document(state: State, sold: Iterable[str]) -> parts.Licences:
    """Return a number for every kind that is sold or there, and `zoom` where there is that."""
    licences = licences_of(state, sold)
    if "zoom" in licences:
        return {"zoom": licences["zoom"], "licences": licences}
    return {"licences": licences}


def state_document(state: State, fee: Fee, sold: Iterable[str], currency: str) -> parts.State:
    """Return a state with its fee for a month or a year."""
    return {
        "plan": state.plan,
        "users": state.users,
        **licences_document(state, sold),
        "billing": state.billing,
        "fee": format_fee(fee.amount, currency),
        "fee_per": fee.per,
    }


def refusal_document(error: SubctlError) -> parts.Refusal:
    """Return an error as scripts read it."""
    return {"code": error.code, "message": error.message, "hint": error.hint}
