"""Long lists that are kept in a temporary file, and what is said where there can be none."""

from __future__ import annotations

import tempfile

import pytest

from subctl.domain.errors import SubctlError
from subctl.service.spool import Spool

MANY = [f"{place:06d}" * 200 for place in range(2001)]


def test_what_was_added_comes_back_as_often_as_it_is_asked_for():
    """In its order, whether it has come to the file or waits in memory; one may keep only the first and count all."""
    with Spool[str]() as all_of_it, Spool[str](3) as first:
        for spool in (all_of_it, first):
            spool.extend(MANY)
        assert [list(all_of_it), list(all_of_it), len(all_of_it)] == [MANY, MANY, len(MANY)]
        assert (list(first), len(first)) == (MANY[:3], len(MANY))


def test_a_few_values_need_no_file(monkeypatch):
    """Most commands work where no temporary file can be made, too."""
    monkeypatch.setattr(tempfile, "tempdir", "/proc")
    with Spool[str]() as spool:
        spool.extend(MANY[:400])
        assert list(spool) == MANY[:400]


def test_where_no_file_can_be_made_it_says_what_to_do(monkeypatch):
    """scripting.md: it is no fault of the output, and no bug."""
    monkeypatch.setattr(tempfile, "tempdir", "/proc")
    with Spool[str]() as spool:
        spool.extend(MANY[:400])
        with pytest.raises(SubctlError) as refused:
            spool.extend(MANY)
    assert (refused.value.code, refused.value.exit_code) == ("store_failed", 8)
    assert refused.value.message == "No temporary file can be written in /proc: No such file or directory."
    assert refused.value.hint == "Let TMPDIR name a folder with room. The same command again changes nothing twice."
