"""The program `subctl`: it answers a TAB, or runs a command."""

from __future__ import annotations

import gc
import os
import signal
import sys

from subctl.cli import complete


def run() -> None:
    """Run as a program: answer a TAB at once, or hand over to the commands.

    What is loaded stays loaded: to look through it for garbage, now and at the end, would take a tenth of a start,
    and to take it apart once a TAB is answered a sixth.
    """
    gc.disable()
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while modules are loaded ends it without a traceback
    if sys.argv[1:2] == [complete.HIDDEN]:
        complete.answer(sys.argv[2:])
        os._exit(0)
    from subctl.cli.app import run as run_command

    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, before)
    run_command()


if __name__ == "__main__":
    run()
