"""bill, check, history, backup and restore."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from subctl.cli import options
from subctl.cli.settings import Settings
from subctl.domain.dates import parse_date
from subctl.domain.errors import EXIT_CODES
from subctl.domain.text import parse_count, safe

app = typer.Typer()

File = Annotated[str, typer.Argument(metavar="FILE", help="The backup's file.")]

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
def check(
    ctx: typer.Context,
    head: Annotated[
        str | None, typer.Option(metavar="HASH", help="A head of the history that was kept elsewhere.")
    ] = None,
) -> int:
    """Recompute every document and compare; exit 8 where one differs."""
    from subctl.service.check import check as examine

    settings: Settings = ctx.obj
    progress = _Progress("Spaces", wanted=not settings.quiet)
    try:
        document = examine(settings.caller(), head, progress)
    finally:
        progress.close()
    settings.show(document)
    return 0 if document["ok"] else EXIT_CODES["check_failed"]


@app.command("history")
def history(
    ctx: typer.Context,
    space: options.Space = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only from this day on.")] = None,
    limit: Annotated[str, typer.Option(metavar="N", help="At most so many.")] = "50",
) -> None:
    """Show who did what, newest first, refused writes too."""
    from subctl.service import admins

    settings: Settings = ctx.obj
    day = parse_date(since, "--since") if since else None
    settings.show(admins.show_history(settings.caller(), space, day, parse_count(limit, "--limit", 1)))


@app.command("backup")
def backup(ctx: typer.Context, file: File) -> None:
    """Copy the store to a new file and check the copy."""
    from subctl.service import copies

    settings: Settings = ctx.obj
    settings.show(copies.backup(settings.caller(), Path(file)))


@app.command("restore")
def restore(ctx: typer.Context, file: File, yes: options.Yes = False, dry_run: options.DryRun = False) -> None:
    """Bring a backup back; the store it replaces stays beside."""
    from subctl.service import copies

    settings: Settings = ctx.obj
    caller, source = settings.caller(dry_run=dry_run), Path(file)
    if not yes and not dry_run:
        copies.check_restore(caller, source)
        from subctl.cli import prompts

        prompts.need_terminal("subctl restore with --yes")
        prompts.confirm(f"Put {safe(file)} in the place of {safe(str(settings.store))}?")
    settings.show(copies.restore(caller, source))
