"""Invoices before they have a number (pricing.md 3.1 to 3.4, 4.3, 4.5, 4.9)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.catalog import MONTHLY, Catalogs, Rates
from subctl.domain.contract import Contract, State, Step, fee
from subctl.domain.dates import Months, Period, add_months, charge_date, months_between
from subctl.domain.entry import enter_contract
from subctl.domain.invoice import (
    RULES,
    Buyer,
    Counted,
    Draft,
    Line,
    Priced,
    billed_until_after,
    credit_draft,
    difference_lines,
    priced_step,
    recurring_draft,
    recurring_drafts,
    unbilled_periods,
    upgrade_draft,
    whole_lines,
)
from subctl.domain.invoice import priced as to_priced
from tests.support.build import (
    AT_HOME,
    BUYER,
    CATALOG,
    CATALOGS,
    EUR,
    annual,
    change,
    day,
    later,
    money,
    monthly,
    rates,
    state,
    step,
)

YEARLY = rates(1_000_000, 2_500_000)
QUARTER = Period(day("2026-04-01"), day("2026-07-01"))


def users(number: int, name: str = "starter", rate: int = 1_000_000) -> Counted:
    return Counted(name, name.capitalize(), number, rate)


def zoom(number: int, rate: int = 2_500_000) -> Counted:
    return Counted("zoom", "Zoom licence", number, rate)


def with_rates(wanted: State, at: Rates = YEARLY) -> Priced:
    return to_priced(wanted, at, CATALOG)


def test_documents_are_made_by_the_second_rules() -> None:
    """pricing.md 7.3: every document keeps the number, and whoever changes a rule gives the next one."""
    assert RULES == 2


def test_a_fee_is_users_and_licences_at_their_rates() -> None:
    """pricing.md 3.2: 10 × 100 + 2 × 250, for one period."""
    whole = with_rates(state())
    assert (whole.users.fee, whole.licences["zoom"].fee) == (10_000_000, 5_000_000)
    assert fee(state(), YEARLY) == 15_000_000


@pytest.mark.parametrize(
    ("wanted", "counted"),
    [
        (state(), [("users", users(10)), ("zoom", zoom(2))]),
        (state(users=1, zoom=0), [("users", users(1))]),
    ],
)
def test_licences_have_a_line_where_there_are_any(wanted: State, counted: list[tuple[str, Counted]]) -> None:
    """pricing.md 3.2: users always have one."""
    lines = list(whole_lines(with_rates(wanted), QUARTER, Months(3), CATALOG))
    assert [(line.item, line.before, line.after) for line in lines] == [(item, None, after) for item, after in counted]


def difference(after: Priced, before: Priced | None = None) -> list[Line]:
    return list(difference_lines(before or with_rates(state()), after, QUARTER, CATALOG))


def line(item: str, before: Counted, after: Counted, quantity: int, rate: int, amount: int) -> Line:
    return Line(item, before, after, quantity, rate, "year", QUARTER, Months(3), amount)


@pytest.mark.parametrize(
    ("after", "lines"),
    [
        (with_rates(state()), []),
        (
            with_rates(state(users=11)),
            [line("users", users(10), users(11), 1, 1_000_000, 2_500)],
        ),
        (
            with_rates(state(users=12)),
            [line("users", users(10), users(12), 2, 1_000_000, 5_000)],
        ),
        (
            with_rates(state(users=9)),
            [line("users", users(10), users(9), -1, 1_000_000, -2_500)],
        ),
        (
            with_rates(state(zoom=3)),
            [line("zoom", zoom(2), zoom(3), 1, 2_500_000, 6_250)],
        ),
        (
            with_rates(state(zoom=0)),
            [line("zoom", zoom(2), zoom(0), -2, 2_500_000, -12_500)],
        ),
        (
            with_rates(state("pro", 20), rates(1_800_000, 2_500_000)),
            [line("users", users(10), users(20, "pro", 1_800_000), 1, 26_000_000, 65_000)],
        ),
        (
            with_rates(state("pro", 1), rates(1_800_000, 2_500_000)),
            [line("users", users(10), users(1, "pro", 1_800_000), 1, -8_200_000, -20_500)],
        ),
        (with_rates(state("pro", 5), rates(2_000_000, 2_500_000)), []),
        (
            with_rates(state(), rates(1_200_000, 2_500_000)),
            [line("users", users(10), users(10, rate=1_200_000), 1, 2_000_000, 5_000)],
        ),
        (
            with_rates(state(zoom=3), rates(1_000_000, 3_000_000)),
            [line("zoom", zoom(2), zoom(3, 3_000_000), 1, 4_000_000, 10_000)],
        ),
        (with_rates(state(zoom=1), rates(1_000_000, 5_000_000)), []),
    ],
)
def test_a_line_charges_the_difference_of_two_fees(after: Priced, lines: list[Line]) -> None:
    """pricing.md 4.5: by number where plan and rate stay, else by the difference; nothing where the fee stays."""
    assert difference(after) == lines


def test_a_recurring_invoice_charges_the_whole_period() -> None:
    """pricing.md 3.1, 3.3: net is the sum of the lines, VAT is on net, and the total is both."""
    year = Period(day("2026-07-01"), day("2027-07-01"))
    draft = recurring_draft(annual(), year, CATALOGS, BUYER, day("2026-07-01"))
    assert draft == Draft(
        "recurring",
        day("2026-07-01"),
        year,
        (
            Line("users", None, users(10), 10, 1_000_000, "year", year, Months(12), 100_000),
            Line("zoom", None, zoom(2), 2, 2_500_000, "year", year, Months(12), 50_000),
        ),
        AT_HOME,
        EUR,
    )
    assert (draft.net, draft.tax, draft.total) == (150_000, 31_500, 181_500)


def test_an_invoice_knows_nothing_of_steps_that_start_with_the_next_period_or_later() -> None:
    """pricing.md 4.9: only a step inside the period has a line, be it of nothing."""
    steps = *annual().steps, *(step(f"{year}-07-01", state(users=8), "2025-07-01") for year in (2026, 2027))
    draft, undisturbed = (
        recurring_draft(each, each.period_at(day("2026-03-15")), CATALOGS, BUYER, day("2025-07-01"))
        for each in (annual()._replace(steps=steps), annual())
    )
    assert draft == undisturbed


def test_an_invoice_contains_the_steps_inside_its_period() -> None:
    """pricing.md 4.9 and 8, row 10: its own fee for the year, and each difference to the end, one after the other."""
    contract = annual("2026-06-20")._replace(
        steps=(
            step("2025-07-01", state(), "2026-06-20"),
            step("2026-07-01", state(users=20), "2026-06-20"),
            step("2026-10-01", state("pro", 20, 3), "2026-06-20"),
        ),
    )
    year = Period(day("2026-06-20"), day("2027-06-20"))
    july, october = Period(day("2026-07-01"), year.end), Period(day("2026-10-01"), year.end)
    assert recurring_draft(contract, year, CATALOGS, BUYER, year.start).lines == (
        Line("users", None, users(10), 10, 1_000_000, "year", year, Months(12), 100_000),
        Line("zoom", None, zoom(2), 2, 2_500_000, "year", year, Months(12), 50_000),
        Line(
            "users",
            users(10),
            users(20),
            10,
            1_000_000,
            "year",
            july,
            Months(11, 19, 30),
            96_944,
        ),
        Line(
            "users",
            users(20),
            users(20, "pro", 1_800_000),
            1,
            16_000_000,
            "year",
            october,
            Months(8, 19, 30),
            115_111,
        ),
        Line(
            "zoom",
            zoom(2),
            zoom(3),
            1,
            2_500_000,
            "year",
            october,
            Months(8, 19, 30),
            17_986,
        ),
    )


@pytest.mark.parametrize(
    ("contract", "start", "net"),
    [
        (annual("2026-06-20", "2026-01-10", "2026-01-01"), "2026-01-01", 70_416),
        (
            monthly()._replace(steps=(*annual("2026-06-20").steps, step("2026-06-20", state(billing=MONTHLY)))),
            "2026-06-20",
            5_500,
        ),
    ],
)
def test_a_period_shorter_than_its_billing_costs_its_months(contract: Contract, start: str, net: int) -> None:
    """pricing.md 4.9: 469.44 + 234.72 for 5 + 19/30 months up to a given renewal date; 150 × 11/30 for the stub."""
    period = contract.period_at(day(start))
    assert recurring_draft(contract, period, CATALOGS, BUYER, period.start).net == net


def test_a_full_year_from_29_february_costs_a_year() -> None:
    """pricing.md 9: twelve months whatever February does."""
    contract = annual("2028-02-29", "2027-03-01", "2024-03-01")
    found = [contract.period_at(day(on)) for on in ("2028-02-28", "2028-02-29", "2029-02-28")]
    assert [recurring_draft(contract, period, CATALOGS, BUYER, period.start).net for period in found] == [150_000] * 3


def renamed(valid_from: str) -> Catalogs:
    """Return the built-in catalog, and one after it with another VAT rate and another title."""
    seller = CATALOG.seller._replace(vat_rate=190_000)
    licences = {"zoom": CATALOG.licences["zoom"]._replace(title="Meeting licence")}
    return Catalogs((CATALOG, later(valid_from).imported[1]._replace(seller=seller, licences=licences)))


def test_a_period_is_priced_and_taxed_by_the_catalog_of_its_first_day() -> None:
    """pricing.md 3.3, 3.4: titles, rates and VAT; a late bill run changes nothing."""
    catalogs = renamed("2026-07-02")
    periods = [
        Period(day(start), day(end)) for start, end in (("2026-07-01", "2026-08-01"), ("2026-08-01", "2026-09-01"))
    ]
    drafts = [recurring_draft(monthly(), period, catalogs, BUYER, day("2026-09-15")) for period in periods]
    assert [(draft.day, draft.lines[1].after.title, draft.vat) for draft in drafts] == [
        (day("2026-09-15"), "Zoom licence", AT_HOME),
        (day("2026-09-15"), "Meeting licence", AT_HOME._replace(rate=190_000)),
    ]


def test_an_upgrade_invoice_has_the_vat_of_its_own_day() -> None:
    """pricing.md 3.3: of the day of the change, whenever the months begin that it charges."""
    found = [change(annual(), on, renamed("2026-04-01"), users=20).due_now for on in ("2026-03-31", "2026-04-01")]
    assert [draft.vat.rate for draft in found if draft] == [210_000, 190_000]


def test_a_contract_entered_late_is_taxed_by_the_first_day_of_the_period() -> None:
    """pricing.md 3.3, 2.5: its rates are those of the day of entry, its VAT isn't."""
    contract = enter_contract("acme", state(), day("2026-06-10"), day("2026-05-20"), billed_through=day("2026-05-31"))
    period = contract.period_at(day("2026-06-01"))
    draft = recurring_draft(contract, period, renamed("2026-06-05"), BUYER, day("2026-06-10"))
    assert (draft.lines[1].after.title, draft.vat) == ("Meeting licence", AT_HOME)


