"""Quotes and their orders: what holds, until when, and what makes a quote stale (pricing.md 6)."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subctl.service.catalogs import built_in


def quoted(cli, *words, day=None):
    """Save a quote and return its document."""
    today = ("--today", day) if day else ()
    return cli("quote", *words, *today, "--json").json


def again(words):
    """Return the hint that asks for the same change again."""
    return f"Ask for a new one: subctl quote --space acme {words}"


def stale(why, words="--users 20"):
    return (5, "quote_stale", f"The quote Q-2026-0001 no longer fits: {why}.", again(words))


@pytest.fixture
def at_short_notice(tmp_path):
    """A catalog file whose seller may raise prices from one day to the next."""
    file = tmp_path / "first.toml"
    file.write_text(built_in().decode().replace("[policy]\n", "[policy]\nrise_notice_months = 0\n"))
    return str(file)


def import_catalog(cli, valid_from, imported_on, factor):
    """Import a catalog in which everything costs `factor` times as much."""

    def changed(price):
        return f"{price[1]}{Decimal(price[2]) * Decimal(factor)}"

    text = re.sub(r'((?:monthly|annual) = ")([0-9.]+)', changed, cli("catalog", "export").text)
    file = cli.home / "next.toml"
    file.write_text(re.sub(r"(?m)^valid_from = .*", f"valid_from = {valid_from}", text))
    words = ("catalog", "import", str(file), "--yes", "--today", imported_on, "--json")
    assert cli(*words).json["changed"] is True


# --- saving ------------------------------------------------------------------------------------------------


def test_the_same_quote_on_the_same_day_is_the_same(demo):
    """pricing.md 6.1: asked for twice it is one, and the store is as after the first time."""
    first = quoted(demo, "--users", "20")
    before = demo.bytes
    assert quoted(demo, "--users", "20") == first
    assert quoted(demo, "--users", "20", "--plan", "starter", "--billing", "annual") == first
    assert demo.bytes == before
    less = [demo("quote", "--users", "8").out for _ in range(2)]  # what it takes away is said the second time too
    assert less[0] == less[1]


def test_another_wish_day_space_or_contract_is_another_quote(demo):
    """pricing.md 6.1: what differs gets a number of its own."""
    numbers = [quoted(demo, "--users", users)["quote"] for users in ("20", "21", "20")]
    numbers.append(quoted(demo, "--users", "20", "--space", "atelier")["quote"])
    numbers.append(quoted(demo, "--users", "20", day="2026-03-16")["quote"])
    demo("upgrade", "--zoom", "3", "--yes")
    numbers.append(quoted(demo, "--users", "20")["quote"])
    assert numbers == [f"Q-2026-{place:04d}" for place in (1, 2, 1, 3, 4, 5)]


def test_a_quote_writes_nothing_but_itself(demo):
    """pricing.md 6.1: the contract stays as it was; the page names the open quote."""
    before = demo("show", "--json").json
    quoted(demo, "--plan", "pro", "--users", "20")
    assert demo("show", "--json").json == {**before, "open_quotes": ["Q-2026-0001"]}
    assert demo("list", "orders", "--json").json["items"] == []
    assert demo("list", "invoices", "--json").json["items"] == []


def test_of_what_is_already_so_there_is_no_quote(demo):
    """pricing.md 4: nothing changes, nothing is saved."""
    before = demo.bytes
    document = quoted(demo, "--users", "10")
    assert (document["kind"], document["changed"], document["quote"], document["valid_until"]) == (
        "none",
        False,
        None,
        None,
    )
    assert demo.bytes == before


@pytest.mark.parametrize(
    ("day", "words", "price_from", "valid_until"),
    [
        ("2026-03-15", ("--users", "20"), "2026-04-01", "2026-04-14"),
        ("2026-06-15", ("--users", "20"), "2026-07-01", "2026-06-30"),
        ("2026-03-15", ("--users", "8"), "2026-07-01", "2026-04-14"),
        ("2026-05-15", ("--users", "8"), "2026-07-01", "2026-06-01"),
        ("2026-06-01", ("--users", "8"), "2026-07-01", "2026-06-01"),
        ("2026-06-02", ("--users", "8"), "2027-07-01", "2026-06-30"),
        ("2026-05-15", ("--billing", "monthly"), "2026-07-01", "2026-06-01"),
        ("2026-05-15", ("--billing", "monthly", "--users", "20"), "2026-06-01", "2026-06-14"),
        ("2026-03-15", ("--users", "20", "--space", "atelier"), "2026-04-01", "2026-04-14"),
        ("2026-03-15", ("--users", "8", "--space", "atelier"), "2026-04-01", "2026-03-31"),
        ("2026-03-31", ("--users", "8", "--space", "atelier"), "2026-04-01", "2026-03-31"),
        ("2026-03-01", ("--users", "8", "--space", "atelier"), "2026-04-01", "2026-03-31"),
        ("2026-03-15", ("--billing", "annual", "--space", "atelier"), "2026-04-01", "2026-03-31"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_until_when_a_quote_holds(demo, day, words, price_from, valid_until):
    """pricing.md 6.1: 30 days, but a reduction or a change of billing no longer than its price's day stays."""
    document = demo("quote", *words, "--dry-run", "--today", day, "--json").json
    assert (document["price_from"], document["valid_until"]) == (price_from, valid_until)


