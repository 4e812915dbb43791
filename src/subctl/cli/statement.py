"""pay --from: a bank statement, whose sure bookings are entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.cli.progress import watched
from subctl.cli.settings import Settings, not_empty
from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_, plural
from subctl.view.language import _, ngettext

if TYPE_CHECKING:
    from subctl.results.statements import ShownBooking, Statement
    from subctl.service.caller import Caller
    from subctl.service.spool import Spool
    from subctl.service.statement_file import Told


def enter(settings: Settings, file: str, *, yes: bool, dry_run: bool) -> None:
    """Read a statement, show whose each booking is, ask, and enter the sure ones (`unmatched` where some are left)."""
    from subctl.service import statements
    from subctl.service.spool import Spool
    from subctl.service.text_file import text_file

    caller = settings.caller(dry_run=dry_run)
    with Spool["Told"]() as told, Spool["ShownBooking"]() as looked, Spool["ShownBooking"]() as shown:
        read = text_file(not_empty("--from", file))
        with watched(_("Bookings"), wanted=not settings.quiet) as progress:
            statements.read_file(caller, read, told, progress)
        preview = None
        if not yes and not dry_run:
            preview = _preview(settings, caller, told, looked)
            if not preview.changed:
                _end(settings, preview)
                return
            _ask(settings, preview)
        with watched(_("Bookings"), wanted=not settings.quiet) as progress:
            statement = statements.enter_statement(caller, told, shown, preview, progress)
        _end(settings, statement, brief=preview is not None)


def _preview(settings: Settings, caller: Caller, told: Spool[Told], looked: Spool[ShownBooking]) -> Statement:
    from subctl.service import statements

    with watched(_("Bookings"), wanted=not settings.quiet) as progress:
        return statements.preview_statement(caller, told, looked, progress)


def _ask(settings: Settings, preview: Statement) -> None:
    from subctl.cli import prompts
    from subctl.view.words import count

    sure = preview.counts["sure"]
    question = ngettext("Enter {number} payment?", "Enter {number} payments?", sure)
    prompts.confirm(question.format(number=count(sure)), settings, shown=preview, dry_run=True)


def _end(settings: Settings, statement: Statement, *, brief: bool = False) -> None:
    """Write what became of a statement, and refuse the rest of it."""
    settings.show(statement, brief=brief)
    if statement.left:
        left = plural(
            "{number} booking is left over: whose it is isn't sure.",
            "{number} bookings are left over: whose they are isn't sure.",
            statement.left,
        )
        raise SubctlError(
            "unmatched",
            left,
            N_("The result names them. Enter one with --source, or set it aside: {command}"),
            command="subctl pay --ignore BOOKING",
        )
