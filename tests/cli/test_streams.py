"""Closed streams: what a command does without stdin, stdout or stderr, each of them closed before it starts."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.bad_input import LINES
from tests.support.stores import rows

STDIN, STDOUT, STDERR = range(3)
UPGRADE = ("upgrade", "--plan", "pro", "--users", "20")
ASKING = {
    "upgrade": UPGRADE,
    "downgrade": ("downgrade", "--users", "8"),
    "cancel": ("cancel",),
    "withdraw": ("withdraw", "O-2026-0001"),
    "apply": ("apply", "{home}/apply.csv"),
    "pay": ("pay", "INV-2026-0001"),
    "collect": ("collect", "{home}/debits.xml", "--on", "2026-04-14"),
    "restore": ("restore", "{home}/kept.db"),
    "move": ("move", "--to", "{home}/moved.db"),
    "init": ("init", "--demo"),
}
"""What asks before it writes, without --yes."""

FILES = {
    "space import": "spaces.csv",
    "apply": "apply.csv",
    "catalog check": "catalog.toml",
    "catalog import": "catalog.toml",
    "collect": "debits.xml",
    "backup": "new.db",
    "restore": "kept.db",
    "move": "moved.db",
}

RUN = r"""
import json, os, shutil, sys
from subctl.cli import app
names = ("stdin", "stdout", "stderr")
home = sys.argv[2]

def run(words, closed):
    shutil.copytree(f"{home}/before", f"{home}/at")
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = [open(f"{home}/{name}", encoding="utf-8").read() for name in names[1:]]
        os.rename(f"{home}/at", f"{home}/{words[0]}")
        return [code, *said]
    sys.stdin = open(os.devnull)
    os.dup2(sys.stdin.fileno(), 0)
    for place in (1, 2):
        stream = open(f"{home}/{names[place]}", "w", encoding="utf-8")
        os.dup2(stream.fileno(), place)
        setattr(sys, names[place], open(place, "w", encoding="utf-8", closefd=False))
    if closed is not None:
        os.close(closed)
        setattr(sys, names[closed], None)
    os.chdir(f"{home}/at")
    os.environ["XDG_CONFIG_HOME"] = f"{home}/at"
    sys.argv = ["subctl", *words[1:]]
    try:
        app.run()
    except SystemExit as ended:
        os._exit(ended.code)
    os._exit(99)

print(json.dumps([run(words, closed) for words, closed in json.loads(sys.argv[1])]))
"""
"""Runs commands, each in a process of its own with a stream closed and a store that nobody else has.

