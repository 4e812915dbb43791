"""The book itself: making a store, and adding spaces to it (pricing.md 2.4, 2.5)."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from subctl.domain.catalog import ANNUAL, MONTHLY, Catalog, Catalogs
from subctl.domain.catalog_file import read_catalog
from subctl.domain.contract import State
from subctl.domain.document import Document
from subctl.domain.entry import enter_contract
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.refusals import refuse_card_monthly, refuse_plan_limit
from subctl.service import access
from subctl.service.change import require_plan
from subctl.service.look import contract_page
from subctl.service.registry import check_iban, check_vat_id
from subctl.service.session import Caller, Session, machine_day, reading, writing
from subctl.store import create, history, read, write

MAX_FILE_BYTES = 1_000_000

DEMO_DAY = date(2026, 3, 15)
_DEMO_START = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class NewSpace:
    """What `space add` is told; None where nothing was said."""

    id: str
    name: str
    state: State
    country: str | None = None
    start: date | None = None
    renews_on: date | None = None
    billed_through: date | None = None
    active_users: int = 0
    address: str | None = None
    vat_id: str | None = None
    email: str | None = None
    reference: str | None = None
    payment: str = "invoice"
    iban: str | None = None


def built_in_catalog() -> bytes:
    """Return the catalog file that a store without --catalog starts with."""
    return files("subctl").joinpath("data/catalog.toml").read_bytes()


def load_catalog(content: bytes, name: str) -> tuple[Mapping[str, object], Catalog]:
    """Read a catalog file's content; raise `bad_input` naming every fault by its key."""
    if len(content) > MAX_FILE_BYTES:
        raise bad_input(f"{name} is too large for a catalog: {len(content)} bytes.")
    try:
        data = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise bad_input(f"{name} is not a TOML file: {error}") from None
    catalog, faults = read_catalog(data)
    faults += _seller_faults(catalog) if not faults else []
    if faults:
        raise bad_input(f"The catalog {name} can't be used:\n" + "\n".join(f"  {fault}" for fault in faults))
    return data, catalog


