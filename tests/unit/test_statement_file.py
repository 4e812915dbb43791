"""Statements as files: CSV, and what each booking is called (payments.md 11)."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from subctl.domain.booking import Booking, content_source
from tests.support.build import day
from tests.support.camt import OWN, Camt, Entry, Tx
from tests.support.statements import refusal, told

HEADER = "date,amount,reference,text,name,iban,id\n"
IBAN = "DE02120300000000202051"


def test_every_column(tmp_path: Path) -> None:
    """payments.md 11: date, amount, reference, text, name, iban, id."""
    line = "2026-03-14,-12.5,RF1,a  b,Acme,de02 1203 0000 0000 2020 51,B1\n2026-03-14,0.00,,,,,\n"
    booking = Booking(OWN, day("2026-03-14"), -1250, "B1", "", "RF1", "a b", "Acme", IBAN)
    assert told(tmp_path, HEADER + line) == [(booking, f"{OWN}:B1-", content_source(booking, 0))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_as_spreadsheets_write_it(tmp_path: Path, encoding: str) -> None:
    """INTERFACE: any separator, UTF-8 with or without a mark, UTF-16 with one."""
    found = told(tmp_path, "date;amount\r\n2026-03-14;5\r\n".encode(encoding))
    assert [each.booking for each in found] == [Booking(OWN, day("2026-03-14"), 500)]


def test_xml_with_a_mark_or_as_utf_16_is_xml(tmp_path: Path) -> None:
    """payments.md 11: what begins with < is no CSV."""
    text = Camt(head="").text(Entry("5.00"))
    for encoding in ("utf-8-sig", "utf-16"):
        assert [each.booking.amount for each in told(tmp_path, text.encode(encoding))] == [500]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "statement has no column date."),
        ("date\n", "statement has no column amount."),
        ("%PDF-1.7\n", "statement has an unknown column '%PDF-1.7'."),
        (
            HEADER + '2026-03-14,"12,50",,,,,\n2026-03-16,1,,,,,\nx,1,,,,,\n2026-03-14,1\n',
            "Line 2: The amount is not a number: '12,50'. Write 12.50.\n"
            "Line 3: It is of 2026-03-16, which is after 2026-03-15. Read it on that day or later.\n"
            "Line 4: The day is not a date: 'x'. Write it as YYYY-MM-DD, like 2026-03-15.\n"
            "Line 5: 2 cells under 7 columns.",
        ),
        (
            HEADER + f"2026-03-14,1,,{'x' * 1001},,,\n",
            "Line 2: text must have at most 1000 letters.",
        ),
        ("date,amount,note\n2026-03-14,1,x\n", "Line 2: There is no column 'note' in a statement."),
    ],
)
def test_what_is_refused_whole(tmp_path: Path, content: str, message: str) -> None:
    """payments.md 10: every bad line is named."""
    assert refusal(tmp_path, content).startswith(message)


def test_equal_bookings_are_told_apart_by_how_many_stood_before(tmp_path: Path) -> None:
    """payments.md 11: two cups of coffee are two."""
    entry = Entry("5.00", info="coffee")
    first, second = told(tmp_path, Camt().text(entry, entry))
    assert first.booking == second.booking
    assert (first.by_reference, second.by_reference) == (None, None)
    assert [first.by_content, second.by_content] == [content_source(first.booking, before) for before in (0, 1)]


def test_a_booking_is_hashed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/scale.md: statements are long; only one that stood before is hashed anew, by how often it did."""
    hashed: list[bytes] = []
    kept = hashlib.sha256

    def counted(said: bytes) -> object:
        hashed.append(said)
        return kept(said)

    monkeypatch.setattr(hashlib, "sha256", counted)
    one, other = Entry("5.00", info="coffee"), Entry("5.00", info="tea")
    assert len(told(tmp_path, Camt().text(one, other, one))) == 3
    assert len(hashed) == 4


def test_a_booking_that_stands_twice_in_a_file_is_one(tmp_path: Path) -> None:
    """payments.md 11: pages may overlap."""
    entry = Entry("5.00", ref="B1", info="coffee")
    assert [each.by_reference for each in told(tmp_path, Camt().text(entry, entry))] == [f"{OWN}:B1"]


def test_a_reference_that_a_bank_gives_twice(tmp_path: Path) -> None:
    """payments.md 11: another booking isn't lost."""
    entry = Entry("5.00", ref="B1").of(Tx("a"))
    other = entry.of(Tx("b"))
    found = told(tmp_path, Camt().text(entry, other, entry, other))
    assert [each.by_reference for each in found] == [f"{OWN}:B1"] * 2
    assert [each.booking.text for each in found] == ["a", "b"]


def test_equal_bookings_with_references_of_their_own_are_two(tmp_path: Path) -> None:
    """payments.md 11: the reference tells them apart."""
    entries = [Entry("5.00", ref=ref, info="coffee") for ref in ("B1", "B2")]
    assert [each.by_reference for each in told(tmp_path, Camt().text(*entries))] == [f"{OWN}:B1", f"{OWN}:B2"]


def test_many_bookings_keep_their_order(tmp_path: Path) -> None:
    """payments.md 11: what waits in the temporary file is read as often as it is needed."""
    found = told(tmp_path, HEADER + "".join(f"2026-03-14,{number},,,,,\n" for number in range(1, 1202)))
    assert [each.booking.amount for each in found] == [100 * number for number in range(1, 1202)]
