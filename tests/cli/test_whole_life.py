"""Contracts from their entry to their end, by the command line: every invoice whole, in the order of its number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from subctl.service.catalogs import built_in

JULY = "2026-07-01"
ADD = ("space", "add", "acme", "--name", "Acme", "--plan", "starter", "--users", "10", "--zoom", "2")
SINCE_2025 = (*ADD, "--start", "2025-07-01")
MONTHLY = (*SINCE_2025, "--billing", "monthly")
STARTER, ZOOM = "Starter, 10 users: 10 × 100.00 a year", "Zoom licence: 2 × 250.00 a year"
STARTER_MONTH, ZOOM_MONTH = "Starter, 10 users: 10 × 10.00 a month", "Zoom licence: 2 × 25.00 a month"

SELLER = {
    "name": "Example Software B.V.",
    "address": "Keizersgracht 1, 1015 CN Amsterdam",
    "country": "NL",
    "vat_id": "NL123456782B90",
    "iban": "NL91ABNA0417164300",
    "support": "support@example.com",
    "street": "Keizersgracht 1",
    "postcode": "1015 CN",
    "city": "Amsterdam",
    "tax_id": None,
    "legal_id": "0106:12345678",
    "endpoint": "0106:12345678",
    "contact": "Accounts",
    "phone": "+31 20 123 4567",
    "email": "invoices@example.com",
    "bic": "ABNANL2A",
    "terms": None,
    "notes": {"recovery_fee": None, "late_penalty": None, "early_payment": None},
}
UNSAID = {
    **dict.fromkeys(("address", "vat_id", "email", "reference", "street", "postcode", "city", "legal_id")),
    **dict.fromkeys(("endpoint", "buyer_reference", "contact", "phone", "e_invoice")),
}
DEMO = {
    "acme": {
        "email": "ap@acme.example",
        "street": "Herengracht 7",
        "postcode": "1015 BA",
        "city": "Amsterdam",
        "legal_id": "0106:23456789",
        "endpoint": "0106:23456789",
        "buyer_reference": "Purchasing",
        "contact": "Accounts payable",
        "phone": "+31 20 234 5678",
        "e_invoice": "peppol",
    },
    "atelier": {
        "email": "bureau@atelier.example",
        "street": "Wycker Brugstraat 3",
        "postcode": "6221 EA",
        "city": "Maastricht",
        "legal_id": "0106:34567890",
        "contact": "Comptabilité",
        "phone": "+31 43 345 6789",
        "e_invoice": "en16931",
    },
}
SAME_ON_ALL = {
    "schema": "invoice/1",
    "vat_category": "S",
    "vat_rate": "21",
    "vat_note": None,
    "currency": "EUR",
    "seller": SELLER,
    "payment": {"method": "transfer", "iban": None},
    "mandate": None,
}


def annual(renews_on=JULY):
    return (*SINCE_2025, "--billing", "annual", "--renews-on", renews_on)


def month_text(months):
    whole, days, of = months.values()
    return f"{whole} + {days}/{of}" if of else str(whole)


def line_text(line, period):
    """Write all of an invoice's line in one."""
    line = dict(line)
    assert line.pop("item") == ("zoom" if line["description"].startswith("Zoom licence") else "users")
    text = f"{line.pop('description')}: {line.pop('quantity')} × {line.pop('rate')} a {line.pop('per')}"
    text += f" × {month_text(line.pop('months'))}"
    own = line.pop("period")
    text += "" if own == period else f" from {own['start']} to {own['end']}"
    text += f" = {line.pop('amount')}"
    if line:
        text += f" ({line.pop('fee_before')} -> {line.pop('fee_after')})"
    assert line == {}
    return text


def draft_text(draft):
    """Write all of an invoice without a number: date, period, sums, lines."""
    if draft is None:
        return None
    draft = {key: value for key, value in draft.items() if key not in ("vat_category", "vat_rate", "vat_note")}
    assert list(draft) == ["kind", "date", "period", "lines", "net", "vat", "total"]
    period = draft["period"]
    return (
        f"{draft['kind']} of {draft['date']} for {period['start']} to {period['end']}:"
        f" {draft['net']} + {draft['vat']} = {draft['total']}",
        *(line_text(line, period) for line in draft["lines"]),
    )


def book(cli):
    """Return every invoice in the order of its number, each as one tuple of texts with all that it says."""
    items = cli("list", "invoices", "--limit", "1000", "--json").json["items"]
    return [invoice_text(cli("show", item["number"], "--json").json) for item in reversed(items)]


def invoice_text(document):
    assert {key: document.pop(key) for key in SAME_ON_ALL} == SAME_ON_ALL
    demo = DEMO[document["space"]] if document["buyer"]["email"] else {}
    assert document.pop("buyer") == {"name": document["space"].title(), "country": "NL", **UNSAID, **demo}
    assert document.pop("language") == ("fr" if demo is DEMO["atelier"] else "en")
    assert (document.pop("credits_date") is None) == (document["credits"] is None)
    reference = document.pop("payment_reference")
    assert (reference is None) == (document["kind"] == "credit")
    number, space, due_date = (document.pop(key) for key in ("number", "space", "due_date"))
    replaced = {document.pop(key) for key in ("replaces", "replaces_date", "replaced_by", "reason")}
    assert replaced == {None}
    total, paid, open_ = (Decimal(document[key]) for key in ("total", "paid", "open"))
    settled = document.pop("credited_by") is not None or document["kind"] == "credit"
    assert (paid, open_) == (Decimal(0), Decimal(0) if settled else total)
    assert document["status"] == ("settled" if document["kind"] == "credit" else "credited" if settled else "open")
    for key in ("paid", "open", "status", "overdue"):
        del document[key]
    links = [document.pop(key) for key in ("order", "credits")]
    first, *lines = draft_text(document)
    head = " ".join([number, space, *filter(None, links), f"due {due_date}"])
    return (head, first, *lines)


