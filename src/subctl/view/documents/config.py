"""The settings as JSON."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from subctl.view.documents.forms import one_of

_Origin = TypedDict(
    "_Origin",
    {"from": Annotated[str, one_of("option", "environment", "config", "default", description="Where it comes from.")]},
)
"""A word of Python's: a key that can't stand in a class."""


class Setting(_Origin):
    """A setting."""

    key: Annotated[str, one_of("store", "space", "format", "color", "language")]
    """Its name."""
    value: str | None
    """Its value; null where there is none."""


class ConfigDocument(TypedDict):
    """The settings in force: config show, set and unset."""

    schema: Literal["config/1"]
    """The name and the version of this document."""
    file: str
    """The config file, whether it is there or not."""
    settings: list[Setting]
    """Every setting."""
    changed: bool
    """Whether the config file was changed."""
