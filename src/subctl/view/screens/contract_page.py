"""The contract page: what may be used, what it costs, what comes, what can still be done, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.catalog import ANNUAL
from subctl.domain.contract import licences_of
from subctl.domain.money import format_fee
from subctl.domain.text import masked_account
from subctl.results.contract_page import AddedSpace, ChangedSpace, ContractPage, PricedStep, SpaceDetails
from subctl.view import words
from subctl.view.console import STATUS, Page, styled
from subctl.view.countries import country
from subctl.view.layout import Column, Row
from subctl.view.screens.invoice import draw_lines
from subctl.view.texts import unchecked_words

if TYPE_CHECKING:
    from datetime import date

    from rich.text import Text

    from subctl.domain.invoice import Draft
    from subctl.results.parties import Mandate
    from subctl.view.console import Fact

_STEPS = (
    Column("Price from"),
    Column("Plan", fold=True),
    Column("Users", right=True),
)


def draw(page: Page, result: ContractPage | AddedSpace | ChangedSpace) -> None:
    """Draw the contract page of a space; first what became of it, where it was added or changed."""
    if isinstance(result, ContractPage):
        _draw(page, result, None)
        return
    if isinstance(result, ChangedSpace):
        _draw_changes(page, result)
    else:
        page.line(f"{result.page.space.id} {'would be' if page.dry_run else 'was'} added.", style="green")
    page.line()
    _draw(page, result.page, result.assumed if isinstance(result, AddedSpace) else None)
    if result.unchecked:
        page.line()
        page.line(unchecked_words(result.page.space.vat_id))


def _draw_changes(page: Page, result: ChangedSpace) -> None:
    """Say of each detail what it was and is, or what it would be."""
    space = result.page.space
    if not result.changed:
        page.line(f"Nothing changes: {space.id} is so already.", style="green")
        return
    page.line("Would be changed" if page.dry_run else "Changed", style="green")
    changes: list[Fact] = [
        (label, f"{old or '–'} → {new or '–'}")
        for (label, old), (_, new) in zip(_details(result.before), _details(space), strict=True)
        if old != new
    ]
    page.facts([*changes, *([("Default space", space.id)] if result.default else [])])


def _details(space: SpaceDetails) -> list[tuple[str, str]]:
    """Return everything that can be set of a space in words."""
    return [
        ("Name", space.name),
        ("Address", ", ".join((space.address or "").splitlines())),
        ("Street", space.street or ""),
        ("Postcode", space.postcode or ""),
        ("City", space.city or ""),
        ("Country", country(space.country)),
        ("VAT number", space.vat_id or ""),
        *((label, fact or "") for label, fact in _for_invoices(space)),
        ("Language", space.language or ""),
        ("Pays by", _paid_by(space)),
        ("Active users", str(space.active_users)),
        ("Managed by", "support" if space.locked else "its administrators"),
    ]


def _paid_by(space: SpaceDetails) -> str:
    """Say how a customer pays."""
    if space.payment == "direct-debit":
        return f"direct debit from {space.iban}" if space.iban else "direct debit"
    return "card" if space.payment == "card" else "transfer"


def _draw(page: Page, shown: ContractPage, assumed: date | None) -> None:
    """Draw first what one comes for, then who the customer is, then what waits, then the next invoice."""
    page.line(_title(shown))
    page.line(f"on {words.day(shown.day)}{', in a sandbox' * shown.sandbox}", style="dim")
    page.line()
    page.facts(_facts(shown))
    if assumed:
        page.line()
        page.line(
            f"It counts as invoiced elsewhere up to {words.day(assumed)}."
            " If that is wrong, add it with --billed-through DATE."
        )
    page.line()
    page.facts(_customer(shown.space, shown.mandate))
    options = _options(shown)
    if options:
        page.line()
        page.facts(options)
    _draw_waiting(page, shown)
    _draw_next(page, shown)


def _title(shown: ContractPage) -> Text:
    space, status = shown.space, shown.status
    locked = [("  locked", "yellow")] if space.locked else []
    return styled(f"{space.name} ", "bold", (f"({space.id})  ", "dim"), (status, STATUS[status]), *locked)


def _facts(shown: ContractPage) -> list[Fact]:
    contract, draft, in_force = shown.contract, shown.next_invoice, shown.steps[0]
    facts: list[Fact] = [
        ("Plan", contract.current.plan),
        ("Users", f"{contract.current.users}, {shown.space.active_users} active"),
    ]
    for kind, number in licences_of(contract.current, shown.licences).items():
        facts.append((f"{words.licence(kind)} licences", str(number)))
    facts.append(("Billing", f"{in_force.state.billing}, {words.fee(in_force.fee, shown.currency)}"))
    if draft:
        facts.append(("Next invoice", f"{words.money(draft.total, shown.currency)}{_when(shown, draft)}"))
    if contract.last_day:
        facts.append(("Last day", words.day(contract.last_day)))
    elif shown.renews_on and in_force.state.billing == ANNUAL:
        facts.append(("Renews on", words.day(shown.renews_on)))
    since = "Since" if shown.status != "upcoming" else "Starts"
    return [
        *facts,
        ("Billed until", words.day(shown.billed_until, "nothing is billed yet")),
        (since, words.day(contract.start)),
    ]


def _customer(space: SpaceDetails, mandate: Mandate | None) -> list[Fact]:
    """Return what invoices say of the customer, and how they are paid."""
    address = words.place(space)
    facts: list[Fact] = [("Address" if address[1:] or space.city or space.address else "Country", address)]
    facts += [(label, fact) for label, fact in (("VAT number", space.vat_id), *_for_invoices(space)) if fact]
    return [*facts, ("Pays by", _pays_today(space, mandate))]


def _pays_today(space: SpaceDetails, mandate: Mandate | None) -> str:
    """Say how an invoice of today is paid: without a mandate nothing is debited."""
    if mandate:
        return f"direct debit from {masked_account(mandate.iban)}, by mandate {mandate.id}"
    return _paid_by(space) + (", by transfer until there is a mandate" if space.payment == "direct-debit" else "")


def _for_invoices(space: SpaceDetails) -> list[tuple[str, str | None]]:
    """Return whom and what invoices name beside the address."""
    return [
        ("Contact", space.contact),
        ("Phone", space.phone),
        ("E-mail", space.email),
        ("Reference", space.reference),
        ("Buyer reference", space.buyer_reference),
        ("Legal ID", space.legal_id),
        ("E-invoices", space.e_invoice),
        ("Endpoint", space.endpoint),
    ]


def _when(shown: ContractPage, draft: Draft) -> str:
    """Say when an invoice comes; a period that has begun and isn't billed waits for a bill run."""
    start = draft.period.start
    if start > shown.day:
        return f" on {words.day(start)}"
    since = f"since {words.day(start)}" if start < shown.day else "today"
    return f", due {since}: subctl bill --space {shown.space.id}"


