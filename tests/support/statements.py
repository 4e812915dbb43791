"""Reading statements in the tests: what comes of a file, or what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from subctl.domain.booking import Booking
from subctl.domain.errors import SubctlError
from subctl.service.camt import Expected
from subctl.service.spool import Spool
from subctl.service.statement_file import Told, read_statement
from subctl.service.text_file import TextFile
from tests.support.build import day
from tests.support.camt import OWN

EXPECTED = Expected(frozenset((OWN,)), OWN, "EUR", day("2026-03-15"))


def told(folder: Path, content: str | bytes, expected: Expected = EXPECTED) -> list[Told]:
    """Return what is read of a file."""
    path = folder / "statement"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with Spool[Told]() as found:
        read_statement(TextFile("statement", path), expected, found)
        assert len(found) == len(list(found))
        return list(found)


def read(folder: Path, content: str | bytes) -> list[Booking]:
    """Return the bookings of a file."""
    return [each.booking for each in told(folder, content)]


def refusal(folder: Path, content: str | bytes) -> str:
    """Return what is said of a file that is refused."""
    with pytest.raises(SubctlError) as refused:
        told(folder, content)
    assert refused.value.code == "bad_input"
    return refused.value.message
