"""`subctl catalog`: export, edit, check, import; from its day on an imported catalog is the one that prices.

Which rates a change keeps is pricing.md 3.4; here is what a catalog must be to come after another.
"""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

HINT = "subctl catalog new prints one that can."
TITLES = {"fr": "Licence Zoom", "nl": "Zoom-licentie", "de": "Zoom-Lizenz"}
STARTER = '[plans.starter]\ntitle = "Starter"\nmonthly = "10.00"\nannual = "100.00"\nmax_users = 50\n'


@pytest.fixture
def export(demo):
    """The catalog in force, as `catalog export` prints it."""
    return demo("catalog", "export").text


@pytest.fixture
def file(export, tmp_path):
    """Return a maker of files: the exported catalog, from 2026-06-01 on, with one text in place of another."""

    def make(*changes: tuple[str, str], valid_from: str = "2026-06-01") -> str:
        text = export.replace("2026-01-01", valid_from)
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "next.toml"
        path.write_text(text)
        return str(path)

    return make


def about(
    valid_from="2026-06-01", plans=("starter", "pro", "business", "enterprise"), name="2026", rises=(), *, changed
):
    return {
        "schema": "catalog/1",
        "name": name,
        "valid_from": valid_from,
        "currency": "EUR",
        "plans": list(plans),
        "changed": changed,
        "first": False,
        "rises": list(rises),
        "falls": [],
        "notice_months": None,
    }


DEARER = {
    "key": "plans.starter.annual",
    "before": "100.00",
    "after": "120.00",
    "contracts": 1,
    "earliest": "2026-07-01",
    "latest": "2026-07-01",
}
"""What the tests' dearer catalog does to acme."""


def unusable(path, *faults):
    listed = "\n".join(f"  {fault}" for fault in faults)
    return (2, "bad_input", f"The catalog {path} can't be used:\n{listed}", HINT)


# --- export -----------------------------------------------------------------------------------------------------


def test_an_export_is_the_catalog_in_force(export):
    """pricing.md 1: all of it, as a file that can be edited."""
    assert tomllib.loads(export) == {
        "name": "2026",
        "valid_from": date(2026, 1, 1),
        "currency": "EUR",
        "seller": {
            "name": "Example Software B.V.",
            "address": "Keizersgracht 1, 1015 CN Amsterdam",
            "country": "NL",
            "vat_id": "NL123456782B90",
            "vat_rate": "21",
            "timezone": "Europe/Amsterdam",
            "support": "support@example.com",
            "iban": "NL91ABNA0417164300",
            "street": "Keizersgracht 1",
            "postcode": "1015 CN",
            "city": "Amsterdam",
            "legal_id": "0106:12345678",
            "endpoint": "0106:12345678",
            "contact": "Accounts",
            "phone": "+31 20 123 4567",
            "email": "invoices@example.com",
            "bic": "ABNANL2A",
            "creditor_id": "NL69ZZZ123456780000",
        },
        "policy": {"notice_months": 1, "quote_days": 30, "payment_days": 30},
        "plans": {
            "starter": {
                "title": "Starter",
                "monthly": "10.00",
                "annual": "100.00",
                "max_users": 50,
            },
            "pro": {"title": "Pro", "monthly": "18.00", "annual": "180.00"},
            "business": {"title": "Business", "monthly": "27.95", "annual": "279.50", "min_users": 5},
            "enterprise": {
                "title": "Enterprise",
                "monthly": "40.00",
                "annual": "400.00",
                "min_users": 50,
                "self_service": False,
            },
        },
        "licences": {
            "zoom": {
                "title": "Zoom licence",
                "monthly": "25.00",
                "annual": "250.00",
                "titles": TITLES,
            }
        },
    }


def test_an_export_goes_in_again(demo, export, tmp_path):
    """pricing.md 3.4: the catalog that is in force already changes nothing, although it is from the past."""
    path = tmp_path / "same.toml"
    path.write_text(export)
    before = demo.bytes
    assert demo("catalog", "check", str(path), "--json").json == about("2026-01-01", changed=False)
    assert demo("catalog", "import", str(path), "--json").json == about("2026-01-01", changed=False)
    assert demo.bytes == before


def test_from_its_day_on_the_export_is_the_new_one(demo, file):
    """pricing.md 1: on its eve it is still the old one."""
    path = file(('annual = "100.00"', 'annual = "120.00"'), ('name = "2026"', 'name = "Summer"'))
    demo("catalog", "import", path, "--yes")
    names = [
        tomllib.loads(demo("catalog", "export", "--today", day).text)["name"] for day in ("2026-05-31", "2026-06-01")
    ]
    assert names == ["2026", "Summer"]


