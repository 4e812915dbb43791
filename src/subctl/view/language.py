"""The language that is spoken: which one, its catalogue of texts, and how sentences are said in it.

English is what stands in the code, and needs no catalogue. Who reads chooses the language of screens, a document has
its own: `speak` and `speaking` say which; everything that makes words asks here (docs/languages.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from subctl.domain.languages import ENGLISH, LANGUAGES
from subctl.domain.money import Amount, format_amount
from subctl.domain.secrets import concealed
from subctl.domain.sentence import Sentence

if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN = "subctl"
FOLDER = Path(__file__).parent.parent / "data" / "languages"
"""Where the catalogues are: `fr/LC_MESSAGES/subctl.mo`."""


class UnreadableError(Exception):
    """The catalogue of a language is missing or broken, or there is no such language."""


class _Spoken:
    """The language that is spoken now, with its catalogue; English has none."""

    language = ENGLISH
    catalogue: NullTranslations | None = None


_catalogues: dict[str, NullTranslations] = {}


def spoken() -> str:
    """Return the language that is spoken now."""
    return _Spoken.language


def speak(language: str) -> None:
    """Speak a language from now on; raise `UnreadableError` where its texts can't be read, and go on as before."""
    _Spoken.language, _Spoken.catalogue = language, _catalogue(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = _Spoken.language, _Spoken.catalogue
    speak(language)
    try:
        yield
    finally:
        _Spoken.language, _Spoken.catalogue = before


def readable(language: str) -> str:
    """Return a language, or English where its texts can't be read."""
    try:
        _catalogue(language)
    except UnreadableError:
        return ENGLISH
    return language


def _catalogue(language: str) -> NullTranslations | None:
    if language == ENGLISH:
        return None
    if language not in _catalogues:
        if language not in LANGUAGES:  # what a damaged store says of a buyer must name no file
            raise UnreadableError(language)
        import struct
        from gettext import translation

        try:
            _catalogues[language] = translation(DOMAIN, FOLDER, [language])
        except (OSError, ValueError, struct.error) as error:  # no such file, no catalogue, no text in it
            raise UnreadableError(str(error)) from error
    return _catalogues[language]


def _(text: str) -> str:
    """Return a text in the language that is spoken."""
    return _Spoken.catalogue.gettext(text) if _Spoken.catalogue and text else text


def pgettext(context: str, text: str) -> str:
    """Return a text that has several senses, in the sense of a context: `order` that is placed, or an order."""
    return _Spoken.catalogue.pgettext(context, text) if _Spoken.catalogue else text


def ngettext(one: str, many: str, number: int) -> str:
    """Return the text for a number, with `{number}` still in it."""
    if _Spoken.catalogue:
        return _Spoken.catalogue.ngettext(one, many, number)
    return one if number == 1 else many


def said(sentence: Sentence) -> str:
    """Say a sentence in the language that is spoken; its days, amounts and its number as they are written there."""
    template, values, many, number = sentence
    template = ngettext(template, many, number) if many else _(template)
    shown = {name: _value(value, counted=bool(many) and name == "number") for name, value in values.items()}
    return template.format_map(shown) if values else template


def told(sentence: Sentence) -> str:
    """Say what is wrong, or what to do: with no card number and no password, whoever typed it where."""
    return concealed(said(sentence))


def _value(value: object, *, counted: bool) -> object:
    from subctl.view.forms import FORMS

    if isinstance(value, Sentence):
        return said(value)
    if isinstance(value, date):
        return FORMS[spoken()].day(value)
    if isinstance(value, Amount):
        return FORMS[spoken()].amount(format_amount(value.amount, value.currency), value.currency)
    return FORMS[spoken()].number(str(value)) if counted else value
