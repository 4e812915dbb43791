"""The tests of services and store, and a choice of the command line's, a second time, with every store on a server.

`pytest tests/cli --engine postgres` runs all of the command line's by hand: it takes longer than all else together.
"""

from __future__ import annotations

import re
import subprocess
import sys

from tests.support.files_only import FILES_ONLY

LIVES = ("worked_examples", "whole_life", "payments", "correct", "statements", "year_of_payments", "saving", "lists")
"""Tests of the command line in which most happens to a store."""


def test_the_suite_runs_on_a_server():
    """The same commands, JSON, numbers, refusals and history; what is about files is named in `FILES_ONLY`."""
    folders = ("tests/service", "tests/store", *(f"tests/cli/test_{name}.py" for name in LIVES))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--engine", "postgres", "--tb", "short", *folders],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    counted = re.search(r"(\d+) passed", done.stdout)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout[-20_000:]
    assert counted is not None
    assert int(counted[1]) > 800


def test_every_test_that_is_left_out_is_there():
    """A name that no test has any more would hide that it runs."""
    asked = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-n", "0", *FILES_ONLY]
    assert subprocess.run(asked, capture_output=True, encoding="utf-8", check=False).returncode == 0
