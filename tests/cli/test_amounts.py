"""Amounts against formulas that stand here, in exact fractions: VAT, other currencies, odd prices, half cents."""

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest

MARCH = "2026-03-15"
TO_JULY = 3


def rounded(value, decimals=2):
    """Round half up, ties away from zero, and write with that many decimals (pricing.md 3.1)."""
    scaled = abs(Fraction(value)) * 10**decimals
    units = math.floor(scaled + Fraction(1, 2))
    sign = "-" if value < 0 and units else ""
    digits = str(units).zfill(decimals + 1)
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits


def sums(net, vat_rate, decimals=2):
    """Return net, VAT and total of an invoice: VAT once, on the net (pricing.md 3.3)."""
    vat = rounded(Fraction(net) * Fraction(vat_rate) / 100, decimals)
    return net, vat, rounded(Fraction(net) + Fraction(vat), decimals)


def taken(draft):
    return draft["net"], draft["vat"], draft["total"]


def add(*more, users=10, zoom=2, billing="annual"):
    """Return the command that enters a contract of plan starter that renews on 1 July where it is annual."""
    dates = ("--start", "2025-07-01", *(("--renews-on", "2026-07-01") if billing == "annual" else ()))
    state = ("--plan", "starter", "--users", str(users), "--zoom", str(zoom), "--billing", billing)
    return ("space", "add", "a", "--name", "Buyer", *state, *dates, *more)


def store(cli, catalog, *more, **contract):
    """Make a sandbox with this catalog and one contract."""
    assert cli("init", "--sandbox", "--today", MARCH, "--catalog", catalog).code == 0
    assert cli(*add(*more, **contract)).code == 0
    return cli


# --- VAT ---------------------------------------------------------------------------------------------------

REVERSE = "Reverse charge: the customer accounts for the VAT. VAT number BE0428759497."
OUTSIDE = "Outside the scope of VAT in NL."
BUYERS = [
    pytest.param(("--country", "NL"), "S", 21, None, id="the seller's country"),
    pytest.param(("--country", "NL", "--vat-id", "NL123456782B90"), "S", 21, None, id="its VAT number changes nothing"),
    pytest.param(("--country", "BE", "--vat-id", "BE 0428.759.497"), "AE", 0, REVERSE, id="EU, with a VAT number"),
    pytest.param(("--country", "BE"), "S", 21, None, id="EU, without"),
    pytest.param(("--country", "US"), "O", 0, OUTSIDE, id="everywhere else"),
    pytest.param(("--country", "GB"), "O", 0, OUTSIDE, id="no longer in the EU"),
]


@pytest.mark.parametrize(("buyer", "category", "rate", "note"), BUYERS)
def test_the_vat_of_a_buyer(cli, catalog_file, buyer, category, rate, note):
    """pricing.md 3.3: the seller's rate, reverse charge or outside the scope, in previews and on the invoice."""
    store(cli, catalog_file(), *buyer)
    change = cli("upgrade", "--users", "17", "--yes", "--json").json
    net = rounded(Fraction(7 * 100 * TO_JULY, 12))
    invoice = cli("show", "INV-2026-0001", "--json").json
    renewal = cli("show", "--json").json["next_invoice"]
    assert taken(change["due_now"]) == taken(invoice) == sums(net, rate)
    assert taken(renewal) == sums(rounded(17 * 100 + 2 * 250), rate)
    words = [(draft["vat_category"], draft["vat_rate"], draft["vat_note"]) for draft in (change["due_now"], invoice)]
    assert words == [(category, str(rate), note)] * 2


@pytest.mark.parametrize(("rate", "net_users"), [("5.5", 3), ("19.6", 7), ("0", 3), ("100", 1), ("7.7", 1)])
def test_the_sellers_rate_may_have_decimals(cli, catalog_file, rate, net_users):
    """pricing.md 3.3: VAT is rounded half up once, on the net."""
    store(cli, catalog_file(vat_rate=rate, annual="33.33"), zoom=0)
    draft = cli("upgrade", "--users", str(10 + net_users), "--dry-run", "--json").json["due_now"]
    net = rounded(net_users * Fraction("33.33") * TO_JULY / 12)
    assert taken(draft) == sums(net, Fraction(rate))
    assert draft["vat_rate"] == rate


