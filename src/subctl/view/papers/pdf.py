"""A document as PDF: PDF/A-3b, tagged as PDF/UA-1 wants it, drawn by typst from `paper.typ` and a sheet of data.

The same document gives the same bytes: its day is the file's, and fonts of the system are used only where those that
come with typst lack a letter.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from subctl.domain.record import Record
from subctl.domain.text import safe
from subctl.view.papers.sheet import Sheet, breakable

if TYPE_CHECKING:
    from typst import Compiler

    from subctl.view.papers import Document

LAYOUT = Path(__file__).with_name("paper.typ")
"""Where everything stands on a paper; it is data of this package."""

_FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
"""Those that come with typst, in the order in which they are asked for a letter."""

_HAN = {"JP": "JP", "KR": "KR", "TW": "TC", "HK": "HK", "MO": "HK"}
"""In which countries Chinese letters have shapes of their own; in all others they are the simplified ones."""

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed with', re.DOTALL)


class Attached(Record):
    """An e-invoice that goes into a PDF: how its file is called there, and its XML."""

    name: str
    content: bytes


def make(result: Document, _profile: str | None) -> bytes:
    """Return a document as PDF (`no_glyph`, `extra_missing`)."""
    return draw(sheet_of(result))


def sheet_of(result: Document) -> Sheet:
    """Return what stands on a document's paper, made by the module that is named as the result's."""
    module = import_module(f"subctl.view.papers.sheets.{type(result).__module__.rpartition('.')[2]}")
    sheet: Sheet = module.sheet(result)
    return sheet


def draw(sheet: Sheet, attached: Attached | None = None) -> bytes:
    """Return a paper as PDF, with an e-invoice inside where there is one (`no_glyph`)."""
    import typst

    try:
        return _compile(sheet, attached, system_fonts=False)
    except typst.TypstError as error:
        if not _NO_GLYPH.search(error.message):
            raise
    try:
        return _compile(sheet, attached, system_fonts=True)
    except typst.TypstError as error:
        found = _NO_GLYPH.search(error.message)
        if found is None:
            raise
        from subctl.view.papers.glyphs import no_glyph

        raise no_glyph(found[1], sheet["number"]) from None


def _compile(sheet: Sheet, attached: Attached | None, *, system_fonts: bool) -> bytes:
    content = _compiler(system_fonts=system_fonts).compile(
        sys_inputs=inputs(sheet, attached),
        format="pdf",
        pdf_standards=["a-3b", "ua-1"],
        timestamp=int(datetime.combine(sheet["day"], time(), UTC).timestamp()),
    )
    if not isinstance(content, bytes):
        raise TypeError(type(content))
    return content


@cache
def _compiler(*, system_fonts: bool) -> Compiler:
    """Return a compiler, which reads its fonts and the layout once for all the documents of a run."""
    import typst

    fonts = typst.Fonts(include_system_fonts=system_fonts)
    return typst.Compiler(str(LAYOUT), root=str(LAYOUT.parent), font_paths=fonts, ignore_system_fonts=True)


def inputs(sheet: Sheet, attached: Attached | None = None) -> dict[str, str]:
    """Return what the layout is given: data, in which no letter means anything to typst."""
    shown = {key: _broken(value) for key, value in sheet.items() if key not in ("about", "day", "country")}
    han = _HAN.get(sheet["country"], "SC")
    fonts = [*_FONTS, f"Noto Serif CJK {han}", f"Noto Sans CJK {han}"]
    name, content = (attached.name, attached.content.decode()) if attached else ("", "")
    paper = json.dumps({**shown, "about": sheet["about"], "fonts": fonts})
    return {"paper": paper, "attached-name": name, "attached": content}


def _broken(value: object) -> object:
    """Let every text that is shown break, make its hidden signs visible, and leave pictures as they are."""
    if isinstance(value, str):
        return breakable(safe(value))
    if isinstance(value, dict):
        return {key: each if key in ("kind", "code") else _broken(each) for key, each in value.items()}
    return [_broken(each) for each in value] if isinstance(value, (list, tuple)) else value