# --- import -----------------------------------------------------------------------------------------------------


def test_check_says_what_a_file_is_and_needs_no_store(cli, demo, file):
    """pricing.md 3.4: the file alone is looked at."""
    path = file(('name = "2026"', 'name = "Summer"'))
    assert demo("catalog", "check", path, "--json").json == about(name="Summer", changed=False)
    assert cli.another("none")("catalog", "check", path, "--json").json == about(name="Summer", changed=False)


def test_an_import_is_recorded_once(demo, file):
    """pricing.md 3.4: the same file again changes nothing; a dry run says the same and writes nothing."""
    path = file(('annual = "100.00"', 'annual = "120.00"'))
    before = demo.bytes
    assert demo("catalog", "import", path, "--dry-run", "--json").json == about(rises=[DEARER], changed=True)
    assert demo.bytes == before
    assert demo("catalog", "import", path, "--yes", "--json").json == about(rises=[DEARER], changed=True)
    before = demo.bytes
    assert demo("catalog", "import", path, "--json").json == about(changed=False)
    assert demo.bytes == before
    entry = demo("history", "--limit", "1", "--json").json["items"][0]
    assert (entry["action"], entry["detail"]) == ("catalog import", {"catalog": "2026", "valid_from": "2026-06-01"})
    assert demo("check", "--json").json["problems"] == []


@pytest.mark.parametrize(
    ("changes", "valid_from", "faults"),
    [
        ((), "2026-03-15", ["valid_from: must be 2026-03-16 or later"]),
        ((), "2025-12-31", ["valid_from: must be 2026-03-16 or later"]),
        ((('currency = "EUR"', 'currency = "USD"'),), "2026-06-01", ["currency: must stay EUR"]),
        (
            (('timezone = "Europe/Amsterdam"', 'timezone = "Europe/Paris"'),),
            "2026-06-01",
            ["seller.timezone: must stay Europe/Amsterdam"],
        ),
        (
            (('country = "NL"', 'country = "DE"'), ('vat_id = "NL123456782B90"', 'vat_id = "DE136695976"')),
            "2026-06-01",
            ["seller.country: must stay NL; another legal entity is another store"],
        ),
        (((STARTER, ""),), "2026-06-01", ["plans.starter: missing, and in use"]),
        (
            (
                (STARTER, ""),
                ('currency = "EUR"', 'currency = "USD"'),
                ('timezone = "Europe/Amsterdam"', 'timezone = "Europe/Paris"'),
            ),
            "2026-03-15",
            [
                "valid_from: must be 2026-03-16 or later",
                "currency: must stay EUR",
                "seller.timezone: must stay Europe/Amsterdam",
                "plans.starter: missing, and in use",
            ],
        ),
    ],
    ids=["today", "the past", "currency", "time zone", "country", "a plan in use", "all at once"],
)
def test_what_can_not_follow_the_catalog_in_force(demo, file, changes, valid_from, faults):
    """pricing.md 3.4: from tomorrow on, in the same money and time zone, with every plan in use."""
    path = file(*changes, valid_from=valid_from)
    before = demo.sql("SELECT * FROM catalogs")
    assert demo("catalog", "import", path, "--json").refusal == unusable(path, *faults)
    assert demo.sql("SELECT * FROM catalogs") == before


def test_a_plan_that_nobody_uses_can_go(demo, file):
    """pricing.md 3.4: pro is not in use; from then on it is not sold, nor from now on beyond that day."""
    pro = '[plans.pro]\ntitle = "Pro"\nmonthly = "18.00"\nannual = "180.00"\n'
    path = file((pro, ""))
    plans = ("starter", "business", "enterprise")
    assert demo("catalog", "import", path, "--json").json == about(plans=plans, changed=True)
    assert demo("quote", "--plan", "pro", "--json").refusal == (
        3,
        "not_found",
        "The plan pro is not sold any more from 2026-06-01 on.",
        "From then on there are starter, business, enterprise.",
    )
    assert [plan["id"] for plan in demo("list", "plans", "--today", "2026-06-01", "--json").json["items"]] == [*plans]