def test_a_seller_outside_the_eu(cli, catalog_file):
    """pricing.md 3.3: its own rate at home, outside the scope everywhere else, a VAT number or not."""
    store(cli, catalog_file(country="CH", vat_id="CHE-107.787.577 IVA", vat_rate="8.1"), "--country", "CH")
    for space, country in (("b", "NL"), ("c", "US")):
        cli("space", "add", space, "--name", "B", "--plan", "starter", "--users", "1", "--country", country)
    drafts = [cli("show", "--space", space, "--json").json["next_invoice"] for space in "abc"]
    assert [(draft["vat_category"], draft["vat_rate"]) for draft in drafts] == [("S", "8.1"), ("O", "0"), ("O", "0")]


@pytest.mark.parametrize(
    ("country", "vat_id", "kept"),
    [("GR", "EL 094259216", "EL094259216"), ("EL", "GR094259216", "GR094259216"), ("EL", "094259216", "EL094259216")],
)
def test_greece_has_two_names(cli, catalog_file, country, vat_id, kept):
    """pricing.md 3.3: EL and GR are the same country; a VAT number keeps the prefix it was entered with."""
    store(cli, catalog_file(), "--country", country, "--vat-id", vat_id)
    page = cli("show", "--json").json
    assert (page["space"]["country"], page["space"]["vat_id"]) == ("GR", kept)
    assert page["next_invoice"]["vat_category"] == "AE"


@pytest.mark.parametrize(
    ("country", "vat_id", "kept", "category"),
    [
        ("MC", "FR 83 404 833 048", "FR83404833048", "AE"),
        ("MC", "83404833048", "FR83404833048", "AE"),
        ("IM", "GB 980 7806 84", "GB980780684", "O"),
        ("GB", "XI980780684", "XI980780684", "O"),
        ("GB", "980780684", "980780684", "O"),
        ("CH", "CHE-107.787.577 IVA", "CHE107787577IVA", "O"),
        ("NO", "NO 995 525 828 MVA", "NO995525828MVA", "O"),
        ("NO", "995525828MVA", "995525828MVA", "O"),
        ("US", "12-3456789", "123456789", "O"),
    ],
)
def test_a_vat_number_keeps_its_prefix(cli, catalog_file, country, vat_id, kept, category):
    """pricing.md 3.3: Monaco takes French ones, the Isle of Man British ones, Northern Ireland has one of its own."""
    store(cli, catalog_file(), "--country", country, "--vat-id", vat_id)
    page = cli("show", "--json").json
    assert (page["space"]["vat_id"], page["next_invoice"]["vat_category"]) == (kept, category)


def test_a_seller_in_monaco_has_a_french_number(cli, catalog_file):
    """pricing.md 3.3: France is home, and Germany is elsewhere in the EU."""
    catalog = catalog_file(country="MC", vat_id="FR83404833048")
    store(cli, catalog, "--country", "FR")
    cli(
        "space",
        "add",
        "b",
        "--name",
        "B",
        "--plan",
        "starter",
        "--users",
        "1",
        "--country",
        "DE",
        "--vat-id",
        "DE136695976",
    )
    drafts = [cli("show", "--space", space, "--json").json["next_invoice"] for space in "ab"]
    assert [draft["vat_category"] for draft in drafts] == ["S", "AE"]


UNCHECKED = "VAT number BE0428759497 was not checked with VIES."
BELGIAN = ("--country", "BE", "--vat-id", "BE0428759497")


