"""show: the contract page, or a document by its number, on the screen or as the file that leaves the terminal."""

import sys
from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import LOOK, Declaration
from subctl.cli.settings import FORMATS, PAPERS, Settings, not_empty
from subctl.domain.e_invoice import PROFILES
from subctl.domain.errors import SubctlError
from subctl.domain.languages import LANGUAGES
from subctl.domain.numbers import COLLECTION, INVOICE, ORDER, PAYMENT, QUOTE, REMINDER, is_number, number, parse_number
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.domain.text import is_id, one_of
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    purpose=LOOK,
    formats=PAPERS,
    examples=(
        "subctl show",
        "subctl show atelier --explain",
        "subctl show INV-2026-0001",
    ),
)


class _Wanted(Record):
    """What is asked of a paper: where it goes, whose rules it keeps, in which language it is made anew."""

    output: str | None
    profile: str | None
    language: str | None

    @property
    def options(self) -> dict[str, bool]:
        """Which of its options are given."""
        named = {"--output": self.output, "--profile": self.profile, "--lang": self.language}
        return {option: value is not None for option, value in named.items()}


def run(
    ctx: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[NUMBER|SPACE]", help="A quote, an order, an invoice, a payment, a reminder, or a space."
        ),
    ] = None,
    space: options.Space = None,
    explain: options.Explain = False,
    output: options.Output = None,
    profile: Annotated[
        str | None,
        typer.Option(metavar="peppol|xrechnung|fr|en16931", help="Whose rules an e-invoice keeps; else its buyer's."),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(metavar="en|fr|nl|de", help="The language of the file; else the document's own."),
    ] = None,
    qr: Annotated[
        bool, typer.Option("--qr", help="Only the payment code of an invoice, for a banking app to scan.")
    ] = False,
) -> None:
    """Show the contract; with a number, that quote, order, invoice, payment or reminder.

    --format pdf or eml makes a paper or a message of a document; ubl, cii or facturx an e-invoice of an invoice.
    """
    settings: Settings = ctx.obj
    if what is not None:
        options.refuse_beside(what, {"--space": space is not None})
    if output is not None:
        not_empty("--output", output)
    if profile is not None:
        one_of("--profile", profile, PROFILES)
    if lang is not None:
        one_of("--lang", lang, LANGUAGES)
    wanted = _Wanted(output, profile, lang)
    if qr:
        _refuse_beside_code(settings, wanted, explain=explain)
        _show_code(settings, what or "")
        return
    if settings.format in PAPERS:
        _show_paper(settings, what or "", wanted, explain=explain)
        return
    _refuse_without_paper(wanted)
    if what is None or (is_id(what) and not is_number(what)):
        from subctl.service import contract_page

        asked = settings.space_or(space if what is None else what)
        settings.show(contract_page.show_contract(settings.caller(), asked), explain=explain)
    elif parse_number(what)[0] == PAYMENT:
        from subctl.service import payments

        settings.show(payments.show_payment(settings.caller(), what))
    elif parse_number(what)[0] == COLLECTION:
        from subctl.service import collections

        settings.show(collections.show_collection(settings.caller(), what))
    else:
        from subctl.service import document_page

        settings.show(document_page.show_document(settings.caller(), what), explain=explain)


def _refuse_beside_code(settings: Settings, wanted: _Wanted, *, explain: bool) -> None:
    """Refuse options that say nothing of a payment code (`usage`)."""
    others = {
        f"--format {settings.format}": settings.given["format"] not in (None, FORMATS[0]),
        "--fields": bool(settings.fields),
        **wanted.options,
        "--explain": explain,
    }
    options.refuse_beside("--qr", others, N_("Leave one of them out."))


def _show_code(settings: Settings, what: str) -> None:
    """Write the payment code of an invoice to stdout (`usage`, `payment_method`, `extra_missing`)."""
    from subctl.results.invoice import ShownInvoice
    from subctl.service import document_page
    from subctl.view.console import colored
    from subctl.view.output import put
    from subctl.view.papers.extra import DOCUMENTS
    from subctl.view.papers.payment_code import half_blocks

    shown = document_page.show_document(settings.caller(), what) if is_number(what) else None
    if not isinstance(shown, ShownInvoice):
        raise SubctlError(
            "usage",
            N_("Only an invoice has a payment code."),
            N_("Name one: {command}"),
            command="subctl show INV-2026-0001 --qr",
        )
    with DOCUMENTS.imported():
        terminal = sys.stdout is not None and colored(settings.color, sys.stdout)
        put(half_blocks(shown, colored=terminal))


def _show_paper(settings: Settings, what: str, wanted: _Wanted, *, explain: bool) -> None:
    from subctl.cli import paper
    from subctl.service import document_page
    from subctl.view import papers

    _refuse_no_paper(settings, what, wanted.profile, explain=explain)
    series, document_id = parse_number(what)
    _refuse_format(settings.format, series, what)
    name = f"{number(series, document_id)}{papers.ENDINGS[settings.format]}"
    file = paper.target(wanted.output, name)
    if file is None and settings.format in papers.BINARY:
        paper.refuse_terminal(name)
    result = document_page.show_document(settings.caller(), what)
    paper.deliver(papers.paper(result, settings.format, wanted.profile, wanted.language), file, settings)


def _refuse_without_paper(wanted: _Wanted) -> None:
    """Refuse options that say nothing of a table, JSON or CSV (`usage`)."""
    for option, given in wanted.options.items():
        if given:
            raise SubctlError(
                "usage",
                N_("{option} does nothing without {other}."),
                N_("Give one, like --format pdf, or leave it out."),
                option=option,
                other=f"--format {'|'.join(PAPERS)}",
            )


def _refuse_no_paper(settings: Settings, what: str, profile: str | None, *, explain: bool) -> None:
    """Refuse what has no such format, and options that say nothing of one (`usage`)."""
    from subctl.view.papers import OF_INVOICES

    if not what or (is_id(what) and not is_number(what)):
        raise SubctlError(
            "usage",
            N_("Only a document has the format {format}."),
            N_("Name a quote, an order or an invoice: {command}"),
            format=settings.format,
            command=f"subctl show INV-2026-0001 --format {settings.format}",
        )
    unused = {"--explain": explain, "--profile": profile is not None and settings.format not in OF_INVOICES}
    options.refuse_beside(f"--format {settings.format}", unused)
    settings.refuse_fields_of_text(N_("A document in such a format has no fields to choose."))


def _refuse_format(format_: str, series: str, what: str) -> None:
    """Refuse an e-invoice of what is no invoice, and a paper of what has none (`usage`)."""
    from subctl.view.papers import OF_INVOICES

    if series not in (INVOICE, ORDER, QUOTE, REMINDER):
        raise SubctlError(
            "usage",
            N_("{document} has no paper."),
            N_("Look at it: {command}"),
            document=what,
            command=f"subctl show {what}",
        )
    if series != INVOICE and format_ in OF_INVOICES:
        raise SubctlError(
            "usage",
            N_("Only an invoice has the format {format}."),
            "subctl show {number} --format pdf -o .",
            format=format_,
            number=what,
        )
