"""What the modules of the store send to a file, read by PostgreSQL: each statement fits the schema of a server."""

from __future__ import annotations

import psycopg
import pytest

from subctl.store.postgres.schema import statements
from subctl.store.postgres.translate import translated
from tests.support import sent

_KINDS = {"int": "bigint", "int?": "bigint", "text?": "text"}


@pytest.fixture
def link(server):
    """A connection to an empty store on a server, as its people have it."""
    server.create("read")
    with psycopg.connect(server.url("read"), autocommit=True) as link:
        link.execute("SET ROLE subctl_owner")
        link.execute(statements())
        link.execute("RESET ROLE")
        link.execute("SET search_path = subctl, pg_temp")
        yield link
    server.drop("read")


def test_every_statement_is_one_for_the_server(link, tmp_path):
    """SERVER: one SQL text for both engines; the types of all values are those with which they are sent."""
    found = {}
    for sql, kinds in sent.lived(tmp_path).statements.items():
        types = f" ({', '.join(_KINDS.get(kind, kind) for kind in kinds)})" if kinds else ""
        try:
            link.execute(f"PREPARE read{types} AS {translated(sql)}")
            link.execute("DEALLOCATE read")
        except psycopg.Error as error:
            found[sql] = str(error).splitlines()[0]
    assert found == {}
