"""What the check of the book found."""

from collections.abc import Mapping
from typing import NamedTuple


class Problem(NamedTuple):
    """One finding: a code, the numbers of the documents it names, and a sentence."""

    code: str
    document: str | None
    message: str


class Checked(NamedTuple):
    """What was looked at, what is wrong, and the newest hash of the history."""

    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    head: str

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems
