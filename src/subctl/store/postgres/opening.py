"""Beginning a transaction on a server: what a visit learns in its first message, and what keeps it out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from psycopg import errors

from subctl.domain.addresses import pasted
from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.store.moved import refusal
from subctl.store.postgres.connection import Connection
from subctl.store.postgres.schema import VERSION
from subctl.store.tables import damaged

if TYPE_CHECKING:
    from subctl.store.places import Server
    from subctl.store.postgres.connection import Link


READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
WRITE = (
    "BEGIN ISOLATION LEVEL REPEATABLE READ;"
    " SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'"
)
"""What is acknowledged is kept, whatever a server is set to."""

_CALLER = "CAST(session_user AS text), CAST(extract(epoch FROM now()) * 1000000 AS bigint)"
_OURS = "(SELECT pg_get_userbyid(nspowner) = 'subctl_owner' FROM pg_catalog.pg_namespace WHERE nspname = 'subctl')"
_OPENING = f"SELECT {_CALLER}, {_OURS}, version, (SELECT min(place) FROM subctl.moved) FROM subctl.version"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_WHY = f"""
SELECT {_OURS}, has_schema_privilege(oid, 'USAGE'), quote_ident(session_user)
FROM pg_catalog.pg_namespace WHERE nspname = 'subctl'
"""


def opened(link: Link, place: Server, *, writer: bool) -> Connection:
    """Begin a transaction in a store, and find out who comes, when, and whether the store is one.

    Errors: `store_missing`, `store_foreign`, `store_denied`, `store_damaged`, `store_newer`, and `store_moved` for a
    `writer`.
    """
    try:
        row = _last(link, f"{WRITE if writer else READ}; {_OPENING}")
    except (errors.UndefinedTable, errors.UndefinedColumn, errors.InvalidSchemaName, errors.InsufficientPrivilege):
        link.execute("ROLLBACK")
        why = _why_not(link, place)
        if why is None:
            raise
        raise why from None
    if row is None:
        raise damaged(N_("a row of {table} is gone"), table="version")
    account, microseconds, ours, version, moved = row
    if not ours:
        raise _foreign(place)
    if version > VERSION:
        raise _newer(place, version)
    if writer and moved is not None:
        raise refusal(place, moved)
    return Connection(link, place, account, _time(place, microseconds))


def begun(link: Link, place: Server) -> Connection:
    """Begin a transaction that writes, in a database without a store."""
    account, microseconds = _last(link, f"{WRITE}; SELECT {_CALLER}")
    return Connection(link, place, account, _time(place, microseconds))


def _last(link: Link, statements: str) -> Any:  # noqa: ANN401  # a row of whatever was asked for
    """Send statements in one message, and return the row of the last one."""
    answer = link.execute(statements)
    while answer.nextset():
        pass
    return answer.fetchone()


def _time(place: Server, microseconds: int) -> datetime:
    return place.now or _EPOCH + timedelta(microseconds=microseconds)


def _why_not(link: Link, place: Server) -> SubctlError | None:
    """Return why a schema can't be used; nothing where a part of it is gone."""
    row = link.execute(_WHY).fetchone()
    if row is None:
        what, way_out = N_("There is no store on the server: {server}."), N_("Make one: {command}")
        return SubctlError(
            "store_missing", what, way_out, server=place, command=f"subctl init --store {pasted(place.shown)}"
        )
    ours, usable, role = row
    if not ours:
        return _foreign(place)
    if not usable:
        what = N_("Your role may not use the store: {server}.")
        way_out = N_("Ask a store administrator, and let a superuser run: {command}")
        return SubctlError("store_denied", what, way_out, server=place, command=f"GRANT subctl_people TO {role};")
    return None


def _foreign(place: Server) -> SubctlError:
    what = N_("The schema {schema} is not a store of subctl: {server}.")
    way_out = N_("Name another database with --store.")
    return SubctlError("store_foreign", what, way_out, schema="subctl", server=place)


def _newer(place: Server, version: int) -> SubctlError:
    return SubctlError(
        "store_newer",
        N_("The store {path} was written by a newer subctl (version {version}, this one knows {known})."),
        N_("Install the newer subctl."),
        path=place,
        version=version,
        known=VERSION,
    )
