"""Where settings come from: option, environment, config file, default, in this order.

The environment has the names below and no more: a left-over variable must never order anything.
"""

import os
import pwd
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from subctl.cli.declaration import Declaration
from subctl.cli.place import default_store, expanded, read_place
from subctl.domain.dates import parse_date
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.languages import ENGLISH, LANGUAGES
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import one_of, safe
from subctl.service.caller import Caller
from subctl.store.places import Place

if TYPE_CHECKING:
    from subctl.results.collections import Collections
    from subctl.results.deadlines import Deadlines
    from subctl.results.lists import Documents, History
    from subctl.results.mandates import Mandates
    from subctl.results.owed import Owed
    from subctl.results.payments import Payments
    from subctl.results.reminders import Reminders
    from subctl.results.saving import Saved

FORMATS = ("table", "json", "csv")
"""What every command prints."""

PAPERS = ("pdf", "facturx", "ubl", "cii", "eml")
"""What `show` makes of a document beside: each has its maker in `view.papers`."""

CALENDARS = ("ics",)
"""What `list deadlines` makes beside, by a maker there too."""

COLORS = ("auto", "always", "never")
CHOICES = {"format": FORMATS, "color": COLORS, "language": LANGUAGES}

_MOST_LETTERS = 100_000

KEYS = ("store", "space", "format", "color", "language")
"""What the config file may set."""

_ENVIRONMENT = {
    "store": "SUBCTL_STORE",
    "space": "SUBCTL_SPACE",
    "today": "SUBCTL_TODAY",
    "format": "SUBCTL_FORMAT",
    "color": "SUBCTL_COLOR",
    "language": "SUBCTL_LANG",
}


class Given(Record):
    """The global options as they were given."""

    store: str | None
    today: str | None
    format: str | None
    fields: str | None
    color: str | None
    quiet: bool


class Settings(Record):
    """What holds for the command that is called, and the right that it needs (`service.access`).

    `space` is the environment's or the config file's, `given` the options'; `dry_run` makes what is shown speak as one,
    `told` is what people were told beside it.
    """

    command: str
    right: str
    store: Place
    space: str | None
    today: date | None
    format: str
    color: str
    given: Mapping[str, str | None]
    told: list[Sentence]
    fields: tuple[str, ...] = ()
    fields_known: bool = False
    quiet: bool = False
    dry_run: bool = False

    def caller(self, *, dry_run: bool = False, as_support: bool = False) -> Caller:
        """Return who runs this command, by the operating system, and on which store."""
        uid = os.getuid()
        try:
            account = pwd.getpwuid(uid).pw_name
        except KeyError:
            account = str(uid)
        from subctl.view.texts import wording

        now = datetime.now(UTC)
        return Caller(
            *(self.store, uid, account, now, self.command, self.right, wording, self.today, dry_run, as_support),
            tell=self.tell,
        )

    def tell(self, sentence: Sentence) -> None:
        """Tell people something beside a result, once in a command."""
        if self.format == "json" or self.quiet or sentence in self.told:
            return
        from subctl.view.language import told
        from subctl.view.output import say

        self.told.append(sentence)
        say(f"{safe(told(sentence))}\n")

    def show(self, result: object, *, explain: bool = False, brief: bool = False, table_as: str = "table") -> None:
        """Write the result of a command to stdout.

        `brief` where a terminal has just shown the rest of it; `table_as` for what is a file rather than a table.
        """
        from subctl.view.output import show

        brief = brief and self.format == "table" and _is_terminal(sys.stdout) and not self.fields
        format_ = table_as if self.format == "table" else self.format
        show(
            result,
            format_,
            self.fields,
            self.color,
            explain=explain,
            brief=brief,
            dry_run=self.dry_run,
            strict=not self.fields_known,
        )

    def show_first(
        self,
        listing: "Documents | Deadlines | Mandates | Payments | Collections | Reminders | History | Owed",
        saved: "Saved | None" = None,
        shown: int | None = None,
    ) -> None:
        """Write a list, with what was `saved` of it; tell people where there is more than is `shown` (None: items)."""
        from subctl.view.language import ngettext
        from subctl.view.output import say
        from subctl.view.words import count

        self.show(saved or listing)
        if listing.more and self.format == "table" and not self.quiet:
            shown = sum(1 for _ in listing.items) if shown is None else shown
            first = ngettext(
                "Only the first is shown; --limit N shows more.",
                "Only the first {number} are shown; --limit N shows more.",
                shown,
            )
            say(f"{first.format(number=count(shown))}\n")

    def refuse_fields_of_text(self, refusal: str) -> None:
        """Refuse `--fields` of what is printed as it is, with a sentence: only JSON has keys (`usage`)."""
        if self.fields and self.format != "json":
            raise SubctlError("usage", refusal, N_("Leave --fields out, or add --json."))

    def space_or(self, option: str | None) -> str | None:
        """Return the space of the option, else of the environment or the config file, else none."""
        return self.space if option is None else not_empty("--space", option)


