"""The JSON Schemas, from the types of documents: src/subctl/view/documents.

A type's fields become its keys, the text under a key its description, a form its pattern. What is closed is closed:
a key that no type names is none.
"""

from __future__ import annotations

import ast
import collections.abc
import json
import re
import typing
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any

from subctl.view import documents as package
from subctl.view.documents import forms
from subctl.view.documents.lists import ITEMS, ListDocument

FOLDER = "src/subctl/data/schemas"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NAMES = {str: "string", int: "integer", bool: "boolean"}

Node = dict[str, Any]
Arguments = tuple[Any, ...]
Hint = object
"""Whatever stands behind the colon of a field."""


def files() -> dict[str, str]:
    """Return the text of every schema by its path in the repository."""
    return {f"{FOLDER}/{name}.json": _text(_document(name, document)) for name, document in _documents()}


def titles() -> list[str]:
    """Return what each schema is called."""
    return [_title(document) for _, document in _documents()]


def _title(document: Hint) -> str:
    return _docstring(document).rstrip(".")


def _text(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False, indent=2) + "\n"


def _modules() -> list[ModuleType]:
    names = sorted(path.stem for path in Path(package.__path__[0]).glob("[!_]*.py"))
    return [import_module(f"subctl.view.documents.{name}") for name in names]


def _documents() -> Iterator[tuple[str, Hint]]:
    """Yield each document's name, as its `schema` says it, and its type."""
    for module in _modules():
        for name, kind in vars(module).items():
            if name.endswith(("Document", "File")) and kind.__module__ == module.__name__:
                yield _name(name).replace("_", "-"), kind


def _document(name: str, document: Hint) -> Node:
    defs: dict[str, Node] = {}
    head = {"$schema": _DRAFT, "$id": f"urn:subctl:{name}:1", "title": _title(document)}
    node = _table(document, defs)
    if document is ListDocument:
        node["properties"]["items"]["items"] = {"type": "object", "minProperties": 1}
        node["allOf"] = [_case(kind, item, defs) for kind, item in ITEMS.items()]
    return {**head, **node, **({"$defs": dict(sorted(defs.items()))} if defs else {})}


def _case(kind: str, item: Hint, defs: dict[str, Node]) -> Node:
    """Say what stands in one kind of list; with --fields only chosen keys of it do, so that none must be there."""
    found = _node(item, defs)
    defs[_name(item.__name__)].pop("required")
    return {"if": {"properties": {"kind": {"const": kind}}}, "then": {"properties": {"items": {"items": found}}}}


def _table(kind: Hint, defs: dict[str, Node]) -> Node:
    """Return an object with the keys of a type."""
    descriptions, properties, required = _descriptions(kind), {}, []
    for key, hint in typing.get_type_hints(kind, include_extras=True).items():
        if typing.get_origin(hint) is not typing.NotRequired:
            required.append(key)
        node = _node(hint, defs)
        properties[key] = {"description": descriptions[key], **node} if key in descriptions else node
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _node(hint: Hint, defs: dict[str, Node]) -> Node:
    """Return what a schema says of a type."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if typing.is_typeddict(hint):
        return _part(hint, defs)
    if origin is None:
        return {"type": _NAMES[hint]}
    if origin in (typing.Union, UnionType):
        (inner,) = (each for each in arguments if each is not NoneType)
        return _or_null(_node(inner, defs))
    return _READERS[origin](hint, arguments, defs)


def _part(kind: Hint, defs: dict[str, Node]) -> Node:
    name = _name(kind.__name__)
    if name not in defs:
        defs[name] = {}
        defs[name] = {"description": _docstring(kind), **_table(kind, defs)}
    return {"$ref": f"#/$defs/{name}"}


def _formed(hint: Hint, arguments: Arguments, defs: dict[str, Node]) -> Node:
    """Return a type with a form; one that has a name in `forms` is described once."""
    base, form = arguments
    described = {"description": form.description} if form.description else {}
    node = {**described, **({} if "enum" in form.keywords else _node(base, defs)), **form.keywords}
    name = next((name for name, named in vars(forms).items() if named is hint), None)
    if name is None:
        return node
    defs[_name(name)] = node
    return {"$ref": f"#/$defs/{_name(name)}"}


def _mapping(_hint: Hint, arguments: Arguments, defs: dict[str, Node]) -> Node:
    key, value = arguments
    if value is object:
        return {"type": "object"}
    return {"type": "object", "propertyNames": _node(key, defs), "additionalProperties": _node(value, defs)}


def _array(_hint: Hint, arguments: Arguments, defs: dict[str, Node]) -> Node:
    return {"type": "array", "items": _node(arguments[0], defs)}


_READERS: dict[Hint, Callable[[Hint, Arguments, dict[str, Node]], Node]] = {
    typing.NotRequired: lambda _hint, arguments, defs: _node(arguments[0], defs),
    typing.Literal: lambda _hint, arguments, _defs: {"const": arguments[0]},
    typing.Annotated: _formed,
    **dict.fromkeys((list, collections.abc.Sequence, collections.abc.Iterable), _array),
    **dict.fromkeys((dict, collections.abc.Mapping), _mapping),
}
"""What is written for each kind of type."""


def _or_null(node: Node) -> Node:
    if "enum" in node:
        return {**node, "enum": [*node["enum"], None]}
    if isinstance(node.get("type"), str) and node["type"] != "object":
        return {**node, "type": [node["type"], "null"]}
    return {"anyOf": [node, {"type": "null"}]}


def _name(camel: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", camel.removesuffix("Document")).lower()


def _docstring(kind: Hint) -> str:
    return (kind.__doc__ or "").strip()


def _descriptions(kind: Hint) -> dict[str, str]:
    """Return the text under each key of a type, and of the types that it extends."""
    found: dict[str, str] = {}
    node = _classes().get((kind.__module__, kind.__name__))
    for base in node.bases if node else ():
        found |= _descriptions(getattr(import_module(kind.__module__), ast.unparse(base)))
    for field, text in pairwise(node.body if node else ()):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            found[field.target.id] = ast.literal_eval(text.value)
    return found


@cache
def _classes() -> dict[tuple[str, str], ast.ClassDef]:
    """Return the source of every type, by its module and its name."""
    return {
        (module.__name__, node.name): node
        for module in _modules()
        for node in ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    }
