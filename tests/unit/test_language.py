"""The language that is spoken: chosen, changed for a while, and what is said in it."""

from datetime import date
from shutil import copyfile

import pytest

from subctl.domain.money import Amount
from subctl.domain.sentence import Sentence, plural
from subctl.view import language


def test_english_is_spoken_where_nothing_is_said():
    assert language.spoken() == "en"


def test_english_needs_no_catalogue():
    said = language._("Order"), language.pgettext("verb", "Order"), language.ngettext("{number} a", "{number} b", 2)
    assert said == ("Order", "Order", "{number} b")


def test_people_read_days_and_amounts_in_words():
    sentence = Sentence(
        "{number} on {day} for {amount}",
        {"day": date(2026, 3, 5), "amount": Amount(5, "EUR"), "number": plural("{number} user", "{number} users", 1)},
    )
    assert language.said(sentence) == "1 user on 5 March 2026 for 0.05 EUR"


def test_a_number_is_written_as_its_language_does():
    """What is counted; a line of a file or an option's limits are found or typed again by their digits."""
    sentence = plural("{number} line like {line}", "{number} lines like {line}", 12345, line=23456)
    assert language.said(sentence) == "12345 lines like 23456"
    with language.speaking("nl"):
        assert language.said(sentence) == "12.345 lines like 23456"


@pytest.mark.parametrize("named", ["../elsewhere", "{folder}/elsewhere", "elsewhere", "fr/../../elsewhere", "", "fr\0"])
def test_a_catalogue_is_opened_for_no_language_but_ours(monkeypatch, tmp_path, named):
    """What a store says of its buyers is data: it names no file."""
    ours = tmp_path / "languages"
    (ours / "fr").mkdir(parents=True)
    for folder in (tmp_path / "elsewhere", ours / "elsewhere", ours):
        (folder / "LC_MESSAGES").mkdir(parents=True)
        copyfile(language.FOLDER / "fr/LC_MESSAGES/subctl.mo", folder / "LC_MESSAGES/subctl.mo")
    monkeypatch.setattr(language, "FOLDER", ours)
    monkeypatch.setattr(language, "_catalogues", {})
    asked = named.format(folder=tmp_path)
    with pytest.raises(language.UnreadableError), language.speaking(asked):
        pass
    assert (language.readable(asked), language.spoken(), language._catalogues) == ("en", "en", {})


def test_a_language_without_a_catalogue_can_not_be_spoken(monkeypatch, tmp_path):
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    monkeypatch.setattr(language, "_catalogues", {})
    with pytest.raises(language.UnreadableError), language.speaking("nl"):
        pass
    assert language.spoken() == "en"
