"""Every country that a customer may be in has a name, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale

import subctl
from subctl.domain.countries import COUNTRIES
from subctl.domain.languages import LANGUAGES
from subctl.view.countries import country
from subctl.view.language import speaking

FOLDER = Path(subctl.__file__).parent / "data" / "countries"

OURS = {
    "fr": {
        "CD": "République démocratique du Congo",
        "CG": "République du Congo",
        "HK": "Hong Kong",
        "MM": "Myanmar",
        "MO": "Macao",
        "PS": "Palestine",
    },
    "nl": {
        "CD": "Democratische Republiek Congo",
        "CG": "Republiek Congo",
        "HK": "Hongkong",
        "MM": "Myanmar",
        "MO": "Macau",
        "PS": "Palestina",
    },
    "de": {
        "CD": "Demokratische Republik Kongo",
        "CG": "Republik Kongo",
        "HK": "Hongkong",
        "MO": "Macau",
        "PS": "Palästina",
    },
}
"""What the last line of an address says where CLDR explains instead: by capitals, a status or an older name."""


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
    assert country("ZZ") == "ZZ", "a document may say so that somebody altered"


def test_every_language_has_all():
    """One line a country, sorted by its code, and no file beside."""
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{language}.txt" for language in LANGUAGES)
    for language in LANGUAGES:
        lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
        assert [line[:3] for line in lines] == [f"{code} " for code in sorted(COUNTRIES)]


@pytest.mark.parametrize("language", OURS)
def test_names_are_cldrs(language):
    """As everyone writes them in the language, but for those of which CLDR's would stand on no letter."""
    territories = Locale(language).territories
    with speaking(language):
        names = {code: country(code) for code in COUNTRIES}
    assert {code: name for code, name in names.items() if name != territories[code]} == OURS[language]
    assert len(set(names.values())) == len(names)
