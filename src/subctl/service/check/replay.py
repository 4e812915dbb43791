"""The check of one contract as a whole: its orders replayed, its periods walked, its sum compared (7.3)."""

from collections.abc import Iterator
from datetime import date

from subctl.domain.contract import Contract
from subctl.domain.dates import DAY, Period
from subctl.domain.ending import CANCEL, cancelled
from subctl.domain.invoice import RULES, Buyer, Draft, recurring_draft, recurring_lines, unbilled_periods
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.results.check import Problem
from subctl.service.check.ground import Kept, buyer_of_row, name_of, recomputed
from subctl.store import documents, entries, read


def _chain(kept: Kept) -> Iterator[Problem]:
    """Replay all orders, from what was entered on: the last still valid one ends at today's steps and end.

    Where an order by older rules led nobody recomputes: the next one, or the contract, says it.
    """
    entered = entries.as_entered(kept.rows.entry)
    if not _begins_as(kept, entered):
        yield _of_space(kept, "contract", N_("The contract of {space} is not as it was entered."))
    steps, end = _Reached(entered.steps), _Reached(None)
    for order in kept.orders:
        if not (steps.may_be(order.before.steps) and end.may_be(order.before.end)):
            fault = Sentence(N_("The order doesn't start where the one before it ended."))
            yield Problem("order", name_of(order), fault)
        withdrawn = order.withdrawn is not None
        if order.kind == CANCEL:
            end = end.then(_end_of(kept, order), withdrawn=withdrawn)
        else:
            steps = steps.then(_steps_of(kept, order), withdrawn=withdrawn)
    if not (steps.stays(kept.contract.steps) and end.stays(kept.contract.end)):
        yield _of_space(kept, "steps", N_("The price steps or the end of {space} are not those of its orders."))


def _of_space(kept: Kept, code: str, template: str, **values: object) -> Problem:
    """Return a finding that names no document, but the `{space}`."""
    return Problem(code, None, Sentence(template, {"space": kept.contract.space, **values}))


def _begins_as(kept: Kept, entered: Contract) -> bool:
    """Tell whether what never changes of a contract is as it was entered."""
    first = read.first_billed(kept.rows.contract)
    begins = kept.contract.start, kept.contract.billed_from, kept.contract.entered_on, first
    return begins == (entered.start, entered.billed_from, entered.entered_on, entered.billed_until)


def _steps_of(kept: Kept, order: documents.Order) -> object:
    return _UNKNOWN if order.rules < RULES else recomputed(kept, order).contract.steps


def _end_of(kept: Kept, order: documents.Order) -> object:
    if order.rules < RULES:
        return _UNKNOWN
    notice = kept.session.catalogs.known_by(order.catalog).at(order.day).policy.notice_months
    return cancelled(order.before.of(kept.contract), order.day, notice).end


_UNKNOWN = object()
"""Where an order by older rules led: nobody recomputes it (pricing.md 7.3)."""


class _Reached(Record):
    """Where the orders so far have led: what `stands`, and what withdrawn ones led to for a while."""

    stands: object
    passed: tuple[object, ...] = ()

    def may_be(self, value: object) -> bool:
        """Tell whether the next order may start here."""
        return self.stays(value) or _UNKNOWN in self.passed or value in self.passed

    def stays(self, value: object) -> bool:
        """Tell whether this is where the orders have led at last."""
        return self.stands is _UNKNOWN or value == self.stands

    def then(self, after: object, *, withdrawn: bool) -> "_Reached":
        """Return where one more order leads."""
        return _Reached(self.stands, (*self.passed, after)) if withdrawn else _Reached(after)


def _as_billed(kept: Kept, start: date) -> Contract:
    """Return the contract as it stood when the period that begins on `start` was billed.

    An order carries the contract it was decided on; the periods that started up to its day were billed with
    or before it. A withdrawn order touched no period that was billed meanwhile (pricing.md 4.11).
    """
    for order in kept.orders:
        if start <= order.day:
            return order.before.of(kept.contract)
    return kept.contract