def recurring(head, day, end, net, vat, total, *lines, start=None):
    return (head, f"recurring of {day} for {start or day} to {end}: {net} + {vat} = {total}", *lines)


def do(cli, *words, day=None):
    """Run a command that goes well, asked with --yes where it would ask."""
    yes = () if words[0] in ("quote", "order", "bill", "space", "catalog") else ("--yes",)
    return cli(*words, *yes, *(("--today", day) if day else ()), "--json").json


def refused(cli, *words, day=None):
    yes = () if words[0] in ("quote", "order", "bill") else ("--yes",)
    return cli(*words, *yes, *(("--today", day) if day else ()), "--json").refusal


def next_invoice(cli, *words):
    return draft_text(cli("show", *words, "--json").json["next_invoice"])


def sound(cli):
    """pricing.md 7.3: recomputed, nothing differs."""
    assert cli("check", "--json").json["problems"] == []


def at_short_notice(cli, tmp_path, today, contract):
    """Make a sandbox whose seller may raise prices from one day to the next, with a contract."""
    file = tmp_path / "first.toml"
    file.write_text(built_in().decode().replace("[policy]\n", "[policy]\nrise_notice_months = 0\n"))
    cli.prepare(("init", "--sandbox", "--today", today, "--catalog", str(file)), contract)


def import_catalog(cli, tmp_path, valid_from, *, day=None, **prices):
    """Export the catalog, change the starter plan's prices, import it."""
    text = cli("catalog", "export").text
    assert text.count('monthly = "10.00"\nannual = "100.00"\n') == 1
    new = f'monthly = "{prices.get("monthly", "10.00")}"\nannual = "{prices.get("annual", "100.00")}"\n'
    text = text.replace('monthly = "10.00"\nannual = "100.00"\n', new).replace("2026-01-01", valid_from)
    file = tmp_path / "next.toml"
    file.write_text(text)
    assert do(cli, "catalog", "import", str(file), "--yes", day=day)["changed"] is True


# --- cancelled, withdrawn, repriced ----------------------------------------------------------------------------


def test_a_cancelled_contract_says_so_and_can_be_cancelled_again(cli):
    """pricing.md 4.10: the whole document, and where it is seen."""
    cli.sandbox("2026-06-01", annual())
    document: dict[str, object] = {
        "schema": "order/1",
        "number": "O-2026-0001",
        "space": "acme",
        "date": "2026-06-01",
        "kind": "cancel",
        "quote": None,
        "change": None,
        "last_day": "2026-06-30",
        "currency": "EUR",
        "catch_up": [],
        "issued": [],
        "invoice": None,
        "withdrawn": None,
        "credit_note": None,
        "changed": True,
    }
    assert do(cli, "cancel") == document
    page = cli("show", "--json").json
    assert (page["contract"]["status"], page["contract"]["last_day"]) == ("ending", "2026-06-30")
    assert page["deadlines"]["cancel"] is None
    assert cli("show", "O-2026-0001", "--json").json == document
    assert do(cli, "cancel") == {**document, "changed": False}
    sound(cli)


UPGRADE_LINE = "Pro for 20 users instead of Starter for 10 users: {} × {} a year × 3 = {} ({} -> {})"
ROW_1 = (
    "INV-2026-0001 acme O-2026-0001 due 2026-04-14",
    "upgrade of 2026-03-15 for 2026-04-01 to 2026-07-01: 650.00 + 136.50 = 786.50",
    UPGRADE_LINE.format(1, "2600.00", "650.00", "1000.00", "3600.00"),
)


def test_row_13_an_upgrade_withdrawn_in_time_is_credited_whole(cli):
    """pricing.md 8 row 13, 4.11: on 2026-03-31 a credit note of −786.50, and the year from July as before."""
    cli.sandbox("2026-03-15", annual())
    before = cli("show", "--json").json
    do(cli, "upgrade", "--plan", "pro", "--users", "20")
    assert cli("show", "--json", "--today", "2026-03-31").json["withdrawable"] == "O-2026-0001"
    done = do(cli, "withdraw", "O-2026-0001", day="2026-03-31")
    assert (done["withdrawn"], done["credit_note"], done["changed"]) == ("2026-03-31", "INV-2026-0002", True)
    assert book(cli) == [
        ROW_1,
        (
            "INV-2026-0002 acme O-2026-0001 INV-2026-0001 due None",
            "credit of 2026-03-31 for 2026-04-01 to 2026-07-01: -650.00 + -136.50 = -786.50",
            UPGRADE_LINE.format(-1, "2600.00", "-650.00", "3600.00", "1000.00"),
        ),
    ]
    assert cli("show", "--json").json == {**before, "date": "2026-03-31"}
    again = do(cli, "withdraw", "O-2026-0001")
    assert (again["withdrawn"], again["credit_note"], again["changed"]) == ("2026-03-31", "INV-2026-0002", False)
    do(cli, "bill", day=JULY)
    assert book(cli)[2:] == [
        recurring(
            "INV-2026-0003 acme due 2026-07-31",
            *(JULY, "2027-07-01", "1500.00", "315.00", "1815.00"),
            f"{STARTER} × 12 = 1000.00",
            f"{ZOOM} × 12 = 500.00",
        )
    ]
    sound(cli)


