"""VAT: category, rate, wording and the one rounding (pricing.md 3.3)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.tax import EU, Vat, country_code, format_percentage, vat_for
from tests.support.build import CATALOG

AT_HOME = Vat("S", 210_000)
OUTSIDE_NL = Vat("O", 0, country="NL")


def reverse(vat_id: str) -> Vat:
    return Vat("AE", 0, vat_id=vat_id)


@pytest.mark.parametrize(
    ("seller", "buyer", "vat_id", "vat"),
    [
        ("NL", "NL", None, AT_HOME),
        ("NL", "NL", "NL123456782B90", AT_HOME),
        ("NL", "DE", "DE136695976", reverse("DE136695976")),
        ("NL", "DE", None, AT_HOME),
        ("NL", "GR", "EL094259216", reverse("EL094259216")),
        ("NL", "EL", "EL094259216", reverse("EL094259216")),
        ("EL", "GR", "EL094259216", AT_HOME),
        ("GR", "EL", None, AT_HOME),
        ("NL", "US", None, OUTSIDE_NL),
        ("NL", "GB", "GB980780684", OUTSIDE_NL),
        ("CH", "DE", "DE136695976", Vat("O", 0, country="CH")),
        ("CH", "US", None, Vat("O", 0, country="CH")),
        ("CH", "CH", None, AT_HOME),
    ],
)
def test_the_countries_and_the_vat_number_decide(seller: str, buyer: str, vat_id: str | None, vat: Vat) -> None:
    """pricing.md 3.3: `S` at home, `AE` with a VAT number elsewhere in the EU, `S` without, `O` for the rest."""
    assert vat_for(CATALOG.seller._replace(country=seller), buyer, vat_id) == vat


def test_greece_has_one_code() -> None:
    """pricing.md 3.3: EL and GR are the same country."""
    assert [country_code(code) for code in ("EL", "GR", "NL")] == ["GR", "GR", "NL"]


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
