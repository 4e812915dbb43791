"""What an administrator of acme tries with psql: what it is, the SQL of it, and how the server answers.

The store has the contracts of acme and atelier, a private plan of atelier's, and documents of both.
"""

from __future__ import annotations

import json
from typing import NamedTuple

YEAR = 2026 * 10**10
DAY = "2026-05-15"
"""On which the sandbox stands."""

DENIED = "42501"
"""What the server says of whatever nobody was given."""

NO_POLICY = "42501: new row violates row-level security policy for table"
NOT_NEXT = "23514: the number {} of {} is not the next"
NO_SUCH_ROW = "23503"
TAKEN = '23505: duplicate key value violates unique constraint "invoices'
GUARDED = "42501: permission denied for this change of the"
SAID_NOTHING = "23000: no entry of the history says what was changed"
HOW_MANY = "\\echo :ROW_COUNT"
"""psql's word for how many rows a statement met."""


class Attack(NamedTuple):
    """`refused` is the beginning of the error; where there is none, `seen` is all that comes out."""

    what: str
    sql: str
    refused: str = ""
    seen: str = ""


def like(table: str, place: int, **other: object) -> str:
    """Return the statement that inserts a row like one that there is, with other values."""
    values = json.dumps(other).replace("'", "''")
    row = f"(jsonb_populate_record({table}, '{values}')).*"
    return f"INSERT INTO {table} SELECT {row} FROM {table} WHERE id = {YEAR + place};"


def invoice(**other: object) -> str:
    """Return the statement that issues an invoice, in all other things like acme's first one."""
    return like(
        "invoices", 1, **{"id": YEAR + 6, "date": DAY, "due_date": DAY, "order": None, "kind": "recurring"} | other
    )


def order(**other: object) -> str:
    """Return the statement that orders something, in all other things like acme's first order."""
    return like("orders", 1, **{"id": YEAR + 5, "date": DAY, "quote": None} | other)


_LEAKY = """
CREATE FUNCTION pg_temp.tells(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001
  AS $$ BEGIN IF $1 ~ 'vip|[Aa]telier|[Ss]tudio' THEN RAISE 'told: %', $1; END IF; RETURN FALSE; END $$;
"""

_SPOOFED = """
CREATE TEMP TABLE administrators (uid bigint, space text, account text);
INSERT INTO pg_temp.administrators VALUES (NULL, '', session_user);
CREATE TEMP TABLE spaces AS SELECT 'atelier' AS id, 2 AS buyer;
CREATE TEMP TABLE store AS SELECT 1 AS sandbox;
CREATE TEMP TABLE moved (place text);
CREATE TEMP TABLE owing AS SELECT pg_current_xact_id() AS transaction;
CREATE TEMP TABLE mandates AS SELECT 'M-1' AS name, 'acme' AS space;
GRANT ALL ON ALL TABLES IN SCHEMA pg_temp TO PUBLIC;
CREATE FUNCTION pg_temp.whole_store() RETURNS boolean LANGUAGE sql RETURN TRUE;
CREATE FUNCTION pg_temp.yes(text, text) RETURNS boolean LANGUAGE sql RETURN TRUE;
CREATE OPERATOR pg_temp.= (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_temp.yes);
SET search_path = pg_temp, subctl, pg_catalog;
"""

