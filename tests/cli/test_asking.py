"""Questions at a real terminal: what is asked, which answers count, and what each of them leaves in the store."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.terminal import CHOICE, CTRL_D, Terminal, spoken

UPGRADE = ("upgrade", "--plan", "pro", "--users", "20")
PLAN = "Plan [starter]: "
NOTHING = "Nothing changes: acme has starter, 10 users and 2 Zoom licences, on annual billing already.\n"


def numbers(cli, kind):
    return [item["number"] for item in cli("list", kind, "--json").json["items"]]


# --- order, quote or leave -----------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["o", "O", "order", " o "])
def test_order(demo, answer):
    """The preview, the question, and then only what became of it."""
    terminal = Terminal(demo, *UPGRADE)
    shown = terminal.answer(CHOICE, answer)
    assert shown.startswith("Upgrade of acme on 15 March 2026\n")
    assert "Due now: 786.50 EUR, an upgrade invoice for 1 April to 30 June 2026\n" in shown
    assert terminal.end() == (
        0,
        f"{answer}\n\nOrdered: O-2026-0001; issued INV-2026-0001.\nSee it with: subctl show INV-2026-0001\n",
    )
    assert numbers(demo, "orders") == ["O-2026-0001"]
    assert demo("show", "INV-2026-0001", "--json").json["total"] == "786.50"


@pytest.mark.parametrize("answer", ["q", "quote", "QUOTE"])
def test_save_as_a_quote(demo, answer):
    """Nothing is ordered; the quote costs what was shown (pricing.md 6.1)."""
    code, rest = spoken(demo, *UPGRADE, answers=[(CHOICE, answer)])
    assert code == 0
    assert rest == "\nQuote Q-2026-0001 holds until 14 April 2026.\nAccept it with: subctl order Q-2026-0001\n"
    assert (numbers(demo, "quotes"), numbers(demo, "orders")) == (["Q-2026-0001"], [])
    assert demo("show", "Q-2026-0001", "--json").json["due_now"]["total"] == "786.50"


@pytest.mark.parametrize("answer", ["l", "leave"])
def test_leave(demo, answer):
    """Exit code 6, and the store is as it was."""
    before = demo.bytes
    assert spoken(demo, *UPGRADE, answers=[(CHOICE, answer)]) == (6, "subctl: Nothing was ordered.\n")
    assert demo.bytes == before


def test_an_answer_that_is_none_is_asked_again(demo):
    """Neither an empty line nor anything else orders."""
    terminal = Terminal(demo, *UPGRADE)
    terminal.answer(CHOICE, "y")
    for answer, wrong in (("", "y"), ("oo", ""), ("l", "oo")):
        assert terminal.answer(CHOICE, answer) == f"{wrong}\nPlease answer o, q or l.\n{CHOICE}"
    assert terminal.end() == (6, "l\nsubctl: Nothing was ordered.\n")


QUESTIONS = [
    (UPGRADE, CHOICE),
    (("upgrade",), PLAN),
    (("quote",), PLAN),
    (("cancel",), "Cancel this contract? [y/N] "),
]


@pytest.mark.parametrize(("words", "question"), QUESTIONS)
def test_ctrl_c(demo, words, question):
    """Exit code 130, and the store is as it was."""
    before = demo.bytes
    terminal = Terminal(demo, *words)
    terminal.until(question)
    terminal.interrupt()
    code, rest = terminal.end()
    assert code == 130
    assert rest.replace("^C", "").strip() == "subctl: Interrupted; nothing was changed."
    assert demo.bytes == before


@pytest.mark.parametrize(("words", "question"), QUESTIONS)
def test_end_of_input(demo, words, question):
    """Exit code 6, and the store is as it was."""
    before = demo.bytes
    terminal = Terminal(demo, *words)
    terminal.until(question)
    terminal.type(CTRL_D)
    code, rest = terminal.end()
    assert code == 6
    assert rest.replace("^D\b\b", "") == "\nsubctl: No answer: nothing was changed.\n"
    assert demo.bytes == before


def test_a_contract_that_moved_while_somebody_thinks(demo):
    """What isn't what was shown isn't ordered: exit code 5."""
    terminal = Terminal(demo, *UPGRADE)
    terminal.until(CHOICE)
    assert demo("upgrade", "--users", "12", "--yes").code == 0
    terminal.type("o\n")
    assert terminal.end() == (5, "o\nsubctl: The contract has moved since this preview.\nLook again, then order.\n")
    assert numbers(demo, "orders") == ["O-2026-0001"]


def test_a_question_holds_no_lock(demo):
    """While one is asked, others can write."""
    terminal = Terminal(demo, *UPGRADE)
    terminal.until(CHOICE)
    assert demo("upgrade", "--users", "12", "--yes", "--space", "atelier").code == 0
    terminal.type("o\n")
    assert terminal.end()[0] == 0
    assert numbers(demo, "orders") == ["O-2026-0002", "O-2026-0001"]


def test_an_expectation_comes_before_the_question(demo):
    """What costs something else is refused at once; what costs that is asked about (pricing.md 6.4)."""
    code, shown = Terminal(demo, *UPGRADE, "--expect", "650.00").end()
    assert code == 5
    assert shown.startswith("subctl: 786.50 EUR would be due now, not 650.00.\n")
    assert spoken(demo, *UPGRADE, "--expect", "786.50", answers=[(CHOICE, "o")])[0] == 0


# --- cancel, withdraw, init, restore, apply: yes or no --------------------------------------------------------


@pytest.mark.parametrize("answer", ["", "n", "no", "o", "yess"])
def test_cancel_declined(demo, answer):
    """Only yes is yes."""
    before = demo.bytes
    question = "Cancel this contract? [y/N] "
    terminal = Terminal(demo, "cancel")
    assert "The last day would be 30 June 2026." in terminal.answer(question, answer)
    assert terminal.end() == (6, f"{answer}\nsubctl: Nothing was changed.\n")
    assert demo.bytes == before


@pytest.mark.parametrize("answer", ["y", "Y", "yes"])
def test_cancel(demo, answer):
    """The contract ends at the first date that the notice reaches; what was shown isn't repeated (pricing.md 4.10)."""
    assert spoken(demo, "cancel", answers=[("Cancel this contract? [y/N] ", answer)]) == (
        0,
        "\nCancelled: O-2026-0001.\nTake it back with: subctl withdraw O-2026-0001\n",
    )
    assert demo("show", "--json").json["contract"]["last_day"] == "2026-06-30"


