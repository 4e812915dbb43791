"""Screens at real terminals: whatever the width, no number is cut or broken; in a pipe nothing is wrapped.

What every screen promises at every width stands here; test_goldens.py has whole screens as they are to be seen.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from rich.cells import cell_len

from tests.support import pseudo
from tests.support.screen import screen
from tests.support.terminal import Terminal

WIDTHS = (60, 80, 120)
NARROWEST, LEAST, ENDLESS = 40, 48, 5000
"""A terminal is taken for 40 columns at least; what must not be broken may need 48."""

HASH = re.compile(r"^[0-9a-f]{64}$", re.MULTILINE)
NAME = "[/] 🎉 [bold]" + "abcdefghij" * 15
"""What a customer may be called: a mark that would end a style, an emoji, one that would begin a style, 150 letters."""

LIFE = (
    ("init", "--demo"),
    ("space", "set", "acme", "--name", NAME, "--reference", "PO [red] 4711"),
    ("quote", "--plan", "pro", "--users", "20"),
    ("order", "Q-2026-0001"),
    ("upgrade", "--users", "25", "--zoom", "12", "--yes", "--today", "2026-03-16"),
    ("withdraw", "O-2026-0002", "--yes", "--today", "2026-03-17"),
    ("downgrade", "--users", "8", "--space", "atelier", "--yes", "--today", "2026-03-20"),
    ("bill", "--today", "2026-05-01"),
    ("quote", "--users", "12", "--space", "atelier", "--today", "2026-05-10"),
    ("quote", "--users", "1234", "--zoom", "1000", "--today", "2026-05-10"),
    ("downgrade", "--users", "15", "--yes"),
)
"""INV-1 is order 1's upgrade, INV-2 order 2's, INV-3 its credit note; then atelier's months."""

WISH = ("--plan", "business", "--users", "1111", "--zoom", "12")

SCREENS = {
    "show": ("show",),
    "show, monthly": ("show", "--space", "atelier"),
    "quote": ("quote", *WISH, "--dry-run"),
    "quote, explained": ("quote", *WISH, "--dry-run", "--explain"),
    "upgrade": ("upgrade", *WISH, "--dry-run"),
    "nothing changes": ("upgrade", "--plan", "pro", "--dry-run"),
    "a saved quote": ("show", "Q-2026-0003"),
    "an order": ("show", "O-2026-0001"),
    "a withdrawn order": ("show", "O-2026-0002"),
    "an invoice": ("show", "INV-2026-0001"),
    "an invoice, explained": ("show", "INV-2026-0001", "--explain"),
    "a recurring invoice": ("show", "INV-2026-0004"),
    "a credit note": ("show", "INV-2026-0003"),
    "cancel": ("cancel", "--dry-run"),
    "withdraw": ("withdraw", "O-2026-0004", "--dry-run"),
    "list spaces": ("list", "spaces"),
    "list plans": ("list", "plans"),
    "list quotes": ("list", "quotes"),
    "list orders": ("list", "orders"),
    "list invoices": ("list", "invoices"),
    "list deadlines": ("list", "deadlines"),
    "compare": ("compare", "--plan", "pro", "--plan", "business", "--users", "1111", "--users", "5"),
    "forecast": ("forecast", "--space", "atelier", "--months", "24"),
    "owed": ("owed",),
    "bill": ("bill", "--dry-run", "--today", "2026-09-10"),
    "nothing to bill": ("bill", "--dry-run"),
    "apply": ("apply", "FILE", "--dry-run"),
    "check": ("check",),
    "whoami": ("whoami",),
    "history": ("history",),
    "admin list": ("admin", "list"),
    "config": ("config", "show"),
}
"""Each screen, and the words that show it."""

_SETTLED = {"paid", "open"}
UNSEEN = {
    "show": {"overdue", "credit"},
    "show, monthly": {"overdue", "credit"},
    "an invoice": _SETTLED,
    "an invoice, explained": _SETTLED,
    "a recurring invoice": _SETTLED,
    "a credit note": _SETTLED,
    "list invoices": _SETTLED,
    "list quotes": {"before", "after"},
    "list orders": {"before", "after", "quote"},
    "an order": {"quote"},
    "forecast": {"lines", "credit"},
    "nothing changes": {"before", "after"},
    "withdraw": {"change"},
    "apply": {"before", "after", "catch_up", "next_invoice", "lines", "vat"},
}
"""Keys whose amounts and numbers a screen leaves to the JSON."""