def test_that_vies_was_not_asked_is_said_where_the_number_is_entered(cli, catalog_file):
    """pricing.md 3.3: by space add and set, and in the history; other details, and other countries, say nothing."""
    cli.prepare(("init", "--sandbox", "--today", MARCH, "--catalog", catalog_file()))
    said = {
        "add": add(*BELGIAN),
        "other": ("space", "set", "a", "--active-users", "1"),
        "out": ("space", "set", "a", "--vat-id", ""),
        "set": ("space", "set", "a", *BELGIAN),
        "again": ("space", "set", "a", *BELGIAN),
        "outside": ("space", "set", "a", "--country", "US", "--vat-id", "12-3456789"),
        "northern": ("space", "set", "a", "--country", "GB", "--vat-id", "XI980780684"),
    }
    lines = {what: cli(*words).text.splitlines()[-1] for what, words in said.items()}
    assert lines["add"] == lines["set"] == UNCHECKED
    assert lines["northern"] == "VAT number XI980780684 was not checked with VIES."
    assert not any("VIES" in lines[what] for what in ("other", "out", "again", "outside"))
    history = reversed(cli("history", "--json").json["items"])
    noted = [item["detail"].get("vies") for item in history if item["action"].startswith("space")]
    assert noted == ["not checked", None, None, "not checked", None, "not checked"]


def test_an_import_of_spaces_notes_that_vies_was_not_asked(cli, catalog_file):
    """pricing.md 3.3: once for all of them."""
    cli.prepare(("init", "--sandbox", "--today", MARCH, "--catalog", catalog_file()))
    file = cli.home / "spaces.csv"
    for name, vat_id in (("a", ""), ("b", "BE0428759497")):
        file.write_text(f"id,name,plan,users,country,vat-id\n{name},Buyer,starter,1,BE,{vat_id}\n")
        assert cli("space", "import", str(file)).code == 0
    details = [item["detail"] for item in cli("history", "--limit", "2", "--json").json["items"]]
    assert details == [{"spaces": 1, "vies": "not checked"}, {"spaces": 1}]


def test_the_preview_says_so_and_the_invoice_does_not(cli, catalog_file):
    """pricing.md 3.3: the customer's invoice has the number, and nothing of VIES."""
    store(cli, catalog_file(), *BELGIAN)
    assert UNCHECKED in cli("quote", "--users", "17").text
    cli("upgrade", "--users", "17", "--yes")
    invoice = cli("show", "INV-2026-0001").text
    assert "VAT BE0428759497\n" in invoice
    assert REVERSE in invoice
    assert "VIES" not in invoice


EXEMPT = "Small business: exempt from VAT."


def test_a_seller_in_the_eu_without_a_vat_number(cli, catalog_file):
    """pricing.md 3.3: it issues exempt invoices only, and its catalog has the sentence for them."""
    path = Path(catalog_file())
    without = path.read_text().replace('vat_id = "NL123456782B90"\n', "")
    path.write_text(without)
    fault = "  seller.vat_exempt: missing; without vat_id every invoice says why it has no VAT"
    for words in (("catalog", "check", str(path)), ("init", "--sandbox", "--catalog", str(path))):
        assert cli(*words, "--json").refusal[2].split("\n")[1:] == [fault]
    path.write_text(without.replace("vat_rate", f'vat_exempt = "{EXEMPT}"\nvat_rate'))
    store(cli, str(path), *BELGIAN)
    draft = cli("show", "--json").json["next_invoice"]
    assert [draft[key] for key in ("vat_category", "vat_rate", "vat", "vat_note")] == ["E", "0", "0.00", EXEMPT]


@pytest.mark.parametrize(
    ("country", "vat_id", "reason", "start"),
    [
        ("BE", "BE0428759498", "the number's checksum or check digit is invalid", "BE"),
        ("BE", "NL123456782B90", "the number has an invalid format", "BE"),
        ("GR", "BE0428759497", "the number has an invalid format", "EL"),
        ("NL", "none", "the number has an invalid format", "NL"),
        ("MC", "MC83404833048", "the number has an invalid length", "FR"),
        ("IM", "XI980780684", "one of the parts of the number are invalid or unknown", "GB"),
    ],
)
def test_a_vat_number_that_can_not_be_is_refused(cli, country, vat_id, reason, start):
    """pricing.md 3.3: well-formed and of the buyer's country, else it is refused when it is entered."""
    cli.sandbox(MARCH)
    assert cli(*add("--country", country, "--vat-id", vat_id), "--json").refusal == (
        2,
        "bad_input",
        f"{vat_id!r} is not a VAT number of {country}: {reason}.",
        f"Write it as on an invoice, starting with {start}.",
    )
    assert cli("list", "spaces", "--json").json["items"] == []