@pytest.mark.parametrize("when", ["in force", "waiting", "entitled"])
def test_a_plan_is_in_use_while_a_price_step_has_it(demo, file, when):
    """pricing.md 3.4: in force, or waiting for its day, or only used already and not yet paid."""
    changes = {
        "in force": ("upgrade", "--plan", "pro", "--yes"),
        "waiting": ("downgrade", "--plan", "pro", "--users", "1", "--zoom", "0", "--yes"),
        "entitled": ("upgrade", "--plan", "pro", "--yes", "--space", "atelier"),
    }
    if when == "waiting":
        demo.sql("UPDATE spaces SET active_users = 0")
    assert demo(*changes[when]).code == 0
    day = "2026-05-01" if when == "in force" else "2026-03-20"
    pro = '[plans.pro]\ntitle = "Pro"\nmonthly = "18.00"\nannual = "180.00"\n'
    path = file((pro, ""))
    refusal = demo("catalog", "import", path, "--today", day, "--json").refusal
    assert refusal == unusable(path, "plans.pro: missing, and in use")


def test_a_plan_whose_contracts_have_ended_can_go_and_they_can_still_be_looked_at(demo, file):
    """pricing.md 3.4: an ended contract uses nothing; its page, its invoices and the check stay."""
    demo("space", "add", "b", "--name", "B", "--plan", "business", "--users", "5")
    demo("cancel", "--space", "b", "--yes")
    demo("bill", "--today", "2026-05-01")
    business = '[plans.business]\ntitle = "Business"\nmonthly = "27.95"\nannual = "279.50"\nmin_users = 5\n'
    path = file((business, ""))
    assert demo("catalog", "import", path, "--json").json["changed"] is True
    later = ("--today", "2026-07-01", "--json")
    page = demo("show", "--space", "b", *later).json
    assert (page["contract"]["status"], page["contract"]["plan"], page["contract"]["users"]) == ("ended", "business", 5)
    assert demo("bill", *later).json["failed"] == []
    assert [item["id"] for item in demo("list", "spaces", *later).json["items"]] == ["b", "atelier", "acme"]
    assert demo("check", *later).json["problems"] == []


def test_a_plan_of_a_contract_that_never_started_can_go_too(demo, file):
    """pricing.md 3.4, 4.10: cancelled before its start, it uses nothing and can still be looked at."""
    words = ("--plan", "business", "--users", "5", "--start", "2026-07-10")
    demo("space", "add", "b", "--name", "B", *words)
    demo("cancel", "--space", "b", "--yes")
    business = '[plans.business]\ntitle = "Business"\nmonthly = "27.95"\nannual = "279.50"\nmin_users = 5\n'
    assert demo("catalog", "import", file((business, "")), "--json").json["changed"] is True
    page = demo("show", "--space", "b", "--json").json
    assert (page["contract"]["status"], page["contract"]["last_day"], page["next_invoice"]) == ("ended", None, None)


def test_a_catalog_of_the_same_day_replaces_one_that_is_not_in_force_yet(demo, file):
    """pricing.md 3.4: the one imported later counts, also for the day itself; once in force it can't be replaced."""
    old, new = 'annual = "100.00"', 'annual = "120.00"'
    demo("catalog", "import", file((old, new)), "--yes")
    assert annual_rate(demo, "2026-06-01") == "120.00"
    path = file((old, 'annual = "90.00"'))
    assert demo("catalog", "import", path, "--today", "2026-05-31", "--json").json["changed"] is True
    assert annual_rate(demo, "2026-06-01") == "90.00"
    path = file((old, 'annual = "80.00"'))
    assert demo("catalog", "import", path, "--today", "2026-06-01", "--json").refusal == unusable(
        path, "valid_from: must be 2026-06-02 or later"
    )
    assert annual_rate(demo, "2026-06-01") == "90.00"
    assert demo("check", "--json").json["problems"] == []


def test_the_first_of_two_can_come_back(demo, file):
    """pricing.md 3.4: a file that was replaced and is imported again is a change."""
    dear, cheap = ('annual = "100.00"', 'annual = "120.00"'), ('annual = "100.00"', 'annual = "90.00"')
    for change, changed in ((dear, True), (cheap, True), (dear, True), (dear, False)):
        assert demo("catalog", "import", file(change), "--yes", "--json").json["changed"] is changed
    assert annual_rate(demo, "2026-06-01") == "120.00"


def test_only_store_administrators_import(demo, file):
    """pricing.md 5: a space's administrator may look at the catalog, and no more."""
    path = file()
    demo.sql("UPDATE administrators SET space = 'acme'")
    assert demo("catalog", "import", path, "--json").refusal[:2] == (7, "not_administrator")
    assert demo("catalog", "export").code == 0


def annual_rate(cli, day):
    return cli("list", "plans", "--today", day, "--json").json["items"][0]["annual"]


# --- faults -----------------------------------------------------------------------------------------------------

