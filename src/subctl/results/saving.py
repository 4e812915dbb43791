"""What became of the files of documents: those a command issued, or those of a list."""

from subctl.domain.errors import SubctlError
from subctl.domain.numbers import QUOTE, REMINDER, parse_number
from subctl.domain.record import Record

_LISTED = {QUOTE: "quotes", REMINDER: "reminders"}
"""Lists that save other documents than invoices."""


class NotSaved(Record):
    """A document that has not all of its files, and why."""

    number: str
    space: str
    error: SubctlError


class Saved(Record):
    """A result with its documents in a folder: how many files were written, how many were there before."""

    result: object
    folder: str
    written: int
    kept: int
    failed: tuple[NotSaved, ...]


def saving_later(number: str, folder: str) -> str:
    """Return the command that saves what is missing of documents like the one with this number."""
    return f"subctl list {_LISTED.get(parse_number(number)[0], 'invoices')} --save {folder}"
