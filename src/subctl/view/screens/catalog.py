"""A catalog that was checked, imported or dropped."""

from __future__ import annotations

from subctl.domain.money import format_rate
from subctl.domain.text import counted
from subctl.results.catalog import CheckedCatalog, DroppedCatalog, Effect, ImportedCatalog
from subctl.view import words
from subctl.view.console import Page
from subctl.view.layout import Column, Row

_COLUMNS = (
    Column("Rate", fold=True),
    Column("Before", right=True),
    Column("After", right=True),
    Column("Contracts", right=True),
    Column("They pay it from", fold=True, under=1),
)


def draw(page: Page, result: CheckedCatalog | ImportedCatalog | DroppedCatalog) -> None:
    """Say what a catalog says of itself, what was done with it, and which rates move for whom."""
    if isinstance(result, ImportedCatalog):
        _draw_imported(page, result)
    elif isinstance(result, DroppedCatalog):
        page.line(_dropped(result))
    else:
        _draw_line(page, result, "is fine as it is")


def draw_brief(page: Page, result: ImportedCatalog) -> None:
    """Say that a catalog was imported, below a preview that showed the rest."""
    _draw_line(page, result, "is imported")


def _draw_line(page: Page, result: CheckedCatalog | ImportedCatalog, what: str) -> None:
    catalog = result.catalog
    page.line(
        f"The catalog {catalog.name} {what}: valid from {words.day(catalog.valid_from)},"
        f" in {catalog.currency}, with {', '.join(catalog.plans)}."
    )


def _draw_imported(page: Page, result: ImportedCatalog) -> None:
    if not result.changed:
        page.line(f"The catalog {result.catalog.name} is there already; nothing changes.")
        return
    _draw_line(page, result, "is imported" if result.written else "would be imported")
    if result.first:
        done = "takes" if result.written else "would take"
        page.line(f"It {done} the place of all there were.")
    for title, rises in (("What rises", True), ("What falls", False)):
        effects = [effect for effect in result.effects if effect.move.rises is rises]
        if effects:
            page.line()
            page.title(title)
            page.table([*_COLUMNS], [_row(effect) for effect in effects])
    if result.notice:
        before, after = result.notice
        page.line()
        page.line(_notice(before, after))


def _row(effect: Effect) -> Row:
    move = effect.move
    return Row([move.key, format_rate(move.before), format_rate(move.after), str(effect.contracts), _when(effect)])


def _when(effect: Effect) -> str:
    if effect.earliest is None or effect.latest is None:
        return "–"
    if effect.earliest == effect.latest:
        return words.day(effect.earliest)
    return f"{words.day(effect.earliest)}, the last {words.day(effect.latest)}"


def _notice(before: int, after: int) -> str:
    verb = "grows" if after > before else "falls"
    return f"The notice {verb} from {counted(before, 'month')} to {counted(after, 'month')}."


def _dropped(result: DroppedCatalog) -> str:
    catalog = f"The catalog {result.catalog.name} of {words.day(result.catalog.valid_from)}"
    if not result.changed:
        return f"{catalog} was dropped before; nothing changes."
    return f"{catalog} {'is' if result.written else 'would be'} dropped; the one before it goes on."
