"""bill and check."""

from __future__ import annotations

import sys
import time
from typing import Any

import typer

from subctl.cli import options
from subctl.cli.settings import Settings
from subctl.domain.errors import EXIT_CODES

app = typer.Typer()

_QUIET_SECONDS = 1.0
_LINE = 70


class _Progress:
    """Says on stderr how far a run is, once it has taken longer than a second."""

    def __init__(self, what: str, *, wanted: bool) -> None:
        self.what, self.started, self.shown = what, time.monotonic(), False
        self.wanted = wanted and sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        seconds = time.monotonic() - self.started
        if self.wanted and seconds > _QUIET_SECONDS:
            self.shown = True
            rate = done / seconds
            line = f"{self.what}: {done} of {total}, {rate:.0f} a second, {(total - done) / rate:.0f} s left"
            sys.stderr.write(f"\r{line:<{_LINE}}")
            sys.stderr.flush()

    def close(self) -> None:
        """Leave an empty line behind."""
        if self.shown:
            sys.stderr.write("\r" + " " * _LINE + "\r")


@app.command("bill")
def bill(ctx: typer.Context, space: options.Space = None, dry_run: options.DryRun = False) -> int:
    """Issue the recurring invoices that are due today; run again, it issues nothing."""
    from subctl.service.bill import bill as issue

    settings: Settings = ctx.obj
    progress = _Progress("Contracts", wanted=not settings.quiet)
    try:
        document = issue(settings.caller(dry_run=dry_run), space, progress)
    finally:
        progress.close()
    settings.show(document)
    return _failed(document)


def _failed(document: dict[str, Any]) -> int:
    """Return the exit code of a run in which some contracts were refused."""
    return EXIT_CODES["too_late"] if document["failed"] else 0


@app.command("check")
def check(ctx: typer.Context) -> int:
    """Recompute every document and compare; exit 8 where one differs."""
    from subctl.service.check import check as examine

    settings: Settings = ctx.obj
    progress = _Progress("Spaces", wanted=not settings.quiet)
    try:
        document = examine(settings.caller(), progress)
    finally:
        progress.close()
    settings.show(document)
    return 0 if document["ok"] else EXIT_CODES["check_failed"]
