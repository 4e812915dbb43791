"""Reading tables of a file key by key: what is wrong with each value is named by its key, all of it in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence

T = TypeVar("T")
Table = Mapping[str, object]

MISSING = Sentence(N_("missing"))


class Fault(Record):
    """What is wrong with the value under a key, as a clause that follows it: `must be a table`."""

    key: str
    what: Sentence

    @property
    def sentence(self) -> Sentence:
        """What is wrong, with the key in front."""
        return Sentence(N_("{key}: {fault}"), {"key": self.key, "fault": self.what})


class FaultError(ValueError):
    """One value that won't do; the reader adds its key."""

    def __init__(self, what: str | Sentence, /, **values: object) -> None:
        self.what = what if isinstance(what, Sentence) else Sentence(what, values)
        super().__init__(what)


class TableReader:
    """Reads keys of nested tables, collecting faults instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, path: str, what: str | Sentence, /, **values: object) -> None:
        """Note what is wrong under a path."""
        self.faults.append(Fault(path, what if isinstance(what, Sentence) else Sentence(what, values)))

    def table(self, parent: Table, key: str, known: Iterable[str], prefix: str = "") -> Table:
        """Return a table that must be there, of known keys only; after a fault an empty one."""
        value, path = parent.get(key), prefix + key
        if not isinstance(value, Mapping):
            self.fault(path, MISSING if value is None else N_("must be a table"))
            return {}
        self.only(value, known, path + ".")
        return value

    def only(self, table: Table, known: Iterable[str], prefix: str = "") -> None:
        """Note every key of a table that isn't known."""
        for key in table:
            if key not in known:
                self.fault(prefix + key, N_("unknown key"))

    def need(self, table: Table, key: str, read: Callable[[object], T], blank: T, prefix: str = "") -> T:
        """Read a key that must be there; after a fault go on with `blank`."""
        if key not in table:
            self.fault(prefix + key, MISSING)
            return blank
        return self.have(table, key, read, blank, prefix)

    def have(self, table: Table, key: str, read: Callable[[object], T], default: T, prefix: str = "") -> T:
        """Read a key that may be left out; without it `default`."""
        if key not in table:
            return default
        try:
            return read(table[key])
        except (FaultError, SubctlError) as error:
            self.fault(prefix + key, error.what)
        return default
