"""What became of the files of documents: those a command issued, or those of a list."""

from subctl.domain.errors import SubctlError
from subctl.domain.record import Record


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
