"""Several processes at one store: each waits its turn, nothing is lost, nothing happens twice (safety.md)."""

import json
import subprocess
import sys
from contextlib import closing

import pytest

from byhand.crowd import crowd
from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.service import change
from subctl.store.sqlite import connection
from subctl.store.sqlite import visit as store
from subctl.store.sqlite.connection import connect
from tests.support.callers import NOW, caller


def test_processes_at_once_lose_nothing_and_double_nothing(cli):
    """pricing.md 7.1: what was acknowledged is there once, numbers have no gap, the book is right.

    `python -m byhand.crowd` does the same with more.
    """
    found = crowd(cli, 4, 5)
    assert found["wrong"] == []
    assert (found["orders"], found["quotes"] >= 20, found["invoices"] >= 20) == (20, True, True)


def test_an_invoice_that_four_pay_at_once_is_paid_once(demo):
    """payments.md 10: one enters it, for the others nothing changes, and each says which payment it is."""
    assert demo("upgrade", "--users", "20", "--yes").code == 0
    command = [sys.executable, "-m", "subctl", "pay", "INV-2026-0001", "--yes", "--json"]
    running = [subprocess.Popen(command, env=demo.environment(), stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = [json.loads(process.communicate()[0]) for process in running]
    assert {each["number"] for each in said} == {"P-2026-0001"}
    assert sorted(each["changed"] for each in said) == [False, False, False, True]
    assert len(demo("list", "payments", "--json").json["items"]) == 1
    assert demo("check", "--json").json["ok"] is True


def test_a_writer_that_waits_too_long_is_told_so(demo, monkeypatch):
    """safety.md: store_busy, exit 5, nothing written; readers don't wait."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)
    with store.writing(demo.store, NOW, 0, "tester"):
        before = demo.bytes
        assert demo("upgrade", "--users", "20", "--yes", "--json").refusal == (
            5,
            "store_busy",
            f"Another command is writing to {demo.store}.",
            "Try again in a moment.",
        )
        assert demo("show", "--json").code == 0
        assert demo.bytes == before
    assert demo("upgrade", "--users", "20", "--yes", "--json").code == 0


def test_an_order_decided_on_a_state_that_has_moved_is_refused(demo):
    """pricing.md 6: what was shown is ordered, or nothing."""
    shown = change.preview(caller(demo, "upgrade"), None, Wish(users=20))
    assert demo("upgrade", "--users", "12", "--yes").code == 0
    before = demo.sql("SELECT * FROM orders")
    with pytest.raises(SubctlError) as refused:
        change.order_change(caller(demo, "upgrade"), None, Wish(users=20), shown=shown)
    assert (refused.value.code, refused.value.exit_code) == ("quote_stale", 5)
    assert demo.sql("SELECT * FROM orders") == before


def test_what_a_writer_reads_nobody_changes_meanwhile(demo):
    """safety.md: reading, deciding and numbering happen under one lock, taken at the beginning."""
    with store.writing(demo.store, NOW, 0, "tester") as connection, closing(connect(demo.store)) as other:
        assert connection.in_transaction
        other.execute("PRAGMA busy_timeout=0")
        with pytest.raises(Exception, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    assert json.loads(demo("show", "--json").out)["contract"]["users"] == 10
