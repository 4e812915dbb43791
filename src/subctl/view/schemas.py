"""The JSON Schemas of all documents: files in data/schemas, one a document, printed whole.

A file names its parts as `#/$defs/…`; what it doesn't define itself is in common.json, or is another document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

Schema = dict[str, Any]

_COMMON = "common"
_DEFINITION = "#/$defs/"
_HEAD = ("$schema", "$id")


def names() -> list[str]:
    """Return the names of all schemas."""
    found = (file.name.removesuffix(".json") for file in files("subctl").joinpath("data/schemas").iterdir())
    return sorted(name for name in found if name != _COMMON)


def keys_of(document_schema: str | None) -> list[str]:
    """Return every key that a document such as `change/1` can have; none for what has no schema."""
    name = (document_schema or "").partition("/")[0]
    return list(_load(name)["properties"]) if name in names() else []


def keys_of_items(kind: str) -> list[str]:
    """Return every key that the items of a list can have."""
    for case in _load("list")["allOf"]:
        if case["if"]["properties"]["kind"]["const"] == kind:
            return list(case["then"]["properties"]["items"]["items"]["properties"])
    return []


def listed() -> Schema:
    """Return the list of all schemas as a document."""
    items = [{"id": name, "title": _load(name)["title"]} for name in names()]
    return {"schema": "list/1", "kind": "schemas", "items": items}


def schema(name: str) -> Schema:
    """Return the schema of a document with all that it needs."""
    found, common = _load(name), _load(_COMMON)["$defs"]
    needed: Schema = {}
    waiting = list(_references(found))
    while waiting:
        part = waiting.pop()
        if part not in needed:
            needed[part] = common[part] if part in common else _without_head(_load(part))
            waiting += _references(needed[part])
    return {**found, "$defs": dict(sorted(needed.items()))}


def _load(name: str) -> Schema:
    content: Schema = json.loads(files("subctl").joinpath(f"data/schemas/{name}.json").read_bytes())
    return content


def _without_head(found: Schema) -> Schema:
    """Return a document's schema as a part of another: with an identity of its own its parts would be its own too."""
    return {key: value for key, value in found.items() if key not in _HEAD}


def _references(value: Any) -> Iterator[str]:  # noqa: ANN401  # any JSON
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].removeprefix(_DEFINITION)
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _references(each)