AMOUNT = re.compile(r"(?<![\w.])-?\d+\.\d{2,4}(?![\w.])|(?<![\w-])(?:INV|O|Q)-\d{4}-\d{4,}(?![\w-])")
"""Amounts, rates and the numbers of documents."""

STYLE = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture
def lived(cli):
    """A store with every kind of document in it, and a file to apply."""
    cli.prepare(*LIFE)
    (cli.home / "wanted.csv").write_text("space,plan,users\nacme,business,1111\natelier,,25\n")
    return cli


def words_of(cli, name):
    return [str(cli.home / "wanted.csv") if word == "FILE" else word for word in SCREENS[name]]


def amounts(text, written=AMOUNT):
    """Return every amount and number that stands whole on one line, and how often."""
    return Counter(found for line in text.splitlines() for found in written.findall(line))


def letters(text):
    """Return all signs of a text but blanks, rules and what stands for nothing, and how often each is there."""
    return Counter(re.sub(r"[\s─–█▏▎▍▌▋▊▉]", "", text))


def headings(text):
    """Return the letters of all headings, the lines above a rule: those of columns without room may be gone."""
    return letters("".join(re.findall(r"^(.*)\n─+$", text, re.MULTILINE)))


def held(document, unseen):
    """Yield all amounts and numbers that a JSON document holds, but those below some keys."""
    if isinstance(document, dict):
        for key, value in document.items():
            if key not in unseen:
                yield from held(value, unseen)
    elif isinstance(document, list):
        for value in document:
            yield from held(value, unseen)
    elif isinstance(document, str) and AMOUNT.fullmatch(document):
        yield document


def longest(text):
    return max(map(cell_len, text.splitlines()))


@pytest.mark.parametrize("name", SCREENS)
def test_every_amount_is_on_the_screen(lived, name):
    """What the JSON has, people see too, to the cent."""
    words = words_of(lived, name)
    unseen = UNSEEN.get(name, set()) | {"fee_before", "fee_after"}
    document = lived(*words, "--json").json
    assert set(held(document, unseen)) <= set(amounts(lived(*words).text))


@pytest.mark.parametrize("name", SCREENS)
def test_at_every_width(lived, name):
    """Nothing is lost, every amount stands whole on one line, and from 60 columns on no line is longer than they are.

    The hash that a check ends with is to be copied: it is one line.
    """
    words = words_of(lived, name)
    piped = lived(*words).text
    for columns in (NARROWEST, *WIDTHS):
        shown = screen(lived, *words, columns=columns)
        assert amounts(shown) == amounts(piped)
        assert not letters(piped) - headings(piped) - letters(shown)
        assert longest(HASH.sub("", shown)) <= max(columns, LEAST)
        assert shown == re.sub(r"[^\S\n]+$", "", shown, flags=re.MULTILINE)
    assert screen(lived, *words, columns=ENDLESS) == piped


FOREIGN = re.compile(
    r"(?<![\w.,])-?(?:€\s)?\d[\d.\u202f]*,\d{2,4}(?:\s€)?(?![\w.])|\d\d[/-]\d\d[/-]\d{4}"
    r"|(?<![\w-])(?:INV|O|Q)-\d{4}-\d{4,}(?![\w-])"
)
"""Amounts, rates, days and the numbers of documents in French and Dutch."""


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("name", SCREENS)
def test_at_every_width_where_words_are_long(lived, name, language):
    """Half as long again: nothing is cut, no number is broken, no line is wider than the terminal."""
    words = words_of(lived, name)
    with pseudo.spoken(language):
        piped = lived(*words, SUBCTL_LANG=language).text
        for columns in WIDTHS:
            shown = screen(lived, *words, columns=columns, SUBCTL_LANG=language)
            assert amounts(shown, FOREIGN) == amounts(piped, FOREIGN)
            assert not letters(piped) - headings(piped) - letters(shown)
            assert longest(HASH.sub("", shown)) <= columns