def _seller_faults(catalog: Catalog) -> list[str]:
    """Name what only a library can find: a VAT number, an IBAN or a time zone that can't be."""
    seller, faults = catalog.seller, []
    try:
        ZoneInfo(seller.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        faults.append(f"seller.timezone: there is no time zone {seller.timezone}")
    for key, check in (("vat_id", lambda text: check_vat_id(text, seller.country)), ("iban", check_iban)):
        value = getattr(seller, key)
        try:
            if value is not None:
                check(value)
        except SubctlError as error:
            faults.append(f"seller.{key}: {error.message}")
    return faults


def existing_sandbox(caller: Caller) -> bool:
    """Tell whether a sandbox would be replaced; raise `store_exists` where a live store stands."""
    try:
        with reading(caller, "init") as session:
            if not session.settings.sandbox:
                raise SubctlError(
                    "store_exists",
                    f"There is a live store at {caller.path}.",
                    "Use it, or name another file with --store.",
                )
            if access.WHOLE_STORE not in session.rights:
                raise access.refuse(caller.account, "this store")
            return True
    except SubctlError as error:
        if error.code == "store_missing":
            return False
        raise


def init(caller: Caller, catalog_file: Path | None, *, sandbox: bool, demo: bool, replace_old: bool) -> Document:
    """Make a store; whoever makes it is its first administrator.

    Errors: `store_exists`, `store_denied`, and `bad_input` for a catalog that can't be used.
    """
    name = str(catalog_file) if catalog_file else "catalog.toml"
    content, catalog = load_catalog(read_file(catalog_file) if catalog_file else built_in_catalog(), name)
    day = caller.today or (DEMO_DAY if demo else machine_day(caller, Catalogs((catalog,))))
    sandbox = sandbox or demo

    def fill(connection: sqlite3.Connection) -> None:
        _fill(connection, caller, content, catalog, day, sandbox=sandbox)
        if demo:
            _add_demo(connection, caller, day)

    kept = create.create(caller.path, fill, replace=replace_old, now=caller.now)
    return {
        "schema": "store/1",
        "store": str(caller.path),
        "sandbox": sandbox,
        "day": day.isoformat() if sandbox else None,
        "catalog": catalog.name,
        "administrator": caller.account,
        "spaces": ["acme", "atelier"] if demo else [],
        "replaced": str(kept) if kept else None,
    }


def read_file(path: Path) -> bytes:
    """Return a file's content, up to one byte more than is allowed; raise `bad_input` where it can't be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise bad_input(f"{path} can't be read: {error.strerror}.") from None


def _fill(
    connection: sqlite3.Connection,
    caller: Caller,
    content: Mapping[str, object],
    catalog: Catalog,
    day: date,
    *,
    sandbox: bool,
) -> None:
    write.insert(
        connection,
        "store",
        {
            "id": 1,
            "sandbox": int(sandbox),
            "day": day.isoformat() if sandbox else None,
            "last_write": day.isoformat(),
        },
    )
    write.insert_catalog(connection, content, catalog, day)
    administrator = {"uid": caller.uid, "space": access.WHOLE_STORE, "account": caller.account}
    write.insert(connection, "administrators", administrator)
    entry = history.entry(caller.now, day, caller.uid, caller.account, "init", None, {"catalog": catalog.name})
    history.add(connection, entry)


def _add_demo(connection: sqlite3.Connection, caller: Caller, day: date) -> None:
    """Add the two contracts of the demo: `acme`, annual and the default space, and `atelier`, monthly."""
    session = Session(
        caller,
        "space add",
        connection,
        read.settings(connection),
        read.catalogs(connection),
        day,
        {access.WHOLE_STORE},
    )
    for space_id, name, billing in (("acme", "Acme", ANNUAL), ("atelier", "Atelier", MONTHLY)):
        state = State("starter", 10, 2, billing)
        _enter(session, NewSpace(space_id, name, state, start=_DEMO_START, active_users=7))
    connection.execute("UPDATE store SET default_space = 'acme'")


def add_space(caller: Caller, new: NewSpace) -> Document:
    """Add a space with its contract; return the contract page, and what was taken for granted (2.5).

    Errors: `already_exists`, `not_found`, `plan_limit`, `payment_method`, `bad_input`, and the clock's.
    """
    with writing(caller, "space add") as session:
        access.require(session.rights, "space add", None, caller.account)
        return _enter(session, new)


def _enter(session: Session, new: NewSpace) -> Document:
    if read.space(session.connection, new.id) is not None:
        raise SubctlError("already_exists", f"There is a space {new.id} already.", f"See subctl show --space {new.id}.")
    state, country = new.state, new.country or session.catalog.seller.country
    require_plan(session, state.plan)
    refuse_plan_limit(session.catalog, state.plan, state.users)
    refuse_card_monthly(new.payment, state.billing)
    if new.active_users > state.users:
        raise bad_input(
            f"{new.active_users} active users are more than the {state.users} of the contract.",
            "Give --users at least as many as are active.",
        )
    details = read.Details(
        name=new.name,
        country=country,
        address=new.address,
        vat_id=check_vat_id(new.vat_id, country) if new.vat_id else None,
        email=new.email,
        reference=new.reference,
    )
    iban = check_iban(new.iban) if new.iban else None
    contract = enter_contract(new.id, state, session.day, new.start or session.day, new.renews_on, new.billed_through)
    space = read.Space(new.id, 0, details, new.payment, iban, new.active_users, locked=False)
    if not (session.caller.dry_run):
        session.check_clock()
        space = replace(space, buyer=write.insert_buyer(session.connection, details))
        row = {
            "id": new.id,
            "buyer": space.buyer,
            "payment": new.payment,
            "iban": iban,
            "active_users": new.active_users,
        }
        write.insert(session.connection, "spaces", row)
        write.insert_contract(session.connection, contract)
        session.record(
            new.id,
            added={"plan": state.plan, "users": state.users, "zoom": state.zoom, "billing": state.billing},
        )
    return contract_page(session, space, contract)
