"""Direct-debit files as a table, and one with its debits."""

from __future__ import annotations

from subctl.results.collections import CollectedItem, CollectionItem, Collections, ShownCollection
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _, ngettext
from subctl.view.layout import Column, Row
from subctl.view.rest import MOST_SHOWN, draw_rest

_CURRENCY = "EUR"


def draw(page: Page, result: Collections | ShownCollection) -> None:
    """Draw direct-debit files, newest first, or one with its debits."""
    if isinstance(result, ShownCollection):
        _draw_one(page, result)
        return
    rows = [Row(_cells(item)) for item in result.items]
    if rows:
        page.table(_columns(), rows)
    else:
        page.line(_("No collection yet."))


def draw_brief(page: Page, result: ShownCollection) -> None:
    """Say what became of a file whose debits were just shown."""
    page.line()
    page.line(_said(page, result))


def _columns() -> list[Column]:
    return [
        Column(_("Number")),
        Column(_("Date"), under=2),
        Column(_("Debited on")),
        Column(_("Debits"), right=True, under=1),
        Column(_("Amount {currency}").format(currency=_CURRENCY), right=True),
        Column(_("Never sent"), under=1),
    ]


def _cells(item: CollectionItem) -> list[str]:
    return [
        item.number,
        words.column_day(item.day),
        words.column_day(item.on),
        words.count(item.debits),
        words.amount(item.amount, _CURRENCY),
        words.column_day(item.dropped),
    ]


def _draw_one(page: Page, result: ShownCollection) -> None:
    page.line(_said(page, result))
    page.line()
    shown = result.items[:MOST_SHOWN]
    total = Row([_("Sum"), "", "", words.amount(result.amount, _CURRENCY)], "bold")
    page.table(
        [
            Column(_("Invoice")),
            Column(_("Space"), fold=True),
            Column(_("Mandate"), fold=True, under=1),
            Column(_("Amount {currency}").format(currency=_CURRENCY), right=True),
        ],
        [Row(_item(item)) for item in shown],
        [total],
    )
    draw_rest(page, len(result.items), f"subctl show {result.number} --json" if result.number else None)


def _said(page: Page, result: ShownCollection) -> str:
    """Say what a file is, or would be."""
    number = len(result.items)
    debits = ngettext("{number} debit", "{number} debits", number).format(number=words.count(number))
    amount = words.money(result.amount, _CURRENCY)
    if result.dropped is not None:
        told = (
            _("{collection} would be noted as never sent on {day}: {debits}, {amount}.")
            if page.dry_run and result.changed
            else _("{collection} was never sent, as noted on {day}: {debits}, {amount}.")
        )
        return told.format(collection=result.number, day=words.day(result.dropped), debits=debits, amount=amount)
    if result.number is None:
        told = _("To be debited on {day}: {debits}, {amount}.")
    else:
        told = _("{collection}, to be debited on {day}: {debits}, {amount}.")
    return told.format(collection=result.number, day=words.day(result.on), debits=debits, amount=amount)


def _item(item: CollectedItem) -> list[str]:
    return [item.number, item.space, item.mandate, words.amount(item.amount, _CURRENCY)]
