"""The JSON Schemas of all documents: files in data/schemas, one a document, whole in itself.

They are written from the types in `documents` by scripts/generate.py.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from subctl.results.lists import SchemaItem, Schemas
from subctl.view.json.rows import ROWS

Schema = dict[str, Any]


def names() -> list[str]:
    """Return the names of all schemas."""
    return sorted(file.name.removesuffix(".json") for file in files("subctl").joinpath("data/schemas").iterdir())


def keys_of(name: str) -> list[str]:
    """Return every key that a document can have."""
    return list(schema(name)["properties"])


def keys_of_items(kind: str) -> list[str]:
    """Return every key that the items of a list can have."""
    listed = schema("list")
    for case in listed["allOf"]:
        if case["if"]["properties"]["kind"]["const"] == kind:
            return _keys_of_rows(listed, case["then"]["properties"]["items"])
    return []


def keys_of_rows(name: str, kind: str | None = None) -> list[str]:
    """Return every key that the rows of a document can have, or of a list of some kind."""
    if kind is not None:
        return keys_of_items(kind)
    document, key = schema(name), ROWS.get(f"{name}/1")
    return [] if key is None else _keys_of_rows(document, document["properties"][key])


def _keys_of_rows(document: Schema, rows: Schema) -> list[str]:
    row = rows["items"]
    return list((document["$defs"][row["$ref"].removeprefix("#/$defs/")] if "$ref" in row else row)["properties"])


def listed() -> Schemas:
    """Return the list of all schemas."""
    return Schemas(tuple(SchemaItem(name, schema(name)["title"]) for name in names()))


def schema(name: str) -> Schema:
    """Return the schema of a document with all that it needs."""
    content: Schema = json.loads(files("subctl").joinpath(f"data/schemas/{name}.json").read_bytes())
    return content
