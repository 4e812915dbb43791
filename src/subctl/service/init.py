"""The book itself: making a store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.catalog import ANNUAL, MONTHLY, Catalog, Catalogs
from subctl.domain.contract import State
from subctl.domain.e_invoice import EN16931, PEPPOL
from subctl.domain.errors import SubctlError
from subctl.domain.refusals import add_command
from subctl.domain.sentence import N_
from subctl.results.init import MadeStore
from subctl.service import access, catalogs, spaces
from subctl.service.caller import Caller, as_maker, machine_day, refuse_other_day
from subctl.service.groups import gid_of
from subctl.service.party import Party
from subctl.service.session import Session, reading
from subctl.service.text_file import TextFile
from subctl.store import history, read, write
from subctl.store.engine import engine_of

if TYPE_CHECKING:
    from subctl.store.connection import Connection

DEMO_DAY = date(2026, 3, 15)
_DEMO_START = date(2025, 7, 1)
_CUSTOMERS = (
    spaces.NewSpace(
        "acme",
        "Acme",
        State("starter", 10, (("zoom", 2),), ANNUAL),
        start=_DEMO_START,
        active_users=7,
        email="ap@acme.example",
        party=Party(
            street="Herengracht 7",
            postcode="1015 BA",
            city="Amsterdam",
            legal_id="0106:23456789",
            endpoint="0106:23456789",
            buyer_reference="Purchasing",
            contact="Accounts payable",
            phone="+31 20 234 5678",
            e_invoice=PEPPOL,
        ),
    ),
    spaces.NewSpace(
        "atelier",
        "Atelier",
        State("starter", 10, (("zoom", 2),), MONTHLY),
        start=_DEMO_START,
        active_users=7,
        email="bureau@atelier.example",
        party=Party(
            street="Wycker Brugstraat 3",
            postcode="6221 EA",
            city="Maastricht",
            legal_id="0106:34567890",
            contact="Comptabilité",
            phone="+31 43 345 6789",
            language="fr",
            e_invoice=EN16931,
        ),
    ),
)
"""The demo's: a Dutch one that gets its invoices by Peppol, and one that reads French."""


def existing_sandbox(caller: Caller) -> bool:
    """Tell whether a sandbox would be replaced (`store_exists` where a live store stands, `store_moved`)."""
    try:
        with reading(caller) as session:
            if not session.settings.sandbox:
                raise SubctlError(
                    "store_exists",
                    N_("There is a live store at {file}."),
                    N_("Use it, or name another file with --store."),
                    file=str(caller.store),
                )
            session.require(access.STORE)
            session.refuse_moved()
            return True
    except SubctlError as error:
        if error.code == "store_missing":
            return False
        raise


def init(
    caller: Caller,
    catalog_file: TextFile | None,
    *,
    sandbox: bool,
    demo: bool,
    replace_old: bool,
    group: str | None = None,
) -> MadeStore:
    """Make a store, private or for a group; whoever makes it is its first administrator.

    A live store is nobody's example: it has a catalog of its own. Errors: `usage` where that is missing,
    `store_exists`, `store_denied`, and `bad_input` for a catalog that can't be used.
    """
    if catalog_file is None and not sandbox and not demo:
        raise SubctlError(
            "usage",
            N_("A live store needs a catalog of your own: seller, plans and prices."),
            N_("Start from {command}, then {then}."),
            command="subctl catalog new > catalog.toml",
            then="subctl init --catalog catalog.toml",
        )
    if catalog_file is None:
        content, catalog = catalogs.parse(catalogs.built_in().decode(), "catalog.toml")
    else:
        _, content, catalog = catalogs.read_catalog_file(catalog_file)
    caller, uid = as_maker(caller, caller.store)
    day = caller.today or (DEMO_DAY if demo else machine_day(caller, Catalogs((catalog,))))
    sandbox = sandbox or demo
    if not sandbox:
        refuse_other_day(day, machine_day(caller, Catalogs((catalog,))))

    def fill(connection: Connection) -> None:
        _fill(connection, caller, uid, content, catalog, day, sandbox=sandbox)
        if demo:
            _add_demo(connection, caller, day)

    gid, kept = gid_of(group, caller.store), None
    if not caller.dry_run:
        kept = engine_of(caller.store).create(caller.store, fill, replace=replace_old, now=caller.now, group=gid)
    return MadeStore(
        store=str(caller.store),
        sandbox=sandbox,
        day=day if sandbox else None,
        catalog=catalog.name,
        administrator=caller.account,
        spaces=("acme", "atelier") if demo else (),
        group=group,
        replaced=kept,
        add=add_command(catalog),
    )


def _fill(
    connection: Connection,
    caller: Caller,
    uid: int | None,
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
    write.insert_catalog(connection, content, catalog, day, first=True)
    write.insert_administrator(connection, read.Held(uid, access.WHOLE_STORE, caller.account))
    entry = history.entry(caller.now, day, caller.uid, caller.account, caller.command, None, {"catalog": catalog.name})
    history.add(connection, entry)


def _add_demo(connection: Connection, caller: Caller, day: date) -> None:
    """Add the two contracts of the demo: `acme`, annual and the default space, and `atelier`, monthly."""
    session = Session(
        caller._replace(command="space add", right=access.STORE),
        connection,
        read.settings(connection),
        read.catalogs(connection),
        day,
        {access.WHOLE_STORE},
        [],
        writes=True,
    )
    write.set_default_space(connection, "acme")  # the entry that brings the space seals it
    for customer in _CUSTOMERS:
        spaces.enter(session, customer)