READING = (
    Attack("read all documents", "SELECT DISTINCT space FROM invoices UNION SELECT space FROM quotes;", seen="acme"),
    Attack(
        "read all spaces and what they pay",
        "SELECT id FROM spaces UNION SELECT space FROM contracts UNION SELECT space FROM steps"
        " UNION SELECT space FROM entries UNION SELECT space FROM mandates UNION SELECT space FROM payments"
        " UNION SELECT space FROM reminders UNION SELECT space FROM orders;",
        seen="acme",
    ),
    Attack("read all buyers", "SELECT DISTINCT name FROM buyers;", seen="Acme"),
    Attack(
        "read buyers through a view and a join of his own",
        "CREATE TEMP VIEW all_buyers AS SELECT buyers.* FROM buyers JOIN invoices ON TRUE;"
        " SELECT DISTINCT name FROM all_buyers;",
        seen="Acme",
    ),
    Attack(
        "read buyers by a function that tells what it is asked",
        f"{_LEAKY}SELECT * FROM buyers WHERE pg_temp.tells(name);",
    ),
    Attack(
        "read private plans by such a function",
        f"{_LEAKY}SELECT id FROM catalogs WHERE pg_temp.tells(content);",
    ),
    Attack("read private plans", "SELECT count(*) FROM catalogs WHERE content ~ 'vip|atelier';", seen="0"),
    Attack("read private plans below the view", "SELECT content FROM kept_catalogs;", DENIED),
    Attack(
        "read private plans and buyers in the statistics",
        "SELECT tablename FROM pg_stats WHERE schemaname = 'subctl' AND tablename <> 'version';",
    ),
    Attack("read statistics below their view", "SELECT * FROM pg_statistic;", DENIED),
    Attack(
        "read by a cursor that outlives the transaction",
        "BEGIN; DECLARE kept CURSOR WITH HOLD FOR SELECT DISTINCT space FROM invoices; COMMIT; FETCH ALL FROM kept;",
        seen="acme",
    ),
    Attack("copy a table out", "COPY (SELECT DISTINCT space FROM contracts) TO STDOUT;", seen="acme"),
    Attack(
        "take row-level security off for himself",
        "SET row_security = off; SELECT * FROM buyers;",
        '42501: query would be affected by row-level security policy for table "buyers"',
    ),
    Attack("read who else is an administrator", "SELECT account, space FROM administrators;", seen="daemon|acme"),
    Attack("read what others did", "SELECT count(*) FROM history WHERE account <> 'daemon';", seen="0"),
    Attack("read collections", "SELECT count(*) FROM collections;", seen="0"),
    Attack("read the server's files", "SELECT pg_read_file('/etc/passwd');", DENIED),
    Attack("copy a file into a large object", "SELECT lo_import('/etc/passwd');", DENIED),
    Attack("run a program", "CREATE TEMP TABLE said (t text); COPY said FROM PROGRAM 'id';", DENIED),
    Attack("read passwords", "SELECT rolpassword FROM pg_authid;", DENIED),
)