def test_row_13_a_day_later_it_is_too_late(cli):
    """pricing.md 8 row 13, 4.11: on 2026-04-01 the price has started, and the year from July has the new one."""
    cli.sandbox("2026-03-15", annual())
    do(cli, "upgrade", "--plan", "pro", "--users", "20")
    assert cli("show", "--json", "--today", "2026-04-01").json["withdrawable"] is None
    assert refused(cli, "withdraw", "O-2026-0001", day="2026-04-01") == (
        4,
        "too_late",
        "O-2026-0001 can't be withdrawn any more: its price has started or is invoiced.",
        "Order another change instead: subctl upgrade or subctl downgrade.",
    )
    do(cli, "bill", day=JULY)
    assert book(cli) == [
        ROW_1,
        recurring(
            "INV-2026-0002 acme due 2026-07-31",
            *(JULY, "2027-07-01", "4100.00", "861.00", "4961.00"),
            "Pro, 20 users: 20 × 180.00 a year × 12 = 3600.00",
            f"{ZOOM} × 12 = 500.00",
        ),
    ]
    sound(cli)


def test_row_14_a_waiting_reduction_has_the_price_of_its_day(cli, tmp_path):
    """pricing.md 8 row 14, 3.4: 9 × 120 + 2 × 250 = 1580.00, whether the catalog is known before or comes after."""
    for known_before in (True, False):
        cli.sandbox("2026-03-14", annual())
        if known_before:
            import_catalog(cli, tmp_path, "2026-06-01", annual="120.00")
        done = do(cli, "downgrade", "--users", "9", day="2026-03-15")
        assert (done["price_from"], done["due_now"]) == (JULY, None)
        if not known_before:
            import_catalog(cli, tmp_path, "2026-06-01", day="2026-03-16", annual="120.00")
        lines = ("Starter, 9 users: 9 × 120.00 a year × 12 = 1080.00", f"{ZOOM} × 12 = 500.00")
        coming = (f"recurring of {JULY} for {JULY} to 2027-07-01: 1580.00 + 331.80 = 1911.80", *lines)
        assert next_invoice(cli) == coming
        if known_before:
            assert draft_text(done["next_invoice"]) == coming
        do(cli, "bill", day=JULY)
        assert book(cli) == [("INV-2026-0001 acme due 2026-07-31", *coming)]
        sound(cli)


# --- a price rise between quote, order and renewal ----------------------------------------------------------------


@pytest.fixture
def rise(cli, tmp_path):
    """An annual contract on 2026-06-10; `rise()` imports starter at 120.00 a year, 12.00 a month from 2026-07-01."""
    at_short_notice(cli, tmp_path, "2026-06-10", annual())
    return lambda: import_catalog(cli, tmp_path, JULY, day="2026-06-16", monthly="12.00", annual="120.00")


def year_of_20(rate, users_amount, net, vat, total, start=JULY, end="2027-07-01"):
    return (
        f"recurring of {start} for {start} to {end}: {net} + {vat} = {total}",
        f"Starter, 20 users: 20 × {rate} a year × 12 = {users_amount}",
        f"{ZOOM} × 12 = 500.00",
    )


def test_a_promised_rate_is_kept_for_its_period_and_no_longer(cli, rise):
    """pricing.md 3.4, 6.2: quoted before the rise, ordered after: July's year at 100.00, the next at 120.00."""
    quote = do(cli, "quote", "--users", "20", day="2026-06-15")
    promised = year_of_20("100.00", "2000.00", "2500.00", "525.00", "3025.00")
    assert (quote["price_from"], draft_text(quote["next_invoice"])) == (JULY, promised)
    rise()
    ordered = do(cli, "order", "Q-2026-0001", day="2026-06-20")
    assert (ordered["due_now"], draft_text(ordered["next_invoice"])) == (None, promised)
    do(cli, "bill", day=JULY)
    do(cli, "bill", day="2027-07-01")
    assert book(cli) == [
        ("INV-2026-0001 acme due 2026-07-31", *promised),
        (
            "INV-2027-0001 acme due 2027-07-31",
            *year_of_20("120.00", "2400.00", "2900.00", "609.00", "3509.00", "2027-07-01", "2028-07-01"),
        ),
    ]
    sound(cli)


def test_without_a_promise_the_risen_price_counts(cli, rise):
    """pricing.md 3.4: the same change asked for after the rise is known has the price of July."""
    rise()
    fresh = year_of_20("120.00", "2400.00", "2900.00", "609.00", "3509.00")
    assert draft_text(do(cli, "quote", "--users", "20", day="2026-06-20")["next_invoice"]) == fresh
    assert draft_text(do(cli, "upgrade", "--users", "20")["next_invoice"]) == fresh


def test_a_further_change_keeps_the_rate_already_promised(cli, rise):
    """pricing.md 3.4: ordered before the rise, changed again after it, all in the month before the renewal."""
    do(cli, "upgrade", "--users", "15", day="2026-06-15")
    rise()
    done = do(cli, "upgrade", "--users", "20", day="2026-06-20")
    assert draft_text(done["next_invoice"]) == year_of_20("100.00", "2000.00", "2500.00", "525.00", "3025.00")
    sound(cli)


