"""What an import of spaces added."""

from datetime import date
from typing import NamedTuple


class Imported(NamedTuple):
    """How many spaces were added."""

    day: date
    added: int
