"""The store that is attacked: how it came about, all that is in it, and how an attacker comes to it."""

from __future__ import annotations

from subctl.store.postgres.schema import KEPT_AS
from subctl.store.tables import TABLES
from tests.support.attacks import DAY

ATTACKER, STORE_ADMINISTRATOR = "daemon", "bin"
BOOK = "attacked"

PRIVATE = """
[plans.vip]
title = "Very important"
monthly = "7.00"
annual = "70.00"
spaces = ["atelier"]
"""
SPACE = ("--plan", "starter", "--users", "10", "--start", "2025-07-01")
LIFE = (
    ("space", "add", "acme", "--name", "Acme", *SPACE, "--billing", "annual"),
    ("space", "add", "atelier", "--name", "Atelier", *SPACE),
    ("quote", "--plan", "pro", "--users", "20", "--space", "acme"),
    ("order", "Q-2026-0001"),
    ("upgrade", "--users", "25", "--space", "acme", "--yes", "--today", "2026-03-16"),
    ("withdraw", "O-2026-0002", "--yes", "--today", "2026-03-17"),
    ("downgrade", "--users", "8", "--space", "atelier", "--yes", "--today", "2026-03-20"),
    ("mandate", "add", "M-1", "--space", "atelier", "--signed", "2026-03-01", "--iban", "NL91ABNA0417164300"),
    ("pay", "INV-2026-0001", "--yes"),
    ("bill", "--today", "2026-05-01"),
    ("quote", "--users", "12", "--space", "atelier", "--today", "2026-05-10"),
    ("space", "add", "studio", "--name", "Studio", "--plan", "starter", "--users", "1", "--today", "2026-05-11"),
    ("cancel", "--space", "acme", "--yes", "--today", DAY),
)
"""INV-1 to INV-3 are acme's, the last one a credit note; INV-4 and INV-5 are atelier's months, and Q-2 and O-3.

The newest buyer is studio's, who is debited by nothing."""

AS_HE = "\\set VERBOSITY verbose\nSET search_path = subctl, pg_temp;\n"
"""Errors with their codes; names as the tables have them."""

MADE = """
SELECT relname, relacl, relrowsecurity, relowner FROM pg_class WHERE relnamespace = 'subctl'::regnamespace ORDER BY 1;
SELECT oid::regprocedure, proacl, prosrc FROM pg_proc WHERE pronamespace = 'subctl'::regnamespace ORDER BY 1;
SELECT tgrelid::regclass, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2;
SELECT tablename, policyname, roles, qual, with_check FROM pg_policies ORDER BY 1, 2;
SELECT conrelid::regclass, conname FROM pg_constraint WHERE connamespace = 'subctl'::regnamespace ORDER BY 1, 2;
SELECT rolname, rolsuper, rolcanlogin FROM pg_roles ORDER BY 1;
SELECT roleid::regrole, member::regrole FROM pg_auth_members ORDER BY 1, 2;
SELECT nspname, nspacl FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1;
"""
ROWS = "".join(
    f"TABLE subctl.{KEPT_AS.get(name, name)} ORDER BY 1;\n"
    for name in (*TABLES, "version", "moved", "owing", "leaving")
)


def everything(book) -> str:
    """Return all rows, and all that keeps them."""
    return str(book.superuser(f"{ROWS}{MADE}", BOOK))


def tried(book, sql: str, role: str = ATTACKER) -> tuple[str, str]:
    """Return what the attacker's SQL printed, and the first line of its error."""
    done = book.psql(BOOK, AS_HE + sql, role)
    errors = [line.partition("ERROR:  ")[2] for line in done.stderr.splitlines() if "ERROR:  " in line]
    return done.stdout.strip(), errors[0] if errors else ""
