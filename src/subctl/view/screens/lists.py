"""Lists, newest first: the columns of each, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from subctl.domain.catalog import Plan, Price
from subctl.domain.contract import licences_of
from subctl.domain.ending import Cancellation
from subctl.domain.money import format_amount, format_rate
from subctl.results import lists
from subctl.view import words
from subctl.view.console import STATUS, Page, styled
from subctl.view.history import told
from subctl.view.layout import Column, Row
from subctl.view.texts import change_words, end_words

if TYPE_CHECKING:
    from datetime import date

    from rich.text import Text

Item = TypeVar("Item")
WithState = TypeVar("WithState", lists.SpaceItem, lists.StateItem)
Cell = Callable[[Item], "str | Text"]
Columns = list[tuple[Column, Cell[Item]]]


def draw(page: Page, listing: lists.Listing) -> None:
    """Draw a list, newest first."""
    match listing:
        case lists.Spaces():
            _draw(page, _spaces(listing), listing.items, f"No space yet. Add one with: {listing.add}")
        case lists.Plans():
            _draw(page, _plans(listing), listing.items, "No plan.")
            if listing.items:
                page.line()
                page.line(_licence_prices(listing), style="dim")
        case lists.Quotes():
            _draw(page, _quotes(listing), listing.items, "No quote yet. Get one with: subctl quote")
        case lists.Orders():
            _draw(page, _ORDERS, listing.items, "No order yet.")
        case lists.Invoices():
            _draw(page, _invoices(listing), listing.items, "No invoice yet.")
        case _:
            _draw_kept(page, listing)


def _draw_kept(
    page: Page, listing: lists.CatalogList | lists.Administrators | lists.History | lists.States | lists.Schemas
) -> None:
    match listing:
        case lists.CatalogList():
            _draw(page, _CATALOGS, listing.items, "No catalog.")
        case lists.Administrators():
            _draw(page, _ADMINISTRATORS, listing.items, "No administrator.")
            if listing.right:
                page.line()
                page.line(_right(listing.right, changed=bool(listing.changed)))
        case lists.History():
            _draw(page, _HISTORY, listing.items, "No history yet.")
        case lists.States():
            _draw(page, _states(listing), listing.items, "No contract.")
        case lists.Schemas():
            _draw(page, _SCHEMAS, listing.items, "No schema.")


def _draw(page: Page, columns: Columns[Item], items: Iterable[Item], empty: str) -> None:
    rows = [Row([cell(item) for _, cell in columns]) for item in items]
    if not rows:
        page.line(empty)
        return
    page.table([column for column, _ in columns], rows)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "–"


def _status(status: str) -> Text:
    """Give a status the colour it has on its own page."""
    return styled(status, STATUS.get(status, ""))


def _licences(items: Iterable[WithState], sold: Sequence[str], under: int = 0) -> Columns[WithState]:
    """Return a column for each kind of licence that is sold or there."""
    kinds = words.kinds((item.state for item in items), sold)

    def column(kind: str) -> tuple[Column, Cell[WithState]]:
        head = Column(words.licence(kind), right=True, under=under)
        return head, lambda item: str(licences_of(item.state, kinds)[kind])

    return [column(kind) for kind in kinds]


def _spaces(listing: lists.Spaces) -> Columns[lists.SpaceItem]:
    return [
        (Column("Space", fold=True), lambda item: item.id),
        (Column("Name", fold=True, bare=True, under=3), lambda item: item.name),
        (Column("Status"), lambda item: _status(item.status)),
        (Column("Plan", fold=True), lambda item: item.state.plan),
        (Column("Users", right=True), lambda item: str(item.state.users)),
        (Column("Active", right=True, under=2), lambda item: str(item.active_users)),
        *_licences(listing.items, listing.licences, under=2),
        (Column("Billing", bare=True, under=1), lambda item: item.billing),
        (Column("Renews on", under=1), _renewal),
    ]


def _renewal(item: lists.SpaceItem) -> str:
    return f"ends {item.last_day}" if item.last_day else _day(item.renews_on)


_CATALOGS: Columns[lists.CatalogItem] = [
    (Column("Catalog", fold=True), lambda item: item.name),
    (Column("Valid from"), lambda item: "since ever" if item.first else _day(item.valid_from)),
    (Column("Imported on"), lambda item: _day(item.imported_on)),
    (Column("Status"), lambda item: _status(item.status)),
]


def _plans(listing: lists.Plans) -> Columns[Plan]:
    currency = listing.currency
    private: Columns[Plan] = [(Column("For", fold=True, under=3), lambda plan: ", ".join(plan.spaces or ("all",)))]
    return [
        (Column("Plan", fold=True), lambda plan: plan.id),
        (Column("Title", fold=True, bare=True, under=2), lambda plan: plan.price.title),
        (Column(f"Monthly {currency}", right=True), lambda plan: format_rate(plan.price.monthly)),
        (Column(f"Annual {currency}", right=True), lambda plan: format_rate(plan.price.annual)),
        (Column("Users", right=True), lambda plan: words.limits(plan.min_users, plan.max_users)),
        (Column("Changed by", under=1), lambda plan: "you" if plan.self_service else "support"),
        *(private if any(plan.spaces for plan in listing.items) else []),
    ]


def _licence_prices(listing: lists.Plans) -> str:
    """Say what the prices of plans are for, and what licences cost beside them."""
    prices = "".join(_licence_price(price, listing.currency) for price in listing.licences.values())
    return "Net, a user and month or a user and year." + prices


def _licence_price(price: Price, currency: str) -> str:
    monthly, annual = (f"{format_rate(rate)} {currency}" for rate in (price.monthly, price.annual))
    return f" Each {price.title} costs {monthly} a month or {annual} a year."


def _quotes(listing: lists.Quotes) -> Columns[lists.QuoteItem]:
    return [
        (Column("Quote"), lambda item: item.number),
        (Column("Date", under=2), lambda item: _day(item.day)),
        (Column("Space", fold=True), lambda item: item.space),
        (Column("Change", bare=True, under=1), lambda item: change_words(item.change)),
        (
            Column(f"Due now {listing.currency}", right=True),
            lambda item: format_amount(item.change.total_now, item.change.currency),
        ),
        (Column("Valid until", under=3), lambda item: _day(item.valid_until)),
        (Column("Status"), lambda item: _status(item.status)),
    ]


def _ordered(item: lists.OrderItem) -> str:
    """Write what was ordered in a few words."""
    if isinstance(item.what, Cancellation):
        return end_words(item.what)
    return change_words(item.what)


def _price_from(item: lists.OrderItem) -> str:
    return "–" if isinstance(item.what, Cancellation) else _day(item.what.price_from)


_ORDERS: Columns[lists.OrderItem] = [
    (Column("Order"), lambda item: item.number),
    (Column("Date", under=3), lambda item: _day(item.day)),
    (Column("Space", fold=True), lambda item: item.space),
    (Column("Change", bare=True, under=1), _ordered),
    (Column("Price from", under=2), _price_from),
    (Column("Invoice", under=3), lambda item: item.invoice or "–"),
    (Column("Status"), lambda item: _status(item.status)),
]


def _invoices(listing: lists.Invoices) -> Columns[lists.InvoiceItem]:
    currency = listing.currency
    return [
        (Column("Invoice"), lambda item: item.number),
        (Column("Date", under=3), lambda item: _day(item.day)),
        (Column("Space", fold=True), lambda item: item.space),
        (Column("Kind", bare=True, under=1), lambda item: item.kind),
        (Column("Period", bare=True, under=1), lambda item: words.short_period(item.period)),
        (Column("Net", right=True, under=4), lambda item: format_amount(item.net, currency)),
        (Column("VAT", right=True, under=4), lambda item: format_amount(item.vat, currency)),
        (Column(f"Total {currency}", right=True), lambda item: format_amount(item.total, currency)),
        (Column("Due", under=2), lambda item: "–" if item.credited_by else _day(item.due_date)),
        *_credited(listing.items),
    ]


def _credited(items: Iterable[lists.InvoiceItem]) -> Columns[lists.InvoiceItem]:
    """Return a column that says what was credited by what, where something was."""
    if not any(item.credited_by for item in items):
        return []
    return [(Column("Credited by", under=2), lambda item: item.credited_by or "–")]


_ADMINISTRATORS: Columns[lists.Administrator] = [
    (Column("Account", fold=True), lambda item: item.account),
    (Column("uid", right=True), lambda item: str(item.uid)),
    (Column("Role"), lambda item: "space" if item.space else "store"),
    (Column("Space", fold=True), lambda item: item.space or "–"),
]


def _right(right: lists.Right, *, changed: bool) -> str:
    """Say what somebody may do now; a right to the whole store is a large one."""
    account, space = right.administrator.account, right.administrator.space
    role = f"an administrator of {space}" if space else "a STORE administrator"
    reach = "" if space or not right.has else ", who may change every space, the prices and the administrators"
    if not changed:
        return f"Nothing changes: {account} is {'already' if right.has else 'not'} {role}{reach}."
    if right.dry_run:
        return f"{account} would {'be' if right.has else 'no longer be'} {role}{reach}."
    return f"{account} is {'now' if right.has else 'no longer'} {role}{reach}."


def _states(listing: lists.States) -> Columns[lists.StateItem]:
    return [
        (Column("Space", fold=True), lambda item: item.space),
        (Column("Plan", fold=True), lambda item: item.state.plan),
        (Column("Users", right=True), lambda item: str(item.state.users)),
        *_licences(listing.items, listing.licences),
        (Column("Billing"), lambda item: item.state.billing),
    ]


_SCHEMAS: Columns[lists.SchemaItem] = [
    (Column("Schema"), lambda item: item.id),
    (Column("Document", fold=True), lambda item: item.title),
]

_HISTORY: Columns[lists.HistoryItem] = [
    (Column("#", right=True), lambda item: str(item.id)),
    (Column("Day"), lambda item: item.day),
    (Column("Account", fold=True), lambda item: item.account),
    (Column("Action"), lambda item: item.action),
    (Column("Space", fold=True), lambda item: item.space or "–"),
    (Column("What", bare=True, under=1), told),
    (Column("At, UTC", under=3), lambda item: item.at[: len("2026-11-26T16:15")].replace("T", " ")),
    (Column("Hash", under=2), lambda item: item.hash[:12]),
]
