"""The wizard: upgrade, downgrade and quote at a real terminal, with no option at all."""

from __future__ import annotations

import re

import pytest

from subctl.service.catalogs import built_in
from tests.support.terminal import CHOICE, CTRL_D, Terminal, spoken

PLAN, USERS, ZOOM = "Plan [starter]: ", "Users, 1 to 50 [10]: ", "Zoom licences [2]: "
BILLING = "Billing, monthly or annual [annual]: "
FREE = "Users [10]: "
"""Asked after a plan for any number of users."""

NOTHING = "Nothing changes: acme has starter, 10 users and 2 Zoom licences, on annual billing already.\n"
PLANS = """\
What shall acme have? Enter keeps what stands in brackets.

  EUR each        monthly     annual   users
  starter           10.00     100.00   1 to 50
  pro               18.00     180.00   any
  business          27.95     279.50   5 or more
  enterprise        40.00     400.00   50 or more  by support
  Zoom licence      25.00     250.00

"""
DUTCH = """\
Wat moet acme krijgen? Enter behoudt wat tussen haken staat.

  EUR per stuk   maandelijks  jaarlijks   gebruikers
  starter              10,00     100,00   1 t/m 50
  pro                  18,00     180,00   elk aantal
  business             27,95     279,50   5 of meer
  enterprise           40,00     400,00   50 of meer  via support
  Zoom-licentie        25,00     250,00

"""


@pytest.mark.parametrize("command", ["upgrade", "downgrade", "quote"])
def test_empty_answers_keep_all(demo, command):
    """Plans with their prices; today's values are the defaults, and there is nothing left to ask."""
    before = demo.bytes
    terminal = Terminal(demo, command)
    assert terminal.answer(PLAN, "") == PLANS + PLAN
    for question in (USERS, ZOOM, BILLING):
        assert terminal.answer(question, "") == f"\n{question}"
    assert terminal.end() == (0, f"\n\n{NOTHING}")
    assert demo.bytes == before


def test_the_prices_are_called_and_written_as_in_the_language_of_the_reader(demo):
    terminal = Terminal(demo, "quote", SUBCTL_LANG="nl")
    assert terminal.until(PLAN) == DUTCH + PLAN
    terminal.type(CTRL_D)
    assert terminal.end()[0] == 6


def test_the_wizard_has_the_values_of_its_space(demo):
    """Names and today's values are the space's, prices are the catalog's."""
    terminal = Terminal(demo, "quote", "--space", "atelier")
    assert terminal.answer(PLAN, "") == PLANS.replace("acme", "atelier") + PLAN
    for question in (USERS, ZOOM, "Billing, monthly or annual [monthly]: "):
        terminal.answer(question, "")
    assert terminal.end()[0] == 0


def test_prices_stand_under_their_heads_however_short_names_are(cli):
    """One plan, and nothing that is sold beside users."""
    whole = built_in().decode()
    cli.home.mkdir(parents=True, exist_ok=True)
    plan = '[plans.s]\ntitle = "S"\nmonthly = "10.00"\nannual = "100.00"\n'
    (cli.home / "short.toml").write_text(whole[: whole.index("[plans.starter]")] + plan)
    for words in (
        ("init", "--sandbox", "--catalog", str(cli.home / "short.toml"), "--today", "2026-03-15"),
        ("space", "add", "a", "--name", "A", "--plan", "s", "--users", "1"),
    ):
        assert cli(*words).code == 0
    terminal = Terminal(cli, "quote")
    shown = terminal.until("Plan [s]: ")
    terminal.type(CTRL_D)
    assert terminal.end()[0] == 6
    assert shown.partition("\n\n")[2] == (
        "  EUR each    monthly     annual   users\n  s             10.00     100.00   any\n\nPlan [s]: "
    )


def test_the_wizard_orders(demo):
    """Four answers, the preview, one more answer."""
    answers = [(PLAN, "pro"), (FREE, "20"), (ZOOM, ""), (BILLING, ""), (CHOICE, "o")]
    code, rest = spoken(demo, "upgrade", answers=answers)
    assert (code, rest.splitlines()[1]) == (0, "Ordered: O-2026-0001; issued INV-2026-0001.")
    after = demo("show", "O-2026-0001", "--json").json["change"]["after"]
    assert (after["plan"], after["users"], after["zoom"], after["billing"]) == ("pro", 20, 2, "annual")


