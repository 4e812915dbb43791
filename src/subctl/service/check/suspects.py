"""Which spaces and rights aren't as the history says: asked once the seal of the state has shown that something isn't.

The sum tells that a cell was altered, and not which. Entries say what was set of a space, who was given a right, and by
their seals which buyers' details came with them. What no entry says is named by nobody: how many users were active in
a space that was imported, or added by an older program, and whose details were never set since.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import reduce
from typing import TYPE_CHECKING

from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import safe
from subctl.results.check import Problem
from subctl.service.access import WHOLE_STORE
from subctl.service.check.ground import UNREADABLE
from subctl.store import audit, entries, history, read, seal
from subctl.store.history import Entry
from subctl.store.read import Held
from subctl.store.rows import Stored

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_CODE = "state"

_NAMES = {"buyer": N_("buyer"), "active_users": N_("active users"), "locked": N_("locked")}
"""What the history says of a space, as findings call it."""


class _Told:
    """What the history has told so far: of each space its buyer, active users and lock, as far as it says; rights."""

    def __init__(self, entered: Sequence[str]) -> None:
        self.entered = entered
        """The spaces by the numbers under which they were entered."""
        self.spaces: dict[str, dict[str, int]] = {space: {"locked": 0} for space in entered}
        self.rights: list[Held] = []
        self.maker: Held | None = None
        """Who made the store; a server keeps him without the uid that his entry says."""
        self.buyers, self.count = 0, 0

    def hear(self, entry: Entry) -> None:
        """Take in what an entry says."""
        buyers = self._buyers_of(entry)
        told = history.detail_of(entry)
        if "refused" in told:
            return
        if entry.action == "init":
            self.maker = Held(entry.uid, WHOLE_STORE, entry.account)
            self.rights.append(self.maker)
        elif entry.action in ("admin add", "admin remove"):
            self._right(entry, told)
        elif entry.action == "space set":
            self._set(entry.space or "", told["after"], buyers)
        elif entry.action in ("mandate add", "mandate end"):
            self._name(entry.space or "", buyers)
        elif entry.action == "space add":
            self._add(entry.space or "", told["added"], buyers)
        elif entry.action == "space import":
            self._import(int(told["spaces"]), buyers, known=entry.state is not None)

    def _buyers_of(self, entry: Entry) -> range:
        """Return the numbers of the buyers' details that came with an entry; none where no seal says it."""
        before = self.buyers
        if entry.seal is None:
            return range(0)
        self.buyers = seal.read(entry.seal)["buyers"].last
        return range(before + 1, self.buyers + 1)

    def _right(self, entry: Entry, told: Stored) -> None:
        uid, space = told["uid"], entry.space or WHOLE_STORE
        if "added" in told:
            self.rights.append(Held(uid, space, str(told["added"])))
        else:
            account = str(told["removed"])
            self.rights = [held for held in self.rights if held.space != space or not held.of(uid, account)]

    def _add(self, space: str, added: Stored, buyers: range) -> None:
        known = self.spaces.setdefault(space, {"locked": 0})
        if "active_users" in added:
            known["active_users"] = int(added["active_users"])
        if buyers:
            known["buyer"] = buyers[-1]
        self.count += 1

    def _import(self, count: int, buyers: range, *, known: bool) -> None:
        """Take in the buyers of many spaces; which they were is `known` since each has a number of its entry."""
        if known:
            spaces = self.entered[self.count : self.count + count]
            for space, buyer in zip(spaces, buyers, strict=True):
                self.spaces[space]["buyer"] = buyer
        self.count += count

    def _set(self, space: str, after: Stored, buyers: range) -> None:
        self.spaces[space].update(active_users=int(after["active_users"]), locked=int(after["locked"]))
        self._name(space, buyers)

    def _name(self, space: str, buyers: range) -> None:
        """Take in the details that a space has since an entry, where some came with it."""
        if buyers:
            self.spaces[space]["buyer"] = buyers[-1]


def suspects(connection: Connection) -> Iterator[Problem]:
    """Yield the spaces and the administrators that aren't as the history says, as far as it can be read."""
    told = _Told(entries.spaces(connection))
    with suppress(*UNREADABLE):  # a history that was altered too is named by its chain
        for _, entry, _ in history.entries(connection):
            told.hear(entry)
        yield from _spaces(connection, told)
        yield from _rights(connection, told)


def _spaces(connection: Connection, told: _Told) -> Iterator[Problem]:
    unheard = dict(told.spaces)
    for space, buyer, active_users, locked in audit.spaces(connection):
        known = unheard.pop(space, None)
        found = {"buyer": buyer, "active_users": active_users, "locked": locked}
        wrong = [] if known is None else [name for name, value in known.items() if found[name] != value]
        if known is None:
            yield _of_space(N_("The history knows no space {space}."), space)
        elif wrong:
            first, *others = (Sentence(_NAMES[name]) for name in wrong)
            what = reduce(_and, others, first)
            yield _of_space(N_("{space}: {what}: another than the history says."), space, what=what)
    for gone in unheard:
        yield _of_space(N_("The space {space} is gone."), gone)


def _of_space(template: str, space: str, **values: object) -> Problem:
    return Problem(_CODE, None, Sentence(template, {"space": safe(space), **values}))


def _and(first: Sentence, second: Sentence) -> Sentence:
    return Sentence(N_("{first} and {second}"), {"first": first, "second": second})


def _rights(connection: Connection, told: _Told) -> Iterator[Problem]:
    found = set(read.administrators(connection))
    said = {way for held in told.rights for way in _ways(held, told)}
    gone = {held for held in told.rights if found.isdisjoint(_ways(held, told))}
    wrong = {(held.space, held.account if held.uid is None else held.uid) for held in (found - said) | gone}
    for space, account in sorted(wrong, key=str):
        if space:
            fault = N_("The right of the account {uid} to the space {space} is not what the history says.")
        else:
            fault = N_("The right of the account {uid} to the store is not what the history says.")
        yield _of_space(fault, space, uid=account if isinstance(account, int) else safe(account))


def _ways(held: Held, told: _Told) -> Iterator[Held]:
    """Yield how a right that the history told of may stand in the store."""
    yield held
    if held.uid is not None:
        yield held._replace(account=held.called_by_uid)
    if held == told.maker:
        yield held._replace(uid=None)
