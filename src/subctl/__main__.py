"""The program `subctl`: it answers a TAB, or runs a command."""

from __future__ import annotations

import gc
import os
import signal
import sys

from subctl.cli import HIDDEN

_MANY = 20_000
"""Garbage is looked for whenever so many values have come; most commands make fewer."""


def run() -> None:
    """Run as a program: answer a TAB at once, or hand over to the commands.

    What is loaded stays loaded: to look through it for garbage, now and at the end, would take a tenth of a start,
    and to take it apart once a TAB is answered a sixth.
    """
    gc.disable()
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while modules are loaded ends it without a traceback
    if sys.argv[1:2] == [HIDDEN]:
        from subctl.cli import complete

        complete.answer(sys.argv[2:])
        os._exit(0)
    from subctl.cli.app import run as run_command

    gc.freeze()
    gc.set_threshold(_MANY)
    gc.enable()
    signal.signal(signal.SIGINT, before)
    run_command()


if __name__ == "__main__":
    run()