def test_the_rest_of_a_period_is_taxed_by_its_own_first_day() -> None:
    """pricing.md 3.3: the invoice's period is the rest that it charges."""
    rest = Period(day("2026-06-01"), day("2026-07-01"))
    draft = recurring_draft(annual(), rest, renamed("2026-06-01"), BUYER, day("2026-06-01"))
    assert (draft.lines[1].after.title, draft.vat.rate) == ("Zoom licence", 190_000)


def test_a_plan_without_a_title_is_named_by_its_id() -> None:
    """pricing.md 3.4: a promised rate may be for a plan that the catalog in force doesn't have."""
    promised = Step(day("2026-04-01"), state("old", 3, 0), day("2025-07-01"), rates(5, 6))
    period = annual().period_at(day("2026-04-01"))
    assert priced_step(annual(), promised._replace(start=period.start), period, CATALOGS) == Priced(
        promised.state, Counted("old", "old", 3, 5), {}
    )


def test_an_upgrade_invoice_has_the_sellers_and_the_buyers_vat() -> None:
    """pricing.md 4.5, 3.3: dated on the day of the change."""
    before, after = with_rates(state()), with_rates(state(users=20))
    draft = upgrade_draft(before, after, QUARTER, CATALOG, Buyer("US", None), day("2026-03-15"))
    assert draft == Draft(
        "upgrade",
        day("2026-03-15"),
        QUARTER,
        (line("users", users(10), users(20), 10, 1_000_000, 25_000),),
        AT_HOME._replace(category="O", rate=0),
        EUR,
    )


