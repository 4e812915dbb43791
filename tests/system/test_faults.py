"""Faults at system calls of the store: every kill, and a sample of a disk's errors (safety.md).

`python -m byhand.every_fault` tries every error at every call.
"""

import json
import shutil
import subprocess
import sys

import pytest

from byhand.every_fault import SCENES

KILLS = {"restore": 5}
EVERY = {"restore": 30}
"""All kills, but of the long scene every fifth; errors at the first call of each name, and at every twelfth."""


@pytest.mark.parametrize("scene", SCENES)
def test_whatever_system_call_fails_nothing_acknowledged_is_lost_and_nothing_is_half_done(scene):
    """safety.md: all or nothing is there, the book is right, the error is true, the same command again converges."""
    assert shutil.which("strace"), "apt-get install -y strace"
    command = [sys.executable, "-m", "byhand.every_fault", scene]
    command += ["--kills", str(KILLS.get(scene, 1)), "--every", str(EVERY.get(scene, 12))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert (done.returncode, report["bad"]) == (0, [])
    assert report["points"] > 100