def test_the_wizard_quotes(demo):
    """`quote` saves without a further question."""
    answers = [(PLAN, ""), (USERS, "12"), (ZOOM, "3"), (BILLING, "monthly")]
    code, rest = spoken(demo, "quote", answers=answers)
    assert code == 0
    assert "Quote Q-2026-0001 holds until " in rest
    after = demo("show", "Q-2026-0001", "--json").json["after"]
    assert (after["plan"], after["users"], after["zoom"], after["billing"]) == ("starter", 12, 3, "monthly")


def test_the_wizard_explains_and_asks_again(demo):
    """A wrong answer costs one more question and no earlier answer."""
    terminal = Terminal(demo, "upgrade")
    terminal.answer(PLAN, "gold")
    plans = "There is no 'gold'.\nChoose one of starter, pro, business, enterprise."
    assert terminal.answer(PLAN, "pro") == f"gold\n{plans}\n{PLAN}"
    terminal.answer(FREE, "1e3")
    for wrong, next_answer in (("1e3", "0"), ("0", "20")):
        shown = terminal.answer(FREE, next_answer)
        assert re.fullmatch(
            rf"{wrong}\nThe number of users can't be '{wrong}'\.\nGive a whole number .+\n{re.escape(FREE)}", shown
        )
    terminal.answer(ZOOM, "-3")
    assert "\nThe number of licences " in terminal.answer(ZOOM, "2")
    terminal.answer(BILLING, "weekly")
    billings = "There is no 'weekly'.\nChoose one of monthly, annual."
    assert terminal.answer(BILLING, "") == f"weekly\n{billings}\n{BILLING}"
    assert "Due now: 786.50 EUR" in terminal.answer(CHOICE, "o")
    assert terminal.end()[0] == 0


def test_a_hidden_sign_in_an_answer_is_shown(demo):
    """An answer that is named in the explanation can't move the cursor."""
    terminal = Terminal(demo, "upgrade")
    terminal.answer(PLAN, "a\x1b[31mb")
    shown = terminal.answer(PLAN, "")
    assert "\x1b" not in shown.partition("\n")[2]
    terminal.until(USERS)
    terminal.type(CTRL_D)
    assert terminal.end()[0] == 6


def test_an_answer_without_end(demo):
    """However long an answer is, it is a wrong one."""
    terminal = Terminal(demo, "upgrade")
    terminal.answer(PLAN, "")
    terminal.answer(USERS, "9" * 3000)
    assert "Give a whole number from 1 to 1000000.\n" in terminal.until(USERS)
    terminal.type(CTRL_D)
    assert terminal.end()[0] == 6


def test_the_wizard_of_a_dry_run(demo):
    """It asks what to preview, and not whether to order it."""
    before = demo.bytes
    answers = [(PLAN, "pro"), (FREE, "20"), (ZOOM, ""), (BILLING, "")]
    code, rest = spoken(demo, "upgrade", "--dry-run", answers=answers)
    assert code == 0
    assert "Due now: 786.50 EUR" in rest
    assert CHOICE not in rest
    assert demo.bytes == before


def test_no_wizard_for_a_space_that_there_is_not(demo):
    """Nobody answers four questions for nothing."""
    assert Terminal(demo, "upgrade", "--space", "nope").end()[0] == 3


def test_the_wizard_asks_on_stderr(demo, tmp_path):
    """stdout has the result of four empty answers and no question."""
    file = tmp_path / "out"
    terminal = Terminal(demo, "quote", stdout=file)
    for question in (PLAN, USERS, ZOOM, BILLING):
        terminal.answer(question, "")
    assert terminal.end() == (0, "\n\n")
    assert file.read_text() == NOTHING


# --- line editing --------------------------------------------------------------------------------------------

LEFT, ERASE, TAB = "\x1b[D", "\x7f", "\t"


def test_an_answer_can_be_edited(demo):
    """Arrow keys move and the line is read as it stands at last, not as it was typed."""
    terminal = Terminal(demo, "quote", "--json")
    terminal.answer(PLAN, "")
    terminal.until(USERS)
    terminal.type(f"13{ERASE}{LEFT}1\n")  # 13, 1, the cursor before it, 11
    terminal.until(ZOOM)
    terminal.type("\n")
    terminal.answer(BILLING, "")
    assert terminal.end()[0] == 0
    assert demo("show", "Q-2026-0001", "--json").json["after"]["users"] == 11


