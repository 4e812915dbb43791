"""Every country that a customer may be in has a name."""

from subctl.domain.countries import COUNTRIES
from subctl.view.countries import country


def test_every_country_has_a_name():
    """No page ends in an error over a customer's country, and no two have one name."""
    names = {code: country(code) for code in COUNTRIES}
    assert len(set(names.values())) == len(names)
    assert (names["NL"], names["CI"], names["GS"], names["XK"]) == (
        "Netherlands",
        "Côte d'Ivoire",
        "South Georgia and the South Sandwich Islands",
        "Kosovo",
    )
    assert country("EL") == names["GR"], "a catalog's seller may be written so"
