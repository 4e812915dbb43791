"""The tests of services, store and command line a second time, with every store on a server."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.support.files_only import FILES_ONLY


def test_the_suite_runs_on_a_server():
    """The same commands, JSON, numbers, refusals and history; what is about files is named in `FILES_ONLY`."""
    asked = [sys.executable, "-m", "pytest", "--engine", "postgres", "--tb", "short"]
    done = subprocess.run(
        [*asked, "tests/service", "tests/store", "tests/cli"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    counted = re.search(r"(\d+) passed", done.stdout)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout[-20_000:]
    assert counted is not None
    assert int(counted[1]) > 6500


def test_every_test_that_is_left_out_is_there():
    """A name that no test has any more would hide that it runs."""
    asked = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-n", "0", *FILES_ONLY]
    assert subprocess.run(asked, capture_output=True, encoding="utf-8", check=False).returncode == 0
