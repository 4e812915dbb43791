"""Catalogs that come and go: import for a day to come, and drop before that day (pricing.md 3.4 to 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from subctl.domain.catalog import Catalog, Catalogs, Gone
from subctl.domain.contract import Contract, Steps
from subctl.domain.dates import DAY
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.repricing import paid_from
from subctl.domain.rises import binding_faults, moved_rates
from subctl.domain.sentence import N_, Sentence
from subctl.domain.table_reader import Fault
from subctl.domain.tax import country_code
from subctl.results.catalog import DroppedCatalog, Effect, ImportedCatalog
from subctl.service.caller import Caller
from subctl.service.catalogs import CatalogFile, data_of, listed, unusable
from subctl.service.session import Session, noting_refusals, reading, writing
from subctl.store import bulk, read, write

_MOST_KINDS = 50_000


def preview_import(caller: Caller, file: CatalogFile, *, first: bool = False) -> ImportedCatalog:
    """Return what importing a catalog would do, refused where the import would be, and write nothing.

    It looks at all contracts, and so is done before anybody else has to wait for the import.
    """
    with noting_refusals(caller, []), reading(caller) as session:
        changed = _admit(session, file, first=first)
        coming = file.catalog._replace(id=session.catalogs.newest + 1)
        compared = changed and not first
        earlier = session.catalogs.at(coming.valid_from - DAY)
        before, after = earlier.policy.notice_months, coming.policy.notice_months
        return ImportedCatalog(
            catalog=coming,
            changed=changed,
            written=False,
            first=first,
            effects=tuple(_effects(session, earlier, coming)) if compared else (),
            notice=(before, after) if compared and before != after else None,
            place=session.catalogs.newest,
        )


def import_(caller: Caller, file: CatalogFile, shown: ImportedCatalog | None = None) -> ImportedCatalog:
    """Add a catalog that is valid from tomorrow or later; `shown` is the preview that was agreed to.

    The same one again changes nothing. A `first` one takes the place of all there are while the store has no space,
    whatever its date.
    Errors: `bad_input` names what it has to keep (3.6) and what comes too soon (3.5); `quote_stale` where another
    catalog came or went since the preview; the clock's.
    """
    shown = shown or preview_import(caller, file)
    with writing(caller) as session:
        if session.catalogs.newest != shown.place:
            raise SubctlError(
                "quote_stale", N_("The catalogs have changed since this preview."), N_("Look again, then import.")
            )
        if not _admit(session, file, first=shown.first) or not session.writes:
            return shown
        catalog = file.catalog
        write.insert_catalog(session.connection, file.data, catalog, session.day, first=shown.first)
        detail = {"first": True} if shown.first else {}
        session.record(None, catalog=catalog.name, valid_from=catalog.valid_from.isoformat(), **detail)
        return shown._replace(written=True)


def _admit(session: Session, file: CatalogFile, *, first: bool) -> bool:
    """Tell whether an import changes anything, refused where it can't be; the clock is asked last."""
    catalogs, coming = session.catalogs, file.catalog
    known = catalogs.known[0] if first else catalogs.at(coming.valid_from)
    alone = len(catalogs.known) == 1 or not first
    if alone and known.valid_from == coming.valid_from and data_of(session, known) == file.data:
        return False
    free = read.count_spaces(session.connection) == 0
    if first and not free:
        raise bad_input(
            N_("This store has spaces: no other catalog can become its first one."),
            N_("Without --first one from {day} on can follow."),
            day=session.day + DAY,
        )
    faults = [] if first else [*_misfits(session, coming)]
    if not faults and not first and not free:
        after = Catalogs((*catalogs.imported, coming._replace(id=catalogs.newest + 1)), catalogs.gone)
        faults = binding_faults(after, session.day, coming.valid_from)
    if faults:
        raise unusable(file.name, faults)
    session.check_clock()
    return True


