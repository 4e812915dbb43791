"""Catalog files and the catalogs there are: a file to start from, check, list, and export (pricing.md 1, 3.6)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from subctl.domain.catalog import Catalog
from subctl.domain.catalog_file import read_catalog
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence, together
from subctl.domain.table_reader import Fault
from subctl.domain.tax import is_country, is_exempt
from subctl.domain.text import safe
from subctl.results.catalog import CheckedCatalog
from subctl.results.lists import CatalogItem, CatalogList
from subctl.service.caller import Caller
from subctl.service.identifiers import check_bic, check_creditor_id, check_iban, check_vat_id
from subctl.service.schemes import check_endpoint, check_legal_id
from subctl.service.session import Session, reading
from subctl.service.text_file import TextFile, whole
from subctl.store import read

MAX_LETTERS = 1_000_000

Data = Mapping[str, object]


def built_in() -> bytes:
    """Return the catalog file that a store without --catalog starts with."""
    return files("subctl").joinpath("data/catalog.toml").read_bytes()


def new_file() -> str:
    """Return a catalog file to start from, with a comment on every key."""
    return files("subctl").joinpath("data/new_catalog.toml").read_text(encoding="utf-8")


def new_data() -> Data:
    """Return the file to start from as data."""
    return tomllib.loads(new_file())


class CatalogFile(Record):
    """A catalog file that was read: its name, its data as it stands there, and the catalog that it makes."""

    name: str | Sentence
    data: Data
    catalog: Catalog


def read_catalog_file(file: TextFile) -> CatalogFile:
    """Return a catalog file that nothing is wrong with (`bad_input` where it can't be read, or naming every fault)."""
    return CatalogFile(file.name, *parse(whole(file, MAX_LETTERS), file.name))


def parse(text: str, name: str | Sentence) -> tuple[Data, Catalog]:
    """Read a catalog file's text; raise `bad_input` naming every fault by its key."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # bad TOML, a number of thousands of digits
        raise bad_input(N_("{file} is not a TOML file: {reason}."), file=name, reason=str(error)) from None
    found = faults(data)
    if found:
        raise unusable(name, (fault.sentence for fault in found))
    kept = _exchanged(data)
    return kept, read_catalog(kept)[0]


def faults(data: Data) -> list[Fault]:
    """Return every fault of a catalog's data."""
    catalog, found = read_catalog(data)
    return found + _seller_faults(catalog)


def _exchanged(data: Data) -> Data:
    """Return a catalog's data with the seller's numbers as they are exchanged, however a file has grouped them."""
    seller = data["seller"]
    assert isinstance(seller, Mapping)  # noqa: S101  # nothing is wrong with the data
    checks: dict[str, Callable[[str], str]] = {**_CHECKS, "vat_id": lambda text: check_vat_id(text, seller["country"])}
    return {**data, "seller": {**seller, **{key: checks[key](seller[key]) for key in seller.keys() & checks.keys()}}}


def unusable(name: str | Sentence, faults: Iterable[Sentence]) -> SubctlError:
    """Return the refusal of a catalog file, naming every fault."""
    return bad_input(
        N_("The catalog {file} can't be used:\n{faults}"),
        N_("{command} prints one that can."),
        file=name,
        faults=listed(faults),
        command="subctl catalog new",
    )


def listed(faults: Iterable[Sentence]) -> Sentence:
    """Return faults as lines of a refusal."""
    return together((Sentence("  {fault}", {"fault": fault}) for fault in faults), "\n")


_CHECKS: dict[str, Callable[[str], str]] = {
    "iban": check_iban,
    "legal_id": check_legal_id,
    "endpoint": check_endpoint,
    "bic": check_bic,
    "creditor_id": check_creditor_id,
}
"""What says whether a value of the seller's can be."""


def _seller_faults(catalog: Catalog) -> list[Fault]:
    """Name what only a library can find: a VAT number, an account or a time zone that can't be, and their like."""
    seller, faults = catalog.seller, list[Fault]()
    if seller.country and not is_country(seller.country):
        what = Sentence(N_("there is no country {country}"), {"country": seller.country})
        faults.append(Fault("seller.country", what))
    try:
        ZoneInfo(seller.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        what = Sentence(N_("there is no time zone '{zone}'"), {"zone": safe(seller.timezone)})
        faults.append(Fault("seller.timezone", what))
    try:
        if seller.vat_id is not None and seller.country:
            check_vat_id(seller.vat_id, seller.country)
    except SubctlError as error:
        faults.append(Fault("seller.vat_id", error.what))
    for key, check in _CHECKS.items():
        try:
            if (value := getattr(seller, key)) is not None:
                check(value)
        except SubctlError as error:
            faults.append(Fault(f"seller.{key}", error.what))
    if is_exempt(seller) and seller.vat_exempt is None:
        what = Sentence(N_("missing; without vat_id every invoice says why it has no VAT"))
        faults.append(Fault("seller.vat_exempt", what))
    return faults


def check(file: TextFile) -> CheckedCatalog:
    """Return what a catalog file says of itself (`bad_input` names every fault)."""
    return CheckedCatalog(read_catalog_file(file).catalog)


def list_catalogs(caller: Caller) -> CatalogList:
    """Return the catalogs that are known, the last to come first; one that was replaced or dropped is gone."""
    with reading(caller) as session:
        catalogs, days = session.catalogs, read.catalog_days(session.connection)
        first, *others = catalogs.known
        since = {catalog.valid_from: catalog for catalog in others}  # of two of a date the later one counts
        listed = [first, *(since[day] for day in sorted(since))]
        return CatalogList(tuple(_item(session, catalog, days[catalog.id]) for catalog in reversed(listed)))


def _item(session: Session, catalog: Catalog, imported_on: date) -> CatalogItem:
    current, first = session.catalog, session.catalogs.known[0]
    coming = catalog is not first and catalog.valid_from > session.day
    status = "current" if catalog is current else "coming" if coming else "past"
    return CatalogItem(catalog.id, catalog.name, catalog.valid_from, imported_on, status, first=catalog is first)


def export(caller: Caller, day: date | None = None) -> Data:
    """Return the catalog in force on a day, today's without one, as the data of a catalog file.

    Private plans of others are left out, except for the store's administrators (pricing.md 3.6).
    """
    with reading(caller) as session:
        catalog = session.catalog if day is None else session.catalogs.at(day)
        data = data_of(session, catalog)
        return {**data, "plans": _plans_seen(session, catalog, data)}


def data_of(session: Session, catalog: Catalog) -> Data:
    """Return a catalog as the data of the file that it came from."""
    data: dict[str, object] = json.loads(read.catalog_content(session.connection, catalog.id))
    return {**data, "valid_from": catalog.valid_from}


def _plans_seen(session: Session, catalog: Catalog, data: Data) -> Data:
    """Return the tables of the plans that this account may see, each with the spaces that it may see."""
    plans = data["plans"]
    assert isinstance(plans, dict)  # noqa: S101  # it was read from there
    seen = session.seen(catalog).plans
    return {
        name: {key: list(seen[name].spaces or ()) if key == "spaces" else value for key, value in plan.items()}
        for name, plan in plans.items()
        if name in seen
    }
