"""Noisy books: spaces with invoices, and what people and banks make of their payments, each with what it truly is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from subctl.domain.booking import Booking
from subctl.domain.matching import SURE, Found, Match, Owned, match, standing
from subctl.domain.mention import mentions
from subctl.domain.numbers import INVOICE, first_id, number
from subctl.domain.payment import BANK, RECEIPT, RETURN, Payment, taken_back
from subctl.domain.reference import payment_reference
from subctl.domain.settlement import Claim, in_force, settled

OWN = "NL91ABNA0417164300"
TODAY = date(2026, 12, 31)
RATES = (12100, 24200, 36300, 18150, 9680)
"""Few prices, so that many invoices are of one amount, as those of subscriptions are."""


@dataclass
class Customer:
    """A space with its accounts, its invoices, and what was paid of them."""

    name: str
    accounts: tuple[str, ...]
    claims: list[Claim]
    payments: list[Payment] = field(default_factory=list)


@dataclass(frozen=True)
class Noisy:
    """A booking, and what it truly is: of which space, and for which invoices; nothing where it is none of ours."""

    kind: str
    booking: Booking
    space: str | None
    invoices: tuple[int, ...] = ()


class NoisyBook:
    """Customers with invoices, the payments that they make one after another, and what became of each."""

    def __init__(self, random: Random, customers: int) -> None:
        self.random = random
        self.customers: dict[str, Customer] = {}
        self.owners: dict[int, str] = {}
        self.met: Counter[tuple[str, str]] = Counter()
        self.wrong: list[tuple[Noisy, Match]] = []
        self.only_probable: list[tuple[Noisy, Match]] = []
        self.booked = self.bookings = self.ours = 0
        for place in range(customers):
            accounts: tuple[str, ...] = (f"DE{place:020}",) if random.random() < 0.7 else ()
            if accounts and random.random() < 0.1:
                accounts = (f"DE{max(place - 1, 0):020}", *accounts)  # a company that pays for its sister, too
            self.customers[f"c{place}"] = Customer(f"Company {place}", accounts, [])
        for place in range(1, customers * 3 + 1):
            space = f"c{random.randrange(customers)}"
            day = date(2026, 1, 1) + timedelta(days=place % 300)
            invoice = first_id(2026) + place
            total = random.choice(RATES)
            self.customers[space].claims.append(Claim(invoice, day, day + timedelta(days=30), total, None, None))
            self.owners[invoice] = space

    # --- what is booked -------------------------------------------------------------------------------------------

    def bookings_of(self, count: int) -> Iterator[Noisy]:
        """Yield so many bookings; each is made once what was before it has been entered."""
        kinds = [name.removeprefix("_make_") for name in dir(self) if name.startswith("_make_")]
        while count:
            kind = self.random.choice([*kinds, *["plain"] * 5, *["reference"] * 4, *["silent"] * 3])
            made = getattr(self, f"_make_{kind}")()
            if made is not None:
                booking, space, invoices = made
                yield Noisy(kind, booking, space, invoices)
                count -= 1

    def _open(self, known: bool | None = None) -> tuple[str, list[tuple[int, int]]] | None:
        """Return some customer and what is open of it; `known`: one whose account is known, or isn't."""
        for _ in range(30):
            space = self.random.choice([*self.customers])
            customer = self.customers[space]
            opened = self._standing(space).open
            if opened and known in (None, bool(customer.accounts)):
                return space, list(opened)
        return None

    def _standing(self, space: str):
        customer = self.customers[space]
        return standing(settled(customer.claims, customer.payments, TODAY), in_force(customer.payments, TODAY))

    def _booking(self, space: str | None, amount: int, text: str = "", **more: Any) -> Booking:
        customer = self.customers.get(space or "")
        name = customer.name if customer else f"Somebody {self.random.randrange(99)}"
        iban = self.random.choice(customer.accounts) if customer and customer.accounts else ""
        if not iban and self.random.random() < 0.8:
            iban = f"FR{self.random.randrange(10**10):020}"
        facts: dict[str, Any] = {"name": name, "iban": iban, **more}
        day = date(2026, 11, 1) + timedelta(days=self.random.randrange(50))
        return Booking(OWN, day, amount, text=text)._replace(**facts)

    def _spelt(self, invoice: int) -> str:
        """Return a number as somebody writes it, or a bank breaks it."""
        name = number(INVOICE, invoice)
        random = self.random
        place = random.randrange(4, len(name))
        return random.choice(
            [
                name,
                name.lower(),
                name.replace("-", " "),
                name.replace("-", ""),
                name.replace("-", "/"),
                f"Invoice {name}, thank you",
                f"{name[:place]} {name[place:]}",
                f"customer 4711 {name} of 2026",
            ]
        )

    def _one(self, known: bool | None = None):
        found = self._open(known)
        if found is None:
            return None
        space, opened = found
        return space, *self.random.choice(opened)

    def _make_plain(self):
        found = self._one()
        if found is None:
            return None
        space, invoice, open_ = found
        return self._booking(space, open_, self._spelt(invoice)), space, (invoice,)

    def _make_reference(self):
        found = self._one()
        if found is None:
            return None
        space, invoice, open_ = found
        reference = payment_reference(number(INVOICE, invoice))
        grouped = " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))
        where = self.random.choice(["creditor", "text", "end_to_end"])
        return self._booking(space, open_, **{where: self.random.choice([reference, grouped])}), space, (invoice,)

    def _make_silent(self):
        """Without any reference, from a known account."""
        found = self._one(known=True)
        if found is None:
            return None
        space, invoice, open_ = found
        return self._booking(space, open_, self.random.choice(["", "thanks", "software"])), space, (invoice,)

    def _make_stranger(self):
        """Without any reference, from an account that nobody knows."""
        found = self._one(known=False)
        if found is None:
            return None
        space, invoice, open_ = found
        return self._booking(space, open_, "software"), space, (invoice,)

    def _make_part(self):
        found = self._one()
        if found is None:
            return None
        space, invoice, open_ = found
        return (
            self._booking(space, max(open_ // self.random.choice([2, 3]), 1), self._spelt(invoice)),
            space,
            (invoice,),
        )

    def _make_more(self):
        found = self._one()
        if found is None:
            return None
        space, invoice, open_ = found
        return self._booking(space, open_ + self.random.choice([100, 5000]), self._spelt(invoice)), space, (invoice,)

    def _make_several(self):
        found = self._open()
        if found is None or len(found[1]) < 2:
            return None
        space, opened = found
        both = self.random.sample(opened, 2)
        text = ", ".join(number(INVOICE, invoice) for invoice, _ in both)
        return self._booking(space, sum(each for _, each in both), text), space, tuple(each for each, _ in both)

    def _make_everything(self):
        found = self._open(known=True)
        if found is None:
            return None
        space, opened = found
        return self._booking(space, sum(each for _, each in opened)), space, tuple(each for each, _ in opened)

    def _make_again(self):
        """An invoice that is paid already."""
        paid = [space for space, customer in self.customers.items() if customer.payments]
        if not paid:
            return None
        space = self.random.choice(paid)
        payment = self.random.choice(self.customers[space].payments)
        if payment.amount < 0 or not payment.parts:
            return None
        invoice = payment.parts[0].invoice
        return self._booking(space, payment.amount, self._spelt(invoice)), space, (invoice,)

    def _make_mistyped(self):
        """Two digits of the number are turned round, or one is another."""
        found = self._one()
        if found is None:
            return None
        space, invoice, open_ = found
        name = list(number(INVOICE, invoice))
        if self.random.random() < 0.5:
            name[-1], name[-2] = name[-2], name[-1]
        else:
            name[-1] = str(self.random.randrange(10))
        return self._booking(space, open_, "".join(name)), space, (invoice,)

    def _make_sister(self):
        """A customer pays what another one owes."""
        found, other = self._one(), self._one(known=True)
        if found is None or other is None or found[0] == other[0]:
            return None
        space, invoice, open_ = found
        return self._booking(other[0], open_, self._spelt(invoice)), space, (invoice,)

    def _make_other_reference(self):
        """Somebody else's number that looks like ours, from a known account with another amount."""
        found = self._one(known=True)
        if found is None:
            return None
        space, invoice, open_ = found
        return self._booking(space, open_ + 1, f"INV-2025-{self.random.randrange(9999):04}"), space, (invoice,)

    def _make_nothing_of_ours(self):
        amount = self.random.choice([*RATES, 1, 99999])
        return self._booking(None, amount, self.random.choice(["rent", "refund 4711", "INV-1999-0001"])), None, ()

    def _make_gone(self):
        return self._booking(None, -self.random.choice(RATES), "bill"), None, ()

    def _make_returned(self):
        """The bank takes a payment back, and names it or doesn't."""
        found = [
            (space, payment)
            for space, customer in self.customers.items()
            for payment in in_force(customer.payments, TODAY)
            if payment.kind == RECEIPT and payment.parts
        ]
        if not found:
            return None
        space, payment = self.random.choice(found)
        invoice = payment.parts[0].invoice
        named = number(INVOICE, invoice) if self.random.random() < 0.7 else ""
        booking = self._booking(space, -payment.amount, returned=True, end_to_end=named, day=TODAY)
        return booking, space, (payment.id,)

    # --- what becomes of it ---------------------------------------------------------------------------------------

    def play(self, count: int) -> None:
        """Match so many bookings, enter the sure ones, and hold each to what it truly is."""
        for noisy in self.bookings_of(count):
            self.bookings += 1
            self.ours += noisy.space is not None and noisy.booking.amount > 0
            found = self._found(noisy.booking)
            matched = match(noisy.booking, found)
            self.met[noisy.kind, matched.certainty] += 1
            if matched.certainty == SURE:
                self.booked += 1
                if not right(noisy, matched):
                    self.wrong.append((noisy, matched))
                if not self._is_sure(noisy.booking, matched):
                    self.only_probable.append((noisy, matched))
                self._enter(noisy.booking, matched)

    def _found(self, booking: Booking) -> Found:
        owned = [
            Owned(each.way, each.invoice, each.invoice, self.owners[each.invoice])
            for each in mentions(booking)
            if each.invoice in self.owners
        ]
        payers = frozenset(space for space, each in self.customers.items() if booking.iban in each.accounts)
        spaces = payers | {each.space for each in owned}
        return Found(owned, payers, {space: self._standing(space) for space in spaces})

    def _is_sure(self, booking: Booking, matched: Match) -> bool:
        """Tell by the facts alone whether it is more than probable: the space's own account, or the exact amount."""
        assert matched.space is not None
        payers = [space for space, each in self.customers.items() if booking.iban in each.accounts]
        if matched.of is not None:
            return matched.of.amount == -booking.amount and (not payers or matched.space in payers)
        opened = dict(self._standing(matched.space).open)
        exact = booking.amount == sum(part.amount for part in matched.parts) and all(
            opened[part.invoice] == part.amount for part in matched.parts
        )
        named = any(each.invoice in self.owners for each in mentions(booking))
        own = payers == [matched.space] or (named and matched.space in payers)
        return exact if not payers else own and (named or exact)

    def _enter(self, booking: Booking, matched: Match) -> None:
        customer = self.customers[str(matched.space)]
        place = 1 + sum(len(each.payments) for each in self.customers.values())
        if matched.of is not None:
            new = taken_back(matched.of, RETURN, booking.day, TODAY, f"s{place}")
        else:
            parts = matched.parts
            new = Payment(
                0, str(matched.space), booking.day, booking.amount, RECEIPT, None, TODAY, BANK, None, f"s{place}", parts
            )
        customer.payments.append(new._replace(id=place))


def right(noisy: Noisy, matched: Match) -> bool:
    """Tell whether a booking was entered for its space, and for no other invoices than it is for."""
    if noisy.space != matched.space:
        return False
    if matched.of is not None:
        return matched.of.id in noisy.invoices
    return {part.invoice for part in matched.parts} <= set(noisy.invoices)
