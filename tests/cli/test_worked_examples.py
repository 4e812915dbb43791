"""The worked examples of pricing.md 8, through the command line, to the day and to the cent."""

import pytest

Words = tuple[str, ...]

USERS_20 = ("upgrade", "--users", "20")
PRO_20 = ("upgrade", "--plan", "pro", "--users", "20")
JULY = "2026-07-01"


def space_add(*more: str) -> Words:
    """Return the command that enters the contract of the examples: starter, 10 users, 2 licences."""
    start = ("space", "add", "acme", "--name", "Acme", "--plan", "starter", "--users", "10", "--zoom", "2")
    return (*start, "--start", "2025-07-01", *more)


def annual(renews_on: str) -> Words:
    return space_add("--billing", "annual", "--renews-on", renews_on)


def order(cli, day, words):
    """Order a change on a day and return of it what the examples name."""
    document = cli(*words, "--yes", "--today", day, "--json").json
    assert (document["date"], document["changed"], document["catch_up"]) == (day, True, [])
    return {
        "kind": document["kind"],
        "price from": document["price_from"],
        "due now": invoice(document["due_now"]),
        "next": recurring(document["next_invoice"]),
    }


def invoice(draft):
    """Return an upgrade invoice as net, VAT, total, period and months."""
    if draft is None:
        return None
    months = [line["months"] for line in draft["lines"]]
    assert all(one == months[0] for one in months)
    whole, days, of = months[0].values()
    period = (draft["period"]["start"], draft["period"]["end"])
    return (draft["net"], draft["vat"], draft["total"], *period, f"{whole} + {days}/{of}" if of else str(whole))


def recurring(draft):
    """Return a recurring invoice as its day, its period and its net."""
    return (draft["date"], draft["period"]["start"], draft["period"]["end"], draft["net"])


def up(price_from, due_now, following):
    return {"kind": "upgrade", "price from": price_from, "due now": due_now, "next": following}


def down(price_from, following):
    return {"kind": "downgrade", "price from": price_from, "due now": None, "next": following}


def year(net: str, start: str = JULY) -> tuple[str, str, str, str]:
    """Return the recurring invoice of the year that begins on a day."""
    return (start, start, f"{int(start[:4]) + 1}{start[4:]}", net)


EXAMPLES = [
    pytest.param(
        annual(JULY),
        [
            (
                "2026-03-15",
                PRO_20,
                up("2026-04-01", ("650.00", "136.50", "786.50", "2026-04-01", JULY, "3"), year("4100.00")),
            )
        ],
        year("4100.00"),
        id="row 1: annual, pro and 20 users, three months to the renewal",
    ),
    pytest.param(
        space_add("--billing", "monthly"),
        [("2026-03-15", PRO_20, up("2026-04-01", None, ("2026-04-01", "2026-04-01", "2026-05-01", "410.00")))],
        ("2026-04-01", "2026-04-01", "2026-05-01", "410.00"),
        id="row 2: monthly, nothing now, April carries the new price",
    ),
    pytest.param(
        annual(JULY),
        [
            (
                "2026-03-01",
                ("upgrade", "--users", "11"),
                up("2026-04-01", ("25.00", "5.25", "30.25", "2026-04-01", JULY, "3"), year("1600.00")),
            )
        ],
        year("1600.00"),
        id="row 3: a change on a first is charged from the next first",
    ),
    pytest.param(
        annual(JULY),
        [("2026-06-15", USERS_20, up(JULY, None, year("2500.00")))],
        year("2500.00"),
        id="row 4: in the last month nothing is due, the renewal has the new price",
    ),
    pytest.param(
        annual("2027-03-15"),
        [
            (
                "2026-04-20",
                ("upgrade", "--users", "13"),
                up(
                    "2026-05-01",
                    ("261.29", "54.87", "316.16", "2026-05-01", "2027-03-15", "10 + 14/31"),
                    year("1800.00", "2027-03-15"),
                ),
            )
        ],
        year("1800.00", "2027-03-15"),
        id="row 5: a renewal in the middle of a month, 10 + 14/31 months",
    ),
    pytest.param(
        annual(JULY),
        [("2026-06-01", ("downgrade", "--users", "8"), down(JULY, year("1300.00")))],
        year("1300.00"),
        id="row 6: a reduction on the last day of the notice",
    ),
    pytest.param(
        annual(JULY),
        [("2026-06-02", ("downgrade", "--users", "8"), down("2027-07-01", year("1300.00", "2027-07-01")))],
        year("1500.00"),
        id="row 7: a reduction a day too late waits a year, the renewal still has the old price",
    ),
    pytest.param(
        annual(JULY),
        [
            ("2026-02-10", ("downgrade", "--users", "6"), down(JULY, year("1100.00"))),
            ("2026-03-15", ("upgrade", "--users", "9"), up(JULY, None, year("1400.00"))),
        ],
        year("1400.00"),
        id="row 8: up again while 10 are paid for costs nothing",
    ),
    pytest.param(
        annual(JULY),
        [
            (
                "2026-03-15",
                USERS_20,
                up("2026-04-01", ("250.00", "52.50", "302.50", "2026-04-01", JULY, "3"), year("2500.00")),
            ),
            (
                "2026-03-20",
                ("upgrade", "--users", "30"),
                up("2026-04-01", ("250.00", "52.50", "302.50", "2026-04-01", JULY, "3"), year("3500.00")),
            ),
        ],
        year("3500.00"),
        id="row 9: a second upgrade costs its own difference",
    ),
    pytest.param(
        annual("2026-06-20"),
        [("2026-06-15", USERS_20, up(JULY, None, year("2469.44", "2026-06-20")))],
        year("2469.44", "2026-06-20"),
        id="row 10: the renewal comes first and contains the step, 11 + 19/30 months of it",
    ),
    pytest.param(
        space_add("--billing", "monthly"),
        [
            (
                "2026-03-15",
                ("upgrade", "--billing", "annual"),
                {**up("2026-04-01", None, year("1500.00", "2026-04-01")), "kind": "billing"},
            )
        ],
        year("1500.00", "2026-04-01"),
        id="row 15: monthly to annual, a year from the charge date",
    ),
    pytest.param(
        annual(JULY),
        [
            (
                "2026-03-15",
                ("upgrade", "--billing", "monthly", "--users", "20"),
                up(
                    "2026-04-01",
                    ("250.00", "52.50", "302.50", "2026-04-01", JULY, "3"),
                    (JULY, JULY, "2026-08-01", "250.00"),
                ),
            )
        ],
        (JULY, JULY, "2026-08-01", "250.00"),
        id="row 16: to monthly with 20 users, annual up to July",
    ),
]


