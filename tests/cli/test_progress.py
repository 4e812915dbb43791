"""How far a long run is: when it is said, in which words, and to whom."""

import io
import os
import re
import sys

import pytest

from subctl.cli.progress import Line, watched
from subctl.view.language import speaking
from tests.support.terminal import Terminal
from tests.support.waiting import pause

EMPTY = "\r" + " " * 70 + "\r"


def said(*moments, total=1000, found=0):
    """Return what a run of 1,000 says when it is at so many contracts after so many seconds, and then ends."""
    stream, seconds = io.StringIO(), iter([100.0, *(100 + moment for moment, _ in moments)])
    line = Line("Contracts", stream, lambda: next(seconds))
    for _, done in moments:
        line(done, total, found)
    line.clear()
    return stream.getvalue()


def test_a_short_run_says_nothing():
    assert said((0.0, 1), (0.5, 500), (0.99, 1000)) == ""


def test_a_long_run_says_how_far_it_is_and_how_long_it_takes_and_takes_that_away():
    assert said((1.0, 200), (2.0, 1000)) == (
        f"\r{'Contracts: 200 of 1000, 200 a second, 4 s left':<70}"
        f"\r{'Contracts: 1000 of 1000, 500 a second, 0 s left':<70}{EMPTY}"
    )


def test_a_second_part_has_its_own_rate():
    """Where it begins anew, what the first part took says nothing of it."""
    assert said((2.0, 1000), (3.0, 10), (5.0, 20)) == (
        f"\r{'Contracts: 1000 of 1000, 500 a second, 0 s left':<70}"
        f"\r{'Contracts: 20 of 1000, 10 a second, 98 s left':<70}{EMPTY}"
    )


def test_nothing_is_said_more_often_than_somebody_can_read():
    assert said((1.0, 200), (1.19, 300), (1.25, 500)) == (
        f"\r{'Contracts: 200 of 1000, 200 a second, 4 s left':<70}"
        f"\r{'Contracts: 500 of 1000, 400 a second, 1 s left':<70}{EMPTY}"
    )


@pytest.mark.parametrize(
    ("total", "left"),
    [(219, "119 s"), (220, "2 min"), (280, "3 min"), (7299, "120 min"), (7300, "2 h"), (12700, "4 h")],
)
def test_the_time_left_is_in_the_unit_that_says_enough(total, left):
    """Seconds below two minutes, minutes below two hours."""
    assert said((100.0, 100), total=total).startswith(f"\rContracts: 100 of {total}, 1 a second, {left} left ")


def test_what_was_there_before_says_nothing_of_how_long_the_rest_takes():
    """900 were found and 50 made in ten seconds: 5 a second, and none while nothing was made."""
    assert said((1.0, 900), (10.0, 950), found=900) == (
        f"\r{'Contracts: 900 of 1000':<70}\r{'Contracts: 950 of 1000, 5 a second, 10 s left':<70}{EMPTY}"
    )


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Contracts\xa0: 1\u202f234 sur 10\u202f000, 55 par seconde, encore 3 min"),
        ("nl", "Contracts: 1.234 van 10.000, 55 per seconde, nog 3 min"),
        ("de", "Contracts: 1.234 von 10.000, 55 pro Sekunde, noch 3 min"),
    ],
)
def test_how_far_it_is_in_other_languages(language, line):
    with speaking(language):
        assert said((1234 / 55, 1234), total=10000).strip("\r ") == line


@pytest.mark.parametrize(
    ("terminal", "wanted", "shown"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_run_has_a_line_where_somebody_reads_it(monkeypatch, terminal, wanted, shown):
    """A terminal, and no --quiet."""
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    with watched("Contracts", wanted=wanted) as line:
        assert (line is not None) is shown
    assert stream.getvalue() == ""


def test_an_import_that_waits_for_its_rows_says_how_far_it_is(demo):
    """At a real terminal: the line is there while rows are missing, and is gone before the result."""
    pipe = demo.home / "rows"
    os.mkfifo(pipe)
    terminal = Terminal(demo, "space", "import", str(pipe), "--json")
    with pipe.open("w", encoding="utf-8") as rows:
        rows.write("id,name,plan,users\n" + "".join(f"a{place},A,pro,1\n" for place in range(1000)))
        rows.flush()
        pause(1.2)
        rows.write("".join(f"b{place},B,pro,1\n" for place in range(1000)))
    code, shown = terminal.end()
    line, result = shown.removeprefix("\r").split(EMPTY)
    assert re.fullmatch(r"Rows: 2000 of 2000, \d+ a second, 0 s left", line.rstrip())
    assert (code, len(line)) == (0, 70)
    assert '"added": 2000' in result
