"""init, space, catalog and admin."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from subctl.cli import options
from subctl.cli.settings import Settings, not_empty
from subctl.domain.catalog import MONTHLY
from subctl.domain.dates import parse_date
from subctl.domain.errors import bad_input
from subctl.domain.refusals import PAYMENTS
from subctl.domain.text import parse_count, parse_id, parse_text, safe

if TYPE_CHECKING:
    from subctl.service.batch import Row
    from subctl.service.spaces import NewSpace

app = typer.Typer()
space_app = typer.Typer(no_args_is_help=True)
app.add_typer(space_app, name="space", help="Add and change spaces.")
catalog_app = typer.Typer(no_args_is_help=True)
app.add_typer(catalog_app, name="catalog", help="Export, check and import catalogs of plans and prices.")
admin_app = typer.Typer(no_args_is_help=True)
app.add_typer(admin_app, name="admin", help="Administrators of the store and of single spaces.")

Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="The login name or the uid of an OS account.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="The file.")]


@app.command("init")
def init(
    ctx: typer.Context,
    catalog: Annotated[str | None, typer.Option(metavar="FILE", help="The catalog; without it an example.")] = None,
    sandbox: Annotated[bool, typer.Option("--sandbox", help="A store with a clock of its own, to try things.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="A sandbox on 2026-03-15 with two contracts.")] = False,
    group: Annotated[str | None, typer.Option(metavar="NAME", help="Share the store with an OS group.")] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    """Make a store; whoever makes it is its first administrator."""
    from subctl.service import book

    settings: Settings = ctx.obj
    caller = settings.caller(dry_run=dry_run)
    replacing = book.existing_sandbox(caller)
    if replacing and not yes and not dry_run:
        from subctl.cli import prompts

        prompts.need_terminal("subctl init with --yes")
        prompts.confirm(f"There is a sandbox at {safe(str(settings.store))}. Keep it beside and make a new store?")
    file = None if catalog is None else options.path(catalog, "--catalog")
    if group is not None:
        not_empty("--group", group)
    settings.show(book.init(caller, file, sandbox=sandbox, demo=demo, replace_old=replacing, group=group))


@space_app.command("add")
def space_add(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits, dots and hyphens.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="The customer's name on invoices.")],
    plan: Annotated[str, typer.Option(metavar="PLAN", help="The plan.")],
    users: Annotated[str, typer.Option(metavar="N", help="The number of users.")],
    zoom: Annotated[str, typer.Option(metavar="N", help="The number of Zoom licences.")] = "0",
    billing: Annotated[str, typer.Option(metavar="monthly|annual", help="How it is paid.")] = "monthly",
    start: Annotated[str | None, typer.Option(metavar="DATE", help="First day of use; without it today.")] = None,
    renews_on: Annotated[str | None, typer.Option(metavar="DATE", help="The next renewal date (annual).")] = None,
    billed_through: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day that was invoiced elsewhere.")
    ] = None,
    active_users: Annotated[str, typer.Option(metavar="N", help="How many users are active.")] = "0",
    country: Annotated[str | None, typer.Option(metavar="CC", help="Without it the seller's.")] = None,
    vat_id: Annotated[str | None, typer.Option(metavar="NUMBER", help="The VAT number.")] = None,
    address: Annotated[str | None, typer.Option(metavar="TEXT", help="The address.")] = None,
    email: Annotated[str | None, typer.Option(metavar="EMAIL", help="Where invoices go.")] = None,
    reference: Annotated[str | None, typer.Option(metavar="PO", help="The purchase order's number.")] = None,
    payment: Annotated[str, typer.Option(metavar="|".join(PAYMENTS), help="How invoices are paid.")] = PAYMENTS[0],
    iban: Annotated[str | None, typer.Option(metavar="IBAN", help="For direct debits.")] = None,
    dry_run: options.DryRun = False,
) -> None:
    """Add a space with its contract."""
    from subctl.service import spaces

    settings: Settings = ctx.obj
    new = new_space(
        {
            "id": id_,
            "name": name,
            "plan": plan,
            "users": users,
            "zoom": zoom,
            "billing": billing,
            "start": start,
            "renews-on": renews_on,
            "billed-through": billed_through,
            "active-users": active_users,
            "country": country,
            "vat-id": vat_id,
            "address": address,
            "email": email,
            "reference": reference,
            "payment": payment,
            "iban": iban,
        }
    )
    settings.show(spaces.add_space(settings.caller(dry_run=dry_run), new))


SPACE_COLUMNS = (
    "id", "name", "plan", "users", "zoom", "billing", "start", "renews-on", "billed-through", "active-users",
    "country", "vat-id", "address", "email", "reference", "payment", "iban",
)  # fmt: skip
"""The columns of `space import`, named like the options of `space add`."""


def new_space(texts: Mapping[str, str | None]) -> "NewSpace":
    """Read what `space add` or a line of `space import` says; nothing said is None or missing."""
    from subctl.domain.contract import State
    from subctl.service.spaces import NewSpace

    def count(key: str, low: int = 0) -> int:
        text = texts.get(key)
        return parse_count("0" if text is None else text, f"--{key}", low)

    def day(key: str) -> date | None:
        text = texts.get(key)
        return None if text is None else parse_date(text, f"--{key}")

    return NewSpace(
        id=parse_id(texts.get("id") or ""),
        name=parse_text(texts.get("name") or "", "The name"),
        state=State(
            texts.get("plan") or "",
            count("users", 1),
            count("zoom"),
            options.one_billing(_or(texts.get("billing"), MONTHLY)),
        ),
        country=parse_country(texts.get("country")),
        start=day("start"),
        renews_on=day("renews-on"),
        billed_through=day("billed-through"),
        active_users=count("active-users"),
        address=_text(texts.get("address"), "The address"),
        vat_id=_text(texts.get("vat-id"), "The VAT number"),
        email=parse_email(texts.get("email")),
        reference=_text(texts.get("reference"), "The reference"),
        payment=parse_payment(_or(texts.get("payment"), PAYMENTS[0])),
        iban=_iban(texts.get("iban")),
    )


@space_app.command("import")
def space_import(ctx: typer.Context, file: File, dry_run: options.DryRun = False) -> None:
    """Add many spaces from a CSV file whose columns are named like the options of space add."""
    from subctl.cli.progress import watched
    from subctl.service import batch

    settings: Settings = ctx.obj
    rows = batch.read_rows(options.path(file), SPACE_COLUMNS, ("id", "name", "plan", "users"))
    new = ((row.line, options.at_line(row.line, _from_row, row)) for row in rows)
    with watched("Spaces", wanted=not settings.quiet) as progress:
        document = batch.import_spaces(
            settings.caller(dry_run=dry_run), new, batch.count_lines(options.path(file)), progress
        )
    settings.show(document)


def _or(text: str | None, default: str) -> str:
    return default if text is None else text


def _from_row(row: "Row") -> "NewSpace":
    return new_space({column: text.strip() or None for column, text in row.cells.items()})


@space_app.command("set")
def space_set(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="The space.")],
    name: Annotated[str | None, typer.Option(metavar="NAME", help="The customer's name on invoices.")] = None,
    country: Annotated[str | None, typer.Option(metavar="CC", help="The country, two letters.")] = None,
    vat_id: Annotated[str | None, typer.Option(metavar="NUMBER", help="The VAT number; empty takes it out.")] = None,
    address: Annotated[str | None, typer.Option(metavar="TEXT", help="The address; empty takes it out.")] = None,
    email: Annotated[str | None, typer.Option(metavar="EMAIL", help="Where invoices go; empty takes it out.")] = None,
    reference: Annotated[str | None, typer.Option(metavar="PO", help="The purchase order; empty takes it out.")] = None,
    payment: Annotated[str | None, typer.Option(metavar="|".join(PAYMENTS), help="How invoices are paid.")] = None,
    iban: Annotated[str | None, typer.Option(metavar="IBAN", help="For direct debits; empty takes it out.")] = None,
    active_users: Annotated[str | None, typer.Option(metavar="N", help="How many users are active.")] = None,
    lock: Annotated[bool | None, typer.Option("--lock/--unlock", help="Managed by the vendor's staff, or not.")] = None,
    default: Annotated[bool, typer.Option("--default", help="Make it the store's default space.")] = False,
    dry_run: options.DryRun = False,
) -> None:
    """Change a space's details; they are used from the next invoice on."""
    from subctl.service import spaces

    settings: Settings = ctx.obj
    wanted = spaces.Details(
        name=_text(name, "The name"),
        country=parse_country(country),
        address=address and _text(address, "The address"),
        vat_id=vat_id and _text(vat_id, "The VAT number"),
        email=email and parse_email(email),
        reference=reference and _text(reference, "The reference"),
        payment=None if payment is None else parse_payment(payment),
        iban=iban and _iban(iban),
        active_users=None if active_users is None else parse_count(active_users, "--active-users"),
        locked=lock,
        default=default,
    )
    settings.show(spaces.set_space(settings.caller(dry_run=dry_run), not_empty("The space", id_), wanted))


