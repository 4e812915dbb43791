"""Why: under each amount its sentence and the rule behind it (docs/pricing.md)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from subctl.domain.catalog import USERS
from subctl.domain.dates import YEAR, Months
from subctl.domain.invoice import CREDIT, UPGRADE, Draft, Line
from subctl.domain.sentence import N_
from subctl.domain.tax import STANDARD
from subctl.domain.year import Part
from subctl.results.compare import Cost
from subctl.view import words
from subctl.view.language import _, ngettext
from subctl.view.texts import vat_words

_RULES = {
    "4.4": N_("the new price starts with the next month that is billed"),
    "4.5": N_("an upgrade counts from the first day of the next month; the months up to the renewal date are due now"),
    "4.6": N_("more than this is paid for until the waiting reduction; from there on this takes its place"),
    "4.7": N_("a lower price starts on the next renewal date that the notice period still reaches"),
    "4.8": N_("the billing changes on the next renewal date that the notice period still reaches"),
}
_LINE_RULES = {UPGRADE: "4.5", CREDIT: "4.11"}
_WHOLE = {"year": YEAR, "month": Months(1)}


def rule_sentence(rule: str) -> str:
    """Say why a price starts when it does."""
    return _("{reason} (pricing.md {rule})").format(reason=_(_RULES[rule]), rule=rule)


def cost_sentence(cost: Cost, currency: str) -> str:
    """Say how the cost of a year comes about, and what is invoiced in it; what is equal in a row is said at once."""
    alike = groupby(cost.invoices, key=lambda draft: draft.net)
    later = [_in_a_row(words.amount(net, currency), [words.day(draft.day) for draft in row]) for net, row in alike]
    now = _("{amount} now").format(amount=words.amount(cost.due_now, currency))
    told = _("a year from {day} costs {parts} = {cost}; invoiced within a year are {invoices} = {invoiced}")
    return told.format(
        day=words.day(cost.year.start),
        parts=" + ".join(_times(part, len([*row])) for part, row in groupby(cost.year.parts)) or _("nothing"),
        cost=words.amount(cost.first_year, currency),
        invoices=" + ".join([now, *later]),
        invoiced=words.amount(cost.invoiced, currency),
    )


def _times(part: Part, times: int) -> str:
    amount = words.rate(part.fee.amount)
    one = amount if part.months == _WHOLE[part.fee.per] else f"{amount}{_factor(part.months, part.fee.per)}"
    return one if times == 1 else f"{times} × {one}"


def _in_a_row(net: str, days: list[str]) -> str:
    if len(days) == 1:
        return _("{amount} on {day}").format(amount=net, day=days[0])
    row = _("{number} × {amount} from {day} to {last}")
    return row.format(number=words.count(len(days)), amount=net, day=days[0], last=days[-1])


def line_sentence(line: Line, kind: str, currency: str) -> str:
    """Say what a line charges for how long, and how its amount comes about."""
    whole = line.months == _WHOLE[line.per]
    terms, base = _difference(line, kind) if line.before else _number(line)
    factor = "" if whole else _factor(line.months, line.per)
    if whole:
        told = _("{item}: {terms}, {period}: {formula} (pricing.md {rule})")
    else:
        told = _("{item}: {terms}, for {months}, {period}: {formula} (pricing.md {rule})")
    return told.format(
        item=_("Users") if line.item == USERS else words.licences(line.item),
        terms=terms,
        months=_months(line.months),
        period=words.period(line.period),
        formula=f"{base}{factor} = {words.amount(line.amount, currency)}",
        rule=_LINE_RULES.get(kind) or ("3.2" if whole and not line.before else "4.9"),
    )


def _difference(line: Line, kind: str) -> tuple[str, str]:
    """Say which fee takes the place of which; a credit note goes back from the one to the other."""
    assert line.before is not None  # noqa: S101  # it charges a difference
    before, after = words.rate(line.before.fee), words.rate(line.after.fee)
    if kind == CREDIT:
        before, after = after, before
    terms = _("{price} instead of {before}").format(price=words.per(after, line.per), before=before)
    return terms, f"({after} − {before})"


def _number(line: Line) -> tuple[str, str]:
    number, rate = words.count(line.quantity), words.rate(line.rate)
    return _("{number} at {price}").format(number=number, price=words.per(rate, line.per)), f"{number} × {rate}"


def _factor(months: Months, per: str) -> str:
    number = words.months(months)
    return f" × {f'({number})' if '+' in number else number}{' / 12' if per == 'year' else ''}"


def _months(months: Months) -> str:
    number = words.months(months)
    if not months.whole:
        return _("{part} of a month").format(part=number)
    return ngettext("{number} month", "{number} months", months.whole + bool(months.days)).format(number=number)


def vat_sentence(draft: Draft) -> str:
    """Say how the VAT comes about."""
    if draft.vat.category != STANDARD:
        return _("VAT: {reason} (pricing.md 3.3)").format(reason=vat_words(draft.vat))
    net, tax = (words.amount(n, draft.currency) for n in (draft.net, draft.tax))
    told = _("VAT: {percentage} of {net} = {tax} (pricing.md 3.3)")
    return told.format(percentage=words.percentage(draft.vat.rate), net=net, tax=tax)


def sentences(draft: Draft) -> Iterator[str]:
    """Yield what is to be read under a table of lines: why each amount is what it is."""
    for line in draft.lines:
        yield line_sentence(line, draft.kind, draft.currency)
    yield vat_sentence(draft)
