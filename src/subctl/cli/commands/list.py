"""list: spaces, plans, quotes, orders, invoices, deadlines or mandates."""

from typing import Annotated

import typer

from subctl.cli import options, saving
from subctl.cli.declaration import LOOK, Declaration
from subctl.cli.settings import CALENDARS, Settings, not_empty
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.text import safe
from subctl.service.access import SPACE

SAVED = ("invoices", "quotes")
"""The lists whose documents can be saved as files."""

DECLARED = Declaration(
    right=SPACE,
    purpose=LOOK,
    formats=CALENDARS,
    examples=(
        "subctl list invoices --space acme --since 2026-01-01",
        "subctl list quotes --status open --json --fields number,status",
        "subctl list deadlines --until 2026-06-30",
    ),
)


def run(
    ctx: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="spaces|plans|quotes|orders|invoices|deadlines|mandates", help="What to list.")
    ],
    space: options.OnlySpace = None,
    since: options.Since = None,
    until: options.Until = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only those of this kind, like upgrade or renewal.")
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(metavar="STATUS", help="Only spaces, quotes, orders or mandates of this status, like open."),
    ] = None,
    limit: options.Limit = None,
    output: options.Output = None,
    save: Annotated[
        str | None, typer.Option("--save", metavar="DIR", help="Save the invoices or quotes there that aren't yet.")
    ] = None,
) -> None:
    """List spaces, plans, quotes, orders, invoices or mandates, newest first; or deadlines, soonest first.

    Deadlines are renewals, last days to reduce and to cancel, ends, quotes that run out and due dates; without
    --since those from today on. --format ics makes a calendar of them.
    """
    from subctl.results.deadlines import Deadlines
    from subctl.service import lists
    from subctl.service.paging import Wanted

    settings: Settings = ctx.obj
    wanted = Wanted(
        space=options.given(space),
        since=options.day(since, "--since"),
        until=options.day(until, "--until"),
        kind=kind,
        status=status,
        limit=options.limit(limit, settings),
    )
    if output is not None:
        not_empty("--output", output)
    name, where = _named(what), saving.folder(save)
    _refuse_format(settings, name, output)
    if where is not None:
        _refuse_unsaved(name)
        saving.show_list(settings, settings.caller(), name, wanted, where, whole=limit is None)
        return
    listing = lists.list_documents(settings.caller(), name, wanted)
    if isinstance(listing, Deadlines) and settings.format in CALENDARS:
        from subctl.cli import paper
        from subctl.view import papers

        file = paper.target(output, f"{name}.{settings.format}")
        paper.deliver(papers.paper(listing, settings.format), file, settings)
    else:
        settings.show_first(listing)


def _refuse_format(settings: Settings, name: str, output: str | None) -> None:
    """Refuse a calendar of what has no dates to come, and `-o` and `--fields` where they say nothing (`usage`)."""
    if settings.format not in CALENDARS:
        if output is not None:
            hint = f"Leave it out: subctl list {name} > FILE"
            raise SubctlError("usage", f"--output does nothing without --format {'|'.join(CALENDARS)}.", hint)
        return
    if name != "deadlines":
        hint = f"subctl list deadlines --format {settings.format}"
        raise SubctlError("usage", f"Only deadlines have the format {settings.format}.", hint)
    settings.refuse_fields_of_text("A calendar")


def _refuse_unsaved(name: str) -> None:
    """Refuse to save what is no paper (`usage`)."""
    if name not in SAVED:
        hint = f"{' and '.join(SAVED).capitalize()} have: subctl list {SAVED[0]} --save DIR"
        raise SubctlError("usage", f"list {name} has no --save.", hint)


def _named(what: str) -> str:
    """Return the name of a list, which may be said of one thing too: `list invoice` (`bad_input`)."""
    from subctl.service.lists import LISTS

    for name in LISTS:
        if what in (name, name.removesuffix("s")):
            return name
    raise bad_input(f"There is no list of '{safe(what)}'.", f"There are {', '.join(LISTS)}.")