RIGHTS = (
    Attack("become the owner", "SET ROLE subctl_owner;", DENIED),
    Attack("become the owner by a setting", "SELECT set_config('role', 'subctl_owner', false);", DENIED),
    Attack("become another administrator", 'SET SESSION AUTHORIZATION "bin";', DENIED),
    Attack("give himself the owner's role", "GRANT subctl_owner TO daemon;", DENIED),
    Attack("make himself a superuser", "ALTER ROLE daemon SUPERUSER;", DENIED),
    Attack("make himself a store administrator", "INSERT INTO administrators VALUES (NULL, '', 'daemon');", NO_POLICY),
    Attack("rename a store administrator to himself", "UPDATE administrators SET account = 'daemon';", DENIED),
    Attack("take the right of others away", "DELETE FROM administrators WHERE space = ''; " + HOW_MANY, seen="0"),
    Attack("shadow the tables that say who he is", f"{_SPOOFED} SELECT subctl.whole_store();", seen="f"),
    Attack("read by shadowed tables", f"{_SPOOFED} SELECT DISTINCT space FROM subctl.contracts;", seen="acme"),
    Attack(
        "owe nothing by a shadowed table",
        f"{_SPOOFED} UPDATE subctl.contracts SET version = version + 1;",
        SAID_NOTHING,
    ),
    Attack(
        "have another's account debited by a shadowed table",
        f"{_SPOOFED} BEGIN; INSERT INTO subctl.buyers (id, name, country, mandate) VALUES (5, 'Acme', 'NL', 'M-1');"
        " UPDATE subctl.spaces SET buyer = 5;",
        GUARDED,
    ),
    Attack("write by shadowed tables", f"{_SPOOFED} INSERT INTO subctl.mandate_ends VALUES (1, '{DAY}');", NO_POLICY),
    Attack(
        "unlock numbers by a shadowed table",
        "CREATE TEMP TABLE invoices AS SELECT 9::bigint AS id; GRANT ALL ON invoices TO PUBLIC;"
        " SET search_path = pg_temp, subctl;"
        f" SELECT subctl.newest_id('invoices') - {YEAR};",
        seen="5",
    ),
    Attack("switch triggers off for himself", "SET session_replication_role = replica;", DENIED),
    Attack("switch triggers off for all", "ALTER TABLE invoices DISABLE TRIGGER ALL;", DENIED),
    Attack("take a trigger away", "DROP TRIGGER invoices_number ON invoices;", DENIED),
    Attack("switch row-level security off for all", "ALTER TABLE invoices DISABLE ROW LEVEL SECURITY;", DENIED),
    Attack("take a policy away", "DROP POLICY reading ON invoices;", DENIED),
    Attack("add a policy", "CREATE POLICY mine ON invoices TO daemon USING (TRUE);", DENIED),
    Attack("give himself a grant", "GRANT ALL ON history TO daemon;"),
    Attack("give himself a grant on what isn't his at all", "GRANT ALL ON owing TO daemon;", DENIED),
    Attack("change the server's own tables", "UPDATE pg_class SET relacl = NULL;", DENIED),
    Attack(
        "call a function as the owner",
        "CREATE FUNCTION pg_temp.mine() RETURNS name LANGUAGE sql SET role = subctl_owner RETURN current_user;"
        " SELECT pg_temp.mine();",
        DENIED,
    ),
    Attack("lock all others out of the documents", "BEGIN; LOCK TABLE invoices IN ACCESS EXCLUSIVE MODE;", DENIED),
    Attack(
        "change the server's settings",
        "ALTER SYSTEM SET log_statement = 'all';",
        DENIED,
    ),
    Attack("take a constraint away", "ALTER TABLE invoices DROP CONSTRAINT invoices_pkey;", DENIED),
    Attack("make the domain of days lax", "ALTER DOMAIN day DROP CONSTRAINT day_check;", DENIED),
    Attack("add a table to the schema", "CREATE TABLE subctl.mine (id bigint);", DENIED),
    Attack(
        "put a function in the place of one",
        "CREATE OR REPLACE FUNCTION subctl.whole_store() RETURNS boolean LANGUAGE sql RETURN TRUE;",
        DENIED,
    ),
    Attack(
        "have a trigger of his own run by others",
        "CREATE FUNCTION pg_temp.mine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
        " CREATE TRIGGER mine BEFORE INSERT ON invoices FOR EACH ROW EXECUTE FUNCTION pg_temp.mine();",
        DENIED,
    ),
    Attack("rename the schema", "ALTER SCHEMA subctl RENAME TO other;", DENIED),
    Attack("drop the schema", "DROP SCHEMA subctl CASCADE;", DENIED),
    Attack("make a schema beside it", "CREATE SCHEMA mine;", DENIED),
    Attack("add an extension", "CREATE EXTENSION dblink;", DENIED),
    Attack("hold a table with a key of his own", "CREATE TEMP TABLE mine (id text REFERENCES spaces (id));", "42P16"),
)

FUNCTIONS = (
    Attack(
        "ask for numbers that aren't his", "SELECT newest_id('payments');", "42501: permission denied for the numbers"
    ),
    Attack("ask for rows of the server's", "SELECT newest_id('pg_authid');", "42P01: no table of numbered rows"),
    Attack(
        "put SQL in a table's name",
        "SELECT newest_id('invoices; DELETE FROM subctl.owing');",
        "42P01: no table of numbered rows",
    ),
    Attack("put a subquery in a table's name", "SELECT newest_id('(SELECT 1 AS id) AS x');", "42P01: no table"),
    Attack("ask for the numbers of no table", "SELECT newest_id(NULL);", "42P01: no table of numbered rows"),
    Attack("call a trigger's function", "SELECT owe_nothing();", DENIED),
    Attack("call what triggers call", "SELECT owe_entry();", DENIED),
    Attack("call what an entry's check calls", "SELECT reached_by('{}'), newest_sealed();", DENIED),
    Attack("clear what is owed", "DELETE FROM owing;", DENIED),
    Attack("stay when he was never there", "INSERT INTO leaving VALUES (session_user);", DENIED),
)
