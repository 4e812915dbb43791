"""config and schema: what a person or a script sets up around the store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli import settings as configuration
from subctl.cli.settings import Settings
from subctl.domain.document import Document
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.text import hidden, parse_id, safe

app = typer.Typer()
config_app = typer.Typer(no_args_is_help=True)
app.add_typer(config_app, name="config", help="Show and change the config file.")

_NEW_FOLDER, _NEW_FILE = 0o700, 0o600

Key = Annotated[str, typer.Argument(metavar="KEY", help=f"One of {', '.join(configuration.KEYS)}.")]


@config_app.command("show")
def config_show(ctx: typer.Context) -> None:
    """Show the settings in force, and where each comes from."""
    settings: Settings = ctx.obj
    settings.show(_document(settings, configuration.read_config(), changed=False))


@config_app.command("set")
def config_set(
    ctx: typer.Context,
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The value.")],
    dry_run: options.DryRun = False,
) -> None:
    """Write a setting to the config file; setting it again changes nothing."""
    settings: Settings = ctx.obj
    wanted = _valid(_known(key), value)
    config = configuration.read_config()
    after = {**config, key: wanted}
    settings.show(_saved(settings, config, after, dry_run=dry_run))


@config_app.command("unset")
def config_unset(ctx: typer.Context, key: Key, dry_run: options.DryRun = False) -> None:
    """Take a setting out of the config file; what isn't there may be taken out again."""
    settings: Settings = ctx.obj
    _known(key)
    config = configuration.read_config()
    after = {name: value for name, value in config.items() if name != key}
    settings.show(_saved(settings, config, after, dry_run=dry_run))


@app.command("schema")
def schema(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The document; without it all names.")] = None,
) -> None:
    """Print the JSON Schema of a document, or list what there is."""
    from subctl.view import schemas
    from subctl.view.output import write_schema

    settings: Settings = ctx.obj
    if name is None:
        settings.show(schemas.listed())
        return
    known, wanted = schemas.names(), name.removesuffix("/1")
    if wanted not in known:
        raise SubctlError("not_found", f"There is no schema '{safe(name)}'.", _near(wanted, known, "subctl schema"))
    write_schema(schemas.schema(wanted), settings.fields)


def _near(word: str, words: list[str], otherwise: str) -> str:
    from subctl.service.session import near

    return near(word, words, otherwise)


def _known(key: str) -> str:
    """Return the key of a setting (`bad_input` names close ones)."""
    if key not in configuration.KEYS:
        raise bad_input(
            f"There is no setting '{safe(key)}'.", _near(key, list(configuration.KEYS), "subctl config show")
        )
    return key


def _valid(key: str, value: str) -> str:
    """Return a value as it is kept: one of the choices, a space's ID, or a path from the root (`bad_input`)."""
    if key in configuration.CHOICES:
        return configuration.one_of(key, value, configuration.CHOICES[key])
    if key == "space":
        return parse_id(value)
    if not value or any(map(hidden, value)):
        raise bad_input(f"store can't be '{safe(value)}'.", "Give the path of a file.")
    return str(configuration.expanded(value).absolute())


def _document(settings: Settings, config: Mapping[str, object], *, changed: bool) -> Document:
    items = []
    for key in configuration.KEYS:
        value, origin = configuration.find(key, settings.given.get(key), config)
        items.append({"key": key, "value": value, "from": origin})
    return {"schema": "config/1", "file": str(configuration.config_path()), "settings": items, "changed": changed}


def _saved(settings: Settings, config: Mapping[str, object], after: Mapping[str, object], *, dry_run: bool) -> Document:
    """Write the config file where it changes, and return the settings that are in force then."""
    document = _document(settings, after, changed=after != config)
    if document["changed"] and not dry_run:
        try:
            _write(configuration.config_path(), after)
        except OSError as error:
            raise bad_input(f"The config file {document['file']} can't be written: {error.strerror}.") from None
    return document


def _write(path: Path, config: Mapping[str, object]) -> None:
    """Write the config file in one step: it is there as it was, or as it is wanted; never through a link."""
    import os
    import stat

    import tomli_w

    from subctl.store.place import building, sync_folder

    if path.is_symlink():
        raise bad_input(
            f"The config file {path} is a link; it isn't written through one.", "Edit the file it points to."
        )
    path.parent.mkdir(mode=_NEW_FOLDER, parents=True, exist_ok=True)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _NEW_FILE
    with building(path) as file:
        with file.open("wb") as content:
            content.write(tomli_w.dumps(config).encode())
            content.flush()
            os.fchmod(content.fileno(), mode)
            os.fsync(content.fileno())
        file.replace(path)
        sync_folder(path.parent)
