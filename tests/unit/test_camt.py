"""The reader of camt files: payments.md 11, with files of our own making, and beside another reader of them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pycamt.parser import Camt053Parser

from subctl.domain.booking import Booking
from tests.support.camt import OWN, Camt, Entry, Tx
from tests.support.statements import read, refusal

IBAN = "DE02120300000000202051"

PAID = Entry("121.00", ref="B1").of(
    Tx(("INV-2026-0001", "thanks"), "121.00", e2e="E1", creditor="RF16INV20260001", name="Acme & Co", iban=IBAN)
)
BATCH = Entry("30.30", ref="B2", code="IDDT/ESDD").of(
    Tx("a", "10.10", ref="T1", e2e="INV-2026-0002", mandate="M1"), Tx("b", "20.20", ref="T2", e2e="INV-2026-0003")
)
RETURN = Entry("10.10", way="DBIT", ref="B3", reversal=True).of(Tx("back", e2e="INV-2026-0002", reason="AC04"))
PENDING = Entry("7.00", status="PDNG", ref="B4")
FEE = Entry("1.50", way="DBIT", ref="B5", info="Fee  of\nMarch")
ALL = (PAID, BATCH, RETURN, PENDING, FEE)

ON = date(2026, 3, 14)
READ = [
    Booking(OWN, ON, 12100, "B1", "E1", "RF16INV20260001", "INV-2026-0001 thanks", "Acme & Co", IBAN),
    Booking(OWN, ON, 1010, "T1", "INV-2026-0002", "", "a", debited=True),
    Booking(OWN, ON, 2020, "T2", "INV-2026-0003", "", "b", debited=True),
    Booking(OWN, ON, -1010, "B3", "INV-2026-0002", "", "back", returned=True),
    Booking(OWN, ON, -150, "B5", text="Fee of March"),
]


@pytest.mark.parametrize("kind", ["052", "053", "054"])
@pytest.mark.parametrize("version", [2, 8, 13])
def test_every_kind_and_version_reads_alike(tmp_path: Path, kind: str, version: int) -> None:
    """payments.md 11: both forms of parties, states and amounts; only what is booked; batches are split."""
    assert read(tmp_path, Camt(kind, version).text(*ALL)) == READ


@pytest.mark.parametrize("version", [2, 8, 13])
def test_as_another_reader_reads_them(tmp_path: Path, version: int) -> None:
    """payments.md 11: day, amount, way, texts and parties as pycamt has them."""
    # It takes an amount only where a transaction has one of its own, and has no name in the newer form of parties.
    text = Camt("053", version).text(*ALL)
    theirs = [each for each in Camt053Parser(text.encode()).get_transactions() if each["Status"] == "BOOK"]
    ours = read(tmp_path, text)
    assert [theirs_of(each) for each in theirs] == [
        (
            booking.day.isoformat(),
            booking.amount,
            booking.end_to_end or None,
            booking.name or None,
            booking.iban or None,
            booking.text,
        )
        for booking in ours
    ]


def theirs_of(found: dict[str, str]) -> tuple[object, ...]:
    """Return what the other reader says, in our words."""
    sign = 1 if found["CreditDebitIndicator"] == "CRDT" else -1
    text = found.get("RemittanceInformationFull") or found.get("AdditionalEntryInformation") or ""
    return (
        found["BookingDate"],
        sign * int(Decimal(found["Amount"]) * 100),
        found.get("EndToEndId"),
        found.get("DebtorName"),
        found.get("DebtorIBAN"),
        " ".join(text.split()),
    )


@pytest.mark.parametrize(
    ("entry", "booking"),
    [
        (Entry("5", time=True), Booking(OWN, ON, 500)),
        (Entry("5.00000", currency="EUR"), Booking(OWN, ON, 500)),
        (Entry("5.00", code="RDDT/UPDD", way="DBIT"), Booking(OWN, ON, -500, returned=True, debited=True)),
        (Entry("5.00", way="DBIT").of(Tx(reason="MD06")), Booking(OWN, ON, -500, returned=True)),
        (
            Entry("5.00", way="DBIT").of(Tx(name="Shop", iban=IBAN)),
            Booking(OWN, ON, -500, name="Shop", iban=IBAN),
        ),
        (
            Entry("5.00").of(Tx(more="<AddtlTxInf>seen</AddtlTxInf>", e2e=None)),
            Booking(OWN, ON, 500, text="seen"),
        ),
        (Entry("5.00").of(Tx("a", iban="DE02 1203 0000 0000 2020 51")), Booking(OWN, ON, 500, text="a", iban=IBAN)),
        (
            Entry("5.00").of(Tx(more="<RmtInf><Strd><AddtlRmtInf>note</AddtlRmtInf></Strd></RmtInf>")),
            Booking(OWN, ON, 500, text="note"),
        ),
        (Entry("5.00", info="x").of(Tx(), Tx()), Booking(OWN, ON, 500, text="x")),
        (
            Entry("5.00", way="DBIT", reversal=True).of(
                Tx(
                    more="<RltdPties><Cdtr><Nm>We</Nm></Cdtr>"
                    f"<CdtrAcct><Id><IBAN>{OWN}</IBAN></Id></CdtrAcct><Dbtr><Nm>They</Nm></Dbtr></RltdPties>"
                )
            ),
            Booking(OWN, ON, -500, name="They", returned=True),
        ),
    ],
)
def test_what_an_entry_can_be(tmp_path: Path, entry: Entry, booking: Booking) -> None:
    """payments.md 11: days with a time, returns by code and by reason, whoever is on the other side."""
    assert read(tmp_path, Camt().text(entry)) == [booking]


def test_no_money_is_no_booking(tmp_path: Path) -> None:
    """payments.md 11: what only tells something has an amount of 0."""
    assert read(tmp_path, Camt().text(Entry("0.00"), Entry("5.00").of(Tx(amount="5.00"), Tx(amount="0.00")))) == [
        Booking(OWN, ON, 500)
    ]


def test_a_batch_can_hold_money_that_went(tmp_path: Path) -> None:
    """payments.md 11: each transaction says its own way."""
    entry = Entry("5.00").of(Tx("a", "7.00"), Tx("b", "2.00", way="DBIT"))
    assert [booking.amount for booking in read(tmp_path, Camt().text(entry))] == [700, -200]


def test_the_day_is_the_booking_day_else_that_of_value(tmp_path: Path) -> None:
    """payments.md 11: the money's day."""
    text = Camt().text(Entry("5.00"))
    without = re.sub("<BookgDt>.*?</BookgDt>", "", text)
    assert read(tmp_path, without) == read(tmp_path, text)


