"""A visit to the store: who comes, on which day, to which space; and the transaction around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from subctl.domain.catalog import Catalog, Catalogs
from subctl.domain.contract import Contract
from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.refusals import add_command
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import is_id, near, safe
from subctl.service import access
from subctl.service.caller import Caller, machine_day, refuse_other_day
from subctl.store import moved, read
from subctl.store.engine import engine_of
from subctl.store.tables import damaged

if TYPE_CHECKING:
    from subctl.store.connection import Connection
    from subctl.store.documents import Invoice, Order, Quote
    from subctl.store.engine import Laying
    from subctl.store.history import Chain, Entry

_MOST_NAMED, _MOST_COMPARED = 10, 1000

RECORDED_EXITS = frozenset((4, 5, 7))
"""Refusals of a whole command that history keeps: by the rules, by a conflict, for want of a right."""


Document = TypeVar("Document", bound="Quote | Order | Invoice")


class Session(Record):
    """What a service function works with inside its transaction; `writes` where the transaction may write.

    `concerned` collects the spaces that were looked at: a refusal is noted under the last one.
    """

    caller: Caller
    connection: Connection
    settings: read.Settings
    catalogs: Catalogs
    day: date
    rights: set[str]
    concerned: list[str]
    writes: bool = False

    @property
    def catalog(self) -> Catalog:
        """The catalog in force today."""
        return self.catalogs.at(self.day)

    def space_id(self, asked: str | None) -> str:
        """Return the space a command concerns: the one asked for, the default one, or the only one.

        Errors: `ambiguous_space`, `not_administrator`, `not_found`.
        """
        default = self.settings.default_space
        if asked is None and default is not None and self.may_see(default):
            return default
        if asked is None:
            return self._only_space()
        self.require(self.caller.right, space=asked)
        if not asked.isascii() or read.space(self.connection, asked) is None:
            first = asked[:1] if asked.isascii() else ""
            close = [each for each in read.space_ids(self.connection, _MOST_COMPARED, first) if self.may_see(each)]
            hint = near(asked, close, "subctl list spaces")
            raise SubctlError("not_found", N_("There is no space '{space}'."), hint, space=safe(asked))
        return asked

    def require(self, right: str, *, space: str | None = None, document: str | None = None) -> None:
        """Refuse an account that lacks a right, beside the one that its command declares (`not_administrator`)."""
        access.require(self.rights, right, self.caller.account, space=space, document=document)

    def may_see(self, space: str) -> bool:
        """Tell whether this account administers a space, or the whole store."""
        return access.WHOLE_STORE in self.rights or space in self.rights

    def scope(self, asked: str | None) -> list[str] | None:
        """Return the spaces to look in: the one asked for, else all that may be seen (None: every one there is).

        Errors: `not_administrator`.
        """
        if asked is not None:
            self.require(self.caller.right, space=asked)
            return [asked]
        return None if access.WHOLE_STORE in self.rights else sorted(self.rights)

    def seen(self, catalog: Catalog) -> Catalog:
        """Return a catalog as this account sees it: private plans of others are the store administrators' (3.6)."""
        return catalog if access.WHOLE_STORE in self.rights else catalog.seen_by(self.rights)

    def _only_space(self) -> str:
        """Return the one space there is to see; otherwise name some of them."""
        visible = list(islice(self.visible_spaces(), _MOST_NAMED + 1))
        if len(visible) == 1:
            return visible[0]
        self.require(self.caller.right)
        if not visible:
            hint = N_("Add one with {command}.")
            raise SubctlError("not_found", N_("There is no space yet."), hint, command=add_command(self.catalog))
        from subctl.service.missing import which_space  # only who is refused waits for it

        raise which_space(visible[:_MOST_NAMED], more=len(visible) > _MOST_NAMED)

    def own_document(self, found: Document | None, name: str, kind: str) -> Document:
        """Return a document that was found, of a space this account may see.

        Errors: `not_administrator`, whether there is such a document or not, to those who administer other
        spaces; `not_found` to a store administrator.
        """
        if found is None:
            raise self.no_document(name, kind)
        self.require_own(found.space, name)
        return found

    def require_own(self, space: str, name: str) -> None:
        """Refuse a document of a space that this account may not see (`not_administrator`)."""
        if not self.may_see(space):
            raise access.refuse_document(self.caller.account, name)

    def no_document(self, name: str, kind: str) -> SubctlError:
        """Return the refusal of a document that there isn't; who may not see all is told that it isn't his."""
        if access.WHOLE_STORE not in self.rights:
            return access.refuse_document(self.caller.account, name)
        from subctl.service.missing import no_document

        return no_document(self.connection, kind, name)

    def visible_spaces(self) -> Iterator[str]:
        """Yield the IDs of the spaces this account may see, sorted, as they are read."""
        if access.WHOLE_STORE in self.rights:
            return read.space_ids(self.connection)
        return iter(sorted(self.rights))

    def load(self, asked: str | None) -> tuple[read.Space, Contract]:
        """Return the space a command concerns, and its contract."""
        space_id = self.space_id(asked)
        self.concerned.append(space_id)
        space = read.space(self.connection, space_id)
        if space is None:  # a default space, or one of somebody's rights, that was taken out
            raise damaged(N_("the space {space} is gone"), space=safe(space_id))
        return space, read.contract(self.connection, space_id)

    def refuse_moved(self) -> None:
        """Refuse what could not be written: the store was moved (`store_moved`)."""
        if self.settings.moved is not None:
            raise moved.refusal(self.caller.store, self.settings.moved)

    def check_clock(self) -> None:
        """Refuse a write on a day that isn't the live store's today, or before the last write (pricing.md 5).

        Only from here on the transaction takes what is written.
        """
        if self.caller.dry_run:
            return
        last = self.settings.last_write
        if not self.settings.sandbox:
            refuse_other_day(self.day, machine_day(self.caller, self.catalogs))
        if last is not None and self.day < last:
            raise SubctlError(
                "clock_behind",
                N_("The store was last written on {last}; {day} is before it."),
                N_("Use that day or a later one.") if self.settings.sandbox else N_("Check the machine's clock."),
                last=last,
                day=self.day,
            )
        if self.writes:
            self.connection.let_write()

    def record(self, space: str | None, **detail: Any) -> None:  # noqa: ANN401  # whatever the change is made of
        """Note a change in the history and move the store's day to it."""
        chain = self.chain()
        chain.add(self.noted(space, detail))
        chain.end()

    def chain(self) -> Chain:
        """Move the store's day to this one, and return the end of the history to note changes at."""
        from subctl.store import history, write  # only a write needs them

        write.move_day(self.connection, self.day, sandbox=self.settings.sandbox)
        return history.Chain(self.connection)

    def noted(self, space: str | None, detail: Mapping[str, Any]) -> Entry:
        """Return what the history says of a change that this caller makes."""
        return self.entry(space, {**detail, "as_support": True} if self.caller.as_support else detail)

    def entry(self, space: str | None, detail: Mapping[str, Any]) -> Entry:
        """Return what the history says of what this caller does."""
        from subctl.store import history

        caller = self.caller
        return history.entry(caller.now, self.day, caller.uid, caller.account, caller.command, space, detail)


