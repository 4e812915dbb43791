"""The names of countries, as addresses have them in each language: a file of data for each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from subctl.domain.tax import country_code
from subctl.view.language import spoken

_FOLDER = Path(__file__).parent.parent / "data" / "countries"


@cache
def _names(language: str) -> dict[str, str]:
    lines = (_FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return {code: name for code, _, name in (line.partition(" ") for line in lines)}


def country(code: str) -> str:
    """Return a country's name in the language that is spoken: `Netherlands` for `NL`, and `Greece` for `EL` too.

    A code that is no country's stands for itself: a document that says it can be read.
    """
    return _names(spoken()).get(country_code(code), code)
