"""Documents to print, and PDFs read back: what stands on their pages, and what PDF/A wants of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from subctl.results.change import ShownChange
from subctl.results.invoice import ShownInvoice
from subctl.results.order import Ordered
from subctl.results.parties import Mandate, Payment
from subctl.results.reminders import ShownReminder
from subctl.service.document_page import show_document
from tests.support.callers import caller

SETUP = (
    ("init", "--demo"),
    ("quote", "--plan", "pro", "--users", "20"),
    ("order", "Q-2026-0001"),
    ("withdraw", "O-2026-0001", "--yes"),
    ("quote", "--users", "8", "--space", "atelier"),
    ("cancel", "--space", "atelier", "--yes"),
)
"""The demo with an upgrade invoice, its credit note, two quotes, an order and a cancellation."""

NUMBERS = ("INV-2026-0001", "INV-2026-0002", "Q-2026-0001", "Q-2026-0002", "O-2026-0001", "O-2026-0002")

MANDATE = Mandate("M-2026-17", date(2026, 1, 5), "CORE", "NL91ABNA0417164300", "NL02ZZZ123456780000")
DEBITED = Payment("direct-debit", "…4300")
CARD = Payment("card", None)

_DESCRIPTION = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"


def shown(cli, number: str) -> ShownInvoice | ShownChange | Ordered | ShownReminder:
    """Return a document of a test's store as `show` gets it."""
    return show_document(caller(cli, "show"), number)


def invoice(cli, number: str = "INV-2026-0001") -> ShownInvoice:
    """Return an invoice of a test's store."""
    found = shown(cli, number)
    assert isinstance(found, ShownInvoice)
    return found


def read(content: bytes) -> Any:
    """Return a PDF, read strictly."""
    return PdfReader(BytesIO(content), strict=True)


def pages(content: bytes) -> list[str]:
    """Return the text of each page; letters that only let a word break are left out."""
    return [page.extract_text().replace("\u200b", "") for page in read(content).pages]


def metadata(content: bytes) -> dict[str, list[Any]]:
    """Return the properties of a PDF's XMP, by their name with its namespace; each must be there once."""
    root = read(content).trailer["/Root"]
    tree = ET.fromstring(root["/Metadata"].get_object().get_data())
    found: dict[str, list[Any]] = {}
    for description in tree.iter(_DESCRIPTION):
        assert description.attrib == {"{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about": ""}
        for element in description:
            found.setdefault(element.tag, []).append(element)
    return found


def fonts(content: bytes) -> Iterator[Any]:
    """Yield every font that a page, or a drawing on it, uses."""
    for page in read(content).pages:
        yield from _fonts(page.get("/Resources", DictionaryObject()).get_object())


def _fonts(resources: Any) -> Iterator[Any]:
    for font in resources.get("/Font", DictionaryObject()).get_object().values():
        yield font.get_object()
    for drawing in resources.get("/XObject", DictionaryObject()).get_object().values():
        yield from _fonts(drawing.get_object().get("/Resources", DictionaryObject()).get_object())


def told(sheet: Mapping[str, Any]) -> str:
    """Return all that a sheet says, line by line, in the order of the paper; a picture of a code as its caption."""
    head = [
        f"{sheet['seller']} / {sheet['title']} {sheet['number']}",
        f"({sheet['sender']})",
        *sheet["to"],
        *map(": ".join, sheet["facts"]),
        sheet["claim"],
    ]
    parts = [line for part in sheet["parts"] for line in ("--", *_TOLD[part["kind"]](part))]
    return "\n".join([*head, *parts, "==", *(" / ".join(column) for column in sheet["footer"])]) + "\n"


def _charged(part: Any) -> list[str]:
    title = [part["title"]] if part["title"] else []
    rows = [" | ".join(filter(None, row.values())) for row in part["rows"]]
    sums = [f"{each['name']} {each['amount']}{'!' * each['strong']}" for each in part["sums"]]
    return [*title, " | ".join(part["head"]), *rows, *sums]


def _compared(part: Any) -> list[str]:
    rows = [f"{row['name']} | {row['before']} | {row['after']}{'!' * row['differs']}" for row in part["rows"]]
    return [" | ".join(part["head"]), *rows, *map(": ".join, part["dates"])]


def _listed(part: Any) -> list[str]:
    return [" | ".join(part["head"]), *(" | ".join(row) for row in part["rows"]), " ".join(part["sum"])]


def _payment(part: Any) -> list[str]:
    return [part["title"], *map(": ".join, part["rows"]), *([f"[{part['caption']}]"] if part["code"] else [])]


_TOLD: dict[str, Callable[[Any], list[str]]] = {
    "charged": _charged,
    "compared": _compared,
    "listed": _listed,
    "payment": _payment,
    "notes": lambda part: part["notes"],
    "signature": lambda part: [part["sentence"], " | ".join(part["places"])],
}