@pytest.mark.parametrize("users", ["9", "11"])
def test_no_old_price_is_kept_by_a_tiny_change(cli, tmp_path, users):
    """pricing.md 3.4: a change in the paid year promises nothing for the next, be it up or down."""
    cli.sandbox("2026-03-15", annual())
    do(cli, "upgrade" if users == "11" else "downgrade", "--users", users)
    import_catalog(cli, tmp_path, "2026-05-01", day="2026-03-20", annual="120.00")
    net, vat, total = {"9": ("1580.00", "331.80", "1911.80"), "11": ("1820.00", "382.20", "2202.20")}[users]
    do(cli, "bill", day=JULY)
    assert book(cli)[-1] == recurring(
        f"INV-2026-000{2 if users == '11' else 1} acme due 2026-07-31",
        *(JULY, "2027-07-01", net, vat, total),
        f"Starter, {users} users: {users} × 120.00 a year × 12 = {int(users) * 120}.00",
        f"{ZOOM} × 12 = 500.00",
    )
    sound(cli)


@pytest.mark.parametrize("quoted_first", [True, False])
def test_a_tiny_monthly_change_keeps_the_old_price_for_one_month_at_most(cli, tmp_path, quoted_first):
    """pricing.md 3.4: April is promised to whoever had a quote before the rise was known; May is dearer for all."""
    at_short_notice(cli, tmp_path, "2026-03-10", MONTHLY)
    quote = do(cli, "quote", "--users", "9")
    import_catalog(cli, tmp_path, "2026-04-01", day="2026-03-12", monthly="12.00")
    words = ("order", quote["quote"]) if quoted_first else ("downgrade", "--users", "9")
    assert do(cli, *words, day="2026-03-15")["price_from"] == "2026-04-01"
    do(cli, "bill", day="2026-05-01")
    april, may = book(cli)
    kept = ("90.00", "140.00", "29.40", "169.40") if quoted_first else ("108.00", "158.00", "33.18", "191.18")
    rate = "10.00" if quoted_first else "12.00"
    assert april == recurring(
        "INV-2026-0001 acme due 2026-05-31",
        *("2026-05-01", "2026-05-01", *kept[1:]),
        f"Starter, 9 users: 9 × {rate} a month × 1 = {kept[0]}",
        f"{ZOOM_MONTH} × 1 = 50.00",
        start="2026-04-01",
    )
    assert may == recurring(
        "INV-2026-0002 acme due 2026-05-31",
        *("2026-05-01", "2026-06-01", "158.00", "33.18", "191.18"),
        "Starter, 9 users: 9 × 12.00 a month × 1 = 108.00",
        f"{ZOOM_MONTH} × 1 = 50.00",
    )
    sound(cli)


def test_the_order_of_a_quote_is_cheaper_by_the_months_that_passed(cli, tmp_path):
    """pricing.md 6.2, 3.4: quoted in March, ordered in April at the quote's rates; the renewal has the new ones."""
    at_short_notice(cli, tmp_path, "2026-03-15", annual())
    quote = do(cli, "quote", "--plan", "pro", "--users", "20")
    import_catalog(cli, tmp_path, "2026-04-01", day="2026-03-20", annual="120.00")
    ordered = do(cli, "order", quote["quote"], day="2026-04-10")
    assert draft_text(ordered["due_now"]) == (
        "upgrade of 2026-04-10 for 2026-05-01 to 2026-07-01: 433.33 + 91.00 = 524.33",
        "Pro for 20 users instead of Starter for 10 users: 1 × 2600.00 a year × 2 = 433.33 (1000.00 -> 3600.00)",
    )
    sound(cli)


# --- quotes of reductions -----------------------------------------------------------------------------------------


def test_a_downgrade_quote_ordered_a_day_late_is_expired(cli):
    """pricing.md 6.1, 6.2: its price would start a year later; on the last day it still holds."""
    cli.sandbox("2026-05-15", annual())
    assert do(cli, "quote", "--users", "8")["valid_until"] == "2026-06-01"
    refusal = (
        5,
        "quote_expired",
        "The quote Q-2026-0001 was valid until 2026-06-01.",
        "Ask for a new one: subctl quote --space acme --users 8",
    )
    assert refused(cli, "order", "Q-2026-0001", day="2026-06-02") == refusal
    assert do(cli, "order", "Q-2026-0001", day="2026-06-01")["price_from"] == JULY
    sound(cli)


# --- entering a contract ------------------------------------------------------------------------------------------


def test_an_annual_contract_entered_late_counts_as_invoiced_elsewhere(cli):
    """pricing.md 2.5: to the end of the period that holds the day of entry; the renewal is the first invoice."""
    cli.sandbox("2026-03-15", annual())
    assert cli("show", "--json").json["contract"]["billed_until"] == "2026-06-30"
    assert do(cli, "bill", day="2026-06-30")["issued"] == []
    do(cli, "bill", day=JULY)
    lines = (f"{STARTER} × 12 = 1000.00", f"{ZOOM} × 12 = 500.00")
    assert book(cli) == [
        recurring("INV-2026-0001 acme due 2026-07-31", JULY, "2027-07-01", "1500.00", "315.00", "1815.00", *lines)
    ]
    sound(cli)


def test_an_annual_contract_entered_late_of_which_nothing_was_invoiced(cli):
    """pricing.md 2.5: --billed-through names the eve of its first period, and the running year is due at once."""
    cli.sandbox("2026-03-15", (*annual(), "--billed-through", "2025-06-30"))
    assert cli("show", "--json").json["contract"]["billed_until"] is None
    do(cli, "bill")
    assert book(cli) == [
        recurring(
            "INV-2026-0001 acme due 2026-04-14",
            *("2026-03-15", JULY, "1500.00", "315.00", "1815.00"),
            f"{STARTER} × 12 = 1000.00",
            f"{ZOOM} × 12 = 500.00",
            start="2025-07-01",
        )
    ]
    sound(cli)


