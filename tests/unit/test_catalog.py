"""Catalogs over time, and reading a catalog file (pricing.md 1, 3.2, 3.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.catalog import ANNUAL, MONTHLY, Catalog, Catalogs, Plan, Policy, Price, Rates, Seller
from subctl.domain.catalog_file import is_licence_name, read_catalog
from tests.support.build import CATALOG, catalog_data, day, rates, refused

ZOOM_LICENCE = (("de", "Zoom-Lizenz"), ("fr", "Licence Zoom"), ("nl", "Zoom-licentie"))


def test_the_built_in_catalog_is_read_whole() -> None:
    """pricing.md 8: the rates of the worked examples, exact in ten-thousandths."""
    catalog, faults = read_catalog(catalog_data(), 7)
    assert faults == []
    assert catalog == Catalog(
        id=7,
        name="2026",
        valid_from=day("2026-01-01"),
        currency="EUR",
        seller=Seller(
            name="Example Software B.V.",
            address="Keizersgracht 1, 1015 CN Amsterdam",
            country="NL",
            vat_id="NL123456782B90",
            vat_rate=210_000,
            timezone="Europe/Amsterdam",
            support="support@example.com",
            iban="NL91ABNA0417164300",
            street="Keizersgracht 1",
            postcode="1015 CN",
            city="Amsterdam",
            legal_id="0106:12345678",
            endpoint="0106:12345678",
            contact="Accounts",
            phone="+31 20 123 4567",
            email="invoices@example.com",
            bic="ABNANL2A",
            creditor_id="NL69ZZZ123456780000",
        ),
        policy=Policy(notice_months=1, quote_days=30, payment_days=30),
        plans={
            "starter": Plan("starter", Price("Starter", 100_000, 1_000_000), 1, 50, self_service=True),
            "pro": Plan("pro", Price("Pro", 180_000, 1_800_000), 1, None, self_service=True),
            "business": Plan("business", Price("Business", 279_500, 2_795_000), 5, None, self_service=True),
            "enterprise": Plan("enterprise", Price("Enterprise", 400_000, 4_000_000), 50, None, self_service=False),
        },
        licences={"zoom": Price("Zoom licence", 250_000, 2_500_000, ZOOM_LICENCE)},
    )


def faults_of(data: Mapping[str, object]) -> list[str]:
    """Return what is wrong with a catalog's data, each with its key in front."""
    return [str(fault.sentence) for fault in read_catalog(data)[1]]


@pytest.mark.parametrize(
    ("plan", "billing", "found"),
    [
        ("starter", MONTHLY, rates(100_000, 250_000)),
        ("starter", ANNUAL, rates(1_000_000, 2_500_000)),
        ("business", ANNUAL, rates(2_795_000, 2_500_000)),
    ],
)
def test_rates_are_per_month_or_per_year(plan: str, billing: str, found: Rates) -> None:
    """pricing.md 3.2: monthly billing has monthly rates, annual billing annual ones."""
    assert CATALOG.rates(plan, billing) == found


def test_a_plan_that_is_not_sold_is_refused_with_those_that_are() -> None:
    """pricing.md 1: a catalog has its plans and no others."""
    assert refused(CATALOG.plan, "gold") == (
        "not_found",
        "There is no plan 'gold'.",
        "The plans are starter, pro, business, enterprise.",
    )


def known(catalog_id: int, valid_from: str) -> Catalog:
    return CATALOG._replace(id=catalog_id, valid_from=day(valid_from))


JANUARY, JUNE, JULY, NEW_JUNE = (
    known(1, "2026-01-01"),
    known(2, "2026-06-01"),
    known(3, "2026-07-01"),
    known(4, "2026-06-01"),
)
ALL = Catalogs((JANUARY, JUNE, JULY, NEW_JUNE))


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        ("1999-01-01", JANUARY),
        ("2025-12-31", JANUARY),
        ("2026-01-01", JANUARY),
        ("2026-05-31", JANUARY),
        ("2026-06-01", NEW_JUNE),
        ("2026-06-30", NEW_JUNE),
        ("2026-07-01", JULY),
        ("2199-12-31", JULY),
    ],
)
def test_a_catalog_is_in_force_from_its_day_until_the_next(on: str, in_force: Catalog) -> None:
    """pricing.md 1: the first one covers all days before it too; one of the same day replaces the other."""
    assert ALL.at(day(on)) == in_force


