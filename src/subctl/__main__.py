"""`python -m subctl` is the command `subctl`."""

from subctl.cli.app import run

run()