def test_how_long_a_quote_holds_is_the_catalogs_to_say(cli, catalog_file):
    """pricing.md 6.1: the catalog's policy names the days."""
    file = catalog_file(quote_days="5")
    add = ("space", "add", "a", "--name", "A", "--plan", "starter", "--users", "10", "--start", "2026-01-01")
    cli.prepare(("init", "--sandbox", "--today", "2026-03-15", "--catalog", file), add)
    assert quoted(cli, "--users", "20")["valid_until"] == "2026-03-20"


# --- ordering ----------------------------------------------------------------------------------------------


def test_an_ordered_quote_is_what_was_shown(demo):
    """pricing.md 6.2: the same document, with the numbers of what was issued."""
    saved = quoted(demo, "--plan", "pro", "--users", "20")
    ordered = demo("order", "Q-2026-0001", "--json").json
    numbers = {"order": "O-2026-0001", "invoice": "INV-2026-0001", "issued": ["INV-2026-0001"]}
    assert ordered == {**saved, **numbers}
    assert demo("show", "O-2026-0001", "--json").json["quote"] == "Q-2026-0001"
    assert [item["status"] for item in demo("list", "quotes", "--json").json["items"]] == ["ordered"]


def test_ordering_twice_is_ordering_once(demo):
    """pricing.md 6.3: the same order again, unchanged, on a later day and with any --expect too."""
    quoted(demo, "--users", "20")
    first = demo("order", "Q-2026-0001", "--json").json
    before = demo.bytes
    for more in ((), ("--expect", "302.50"), ("--expect", "9.99"), ("--today", "2027-03-15"), ("--dry-run",)):
        assert demo("order", "q-2026-0001", *more, "--json").json == {**first, "changed": False}
    assert demo.bytes == before


def test_a_dry_run_of_an_order_writes_nothing(demo):
    """pricing.md 6: the same document without the numbers that it would give."""
    saved = quoted(demo, "--users", "20")
    before = demo.bytes
    assert demo("order", "Q-2026-0001", "--dry-run", "--json").json == saved
    assert demo.bytes == before


def test_a_later_order_costs_less_because_fewer_months_remain(demo):
    """pricing.md 6.2: ordered in April it is charged from May on, two months instead of three."""
    assert quoted(demo, "--users", "20")["due_now"]["total"] == "302.50"
    assert demo("order", "Q-2026-0001", "--today", "2026-04-10", "--expect", "302.50", "--json").refusal == (
        5,
        "expectation_failed",
        "201.67 EUR would be due now, not 302.50.",
        "Look at the preview, then order with the right --expect.",
    )
    ordered = demo("order", "Q-2026-0001", "--today", "2026-04-10", "--expect", "201.67", "--json").json
    assert (ordered["date"], ordered["price_from"], ordered["due_now"]["net"]) == ("2026-04-10", "2026-05-01", "166.67")


def test_the_last_day_of_a_quote_and_the_day_after(demo):
    """pricing.md 6.1, 6.2: valid until that day, inclusive; a day later it expired."""
    assert quoted(demo, "--users", "20")["valid_until"] == "2026-04-14"
    expired = (5, "quote_expired", "The quote Q-2026-0001 was valid until 2026-04-14.", again("--users 20"))
    assert demo("order", "Q-2026-0001", "--today", "2026-04-15", "--json").refusal == expired
    assert demo("show", "--json").json["open_quotes"] == ["Q-2026-0001"]
    assert demo("order", "Q-2026-0001", "--today", "2026-04-14", "--json").json["order"] == "O-2026-0001"


