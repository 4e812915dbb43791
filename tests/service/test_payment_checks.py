"""The check of payments: each is altered as no command would, and named (pricing.md 7.3, payments.md 9.1)."""

from __future__ import annotations

import json

import pytest

from tests.support.paying import LIVED, ONE, TWO

FIRST = 20_260_000_000_001


@pytest.fixture
def lived(cli):
    """The demo on 1 June: P-1 of acme is undone by P-2, P-3 and P-4 are receipts of atelier, P-5 a refund."""
    return cli.prepare(
        *LIVED,
        ("pay", ONE, "--yes"),
        ("pay", "--undo", "P-2026-0001", "--yes"),
        ("pay", f"{TWO}=100", "--amount", "200", "--source", "X/1", "--yes"),
        ("pay", "--space", "atelier", "--amount", "500", "--source", "X/2", "--yes"),
        ("pay", "--space", "atelier", "--refund", "--yes"),
    )


def named(cli, *statements):
    """Alter payments without what keeps them as they are, and return what the check says of them, but for seals."""
    cli.sql("DROP INDEX payments_source")
    cli.tamper(*statements, checks=False)
    done = cli("check", "--json")
    assert done.code == 8
    found = json.loads(done.out)["problems"]
    assert any(problem["code"] == "seal" or "store_damaged" in problem["code"] for problem in found)
    return [(problem["document"], problem["message"]) for problem in found if problem["code"] == "payment"]


def test_what_commands_enter_is_right(lived):
    """No payment of theirs is named."""
    assert lived("check", "--json").json["problems"] == []


def test_one_that_was_slipped_in_is_sealed_by_none_of_the_next(lived):
    """safety.md: it has the next number and is right in itself, and an honest payment comes after it."""
    lived.tamper(
        "INSERT INTO payments (id, space, date, amount, kind, entered, method, parts)"
        f" SELECT {FIRST + 5}, space, date, 1, kind, entered, method, parts FROM payments WHERE id = {FIRST + 3}"
    )
    assert lived("pay", "--space", "atelier", "--amount", "7", "--yes").code == 0
    found = json.loads(lived("check", "--json").out)["problems"]
    assert [problem["code"] for problem in found] == ["seal"]


PARTS = 'UPDATE payments SET parts = \'{{"v":1,"parts":[{}]}}\' WHERE id = {}'
PART = '{{"invoice":{},"amount":{}}}'
WITHIN, NO_INVOICE = "Its parts are not within its amount.", "It names an invoice that its space doesn't have."
OPPOSITE = "It is not the opposite of the payment that it takes back."
NO_PAYMENT = "It takes back a payment that its space doesn't have."
ALTERED = {
    "a larger part": (
        [PARTS.format(PART.format(FIRST + 1, 20_001), FIRST + 2)],
        [("P-2026-0003", WITHIN)],
    ),
    "a part below zero": (
        [PARTS.format(f"{PART.format(FIRST + 1, -1)},{PART.format(FIRST + 2, 5)}", FIRST + 2)],
        [("P-2026-0003", WITHIN)],
    ),
    "a part of a refund": (
        [PARTS.format(PART.format(FIRST + 1, 1), FIRST + 4)],
        [("P-2026-0005", WITHIN)],
    ),
    "an invoice of another space": (
        [PARTS.format(PART.format(FIRST, 100), FIRST + 2)],
        [("P-2026-0003", NO_INVOICE)],
    ),
    "no invoice at all": (
        [PARTS.format(PART.format(FIRST + 90, 100), FIRST + 2)],
        [("P-2026-0003", NO_INVOICE)],
    ),
    "another amount of an undo": (
        [f"UPDATE payments SET amount = amount - 1 WHERE id = {FIRST + 1}"],
        [("P-2026-0002", OPPOSITE)],
    ),
    "other parts of an undo": (
        [PARTS.format("", FIRST + 1)],
        [("P-2026-0002", OPPOSITE)],
    ),
    "an undo of another space's": (
        [f"UPDATE payments SET of = {FIRST + 2}, amount = -20000 WHERE id = {FIRST + 1}"],
        [("P-2026-0002", NO_PAYMENT)],
    ),
    "an undo of none": (
        [f"UPDATE payments SET of = NULL WHERE id = {FIRST + 1}"],
        [("P-2026-0002", NO_PAYMENT)],
    ),
    "an undo of itself": (
        [f"UPDATE payments SET of = id WHERE id = {FIRST + 1}"],
        [("P-2026-0002", NO_PAYMENT)],
    ),
    "two undos of one": (
        [f"INSERT INTO payments SELECT {FIRST + 5}, space, date, amount, kind, of, entered, method, reference, source,"
         f" parts FROM payments WHERE id = {FIRST + 1}"],
        [("P-2026-0002", "Another entry takes the same payment back.")],
    ),
    "a source twice": (
        [f"UPDATE payments SET source = 'X/1' WHERE id = {FIRST + 3}"],
        [("P-2026-0004", "Another payment of its space has the same source."),
         ("P-2026-0003", "Another payment of its space has the same source.")],
    ),
    "what can't be read": (
        [f"UPDATE payments SET parts = 'x' WHERE id = {FIRST}"],
        [("P-2026-0001", f"It can't be read: The store is damaged: the row {FIRST} of payments can't be read.."),
         ("P-2026-0002", NO_PAYMENT)],
    ),
    "a part that is no number": (
        [PARTS.format(PART.format(FIRST, '"x"'), FIRST)],
        [("P-2026-0001", f"It can't be read: The store is damaged: the row {FIRST} of payments can't be read.."),
         ("P-2026-0002", NO_PAYMENT)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ALTERED)
def test_what_no_command_would_enter_is_named(lived, name):
    """payments.md 9.1: beside its seal, which says that it was altered."""
    statements, said = ALTERED[name]
    assert named(lived, *statements) == said


def test_an_invoice_that_can_not_be_read_is_named_itself(lived):
    """No payment is named for it."""
    assert named(lived, f"UPDATE invoices SET date = 'x' WHERE id = {FIRST}") == []


def test_a_return_that_was_undone_takes_nothing_back(lived):
    """payments.md 9.2: another one may come after it."""
    undone = (
        "INSERT INTO payments SELECT {}, space, date, {}, '{}', {}, entered, method, reference, source, {}"
        f" FROM payments WHERE id = {FIRST}"
    )
    opposite = f"""'{{"v":1,"parts":[{PART.format(FIRST, -30250)}]}}'"""
    assert (
        named(
            lived,
            f"DELETE FROM payments WHERE id = {FIRST + 1}",
            undone.format(FIRST + 5, -30250, "return", FIRST, opposite),
            undone.format(FIRST + 6, 30250, "undo", FIRST + 5, "parts"),
            undone.format(FIRST + 7, -30250, "return", FIRST, opposite),
        )
        == []
    )