@pytest.mark.parametrize(
    ("first", "second", "on", "in_force"),
    [
        ("2026-06-01", "2026-06-01", "2026-05-31", 1),
        ("2026-06-01", "2026-06-01", "2026-06-01", 2),
        ("2026-07-01", "2026-06-01", "2026-05-31", 1),
        ("2026-07-01", "2026-06-01", "2026-06-01", 2),
        ("2026-07-01", "2026-06-01", "2026-07-01", 2),
    ],
)
def test_the_first_catalog_is_valid_since_ever(first: str, second: str, on: str, in_force: int) -> None:
    """pricing.md 1: whatever its date says, the next one follows it on its own day."""
    found = Catalogs((known(1, first), known(2, second)))
    assert found.at(day(on)).id == in_force


@pytest.mark.parametrize(
    ("on", "to_come"),
    [
        ("2026-03-15", (JANUARY, NEW_JUNE, JULY)),
        ("2026-06-01", (NEW_JUNE, JULY)),
        ("2026-08-01", (JULY,)),
        ("2025-01-01", (JANUARY, NEW_JUNE, JULY)),
    ],
)
def test_catalogs_to_come_follow_the_one_in_force(on: str, to_come: tuple[Catalog, ...]) -> None:
    """pricing.md 5: a plan must be in all of these to be ordered; replaced ones don't count."""
    assert ALL.from_day(day(on)) == to_come


def test_an_invoice_is_to_be_paid_so_many_days_after_it() -> None:
    """pricing.md 7.2: the catalog's `payment_days`."""
    assert CATALOG.due_date(day("2026-03-15")) == day("2026-04-14")


def test_a_quote_knows_the_catalogs_of_its_day() -> None:
    """pricing.md 3.4: what was imported after the quote is unknown to it."""
    assert ALL.known_by(2).imported == (JANUARY, JUNE)
    assert (ALL.newest, ALL.known_by(2).newest) == (4, 2)


def test_catalogs_can_be_chosen_by_what_they_sell() -> None:
    """pricing.md 3.6: only those that have all of it, plans and licences alike."""
    no_pro = JUNE._replace(plans={"starter": CATALOG.plans["starter"]})
    no_zoom = JULY._replace(licences={})
    all_three = Catalogs((JANUARY, no_pro, no_zoom))
    wanted: list[tuple[set[str], set[str]]] = [(set(), set()), ({"pro"}, set()), (set(), {"zoom"}), ({"pro"}, {"zoom"})]
    assert [all_three.selling(*each).imported for each in wanted] == [
        (JANUARY, no_pro, no_zoom),
        (JANUARY, no_zoom),
        (JANUARY, no_pro),
        (JANUARY,),
    ]


def test_from_a_last_day_on_no_catalog_follows() -> None:
    """pricing.md 1: the one that comes last, whenever it was imported; the first one came before all."""
    assert (ALL.last_day, ALL.known_by(1).last_day) == (day("2026-07-01"), day("2026-01-01"))
    assert Catalogs((known(1, "2026-07-01"), known(2, "2026-06-01"))).last_day == day("2026-06-01")


catalogs = st.lists(st.dates(day("2026-01-01"), day("2026-01-20")), min_size=1, max_size=6).map(
    lambda days: Catalogs(tuple(CATALOG._replace(id=n, valid_from=start) for n, start in enumerate(days, 1)))
)


@given(catalogs, st.dates(day("2025-12-25"), day("2026-01-25")))
def test_exactly_the_latest_begun_and_latest_imported_catalog_is_in_force(catalogs: Catalogs, on: Any) -> None:
    """pricing.md 1: of those after the first, none that has begun is later, and none of the same day came later."""
    begun = [catalog for catalog in catalogs.imported[1:] if catalog.valid_from <= on]
    found = catalogs.at(on)
    assert found in (begun or catalogs.imported[:1])
    assert all((other.valid_from, other.id) <= (found.valid_from, found.id) for other in begun)


def titled(catalog_id: int, **titles: str) -> Catalog:
    """Return a catalog whose plan pro is called `title`, and otherwise in other languages."""
    title, others = titles.pop("title"), tuple(sorted(titles.items()))
    price = CATALOG.plans["pro"].price._replace(title=title, titles=others)
    zoom = CATALOG.licences["zoom"]._replace(title=title, titles=others)
    plans = {"pro": CATALOG.plans["pro"]._replace(price=price)}
    return CATALOG._replace(id=catalog_id, plans=plans, licences={"zoom": zoom})


RENAMED = Catalogs((titled(1, title="Pro", fr="Pro 1"), titled(2, title="Pro", fr="Pro 2"), titled(3, title="Team")))


