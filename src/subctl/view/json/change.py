"""A change as JSON: previewed, quoted or ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.money import format_fee
from subctl.domain.pricing import Compared
from subctl.results.change import ShownChange
from subctl.view.json.values import day_text, draft_document, draft_or_none, state_document
from subctl.view.titles import titled_change

if TYPE_CHECKING:
    from subctl.view.documents.change import ChangeDocument
    from subctl.view.documents.change import Compared as ComparedDocument


def document(result: ShownChange, *, explain: bool) -> ChangeDocument:
    """Return a change with the numbers that saving or ordering it gave."""
    change, currency = titled_change(result).change, result.change.currency
    found: ChangeDocument = {
        "schema": "change/1",
        "space": result.space,
        "date": change.day.isoformat(),
        "kind": change.kind,
        "changed": result.changed,
        "currency": currency,
        "before": state_document(change.before, change.before_fee, change.licences, currency),
        "after": state_document(change.after, change.after_fee, change.licences, currency),
        "compared": _compared(change.compared, currency) if change.compared else None,
        "available_from": day_text(change.available_from),
        "price_from": day_text(change.price_from),
        "rule": change.rule,
        "free_until": day_text(change.free_until),
        "renews_on": day_text(change.renews_on),
        "catch_up": [draft_document(draft, explain=explain) for draft in change.catch_up],
        "due_now": draft_or_none(change.due_now, explain=explain),
        "next_invoice": draft_or_none(change.next_invoice, explain=explain),
        "quote": result.quote,
        "valid_until": day_text(result.valid_until),
        "order": result.order,
        "invoice": result.invoice,
        "issued": list(result.issued),
    }
    if result.status is not None:
        found["status"] = result.status
    if explain and change.rule:
        from subctl.view.explain import rule_sentence

        found["explanation"] = rule_sentence(change.rule)
    return found


def _compared(compared: Compared, currency: str) -> ComparedDocument:
    before, after = format_fee(compared.before, currency), format_fee(compared.after, currency)
    return {"before": before, "after": after, "per": compared.per}
