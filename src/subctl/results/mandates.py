"""Mandates of direct debits: listed, and one that was added or ended."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class MandateItem(NamedTuple):
    """A mandate; of the account only the last four signs. `status` is `active`, `lapsed` or `ended`."""

    id: str
    space: str
    added: date
    signed: date
    scheme: str
    iban: str
    status: str
    ended: date | None


class Mandates(NamedTuple):
    """Mandates, newest first, and whether there is `more` where a limit was given."""

    items: Iterable[MandateItem]
    more: bool | None


class ChangedMandate(NamedTuple):
    """A mandate that was added or ended; `pays_so` tells whether its space pays by direct debit."""

    mandate: MandateItem
    pays_so: bool
    changed: bool
