"""space add: a space with its contract, entered."""

from typing import Annotated

import typer

from subctl.cli import licences, options, party
from subctl.cli.declaration import Declaration
from subctl.cli.details import new_space
from subctl.cli.settings import Settings
from subctl.domain.refusals import PAYMENTS
from subctl.service.access import STORE

DECLARED = Declaration(
    right=STORE,
    documents=("contract",),
    examples=(
        "subctl space add bistro --name 'Bistro 7' --plan pro --users 4",
        "subctl space add ltd --name Ltd --plan starter --users 3 --billing annual",
        "subctl space add cafe --name Cafe --plan pro --users 2 --language fr",
    ),
)


def run(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits, dots and hyphens.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="The customer's name on invoices.")],
    plan: Annotated[str, typer.Option(metavar="PLAN", help="The plan.")],
    users: Annotated[str, typer.Option(metavar="N", help="The number of users.")],
    zoom: options.Zoom = None,
    licence: options.Licence = None,
    billing: Annotated[str, typer.Option(metavar="monthly|annual", help="How it is paid.")] = "monthly",
    start: Annotated[str | None, typer.Option(metavar="DATE", help="First day of use; without it today.")] = None,
    renews_on: Annotated[str | None, typer.Option(metavar="DATE", help="The next renewal date (annual).")] = None,
    billed_through: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day that was invoiced elsewhere.")
    ] = None,
    active_users: Annotated[str, typer.Option(metavar="N", help="How many users are active.")] = "0",
    country: Annotated[str | None, typer.Option(metavar="CC", help="Without it the seller's.")] = None,
    vat_id: Annotated[str | None, typer.Option(metavar="NUMBER", help="The VAT number.")] = None,
    address: Annotated[str | None, typer.Option(metavar="TEXT", help="The address; it may have lines.")] = None,
    email: Annotated[str | None, typer.Option(metavar="EMAIL", help="Where invoices go.")] = None,
    reference: Annotated[str | None, typer.Option(metavar="PO", help="The purchase order's number.")] = None,
    payment: Annotated[str, typer.Option(metavar="|".join(PAYMENTS), help="How invoices are paid.")] = PAYMENTS[0],
    iban: Annotated[str | None, typer.Option(metavar="IBAN", help="For direct debits.")] = None,
    street: party.Street = None,
    postcode: party.Postcode = None,
    city: party.City = None,
    legal_id: party.LegalId = None,
    endpoint: party.Endpoint = None,
    buyer_reference: party.BuyerReference = None,
    contact: party.Contact = None,
    phone: party.Phone = None,
    language: party.Language = None,
    e_invoice: party.EInvoice = None,
    dry_run: options.DryRun = False,
    as_support: options.AsSupport = False,
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
            "street": street,
            "postcode": postcode,
            "city": city,
            "legal-id": legal_id,
            "endpoint": endpoint,
            "buyer-reference": buyer_reference,
            "contact": contact,
            "phone": phone,
            "language": language,
            "e-invoice": e_invoice,
        },
        licences.named(zoom, licence),
    )
    settings.show(spaces.add_space(settings.caller(dry_run=dry_run, as_support=as_support), new))
