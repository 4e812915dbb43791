"""bill, apply, export, check, history, backup and restore."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from subctl.cli import options
from subctl.cli.progress import watched
from subctl.cli.settings import Settings, not_empty
from subctl.domain.dates import parse_date
from subctl.domain.errors import EXIT_CODES, bad_input
from subctl.domain.text import parse_count, parse_text, safe

if TYPE_CHECKING:
    from subctl.service.batch import Row, Wanted

app = typer.Typer()

File = Annotated[str, typer.Argument(metavar="FILE", help="The file.")]


@app.command("bill")
def bill(ctx: typer.Context, space: options.Space = None, dry_run: options.DryRun = False) -> int:
    """Issue the recurring invoices that are due today; run again, it issues nothing."""
    from subctl.cli.spool import Spool
    from subctl.service.bill import bill as issue
    from subctl.view.ledger import MOST_SHOWN

    settings: Settings = ctx.obj
    with Spool(MOST_SHOWN if settings.format == "table" else None) as issued:
        with watched("Contracts", wanted=not settings.quiet) as progress:
            document = issue(settings.caller(dry_run=dry_run), options.given(space), progress, issued)
        settings.show(document)
    return _failed(document)


def _failed(document: dict[str, Any]) -> int:
    """Return the exit code of a run in which some contracts were refused."""
    return EXIT_CODES["too_late"] if document["failed"] else 0


@app.command("apply")
def apply(
    ctx: typer.Context,
    file: File,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Order what can be, list the rest.")] = False,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    as_support: options.AsSupport = False,
) -> int:
    """Bring many contracts to the state that a CSV file names, in one transaction."""
    from subctl.service import batch

    settings: Settings = ctx.obj
    caller = settings.caller(dry_run=dry_run, as_support=as_support)
    rows = batch.read_rows(options.path(file), batch.APPLY_COLUMNS, ("space",))
    wanted = [options.at_line(row.line, _wanted, row) for row in rows]
    shown = None
    if not yes and not dry_run:
        shown = batch.preview_apply(caller, wanted, keep_going=keep_going)
        if not shown["changed"]:
            settings.show(shown)
            return _failed(shown)
        from subctl.cli import prompts

        prompts.need_terminal("subctl apply with --yes, or look first with --dry-run")
        prompts.show_preview(shown, settings)
        prompts.confirm("Order 1 change?" if shown["changed"] == 1 else f"Order {shown['changed']} changes?")
    with watched("Contracts", wanted=not settings.quiet) as progress:
        document = batch.apply(caller, wanted, keep_going=keep_going, shown=shown, progress=progress)
    settings.show(document, brief=shown is not None)
    return _failed(document)


def _wanted(row: "Row") -> "Wanted":
    """Read one line of the file; an empty cell stays as it is."""
    from subctl.service.batch import Wanted

    cells = {column: text.strip() or None for column, text in row.cells.items()}
    space = cells["space"]
    if space is None:
        raise bad_input("The space is missing.")
    wish = options.wish(cells.get("plan"), cells.get("users"), cells.get("zoom"), cells.get("billing"))
    return Wanted(row.line, parse_text(space, "The space"), wish)


@app.command("export")
def export(ctx: typer.Context) -> None:
    """Write the current state of all contracts as the CSV file that apply reads."""
    from subctl.service.batch import export as states

    settings: Settings = ctx.obj
    settings.show(states(settings.caller()), table_as="csv")


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
    with watched("Spaces", wanted=not settings.quiet) as progress:
        document = examine(settings.caller(), None if head is None else _head(head), progress)
    settings.show(document)
    return 0 if document["ok"] else EXIT_CODES["check_failed"]


def _head(text: str) -> str:
    """Return a hash as `check` prints it (`bad_input`)."""
    if not re.fullmatch("[0-9a-f]{64}", not_empty("--head", text)):
        raise bad_input(f"--head can't be '{safe(text)}'.", "Give a head as subctl check prints it.")
    return text


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
    day = None if since is None else parse_date(since, "--since")
    most = parse_count(limit, "--limit", 1)
    settings.show_first(admins.show_history(settings.caller(), options.given(space), day, most + 1), most)


@app.command("backup")
def backup(ctx: typer.Context, file: File, dry_run: options.DryRun = False) -> None:
    """Copy the store to a new file and check the copy."""
    from subctl.service import copies

    settings: Settings = ctx.obj
    settings.show(copies.backup(settings.caller(dry_run=dry_run), options.path(file)))


@app.command("restore")
def restore(ctx: typer.Context, file: File, yes: options.Yes = False, dry_run: options.DryRun = False) -> None:
    """Bring a backup back; the store it replaces stays beside."""
    from subctl.service import copies

    settings: Settings = ctx.obj
    caller, source = settings.caller(dry_run=dry_run), options.path(file)
    if not yes and not dry_run:
        copies.check_restore(caller, source)
        from subctl.cli import prompts

        prompts.need_terminal("subctl restore with --yes")
        prompts.confirm(f"Put {safe(file)} in the place of {safe(str(settings.store))}?")
    settings.show(copies.restore(caller, source))
