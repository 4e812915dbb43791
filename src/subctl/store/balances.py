"""Which spaces aren't even: what was invoiced and credited, less what was paid (payments.md 9.3)."""

from __future__ import annotations

import sqlite3
from datetime import date

_UNEVEN = """
SELECT space FROM (
  SELECT space, total AS amount FROM invoices WHERE date <= :day
  UNION ALL SELECT space, -amount FROM payments WHERE date <= :day
) GROUP BY space HAVING sum(amount) <> 0
"""


def uneven(connection: sqlite3.Connection, day: date) -> list[str]:
    """Return the spaces that owe something or have credit on a day, sorted; no other can have either."""
    return [space for (space,) in connection.execute(_UNEVEN, {"day": day.isoformat()})]
