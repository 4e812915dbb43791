"""--save of many documents: several processes make what one makes, and what ends one of them makes nobody wait."""

import json
import os
import pickle
import signal
import subprocess
import sys
from contextlib import closing, suppress
from itertools import islice

import pytest

from subctl.cli import filing, shelf, workers
from subctl.domain.system import itself
from subctl.results.invoice import ShownInvoice
from subctl.view import papers
from tests.support.documents import validated
from tests.support.papers import NUMBERS, SETUP, shown
from tests.support.waiting import at_most, pause

INVOICES, FEW = 70, 40
UNDRAWN = "Kunde \u0378"
"""A name with a letter that no font has."""

SECONDS = 60
PROGRAM = f"""
from subctl.cli import app, shelf, workers
shelf.FEW, workers.count = {FEW}, lambda: {{count}}
app.run()
"""
"""subctl, with so many processes on any machine, and for fewer documents."""


def written(count):
    """Return a file of so many new spaces; in the name of one is a letter that no font has."""
    rows = [f"s{place:05},{UNDRAWN if place == 7 else 'Kunde'},pro,2" for place in range(count)]
    return "id,name,plan,users\n" + "\n".join(rows) + "\n"


@pytest.fixture(autouse=True)
def fewer(monkeypatch):
    """Processes for fewer documents, so that these tests take less time."""
    monkeypatch.setattr(shelf, "FEW", FEW)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The file from which the spaces are imported: the same one, so that the store is made once."""
    file = tmp_path_factory.mktemp("many") / "spaces.csv"
    file.write_text(written(INVOICES))
    return file


@pytest.fixture
def many(cli, template):
    """A store with many invoices, and a folder for papers."""
    cli.sandbox("2026-03-15", ("space", "import", str(template)), ("bill", "-q", "--today", "2026-04-01"))
    (cli.home / "papers").mkdir()
    return cli


def words(cli):
    """Return the command that saves them all."""
    return ("list", "invoices", "--save", str(cli.home / "papers"), "--json")


def content(cli):
    """Return what is in the folder, by name."""
    return {path.name: path.read_bytes() for path in (cli.home / "papers").iterdir()}


def emptied(cli):
    """Empty the folder."""
    for path in (cli.home / "papers").iterdir():
        path.unlink()


def said(result):
    """Return all that a command says, without what it says of each invoice."""
    document = validated(json.loads(result.out))
    assert len(document["items"]) == INVOICES
    return result.code, {key: document[key] for key in ("saved", "kept", "failed")}, result.err


class Running:
    """The command in a process of its own, with so many processes of its own."""

    def __init__(self, cli, count=2, before=(), **extra):
        program = PROGRAM.format(count=count)
        self._folder = cli.home / "papers"
        self.process = subprocess.Popen(
            [*before, sys.executable, "-c", program, *words(cli)],
            env=cli.environment(extra),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *how):
        self.process.kill()
        self.process.communicate()

    def until_some(self):
        """Wait until some files are there, and return the processes that make them."""
        while len(list(self._folder.glob("INV-*"))) < 5:
            assert self.process.poll() is None
            pause(0.01)
        return self.workers()

    def workers(self):
        """Return the processes that make files in the folder."""
        listed = subprocess.run(["ps", "-ww", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
        found = [line.split() for line in listed.splitlines() if "import work;" in line and str(self._folder) in line]
        return [int(pid) for pid, *_ in found]

    def end(self):
        """Return exit code, stdout and stderr once it has ended."""
        with at_most(SECONDS, self.process):
            out, err = self.process.communicate()
        return self.process.returncode, out, err


# --- the same as one process -------------------------------------------------------------------------------


def test_two_processes_make_what_one_makes(many, monkeypatch):
    """The same files, byte by byte, the same document, the same error for the one that can't be drawn."""
    done = []
    for count in (1, 2):
        monkeypatch.setattr(workers, "count", lambda count=count: count)
        done.append((many(*words(many)), content(many)))
        emptied(many)
    assert done[0] == done[1]
    code, told, err = said(done[1][0])
    assert [(each["number"], each["space"], each["error"]["code"]) for each in told["failed"]] == [
        ("INV-2026-0008", "s00007", "no_glyph")
    ]
    assert (code, told["saved"], told["kept"], len(done[1][1])) == (4, INVOICES - 1, 0, INVOICES - 1)
    assert json.loads(err)["error"]["message"] == "1 document was not saved: INV-2026-0008."


def test_a_disk_that_takes_nothing_more_is_told_alike(many):
    """No file may be larger than a disk has room for: each is named, in the order of the list."""
    ended = []
    for count in (1, 2):
        limited = ("sh", "-c", 'ulimit -f 8; exec "$0" "$@"')
        unmeasured = {"COVERAGE_PROCESS_START": "", "COVERAGE_PROCESS_CONFIG": ""}  # its files are limited too
        with Running(many, count, limited, **unmeasured) as running:
            ended.append(running.end())
    assert ended[0] == ended[1]
    code, out, err = ended[1]
    failed = json.loads(out)["failed"]
    numbers = [f"INV-2026-{place:04}" for place in range(INVOICES, 0, -1)]
    assert [each["number"] for each in failed] == numbers
    assert {each["error"]["code"] for each in failed} == {"output_failed", "no_glyph"}
    assert (code, json.loads(err)["error"]["code"], content(many)) == (9, "output_failed", {})


@pytest.mark.parametrize("number", NUMBERS)
def test_what_goes_to_another_process_comes_out_the_same(cli, number):
    """Documents of every kind."""
    document = shown(cli.prepare(*SETUP), number)
    sent = pickle.loads(pickle.dumps(document))
    assert papers.paper(sent, "pdf") == papers.paper(document, "pdf")


