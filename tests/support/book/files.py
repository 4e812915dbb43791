"""What is given to the services as people write it: catalog files, VAT numbers, amounts."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.oracle.terms import EU, Catalog, tax_country

CURRENCIES = {0: "JPY", 2: "EUR", 3: "KWD", 4: "CLF"}

VAT_IDS = {
    "NL": ("NL123456782B90",),
    "DE": ("DE136695976",),
    "FR": ("FR40303265045",),
    "MC": ("FR40303265045",),
    "GR": ("EL094259216", "GR094259216"),
    "GB": ("GB980780684", "XI980780684"),
    "IM": ("GB980780684",),
    "CH": ("CHE107787577IVA",),
}
"""Well-formed VAT numbers by country; Monaco has French ones, the Isle of Man British ones (pricing.md 3.3)."""

PARTY = ("street", "postcode", "city", "legal_id", "endpoint", "buyer_reference", "contact", "phone", "e_invoice")
"""What is told of a customer for papers."""

TOLD = {
    "address": ("Road 2\n1000 Town",),
    "email": ("pay@buyer.example",),
    "reference": ("PO 7", "PO 8"),
    "iban": ("NL91ABNA0417164300",),
    "street": ("Side Street 3",),
    "postcode": ("2000",),
    "city": ("Village", "Hamlet"),
    "legal_id": ("0106:12345678",),
    "endpoint": ("0106:12345678",),
    "buyer_reference": ("Desk 4", "991-12345-06"),
    "contact": ("Ann Other",),
    "phone": ("+31 20 765 4321",),
    "e_invoice": ("peppol", "xrechnung", "fr", "en16931"),
}
"""What can be told of a customer beside name, country and VAT number, and some ways to."""

SELLERS: Mapping[str, Mapping[str, str]] = {
    "Seller": {
        "street": "Street 1",
        "postcode": "1015 CN",
        "city": "Amsterdam",
        "legal_id": "0106:12345678",
        "tax_id": "1234567",
        "endpoint": "0106:12345678",
        "contact": "Accounts",
        "phone": "+31 20 123 4567",
        "email": "invoices@seller.example",
        "iban": "NL91ABNA0417164300",
        "bic": "ABNANL2A",
    },
    "Seller Ltd": {},
}
"""Two sellers by name: one that says all of itself that papers can want, and one that says the least."""

NOT_A_VAT_ID = "NL1"

EXEMPT = "VAT exempt, small business scheme."


def toml(catalog: Catalog, *, currency: str | None = None, country: str | None = None) -> str:
    """Write a catalog file; it may be of another currency or country than the catalog says."""
    seller = catalog.seller
    lines = [
        'name = "Catalog"',
        f"valid_from = {catalog.valid_from}",
        f'currency = "{currency or CURRENCIES[catalog.digits]}"',
        "[seller]",
        f'name = "{seller.name}"',
        'address = "Street 1"',
        f'country = "{country or seller.country}"',
        f'vat_rate = "{_decimal(seller.vat_rate)}"',
        'timezone = "Europe/Amsterdam"',
        'support = "help@seller.example"',
    ]
    if seller.vat_id and country is None:
        lines.append(f'vat_id = "{seller.vat_id}"')
    if tax_country(country or seller.country) in EU:
        lines.append(f'vat_exempt = "{EXEMPT}"')
    lines += [f'{key} = "{value}"' for key, value in SELLERS[seller.name].items()]
    lines += [
        "[policy]",
        f"notice_months = {catalog.notice}",
        f"quote_days = {catalog.quote_days}",
        f"payment_days = {catalog.payment_days}",
    ]
    if catalog.rise_notice is not None:
        lines.append(f"rise_notice_months = {catalog.rise_notice}")
    for plan, pair in catalog.plans.items():
        least, most = catalog.limits.get(plan, (1, None))
        lines += [*_price(f"plans.{plan}", plan.title(), pair), f"min_users = {least}"]
        lines += [f"max_users = {most}"] if most is not None else []
        lines += ["self_service = false"] if plan in catalog.managed else []
        lines += [f"spaces = {list(catalog.private[plan])}"] if plan in catalog.private else []
    for kind, pair in catalog.licences.items():
        lines += _price(f"licences.{kind}", f"{kind.title()} licence", pair)
    return "\n".join(lines) + "\n"


def _price(table: str, title: str, pair: tuple[int, int]) -> list[str]:
    monthly, annual = map(_decimal, pair)
    return [f"[{table}]", f'title = "{title}"', f'monthly = "{monthly}"', f'annual = "{annual}"']


def _decimal(number: int) -> str:
    """Write ten-thousandths."""
    return f"{number // 10_000}.{number % 10_000:04d}"


def amount(minor: int, digits: int) -> str:
    """Write an amount in minor units as `--expect` takes it."""
    return f"{minor // 10**digits}.{minor % 10**digits:0{digits}d}" if digits else str(minor)