# --- currencies and prices ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("currency", "decimals", "price", "expect"), [("JPY", 0, "1250", "1"), ("EUR", 2, "11.13", "1.00")]
)
def test_the_currencys_minor_unit(cli, catalog_file, currency, decimals, price, expect):
    """pricing.md 3.1: amounts are rounded to the currency's minor unit and written with its decimals."""
    store(cli, catalog_file(currency=currency, annual=price, zoom_annual="0", vat_rate="10"))
    document = cli("upgrade", "--users", "17", "--dry-run", "--json").json
    net = rounded(7 * Fraction(price) * TO_JULY / 12, decimals)
    assert document["currency"] == currency
    assert taken(document["due_now"]) == sums(net, 10, decimals)
    assert document["after"]["fee"] == rounded(17 * Fraction(price), decimals)
    assert taken(document["next_invoice"]) == sums(rounded(17 * Fraction(price), decimals), 10, decimals)
    total = document["due_now"]["total"]
    assert cli("upgrade", "--users", "17", "--yes", "--expect", expect, "--json").refusal == (
        5,
        "expectation_failed",
        f"{total} {currency} would be due now, not {expect}.",
        "Look at the preview, then order with the right --expect.",
    )
    assert cli("upgrade", "--users", "17", "--yes", "--expect", total, "--json").json["invoice"] == "INV-2026-0001"


def test_three_decimals(cli, catalog_file):
    """pricing.md 3.1: a currency of thousandths."""
    store(cli, catalog_file(currency="KWD", annual="3.333", zoom_annual="0"))
    draft = cli("upgrade", "--users", "17", "--dry-run", "--json").json["due_now"]
    assert taken(draft) == sums(rounded(7 * Fraction("3.333") * TO_JULY / 12, 3), 21, 3)


@pytest.mark.parametrize("price", ["0.0001", "0.3333", "1.2345", "99.9999"])
@pytest.mark.parametrize("users", [1, 3, 333])
def test_a_price_with_four_decimals_is_rounded_once_a_line(cli, catalog_file, price, users):
    """pricing.md 3.1, 3.2: never a rounded rate; users and licences are a line each, the net is their sum."""
    store(cli, catalog_file(annual=price, zoom_annual="0.3337"))
    change = cli("upgrade", "--users", str(10 + users), "--zoom", "5", "--dry-run", "--json").json
    added = [users * Fraction(price) * TO_JULY / 12, 3 * Fraction("0.3337") * TO_JULY / 12]
    whole = [(10 + users) * Fraction(price), 5 * Fraction("0.3337")]
    for draft, amounts in ((change["due_now"], added), (change["next_invoice"], whole)):
        if draft is None:
            assert sum(Fraction(rounded(amount)) for amount in amounts) == 0
            continue
        assert [line["amount"] for line in draft["lines"]] == [rounded(amount) for amount in amounts]
        assert draft["net"] == rounded(sum(Fraction(line["amount"]) for line in draft["lines"]))
        for line in draft["lines"]:
            months = line["months"]["whole"] + Fraction(line["months"]["days"], line["months"]["of"] or 1)
            assert line["amount"] == rounded(Fraction(line["quantity"]) * Fraction(line["rate"]) * months / 12)


@pytest.mark.parametrize(
    ("price", "users", "exact"),
    [("0.02", 1, "0.005"), ("0.10", 1, "0.025"), ("1.02", 5, "1.275"), ("0.0196", 1, "0.0049")],
)
def test_exactly_half_a_cent_goes_up(cli, catalog_file, price, users, exact):
    """pricing.md 3.1: half up; a hair less goes down, and an invoice of 0.00 is none."""
    store(cli, catalog_file(annual=price))
    draft = cli("upgrade", "--users", str(10 + users), "--dry-run", "--json").json["due_now"]
    assert Fraction(exact) == users * Fraction(price) * TO_JULY / 12
    if rounded(Fraction(exact)) == "0.00":
        assert draft is None
    else:
        assert taken(draft) == sums(rounded(Fraction(exact)), 21)


