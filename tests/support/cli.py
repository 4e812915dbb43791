"""The harness: a command is run on a store of its own, and hands back all that came out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import weakref
from contextlib import redirect_stderr, redirect_stdout
from copy import copy
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from subctl.cli import tree
from subctl.cli.app import main
from subctl.domain.languages import ENGLISH
from subctl.view.language import speaking
from tests.support.documents import validated, validated_error

if TYPE_CHECKING:
    from tests.support.databases import Databases
    from tests.support.files import Content, Files

DEMO = ("init", "--demo")
CATALOG = str(files("subctl").joinpath("data/catalog.toml"))
LIVE = ("init", "--catalog", CATALOG)
"""Makes a live store, which needs a catalog of its own."""

_SHAPERS = (
    *("NO_COLOR", "COLUMNS", "TERM", "FORCE_COLOR", "CLICOLOR", "PYTHONIOENCODING"),
    *("LANGUAGE", "LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE"),
)


@dataclass(frozen=True)
class Result:
    """What a command left: its exit code, its stdout and its stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout of a command that went well and was silent otherwise; it fits its schema."""
        assert (self.code, self.err) == (0, "")
        return validated(json.loads(self.out))

    @property
    def text(self) -> str:
        """The stdout of a command that went well and was silent otherwise."""
        assert (self.code, self.err) == (0, "")
        return self.out

    @property
    def refusal(self) -> tuple[int, str, str, str]:
        """Exit code, error code, message and hint: the one document on stderr, and nothing on stdout."""
        assert self.out == ""
        document = validated_error(json.loads(self.err))
        assert list(document) == ["error"]
        assert list(document["error"]) == ["code", "message", "hint"]
        return (self.code, *document["error"].values())


class Cli:
    """Runs commands on the store of one test, whatever the environment of the tests is.

    `home` is the test's folder; where its stores are, and what is done to them beside commands, is for `keeper`.
    """

    def __init__(self, home: Path, keeper: Files | Databases) -> None:
        self.home = home
        self.keeper: Any = keeper
        self.store = self._lent(keeper.new(home))

    def _lent(self, place: Any) -> Any:
        weakref.finalize(self, self.keeper.give_back, place)
        return place

    def another(self, name: str) -> Cli:
        """Return commands in the same folder, on a store of its own that isn't there yet."""
        other = copy(self)
        other.store = other._lent(self.keeper.other(self.home, name))
        return other

    @property
    def address(self) -> str:
        """What `--store` takes for the store."""
        return str(self.keeper.address(self.store))

    def environment(self, extra: dict[str, str] | None = None) -> dict[str, str]:
        """Return the environment of a command: nothing of subctl's but the store."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SUBCTL_", "XDG_")) and name not in _SHAPERS
        }
        places = {name: str(self.home / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
        return {**kept, **places, "TERM": "xterm", "SUBCTL_STORE": self.address, **(extra or {})}

    def __call__(self, *words: str, **extra: str) -> Result:
        """Run one command in this process; keywords are variables of its environment."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err), speaking(ENGLISH):
            wanted = self.environment(extra)
            for name in set(os.environ) - set(wanted):
                patch.delenv(name)
            for name, value in wanted.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", io.StringIO())
            tree._command.cache_clear()  # a process speaks one language; here the next one may be another's
            try:
                code = main(words)
            finally:
                if "LANGUAGE" not in wanted:  # what a command tells gettext, for Typer's words
                    os.environ.pop("LANGUAGE", None)
        out.seek(0)
        err.seek(0)
        return Result(code, out.read(), err.read())

    def process(self, *words: str | bytes, **extra: str) -> Result:
        """Run one command in a process of its own."""
        return self.python("-m", "subctl", *words, **extra)

    def python(self, *words: str | bytes, **extra: str) -> Result:
        """Run the interpreter of the tests in a process of its own."""
        done = subprocess.run(
            [sys.executable, *words],
            env=self.environment(extra),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def prepare(self, *commands: tuple[str, ...]) -> Cli:
        """Put in place the store that these commands make; it is made once a session and copied."""
        template = self._template(commands)
        if not template.exists():
            builder = Cli(self.keeper.folder, self.keeper).another(template.stem)
            made = next((n for n in range(len(commands) - 1, 0, -1) if self._template(commands[:n]).exists()), 0)
            if made:
                builder.put(self._template(commands[:made]).read_bytes())
            for n, command in enumerate(commands[made:], made + 1):
                done = builder(*command)
                assert done.code == 0, done.err
                if n in (1, len(commands)):  # what others begin with, too
                    self._template(commands[:n]).write_bytes(builder.bytes)
        self.home.mkdir(parents=True, exist_ok=True)
        self.put(template.read_bytes())
        return self

    def _template(self, commands: tuple[tuple[str, ...], ...]) -> Path:
        """Return where the content of the store that these commands make is kept."""
        folder: Path = self.keeper.folder
        return folder / f"{abs(hash(commands))}.made"

    def sandbox(self, day: str, *commands: tuple[str, ...]) -> Cli:
        """Put in place a sandbox that stands on a day, and run commands in it."""
        return self.prepare(("init", "--sandbox", "--today", day), *commands)

    @property
    def uid(self) -> int | None:
        """The uid by which the store knows the account of the tests: a server knows it by its name."""
        uid: int | None = self.keeper.uid
        return uid

    @property
    def is_there(self) -> bool:
        """Whether there is a store."""
        return bool(self.keeper.is_there(self.store))

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Do something to the store that no command does."""
        rows: list[tuple[Any, ...]] = self.keeper.sql(self.store, statement, values)
        return rows

    def tamper(self, *statements: str, checks: bool = True) -> None:
        """Change rows that are for ever; without `checks` to values that can't be, too."""
        self.keeper.tamper(self.store, statements, checks=checks)

    def tables(self, but: str = "") -> dict[str, list[tuple[Any, ...]]]:
        """Return all rows of all tables but one."""
        rows: dict[str, list[tuple[Any, ...]]] = self.keeper.rows(self.store, but)
        return rows

    @property
    def bytes(self) -> Content:
        """All that is in the store: its file as it is, or every row of a server's."""
        content: Content = self.keeper.content(self.store)
        return content

    def put(self, content: Content) -> None:
        """Make the store be what `bytes` returned, of this one or another."""
        self.keeper.put(self.store, content)
