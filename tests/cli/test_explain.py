"""--explain: each sentence is read back and computed again in exact fractions, and names a rule that there is."""

from __future__ import annotations

import calendar
import json
import math
import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from tests.support.documents import validated
from tests.support.terminal import CHOICE, Terminal

PRICING = Path(__file__).parents[2] / "docs" / "pricing.md"
NUMBER = r"-?\d+(?:\.\d+)?"
MONTHS = r"\d+ \+ \d+/\d+|\d+/\d+|\d+"
SENTENCE = re.compile(
    rf"(?P<item>Users|Zoom licences): "
    rf"(?:(?P<new>{NUMBER}) a (?P<per>year|month) instead of (?P<old>{NUMBER})"
    rf"|(?P<number>{NUMBER}) at (?P<price>{NUMBER}) a (?P<per_one>year|month))"
    rf", (?:for (?P<length>{MONTHS}) (?P<unit>months?|of a month), )?(?P<period>[^:]+): "
    rf"(?:\((?P<after>{NUMBER}) − (?P<before>{NUMBER})\)|(?P<quantity>{NUMBER}) × (?P<rate>{NUMBER}))"
    rf"(?: × (?P<factor>\((?:{MONTHS})\)|{MONTHS})(?P<year> / 12)?)?"
    rf" = (?P<amount>{NUMBER}) \(pricing\.md (?P<rule>[\d.]+)\)"
)
VAT = re.compile(rf"VAT: (?P<rate>{NUMBER}) % of (?P<net>{NUMBER}) = (?P<vat>{NUMBER}) \(pricing\.md 3\.3\)")
REASON = re.compile(r"[^()]+ \(pricing\.md (4\.[4-8])\)")


def months(text):
    """Return `10 + 14/31`, with or without brackets, as the number it is."""
    return sum((Fraction(part) for part in text.strip("()").split(" + ")), Fraction(0))


def rounded(value, decimals):
    """Round to so many decimals, halves away from zero (pricing.md 3.1)."""
    units = math.floor(abs(value) * 10**decimals + Fraction(1, 2))
    return Fraction(units if value >= 0 else -units, 10**decimals)


def decimals(amount):
    return len(amount.partition(".")[2])


def position(day):
    """Where a day stands on the line of months (pricing.md 2.6)."""
    first = date.fromisoformat(day)
    return 12 * first.year + first.month + Fraction(first.day - 1, calendar.monthrange(first.year, first.month)[1])


def period_words(period):
    """Return a period by its last day, naming month and year once where they are one (pricing.md 2.7)."""
    first, last = date.fromisoformat(period["start"]), date.fromisoformat(period["end"]) - timedelta(days=1)
    parts = [(str(day.day), calendar.month_name[day.month], str(day.year)) for day in (first, last)]
    start, end = (list(part) for part in parts)
    while len(start) > 1 and start[-1] == end[len(start) - 1]:
        start.pop()
    return " ".join(end) if first == last else f"{' '.join(start)} to {' '.join(end)}"


def words_of_day(day):
    """Return a date as people write it."""
    parts = date.fromisoformat(day)
    return f"{parts.day} {calendar.month_name[parts.month]} {parts.year}"


def rules():
    """Return the numbers of all rules in docs/pricing.md."""
    return set(re.findall(r"^\*\*(\d+(?:\.\d+)?)\*\*", PRICING.read_text(), re.MULTILINE))


def base_of(said, line):
    """Return what is charged for a whole month or year: a difference of fees, or a number at a rate."""
    if said["after"]:
        assert (said["new"], said["old"], said["per"]) == (said["after"], said["before"], line["per"])
        assert (said["after"], said["before"]) == (line["fee_after"], line["fee_before"])
        return Fraction(said["after"]) - Fraction(said["before"])
    assert (said["number"], said["price"], said["per_one"]) == (said["quantity"], said["rate"], line["per"])
    assert (said["quantity"], said["rate"]) == (line["quantity"], line["rate"])
    return Fraction(said["quantity"]) * Fraction(said["rate"])


