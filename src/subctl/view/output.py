"""A result as a table, as JSON or as CSV."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, TextIO, TypeGuard

from subctl.domain.errors import bad_input
from subctl.domain.languages import ENGLISH
from subctl.domain.sentence import N_
from subctl.domain.text import safe
from subctl.view.json import Document, document_of
from subctl.view.json.rows import ROWS, Rows
from subctl.view.language import speaking

if TYPE_CHECKING:
    from subctl.view.console import Page

_LIST = "list/1"

_PIECES = 1000


class OutputError(Exception):
    """The output couldn't be written; `error` is the system's."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def _closed() -> OutputError:
    """Return the error of a stdout that was closed before the program started."""
    return OutputError(OSError(errno.EBADF, os.strerror(errno.EBADF)))


def put(text: str, stream: TextIO | None = None) -> None:
    """Write and flush, so that a full disk or a closed pipe shows here and not at the interpreter's end."""
    stream = stream or sys.stdout
    if stream is None:
        raise _closed()
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        raise OutputError(error) from error


def put_bytes(content: bytes) -> None:
    """Write to stdout what is a file rather than text of ours."""
    if sys.stdout is None:
        raise _closed()
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise OutputError(error) from error


def say(text: str) -> None:
    """Write to stderr what is no result; where that is closed or full, nobody wanted to read it."""
    with suppress(OSError):
        if sys.stderr is not None:
            sys.stderr.write(text)
            sys.stderr.flush()


def put_all(pieces: Iterable[str], stream: TextIO | None = None) -> None:
    """Write many pieces, a good many at a time."""
    waiting = iter(pieces)
    while together := "".join(islice(waiting, _PIECES)):
        put(together, stream)


def show(
    result: object,
    format_: str,
    fields: tuple[str, ...],
    color: str,
    *,
    stream: TextIO | None = None,
    explain: bool = False,
    brief: bool = False,
    dry_run: bool = False,
    strict: bool = True,
) -> None:
    """Write a result to stdout, or a preview to another stream.

    A field that its document hasn't is refused where `strict`, and null where that was looked at before.
    """
    stream = stream or sys.stdout
    if stream is None:
        raise _closed()
    if format_ == "table" and not fields:
        _draw(result, _page(color, stream, explain=explain, dry_run=dry_run), stream, brief=brief)
        return
    with speaking(ENGLISH):
        _write_document(result, format_, fields, color, stream, explain=explain, strict=strict)


def _write_document(
    result: object, format_: str, fields: tuple[str, ...], color: str, stream: TextIO, *, explain: bool, strict: bool
) -> None:
    """Write what programs read, and fields of it: English, whoever asks."""
    document = document_of(result, explain=explain)
    if format_ == "csv":
        _put_csv(document, fields, stream, strict=strict)
        return
    chosen = _only(document, fields, strict=strict) if fields else document
    if format_ == "json":
        put_all(json_pieces(chosen), stream)
    else:
        _draw_fields(_rows(chosen) if document["schema"] == _LIST else [chosen], color, stream)


def _put_csv(document: Document, fields: tuple[str, ...], stream: TextIO, *, strict: bool) -> None:
    """Write the rows of a document, or where the fields are keys of the document alone, it as one row."""
    from subctl.view.csv import as_csv, headings

    rows, known = _rows(document), []
    if fields:
        from subctl.view.schemas import keys_of_rows

        schema = str(document["schema"])
        kind = str(document["kind"]) if schema == _LIST else None
        known = headings(keys_of_rows(schema.partition("/")[0], kind))
        if not set(fields) <= set(known) and (set(fields) <= set(document) or schema not in ROWS):
            rows, known = [_picked(document, fields, strict=strict)], list(fields)
        elif "licences" not in known and not any(True for _ in rows):
            _refuse_unknown(fields, known)  # else the typing error would go unseen
    put_all(as_csv(rows, fields, known), stream)


def _page(color: str, stream: TextIO, *, explain: bool = False, dry_run: bool = False) -> Page:
    from subctl.view import console  # JSON needs none of it

    return console.Page(color, stream, explain=explain, dry_run=dry_run)


def _draw(result: object, page: Page, stream: TextIO, *, brief: bool) -> None:
    """Draw a result on the screen that has the name of its module."""
    screen = import_module(f"subctl.view.screens.{type(result).__module__.rpartition('.')[2]}")
    (screen.draw_brief if brief else screen.draw)(page, result)
    put(page.text(), stream)


def _draw_fields(rows: Iterable[Document], color: str, stream: TextIO) -> None:
    from subctl.view.screens.fields import draw

    page = _page(color, stream)
    draw(page, list(rows))
    put(page.text(), stream)


def _only(document: Document, fields: tuple[str, ...], *, strict: bool) -> Document:
    """Keep only some keys of a document, or of the items of a list (`bad_input` names those there are)."""
    if document["schema"] == _LIST:
        from subctl.view.schemas import keys_of_items

        _refuse_unknown(fields, keys_of_items(str(document["kind"])))
        return {**document, "items": Rows(_rows(document), lambda item: _picked(item, fields, strict=False))}
    return _picked(document, fields, strict=strict)


def _picked(document: Document, fields: tuple[str, ...], *, strict: bool) -> Document:
    """Keep only some keys (`bad_input` names those there are)."""
    if strict:
        _refuse_unknown(fields, document)
    return {field: document.get(field) for field in fields}


def _refuse_unknown(fields: tuple[str, ...], known: Iterable[str]) -> None:
    for field in fields:
        if field not in known:
            raise bad_input(
                N_("There is no field '{field}'."),
                N_("The fields are {fields}."),
                field=safe(field),
                fields=", ".join(known),
            )


def _rows(document: Document) -> Iterable[Document]:
    """Return the rows a document holds, or itself as the only one."""
    key = ROWS.get(str(document["schema"]))
    rows = document if key is None else document[key]
    return rows if _holds_rows(rows) else [document]


def _holds_rows(value: object) -> TypeGuard[Iterable[Document]]:
    return isinstance(value, (list, Rows))


def write_catalog(data: Mapping[str, object], format_: str, fields: tuple[str, ...]) -> None:
    """Write a catalog to stdout as the TOML file it is, or as JSON, whose keys can be chosen."""
    import tomli_w

    as_text = {**data, "valid_from": str(data["valid_from"])}
    chosen = _picked(as_text, fields, strict=False) if fields else as_text
    put(as_json(chosen) if format_ == "json" else tomli_w.dumps(data))


def write_schema(schema: Document, fields: tuple[str, ...]) -> None:
    """Write a JSON Schema to stdout, or only some of its keys."""
    put(as_json(_picked(schema, fields, strict=True) if fields else schema))


def json_pieces(document: Document) -> Iterator[str]:
    """Yield a document as JSON text; rows that are made one by one are written so."""
    key = next((key for key, value in document.items() if isinstance(value, Rows)), None)
    rows = iter(_rows_at(document, key))
    first = next(rows, None)
    if key is None or first is None:
        yield as_json(document if key is None else {**document, key: []})
        return
    head, tail = as_json({**document, key: ["\0"]}).split(json.dumps("\0"))
    yield head + _row_text(first)
    for row in rows:
        yield f",\n    {_row_text(row)}"
    yield tail


def _rows_at(document: Document, key: str | None) -> Iterable[Document]:
    rows = None if key is None else document[key]
    return rows if _holds_rows(rows) else ()


def _row_text(row: Document) -> str:
    return json.dumps(row, ensure_ascii=False, indent=2).replace("\n", "\n    ")


def as_json(document: object) -> str:
    """Return a document as JSON text."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
