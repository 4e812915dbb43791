"""What stands in an entry of a camt file and in its transactions, in whichever form it has (payments.md 11)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.booking import Booking
from subctl.domain.dates import parse_date
from subctl.domain.errors import bad_input
from subctl.domain.money import parse_amount
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_YES = ("true", "1")
_RETURNS = frozenset(("UPDD", "RRTN", "RPCR"))
"""Codes of an unpaid direct debit, of what was paid back for one, and of a payment that was called back."""

_DEBITS = frozenset(("IDDT", "RDDT"))
_NOT_GIVEN = "NOTPROVIDED"
_DAY_LETTERS = 10


class Kept(Record):
    """The head of an entry: what its transactions share."""

    account: str
    amount: int
    booked: bool
    day: date
    bank_reference: str
    returned: bool
    debited: bool


class Transaction(Record):
    """A transaction of an entry, in minor units; without an `amount` where it says none in the account's currency."""

    amount: int | None = None
    bank_reference: str = ""
    end_to_end: str = ""
    creditor: str = ""
    text: str = ""
    name: str = ""
    iban: str = ""
    returned: bool = False
    debited: bool = False

    def booking(self, entry: Kept, amount: int, *, alone: bool) -> Booking:
        """Return it as a booking; one that stands alone in its entry is called as that is."""
        return Booking(
            account=entry.account,
            day=entry.day,
            amount=amount,
            bank_reference=self.bank_reference or (entry.bank_reference if alone else ""),
            end_to_end=self.end_to_end,
            creditor=self.creditor,
            text=self.text,
            name=self.name,
            iban=self.iban,
            returned=self.returned or entry.returned,
            debited=self.debited or entry.debited,
        )


def at(element: Element | None, *tags: str) -> Element | None:
    """Return what stands in an element under these names, one in the other."""
    for tag in tags:
        if element is None:
            return None
        element = element.find(tag)
    return element


def text_at(element: Element | None, *tags: str) -> str:
    """Return the text that stands there, its blanks made one; empty where there is none."""
    found = at(element, *tags)
    return _plain(found)


def _plain(element: Element | None) -> str:
    return " ".join((element.text or "").split()) if element is not None else ""


def amount_of(element: Element | None, currency: str) -> int | None:
    """Return an amount in minor units; none where there is none in this currency (`bad_input` for what is none)."""
    if element is None or element.get("Ccy", currency) != currency:
        return None
    amount = parse_amount(_plain(element), currency, Sentence(N_("The amount")))
    if amount < 0:
        raise bad_input(N_("The amount is below zero."))
    return amount


def sign_of(element: Element | None, otherwise: int = 0) -> int:
    """Return 1 for money that came and -1 for money that went, by the indicator in an element."""
    said = text_at(element, "CdtDbtInd")
    return {"CRDT": 1, "DBIT": -1}.get(said, otherwise)


def entry_of(entry: Element, account: str, currency: str) -> Kept:
    """Return the head of an entry (`bad_input`)."""
    amount, sign = amount_of(entry.find("Amt"), currency), sign_of(entry)
    if amount is None:
        raise bad_input(N_("It has no amount in {currency}."), currency=currency)
    if not sign:
        raise bad_input(N_("It doesn't say whether money came or went."))
    returned, debited = _codes(entry)
    return Kept(
        account,
        sign * amount,
        (text_at(entry, "Sts", "Cd") or text_at(entry, "Sts")) == "BOOK",
        _day(entry),
        text_at(entry, "AcctSvcrRef"),
        returned or text_at(entry, "RvslInd") in _YES,
        debited,
    )


def _day(entry: Element) -> date:
    """Return the day on which it was booked, else the one from which it counts."""
    for where in ("BookgDt", "ValDt"):
        said = text_at(entry, where, "Dt") or text_at(entry, where, "DtTm")
        if said:
            return parse_date(said[:_DAY_LETTERS], Sentence(N_("The day")))
    raise bad_input(N_("It has no day."))


def _codes(element: Element) -> tuple[bool, bool]:
    """Tell whether the bank's code is that of a return, and whether it is that of a direct debit."""
    family = at(element, "BkTxCd", "Domn", "Fmly")
    return text_at(family, "SubFmlyCd") in _RETURNS, text_at(family, "Cd") in _DEBITS


def transaction_of(details: Element, entry: Kept, currency: str) -> Transaction:
    """Return a transaction of an entry (`bad_input`)."""
    amount = _amount(details, currency)
    sign = sign_of(details, 1 if entry.amount >= 0 else -1)
    refs, remittance = details.find("Refs"), details.find("RmtInf")
    returned, debited = _codes(details)
    name, iban = _other_party(details.find("RltdPties"), entry.account, came=sign > 0)
    end_to_end = text_at(refs, "EndToEndId")
    return Transaction(
        None if amount is None else sign * amount,
        text_at(refs, "AcctSvcrRef"),
        "" if end_to_end == _NOT_GIVEN else end_to_end,
        " ".join(filter(None, (text_at(each, "CdtrRefInf", "Ref") for each in _all(remittance, "Strd")))),
        " ".join(filter(None, _texts(details, remittance))),
        name,
        iban,
        returned or details.find("RtrInf") is not None,
        debited or bool(text_at(refs, "MndtId")),
    )


def _amount(details: Element, currency: str) -> int | None:
    """Return what a transaction is of: since version 4 it says so itself, before, only in details of its amount."""
    instructed = at(details, "AmtDtls", "InstdAmt", "Amt")
    for found in (details.find("Amt"), at(details, "AmtDtls", "TxAmt", "Amt"), instructed):
        amount = amount_of(found, currency)
        if amount is not None:
            return amount
    return None


def _texts(details: Element, remittance: Element | None) -> Iterator[str]:
    for line in _all(remittance, "Ustrd"):
        yield _plain(line)
    for each in _all(remittance, "Strd"):
        for line in each.iterfind("AddtlRmtInf"):
            yield _plain(line)
    yield text_at(details, "AddtlTxInf")


def _all(element: Element | None, tag: str) -> list[Element]:
    return [] if element is None else element.findall(tag)


def _other_party(parties: Element | None, own: str, *, came: bool) -> tuple[str, str]:
    """Return name and account of the other side: of a return banks leave both as they were in what comes back."""
    sides = ("Dbtr", "Cdtr") if came else ("Cdtr", "Dbtr")
    found = [(_party(parties, side), _account(parties, side)) for side in sides]
    return next(((name, iban) for name, iban in found if (name or iban) and iban != own), ("", ""))


def _party(parties: Element | None, side: str) -> str:
    return text_at(parties, side, "Nm") or text_at(parties, side, "Pty", "Nm")


def _account(parties: Element | None, side: str) -> str:
    return re.sub(r"\s", "", text_at(parties, f"{side}Acct", "Id", "IBAN")).upper()
