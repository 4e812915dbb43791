"""The whole life of a contract, lived by a bash script through JSON alone; and what scripts may rely on."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from subctl.cli.commands import COMMANDS
from subctl.view import schemas
from tests.support.callers import ACCOUNT
from tests.support.waiting import run

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tests" / "scripts" / "whole_life.sh"
GUIDE = (ROOT / "docs" / "scripting.md").read_text(encoding="utf-8")
PAGES = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))]

STEPS = """\
init --demo: confirmation_needed
quote --plan pro --users 20
order Q-2026-0001 --expect 786.49: expectation_failed
order Q-2026-0001 --expect 786.50
bill --today 2026-07-01
cancel --yes
withdraw O-2026-0002 --yes
upgrade --users 25 --yes --today 2026-08-10
withdraw O-2026-0003 --yes
downgrade --users 1 --yes: below_active_users
withdraw O-2026-0001 --yes: too_late
The life of acme: Q-2026-0001, O-2026-0001, INV-2026-0001, O-2026-0002, O-2026-0003, INV-2026-0008.
"""


def run_script(cli, *, before="", **extra):
    """Run the script in a real bash, with `subctl` of these tests on its path; `before` is a folder before that."""
    cli.home.mkdir(parents=True, exist_ok=True)
    folders = [before, str(Path(sys.executable).parent), os.environ["PATH"]]
    environment = cli.environment({"PATH": os.pathsep.join(filter(None, folders)), "LC_ALL": "C.UTF-8", **extra})
    return run(["bash", str(SCRIPT), str(cli.home)], 180, env=environment, cwd=cli.home)


def test_a_whole_life_by_json_alone(cli):
    """Each step twice: the second time nothing changes; variables that were left over do nothing."""
    done = run_script(cli, SUBCTL_SPACE="atelier", SUBCTL_TODAY="2031-01-01", SUBCTL_FORMAT="csv", SUBCTL_USERS="500")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", STEPS)
    cli.store = cli.home / "life.db"
    invoices = cli("list", "invoices", "--space", "acme", "--json").json["items"]
    assert [(item["number"], item["kind"], item["total"]) for item in invoices] == [
        ("INV-2026-0008", "credit", "-907.50"),
        ("INV-2026-0007", "upgrade", "907.50"),
        ("INV-2026-0006", "recurring", "4961.00"),
        ("INV-2026-0001", "upgrade", "786.50"),
    ]
    refused = cli("history", "--limit", "1000", "--json").json["items"]
    assert [item["detail"]["refused"] for item in refused if "refused" in item["detail"]] == [
        "too_late",
        "below_active_users",
        "expectation_failed",
    ]


@pytest.mark.parametrize(
    ("command", "also", "message"),
    [
        ("order", "space set acme --active-users 8", "the state after a second 'order Q-2026-0001 --expect 786.50'"),
        ("quote", "quote --users 30", "the state after a second 'quote --plan pro --users 20'"),
        ("quote", "space set atelier --reference $RANDOM$RANDOM", "the state after a second 'quote"),
    ],
)
def test_the_script_finds_a_command_that_does_more_on_a_repeat(cli, tmp_path, command, also, message):
    """A `subctl` that changes something else the second time doesn't pass."""
    real, beside = Path(sys.executable).parent / "subctl", tmp_path / "bin"
    beside.mkdir()
    wrapper = beside / "subctl"
    wrapper.write_text(
        "#!/bin/bash\n"
        f'if [ "$1" = {command} ] && [ -e "$SUBCTL_STORE.{command}" ]; then {real} {also} >/dev/null; fi\n'
        f'if [ "$1" = {command} ] && [[ "$*" != *786.49* ]]; then touch "$SUBCTL_STORE.{command}"; fi\n'
        f'exec {real} "$@"\n'
    )
    wrapper.chmod(0o755)
    done = run_script(cli, before=str(beside))
    assert done.returncode == 1
    assert done.stderr.startswith(f"whole_life: {message}")


# --- docs/scripting.md -------------------------------------------------------------------------------------


def test_every_command_is_documented():
    """Each command stands in README.md or in docs/, as it is typed."""
    every = set(COMMANDS)
    text = "\n".join(PAGES)
    assert {name for name in every if f"subctl {name}" not in text} == set()


def test_every_document_is_documented():
    """Each schema is named, and so is each key of the documents a script reads most."""
    for name in schemas.names():
        assert f"`{name}`" in GUIDE or f"`{name}/1`" in GUIDE, name
    for name in DETAILED:
        for key in schemas.schema(name)["properties"]:
            assert f"`{key}`" in GUIDE, (name, key)