@catalog_app.command("export")
def catalog_export(ctx: typer.Context) -> None:
    """Print the catalog in force as a catalog file."""
    from subctl.service import catalogs
    from subctl.view.output import write_catalog

    settings: Settings = ctx.obj
    write_catalog(catalogs.export(settings.caller()), settings.format)


@catalog_app.command("check")
def catalog_check(ctx: typer.Context, file: File) -> None:
    """Check a catalog file; every fault is named by its key."""
    from subctl.service import catalogs

    settings: Settings = ctx.obj
    settings.show(catalogs.check(options.path(file)))


@catalog_app.command("import")
def catalog_import(ctx: typer.Context, file: File, dry_run: options.DryRun = False) -> None:
    """Add a catalog that is valid from tomorrow or later."""
    from subctl.service import catalogs

    settings: Settings = ctx.obj
    settings.show(catalogs.import_(settings.caller(dry_run=dry_run), options.path(file)))


@admin_app.command("list")
def admin_list(ctx: typer.Context) -> None:
    """List who may do what."""
    from subctl.service import admins

    settings: Settings = ctx.obj
    settings.show(admins.list_administrators(settings.caller()))


@admin_app.command("add")
def admin_add(
    ctx: typer.Context, account: Account, space: options.Space = None, dry_run: options.DryRun = False
) -> None:
    """Make an account an administrator of a space, or without --space of the store."""
    from subctl.service import admins

    settings: Settings = ctx.obj
    settings.show(admins.add(settings.caller(dry_run=dry_run), account, options.given(space)))


