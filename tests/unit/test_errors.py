"""Refusals as such: their codes, and the exit codes that docs/scripting.md promises."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from subctl.domain.errors import EXIT_CODES, SubctlError

GUIDE = Path(__file__).parents[2] / "docs" / "scripting.md"


def test_every_code_is_documented_with_its_exit_code() -> None:
    """The table of exit codes has every code in the row of its exit code, and no other."""
    lines = [line.split("|") for line in GUIDE.read_text(encoding="utf-8").splitlines()]
    rows = [cells for cells in lines if len(cells) == 5 and cells[1].strip().isdigit()]
    found = {code.strip(" `"): int(row[1]) for row in rows for code in row[3].split(",") if code.strip()}
    assert found == EXIT_CODES


@pytest.mark.parametrize("code", sorted(EXIT_CODES))
def test_every_refusal_has_one_exit_code(code: str) -> None:
    """pricing.md 5: a code, a sentence, a hint, and its exit code."""
    error = SubctlError(code, "What is wrong.", "What to do.")
    assert (error.code, error.message, error.hint, str(error)) == (
        code,
        "What is wrong.",
        "What to do.",
        "What is wrong.",
    )
    assert error.exit_code == EXIT_CODES[code] > 0


def test_a_refusal_comes_from_another_process_as_it_was() -> None:
    """With all that it is said with, in whatever language that is."""
    error = SubctlError("too_late", "{day} has passed.", "Wait for {day}.", day=date(2026, 3, 15))
    come = pickle.loads(pickle.dumps(error))
    assert (type(come), come.code, come.what, come.way_out) == (SubctlError, "too_late", error.what, error.way_out)
    assert (come.message, come.hint, come.exit_code) == (
        "2026-03-15 has passed.",
        "Wait for 2026-03-15.",
        error.exit_code,
    )
