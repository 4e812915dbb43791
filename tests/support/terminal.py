"""A real terminal, and somebody at it who reads questions and types answers."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
import time
from contextlib import ExitStack
from pathlib import Path

from tests.support.waiting import at_most, pause

SECONDS = 20
CTRL_C, CTRL_D = "\x03", "\x04"
PROGRAM = (
    "import fcntl, signal, sys, termios\n"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from subctl.cli.app import run\n"
    "sys.argv[0] = 'subctl'\n"
    "run()\n"
)
"""subctl with its stdin as the terminal that controls it, so that Ctrl-C reaches it as at a desk; also where the
tests run in the background, and were told to ignore it."""

CHOICE = "[o]rder, save as a [q]uote, [l]eave: "
"""What `upgrade` asks last."""


class Terminal:
    """One command in a pseudo-terminal of its own: somebody reads its questions and types answers."""

    def __init__(self, cli, *words, columns=100, stdout: Path | None = None, stderr: Path | None = None, **extra):
        self._main, other = os.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        with ExitStack() as opened:
            out, err = (other if file is None else opened.enter_context(file.open("wb")) for file in (stdout, stderr))
            self._process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, *words],
                env=cli.environment({"NO_COLOR": "1", **extra}),
                stdin=other,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        os.close(other)
        self._screen = b""
        self._seen = 0

    @property
    def screen(self):
        """All that the terminal has shown until now."""
        return self._screen.decode(errors="replace").replace("\r\n", "\n")

    def _comes(self, deadline):
        """Wait for what comes next; False where nothing does in time."""
        ready, _, _ = select.select([self._main], [], [], max(0.0, deadline - time.monotonic()))
        return bool(ready)

    def _read(self):
        """Read what came; False at the end. On Linux the end of a terminal is an error."""
        try:
            got = os.read(self._main, 65536)
        except OSError:
            return False
        self._screen += got
        return bool(got)

    def _ends(self, seconds):
        """Read up to the end; False where that doesn't come in time."""
        deadline = time.monotonic() + seconds
        while self._comes(deadline):
            if not self._read():
                return True
        return False

    def _give_up(self):
        self._process.kill()
        raise AssertionError(f"Nothing more after {SECONDS} seconds:\n{self.screen}")

    def until(self, question):
        """Read up to a question, and return what was shown since the last answer."""
        deadline = time.monotonic() + SECONDS
        while not self.screen[self._seen :].endswith(question):
            if not self._comes(deadline):
                self._give_up()
            assert self._read(), f"It ended without asking '{question}':\n{self.screen}"
        shown, self._seen = self.screen[self._seen :], len(self.screen)
        return shown

    def type(self, keys):
        """Press keys, and wait for nothing."""
        os.write(self._main, keys.encode())

    def interrupt(self):
        """Press Ctrl-C as a person would: not at once, and again where nothing happens.

        A signal in the moment before the interpreter begins to read is only noted, and answered by the next one.
        """
        for _ in range(SECONDS // 4):
            pause(0.3)
            self.type(CTRL_C)
            if self._ends(3):
                return

    def answer(self, question, line):
        """Wait for a question and type a line; return what was shown up to the question."""
        shown = self.until(question)
        self.type(f"{line}\n")
        return shown

    def end(self):
        """Return the exit code, and what was shown since the last answer; the terminal echoes the keys."""
        if not self._ends(SECONDS):
            self._give_up()
        os.close(self._main)
        with at_most(SECONDS, self._process):
            return self._process.wait(), self.screen[self._seen :]


def spoken(cli, *words, answers, **how):
    """Answer questions in turn; return the exit code and what was shown after the last answer, without its echo."""
    terminal = Terminal(cli, *words, **how)
    for question, line in answers:
        terminal.answer(question, line)
    code, after = terminal.end()
    _, _, rest = after.partition("\n")
    return code, rest
