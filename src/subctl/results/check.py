"""What the check of the book found."""

from collections.abc import Mapping

from subctl.domain.record import Record
from subctl.domain.secrets import concealed
from subctl.domain.sentence import Sentence


class Problem(Record):
    """One finding: a code, the numbers of the documents it names, and what is wrong."""

    code: str
    document: str | None
    what: Sentence

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return concealed(str(self.what))


class Checked(Record):
    """What was looked at, what is wrong, and the newest hash of the history."""

    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    head: str

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems
