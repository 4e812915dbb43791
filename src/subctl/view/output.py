"""The one writer of stdout: a document as a table or as JSON."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any, TextIO

from subctl.domain.document import Document

_SCREENS = {
    "change/1": "change",
    "order/1": "change",
    "contract/1": "contract",
    "invoice/1": "invoice",
    "list/1": "lists",
    "store/1": "book",
    "whoami/1": "book",
}
"""The module that draws each document; it is imported when there is something to draw."""


def show(document: Document, format_: str, fields: tuple[str, ...], color: str, stream: TextIO | None = None) -> None:
    """Write a document to stdout, or a preview to another stream."""
    if format_ == "json":
        (stream or sys.stdout).write(as_json(document))
        return
    from subctl.view.console import clean, make_console

    module = import_module(f"subctl.view.{_SCREENS[document['schema']]}")
    module.draw(make_console(color, stream), clean(document))


def as_json(document: Any) -> str:  # noqa: ANN401  # any JSON
    """Return a document as JSON text."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
