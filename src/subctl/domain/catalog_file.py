"""Reading a catalog file: every fault is named by its key, unknown keys too.

What needs a library to check (a VAT number's digits, an IBAN, a time zone) is the service's to add.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from subctl.domain.cards import holds_card
from subctl.domain.catalog import REMINDER_DAYS, Catalog, Notes, Plan, Policy, Price, Seller
from subctl.domain.currencies import DECIMALS
from subctl.domain.dates import FIRST_YEAR, LAST_YEAR
from subctl.domain.languages import LANGUAGES
from subctl.domain.money import parse_rate
from subctl.domain.sentence import N_, Sentence
from subctl.domain.table_reader import Fault, FaultError, Table, TableReader
from subctl.domain.text import MAX_COUNT, MAX_SENTENCES, MAX_TEXT, is_id, parse_email, text_fault

_NAME = r"[a-z0-9][a-z0-9-]{0,39}"
_PERCENT = 10_000
_MAX_NOTICE_MONTHS, _MAX_DAYS, _MAX_PLANS, _MAX_LICENCES, _MAX_LEVELS = 24, 366, 100, 20, 9

_TOP = ("name", "valid_from", "currency", "seller", "policy", "plans", "licences", "zoom")
_NOTES = Notes._fields
_SELLER = Seller._fields
_POLICY = ("notice_months", "quote_days", "payment_days", "rise_notice_months", "reminder_days")
_PRICE = ("title", "titles", "monthly", "annual")
_PLAN = (*_PRICE, "min_users", "max_users", "self_service", "spaces")

_PLAN_NAME = N_("a plan's name has small letters, digits and hyphens only, at most 40")
_LICENCE_NAME = N_("a licence's name has small letters, digits and hyphens only, at most 40")


_COLUMNS = """
id space name plan users billing start renews-on billed-through active-users country vat-id address street postcode
city email contact phone reference buyer-reference legal-id endpoint e-invoice language payment iban mandate licence
"""

COLUMNS = frozenset(_COLUMNS.split())
"""What columns of CSV files are called, or will be: no licence may be, for it is a column there as well."""


def is_licence_name(name: str) -> bool:
    """Tell whether a kind of licence may be called so."""
    return re.fullmatch(_NAME, name) is not None and name not in COLUMNS and not holds_card(name)


def _text_with(most: int = MAX_TEXT, **allowed: bool) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str):
            raise FaultError(N_("must be a text"))
        if fault := text_fault(value, most=most, **allowed):
            raise FaultError(fault)
        return value

    return read


_text, _lines, _code = _text_with(), _text_with(lines=True), _text_with(code=True)
_number, _sentences = _text_with(code=True, digits=True), _text_with(MAX_SENTENCES, lines=True)


def _email(value: object) -> str:
    return parse_email(_code(value))


def _country(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch("[A-Z]{2}", value):
        raise FaultError(N_("must be two capital letters like NL"))
    return value


def _currency(value: object) -> str:
    if not isinstance(value, str) or value not in DECIMALS:
        raise FaultError(N_("must be a currency's three capital letters of ISO 4217, like EUR"))
    return value


def _whole(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise FaultError(N_("must be a whole number from {low} to {high}"), low=low, high=high)
        return value

    return read


def _day(value: object) -> date:
    if type(value) is not date or not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise FaultError(N_("must be a date like 2026-01-01, without quotes"))
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise FaultError(N_("must be true or false"))
    return value


def _rate(value: object) -> int:
    if not isinstance(value, str):
        raise FaultError(N_('must be a text with a number, like "10.00"'))
    return parse_rate(value, Sentence(N_("the value")))


def _percentage(value: object) -> int:
    rate = _rate(value)
    if rate > 100 * _PERCENT:
        raise FaultError(N_("must be at most 100"))
    return rate


def _seller(read: TableReader, top: Table) -> Seller:
    table = read.table(top, "seller", _SELLER)
    prefix = "seller."

    def maybe(key: str, kind: Callable[[object], str]) -> str | None:
        optional: Callable[[object], str | None] = kind
        return read.have(table, key, optional, None, prefix)

    return Seller(
        name=read.need(table, "name", _text, "", prefix),
        address=read.need(table, "address", _lines, "", prefix),
        country=read.need(table, "country", _country, "", prefix),
        vat_id=maybe("vat_id", _text),
        vat_exempt=maybe("vat_exempt", _text),
        vat_rate=read.need(table, "vat_rate", _percentage, 0, prefix),
        timezone=read.need(table, "timezone", _text, "UTC", prefix),
        support=read.need(table, "support", _text, "", prefix),
        iban=maybe("iban", _number),
        street=maybe("street", _text),
        postcode=maybe("postcode", _text),
        city=maybe("city", _text),
        legal_id=maybe("legal_id", _number),
        tax_id=maybe("tax_id", _code),
        endpoint=maybe("endpoint", _number),
        contact=maybe("contact", _text),
        phone=maybe("phone", _text),
        email=maybe("email", _email),
        bic=maybe("bic", _code),
        creditor_id=maybe("creditor_id", _number),
        terms=maybe("terms", _sentences),
        notes=_notes(read, table, prefix),
    )


def _notes(read: TableReader, seller: Table, prefix: str) -> Notes:
    if "notes" not in seller:
        return Notes()
    table, sentences = read.table(seller, "notes", _NOTES, prefix), {}
    optional: Callable[[object], str | None] = _sentences
    for key in _NOTES:
        sentences[key] = read.have(table, key, optional, None, f"{prefix}notes.")
    return Notes(**sentences)


def _policy(read: TableReader, top: Table) -> Policy:
    table = read.table(top, "policy", _POLICY)
    months: Callable[[object], int | None] = _whole(0, _MAX_NOTICE_MONTHS)
    return Policy(
        notice_months=read.need(table, "notice_months", _whole(0, _MAX_NOTICE_MONTHS), 1, "policy."),
        quote_days=read.need(table, "quote_days", _whole(0, _MAX_DAYS), 30, "policy."),
        payment_days=read.need(table, "payment_days", _whole(0, _MAX_DAYS), 30, "policy."),
        rise_notice_months=read.have(table, "rise_notice_months", months, None, "policy."),
        reminder_days=read.have(table, "reminder_days", _rising_days, REMINDER_DAYS, "policy."),
    )


def _rising_days(value: object) -> tuple[int, ...]:
    """Read the days of reminders: any number of them, or none."""
    days = value if isinstance(value, list) else [None]
    if not all(isinstance(each, int) and not isinstance(each, bool) and 0 < each <= _MAX_DAYS for each in days):
        raise FaultError(N_("must be a list of whole numbers from 1 to {most}, like [7, 21, 42]"), most=_MAX_DAYS)
    if days != sorted(set(days)):
        raise FaultError(N_("must rise from day to day"))
    if len(days) > _MAX_LEVELS:
        raise FaultError(N_("must have at most {most} days"), most=_MAX_LEVELS)
    return tuple(days)


def _price(read: TableReader, table: Table, prefix: str) -> Price:
    return Price(
        title=read.need(table, "title", _text, "", prefix),
        monthly=read.need(table, "monthly", _rate, 0, prefix),
        annual=read.need(table, "annual", _rate, 0, prefix),
        titles=_titles(read, table, prefix),
    )


def _titles(read: TableReader, price: Table, prefix: str) -> tuple[tuple[str, str], ...]:
    if "titles" not in price:
        return ()
    table = read.table(price, "titles", LANGUAGES, prefix)
    known = (language for language in LANGUAGES if language in table)
    return tuple(sorted((language, read.need(table, language, _text, "", f"{prefix}titles.")) for language in known))


def _plan(read: TableReader, plans: Table, plan_id: str) -> Plan:
    table, prefix = read.table(plans, plan_id, _PLAN, "plans."), f"plans.{plan_id}."
    _check_name(read, f"plans.{plan_id}", plan_id, _PLAN_NAME)
    spaces: Callable[[object], tuple[str, ...] | None] = _spaces
    limit: Callable[[object], int | None] = _whole(1, MAX_COUNT)
    low = read.have(table, "min_users", _whole(1, MAX_COUNT), 1, prefix)
    high = read.have(table, "max_users", limit, None, prefix)
    if high is not None and high < low:
        read.fault(prefix + "max_users", N_("must not be below min_users"))
    return Plan(
        id=plan_id,
        price=_price(read, table, prefix),
        min_users=low,
        max_users=high,
        self_service=read.have(table, "self_service", _flag, default=True, prefix=prefix),
        spaces=read.have(table, "spaces", spaces, None, prefix),
    )


def _spaces(value: object) -> tuple[str, ...]:
    if not (isinstance(value, list) and value and all(isinstance(each, str) and is_id(each) for each in value)):
        raise FaultError(N_('must be a list of spaces, like ["acme"]'))
    return tuple(value)


def _check_name(read: TableReader, path: str, name: str, form: str) -> None:
    """Note a name that has not the form that names have, or is a card's."""
    if not re.fullmatch(_NAME, name):
        read.fault(path, form)
    if holds_card(name):
        read.fault(path, N_("must not hold a card number"))