def length_of(said, line):
    """Return how many months are charged: a whole period where none are said, in words and in the formula."""
    if said["length"] is None:
        assert said["factor"] is None
        return Fraction(12 if line["per"] == "year" else 1)
    length = months(said["length"])
    assert months(said["factor"]) == length != (12 if line["per"] == "year" else 1)
    assert ("+" in said["factor"]) == said["factor"].startswith("(")
    assert said["unit"] == ("of a month" if length < 1 else "month" if length == 1 else "months")
    assert bool(said["year"]) == (line["per"] == "year")
    return length


def check_line(line, kind):
    """Compute one sentence again from its own numbers, and hold those against the line's."""
    said = SENTENCE.fullmatch(line["explanation"])
    assert said is not None, line["explanation"]
    base, length = base_of(said, line), length_of(said, line)
    assert said["item"] == {"users": "Users", "zoom": "Zoom licences"}[line["item"]]
    assert Fraction(said["amount"]) == rounded(
        base * length / (12 if line["per"] == "year" else 1), decimals(said["amount"])
    )
    assert said["amount"] == line["amount"]
    assert base == Fraction(line["quantity"]) * Fraction(line["rate"])
    assert length == position(line["period"]["end"]) - position(line["period"]["start"])
    assert said["period"] == period_words(line["period"])
    recurring = "4.9" if said["length"] or said["after"] else "3.2"
    assert said["rule"] == {"upgrade": "4.5", "credit": "4.11", "recurring": recurring}[kind]
    assert said["rule"] in rules()


def check_vat(draft):
    """Compute the VAT again from the sentence, or find its reason in it."""
    said = VAT.fullmatch(draft["vat_explanation"])
    if draft["vat_category"] != "S":
        assert said is None
        assert draft["vat_explanation"] == f"VAT: {draft['vat_note']} (pricing.md 3.3)"
        assert Fraction(draft["vat"]) == 0
        return
    assert said is not None
    assert (said["rate"], said["net"], said["vat"]) == (draft["vat_rate"], draft["net"], draft["vat"])
    exact = Fraction(said["net"]) * Fraction(said["rate"]) / 100
    assert Fraction(said["vat"]) == rounded(exact, decimals(said["vat"]))


def drafts_of(document):
    """Yield all that is an invoice, or is to become one, anywhere in a document."""
    if isinstance(document, dict):
        if "lines" in document and "vat_category" in document:
            yield document
        for value in document.values():
            yield from drafts_of(value)
    elif isinstance(document, list):
        for value in document:
            yield from drafts_of(value)


def without(document):
    """Return a document without its explanations."""
    if isinstance(document, dict):
        return {key: without(value) for key, value in document.items() if not key.endswith("explanation")}
    return [without(value) for value in document] if isinstance(document, list) else document


def check_all(cli, *words):
    """Check every sentence of a command's document and of its table; return the sentences of the lines."""
    document = cli(*words, "--explain", "--json").json
    drafts = list(drafts_of(document))
    for draft in drafts:
        for line in draft["lines"]:
            check_line(line, draft["kind"])
        check_vat(draft)
    plain = cli(*words, "--json").json
    assert without(document) == plain
    assert "explanation" not in json.dumps(plain)
    sentences = [line["explanation"] for draft in drafts for line in draft["lines"]]
    table, bare = cli(*words, "--explain").text.splitlines(), cli(*words).text.splitlines()
    spoken = [*sentences, *(draft["vat_explanation"] for draft in drafts)]
    change = document.get("change") or document
    if change.get("rule"):
        said = REASON.fullmatch(change["explanation"])
        assert said is not None
        assert said[1] == change["rule"]
        assert said[1] in rules()
        spoken.append(f"Why: {change['explanation']}.")
    assert set(spoken) <= set(table)
    assert not set(spoken) & set(bare)
    assert [line for line in table if line and line not in spoken] == [line for line in bare if line]
    return sentences


DEMO = (("init", "--demo"),)