@pytest.mark.parametrize(
    ("item", "name", "title", "language", "found"),
    [
        ("users", "pro", "Pro", "fr", "Pro 2"),
        ("users", "pro", "Pro", "de", "Pro"),
        ("users", "pro", "Team", "fr", "Team"),
        ("users", "pro", "Old", "fr", "Old"),
        ("users", "zoom", "Pro", "fr", "Pro"),
        ("zoom", "zoom", "Pro", "fr", "Pro 2"),
        ("storage", "storage", "Pro", "fr", "Pro"),
    ],
)
def test_a_title_that_was_kept_is_found_in_another_language(
    item: str, name: str, title: str, language: str, found: str
) -> None:
    """documents.md 3: by the last catalog that called the thing so; what none called so stays as it was kept."""
    assert RENAMED.title(item, name, title, language) == found


# --- the file ----------------------------------------------------------------------------------------------

Spoil = Callable[[dict[str, Any]], object]


def put(path: str, value: object) -> Spoil:
    """Return what sets a key, given by its path."""

    def spoil(data: dict[str, Any]) -> None:
        *tables, key = path.split("/")
        for table in tables:
            data = data[table]
        data[key] = value

    return spoil


def drop(path: str) -> Spoil:
    """Return what takes a key away, given by its path."""

    def spoil(data: dict[str, Any]) -> None:
        *tables, key = path.split("/")
        for table in tables:
            data = data[table]
        del data[key]

    return spoil


ZOOM = {"title": "Zoom", "monthly": "1", "annual": "10"}
MUST_BE_TEXT = 'must be a text with a number, like "10.00"'
CURRENCY = "must be a currency's three capital letters of ISO 4217, like EUR"
SPACES = 'must be a list of spaces, like ["acme"]'
PLAN_NAME = "a plan's name has small letters, digits and hyphens only, at most 40"


