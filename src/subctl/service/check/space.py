"""The check of one contract: its quotes, orders and invoices, each recomputed from what it rests on (7.3)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from subctl.domain.ending import CANCEL, Cancellation, plan_cancellation
from subctl.domain.entry import first_billed_day
from subctl.domain.invoice import RULES, Draft, credit_draft, line_amount
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number
from subctl.domain.pricing import Change
from subctl.domain.quoting import quote_terms
from subctl.domain.sentence import N_, Sentence
from subctl.results.check import Problem
from subctl.service.check.corrections import corrections
from subctl.service.check.ground import UNREADABLE, IssuedOn, Kept, buyer_of_row, name_of, reason, recomputed
from subctl.service.check.journal import earned_fault
from subctl.service.check.replay import REPLAYS
from subctl.service.session import Session
from subctl.store import documents, read
from subctl.store.ahead import SpaceRows
from subctl.store.corrections import read_correction
from subctl.store.tables import Row

T = TypeVar("T")


def examine(session: Session, space_id: str, rows: SpaceRows, issued_on: IssuedOn) -> Iterator[Problem]:
    """Yield whatever is not as it should be with one space."""
    unread: list[Problem] = []
    currency = session.catalog.currency
    quotes = _read(rows.quotes, "quote", QUOTE, documents.read_quote, unread)
    orders = _read(rows.orders, "order", ORDER, documents.read_order, unread)
    invoices = _read(rows.invoices, "invoice", INVOICE, lambda row: documents.read_invoice(row, currency), unread)
    yield from unread
    try:
        contract = read.read_contract(rows.contract, tuple(map(read.read_start, rows.steps)))
        made = [read_correction(row) for row in rows.corrections]
        kept = Kept(session, rows, contract, quotes, orders, invoices, made, issued_on)
        yield from _entry(kept)
    except UNREADABLE as error:
        unreadable = N_("The contract of {space} can't be read: {reason}.")
        yield Problem("contract", None, Sentence(unreadable, {"space": space_id, "reason": reason(error)}))
        return
    for each, look in ((quotes, _quote), (orders, _order), (invoices, _invoice)):
        for document in each:
            yield from _guarded(kept, document, look)
    for look_at_all in (*REPLAYS, corrections):
        try:
            yield from look_at_all(kept)
        except UNREADABLE as error:
            fault = N_("The contract of {space} can't be recomputed: {reason}.")
            yield Problem("contract", None, Sentence(fault, {"space": space_id, "reason": reason(error)}))


def _read(rows: Iterable[Row], kind: str, series: str, read_row: Callable[[Row], T], unread: list[Problem]) -> list[T]:
    """Return the documents of a space that can be read, and note the others."""
    found = []
    for row in rows:
        try:
            found.append(read_row(row))
        except UNREADABLE as error:
            fault = Sentence(N_("It can't be read: {reason}."), {"reason": reason(error)})
            unread.append(Problem(kind, number(series, row[0]), fault))
    return found


def _guarded(kept: Kept, document: Any, look: Callable[[Kept, Any], str | None]) -> Iterator[Problem]:  # noqa: ANN401
    """Yield what is wrong with a document: whoever looks at it returns a template without values."""
    try:
        found = look(kept, document)
        fault = Sentence(found) if found else None
    except UNREADABLE as error:
        fault = Sentence(N_("It can't be recomputed: {reason}."), {"reason": reason(error)})
    if fault:
        yield Problem(type(document).__name__.lower(), name_of(document), fault)


def _entry(kept: Kept) -> Iterator[Problem]:
    """Look at what no order says: from when the contract is billed, and that its plans are sold."""
    contract = kept.contract
    for step in contract.steps:
        if not contract.ended(step.start):
            kept.session.catalogs.at(max(step.start, contract.entered_on)).plan(step.state.plan)
    first = first_billed_day(contract.start)
    if (contract.billed_from, contract.steps[0].start) != (first, first):
        fault = N_("The contract of {space} is not billed from {day} on.")
        yield Problem("contract", None, Sentence(fault, {"space": contract.space, "day": first}))


def _quote(kept: Kept, quote: documents.Quote) -> str | None:
    if quote.rules < RULES:
        return _by_older_rules(_drafts(quote.change))
    change = recomputed(kept, quote).change
    known = kept.session.catalogs.known_by(quote.catalog)
    terms = quote_terms(quote.before.of(kept.contract), change, known, buyer_of_row(kept, quote.buyer))
    stored = quote.change, quote.valid_until, quote.boundary, quote.vat
    if stored != (change, terms.valid_until, terms.boundary, (terms.vat.category, terms.vat.rate)):
        return N_("The quote says something else than the rules.")
    return None


def _drafts(what: Change | Cancellation) -> list[Draft]:
    """Return the invoices that a quote or an order speaks of."""
    if isinstance(what, Cancellation):
        return list(what.catch_up)
    return [*what.catch_up, *filter(None, (what.due_now, what.next_invoice))]


def _by_older_rules(drafts: Iterable[Draft]) -> str | None:
    """Hold what was made by older rules to the arithmetic of its lines; its seal holds the rest (pricing.md 7.3)."""
    wrong = any(line.amount != line_amount(line, draft.currency) for draft in drafts for line in draft.lines)
    return N_("A line's amount is not what its quantity, rate and months give.") if wrong else None


def _order(kept: Kept, order: documents.Order) -> str | None:
    mine = [invoice for invoice in kept.first if invoice.order == order.id]
    upgrades = [invoice for invoice in mine if invoice.credits is None]
    credits_ = [invoice for invoice in mine if invoice.credits is not None]
    what = order.what if order.rules < RULES else _expected(kept, order)
    due = what.due_now if isinstance(what, Change) else None
    if len(upgrades) != (1 if due else 0):
        return N_("Its upgrade invoice is missing, or is one too many.")
    kind = what.kind if isinstance(what, Change) else CANCEL
    issued = [*_numbers(kept, what.catch_up), *map(name_of, upgrades)]
    if (order.kind, order.what, list(order.issued)) != (kind, what, issued):
        return N_("The order says something else than the rules.")
    if bool(credits_) != bool(order.withdrawn and due) or order.credit_note != (credits_[0].id if credits_ else None):
        return N_("Its withdrawal and its credit note don't fit together.")
    if credits_ and (credits_[0].draft.day != order.withdrawn or credits_[0].credits != kept.standing(upgrades[0].id)):
        return N_("Its credit note is not what it should be.")
    return _by_older_rules(_drafts(what)) if order.rules < RULES else None


def _expected(kept: Kept, order: documents.Order) -> Change | Cancellation:
    """Return what an order must say by the rules."""
    if order.kind != CANCEL:
        return recomputed(kept, order).change
    known = kept.session.catalogs.known_by(order.catalog)
    before = order.before.of(kept.contract)
    return plan_cancellation(before, order.day, known, buyer_of_row(kept, order.buyer)).cancellation


def _numbers(kept: Kept, drafts: tuple[Draft, ...]) -> list[str]:
    """Return the numbers of recurring invoices, by their periods."""
    by_start = {invoice.draft.period.start: name_of(invoice) for invoice in kept.first if invoice.order is None}
    return [by_start[draft.period.start] for draft in drafts]


def _invoice(kept: Kept, invoice: documents.Invoice) -> str | None:
    draft = invoice.draft
    net = draft.net
    vat = draft.vat.on(net)
    if (invoice.net, invoice.vat, invoice.total) != (net, vat, net + vat):
        return N_("The invoice's sums are not those of its lines.")
    if unearned := earned_fault(draft):
        return unearned
    if invoice.rules < RULES:
        return _by_older_rules([draft])
    if invoice.credits is None and not _as_of_its_day(kept, invoice):
        return N_("The invoice is due on another day, or from another seller.")
    # recurring ones belong to no order and are looked at one after the other, those of corrections beside these
    return None if invoice.order is None or kept.issued_anew(invoice.id) else _ordered_invoice(kept, invoice)


def _as_of_its_day(kept: Kept, invoice: documents.Invoice) -> bool:
    """Tell whether an invoice is from the seller of its day, and due when that one wants it."""
    catalog = kept.session.catalogs.at(invoice.draft.day)
    return (invoice.catalog, invoice.due_date) == (catalog.id, catalog.due_date(invoice.draft.day))


def _ordered_invoice(kept: Kept, invoice: documents.Invoice) -> str | None:
    """Look at an upgrade invoice or a credit note."""
    orders = [order for order in kept.orders if order.id == invoice.order and order.kind != CANCEL]
    if not orders:
        return N_("The invoice belongs to no order of its space.")
    due, withdrawn = _due_now(kept, orders[0]), orders[0].withdrawn
    if invoice.credits is not None:
        if kept.issued_anew(invoice.credits):
            due = next((each.draft for each in kept.invoices if each.id == invoice.credits), None)
        due = credit_draft(due, withdrawn) if due and withdrawn else None
    if invoice.draft != due:
        return N_("The invoice says something else than the rules.")
    return _credit_fault(kept, invoice) if invoice.credits is not None else None


def _credit_fault(kept: Kept, credit: documents.Invoice) -> str | None:
    """Look whether a credit note mirrors its invoice: seller and buyer too, and due on no day (pricing.md 4.11)."""
    credited = [each for each in kept.invoices if (each.id, each.order) == (credit.credits, credit.order)]
    if not credited:
        return N_("The credit note is for another invoice.")
    mirror = (credited[0].catalog, credited[0].buyer, None)
    same = (credit.catalog, credit.buyer, credit.due_date) == mirror
    return None if same else N_("The credit note has another seller or buyer than its invoice, or is due.")


def _due_now(kept: Kept, order: documents.Order) -> Draft | None:
    """Return the invoice that an order had to issue; by older rules, the one that it says."""
    return (order.change if order.rules < RULES else recomputed(kept, order).change).due_now