DETAILED = [name for name in schemas.names() if name not in ("catalog-file", "list")]
"""A catalog file's keys are shown as a file, and a list's items are those of `subctl schema list`."""


def test_the_guides_catalog_file_has_every_key(cli, tmp_path):
    """The example of a catalog file is one, and shows every key there is."""
    block = GUIDE.split("```toml\n", 1)[1].split("```", 1)[0]
    path = tmp_path / "catalog.toml"
    path.write_text(block)
    assert cli("catalog", "check", str(path), "--json").json["plans"] == ["starter", "pro"]
    schema = schemas.schema("catalog-file")
    tables = (schema, *(schema["$defs"][part] for part in ("seller", "policy", "licence", "plan")))
    keys = {key for table in tables for key in table["properties"]} - {"zoom"}
    assert {key for key in keys if f"{key} = " not in block and not re.search(rf"\[(.*\.)?{key}\b", block)} == set()


@pytest.mark.parametrize(
    ("command", "content", "key"),
    [
        ("apply --yes", "space,users\\nacme,12\\n", "changed"),
        ("space import", "id,name,plan,users\\nnew,New,pro,1\\n", "added"),
    ],
)
@pytest.mark.parametrize("source", ["<({})", "/dev/stdin < <({})"])
def test_a_file_may_come_from_a_pipe(demo, command, content, key, source):
    """A pipe can be read once only."""
    first, *rest = command.split(" --")
    words = " ".join([first, source.format(f"printf '{content}'"), *(f"--{word}" for word in rest), "--json"])
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m subctl {words}"],
        env=demo.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[key] == 1


# --- sent again --------------------------------------------------------------------------------------------

AGAIN = {
    "upgrade --users 12 --yes": (0, "changed", True, False),
    "downgrade --users 9 --yes": (0, "changed", True, False),
    "cancel --yes": (0, "changed", True, False),
    "bill --today 2026-04-01 --space atelier": (0, "failed", [], []),
    "apply {home}/wanted.csv --yes": (0, "changed", 1, 0),
    "space set acme --active-users 8": (0, "changed", True, False),
    "catalog import {home}/catalog.toml": (0, "changed", True, False),
    "catalog drop 2026-12-01": (0, "changed", True, False),
    f"admin add {ACCOUNT} --space acme": (0, "changed", True, False),
    f"admin remove {ACCOUNT} --space acme": (0, "changed", False, False),
    "config set color never": (0, "changed", True, False),
    "config unset color": (0, "changed", False, False),
    "space add new --name New --plan pro --users 3": (5, "already_exists", None, None),
    "space import {home}/spaces.csv": (5, "already_exists", None, None),
    "backup {home}/backup.db": (5, "already_exists", None, None),
    "init --demo": (2, "confirmation_needed", None, None),
    "init --demo --yes": (0, "sandbox", True, True),
    "restore {home}/kept.db --yes": (0, "bytes", None, None),
    "move --to {home}/moved.db --yes": (3, "store_moved", None, None),
}
"""What a command says when it is sent again at once: its exit code, and a key of both documents or the error's code."""


@pytest.mark.parametrize("command", AGAIN)
def test_every_command_can_be_sent_again(demo, command):
    """The table of docs/scripting.md, line by line, within the same second; what is refused has changed nothing."""
    (demo.home / "wanted.csv").write_text("space,users\nacme,12\natelier,\n")
    (demo.home / "spaces.csv").write_text("id,name,plan,users\nnew,New,pro,3\n")
    assert demo("backup", str(demo.home / "kept.db")).code == 0
    catalog = (ROOT / "src/subctl/data/catalog.toml").read_text(encoding="utf-8")
    (demo.home / "catalog.toml").write_text(catalog.replace("valid_from = 2026", "valid_from = 2027"))
    coming = demo.home / "coming.toml"
    coming.write_text(catalog.replace("valid_from = 2026-01", "valid_from = 2026-12"))
    assert demo("catalog", "import", str(coming)).code == 0
    code, key, first, second = AGAIN[command]
    words = [word.format(home=demo.home) for word in command.split()]
    done = demo(*words, "--json")
    before = demo.bytes
    again = demo(*words, "--json")
    if code:
        assert again.refusal[:2] == (code, key)
        assert (demo.bytes == before) or code == 5  # a conflict stands in the history
    else:
        assert (again.code, again.err) == (0, "")
        assert [done.json[key], again.json[key]] == ([first, second] if first is not None else [done.json[key]] * 2)
