"""What a document says in words when it is issued: made by the view, kept by the store."""

from collections.abc import Callable
from typing import NamedTuple

from subctl.domain.invoice import Draft


class Words(NamedTuple):
    """What each line of an invoice says, and what it says of its VAT."""

    lines: tuple[str, ...]
    note: str | None


Wording = Callable[[Draft], Words]
"""How an invoice is put into words."""