def _options(shown: ContractPage) -> list[Fact]:
    """Return what can still be done, and until when."""
    options: list[Fact] = []
    if reduction := shown.downgrade:
        by, effective = words.day(reduction.by), words.day(reduction.effective)
        options.append(("Pay for less", f"from {effective}, if ordered by {by}"))
    if cancel := shown.cancel:
        last = f"last day {words.day(cancel.last_day)}" if cancel.last_day else "it never starts"
        options.append(("Cancel", f"by {words.day(cancel.by)}: {last}"))
    if shown.withdrawable:
        options.append(("Take back", f"subctl withdraw {shown.withdrawable}"))
    if shown.cancellation:
        until = f", until {words.day(shown.contract.last_day)}" if shown.contract.last_day else ""
        options.append(("Go on", f"subctl withdraw {shown.cancellation}{until}"))
    return options + [("Open quote", f"subctl order {quote}") for quote in shown.open_quotes]


def _draw_waiting(page: Page, shown: ContractPage) -> None:
    waiting = shown.steps[1:]
    if waiting:
        page.line()
        page.title("Prices to come")
        kinds = words.kinds((step.state for step in waiting), shown.licences)
        licences = [Column(words.licence(kind), right=True) for kind in kinds]
        columns = [*_STEPS, *licences, Column(shown.currency, right=True), Column("Per")]
        page.table(columns, [_step(step, kinds, shown.currency) for step in waiting])


def _step(step: PricedStep, kinds: list[str], currency: str) -> Row:
    state, fee = step.state, step.fee
    numbers = licences_of(state, kinds)
    licences = [str(numbers[kind]) for kind in kinds]
    amount = format_fee(fee.amount, currency)
    return Row([step.start.isoformat(), state.plan, str(state.users), *licences, amount, fee.per])


def _draw_next(page: Page, shown: ContractPage) -> None:
    draft = shown.next_invoice
    page.line()
    if draft is None:
        page.title("Next invoice: none")
        return
    page.title(f"Next invoice, for {words.period(draft.period)}")
    draw_lines(page, draft, (draft.net, draft.tax, draft.total))
