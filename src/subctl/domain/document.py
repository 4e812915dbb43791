"""Values as documents: the JSON that scripts read, quotes and orders keep and tables are drawn from.

Keys and forms are a contract with scripts (docs/scripting.md): money as text with the currency's decimals,
rates with two to four, dates as YYYY-MM-DD, a period's `end` exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from subctl.domain.catalog import PER, Catalogs, Seller
from subctl.domain.contract import Contract, State, Step, period_at, step_at
from subctl.domain.dates import Months, Period
from subctl.domain.invoice import CREDIT, Draft, Fee, Line, priced_step
from subctl.domain.money import format_amount, format_rate, to_minor
from subctl.domain.tax import format_percentage
from subctl.domain.wording import line_words, vat_words

if TYPE_CHECKING:
    from subctl.domain.ending import Cancellation
    from subctl.domain.pricing import Change, Compared  # a contract page has no change to price

Document = dict[str, Any]


def day_text(day: date | None) -> str | None:
    """Write a date, or nothing."""
    return day.isoformat() if day else None


def period_document(period: Period) -> Document:
    """Return `{"start", "end"}`, the end exclusive."""
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def months_document(months: Months) -> Document:
    """Return `{"whole", "days", "of"}`: whole months and a fraction of days of a month."""
    return {"whole": months.whole, "days": months.days, "of": months.of}


def line_document(line: Line, kind: str, currency: str) -> Document:
    """Return an invoice line; `fee_before` and `fee_after` are there where it charges a difference.

    A credit note goes back from the one to the other.
    """
    document: Document = {
        "item": line.item,
        "description": line_words(line),
        "quantity": str(line.quantity),
        "rate": format_rate(line.rate),
        "per": line.per,
        "period": period_document(line.period),
        "months": months_document(line.months),
        "amount": format_amount(line.amount, currency),
    }
    if line.before:
        fees = [format_rate(counted.fee) for counted in (line.before, line.after)]
        document["fee_before"], document["fee_after"] = reversed(fees) if kind == CREDIT else fees
    return document


def draft_document(draft: Draft) -> Document:
    """Return an invoice that has no number yet."""
    return {
        "kind": draft.kind,
        "date": draft.day.isoformat(),
        "period": period_document(draft.period),
        "lines": [line_document(line, draft.kind, draft.currency) for line in draft.lines],
        "net": format_amount(draft.net, draft.currency),
        "vat_category": draft.vat.category,
        "vat_rate": format_percentage(draft.vat.rate),
        "vat_note": vat_words(draft.vat),
        "vat": format_amount(draft.tax, draft.currency),
        "total": format_amount(draft.total, draft.currency),
    }


def fee_text(fee: int, currency: str) -> str:
    """Write a fee in ten-thousandths with the currency's decimals."""
    return format_amount(to_minor(fee, currency), currency)


def licences_document(state: State, sold: Iterable[str]) -> Document:
    """Return `{"licences": {kind: number}}` with every kind that is sold or there, and `zoom` where there is that."""
    licences = {**dict.fromkeys(sold, 0), **dict(state.licences)}
    zoom = {"zoom": licences["zoom"]} if "zoom" in licences else {}
    return {**zoom, "licences": licences}


def state_document(state: State, fee: Fee, sold: Iterable[str], currency: str) -> Document:
    """Return a state with its fee for a month or a year."""
    return {
        "plan": state.plan,
        "users": state.users,
        **licences_document(state, sold),
        "billing": state.billing,
        "fee": fee_text(fee.amount, currency),
        "fee_per": fee.per,
    }


def compared_document(compared: Compared | None, currency: str) -> Document | None:
    """Return the two fees that named a change; none in documents by the first rules."""
    if compared is None:
        return None
    before, after = fee_text(compared.before, currency), fee_text(compared.after, currency)
    return {"before": before, "after": after, "per": compared.per}


def change_document(change: Change, space: str) -> Document:
    """Return a change as it is previewed; quotes and orders fill in their numbers."""
    return {
        "schema": "change/1",
        "space": space,
        "date": change.day.isoformat(),
        "kind": change.kind,
        "changed": change.changed,
        "currency": change.currency,
        "before": state_document(change.before, change.before_fee, change.licences, change.currency),
        "after": state_document(change.after, change.after_fee, change.licences, change.currency),
        "compared": compared_document(change.compared, change.currency),
        "available_from": day_text(change.available_from),
        "price_from": day_text(change.price_from),
        "rule": change.rule,
        "free_until": day_text(change.free_until),
        "renews_on": day_text(change.renews_on),
        "catch_up": [draft_document(draft) for draft in change.catch_up],
        "due_now": draft_document(change.due_now) if change.due_now else None,
        "next_invoice": draft_document(change.next_invoice) if change.next_invoice else None,
        "quote": None,
        "valid_until": None,
        "order": None,
        "invoice": None,
        "issued": [],
    }


def cancellation_document(cancellation: Cancellation, space: str) -> Document:
    """Return a cancellation as it is previewed; the order fills in its numbers."""
    return {
        "schema": "order/1",
        "number": None,
        "space": space,
        "date": cancellation.day.isoformat(),
        "kind": "cancel",
        "quote": None,
        "change": None,
        "last_day": day_text(cancellation.last_day),
        "currency": cancellation.currency,
        "catch_up": [draft_document(draft) for draft in cancellation.catch_up],
        "issued": [],
        "invoice": None,
        "withdrawn": None,
        "credit_note": None,
        "changed": True,
    }


def step_document(contract: Contract, step: Step, day: date, catalogs: Catalogs, currency: str) -> Document:
    """Return a price step with the fee it has in the period of `day`, or in its own first one if that is later."""
    period = period_at(contract.steps, max(day, step.start))
    priced = priced_step(contract, step, period, catalogs)
    fee = Fee(priced.fee, PER[step.state.billing])
    return {"start": step.start.isoformat(), **state_document(step.state, fee, catalogs.at(day).licences, currency)}


def steps_documents(contract: Contract, day: date, catalogs: Catalogs, currency: str) -> list[Document]:
    """Return the price step in force and all later ones."""
    current = step_at(contract.steps, day)
    return [
        step_document(contract, step, day, catalogs, currency) for step in contract.steps if step.start >= current.start
    ]


def seller_document(seller: Seller) -> Document:
    """Return the seller as an invoice shows it."""
    return {
        "name": seller.name,
        "address": seller.address,
        "country": seller.country,
        "vat_id": seller.vat_id,
        "iban": seller.iban,
        "support": seller.support,
    }
