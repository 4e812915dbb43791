"""Catalog files of the tests: the built-in one with other values, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from subctl.service.catalogs import built_in
from tests.support.cli import Cli

Change = tuple[str, str]

DEARER = (('annual = "100.00"', 'annual = "120.00"'), ('monthly = "10.00"', 'monthly = "12.00"'))
CHEAPER = (('annual = "180.00"', 'annual = "170.00"'),)
LONGER = (("notice_months = 1", "notice_months = 2"),)


def file_maker(folder: Path) -> Callable[..., str]:
    """Return a maker of files: the built-in catalog from a day on, with one text in place of another."""

    def make(*changes: Change, valid_from: str = "2026-06-01", name: str = "next.toml") -> str:
        text = built_in().decode().replace("2026-01-01", valid_from)
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (folder / name).write_text(text)
        return str(folder / name)

    return make


def faults(refusal: tuple[int, str, str, str]) -> list[str]:
    """Return the faults that a refusal names."""
    assert refusal[:2] == (2, "bad_input")
    return [line.strip() for line in refusal[2].split("\n")[1:]]


def listed(cli: Cli, *more: str) -> list[tuple[str, str, str, bool]]:
    """Return what `catalog list` shows, in short."""
    items = cli("catalog", "list", *more, "--json").json["items"]
    return [(item["valid_from"], item["imported_on"], item["status"], item["first"]) for item in items]


def moves(document: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    """Return what rises, what falls, and how the notice changes, as an import says it."""
    return document["rises"], document["falls"], document["notice_months"]
