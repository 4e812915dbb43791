"""VAT: category, rate, wording and the one rounding (pricing.md 3.3)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.tax import EU, Vat, country_code, format_percentage, is_country, is_exempt, vat_country, vat_for
from tests.support.build import AT_HOME, CATALOG

NUMBER = CATALOG.seller.vat_id
SMALL = "Small business: exempt from VAT."


def home(country: str) -> Vat:
    return AT_HOME._replace(country=country)


def reverse(country: str, vat_id: str) -> Vat:
    return Vat("AE", 0, country, NUMBER, vat_id=vat_id)


def outside(country: str) -> Vat:
    return Vat("O", 0, country, NUMBER)


@pytest.mark.parametrize(
    ("seller", "buyer", "vat_id", "vat"),
    [
        ("NL", "NL", None, home("NL")),
        ("NL", "NL", "NL123456782B90", home("NL")),
        ("NL", "DE", "DE136695976", reverse("NL", "DE136695976")),
        ("NL", "DE", None, home("NL")),
        ("NL", "GR", "EL094259216", reverse("NL", "EL094259216")),
        ("NL", "EL", "EL094259216", reverse("NL", "EL094259216")),
        ("EL", "GR", "EL094259216", home("EL")),
        ("GR", "EL", None, home("GR")),
        ("NL", "US", None, outside("NL")),
        ("NL", "GB", "GB980780684", outside("NL")),
        ("NL", "GB", "XI980780684", outside("NL")),
        ("CH", "DE", "DE136695976", outside("CH")),
        ("CH", "US", None, outside("CH")),
        ("CH", "CH", None, home("CH")),
    ],
)
def test_the_countries_and_the_vat_number_decide(seller: str, buyer: str, vat_id: str | None, vat: Vat) -> None:
    """pricing.md 3.3: `S` at home, `AE` with a VAT number elsewhere in the EU, `S` without, `O` for the rest."""
    assert vat_for(CATALOG.seller._replace(country=seller), buyer, vat_id) == vat


@pytest.mark.parametrize(
    ("seller", "buyer", "vat_id", "vat"),
    [
        ("NL", "MC", "FR83404833048", reverse("NL", "FR83404833048")),
        ("NL", "MC", None, home("NL")),
        ("FR", "MC", "FR83404833048", home("FR")),
        ("MC", "FR", None, home("MC")),
        ("MC", "MC", None, home("MC")),
        ("MC", "DE", "DE136695976", reverse("MC", "DE136695976")),
        ("NL", "IM", "GB980780684", outside("NL")),
        ("GB", "IM", None, home("GB")),
        ("IM", "GB", "GB980780684", home("IM")),
        ("IM", "DE", None, outside("IM")),
    ],
)
def test_monaco_is_france_and_the_isle_of_man_great_britain(
    seller: str, buyer: str, vat_id: str | None, vat: Vat
) -> None:
    """pricing.md 3.3: for VAT, on either side of an invoice; the country that is named stays what it is."""
    assert vat_for(CATALOG.seller._replace(country=seller), buyer, vat_id) == vat


@pytest.mark.parametrize(
    ("seller", "buyer", "vat_id"),
    [("NL", "NL", None), ("NL", "DE", "DE136695976"), ("NL", "US", None), ("MC", "FR", None), ("EL", "GR", None)],
)
def test_a_seller_in_the_eu_without_a_number_writes_exempt_invoices_only(
    seller: str, buyer: str, vat_id: str | None
) -> None:
    """pricing.md 3.3: `E` whoever buys, with the catalog's own sentence."""
    small = CATALOG.seller._replace(country=seller, vat_id=None, vat_exempt=SMALL)
    assert vat_for(small, buyer, vat_id) == Vat("E", 0, seller, exempt=SMALL)


@pytest.mark.parametrize(("country", "vat_id"), [("CH", None), ("GB", None), ("NL", NUMBER)])
def test_other_sellers_are_not_exempt_whatever_their_catalog_says(country: str, vat_id: str | None) -> None:
    """pricing.md 3.3: outside the EU, or with a number of its own."""
    seller = CATALOG.seller._replace(country=country, vat_id=vat_id, vat_exempt=SMALL)
    assert (is_exempt(seller), vat_for(seller, country, None)) == (False, Vat("S", 210_000, country, vat_id))


def test_a_catalog_from_before_exempt_invoices_goes_on_as_it_did() -> None:
    """pricing.md 7.3: without a number and without the sentence, `S` until another catalog follows."""
    seller = CATALOG.seller._replace(vat_id=None)
    assert (is_exempt(seller), vat_for(seller, "NL", None)) == (True, Vat("S", 210_000, "NL"))


def test_greece_has_one_code() -> None:
    """pricing.md 3.3: EL and GR are the same country."""
    assert [country_code(code) for code in ("EL", "GR", "NL")] == ["GR", "GR", "NL"]


def test_places_fall_under_the_vat_of_a_country() -> None:
    """pricing.md 3.3: a VAT number has to be of this country."""
    assert [vat_country(code) for code in ("MC", "IM", "EL", "GR", "NL")] == ["FR", "GB", "GR", "GR", "NL"]


def test_countries_are_those_that_there_are() -> None:
    """pricing.md 3.3: a slip would make an invoice without VAT; Greece may be written either way."""
    assert [is_country(code) for code in ("NL", "EL", "GR", "MC", "IM", "XX", "UK")] == [True] * 5 + [False] * 2


def test_the_union_has_27_countries() -> None:
    """pricing.md 3.3: Greece under one code, and the United Kingdom not among them."""
    assert len(EU) == 27
    assert EU.isdisjoint({"EL", "GB", "XI", "CH", "NO"})


@pytest.mark.parametrize(
    ("rate", "net", "vat"),
    [
        (210_000, 65_000, 13_650),
        (210_000, 2_500, 525),
        (210_000, 0, 0),
        (210_000, -65_000, -13_650),
        (210_000, 50, 11),
        (210_000, -50, -11),
        (55_000, 10, 1),
        (55_000, 9, 0),
        (0, 65_000, 0),
    ],
)
def test_vat_is_on_the_net_sum_rounded_half_up(rate: int, net: int, vat: int) -> None:
    """pricing.md 3.3: 21 % of 0.50 is 0.105, and so 0.11."""
    assert Vat("S", rate).on(net) == vat


@given(st.integers(-(10**9), 10**9), st.integers(0, 1_000_000))
def test_vat_is_off_by_half_a_cent_at_most(net: int, rate: int) -> None:
    """pricing.md 3.3: VAT is rounded once; a credit note's VAT is that of its invoice, with a minus."""
    vat = Vat("S", rate)
    assert abs(vat.on(net) - Fraction(net * rate, 1_000_000)) <= Fraction(1, 2)
    assert vat.on(-net) == -vat.on(net)


@pytest.mark.parametrize(
    ("rate", "text"), [(210_000, "21"), (55_000, "5.5"), (0, "0"), (1_000_000, "100"), (1, "0.0001")]
)
def test_a_percentage_is_as_short_as_it_is_exact(rate: int, text: str) -> None:
    """pricing.md 3.3: 21, 5.5, 0."""
    assert format_percentage(rate) == text
