"""pay: money that came or was given back, for invoices or a space; a payment undone; a booking, a whole statement."""

from typing import TYPE_CHECKING, Annotated

import typer

from subctl.cli import options, statement
from subctl.cli.declaration import KEEP, Declaration
from subctl.cli.settings import Settings, not_empty
from subctl.domain.errors import SubctlError
from subctl.domain.payment import BANK, METHODS
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import one_of, parse_text
from subctl.service.access import STORE
from subctl.view.language import _

if TYPE_CHECKING:
    from subctl.service.paying import Asked

DECLARED = Declaration(
    right=STORE,
    purpose=KEEP,
    documents=("payment", "ignored", "statement"),
    examples=(
        "subctl pay INV-2026-0001",
        "subctl pay --undo P-2026-0001",
        "subctl pay --from statement.xml",
    ),
)

Invoices = Annotated[
    list[str] | None,
    typer.Argument(metavar="[INVOICE...]", help="What is paid; INV-2026-0001=60.00 says how much is for it."),
]


def run(
    ctx: typer.Context,
    invoices: Invoices = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="AMOUNT", help="What came; without it what is open of them.")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="Its day; without it today.")] = None,
    method: Annotated[
        str | None, typer.Option("--method", metavar="|".join(METHODS), help="How it came; bank without it.")
    ] = None,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="TEXT", help="What tells it from another one.")
    ] = None,
    space: options.Space = None,
    refund: Annotated[bool, typer.Option("--refund", help="Give credit back: --amount, or all of it.")] = False,
    source: Annotated[
        str | None, typer.Option("--source", metavar="BOOKING", help="Which booking of a statement it is.")
    ] = None,
    expect: Annotated[
        str | None, typer.Option("--expect", metavar="AMOUNT", help="Refuse unless exactly this is open.")
    ] = None,
    undo: Annotated[
        str | None, typer.Option("--undo", metavar="PAYMENT", help="Take back a payment that was entered wrongly.")
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="A bank statement, camt or CSV: its sure bookings.")
    ] = None,
    ignore: Annotated[
        str | None, typer.Option("--ignore", metavar="BOOKING", help="Set aside a booking that is none of ours.")
    ] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    """Enter a payment: of invoices, or of a space.

    What is over settles what is open, oldest due first, and then is credit for what comes next. The same payment
    again changes nothing; a second equal one needs a --reference of its own.
    """
    settings: Settings = ctx.obj
    given = {
        "INVOICE": bool(invoices),
        "--amount": amount is not None,
        "--date": date is not None,
        "--method": method is not None,
        "--reference": reference is not None,
        "--space": space is not None,
        "--refund": refund,
        "--source": source is not None,
        "--expect": expect is not None,
        "--undo": undo is not None,
        "--ignore": ignore is not None,
        "--from": from_ is not None,
    }
    if from_ is not None:
        options.refuse_beside("--from", given)
        statement.enter(settings, from_, yes=yes, dry_run=dry_run)
        return
    if undo is not None:
        options.refuse_beside("--undo", given)
        _undo(settings, undo, yes=yes, dry_run=dry_run)
        return
    if ignore is not None:
        options.refuse_beside("--ignore", given)
        _ignore(settings, ignore, yes=yes, dry_run=dry_run)
        return
    if refund:
        options.refuse_beside("--refund", {option: given[option] for option in ("INVOICE", "--expect")})
    elif not invoices and amount is None:
        raise SubctlError(
            "usage",
            N_("What was paid? Neither an invoice nor --amount was named."),
            N_("Name one: {command}"),
            command="subctl pay INV-2026-0001",
        )
    from subctl.service.paying import Asked

    asked = Asked(
        invoices=tuple(map(_named, invoices or ())),
        amount=amount,
        day=options.day(date, "--date"),
        method=BANK if method is None else one_of("--method", method, METHODS),
        reference=None if reference is None else parse_text(reference, Sentence(N_("The payment's reference"))),
        source=_source(source),
        refund=refund,
        expect=expect,
    )
    asked_space = options.given(space) if invoices else settings.space_or(space)
    _pay(settings, asked, asked_space, yes=yes, dry_run=dry_run)


def _named(text: str) -> tuple[str, str | None]:
    """Return an invoice and how much is for it, where that is said."""
    invoice, sign, amount = text.partition("=")
    return invoice, amount if sign else None


def _source(text: str | None) -> str | None:
    """Return what a statement calls a booking; it has an account in it, whose digits could be a card's by chance."""
    return None if text is None else parse_text(text, Sentence(N_("The booking")), code=True, digits=True)


def _pay(settings: Settings, asked: "Asked", space: str | None, *, yes: bool, dry_run: bool) -> None:
    from subctl.service import paying

    caller, preview = settings.caller(dry_run=dry_run), None
    if not yes and not dry_run:
        preview = paying.preview_pay(caller, asked, space)
        if not preview.changed:
            settings.show(preview)
            return
        from subctl.cli import prompts

        question = _("Enter this refund?") if asked.refund else _("Enter this payment?")
        prompts.confirm(question, settings, shown=preview, dry_run=True)
    settings.show(paying.pay(caller, asked, space, preview), brief=preview is not None)


def _undo(settings: Settings, payment: str, *, yes: bool, dry_run: bool) -> None:
    from subctl.service import undoing

    caller, preview = settings.caller(dry_run=dry_run), None
    if not yes and not dry_run:
        preview = undoing.preview_undo(caller, payment)
        if not preview.changed:
            settings.show(preview)
            return
        from subctl.cli import prompts

        prompts.confirm(_("Undo {payment}?").format(payment=payment), settings, shown=preview, dry_run=True)
    settings.show(undoing.undo(caller, payment), brief=preview is not None)


def _ignore(settings: Settings, booking: str, *, yes: bool, dry_run: bool) -> None:
    from subctl.service import undoing

    source = _source(not_empty("--ignore", booking)) or ""
    if not yes and not dry_run:
        preview = undoing.ignore(settings.caller(dry_run=True), source)
        if not preview.changed:
            settings.show(preview)
            return
        from subctl.cli import prompts

        prompts.confirm(_("Ignore the booking {source}?").format(source=source), settings, dry_run=True)
    settings.show(undoing.ignore(settings.caller(dry_run=dry_run), source))
