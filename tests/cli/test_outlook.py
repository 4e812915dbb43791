"""compare and forecast against what ordering and billing then really give; neither of them saves anything."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta

MARCH = "2026-03-15"
DEMO = (("init", "--demo"),)
UPGRADE = ("upgrade", "--plan", "pro", "--users", "20", "--zoom", "3", "--yes")


def space(day, *more, users="10", zoom="2", billing="annual"):
    """Return the commands that make a sandbox on a day with the one space `a`."""
    state = ("--plan", "starter", "--users", users, "--zoom", zoom, "--billing", billing)
    return (("init", "--sandbox", "--today", day), ("space", "add", "a", "--name", "Buyer", *state, *more))


MIDDLE = space("2026-04-10", "--start", "2025-07-01", "--renews-on", "2027-03-15")
LEAP = space("2027-06-10", "--start", "2025-07-01", "--renews-on", "2028-02-29")


class Life:
    """A copy of a store, in which what was foreseen is done."""

    def __init__(self, cli, name):
        self._cli = cli.another(name)
        self._cli.put(cli.bytes)

    def __call__(self, *words):
        return self._cli(*words, "--json")

    def invoices(self):
        """Return all invoices there are, the first one first."""
        items = self("list", "invoices", "--limit", "1000").json["items"]
        return [self("show", item["number"]).json for item in reversed(items)]

    def nets(self, space_):
        items = self("list", "invoices", "--space", space_, "--limit", "1000").json["items"]
        return [Decimal(item["net"]) for item in items]


def later(day, months):
    return (date.fromisoformat(day) + relativedelta(months=months)).isoformat()


def eve(day):
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def days_on(start, months, wanted):
    """Return the day itself, and then each of these days of a month for so many months."""
    first, last = date.fromisoformat(start), date.fromisoformat(later(start, months))
    every = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return [start, *(day.isoformat() for day in every if day.day in wanted)]


def imported(cli, valid_from, *changes):
    """Import the store's catalog anew, from a day on, with other prices."""
    text = cli("catalog", "export").text.replace("2026-01-01", valid_from)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = cli.home / "next.toml"
    file.write_text(text)
    assert cli("catalog", "import", str(file), "--yes").code == 0


# --- forecast ------------------------------------------------------------------------------------------------

LIVES = {
    "annual": (DEMO, "acme", MARCH),
    "monthly": (DEMO, "atelier", MARCH),
    "upgraded": ((*DEMO, UPGRADE), "acme", MARCH),
    "monthly upgraded": ((*DEMO, (*UPGRADE, "--space", "atelier")), "atelier", MARCH),
    "a waiting reduction": ((*DEMO, ("downgrade", "--users", "8", "--yes")), "acme", MARCH),
    "a waiting reduction, and more later": (
        (*DEMO, ("downgrade", "--users", "7", "--zoom", "0", "--yes"), ("upgrade", "--users", "9", "--yes")),
        "acme",
        MARCH,
    ),
    "a waiting switch": ((*DEMO, ("quote", "--billing", "monthly"), ("order", "Q-2026-0001")), "acme", MARCH),
    "a switch in two steps": ((*DEMO, (*UPGRADE, "--billing", "monthly")), "acme", MARCH),
    "to annual": (
        (*DEMO, ("quote", "--billing", "annual", "--space", "atelier"), ("order", "Q-2026-0001")),
        "atelier",
        MARCH,
    ),
    "cancelled": ((*DEMO, ("cancel", "--yes")), "acme", MARCH),
    "cancelled, monthly": ((*DEMO, ("cancel", "--yes", "--space", "atelier")), "atelier", MARCH),
    "arrears": (DEMO, "atelier", "2026-06-20"),
    "arrears of a year": (DEMO, "acme", "2026-08-20"),
    "upcoming": (space(MARCH, "--start", "2026-05-20", billing="monthly"), "a", MARCH),
    "reverse charge": (space(MARCH, "--country", "FR", "--vat-id", "FR40303265045"), "a", MARCH),
}


