"""The table of docs/glossary.md, read: its terms, and what each of them is in the other languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"
HEAD = {"English": "en", "Français": "fr", "Nederlands": "nl", "Deutsch": "de"}
"""The columns of the table, by their heads; behind them stands a note."""

_TITLE, _RULER = "## The terms", re.compile(r"\|(?: --- \|)+")
_SENSE = re.compile(r"(?P<text>.+?)(?: \((?P<sense>[^)]*)\))?")
_WORD = re.compile(r"(?P<text>[^();]+?)(?: \((?P<article>[^)]*)\))?(?:; (?P<short>[^();]+))?")


class Word(NamedTuple):
    """A term in another language; `article` is a noun's, `short` is what heads of tables and labels have for it."""

    text: str
    article: str
    short: str


class Term(NamedTuple):
    """A row of the table; `sense` tells an English word from the same one in another sense, `words` are by language."""

    english: str
    sense: str
    words: dict[str, Word]
    note: str


def read(page: str) -> list[Term]:
    """Return the terms of a page, in its order; raise ValueError, naming the row, for one that can't be read."""
    head, ruler, *rows = [line for line in page.partition(f"\n{_TITLE}\n")[2].splitlines() if line.startswith("|")]
    if _cells(head) != [*HEAD, "Note"] or not _RULER.fullmatch(ruler):
        raise ValueError(head)
    return [_term(row) for row in rows]


def _cells(row: str) -> list[str]:
    return [cell.strip(" ") for cell in row.removeprefix("|").removesuffix("|").split("|")]


def _term(row: str) -> Term:
    cells = _cells(row)
    if len(cells) != len(HEAD) + 1:
        raise ValueError(row)
    english, *others, note = cells
    term = _SENSE.fullmatch(english)
    if term is None:
        raise ValueError(row)
    languages = list(HEAD.values())[1:]
    words = {language: _word(cell, row) for language, cell in zip(languages, others, strict=True)}
    return Term(term["text"], term["sense"] or "", words, note)


def _word(cell: str, row: str) -> Word:
    found = _WORD.fullmatch(cell)
    if found is None:
        raise ValueError(row)
    return Word(found["text"], found["article"] or "", found["short"] or "")
