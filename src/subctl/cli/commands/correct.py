"""correct: an invoice that names the wrong buyer, credited and issued anew."""

from typing import Annotated

import typer

from subctl.cli import options, saving
from subctl.cli.declaration import KEEP, Declaration
from subctl.cli.settings import Settings
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import parse_text
from subctl.service.access import STORE
from subctl.view.language import _

DECLARED = Declaration(
    right=STORE,
    purpose=KEEP,
    documents=("invoice",),
    examples=(
        "subctl correct INV-2026-0001",
        "subctl correct INV-2026-0001 --reason 'Another name' --dry-run",
        "subctl correct INV-2026-0001 --yes --json",
    ),
)


def run(
    ctx: typer.Context,
    invoice: Annotated[str, typer.Argument(metavar="INVOICE", help="The number of the invoice.")],
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why; it stands on both documents.")
    ] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    save: options.Save = None,
) -> None:
    """Credit an invoice with wrong details, and issue it anew.

    The new one has the same lines, and the details that its space has now: name, address, VAT number, reference.
    """
    from subctl.service import correction

    settings: Settings = ctx.obj
    where = saving.folder(save, dry_run=dry_run)
    why = None if reason is None else parse_text(reason, Sentence(N_("The reason")))
    caller = settings.caller(dry_run=dry_run)
    preview = None
    if not yes and not dry_run:
        from subctl.cli import prompts

        preview = correction.preview_correct(caller, invoice, why)
        if not preview.changed:
            saving.show(settings, caller, preview, where)
            return
        question = _("Credit {invoice} and issue it anew?").format(invoice=preview.corrected.number)
        prompts.confirm(question, settings, shown=preview, dry_run=True)
    saving.show(settings, caller, correction.correct(caller, invoice, why), where, brief=preview is not None)