def check_forecast(cli, space_, day, months, wanted=(1, 15)):
    """Foresee invoices, live through them in a copy, and hold the two against each other."""
    before = cli.bytes
    foreseen = cli("forecast", "--space", space_, "--months", str(months), "--today", day, "--json").json
    assert cli.bytes == before
    life = Life(cli, "lived")
    old = len(life.invoices())
    for today in days_on(day, months, wanted):
        assert life("bill", "--space", space_, "--today", today).code == 0
    lived = life.invoices()[old:]
    keys = [set(draft) - {"space"} for draft in foreseen["invoices"]]
    assert len(foreseen["invoices"]) == len(lived)
    for draft, invoice, compared in zip(foreseen["invoices"], lived, keys, strict=True):
        assert {"date", "period", "lines", "net", "vat", "total", "vat_category"} <= compared
        assert {key: draft[key] for key in compared} == {key: invoice[key] for key in compared}
        assert draft["space"] == invoice["space"] == space_
    for total in ("net", "vat", "total"):
        assert Decimal(foreseen[total]) == sum((Decimal(invoice[total]) for invoice in lived), Decimal(0))
    return foreseen


@pytest.mark.parametrize("name", LIVES)
def test_a_year_as_foreseen(cli, name):
    """A year of bill runs issues these invoices and no others (pricing.md 4.3)."""
    commands, space_, day = LIVES[name]
    check_forecast(cli.prepare(*commands), space_, day, 12)


@pytest.mark.parametrize(
    ("commands", "months", "wanted"),
    [
        ((*MIDDLE, ("quote", "--billing", "monthly"), ("order", "Q-2026-0001")), 14, (1, 15)),
        (LEAP, 70, (28, 29)),
    ],
)
def test_stubs_and_leap_days(cli, commands, months, wanted):
    """The days up to the next first are a period of their own (pricing.md 4.8); 29 February comes back (2.3)."""
    cli.prepare(*commands)
    day = cli("show", "--json").json["date"]
    foreseen = check_forecast(cli, "a", day, months, wanted)
    starts = [draft["period"]["start"] for draft in foreseen["invoices"]]
    if months == 70:
        assert starts == ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29", "2033-02-28"]
    else:
        assert starts == ["2027-03-15", "2027-04-01", "2027-05-01", "2027-06-01"]


def test_a_step_inside_the_year(cli):
    """The annual invoice charges its own fee and the difference from the step on (pricing.md 4.9)."""
    cli.prepare(*MIDDLE, ("upgrade", "--users", "21", "--yes", "--today", "2027-03-10"))
    foreseen = check_forecast(cli, "a", "2027-03-10", 12)
    assert [len(draft["lines"]) for draft in foreseen["invoices"]] == [3]


@pytest.mark.parametrize("space_", ["acme", "atelier"])
def test_an_imported_catalog(demo, space_):
    """Periods that begin when another catalog is in force have its prices (pricing.md 3.4)."""
    imported(demo, "2026-06-15", ('"10.00"', '"11.37"'), ('"100.00"', '"123.4567"'), ("21", "9.5"))
    foreseen = check_forecast(demo, space_, MARCH, 12)
    rates = {line["rate"] for draft in foreseen["invoices"] for line in draft["lines"] if line["item"] == "users"}
    assert rates == ({"123.4567"} if space_ == "acme" else {"10.00", "11.37"})


@pytest.mark.parametrize(
    ("months", "dates"),
    [("1", ["2026-07-01"]), ("2", ["2026-07-01", "2026-08-01"]), ("3", ["2026-07-01", "2026-08-01", "2026-09-01"])],
)
def test_the_last_day_belongs_to_the_months(demo, months, dates):
    """From 1 June, whose invoice is issued, one month reaches 1 July and has its invoice."""
    demo("bill", "--today", "2026-06-01")
    document = demo("forecast", "--space", "atelier", "--months", months, "--json").json
    assert [draft["date"] for draft in document["invoices"]] == dates


@pytest.mark.parametrize("months", ["0", "-1", "121", "1.5", "x", "1e1"])
def test_months_that_are_none(demo, months):
    """One to 120."""
    assert demo("forecast", f"--months={months}", "--json").refusal[:2] == (2, "bad_input")


def test_ten_years(demo):
    """The most that can be asked for."""
    assert len(demo("forecast", "--months", "120", "--json").json["invoices"]) == 10


