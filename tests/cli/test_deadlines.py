"""Deadlines: what is listed, from when on, in which order, and who sees it."""

import pytest

from tests.support.cli import DEMO

LIVED = (
    DEMO,
    ("quote", "--users", "12"),
    ("upgrade", "--space", "atelier", "--users", "20", "--yes"),
    ("bill", "--today", "2026-04-01"),
)


@pytest.fixture
def lived(cli):
    """The demo on 2026-04-01: acme with an open quote, atelier with an invoice and a stale quote."""
    return cli.prepare(*LIVED)


def listed(cli, *words):
    """Return the deadlines as the ID and what stands in some of their keys."""
    return [item["id"] for item in cli("list", "deadlines", *words, "--json").json["items"]]


ALL = [
    "atelier.cancel.2026-04-01",
    "acme.quote.Q-2026-0001",
    "atelier.downgrade.2026-04-30",
    "atelier.invoice.INV-2026-0001",
    "atelier.renewal.2026-05-01",
    "acme.cancel.2026-06-01",
    "acme.downgrade.2026-06-01",
    "acme.renewal.2026-07-01",
]

SCREEN = """\
Date         Space     Deadline             Effect            Number          Total EUR
───────────────────────────────────────────────────────────────────────────────────────
2026-04-01   atelier   last day to cancel   ends 2026-04-30   –                       –
2026-04-14   acme      last day of quote    –                 Q-2026-0001         60.50
2026-04-30   atelier   last day to reduce   from 2026-05-01   –                       –
2026-05-01   atelier   payment due          –                 INV-2026-0001      302.50
2026-05-01   atelier   renews               –                 –                       –
2026-06-01   acme      last day to cancel   ends 2026-06-30   –                       –
2026-06-01   acme      last day to reduce   from 2026-07-01   –                       –
2026-07-01   acme      renews               –                 –                       –
"""

CSV = """\
id,space,name,date,kind,number,effective,last_day,amount,currency
acme.quote.Q-2026-0001,acme,Acme,2026-04-14,quote,Q-2026-0001,,,60.50,EUR
acme.cancel.2026-06-01,acme,Acme,2026-06-01,cancel,,,2026-06-30,,EUR
acme.downgrade.2026-06-01,acme,Acme,2026-06-01,downgrade,,2026-07-01,,,EUR
acme.renewal.2026-07-01,acme,Acme,2026-07-01,renewal,,,,,EUR
"""


def test_the_whole_screen(lived):
    """Soonest first, whatever the space."""
    assert lived("list", "deadlines").text == SCREEN


def test_as_csv(lived):
    """A line each, with all that is known."""
    assert lived("list", "deadlines", "--space", "acme", "--format", "csv").text == CSV


def test_as_json(lived):
    """The store's currency stands above the items, and nothing is said of a limit that wasn't given."""
    assert lived("list", "deadlines", "--kind", "quote", "--json").json == {
        "schema": "list/1",
        "kind": "deadlines",
        "currency": "EUR",
        "items": [
            {
                "id": "acme.quote.Q-2026-0001",
                "space": "acme",
                "name": "Acme",
                "date": "2026-04-14",
                "kind": "quote",
                "number": "Q-2026-0001",
                "effective": None,
                "last_day": None,
                "amount": "60.50",
                "currency": "EUR",
            }
        ],
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), ALL),
        (("--space", "acme"), [ALL[1], *ALL[5:]]),
        (("--kind", "renewal"), [ALL[4], ALL[7]]),
        (("--until", "2026-04-30"), ALL[:3]),
        (("--since", "2026-05-01", "--until", "2026-05-01"), ALL[3:5]),
        (("--since", "2026-07-02"), []),
        (("--kind", "end"), []),
        (("--kind", "invoice", "--today", "2026-05-01"), [ALL[3]]),
        (("--kind", "invoice", "--today", "2026-05-02"), []),
        (("--kind", "invoice", "--today", "2026-05-02", "--since", "1970-01-01"), [ALL[3]]),
    ],
)
def test_what_is_listed(lived, words, expected):
    """From today on, unless another day is named; of one space, of one kind, up to a day."""
    assert listed(lived, *words) == expected


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("7", "Only the first 7 are shown; --limit N shows more.\n"),
        ("8", ""),
        ("1", "Only the first is shown; --limit N shows more.\n"),
    ],
)
def test_a_limit_takes_the_soonest(lived, limit, said):
    """`more`, where --limit was given; a table says it on stderr."""
    found = lived("list", "deadlines", "--limit", limit, "--json").json
    assert ([item["id"] for item in found["items"]], found["more"]) == (ALL[: int(limit)], bool(said))
    assert lived("list", "deadlines", "--limit", limit).err == said


def test_many_spaces_in_order(cli):
    """More than two pages of spaces: each deadline once, by its day and then by its space; the limit's are the same."""
    cli.sandbox("2026-03-15")
    rows = "".join(f"s{place:04},Kunde {place},pro,2,annual,2026-{place % 9 + 4:02}-01\n" for place in range(2100))
    (cli.home / "spaces.csv").write_text("id,name,plan,users,billing,start\n" + rows)
    assert cli("space", "import", str(cli.home / "spaces.csv")).code == 0
    found = cli("list", "deadlines", "--json").json["items"]
    keys = [(item["date"], item["space"], item["kind"]) for item in found]
    assert (keys, len(set(keys))) == (sorted(keys), 3 * 2100)
    assert cli("list", "deadlines", "--limit", "700", "--json").json["items"] == found[:700]


def test_what_was_credited_is_not_to_be_paid(cli):
    """An upgrade invoice, and nothing more once it is credited: a credit note has no due date."""
    cli.prepare(DEMO, ("upgrade", "--users", "20", "--yes"))
    assert listed(cli, "--kind", "invoice") == ["acme.invoice.INV-2026-0001"]
    assert cli("withdraw", "O-2026-0001", "--yes").code == 0
    assert listed(cli, "--kind", "invoice") == []


def test_a_cancelled_contract_ends_and_does_not_renew(cli):
    """The last day of use takes the place of what can't be reached any more; after it nothing is left."""
    cli.prepare(DEMO, ("cancel", "--space", "atelier", "--yes"))
    one = ("--space", "atelier")
    reducing = ["atelier.downgrade.2026-03-31", "atelier.renewal.2026-04-01"]
    assert listed(cli, *one) == [*reducing, "atelier.end.2026-04-30"]
    assert listed(cli, *one, "--today", "2026-04-01") == ["atelier.end.2026-04-30"]
    assert listed(cli, *one, "--today", "2026-05-01") == []


def test_a_contract_that_has_not_begun(cli):
    """Before its start it can be cancelled up to the eve, and then never starts."""
    add = ("space", "add", "new", "--name", "New", "--plan", "pro", "--users", "2", "--start", "2026-05-10")
    cli.sandbox("2026-03-15", add)
    items = cli("list", "deadlines", "--json").json["items"]
    assert [(item["id"], item["effective"], item["last_day"]) for item in items] == [
        ("new.cancel.2026-05-09", None, None),
        ("new.downgrade.2026-05-31", "2026-06-01", None),
        ("new.renewal.2026-07-01", None, None),
    ]
    assert cli("cancel", "--yes").code == 0
    assert listed(cli) == []