@pytest.mark.parametrize(("amounts", "payable"), [((-1, 2), True), ((-1, 1), False), ((-1, 0), False)])
def test_an_invoice_is_issued_from_a_cent_on(amounts: tuple[int, int], *, payable: bool) -> None:
    """pricing.md 3.1: single lines can be below zero, an invoice can't; one of 0.00 isn't issued."""
    lines = tuple(line("users", users(10), users(10), 1, 0, amount) for amount in amounts)
    assert Draft("upgrade", QUARTER.start, QUARTER, lines, AT_HOME, EUR).payable is payable


def test_a_credit_note_is_the_whole_invoice_with_a_minus() -> None:
    """pricing.md 4.11 and 8, row 13: dated on the day of the withdrawal, 786.50 with VAT."""
    invoice = change(annual(), "2026-03-15", plan="pro", users=20).due_now
    assert invoice is not None
    credit = credit_draft(invoice, day("2026-03-31"))
    assert credit == Draft(
        "credit",
        day("2026-03-31"),
        QUARTER,
        (line("users", users(10), users(20, "pro", 1_800_000), -1, 26_000_000, -65_000),),
        AT_HOME,
        EUR,
    )
    assert (credit.net, credit.tax, credit.total) == (-65_000, -13_650, -78_650)


def test_whole_lines_are_credited_whole() -> None:
    """pricing.md 4.11: each line is credited for what it charged."""
    year = Period(day("2026-07-01"), day("2027-07-01"))
    credit = credit_draft(recurring_draft(annual(), year, CATALOGS, BUYER, year.start), year.start)
    assert [(found.quantity, found.amount, found.before) for found in credit.lines] == [
        (-10, -100_000, None),
        (-2, -50_000, None),
    ]