def test_withdraw_proposes_the_latest(cli):
    """Without ORDER the latest one that can be withdrawn is proposed (pricing.md 4.11)."""
    cli.prepare(("init", "--demo"), ("upgrade", "--users", "12", "--yes"), ("upgrade", "--users", "14", "--yes"))
    before = cli.bytes
    question = "Withdraw O-2026-0002? [y/N] "
    assert spoken(cli, "withdraw", answers=[(question, "n")]) == (6, "subctl: Nothing was changed.\n")
    assert cli.bytes == before
    terminal = Terminal(cli, "withdraw")
    assert terminal.answer(question, "y").startswith("Withdrawal of O-2026-0002, the upgrade of acme\n")
    outcome = "Withdrawn: O-2026-0002 on 15 March 2026, with the credit note INV-2026-0003."
    assert terminal.end() == (0, f"y\n\n{outcome}\n")
    assert cli("show", "--json").json["contract"]["users"] == 12
    assert spoken(cli, "withdraw", answers=[("Withdraw O-2026-0001? [y/N] ", "y")])[0] == 0
    assert spoken(cli, "withdraw", answers=[])[0] == 4


def test_init_over_a_sandbox(demo):
    """The old store stays beside; declined, it stays in its place."""
    before = demo.bytes
    question = f"There is a sandbox at {demo.store}. Keep it beside and make a new store? [y/N] "
    assert spoken(demo, "init", "--sandbox", answers=[(question, "")], columns=400) == (
        6,
        "subctl: Nothing was changed.\n",
    )
    assert demo.bytes == before
    code, rest = spoken(demo, "init", "--sandbox", answers=[(question, "y")], columns=400)
    assert code == 0
    kept = re.search(r"The old store is kept at (.+)\.\n", rest)
    assert kept is not None
    assert Path(kept[1]).read_bytes() == before
    assert demo("list", "spaces", "--json").json["items"] == []


def test_restore(demo, tmp_path):
    """A store is only replaced when somebody says yes."""
    file = tmp_path / "kept.db"
    assert demo("backup", str(file)).code == 0
    assert demo("upgrade", "--users", "12", "--yes").code == 0
    before = demo.bytes
    question = f"Put {file} in the place of {demo.store}? [y/N] "
    assert spoken(demo, "restore", str(file), answers=[(question, "n")]) == (6, "subctl: Nothing was changed.\n")
    assert demo.bytes == before
    assert spoken(demo, "restore", str(file), answers=[(question, "y")])[0] == 0
    assert numbers(demo, "orders") == []


def test_apply(demo, tmp_path):
    """One question for all contracts of a file."""
    file, before = tmp_path / "wanted.csv", demo.bytes
    file.write_text("space,users\nacme,20\natelier,12\n")
    question = "Order 2 changes? [y/N] "
    assert spoken(demo, "apply", str(file), answers=[(question, "n")]) == (6, "subctl: Nothing was changed.\n")
    assert demo.bytes == before
    outcome = "\nOrdered: O-2026-0001, O-2026-0002.\n"
    assert spoken(demo, "apply", str(file), answers=[(question, "y")]) == (0, outcome)
    assert numbers(demo, "orders") == ["O-2026-0002", "O-2026-0001"]


