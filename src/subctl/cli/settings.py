"""Where settings come from: option, environment, config file, default, in this order.

The environment has the names below and no more: a left-over variable must never order anything.
"""

from __future__ import annotations

import os
import pwd
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from subctl.domain.dates import parse_date
from subctl.domain.document import Document
from subctl.domain.errors import SubctlError, bad_input
from subctl.service.session import Caller

FORMATS = ("table", "json", "csv")
COLORS = ("auto", "always", "never")

_ENVIRONMENT = {
    "store": "SUBCTL_STORE",
    "space": "SUBCTL_SPACE",
    "today": "SUBCTL_TODAY",
    "format": "SUBCTL_FORMAT",
    "color": "SUBCTL_COLOR",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every command; `space` is the environment's or the config file's."""

    store: Path
    space: str | None
    today: date | None
    format: str
    color: str
    fields: tuple[str, ...] = ()
    quiet: bool = False
    debug: bool = False

    def caller(self, *, dry_run: bool = False, as_support: bool = False) -> Caller:
        """Return who runs this command, by the operating system, and on which store."""
        uid = os.getuid()
        try:
            account = pwd.getpwuid(uid).pw_name
        except KeyError:
            account = str(uid)
        return Caller(self.store, uid, account, datetime.now(UTC), self.today, dry_run, as_support)

    def show(self, document: Document, *, explain: bool = False, brief: bool = False, table_as: str = "table") -> None:
        """Write the result of a command to stdout.

        `brief` where a terminal has just shown the rest of it; `table_as` for what is a file rather than a table.
        """
        from subctl.view.output import show

        brief = brief and self.format == "table" and sys.stdout.isatty() and not self.fields
        format_ = table_as if self.format == "table" else self.format
        show(document, format_, self.fields, self.color, explain=explain, brief=brief)

    def space_or(self, option: str | None) -> str | None:
        """Return the space of the option, else of the environment or the config file, else none."""
        return option or self.space


def config_path() -> Path:
    """Return where the config file is, or would be."""
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(home).expanduser() / "subctl" / "config.toml"


def default_store() -> Path:
    """Return where the store is when nothing else is said."""
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(home).expanduser() / "subctl" / "contracts.db"


def read_config() -> dict[str, object]:
    """Return the config file's keys; no file is an empty one."""
    path = config_path()
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise bad_input(f"The config file {path} can't be read: {error.strerror}.") from None
    import tomllib

    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise bad_input(f"The config file {path} is not a TOML file: {error}") from None


def resolve(
    *,
    store: str | None,
    today: str | None,
    format_: str | None,
    fields: str | None,
    color: str | None,
    quiet: bool,
    debug: bool,
) -> Settings:
    """Return the settings of this call."""
    config = read_config()

    def pick(name: str, option: str | None) -> str | None:
        value = option or os.environ.get(_ENVIRONMENT[name]) or (config.get(name) if name != "today" else None)
        if value is not None and not isinstance(value, str):
            raise bad_input(f"{name} in {config_path()} must be a text.")
        return value

    path, day = pick("store", store), pick("today", today)
    return Settings(
        store=Path(path).expanduser() if path else default_store(),
        space=pick("space", None),
        today=parse_date(day, "--today") if day else None,
        format=_one_of("--format", pick("format", format_) or FORMATS[0], FORMATS),
        color=_one_of("--color", pick("color", color) or COLORS[0], COLORS),
        fields=tuple(filter(None, fields.split(","))) if fields else (),
        quiet=quiet,
        debug=debug,
    )


def _one_of(what: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise bad_input(f"{what} can't be {value!r}.", f"Choose {', '.join(choices[:-1])} or {choices[-1]}.")
    return value


def wants_json(words: Sequence[str]) -> bool:
    """Tell whether errors are to be JSON, also where the words of the command can't be parsed."""
    before = list(words[: list(words).index("--")] if "--" in words else words)
    if "--json" in before or "--format=json" in before:
        return True
    if "--format" in before:
        return "json" in before[before.index("--format") + 1 :][:1]
    if any(word.startswith("--format=") for word in before):
        return False
    if os.environ.get("SUBCTL_FORMAT"):
        return os.environ["SUBCTL_FORMAT"] == "json"
    try:
        return read_config().get("format") == "json"
    except SubctlError:
        return False