def space(day, *more, plan="starter", users="10", zoom="2", billing="annual"):
    """Return the commands that make a sandbox on a day with the one space `a`."""
    state = ("--plan", plan, "--users", users, "--zoom", zoom, "--billing", billing)
    return (("init", "--sandbox", "--today", day), ("space", "add", "a", "--name", "Buyer", *state, *more))


MIDDLE = space("2026-04-10", "--start", "2025-07-01", "--renews-on", "2027-03-15")
FRENCH = ("--country", "FR", "--vat-id", "FR40303265045")

CASES = {
    "plan and users": (DEMO, ("quote", "--plan", "pro", "--users", "20")),
    "users alone": (DEMO, ("quote", "--users", "13")),
    "licences alone": (DEMO, ("quote", "--zoom", "5")),
    "one more licence, one fewer user": (DEMO, ("quote", "--zoom", "3", "--users", "9")),
    "more of all": (DEMO, ("quote", "--plan", "business", "--users", "33", "--zoom", "7")),
    "another plan alone": (DEMO, ("quote", "--plan", "pro")),
    "downgrade": (DEMO, ("quote", "--users", "8")),
    "licences away": (DEMO, ("quote", "--zoom", "0")),
    "to monthly": (DEMO, ("quote", "--billing", "monthly")),
    "to monthly in two steps": (DEMO, ("quote", "--billing", "monthly", "--plan", "pro", "--users", "20")),
    "monthly, more": (DEMO, ("quote", "--space", "atelier", "--plan", "pro", "--users", "20")),
    "monthly, less": (DEMO, ("quote", "--space", "atelier", "--users", "8")),
    "monthly to annual": (DEMO, ("quote", "--space", "atelier", "--billing", "annual")),
    "above a waiting reduction": (
        (*DEMO, ("downgrade", "--users", "7", "--yes")),
        ("quote", "--users", "9"),
    ),
    "the last month": (DEMO, ("upgrade", "--users", "20", "--dry-run", "--today", "2026-05-31")),
    "from the renewal on": (DEMO, ("upgrade", "--users", "20", "--dry-run", "--today", "2026-06-15")),
    "arrears": (DEMO, ("upgrade", "--space", "atelier", "--users", "20", "--dry-run", "--today", "2026-05-20")),
    "ten months and 14/31": (MIDDLE, ("quote", "--plan", "pro", "--users", "20", "--zoom", "3")),
    "ten months and 14/31, odd numbers": (MIDDLE, ("quote", "--users", "17", "--zoom", "9")),
    "less than a month": (MIDDLE, ("upgrade", "--users", "21", "--dry-run", "--today", "2027-02-20")),
    "a step inside the year": (MIDDLE, ("upgrade", "--users", "21", "--dry-run", "--today", "2027-03-10")),
    "a stub": (MIDDLE, ("quote", "--billing", "monthly")),
    "reverse charge": (space("2026-03-15", "--start", "2025-07-01", *FRENCH), ("quote", "--users", "17")),
    "out of scope": (space("2026-03-15", "--start", "2025-07-01", "--country", "US"), ("quote", "--users", "17")),
    "the contract page": (DEMO, ("show",)),
    "the page of a monthly contract": (DEMO, ("show", "--space", "atelier")),
    "a short first period": (
        space("2026-03-15", "--start", "2026-04-01", "--renews-on", "2026-07-15"),
        ("show",),
    ),
}