FAULTS = {
    "name": (('name = "2026"\n', "name = 2026\n"), "name: must be a text"),
    "no name": (('name = "2026"\n', ""), "name: missing"),
    "day": (("valid_from = 2026-06-01", 'valid_from = "2026-06-01"'),
            "valid_from: must be a date like 2026-01-01, without quotes"),
    "time": (("valid_from = 2026-06-01", "valid_from = 2026-06-01T00:00:00"),
             "valid_from: must be a date like 2026-01-01, without quotes"),
    "currency": (
        ('currency = "EUR"', 'currency = "eur"'),
        "currency: must be a currency's three capital letters of ISO 4217, like EUR",
    ),
    "currencies": (
        ('currency = "EUR"', 'currency = ["EUR"]'),
        "currency: must be a currency's three capital letters of ISO 4217, like EUR",
    ),
    "country": (('country = "NL"', 'country = "Netherlands"'), "seller.country: must be two capital letters like NL"),
    "VAT rate": (('vat_rate = "21"', 'vat_rate = "121"'), "seller.vat_rate: must be at most 100"),
    "VAT number": (("NL123456782B90", "NL123456789B90"),
                   "seller.vat_id: 'NL123456789B90' is not a VAT number of NL"),
    "IBAN": (("NL91ABNA0417164300", "NL92ABNA0417164300"), "seller.iban: 'NL92ABNA0417164300' is not an IBAN."),
    "time zone": (("Europe/Amsterdam", "Europe/Atlantis"),
                  "seller.timezone: there is no time zone 'Europe/Atlantis'"),
    "notice": (("notice_months = 1", "notice_months = -1"),
               "policy.notice_months: must be a whole number from 0 to 24"),
    "days": (("quote_days = 30", 'quote_days = "30"'), "policy.quote_days: must be a whole number from 0 to 366"),
    "true days": (("payment_days = 30", "payment_days = true"),
                  "policy.payment_days: must be a whole number from 0 to 366"),
    "comma": (('annual = "100.00"', 'annual = "100,00"'), "plans.starter.annual: "),
    "number": (('annual = "100.00"', "annual = 100.00"),
               'plans.starter.annual: must be a text with a number, like "10.00"'),
    "negative": (('annual = "100.00"', 'annual = "-100.00"'), "plans.starter.annual: "),
    "five decimals": (('annual = "100.00"', 'annual = "100.00001"'), "plans.starter.annual: "),
    "not a number": (('annual = "100.00"', 'annual = "NaN"'), "plans.starter.annual: "),
    "limits": (("max_users = 50", "max_users = 0"), "plans.starter.max_users: must be a whole number from 1 to "),
    "limits turned round": (("max_users = 50", "min_users = 51\nmax_users = 50"),
                            "plans.starter.max_users: must not be below min_users"),
    "self service": (("self_service = false", 'self_service = "no"'),
                     "plans.enterprise.self_service: must be true or false"),
    "plan's name": (("[plans.pro]", '[plans."Pro!"]'),
                    "plans.Pro!: a plan's name has small letters, digits and hyphens only, at most 40"),
    "no title": (('title = "Pro"\n', ""), "plans.pro.title: missing"),
    "unknown key": (("max_users = 50", "max_users = 50\nmax_user = 60"), "plans.starter.max_user: unknown key"),
    "unknown table": (("[licences.zoom]", "[teams]\n[licences.zoom]"), "teams: unknown key"),
    "unknown key of the seller": (('country = "NL"', 'country = "NL"\nfax = "1"'), "seller.fax: unknown key"),
    "no licence's title": (('title = "Zoom licence"\n', ""), "licences.zoom.title: missing"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_by_its_key(demo, file, change, fault):
    """pricing.md 3.4: by check and by import alike, and nothing is written but the refusal."""
    path = file(change)
    found = demo("catalog", "check", path, "--json").refusal
    lines = found[2].split("\n")
    assert (found[:2], lines[0], found[3]) == ((2, "bad_input"), f"The catalog {path} can't be used:", HINT)
    assert any(line.startswith(f"  {fault}") for line in lines[1:]), lines
    before = demo.bytes
    assert demo("catalog", "import", path, "--json").refusal == found
    assert demo.bytes == before


def test_every_fault_is_named_at_once(demo, file):
    """pricing.md 3.4: what is missing, what is unknown, what is no price, and what only a library can tell."""
    path = file(*(FAULTS[what][0] for what in ("no name", "comma", "unknown key", "notice", "IBAN", "time zone")))
    keys = [line.split(":")[0].strip() for line in demo("catalog", "check", path, "--json").refusal[2].split("\n")[1:]]
    assert sorted(keys) == [
        "name",
        "plans.starter.annual",
        "plans.starter.max_user",
        "policy.notice_months",
        "seller.iban",
        "seller.timezone",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name = ", "{} is not a TOML file: Invalid value (at end of document)."),
        (b"\xff", "{}, line 1: These bytes are not UTF-8 text."),
        (b"a = " + b"[" * 5000, "{} is not a TOML file: "),
        (b"#" * 1_000_001, "{} is too large: more than 1000000 letters."),
    ],
    ids=["syntax", "no text", "nested", "too large"],
)
def test_what_is_no_catalog_at_all(demo, tmp_path, content, message):
    """pricing.md 3.4: one clear line for each."""
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    for command in ("check", "import"):
        code, name, said, _ = demo("catalog", command, str(path), "--json").refusal
        assert (code, name) == (2, "bad_input")
        assert said.startswith(message.format(path))


def test_a_file_that_is_not_there(demo, tmp_path):
    """pricing.md 3.4: named with what the machine says."""
    path = str(tmp_path / "none.toml")
    expected = (2, "bad_input", f"{path} can't be read: No such file or directory.", "")
    for command in ("check", "import"):
        assert demo("catalog", command, path, "--json").refusal == expected


# --- what an imported catalog does ------------------------------------------------------------------------------


def test_previews_know_a_catalog_that_is_to_come(demo, file):
    """pricing.md 3.4: periods in its time have its prices, those before it do not."""
    demo(
        "catalog",
        "import",
        file(('annual = "100.00"', 'annual = "120.00"'), ('monthly = "10.00"', 'monthly = "12.00"')),
        "--yes",
    )
    quote = demo("quote", "--users", "20", "--dry-run", "--json").json
    assert (quote["due_now"]["net"], quote["next_invoice"]["net"]) == ("250.00", "2900.00")
    assert demo("show", "--json").json["next_invoice"]["net"] == "1700.00"
    monthly = demo("forecast", "--space", "atelier", "--months", "4", "--json").json["invoices"]
    assert [(draft["date"], draft["net"]) for draft in monthly] == [
        ("2026-04-01", "150.00"),
        ("2026-05-01", "150.00"),
        ("2026-06-01", "170.00"),
        ("2026-07-01", "170.00"),
    ]


def test_a_period_that_has_begun_keeps_its_price(demo, file):
    """pricing.md 3.4: a month that began before the import is billed by the catalog of its first day, however late."""
    demo("catalog", "import", file(('monthly = "10.00"', 'monthly = "12.00"'), valid_from="2026-05-02"), "--yes")
    run = demo("bill", "--today", "2026-06-10", "--json").json["issued"]
    assert [(one["period"]["start"], one["net"]) for one in run] == [
        ("2026-04-01", "150.00"),
        ("2026-05-01", "150.00"),
        ("2026-06-01", "170.00"),
    ]


def test_an_invoice_has_the_seller_and_the_terms_of_its_day(demo, file):
    """pricing.md 7.2: a later catalog changes no invoice that was issued."""
    demo("bill", "--today", "2026-04-01")
    path = file(
        ('name = "Example Software B.V."', 'name = "Newer Software B.V."'),
        ("payment_days = 30", "payment_days = 14"),
        ('vat_rate = "21"', 'vat_rate = "25"'),
        valid_from="2026-04-20",
    )
    demo("catalog", "import", path)
    demo("bill", "--today", "2026-05-01")
    invoices = [demo("show", f"INV-2026-000{place}", "--json").json for place in (1, 2)]
    assert [
        (one["seller"]["name"], one["date"], one["due_date"], one["vat_rate"], one["total"]) for one in invoices
    ] == [
        ("Example Software B.V.", "2026-04-01", "2026-05-01", "21", "181.50"),
        ("Newer Software B.V.", "2026-05-01", "2026-05-15", "25", "187.50"),
    ]
    assert demo("check", "--json").json["problems"] == []


def test_a_notice_that_grew_counts_from_its_day_on(demo, file):
    """pricing.md 4, 1: the notice is the policy's of the day; a quote holds no longer than its day of the price."""
    demo("catalog", "import", file(("notice_months = 1", "notice_months = 3"), valid_from="2026-05-10"), "--yes")
    quote = demo("quote", "--users", "8", "--today", "2026-04-20", "--json").json
    assert (quote["price_from"], quote["valid_until"]) == ("2026-07-01", "2026-05-09")
    late = demo("downgrade", "--users", "8", "--dry-run", "--yes", "--today", "2026-05-10", "--json").json
    assert late["price_from"] == "2027-07-01"
