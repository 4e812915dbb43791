"""`--help`: every command has examples, every example runs, and the documentation knows every command."""

import pwd
import re
import shlex
from importlib.resources import files
from pathlib import Path

import pytest
from typer.main import get_command

from subctl.cli import commands, prompts
from subctl.cli.app import app
from subctl.cli.commands import COMMANDS
from subctl.cli.declaration import CHANGE, KEEP, LOOK, MANY, SET_UP, TOOL
from subctl.cli.tree import module_of
from tests.support.camt import Camt, Entry, Tx
from tests.support.commands import DECLARED

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DEMO = ("init", "--demo")
WIDTH = 80

QUOTE = ("quote", "--plan", "pro", "--users", "20")
UPGRADE = ("upgrade", "--plan", "pro", "--users", "20", "--yes")
BACKUP = ("backup", "contracts-2026-03-15.db")

ACCOUNT = ("space", "set", "acme", "--iban", "NL91ABNA0417164300")
MANDATE = ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-03-01")

DEBITED = [
    DEMO,
    ACCOUNT,
    ("space", "set", "acme", "--payment", "direct-debit"),
    MANDATE,
    UPGRADE,
]

BEFORE: dict[str, list[tuple[str, ...]]] = {
    "show": [DEMO, UPGRADE],
    "order": [DEMO, QUOTE],
    "withdraw": [DEMO, UPGRADE],
    "correct": [DEMO, UPGRADE, ("space", "set", "acme", "--name", "Acme B.V.")],
    "admin remove": [DEMO, ("admin", "add", "maria", "--space", "acme")],
    "restore": [DEMO, BACKUP],
    "mandate": [DEMO, ACCOUNT],
    "mandate add": [DEMO, ACCOUNT],
    "mandate end": [DEMO, ACCOUNT, MANDATE],
    "catalog drop": [DEMO, ("catalog", "import", "catalog.toml")],
    "owed": [DEMO, UPGRADE],
    "journal": [DEMO, UPGRADE],
    "pay": [DEMO, UPGRADE],
    "collect": DEBITED,
    "init": [],
    "completion": [],
}
"""What is run before each example of a command; for all others that is the demo store."""

BEFORE_EXAMPLE: dict[str, list[tuple[str, ...]]] = {
    "subctl init --demo": [],
    "subctl mandate end M-1": [DEMO, ACCOUNT, MANDATE],
    "subctl collect --drop DD-2026-0001": [*DEBITED, ("collect", "debits.xml", "--on", "2026-04-14", "--yes")],
    "subctl pay --undo P-2026-0001": [DEMO, UPGRADE, ("pay", "INV-2026-0001", "--yes")],
    "subctl admin remove maria --space acme": BEFORE["admin remove"],
}
"""The same for single examples, wherever they stand."""

FILES = {
    "statement.xml": Camt(opening="0.00", closing="786.50").text(
        Entry("786.50", "2026-03-15").of(Tx("INV-2026-0001", name="Acme"))
    ),
    "spaces.csv": "id,name,plan,users\nbistro,Bistro 7,pro,4\nbar,Bar,starter,2\n",
    "wanted.csv": "space,plan,users,zoom,billing\nacme,pro,20,,\natelier,,12,,\n",
    "catalog.toml": (files("subctl") / "data" / "catalog.toml").read_text().replace("2026-01-01", "2027-01-01"),
}
"""The files that examples read, in the folder they are run in."""

ANSWERS = {"[o]rder, save as a": "o", "Plan": "", "Users": "", "Zoom": "", "Billing": ""}
"""What the person at the terminal answers; every other question is answered with y."""


def walk(command, path=""):
    """Yield the path of a command and of all below it; the first one is empty."""
    yield path
    for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
        yield from walk(command.get_command(None, name), f"{path} {name}".strip())


PATHS = list(walk(get_command(app)))
GROUPS = {path.rpartition(" ")[0] for path in PATHS if " " in path}
LEAVES = [path for path in PATHS if path and path not in GROUPS]
EXAMPLES = {path: (module_of(path).GROUP if path in {"", *GROUPS} else DECLARED[path]).examples for path in PATHS}
EVERY_EXAMPLE = [(path, line) for path, lines in EXAMPLES.items() for line in lines]


@pytest.fixture
def place(cli, monkeypatch, tmp_path):
    """A folder with the files that examples read, a terminal with somebody who answers, and an account maria."""
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    account = pwd.struct_passwd(("maria", "x", 4321, 4321, "", "/", "/bin/sh"))
    known = pwd.getpwnam
    monkeypatch.setattr(pwd, "getpwnam", lambda name: account if name == "maria" else known(name))
    monkeypatch.setattr(prompts, "has_terminal", lambda: True)
    monkeypatch.setattr(prompts, "ask", lambda question: ANSWERS.get(question.split(" [")[0], "y"))
    return cli


