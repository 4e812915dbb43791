"""Why: under each amount its sentence and the rule behind it (docs/pricing.md)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from subctl.view import words

_RULES = {
    "4.4": "the new price starts with the next month that is billed",
    "4.5": "an upgrade counts from the first day of the next month; the months up to the renewal date are due now",
    "4.6": "more than this is paid for until the waiting reduction; from there on this takes its place",
    "4.7": "a lower price starts on the next renewal date that the notice period still reaches",
    "4.8": "the billing changes on the next renewal date that the notice period still reaches",
}
_LINE_RULES = {"upgrade": "4.5", "credit": "4.11"}
_WHOLE = {"year": {"whole": 12, "days": 0, "of": 0}, "month": {"whole": 1, "days": 0, "of": 0}}


def explained(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document with an `explanation` at every line and at every date that has a reason."""
    document = {key: _explained_value(value) for key, value in document.items()}
    if document.get("rule"):
        document["explanation"] = f"{_RULES[document['rule']]} (pricing.md {document['rule']})"
    if document.get("first_year"):
        document["explanation"] = _first_year(document)
    return _with_lines(document)


def _first_year(option: dict[str, Any]) -> str:
    """Say how the first year of a choice comes about; equal invoices in a row are said at once."""
    alike = groupby(option["invoices"], key=itemgetter("net"))
    invoices = [_in_a_row(net, [words.day(invoice["date"]) for invoice in row]) for net, row in alike]
    return " + ".join([f"{option['due_now']} now", *invoices]) + f" = {option['first_year']}"


def _in_a_row(net: str, days: list[str]) -> str:
    return f"{net} on {days[0]}" if len(days) == 1 else f"{len(days)} × {net} from {days[0]} to {days[-1]}"


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
    """Say what a line charges for how long, and how its amount comes about."""
    per, months = line["per"], line["months"]
    difference, whole = "fee_before" in line, months == _WHOLE[per]
    if difference:
        terms = f"{line['fee_after']} a {per} instead of {line['fee_before']}"
        base = f"({line['fee_after']} − {line['fee_before']})"
    else:
        terms, base = f"{line['quantity']} at {line['rate']} a {per}", f"{line['quantity']} × {line['rate']}"
    length, factor = ("", "") if whole else (f"for {_months(months)}, ", _factor(months, per))
    rule = _LINE_RULES.get(kind) or ("3.2" if whole and not difference else "4.9")
    return (
        f"{_item(line['item'])}: {terms}, {length}{words.period(line['period'])}: "
        f"{base}{factor} = {line['amount']} (pricing.md {rule})"
    )


def _item(item: str) -> str:
    return "Users" if item == "users" else f"{words.licence(item)} licences"


def _factor(months: dict[str, int], per: str) -> str:
    number = words.months(months)
    return f" × {f'({number})' if '+' in number else number}{' / 12' if per == 'year' else ''}"


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
