"""What an invoice is once it is issued anew: its lines, today's details, the first one's rate (payments.md 9.5)."""

from __future__ import annotations

import pytest

from subctl.domain.catalog import Catalogs
from subctl.domain.correcting import corrected_draft
from subctl.domain.dates import Period
from subctl.domain.invoice import Buyer, recurring_draft
from tests.support.build import CATALOG, annual, change, day, monthly

DUTCH, GERMAN, SWISS = Buyer("NL", None), Buyer("DE", "DE129273398"), Buyer("CH", None)
LATER = CATALOG._replace(id=2, valid_from=day("2026-06-01"), seller=CATALOG.seller._replace(vat_rate=190_000))
BOTH = Catalogs((CATALOG, LATER))
"""21 % of VAT, and 19 % from June on."""

UPGRADE = change(annual(), "2026-03-15", BOTH, DUTCH, plan="pro", users=20).due_now
MAY = recurring_draft(monthly(), Period(day("2026-05-01"), day("2026-06-01")), BOTH, DUTCH, day("2026-06-10"))


def vat(draft):
    return draft.vat.category, draft.vat.rate


@pytest.mark.parametrize("draft", [UPGRADE, MAY], ids=["upgrade", "recurring"])
def test_all_but_the_day_and_the_vat_stays(draft):
    """9.5: same lines, periods and net, dated the day of the correction."""
    anew = corrected_draft(draft, draft.day, day("2026-06-20"), BOTH, GERMAN)
    assert anew == draft._replace(day=day("2026-06-20"), vat=anew.vat)
    assert (anew.net, anew.tax, anew.vat.vat_id) == (draft.net, 0, "DE129273398")


@pytest.mark.parametrize(
    ("buyer", "expected"), [(DUTCH, ("S", 210_000)), (GERMAN, ("AE", 0)), (SWISS, ("O", 0))], ids=["S", "AE", "O"]
)
def test_the_category_is_that_of_todays_buyer(buyer, expected):
    """9.5: the category by today's details, 0 for AE and O."""
    assert vat(corrected_draft(UPGRADE, UPGRADE.day, day("2026-03-20"), BOTH, buyer)) == expected


def test_a_buyer_who_has_no_vat_number_any_more_pays_the_rate():
    """9.5: from AE to S."""
    reversed_ = corrected_draft(UPGRADE, UPGRADE.day, day("2026-03-20"), BOTH, GERMAN)
    assert vat(corrected_draft(reversed_, UPGRADE.day, day("2026-03-21"), BOTH, Buyer("DE", None))) == ("S", 210_000)


def test_a_seller_without_a_number_stays_exempt():
    """9.5: 0 for E."""
    seller = CATALOG.seller._replace(vat_id=None, vat_exempt="Exempt.")
    catalogs = Catalogs((CATALOG._replace(seller=seller),))
    assert vat(corrected_draft(UPGRADE, UPGRADE.day, day("2026-03-20"), catalogs, DUTCH)) == ("E", 0)


def test_the_rate_is_the_first_ones():
    """9.5, pricing.md 3.3: of an upgrade that of its first day; of a period that of the period's, however late."""
    assert vat(corrected_draft(UPGRADE, UPGRADE.day, day("2026-06-20"), BOTH, DUTCH)) == ("S", 210_000)
    assert vat(corrected_draft(UPGRADE, day("2026-06-02"), day("2026-06-20"), BOTH, DUTCH)) == ("S", 190_000)
    assert vat(corrected_draft(MAY, MAY.day, day("2026-06-20"), BOTH, DUTCH)) == ("S", 210_000)