def _licences(read: TableReader, top: Table) -> dict[str, Price]:
    """Read `[licences.NAME]`, any number of them or none; `[zoom]` is read as `[licences.zoom]`."""
    table = top.get("licences", {})
    if not isinstance(table, Mapping) or len(table) > _MAX_LICENCES:
        read.fault("licences", N_("must have at most {most} tables like [licences.zoom]"), most=_MAX_LICENCES)
        return {}
    if "zoom" in top and "zoom" in table:
        read.fault("zoom", N_("stands in [licences.zoom] already"))
    found = {kind: _licence(read, table, kind, "licences.") for kind in table}
    if "zoom" in top:
        found["zoom"] = _licence(read, top, "zoom", "")
    return found


def _licence(read: TableReader, parent: Table, kind: str, prefix: str) -> Price:
    path = prefix + kind
    _check_name(read, path, kind, _LICENCE_NAME)
    if kind in COLUMNS:
        read.fault(path, N_("a licence can't be called so: it is a column of space import or apply"))
    return _price(read, read.table(parent, kind, _PRICE, prefix), f"{path}.")


def _plans(read: TableReader, top: Table) -> dict[str, Plan]:
    table = top.get("plans")
    if not isinstance(table, Mapping) or not 1 <= len(table) <= _MAX_PLANS:
        read.fault("plans", N_("must have one to {most} tables like [plans.starter]"), most=_MAX_PLANS)
        return {}
    return {plan_id: _plan(read, table, plan_id) for plan_id in table}


def read_catalog(data: Table, catalog_id: int = 0) -> tuple[Catalog, list[Fault]]:
    """Read the table of a catalog file; return the catalog and its faults.

    The catalog is of use only where there are no faults.
    """
    read = TableReader()
    read.only(data, _TOP)
    catalog = Catalog(
        id=catalog_id,
        name=read.need(data, "name", _text, ""),
        valid_from=read.need(data, "valid_from", _day, date(FIRST_YEAR, 1, 1)),
        currency=read.need(data, "currency", _currency, "EUR"),
        seller=_seller(read, data),
        policy=_policy(read, data),
        plans=_plans(read, data),
        licences=_licences(read, data),
    )
    return catalog, read.faults