def test_tab_completes_the_choices(demo):
    """Plans and billings are known; a number is not."""
    terminal = Terminal(demo, "quote")
    terminal.until(PLAN)
    terminal.type(f"pr{TAB}\n")
    terminal.until(FREE)
    terminal.type(f"1{TAB}2\n")
    terminal.until(ZOOM)
    terminal.type("\n")
    terminal.until(BILLING)
    terminal.type(f"m{TAB}\n")
    assert terminal.end()[0] == 0
    after = demo("show", "Q-2026-0001", "--json").json["after"]
    assert (after["plan"], after["users"], after["billing"]) == ("pro", 12, "monthly")


def test_line_editing_writes_no_signs_of_its_own(demo):
    """Whoever logs the terminal finds the questions and the answers."""
    terminal = Terminal(demo, "quote")
    for question in (PLAN, USERS, ZOOM, BILLING):
        terminal.answer(question, "")
    terminal.end()
    assert "\x1b" not in terminal.screen


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_no_line_editing_where_a_stream_is_no_terminal(demo, tmp_path, stream):
    """Then the line is the terminal's, as it is for every program: an arrow is no movement."""
    terminal = Terminal(demo, "quote", **{stream: tmp_path / "file"})
    terminal.type(f"\n1{LEFT}2\n")
    terminal.type(CTRL_D)
    code, shown = terminal.end()
    said = shown if stream == "stdout" else (tmp_path / "file").read_text()
    assert (code, "The number of users can't be '1\\u{1b}[D2'." in said) == (6, True)


def test_readline_is_loaded_for_questions_alone(demo):
    """Not where nobody is asked, nor where a stream is no terminal."""
    script = "import sys; from subctl.cli.app import main; main(sys.argv[1:]); sys.exit('readline' in sys.modules)"
    assert demo.python("-c", script, "quote", "--users", "12", "--dry-run").code == 0
    assert demo.python("-c", script, "upgrade", "--users", "12").code == 0


# --- which space ---------------------------------------------------------------------------------------------

SPACE = "Space: "


@pytest.fixture
def two(cli):
    """Two spaces, of which none is the default one."""
    add = ("space", "add", "--plan", "starter", "--users", "3", "--zoom", "0", "--start", "2026-03-01")
    return cli.sandbox(
        "2026-03-15", (*add, "acme", "--name", "Acme"), (*add, "bello", "--name", "Bello", "--active-users", "2")
    )


def test_which_space_is_asked_where_several_could_be_meant(two):
    """The choices are named, and the answer is the space of all that follows."""
    terminal = Terminal(two, "upgrade", "--json")
    assert terminal.answer(SPACE, "belo") == f"Which space? There are acme, bello.\n{SPACE}"
    assert terminal.answer(SPACE, "bello") == (f"belo\nThere is no space 'belo'.\nDid you mean bello?\n{SPACE}")
    assert terminal.answer(PLAN, "").startswith("bello\nWhat shall bello have? ")
    terminal.answer("Users, 1 to 50 [3]: ", "9")
    terminal.answer("Zoom licences [0]: ", "")
    terminal.answer("Billing, monthly or annual [monthly]: ", "")
    terminal.answer(CHOICE, "o")
    assert terminal.end()[0] == 0
    assert two("show", "--space", "bello", "--json").json["contract"]["users"] == 9
    assert two("show", "--space", "acme", "--json").json["contract"]["users"] == 3


def test_no_answer_to_which_space_asks_again(two):
    """It names the choices once more."""
    terminal = Terminal(two, "upgrade")
    terminal.answer(SPACE, "")
    terminal.until(SPACE)
    terminal.type(CTRL_D)
    assert terminal.end()[0] == 6
    assert terminal.screen.count("Which space? There are acme, bello.\n") == 2


def test_a_day_that_cannot_be_written_is_no_answers_fault(two):
    """pricing.md 5: `clock_behind`, whichever space it is: said once, and nothing more is asked."""
    terminal = Terminal(two, "upgrade", "--today", "2026-03-14")
    terminal.answer(SPACE, "bello")
    code, shown = terminal.end()
    assert (code, SPACE in shown) == (4, False)
    assert "subctl: The store was last written on 15 March 2026; 14 March 2026 is before it.\n" in shown


