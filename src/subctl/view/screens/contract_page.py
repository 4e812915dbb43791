"""The contract page: what may be used, what it costs, what comes, what can still be done, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.catalog import ANNUAL
from subctl.domain.contract import licences_of
from subctl.domain.text import masked_account
from subctl.results.contract_page import AddedSpace, ChangedSpace, ContractPage, PricedStep, SpaceDetails
from subctl.view import codes, words
from subctl.view.console import STATUS, Page, styled
from subctl.view.countries import country
from subctl.view.language import _, pgettext
from subctl.view.layout import Column, Row
from subctl.view.screens.invoice import draw_lines
from subctl.view.texts import unchecked_words
from subctl.view.titles import titled

if TYPE_CHECKING:
    from datetime import date

    from rich.text import Text

    from subctl.domain.invoice import Draft
    from subctl.results.owed import Balance
    from subctl.results.parties import Mandate
    from subctl.view.console import Fact


def draw(page: Page, result: ContractPage | AddedSpace | ChangedSpace) -> None:
    """Draw the contract page of a space; first what became of it, where it was added or changed."""
    if isinstance(result, ContractPage):
        _draw(page, result, None)
        return
    if isinstance(result, ChangedSpace):
        _draw_changes(page, result)
    else:
        added = _("{space} would be added.") if page.dry_run else _("{space} was added.")
        page.line(added.format(space=result.page.space.id), style="green")
    page.line()
    _draw(page, result.page, result.assumed if isinstance(result, AddedSpace) else None)
    if result.unchecked:
        page.line()
        page.line(unchecked_words(result.page.space.vat_id))


def _draw_changes(page: Page, result: ChangedSpace) -> None:
    """Say of each detail what it was and is, or what it would be."""
    space = result.page.space
    if not result.changed:
        page.line(_("Nothing changes: {space} is so already.").format(space=space.id), style="green")
        return
    page.line(_("Would be changed") if page.dry_run else _("Changed"), style="green")
    changes: list[Fact] = [
        (label, f"{old or '–'} → {new or '–'}")
        for (label, old), (_label, new) in zip(_details(result.before), _details(space), strict=True)
        if old != new
    ]
    page.facts([*changes, *([(_("Default space"), space.id)] if result.default else [])])


def _details(space: SpaceDetails) -> list[tuple[str, str]]:
    """Return everything that can be set of a space in words."""
    return [
        (_("Name"), space.name),
        (_("Address"), ", ".join((space.address or "").splitlines())),
        (_("Street"), space.street or ""),
        (_("Postcode"), space.postcode or ""),
        (_("City"), space.city or ""),
        (_("Country"), country(space.country)),
        (_("VAT number"), space.vat_id or ""),
        *((label, fact or "") for label, fact in _for_invoices(space)),
        (_("Language"), space.language or ""),
        (_("Pays by"), _paid_by(space)),
        (_("Active users"), words.count(space.active_users)),
        (_("Managed by"), _("support") if space.locked else _("its administrators")),
    ]


def _paid_by(space: SpaceDetails) -> str:
    """Say how a customer pays."""
    if space.payment == "direct-debit":
        from_account = _("direct debit from {account}").format(account=space.iban)
        return from_account if space.iban else codes.payment(space.payment)
    return codes.payment(space.payment)


def _draw(page: Page, shown: ContractPage, assumed: date | None) -> None:
    """Draw first what one comes for, then who the customer is, then what waits, then the next invoice."""
    page.line(_title(shown))
    day = _("on {day}, in a sandbox") if shown.sandbox else _("on {day}")
    page.line(day.format(day=words.day(shown.day)), style="dim")
    page.line()
    page.facts(_facts(shown))
    if assumed:
        page.line()
        told = _("It counts as invoiced elsewhere up to {day}. If that is wrong, add it with --billed-through DATE.")
        page.line(told.format(day=words.day(assumed)))
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
    locked = [("  " + _("locked"), "yellow")] if space.locked else []
    state = (codes.status(status), STATUS[status])
    return styled(f"{space.name} ", "bold", (f"({space.id})  ", "dim"), state, *locked)


def _facts(shown: ContractPage) -> list[Fact]:
    contract, draft, in_force = shown.contract, shown.next_invoice, shown.steps[0]
    facts: list[Fact] = [
        (_("Plan"), contract.current.plan),
        (_("Users"), _users(contract.current.users, shown.space.active_users)),
    ]
    for kind, number in licences_of(contract.current, shown.licences).items():
        facts.append((words.licences(kind), words.count(number)))
    billing, fee = codes.billing(in_force.state.billing), words.fee(in_force.fee, shown.currency)
    facts.append((_("Billing"), _("{billing}, {fee}").format(billing=billing, fee=fee)))
    if draft:
        facts.append((_("Next invoice"), _coming(shown, draft)))
    facts += _balance(shown.balance, shown.currency)
    if contract.last_day:
        facts.append((_("Last day"), words.day(contract.last_day)))
    elif shown.renews_on and in_force.state.billing == ANNUAL:
        facts.append((pgettext("label", "Renews on"), words.day(shown.renews_on)))
    since = _("Since") if shown.status != "upcoming" else _("Starts")
    return [
        *facts,
        (_("Billed until"), words.day(shown.billed_until, _("nothing is billed yet"))),
        (since, words.day(contract.start)),
    ]


def _balance(balance: Balance, currency: str) -> list[Fact]:
    """Say what is open and how much of it is late, or what credit there is; nothing where all is even."""
    if balance.credit:
        return [(_("Credit"), words.money(balance.credit, currency))]
    if not balance.open:
        return []
    if not balance.overdue:
        return [(pgettext("label", "Open"), words.money(balance.open, currency))]
    late = _("{amount}, all of it overdue") if balance.overdue == balance.open else _("{amount}, {late} of it overdue")
    told = late.format(amount=words.money(balance.open, currency), late=words.money(balance.overdue, currency))
    return [(pgettext("label", "Open"), styled(told, "red"))]


def _users(number: int, active: int) -> str:
    return _("{number}, {active} active").format(number=words.count(number), active=words.count(active))


def _customer(space: SpaceDetails, mandate: Mandate | None) -> list[Fact]:
    """Return what invoices say of the customer, and how they are paid."""
    address = words.place(space)
    facts: list[Fact] = [(_("Address") if address[1:] or space.city or space.address else _("Country"), address)]
    facts += [(label, fact) for label, fact in ((_("VAT number"), space.vat_id), *_for_invoices(space)) if fact]
    return [*facts, (_("Pays by"), _pays_today(space, mandate))]


def _pays_today(space: SpaceDetails, mandate: Mandate | None) -> str:
    """Say how an invoice of today is paid: without a mandate nothing is debited."""
    if mandate:
        debited = _("direct debit from {account}, by mandate {mandate}")
        return debited.format(account=masked_account(mandate.iban), mandate=mandate.id)
    if space.payment == "direct-debit":
        return _("{payment}, by transfer until there is a mandate").format(payment=_paid_by(space))
    return _paid_by(space)


def _for_invoices(space: SpaceDetails) -> list[tuple[str, str | None]]:
    """Return whom and what invoices name beside the address."""
    return [
        (_("Contact"), space.contact),
        (_("Phone"), space.phone),
        (_("E-mail"), space.email),
        (_("Reference"), space.reference),
        (_("Buyer reference"), space.buyer_reference),
        (_("Legal ID"), space.legal_id),
        (_("E-invoices"), space.e_invoice),
        (_("Endpoint"), space.endpoint),
    ]


def _coming(shown: ContractPage, draft: Draft) -> str:
    """Say which invoice comes when; a period that has begun and isn't billed waits for a bill run."""
    start = draft.period.start
    if start > shown.day:
        coming = _("{amount} on {day}")
    elif start < shown.day:
        coming = _("{amount}, due since {day}: {command}")
    else:
        coming = _("{amount}, due today: {command}")
    amount, command = words.money(draft.total, shown.currency), f"subctl bill --space {shown.space.id}"
    return coming.format(amount=amount, day=words.day(start), command=command)