def test_another_order_makes_a_quote_stale(demo):
    """pricing.md 6.2: whatever was ordered in between, even the very same."""
    quoted(demo, "--users", "20")
    demo("upgrade", "--users", "20", "--yes")
    assert demo("order", "Q-2026-0001", "--json").refusal == stale("the contract was changed after it")
    assert demo("show", "--json").json["open_quotes"] == []


def test_an_order_of_another_space_makes_nothing_stale(demo):
    """pricing.md 6.2: only the quote's own contract counts."""
    quoted(demo, "--users", "20")
    demo("upgrade", "--users", "20", "--space", "atelier", "--yes")
    assert demo("order", "Q-2026-0001", "--json").json["order"] == "O-2026-0002"


def test_what_changes_nothing_and_what_is_refused_make_nothing_stale(demo):
    """pricing.md 6.2: only an order, a cancellation or a withdrawal does."""
    quoted(demo, "--users", "20")
    demo("upgrade", "--users", "10", "--yes")
    demo("downgrade", "--users", "3", "--yes")
    quoted(demo, "--users", "30")
    assert demo("order", "Q-2026-0001", "--json").json["order"] == "O-2026-0001"


def test_an_annual_quote_ends_on_the_eve_of_the_renewal_date(demo):
    """pricing.md 6.1: on the eve it still holds, on the renewal date no more."""
    assert quoted(demo, "--users", "20", day="2026-06-15")["valid_until"] == "2026-06-30"
    code, error, message, _ = demo("order", "Q-2026-0001", "--today", "2026-07-01", "--json").refusal
    assert (code, error, message) == (5, "quote_expired", "The quote Q-2026-0001 was valid until 2026-06-30.")
    assert demo("order", "Q-2026-0001", "--today", "2026-06-30", "--json").json["due_now"] is None


def test_a_new_month_makes_no_monthly_quote_stale(demo):
    """pricing.md 6.2: a monthly upgrade holds over the month's end, and is charged a month later."""
    assert quoted(demo, "--users", "20", "--space", "atelier")["price_from"] == "2026-04-01"
    ordered = demo("order", "Q-2026-0001", "--today", "2026-04-10", "--json").json
    assert (ordered["price_from"], ordered["due_now"], ordered["issued"]) == ("2026-05-01", None, ["INV-2026-0001"])
    assert [(draft["net"], draft["period"]) for draft in ordered["catch_up"]] == [
        ("150.00", {"start": "2026-04-01", "end": "2026-05-01"})
    ]


@pytest.mark.parametrize(
    ("country", "vat_id", "holds"),
    [("NL", None, True), ("BE", None, True), ("BE", "BE0428759497", False), ("US", None, False)],
)
def test_another_vat_makes_a_quote_stale(demo, country, vat_id, holds):
    """pricing.md 6.2: the category or the rate; a new address with the same VAT changes nothing."""
    quoted(demo, "--users", "20")
    moved = ("--address", "Elsewhere 1", "--country", country, "--vat-id", vat_id or "")
    assert demo("space", "set", "acme", *moved).code == 0
    ordered = demo("order", "Q-2026-0001", "--json")
    if holds:
        assert ordered.json["due_now"]["total"] == "302.50"
    else:
        assert ordered.refusal == stale("the VAT has changed")


def test_expired_is_said_before_stale(demo):
    """pricing.md 6.2: in this order."""
    quoted(demo, "--users", "20")
    demo("upgrade", "--zoom", "3", "--yes")
    assert demo("order", "Q-2026-0001", "--today", "2026-07-01", "--json").refusal[1] == "quote_expired"


