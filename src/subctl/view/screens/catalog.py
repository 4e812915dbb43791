"""A catalog that was checked, imported or dropped."""

from __future__ import annotations

from subctl.domain.sentence import N_
from subctl.results.catalog import CheckedCatalog, DroppedCatalog, Effect, ImportedCatalog
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _, ngettext
from subctl.view.layout import Column, Row


def draw(page: Page, result: CheckedCatalog | ImportedCatalog | DroppedCatalog) -> None:
    """Say what a catalog says of itself, what was done with it, and which rates move for whom."""
    if isinstance(result, ImportedCatalog):
        _draw_imported(page, result)
    elif isinstance(result, DroppedCatalog):
        page.line(_dropped(result))
    else:
        page.line(_with_catalog(_FINE, result))


def draw_brief(page: Page, result: ImportedCatalog) -> None:
    """Say that a catalog was imported, below a preview that showed the rest."""
    page.line(_with_catalog(_IMPORTED, result))


_FINE = N_("The catalog {catalog} is fine as it is: valid from {day}, in {currency}, with {plans}.")
_IMPORTED = N_("The catalog {catalog} is imported: valid from {day}, in {currency}, with {plans}.")
_WOULD_BE_IMPORTED = N_("The catalog {catalog} would be imported: valid from {day}, in {currency}, with {plans}.")


def _with_catalog(template: str, result: CheckedCatalog | ImportedCatalog) -> str:
    catalog = result.catalog
    day, plans = words.day(catalog.valid_from), ", ".join(catalog.plans)
    return _(template).format(catalog=catalog.name, day=day, currency=catalog.currency, plans=plans)


def _draw_imported(page: Page, result: ImportedCatalog) -> None:
    if not result.changed:
        page.line(_("The catalog {catalog} is there already; nothing changes.").format(catalog=result.catalog.name))
        return
    page.line(_with_catalog(_IMPORTED if result.written else _WOULD_BE_IMPORTED, result))
    if result.first:
        takes = _("It takes the place of all there were.")
        page.line(takes if result.written else _("It would take the place of all there were."))
    for title, rises in ((_("What rises"), True), (_("What falls"), False)):
        effects = [effect for effect in result.effects if effect.move.rises is rises]
        if effects:
            page.line()
            page.title(title)
            page.table(_columns(), [_row(effect) for effect in effects])
    if result.notice:
        before, after = result.notice
        page.line()
        page.line(_notice(before, after))


def _columns() -> list[Column]:
    return [
        Column(_("Rate"), fold=True),
        Column(_("Before"), right=True),
        Column(_("After"), right=True),
        Column(_("Contracts"), right=True),
        Column(_("They pay it from"), fold=True, under=1),
    ]


def _row(effect: Effect) -> Row:
    move = effect.move
    return Row(
        [move.key, words.rate(move.before), words.rate(move.after), words.count(effect.contracts), _when(effect)]
    )


def _when(effect: Effect) -> str:
    if effect.earliest is None or effect.latest is None:
        return "–"
    if effect.earliest == effect.latest:
        return words.day(effect.earliest)
    return _("{day}, the last {last}").format(day=words.day(effect.earliest), last=words.day(effect.latest))


def _notice(before: int, after: int) -> str:
    told = (
        _("The notice grows from {before} to {after}.")
        if after > before
        else _("The notice falls from {before} to {after}.")
    )
    return told.format(before=_months(before), after=_months(after))


def _months(number: int) -> str:
    return ngettext("{number} month", "{number} months", number).format(number=words.count(number))


def _dropped(result: DroppedCatalog) -> str:
    if not result.changed:
        told = _("The catalog {catalog} of {day} was dropped before; nothing changes.")
    elif result.written:
        told = _("The catalog {catalog} of {day} is dropped; the one before it goes on.")
    else:
        told = _("The catalog {catalog} of {day} would be dropped; the one before it goes on.")
    return told.format(catalog=result.catalog.name, day=words.day(result.catalog.valid_from))