def _session(caller: Caller, connection: Connection, concerned: list[str], *, writes: bool = False) -> Session:
    caller = caller._replace(account=connection.account or caller.account, now=connection.now or caller.now)
    settings, catalogs = read.settings(connection), read.catalogs(connection)
    day = caller.today or settings.day or machine_day(caller, catalogs)
    rights = read.rights(connection, None if connection.account else caller.uid, caller.account)
    return Session(caller, connection, settings, catalogs, day, rights, concerned, writes)


def _admitted(session: Session, space: str | None, document: str | None) -> Session:
    """Refuse who has no right to the command, and `--as-support` to all but store administrators (pricing.md 5)."""
    caller = session.caller
    session.require(caller.right, space=space, document=document)
    if caller.as_support and access.WHOLE_STORE not in session.rights:
        no_support = N_("The account {account} is not an administrator of this store, as --as-support needs.")
        raise access.refuse(caller.account, no_support, "")
    return session


@contextmanager
def reading(caller: Caller, space: str | None = None, *, document: str | None = None) -> Iterator[Session]:
    """Visit the store without changing it; `space`, or the number of a document, is what the command names.

    Errors: `not_administrator`, and the store's.
    """
    with engine_of(caller.store).reading(caller.store, hurried=caller.hurried) as connection:
        session = _admitted(_session(caller, connection, []), space, document)
        yield session
    if session.settings.moved and caller.tell:
        told = N_("This store was moved to {place}: what it shows is how it was then.")
        caller.tell(Sentence(told, {"place": safe(session.settings.moved)}))


def _write_visit(caller: Caller) -> AbstractContextManager[Connection]:
    return engine_of(caller.store).writing(caller.store, caller.now, caller.uid, caller.account)


@contextmanager
def writing(
    caller: Caller, space: str | None = None, *, document: str | None = None, laid: Laying | None = None
) -> Iterator[Session]:
    """Visit the store in one write transaction, that of what was `laid` out; with `dry_run` the same, read-only.

    It takes nothing before `Session.check_clock`. A refusal rolls everything back, and is then noted in the
    history by itself. Errors: as `reading`.
    """
    if caller.dry_run:
        with reading(caller, space, document=document) as session:
            session.refuse_moved()
            yield session
        return
    concerned = [] if space is None else [space]
    with (
        noting_refusals(caller, concerned),
        laid.writing() if laid else _write_visit(caller) as connection,
    ):
        connection.hold_writes()
        yield _admitted(_session(caller, connection, concerned, writes=True), space, document)


@contextmanager
def noting_refusals(caller: Caller, concerned: list[str]) -> Iterator[None]:
    """Note in the history what is refused to someone who wanted to write, under the last space concerned."""
    try:
        yield
    except SubctlError as error:
        recorded = error.exit_code in RECORDED_EXITS and not error.code.startswith("store_")
        if recorded:
            note_refusals(caller, [(concerned[-1] if concerned else None, error)])
        raise


def note_refusals(caller: Caller, refused: Sequence[tuple[str | None, SubctlError]]) -> None:
    """Note in the history what was refused of which space, in a transaction of its own; a dry run's isn't.

    Where that fails nothing is said of it: what is told is the refusal.
    """
    if refused and not caller.dry_run:
        with suppress(Exception):
            _note_refusals(caller, refused)


def _note_refusals(caller: Caller, refused: Sequence[tuple[str | None, SubctlError]]) -> None:
    from subctl.store import history

    with _write_visit(caller) as connection:
        session = _session(caller, connection, [])
        for named, error in refused:
            detail = {"refused": error.code, "message": _first_lines(error.message)}
            space = named if named is not None and is_id(named) else None
            history.add(connection, session.entry(space, detail))


def _first_lines(message: str) -> str:
    """Return a message of many lines without most of them: the history isn't the place for a whole bad file."""
    lines = message.splitlines()
    return "\n".join([*lines[:_MOST_NAMED], *(["…"] if len(lines) > _MOST_NAMED else [])])