@pytest.mark.parametrize(
    ("spoil", "faults"),
    [
        (put("colour", "red"), ["colour: unknown key"]),
        (put("seller/colour", "red"), ["seller.colour: unknown key"]),
        (put("policy/colour", "red"), ["policy.colour: unknown key"]),
        (put("licences/zoom/colour", "red"), ["licences.zoom.colour: unknown key"]),
        (put("plans/pro/colour", "red"), ["plans.pro.colour: unknown key"]),
        (drop("name"), ["name: missing"]),
        (put("name", 2026), ["name: must be a text"]),
        (put("name", " "), ["name: must not be empty"]),
        (put("name", "a\u202eb"), ["name: must not hold the invisible sign \\u{202e}"]),
        (drop("valid_from"), ["valid_from: missing"]),
        (put("valid_from", "2026-01-01"), ["valid_from: must be a date like 2026-01-01, without quotes"]),
        (
            put("valid_from", day("1969-12-31")),
            ["valid_from: must be a date like 2026-01-01, without quotes"],
        ),
        (
            put("valid_from", day("2200-01-01")),
            ["valid_from: must be a date like 2026-01-01, without quotes"],
        ),
        (drop("currency"), ["currency: missing"]),
        (put("currency", "eur"), [f"currency: {CURRENCY}"]),
        (put("currency", 978), [f"currency: {CURRENCY}"]),
        (put("currency", "HRK"), [f"currency: {CURRENCY}"]),
        (put("currency", "XAU"), [f"currency: {CURRENCY}"]),
        (drop("seller/name"), ["seller.name: missing"]),
        (drop("seller/address"), ["seller.address: missing"]),
        (put("seller/country", "NLD"), ["seller.country: must be two capital letters like NL"]),
        (put("seller/vat_id", 5), ["seller.vat_id: must be a text"]),
        (put("seller/vat_exempt", " "), ["seller.vat_exempt: must not be empty"]),
        (put("seller/vat_rate", 21), [f"seller.vat_rate: {MUST_BE_TEXT}"]),
        (put("seller/vat_rate", "100.01"), ["seller.vat_rate: must be at most 100"]),
        (put("seller/vat_rate", "21,5"), ["seller.vat_rate: the value is not a number: '21,5'."]),
        (drop("seller/timezone"), ["seller.timezone: missing"]),
        (drop("seller/support"), ["seller.support: missing"]),
        (put("seller/iban", ""), ["seller.iban: must not be empty"]),
        (put("seller/street", 1), ["seller.street: must be a text"]),
        (put("seller/postcode", "a" * 201), ["seller.postcode: must have at most 200 letters"]),
        (put("seller/city", " "), ["seller.city: must not be empty"]),
        (put("seller/legal_id", ""), ["seller.legal_id: must not be empty"]),
        (put("seller/tax_id", "4111111111111111"), ["seller.tax_id: must not hold a card number"]),
        (put("seller/endpoint", 5), ["seller.endpoint: must be a text"]),
        (put("seller/contact", "4111111111111111"), ["seller.contact: must not hold a card number"]),
        (put("seller/phone", []), ["seller.phone: must be a text"]),
        (put("seller/email", "nobody"), ["seller.email: 'nobody' is not an e-mail address."]),
        (put("seller/email", 5), ["seller.email: must be a text"]),
        (put("seller/bic", "\u200dABNANL2A"), ["seller.bic: must not hold the invisible sign \\u{200d}"]),
        (
            put("seller/endpoint", "0106:\u200d12345678"),
            ["seller.endpoint: must not hold the invisible sign \\u{200d}"],
        ),
        (put("seller/creditor_id", 5), ["seller.creditor_id: must be a text"]),
        (put("seller/terms", "a" * 1001), ["seller.terms: must have at most 1000 letters"]),
        (put("seller/notes", "none"), ["seller.notes: must be a table"]),
        (put("seller/notes", {"late_penalty": 3}), ["seller.notes.late_penalty: must be a text"]),
        (
            put("seller/notes", {"recovery_fee": "a" * 1001}),
            ["seller.notes.recovery_fee: must have at most 1000 letters"],
        ),
        (put("seller/notes", {"rebate": "3 %"}), ["seller.notes.rebate: unknown key"]),
        (put("plans/pro/titles", "Pro"), ["plans.pro.titles: must be a table"]),
        (put("plans/pro/titles", {"fr": ""}), ["plans.pro.titles.fr: must not be empty"]),
        (put("plans/pro/titles", {"it": "Professionale"}), ["plans.pro.titles.it: unknown key"]),
        (put("licences/zoom/titles", {"de": 1}), ["licences.zoom.titles.de: must be a text"]),
        (
            drop("seller"),
            [
                "seller: missing",
                "seller.name: missing",
                "seller.address: missing",
                "seller.country: missing",
                "seller.vat_rate: missing",
                "seller.timezone: missing",
                "seller.support: missing",
            ],
        ),
        (
            put("policy", 5),
            [
                "policy: must be a table",
                "policy.notice_months: missing",
                "policy.quote_days: missing",
                "policy.payment_days: missing",
            ],
        ),
        (put("policy/notice_months", 25), ["policy.notice_months: must be a whole number from 0 to 24"]),
        (put("policy/notice_months", True), ["policy.notice_months: must be a whole number from 0 to 24"]),
        (put("policy/quote_days", -1), ["policy.quote_days: must be a whole number from 0 to 366"]),
        (put("policy/payment_days", 1.5), ["policy.payment_days: must be a whole number from 0 to 366"]),
        (put("policy/rise_notice_months", 25), ["policy.rise_notice_months: must be a whole number from 0 to 24"]),
        (put("policy/rise_notice_months", "2"), ["policy.rise_notice_months: must be a whole number from 0 to 24"]),
        (drop("licences/zoom/title"), ["licences.zoom.title: missing"]),
        (put("licences", 3), ["licences: must have at most 20 tables like [licences.zoom]"]),
        (
            put("licences", {f"kind-{place}": {} for place in range(21)}),
            ["licences: must have at most 20 tables like [licences.zoom]"],
        ),
        (
            put("licences/Zoom", ZOOM),
            ["licences.Zoom: a licence's name has small letters, digits and hyphens only, at most 40"],
        ),
        (
            put("licences/users", ZOOM),
            ["licences.users: a licence can't be called so: it is a column of space import or apply"],
        ),
        (put("licences/4111111111111111", ZOOM), ["licences.4111111111111111: must not hold a card number"]),
        (put("zoom", ZOOM), ["zoom: stands in [licences.zoom] already"]),
        (
            put("licences/zoom/monthly", "-1"),
            ["licences.zoom.monthly: the value must lie between 0 and 1000000: -1."],
        ),
        (drop("plans"), ["plans: must have one to 100 tables like [plans.starter]"]),
        (put("plans", {}), ["plans: must have one to 100 tables like [plans.starter]"]),
        (
            put("plans", {f"p{n}": {} for n in range(101)}),
            ["plans: must have one to 100 tables like [plans.starter]"],
        ),
        (
            put("plans/pro", "18.00"),
            [
                "plans.pro: must be a table",
                "plans.pro.title: missing",
                "plans.pro.monthly: missing",
                "plans.pro.annual: missing",
            ],
        ),
        (drop("plans/pro/annual"), ["plans.pro.annual: missing"]),
        (put("plans/pro/annual", 180), [f"plans.pro.annual: {MUST_BE_TEXT}"]),
        (put("plans/pro/annual", "1.00005"), ["plans.pro.annual: the value has more than 4 decimals: 1.00005."]),
        (put("plans/pro/title", "4111111111111111"), ["plans.pro.title: must not hold a card number"]),
        (put("plans/pro/min_users", 0), ["plans.pro.min_users: must be a whole number from 1 to 1000000"]),
        (put("plans/pro/max_users", "9"), ["plans.pro.max_users: must be a whole number from 1 to 1000000"]),
        (put("plans/business/max_users", 4), ["plans.business.max_users: must not be below min_users"]),
        (put("plans/pro/spaces", "acme"), [f"plans.pro.spaces: {SPACES}"]),
        (put("plans/pro/spaces", []), [f"plans.pro.spaces: {SPACES}"]),
        (put("plans/pro/spaces", ["acme", 5]), [f"plans.pro.spaces: {SPACES}"]),
        (put("plans/pro/spaces", ["Acme Inc."]), [f"plans.pro.spaces: {SPACES}"]),
        (put("plans/pro/self_service", "no"), ["plans.pro.self_service: must be true or false"]),
        (
            put("plans/Gold", {"title": "Gold", "monthly": "1", "annual": "10"}),
            [f"plans.Gold: {PLAN_NAME}"],
        ),
    ],
)
def test_every_fault_of_a_catalog_file_is_named_by_its_key(spoil: Spoil, faults: list[str]) -> None:
    """pricing.md 1: a catalog is taken whole or not at all, and each fault is named, unknown keys too."""
    data = catalog_data()
    spoil(data)
    assert faults_of(data) == faults