def _is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal; one that was closed before the program started isn't even there."""
    return stream is not None and stream.isatty()


def not_empty(name: str | Sentence, option: str) -> str:
    """Return an option's value; an empty one is not taken for a missing one (`bad_input`)."""
    if not option.strip():
        raise bad_input(N_("{option} must not be empty."), N_("Leave it out, or give it a value."), option=name)
    if "\0" in option:
        raise bad_input(N_("{option} must not hold the invisible sign {sign}."), option=name, sign=safe("\0"))
    return option


def config_path() -> Path:
    """Return where the config file is, or would be."""
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return expanded(home) / "subctl" / "config.toml"


def read_config() -> dict[str, object]:
    """Return the config file's keys; no file is an empty one."""
    path = config_path()
    if not os.path.lexists(path) or (path.is_symlink() and not path.exists()):
        return {}
    import tomllib

    from subctl.service.text_file import TextFile, whole

    file = TextFile(Sentence(N_("The config file {file}"), {"file": safe(str(path))}), path)
    text = whole(file, _MOST_LETTERS)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # bad TOML, a number of thousands of digits
        raise bad_input(N_("{file} is not a TOML file: {reason}."), file=file.name, reason=str(error)) from None


class Found(Record):
    """A setting as it was `given`, if it was, its `name` there, and where: option, environment, config or default."""

    given: str | None
    name: str | Sentence
    origin: str


def _given(key: str, option: str | None, config: Mapping[str, object]) -> Found:
    if option is not None:
        return Found(not_empty(f"--{key}", option), f"--{key}", "option")
    if value := os.environ.get(_ENVIRONMENT[key]):
        return Found(value, _ENVIRONMENT[key], "environment")
    if key in KEYS and (value := _configured(key, config)):
        return Found(value, _place(key), "config")
    return Found(None, key, "default")


def find(key: str, option: str | None, config: Mapping[str, object]) -> tuple[str | None, str]:
    """Return a setting and where it comes from: `option`, `environment`, `config` or `default`.

    Of a store it is what is shown of it. Errors: `bad_input` where the value can't be.
    """
    if key == "store":
        place, origin = find_store(option, config)
        return str(place), origin
    value, name, origin = _given(key, option, config)
    if value is not None and key in CHOICES:
        return one_of(name, value, CHOICES[key], _way_out(key) if origin == "config" else None), origin
    return _default(key) if value is None else value, origin


def find_store(option: str | None, config: Mapping[str, object]) -> tuple[Place, str]:
    """Return where the store is, and where that was said (`bad_input`)."""
    value, name, origin = _given("store", option, config)
    return default_store() if value is None else read_place(value, name), origin


def _place(key: str) -> Sentence:
    return Sentence(N_("{key} in {file}"), {"key": key, "file": config_path()})


def _own_format(declared: Declaration, option: str | None) -> str | None:
    """Return the format of the option where it is the command's own; refuse what neither it nor any command has."""
    if option is None or option in FORMATS:
        return None
    return one_of("--format", option, (*FORMATS, *declared.formats))


def _configured(key: str, config: Mapping[str, object]) -> str | None:
    value = config.get(key)
    if value is not None and not (isinstance(value, str) and "\0" not in value):
        raise bad_input(N_("{what} must be a text."), what=_place(key))
    return value


def _default(key: str) -> str | None:
    return None if key == "language" else CHOICES[key][0] if key in CHOICES else None


def _way_out(key: str) -> Sentence | None:
    """Return the command that takes a value out which every command stumbles over."""
    if key not in CHOICES:
        return None
    without = f"SUBCTL_LANG={ENGLISH} subctl" if key == "language" else f"subctl --{key} {CHOICES[key][0]}"
    return Sentence(N_("To take it out: {command}."), {"command": f"{without} config unset {key}"})


def resolve(command: str, declared: Declaration, options: Given, *, dry_run: bool = False) -> Settings:
    """Return the settings of a call; a wrong `--fields` is refused where the command declares what it prints."""
    config = read_config()
    given = {"store": options.store, "today": options.today, "format": options.format, "color": options.color}
    for key, option in given.items():
        if option is not None:
            not_empty(f"--{key}", option)
    own = _own_format(declared, options.format)
    asked = {**given, "format": None} if own else given
    found = {key: find(key, asked.get(key), config)[0] or "" for key in _ENVIRONMENT if key != "store"}
    return Settings(
        command=command,
        right=declared.right,
        store=find_store(options.store, config)[0],
        space=found["space"] or None,
        today=parse_date(found["today"], "--today") if found["today"] else None,
        format=own or found["format"],
        color=found["color"],
        given=given,
        told=[],
        fields=tuple(filter(None, options.fields.split(","))) if options.fields else (),
        fields_known=options.fields is not None and _fields_known(declared, options.fields, found["format"]),
        quiet=options.quiet,
        dry_run=dry_run,
    )


def _fields_known(declared: Declaration, fields: str, format_: str) -> bool:
    from subctl.cli.fields import check_fields

    return check_fields(declared, fields.split(","), csv=format_ == "csv")