@pytest.mark.parametrize("name", SCREENS)
def test_narrower_than_anything(lived, name):
    """Below 40 columns a screen is drawn as for 40."""
    words = words_of(lived, name)
    assert screen(lived, *words, columns=1) == screen(lived, *words, columns=NARROWEST)


@pytest.mark.parametrize("name", SCREENS)
def test_colors(lived, name):
    """Colours are laid over the same signs: without them the screen is the plain one, and nothing else is sent."""
    words = words_of(lived, name)
    plain = screen(lived, *words, columns=80)
    assert "\x1b" not in plain
    assert "\x1b" not in screen(lived, *words, columns=80, NO_COLOR="", TERM="dumb")
    colored = screen(lived, *words, columns=80, NO_COLOR="")
    assert re.sub(r" +$", "", STYLE.sub("", colored), flags=re.MULTILINE) == plain


def test_there_are_colors(lived):
    """At a terminal that has them."""
    assert STYLE.search(screen(lived, "show", columns=80, NO_COLOR=""))


def test_under_a_row_headings_are_dim_and_what_they_head_is_not(lived):
    """What stands there is what one reads."""
    line = next(
        each for each in screen(lived, "list", "quotes", columns=60, NO_COLOR="").splitlines() if "20 → 1234" in each
    )
    assert line.strip() == "\x1b[2mDate \x1b[0m2026-05-10\x1b[2m · \x1b[0musers 20 → 1234, zoom 2 → 1000"


@pytest.mark.parametrize("name", SCREENS)
def test_in_a_pipe(lived, name):
    """No escape codes, and texts of any length stand on one line, however narrow the terminal is said to be."""
    words = words_of(lived, name)
    piped = lived(*words).text
    assert "\x1b" not in piped
    assert lived(*words, COLUMNS="40").text == piped


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("show",), rf"{re.escape(NAME)} \(acme\)  active"),
        (("list", "spaces"), rf"acme +{re.escape(NAME)} +active .+"),
        (("show", "INV-2026-0001"), rf"To +{re.escape(NAME)}"),
    ],
)
def test_a_name_is_printed_as_it_stands(lived, words, line):
    """Brackets and emoji in data mean nothing to the screen; in a pipe a name stands on one line."""
    assert any(re.fullmatch(line, each) for each in lived(*words).text.splitlines())


@pytest.mark.parametrize("columns", WIDTHS)
def test_in_a_process_of_its_own(lived, columns):
    """A program at a desk shows the same."""
    assert Terminal(lived, "show", columns=columns).end() == (0, screen(lived, "show", columns=columns))


ADD = "subctl space add my-shop --name 'My Shop' --plan starter --users 5"

NOTHING = {
    "spaces": f"No space yet. Add one with: {ADD}\n",
    "quotes": "No quote yet. Get one with: subctl quote\n",
    "orders": "No order yet.\n",
    "invoices": "No invoice yet.\n",
    "deadlines": "No deadline.\n",
}


@pytest.mark.parametrize("kind", NOTHING)
def test_an_empty_store_says_what_to_do(cli, kind):
    """A list of nothing is a sentence."""
    cli.sandbox("2026-03-15")
    assert cli("list", kind).text == NOTHING[kind]
    assert " ".join(screen(cli, "list", kind, columns=20).split()) == NOTHING[kind].strip()


def test_an_empty_store(cli):
    """What needs no space works; what needs one names the way to it."""
    cli.sandbox("2026-03-15")
    assert cli("bill").text == "Nothing is due on 15 March 2026.\n"
    assert cli("check").text.startswith(
        "Every document is as it should be.\nChecked: spaces 0, quotes 0, orders 0, invoices 0,"
    )
    assert "Role     administrator of the store\n" in cli("whoami").text
    for words in (("show",), ("forecast",), ("compare", "--plan", "pro"), ("quote", "--plan", "pro"), ("cancel",)):
        done = cli(*words)
        assert (done.code, done.out) == (3, "")
        assert done.err == f"subctl: There is no space yet.\nAdd one with {ADD}.\n"


