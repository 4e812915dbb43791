"""Questions in another language: its letters and words answer them, and English never means something else."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from subctl.cli import prompts
from subctl.cli.settings import Given, resolve
from subctl.cli.tree import module_of
from subctl.domain.errors import SubctlError
from subctl.view import language

CHOICE = "[b]estellen, als [o]fferte bewaren, [l]aten: "
SAID = {
    "[o]rder, save as a [q]uote, [l]eave: ": CHOICE,
    "Please answer {order}, {quote} or {leave}.": "Antwoord met {order}, {quote} of {leave}.",
}
ANSWERS = {
    "o": "b",
    "q": "o",
    "l": "l",
    "order": "bestellen",
    "quote": "offerte",
    "leave": "laten",
    "y": "j",
    "yes": "ja",
    "n": "n",
}


@pytest.fixture(autouse=True)
def dutch(tmp_path, monkeypatch):
    """A language in which the letter of one answer is that of another in English."""
    made = Catalog(locale="nl")
    for text, said in SAID.items():
        made.add(text, said)
    for text, said in ANSWERS.items():
        made.add(text, said, context="answer")
    file = tmp_path / "nl" / "LC_MESSAGES" / f"{language.DOMAIN}.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        write_mo(stream, made)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    monkeypatch.setattr(language, "_catalogues", {})
    with language.speaking("nl"):
        yield


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def answered(patch, *lines):
    """Let somebody answer with these lines; return the stream on which questions appear."""
    shown = io.StringIO()
    patch.setattr(sys, "stdin", _Terminal("".join(f"{line}\n" for line in lines)))
    patch.setattr(sys, "stderr", shown)
    return shown


def settings():
    given = Given(str(Path("none.db")), None, None, None, None, quiet=False)
    return resolve("cancel", module_of("cancel").DECLARED, given)


@pytest.mark.parametrize(
    ("answer", "choice"),
    [
        ("b", "order"),
        ("B", "order"),
        ("bestellen", "order"),
        ("order", "order"),
        ("o", "quote"),
        ("offerte", "quote"),
        ("quote", "quote"),
        ("l", "leave"),
        ("laten", "leave"),
        ("leave", "leave"),
    ],
)
def test_letters_are_the_languages_and_words_may_be_english(monkeypatch, answer, choice):
    shown = answered(monkeypatch, answer)
    assert prompts.order_quote_or_leave("Bestellen?") == choice
    assert shown.getvalue() == f"Bestellen?\n{CHOICE}"


def test_an_english_letter_that_is_none_of_the_languages_is_asked_again(monkeypatch):
    """`q` would save a quote in English; here it means nothing."""
    shown = answered(monkeypatch, "q", "l")
    assert prompts.order_quote_or_leave("Bestellen?") == "leave"
    assert shown.getvalue() == f"Bestellen?\n{CHOICE}Antwoord met b, o of l.\n{CHOICE}"


@pytest.mark.parametrize("answer", ["j", "J", "ja", "y", "yes"])
def test_yes_is_said_in_the_language_or_in_english(monkeypatch, answer):
    shown = answered(monkeypatch, answer)
    prompts.confirm("Opzeggen?", settings())
    assert shown.getvalue() == "Opzeggen? [j/N] "


@pytest.mark.parametrize("answer", ["", "n", "nee", "no", "o", "jaja"])
def test_everything_else_is_no(monkeypatch, answer):
    answered(monkeypatch, answer)
    with pytest.raises(SubctlError) as refusal:
        prompts.confirm("Opzeggen?", settings())
    assert (refusal.value.code, refusal.value.message) == ("declined", "Nothing was changed.")