def test_a_balance_in_other_money_says_nothing(tmp_path: Path) -> None:
    """payments.md 11: only the account's own currency counts."""
    text = Camt(opening="1.00", closing="2.00").text(Entry("5.00"))
    assert read(tmp_path, text.replace('<Amt Ccy="EUR">1.00', '<Amt Ccy="USD">1.00')) == [Booking(OWN, ON, 500)]


SUMMARY = (
    "<TxsSummry><TtlNtries><NbOfNtries>{0}</NbOfNtries><Sum>{1}</Sum>{2}</TtlNtries>"
    "<TtlCdtNtries><NbOfNtries>{3}</NbOfNtries><Sum>{4}</Sum></TtlCdtNtries></TxsSummry>"
)
NET = "<TtlNetNtry><Amt>139.70</Amt><CdtDbtInd>CRDT</CdtDbtInd></TtlNetNtry>"
OLD_NET = "<TtlNetNtryAmt>139.70</TtlNetNtryAmt><CdtDbtInd>CRDT</CdtDbtInd>"


@pytest.mark.parametrize(
    "summary",
    [
        SUMMARY.format(4, "162.90", NET, 2, "151.30"),
        SUMMARY.format(4, "162.90", OLD_NET, 2, "151.30"),
        SUMMARY.format(5, "169.90", "", 3, "158.30"),
        "<TxsSummry/>",
        "<TxsSummry><TtlDbtNtries><NbOfNtries>2</NbOfNtries></TtlDbtNtries></TxsSummry>",
    ],
)
def test_sums_that_are_right(tmp_path: Path, summary: str) -> None:
    """payments.md 11: balances and summary, old form and new, with what is to come or without."""
    assert read(tmp_path, Camt(opening="-10.00", closing="129.70", summary=summary).text(*ALL)) == READ


