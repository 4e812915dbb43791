"""Catalogues of a language with only the texts that a test names: what isn't in them is said in English."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from subctl.view import language

Texts = Mapping[str | tuple[str, str], str | tuple[str, ...]]
"""A text and its translation; one with a plural has two, and as many as its language has forms."""


def translated(patch: pytest.MonkeyPatch, folder: Path, **languages: Texts) -> None:
    """Let languages have these texts alone; any other language can't be read."""
    for name, texts in languages.items():
        catalogue = Catalog(locale=name, domain=language.DOMAIN)
        for text, said in texts.items():
            catalogue.add(text, said)
        place = folder / name / "LC_MESSAGES"
        place.mkdir(parents=True)
        with (place / f"{language.DOMAIN}.mo").open("wb") as file:
            write_mo(file, catalogue)
    patch.setattr(language, "FOLDER", folder)
    patch.setattr(language, "_catalogues", {})
