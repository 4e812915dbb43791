"""Which tests of services, store and command line are about files, and run on SQLite alone.

All others run on a server too (`pytest --engine postgres`), as far as they have a store at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

FILES_ONLY: dict[str, str] = {}
"""A module of tests, or `module::test`, and why a server has nothing like it."""

STORES = {"keeper", "cli", "demo", "new_cli"}
"""Fixtures of who has a store."""


def runs_on_a_server(item: pytest.Item) -> bool:
    """Tell whether a test has a store that may be on a server."""
    module, _, rest = item.nodeid.partition("::")
    name = rest.partition("[")[0]
    fixtures = STORES.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures) and module not in FILES_ONLY and f"{module}::{name}" not in FILES_ONLY
