"""`python -m subctl` is the command `subctl`."""

from subctl.cli.complete import run

run()
