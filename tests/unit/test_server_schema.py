"""The schema of a server has the tables of `store.tables`, column by column: neither changes without the other."""

from __future__ import annotations

import re

import pytest

from subctl.domain import e_invoice, invoice, pricing, refusals, tax
from subctl.domain.catalog import PER
from subctl.domain.invoice import RULES
from subctl.domain.languages import LANGUAGES
from subctl.store import facts
from subctl.store.postgres.schema import KEPT_AS, VERSION, statements
from subctl.store.sqlite.connection import SCHEMA_VERSION
from subctl.store.tables import TABLES

OWN = {"version", "moved", "made", "owing", "leaving"}
"""Tables of the server's alone, or of no row that is sealed."""

KINDS = {
    ("BIGINT", True): "int",
    ("BIGINT", False): "int?",
    ('TEXT COLLATE "C"', True): "text",
    ('TEXT COLLATE "C"', False): "text?",
    ("day", True): "text",
    ("day", False): "text?",
}


def made() -> dict[str, list[str]]:
    """Return the lines of each table's definition."""
    found = re.findall(r"^CREATE TABLE (\w+) \(\n(.*?)^\);", statements().decode(), re.MULTILINE | re.DOTALL)
    return {name: lines.splitlines() for name, lines in found}


def columns(lines: list[str]) -> dict[str, str]:
    """Return the kind of each column, in their order."""
    kinds = {}
    for line in lines:
        column = re.match(r'  "?([a-z_]+)"? (BIGINT|TEXT COLLATE "C"|day)( NOT NULL)?', line)
        if column:
            name, kind, needed = column.groups()
            kinds[name] = KINDS[kind, needed is not None]
    return kinds


def test_no_table_is_missing_and_none_is_more():
    """None is in the database that nothing reads, seals or counts."""
    assert set(made()) == {KEPT_AS.get(name, name) for name in TABLES} | OWN


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_column_stands_in_its_place_with_its_kind(table):
    """A row is written and read by the order of its columns."""
    found = columns(made()[KEPT_AS.get(table.name, table.name)])
    assert list(found.items()) == list(table.kinds.items())


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_key_is_the_files(table):
    """By its key a row is changed, deleted and named."""
    lines = made()[KEPT_AS.get(table.name, table.name)]
    alone = [name for line in lines for name in re.findall(r'^  "?(\w+)"? .* PRIMARY KEY', line)]
    together = [
        name for line in lines for names in re.findall(r"^  PRIMARY KEY \((.+)\)", line) for name in names.split(", ")
    ]
    assert set(alone or together) == set(table.key)


def test_its_version_is_the_files():
    """A row says it, too: a program that knows another schema refuses the store."""
    assert VERSION == SCHEMA_VERSION
    assert f"VALUES ({VERSION})" in statements().decode()


WORDS = {
    "payment": refusals.PAYMENTS,
    "language": LANGUAGES,
    "e_invoice": e_invoice.PROFILES,
    '"language"': LANGUAGES,
    '"billing"': PER,
    '"per"': PER.values(),
    '"kind" of a change': (pricing.UP, pricing.DOWN, pricing.BILLING, pricing.NONE),
    '"kind" of an invoice': invoice.KINDS,
    '"category"': (tax.STANDARD, tax.REVERSE_CHARGE, tax.OUTSIDE, tax.EXEMPT),
}
"""All that the schema takes as a value, by the program's own lists."""


def listed(sql: str) -> dict[str, list[set[str]]]:
    """Return the lists of values that stand in the schema, by the column or the key that they are of."""
    found: dict[str, list[set[str]]] = {}
    for column, values in re.findall(r"(\w+) IN \(([^()]*)\) IS NOT FALSE", sql):
        found.setdefault(column, []).append(set(re.findall(r"'([^']*)'", values)))
    for key, values in re.findall(r'("\w+"): "([\w-]+(?:\|[\w-]+)+)"', sql):
        name = f"{key} of {'a change' if 'none' in values else 'an invoice'}" if key == '"kind"' else key
        found.setdefault(name, []).append(set(values.split("|")))
    return found


def test_the_values_that_a_server_takes_are_those_that_commands_write():
    """A language or a way to pay that comes to one side alone would be refused to administrators of a space."""
    sql = statements().decode()
    found = listed(sql)
    assert found.keys() == WORDS.keys()
    for name, values in WORDS.items():
        assert found[name] == [set(values)] * len(found[name]), name


def test_the_rules_and_the_forms_that_a_server_takes_are_todays():
    """What commands write by other ones would be refused to administrators of a space."""
    sql = statements().decode()
    assert re.findall(r"SELECT rules = greatest\((\d+),", sql) == [str(RULES)]
    assert set(re.findall(r'"v": "(\d+)"', sql)) == {str(facts.VERSION)}
    assert re.findall(r"kind <> 'string' THEN wanted = '(\d+)' AND value = '(\d+)'", sql) == [(str(facts.VERSION),) * 2]