def test_a_short_list_starts_no_process(many, monkeypatch):
    """Few are made sooner than a process is there; so is what little is missing of many."""
    monkeypatch.setattr(subprocess, "Popen", None)
    monkeypatch.setattr(workers, "count", lambda: 2)
    assert many("list", "invoices", "--limit", str(FEW), "--save", str(many.home / "papers")).code == 0
    assert len(content(many)) == FEW
    code, told, _ = said(many(*words(many)))
    assert (code, told["saved"], told["kept"]) == (4, INVOICES - FEW - 1, FEW)


def test_on_one_processor_no_process_is_started(many, monkeypatch):
    """It would only take turns with this one."""
    monkeypatch.setattr(subprocess, "Popen", None)
    monkeypatch.setattr(workers, "count", lambda: 1)
    assert said(many(*words(many)))[1]["saved"] == INVOICES - 1


def test_as_many_processes_as_there_are_processors():
    """Those that this process may use."""
    assert 1 <= workers.count() <= (os.cpu_count() or 1)


def test_documents_are_read_when_somebody_makes_them(many):
    """So that memory doesn't grow with their number: nobody has more than a turn in hand."""
    invoice = shown(many, "INV-2026-0001")
    assert isinstance(invoice, ShownInvoice)
    given = 0

    def tasks():
        nonlocal given
        for place in range(1000):
            given += 1
            yield filing.Task(place, f"INV-{place}", "acme", invoice._replace(number=f"INV-{place}"), (("pdf", None),))

    with closing(workers.make_in_processes(many.home / "papers", tasks(), 2)) as made:
        assert {outcome.written for outcome in islice(made, 30)} == {1}
        assert given <= 30 + 2 * 20


# --- what ends too early -----------------------------------------------------------------------------------


def test_what_a_killed_command_left_is_gone_on_with(many):
    """kill -9: its processes end by themselves; the same command again makes what is missing, and that alone."""
    with Running(many) as running:
        assert len(running.until_some()) == 2
        running.process.kill()
        code, out, _ = running.end()
        while running.workers():
            pause(0.02)
    assert (code, out) == (-signal.SIGKILL, "")
    there = {path.name: path.stat().st_ino for path in (many.home / "papers").iterdir()}
    assert 5 <= len(there) < INVOICES - 1
    _, told, _ = said(many(*words(many)))
    assert (told["kept"], told["saved"]) == (len(there), INVOICES - 1 - len(there))
    kept = {name: (many.home / "papers" / name).stat().st_ino for name in there}
    assert kept == there
    again = content(many)
    emptied(many)
    assert (many(*words(many)).code, content(many)) == (4, again)


def test_ctrl_c_stops_all_of_them(many):
    """What is written is whole, nothing is half there, and nobody goes on when the command has ended."""
    with Running(many) as running:
        running.until_some()
        running.process.send_signal(signal.SIGINT)
        code, out, err = running.end()
        assert running.workers() == []
    assert (code, out, json.loads(err)["error"]["code"]) == (130, "", "interrupted")
    there = content(many)
    assert 5 <= len(there) < INVOICES - 1
    emptied(many)
    assert many(*words(many)).code == 4
    assert there.items() <= content(many).items()


def test_a_process_that_is_killed_fails_what_it_had_in_hand(many):
    """The others are there, and the same command again makes what is missing."""
    with Running(many) as running:
        os.kill(running.until_some()[0], signal.SIGKILL)
        code, out, err = running.end()
    failed = {each["number"]: each["error"] for each in json.loads(out)["failed"]}
    assert failed.pop("INV-2026-0008")["code"] == "no_glyph"
    number, error = next(iter(failed.items()))
    assert error == {
        "code": "output_failed",
        "message": f"The process that was to make {number} ended before it did: SIGKILL.",
        "hint": "See whether memory is short, and save what is missing once more.",
    }
    assert (code, json.loads(err)["error"]["code"]) == (9, "output_failed")
    assert 1 <= len(failed) <= 20
    with suppress(OSError):
        for leftover in (many.home / "papers").glob(".INV-*"):  # of the one that was killed
            leftover.unlink()
    there = len(content(many))
    assert INVOICES - 1 - len(failed) <= there
    _, told, _ = said(many(*words(many)))
    assert (told["kept"], told["saved"]) == (there, INVOICES - 1 - there)


def test_processes_that_do_not_start_are_told_and_not_waited_for(many, monkeypatch):
    """Every document is named."""
    monkeypatch.setattr(workers, "count", lambda: 2)
    monkeypatch.setattr(sys, "executable", str(many.home / "nowhere"))
    code, told, _ = said(many(*words(many)))
    assert (code, told["saved"], len(told["failed"])) == (9, 0, INVOICES)
    assert told["failed"][0]["error"]["message"] == (
        f"The process that was to make INV-2026-{INVOICES:04} ended before it did: No such file or directory."
    )


def test_a_bug_in_one_of_them_is_a_bug_of_the_command(many, monkeypatch):
    """Exit 1, and --debug shows where it was."""
    monkeypatch.setattr(workers, "count", lambda: 2)

    def broken(function, *words):
        *python, start = itself(function, *words)[:4]
        spoilt = start.replace("; from", "; from subctl.view import papers; papers.paper = None; from")
        return [*python, spoilt, *words, *sys.path]

    monkeypatch.setattr(workers, "itself", broken)
    done = many(*words(many))
    bug = "A bug in subctl: RuntimeError: TypeError: 'NoneType' object is not callable"
    assert done.refusal == (1, "internal", bug, "Run it again with --debug.")
    with pytest.raises(RuntimeError) as raised:
        many(*words(many), "--debug")
    assert "in make_files" in raised.value.__notes__[0]
