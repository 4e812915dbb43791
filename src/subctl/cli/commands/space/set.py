"""space set: a space's details, changed."""

from typing import Annotated

import typer

from subctl.cli import options, party
from subctl.cli.declaration import Declaration
from subctl.cli.details import (
    parse_address,
    parse_country,
    parse_iban,
    parse_payment,
    parse_vat_id,
    some_text,
)
from subctl.cli.settings import Settings, not_empty
from subctl.domain.refusals import PAYMENTS
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import parse_count, parse_email
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,  # --lock, --unlock and --default need the store's
    documents=("contract",),
    examples=(
        "subctl space set acme --active-users 9",
        "subctl space set acme --name 'Acme Europe' --email ap@acme.example",
        "subctl space set acme --lock --default",
    ),
)


def run(
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
    active_users: Annotated[str | None, typer.Option(metavar="N", help="How many users are active.")] = None,
    lock: Annotated[bool | None, typer.Option("--lock/--unlock", help="Managed by the vendor's staff, or not.")] = None,
    default: Annotated[bool, typer.Option("--default", help="Make it the store's default space.")] = False,
    dry_run: options.DryRun = False,
) -> None:
    """Change a space's details; they are used from the next invoice on.

    An empty text takes out what an invoice may be without.
    """
    from subctl.service import spaces

    settings: Settings = ctx.obj
    wanted = spaces.Details(
        name=some_text(name, Sentence(N_("The name"))),
        country=parse_country(country),
        address=address and parse_address(address),
        vat_id=vat_id and parse_vat_id(vat_id),
        email=email and parse_email(email),
        reference=reference and some_text(reference, Sentence(N_("The reference"))),
        payment=None if payment is None else parse_payment(payment),
        iban=iban and parse_iban(iban),
        party=party.read_party(
            {
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
            empties=True,
        ),
        active_users=None if active_users is None else parse_count(active_users, "--active-users"),
        locked=lock,
        default=default,
    )
    settings.show(spaces.set_space(settings.caller(dry_run=dry_run), not_empty(Sentence(N_("The space")), id_), wanted))
