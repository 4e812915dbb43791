"""What is paid, what is open, and the credit of a space: payments.md 9.2 to 9.5 and 9.8, by example."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from subctl.domain.payment import RECEIPT, REFUND, RETURN, UNDO, Part, Payment
from subctl.domain.settlement import AGES, Account, Claim, Item, age, days_late, in_force, settled
from tests.support.build import day as on

_LATEST = on("2026-12-31")


def invoice(number: int, day: str, due: str, total: int, replaces: int | None = None) -> Claim:
    """Return an invoice."""
    return Claim(number, on(day), on(due), total, None, replaces)


def credit_note(number: int, day: str, of: Claim) -> Claim:
    """Return what credits the whole of an invoice."""
    return Claim(number, on(day), None, -of.total, of.id, None)


def paid(number: int, day: str, amount: int, *parts: tuple[int, int]) -> Payment:
    """Return a receipt."""
    named = tuple(Part(*part) for part in parts)
    return Payment(number, "acme", on(day), amount, RECEIPT, None, on(day), "bank", None, None, named)


def gone(number: int, day: str, amount: int, kind: str = REFUND) -> Payment:
    """Return money that went, and takes nothing back."""
    return paid(number, day, -amount)._replace(kind=kind)


def taking_back(number: int, day: str, of: Payment, kind: str = UNDO) -> Payment:
    """Return the exact opposite of a payment."""
    parts = tuple(Part(part.invoice, -part.amount) for part in of.parts)
    return of._replace(id=number, day=on(day), amount=-of.amount, kind=kind, of=of.id, parts=parts)


def shown(account: Account) -> list[tuple[str, int, int, int, str]]:
    """Return what an account's items say beside due day and total."""
    return [(item.form, item.id, item.paid, item.open, item.status) for item in account.items]


def settle(*documents: Claim | Payment, at: date = _LATEST) -> tuple[list[tuple[str, int, int, int, str]], int]:
    """Return what documents and payments come to on a day, and the credit."""
    claims = [one for one in documents if isinstance(one, Claim)]
    account = settled(claims, [one for one in documents if isinstance(one, Payment)], at)
    return shown(account), account.credit


FIRST = invoice(1, "2026-01-01", "2026-01-31", 100)
SECOND = invoice(2, "2026-02-01", "2026-03-03", 100)


def test_all_that_an_item_says() -> None:
    account = settled(
        [FIRST, credit_note(2, "2026-01-02", FIRST), SECOND._replace(id=3)], [paid(1, "2026-02-02", 30)], _LATEST
    )
    assert account == Account(
        (
            Item("invoice", 1, on("2026-01-31"), 100, 0, 0, "credited"),
            Item("credit", 2, None, -100, 0, 0, "settled"),
            Item("invoice", 3, on("2026-03-03"), 100, 30, 70, "part-paid"),
        ),
        0,
    )
    assert (account.open, account.overdrawn) == (70, 0)


def test_nothing_at_all() -> None:
    assert settled([], [], _LATEST) == Account((), 0)


@pytest.mark.parametrize(
    ("documents", "items", "credit"),
    [
        pytest.param([FIRST], [("invoice", 1, 0, 100, "open")], 0, id="nothing-paid"),
        pytest.param([FIRST, paid(1, "2026-01-02", 1)], [("invoice", 1, 1, 99, "part-paid")], 0, id="in-part"),
        pytest.param([FIRST, paid(1, "2026-01-02", 100)], [("invoice", 1, 100, 0, "paid")], 0, id="all-of-it"),
        pytest.param([FIRST, paid(1, "2026-01-02", 130)], [("invoice", 1, 100, 0, "paid")], 30, id="too-much"),
        pytest.param([paid(1, "2026-01-02", 130)], [], 130, id="money-alone-is-credit"),
    ],
)
def test_what_is_paid_of_one_invoice(
    documents: list[Claim | Payment], items: list[tuple[str, int, int, int, str]], credit: int
) -> None:
    """payments.md 9.2 (c), 9.4."""
    assert settle(*documents) == (items, credit)


def test_what_names_nothing_pays_what_is_due_first() -> None:
    """payments.md 9.2 (c): the due day counts, not the number; then the number."""
    late = invoice(1, "2026-01-01", "2026-03-31", 100)
    soon = [invoice(number, "2026-01-10", "2026-01-24", 100) for number in (2, 3)]
    assert settle(late, *soon, paid(1, "2026-01-11", 150)) == (
        [("invoice", 1, 0, 100, "open"), ("invoice", 2, 100, 0, "paid"), ("invoice", 3, 50, 50, "part-paid")],
        0,
    )
    account = settled([late, *soon], [], _LATEST)
    assert [item.id for item in account.open_items] == [2, 3, 1]


def test_a_part_pays_what_it_names() -> None:
    """payments.md 9.2 (b): though another one is due before."""
    assert settle(FIRST, SECOND, paid(1, "2026-02-02", 100, (2, 100))) == (
        [("invoice", 1, 0, 100, "open"), ("invoice", 2, 100, 0, "paid")],
        0,
    )


