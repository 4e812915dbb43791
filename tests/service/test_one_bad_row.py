"""One row that can't be read stops nothing for all others: a bill run goes on, and what streams over all names it.

Whoever administers a space may write some of these on a server with psql, and a damaged file may hold any of them.
"""

import json

import pytest

from tests.support.stores import LIFE

DEBITED = (
    ("space", "set", "atelier", "--iban", "NL91ABNA0417164300", "--payment", "direct-debit"),
    ("mandate", "add", "M-1", "--space", "atelier", "--signed", "2026-03-01", "--iban", "NL91ABNA0417164300"),
)
LIVED = (
    *LIFE[:-1],
    *((*words, "--today", "2026-05-15") for words in DEBITED),
    ("pay", "INV-2026-0001", "--amount", "5", "--yes"),
    ("remind", "--yes", "--today", "2026-06-10"),
    ("collect", "{home}/first.xml", "--yes", "--today", "2026-06-10"),
)
LATER = ("--today", "2026-08-01")

STEPS = {
    "licences that are a list": "licences = '[]'",
    "licences that are no JSON": "licences = 'x'",
    "licences counted in words": """licences = '{"zoom":"5"}'""",
    "licences counted in a list": """licences = '{"zoom":[1]}'""",
    "a part of a licence": """licences = '{"zoom":1.5}'""",
    "a licence that is true": """licences = '{"zoom":true}'""",
    "more licences than can be read": f"""licences = '{{"zoom":{"9" * 5000}}}'""",
    "licences deeper than a reader goes": f"""licences = '{'{"a":' * 3000}1{"}" * 3000}'""",
    "licences that nobody sells": """licences = '{"fax":5}'""",
    "more licences than can be summed": f"""licences = '{{"zoom":{10**15}}}'""",
    "more licences than can be rounded": f"""licences = '{{"zoom":{10**40}}}'""",
    "rates of nothing": "rates = '{}'",
    "rates in words": """rates = '{"users":"5","zoom":1}'""",
    "rates that are none": """rates = '{"users":null,"zoom":1}'""",
    "a plan that nobody sells": "plan = 'nope'",
    "a billing that there is not": "billing = 'weekly'",
    "a renewal date that is none": "anchor = '2026-13-01'",
    "a start that is no day": "start = '0000-00-00'",
}
CONTRACTS = {
    "an end that is no day": "\"end\" = 'x'",
    "a billed day that is none": "billed_until = '2026-02-30'",
    "a billed day before all days": "billed_until = '0000'",
    "a start that is no day": "start = 'x'",
    "an entry on no day": "entered_on = 'x'",
}
NOT_BILLED = {
    **{
        what: f"UPDATE steps SET {change} WHERE space = 'acme' AND start > '2026'"
        for what, change in STEPS.items()
        if what != "a start that is no day"
    },
    "a step that starts on no day": "UPDATE steps SET start = '0000-00-00' WHERE space = 'acme' AND start < '2026'",
    **{
        f"{what} of a contract": f"UPDATE contracts SET {change} WHERE space = 'acme'"
        for what, change in CONTRACTS.items()
    },
    "no step": "DELETE FROM steps WHERE space = 'acme'",
}
OTHERS = {
    "an invoice of no day": "UPDATE invoices SET date = 'x' WHERE space = 'acme'",
    "an invoice that is due on no day": "UPDATE invoices SET due_date = 'x' WHERE space = 'acme'",
    "an invoice that is never due": "UPDATE invoices SET due_date = NULL WHERE space = 'acme'",
    "an invoice of another kind": "UPDATE invoices SET kind = 'x' WHERE space = 'acme'",
    "invoices of more than can be summed": f"UPDATE invoices SET total = {2**63 - 1} WHERE space = 'acme'",
    "a payment of parts that are none": "UPDATE payments SET parts = 'x'",
    "a payment of parts that are many": "UPDATE payments SET parts = '[[1]]'",
    "a payment on no day": "UPDATE payments SET date = 'x'",
    "a payment of another kind": "UPDATE payments SET kind = 'x'",
    "a payment by other means": "UPDATE payments SET method = 'x'",
    "a withdrawal on no day": "UPDATE withdrawals SET date = 'x'",
    "a mandate signed on no day": "UPDATE mandates SET signed = 'x'",
    "a reminder of nothing": "UPDATE reminders SET items = '{}'",
    "a reminder of a list": "UPDATE reminders SET items = '[[1]]'",
    "a collection of nothing": "UPDATE collections SET items = '{}'",
    "a collection on no day": "UPDATE collections SET debit_on = 'x'",
    "a buyer that is gone": "DELETE FROM buyers WHERE id = (SELECT buyer FROM spaces WHERE id = 'acme')",
    "an order of no change": "UPDATE orders SET document = '{}' WHERE space = 'acme'",
    "a quote of no change": "UPDATE quotes SET document = '{}' WHERE space = 'acme'",
}
STREAMED = {
    **{
        what: NOT_BILLED[what]
        for what in (
            "licences that are no JSON",
            "licences counted in a list",
            "licences deeper than a reader goes",
            "rates of nothing",
            "a billing that there is not",
            "an end that is no day of a contract",
            "no step",
        )
    },
    **OTHERS,
}
STREAMS = (
    ("remind", "--yes"),
    ("collect", "{home}/second.xml", "--yes"),
    ("owed",),
    *(
        ("list", what)
        for what in ("spaces", "quotes", "orders", "invoices", "deadlines", "payments", "collections", "reminders")
    ),
    ("mandate", "list"),
    ("journal",),
    ("export",),
    ("check",),
)
WRITERS = 2
"""So many of them write, those in front."""


