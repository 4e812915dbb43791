"""The catalogues of texts: each is whole, each text has the places of the English one, and terms are the glossary's."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from subctl.domain.languages import ENGLISH, LANGUAGES

ROOT = Path(__file__).parents[2]
TRANSLATED = [language for language in LANGUAGES if language != ENGLISH]
KEPT = re.compile(r"--[a-z][a-z-]*|\bsubctl\b|SUBCTL_[A-Z]+|\bX[A-Z_]+|https?://\S+")


def texts(language):
    """Return the messages of a language but for its head."""
    with (ROOT / "languages" / f"{language}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def forms(message):
    """Yield each text of a language with the English one it stands for."""
    if isinstance(message.id, str):
        yield message.id, message.string
    else:
        for place, said in enumerate(message.string):
            yield message.id[min(place, 1)], said


def places(text):
    """Return the named places of a template, sorted; none of a text that is no template."""
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name is not None})


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_there_and_none_is_a_guess(language):
    messages = texts(language)
    assert [message.id for message in messages if message.fuzzy] == []
    assert [english for message in messages for english, said in forms(message) if not said] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_has_the_places_of_the_english_one(language):
    """A plural may do without its number: French says "une"."""
    for message in texts(language):
        for english, said in forms(message):
            missing = set(places(english)) - set(places(said))
            assert missing <= ({"number"} if isinstance(message.id, tuple) else set()), (english, said)
            assert set(places(said)) <= set(places(english)), (english, said)


@pytest.mark.parametrize("language", TRANSLATED)
def test_options_and_commands_stay(language):
    """What is typed is the same in every language; French has to say "commande subctl", for commande is an order."""
    for message in texts(language):
        for english, said in forms(message):
            assert set(KEPT.findall(english)) ^ set(KEPT.findall(said)) <= {"subctl"}, (english, said)


@pytest.mark.parametrize("language", TRANSLATED)
def test_paragraphs_and_ends_are_as_in_english(language):
    """Help keeps its paragraphs; what begins or ends with a blank or a line does so in every language."""
    for message in texts(language):
        for english, said in forms(message):
            assert said.count("\n\n") == english.count("\n\n"), said
            for mark in (" ", "\n", ":"):
                assert said.startswith(mark) == english.startswith(mark), said
                assert said.endswith(mark) == english.endswith(mark), said


WRONG = {
    "fr": (r"[a-zà-ÿ]'[a-zà-ÿ]", r"[^\s\u202f\u00a0/(\[][;!?](?!\w)", r"[^\s\u00a0]:(?=\s|$)", r"\.\.\."),
    "nl": (r"[a-z]'[a-z]", r"\bBTW\b", r"\.\.\."),
    "de": (r"(?i)\b(?:gr[oö]ss|heiss|schliess|ausser|gemäss|strasse)", r"\bMehrwertsteuer\b|\bMwSt\b", r"\.\.\."),
}
"""What is written otherwise in a language: apostrophes, blanks before signs, words that the glossary doesn't have."""


@pytest.mark.parametrize("language", TRANSLATED)
def test_signs_are_those_of_the_language(language):
    for message in texts(language):
        for _, said in forms(message):
            bare = re.sub(r"\{[^}]*\}|COMMAND \[ARGS\]\.\.\.|\[?[A-Z]+\]?\.\.\.", "x", said)
            assert [pattern for pattern in WRONG[language] if re.search(pattern, bare)] == [], said


def test_a_french_sign_never_begins_a_line():
    """Before `:`, `;`, `?`, `!`, `%` and inside of quotation marks is a space at which no line is broken."""
    said = [form for message in texts("fr") for _, form in forms(message)]
    assert [form for form in said if re.search(r" [:;?!»%](?!\w)|« ", form)] == []
