"""What plans and licences are called on screens: as in the reader's language, where the catalog has a title in it."""

import re

import pytest

from tests.support import pseudo

LIFE = (
    ("init", "--demo"),
    ("upgrade", "--zoom", "5", "--yes"),
    ("quote", "--zoom", "9"),
)
SCREENS = {
    "the contract page": ("show",),
    "a preview": ("upgrade", "--zoom", "7", "--dry-run"),
    "a quote": ("show", "Q-2026-0001"),
    "an order": ("show", "O-2026-0001"),
    "an invoice": ("show", "INV-2026-0001"),
    "a withdrawal": ("withdraw", "O-2026-0001", "--dry-run"),
    "a cancellation with what is due": ("cancel", "--dry-run", "--today", "2026-08-01"),
    "the prices": ("list", "plans"),
}


@pytest.fixture
def lived(cli):
    """A store with each of them."""
    cli.prepare(*LIFE)
    return cli


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize(("language", "title"), [("fr", "Licence Zoom"), ("de", "Zoom-Lizenz")])
def test_a_licence_is_called_as_the_reader_calls_it(lived, name, language, title):
    """The catalog's own title is for those languages that have none."""
    english = lived(*SCREENS[name]).text
    with pseudo.spoken(language):
        shown = lived(*SCREENS[name], SUBCTL_LANG=language).text
    assert "Zoom licence" not in shown
    assert shown.count(title) == len(re.findall(r"Zoom licence\b", english)) > 0


@pytest.mark.parametrize(
    ("life", "again"),
    [
        ((("quote", "--zoom", "5"), ("order", "Q-2026-0001")), ("order", "Q-2026-0001")),
        ((("cancel", "--today", "2026-08-01", "--yes"),), ("cancel", "--today", "2026-08-01", "--yes")),
    ],
    ids=["an order", "a cancellation"],
)
def test_what_is_asked_for_again_is_called_so_too(cli, life, again):
    cli.prepare(("init", "--demo"), *life)
    english = cli(*again).text
    with pseudo.spoken("fr"):
        shown = cli(*again, SUBCTL_LANG="fr").text
    assert "Zoom licence" not in shown
    assert shown.count("Licence Zoom") == len(re.findall(r"Zoom licence\b", english)) > 0
