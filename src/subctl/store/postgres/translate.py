"""One SQL text for both engines: the little that PostgreSQL says otherwise, translated once and kept."""

from __future__ import annotations

import re
from functools import lru_cache

_STATEMENTS = 1024

_VALUE = r"(?:quote\([^()]*\)|[^(),]+)"
_PARTS = re.compile(
    r"""
    printf\('(?P<marks>%[sQ](?:,%[sQ])*)',\ (?P<values>VALUE(?:,\ VALUE)*)\)   # what `Table.literals` writes
    | (?P<quoted>'(?:[^']|'')*' | "(?:[^"]|"")*")
    | (?P<group>\bgroup_concat\()
    | (?P<mark>\?)
    """.replace("VALUE", _VALUE),
    re.VERBOSE,
)
_WRITES = ("INSERT", "UPDATE", "DELETE")


@lru_cache(maxsize=_STATEMENTS)
def translated(sql: str) -> str:
    """Return a statement as the server takes it: `?` is `$1`, `$2` and so on, outside of quotes."""
    count = 0

    def part(found: re.Match[str]) -> str:
        nonlocal count
        if found["marks"]:
            return _literals(found["marks"].split(","), found["values"].split(", "))
        if found["group"]:
            return "string_agg("
        if found["mark"]:
            count += 1
            return f"${count}"
        return found["quoted"]

    return _PARTS.sub(part, sql)


def _literals(marks: list[str], values: list[str]) -> str:
    """Write columns as literals with commas between, in the very letters that SQLite writes them in."""
    written = (f"quote({value})" if mark == "%Q" else value for mark, value in zip(marks, values, strict=True))
    return f"concat_ws(',', {', '.join(written)})"


def writes(sql: str) -> bool:
    """Tell whether a statement changes rows."""
    return sql.startswith(_WRITES)
