"""Every example of README.md and docs/ is run, and prints exactly what is written there.

A fenced block whose info string is `console` is a session: lines that start with `$ ` are commands (`> ` continues
one), the lines after them are all that it prints, stdout and stderr together. The blocks of a file are one session
of bash, in an empty folder and without a store. A block marked `console norun` is not run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from subctl.cli.commands import COMMANDS

if TYPE_CHECKING:
    from tests.support.cli import Cli

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
_END = "--- the end of a command ---"


@dataclass(frozen=True)
class Example:
    """A command and what it prints."""

    command: str
    output: str


def examples(page: str) -> Iterator[Example]:
    """Yield the commands of a page that are to be run, with their outputs."""
    for block in _FENCE.finditer(page):
        if block["info"] == "console":
            assert block["body"].startswith("$ "), f"a console block starts with a command: {block['body']}"
            for part in re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]:
                command, *lines = part.splitlines(keepends=True)
                while lines and lines[0].startswith("> "):
                    command += lines.pop(0)[2:]
                yield Example(command, "".join(lines))
        else:
            assert not block["info"].startswith("console") or block["info"] == "console norun", block["info"]


def session(commands: list[str], cli: Cli) -> list[str]:
    """Return what each command prints in one session of bash; `$?` is the exit code of the one before."""
    cli.home.mkdir(parents=True, exist_ok=True)
    script = "".join(f"{command}\n_code=$?; printf '%s\\n' '{_END}'; (exit $_code)\n" for command in commands)
    beside = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=cli.home,
        env=cli.environment(beside),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout.split(f"{_END}\n")[:-1]


def run(page: str, cli: Cli) -> tuple[list[Example], list[Example]]:
    """Return a page's examples as they are written, and as they are; bash runs none after one it can't read."""
    written = list(examples(page))
    outputs = session([example.command for example in written], cli)
    outputs += ["(not run)"] * (len(written) - len(outputs))
    return written, [Example(example.command, output) for example, output in zip(written, outputs, strict=True)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page_print_what_is_written(page: Path, cli: Cli) -> None:
    """Whoever types what a page shows sees what it shows."""
    written, found = run(page.read_text(encoding="utf-8"), cli)
    assert found == written


def test_readme_and_rules_have_examples() -> None:
    """The first page and the rules can be tried out."""
    for page in (ROOT / "README.md", ROOT / "docs" / "pricing.md"):
        assert len(list(examples(page.read_text(encoding="utf-8")))) >= 4


def test_the_french_readme_keeps_up() -> None:
    """It names the commands that README.md names, and its screens are French."""
    english, french = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/README.fr.md"))
    known = {path.split()[0] for path in COMMANDS}
    named = [known.intersection(re.findall(r"subctl ([a-z]+)", page)) for page in (english, french)]
    assert named[1] - named[0] == {"config"}  # which sets the language
    assert named[0] - named[1] == set()
    assert any("facture de mise à niveau" in example.output for example in examples(french))


CRON = re.compile(r"^(?:[0-9*/,-]+ +){5}(?P<command>\S+)", re.MULTILINE)


def test_cron_is_told_the_whole_path() -> None:
    """Its PATH is short: a recipe that names the program alone is silent every morning."""
    found = [line["command"] for page in PAGES for line in CRON.finditer(page.read_text(encoding="utf-8"))]
    assert len(found) >= 6
    assert {command for command in found if not command.startswith("/")} == set()


def test_completions_work_outside_the_environment() -> None:
    """They call the program by its name, so README says how it is found from any folder first."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    link = 'ln -s "$PWD/.venv/bin/subctl" ~/.local/bin/subctl'
    assert 0 < page.find(link) < page.find("subctl completion bash >")


def test_what_was_no_english_stays_away() -> None:
    """Each of these was said once, and read aloud."""
    said = ("is now the store", "the book is correct", "the book is right", "input produces a traceback")
    texts = [*PAGES, *(ROOT / "src").rglob("*.py")]
    assert [
        (path.name, each) for path in texts for each in said if each in path.read_text(encoding="utf-8").lower()
    ] == []


SAMPLE = """
```console
$ printf 'one\\ntwo\\n'
one
two
$ x=5; cd / && >&2 echo \\
> error
error
```
Text.
````console
$ echo $x `pwd`; false
{last}
$ echo $?
1
````
```console norun
$ rm -rf nothing
```
```sh
false
```
"""


def test_a_page_is_one_session_and_each_output_counts(cli: Cli) -> None:
    """Variables, folders and exit codes stay; what isn't marked as a session isn't run."""
    written, found = run(SAMPLE.format(last="5 /"), cli)
    assert written == [
        Example("printf 'one\\ntwo\\n'\n", "one\ntwo\n"),
        Example("x=5; cd / && >&2 echo \\\nerror\n", "error\n"),
        Example("echo $x `pwd`; false\n", "5 /\n"),
        Example("echo $?\n", "1\n"),
    ]
    assert found == written


@pytest.mark.parametrize("last", ["5", "5 / ", "5 /\n", "6 /"])
def test_an_output_that_differs_is_found(last: str, cli: Cli) -> None:
    """A line, a blank or an empty line too many or too few is a difference."""
    written, found = run(SAMPLE.format(last=last), cli)
    differing = [example.command for example, other in zip(written, found, strict=True) if example != other]
    assert differing == ["echo $x `pwd`; false\n"]


@pytest.mark.parametrize("info", ["console no-run", "console  norun", "consoles"])
def test_a_block_that_is_marked_wrongly_is_found(info: str) -> None:
    """A slip of the pen must not keep an example from being run."""
    with pytest.raises(AssertionError):
        list(examples(f"```{info}\n$ true\n```\n"))
