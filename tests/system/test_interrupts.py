"""Signals and streams that go away, sent to real processes: what was finished stays, and is told truly (safety.md)."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from tests.support.stores import rows

CONTRACTS, BATCH = 3000, 50
IN_SMALL_BATCHES = f"from subctl.cli.app import run; from subctl.service import billing; billing.BATCH = {BATCH}; run()"
UPGRADE = ("upgrade", "--plan", "pro", "--users", "20")


LOADING = """
import os, sys
from subctl.__main__ import run
sys.addaudithook(lambda event, about: event == "import" and about[0] == "subctl.cli.app" and os.write(2, b"\\n"))
run()
"""
"""The command, which says on stderr that it begins to load its modules."""


@pytest.fixture(autouse=True)
def _minded():
    """What is started minds what a terminal sends, also where the tests run in the background and ignore it."""
    ignored = [
        each for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if signal.getsignal(each) == signal.SIG_IGN
    ]
    for each in ignored:
        signal.signal(each, signal.SIG_DFL)
    yield
    for each in ignored:
        signal.signal(each, signal.SIG_IGN)


def process(cli, words, start=("-m", "subctl"), **streams):
    """Start a command."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.Popen([sys.executable, *start, *words], env=cli.environment(), text=True, **pipes)


@pytest.fixture
def many(cli):
    """A store of many contracts that are due on 1 April."""
    file = cli.home / "many.csv"
    cli.home.mkdir(exist_ok=True)
    file.write_text("id,name,plan,users\n" + "".join(f"s{place:05},S,pro,2\n" for place in range(CONTRACTS)))
    return cli.prepare(("init", "--sandbox", "--today", "2026-03-15"), ("space", "import", str(file)))


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_bill_run_that_is_interrupted_stops_between_whole_batches(many, sent):
    """safety.md: whole batches are there, numbers have no gap, and the same command goes on where it was."""
    words = ("bill", "--today", "2026-04-01", "--json")
    running = process(many, words, ("-c", IN_SMALL_BATCHES))
    while not (billed := many.sql("SELECT count(*) FROM invoices")[0][0]):
        assert running.poll() is None
        time.sleep(0.005)
    running.send_signal(sent)
    out, err = running.communicate()
    done = many.sql("SELECT count(*), max(id) - min(id) + 1 FROM invoices")[0]
    assert (out, billed % BATCH) == ("", 0)
    assert done[0] % BATCH == 0
    assert billed <= done[0] == done[1] < CONTRACTS
    if sent == signal.SIGINT:
        assert (running.returncode, json.loads(err)["error"]["message"]) == (130, "Interrupted.")
        assert json.loads(err)["error"]["hint"].startswith("What was done before stays")
    else:
        assert (running.returncode, err) == (-sent, "")
    assert len(many(*words).json["issued"]) == CONTRACTS - done[0]
    assert many.sql("SELECT count(*), max(id) - min(id) + 1, count(DISTINCT space) FROM invoices") == [(CONTRACTS,) * 3]
    assert many("check", "--json").json["problems"] == []


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -15), (signal.SIGHUP, -1)])
def test_a_signal_at_the_question_changes_nothing(demo, sent, code):
    """safety.md: the store is as it was, and nobody had to wait for the answer."""
    before = demo.bytes
    terminal, end = pty.openpty()
    running = process(demo, UPGRADE, stdin=end)
    assert running.stderr is not None
    said = ""
    while not said.endswith("[l]eave: "):
        letter = running.stderr.read(1)
        assert letter, said
        said += letter
    while running.poll() is None:  # in the moment before it begins to read, a signal is only noted
        running.send_signal(sent)
        with suppress(subprocess.TimeoutExpired):
            running.communicate(timeout=1)
    os.close(end)
    os.close(terminal)
    assert running.returncode == code
    assert demo.bytes == before
    assert demo(*UPGRADE, "--yes").code == 0


@pytest.mark.parametrize("closing", [">&-", ">/dev/full", "| true"])
def test_an_order_whose_result_nobody_can_read_is_made_once(demo, closing):
    """safety.md: the order is there, exit 9 (a reader that left is no failure); again it changes nothing."""
    script = f'"$@" {closing}; exit "${{PIPESTATUS[0]}}"'
    command = ["bash", "-c", script, "-", sys.executable, "-m", "subctl", *UPGRADE, "--yes", "--json"]
    codes = []
    for _ in range(2):
        done = subprocess.run(command, env=demo.environment(), capture_output=True, text=True, check=False)
        codes.append(done.returncode)
        if closing == "| true":
            assert done.stderr == ""
        else:
            assert json.loads(done.stderr)["error"]["code"] == "output_failed"
    assert codes == [0 if closing == "| true" else 9] * 2
    assert demo.sql("SELECT count(*) FROM orders") == [(1,)]
    again = demo(*UPGRADE, "--yes", "--json").json
    assert (again["changed"], again["after"]["users"]) == (False, 20)
    assert demo("check", "--json").json["ok"] is True


@pytest.mark.parametrize("words", [("show",), (*UPGRADE, "--yes")], ids=["show", "upgrade"])
def test_ctrl_c_at_any_moment_leaves_no_traceback(demo, words):
    """safety.md: from the loading of its modules to its end; all or nothing is there."""
    before, content = rows(demo.store), demo.bytes
    assert demo(*words).code == 0
    after = rows(demo.store)
    ended = set()
    for moment in range(12):
        demo.store.write_bytes(content)
        running = process(demo, (*words, "--json"), ("-c", LOADING))
        assert running.stderr is not None
        assert running.stderr.readline() == "\n"
        time.sleep(moment * 0.02)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate()
        ended.add(running.returncode)
        assert "Traceback" not in err
        assert rows(demo.store) in ((after,) if out else (before, after))
        assert demo("check", "--json").json["ok"] is True
    assert -signal.SIGINT in ended
    assert ended <= {0, 130, -signal.SIGINT}


IN_A_CALLBACK = """
import os, signal, sys, weakref
from subctl.cli import app
from subctl.service import contract_page
class Gone: pass
def shown(caller, *words):
    thing = Gone()
    watch = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
    del thing
    while True: pass
contract_page.show_contract = shown
app.run()
"""


def test_ctrl_c_in_a_callback_is_not_lost(demo):
    """safety.md: Python drops what is raised there; it comes again a moment later, without a traceback."""
    running = process(demo, ("show", "--json"), ("-c", IN_A_CALLBACK))
    try:
        out, err = running.communicate(timeout=20)
    finally:
        running.kill()
    assert (running.returncode, out, json.loads(err)["error"]["code"]) == (130, "", "interrupted")