def test_a_monthly_contract_entered_late_is_billed_from_the_day_named(cli):
    """pricing.md 2.5: January was invoiced elsewhere, February and March are due, April comes next."""
    start = (*ADD, "--billing", "monthly", "--start", "2025-12-10", "--billed-through", "2026-01-31")
    cli.sandbox("2026-03-15", start)
    assert cli("show", "--json").json["contract"]["billed_until"] == "2026-01-31"
    do(cli, "bill")
    lines = (f"{STARTER_MONTH} × 1 = 100.00", f"{ZOOM_MONTH} × 1 = 50.00")
    sums = ("150.00", "31.50", "181.50")
    assert book(cli) == [
        recurring(
            f"INV-2026-000{place} acme due 2026-04-14", "2026-03-15", f"2026-0{place + 2}-01", *sums, *lines,
            start=f"2026-0{place + 1}-01",
        )
        for place in (1, 2)
    ]  # fmt: skip
    assert next_invoice(cli)[0].startswith("recurring of 2026-04-01 for 2026-04-01 to 2026-05-01: 150.00")
    sound(cli)


@pytest.mark.parametrize("day", ["2026-02-15", "2026-04-30", "2025-11-30"])
def test_the_last_invoiced_day_is_the_eve_of_a_boundary_up_to_the_running_period(cli, day):
    """pricing.md 2.5: not in mid-month, not after the period of the day of entry, not before the first billed day."""
    cli.sandbox("2026-03-15")
    words = (*ADD, "--billing", "monthly", "--start", "2025-12-10", "--billed-through", day, "--json")
    assert cli(*words).refusal == (
        2,
        "bad_input",
        f"The last invoiced day can't be {day}.",
        "Give the eve of a boundary, from 2025-12-31 to 2026-03-31, for instance 2026-02-28.",
    )


def test_an_upcoming_contract_can_be_changed_in_price_before_it_is_billed(cli):
    """pricing.md 2.4: before the first billed day every change takes effect in price on that day, up or down."""
    cli.sandbox("2026-03-15", (*ADD, "--billing", "annual", "--start", "2026-05-10"))
    page = cli("show", "--json").json
    assert page["contract"] | {"fee": None} == {
        "status": "upcoming",
        "plan": "starter",
        "users": 10,
        "zoom": 2,
        "licences": {"zoom": 2},
        "billing": "annual",
        "fee": None,
        "fee_per": "year",
        "started_on": "2026-05-10",
        "billed_from": "2026-06-01",
        "renews_on": page["contract"]["renews_on"],
        "last_day": None,
        "billed_until": None,
    }
    for kind, users, day in (("upgrade", "20", "2026-03-20"), ("downgrade", "8", "2026-05-31")):
        done = do(cli, kind, "--users", users, day=day)
        assert (done["available_from"], done["price_from"], done["due_now"], done["issued"]) == (
            max("2026-05-10", day),
            "2026-06-01",
            None,
            [],
        )
    do(cli, "bill", day="2026-06-01")
    assert book(cli) == [
        recurring(
            "INV-2026-0001 acme due 2026-07-01",
            *("2026-06-01", "2027-06-01", "1300.00", "273.00", "1573.00"),
            "Starter, 8 users: 8 × 100.00 a year × 12 = 800.00",
            f"{ZOOM} × 12 = 500.00",
        )
    ]
    sound(cli)


def test_a_first_period_up_to_a_given_renewal_date_is_charged_by_its_months(cli):
    """pricing.md 2.4, 2.6, 4.9: 1 April to 15 September is 5 + 14/30 months; then whole years from the 15th."""
    start = (*ADD, "--billing", "annual", "--start", "2026-03-20", "--renews-on", "2026-09-15")
    cli.sandbox("2026-03-15", start)
    do(cli, "bill", day="2026-04-01")
    do(cli, "bill", day="2026-09-15")
    assert book(cli) == [
        recurring(
            "INV-2026-0001 acme due 2026-05-01",
            *("2026-04-01", "2026-09-15", "683.34", "143.50", "826.84"),
            f"{STARTER} × 5 + 14/30 = 455.56",
            f"{ZOOM} × 5 + 14/30 = 227.78",
        ),
        recurring(
            "INV-2026-0002 acme due 2026-10-15",
            *("2026-09-15", "2027-09-15", "1500.00", "315.00", "1815.00"),
            f"{STARTER} × 12 = 1000.00",
            f"{ZOOM} × 12 = 500.00",
        ),
    ]
    sound(cli)


def test_a_switch_to_monthly_in_mid_month_leaves_a_stub(cli):
    """pricing.md 4.8, 4.9: 20 to 30 June is a period of its own, 11/30 of a month; from July on whole months."""
    cli.sandbox("2026-03-15", annual("2026-06-20"))
    assert do(cli, "upgrade", "--billing", "monthly")["price_from"] == "2026-06-20"
    do(cli, "bill", day="2026-06-20")
    do(cli, "bill", day=JULY)
    assert book(cli) == [
        recurring(
            "INV-2026-0001 acme due 2026-07-20",
            *("2026-06-20", JULY, "55.00", "11.55", "66.55"),
            f"{STARTER_MONTH} × 0 + 11/30 = 36.67",
            f"{ZOOM_MONTH} × 0 + 11/30 = 18.33",
        ),
        recurring(
            "INV-2026-0002 acme due 2026-07-31",
            *(JULY, "2026-08-01", "150.00", "31.50", "181.50"),
            f"{STARTER_MONTH} × 1 = 100.00",
            f"{ZOOM_MONTH} × 1 = 50.00",
        ),
    ]
    sound(cli)


