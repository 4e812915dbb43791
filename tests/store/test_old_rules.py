"""A store that was written before the rules were sharpened: what was quoted, ordered and issued stays (pricing.md 7.3).

`rules_1.sql`, all monthly starters for ten but one, on 2026-07-01, by rules 1:

- `late`: June was billed on 1 July, at the VAT rate of that day;
- `offered`: a quote of 20 June holds until 20 July, past a rise that was known;
- `equal`: a quote for ten promised June at 10.00, and its step was dropped, for ten were in the step before: June was
  billed at 11.00;
- `moved`, annual: an upgrade was credited to the buyer that the space had by then, another one than the invoice's;
- since July the seller has no VAT number, and goes on with the rate of its catalog.
"""

from __future__ import annotations

import pytest

from subctl.service import catalogs
from tests.support import old_stores

MOVED = ("DE", "DE136695976")


@pytest.fixture
def old(cli):
    old_stores.put_dump("rules_1", cli.store)
    return cli


def show(cli, number):
    return cli("show", number, "--json").json


def taxed(document):
    return document["net"], document["vat_category"], document["vat_rate"], document["vat"]


def buyer(document):
    return document["buyer"]["country"], document["buyer"]["vat_id"]


EXEMPT = 'vat_exempt = "Small business, no VAT is charged."'


def catalog_of(cli, name, valid_from, starter, vat='vat_id = "NL123456782B90"'):
    """Write the file of a catalog to come: another rate of starter, and what it says of the seller's VAT."""
    lines = catalogs.built_in().decode().replace('name = "2026"', f'name = "{name}"').replace("2026-01-01", valid_from)
    lines = lines.replace('"10.00"', f'"{starter}.00"').replace('"100.00"', f'"{starter}0.00"').replace('"21"', '"19"')
    path = cli.home / f"{name}.toml"
    path.write_text(lines.replace('vat_id = "NL123456782B90"', vat))
    return str(path)


def sound(cli):
    return cli("check", "--json").json["ok"]


def test_what_was_made_by_the_rules_before_is_right_and_stays(old):
    """Before the first write and after it: each of the five cases is what it was."""
    for _ in range(2):
        assert sound(old)
        assert taxed(show(old, "INV-2026-0009")) == ("160.00", "S", "19", "30.40")
        assert show(old, "INV-2026-0009")["period"]["start"] == "2026-06-01"
        assert show(old, "Q-2026-0002")["valid_until"] == "2026-07-20"
        assert taxed(show(old, "INV-2026-0007")) == ("160.00", "S", "21", "33.60")
        invoice, credit = show(old, "INV-2026-0003"), show(old, "INV-2026-0004")
        assert (buyer(invoice), buyer(credit)) == (("NL", None), MOVED)
        assert taxed(show(old, "INV-2026-0012")) == ("160.00", "S", "19", "30.40")
        assert old("space", "set", "late", "--active-users", "3").code == 0
    assert {rules for (rules,) in old.sql("SELECT rules FROM invoices UNION SELECT rules FROM orders")} == {1}


def test_a_quote_of_before_is_accepted_until_the_day_that_it_says(old):
    """pricing.md 6.1, 7.3: no rule applies to what was quoted before it."""
    document = old("order", "Q-2026-0002", "--today", "2026-07-20", "--json").json
    assert (document["price_from"], document["next_invoice"]["net"]) == ("2026-08-01", "290.00")
    assert sound(old)
    old_stores.put_dump("rules_1", old.store)
    assert old("order", "Q-2026-0002", "--today", "2026-07-21", "--json").refusal[1] == "quote_expired"


def test_a_quote_from_now_on_ends_before_a_known_rise(old):
    """pricing.md 6.1: on 1 October the charge date is 1 November, when starter costs more."""
    path = catalog_of(old, "autumn", "2026-11-01", 13)
    assert old("catalog", "import", path, "--today", "2026-07-02", "--yes").code == 0
    document = old("quote", "--users", "20", "--space", "offered", "--today", "2026-09-20", "--json").json
    assert document["valid_until"] == "2026-09-30"
    assert sound(old)


def test_a_step_from_now_on_keeps_what_its_quote_promised(old):
    """pricing.md 1: as in row 19 of the worked examples, an equal step stays where its own period costs another."""
    day = ("--today", "2026-09-01")
    assert old("downgrade", "--users", "9", "--space", "equal", "--yes", *day).code == 0
    quote = old("quote", "--users", "10", "--space", "equal", "--json", *day).json["quote"]
    assert old("catalog", "import", catalog_of(old, "autumn", "2026-10-01", 20), "--yes", *day).code == 0
    assert old("order", quote, *day).code == 0
    assert old("bill", "--space", "equal", "--today", "2026-11-01").code == 0
    nets = [item["net"] for item in old("list", "invoices", "--space", "equal", "--json").json["items"]]
    assert nets[:4] == ["250.00", "170.00", "170.00", "170.00"]  # November, October as promised, September, August
    assert sound(old)


def test_what_is_billed_late_from_now_on_has_the_vat_of_its_period(old):
    """pricing.md 3.3, 7.3: a catalog of before goes on with its rate, and the next one says why there is no VAT."""
    refused = old("catalog", "import", catalog_of(old, "bare", "2026-09-01", 12, vat=""), "--json")
    assert refused.refusal[:2] == (2, "bad_input")
    assert "seller.vat_exempt" in refused.refusal[2]
    path = catalog_of(old, "exempt", "2026-09-01", 12, EXEMPT)
    assert old("catalog", "import", path, "--today", "2026-07-02", "--yes").code == 0
    assert old("bill", "--space", "late", "--today", "2026-09-01").code == 0
    items = old("list", "invoices", "--space", "late", "--json").json["items"]
    assert [taxed(show(old, item["number"])) for item in items] == [
        ("170.00", "E", "0", "0.00"),
        ("170.00", "S", "19", "32.30"),
        ("160.00", "S", "19", "30.40"),
        ("160.00", "S", "19", "30.40"),
    ]
    assert sound(old)


def test_a_credit_note_from_now_on_is_its_invoices_mirror(old):
    """pricing.md 4.11: whatever buyer the space has by then."""
    day = ("--today", "2026-07-02")
    document = old("upgrade", "--users", "14", "--space", "moved", "--yes", "--json", *day).json
    assert old("space", "set", "moved", "--country", "NL", "--vat-id", "", *day).code == 0
    withdrawn = old("withdraw", document["order"], "--yes", "--json", *day).json
    invoice, credit = show(old, document["invoice"]), show(old, withdrawn["credit_note"])
    assert buyer(invoice) == buyer(credit) == MOVED
    assert (taxed(invoice), taxed(credit)) == (("66.67", "AE", "0", "0.00"), ("-66.67", "AE", "0", "0.00"))
    assert sound(old)
