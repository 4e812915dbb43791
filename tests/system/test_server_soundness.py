"""A server's schema that is no longer as it was made: `check` names each thing that was altered."""

from __future__ import annotations

import json

import pytest

from tests.support.cluster import cluster

SQL = {
    "a trigger that is switched off": (
        "ALTER TABLE quotes DISABLE TRIGGER quotes_never",
        ["trigger quotes_never on quotes"],
    ),
    "a trigger that is gone": ("DROP TRIGGER orders_number ON orders", ["trigger orders_number on orders"]),
    "a trigger that was added": (
        "CREATE TRIGGER more BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION never('x')",
        ["trigger more on payments"],
    ),
    "foreign keys that are switched off": (
        "ALTER TABLE withdrawals DISABLE TRIGGER ALL; ALTER TABLE withdrawals ENABLE TRIGGER USER",
        ["table withdrawals"],
    ),
    "a policy that is gone": ("DROP POLICY reading ON mandates", ["policy reading on mandates"]),
    "a policy that lets more through": (
        "ALTER POLICY reading ON mandates USING (true)",
        ["policy reading on mandates"],
    ),
    "a policy for others": ("ALTER POLICY reading ON mandates TO PUBLIC", ["policy reading on mandates"]),
    "a policy that was added": (
        "CREATE POLICY all_of_it ON orders FOR SELECT TO PUBLIC USING (true)",
        ["policy all_of_it on orders"],
    ),
    "a table without policies": ("ALTER TABLE payments DISABLE ROW LEVEL SECURITY", ["table payments"]),
    "a function with another body": (
        "CREATE OR REPLACE FUNCTION whole_store() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER"
        " SET search_path = subctl, pg_temp BEGIN ATOMIC SELECT true; END",
        ["function whole_store()"],
    ),
    "a function that looks elsewhere": (
        "ALTER FUNCTION add_entries SET search_path = public, subctl",
        ["function add_entries("],
    ),
    "a function of another owner": ("ALTER FUNCTION head() OWNER TO postgres", ["function head("]),
    "a right to a table": ("GRANT DELETE ON invoices TO subctl_people", ["table invoices"]),
    "a right to a column": ("GRANT UPDATE (net) ON invoices TO subctl_people", ["table invoices"]),
    "a right to a function": ("GRANT EXECUTE ON FUNCTION seen(text) TO PUBLIC", ["function seen(content text)"]),
    "a right to the schema": ("GRANT CREATE ON SCHEMA subctl TO subctl_people", ["schema subctl"]),
    "a right that is gone": ("REVOKE INSERT ON quotes FROM subctl_people", ["table quotes"]),
    "a condition that is gone": (
        "ALTER TABLE contracts DROP CONSTRAINT contracts_version_check",
        ["constraint contracts_version_check on contracts"],
    ),
    "a condition of all days": ("ALTER DOMAIN day DROP CONSTRAINT day_check", ["constraint day_check on day"]),
    "an index that is gone": ("DROP INDEX contracts_due", ["index contracts_due"]),
    "a column that was added": ("ALTER TABLE steps ADD COLUMN more text", ["table steps"]),
    "a column that may be empty": ("ALTER TABLE steps ALTER COLUMN plan DROP NOT NULL", ["table steps"]),
    "a table that was added": ("CREATE TABLE more (id bigint)", ["table more"]),
    "a view that hides nothing": ("ALTER VIEW catalogs RESET (security_barrier)", ["table catalogs"]),
    "a rule that was added": (
        "CREATE RULE nothing AS ON INSERT TO ignored DO INSTEAD NOTHING",
        ["rule nothing on ignored"],
    ),
}
"""What is done to the schema, and how what it alters begins."""


@pytest.fixture(scope="module")
def made():
    """A server with a database that holds the demo, for others to be made from."""
    with cluster() as own:
        own.create("demo")
        yield own


@pytest.fixture
def book(made, cli):
    """The demo in a database of its own."""
    if made.superuser("SELECT to_regclass('subctl.store') IS NULL", "demo") == "t\n":
        cli.store = made.url("demo")
        assert cli("init", "--demo").code == 0
    made.create("altered", "demo")
    cli.store = made.url("altered")
    yield cli
    made.drop("altered")


def not_as_made(cli) -> list[str]:
    """Return what `check` says of the schema, and of nothing else."""
    done = cli("check", "--json")
    said = [each["message"] for each in json.loads(done.out)["problems"]]
    assert (done.code, all(each.endswith(" is not as it was made.") for each in said)) == (8 if said else 0, True)
    return [each.removeprefix("The ").removesuffix(" is not as it was made.") for each in said]


def test_a_schema_that_nobody_touched(book):
    """Whoever looks, and however often it was written to."""
    assert not_as_made(book) == []
    assert book("upgrade", "--users", "20", "--yes").code == 0
    assert book("bill", "--today", "2026-07-01").code == 0
    assert not_as_made(book) == []


@pytest.mark.parametrize("what", SQL)
def test_what_was_altered_is_named(book, made, what):
    """All of it, and nothing else."""
    sql, expected = SQL[what]
    made.superuser(f"SET search_path = subctl; {sql}", "altered")
    found = not_as_made(book)
    assert [each[: len(begins)] for each, begins in zip(found, expected, strict=True)] == expected


def test_another_version_of_the_server_writes_sql_otherwise(book, made):
    """What it writes differs then, and is no fault; what is the same everywhere still is."""
    made.superuser(
        "SET search_path = subctl; SET session_replication_role = replica;"
        " UPDATE made SET server = server - 1, written = 'otherwise'",
        "altered",
    )
    assert not_as_made(book) == []
    made.superuser("ALTER TABLE subctl.payments DISABLE ROW LEVEL SECURITY", "altered")
    assert not_as_made(book) == ["table payments"]


def test_nobody_alters_what_was_noted(book, made):
    """Not even its owner, as long as the triggers are there."""
    for sql in ("UPDATE made SET plain = ''", "DELETE FROM made", "TRUNCATE made"):
        done = made.psql("altered", f"SET search_path = subctl; SET ROLE subctl_owner; {sql}")
        assert "made are never changed" in done.stderr
    assert not_as_made(book) == []