def _misfits(session: Session, catalog: Catalog) -> Iterator[Sentence]:
    """Name what keeps a catalog from following those that are there (pricing.md 3.6)."""
    current = session.catalog
    if catalog.valid_from <= session.day:
        yield _fault("valid_from", N_("must be {day} or later"), day=(session.day + DAY).isoformat())
    if catalog.currency != current.currency:
        yield _fault("currency", N_("must stay {value}"), value=current.currency)
    if country_code(catalog.seller.country) != country_code(current.seller.country):
        what = N_("must stay {value}; another legal entity is another store")
        yield _fault("seller.country", what, value=current.seller.country)
    if catalog.seller.timezone != current.seller.timezone:
        yield _fault("seller.timezone", N_("must stay {value}"), value=current.seller.timezone)
    yield from _missing(session, catalog)


def _fault(key: str, what: str, **values: object) -> Sentence:
    return Fault(key, Sentence(what, values)).sentence


def _missing(session: Session, catalog: Catalog) -> Iterator[Sentence]:
    """Name what is in use and not in a catalog."""
    used = read.in_use(session.connection, session.day)
    for kind, names, sold in (("plans", used.plans, catalog.plans), ("licences", used.licences, catalog.licences)):
        yield from (_fault(f"{kind}.{name}", N_("missing, and in use")) for name in names if name not in sold)


def _effects(session: Session, earlier: Catalog, coming: Catalog) -> Iterator[Effect]:
    """Yield each rate that moves, with how many contracts pay it from when on."""
    moves = list(moved_rates(earlier, coming))
    catalogs = Catalogs((*session.catalogs.imported, coming), session.catalogs.gone)
    paid: dict[str, list[date]] = {move.key: [] for move in moves}

    @lru_cache(maxsize=_MOST_KINDS)
    def days(steps: Steps, end: date | None) -> dict[str, date]:
        """Return what contracts with these steps pay, which many have alike."""
        alike = Contract("", steps[0].start, steps[0].start, session.day, session.day, steps, end)
        return paid_from(alike, coming, catalogs)

    if moves:
        for contract in bulk.not_ended(session.connection, coming.valid_from):
            for key, day in days(contract.steps, contract.end).items():
                if key in paid:
                    paid[key].append(day)
    for move in moves:
        found = paid[move.key]
        yield Effect(move, len(found), min(found, default=None), max(found, default=None))


def drop(caller: Caller, valid_from: date) -> DroppedCatalog:
    """Take the catalog of a date away before that day; one that is gone already changes nothing.

    The one after it is proved anew (pricing.md 3.5), and what is in use stays sold (3.6). Errors: `not_found`,
    `bad_input`, and the clock's.
    """
    with writing(caller) as session:
        catalogs = session.catalogs
        catalog = next((each for each in catalogs.known[:0:-1] if each.valid_from == valid_from), None)
        if catalog is None:
            return DroppedCatalog(_dropped(session, valid_from), changed=False, written=False)
        if valid_from <= session.day:
            raise bad_input(
                N_("The catalog of {day} is in force already."),
                N_("Import one that follows it: {command}."),
                day=valid_from,
                command="subctl catalog import",
            )
        after = Catalogs(catalogs.imported, (*catalogs.gone, Gone(catalogs.newest + 1, valid_from)))
        faults = [*_missing(session, after.at(valid_from))]
        if read.count_spaces(session.connection):
            faults += binding_faults(after, session.day, valid_from)
        if faults:
            raise bad_input(
                N_("The catalog of {day} can't be dropped:\n{faults}"),
                N_("Import another in its place."),
                day=valid_from,
                faults=listed(faults),
            )
        session.check_clock()
        if session.writes:
            write.drop_catalog(session.connection, valid_from, session.day)
            session.record(None, dropped=catalog.name, valid_from=valid_from.isoformat())
        return DroppedCatalog(catalog, changed=True, written=session.writes)


def _dropped(session: Session, valid_from: date) -> Catalog:
    """Return the catalog of a date that was dropped before (`not_found` where there never was one)."""
    catalogs = session.catalogs
    for catalog in reversed(catalogs.imported):
        if catalog.valid_from == valid_from and any(each.takes(catalog) for each in catalogs.gone):
            return catalog
    coming = [each.valid_from.isoformat() for each in catalogs.from_day(session.day)[1:]]
    raise SubctlError(
        "not_found",
        N_("There is no catalog of {day} that could be dropped."),
        N_("To come are those of {days}.") if coming else N_("None is to come."),
        day=valid_from,
        days=", ".join(coming),
    )
