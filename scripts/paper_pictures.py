"""Draw docs/images: an invoice and a quote of the demo, as README shows them, in English and in French.

Run it after a paper's words or looks have changed: `python scripts/paper_pictures.py`. Beside the pictures it keeps
what they were made of, `made_of.json`: a test compares that, because the last dot of a picture hangs on the processor.
"""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import typst

from subctl.domain.contract import Wish
from subctl.service import init
from subctl.service.access import ANYONE, SPACE
from subctl.service.caller import Caller
from subctl.service.document_page import show_document
from subctl.service.quote import order_quote, save_quote
from subctl.view.language import speaking
from subctl.view.papers import pdf
from subctl.view.texts import wording

FOLDER = Path(__file__).parents[1] / "docs" / "images"
RECORD = FOLDER / "made_of.json"
PICTURES = {
    "invoice.png": ("en", "INV-2026-0001"),
    "quote.png": ("en", "Q-2026-0001"),
    "facture.png": ("fr", "INV-2026-0001"),
    "devis.png": ("fr", "Q-2026-0001"),
}
DOTS_AN_INCH = 110


def inputs() -> dict[str, dict[str, str]]:
    """Return what the layout is given for each picture."""
    with tempfile.TemporaryDirectory() as folder:
        noon = datetime(2026, 3, 15, 12, tzinfo=UTC)
        maker = Caller(Path(folder) / "demo.db", 0, "demo", noon, "init", ANYONE, wording)
        init.init(maker, None, sandbox=True, demo=True, replace_old=False)
        customer = maker._replace(command="quote", right=SPACE)
        save_quote(customer, None, Wish(plan="pro", users=20))
        order_quote(customer._replace(command="order"), "Q-2026-0001")
        shown = {name: show_document(customer, number) for name, (_, number) in PICTURES.items()}
    found = {}
    for name, document in shown.items():
        with speaking(PICTURES[name][0]):
            found[name] = pdf.inputs(pdf.sheet_of(document))
    return found


def record(pictures: dict[str, bytes]) -> dict[str, dict[str, str]]:
    """Return what pictures are made of, layout and data, and which they are, as hashes."""
    layout = pdf.LAYOUT.read_bytes()
    return {
        name: {
            "made_of": sha256(layout + json.dumps(given, sort_keys=True).encode()).hexdigest(),
            "picture": sha256(pictures[name]).hexdigest(),
        }
        for name, given in inputs().items()
    }


def draw(given: dict[str, str]) -> bytes:
    """Return the first page of a paper as PNG."""
    content = typst.compile(
        str(pdf.LAYOUT),
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        format="png",
        ppi=DOTS_AN_INCH,
        sys_inputs=given,
    )
    page = content if isinstance(content, bytes) else content[0]
    if not isinstance(page, bytes):
        raise TypeError(type(page))
    return page


def main() -> None:
    """Write the pictures, and what they were made of."""
    FOLDER.mkdir(exist_ok=True)
    pictures = {name: draw(given) for name, given in inputs().items()}
    for name, content in pictures.items():
        (FOLDER / name).write_bytes(content)
    RECORD.write_text(json.dumps(record(pictures), indent=2) + "\n")


if __name__ == "__main__":
    main()