@pytest.fixture
def lived(cli):
    """A store with two contracts to bill, reminders, a payment and a collection."""
    return cli.prepare(
        ("init", "--demo"),
        *(tuple(word.replace("{home}", str(cli.keeper.folder)) for word in words) for words in LIVED),
    )


def ran(cli, *words):
    """Return the result of a command on a later day, and what it or its refusal says."""
    done = cli(*(word.replace("{home}", str(cli.home)) for word in words), *LATER, "--json")
    return done, json.loads(done.out or done.err)


def issued(document):
    """Return what a bill run issued of the space whose rows are sound."""
    return [(item["period"], item["net"], item["total"]) for item in document["issued"] if item["space"] == "atelier"]


@pytest.mark.parametrize("what", NOT_BILLED)
def test_a_bill_run_goes_on_for_the_others(lived, what):
    """pricing.md 7.4: the contract that fails is named, once for people and once in the history."""
    _, expected = ran(lived, "bill", "--dry-run")
    lived.tamper(NOT_BILLED[what], checks=False)
    done, document = ran(lived, "bill")
    assert (done.code, json.loads(done.err)["error"]["message"]) == (4, "1 contract was refused: acme.")
    why = "not_found" if "nobody sells" in what else "store_damaged"
    assert [(each["space"], each["error"]["code"]) for each in document["failed"]] == [("acme", why)]
    assert issued(document) == issued(expected)
    assert len(issued(document)) > 1


@pytest.mark.parametrize("statement", STREAMED.values(), ids=STREAMED)
def test_what_streams_over_all_says_what_is_damaged(lived, statement):
    """safety.md: it goes on without it, or is refused as damaged; it is no bug, and nothing is half done."""
    sound = lived.bytes
    for place, words in enumerate(STREAMS):
        if place <= WRITERS:  # on a store of its own each: one that was refused in the midst of rows still reads it
            lived = lived.another(f"{place}")
            lived.put(sound)
            lived.tamper(statement, checks=False)
        done, document = ran(lived, *words)
        error = json.loads(done.err)["error"]["code"] if done.err else ""
        assert (words, done.code, error) in (
            (words, 0, ""),
            (words, 4, "nothing_to_collect"),
            (words, 8, "store_damaged"),
            (words, 8, "check_failed"),
        ), done.err
        assert document


def test_a_space_that_is_gone_is_not_reminded(lived):
    """payments.md 9.7: a reminder is to somebody."""
    lived.tamper("DELETE FROM spaces WHERE id = 'atelier'")
    done, document = ran(lived, "remind", "--yes")
    assert (done.code, document["error"]["code"]) == (8, "store_damaged")
    assert "the space atelier is gone" in document["error"]["message"]