@pytest.mark.parametrize(
    ("camt", "message"),
    [
        (
            Camt(opening="10.00", closing="129.70"),
            "statement: its entries come to 139.70 EUR, and it says 119.70 EUR.",
        ),
        (
            Camt(summary=SUMMARY.format(4, "162.90", NET.replace("CRDT", "DBIT"), 2, "151.30")),
            "statement: its entries come to 139.70 EUR, and it says -139.70 EUR.",
        ),
        (Camt(summary=SUMMARY.format(9, "162.90", NET, 2, "151.30")), "statement has 4 entries where it says 9."),
        (
            Camt(summary=SUMMARY.format(4, "162.90", NET, 2, "151.31")),
            "statement: its entries come to 151.30 EUR, and it says 151.31 EUR.",
        ),
    ],
)
def test_sums_that_are_not(tmp_path: Path, camt: Camt, message: str) -> None:
    """payments.md 11: a file whose sums differ from its entries is refused whole."""
    assert refusal(tmp_path, camt.text(*ALL)) == message


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
NO_STATEMENT = "statement is no bank statement: camt.053, .052 and .054 are read."
GOOD = Camt().text(PAID)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            Camt(head=LAUGHS).text(PAID).replace("thanks", "&c;"),
            "statement is no bank statement: it has a DOCTYPE, with which a small file can become a huge one.",
        ),
        (
            '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
            "statement is no bank statement: it has a DOCTYPE, with which a small file can become a huge one.",
        ),
        ("<!DOCTYPE html><html></html>", "statement is no bank statement: it is a page of a website."),
        ("<HTML><body>Log in", "statement is no bank statement: it is a page of a website."),
        (GOOD[:900], "statement is no whole XML: line 2 can't be read."),
        (GOOD[:-12], "statement is no whole XML: line 2 can't be read."),
        (GOOD[:20], "statement is no whole XML: line 1 can't be read."),
        (GOOD.replace("thanks", "&nbsp;"), "statement is no whole XML: line 2 can't be read."),
        (GOOD.replace("UTF-8", "X-NONE"), "statement is no whole XML: line 1 can't be read."),
        (GOOD.encode().replace(b"thanks", b"\xff"), "statement is no whole XML: line 2 can't be read."),
        ("<x/>", NO_STATEMENT),
        ("<Document/>", NO_STATEMENT),
        ("<Document><CstmrDrctDbtInitn/></Document>", NO_STATEMENT),
        ("<Document><BkToCstmrStmt/></Document>", NO_STATEMENT),
        (
            GOOD.replace(OWN, IBAN),
            "statement is a statement of the account …2051, which is not the seller's.",
        ),
        (
            GOOD.replace(f"<Id><IBAN>{OWN}</IBAN></Id><Ccy>", "<Id><Othr><Id>12345</Id></Othr></Id><Ccy>"),
            "statement is a statement of the account 12345, which is not the seller's.",
        ),
        (
            GOOD.replace(f"<Id><IBAN>{OWN}</IBAN></Id><Ccy>", "<Ccy>"),
            "statement is a statement of the account ?, which is not the seller's.",
        ),
        (re.sub("<Acct>.*?</Acct>", "", GOOD), "statement, entry 1: It names no account."),
        (
            GOOD.replace("2026-03-14", "2026-03-16"),
            "statement, entry 1: It is of 2026-03-16, which is after 2026-03-15.",
        ),
        (GOOD.replace("2026-03-14", "2026-02-30"), "statement, entry 1: The day is not a date: '2026-02-30'."),
        (
            re.sub("<BookgDt>.*</ValDt>", "", GOOD),
            "statement, entry 1: It has no day.",
        ),
        (GOOD.replace('Ccy="EUR"', 'Ccy="USD"'), "statement, entry 1: It has no amount in EUR."),
        (GOOD.replace("121.00", "121,00"), "statement, entry 1: The amount is not a number: '121,00'."),
        (GOOD.replace("121.00", "-121.00"), "statement, entry 1: The amount is below zero."),
        (GOOD.replace("121.00", "121.001"), "statement, entry 1: The amount has more than 2 decimals: 121.001."),
        (GOOD.replace("CRDT", "XXXX"), "statement, entry 1: It doesn't say whether money came or went."),
        (
            Camt().text(PAID, Entry("30.31").of(*BATCH.transactions)),
            "statement, entry 2: Its transactions don't add up to its amount.",
        ),
        (
            Camt().text(PAID, Entry("30.30").of(*BATCH.transactions, Tx("c"))),
            "statement, entry 2: One of its transactions has no amount.",
        ),
        (
            Camt().text(PAID, Entry("30.30").of(Tx(amount="1,0"))),
            "statement, entry 2: The amount is not a number: '1,0'.",
        ),
    ],
)
def test_what_is_refused_whole(tmp_path: Path, content: str | bytes, message: str) -> None:
    """payments.md 11: nothing of a file is used that isn't one, or not whole, or somebody else's."""
    assert refusal(tmp_path, content) == message


def test_a_file_without_an_end_is_refused_before_it_fills_memory(tmp_path: Path) -> None:
    """payments.md 11: memory is bounded, whatever comes."""
    endless = GOOD.replace("thanks", "x" * (1 << 24))
    assert refusal(tmp_path, endless) == "statement is no bank statement: it has no end of an entry."


def test_what_others_add_between_the_entries_is_passed_over(tmp_path: Path) -> None:
    """payments.md 11: what isn't known says nothing."""
    odd = GOOD.replace("<Ntry>", "<Other><Ntry/><TxDtls/></Other><Ntry>").replace(
        "<NtryDtls>", "<NtryDtls><Btch><TxDtls/></Btch>"
    )
    odd = odd.replace("<GrpHdr>", "<GrpHdr><Deep><Deeper><Deepest><TxDtls/></Deepest></Deeper></Deep>")
    assert read(tmp_path, odd.replace("</Stmt>", "</Stmt><SplmtryData><Ntry/></SplmtryData>")) == READ[:1]
