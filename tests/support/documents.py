"""Documents against the schemas that `subctl schema` prints: every JSON the tests read goes through here."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from subctl.view import schemas
from subctl.view.json import document_of
from subctl.view.output import json_pieces


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = schemas.schema(name)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker(["date"]))


def faults(document: Any, name: str) -> list[str]:
    """Return what of a document its schema doesn't allow, and where."""
    found = _validator(name).iter_errors(document)
    return [f"{error.json_path}: {error.message[:500]}" for error in sorted(found, key=lambda error: error.json_path)]


def as_document(result: object) -> dict[str, Any]:
    """Return what a service returned as scripts read it."""
    found: dict[str, Any] = validated(json.loads("".join(json_pieces(document_of(result)))))
    return found


def validated(document: Any) -> Any:
    """Return a document that is as its schema says; one without the key `schema` was cut by --fields, or is none."""
    if isinstance(document, dict) and "schema" in document:
        name, _, version = document["schema"].partition("/")
        assert version == "1"
        _hold(document, name)
    return document


def validated_error(document: Any) -> Any:
    """Return an error that is as the schema of errors says."""
    _hold(document, "error")
    return document


def _hold(document: Any, name: str) -> None:
    found = faults(document, name)
    if found:
        raise AssertionError(f"This is no {name}: " + "; ".join(found))