@pytest.mark.parametrize(("contract", "changes", "then"), EXAMPLES)
def test_a_worked_example_comes_out_to_the_cent(cli, contract, changes, then):
    """pricing.md 8: price from, due now, the first invoice with the new price, and then the contract's next one."""
    cli.sandbox(changes[0][0], contract)
    for day, words, expected in changes:
        assert order(cli, day, words) == expected
    assert recurring(cli("show", "--json").json["next_invoice"]) == then


def test_the_invoice_of_row_10_bills_the_year_and_the_step_in_it(cli):
    """pricing.md 4.9: the renewal bills its own fee for the year, and 1000 × (11 + 19/30) / 12 from the step on."""
    cli.sandbox("2026-06-15", annual("2026-06-20"))
    document = cli("quote", *USERS_20[1:], "--dry-run", "--json").json
    months = {"whole": 11, "days": 19, "of": 30}
    whole = {"whole": 12, "days": 0, "of": 0}
    year_period = {"start": "2026-06-20", "end": "2027-06-20"}
    rest = {"start": "2026-07-01", "end": "2027-06-20"}
    assert document["next_invoice"] == {
        "kind": "recurring",
        "date": "2026-06-20",
        "period": year_period,
        "lines": [
            {
                "item": "users",
                "description": "Starter, 10 users",
                "quantity": "10",
                "rate": "100.00",
                "per": "year",
                "period": year_period,
                "months": whole,
                "amount": "1000.00",
            },
            {
                "item": "zoom",
                "description": "Zoom licence",
                "quantity": "2",
                "rate": "250.00",
                "per": "year",
                "period": year_period,
                "months": whole,
                "amount": "500.00",
            },
            {
                "item": "users",
                "description": "Starter, 10 users more",
                "quantity": "10",
                "rate": "100.00",
                "per": "year",
                "period": rest,
                "months": months,
                "amount": "969.44",
                "fee_before": "1000.00",
                "fee_after": "2000.00",
            },
        ],
        "net": "2469.44",
        "vat_category": "S",
        "vat_rate": "21",
        "vat_note": None,
        "vat": "518.58",
        "total": "2988.02",
    }


def test_row_16_has_two_waiting_steps(cli):
    """pricing.md 8 row 16: 20 users at the annual price from April, and by the month from July on."""
    cli.sandbox("2026-03-15", annual(JULY))
    assert cli("upgrade", "--billing", "monthly", "--users", "20", "--yes").code == 0
    state = {"plan": "starter", "zoom": 2}
    assert cli("show", "--json").json["price_steps"] == [
        {"start": "2025-07-01", **state, "users": 10, "billing": "annual", "fee": "1500.00", "fee_per": "year"},
        {"start": "2026-04-01", **state, "users": 20, "billing": "annual", "fee": "2500.00", "fee_per": "year"},
        {"start": JULY, **state, "users": 20, "billing": "monthly", "fee": "250.00", "fee_per": "month"},
    ]
