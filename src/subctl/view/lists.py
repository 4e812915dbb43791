"""Lists of spaces, plans, quotes, orders and invoices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from subctl.view import words
from subctl.view.console import Page
from subctl.view.layout import Column, Row

if TYPE_CHECKING:
    from rich.text import Text

Item = dict[str, Any]
Cell = Callable[[Item], str]

_EMPTY = {
    "spaces": "No space yet. Add one with: subctl space add my-shop --name 'My Shop' --plan pro --users 5",
    "plans": "No plan.",
    "quotes": "No quote yet. Get one with: subctl quote",
    "orders": "No order yet.",
    "invoices": "No invoice yet.",
    "administrators": "No administrator.",
    "history": "No history yet.",
    "states": "No contract.",
}


def _text(key: str) -> Cell:
    return lambda item: "–" if item[key] is None else str(item[key])


def change_words(item: Item) -> str:
    """Write a change in a few words: `plan starter → pro, users 10 → 20`."""
    if item["kind"] == "cancel":
        return f"ends on {item['last_day']}" if item["last_day"] else "never starts"
    before, after = item["before"], item["after"]
    before, after = ({**state, **state["licences"]} for state in (before, after))
    keys = ("plan", "users", *item["after"]["licences"], "billing")
    parts = [f"{key} {before.get(key, 0)} → {after[key]}" for key in keys if before.get(key, 0) != after[key]]
    return ", ".join(parts)


def _order_status(item: Item) -> str:
    return f"withdrawn {item['withdrawn']}" if item["withdrawn"] else item["kind"]


def _detail(detail: Any) -> str:  # noqa: ANN401  # any JSON
    """Write what happened in a few words: `order O-2026-0001, users 10 → 20`."""
    if "refused" in detail:
        return f"refused, {detail['refused']}: {detail['message']}"
    before, after = detail.get("before"), detail.get("after")
    parts = [f"{key} {_flat(value)}" for key, value in detail.items() if key not in ("before", "after") and value]
    if before and after:
        parts += [f"{key} {_flat(before[key])} → {_flat(after[key])}" for key in after if before[key] != after[key]]
    return ", ".join(parts)


def _flat(value: Any) -> str:  # noqa: ANN401  # any JSON
    if isinstance(value, dict):
        return " ".join(f"{key} {_flat(each)}" for key, each in value.items())
    if isinstance(value, list):
        return " ".join(map(_flat, value)) or "–"
    return "–" if value is None else str(value)


def _at(text: str) -> str:
    """Write a moment of the clock without what is the same in all of them."""
    return text.removesuffix("+00:00").replace("T", " ")


def _renewal(item: Item) -> str:
    return f"ends {item['last_day']}" if item["last_day"] else item["renews_on"] or "–"


_LICENCES = Column("Licences", right=True)
"""Stands for a column for each kind of licence."""

_COLUMNS: dict[str, tuple[tuple[Column, Cell], ...]] = {
    "spaces": (
        (Column("Space", fold=True), _text("id")),
        (Column("Name", fold=True, bare=True, under=3), _text("name")),
        (Column("Status"), _text("status")),
        (Column("Plan", fold=True), _text("plan")),
        (Column("Users", right=True), _text("users")),
        (Column("Active", right=True, under=2), _text("active_users")),
        (_LICENCES._replace(under=2), _text("licences")),
        (Column("Billing", bare=True, under=1), _text("billing")),
        (Column("Renews on", under=1), _renewal),
    ),
    "plans": (
        (Column("Plan", fold=True), _text("id")),
        (Column("Title", fold=True, bare=True, under=2), _text("title")),
        (Column("Monthly {currency}", right=True), _text("monthly")),
        (Column("Annual {currency}", right=True), _text("annual")),
        (Column("Users", right=True), lambda item: words.limits(item["min_users"], item["max_users"])),
        (Column("Changed by", under=1), lambda item: "you" if item["self_service"] else "support"),
    ),
    "quotes": (
        (Column("Quote"), _text("number")),
        (Column("Date", under=2), _text("date")),
        (Column("Space", fold=True), _text("space")),
        (Column("Change", fold=True, bare=True, under=1), change_words),
        (Column("Due now {currency}", right=True), _text("due_now")),
        (Column("Valid until", under=3), _text("valid_until")),
        (Column("Status"), _text("status")),
    ),
    "orders": (
        (Column("Order"), _text("number")),
        (Column("Date", under=3), _text("date")),
        (Column("Space", fold=True), _text("space")),
        (Column("Change", fold=True, bare=True, under=1), change_words),
        (Column("Price from", under=2), _text("price_from")),
        (Column("Invoice", under=3), _text("invoice")),
        (Column("Status"), _order_status),
    ),
    "invoices": (
        (Column("Invoice"), _text("number")),
        (Column("Date", under=3), _text("date")),
        (Column("Space", fold=True), _text("space")),
        (Column("Kind", bare=True, under=1), _text("kind")),
        (Column("Period", bare=True, under=1), lambda item: words.short_period(item["period"])),
        (Column("Net", right=True, under=4), _text("net")),
        (Column("VAT", right=True, under=4), _text("vat")),
        (Column("Total {currency}", right=True), _text("total")),
        (Column("Due", under=2), _text("due_date")),
    ),
    "administrators": (
        (Column("Account", fold=True), _text("account")),
        (Column("uid", right=True), _text("id")),
        (Column("Role"), _text("role")),
        (Column("Space", fold=True), _text("space")),
    ),
    "states": (
        (Column("Space", fold=True), _text("space")),
        (Column("Plan", fold=True), _text("plan")),
        (Column("Users", right=True), _text("users")),
        (_LICENCES, _text("licences")),
        (Column("Billing"), _text("billing")),
    ),
    "schemas": ((Column("Schema"), _text("id")), (Column("Document", fold=True), _text("title"))),
    "history": (
        (Column("#", right=True), _text("id")),
        (Column("At, UTC", under=3), lambda item: _at(item["at"])),
        (Column("Day"), _text("date")),
        (Column("Account", fold=True), _text("account")),
        (Column("Action"), _text("action")),
        (Column("Space", fold=True), _text("space")),
        (Column("What", fold=True, bare=True, under=1), lambda item: _detail(item["detail"])),
        (Column("Hash", under=2), lambda item: item["hash"][:12]),
    ),
}
"""The columns of each list and what stands in them, in the order of what one looks for."""


_STYLES = {
    "active": "green",
    "open": "green",
    "upcoming": "cyan",
    "ending": "yellow",
    "stale": "yellow",
    "expired": "yellow",
    "ended": "red",
}


def _styled(name: str, cell: str) -> str | Text:
    """Give a status the colour it has on its own page."""
    from rich.text import Text

    style = "yellow" if cell.startswith("withdrawn") else _STYLES.get(cell, "")
    return Text(cell, style=style) if name == "Status" else cell


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw a list, newest first."""
    items = document["items"]
    if not items:
        page.line(_EMPTY[document["kind"]])
        return
    heads, cells = zip(*_columns(document["kind"], items), strict=True)
    named = [head._replace(name=head.name.format(currency=document.get("currency"))) for head in heads]
    page.table(
        named,
        [Row([_styled(head.name, cell(item)) for head, cell in zip(heads, cells, strict=True)]) for item in items],
    )
    if document["kind"] == "plans":
        page.line()
        page.line(_licence_prices(items[0], document["currency"]), style="dim")


def _columns(kind: str, items: list[Item]) -> Iterator[tuple[Column, Cell]]:
    """Yield the columns of a list, one for each kind of licence among them."""
    for column, cell in _COLUMNS[kind]:
        if column.name != _LICENCES.name:
            yield column, cell
            continue
        for licence in words.kinds(items):
            yield column._replace(name=words.licence(licence)), _number_of(licence)


def _number_of(licence: str) -> Cell:
    return lambda item: str(item["licences"].get(licence, 0))


def _licence_prices(item: Item, currency: str) -> str:
    """Say what the prices of plans are for, and what licences cost beside them."""
    prices = [
        f" A {price['title']} costs {words.money(price['monthly'], currency)} a month"
        f" or {words.money(price['annual'], currency)} a year."
        for price in item["licences"].values()
    ]
    return "Net, a user and month or a user and year." + "".join(prices)
