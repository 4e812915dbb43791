"""The log of catalogs as it stands in the store: what a place knew, it knows for ever (pricing.md 3.4)."""

from __future__ import annotations

from datetime import date

import pytest

from subctl.domain.catalog_file import read_catalog
from subctl.domain.errors import SubctlError
from subctl.store import read, write
from tests.support.build import catalog_data
from tests.support.callers import entering, looking

TODAY, MAY = date(2026, 3, 15), date(2026, 5, 1)


def imported(connection, valid_from, *, first=False):
    """Import the built-in catalog from a date on, and return its place."""
    catalog, faults = read_catalog({**catalog_data(), "valid_from": valid_from})
    assert faults == []
    return write.insert_catalog(connection, catalog_data(), catalog, TODAY, first=first)


def test_an_import_a_drop_and_a_first_one(demo):
    """INTERFACE 4: a drop takes the one of a date away, a first one all before it; all are read again."""
    with entering(demo, "catalog import") as connection:
        assert imported(connection, MAY) == 2
        assert write.drop_catalog(connection, MAY, TODAY) == 3
        assert imported(connection, MAY) == 4
        assert imported(connection, date(2026, 1, 1), first=True) == 5
    with looking(demo) as connection:
        catalogs = read.catalogs(connection)
    assert [catalogs.known_by(place).at(MAY).id for place in range(1, 6)] == [1, 2, 1, 4, 5]
    assert demo("check", "--json").json["ok"] is True


def test_licences_that_are_none_any_more(demo):
    """safety.md: what is in use can't be told; the step is named by its space."""
    demo.sql("UPDATE steps SET licences = '{' WHERE space = 'atelier'")
    with looking(demo) as connection, pytest.raises(SubctlError) as refused:
        read.in_use(connection, TODAY)
    assert (refused.value.code, refused.value.message) == (
        "store_damaged",
        "The store is damaged: the row atelier of steps can't be read.",
    )
