"""A bill run prices each kind of contract once; here every contract is priced by itself and compared."""

import json
from datetime import date

import pytest

from subctl.domain.invoice import billed_until_after, recurring_drafts
from subctl.domain.numbers import INVOICE, number
from subctl.service import billing
from subctl.service.issue import issue
from subctl.service.session import reading, writing
from subctl.store import bulk, documents, read, write
from subctl.view.texts import wording
from tests.support.cli import Cli
from tests.support.random_books import ENTERED, caller, random_book


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2027, 4, 7)], ids=str)
def test_a_run_issues_what_each_contract_would_pay_by_itself(cli, seed, day):
    """pricing.md 4.3, 7.4: by period start, then ID; all invoices of a contract together."""
    random_book(cli, seed)
    with reading(caller(cli, "show", ENTERED)) as session:
        connection = session.connection
        catalogs, first = read.catalogs(connection), connection.newest_id("invoices")
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
    run = billing.bill(caller(cli, "bill", day), None)
    with reading(caller(cli, "show", ENTERED)) as session:
        connection = session.connection
        issued = [documents.invoice(connection, (first or 2026 * 10**10) + 1 + n, "EUR") for n in range(len(alone))]
        if (first or 0) // 10**10 != day.year:
            issued = [documents.invoice(connection, day.year * 10**10 + 1 + n, "EUR") for n in range(len(alone))]
    assert [(invoice.space, invoice.draft) for invoice in issued if invoice] == alone
    assert [(item.number, item.space) for item in run.issued] == [
        (number(INVOICE, invoice.id), invoice.space) for invoice in issued if invoice
    ]
    assert list(billing.bill(caller(cli, "bill", day), None).issued) == []


def test_what_was_priced_is_forgotten_when_the_book_moves(cli, monkeypatch):
    """A run that meets more kinds than it keeps, or another day, prices them again: the invoices are the same."""
    random_book(cli, 1)
    day = date(2026, 3, 1)
    usual = billing.bill(caller(cli, "bill", day, dry_run=True), None)
    monkeypatch.setattr(billing, "_MOST_KINDS", 2)
    few = billing.bill(caller(cli, "bill", day, dry_run=True), None)
    assert list(few.issued) == list(usual.issued)
    with reading(caller(cli, "show", ENTERED)) as session:
        connection = session.connection
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


def bill_by_itself(cli: Cli, day: date) -> None:
    """Bill every contract that is due as a single one is: its invoices issued, and then moved on, one by one."""
    with writing(caller(cli, "bill", day)) as session:
        session.check_clock()
        due = bulk.due_after(session.connection, day, None, bulk.START, 1000)
        issued = []
        for each in due:
            space, contract = session.load(each.space)
            drafts = recurring_drafts(contract, day, day, session.catalogs, space.taxed_as)
            issued += [number(INVOICE, issue(session, space, draft)) for draft in drafts if draft.payable]
            moved = contract._replace(billed_until=billed_until_after(contract, day))
            write.update_contract(session.connection, moved, steps=False)
        session.record(None, contracts=len(due), invoices=len(issued), numbers=[issued[0], issued[-1]])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2027, 4, 7)], ids=str)
def test_a_run_leaves_the_store_that_billing_one_by_one_leaves(cli, seed, day):
    """Invoices with their facts and words, contracts, seals and the state: every row is the same."""
    by_itself = cli.another("by_itself")
    random_book(cli, seed)
    by_itself.put(cli.bytes)
    billing.bill(caller(cli, "bill", day), None)
    bill_by_itself(by_itself, day)
    assert cli.tables() == by_itself.tables()