@pytest.mark.parametrize(
    ("tables", "kinds"),
    [
        ({}, []),
        ({"licences": {}}, []),
        ({"zoom": ZOOM}, ["zoom"]),
        ({"licences": {"viewer": ZOOM, "storage": ZOOM}}, ["viewer", "storage"]),
        ({"licences": {"viewer": ZOOM}, "zoom": ZOOM}, ["viewer", "zoom"]),
    ],
)
def test_a_catalog_sells_any_number_of_kinds_of_licence(tables: dict[str, Any], kinds: list[str]) -> None:
    """pricing.md 1, 3.2: in the catalog's order, or none at all; a table [zoom] is one of them."""
    data = catalog_data()
    del data["licences"]
    catalog, faults = read_catalog({**data, **tables})
    assert faults == []
    assert catalog.licences == dict.fromkeys(kinds, Price("Zoom", 10_000, 100_000))
    assert catalog.rates("pro", ANNUAL) == Rates(1_800_000, tuple((kind, 100_000) for kind in sorted(kinds)))


def test_a_rate_that_there_is_not_is_refused_with_those_there_are() -> None:
    """pricing.md 3.4: a kind that isn't sold has no price."""
    for rates_, hint in (
        (Rates(1, (("viewer", 2), ("zoom", 3))), "The licences are viewer, zoom."),
        (Rates(1), "This catalog sells no licences beside its plans."),
    ):
        assert refused(rates_.of, "storage") == ("not_found", "There is no licence 'storage'.", hint)
    assert Rates(1, (("viewer", 2), ("zoom", 3))).of("zoom") == 3


PRO = {"title": "Pro", "monthly": "18.00", "annual": "180.00"}


@pytest.mark.parametrize(
    "spoil",
    [
        put("valid_from", day("1970-01-01")),
        put("valid_from", day("2199-12-31")),
        put("policy/notice_months", 0),
        put("policy/notice_months", 24),
        put("policy/rise_notice_months", 24),
        put("policy/quote_days", 366),
        put("policy/payment_days", 366),
        put("plans", {"pro": PRO}),
        put("plans", {f"p{n}": PRO for n in range(100)}),
        put("plans/pro", {**PRO, "min_users": 1, "max_users": 1_000_000}),
        put("plans/pro", {**PRO, "min_users": 7, "max_users": 7}),
        put("licences", {f"kind-{n}": ZOOM for n in range(20)}),
        put("licences/zoom/annual", "1000000"),
        put("seller/vat_rate", "0"),
        put("seller/vat_rate", "100"),
        put("seller/terms", "a" * 1000),
        put("seller/terms", "Pay soon.\nThank you."),
        put("seller/address", "Keizersgracht 1\nAmsterdam"),
        put("seller/iban", "4111111111111111"),
    ],
)
def test_the_limits_themselves_are_inside(spoil: Spoil) -> None:
    """pricing.md 3.2, 3.5: the first and the last value that a key may have."""
    data = catalog_data()
    spoil(data)
    assert read_catalog(data)[1] == []