def test_nothing_to_come(cli):
    """A contract that has ended has no invoices to come."""
    cli.prepare(*DEMO, ("cancel", "--yes"))
    document = cli("forecast", "--json").json
    assert (document["invoices"], document["net"], document["total"]) == ([], "0.00", "0.00")
    title = "Invoices to come for acme, the next 12 months from 15 March 2026\n"
    assert cli("forecast").text == f"{title}\nNone.\n"


def test_a_forecast_whole(demo):
    """Every key."""

    def line(item, description, quantity, rate, amount):
        return {
            "item": item,
            "description": description,
            "quantity": quantity,
            "rate": rate,
            "per": "month",
            "period": {"start": "2026-04-01", "end": "2026-05-01"},
            "months": {"whole": 1, "days": 0, "of": 0},
            "amount": amount,
        }

    assert demo("forecast", "--space", "atelier", "--months", "1", "--json").json == {
        "schema": "forecast/1",
        "date": MARCH,
        "months": 1,
        "space": "atelier",
        "currency": "EUR",
        "invoices": [
            {
                "space": "atelier",
                "kind": "recurring",
                "date": "2026-04-01",
                "period": {"start": "2026-04-01", "end": "2026-05-01"},
                "lines": [
                    line("users", "Starter, 10 users", "10", "10.00", "100.00"),
                    line("zoom", "Zoom licence", "2", "25.00", "50.00"),
                ],
                "net": "150.00",
                "vat_category": "S",
                "vat_rate": "21",
                "vat_note": None,
                "vat": "31.50",
                "total": "181.50",
            }
        ],
        "net": "150.00",
        "vat": "31.50",
        "total": "181.50",
        "open": "0.00",
        "credit": "0.00",
    }


# --- compare -------------------------------------------------------------------------------------------------

CHOICES = ("--plan", "starter", "--plan", "pro", "--users", "8", "--users", "20", "--zoom", "2", "--zoom", "4")
BILLINGS = ("--billing", "monthly", "--billing", "annual")

PLACES = {
    "annual": (DEMO, "acme", MARCH, (*CHOICES, *BILLINGS)),
    "monthly": (DEMO, "atelier", MARCH, (*CHOICES[:8], *BILLINGS)),
    "a waiting reduction": ((*DEMO, ("downgrade", "--users", "7", "--yes")), "acme", MARCH, CHOICES[:8]),
    "a waiting switch": (
        (*DEMO, ("quote", "--billing", "monthly"), ("order", "Q-2026-0001")),
        "acme",
        MARCH,
        (*CHOICES[:8], *BILLINGS),
    ),
    "after an upgrade": ((*DEMO, UPGRADE), "acme", MARCH, (*CHOICES[:8], "--users", "25")),
    "cancelled": ((*DEMO, ("cancel", "--yes")), "acme", MARCH, (*CHOICES[:8], *BILLINGS)),
    "arrears": (DEMO, "atelier", "2026-06-20", (*CHOICES[:8], *BILLINGS)),
    "in the middle": (MIDDLE, "a", "2026-04-10", (*CHOICES[:8], *BILLINGS)),
    "before the renewal": (MIDDLE, "a", "2027-03-10", CHOICES[:8]),
    "limits": (DEMO, "acme", MARCH, ("--plan", "business", "--plan", "enterprise", "--users", "4", "--users", "60")),
}


def year(cli, space_, day, name, option=None):
    """Order an option in a copy and bill up to the eve of a year later: what is due at once, and all of it, net."""
    life = Life(cli, name)
    old = sum(life.nets(space_))
    due = Decimal(0)
    if option is not None:
        wish = [word for key in ("plan", "users", "zoom", "billing") for word in (f"--{key}", str(option[key]))]
        quoted = life("quote", *wish, "--space", space_, "--today", day)
        if option["refused"]:
            assert quoted.refusal[1] == option["refused"]
            return None
        assert quoted.json["kind"] == option["kind"]
        if quoted.json["changed"]:
            ordered = life("order", quoted.json["quote"], "--today", day).json
            due = Decimal(ordered["due_now"]["net"] if ordered["due_now"] else 0)
        last = life("show", "--space", space_, "--today", day).json["price_steps"][-1]
        assert (last["fee"], last["fee_per"]) == (option["fee"], option["fee_per"])
    assert life("bill", "--space", space_, "--today", eve(later(day, 12))).code == 0
    return due, sum(life.nets(space_)) - old


