"""When an invoice that is late gets a reminder, and of which level (payments.md 9.7)."""

from __future__ import annotations

import pytest

from subctl.domain.reminder import Reminded, due_reminders, level_reached
from subctl.domain.settlement import CREDIT_NOTE, INVOICE, PAYMENT, Item
from tests.support.build import day

DAYS = (7, 21, 42)
DUE = day("2026-04-14")


def item(form: str = INVOICE, open_: int = 100, number: int = 1) -> Item:
    return Item(form, number, DUE, 150, 150 - open_, open_, "part-paid")


@pytest.mark.parametrize(("late", "level"), [(0, 0), (6, 0), (7, 1), (20, 1), (21, 2), (41, 2), (42, 3), (400, 3)])
def test_a_level_is_reached_on_its_day(late, level):
    """9.7: on the n-th day after the due date."""
    assert level_reached(late, DAYS) == level


def test_without_days_there_are_no_reminders():
    """9.7: a catalog may have none."""
    assert level_reached(400, ()) == 0


@pytest.mark.parametrize(
    ("on", "had", "level"),
    [
        ("2026-04-20", 0, None),
        ("2026-04-21", 0, 1),
        ("2026-05-04", 1, None),
        ("2026-05-05", 1, 2),
        ("2026-05-26", 0, 3),
        ("2026-05-26", 1, 3),
        ("2026-05-26", 3, None),
        ("2026-05-06", 3, None),
    ],
)
def test_the_highest_that_it_has_reached_and_has_not_had(on, had, level):
    """9.7: one that was passed over isn't made up for."""
    expected = [] if level is None else [Reminded(1, 100, level)]
    assert due_reminders([item()], day(on), DAYS, {1: had} if had else {}) == expected


def test_only_open_invoices_are_reminded_of():
    """9.7: neither what is paid, nor credit notes, nor money that went; in the order that is given."""
    items = [item(number=3), item(open_=0, number=2), item(CREDIT_NOTE, 0), item(PAYMENT, 100, 9), item(number=1)]
    found = due_reminders(items, day("2026-05-05"), DAYS, {})
    assert found == [Reminded(3, 100, 2), Reminded(1, 100, 2)]