@admin_app.command("remove")
def admin_remove(
    ctx: typer.Context, account: Account, space: options.Space = None, dry_run: options.DryRun = False
) -> None:
    """Take an account's right to a space, or without --space to the store, away."""
    from subctl.service import admins

    settings: Settings = ctx.obj
    settings.show(admins.remove(settings.caller(dry_run=dry_run), account, options.given(space)))


def _text(text: str | None, what: str) -> str | None:
    return None if text is None else parse_text(text, what)


def _iban(text: str | None) -> str | None:
    return None if text is None else parse_text(text, "The IBAN", digits=True)


def parse_country(text: str | None) -> str | None:
    """Return a country's two capital letters; Greece is GR also where EL was written (`bad_input`)."""
    if text is None:
        return None
    from subctl.domain.tax import country_code, is_country

    code = text.upper()
    if not (len(code) == len("NL") and code.isascii() and code.isalpha()):
        raise bad_input(f"--country can't be '{safe(text)}'.", "Give the two letters of ISO 3166, like NL.")
    if code == "UK":
        raise bad_input("--country can't be UK.", "The United Kingdom's two letters are GB.")
    if not is_country(code):
        raise bad_input(f"There is no country {code}.", "Give the two letters of ISO 3166, like NL.")
    return country_code(code)


def parse_email(text: str | None) -> str | None:
    """Return an address that could be one of a mailbox (`bad_input`)."""
    if text is None:
        return None
    name, at, host = parse_text(text, "The e-mail address").rpartition("@")
    if not (name and at and "." in host) or " " in name + host:
        raise bad_input(f"'{safe(text)}' is not an e-mail address.")
    return name + at + host


def parse_payment(text: str) -> str:
    """Return one of the ways to pay (`bad_input`)."""
    if text not in PAYMENTS:
        raise bad_input(f"--payment can't be '{safe(text)}'.", f"Choose {', '.join(PAYMENTS[:-1])} or {PAYMENTS[-1]}.")
    return text
