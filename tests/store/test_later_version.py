"""A later version that words, heads and adds otherwise: no document of today becomes wrong (pricing.md 7.3)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import subctl
from tests.support.stores import LIFE

ALTERED = {
    "view/json/invoice.py": ('        "currency": currency,\n', '        "currency": currency, "added": "later",\n'),
    "view/texts.py": (
        "{after.title}, {words.users(after.number)}",
        "{words.users(after.number)} of {after.title}",
    ),
    "view/screens/invoice.py": ('Column(_("Item"), fold=True)', 'Column("What", fold=True)'),
}
"""What the later version writes differently: a key in a document, a line's words, a heading on a screen."""


@pytest.fixture
def later(cli, tmp_path):
    """A store with a life in it, and the later version to run on it."""
    cli.prepare(("init", "--demo"), ("space", "set", "atelier", "--language", "en"), *LIFE)
    place = tmp_path / "later"
    shutil.copytree(Path(subctl.__file__).parent, place / "subctl", ignore=shutil.ignore_patterns("__pycache__"))
    for name, (old, new) in ALTERED.items():
        path = place / "subctl" / name
        text = path.read_text()
        assert text.count(old) == 1, name
        path.write_text(text.replace(old, new))

    def run(*words: str):
        return cli.process(*words, PYTHONPATH=str(place))

    return run


def test_what_was_kept_stays_right(cli, later):
    """Facts are compared, and neither words nor keys: the check of the same store is as it was."""
    before = cli("check", "--json").json
    found = later("check", "--json")
    assert (found.code, found.err, found.json) == (0, "", before)
    assert before["ok"] is True


def test_the_later_version_shows_what_it_wants(later):
    """The alterations are real: without them the other tests would prove nothing."""
    page = later("show", "--space", "atelier").out
    assert "What" in page
    assert "8 users of Starter" in page
    assert '"added": "later"' in later("show", "INV-2026-0004", "--json").out


def test_an_invoice_keeps_its_words(cli, later):
    """pricing.md 7.2: in its own language it says what it said when it was issued, whatever the program says today."""
    assert "Starter, 8 users" in later("show", "INV-2026-0004").out
    number = later("bill", "--today", "2026-06-01", "--json").json["issued"][0]["number"]
    assert cli("show", number, "--json").json["lines"][0]["description"] == "8 users of Starter"


def test_a_quote_asked_for_again_is_the_same(cli, later):
    """pricing.md 6.1: the same change the same day is the same quote, however it is worded now; so is its order."""
    asked = ("quote", "--space", "atelier", "--users", "17", "--json")
    first = cli(*asked).json
    assert later(*asked).json["quote"] == first["quote"]
    ordered = later("order", first["quote"], "--json")
    assert (ordered.code, ordered.json["changed"]) == (0, True)
    assert cli("order", first["quote"], "--json").json["changed"] is False
    assert later("check", "--json").json["ok"] is True
    assert cli("check", "--json").json["ok"] is True
