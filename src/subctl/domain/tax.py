"""VAT: which category an invoice has, at which rate, and the words that go with it (pricing.md 3.3)."""

from subctl.domain.catalog import Seller
from subctl.domain.money import format_rate, round_half_up
from subctl.domain.record import Record

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

STANDARD, REVERSE_CHARGE, OUTSIDE, EXEMPT = "S", "AE", "O", "E"

_SAME_FOR_VAT = {"EL": "GR", "MC": "FR", "IM": "GB"}
"""Greece writes EL on its VAT numbers; Monaco is France for VAT, and the Isle of Man Great Britain."""

_PERCENT = 100 * 10_000


class Vat(Record):
    """A category (`S`, `AE`, `O` or `E`), a rate as percentage in ten-thousandths, and what an invoice says of it.

    `country` and `seller_vat_id` are the seller's in force for it (pricing.md 3.3). With `AE` it names the buyer's
    `vat_id`; with `E` the seller's sentence, `exempt`. `words` are those that a document kept when it was issued.
    """

    category: str
    rate: int
    country: str | None = None
    seller_vat_id: str | None = None
    vat_id: str | None = None
    exempt: str | None = None
    words: str | None = None

    def on(self, net: int) -> int:
        """Return the VAT on a net amount, rounded half up once (pricing.md 3.3)."""
        return round_half_up(net * self.rate, _PERCENT)


def country_code(country: str) -> str:
    """Return the one code of a country: Greece writes EL on its VAT numbers and GR elsewhere."""
    return "GR" if country == "EL" else country


def vat_country(country: str) -> str:
    """Return the country under whose VAT a place falls (pricing.md 3.3)."""
    return _SAME_FOR_VAT.get(country, country)


def is_exempt(seller: Seller) -> bool:
    """Tell whether a seller may only write exempt invoices: in the EU, and without a VAT number (pricing.md 3.3)."""
    return vat_country(seller.country) in EU and seller.vat_id is None


def is_country(country: str) -> bool:
    """Tell whether there is a country with these two capital letters; a slip would make an invoice without VAT."""
    from subctl.domain.countries import COUNTRIES  # noqa: PLC0415  # asked only when something is entered

    return country_code(country) in COUNTRIES


def vat_for(seller: Seller, country: str, vat_id: str | None) -> Vat:
    """Return the VAT of an invoice to a buyer in `country` with this VAT number, or none (pricing.md 3.3).

    A catalog from before there were exempt invoices has no sentence for them, and goes on as it did (7.3).
    """
    seller_country, buyer_country = vat_country(seller.country), vat_country(country)
    standard = Vat(STANDARD, seller.vat_rate, seller.country, seller.vat_id)
    if is_exempt(seller) and seller.vat_exempt is not None:
        return standard._replace(category=EXEMPT, rate=0, exempt=seller.vat_exempt)
    if buyer_country == seller_country:
        return standard
    if seller_country in EU and buyer_country in EU:
        if vat_id is None:
            return standard
        return standard._replace(category=REVERSE_CHARGE, rate=0, vat_id=vat_id)
    return standard._replace(category=OUTSIDE, rate=0)


def format_percentage(rate: int) -> str:
    """Write a percentage as short as it is exact: `"21"`, `"5.5"`."""
    return format_rate(rate).rstrip("0").rstrip(".")