def test_a_run_ends_where_another_run_took_the_rest(cli, monkeypatch):
    """Two runs at once: each contract is billed by one of them, and both end."""
    random_book(cli, 2)
    day = date(2026, 3, 1)
    monkeypatch.setattr(billing, "BATCH", 5)
    other: list[int] = []

    def meanwhile(_done: int, _total: int) -> None:
        if not other:
            other.append(len(billing.bill(caller(cli, "bill", day), None).issued))

    mine = len(billing.bill(caller(cli, "bill", day), None, meanwhile).issued)
    with reading(caller(cli, "show", ENTERED)) as session:
        connection = session.connection
        count = connection.execute("SELECT count(*) FROM invoices WHERE date = ?", (day.isoformat(),)).fetchone()[0]
    assert mine + other[0] == count


TWINS = ("ape", "bee", "cat")
"""Spaces that pay the same, though they began and were entered on other days."""


@pytest.fixture
def twins(cli):
    """A store with three spaces that have the same to pay on 1 March, and one that has something else."""
    return cli.prepare(
        ("init", "--sandbox", "--today", "2026-01-15"),
        *(
            ("space", "add", name, "--name", name, "--plan", "pro", "--users", "8", "--start", f"2025-0{month}-10")
            for month, name in enumerate(TWINS, 3)
        ),
        ("space", "add", "dog", "--name", "dog", "--plan", "starter", "--users", "5"),
        ("bill", "--today", "2026-02-20"),
    )


def test_contracts_that_began_on_other_days_are_priced_once(twins):
    """pricing.md 3.1: from a first of a month on, it doesn't matter since when a step is in force."""
    with reading(caller(twins, "show", date(2026, 3, 1))) as session:
        due = bulk.due_after(session.connection, date(2026, 3, 1), None, bulk.START, 10)
    terms = {each.space: each.terms for each in due}
    assert len({terms[name] for name in TWINS}) == 1
    assert len(set(terms.values())) == 2


SPOILT = {
    "an entry day that is none": ("UPDATE contracts SET entered_on = 'x' WHERE space = '{}'", "contracts"),
    "licences that are a list": ("UPDATE steps SET licences = '[]' WHERE space = '{}'", "steps"),
    "rates that are a number": ("UPDATE steps SET rates = '7' WHERE space = '{}'", "steps"),
    "rates without the users'": ("UPDATE steps SET rates = '{{}}' WHERE space = '{}'", "steps"),
    "no step": ("DELETE FROM steps WHERE space = '{}'", None),
}


@pytest.mark.parametrize("space", TWINS)
@pytest.mark.parametrize(("statement", "table"), SPOILT.values(), ids=SPOILT)
def test_a_contract_that_cannot_be_read_is_named_and_the_others_are_billed(twins, space, statement, table):
    """pricing.md 7.4: also those that are like it, whichever of them is looked at first."""
    twins.tamper(statement.format(space), checks=False)
    done = twins("bill", "--today", "2026-03-01", "--json")
    told = json.loads(done.out)
    assert [item["space"] for item in told["issued"]] == sorted({*TWINS, "dog"} - {space})
    assert [(item["space"], item["error"]["code"]) for item in told["failed"]] == [(space, "store_damaged")]
    assert (table or "a contract has no price step") in told["failed"][0]["error"]["message"]
    assert done.code == 4


def test_contracts_that_differ_in_their_past_alone_are_priced_once(cli):
    """pricing.md 3.1: a year is a year, whichever was the first; each is read, and one is priced."""
    add = ("space", "add", "--name", "N", "--plan", "pro", "--users", "8", "--billing", "annual")
    since = ((*add, f"since-{year}", "--start", f"{year}-04-01") for year in (2023, 2024, 2025))
    cli.prepare(("init", "--sandbox", "--today", "2026-01-15"), *since)
    day = date(2026, 4, 1)
    with reading(caller(cli, "show", day)) as session:
        due = bulk.due_after(session.connection, day, None, bulk.START, 10)
        pricer = billing._Pricer(day, session.catalogs, wording)
        assert pricer.meet(session.connection, due) == {}
    assert (len(due), len(pricer.known), len(pricer.priced)) == (3, 3, 1)