@pytest.mark.parametrize(
    ("commands", "day", "status"),
    [
        ([], "2026-04-14", "open"),
        ([], "2026-04-15", "expired"),
        ([("order", "Q-2026-0001")], "2026-03-15", "ordered"),
        ([("order", "Q-2026-0001")], "2026-04-15", "ordered"),
        ([("upgrade", "--zoom", "3", "--yes")], "2026-04-14", "stale"),
        ([("upgrade", "--zoom", "3", "--yes")], "2026-04-15", "expired"),
        ([("order", "Q-2026-0001"), ("withdraw", "O-2026-0001", "--yes")], "2026-03-15", "stale"),
        ([("order", "Q-2026-0001"), ("withdraw", "O-2026-0001", "--yes")], "2026-04-15", "expired"),
    ],
    ids=lambda value: value if isinstance(value, str) else ", ".join(command[0] for command in value),
)
def test_a_quote_says_what_became_of_it(demo, commands, day, status):
    """pricing.md 6: shown again it is as it was saved, with its status today; the list and the screen say the same."""
    saved = quoted(demo, "--users", "20")
    for command in commands:
        assert demo(*command).code == 0
    today = ("--today", day)
    assert demo("show", "Q-2026-0001", *today, "--json").json == {**saved, "status": status}
    assert [item["status"] for item in demo("list", "quotes", *today, "--json").json["items"]] == [status]
    footer = (
        "Quote Q-2026-0001 holds until 14 April 2026.\nAccept it with: subctl order Q-2026-0001\n"
        if status == "open"
        else f"Quote Q-2026-0001, valid until 14 April 2026: {status}.\n"
    )
    assert demo("show", "Q-2026-0001", *today).text.endswith(f"\n\n{footer}")


def test_after_its_order_was_withdrawn_a_quote_is_stale(demo):
    """pricing.md 6.3: and stays so."""
    quoted(demo, "--users", "8")
    demo("order", "Q-2026-0001")
    assert demo("withdraw", "O-2026-0001", "--yes", "--today", "2026-03-16").code == 0
    assert demo("order", "Q-2026-0001", "--json").refusal == stale("its order was withdrawn on 2026-03-16", "--users 8")


def test_an_order_keeps_the_rates_of_its_quote(cli, at_short_notice):
    """pricing.md 6.2: a catalog that came in between makes new quotes dearer, and not the old one."""
    begin = ("init", "--sandbox", "--today", "2026-03-15", "--catalog", at_short_notice)
    terms = ("--plan", "starter", "--users", "10", "--zoom", "2", "--start", "2025-07-01", "--billing", "annual")
    cli.prepare(begin, ("space", "add", "acme", "--name", "Acme", *terms))
    quoted(cli, "--plan", "pro", "--users", "20")
    import_catalog(cli, "2026-03-17", "2026-03-16", "2")
    fresh = cli("quote", "--plan", "pro", "--users", "20", "--dry-run", "--today", "2026-03-20", "--json").json
    assert fresh["due_now"]["net"] == "1550.00"
    ordered = cli("order", "Q-2026-0001", "--today", "2026-03-20", "--json").json
    assert (ordered["due_now"]["net"], ordered["after"]["fee"]) == ("650.00", "4100.00")


def test_the_rules_are_asked_again_on_the_day_of_the_order(demo):
    """pricing.md 5, 6.2: what became forbidden since is refused."""
    quoted(demo, "--users", "8")
    demo.sql("UPDATE spaces SET active_users = 9")
    assert demo("order", "Q-2026-0001", "--json").refusal == (
        4,
        "below_active_users",
        "9 users of acme are active: more than 8.",
        "Deactivate 1 user first.",
    )


@pytest.mark.parametrize(
    ("amount", "holds"), [("302.50", True), ("302.5", True), ("302.500", True), ("302.49", False), ("0", False)]
)
def test_expect_is_exact(demo, amount, holds):
    """pricing.md 6.4: exactly what is due now, however it is written."""
    ordered = demo("upgrade", "--users", "20", "--yes", "--expect", amount, "--json")
    if holds:
        assert ordered.json["order"] == "O-2026-0001"
    else:
        assert ordered.refusal[:2] == (5, "expectation_failed")
        assert demo("list", "orders", "--json").json["items"] == []


@pytest.mark.parametrize(
    "words", [("downgrade", "--users", "8"), ("upgrade", "--users", "20", "--space", "atelier")], ids=" ".join
)
def test_expect_0_where_nothing_is_due(demo, words):
    """pricing.md 6.4: 0 when nothing is due now."""
    assert demo(*words, "--yes", "--expect", "0", "--json").json["due_now"] is None


def test_expect_counts_no_catch_up(demo):
    """pricing.md 4.3, 6.4: recurring invoices that the order issues first aren't part of it."""
    ordered = demo(
        "upgrade", "--users", "20", "--space", "atelier", "--yes", "--expect", "0", "--today", "2026-05-02", "--json"
    ).json
    assert [draft["net"] for draft in ordered["catch_up"]] == ["150.00", "150.00"]
    assert ordered["issued"] == ["INV-2026-0001", "INV-2026-0002"]