def test_apply_says_what_it_left_out(demo, tmp_path):
    """With --keep-going the answer names what was ordered, and what was refused before the question."""
    file = tmp_path / "wanted.csv"
    file.write_text("space,users\nacme,20\natelier,5\n")
    code, rest = spoken(demo, "apply", str(file), "--keep-going", answers=[("Order 1 change? [y/N] ", "y")])
    assert code == 4
    assert rest.startswith("\nOrdered: O-2026-0001.\nLine 3, atelier: 7 users of atelier are active")


# --- without a terminal --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (UPGRADE, "Run subctl upgrade with --yes, or save it with subctl quote."),
        (("downgrade", "--users", "8"), "Run subctl downgrade with --yes, or save it with subctl quote."),
        (("cancel",), "Run subctl cancel with --yes."),
        (("init", "--sandbox"), "Run subctl init with --yes."),
    ],
)
def test_nobody_there_to_answer(demo, words, hint):
    """Exit code 2, and what to do instead."""
    before = demo.bytes
    message = "This needs an answer, and stdin is no terminal."
    assert demo(*words, "--json").refusal == (2, "confirmation_needed", message, hint)
    assert demo.bytes == before


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize(
    ("words", "code", "start"),
    [
        (("upgrade", "--users", "8"), 4, ""),
        (("upgrade", "--users", "5"), 4, ""),
        (("upgrade", "--plan", "gold"), 3, "subctl: There is no plan 'gold'."),
        (("upgrade", "--users", "10"), 0, NOTHING),
        (("downgrade", "--plan", "starter", "--zoom", "2"), 0, NOTHING),
        (("withdraw", "O-2026-0009"), 3, ""),
    ],
)
def test_no_question_where_there_is_nothing_to_do(demo, words, code, start, terminal):
    """Refusals, and repeats that change nothing, come before the question."""
    if terminal:
        exit_code, shown = Terminal(demo, *words).end()
    else:
        done = demo(*words)
        exit_code, shown = done.code, done.out + done.err
    assert exit_code == code
    assert shown.startswith(start)
    assert CHOICE not in shown
    assert "[y/N]" not in shown


def test_a_second_cancel_and_withdraw_ask_nothing(cli):
    """They change nothing, so nothing is asked (pricing.md 4.11)."""
    cli.prepare(("init", "--demo"), ("upgrade", "--users", "12", "--yes"), ("cancel", "--yes"))
    assert Terminal(cli, "cancel").end()[0] == 0
    assert cli("withdraw", "O-2026-0001", "--yes").code == 0
    assert Terminal(cli, "withdraw", "O-2026-0001").end()[0] == 0


def test_yes_answers(demo):
    """With --yes a terminal is asked nothing, and the whole result is shown."""
    code, shown = Terminal(demo, *UPGRADE, "--yes").end()
    assert code == 0
    assert shown.startswith("Upgrade of acme on 15 March 2026\n")
    assert CHOICE not in shown


# --- streams -------------------------------------------------------------------------------------------------


def test_stdout_has_only_the_result(demo, tmp_path):
    """Previews and questions are on stderr."""
    file = tmp_path / "out"
    terminal = Terminal(demo, *UPGRADE, "--json", stdout=file)
    assert "Due now: 786.50 EUR" in terminal.answer(CHOICE, "o")
    assert terminal.end() == (0, "o\n")
    assert file.read_text() == demo_result(demo)


def demo_result(cli):
    """Return the order of UPGRADE as --json writes it: the change that the order kept."""
    change = cli("show", "O-2026-0001", "--json").json["change"]
    return json.dumps(change, ensure_ascii=False, indent=2) + "\n"


def test_stdout_stays_empty_when_declined(demo, tmp_path):
    """Leaving writes nothing to stdout."""
    file = tmp_path / "out"
    assert spoken(demo, *UPGRADE, answers=[(CHOICE, "l")], stdout=file) == (6, "subctl: Nothing was ordered.\n")
    assert file.read_bytes() == b""


def test_declined_for_a_script(demo):
    """With --json leaving is an error document like any other."""
    code, rest = spoken(demo, *UPGRADE, "--json", answers=[(CHOICE, "l")])
    assert (code, json.loads(rest)["error"]["code"]) == (6, "declined")


def test_questions_are_not_on_stdout(demo, tmp_path):
    """With stderr in a file the terminal shows the result alone."""
    file = tmp_path / "err"
    terminal = Terminal(demo, *UPGRADE, stderr=file)
    terminal.type("o\n")
    code, shown = terminal.end()
    assert code == 0
    assert "[o]rder" not in shown
    assert "Ordered: O-2026-0001" in shown
    assert file.read_text().endswith(CHOICE)
