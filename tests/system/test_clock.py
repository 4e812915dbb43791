"""The same answers whatever the machine's clock and time zone say: real runs under a faked clock.

All the tests under each clock take several minutes: `byhand/clocks.py`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from byhand.clocks import clocks, faked
from tests.support.cli import LIVE

FAST = (
    "tests/cli/test_demo.py",
    "tests/cli/test_worked_examples.py",
    "tests/service/test_worked_examples.py",
    "tests/unit/test_worked_examples.py",
    "tests/cli/test_bill.py",
    "tests/cli/test_progress.py",
    "tests/unit/test_pricing.py",
)
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _faketime():
    assert shutil.which("faketime"), "apt-get install -y faketime"


@pytest.mark.parametrize("name", clocks())
def test_the_demo_and_the_worked_examples_are_green(name, tmp_path):
    """pricing.md 2.1: days are passed in, or are the seller's; nothing hangs on where and when the tests run."""
    pytest_ = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", f"--basetemp={tmp_path}/t"]
    done = subprocess.run(
        [sys.executable, *pytest_, *FAST],
        cwd=ROOT,
        env={**os.environ, **clocks()[name]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize(("now", "day"), [("2028-02-29T12:00", "2028-02-29"), ("2031-12-31T23:30", "2032-01-01")])
def test_a_live_store_is_written_on_the_sellers_day(now, day, tmp_path):
    """pricing.md 2.1: half past eleven at night in London is tomorrow in Amsterdam."""
    environment = {
        **os.environ,
        **faked(now),
        "SUBCTL_STORE": str(tmp_path / "live.db"),
        "XDG_CONFIG_HOME": str(tmp_path),
        "TZ": "UTC",
    }

    def subctl(*words: str) -> str:
        command = [sys.executable, "-m", "subctl", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    subctl(*LIVE)
    subctl("space", "add", "a", "--name", "A", "--plan", "pro", "--users", "5")
    assert f'"date": "{day}"' in subctl("whoami", "--json")
    assert '"changed": true' in subctl("upgrade", "--users", "6", "--yes", "--json")
    assert '"ok": true' in subctl("check", "--json")
