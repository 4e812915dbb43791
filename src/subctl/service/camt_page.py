"""A page of a camt file: the sums that it gives of itself must be those of its entries (payments.md 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.money import Amount
from subctl.domain.sentence import N_, Sentence
from subctl.service.camt_values import amount_of, at, sign_of, text_at

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OPENING, _CLOSING = ("OPBD", "PRCD"), "CLBD"


class _Tally:
    """How many entries came and went, and their sums."""

    def __init__(self) -> None:
        self.count, self.sum = {1: 0, -1: 0}, {1: 0, -1: 0}

    def add(self, amount: int) -> None:
        sign = 1 if amount >= 0 else -1
        self.count[sign] += 1
        self.sum[sign] += abs(amount)

    def said(self) -> dict[str, int]:
        """Return all that a summary can say of them."""
        return {
            "count": sum(self.count.values()),
            "sum": sum(self.sum.values()),
            "net": self.sum[1] - self.sum[-1],
            "credit count": self.count[1],
            "credit sum": self.sum[1],
            "debit count": self.count[-1],
            "debit sum": self.sum[-1],
        }


class Page:
    """A page: its account, its balances, and the entries that were read of it; `account` is empty until it is known."""

    def __init__(self, name: str | Sentence, currency: str) -> None:
        self._name, self._currency = name, currency
        self.account = ""
        self._balances: dict[str, int] = {}
        self._said: dict[str, int] = {}
        self._booked, self._all = _Tally(), _Tally()

    def balance(self, element: Element) -> None:
        """Take a balance (`bad_input` where it is none)."""
        code = text_at(element, "Tp", "CdOrPrtry", "Cd")
        amount = self._amount(element.find("Amt"))
        if amount is not None:
            self._balances.setdefault(code, sign_of(element, 1) * amount)

    def summary(self, element: Element) -> None:
        """Take what a page says of all its entries (`bad_input` where that can't be read)."""
        for tag, of in (("TtlNtries", ""), ("TtlCdtNtries", "credit "), ("TtlDbtNtries", "debit ")):
            total = element.find(tag)
            count = text_at(total, "NbOfNtries")
            if count.isdecimal():
                self._said[f"{of}count"] = int(count)
            self._say(f"{of}sum", self._amount(at(total, "Sum")))
        total = element.find("TtlNtries")
        # Since version 4 the net stands in an element of its own.
        net = at(total, "TtlNetNtry") if at(total, "TtlNetNtry") is not None else total
        amount = self._amount(at(net, "Amt") if at(net, "Amt") is not None else at(net, "TtlNetNtryAmt"))
        self._say("net", None if amount is None else sign_of(net, 1) * amount)

    def add(self, amount: int, *, booked: bool) -> None:
        """Count an entry."""
        self._all.add(amount)
        if booked:
            self._booked.add(amount)

    def check(self) -> None:
        """Refuse a page whose sums aren't those of its entries (`bad_input`); some banks count those to come, too."""
        net = self._booked.said()["net"]
        opening = next((self._balances[code] for code in _OPENING if code in self._balances), None)
        closing = self._balances.get(_CLOSING)
        if opening is not None and closing is not None and opening + net != closing:
            raise self._differs(closing - opening, net)
        ways = self._booked.said(), self._all.said()
        if not any(self._said.items() <= way.items() for way in ways):
            name, amount = next(each for each in self._said.items() if ways[0][each[0]] != each[1])
            if name.endswith("count"):
                raise bad_input(
                    N_("{file} has {number} entries where it says {said}."),
                    self._again(),
                    file=self._name,
                    number=ways[0][name],
                    said=amount,
                )
            raise self._differs(amount, ways[0][name])

    def _say(self, name: str, amount: int | None) -> None:
        if amount is not None:
            self._said[name] = amount

    def _amount(self, element: Element | None) -> int | None:
        return amount_of(element, self._currency)

    def _differs(self, said: int, found: int) -> SubctlError:
        return bad_input(
            N_("{file}: its entries come to {found}, and it says {said}."),
            self._again(),
            file=self._name,
            found=Amount(found, self._currency),
            said=Amount(said, self._currency),
        )

    @staticmethod
    def _again() -> Sentence:
        return Sentence(N_("Fetch it from the bank again: it may have been cut off or changed."))