SAID = {
    "plan and users": "Users: 3600.00 a year instead of 1000.00, for 3 months, 1 April to 30 June 2026:"
    " (3600.00 − 1000.00) × 3 / 12 = 650.00 (pricing.md 4.5)",
    "users alone": "Users: 1300.00 a year instead of 1000.00, for 3 months, 1 April to 30 June 2026:"
    " (1300.00 − 1000.00) × 3 / 12 = 75.00 (pricing.md 4.5)",
    "licences alone": "Zoom licences: 1250.00 a year instead of 500.00, for 3 months, 1 April to 30 June 2026:"
    " (1250.00 − 500.00) × 3 / 12 = 187.50 (pricing.md 4.5)",
    "the last month": "Users: 2000.00 a year instead of 1000.00, for 1 month, 1 to 30 June 2026:"
    " (2000.00 − 1000.00) × 1 / 12 = 83.33 (pricing.md 4.5)",
    "ten months and 14/31": "Users: 3600.00 a year instead of 1000.00, for 10 + 14/31 months,"
    " 1 May 2026 to 14 March 2027: (3600.00 − 1000.00) × (10 + 14/31) / 12 = 2264.52 (pricing.md 4.5)",
    "less than a month": "Users: 2100.00 a year instead of 1000.00, for 14/31 of a month, 1 to 14 March 2027:"
    " (2100.00 − 1000.00) × 14/31 / 12 = 41.40 (pricing.md 4.5)",
    "a step inside the year": "Users: 2100.00 a year instead of 1000.00, for 11 + 14/31 months,"
    " 1 April 2027 to 14 March 2028: (2100.00 − 1000.00) × (11 + 14/31) / 12 = 1049.73 (pricing.md 4.9)",
    "a stub": "Users: 10 at 10.00 a month, for 17/31 of a month, 15 to 31 March 2027:"
    " 10 × 10.00 × 17/31 = 54.84 (pricing.md 4.9)",
    "monthly, more": "Users: 20 at 18.00 a month, 1 to 30 April 2026: 20 × 18.00 = 360.00 (pricing.md 3.2)",
    "the contract page": "Users: 10 at 100.00 a year, 1 July 2026 to 30 June 2027:"
    " 10 × 100.00 = 1000.00 (pricing.md 3.2)",
    "a short first period": "Users: 10 at 100.00 a year, for 3 + 14/31 months, 1 April to 14 July 2026:"
    " 10 × 100.00 × (3 + 14/31) / 12 = 287.63 (pricing.md 4.9)",
}
"""Sentences as they are to be read, one of some cases."""


@pytest.mark.parametrize("name", CASES)
def test_every_sentence(cli, name):
    """Rounded, a sentence's numbers are its amount, and its amount is the line's (pricing.md 3.1)."""
    commands, words = CASES[name]
    sentences = check_all(cli.prepare(*commands), *words)
    assert sentences
    if name in SAID:
        assert SAID[name] in sentences


@pytest.mark.parametrize("number", ["Q-2026-0001", "O-2026-0001", "INV-2026-0001"])
def test_by_number(cli, number):
    """A quote, an order and an invoice are explained when they are shown."""
    cli.prepare(*MIDDLE, ("quote", "--plan", "pro", "--users", "17", "--zoom", "3"), ("order", "Q-2026-0001"))
    assert len(check_all(cli, "show", number)) >= 2


@pytest.mark.parametrize("commands", [DEMO, MIDDLE, space("2026-03-15", "--start", "2025-07-01", *FRENCH)])
def test_credit_note(cli, commands):
    """What an upgrade charged, below zero (pricing.md 4.11)."""
    order = ("upgrade", "--plan", "pro", "--users", "17", "--zoom", "3", "--yes")
    cli.prepare(*commands, order, ("withdraw", "O-2026-0001", "--yes"))
    credit = check_all(cli, "show", "INV-2026-0002")
    assert len(credit) == 2
    assert all(" = -" in sentence and sentence.endswith("(pricing.md 4.11)") for sentence in credit)


def test_recurring_invoice(cli):
    """An issued recurring invoice is explained as it was drafted."""
    cli.prepare(*DEMO, ("bill", "--today", "2026-07-01"))
    listed = cli("list", "invoices", "--json").json["items"]
    assert len(listed) == 5
    for item in listed:
        check_all(cli, "show", item["number"])


def test_an_order_with_explain(demo):
    """What is ordered is explained as the preview was."""
    words = ("upgrade", "--plan", "pro", "--users", "20", "--explain", "--json")
    preview, ordered = demo(*words, "--dry-run").json, demo(*words, "--yes").json
    assert ordered["due_now"] == preview["due_now"]
    assert SAID["plan and users"] in {line["explanation"] for line in ordered["due_now"]["lines"]}
    kept = demo.sql("SELECT document FROM orders")[0][0]
    assert "explanation" not in kept