def test_what_is_over_names_nothing() -> None:
    """payments.md 9.2: paid twice by name, the rest pays the other one, and what then is left is credit."""
    twice = [paid(number, "2026-02-02", 80, (2, 80)) for number in (1, 2)]
    assert settle(FIRST, SECOND, *twice, paid(3, "2026-02-02", 50)) == (
        [("invoice", 1, 100, 0, "paid"), ("invoice", 2, 100, 0, "paid")],
        10,
    )


def test_credit_pays_the_next_invoice() -> None:
    """payments.md 9.2: without a command of its own."""
    money = paid(1, "2026-01-02", 250, (1, 100))
    assert settle(FIRST, SECOND, money, at=on("2026-01-31")) == ([("invoice", 1, 100, 0, "paid")], 150)
    assert settle(FIRST, SECOND, money, at=on("2026-02-01")) == (
        [("invoice", 1, 100, 0, "paid"), ("invoice", 2, 100, 0, "paid")],
        50,
    )


def test_money_may_come_before_its_invoice() -> None:
    """payments.md 9.1: its day is the money's; until there is an invoice, it is credit."""
    money = paid(1, "2026-01-20", 60, (2, 60))
    assert settle(SECOND, money, at=on("2026-01-31")) == ([], 60)
    assert settle(SECOND, money, at=on("2026-02-01")) == ([("invoice", 2, 60, 40, "part-paid")], 0)


def test_a_credit_note_settles_its_invoice_and_frees_what_was_paid() -> None:
    """payments.md 9.2 (a), 9.4, 9.8: a paid upgrade that is withdrawn becomes credit, and pays what is open."""
    money = paid(1, "2026-01-02", 100, (1, 100))
    back = credit_note(2, "2026-01-10", FIRST)
    assert settle(FIRST, back, money, at=on("2026-01-09")) == ([("invoice", 1, 100, 0, "paid")], 0)
    assert settle(FIRST, back, money, at=on("2026-01-10")) == (
        [("invoice", 1, 0, 0, "credited"), ("credit", 2, 0, 0, "settled")],
        100,
    )
    assert settle(FIRST, back, money, SECOND._replace(id=3, total=130)) == (
        [("invoice", 1, 0, 0, "credited"), ("credit", 2, 0, 0, "settled"), ("invoice", 3, 100, 30, "part-paid")],
        0,
    )


CORRECTED = [FIRST, credit_note(2, "2026-01-10", FIRST), invoice(3, "2026-01-10", "2026-02-09", 100, replaces=1)]


def test_what_was_paid_in_part_goes_with_a_correction() -> None:
    """payments.md 9.5: a part of the corrected invoice is one of that in its place, from its day on, and again."""
    money, other = paid(1, "2026-01-02", 40, (1, 40)), invoice(0, "2026-01-01", "2026-01-05", 100)
    assert settle(other, *CORRECTED, money, at=on("2026-01-09")) == (
        [("invoice", 0, 0, 100, "open"), ("invoice", 1, 40, 60, "part-paid")],
        0,
    )
    once = [("invoice", 0, 0, 100, "open"), ("invoice", 1, 0, 0, "credited"), ("credit", 2, 0, 0, "settled")]
    assert settle(other, *CORRECTED, money) == ([*once, ("invoice", 3, 40, 60, "part-paid")], 0)
    again = credit_note(4, "2026-01-11", CORRECTED[2]), invoice(5, "2026-01-11", "2026-02-10", 100, replaces=3)
    twice = [("invoice", 3, 0, 0, "credited"), ("credit", 4, 0, 0, "settled"), ("invoice", 5, 40, 60, "part-paid")]
    assert settle(other, *CORRECTED, *again, money) == ([*once, *twice], 0)


def test_what_stands_after_a_correction_may_be_withdrawn() -> None:
    """payments.md 9.5: then what was paid on the first one is credit."""
    items, credit = settle(*CORRECTED, credit_note(4, "2026-01-12", CORRECTED[2]), paid(1, "2026-01-02", 40, (1, 40)))
    assert [status for *_, status in items] == ["credited", "settled", "credited", "settled"]
    assert credit == 40


def test_a_refund_takes_credit() -> None:
    """payments.md 9.2: covered by it, a refund is settled."""
    assert settle(FIRST, paid(1, "2026-01-02", 130), gone(1_000, "2026-01-03", 20)) == (
        [("invoice", 1, 100, 0, "paid"), ("payment", 1_000, 20, 0, "settled")],
        10,
    )


@pytest.mark.parametrize("kind", [REFUND, RETURN])
def test_money_that_went_and_no_credit_covers_is_open(kind: str) -> None:
    """payments.md 9.2: it is due on its day, between the invoices, and paid like them; after one due that day."""
    went = gone(7, "2026-01-31", 50, kind)
    assert settle(SECOND, FIRST, went) == (
        [("invoice", 1, 0, 100, "open"), ("invoice", 2, 0, 100, "open"), ("payment", 7, 0, 50, "open")],
        0,
    )
    account = settled([SECOND, FIRST], [went, paid(8, "2026-03-01", 120)], _LATEST)
    assert shown(account) == [
        ("invoice", 1, 100, 0, "paid"),
        ("invoice", 2, 0, 100, "open"),
        ("payment", 7, 20, 30, "part-paid"),
    ]
    assert [(item.form, item.id, item.due, item.total) for item in account.open_items] == [
        ("payment", 7, on("2026-01-31"), 50),
        ("invoice", 2, on("2026-03-03"), 100),
    ]
    assert (account.open, account.overdrawn) == (130, 30)