def test_no_space_is_asked_for_where_one_is_named(two):
    """Nor where the change is."""
    assert Terminal(two, "quote", "--users", "9").end()[0] == 2
    terminal = Terminal(two, "quote", "--space", "bello")
    assert SPACE not in terminal.until(PLAN)
    terminal.type(CTRL_D)
    assert terminal.end()[0] == 6


# --- answers that the rules refuse ---------------------------------------------------------------------------


def asked_again(cli, *answers):
    """Answer; return what was said to the last answer before the question came again."""
    terminal = Terminal(cli, "quote", "--space", "bello")
    for question, answer in answers[:-1]:
        terminal.answer(question, answer)
    question, answer = answers[-1]
    terminal.answer(question, answer)
    shown = terminal.until(question)
    terminal.type(CTRL_D)
    assert terminal.end()[0] == 6
    return shown.partition("\n")[2].removesuffix(question)


def test_an_answer_is_held_against_the_rules_when_it_is_given(two):
    """pricing.md 5: what isn't answered yet is not held against it."""
    few = "Users, 5 or more [3]: "
    assert asked_again(two, (PLAN, "enterprise")) == (
        "The plan enterprise is managed by Example Software B.V.\nPlease contact support@example.com.\n"
    )
    limit = "The plan business needs at least 5 users, not 3.\nAsk for --users 5 or more, or for another plan.\n"
    assert asked_again(two, (PLAN, "business"), (few, "")) == limit
    active = "2 users of bello are active: more than 1.\nDeactivate 1 user first.\n"
    assert asked_again(two, (PLAN, ""), ("Users, 1 to 50 [3]: ", "1")) == active
    assert asked_again(two, (PLAN, ""), ("Users, 1 to 50 [3]: ", "-2")) == active


def test_a_card_stays_annual(cli):
    """pricing.md 5: `payment_method`, said at the answer."""
    cli.prepare(("init", "--demo"), ("space", "set", "acme", "--payment", "card"))
    terminal = Terminal(cli, "quote")
    for question in (PLAN, USERS, ZOOM):
        terminal.answer(question, "")
    terminal.answer(BILLING, "monthly")
    assert "Monthly billing can't be paid by credit card.\n" in terminal.until(BILLING)
    terminal.type(CTRL_D)
    assert terminal.end()[0] == 6


def test_a_number_may_be_relative(demo):
    """+5 is five more than today: somebody looks before it counts."""
    answers = [(PLAN, ""), (USERS, "+5"), (ZOOM, "-1"), (BILLING, "")]
    assert spoken(demo, "quote", answers=answers)[0] == 0
    after = demo("show", "Q-2026-0001", "--json").json["after"]
    assert (after["users"], after["zoom"]) == (15, 1)


@pytest.mark.parametrize(
    ("before", "start"),
    [
        (("space", "set", "acme", "--lock"), "subctl: The contract of acme is managed by Example Software B.V."),
        (("cancel", "--yes"), ""),
    ],
)
def test_nothing_is_asked_for_what_would_be_refused_whatever_is_answered(cli, before, start):
    """Four answers for nothing would be four too many."""
    cli.prepare(("init", "--demo"), before)
    today = () if start else ("--today", "2026-07-01")
    code, shown = Terminal(cli, "upgrade", *today).end()
    assert (code, PLAN in shown) == (4, False)
    assert shown.startswith(start or "subctl: The contract of acme ended")


def test_support_is_asked(cli):
    """pricing.md 5: `--as-support` passes what the vendor's staff looks after."""
    cli.prepare(("init", "--demo"), ("space", "set", "acme", "--lock"))
    terminal = Terminal(cli, "quote", "--as-support")
    terminal.answer(PLAN, "enterprise")
    terminal.until("Users, 50 or more [10]: ")
    terminal.type(CTRL_D)
    assert terminal.end()[0] == 6


def test_what_is_wrong_with_the_store_is_no_answers_fault(demo):
    """It is said once, and nothing more is asked."""
    terminal = Terminal(demo, "quote")
    terminal.until(PLAN)
    demo.store.unlink()
    terminal.type("pro\n")
    assert terminal.end()[0] == 3
