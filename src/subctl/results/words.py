"""What a document says in words when it is issued: made by the view, kept by the store."""

from collections.abc import Callable

from subctl.domain.catalog import Catalogs
from subctl.domain.invoice import Draft
from subctl.domain.record import Record


class Words(Record):
    """What each line of an invoice says, what it says of its VAT, and in which language."""

    lines: tuple[str, ...]
    note: str | None
    language: str


Wording = Callable[[Draft, str, Catalogs], Words]
"""How an invoice is put into words: in which language, and by which catalogs things are called there."""
