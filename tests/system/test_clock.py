"""The same answers whatever the machine's clock and time zone say: real runs under a faked clock."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FAST = ("tests/cli/test_demo.py", "tests/cli/test_worked_examples.py", "tests/unit/test_pricing.py")
ROOT = Path(__file__).parents[2]
MOMENTS = {
    "a leap day": (["faketime", "2028-02-29 12:00:00"], {}),
    "the last evening of a year": (["faketime", "2031-12-31 23:30:00"], {}),
    "the zone that is first in the day": ([], {"TZ": "Pacific/Kiritimati"}),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_demo_and_the_worked_examples_are_green(name, tmp_path):
    """pricing.md 2.1: days are passed in, or are the seller's; nothing hangs on where and when the tests run."""
    words, extra = MOMENTS[name]
    if words:
        assert shutil.which(words[0]), "apt-get install -y faketime"
    pytest_ = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-o",
        "addopts=",
        f"--basetemp={tmp_path}/t",
    ]
    done = subprocess.run(
        [*words, *pytest_, *FAST], cwd=ROOT, env={**os.environ, **extra}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("when", ["2028-02-29 12:00:00", "2031-12-31 23:30:00"])
def test_a_live_store_is_written_on_the_sellers_day(when, tmp_path):
    """pricing.md 2.1: half past eleven at night in London is tomorrow in Amsterdam."""
    assert shutil.which("faketime"), "apt-get install -y faketime"
    environment = {
        **os.environ,
        "SUBCTL_STORE": str(tmp_path / "live.db"),
        "XDG_CONFIG_HOME": str(tmp_path),
        "TZ": "UTC",
    }

    def subctl(*words: str) -> str:
        command = ["faketime", when, sys.executable, "-m", "subctl", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    subctl("init")
    subctl("space", "add", "a", "--name", "A", "--plan", "pro", "--users", "5")
    day = "2028-02-29" if when.startswith("2028") else "2032-01-01"
    assert f'"date": "{day}"' in subctl("whoami", "--json")
    assert '"changed": true' in subctl("upgrade", "--users", "6", "--yes", "--json")
    assert '"ok": true' in subctl("check", "--json")
