"""What documents said in words when they were made: kept as text beside their facts, and never compared."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from subctl.domain.languages import ENGLISH
from subctl.results.words import Words
from subctl.store.rows import ALIKE, compact


def text(words: Words) -> str:
    """Write what an invoice says."""
    return compact(_keyed(words))


def texts(**shown: Iterable[Words]) -> str:
    """Write what the invoices say that a quote or an order is about, by what they are to it."""
    return compact({name: list(map(_keyed, some)) for name, some in shown.items()})


def _keyed(words: Words) -> dict[str, object]:
    return {"lines": list(words.lines), "vat": words.note, "language": words.language}


@lru_cache(maxsize=ALIKE)
def read(stored: str) -> Words:
    """Return what an invoice said when it was issued; before languages were kept beside, there was English only."""
    found = json.loads(stored)
    return Words(tuple(found["lines"]), found["vat"], found.get("language", ENGLISH))
