"""What the check asks of a server: whether all that keeps the rows as they are is still as it was made.

When a store is made, each object of its schema is noted with two hashes: of what is the same on every server, and of
what this version of PostgreSQL writes of it in SQL, which another version may write otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from subctl.domain.sentence import N_, Sentence
from subctl.store.postgres.link import major_version

if TYPE_CHECKING:
    from subctl.store.postgres.connection import Connection, Link

_NOT_AS_MADE = {
    "constraint": N_("The constraint {name} is not as it was made."),
    "function": N_("The function {name} is not as it was made."),
    "index": N_("The index {name} is not as it was made."),
    "policy": N_("The policy {name} is not as it was made."),
    "rule": N_("The rule {name} is not as it was made."),
    "schema": N_("The schema {name} is not as it was made."),
    "table": N_("The table {name} is not as it was made."),
    "trigger": N_("The trigger {name} is not as it was made."),
    "type": N_("The type {name} is not as it was made."),
}


def _granted(rights: str) -> str:
    """Return the expression that writes a list of rights, whatever the order in which they were given."""
    written = "each::text"
    return f"(SELECT string_agg({written}, ',' ORDER BY {written}) FROM unnest({rights}) AS given (each))"


def _hashed(text: str) -> str:
    return f"encode(sha256(convert_to(coalesce({text}, ''), 'UTF8')), 'hex')"


_OBJECTS = f"""
WITH relations AS (
  SELECT * FROM pg_catalog.pg_class WHERE relnamespace = 'subctl'::regnamespace
), objects (kind, name, plain, written) AS (
  SELECT 'schema', nspname::text, ARRAY[pg_get_userbyid(nspowner)::text, {_granted("nspacl")}], NULL
  FROM pg_catalog.pg_namespace WHERE oid = 'subctl'::regnamespace
  UNION ALL
  SELECT 'table', relname::text, ARRAY[
      relkind::text, relpersistence::text, relrowsecurity::text,
      relforcerowsecurity::text, pg_get_userbyid(relowner)::text, {_granted("relacl")}, reloptions::text,
      (SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull,
          attcollation::regcollation::text, {_granted("attacl")}), ',' ORDER BY attnum)
        FROM pg_catalog.pg_attribute WHERE attrelid = relations.oid AND attnum > 0 AND NOT attisdropped),
      (SELECT string_agg(tgenabled::text, '' ORDER BY tgenabled) FROM pg_catalog.pg_trigger
        WHERE tgrelid = relations.oid AND tgisinternal)
    ], concat_ws(' ', CASE relkind WHEN 'v' THEN pg_get_viewdef(relations.oid) END,
      (SELECT string_agg(pg_get_expr(adbin, adrelid), ',' ORDER BY adnum)
        FROM pg_catalog.pg_attrdef WHERE adrelid = relations.oid))
  FROM relations WHERE relkind <> 'i'
  UNION ALL
  SELECT 'index', relname::text, ARRAY[indisunique::text, indisvalid::text],
    pg_get_indexdef(relations.oid)
  FROM relations JOIN pg_catalog.pg_index ON indexrelid = relations.oid
  UNION ALL
  SELECT 'constraint', concat_ws(' on ', conname, coalesce(relname, typname)), ARRAY[
      contype::text, condeferrable::text, condeferred::text, convalidated::text
    ], pg_get_constraintdef(pg_constraint.oid)
  FROM pg_catalog.pg_constraint LEFT JOIN relations ON relations.oid = conrelid
    LEFT JOIN pg_catalog.pg_type ON pg_type.oid = contypid
  WHERE connamespace = 'subctl'::regnamespace AND contype <> 'n'
  UNION ALL
  SELECT 'trigger', concat_ws(' on ', tgname, relname), ARRAY[
      tgenabled::text, tgtype::text, tgfoid::regproc::text, tgargs::text
    ], pg_get_triggerdef(pg_trigger.oid)
  FROM pg_catalog.pg_trigger JOIN relations ON relations.oid = tgrelid WHERE NOT tgisinternal
  UNION ALL
  SELECT 'rule', concat_ws(' on ', rulename, relname), ARRAY[ev_enabled::text], pg_get_ruledef(pg_rewrite.oid)
  FROM pg_catalog.pg_rewrite JOIN relations ON relations.oid = ev_class WHERE rulename <> '_RETURN'
  UNION ALL
  SELECT 'policy', concat_ws(' on ', polname, relname), ARRAY[
      polcmd::text, polpermissive::text,
      (SELECT string_agg(pg_get_userbyid(each)::text, ',' ORDER BY each) FROM unnest(polroles) AS named (each))
    ], concat_ws(' / ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
  FROM pg_catalog.pg_policy JOIN relations ON relations.oid = polrelid
  UNION ALL
  SELECT 'function', concat(proname, '(', pg_get_function_identity_arguments(pg_proc.oid), ')'), ARRAY[
      prokind::text, lanname::text, prosecdef::text, provolatile::text, proconfig::text,
      pg_get_userbyid(proowner)::text, {_granted("proacl")}, prosrc
    ], CASE prokind WHEN 'f' THEN pg_get_functiondef(pg_proc.oid) END
  FROM pg_catalog.pg_proc JOIN pg_catalog.pg_language ON pg_language.oid = prolang
  WHERE pronamespace = 'subctl'::regnamespace
  UNION ALL
  SELECT 'type', typname::text, ARRAY[
      pg_get_userbyid(typowner)::text, {_granted("typacl")}, format_type(typbasetype, typtypmod), typnotnull::text
    ], typdefault
  FROM pg_catalog.pg_type WHERE typnamespace = 'subctl'::regnamespace AND typtype NOT IN ('b', 'c')
)
SELECT kind, name, {_hashed("plain::text")} AS plain, {_hashed("written")} AS written FROM objects
"""

_NOTE = f"""
INSERT INTO made (kind, name, plain, written, server)
SELECT found.*, $1::bigint FROM ({_OBJECTS}) AS found
"""
_DIFFERENT = f"""
SELECT kind, name FROM made FULL JOIN ({_OBJECTS}) AS found USING (kind, name)
WHERE made.plain IS DISTINCT FROM found.plain
  OR made.written IS DISTINCT FROM found.written AND made.server IS NOT DISTINCT FROM $1::bigint
ORDER BY kind, name
"""


def note_schema(link: Link) -> None:
    """Note all objects of a schema that was just made."""
    link.execute(_NOTE, (major_version(link),))


def schema_faults(connection: Connection) -> Iterator[Sentence]:
    """Yield what is not as it was made: altered, switched off, taken away or added."""
    for kind, name in connection.link.execute(_DIFFERENT, (major_version(connection.link),)):
        yield Sentence(_NOT_AS_MADE[kind], {"name": name})
