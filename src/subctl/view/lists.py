"""Lists of spaces, plans, quotes, orders and invoices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from subctl.view import words
from subctl.view.console import Page, grid

Item = dict[str, Any]
Cell = Callable[[Item], str]

_EMPTY = {
    "spaces": "No space yet. Add one with: subctl space add",
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
    parts = [
        f"{key} {before[key]} → {after[key]}"
        for key in ("plan", "users", "zoom", "billing")
        if before[key] != after[key]
    ]
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


def _limits(item: Item) -> str:
    low, high = item["min_users"], item["max_users"]
    if high is None:
        return f"{low} or more" if low > 1 else "any"
    return f"{low} to {high}"


_RIGHT = frozenset(("Users", "Zoom", "Net", "VAT", "Total", "Due now", "Monthly", "Annual", "Active"))

_COLUMNS: dict[str, dict[str, Cell]] = {
    "spaces": {
        "Space": _text("id"),
        "Name": _text("name"),
        "Status": _text("status"),
        "Plan": _text("plan"),
        "Users": _text("users"),
        "Active": _text("active_users"),
        "Zoom": _text("zoom"),
        "Billing": _text("billing"),
        "Renews on": lambda item: (item["last_day"] and f"ends {item['last_day']}") or item["renews_on"] or "–",
    },
    "plans": {
        "Plan": _text("id"),
        "Title": _text("title"),
        "Monthly": _text("monthly"),
        "Annual": _text("annual"),
        "Users": _limits,
        "Changes": lambda item: "yourself" if item["self_service"] else "by support",
    },
    "quotes": {
        "Quote": _text("number"),
        "Date": _text("date"),
        "Space": _text("space"),
        "Change": change_words,
        "Due now": lambda item: words.money(item["due_now"], item["currency"]),
        "Valid until": _text("valid_until"),
        "Status": _text("status"),
    },
    "orders": {
        "Order": _text("number"),
        "Date": _text("date"),
        "Space": _text("space"),
        "Change": change_words,
        "Price from": _text("price_from"),
        "Invoice": _text("invoice"),
        "Status": _order_status,
    },
    "invoices": {
        "Invoice": _text("number"),
        "Date": _text("date"),
        "Space": _text("space"),
        "Kind": _text("kind"),
        "Period": lambda item: words.period(item["period"]),
        "Net": _text("net"),
        "VAT": _text("vat"),
        "Total": lambda item: words.money(item["total"], item["currency"]),
        "Due": _text("due_date"),
    },
}
_COLUMNS["administrators"] = {
    "Account": _text("account"),
    "uid": _text("id"),
    "Role": _text("role"),
    "Space": _text("space"),
}
_COLUMNS["states"] = {name.capitalize(): _text(name) for name in ("space", "plan", "users", "zoom", "billing")}
_COLUMNS["schemas"] = {"Schema": _text("id"), "Document": _text("title")}
_COLUMNS["history"] = {
    "#": _text("id"),
    "At": _text("at"),
    "Day": _text("date"),
    "Account": _text("account"),
    "Action": _text("action"),
    "Space": _text("space"),
    "What": lambda item: _detail(item["detail"]),
    "Hash": lambda item: item["hash"][:12],
}
_NUMBER_WIDTH = 18
"""The number of a document in a text is not broken."""

_FOLDING = frozenset(("Space", "Name", "Title", "Change", "Period", "What"))


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw a list, newest first."""
    if not document["items"]:
        page.line(_EMPTY[document["kind"]])
        return
    table = grid(head=True)
    columns = _COLUMNS[document["kind"]]
    for name in columns:
        fold = name in _FOLDING
        table.add_column(
            name,
            justify="right" if name in _RIGHT else "left",
            no_wrap=not fold,
            overflow="fold" if fold else "crop",
            min_width=_NUMBER_WIDTH if name == "What" else None,
        )
    for item in document["items"]:
        table.add_row(*(cell(item) for cell in columns.values()))
    page.table(table)