def test_the_rest_of_a_period_is_billed_where_it_was_cut() -> None:
    """pricing.md 9: billed to an end that was taken back, the rest has the rates of the whole period."""
    contract = annual()._replace(billed_until=day("2026-06-01"))
    due = recurring_drafts(contract, day("2026-07-01"), day("2026-06-15"), later("2026-05-01", starter=120), BUYER)
    assert [money(draft) for draft in due] == [
        ("2026-06-15", "2026-06-01", "2026-07-01", 12_500),
        ("2026-07-01", "2026-07-01", "2027-07-01", 170_000),
    ]
    assert billed_until_after(contract, day("2026-07-01")) == day("2027-07-01")


def test_what_is_due_is_issued_once_for_each_period() -> None:
    """pricing.md 4.3: those that have begun are dated on the day itself, one to come on its own."""
    due = recurring_drafts(monthly(), day("2026-06-01"), day("2026-05-01"), CATALOGS, BUYER)
    assert [money(draft) for draft in due] == [
        ("2026-05-01", "2026-04-01", "2026-05-01", 15_000),
        ("2026-05-01", "2026-05-01", "2026-06-01", 15_000),
        ("2026-06-01", "2026-06-01", "2026-07-01", 15_000),
    ]
    assert billed_until_after(monthly(), day("2026-06-01")) == day("2026-07-01")


def test_before_the_next_period_nothing_is_due() -> None:
    """pricing.md 4.3: what is billed stays billed."""
    assert list(recurring_drafts(monthly(), day("2026-03-31"), day("2026-03-31"), CATALOGS, BUYER)) == []
    assert billed_until_after(monthly(), day("2026-03-31")) == day("2026-04-01")


def test_from_the_end_on_nothing_is_invoiced() -> None:
    """pricing.md 4.10: the last period is cut there, and none follows."""
    contract = monthly()._replace(end=day("2026-06-01"))
    assert list(unbilled_periods(contract)) == [
        Period(day("2026-04-01"), day("2026-05-01")),
        Period(day("2026-05-01"), day("2026-06-01")),
    ]
    assert billed_until_after(contract, day("2030-01-01")) == day("2026-06-01")


whole_states = st.builds(state, st.sampled_from(["starter", "pro"]), st.integers(1, 500), st.integers(0, 50))
sums = st.builds(with_rates, whole_states, st.builds(rates, st.integers(0, 5_000_000), st.integers(0, 5_000_000)))
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(sums, sums, days, st.integers(1, 400), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_every_line_can_be_recomputed(before: Priced, after: Priced, start: date, length: int, currency: str) -> None:
    """pricing.md 3.1: quantity × rate × months / 12 rounded is the amount, and no line is off by half a unit."""
    period = Period(start, date.fromordinal(start.toordinal() + length))
    unit = {"EUR": 100, "JPY": 1, "KWD": 1_000}[currency]
    months = Fraction(*months_between(period.start, period.end).ratio)
    for found in difference_lines(before, after, period, CATALOG._replace(currency=currency)):
        exact = found.quantity * found.rate * months / 12
        assert found.before is not None
        assert found.quantity * found.rate == found.after.fee - found.before.fee
        assert abs(found.amount - exact * unit / 10_000) <= Fraction(1, 2)


@given(sums, sums, days, st.integers(1, 12), st.integers(1, 12))
def test_two_upgrades_cost_what_one_costs(before: Priced, after: Priced, start: date, first: int, then: int) -> None:
    """pricing.md 2.6, 3.1: a stretch cut in two costs the same but for the rounding of lines."""
    cut = add_months(charge_date(start), first)
    end = add_months(cut, then)
    parts = [Period(charge_date(start), cut), Period(cut, end), Period(charge_date(start), end)]
    nets = [sum(found.amount for found in difference_lines(before, after, part, CATALOG)) for part in parts]
    assert abs(nets[0] + nets[1] - nets[2]) <= 3


@given(st.sampled_from([annual(), annual("2026-06-20"), monthly()]), days)
def test_unbilled_periods_are_gapless(contract: Contract, until: date) -> None:
    """pricing.md 4: no stretch is billed twice, and none is missed."""
    expected = contract.billed_until
    for draft in recurring_drafts(contract, until, until, CATALOGS, BUYER):
        assert draft.period.start == expected <= until
        expected = draft.period.end
    assert billed_until_after(contract, until) == expected
    assert expected > until or expected == contract.billed_until