# --- ending a contract, and taking that back ------------------------------------------------------------------------


@pytest.mark.parametrize("billing", ["monthly", "annual"])
@pytest.mark.parametrize(
    ("day", "last_day"),
    [("2026-03-20", None), ("2026-05-09", None), ("2026-05-10", "2026-05-31"), ("2026-05-31", "2026-05-31")],
)
def test_a_contract_cancelled_before_it_is_billed_costs_nothing(cli, billing, day, last_day):
    """pricing.md 4.10: before its start at once, it never starts; before the first billed day on that day."""
    cli.sandbox("2026-03-15", (*ADD, "--billing", billing, "--start", "2026-05-10"))
    assert do(cli, "cancel", day=day)["last_day"] == last_day
    page = cli("show", "--json").json
    assert (page["contract"]["status"], page["next_invoice"]) == ("ending" if last_day else "ended", None)
    assert do(cli, "bill", day="2026-08-01")["issued"] == []
    ended = (last_day and f"ended on {last_day}") or "ended before it started"
    refusal = (
        4,
        "contract_ended",
        f"The contract of acme {ended}.",
        "A new contract starts with a new space: subctl space add.",
    )
    for words in (("upgrade", "--users", "20"), ("cancel",), ("withdraw", "O-2026-0001"), ("quote", "--users", "20")):
        assert refused(cli, *words, day="2026-08-01") == refusal
    sound(cli)


def test_a_cancelled_contract_is_billed_up_to_its_end(cli):
    """pricing.md 4.10: a monthly one cancelled in March is invoiced for April, and no more."""
    cli.sandbox("2026-03-15", MONTHLY)
    do(cli, "cancel")
    do(cli, "bill", day="2026-09-01")
    assert [invoice[1] for invoice in book(cli)] == [
        "recurring of 2026-09-01 for 2026-04-01 to 2026-05-01: 150.00 + 31.50 = 181.50"
    ]
    assert cli("show", "--json").json["contract"]["status"] == "ended"
    sound(cli)


def test_a_year_that_a_withdrawn_switch_cut_is_billed_on(cli):
    """pricing.md 4.8, 4.9, 4.11, 9: its first days are billed alone, then the rest of the same year; none twice."""
    catalog = cli.home / "catalog.toml"
    cli("init", "--demo")
    catalog.write_text(cli("catalog", "export").text.replace("notice_months = 1", "notice_months = 0"))
    cli("init", "--sandbox", "--today", "2026-03-01", "--catalog", str(catalog), "--yes")
    words = ("space", "add", "acme", "--name", "Acme", "--plan", "starter", "--users", "10", "--zoom", "2")
    cli(*words, "--billing", "annual", "--start", "2025-07-01", "--renews-on", "2026-06-20")
    do(cli, "upgrade", "--users", "20", "--billing", "monthly", day="2026-06-15")
    first = do(cli, "bill", day="2026-06-20")["issued"]
    do(cli, "withdraw", "O-2026-0001", day="2026-06-25")
    rest = do(cli, "bill", day="2026-07-05")["issued"]
    assert [(item["period"]["start"], item["period"]["end"], item["net"]) for item in (*first, *rest)] == [
        ("2026-06-20", "2026-07-01", "45.84"),  # 1000.00 and 500.00 × (11/30) / 12: 30.56 and 15.28
        ("2026-07-01", "2027-06-20", "1454.16"),  # × (11 + 19/30) / 12: 969.44 and 484.72
    ]
    sound(cli)


def test_while_it_ends_an_upgrade_is_charged_up_to_the_end(cli):
    """pricing.md 4.5, 4.10: April to June are charged; from July on there is no price any more."""
    cli.sandbox("2026-03-15", annual())
    do(cli, "cancel")
    done = do(cli, "upgrade", "--users", "20", day="2026-03-20")
    assert draft_text(done["due_now"]) == (
        "upgrade of 2026-03-20 for 2026-04-01 to 2026-07-01: 250.00 + 52.50 = 302.50",
        "Starter, 10 users more: 10 × 100.00 a year × 3 = 250.00 (1000.00 -> 2000.00)",
    )
    assert (done["price_from"], done["next_invoice"]) == ("2026-04-01", None)
    late = do(cli, "upgrade", "--users", "30", day="2026-06-10")
    assert (late["price_from"], late["due_now"], late["next_invoice"]) == (None, None, None)
    assert refused(cli, "upgrade", "--billing", "monthly") == (
        4,
        "contract_ending",
        "The contract of acme is cancelled: its billing can't be changed any more.",
        "Withdraw the cancellation first: subctl list orders --space acme --kind cancel names it.",
    )
    assert do(cli, "bill", day=JULY)["issued"] == []
    sound(cli)


def test_while_it_ends_the_billing_that_placed_the_end_stays(cli):
    """pricing.md 4.10, 5, 9: a switch to monthly can't be withdrawn under a cancellation; after it, it can."""
    cli.sandbox("2026-03-15", annual())
    do(cli, "upgrade", "--billing", "monthly")
    assert do(cli, "cancel", day="2026-06-15")["last_day"] == "2026-07-31"
    assert refused(cli, "withdraw", "O-2026-0001", day="2026-06-20") == (
        4,
        "contract_ending",
        "The contract of acme is cancelled: its billing can't be changed any more.",
        "Withdraw the cancellation first: subctl list orders --space acme --kind cancel names it.",
    )
    do(cli, "withdraw", "O-2026-0002", day="2026-06-20")
    do(cli, "withdraw", "O-2026-0001", day="2026-06-20")
    assert cli("show", "--json").json["contract"]["billing"] == "annual"
    sound(cli)