@pytest.mark.parametrize("name", PLACES)
def test_a_year_of_each_choice(cli, name):
    """What is due now and the invoices up to the eve of a year later are `invoiced`; the least cost is the cheapest."""
    commands, space_, day, choices = PLACES[name]
    cli.prepare(*commands)
    before = cli.bytes
    document = cli("compare", *choices, "--space", space_, "--today", day, "--json").json
    assert cli.bytes == before
    costs = []
    for place, option in enumerate(document["options"]):
        lived = year(cli, space_, day, f"choice-{place}", option)
        if lived is None:
            amounts = ("kind", "due_now", "fee", "fee_per", "first_year", "difference", "invoiced")
            assert [option.get(key) for key in amounts] == [None] * len(amounts)
            continue
        assert (Decimal(option["due_now"]), Decimal(option["invoiced"])) == lived
        assert Decimal(option["difference"]) == Decimal(option["first_year"]) - Decimal(document["today"])
        assert lived[0] + sum(Decimal(invoice["net"]) for invoice in option["invoices"]) == lived[1]
        yearly = Decimal(option["fee"]) * (12 if option["fee_per"] == "month" else 1)
        costs.append((Decimal(option["first_year"]), yearly, place))
    assert document["cheapest"] == (min(costs)[2] if costs else None)


def costs_of(cli, *words, space_="acme", day=MARCH):
    """Return what twelve months cost as it is, and of each choice what they cost and what is invoiced."""
    document = cli("compare", *words, "--space", space_, "--today", day, "--json").json
    choices = [(option["first_year"], option["invoiced"]) for option in document["options"]]
    return document["today"], choices, document["cheapest"]


def test_the_cheapest_is_what_costs_least_not_what_is_invoiced_least(demo):
    """150.00 a month are 1800.00 a year: eleven invoices in a window make them no cheaper than 1500.00."""
    assert costs_of(demo, *BILLINGS, space_="atelier") == (
        "1800.00",
        [("1800.00", "1800.00"), ("1500.00", "1500.00")],
        1,
    )
    to_monthly = [("1725.00", "1350.00"), ("1500.00", "1500.00")]
    assert costs_of(demo, *BILLINGS) == ("1500.00", to_monthly, 1)


