"""What is given to the services as people write it: catalog files, VAT numbers, amounts."""

from __future__ import annotations

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