def test_a_cancellation_can_be_taken_back_until_the_end(cli):
    """pricing.md 4.11: whatever was ordered after it, only the end goes; twice changes nothing; then cancel anew."""
    cli.sandbox("2026-03-15", annual())
    do(cli, "cancel")
    do(cli, "upgrade", "--users", "20", day="2026-03-20")
    done = do(cli, "withdraw", "O-2026-0001", day="2026-06-30")
    assert done == {
        "schema": "order/1",
        "number": "O-2026-0001",
        "space": "acme",
        "date": "2026-03-15",
        "kind": "cancel",
        "quote": None,
        "change": None,
        "last_day": "2026-06-30",
        "currency": "EUR",
        "catch_up": [],
        "issued": [],
        "invoice": None,
        "withdrawn": "2026-06-30",
        "credit_note": None,
        "changed": True,
        "credit": None,
    }
    before = cli.bytes
    again = do(cli, "withdraw", "O-2026-0001")
    assert (again["withdrawn"], again["changed"]) == ("2026-06-30", False)
    assert cli.bytes == before
    page = cli("show", "--json").json["contract"]
    assert (page["status"], page["users"], page["last_day"]) == ("active", 20, None)
    assert do(cli, "cancel")["number"] == "O-2026-0003"
    assert cli("show", "--json").json["contract"]["last_day"] == "2027-06-30"
    do(cli, "bill", day=JULY)
    assert book(cli)[-1] == recurring(
        "INV-2026-0002 acme due 2026-07-31",
        *(JULY, "2027-07-01", "2500.00", "525.00", "3025.00"),
        "Starter, 20 users: 20 × 100.00 a year × 12 = 2000.00",
        f"{ZOOM} × 12 = 500.00",
    )
    sound(cli)


def test_after_the_end_a_cancellation_stays(cli):
    """pricing.md 4.11, 5: on the day after the last one everything is refused."""
    cli.sandbox("2026-03-15", annual())
    do(cli, "cancel")
    assert refused(cli, "withdraw", "O-2026-0001", day=JULY)[1] == "contract_ended"


def test_only_the_latest_change_can_be_withdrawn_and_then_the_one_before_it(cli):
    """pricing.md 4.11: 30 users go before 20; each upgrade invoice gets its own credit note."""
    cli.sandbox("2026-03-15", annual())
    do(cli, "upgrade", "--users", "20")
    do(cli, "upgrade", "--users", "30", day="2026-03-20")
    assert refused(cli, "withdraw", "O-2026-0001") == (
        4,
        "too_late",
        "O-2026-0001 is not the latest change: O-2026-0002 came after it.",
        "Only the latest change can be withdrawn.",
    )
    do(cli, "withdraw", "O-2026-0002")
    do(cli, "withdraw", "O-2026-0001", day="2026-03-31")
    more = "Starter, 10 users more: {}10 × 100.00 a year × 3 = {}250.00 ({} -> {})"
    period = "for 2026-04-01 to 2026-07-01"
    assert book(cli) == [
        (
            "INV-2026-0001 acme O-2026-0001 due 2026-04-14",
            f"upgrade of 2026-03-15 {period}: 250.00 + 52.50 = 302.50",
            more.format("", "", "1000.00", "2000.00"),
        ),
        (
            "INV-2026-0002 acme O-2026-0002 due 2026-04-19",
            f"upgrade of 2026-03-20 {period}: 250.00 + 52.50 = 302.50",
            more.format("", "", "2000.00", "3000.00"),
        ),
        (
            "INV-2026-0003 acme O-2026-0002 INV-2026-0002 due None",
            f"credit of 2026-03-20 {period}: -250.00 + -52.50 = -302.50",
            more.format("-", "-", "3000.00", "2000.00"),
        ),
        (
            "INV-2026-0004 acme O-2026-0001 INV-2026-0001 due None",
            f"credit of 2026-03-31 {period}: -250.00 + -52.50 = -302.50",
            more.format("-", "-", "2000.00", "1000.00"),
        ),
    ]
    assert cli("show", "--json").json["contract"]["users"] == 10
    sound(cli)


def test_a_reduction_can_be_withdrawn_as_long_as_it_waits(cli):
    """pricing.md 4.11: up to the eve of the renewal, and not once the renewal's invoice could carry it."""
    cli.sandbox("2026-03-15", annual())
    do(cli, "downgrade", "--users", "8")
    for day, withdrawable in (("2026-06-30", "O-2026-0001"), (JULY, None)):
        assert cli("show", "--today", day, "--json").json["withdrawable"] == withdrawable
    assert refused(cli, "withdraw", "O-2026-0001", day=JULY)[1] == "too_late"
    assert do(cli, "withdraw", "O-2026-0001", day="2026-06-30")["credit_note"] is None
    assert cli("show", "--json").json["contract"]["users"] == 10
    sound(cli)


# --- two years ------------------------------------------------------------------------------------------------------


