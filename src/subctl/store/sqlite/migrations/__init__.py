"""The schema, as steps that are applied in order and never edited afterwards.

STRICT tables with CHECKs; amounts are integers in minor units, rates in ten-thousandths. A document's `id`
is its year and its place in that year, so the newest number is the greatest id (`domain.numbers`).
"""

from sqlite_utils.migrations import Migrations

from subctl.store.sqlite.migrations.accounts import m006_accounts
from subctl.store.sqlite.migrations.facts import m003_facts
from subctl.store.sqlite.migrations.first import m001_first, m002_entry, m002_seals
from subctl.store.sqlite.migrations.mandates import m004_mandates
from subctl.store.sqlite.migrations.payments import m005_payments

migrations = Migrations("subctl")

for step in (m001_first, m002_seals, m002_entry, m003_facts, m004_mandates, m005_payments, m006_accounts):
    migrations()(step)
