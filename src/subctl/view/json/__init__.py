"""Results as the JSON documents that scripts read: a module for each module of results, with `document` in it.

Keys and forms are a contract with scripts (docs/scripting.md): money as text with the currency's decimals,
rates with two to four, dates as YYYY-MM-DD, a period's `end` exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

Document = Mapping[str, object]


def document_of(result: object, *, explain: bool = False) -> Document:
    """Return a result as a document; with `explain` every amount says how it comes about."""
    subject = type(result).__module__.rpartition(".")[2]
    document: Document = import_module(f"subctl.view.json.{subject}").document(result, explain=explain)
    return document
