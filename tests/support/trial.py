"""One file given to the real command on a real store, and what must hold whatever is in it."""

from __future__ import annotations

import json
from pathlib import Path

from subctl.domain.cards import holds_card
from subctl.domain.errors import EXIT_CODES
from subctl.service.session import RECORDED_EXITS
from tests.support.cli import DEMO, Cli, Result
from tests.support.mutations import SEEDS

READERS = tuple(SEEDS)
COMMANDS = {
    "catalog check": ("catalog", "check", "{file}"),
    "catalog import": ("catalog", "import", "{file}", "--yes"),
    "space import": ("space", "import", "{file}"),
    "apply": ("apply", "{file}", "--yes"),
    "config": ("show",),
    "statement": ("pay", "--from", "{file}", "--yes"),
    "camt": ("pay", "--from", "{file}", "--yes"),
}


class BrokenRuleError(Exception):
    """A file after which something doesn't hold: why, and all that was seen."""


class Trial:
    """A demo store that every file finds as it was made."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli.prepare(DEMO)
        self.fresh = cli.bytes
        self.config = cli.home / "XDG_CONFIG_HOME" / "subctl" / "config.toml"
        self.config.parent.mkdir(parents=True)

    def run(self, reader: str, content: bytes) -> str:
        """Give a file to its reader and judge what came of it."""
        if self.cli.bytes != self.fresh:
            self.cli.put(self.fresh)
        file = self.cli.home / "file" if reader != "config" else self.config
        file.write_bytes(content.replace(b"{store}", self.cli.address.encode()))
        result = self.cli(*(word.replace("{file}", str(file)) for word in COMMANDS[reader]), "--json")
        self.config.unlink(missing_ok=True)
        return self.judged(result)

    def judged(self, result: Result) -> str:
        """Return `ok` or the code of the refusal; raise where what a command left isn't as it must be."""
        if result.out and '"unmatched"' in result.err:  # what is left over of a statement that was taken
            return self._accepted()
        return self._accepted() if result.code == 0 else self._refused(result)

    def _accepted(self) -> str:
        """Nothing that is taken may leave the book unsound."""
        if self.cli.bytes != self.fresh:
            found = self.cli("check", "--json")
            _hold(found.code == 0, "the book is not right after it", found)
        return "ok"

    def _refused(self, result: Result) -> str:
        _hold(result.out == "", "a refusal with a result", result)
        try:
            error = json.loads(result.err)["error"]
        except ValueError:
            raise BrokenRuleError(f"no JSON on stderr: {result}") from None
        _hold(error["code"] != "internal", "a bug", result)
        _hold(EXIT_CODES[error["code"]] == result.code, "another exit code", result)
        _hold(not holds_card(f"{error['message']}, {error['hint']}"), "a card number is repeated", result)
        if result.code in RECORDED_EXITS:
            but_history = self.cli.keeper.but_history
            _hold(but_history(self.cli.bytes) == but_history(self.fresh), "the store has changed", result)
        else:
            _hold(self.cli.bytes == self.fresh, "the store has changed", result)
        return str(error["code"])


def _hold(holds: bool, otherwise: str, result: Result) -> None:
    if not holds:
        raise BrokenRuleError(f"{otherwise}: {result}")


def kept(folder: Path, reader: str, place: int, content: bytes, why: object) -> Path:
    """Keep a file that was too much, and why, beside each other."""
    file = folder / f"{reader.replace(' ', '-')}-{place}"
    file.write_bytes(content)
    file.with_suffix(".why").write_text(str(why))
    return file
