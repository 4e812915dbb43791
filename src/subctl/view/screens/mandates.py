"""Mandates of direct debits as a table, and one that was added or ended in a sentence."""

from __future__ import annotations

from subctl.results.mandates import ChangedMandate, MandateItem, Mandates
from subctl.view import words
from subctl.view.console import Page
from subctl.view.layout import Column, Row

_COLUMNS = (
    Column("Mandate", fold=True),
    Column("Space", fold=True),
    Column("Signed"),
    Column("Scheme", under=1),
    Column("Account", under=1),
    Column("Status"),
    Column("Ended", under=1),
)


def draw(page: Page, result: Mandates | ChangedMandate) -> None:
    """Draw mandates, newest first, or say what became of one."""
    if isinstance(result, ChangedMandate):
        _draw_changed(page, result)
        return
    rows = [Row(_cells(item)) for item in result.items]
    if rows:
        page.table([*_COLUMNS], rows)
    else:
        page.line("No mandate.")


def _cells(item: MandateItem) -> list[str]:
    ended = item.ended.isoformat() if item.ended else "–"
    return [item.id, item.space, item.signed.isoformat(), item.scheme, item.iban, item.status, ended]


def _draw_changed(page: Page, result: ChangedMandate) -> None:
    mandate = result.mandate
    if mandate.ended:
        verb = "would end" if page.dry_run and result.changed else "ended"
        page.line(f"Mandate {mandate.id} of {mandate.space} {verb} on {words.day(mandate.ended)}.")
        return
    verb = "would have" if page.dry_run and result.changed else "has"
    account, signed = f"the account {mandate.iban}", words.day(mandate.signed)
    page.line(f"{mandate.space} {verb} the mandate {mandate.id}, signed on {signed}, for {account}.")
    if not result.pays_so:
        page.line(f"It is used once the space pays so: subctl space set {mandate.space} --payment direct-debit")
