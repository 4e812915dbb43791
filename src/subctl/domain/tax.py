"""VAT: which category an invoice has, at which rate, and the words that go with it (pricing.md 3.3)."""

from typing import NamedTuple

from subctl.domain.catalog import Seller
from subctl.domain.money import format_rate, round_half_up

EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)

STANDARD, REVERSE_CHARGE, OUTSIDE = "S", "AE", "O"

_PERCENT = 100 * 10_000


class Vat(NamedTuple):
    """A category (`S`, `AE` or `O`), a rate as percentage in ten-thousandths, and what an invoice has to say of it.

    With `AE` it names the buyer's `vat_id`, with `O` the seller's `country`. `words` are those of a document by the
    first rules, which kept them instead.
    """

    category: str
    rate: int
    country: str | None = None
    vat_id: str | None = None
    words: str | None = None

    def on(self, net: int) -> int:
        """Return the VAT on a net amount, rounded half up once (pricing.md 3.3)."""
        return round_half_up(net * self.rate, _PERCENT)


def country_code(country: str) -> str:
    """Return the one code of a country: Greece writes EL on its VAT numbers and GR elsewhere."""
    return "GR" if country == "EL" else country


def is_country(country: str) -> bool:
    """Tell whether there is a country with these two capital letters; a slip would make an invoice without VAT."""
    from subctl.domain.countries import COUNTRIES  # noqa: PLC0415  # asked only when something is entered

    return country_code(country) in COUNTRIES


def vat_for(seller: Seller, country: str, vat_id: str | None) -> Vat:
    """Return the VAT of an invoice to a buyer in `country` with this VAT number, or none."""
    seller_country, buyer_country = country_code(seller.country), country_code(country)
    if buyer_country == seller_country:
        return Vat(STANDARD, seller.vat_rate)
    if seller_country in EU and buyer_country in EU:
        if vat_id is None:
            return Vat(STANDARD, seller.vat_rate)
        return Vat(REVERSE_CHARGE, 0, vat_id=vat_id)
    return Vat(OUTSIDE, 0, country=seller.country)


def format_percentage(rate: int) -> str:
    """Write a percentage as short as it is exact: `"21"`, `"5.5"`."""
    return format_rate(rate).rstrip("0").rstrip(".")