def words_of(line):
    """Return the words of an example after `subctl`: without what the shell does with its output."""
    inner = re.fullmatch(r'eval "\$\((.*)\)"', line)
    words = shlex.split(inner[1] if inner else line)
    assert words[0] == "subctl"
    return words[1 : words.index(">") if ">" in words else None]


def test_every_command_has_two_or_three_examples():
    """Groups and `subctl` itself too."""
    assert {len(lines) for lines in EXAMPLES.values()} <= {2, 3}


def test_every_command_stands_below_one_title():
    """`subctl --help` leaves none out, and has no title that isn't known."""
    purposes = [module_of(name).GROUP.purpose for name in GROUPS if name]
    purposes += [declared.purpose for name, declared in DECLARED.items() if " " not in name]
    assert set(purposes) == {LOOK, CHANGE, MANY, SET_UP, KEEP, TOOL}
    assert {declared.purpose for name, declared in DECLARED.items() if " " in name} == {""}


def test_the_list_of_names_has_every_file():
    """A command's file that nobody listed would never be called."""
    folder = Path(commands.__file__).parent
    files_ = {path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py") if path.stem != "__init__"}
    assert files_ == {Path(module_of(name).__file__ or "").relative_to(folder).with_suffix("") for name in COMMANDS}


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "subctl")
def test_no_line_of_help_is_cut(cli, path, columns):
    """Texts are wrapped at the terminal's width, or at 80; only examples are as long as they are."""
    screen = cli(*path.split(), "--help", COLUMNS=str(columns)).text
    assert "..." not in screen.replace("[ARGS]...", "").replace("[INVOICE...]", "")
    assert "{" not in screen
    examples = {f"  {line}" for line in EXAMPLES[path]}
    assert max(len(line) for line in screen.splitlines() if line not in examples) <= columns


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "subctl")
def test_help_shows_the_examples_before_the_options(cli, path):
    """Whole, one a line, within 80 signs; the first lines say how and what."""
    screen = cli(*path.split(), "--help", COLUMNS=str(WIDTH)).text
    lines = screen.splitlines()
    start = lines.index("Examples:")
    assert lines[start + 1 : start + 1 + len(EXAMPLES[path])] == [f"  {line}" for line in EXAMPLES[path]]
    assert lines[start + 1 + len(EXAMPLES[path])] == ""
    assert 2 < start < min(lines.index(name) for name in ("Arguments:", "Options:") if name in lines)
    assert lines[0].startswith(f"Usage: subctl {path}".strip())
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize(("path", "line"), EVERY_EXAMPLE, ids=lambda value: value or "subctl")
def test_an_example_runs(place, path, line):
    """On a fresh demo store, with what BEFORE says: exit 0."""
    words = words_of(line)
    assert " ".join(words).startswith(path)
    before = BEFORE_EXAMPLE.get(line, BEFORE.get(path, [DEMO]))
    for command in before:
        assert place(*command).code == 0, command
    done = place(*words)
    assert done.code == 0, done.err
    assert done.out


@pytest.mark.parametrize("line", ["subctl apply wanted.csv --yes", "subctl upgrade --plan pro --users 20"])
def test_the_examples_that_change_something_do(place, line):
    """Where an example orders, there is an order afterwards."""
    assert place(*DEMO).code == 0
    assert place(*words_of(line)).code == 0
    assert place("list", "orders", "--json").json["items"] != []


_CODE = re.compile(r"^```.*?^```|``.+?``|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_CALL = re.compile(r"(?<![\w./-])subctl((?:\s+[a-z][a-z|]*(?![\w.]))+)")


def documented(page):
    """Yield the commands that a page names in code: `subctl admin add|remove` names two."""
    for code in _CODE.findall(page.read_text(encoding="utf-8")):
        for call in _CALL.findall(code):
            words = call.split()
            for first in words[0].split("|"):
                if first in GROUPS and len(words) > 1:
                    yield from (f"{first} {second}" for second in words[1].split("|"))
                else:
                    yield first


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_documented_commands_exist(page):
    """No page names a command that isn't there."""
    assert sorted(set(documented(page)) - set(PATHS)) == []


def test_existing_commands_are_documented():
    """README.md or a page of docs/ shows each command in code; those missing are named here."""
    known = {name for page in PAGES for name in documented(page)}
    assert [path for path in LEAVES if path not in known] == []