def _options(shown: ContractPage) -> list[Fact]:
    """Return what can still be done, and until when."""
    options: list[Fact] = []
    if reduction := shown.downgrade:
        by, effective = words.day(reduction.by), words.day(reduction.effective)
        less = _("from {day}, if ordered by {by}").format(day=effective, by=by)
        options.append((_("Pay for less"), less))
    if cancel := shown.cancel:
        last = _("by {by}: last day {day}") if cancel.last_day else _("by {by}: it never starts")
        options.append((_("Cancel"), last.format(by=words.day(cancel.by), day=words.day(cancel.last_day))))
    if shown.withdrawable:
        options.append((_("Take back"), f"subctl withdraw {shown.withdrawable}"))
    if shown.cancellation:
        until = _("{command}, until {day}") if shown.contract.last_day else "{command}"
        command, day = f"subctl withdraw {shown.cancellation}", words.day(shown.contract.last_day)
        options.append((_("Go on"), until.format(command=command, day=day)))
    return options + [(_("Open quote"), f"subctl order {quote}") for quote in shown.open_quotes]


def _draw_waiting(page: Page, shown: ContractPage) -> None:
    waiting = shown.steps[1:]
    if waiting:
        page.line()
        page.title(_("Prices to come"))
        kinds = words.kinds((step.state for step in waiting), shown.licences)
        licences = [Column(words.licence(kind), right=True) for kind in kinds]
        columns = [
            Column(_("Price from")),
            Column(_("Plan"), fold=True),
            Column(_("Users"), right=True),
            *licences,
            Column(shown.currency, right=True),
            Column(_("Per")),
        ]
        page.table(columns, [_step(step, kinds, shown.currency) for step in waiting])


def _step(step: PricedStep, kinds: list[str], currency: str) -> Row:
    state, fee = step.state, step.fee
    numbers = licences_of(state, kinds)
    licences = [words.count(numbers[kind]) for kind in kinds]
    start, amount = words.column_day(step.start), words.fee_amount(fee, currency)
    return Row([start, state.plan, words.count(state.users), *licences, amount, codes.unit(fee.per)])


def _draw_next(page: Page, shown: ContractPage) -> None:
    page.line()
    if shown.next_invoice is None:
        page.title(_("Next invoice: none"))
        return
    draft = titled(shown.next_invoice, shown.catalogs)
    page.title(_("Next invoice, for {period}").format(period=words.period(draft.period)))
    draw_lines(page, draft, (draft.net, draft.tax, draft.total))