@pytest.mark.parametrize("country", ["N1", "nl", "Nl", "ÑL", "NLD", "N", "", 12, True])
def test_a_country_is_two_capital_letters(country: object) -> None:
    """pricing.md 3.3: as in ISO 3166."""
    data = catalog_data()
    data["seller"]["country"] = country
    assert faults_of(data) == ["seller.country: must be two capital letters like NL"]


@pytest.mark.parametrize(("rate", "fault"), [("100.0001", "must be at most 100"), ("99.5", None)])
def test_a_vat_rate_is_a_percentage(rate: str, fault: str | None) -> None:
    """pricing.md 3.3: nobody takes more than all of it."""
    data = catalog_data()
    data["seller"]["vat_rate"] = rate
    assert faults_of(data) == ([f"seller.vat_rate: {fault}"] if fault else [])


def test_all_faults_are_named_at_once() -> None:
    """pricing.md 1: an empty file has every fault."""
    assert faults_of({}) == [
        "name: missing",
        "valid_from: missing",
        "currency: missing",
        "seller: missing",
        "seller.name: missing",
        "seller.address: missing",
        "seller.country: missing",
        "seller.vat_rate: missing",
        "seller.timezone: missing",
        "seller.support: missing",
        "policy: missing",
        "policy.notice_months: missing",
        "policy.quote_days: missing",
        "policy.payment_days: missing",
        "plans: must have one to 100 tables like [plans.starter]",
    ]


def test_limits_and_bank_details_may_be_left_out() -> None:
    """pricing.md 5: a plan without limits takes one user or more, and customers change it themselves."""
    data = catalog_data()
    for path in ("seller/vat_id", "seller/iban", "plans/starter/max_users"):
        drop(path)(data)
    catalog, faults = read_catalog(data)
    assert faults == []
    assert (catalog.seller.vat_id, catalog.seller.iban) == (None, None)
    assert catalog.plans["starter"] == Plan("starter", Price("Starter", 100_000, 1_000_000), 1, None, self_service=True)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [("zoom", True), ("a-2", True), ("Zoom", False), ("", False), ("users", False), ("4111111111111111", False)],
)
def test_a_licence_has_a_name_that_a_catalog_may_give_it(name: str, *, allowed: bool) -> None:
    """pricing.md 1: no column of a file, and no card number."""
    assert is_licence_name(name) is allowed


def test_what_a_catalog_may_say_besides() -> None:
    """pricing.md 3.3, 3.5, 3.6: the sentence of exempt invoices, the notice of rises, and whose a private plan is."""
    data = catalog_data()
    drop("seller/vat_id")(data)
    for path, value in (
        ("seller/vat_exempt", "Small business."),
        ("policy/rise_notice_months", 0),
        ("plans/pro/spaces", ["acme", "beta-2"]),
    ):
        put(path, value)(data)
    catalog, faults = read_catalog(data)
    assert faults == []
    assert catalog == CATALOG._replace(
        id=0,
        seller=CATALOG.seller._replace(vat_id=None, vat_exempt="Small business."),
        policy=CATALOG.policy._replace(rise_notice_months=0),
        plans={**CATALOG.plans, "pro": CATALOG.plans["pro"]._replace(spaces=("acme", "beta-2"))},
    )


def test_a_private_plan_is_offered_to_those_it_names() -> None:
    """pricing.md 3.6: any other plan to everybody."""
    private = CATALOG.plans["pro"]._replace(spaces=("acme",))
    plans = (private, CATALOG.plans["pro"])
    assert [plan.offered_to(space) for plan in plans for space in ("acme", "beta")] == [True, False, True, True]


@given(st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=8) | st.none(), max_size=4))
def test_any_table_is_read_to_its_end(data: dict[str, object]) -> None:
    """pricing.md 1: whatever the file holds, its faults are a list and never an accident."""
    assert read_catalog(data)[1] != []
