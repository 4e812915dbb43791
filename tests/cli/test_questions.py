"""Questions in a language that nobody speaks: of their words none is left in English."""

from __future__ import annotations

import io
import re
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from subctl.cli.app import main
from subctl.cli.first_catalog import _local_zone
from subctl.domain.languages import LANGUAGES
from subctl.view import language
from tests.support import pseudo

PLANS = "acme starter pro business enterprise EUR Licence Zoom subctl"
TYPED = "monthly annual gold weekly"
"""What is typed in English, and so named."""


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def asked(monkeypatch):
    """Return a function that runs a command at which somebody answers, and returns its exit code and all it says."""

    def ask(cli, *words, answers):
        shown = io.StringIO()
        for name, value in cli.environment({"SUBCTL_LANG": "fr"}).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "stdin", _Terminal("".join(f"{answer}\n" for answer in answers)))
        with redirect_stdout(shown), redirect_stderr(shown), pseudo.spoken():
            code = main(words)
        return code, shown.getvalue()

    return ask


def test_the_wizard(demo, asked):
    """Its prices, its questions, and what is wrong with an answer; what is to be typed is named in English."""
    code, shown = asked(demo, "quote", answers=("gold", "pro", "1e3", "30", "x", "3", "weekly"))
    assert (code, pseudo.plain(shown, PLANS, TYPED)) == (6, set())


def test_the_wizard_says_which_spaces_there_are(cli, asked):
    two = cli.sandbox(
        "2026-03-15",
        ("space", "add", "a1", "--name", "A", "--plan", "pro", "--users", "1"),
        ("space", "add", "b1", "--name", "B", "--plan", "pro", "--users", "1"),
    )
    code, shown = asked(two, "quote", answers=("c1",))
    assert (code, pseudo.plain(shown, "subctl a1 b1 c1")) == (6, set())


@pytest.mark.parametrize(
    ("words", "question"),
    [
        (("upgrade", "--users", "20"), "[o]rder, save as a [q]uote, [l]eave: "),
        (("cancel",), "Cancel this contract?"),
        (("init", "--demo"), "There is a sandbox at {store}. Keep it beside and make a new store?"),
    ],
)
def test_a_question_that_gets_no_answer(demo, asked, words, question):
    """It is asked in the language, and so is said that there was no answer."""
    code, shown = asked(demo, *words, answers=())
    last = pseudo.other(question.replace("{store}", "{}")).replace("{}", str(demo.store))
    assert code == 6
    assert shown.endswith(f"\nsubctl: {pseudo.other('No answer: nothing was changed.')}\n")
    assert last in shown


def test_a_first_catalog(cli, asked, tmp_path):
    """All that is asked until there is a store, and what is wrong with some answers."""
    cli.home.mkdir(parents=True, exist_ok=True)
    file = tmp_path / "catalog.toml"
    seller = ("Me", "A 1", "XX", "NL", "NL1", "", "21", "NL1", "", "", "me@me.example", "", "A 2")
    plans = ("", "", "pro", "x", "10.00", "100.00", "")
    licences = ("storage", "1", "2", "")
    code, shown = asked(cli, "init", answers=(*seller, *plans, *licences, file))
    assert (code, file.exists()) == (0, True)
    questions = shown.partition(str(cli.store))[0]
    assert pseudo.plain(questions, "XX NL EUR vat_exempt vat_id", _local_zone(), "catalog.toml", str(file)) == set()


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_letters_of_answers_are_those_of_the_question(spoken):
    """Else nobody could give the answer that is shown; and no letter stands for two. A German noun has a capital."""
    with language.speaking(spoken):
        question = language._("[o]rder, save as a [q]uote, [l]eave: ")
        letters = [language.pgettext("answer", letter) for letter in "oql"]
        yes, no = (language.pgettext("answer", letter) for letter in "yn")
    assert sorted(re.findall(r"\[(.)\]", question.lower())) == sorted(set(letters))
    assert len(set(letters)) == len(letters)
    assert (len(yes), len(no), yes.islower(), no.islower(), yes != no) == (1, 1, True, True, True)
