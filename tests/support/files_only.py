"""Which tests of services, store and command line are about files, and run on SQLite alone.

All others run on a server too (`pytest --engine postgres`), as far as they have a store at all. Reasons are few, so
each is named once; docs/architecture.md has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

FILE = "What is tested is the file: its bytes, its rights, its place, how it is replaced, and what is in its way."
ENGINE = "What is tested is how SQLite itself is spoken to; tests of the server's engine stand in tests/system."
SCHEMA = "Only files were written by older programs, and only they are migrated."
UIDS = "Only a file knows an account by its uid."
COPIES = "One command runs on many copies of a file, beside each other or in memory."

FILES_ONLY = {
    "tests/service/test_admins.py::test_a_name_that_another_account_has_now": UIDS,
    "tests/service/test_admins.py::test_a_right_that_the_history_does_not_tell_of_is_named": UIDS,
    "tests/service/test_admins.py::test_an_account_may_be_named_by_its_uid": UIDS,
    "tests/service/test_admins.py::test_an_account_of_a_server_is_its_name": UIDS,
    "tests/service/test_admins.py::test_an_account_that_this_machine_has_not": UIDS,
    "tests/service/test_admins.py::test_an_account_that_was_renamed_is_the_same": UIDS,
    "tests/service/test_admins.py::test_nobody_else_has_the_right_of_a_name": UIDS,
    "tests/service/test_admins.py::test_who_is_gone_can_be_named_by_his_uid": UIDS,
    "tests/service/test_concurrency.py::test_a_writer_that_waits_too_long_is_told_so": ENGINE,
    "tests/service/test_concurrency.py::test_what_a_writer_reads_nobody_changes_meanwhile": ENGINE,
    "tests/service/test_soundness.py::test_a_store_with_a_trigger_too_many": ENGINE,
    "tests/service/test_soundness.py::test_a_store_without_a_trigger": ENGINE,
    "tests/store/test_copies.py": FILE,
    "tests/store/test_crash.py": COPIES,
    "tests/store/test_damage.py": FILE,
    "tests/store/test_errors.py": ENGINE,
    "tests/store/test_every_cell.py": COPIES,
    "tests/store/test_files.py": FILE,
    "tests/store/test_indexes.py": ENGINE,
    "tests/store/test_migrations.py": SCHEMA,
    "tests/store/test_next_schema.py": SCHEMA,
    "tests/store/test_old_e_invoices.py": SCHEMA,
    "tests/store/test_old_papers.py": SCHEMA,
    "tests/store/test_old_rules.py": SCHEMA,
    "tests/store/test_payments.py::test_the_database_refuses_to_change_what_is_paid": ENGINE,
    "tests/store/test_tables.py": ENGINE,
    "tests/store/test_tampered.py::test_a_space_of_the_first_schema_is_named_too": SCHEMA,
    "tests/store/test_tampered.py::test_a_state_that_can_not_be_read_is_another": ENGINE,
    "tests/cli/test_asking.py::test_init_over_a_sandbox": FILE,
    "tests/cli/test_batch.py::test_a_refusal_that_can_not_be_kept_is_told_all_the_same": ENGINE,
    "tests/cli/test_check.py::test_any_page_of_the_file": FILE,
    "tests/cli/test_complete.py::test_a_store_that_cannot_be_read_is_answered_with_silence": FILE,
    "tests/cli/test_complete.py::test_a_tab_does_not_wait_for_a_writer": ENGINE,
    "tests/cli/test_complete.py::test_a_tab_imports_nothing_heavy": ENGINE,
    "tests/cli/test_complete.py::test_words_come_from_bash_as_they_were_typed": FILE,
    "tests/cli/test_demo.py::test_a_second_sandbox_keeps_the_first_beside": FILE,
    "tests/cli/test_demo.py::test_the_store_is_the_owners_alone": FILE,
    "tests/cli/test_imports.py::test_no_command_on_a_file_knows_of_servers": ENGINE,
    "tests/cli/test_imports.py::test_the_modules_are_noticed_where_they_are_imported": ENGINE,
    "tests/cli/test_move.py": FILE,
    "tests/cli/test_refusals_in_other_words.py::test_the_engines_words_are_said_too": FILE,
    "tests/cli/test_saving.py::test_a_store_that_is_gone_when_papers_are_made": FILE,
    "tests/cli/test_schemas.py::test_every_key_of_every_schema_has_a_value_in_some_document": UIDS,
    "tests/cli/test_screens.py::test_an_error_breaks_no_word": FILE,
    "tests/cli/test_scripting.py::test_a_whole_life_by_json_alone": FILE,
    "tests/cli/test_streams.py": COPIES,
    "tests/cli/test_wizard.py::test_what_is_wrong_with_the_store_is_no_answers_fault": FILE,
}
"""A module of tests, or `module::test`, and why it has nothing to do on a server."""

STORES = {"keeper", "cli", "demo", "new_cli"}
"""Fixtures of who has a store."""


def runs_on_a_server(item: pytest.Item) -> bool:
    """Tell whether a test has a store that may be on a server."""
    module, _, rest = item.nodeid.partition("::")
    name = rest.partition("[")[0]
    fixtures = STORES.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures) and module not in FILES_ONLY and f"{module}::{name}" not in FILES_ONLY