def _recurring(kept: Kept) -> Iterator[Problem]:
    """Go from period to period: each billed once, with the right invoice, on the right day."""
    waiting = [invoice for invoice in kept.first if invoice.order is None]
    first = read.first_billed(kept.rows.contract)
    while first < kept.contract.billed_until:
        then = _as_billed(kept, first)
        here = [invoice for invoice in waiting if invoice.draft.period.start == first]
        invoice = here[0] if here else None
        period = Period(first, then.period_at(first).end)
        if invoice and (invoice.rules < RULES or invoice.draft.period.end < period.end):
            period = invoice.draft.period  # as older rules had it, or cut by an end, or a switch, that was taken back
        if period.end <= first:
            break  # an end that was altered: no period begins here
        day = invoice.draft.day if invoice else first
        buyer = buyer_of_row(kept, invoice.buyer) if invoice else Buyer("", None)
        expected = recurring_draft(then, period, kept.session.catalogs, buyer, day)
        if invoice is None:
            if expected.payable:
                yield _of_space(kept, "missing", N_("{space} has no invoice from {day} on."), day=first)
        elif _differs(invoice, expected) or day < first or day != _issue_day(kept, invoice):
            fault = Sentence(N_("The invoice says something else than the rules."))
            yield Problem("invoice", name_of(invoice), fault)
        waiting = [each for each in waiting if each is not invoice]
        first = period.end
    if first != kept.contract.billed_until:
        until = kept.contract.billed_until
        yield _of_space(kept, "contract", N_("{space} is billed into a period: {day}."), day=until)
    for invoice in waiting:
        fault = Sentence(N_("The invoice's period is billed twice, or not yet."))
        yield Problem("invoice", name_of(invoice), fault)


def _differs(invoice: documents.Invoice, expected: Draft) -> bool:
    return invoice.rules == RULES and invoice.draft != expected


def _issue_day(kept: Kept, invoice: documents.Invoice) -> date | None:
    """Return the day on which a recurring invoice was issued: its order's, or the bill run's by the history."""
    for order in kept.orders:
        if name_of(invoice) in order.issued:
            return order.day
    return kept.issued_on(invoice.id)


def _sum(kept: Kept) -> Iterator[Problem]:
    """Compare the sum of all invoices and credit notes with what the price steps say is owed, rounding apart."""
    if any(invoice.rules < RULES for invoice in kept.invoices):
        return  # the rules of today don't say what was owed by others
    contract, catalogs = kept.contract, kept.session.catalogs
    first = read.first_billed(kept.rows.contract)
    owed, lines = _added_to_elsewhere(kept, first)
    for period in unbilled_periods(contract._replace(billed_until=first)):
        if period.start >= contract.billed_until:
            break
        billed = Period(period.start, min(period.end, contract.billed_until))
        charged, _ = recurring_lines(contract, billed, catalogs)
        owed, lines = owed + sum(line.amount for line in charged), lines + len(charged)
    total = sum(invoice.net for invoice in kept.invoices)
    lines += sum(len(invoice.draft.lines) for invoice in kept.invoices)
    if abs(owed - total) > (lines + 1) // 2:
        template = N_("{space} was billed {total}, its price steps say {owed} (minor units).")
        yield _of_space(kept, "sum", template, total=total, owed=owed)


def _added_to_elsewhere(kept: Kept, first: date) -> tuple[int, int]:
    """Return what upgrades added to the period that was invoiced elsewhere, and in how many lines (2.5)."""
    contract = kept.contract
    if first <= contract.billed_from or len(contract.steps) == 1:
        return 0, 0
    period = contract.period_at(first - DAY)
    charged, _ = recurring_lines(contract, period, kept.session.catalogs)
    added = [line.amount for line in charged if line.before]
    return sum(added), len(added)


REPLAYS = (_chain, _recurring, _sum)
