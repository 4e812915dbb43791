"""Blanks that hold a number together: no line ends there, on any screen, and each is as wide as a letter."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len

from subctl.domain.text import safe
from subctl.view import console
from subctl.view.console import Page, styled
from subctl.view.forms import UNBREAKABLE
from subctl.view.layout import Column, Row, folded, layout

AMOUNT = "1\u202f500,00\u00a0€"
SPAN = "1er avr.\u2009–\u200930 juin 2026"


@pytest.mark.parametrize("blank", UNBREAKABLE)
def test_they_are_let_through(blank):
    """They hide nothing, and take a column each."""
    assert (safe(f"1{blank}500"), cell_len(f"1{blank}500")) == (f"1{blank}500", 5)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"Total {AMOUNT} par an", [f"Total {AMOUNT}", "par an"]),
        (f"du prix {AMOUNT} par an", ["du", f"prix {AMOUNT}", "par an"]),
        ("du 1er avril 2026 au 30 juin 2026", ["du 1er avril 2026", "au 30 juin 2026"]),
        ("contrat du 1er avril 2026", ["contrat", "du 1er avril 2026"]),
        ("1\u00a0234 espaces le 15 mars 2026 de plus", ["1\u00a0234 espaces", "le 15 mars 2026", "de plus"]),
        ("beginnt am 15. März 2026 für ein Jahr", ["beginnt", "am 15. März 2026", "für ein Jahr"]),
        ("für den Zeitraum 1. bis 30. Juni 2026", ["für den", "Zeitraum 1. bis 30. Juni 2026"]),
        ("begint op 15 maart 2026 voor een jaar", ["begint", "op 15 maart 2026", "voor een jaar"]),
    ],
)
def test_lines_end_elsewhere(text, lines):
    """Neither in an amount nor in a date of any language, but behind its year."""
    assert folded(text, 17).split("\n") == lines


def test_a_column_is_as_wide_as_its_numbers():
    """What can't be broken is one word, in a heading and in a text that folds."""
    columns = [Column("Prix", fold=True), Column("Montant\u00a0total", right=True)]
    found = layout(columns, [Row(["au prix de 1\u202f234\u202f567\u202f890,00\u00a0€", "12"])], 33)
    assert found.widths == [18, 13]


def test_no_part_of_a_page_breaks_them():
    """Lines, styled ones, facts and tables, in a page that is too narrow for all of them."""
    page = Page("never", io.StringIO(), width=40)
    page.line(f"Le contrat coûte désormais chaque année {AMOUNT} au lieu de {AMOUNT}.")
    page.line(styled("Le contrat coûte désormais par an ", "bold", (AMOUNT, "dim")))
    page.facts([("Facturation", f"annuelle, à payer le jour {AMOUNT} par an"), ("Aussi", [AMOUNT, SPAN])])
    page.facts([("Kündigen", "am 1. Juni 2026: letzter Tag 30. Juni 2026")])
    page.facts([])
    page.table(
        [Column("Période", fold=True), Column(f"Total\u00a0{AMOUNT}", right=True)],
        [Row([f"Période de facturation {SPAN}", AMOUNT])],
    )
    assert page.text().splitlines() == [
        "Le contrat coûte désormais chaque",
        f"année {AMOUNT} au lieu de {AMOUNT}.",
        "Le contrat coûte désormais par an",
        AMOUNT,
        "Facturation  annuelle, à payer le",
        f"             jour {AMOUNT} par an",
        f"Aussi        {AMOUNT}",
        f"             {SPAN}",
        "Kündigen  am 1. Juni 2026: letzter",
        "          Tag 30. Juni 2026",
        f"Période                 Total\u00a0{AMOUNT}",
        "────────────────────────────────────────",
        f"Période de facturation        {AMOUNT}",
        "1er avr.\u2009–\u200930 juin",
        "2026",
    ]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_many_rows_are_drawn_a_few_at_a_time(monkeypatch, at_once):
    """Where one piece ends and the next begins can't be seen, whether rows fold, or have something under them."""

    def drawn() -> str:
        page = Page("never", io.StringIO(), width=40)
        columns = [Column("Space", fold=True), Column("What changes", fold=True, under=1), Column("Net", right=True)]
        rows = [Row([f"space-{place}", f"users {place} → {'many ' * place}", AMOUNT]) for place in range(6)]
        page.table(columns, rows, [Row(["Sum", "", AMOUNT], "bold")])
        page.table(columns[::2], [Row([f"space-{place}", AMOUNT]) for place in range(6)])
        return page.text()

    whole = drawn()
    monkeypatch.setattr(console, "_AT_ONCE", at_once)
    assert drawn() == whole
