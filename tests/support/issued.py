"""Invoices that a life issued, written as e-invoices and read back."""

from __future__ import annotations

from collections.abc import Iterator

from subctl.domain.errors import SubctlError
from subctl.domain.money import decimals
from subctl.results.invoice import ShownInvoice
from subctl.view.papers import cii, ubl
from tests.support.judge import NORM, judge, schema_faults, shipped
from tests.support.read_back import differences

_MAKERS = {"ubl": ubl.make, "cii": cii.make}
_PROFILE = "en16931"
_MOST_DECIMALS, _NONE = 2, ("S", 0)
_UNWRITTEN = ("BR-DEC-23", "BR-S-05")
"""Currencies with three decimals, and a seller's rate of 0 %, which the norm hasn't."""


WRITTEN = "written and read back"


def met(invoice: ShownInvoice) -> list[str]:
    """Return what kind of invoice it is, for counting, and whether the norm has such amounts."""
    draft = invoice.draft
    units = "part of a month" if any(line.months.days for line in draft.lines) else "whole months"
    signs = "negative line" if any(line.amount < 0 for line in draft.lines) and draft.kind != "credit" else ""
    return [
        "invoices",
        f"kind {draft.kind}",
        f"VAT {draft.vat.category}",
        f"currency {draft.currency}",
        f"months {units}",
        f"lines {min(len(draft.lines), 5)}",
        *filter(None, [signs]),
        *(
            [WRITTEN]
            if decimals(draft.currency) <= _MOST_DECIMALS and (draft.vat.category, draft.vat.rate) != _NONE
            else []
        ),
    ]


def faults(invoice: ShownInvoice, *, judged: bool) -> Iterator[str]:
    """Yield what is wrong with an invoice in both syntaxes; its seller is given the numbers that a file can't lack."""
    whole = invoice._replace(seller=invoice.seller._replace(legal_id="0106:12345678", tax_id="1234"))
    for syntax, make in _MAKERS.items():
        try:
            content = make(whole, _PROFILE)
        except SubctlError as error:
            if not any(rule in error.message for rule in _UNWRITTEN):
                yield fault(error)
            continue
        found = differences(content, whole, _PROFILE)
        if judged:
            found += schema_faults(content)
            found += [each for each in judge(content, shipped(NORM[syntax])).failed if "R008" not in each]
        yield from (f"{invoice.number}, {syntax}: {each}" for each in found)


def fault(error: Exception) -> str:
    """Return what an error says, and which one it is."""
    return f"{type(error).__name__}: {error}"
