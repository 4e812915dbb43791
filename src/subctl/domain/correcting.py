"""Correcting an invoice: what is issued in its place, and what differs (payments.md 9.5)."""

from __future__ import annotations

from datetime import date

from subctl.domain.catalog import Catalogs
from subctl.domain.invoice import RECURRING, Buyer, Draft, vat_of


def corrected_draft(draft: Draft, first_day: date, day: date, catalogs: Catalogs, buyer: Buyer) -> Draft:
    """Return an invoice as it is issued anew on `day` to a buyer as known now: the same lines, periods and net.

    The VAT category is that buyer's; its rate is that of the first invoice, which was dated `first_day`: in force on
    the first day of its period for a recurring one, else on that day (pricing.md 3.3).
    """
    taxed_on = draft.period.start if draft.kind == RECURRING else first_day
    return draft._replace(day=day, vat=vat_of(catalogs.at(taxed_on), buyer))
