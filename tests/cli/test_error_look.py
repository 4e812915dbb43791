"""What an error looks like: whose it is, in colour at a terminal, and never silent where the exit code isn't 0."""

import json

import pytest

from tests.support.terminal import Terminal

NO_SPACE = "There is no space 'nowhere'."
SHOW = ("show", "nowhere")
RED, PLAIN = "\x1b[1;31m", "\x1b[0m"


def test_an_error_says_whose_it_is(demo):
    """A log and cron's mail have lines of many programs."""
    done = demo(*SHOW)
    assert (done.code, done.out) == (3, "")
    assert done.err == f"subctl: {NO_SPACE}\nsubctl list spaces shows what there is.\n"


def test_at_a_terminal_it_has_a_colour(demo):
    """The name alone; NO_COLOR and --color never take it away."""
    assert Terminal(demo, *SHOW, NO_COLOR="").end() == (
        3,
        f"{RED}subctl:{PLAIN} {NO_SPACE}\nsubctl list spaces shows what there is.\n",
    )
    for plain in (Terminal(demo, *SHOW), Terminal(demo, *SHOW, "--color", "never", NO_COLOR="")):
        assert plain.end()[1].startswith(f"subctl: {NO_SPACE}\n")


@pytest.mark.parametrize(
    ("words", "colored"),
    [
        (("--color", "always", *SHOW), True),
        ((*SHOW, "--color=always"), True),
        ((*SHOW, "--color", "never"), False),
        (("--color", "red", *SHOW), False),
        ((*SHOW, "--", "--color", "always"), False),
        (("--color", "always", "shw"), True),
        (("--color", "always", "--json", *SHOW), False),
    ],
)
def test_colour_is_as_it_was_asked_for(demo, words, colored):
    """Also where the words of the command can't be parsed; JSON never has any."""
    assert (RED in demo(*words).err) is colored


@pytest.mark.parametrize("quiet", [(), ("-q",)])
def test_a_check_that_finds_something_is_not_silent(demo, quiet):
    """Cron's mail is what stands on stderr: one line says what it is, and the result is on stdout."""
    demo("upgrade", "--users", "20", "--yes")
    demo.tamper("UPDATE invoices SET net = net + 1, total = total + 1", "UPDATE spaces SET buyer = 1")
    done = demo("check", *quiet)
    assert done.code == 8
    assert done.err.startswith("subctl: The check found ")
    assert "\n3 problems were found.\n" in done.out
    as_json = demo("check", *quiet, "--json")
    assert json.loads(as_json.err)["error"]["code"] == "check_failed"
    assert json.loads(as_json.out)["ok"] is False
