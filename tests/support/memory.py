"""How much memory a command takes, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

from tests.support.cli import Cli

_WAITING = """
import os, sys
words = [sys.executable, "-m", "subctl", *sys.argv[1:]]
_, status, used = os.wait4(os.posix_spawn(sys.executable, words, os.environ), 0)
sys.stderr.write(f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss}")
"""
"""A small process that starts the command: one that the tests start themselves counts what these take, too."""


def peak(cli: Cli, *words: str, code: int = 0) -> float:
    """Return how many MiB a command takes at most that ends with this code; what it prints is in the file `out`."""
    with (cli.home / "out").open("w") as out:
        done = subprocess.run(
            [sys.executable, "-S", "-c", _WAITING, *words],
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
            env=cli.environment({}),
        )
    ended, used = done.stderr.splitlines()[-1].split()
    assert int(ended) == code, done.stderr
    return int(used) / 1024