@pytest.mark.parametrize("users", [11, 13, 50, 1000])
@pytest.mark.parametrize("day", ["2026-03-15", "2026-04-20", "2026-12-31", "2027-02-28"])
def test_months_to_a_renewal_in_the_middle_of_a_month(cli, users, day):
    """pricing.md 2.6, 4.5: months are the difference of positions, kept exact until the line is rounded."""
    cli.sandbox("2026-03-15")
    base = ("space", "add", "a", "--name", "A", "--plan", "pro", "--users", "10", "--start", "2026-03-01")
    assert cli(*base, "--billing", "annual", "--renews-on", "2027-03-15").code == 0
    change = cli("upgrade", "--users", str(users), "--dry-run", "--today", day, "--json").json
    year, month = int(day[:4]), int(day[5:7])
    charge = 12 * year + month + 1
    months = 12 * 2027 + 3 + Fraction(14, 31) - charge
    assert change["due_now"]["net"] == rounded((users - 10) * 180 * months / 12)
    assert change["due_now"]["vat"] == rounded(Fraction(change["due_now"]["net"]) * 21 / 100)


@pytest.mark.parametrize("billed_from", ["2026-04-01", "2026-09-01"])
def test_a_first_period_up_to_a_given_renewal_date_costs_its_months(cli, billed_from):
    """pricing.md 2.4, 4.9: fee × months / 12 up to the renewal date."""
    cli.sandbox("2026-03-15")
    base = ("space", "add", "a", "--name", "A", "--plan", "pro", "--users", "7", "--zoom", "1", "--billing", "annual")
    page = cli(*base, "--start", billed_from, "--renews-on", "2027-01-20", "--json").json
    months = 12 + 1 + Fraction(19, 31) - int(billed_from[5:7])
    lines = [rounded(fee * months / 12) for fee in (7 * 180, 250)]
    draft = page["next_invoice"]
    assert draft["period"] == {"start": billed_from, "end": "2027-01-20"}
    assert [line["amount"] for line in draft["lines"]] == lines
    assert taken(draft) == sums(rounded(sum(map(Fraction, lines))), 21)


def test_the_amounts_of_an_invoice_are_the_previews(cli, catalog_file):
    """pricing.md 6.1, 7.2: what was previewed is what is issued, line by line."""
    store(cli, catalog_file(annual="77.7777", zoom_annual="3.0303"))
    preview = cli("upgrade", "--users", "23", "--zoom", "9", "--dry-run", "--json").json["due_now"]
    cli("upgrade", "--users", "23", "--zoom", "9", "--yes")
    invoice = cli("show", "INV-2026-0001", "--json").json
    assert {key: invoice[key] for key in preview} == preview
    assert invoice["due_date"] == "2026-03-29"


def test_the_largest_contract_that_can_be(cli, catalog_file):
    """pricing.md 3.1: a million users at a million a year are exact to the cent."""
    store(cli, catalog_file(annual="999999.9999", zoom_annual="999999.9999"), users=1)
    change = cli("upgrade", "--users", "1000000", "--zoom", "1000000", "--dry-run", "--json").json
    price = Fraction("999999.9999")
    due = [rounded(count * price * TO_JULY / 12) for count in (999_999, 999_998)]
    assert [line["amount"] for line in change["due_now"]["lines"]] == due
    assert taken(change["due_now"]) == sums(rounded(sum(map(Fraction, due))), 21)
    assert taken(change["next_invoice"]) == sums(rounded(2 * 1_000_000 * price), 21)
    assert cli("upgrade", "--users", "1000000", "--zoom", "1000000", "--yes").code == 0
    assert taken(cli("show", "INV-2026-0001", "--json").json) == taken(change["due_now"])


def test_json_has_money_as_text_only(demo):
    """Money and rates are text with a point, never a number that a program could round."""
    demo("upgrade", "--users", "20", "--yes")
    for words in (("show",), ("show", "INV-2026-0001"), ("show", "O-2026-0001"), ("list", "plans")):
        json.loads(demo(*words, "--json").out, parse_float=lambda text: pytest.fail(f"a number with a point: {text}"))