The interpreter does as much with a stream that is closed before it starts: there is none.
"""


def outcomes(demo, calls):
    """Return code, stdout, stderr and the rows of the store after each of the calls (words, closed stream)."""
    before = demo.home / "before"
    before.mkdir()
    before.joinpath("spaces.csv").write_text("id,name,plan,users\nnew,New,pro,1\n")
    before.joinpath("apply.csv").write_text("space,users\nacme,30\natelier,9\n")
    catalog = Path("src/subctl/data/catalog.toml").read_text(encoding="utf-8")
    before.joinpath("catalog.toml").write_text(catalog.replace("valid_from = 2026", "valid_from = 2027"))
    for name in ("contracts.db", "kept.db"):
        before.joinpath(name).write_bytes(demo.bytes)
        before.joinpath(name).chmod(0o600)
    named = [[[str(place), *words], closed] for place, (words, closed) in enumerate(calls)]
    done = json.loads(demo.python("-c", RUN, json.dumps(named), str(demo.home), SUBCTL_STORE="contracts.db").text)
    return [
        (code, re.sub(r"\d{8}T\d{6}", "NOW", out), err, rows(demo.home / str(place) / "contracts.db"))
        for place, (code, out, err) in enumerate(done)
    ]


DEBITED = ("space", "set", "acme", "--payment", "direct-debit")
MANDATE = ("mandate", "add", "M-0", "--space", "acme", "--signed", "2026-03-01", "--iban", "NL91ABNA0417164300")


@pytest.fixture
def used(cli):
    """A demo store with an open quote, and an order that can be withdrawn."""
    return cli.prepare(
        ("init", "--demo"),
        DEBITED,
        MANDATE,
        ("upgrade", "--users", "15", "--yes"),
        ("quote", "--users", "20"),
        ("space", "set", "acme", "--reference", "PO-7"),
    )


def test_every_command_without_each_of_the_streams(used):
    """Without stdin or stderr it does what it does; without stdout too, and the exit code says that nobody saw it."""
    lines = {
        path: [word.replace("{file}", FILES.get(path, "")) for word in words]
        for path, words in {**LINES, "withdraw": (*LINES["withdraw"], "O-2026-0001")}.items()
    }
    lines["order"] = ["order", "Q-2026-0001"]
    lines["mandate add"] = [word.replace("acme", "atelier") for word in lines["mandate add"]]
    lines["mandate end"] = ["mandate", "end", "M-0"]
    lines["collect"] += ["--on", "2026-04-14"]
    calls = [(words, closed) for words in lines.values() for closed in (None, STDIN, STDOUT, STDERR)]
    found = iter(outcomes(used, calls))
    for path in lines:
        usual, no_stdin, no_stdout, no_stderr = (next(found) for _ in range(4))
        code, out, err, state = usual
        assert code == {"catalog drop": 3, "admin remove": 4}.get(path, 0), (path, err)
        assert "Traceback" not in err + no_stdin[2] + no_stdout[2]
        assert no_stdin == usual, path
        assert no_stderr == (code, out, "", state), path
        said = "subctl: The output couldn't be written: Bad file descriptor.\n"
        assert no_stdout == (code or 9, "", err if code else said, state), path


def test_what_asks_is_refused_where_nobody_can_answer(used):
    """stdin that is closed, or stderr, on which the question would stand: `confirmation_needed`, nothing is done."""
    calls = [
        ([*(word.replace("{home}/", "") for word in words), "--json"], closed)
        for words in ASKING.values()
        for closed in (STDIN, STDERR)
    ]
    state = rows(used.store)
    for (words, closed), (code, out, err, after) in zip(calls, outcomes(used, calls), strict=True):
        assert (code, out, after) == (2, "", state), words
        assert closed == STDERR or json.loads(err)["error"]["code"] == "confirmation_needed", words


def in_bash(cli, script, **streams):
    """Start a script of a real bash, in which `"$@"` is the command."""
    command = ["bash", "-c", script, "-", sys.executable, "-m", "subctl"]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.Popen(command, env=cli.environment(), text=True, **pipes)


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
def test_a_bill_run_without_streams(demo, closed):
    """Cron may start it so: real processes."""
    with in_bash(demo, f'"$@" bill --today 2026-04-01 --fields issued --json {closed}') as running:
        out, err = running.communicate()
    assert (running.returncode, err) == (0, "")
    assert [each["number"] for each in json.loads(out)["issued"]] == ["INV-2026-0001"]


def test_help_without_stdout(demo):
    """Nobody saw it: exit 9, as with a full disk."""
    for words in ("--help", "show --help", "--version", "completion bash"):
        with in_bash(demo, f'"$@" {words} >&-') as running:
            out, err = running.communicate()
        assert (running.returncode, out, err) == (
            9,
            "",
            "subctl: The output couldn't be written: Bad file descriptor.\n",
        )


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full"])
def test_a_question_that_nobody_can_read_is_not_asked(demo, closed):
    """At a terminal, with stderr closed or full: it doesn't wait for an answer to what nobody saw."""
    terminal, end = pty.openpty()
    before = demo.bytes
    with in_bash(demo, f'"$@" {" ".join(UPGRADE)} {closed}', stdin=end) as running:
        out, _ = running.communicate(timeout=20)
    os.close(end)
    os.close(terminal)
    assert (running.returncode, out, demo.bytes) == (2, "", before)


def test_a_terminal_that_can_not_be_read(demo):
    """stdin is one, and open for writing only: no answer can come, and none is waited for."""
    terminal, end = pty.openpty()
    before = demo.bytes
    with in_bash(demo, f'"$@" {" ".join(UPGRADE)} --json 0>{os.ttyname(end)}') as running:
        out, err = running.communicate(timeout=20)
    os.close(end)
    os.close(terminal)
    assert (running.returncode, out, demo.bytes) == (2, "", before)
    assert json.loads(err[err.index('{\n  "error"') :])["error"] == {
        "code": "confirmation_needed",
        "message": "This needs an answer, and the terminal can't be used: Bad file descriptor.",
        "hint": "Nothing was changed.",
    }


def test_an_order_at_the_question_without_stdout(demo):
    """The order stands, and the exit code says that its result wasn't seen."""
    terminal, end = pty.openpty()
    with in_bash(demo, f'"$@" {" ".join(UPGRADE)} >&-', stdin=end) as running:
        os.write(terminal, b"o\n")
        _, err = running.communicate(timeout=20)
    os.close(end)
    os.close(terminal)
    assert running.returncode == 9
    assert err.endswith("[l]eave: subctl: The output couldn't be written: Bad file descriptor.\n")
    assert demo.sql("SELECT count(*) FROM orders") == [(1,)]


ISSUED = (
    '[{"number":"INV-2026-0001","space":"atelier","period":{"start":"2026-04-01","end":"2026-05-01"},'
    '"net":"150.00","vat":"31.50","total":"181.50","currency":"EUR"}]'
)


def test_the_issued_invoices_as_a_field(demo):
    """As a table and as CSV they stand in one cell; as JSON they are what they are."""
    words = ("bill", "--today", "2026-04-01", "--fields", "issued,date", "--dry-run")
    unnumbered = ISSUED.replace('"INV-2026-0001"', "null")
    quoted = '"' + unnumbered.replace('"', '""') + '"'
    assert demo(*words, "--format", "csv").text == f"issued,date\n{quoted},2026-04-01\n"
    assert unnumbered in demo(*words).text
    assert demo(*words, "--json").json == {"issued": json.loads(unnumbered), "date": "2026-04-01"}
