"""The config file: what may be set in it, what is in force, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from subctl.cli.place import read_place
from subctl.cli.settings import CHOICES, KEYS, Settings, config_path, find
from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_, Sentence
from subctl.domain.system import reason
from subctl.domain.text import hidden, near, one_of, parse_id, safe
from subctl.results.config import Configuration, Setting

_NEW_FOLDER, _NEW_FILE = 0o700, 0o600

Key = Annotated[str, typer.Argument(metavar="KEY", help=f"One of {', '.join(KEYS)}.")]


def known(key: str) -> str:
    """Return the key of a setting (`bad_input` names close ones)."""
    if key not in KEYS:
        there_is_none = Sentence(N_("There is no setting '{setting}'."), {"setting": safe(key)})
        raise bad_input(there_is_none, near(key, list(KEYS), "subctl config show"))
    return key


def valid(key: str, value: str) -> str:
    """Return a value as it is kept: one of the choices, a space's ID, a path from the root, or a server's address.

    Errors: `bad_input`.
    """
    if key in CHOICES:
        return one_of(key, value, CHOICES[key])
    if key == "space":
        return parse_id(value)
    place = read_place(value, key)
    if not isinstance(place, Path):
        return value
    if not value or any(map(hidden, value)):
        raise bad_input(
            N_("{what} can't be '{value}'."),
            N_("Give a file's path, or a server's address."),
            what="store",
            value=safe(value),
        )
    return str(place.absolute())


def in_force(settings: Settings, config: Mapping[str, object], *, changed: bool) -> Configuration:
    """Return the settings in force with this config file, and where each comes from."""
    items = []
    for key in KEYS:
        value, origin = find(key, settings.given.get(key), config)
        items.append(Setting(key, value, origin))
    return Configuration(config_path(), tuple(items), changed)


def saved(
    settings: Settings, config: Mapping[str, object], after: Mapping[str, object], *, dry_run: bool
) -> Configuration:
    """Write the config file where it changes, and return the settings that are in force then."""
    result = in_force(settings, after, changed=after != config)
    if result.changed and not dry_run:
        try:
            _write(config_path(), after)
        except OSError as error:
            raise bad_input(
                N_("The config file {file} can't be written: {reason}."), file=result.file, reason=reason(error)
            ) from None
    return result


def _write(path: Path, config: Mapping[str, object]) -> None:
    """Write the config file in one step: it is there as it was, or as it is wanted; never through a link."""
    import stat

    import tomli_w

    from subctl.store.sqlite.files import replace_file

    if path.is_symlink():
        raise bad_input(
            N_("The config file {file} is a link; it isn't written through one."),
            N_("Edit the file it points to."),
            file=path,
        )
    path.parent.mkdir(mode=_NEW_FOLDER, parents=True, exist_ok=True)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _NEW_FILE
    replace_file(path, tomli_w.dumps(config).encode(), mode)
