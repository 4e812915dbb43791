"""What reading must not import: it would be slower than the work itself."""

import json

import pytest

from subctl.cli.commands import COMMANDS
from subctl.cli.tree import module_of
from tests.support.bad_input import LINES

SERVER = ["psycopg", "psycopg_binary", "subctl.cli.address", "subctl.store.postgres"]
SLOW = ["hypothesis", "pydantic", "sqlite_utils", "stdnum", "subctl.view.documents", "tomli_w"]
OPENSSL = "subctl.store.openssl"
WRITES = ["subctl.store.state", "subctl.store.write"]
SCRIPT = """
import sys
from subctl.cli.app import main
code = main(sys.argv[2:])
print(code, *[name for name in sys.argv[1].split(",") if name in sys.modules], file=sys.stderr)
"""
READING = [
    ("show",),
    ("show", "INV-2026-0001"),
    ("list", "spaces"),
    ("list", "invoices"),
    ("list", "deadlines"),
    ("whoami",),
    ("quote", "--users", "30", "--dry-run"),
    ("upgrade", "--users", "30", "--dry-run"),
    ("downgrade", "--users", "8", "--dry-run"),
]
WRITING = [
    ("upgrade", "--users", "30", "--yes"),
    ("downgrade", "--users", "18", "--yes"),
    ("quote", "--users", "30"),
    ("cancel", "--yes"),
    ("bill",),
    ("space", "set", "acme", "--name", "Other"),
]


@pytest.fixture
def used(cli):
    return cli.prepare(("init", "--demo"), ("upgrade", "--users", "20", "--yes"))


def imported(cli, words, names):
    """Return which of these modules a command imports, in a process of its own."""
    result = cli.python("-c", SCRIPT, ",".join(names), *words)
    assert (result.code, result.out != "") == (0, True)
    code, *found = result.err.split()
    assert code == "0"
    return found


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_reading_imports_nothing_that_only_writing_needs(used, words):
    """sqlite-utils is for making stores, stdnum and tomli-w for writing; pydantic and hypothesis for nothing here."""
    assert imported(used, words, [*SLOW, *WRITES]) == []


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_json_does_without_rich(used, words):
    """Scripts don't wait for tables."""
    assert imported(used, (*words, "--json"), [*SLOW, "rich"]) == []


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_writing_imports_no_more(used, words):
    """Rows are written by sqlite3 alone."""
    assert imported(used, (*words, "--json"), SLOW) == []


@pytest.mark.parametrize("words", [words for words in WRITING if words[0] != "space"], ids=" ".join)
def test_few_rows_are_hashed_without_openssl(used, words):
    """It takes longer to load than all rows of an order take to hash; a check has every row to hash."""
    assert imported(used, (*words, "--json"), [OPENSSL]) == []
    assert imported(used, ("check", "--json"), [OPENSSL]) == [OPENSSL]


def test_no_command_on_a_file_knows_of_servers(used):
    """All of them in one process, whether they do something or are refused."""
    script = (
        "import json, sys; from subctl.cli.app import main\n"
        "for words in json.loads(sys.argv[1]): main(words)\n"
        "print('loaded:', *[name for name in json.loads(sys.argv[2]) if name in sys.modules])"
    )
    lines = [[word.replace("{file}", "/none/file") for word in words] for words in LINES.values()]
    done = used.python("-c", script, json.dumps([*lines, ["show", "--json"]]), json.dumps(SERVER))
    assert (done.code, done.out.splitlines()[-1]) == (0, "loaded:")


def test_the_modules_are_noticed_where_they_are_imported(used):
    """A table needs rich, and a check the schema as it is made: the tests above look for the right names."""
    assert imported(used, ("show",), ["rich"]) == ["rich"]
    assert imported(used, ("check", "--json"), [*SLOW, "rich"]) == ["sqlite_utils"]
    assert imported(used, ("bill", "--json"), WRITES) == WRITES


def test_a_command_imports_itself_alone(used):
    """`show` doesn't load the commands it isn't."""
    others = [
        *(module_of(name).__name__ for name in COMMANDS if name != "show"),
        "subctl.cli.ordering",
        "subctl.cli.details",
        "subctl.cli.prompts",
        "subctl.results.lists",
        "subctl.service.init",
        "subctl.store.listing",
        "subctl.service.change",
    ]
    assert imported(used, ("show", "--json"), others) == []
