"""One command in a process of its own, warm and under strace: every system call can be counted, refused or be the last.

A child is forked from a process that has everything imported, stops itself, is taken over by strace and goes on.
So a run takes hundredths of a second, and the same command makes the same calls every time.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from subctl.cli.app import main
from tests.support.cli import Cli

KILLED = -signal.SIGKILL


@dataclass(frozen=True)
class Call:
    """A system call of a run: its name, its number among the calls of that name, and how strace wrote it."""

    name: str
    number: int
    text: str


@dataclass(frozen=True)
class Fault:
    """What goes wrong, in strace's words: `signal=KILL` or `error=EIO`; `lasting` from that call on."""

    what: str
    lasting: bool = False

    @property
    def name(self) -> str:
        """How a report calls it."""
        return self.what.partition("=")[2] + ("+" if self.lasting else "")

    @property
    def refuses(self) -> bool:
        """Tell whether the call fails; otherwise a signal comes."""
        return self.what.startswith("error=")

    def at(self, call: Call) -> str:
        """Return strace's option."""
        return f"--inject={call.name}:{self.what}:when={call.number}{'+' if self.lasting else ''}"


@dataclass(frozen=True)
class Run:
    """What a run left: its exit code (negative for a signal), its outputs, and its system calls."""

    code: int
    out: str
    err: str
    calls: list[Call]


def run(cli: Cli, words: tuple[str, ...], *options: str) -> Run:
    """Run a command under strace with more of its options."""
    outputs = [cli.home / name for name in ("out", "err")]
    child = os.fork()
    if child == 0:
        _be(cli, words, outputs)
    os.waitpid(child, os.WUNTRACED)
    log = cli.home / "calls"
    command = ["strace", "-y", "-s", "16", "-e", "trace=all", *options, "-o", str(log), "-p", str(child)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        attached = tracer.stderr.readline()
        assert "attached" in attached, attached
        os.kill(child, signal.SIGCONT)
        _, status = os.waitpid(child, 0)
    out, err = (output.read_text() for output in outputs)
    return Run(os.waitstatus_to_exitcode(status), out, err, _calls(log.read_text()))


def _be(cli: Cli, words: tuple[str, ...], outputs: list[Path]) -> None:
    """Be the command: never returns."""
    code = 99
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for stream, output in enumerate(outputs, 1):
            os.dup2(os.open(output, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), stream)
        os.environ.clear()
        os.environ.update(cli.environment())
        os.kill(os.getpid(), signal.SIGSTOP)
        code = main(words)
    finally:
        os._exit(code)


def _calls(log: str) -> list[Call]:
    seen: Counter[str] = Counter()
    found = []
    for line in log.splitlines():
        if match := re.match(r"(\w+)\(", line):
            seen[match[1]] += 1
            found.append(Call(match[1], seen[match[1]], line))
    return found
