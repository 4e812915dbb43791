"""What a command shows at a terminal of a given width."""

from __future__ import annotations

import fcntl
import io
import os
import struct
import sys
import termios
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout

import pytest

from subctl.cli.app import main


def read_all(descriptor):
    """Read a terminal to its end; on Linux that is an error."""
    pieces: list[bytes] = []
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:
            piece = b""
        if not piece:
            os.close(descriptor)
            return b"".join(pieces).decode().replace("\r\n", "\n")
        pieces.append(piece)


def screen(cli, *words, columns, code=0, **extra):
    """Run a command in this process at a terminal of so many columns; return what it got."""
    main_end, other_end = os.openpty()
    fcntl.ioctl(other_end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with ThreadPoolExecutor(1) as pool, pytest.MonkeyPatch.context() as patch:
        with open(other_end, "w", encoding="utf-8") as terminal, redirect_stdout(terminal), redirect_stderr(terminal):  # noqa: PTH123
            wanted = cli.environment({"NO_COLOR": "1", **extra})
            for name in set(os.environ) - set(wanted):
                patch.delenv(name)
            for name, value in wanted.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", io.StringIO())
            shown = pool.submit(read_all, main_end)
            assert main(words) == code
        return shown.result()
