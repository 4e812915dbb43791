"""A bill run prices each kind of contract once; here every contract is priced by itself and compared."""

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from subctl.domain.contract import State, Wish
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import billed_until_after, recurring_drafts
from subctl.domain.numbers import INVOICE, number
from subctl.service import billing, change, init, space_import
from subctl.service.issue import issue_all
from subctl.service.party import Party
from subctl.service.session import Caller, writing
from subctl.service.spaces import NewSpace
from subctl.store import bulk, documents, read, write
from subctl.store.sqlite import visit as store
from subctl.store.tables import TABLES
from subctl.view.texts import wording
from tests.support.build import zooms
from tests.support.callers import right_of

ENTERED = date(2026, 1, 15)


def caller(path: Path, command: str, day: date, *, dry_run: bool = False) -> Caller:
    now = datetime(2026, 1, 15, 12, tzinfo=UTC)
    return Caller(path, 0, "root", now, command, right_of(command), wording, day, dry_run=dry_run)


def random_space(chance: random.Random, place: int) -> NewSpace:
    billing = chance.choice(("monthly", "annual"))
    start = date(2024, 2, 29) + timedelta(days=chance.randint(0, 800))
    renews_on = None
    if billing == "annual" and start <= ENTERED and chance.random() < 0.5:
        renews_on = ENTERED + timedelta(days=chance.randint(20, 300))
        renews_on = renews_on if renews_on > start + timedelta(days=40) else None
    return NewSpace(
        id=f"s{place:03d}",
        name=f"Customer {place}",
        state=State(chance.choice(("starter", "pro")), chance.randint(1, 4), zooms(chance.randint(0, 1)), billing),
        country=chance.choice(("NL", "BE", "US")),
        party=Party(language=chance.choice((None, "fr", "de"))),
        start=start,
        renews_on=renews_on,
    )


def random_book(path: Path, seed: int) -> None:
    """Fill a store with contracts, and change some of them so that steps wait."""
    chance = random.Random(seed)
    init.init(caller(path, "init", ENTERED), None, sandbox=True, demo=False, replace_old=False)
    who = caller(path, "space import", ENTERED)
    new = enumerate((random_space(chance, n) for n in range(80)), 2)
    space_import.import_spaces(who, space_import.prove_spaces(who, new))
    for place in range(0, 80, 2):
        wish = Wish(
            plan=chance.choice((None, "pro")),
            users=chance.choice((None, chance.randint(1, 9))),
            billing=chance.choice((None, None, "monthly", "annual")),
        )
        day = ENTERED + timedelta(days=place // 4)
        try:
            change.order_change(caller(path, "apply", day), f"s{place:03d}", wish)
        except SubctlError as refused:
            assert refused.code in {"plan_limit", "below_active_users"}  # noqa: PT017  # others would be bugs


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2027, 4, 7)], ids=str)
def test_a_run_issues_what_each_contract_would_pay_by_itself(tmp_path, seed, day):
    """pricing.md 4.3, 7.4: by period start, then ID; all invoices of a contract together."""
    path = tmp_path / "contracts.db"
    random_book(path, seed)
    with store.reading(path) as connection:
        catalogs, first = read.catalogs(connection), read.newest_id(connection, "invoices")
        contracts = [read.contract(connection, space) for space in read.space_ids(connection)]
        spaces = [read.space(connection, each.space) for each in contracts]
        buyers = {space.id: space.taxed_as for space in spaces if space}
    contracts.sort(key=lambda contract: (contract.billed_until, contract.space))
    alone = [
        (contract.space, draft)
        for contract in contracts
        for draft in recurring_drafts(contract, day, day, catalogs, buyers[contract.space])
        if draft.net
    ]
    run = billing.bill(caller(path, "bill", day), None)
    with store.reading(path) as connection:
        issued = [documents.invoice(connection, (first or 2026 * 10**10) + 1 + n, "EUR") for n in range(len(alone))]
        if (first or 0) // 10**10 != day.year:
            issued = [documents.invoice(connection, day.year * 10**10 + 1 + n, "EUR") for n in range(len(alone))]
    assert [(invoice.space, invoice.draft) for invoice in issued if invoice] == alone
    assert [(item.number, item.space) for item in run.issued] == [
        (number(INVOICE, invoice.id), invoice.space) for invoice in issued if invoice
    ]
    assert list(billing.bill(caller(path, "bill", day), None).issued) == []


