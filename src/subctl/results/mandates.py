"""Mandates of direct debits: listed, and one that was added or ended."""

from collections.abc import Iterable
from datetime import date

from subctl.domain.record import Record


class MandateItem(Record):
    """A mandate; of the account only the last four signs. `status` is `active`, `lapsed` or `ended`."""

    id: str
    space: str
    added: date
    signed: date
    scheme: str
    iban: str
    status: str
    ended: date | None


class Mandates(Record):
    """Mandates, newest first, and whether there is `more` where a limit was given."""

    items: Iterable[MandateItem]
    more: bool | None


class ChangedMandate(Record):
    """A mandate that was added or ended; `pays_so` tells whether its space pays by direct debit."""

    mandate: MandateItem
    pays_so: bool
    changed: bool
