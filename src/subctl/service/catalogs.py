"""Catalogs over time: export, check, and import for a day to come (pricing.md 3.4)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from subctl.domain.catalog import Catalog
from subctl.domain.catalog_file import read_catalog
from subctl.domain.dates import DAY
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.tax import is_country
from subctl.domain.text import safe
from subctl.results.catalog import CheckedCatalog
from subctl.service.identifiers import check_iban, check_vat_id
from subctl.service.session import Caller, Session, reading, writing
from subctl.store import read, write

MAX_FILE_BYTES = 1_000_000

Data = Mapping[str, object]


def built_in() -> bytes:
    """Return the catalog file that a store without --catalog starts with."""
    return files("subctl").joinpath("data/catalog.toml").read_bytes()


def read_file(path: Path) -> bytes:
    """Return a file's content (`bad_input` where it can't be read or is too large)."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise bad_input(f"{path} can't be read: {error.strerror}.") from None
    if len(content) > MAX_FILE_BYTES:
        raise bad_input(f"{path} is too large: more than {MAX_FILE_BYTES} bytes.")
    return content


def parse(content: bytes, name: str) -> tuple[Data, Catalog]:
    """Read a catalog file's content; raise `bad_input` naming every fault by its key."""
    try:
        data = tomllib.loads(content.decode())
    except (ValueError, RecursionError) as error:  # bad TOML, bad UTF-8, a number of thousands of digits
        raise bad_input(f"{name} is not a TOML file: {error}.") from None
    catalog, faults = read_catalog(data)
    faults += _seller_faults(catalog)
    if faults:
        raise _unusable(name, faults)
    return data, catalog


def _unusable(name: str, faults: list[str]) -> SubctlError:
    listed = "\n".join(f"  {fault}" for fault in faults)
    return bad_input(f"The catalog {name} can't be used:\n{listed}", "subctl catalog export shows one that can.")


def _seller_faults(catalog: Catalog) -> list[str]:
    """Name what only a library can find: a VAT number, an IBAN or a time zone that can't be."""
    seller, faults = catalog.seller, []
    if seller.country and not is_country(seller.country):
        faults.append(f"seller.country: there is no country {seller.country}")
    try:
        ZoneInfo(seller.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        faults.append(f"seller.timezone: there is no time zone '{safe(seller.timezone)}'")
    try:
        if seller.vat_id is not None and seller.country:
            check_vat_id(seller.vat_id, seller.country)
    except SubctlError as error:
        faults.append(f"seller.vat_id: {error.message}")
    try:
        if seller.iban is not None:
            check_iban(seller.iban)
    except SubctlError as error:
        faults.append(f"seller.iban: {error.message}")
    return faults


def check(path: Path) -> CheckedCatalog:
    """Return what a catalog file says of itself (`bad_input` names every fault)."""
    _, catalog = parse(read_file(path), str(path))
    return CheckedCatalog(catalog, changed=False)


def export(caller: Caller) -> Data:
    """Return the catalog in force as the data of a catalog file."""
    with reading(caller) as session:
        return _data(session, session.catalog)


def _data(session: Session, catalog: Catalog) -> Data:
    data: dict[str, object] = json.loads(read.catalog_content(session.connection, catalog.id))
    return {**data, "valid_from": catalog.valid_from}


def import_(caller: Caller, path: Path) -> CheckedCatalog:
    """Add a catalog that is valid from tomorrow or later; the same one again changes nothing.

    It replaces one of the same date, keeps currency and time zone, and keeps every plan in use (`bad_input`).
    """
    data, catalog = parse(read_file(path), str(path))
    with writing(caller) as session:
        known = session.catalogs.at(catalog.valid_from)
        if known.valid_from == catalog.valid_from and _data(session, known) == data:
            return CheckedCatalog(catalog, changed=False)
        faults = _misfits(session, catalog)
        if faults:
            raise _unusable(str(path), faults)
        session.check_clock()
        if session.writes:
            write.insert_catalog(session.connection, data, catalog, session.day)
            session.record(None, catalog=catalog.name, valid_from=catalog.valid_from.isoformat())
        return CheckedCatalog(catalog, changed=True)


def _misfits(session: Session, catalog: Catalog) -> list[str]:
    """Name what keeps a catalog from following those that are there."""
    current, faults = session.catalog, []
    if catalog.valid_from <= session.day:
        faults.append(f"valid_from: must be {session.day + DAY} or later")
    if catalog.currency != current.currency:
        faults.append(f"currency: must stay {current.currency}")
    if catalog.seller.timezone != current.seller.timezone:
        faults.append(f"seller.timezone: must stay {current.seller.timezone}")
    used = read.plans_in_use(session.connection, session.day)
    return faults + [f"plans.{plan}: missing, and in use" for plan in used if plan not in catalog.plans]