def test_an_undo_takes_back_its_payment_and_its_parts() -> None:
    """payments.md 9.2: from its day on both count for nothing, and all is derived anew."""
    named = paid(1, "2026-02-02", 100, (2, 100))
    undo, free = taking_back(2, "2026-02-10", named), paid(3, "2026-02-03", 150)
    assert settle(FIRST, SECOND, named, undo, free, at=on("2026-02-09")) == (
        [("invoice", 1, 100, 0, "paid"), ("invoice", 2, 100, 0, "paid")],
        50,
    )
    assert settle(FIRST, SECOND, named, undo, free, at=on("2026-02-10")) == (
        [("invoice", 1, 100, 0, "paid"), ("invoice", 2, 50, 50, "part-paid")],
        0,
    )


def test_an_undone_refund_is_credit_again() -> None:
    refund = gone(2, "2026-01-03", 30)
    assert settle(paid(1, "2026-01-02", 30), refund, taking_back(3, "2026-01-04", refund)) == ([], 30)


def test_a_returned_debit_whose_money_was_given_back_is_open() -> None:
    """payments.md 9.2: the return takes the receipt away, and the refund of its credit stands open."""
    money = paid(1, "2026-01-02", 100, (1, 100))
    back, refund = credit_note(2, "2026-01-10", FIRST), gone(2, "2026-01-11", 100)
    returned = taking_back(3, "2026-01-20", money, RETURN)
    account = settled([FIRST, back], [money, refund, returned], _LATEST)
    assert shown(account)[2:] == [("payment", 2, 0, 100, "open")]
    assert (account.credit, account.overdrawn) == (0, 100)


def test_a_return_after_a_credit_note_asks_for_nothing_again() -> None:
    """payments.md 9.2: what was credited stays so, and the credit that it gave is gone with the money."""
    money = paid(1, "2026-01-02", 100, (1, 100))
    returned = taking_back(2, "2026-01-20", money, RETURN)
    assert settle(FIRST, credit_note(2, "2026-01-10", FIRST), money, returned) == (
        [("invoice", 1, 0, 0, "credited"), ("credit", 2, 0, 0, "settled")],
        0,
    )


MONEY = paid(1, "2026-01-02", 100)
RETURNED = taking_back(2, "2026-01-05", MONEY, RETURN)
UNDONE = taking_back(3, "2026-01-08", RETURNED)


@pytest.mark.parametrize(
    ("payments", "at", "left"),
    [
        pytest.param([RETURNED, MONEY], "2026-01-04", [1], id="not-yet"),
        pytest.param([RETURNED, MONEY], "2026-01-05", [], id="taken-back"),
        pytest.param([RETURNED, UNDONE, MONEY], "2026-01-08", [1], id="and-that-taken-back"),
        pytest.param([MONEY, RETURNED, UNDONE, RETURNED._replace(id=4)], "2026-01-08", [], id="and-again"),
        pytest.param([MONEY, RETURNED, RETURNED._replace(id=4)], "2026-01-08", [2], id="only-one-takes-it-back"),
        pytest.param([RETURNED], "2026-01-08", [2], id="of-nothing-that-is-there"),
        pytest.param([MONEY, paid(9, "2026-01-01", 5)], "2026-01-08", [1, 9], id="by-number"),
    ],
)
def test_what_counts_on_a_day(payments: Iterable[Payment], at: str, left: list[int]) -> None:
    """payments.md 9.2: an undo or a return takes back exactly one payment."""
    assert [payment.id for payment in in_force(payments, on(at))] == left


@pytest.mark.parametrize(
    ("at", "late", "its_age"),
    [
        ("2026-01-30", 0, "not_due"),
        ("2026-01-31", 0, "not_due"),
        ("2026-02-01", 1, "1-30"),
        ("2026-03-02", 30, "1-30"),
        ("2026-03-03", 31, "31-60"),
        ("2026-04-01", 60, "31-60"),
        ("2026-04-02", 61, "61-90"),
        ("2026-05-01", 90, "61-90"),
        ("2026-05-02", 91, "over_90"),
        ("2029-05-02", 1187, "over_90"),
    ],
)
def test_how_late_an_item_is(at: str, late: int, its_age: str) -> None:
    """payments.md 9.4 and 10: the due day itself isn't late."""
    (item,) = settled([FIRST], [], on(at)).items
    assert (days_late(item, on(at)), age(late)) == (late, its_age)


def test_only_what_is_open_is_late() -> None:
    """payments.md 9.4."""
    account = settled([FIRST, credit_note(2, "2026-01-10", FIRST)], [], _LATEST)
    assert [days_late(item, _LATEST) for item in account.items] == [0, 0]
    assert AGES == ("not_due", "1-30", "31-60", "61-90", "over_90")
