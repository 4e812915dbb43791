"""The settings in force."""

from pathlib import Path

from subctl.domain.record import Record


class Setting(Record):
    """A setting, and whether it comes from an option, the environment, the config file or is the default."""

    key: str
    value: str | None
    origin: str


class Configuration(Record):
    """The config file, the settings in force, and whether the file was changed."""

    file: Path
    settings: tuple[Setting, ...]
    changed: bool