def test_odd_prices_and_another_currency(cli, catalog_file):
    """Rates have up to four decimals, yen have none (pricing.md 3.1)."""
    prices = {"monthly": "333.3333", "annual": "3456.785", "zoom_annual": "1111.1", "zoom_monthly": "99.5"}
    file = catalog_file(currency="JPY", vat_rate="12.5", **prices)
    cli("init", "--sandbox", "--today", "2026-04-10", "--catalog", file)
    assert cli(*MIDDLE[1]).code == 0
    for wish in (("--users", "17", "--zoom", "9"), ("--users", "7"), ("--billing", "monthly", "--users", "19")):
        assert check_all(cli, "quote", *wish)


DAY = r"\d+ \w+ \d{4}"
PART = re.compile(
    rf"(?P<times>\d+) × (?P<each>{NUMBER}) from (?P<first>{DAY}) to (?P<last>{DAY})"
    rf"|(?P<net>{NUMBER}) on (?P<day>{DAY})"
)


def invoices_of(said):
    """Return the amounts that a sentence names, and its first and last days in turn."""
    amounts, days = [], []
    for part in map(PART.fullmatch, said):
        assert part is not None
        amounts += [part["each"]] * int(part["times"]) if part["times"] else [part["net"]]
        days += [part["first"], part["last"]] if part["times"] else [part["day"]]
    return amounts, days


def test_each_choice_of_a_comparison(demo):
    """What is due now and the invoices add up to what is invoiced; a refused choice has no sum."""
    plans, billings = ("--plan", "starter", "--plan", "pro"), ("--billing", "monthly", "--billing", "annual")
    words = ("compare", *plans, "--users", "20", "--users", "5", *billings)
    document = demo(*words, "--explain", "--json").json
    table = demo(*words, "--explain").text
    for option in document["options"]:
        if option["refused"]:
            assert "explanation" not in option
            continue
        costs, _, invoiced = option["explanation"].partition("; invoiced within a year are ")
        assert costs.startswith("a year from 1 April 2026 costs ")
        assert costs.endswith(f" = {option['first_year']}")
        terms, _, total = invoiced.partition(" = ")
        now, *rest = terms.split(" + ")
        amounts, days = invoices_of(rest)
        assert [now.removesuffix(" now"), *amounts] == [
            option["due_now"],
            *(each["net"] for each in option["invoices"]),
        ]
        assert sum(map(Fraction, [option["due_now"], *amounts])) == Fraction(total) == Fraction(option["invoiced"])
        ends = [words_of_day(option["invoices"][place]["date"]) for place in (0, -1)]
        assert [days[0], days[-1]] == ends
        assert option["explanation"] in table
    plain = demo(*words, "--json").json
    assert without(document) == plain
    assert "explanation" not in json.dumps(plain)


def test_the_year_of_a_choice(demo):
    """Equal months are said at once; a part of a year by its months."""
    (option,) = demo("compare", "--billing", "monthly", "--explain", "--json").json["options"]
    assert option["explanation"] == (
        "a year from 1 April 2026 costs 1500.00 × 3 / 12 + 9 × 150.00 = 1725.00; "
        "invoiced within a year are 0.00 now + 9 × 150.00 from 1 July 2026 to 1 March 2027 = 1350.00"
    )


def test_nothing_changes(demo):
    """Where nothing is to be paid there is nothing to explain."""
    document = demo("upgrade", "--users", "10", "--explain", "--json").json
    assert (document["kind"], document["due_now"]) == ("none", None)
    assert "explanation" not in json.dumps(document)


def test_the_preview_at_a_terminal_is_explained(demo):
    """`upgrade --explain` gives its reasons before it asks."""
    terminal = Terminal(demo, "upgrade", "--plan", "pro", "--users", "20", "--explain", columns=160)
    assert f"\n{SAID['plan and users']}\n" in terminal.answer(CHOICE, "l")
    assert terminal.end()[0] == 6


def test_the_documents_fit_their_schemas(demo):
    """Explanations are part of what the schemas describe."""
    for words in (("show",), ("quote", "--users", "12")):
        assert validated(demo(*words, "--explain", "--json").json)
