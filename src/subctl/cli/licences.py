"""How numbers of licences are read: `--licence NAME=N`, `--zoom N`, and the columns of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from subctl.domain.catalog import Counts
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.sentence import N_
from subctl.domain.text import parse_count, safe

ZOOM = "zoom"
"""The kind that has an option of its own."""


def _each(zoom: Iterable[str], licences: Iterable[str]) -> list[tuple[str, int]]:
    """Return every kind with its number, in the order of the options (`bad_input`)."""
    return [(ZOOM, parse_count(number, "--zoom")) for number in zoom] + [_one(text) for text in licences]


def _one(text: str) -> tuple[str, int]:
    kind, sign, number = text.partition("=")
    if not (kind and sign):
        raise bad_input(
            N_("{what} can't be '{value}'."),
            N_("Give a name and a number, like {option}."),
            what="--licence",
            value=safe(text),
            option="--licence zoom=2",
        )
    return kind, parse_count(number, f"--licence {safe(kind)}")


def named(zoom: str | None, licences: Sequence[str] | None) -> Counts:
    """Return the kinds that are named with their numbers, sorted; a kind that is named twice is wrong (`usage`)."""
    found = sorted(_each([] if zoom is None else [zoom], licences or ()))
    kinds = [kind for kind, _ in found]
    for kind in kinds:
        if kinds.count(kind) > 1:
            raise SubctlError(
                "usage", N_("The licence {kind} is given more than once."), N_("Give it once."), kind=safe(kind)
            )
    return tuple(found)


def alternatives(zoom: Sequence[str] | None, licences: Sequence[str] | None) -> list[Counts]:
    """Return every combination of the kinds that are named; several numbers of one kind are alternatives."""
    numbers: dict[str, list[tuple[str, int]]] = {}
    for kind, number in _each(zoom or (), licences or ()):
        numbers.setdefault(kind, []).append((kind, number))
    return [tuple(sorted(each)) for each in product(*numbers.values())]


def in_columns(cells: Mapping[str, str | None], others: Iterable[str]) -> Counts:
    """Return what a line of a file names: each of its columns but the `others` is a kind; an empty cell is none."""
    kinds = sorted(cells.keys() - set(others))
    return tuple((kind, parse_count(text, f"--{kind}")) for kind in kinds if (text := cells[kind]) is not None)
