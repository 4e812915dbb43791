"""The schema of the store on a server, as a text that PostgreSQL takes at once, and its version."""

from __future__ import annotations

from importlib import resources

VERSION = 6
"""What the schema of a file with the same tables has as its version."""


def statements() -> str:
    """Return what makes the schema: several statements, sent without values in one transaction of `subctl_owner`."""
    return resources.files("subctl.store.postgres").joinpath("schema.sql").read_text("utf-8")
