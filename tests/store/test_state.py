"""The sum of the state: what is hashed of a row is the same for ever, to the byte."""

from __future__ import annotations

import hashlib
import random

import pytest

from subctl.store import state
from subctl.store.tables import CONTRACTS, Row, Table

TEXTS = (
    "",
    "Acme",
    "it's",
    '"',
    "'\"",
    "O'Neill, None",
    ", None",
    "None",
    "e",
    "a\nb",
    "a\0b",
    "Żółw",
    "a\\b",
    "\U0001f600",
)


def value(chance: random.Random, kind: str) -> object:
    if kind.endswith("?") and chance.random() < 0.5:
        return None
    return chance.choice((0, 7, -5, 2**62)) if kind.startswith("int") else chance.choice(TEXTS)


def hashed(*value: object) -> int:
    """Return the hash of a tuple."""
    return int.from_bytes(hashlib.shake_256(ascii(value).encode()).digest(256))


def without_nulls(row: Row) -> Row:
    """Return a row without the nulls at its end."""
    while row[-1] is None:
        row = row[:-1]
    return row


def hashes(table: Table, row: Row) -> list[int]:
    """Return what one row adds: of a contract, how far it is billed has its own hash."""
    if table is not CONTRACTS:
        return [hashed(table.name, without_nulls(row))]
    named = dict(zip(table.columns, row, strict=True))
    until = hashed("billed_until", row[0], named.pop("billed_until"))
    return [until, hashed(table.name, without_nulls(tuple(named.values())))]


@pytest.mark.parametrize("table", state.TABLES, ids=lambda table: table.name)
def test_a_row_adds_the_hash_of_its_text(table):
    """Quotes of both kinds, letters beyond ASCII, numbers as text, nulls in the middle and at the end."""
    chance = random.Random(table.name)
    rows = [tuple(value(chance, kind) for kind in table.kinds.values()) for _ in range(200)]
    rows += [tuple(None if kind.endswith("?") else value(chance, kind) for kind in table.kinds.values())]
    assert state.sum_of(table, iter(rows)) == sum(each for row in rows for each in hashes(table, row))


def test_no_row_is_a_single_value():
    """Python writes a comma after it, which the text of a longer row lacks."""
    for table in state.TABLES:
        columns = [kind for column, kind in table.kinds.items() if column != "billed_until"]
        assert any(not kind.endswith("?") for kind in columns[1:]), table.name


def test_how_far_contracts_are_billed():
    """As the rows of contracts have it."""
    until = [(text, "2026-02-01") for text in TEXTS]
    assert state.sum_billed(iter(until)) == sum(hashed("billed_until", *each) for each in until)
