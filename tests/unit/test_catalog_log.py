"""The log of catalogs: what was imported, dropped or replaced, and what was known at a place (pricing.md 1, 3.4)."""

from __future__ import annotations

from datetime import date

import pytest

from subctl.domain.catalog import Catalogs, Gone
from tests.support.build import CATALOG

JANUARY, MAY, JUNE = date(2026, 1, 1), date(2026, 5, 1), date(2026, 6, 1)


def imported(place, valid_from):
    return CATALOG._replace(id=place, valid_from=valid_from)


FIRST, IN_MAY, IN_JUNE = imported(1, JANUARY), imported(2, MAY), imported(3, JUNE)


@pytest.mark.parametrize(
    ("gone", "places"),
    [
        ((), [1, 2, 3]),
        ((Gone(4, MAY),), [1, 3]),
        ((Gone(4, MAY), Gone(5, JUNE)), [1]),
        ((Gone(2, MAY),), [1, 2, 3]),  # it came at that place, or after
        ((Gone(3, None),), [3]),
        ((Gone(1, None),), [1, 2, 3]),
    ],
)
def test_what_is_known_after_all_that_was_taken_away(gone, places):
    """INTERFACE 4: drop takes the one of a date away, a first one all before it; a later import counts."""
    catalogs = Catalogs((FIRST, IN_MAY, IN_JUNE), gone)
    assert list(dict.fromkeys(each.id for each in catalogs.from_day(date(2025, 1, 1)))) == places
    assert catalogs.imported == (FIRST, IN_MAY, IN_JUNE)


def test_a_place_says_what_was_known_then():
    """pricing.md 6: what an order recomputes knows what was known at its place of the log, dropped later or not."""
    catalogs = Catalogs((FIRST, IN_MAY, imported(4, MAY)), (Gone(3, MAY),))
    assert catalogs.newest == 4
    assert [catalogs.known_by(place).at(MAY).id for place in (1, 2, 3, 4)] == [1, 2, 1, 4]
    assert [catalogs.known_by(place).newest for place in (1, 2, 3, 4)] == [1, 2, 3, 4]
    again = Catalogs((FIRST, IN_MAY, IN_JUNE), (Gone(4, MAY), Gone(5, JUNE)))
    assert [again.known_by(place).at(JUNE).id for place in (3, 4, 5)] == [3, 3, 1]
    assert [again.known_by(place).at(MAY).id for place in (3, 4, 5)] == [2, 1, 1]


def test_an_ended_contract_may_rest_on_what_is_gone():
    """Catalogs that sell a plan, gone ones left out as ever."""
    catalogs = Catalogs((FIRST, IN_MAY), (Gone(3, MAY),))
    for plans in ({"starter"}, set(FIRST.plans)):
        assert catalogs.selling(plans, {"zoom"}).at(JUNE) == FIRST


def test_a_drop_never_takes_the_first_one():
    """pricing.md 1: it is in force since ever, whatever its date says; one of the same date may go."""
    catalogs = Catalogs((imported(1, MAY), imported(2, MAY)), (Gone(3, MAY),))
    assert [each.id for each in catalogs.known] == [1]
    assert catalogs.at(JUNE).id == 1


def test_one_that_took_the_place_of_all_is_the_first_one():
    """INTERFACE 4: a drop of its date takes none but later ones."""
    catalogs = Catalogs((FIRST, imported(2, MAY), imported(3, MAY)), (Gone(2, None), Gone(4, MAY)))
    assert [each.id for each in catalogs.known] == [2]
    assert catalogs.at(JANUARY).id == 2


def test_what_administrators_of_spaces_see():
    """pricing.md 3.6: private plans of their own, and of those only their own spaces."""
    plan = CATALOG.plans["pro"]
    ours, theirs = plan._replace(id="ours", spaces=("acme", "other")), plan._replace(id="theirs", spaces=("other",))
    catalog = CATALOG._replace(plans={"pro": plan, "ours": ours, "theirs": theirs})
    assert catalog.open_plans == ["pro"]
    assert catalog.seen_by({"acme"}).plans == {"pro": plan, "ours": ours._replace(spaces=("acme",))}
    assert catalog.seen_by({"acme", "other"}) == catalog


def test_logs_are_the_same_where_they_hold_the_same() -> None:
    """Results that hold catalogs are compared: a log that was read again is the same one."""
    log = Catalogs((CATALOG,))
    assert log == Catalogs((CATALOG,)) != Catalogs((CATALOG,), (Gone(2, MAY),))
    assert {log} == {Catalogs((CATALOG,))}
    assert log != (CATALOG,)
