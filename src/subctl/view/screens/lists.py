"""Lists, newest first: the columns of each, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from subctl.domain.catalog import Plan, Price
from subctl.domain.contract import licences_of
from subctl.domain.ending import Cancellation
from subctl.domain.settlement import CREDITED, OPEN, OVERDUE
from subctl.results import lists
from subctl.view import codes, words
from subctl.view.console import STATUS, Page, styled
from subctl.view.history import told
from subctl.view.language import _, pgettext, spoken
from subctl.view.layout import Column, Row
from subctl.view.texts import change_words, end_words

if TYPE_CHECKING:
    from rich.text import Text

Item = TypeVar("Item")
WithState = TypeVar("WithState", lists.SpaceItem, lists.StateItem)
Cell = Callable[[Item], "str | Text"]
Columns = list[tuple[Column, Cell[Item]]]


def draw(page: Page, listing: lists.Listing) -> None:
    """Draw a list, newest first."""
    match listing:
        case lists.Spaces():
            _draw(
                page,
                _spaces(listing),
                listing.items,
                _("No space yet. Add one with: {command}").format(command=listing.add),
            )
        case lists.Plans():
            _draw(page, _plans(listing), listing.items, _("No plan."))
            if listing.items:
                page.line()
                page.line(_licence_prices(listing), style="dim")
        case lists.Quotes():
            empty = _("No quote yet. Get one with: {command}").format(command="subctl quote")
            _draw(page, _quotes(listing), listing.items, empty)
        case lists.Orders():
            _draw(page, _orders(), listing.items, _("No order yet."))
        case lists.Invoices():
            _draw(page, _invoices(listing), listing.items, _("No invoice yet."))
        case _:
            _draw_kept(page, listing)


def _draw_kept(
    page: Page, listing: lists.CatalogList | lists.Administrators | lists.History | lists.States | lists.Schemas
) -> None:
    match listing:
        case lists.CatalogList():
            _draw(page, _catalogs(), listing.items, _("No catalog."))
        case lists.Administrators():
            _draw(page, _administrators(), listing.items, _("No administrator."))
            if listing.right:
                page.line()
                page.line(_right(listing.right, changed=bool(listing.changed)))
        case lists.History():
            _draw(page, _history(), listing.items, _("No history yet."))
        case lists.States():
            _draw(page, _states(listing), listing.items, _("No contract."))
        case lists.Schemas():
            _draw(page, _schemas(), listing.items, _("No schema."))


def _draw(page: Page, columns: Columns[Item], items: Iterable[Item], empty: str) -> None:
    rows = [Row([cell(item) for _column, cell in columns]) for item in items]
    if not rows:
        page.line(empty)
        return
    page.table([column for column, _cell in columns], rows)


def _status(status: str) -> Text:
    """Give a status the colour it has on its own page."""
    return styled(codes.status(status), STATUS.get(status, ""))


def _licences(items: Iterable[WithState], sold: Sequence[str], under: int = 0) -> Columns[WithState]:
    """Return a column for each kind of licence that is sold or there."""
    kinds = words.kinds((item.state for item in items), sold)

    def column(kind: str) -> tuple[Column, Cell[WithState]]:
        head = Column(words.licence(kind), right=True, under=under)
        return head, lambda item: words.count(licences_of(item.state, kinds)[kind])

    return [column(kind) for kind in kinds]


def _spaces(listing: lists.Spaces) -> Columns[lists.SpaceItem]:
    return [
        (Column(_("Space"), fold=True), lambda item: item.id),
        (Column(_("Name"), fold=True, bare=True, under=3), lambda item: item.name),
        (Column(_("Status")), lambda item: _status(item.status)),
        (Column(_("Plan"), fold=True), lambda item: item.state.plan),
        (Column(_("Users"), right=True), lambda item: words.count(item.state.users)),
        (Column(_("Active"), right=True, under=2), lambda item: words.count(item.active_users)),
        *_licences(listing.items, listing.licences, under=2),
        (Column(_("Billing"), bare=True, under=1), lambda item: codes.billing(item.billing)),
        (Column(_("Renews on"), under=1), _renewal),
    ]


def _renewal(item: lists.SpaceItem) -> str:
    if item.last_day:
        return _("ends {day}").format(day=words.column_day(item.last_day))
    return words.column_day(item.renews_on)


def _catalogs() -> Columns[lists.CatalogItem]:
    return [
        (Column(_("Catalog"), fold=True), lambda item: item.name),
        (Column(_("Valid from")), lambda item: _("since ever") if item.first else words.column_day(item.valid_from)),
        (Column(_("Imported on")), lambda item: words.column_day(item.imported_on)),
        (Column(_("Status")), lambda item: _status(item.status)),
    ]


def _plans(listing: lists.Plans) -> Columns[Plan]:
    currency = listing.currency
    private: Columns[Plan] = [
        (Column(_("For"), fold=True, under=3), lambda plan: ", ".join(plan.spaces) if plan.spaces else _("all"))
    ]
    return [
        (Column(_("Plan"), fold=True), lambda plan: plan.id),
        (Column(_("Title"), fold=True, bare=True, under=2), lambda plan: plan.price.title_in(spoken())),
        (
            Column(_("Monthly {currency}").format(currency=currency), right=True),
            lambda plan: words.rate(plan.price.monthly),
        ),
        (
            Column(_("Annual {currency}").format(currency=currency), right=True),
            lambda plan: words.rate(plan.price.annual),
        ),
        (Column(_("Users"), right=True), lambda plan: words.limits(plan.min_users, plan.max_users)),
        (Column(_("Changed by"), under=1), lambda plan: _("you") if plan.self_service else _("support")),
        *(private if any(plan.spaces for plan in listing.items) else []),
    ]


def _licence_prices(listing: lists.Plans) -> str:
    """Say what the prices of plans are for, and what licences cost beside them."""
    prices = (_licence_price(price, listing.currency) for price in listing.licences.values())
    return " ".join([_("Net, a user and month or a user and year."), *prices])


def _licence_price(price: Price, currency: str) -> str:
    monthly, annual = (words.price(rate, currency) for rate in (price.monthly, price.annual))
    told = _("Each {title} costs {monthly} a month or {annual} a year.")
    return told.format(title=price.title_in(spoken()), monthly=monthly, annual=annual)


def _quotes(listing: lists.Quotes) -> Columns[lists.QuoteItem]:
    return [
        (Column(_("Quote")), lambda item: item.number),
        (Column(_("Date"), under=2), lambda item: words.column_day(item.day)),
        (Column(_("Space"), fold=True), lambda item: item.space),
        (Column(_("Change"), bare=True, under=1), lambda item: change_words(item.change)),
        (
            Column(_("Due now {currency}").format(currency=listing.currency), right=True),
            lambda item: words.amount(item.change.total_now, item.change.currency),
        ),
        (Column(_("Valid until"), under=3), lambda item: words.column_day(item.valid_until)),
        (Column(_("Status")), lambda item: _status(item.status)),
    ]


def _ordered(item: lists.OrderItem) -> str:
    """Write what was ordered in a few words."""
    if isinstance(item.what, Cancellation):
        return end_words(item.what)
    return change_words(item.what)


def _price_from(item: lists.OrderItem) -> str:
    return "–" if isinstance(item.what, Cancellation) else words.column_day(item.what.price_from)


def _orders() -> Columns[lists.OrderItem]:
    return [
        (Column(_("Order")), lambda item: item.number),
        (Column(_("Date"), under=3), lambda item: words.column_day(item.day)),
        (Column(_("Space"), fold=True), lambda item: item.space),
        (Column(_("Change"), bare=True, under=1), _ordered),
        (Column(_("Price from"), under=2), _price_from),
        (Column(_("Invoice"), under=3), lambda item: item.invoice or "–"),
        (Column(_("Status")), lambda item: styled(codes.order_status(item.status), STATUS.get(item.status, ""))),
    ]


def _invoices(listing: lists.Invoices) -> Columns[lists.InvoiceItem]:
    currency = listing.currency
    return [
        (Column(_("Invoice")), lambda item: item.number),
        (Column(_("Date"), under=4), lambda item: words.column_day(item.day)),
        (Column(_("Space"), fold=True), lambda item: item.space),
        (Column(_("Kind"), bare=True, under=2), lambda item: codes.invoice_kind(item.kind)),
        (Column(_("Period"), bare=True, under=1), lambda item: words.short_period(item.period)),
        (Column(_("Net"), right=True, under=5), lambda item: words.amount(item.net, currency)),
        (Column(_("VAT"), right=True, under=5), lambda item: words.amount(item.vat, currency)),
        (
            Column(_("Total {currency}").format(currency=currency), right=True),
            lambda item: words.amount(item.total, currency),
        ),
        (Column(_("Due"), under=3), lambda item: "–" if item.credited_by else words.column_day(item.due_date)),
        *_open(listing.items, currency),
        (Column(_("Status"), bare=True, under=3), _became),
    ]


def _open(items: Iterable[lists.InvoiceItem], currency: str) -> Columns[lists.InvoiceItem]:
    """Return a column that says what is open, where something is paid in part."""
    if not any(0 < item.settled.open < item.total for item in items):
        return []

    def cell(item: lists.InvoiceItem) -> str:
        return words.amount(item.settled.open, currency) if item.settled.open else "–"

    return [(Column(pgettext("label", "Open"), right=True, under=3), cell)]


def _became(item: lists.InvoiceItem) -> Text:
    """Say what became of an invoice, and by what it was credited; that it is overdue says more than that it is open."""
    if item.credited_by:
        return styled(_("credited by {credit_note}").format(credit_note=item.credited_by), STATUS[CREDITED])
    status = OVERDUE if item.settled.overdue else item.settled.status
    return styled(codes.invoice_status(status), "" if status == OPEN else STATUS.get(status, ""))


def _administrators() -> Columns[lists.Administrator]:
    return [
        (Column(_("Account"), fold=True), lambda item: item.account),
        (Column("uid", right=True), lambda item: "–" if item.uid is None else str(item.uid)),
        (Column(_("Role")), lambda item: pgettext("role", "space") if item.space else pgettext("role", "store")),
        (Column(_("Space"), fold=True), lambda item: item.space or "–"),
    ]


def _right(right: lists.Right, *, changed: bool) -> str:
    """Say what somebody may do now; a right to the whole store is a large one."""
    account, space = right.administrator.account, right.administrator.space
    told = _of_space(right, changed=changed) if space else _of_store(right, changed=changed)
    return told.format(account=account, space=space)


def _of_space(right: lists.Right, *, changed: bool) -> str:
    if not changed and right.has:
        return _("Nothing changes: {account} is already an administrator of {space}.")
    if not changed:
        return _("Nothing changes: {account} is not an administrator of {space}.")
    if right.dry_run and right.has:
        return _("{account} would be an administrator of {space}.")
    if right.dry_run:
        return _("{account} would no longer be an administrator of {space}.")
    if right.has:
        return _("{account} is now an administrator of {space}.")
    return _("{account} is no longer an administrator of {space}.")


def _of_store(right: lists.Right, *, changed: bool) -> str:
    if not right.has:
        if not changed:
            return _("Nothing changes: {account} is not a STORE administrator.")
        no_longer = _("{account} is no longer a STORE administrator.")
        return _("{account} would no longer be a STORE administrator.") if right.dry_run else no_longer
    if not changed:
        is_ = _("Nothing changes: {account} is already a STORE administrator, {reach}.")
    elif right.dry_run:
        is_ = _("{account} would be a STORE administrator, {reach}.")
    else:
        is_ = _("{account} is now a STORE administrator, {reach}.")
    return is_.replace("{reach}", _("who may change every space, the prices and the administrators"))


def _states(listing: lists.States) -> Columns[lists.StateItem]:
    return [
        (Column(_("Space"), fold=True), lambda item: item.space),
        (Column(_("Plan"), fold=True), lambda item: item.state.plan),
        (Column(_("Users"), right=True), lambda item: words.count(item.state.users)),
        *_licences(listing.items, listing.licences),
        (Column(_("Billing")), lambda item: codes.billing(item.state.billing)),
    ]


def _schemas() -> Columns[lists.SchemaItem]:
    return [
        (Column(_("Schema")), lambda item: item.id),
        (Column(_("Document"), fold=True), lambda item: _(item.title)),
    ]


def _history() -> Columns[lists.HistoryItem]:
    return [
        (Column("#", right=True), lambda item: str(item.id)),
        (Column(_("Day")), lambda item: words.kept_day(item.day)),
        (Column(_("Account"), fold=True), lambda item: item.account),
        (Column(_("Action")), lambda item: item.action),
        (Column(_("Space"), fold=True), lambda item: item.space or "–"),
        (Column(_("What"), bare=True, under=1), told),
        (Column(_("At, UTC"), under=3), _moment),
        (Column(_("Hash"), under=2), lambda item: item.hash[:12]),
    ]


def _moment(item: lists.HistoryItem) -> str:
    day, time = item.at[: len("2026-11-26")], item.at[len("2026-11-26T") : len("2026-11-26T16:15")]
    return f"{words.kept_day(day)} {time}"
