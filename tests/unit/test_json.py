"""Values as the documents that scripts read (pricing.md 2.7, 3.1, 4, 6.1)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from subctl import results
from subctl.domain.catalog import MONTHLY
from subctl.domain.contract import Step
from subctl.domain.dates import Months, Period
from subctl.domain.invoice import Counted, Draft, Fee, Line
from subctl.domain.money import format_fee
from subctl.domain.tax import Vat
from subctl.results.change import ShownChange
from subctl.results.contract_page import PricedStep
from subctl.service.contract_page import priced_steps
from subctl.view.json import document_of
from subctl.view.json.values import day_text, draft_document, line_document, period_document, state_document
from tests.support.build import CATALOGS, EUR, annual, change, day, later, monthly, rates, state, step

QUARTER = Period(day("2026-04-01"), day("2026-07-01"))
STARTER = Counted("starter", "Starter", 3, 279_555)
QUARTER_DOCUMENT = {"start": "2026-04-01", "end": "2026-07-01"}
UPGRADE_LINE = {
    "item": "users",
    "description": "Pro for 20 users instead of Starter for 10 users",
    "quantity": "1",
    "rate": "2600.00",
    "per": "year",
    "period": QUARTER_DOCUMENT,
    "months": {"whole": 3, "days": 0, "of": 0},
    "amount": "650.00",
    "fee_before": "1000.00",
    "fee_after": "3600.00",
}


def test_dates_are_written_in_one_way_and_nothing_stays_nothing() -> None:
    """pricing.md 2.1: YYYY-MM-DD."""
    assert (day_text(day("2026-03-05")), day_text(None)) == ("2026-03-05", None)


def test_a_period_has_an_exclusive_end() -> None:
    """pricing.md 2.7: in JSON by `start` and exclusive `end`."""
    assert period_document(QUARTER) == QUARTER_DOCUMENT


def test_months_are_written_as_they_are_exact() -> None:
    """pricing.md 2.6: 10 + 14/31."""
    line = Line("users", None, STARTER, 3, 279_555, "month", QUARTER, Months(10, 14, 31), 252)
    assert line_document(line, "recurring", EUR)["months"] == {"whole": 10, "days": 14, "of": 31}


def test_a_line_is_written_whole() -> None:
    """pricing.md 3.1: amounts have the currency's decimals, rates two to four; fees only where two are compared."""
    line = Line("users", None, STARTER, 3, 279_555, "month", QUARTER, Months(3), 252)
    assert line_document(line, "recurring", "JPY") == {
        "item": "users",
        "description": "Starter, 3 users",
        "quantity": "3",
        "rate": "27.9555",
        "per": "month",
        "period": QUARTER_DOCUMENT,
        "months": {"whole": 3, "days": 0, "of": 0},
        "amount": "252",
    }


def test_a_draft_is_written_with_its_vat() -> None:
    """pricing.md 3.3: category, rate, wording, VAT and total."""
    zoom = Counted("zoom", "Zoom licence", 1, 2_500_000)
    line = Line("zoom", zoom._replace(number=0), zoom, 1, 2_500_000, "year", QUARTER, Months(3), 6_250)
    draft = Draft("upgrade", day("2026-03-15"), QUARTER, (line,), Vat("AE", 0, vat_id="DE136695976"), EUR)
    assert draft_document(draft) == {
        "kind": "upgrade",
        "date": "2026-03-15",
        "period": QUARTER_DOCUMENT,
        "lines": [
            {
                "item": "zoom",
                "description": "Zoom licence, 1 more",
                "quantity": "1",
                "rate": "250.00",
                "per": "year",
                "period": QUARTER_DOCUMENT,
                "months": {"whole": 3, "days": 0, "of": 0},
                "amount": "62.50",
                "fee_before": "0.00",
                "fee_after": "250.00",
            }
        ],
        "net": "62.50",
        "vat_category": "AE",
        "vat_rate": "0",
        "vat_note": "Reverse charge: the customer accounts for the VAT. VAT number DE136695976.",
        "vat": "0.00",
        "total": "62.50",
    }


def test_a_fee_is_written_in_the_currency() -> None:
    """pricing.md 3.2: 1500.00 a year; whole yen."""
    assert (format_fee(15_000_000, EUR), format_fee(15_000_000, "JPY"), format_fee(1_397_550, EUR)) == (
        "1500.00",
        "1500",
        "139.76",
    )


def test_a_state_is_written_with_its_fee() -> None:
    """pricing.md 4.2: every kind that is sold is counted, and `zoom` by its own name where there is that."""
    assert state_document(state(billing=MONTHLY), Fee(15_000_000, "year"), ["viewer", "zoom"], EUR) == {
        "plan": "starter",
        "users": 10,
        "zoom": 2,
        "licences": {"viewer": 0, "zoom": 2},
        "billing": "monthly",
        "fee": "1500.00",
        "fee_per": "year",
    }