def test_what_was_priced_is_forgotten_when_the_book_moves(tmp_path, monkeypatch):
    """A run that meets more kinds than it keeps, or another day, prices them again: the invoices are the same."""
    path = tmp_path / "contracts.db"
    random_book(path, 1)
    day = date(2026, 3, 1)
    usual = billing.bill(caller(path, "bill", day, dry_run=True), None)
    monkeypatch.setattr(billing, "_MOST_KINDS", 2)
    few = billing.bill(caller(path, "bill", day, dry_run=True), None)
    assert list(few.issued) == list(usual.issued)
    with store.reading(path) as connection:
        catalogs = read.catalogs(connection)
        due = bulk.due_after(connection, day, None, bulk.START, 1)
        pricer = billing._Pricer(day, catalogs, wording)
        pricer.meet(connection, due)
        first = pricer.known[due[0].terms]
        pricer.use(date(2026, 4, 2), catalogs)
        pricer.meet(connection, due)
        again = pricer.known[due[0].terms]
    assert isinstance(first, billing._Bill)
    assert isinstance(again, billing._Bill)
    assert (first.until, first.rows) != (again.until, again.rows)


def bill_by_itself(path: Path, day: date) -> None:
    """Bill every contract that is due as a single one is: its invoices issued, and then moved on, one by one."""
    with writing(caller(path, "bill", day)) as session:
        session.check_clock()
        due = bulk.due_after(session.connection, day, None, bulk.START, 1000)
        issued = []
        for each in due:
            space, contract = session.load(each.space)
            drafts = recurring_drafts(contract, day, day, session.catalogs, space.taxed_as)
            issued += issue_all(session, space, [draft for draft in drafts if draft.payable])
            moved = contract._replace(billed_until=billed_until_after(contract, day))
            write.update_contract(session.connection, moved, steps=False)
        session.record(None, contracts=len(due), invoices=len(issued), numbers=[issued[0], issued[-1]])


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table: the history has the seals of all documents, and of the state."""
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2027, 4, 7)], ids=str)
def test_a_run_leaves_the_store_that_billing_one_by_one_leaves(tmp_path, seed, day):
    """Invoices with their facts and words, contracts, seals and the state: every row is the same."""
    at_once, by_itself = tmp_path / "contracts.db", tmp_path / "by_itself.db"
    random_book(at_once, seed)
    shutil.copyfile(at_once, by_itself)
    by_itself.chmod(0o600)
    billing.bill(caller(at_once, "bill", day), None)
    bill_by_itself(by_itself, day)
    assert everything(at_once) == everything(by_itself)


def test_a_run_ends_where_another_run_took_the_rest(tmp_path, monkeypatch):
    """Two runs at once: each contract is billed by one of them, and both end."""
    path = tmp_path / "contracts.db"
    random_book(path, 2)
    day = date(2026, 3, 1)
    monkeypatch.setattr(billing, "BATCH", 5)
    other: list[int] = []

    def meanwhile(_done: int, _total: int) -> None:
        if not other:
            other.append(len(billing.bill(caller(path, "bill", day), None).issued))

    mine = len(billing.bill(caller(path, "bill", day), None, meanwhile).issued)
    with store.reading(path) as connection:
        count = connection.execute("SELECT count(*) FROM invoices WHERE date = ?", (day.isoformat(),)).fetchone()[0]
    assert mine + other[0] == count
