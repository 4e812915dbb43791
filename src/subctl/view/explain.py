"""Why: under each amount its sentence and the rule behind it (docs/pricing.md)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from subctl.domain.catalog import USERS
from subctl.domain.dates import YEAR, Months
from subctl.domain.invoice import CREDIT, UPGRADE, Draft, Line
from subctl.domain.money import format_amount, format_rate
from subctl.domain.tax import STANDARD, format_percentage
from subctl.domain.year import Part
from subctl.results.compare import Cost
from subctl.view import words
from subctl.view.texts import vat_words

_RULES = {
    "4.4": "the new price starts with the next month that is billed",
    "4.5": "an upgrade counts from the first day of the next month; the months up to the renewal date are due now",
    "4.6": "more than this is paid for until the waiting reduction; from there on this takes its place",
    "4.7": "a lower price starts on the next renewal date that the notice period still reaches",
    "4.8": "the billing changes on the next renewal date that the notice period still reaches",
}
_LINE_RULES = {UPGRADE: "4.5", CREDIT: "4.11"}
_WHOLE = {"year": YEAR, "month": Months(1)}


def rule_sentence(rule: str) -> str:
    """Say why a price starts when it does."""
    return f"{_RULES[rule]} (pricing.md {rule})"


def cost_sentence(cost: Cost, currency: str) -> str:
    """Say how the cost of a year comes about, and what is invoiced in it; what is equal in a row is said at once."""
    year = " + ".join(_times(part, len([*row])) for part, row in groupby(cost.year.parts)) or "nothing"
    first_year, invoiced, due = (format_amount(n, currency) for n in (cost.first_year, cost.invoiced, cost.due_now))
    alike = groupby(cost.invoices, key=lambda draft: draft.net)
    invoices = [_in_a_row(format_amount(net, currency), [words.day(draft.day) for draft in row]) for net, row in alike]
    return (
        f"a year from {words.day(cost.year.start)} costs {year} = {first_year}; "
        f"invoiced within a year are {' + '.join([f'{due} now', *invoices])} = {invoiced}"
    )


def _times(part: Part, times: int) -> str:
    amount = format_rate(part.fee.amount)
    one = amount if part.months == _WHOLE[part.fee.per] else f"{amount}{_factor(part.months, part.fee.per)}"
    return one if times == 1 else f"{times} × {one}"


def _in_a_row(net: str, days: list[str]) -> str:
    return f"{net} on {days[0]}" if len(days) == 1 else f"{len(days)} × {net} from {days[0]} to {days[-1]}"


def line_sentence(line: Line, kind: str, currency: str) -> str:
    """Say what a line charges for how long, and how its amount comes about."""
    whole = line.months == _WHOLE[line.per]
    terms, base = _difference(line, kind) if line.before else _number(line)
    length, factor = ("", "") if whole else (f"for {_months(line.months)}, ", _factor(line.months, line.per))
    rule = _LINE_RULES.get(kind) or ("3.2" if whole and not line.before else "4.9")
    return (
        f"{_item(line.item)}: {terms}, {length}{words.period(line.period)}: "
        f"{base}{factor} = {format_amount(line.amount, currency)} (pricing.md {rule})"
    )


def _difference(line: Line, kind: str) -> tuple[str, str]:
    """Say which fee takes the place of which; a credit note goes back from the one to the other."""
    assert line.before is not None  # noqa: S101  # it charges a difference
    before, after = format_rate(line.before.fee), format_rate(line.after.fee)
    if kind == CREDIT:
        before, after = after, before
    return f"{after} a {line.per} instead of {before}", f"({after} − {before})"


def _number(line: Line) -> tuple[str, str]:
    rate = format_rate(line.rate)
    return f"{line.quantity} at {rate} a {line.per}", f"{line.quantity} × {rate}"


def _item(item: str) -> str:
    return "Users" if item == USERS else f"{words.licence(item)} licences"


def _factor(months: Months, per: str) -> str:
    number = words.months(months)
    return f" × {f'({number})' if '+' in number else number}{' / 12' if per == 'year' else ''}"


def _months(months: Months) -> str:
    number = words.months(months)
    if not months.whole:
        return f"{number} of a month"
    return f"{number} month" if number == "1" else f"{number} months"


def vat_sentence(draft: Draft) -> str:
    """Say how the VAT comes about."""
    if draft.vat.category != STANDARD:
        return f"VAT: {vat_words(draft.vat)} (pricing.md 3.3)"
    rate, net, tax = (
        format_percentage(draft.vat.rate),
        *(format_amount(n, draft.currency) for n in (draft.net, draft.tax)),
    )
    return f"VAT: {rate} % of {net} = {tax} (pricing.md 3.3)"


def sentences(draft: Draft) -> Iterator[str]:
    """Yield what is to be read under a table of lines: why each amount is what it is."""
    for line in draft.lines:
        yield line_sentence(line, draft.kind, draft.currency)
    yield vat_sentence(draft)