def test_a_change_is_written_whole() -> None:
    """pricing.md 8, row 1: all that a preview shows; numbers are for quotes and orders to fill in."""
    done = change(annual(), "2026-03-15", plan="pro", users=20)
    assert done.next_invoice is not None
    assert document_of(ShownChange("acme", done.change, changed=True)) == {
        "schema": "change/1",
        "space": "acme",
        "date": "2026-03-15",
        "kind": "upgrade",
        "changed": True,
        "currency": "EUR",
        "before": {
            "plan": "starter",
            "users": 10,
            "zoom": 2,
            "licences": {"zoom": 2},
            "billing": "annual",
            "fee": "1500.00",
            "fee_per": "year",
        },
        "after": {
            "plan": "pro",
            "users": 20,
            "zoom": 2,
            "licences": {"zoom": 2},
            "billing": "annual",
            "fee": "4100.00",
            "fee_per": "year",
        },
        "compared": {"before": "1500.00", "after": "4100.00", "per": "year"},
        "available_from": "2026-03-15",
        "price_from": "2026-04-01",
        "rule": "4.5",
        "free_until": "2026-03-31",
        "renews_on": "2026-07-01",
        "catch_up": [],
        "due_now": {
            "kind": "upgrade",
            "date": "2026-03-15",
            "period": QUARTER_DOCUMENT,
            "lines": [UPGRADE_LINE],
            "net": "650.00",
            "vat_category": "S",
            "vat_rate": "21",
            "vat_note": None,
            "vat": "136.50",
            "total": "786.50",
        },
        "next_invoice": draft_document(done.next_invoice),
        "quote": None,
        "valid_until": None,
        "order": None,
        "invoice": None,
        "issued": [],
    }


def test_a_change_of_nothing_has_no_dates_and_no_invoices() -> None:
    """pricing.md 4: `kind` none, `changed` false."""
    licences = {"zoom": 2, "licences": {"zoom": 2}}
    same = {"plan": "starter", "users": 10, **licences, "billing": "monthly", "fee": "150.00", "fee_per": "month"}
    done = change(monthly(), "2026-06-15").change
    assert document_of(ShownChange("atelier", done, done.changed)) == {
        "schema": "change/1",
        "space": "atelier",
        "date": "2026-06-15",
        "kind": "none",
        "changed": False,
        "currency": "EUR",
        "before": same,
        "after": same,
        "compared": {"before": "150.00", "after": "150.00", "per": "month"},
        "available_from": None,
        "price_from": None,
        "rule": None,
        "free_until": None,
        "renews_on": None,
        "catch_up": [],
        "due_now": None,
        "next_invoice": None,
        "quote": None,
        "valid_until": None,
        "order": None,
        "invoice": None,
        "issued": [],
    }


def test_arrears_are_written_in_their_order() -> None:
    """pricing.md 4.3: `catch_up` holds what the order issues first."""
    done = change(monthly(), "2026-05-15", users=12)
    document = document_of(ShownChange("atelier", done.change, changed=True))
    assert document["catch_up"] == [draft_document(draft) for draft in done.catch_up]
    assert [draft.period.start for draft in done.catch_up] == [day("2026-04-01"), day("2026-05-01")]


def test_a_step_has_the_fee_of_its_period() -> None:
    """pricing.md 3.4: the one in force that of today's period, a later one that of its own first period."""
    waiting = step("2026-07-01", state(users=9), "2025-07-01")
    contract = annual()._replace(steps=(*annual().steps, waiting))
    catalogs = later("2026-06-01", starter=120)
    found = [priced_steps(contract, day(on), catalogs)[-1] for on in ("2026-03-15", "2027-08-01")]
    assert found == [PricedStep(waiting.start, waiting.state, Fee(15_800_000, "year"))] * 2
    assert priced_steps(contract, day("2026-06-30"), catalogs)[0].fee == Fee(15_000_000, "year")


def test_the_steps_shown_are_the_one_in_force_and_all_later_ones() -> None:
    """pricing.md 1: a step in the past is history."""
    promised = Step(day("2026-04-01"), state(users=20), day("2025-07-01"), rates(900_000, 2_500_000))
    waiting = step("2026-07-01", state(users=20, billing=MONTHLY))
    contract = annual()._replace(steps=(*annual().steps, promised, waiting))
    assert priced_steps(contract, day("2026-05-01"), CATALOGS) == (
        PricedStep(promised.start, promised.state, Fee(23_000_000, "year")),
        PricedStep(waiting.start, waiting.state, Fee(2_500_000, "month")),
    )
    assert len(priced_steps(contract, day("2026-03-15"), CATALOGS)) == 3


PARTS = {"words", "candidates", "parties", "listed"}
"""What is no result of its own: what several are made of, and lines for a shell."""

MODULES = sorted({path.stem for path in Path(results.__path__[0]).glob("[!_]*.py")} - PARTS)


@pytest.mark.parametrize("name", MODULES)
def test_a_result_has_a_document_and_a_screen_of_its_name(name: str) -> None:
    """What is printed is found by the name of a result's module; `PARTS` are parts of results, or what TAB is told."""
    assert callable(import_module(f"subctl.view.json.{name}").document)
    if name != "journal":  # a table of it is its CSV
        assert callable(import_module(f"subctl.view.screens.{name}").draw)
