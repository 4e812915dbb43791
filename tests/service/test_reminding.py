"""Reminding of a whole book: all or nothing in batches, and what was agreed to or nothing."""

from __future__ import annotations

import json

import pytest

from subctl.domain.errors import SubctlError
from subctl.service import reminding
from tests.support.callers import caller
from tests.support.late import DAY, late_book


@pytest.fixture
def late(cli):
    """Six spaces with an invoice each that was due on 1 May; it is the 10th."""
    return late_book(cli, 6)


def numbers(first, last):
    """Return the numbers of a series of reminders."""
    return [f"R-2026-{number:04}" for number in range(first, last + 1)]


def kept(cli):
    """Return the spaces of all reminders that were issued, as they were."""
    return [space for (space,) in cli.sql("SELECT space FROM reminders ORDER BY id")]


# --- in batches ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", [1, 4, 6, 500])
def test_batches_make_no_difference(late, monkeypatch, batch):
    """payments.md 9.7: the numbers have no gap, the history has one entry, the sum is that of all."""
    monkeypatch.setattr(reminding, "BATCH", batch)
    who = caller(late, "remind", DAY)
    shown = reminding.preview_remind(who, None, None, [])
    done = reminding.remind(who, None, None, [], shown)
    assert [each.number for each in done.items] == numbers(1, 6)
    assert [each._replace(number=None) for each in done.items] == list(shown.items)
    assert (shown.numbers, done.numbers) == (None, ("R-2026-0001", "R-2026-0006"))
    assert done.open == shown.open == sum(each.open for each in done.items)
    assert kept(late) == [f"s{place:05}" for place in range(6)]
    assert late.sql("SELECT detail FROM history WHERE action = 'remind'") == [
        ('{"reminders":6,"numbers":["R-2026-0001","R-2026-0006"]}',)
    ]
    assert late("check", "--json").json["problems"] == []


# --- what was agreed to --------------------------------------------------------------------------------------


@pytest.fixture(params=[1, 500])
def batch(request, monkeypatch):
    """One after the other, so that some are written before something is found to differ; or all at once."""
    monkeypatch.setattr(reminding, "BATCH", request.param)


def refused(cli, shown):
    """Hold reminding to be refused after a preview, and nothing but the refusal to be kept."""
    before = cli.tables("history")
    with pytest.raises(SubctlError) as refusal:
        reminding.remind(caller(cli, "remind", DAY), None, None, [], shown)
    assert (refusal.value.code, refusal.value.message) == (
        "expectation_failed",
        "What is late has changed since this preview.",
    )
    assert cli.tables("history") == before
    entries = cli.sql("SELECT detail FROM history WHERE action = 'remind'")
    assert [json.loads(detail)["refused"] for (detail,) in entries] == ["expectation_failed"]
    assert kept(cli) == []


@pytest.mark.usefixtures("batch")
@pytest.mark.parametrize("paid", ["INV-2026-0001", "INV-2026-0003", "INV-2026-0006"])
@pytest.mark.parametrize("amount", [[], ["--amount", "1"]])
def test_somebody_has_paid_since(late, paid, amount):
    """The first, one among them, the last; in whole, so that fewer are due, or in part."""
    shown = reminding.preview_remind(caller(late, "remind", DAY), None, None, [])
    assert late("pay", paid, *amount, "--yes", "--today", DAY).code == 0
    refused(late, shown)


@pytest.mark.usefixtures("batch")
@pytest.mark.parametrize("space", ["s00000", "s00003", "s00005"])
def test_more_are_late_than_were_shown(late, space):
    """What was undone is due again: it stands before those that were shown, among them, or behind them."""
    assert late("pay", "--space", space, "--amount", "1000", "--yes", "--today", DAY).code == 0
    shown = reminding.preview_remind(caller(late, "remind", DAY), None, None, [])
    assert len(shown.items) == 5
    assert late("pay", "--undo", "P-2026-0001", "--yes").code == 0
    refused(late, shown)


@pytest.mark.usefixtures("batch")
def test_nobody_is_late_any_more(late):
    """All have paid: that isn't what was agreed to, either."""
    shown = reminding.preview_remind(caller(late, "remind", DAY), None, None, [])
    for number in range(1, 7):
        assert late("pay", f"INV-2026-{number:04}", "--yes", "--today", DAY).code == 0
    refused(late, shown)


def test_to_whom_it_goes_has_changed_since(late):
    """A reminder says to whom it is: that was shown, too."""
    shown = reminding.preview_remind(caller(late, "remind", DAY), None, None, [])
    assert late("space", "set", "s00003", "--name", "Another", "--today", DAY).code == 0
    refused(late, shown)
