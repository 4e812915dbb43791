"""Which spaces aren't even: what was invoiced and credited, less what was paid (payments.md 9.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_UNEVEN = """
SELECT space FROM (
  SELECT space, total AS amount FROM invoices WHERE date <= ?
  UNION ALL SELECT space, -amount AS amount FROM payments WHERE date <= ?
) AS moved GROUP BY space HAVING sum(amount) <> 0 ORDER BY space
"""


def uneven(connection: Connection, day: date) -> Iterator[str]:
    """Yield the spaces that owe something or have credit on a day, sorted; no other can have either."""
    return (space for (space,) in connection.stream(_UNEVEN, (day.isoformat(), day.isoformat())))
