"""journal: what the accountant books of invoices and payments."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import LOOK, Declaration
from subctl.cli.settings import Settings
from subctl.domain.sentence import N_
from subctl.domain.text import one_of
from subctl.service.access import STORE

_CSV = "csv"
_LEDGERS = ("ledger", "beancount")
"""Those of `view.ledgers`, which is loaded where one is wanted."""

DECLARED = Declaration(
    right=STORE,
    purpose=LOOK,
    documents=("journal",),
    examples=(
        "subctl journal --since 2026-01-01 > journal.csv",
        "subctl journal --as beancount > book.beancount",
        "subctl journal --deferred --until 2026-12-31",
    ),
)


def run(
    ctx: typer.Context,
    since: options.Since = None,
    until: options.Until = None,
    as_: Annotated[
        str | None, typer.Option("--as", metavar="csv|ledger|beancount", help="The form of it; csv without it.")
    ] = None,
    deferred: Annotated[bool, typer.Option("--deferred", help="Book income month by month as it is earned.")] = False,
) -> None:
    """Write what the accountant books: a row a posting, of all invoices, credit notes and payments, by the day.

    The amounts of one number sum to 0. With --deferred, --until may be a day to come: what is earned by then.
    """
    from subctl.service import journal

    settings: Settings = ctx.obj
    form = None if as_ is None else one_of("--as", as_, (_CSV, *_LEDGERS))
    _refuse_beside(settings, form)
    found = journal.journal(
        settings.caller(), options.day(since, "--since"), options.day(until, "--until"), deferred=deferred
    )
    if form in _LEDGERS:
        from subctl.view.ledgers import pieces
        from subctl.view.output import put_all

        put_all(pieces(found, form))
    else:
        settings._replace(format=form or settings.format).show(found, table_as=_CSV)


def _refuse_beside(settings: Settings, form: str | None) -> None:
    """Refuse a format beside `--as`, and fields of what has none (`usage`)."""
    format_, one_of_them = settings.given["format"], N_("Leave one of them out.")
    options.refuse_beside(f"--format {format_}", {"--as": bool(form and format_)}, one_of_them)
    options.refuse_beside(f"--as {form}", {"--fields": bool(form in _LEDGERS and settings.fields)}, one_of_them)
