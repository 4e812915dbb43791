"""Making a store on a server: the schema and all that is in it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.store import moved
from subctl.store.postgres.connection import Connection
from subctl.store.postgres.errors import explained
from subctl.store.postgres.link import connect
from subctl.store.postgres.opening import begun
from subctl.store.postgres.schema import KEPT_AS, statements
from subctl.store.postgres.soundness import note_schema
from subctl.store.postgres.visit import commit, take_turn
from subctl.store.sqlite.migrate import migration_rows
from subctl.store.tables import MIGRATIONS, TABLES

if TYPE_CHECKING:
    from subctl.store.places import Server
    from subctl.store.postgres.connection import Link

_MOST_OF_A_SECOND = 1000

_MARKS = "SELECT to_regclass('subctl.moved')"
_SCHEMA = "SELECT CAST(CAST('subctl' AS regnamespace) AS oid)"
_ROLES = """
SELECT to_regrole('subctl_owner') IS NOT NULL, to_regrole('subctl_people') IS NOT NULL,
  coalesce(pg_has_role(session_user, CAST(to_regrole('subctl_owner') AS oid), 'MEMBER'), false),
  coalesce(pg_has_role(session_user, CAST(to_regrole('subctl_people') AS oid), 'MEMBER'), false),
  coalesce(has_database_privilege(CAST(to_regrole('subctl_owner') AS oid), current_database(), 'CREATE'), false),
  quote_ident(session_user), quote_ident(current_database())
"""


def create(
    place: Server,
    fill: Callable[[Connection], None],
    *,
    replace: bool,
    now: datetime,
    even_moved: bool = False,
) -> str | None:
    """Make a store on the server at `place` and fill it; return the name of the schema that keeps a replaced one.

    Errors: `store_exists`, `store_denied` where a superuser has something to do first, `store_failed`, `store_busy`;
    `store_moved` unless one is replaced `even_moved`.
    """
    with explained(place), closing(connect(place, writer=True)) as link:
        refuse_unprepared(link, place)
        take_turn(link)
        connection = begun(link, place)
        link.execute("SET LOCAL ROLE subctl_owner")
        kept = _make_room(connection, now if replace else None, even_moved=even_moved)
        link.execute(statements())
        [(connection.made,)] = link.execute(_SCHEMA)
        note_schema(link)
        connection.insert(MIGRATIONS, migration_rows())
        fill(connection)
        link.execute(f"ANALYZE {', '.join(KEPT_AS.get(name, name) for name in TABLES)}")
        commit(connection)
    return kept


def maker(place: Server) -> tuple[str | None, datetime | None]:
    """Return the role that would make a store on a server that is prepared, and its time (`store_denied`)."""
    with explained(place), closing(connect(place)) as link:
        refuse_unprepared(link, place)
        connection = begun(link, place)
        return connection.account, connection.now


def refuse_unprepared(link: Link, place: Server) -> None:
    """Refuse a database in which something is left for a superuser to do, with the SQL of it (`store_denied`)."""
    [(owner, people, owns, belongs, makes, role, database)] = link.execute(_ROLES)
    missing = [
        *([] if owner else ["CREATE ROLE subctl_owner NOLOGIN;"]),
        *([] if people else ["CREATE ROLE subctl_people NOLOGIN;"]),
        *([] if owns else [f"GRANT subctl_owner TO {role};"]),
        *([] if belongs else [f"GRANT subctl_people TO {role};"]),
        *([] if makes else [f"ALTER DATABASE {database} OWNER TO subctl_owner;"]),
    ]
    if missing:
        raise SubctlError(
            "store_denied",
            N_("The server isn't prepared for a store: {server}."),
            N_("Let a superuser run: {command}"),
            server=place,
            command=" ".join(missing),
        )


def _make_room(connection: Connection, now: datetime | None, *, even_moved: bool) -> str | None:
    """Give a schema that is about to be replaced another name, and return it; refuse one that isn't to be."""
    link, place = connection.link, connection.place
    there = {name for (name,) in link.execute("SELECT CAST(nspname AS text) FROM pg_catalog.pg_namespace")}
    if "subctl" not in there:
        return None
    if now is None:
        raise SubctlError(
            "store_exists",
            N_("There is a store at {path} already."),
            N_("Use it, or name another with --store."),
            path=place,
        )
    if not even_moved and link.execute(_MARKS).fetchone() != (None,):
        moved.refuse(connection, place)
    first = f"subctl_old_{now:%Y%m%dt%H%M%S}"
    names = (f"{first}_{number}" if number > 1 else first for number in range(1, _MOST_OF_A_SECOND))
    kept = next(name for name in names if name not in there)
    link.execute(f"ALTER SCHEMA subctl RENAME TO {kept}")
    _close(link, kept)
    return kept


def _close(link: Link, kept: str) -> None:
    """Take all rights in a schema that was put aside: who had some in it needn't have any in the live one.

    Its triggers name tables that are the live store's from now on.
    """
    for what in ("ALL TABLES IN SCHEMA", "ALL ROUTINES IN SCHEMA", "SCHEMA"):
        link.execute(f"REVOKE ALL ON {what} {kept} FROM subctl_people, PUBLIC")
