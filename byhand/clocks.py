"""Run the tests on a leap day, on the last evening of a year, and in the zone that is first in the day.

`.venv/bin/python -m byhand.clocks` runs all of them; words are handed to pytest: files, options. It needs root
and `apt-get install -y faketime`. Only the date is faked: what waits, waits by the machine's monotonic clock.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
ALONE = ("unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o ro none /dev/shm && exec "$@"', "sh")
"""libfaketime keeps shared memory open if it can have any. Where a test closes stdout, that would be stdout then:
what should fail is written, and what it is written over are times of other processes."""


def faked(moment: str) -> dict[str, str]:
    """Return the variables that make this moment, in UTC, the present of a program and of all that it starts."""
    ahead = datetime.fromisoformat(moment).replace(tzinfo=UTC) - datetime.now(UTC)
    return {
        "LD_PRELOAD": "/usr/$LIB/faketime/libfaketime.so.1",
        "FAKETIME": f"{ahead.total_seconds():+.0f}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def clocks() -> dict[str, dict[str, str]]:
    """Return the variables of each clock."""
    return {
        "a leap day": faked("2028-02-29T12:00"),
        "the last evening of a year": faked("2031-12-31T23:00"),
        "the zone that is first in the day": {"TZ": "Pacific/Kiritimati"},
    }


def main(words: list[str]) -> int:
    """Run pytest under each clock; return the worst of its exit codes."""
    if not shutil.which("faketime"):
        sys.exit("apt-get install -y faketime")
    codes = []
    for name, variables in clocks().items():
        settings = [f"{key}={value}" for key, value in variables.items()]
        sys.stdout.write(f"== {name}: {' '.join(settings)}\n")
        sys.stdout.flush()
        command = [*ALONE, "env", *settings, "sh", "-c", 'date && exec "$@"', "sh", sys.executable, "-m", "pytest"]
        codes.append(subprocess.run([*command, *words], cwd=ROOT, check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
