"""Numbers that are relative to what is so now, `+5` and `-2`, made absolute before they are used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from subctl.cli.licences import ZOOM
from subctl.domain.contract import State
from subctl.domain.errors import bad_input
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.service import change
from subctl.service.caller import Caller

_RELATIVE = r"[+-][0-9]{1,7}"


class Numbers(Record):
    """The numbers of users and of licences as they were given: `--users`, `--zoom` and `--licence NAME=N`."""

    users: tuple[str, ...]
    zoom: tuple[str, ...]
    licences: tuple[str, ...]

    @classmethod
    def given(cls, users: Iterable[str] | None, zoom: Iterable[str] | None, licences: Iterable[str] | None) -> Numbers:
        """Return the values of the options."""
        return cls(tuple(users or ()), tuple(zoom or ()), tuple(licences or ()))

    def _each(self, read: Callable[[str, str | None, str], str]) -> Numbers:
        """Return them read anew; `read` takes what a number is of, none for users, and the option that has it."""

        def licence(text: str) -> str:
            kind, sign, number = text.partition("=")
            return f"{kind}{sign}{read(number, kind, f'--licence {kind}=')}"

        return Numbers(
            tuple(read(text, None, "--users ") for text in self.users),
            tuple(read(text, ZOOM, "--zoom ") for text in self.zoom),
            tuple(map(licence, self.licences)),
        )


def absolute(caller: Caller, asked: str | None, numbers: Numbers, *, ordering: bool = False) -> Numbers:
    """Return numbers in which what is relative is counted from the entitlement of now.

    Where nobody is asked before it is ordered that is refused, naming the absolute number: what may be sent twice
    must not count twice (`bad_input`).
    """
    if not any(re.fullmatch(_RELATIVE, text.rpartition("=")[2]) for each in numbers for text in each):
        return numbers
    current = change.entitlement(caller, asked)

    def read(text: str, kind: str | None, option: str) -> str:
        if not re.fullmatch(_RELATIVE, text):
            return text
        number = absolute_of(text, _now(current, kind))
        if ordering:
            raise bad_input(
                N_("{option} would count twice if it were sent twice: without a question numbers are absolute."),
                N_("Say {absolute}."),
                option=f"{option}{text}",
                absolute=f"{option}{number}",
            )
        return number

    return numbers._each(read)


def absolute_of(text: str, now: int) -> str:
    """Return a number that is relative to what is so now as an absolute one; any other text as it is."""
    return str(now + int(text)) if re.fullmatch(_RELATIVE, text) else text


def _now(current: State, kind: str | None) -> int:
    return current.users if kind is None else dict(current.licences).get(kind, 0)