# --- any contract, any day ---------------------------------------------------------------------------------

LIMITS = {"starter": (1, 50), "pro": (1, 80), "business": (5, 80)}


@st.composite
def states(draw):
    plan = draw(st.sampled_from(sorted(LIMITS)))
    users = draw(st.integers(*LIMITS[plan]))
    return ("--plan", plan, "--users", str(users), "--zoom", str(draw(st.integers(0, 9))))


ENTRY = date(2026, 1, 1)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    contract=states(),
    wish=states(),
    billing=st.sampled_from([(), (), ("--billing", "monthly")]),
    entered=st.integers(0, 400),
    renewal=st.integers(1, 365),
    quoted_after=st.integers(0, 40),
    ordered_after=st.integers(0, 35),
    catalog=st.none() | st.tuples(st.integers(1, 30), st.sampled_from(["0.5", "1.1", "3"])),
)
def test_ordering_a_quote_never_costs_more_than_the_quote(
    new_cli, at_short_notice, contract, wish, billing, entered, renewal, quoted_after, ordered_after, catalog
):
    """pricing.md 6.2 to 6.4: never more than quoted; a second time, or the wish again, nothing changes."""
    cli = new_cli().prepare(("init", "--sandbox", "--today", ENTRY.isoformat(), "--catalog", at_short_notice))
    entry = ENTRY + timedelta(entered)
    dates = ("--start", entry.replace(day=1).isoformat(), "--renews-on", (entry + timedelta(renewal)).isoformat())
    add = ("space", "add", "a", "--name", "A", *contract, "--billing", "annual", *dates)
    assert cli(*add, "--today", entry.isoformat()).code == 0
    day = entry + timedelta(quoted_after)
    saved = quoted(cli, *wish, *billing, day=day.isoformat())
    if saved["kind"] == "none":
        assert saved["quote"] is None
        return
    if catalog:
        begins, factor = catalog
        import_catalog(cli, (day + timedelta(begins)).isoformat(), day.isoformat(), factor)
    later = ("--today", (day + timedelta(ordered_after)).isoformat(), "--json")
    done = cli("order", saved["quote"], *later)
    if done.code:
        assert done.refusal[1] in ("quote_expired", "quote_stale")
        return
    ordered = json.loads(done.out)
    assert total(ordered) <= total(saved)
    assert ordered_after or catalog or {**ordered, "order": None, "invoice": None, "issued": []} == saved
    before = cli.bytes
    assert cli("order", saved["quote"], *later).json == {**ordered, "changed": False}
    repeated = cli("upgrade", *wish, *billing, "--yes", "--expect", str(total(ordered)), *later).json
    assert (repeated["kind"], repeated["changed"]) == ("none", False)
    assert cli.bytes == before


def total(document):
    """Return what a change costs now."""
    return Decimal(document["due_now"]["total"]) if document["due_now"] else Decimal(0)


def test_a_quote_of_the_first_rules_is_stale_from_the_renewal_date(demo):
    """pricing.md 6.2: it held for all its days then; today's rules end it on the eve, so nothing less is refused."""
    quoted(demo, "--users", "20", day="2026-06-15")
    demo.tamper("UPDATE quotes SET valid_until = '2026-07-15', rules = 1")
    code, name, message, _ = demo("order", "Q-2026-0001", "--today", "2026-07-01", "--json").refusal
    assert (code, name) == (5, "quote_stale")
    assert message == "The quote Q-2026-0001 no longer fits: a new period began on 2026-07-01."
    assert demo("list", "orders", "--json").json["items"] == []


def test_who_orders_for_support_asks_anew_for_support(demo):
    """pricing.md 5, 6.2: the hint, pasted, isn't refused for want of --as-support."""
    quoted(demo, "--users", "20")
    demo("space", "set", "acme", "--lock")
    later = ("--as-support", "--json", "--today", "2026-05-01")
    code, name, _, hint = demo("order", "Q-2026-0001", *later).refusal
    assert (code, name) == (5, "quote_expired")
    assert hint == "Ask for a new one: subctl quote --space acme --users 20 --as-support"
    pasted = hint.partition("subctl ")[2].split()
    assert demo(*pasted, "--today", "2026-05-01", "--json").json["quote"] == "Q-2026-0002"
