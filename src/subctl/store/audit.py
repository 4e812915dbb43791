"""What the check asks of the store as a whole: numbers without gaps, how many there are, spaces as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from subctl.domain.numbers import next_id, year_of
from subctl.domain.sentence import N_, Sentence
from subctl.store.tables import PAYMENTS, SPACES

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_COUNTED = ("spaces", "quotes", "orders", "invoices", "payments", "collections", "reminders", "history")


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table of documents has."""
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTED}


def spaces(connection: Connection) -> Iterator[tuple[str, int, int, int]]:
    """Yield each space as it stands: its ID, and the numbers of its buyer, its active users and its lock."""
    for row in connection.stream(f"SELECT {SPACES.selected} FROM spaces ORDER BY id"):
        space, buyer, active_users, locked = SPACES.sound(row)
        yield space, buyer, active_users, locked


def number_faults(connection: Connection, table: str) -> Iterator[tuple[int, Sentence]]:
    """Yield documents whose number leaves a gap, or whose date lies before the one before (pricing.md 7.1).

    A payment's number follows the day it was entered, not the money's.
    """
    previous, newest, sound_day = 0, "", None
    dated = "entered" if table == PAYMENTS.name else "date"
    for document_id, day in connection.stream(f"SELECT id, {dated} FROM {table} ORDER BY id"):
        if day == sound_day and document_id == previous + 1:  # as nearly all: the next one of the same day
            previous = document_id
            continue
        year = year_of(document_id)
        gap, late = document_id != next_id(previous, year), day < newest or not day.startswith(f"{year:04}-")
        if gap:
            yield document_id, Sentence(N_("A number before it is missing."))
        if late:
            yield document_id, Sentence(N_("Its date, {day}, doesn't follow the one before it."), {"day": day})
        previous, newest, sound_day = document_id, max(newest, day), None if gap or late else day
