"""Documents and deadlines as they leave the terminal: each format has its maker, a module of its name with `make`.

    make(result, profile) -> bytes

`result` is what a service returns for the document, `profile` whose rules an e-invoice keeps (None: its buyer's). A
maker is imported when its format is asked for, and says everything in the language that is spoken: a document's own,
whoever reads it. The same document gives the same bytes, on any day and machine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from subctl.domain.e_invoice import EN16931, FRENCH, PEPPOL, XRECHNUNG
from subctl.domain.errors import SubctlError
from subctl.domain.languages import ENGLISH
from subctl.domain.sentence import N_
from subctl.domain.text import safe
from subctl.results.invoice import ShownInvoice
from subctl.results.order import OrderedChange
from subctl.view.language import UnreadableError, speaking
from subctl.view.papers.extra import DOCUMENTS

if TYPE_CHECKING:
    from subctl.results.change import ShownChange
    from subctl.results.deadlines import Deadlines
    from subctl.results.order import Ordered
    from subctl.results.reminders import ShownReminder

    Document = ShownInvoice | ShownChange | Ordered | ShownReminder
    """What has a number, and a paper."""

OF_INVOICES = ("facturx", "ubl", "cii")
"""Formats that only an invoice or a credit note has; a profile is for these."""

BINARY = ("pdf", "facturx")
"""Formats that are no text, and nothing for a terminal."""

ENDINGS = {"pdf": ".pdf", "facturx": ".pdf", "ubl": ".ubl.xml", "cii": ".cii.xml", "eml": ".eml"}
"""How the file of a document is called behind its number."""


def parcel(result: Document) -> list[tuple[str, str | None]]:
    """Return what of a document is handed over, as formats with their profiles.

    That is a PDF; of an invoice also the e-invoice that its buyer takes, which for France is inside the PDF.
    """
    profile = result.buyer.e_invoice if isinstance(result, ShownInvoice) else None
    if profile == FRENCH:
        return [("facturx", profile)]
    xml = {PEPPOL: "ubl", XRECHNUNG: "ubl", EN16931: "cii"}.get(profile or "")
    return [("pdf", None), *([(xml, profile)] if xml else [])]


def language_of(result: Document) -> str:
    """Return the language of a document's paper: that of its words, its buyer's when it was issued, else English."""
    if isinstance(result, ShownInvoice):
        return result.words.language
    parties = result.shown.parties if isinstance(result, OrderedChange) else result.parties
    return (parties.buyer.language if parties else None) or ENGLISH


def paper(result: Document, format_: str, profile: str | None = None, language: str | None = None) -> bytes:
    """Return a document in a format, in its own language or in another one.

    Errors: `incomplete_document`, `no_glyph`, `extra_missing`; `output_failed` where its texts can't be read.
    """
    wanted = language or language_of(result)
    try:
        with speaking(wanted):
            return made(result, format_, profile)
    except UnreadableError:
        raise SubctlError(
            "output_failed",
            N_("The texts in '{language}', the language of this paper, can't be read."),
            N_("Install subctl again."),
            language=safe(wanted),
        ) from None


def made(result: Document | Deadlines, format_: str, profile: str | None = None) -> bytes:
    """Return a document, or deadlines, in a format and in the language that is spoken (errors as `paper`)."""
    with DOCUMENTS.imported():
        content: bytes = import_module(f"subctl.view.papers.{format_}").make(result, profile)
    return content
