"""Why: under each amount its sentence and the rule behind it (docs/pricing.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from subctl.view import words

_RULES = {
    "4.4": "the price follows on the first day of the next month",
    "4.5": "an upgrade's price counts from the first day of the next month; the months up to the renewal are due now",
    "4.6": "more is paid for already; this takes over where the reduction waits",
    "4.7": "a reduction's price follows at the next renewal that the notice still reaches",
    "4.8": "the billing changes at the next renewal that the notice still reaches",
}
_LINE_RULES = {"upgrade": "4.5", "credit": "4.11"}
_YEAR = {"whole": 12, "days": 0, "of": 0}


def explained(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document with an `explanation` at every line and at every date that has a reason."""
    document = {key: _explained_value(value) for key, value in document.items()}
    if document.get("rule"):
        document["explanation"] = f"{_RULES[document['rule']]} (pricing.md {document['rule']})"
    if document.get("first_year"):
        document["explanation"] = _first_year(document)
    return _with_lines(document)


def _first_year(option: dict[str, Any]) -> str:
    """Say how the first twelve months of a choice come about."""
    invoices = [f"{invoice['net']} on {words.day(invoice['date'])}" for invoice in option["invoices"]]
    return " + ".join([f"{option['due_now']} now", *invoices]) + f" = {option['first_year']}"


def _explained_value(value: Any) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, dict) and value:
        return explained(value)
    if isinstance(value, list):
        return [_explained_value(each) for each in value]
    return value


def _with_lines(draft: dict[str, Any]) -> dict[str, Any]:
    if "lines" not in draft or "vat_category" not in draft:
        return draft
    lines = [{**line, "explanation": sentence(line, draft["kind"])} for line in draft["lines"]]
    return {**draft, "lines": lines, "vat_explanation": vat_sentence(draft)}


def sentence(line: dict[str, Any], kind: str) -> str:
    """Say how the amount of a line comes about."""
    months = line["months"]
    difference = "fee_before" in line
    base = f"({line['fee_after']} − {line['fee_before']})" if difference else f"{line['quantity']} × {line['rate']}"
    number = words.months(months)
    factor = f"({number})" if "+" in number else number
    divided = " / 12" if line["per"] == "year" else ""
    whole = months == _YEAR if line["per"] == "year" else months == {"whole": 1, "days": 0, "of": 0}
    rule = _LINE_RULES.get(kind) or ("3.2" if whole and not difference else "4.9")
    return (
        f"{_months(months)}, {words.period(line['period'])}: "
        f"{base} × {factor}{divided} = {line['amount']} (pricing.md {rule})"
    )


def _months(months: dict[str, int]) -> str:
    number = words.months(months)
    if not months["whole"]:
        return f"{number} of a month"
    return f"{number} month" if number == "1" else f"{number} months"


def vat_sentence(draft: dict[str, Any]) -> str:
    """Say how the VAT comes about."""
    if draft["vat_category"] == "S":
        return f"VAT: {draft['vat_rate']} % of {draft['net']} = {draft['vat']} (pricing.md 3.3)"
    return f"VAT: {draft['vat_note']} (pricing.md 3.3)"


def sentences(draft: dict[str, Any]) -> Iterator[str]:
    """Yield what is to be read under a table of lines, where the document is explained."""
    for line in draft["lines"]:
        if "explanation" in line:
            yield line["explanation"]
    if "vat_explanation" in draft:
        yield draft["vat_explanation"]