def months(first, last):
    """Return every first of a month from one to another."""
    year, month = map(int, first.split("-")[:2])
    found = []
    while (day := f"{year}-{month:02d}-01") <= last:
        found.append(day)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def test_two_years_of_the_demo(demo):
    """pricing.md 4 to 7: two contracts, billed on every first, changed now and then; each invoice to the cent."""
    orders = {
        "2026-03-15": ("upgrade", "--plan", "pro", "--users", "20"),
        "2026-08-15": ("upgrade", "--users", "12", "--space", "atelier"),
        "2026-11-20": ("upgrade", "--zoom", "5"),
        "2027-01-10": ("upgrade", "--billing", "annual", "--space", "atelier"),
        "2027-05-31": ("downgrade", "--users", "15"),
        "2027-10-05": ("upgrade", "--plan", "business", "--space", "atelier"),
        "2028-01-20": ("upgrade", "--billing", "monthly", "--space", "atelier"),
        "2028-02-29": ("cancel",),
    }
    for day in sorted([*orders, *months("2026-04-01", "2028-03-01")]):
        do(demo, *orders.get(day, ("bill",)), day=day)
    assert book(demo) == [
        ROW_1,
        *(
            recurring(
                f"INV-2026-{place:04d} atelier due {due}",
                *(first, after, "150.00", "31.50", "181.50"),
                f"{STARTER_MONTH} × 1 = 100.00",
                f"{ZOOM_MONTH} × 1 = 50.00",
            )
            for place, first, after, due in (
                (2, "2026-04-01", "2026-05-01", "2026-05-01"),
                (3, "2026-05-01", "2026-06-01", "2026-05-31"),
                (4, "2026-06-01", JULY, "2026-07-01"),
            )
        ),
        recurring(
            "INV-2026-0005 acme due 2026-07-31",
            *(JULY, "2027-07-01", "4100.00", "861.00", "4961.00"),
            "Pro, 20 users: 20 × 180.00 a year × 12 = 3600.00",
            f"{ZOOM} × 12 = 500.00",
        ),
        *(
            recurring(
                f"INV-2026-{place:04d} atelier due {due}",
                *(first, after, "150.00", "31.50", "181.50"),
                f"{STARTER_MONTH} × 1 = 100.00",
                f"{ZOOM_MONTH} × 1 = 50.00",
            )
            for place, first, after, due in (
                (6, JULY, "2026-08-01", "2026-07-31"),
                (7, "2026-08-01", "2026-09-01", "2026-08-31"),
            )
        ),
        *(twelve_users(f"INV-2026-{place:04d}", *dates) for place, *dates in (
            (8, "2026-09-01", "2026-10-01", "2026-10-01"),
            (9, "2026-10-01", "2026-11-01", "2026-10-31"),
            (10, "2026-11-01", "2026-12-01", "2026-12-01"),
        )),
        (
            "INV-2026-0011 acme O-2026-0003 due 2026-12-20",
            "upgrade of 2026-11-20 for 2026-12-01 to 2027-07-01: 437.50 + 91.88 = 529.38",
            "Zoom licence, 3 more: 3 × 250.00 a year × 7 = 437.50 (500.00 -> 1250.00)",
        ),
        twelve_users("INV-2026-0012", "2026-12-01", "2027-01-01", "2026-12-31"),
        twelve_users("INV-2027-0001", "2027-01-01", "2027-02-01", "2027-01-31"),
        recurring(
            "INV-2027-0002 atelier due 2027-03-03",
            *("2027-02-01", "2028-02-01", "1700.00", "357.00", "2057.00"),
            "Starter, 12 users: 12 × 100.00 a year × 12 = 1200.00",
            f"{ZOOM} × 12 = 500.00",
        ),
        recurring(
            "INV-2027-0003 acme due 2027-07-31",
            *("2027-07-01", "2028-07-01", "3950.00", "829.50", "4779.50"),
            "Pro, 15 users: 15 × 180.00 a year × 12 = 2700.00",
            "Zoom licence: 5 × 250.00 a year × 12 = 1250.00",
        ),
        (
            "INV-2027-0004 atelier O-2027-0003 due 2027-11-04",
            "upgrade of 2027-10-05 for 2027-11-01 to 2028-02-01: 538.50 + 113.09 = 651.59",
            "Business for 12 users instead of Starter for 12 users:"
            " 1 × 2154.00 a year × 3 = 538.50 (1200.00 -> 3354.00)",
        ),
        recurring(
            "INV-2028-0001 atelier due 2028-03-02",
            *("2028-02-01", "2029-02-01", "3854.00", "809.34", "4663.34"),
            "Business, 12 users: 12 × 279.50 a year × 12 = 3354.00",
            f"{ZOOM} × 12 = 500.00",
        ),
    ]  # fmt: skip
    pages = [demo("show", "--space", space, "--json").json for space in ("acme", "atelier")]
    assert [
        (page["contract"]["status"], page["contract"]["last_day"], page["contract"]["billed_until"]) for page in pages
    ] == [("ending", "2028-06-30", "2028-06-30"), ("active", None, "2029-01-31")]
    assert [draft_text(page["next_invoice"]) for page in pages] == [
        None,
        (
            "recurring of 2029-02-01 for 2029-02-01 to 2029-03-01: 385.40 + 80.93 = 466.33",
            "Business, 12 users: 12 × 27.95 a month × 1 = 335.40",
            f"{ZOOM_MONTH} × 1 = 50.00",
        ),
    ]
    found = demo("check", "--json").json
    assert (found["ok"], found["problems"]) == (True, [])
    assert found["counts"] == {
        "spaces": 2,
        "quotes": 0,
        "orders": 8,
        "invoices": 17,
        "history": 24,
        "payments": 0,
        "collections": 0,
        "reminders": 0,
    }


def twelve_users(number, first, after, due):
    return recurring(
        f"{number} atelier due {due}",
        *(first, after, "170.00", "35.70", "205.70"),
        "Starter, 12 users: 12 × 10.00 a month × 1 = 120.00",
        f"{ZOOM_MONTH} × 1 = 50.00",
    )
