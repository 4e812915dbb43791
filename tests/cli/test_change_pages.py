"""What a change is told with: both prices in a year, what a reduction gives away, when it ends, what is asked."""

from __future__ import annotations

import pytest

from tests.support.terminal import CHOICE, Terminal

UPGRADE = ("upgrade", "--plan", "pro", "--users", "20", "--yes")


def test_a_change_of_billing_in_a_year(demo):
    """Both fees in their own unit, and what they are in twelve months."""
    page = demo("quote", "--billing", "monthly", "--dry-run").text
    fees = "EUR                    1500.00 a year   150.00 a month\n"
    assert f"{fees}EUR in twelve months          1500.00          1800.00\n" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--users", "8"), "Goes today, though paid for until 30 June 2026: 2 users. Nothing is paid back."),
        (
            ("--users", "9", "--zoom", "1"),
            "Goes today, though paid for until 30 June 2026: 1 user and 1 Zoom licence. Nothing is paid back.",
        ),
        (
            ("--zoom", "0", "--space", "atelier"),
            "Goes today, though paid for until 31 March 2026: 2 Zoom licences. Nothing is paid back.",
        ),
    ],
)
def test_what_a_reduction_gives_away(demo, words, said):
    """pricing.md 4.1: what is paid for goes at once."""
    assert f"\n\n{said}\n\n" in demo("downgrade", *words, "--dry-run").text


def test_a_reduction_of_what_is_not_paid_for_gives_nothing_away(cli):
    """Twenty may be used and ten are paid for: back to ten nothing is lost."""
    cli.prepare(("init", "--demo"), ("upgrade", "--users", "20", "--yes"))
    assert "Goes" not in cli("downgrade", "--users", "10", "--dry-run").text
    assert "2 users" in cli("downgrade", "--users", "8", "--dry-run").text


def test_a_change_while_the_contract_ends(cli):
    """pricing.md 4.10: a preview says when it ends; a reduction that never counts is paid for until then."""
    cli.prepare(("init", "--demo"), ("cancel", "--yes"))
    assert "\nContract ends   30 June 2026\n" in cli("quote", "--users", "20", "--dry-run").text
    assert "paid for until 30 June 2026: 2 users" in cli("downgrade", "--users", "8", "--dry-run").text


@pytest.mark.parametrize(
    ("day", "space", "question"),
    [
        ("2026-03-15", "atelier", "Order, with nothing due now?"),
        (
            "2026-04-10",
            "atelier",
            "Order, with 181.50 EUR that is due already, payable by 10 May 2026?",
        ),
        (
            "2026-07-10",
            "acme",
            "Order for 2883.83 EUR, and 1815.00 EUR that is due already, payable by 9 August 2026?",
        ),
    ],
)
def test_the_question_says_what_is_ordered(demo, day, space, question):
    """What is due now, and what was due before."""
    terminal = Terminal(demo, *UPGRADE[:-1], "--space", space, "--today", day)
    shown = terminal.until(CHOICE).splitlines()[-2]
    terminal.answer("", "l")
    terminal.end()
    assert shown == question
