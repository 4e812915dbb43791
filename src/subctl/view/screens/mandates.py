"""Mandates of direct debits as a table, and one that was added or ended in a sentence."""

from __future__ import annotations

from subctl.results.mandates import ChangedMandate, MandateItem, Mandates
from subctl.view import codes, words
from subctl.view.console import Page
from subctl.view.language import _, pgettext
from subctl.view.layout import Column, Row


def draw(page: Page, result: Mandates | ChangedMandate) -> None:
    """Draw mandates, newest first, or say what became of one."""
    if isinstance(result, ChangedMandate):
        _draw_changed(page, result)
        return
    rows = [Row(_cells(item)) for item in result.items]
    if rows:
        page.table(_columns(), rows)
    else:
        page.line(_("No mandate."))


def _columns() -> list[Column]:
    return [
        Column(_("Mandate"), fold=True),
        Column(_("Space"), fold=True),
        Column(_("Signed")),
        Column(_("Scheme"), under=1),
        Column(pgettext("of a bank", "Account"), under=1),
        Column(_("Status")),
        Column(_("Ended"), under=1),
    ]


def _cells(item: MandateItem) -> list[str]:
    return [
        item.id,
        item.space,
        words.column_day(item.signed),
        item.scheme,
        item.iban,
        codes.status(item.status),
        words.column_day(item.ended),
    ]


def _draw_changed(page: Page, result: ChangedMandate) -> None:
    mandate, would = result.mandate, page.dry_run and result.changed
    if mandate.ended:
        told = (
            _("Mandate {mandate} of {space} would end on {day}.")
            if would
            else _("Mandate {mandate} of {space} ended on {day}.")
        )
        page.line(told.format(mandate=mandate.id, space=mandate.space, day=words.day(mandate.ended)))
        return
    if would:
        told = _("{space} would have the mandate {mandate}, signed on {day}, for the account {account}.")
    else:
        told = _("{space} has the mandate {mandate}, signed on {day}, for the account {account}.")
    signed = words.day(mandate.signed)
    page.line(told.format(space=mandate.space, mandate=mandate.id, day=signed, account=mandate.iban))
    if not result.pays_so:
        command = f"subctl space set {mandate.space} --payment direct-debit"
        page.line(_("It is used once the space pays so: {command}").format(command=command))
