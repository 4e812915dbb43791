"""list: spaces, plans, quotes, orders, invoices, deadlines, mandates, payments, collections or reminders."""

from typing import Annotated

import typer

from subctl.cli import options, saving
from subctl.cli.declaration import LOOK, Declaration
from subctl.cli.settings import CALENDARS, Settings, not_empty
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.sentence import N_
from subctl.domain.text import safe
from subctl.service.access import SPACE

SAVED = ("invoices", "quotes", "reminders")
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
        str,
        typer.Argument(
            metavar="LIST",
            help="spaces, plans, quotes, orders, invoices, deadlines, mandates, payments, collections or reminders.",
        ),
    ],
    space: options.OnlySpace = None,
    since: options.Since = None,
    until: options.Until = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only those of this kind, like upgrade or renewal.")
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(metavar="STATUS", help="Only what has this status, like open or overdue."),
    ] = None,
    limit: options.Limit = None,
    output: options.Output = None,
    save: Annotated[
        str | None,
        typer.Option(
            "--save", metavar="DIR", help="Save the documents there that aren't yet: invoices, quotes, reminders."
        ),
    ] = None,
) -> None:
    """List what there is of a kind, newest first; deadlines soonest first.

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
        paper.deliver(papers.made(listing, settings.format), file, settings)
    else:
        settings.show_first(listing)


def _refuse_format(settings: Settings, name: str, output: str | None) -> None:
    """Refuse a calendar of what has no dates to come, and `-o` and `--fields` where they say nothing (`usage`)."""
    if settings.format not in CALENDARS:
        if output is not None:
            raise SubctlError(
                "usage",
                N_("{option} does nothing without {other}."),
                N_("Leave it out: {command}"),
                option="--output",
                other=f"--format {'|'.join(CALENDARS)}",
                command=f"subctl list {name} > FILE",
            )
        return
    if name != "deadlines":
        raise SubctlError(
            "usage",
            N_("Only deadlines have the format {format}."),
            "subctl list deadlines --format {format}",
            format=settings.format,
        )
    settings.refuse_fields_of_text(N_("A calendar has no fields to choose."))


def _refuse_unsaved(name: str) -> None:
    """Refuse to save what is no paper (`usage`)."""
    if name not in SAVED:
        raise SubctlError(
            "usage",
            N_("{command} has no --save."),
            N_("Invoices, quotes and reminders have: {other}"),
            command=f"list {name}",
            other=f"subctl list {SAVED[0]} --save DIR",
        )


def _named(what: str) -> str:
    """Return the name of a list, which may be said of one thing too: `list invoice` (`bad_input`)."""
    from subctl.service.lists import LISTS

    for name in LISTS:
        if what in (name, name.removesuffix("s")):
            return name
    raise bad_input(
        N_("There is no list of '{what}'."), N_("There are {lists}."), what=safe(what), lists=", ".join(LISTS)
    )