COSTS = {
    "an upgrade": (DEMO, ("--plan", "pro", "--users", "20"), "acme", MARCH, ("1500.00", [("4100.00", "4750.00")], 0)),
    "a reduction that waits": (DEMO, ("--users", "8"), "acme", MARCH, ("1500.00", [("1350.00", "1300.00")], 0)),
    "up to the end": (
        (*DEMO, ("cancel", "--yes")), ("--users", "20"), "acme", MARCH, ("375.00", [("625.00", "250.00")], 0),
    ),
    "months that are late": (DEMO, ("--users", "9"), "atelier", "2026-06-20", ("1800.00", [("1680.00", "2130.00")], 0)),
    "parts of months": (MIDDLE, ("--users", "13"), "a", "2026-04-10", ("1500.00", [("1800.00", "2061.29")], 0)),
    "of equal costs the lower fee": (
        DEMO, ("--users", "10", "--users", "10", "--billing", "annual"), "acme", MARCH,
        ("1500.00", [("1500.00", "1500.00"), ("1500.00", "1500.00")], 0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COSTS)
def test_what_twelve_months_cost(cli, name):
    """pricing.md 2.6, 3.4: the price steps of the year from the charge date, up to the contract's end."""
    commands, choices, space_, day, costs = COSTS[name]
    assert costs_of(cli.prepare(*commands), *choices, space_=space_, day=day) == costs


def test_of_equal_costs_the_lower_fee_is_the_cheapest(cli):
    """A reduction that waits for longer than the year costs the same; what comes after it decides."""
    cli.prepare(*space("2026-06-02", "--start", "2025-07-01"))
    assert costs_of(cli, "--users", "10", "--users", "8", space_="a", day="2026-06-02") == (
        "1500.00",
        [("1500.00", "1500.00"), ("1500.00", "1500.00")],
        1,
    )


@pytest.mark.parametrize("billing", ["monthly", "annual"])
@pytest.mark.parametrize("issued", [False, True])
def test_on_the_day_of_an_invoice_a_year_has_twelve_months(cli, billing, issued):
    """pricing.md 2.6: whatever is invoiced already; the invoice of today is invoiced, that in a year's time is not."""
    cli.prepare(*space("2026-04-01", "--start", "2025-04-01", "--billed-through", "2026-03-31", billing=billing))
    if issued:
        cli("bill")
    fee = "1800.00" if billing == "monthly" else "1500.00"
    invoiced = {"monthly": "1650.00", "annual": "0.00"}[billing] if issued else fee
    assert costs_of(cli, "--users", "10", space_="a", day="2026-04-01") == (fee, [(fee, invoiced)], 0)


def test_an_imported_catalog_is_compared(demo):
    """Choices have the prices of the days they are for (pricing.md 3.4)."""
    imported(demo, "2026-06-15", ('"100.00"', '"123.4567"'), ('"180.00"', '"90.00"'))
    document = demo("compare", *CHOICES[:4], "--users", "20", "--json").json
    for place, option in enumerate(document["options"]):
        assert (Decimal(option["due_now"]), Decimal(option["invoiced"])) == year(
            demo, "acme", MARCH, f"choice-{place}", option
        )
    assert [option["first_year"] for option in document["options"]] == ["2851.85", "2750.00"]
    assert document["cheapest"] == 1


def test_every_combination_once_in_order(demo):
    """The first option named changes slowest; what isn't named stays as it is today."""
    document = demo("compare", *CHOICES[:8], *BILLINGS, "--json").json
    assert [(each["plan"], each["users"], each["billing"], each["zoom"]) for each in document["options"]] == [
        (plan, users, billing, 2)
        for plan in ("starter", "pro")
        for users in (8, 20)
        for billing in ("monthly", "annual")
    ]


def test_of_equal_choices_the_first_is_the_cheapest(demo):
    """A tie names the first."""
    document = demo("compare", "--users", "12", "--users", "12", "--json").json
    assert document["options"][0] == document["options"][1]
    assert document["cheapest"] == 0


def test_a_plan_that_there_is_not(demo):
    """A mistake is told, not compared."""
    assert demo("compare", "--plan", "pro", "--plan", "por", "--json").refusal == (
        3,
        "not_found",
        "There is no plan 'por'.",
        "Did you mean pro?",
    )


def test_a_contract_that_has_ended(cli):
    """There is nothing left to choose (pricing.md 4.10)."""
    cli.prepare(*DEMO, ("cancel", "--yes"))
    assert cli("compare", "--users", "20", "--today", "2026-07-01", "--json").refusal[:2] == (4, "contract_ended")


def test_support_compares_what_customers_may_not(demo):
    """A plan that the vendor's staff looks after is refused to others, and has amounts for them."""
    words = ("compare", "--plan", "enterprise", "--users", "60", "--json")
    (refused,) = demo(*words).json["options"]
    assert refused["refused"] == "contact_support"
    (allowed,) = demo(*words, "--as-support").json["options"]
    assert (allowed["refused"], allowed["due_now"]) == (None, "5750.00")


def test_a_comparison_whole(demo):
    """Every key."""
    document = demo("compare", "--plan", "pro", "--users", "20", "--users", "5", "--json").json
    assert document == {
        "schema": "compare/1",
        "date": MARCH,
        "space": "acme",
        "currency": "EUR",
        "today": "1500.00",
        "options": [
            {
                "plan": "pro",
                "users": 20,
                "zoom": 2,
                "licences": {"zoom": 2},
                "billing": "annual",
                "kind": "upgrade",
                "due_now": "650.00",
                "fee": "4100.00",
                "fee_per": "year",
                "first_year": "4100.00",
                "difference": "2600.00",
                "invoiced": "4750.00",
                "invoices": [{"date": "2026-07-01", "net": "4100.00"}],
                "refused": None,
            },
            {
                "plan": "pro",
                "users": 5,
                "zoom": 2,
                "licences": {"zoom": 2},
                "billing": "annual",
                "kind": None,
                "due_now": None,
                "fee": None,
                "fee_per": None,
                "first_year": None,
                "difference": None,
                "invoiced": None,
                "invoices": [],
                "refused": "below_active_users",
            },
        ],
        "cheapest": 0,
    }