@pytest.mark.parametrize("columns", [NARROWEST, 80])
def test_the_only_space(cli, columns):
    """It needs no name."""
    add = ("space", "add", "a", "--name", "Ö", "--plan", "starter", "--users", "1")
    cli.sandbox("2026-03-15", add)
    assert screen(cli, "show", columns=columns).startswith("Ö (a)  active\non 15 March 2026, in a sandbox\n")
    for words in (("list", "spaces"), ("forecast",), ("compare", "--users", "2"), ("check",)):
        shown = screen(cli, *words, columns=columns)
        piped = cli(*words).text
        assert not letters(piped) - headings(piped) - letters(shown)
        assert amounts(shown) == amounts(cli(*words).text)


@pytest.fixture
def many(cli):
    """A store of five hundred spaces, one of them with letters that are two columns wide."""
    cli.sandbox("2026-03-15")
    rows = [f"s{place:03},Kunde {place},pro,{place}" for place in range(1, 500)]
    (cli.home / "spaces.csv").write_text("\n".join(["id,name,plan,users", "tokyo,東京株式会社,pro,7", *rows]) + "\n")
    assert cli("space", "import", str(cli.home / "spaces.csv")).code == 0
    return cli


def test_a_long_list_says_that_there_is_more(many):
    """Fifty are shown, on stderr stands how to see the others; scripts and -q aren't told."""
    for words, first in ((("list", "spaces"), "first 50 are"), (("history", "--limit", "1"), "first is")):
        assert many(*words).err == f"Only the {first} shown; --limit N shows more.\n"
    assert len(many("list", "spaces", "--limit", "500").text.splitlines()) == 502
    for quiet in ("-q", "--json"):
        done = many("list", "spaces", quiet)
        assert done.err == ""
    assert len(many("list", "spaces", "--json").json["items"]) == 500


def test_five_hundred_spaces(many):
    """At 60 columns each has its two lines; which one is meant must be said, and bills are counted."""
    shown = screen(many, "list", "spaces", "--limit", "500", columns=60)
    assert longest(shown) <= 60
    assert len(shown.splitlines()) == 2 + 2 * 500
    assert letters("東京株式会社") <= letters(shown)
    some = ", ".join(f"s{place:03}" for place in range(1, 11))
    assert many("show").err.startswith(f"subctl: Which space? There are {some} and more.\n")
    previewed = screen(many, "bill", "--today", "2026-04-01", "--dry-run", columns=60)
    assert "\nand 450 more; --json shows all\n" in previewed  # no list has what isn't issued
    billed = screen(many, "bill", "--today", "2026-04-01", columns=60)
    assert billed.splitlines()[-1] == "and 450 more: subctl list invoices --limit 500"


def test_a_cancellation_says_how_to_go_on(cli):
    """The page of a contract that ends names the way back; one that never starts has no last day to name."""
    add = ("space", "add", "up", "--name", "Up", "--plan", "pro", "--users", "3", "--start", "2026-06-10")
    cli.sandbox("2026-03-15", add)
    assert cli("cancel", "--dry-run").text == (
        "Cancellation of up on 15 March 2026\n\nThe contract never starts, and nothing is invoiced.\n\n"
        "A dry run: nothing is cancelled.\n"
    )
    cli.prepare(("init", "--demo"), ("cancel", "--yes"))
    assert "\n\nGo on  subctl withdraw O-2026-0001, until 30 June 2026\n\nNext invoice: none\n" in cli("show").text


def test_an_error_breaks_no_word(cli):
    """Two sentences, folded at a terminal; a path that is too long stays whole."""
    cli.store = cli.home / "none.db"
    shown = screen(cli, "show", columns=40, code=3)
    assert shown.replace(str(cli.store), "PATH") == (
        "subctl: There is no store at\nPATH.\nMake one with subctl init, try it with\n"
        "subctl init --demo, or name another with\n--store.\n"
    )


def test_a_line_may_end_behind_the_year_of_a_date(demo):
    """A sentence goes on to the terminal's edge: `from 1 April 2026` is whole, and what follows may stand below."""
    words = ("compare", "--users", "20", "--plan", "starter", "--explain")
    shown = screen(demo, *words, columns=80)
    assert "\nstarter, annual, 20 users, 2 Zoom: a year from 1 April 2026\ncosts 2500.00 × 3 / 12 + " in shown
