"""The schema of the store on a server, as a text that PostgreSQL takes at once, and its version."""

from __future__ import annotations

from importlib import resources

VERSION = 6
"""What the schema of a file with the same tables has as its version."""

KEPT_AS = {"catalogs": "kept_catalogs"}
"""What is read through a view, and the table below."""


def statements() -> bytes:
    """Return what makes the schema: several statements, sent without values in one transaction of `subctl_owner`."""
    return resources.files(__package__).joinpath("schema.sql").read_bytes()
