"""Every service that writes, with a call of it that does, and the store in which it has something to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from subctl.domain.booking import Booking
from subctl.domain.contract import State, Wish
from subctl.domain.entry import enter_contract
from subctl.service import (
    administrators,
    apply,
    billing,
    cancellation,
    catalog_import,
    catalogs,
    change,
    collecting,
    correction,
    mandates,
    move,
    paying,
    reminding,
    space_import,
    space_proof,
    spaces,
    statements,
    undoing,
    withdrawal,
)
from subctl.service.caller import Caller
from subctl.service.quote import order_quote, save_quote
from subctl.service.statement_file import Told
from subctl.service.text_file import text_file
from subctl.service.worked_out import WorkedOut
from subctl.store import read
from subctl.store.write import Numbers
from tests.support.cli import Cli

NEW = spaces.NewSpace("new", "New", State("pro", 1, (), "monthly"))
PROVEN = space_proof.Proven(
    space_proof.Ground("", date(2026, 3, 14), 0),
    Numbers(1, 1),
    1,
    (
        space_proof.packed(
            [
                space_proof.Row(
                    2,
                    NEW,
                    read.Space("new", 0, read.Details("New", "NL"), 0, locked=False),
                    enter_contract("new", NEW.state, date(2026, 3, 14), date(2026, 3, 14), None, None),
                )
            ]
        ),
    ),
)
"""A file that was proven the day before: nothing of that counts any more."""


def file_in(home: Path) -> catalogs.CatalogFile:
    """Return the catalog file that lies beside the store."""
    return catalogs.read_catalog_file(text_file(str(home / "later.toml")))


def in_april(who: Caller) -> Caller:
    """Return the caller a month later, when invoices are due."""
    return who._replace(today=who.today and who.today.replace(month=4))


STATEMENT = [Told(Booking("NL91ABNA0417164300", date(2026, 3, 14), 14625, text="INV-2026-0001"), None, "X/2")]
"""A statement with one booking, which pays the invoice of acme's order."""


def when_late(who: Caller) -> Caller:
    """Return the caller once the invoice of March is late."""
    return who._replace(today=who.today and who.today.replace(month=4, day=25))


def import_many(who: Caller) -> object:
    """Import so many spaces that they are laid out before."""
    new = (NEW._replace(id=f"new{place}") for place in range(space_import.FEW + 1))
    return space_import.import_spaces(who, space_proof.prove_spaces(who, enumerate(new, 2)))


WRITERS = {
    "administrators.add": ("admin add", lambda who, _: administrators.add(who, "root", "acme")),
    "administrators.remove": ("admin remove", lambda who, _: administrators.remove(who, "daemon", None)),
    "apply.order": (
        "apply",
        lambda who, _: apply.apply(who, [apply.Wanted(2, "acme", Wish(users=20))], WorkedOut(), keep_going=False),
    ),
    "space_import._under_the_lock": ("space import", lambda who, _: space_import.import_spaces(who, PROVEN)),
    "space_import._in_one_step": ("space import", lambda who, _: import_many(who)),
    "billing._batch": (
        "bill",
        lambda who, _: billing.bill(in_april(who), None),
    ),
    "catalog_import.import_": ("catalog import", lambda who, home: catalog_import.import_(who, file_in(home))),
    "catalog_import.drop": ("catalog drop", lambda who, _: catalog_import.drop(who, date(2026, 12, 1))),
    "quote.save_quote": ("quote", lambda who, _: save_quote(who, "acme", Wish(users=20))),
    "change.order_change": ("upgrade", lambda who, _: change.order_change(who, "acme", Wish(users=20))),
    "quote.order_quote": ("order", lambda who, _: order_quote(who, "Q-2026-0001")),
    "cancellation.cancel": ("cancel", lambda who, _: cancellation.cancel(who, "acme")),
    "correction.correct": ("correct", lambda who, _: correction.correct(who, "INV-2026-0001", None)),
    "mandates.add": (
        "mandate add",
        lambda who, _: mandates.add(who, "M-2", "atelier", date(2026, 3, 1), "NL91ABNA0417164300", b2b=False),
    ),
    "mandates.end": ("mandate end", lambda who, _: mandates.end(who, "M-1")),
    "paying.pay": ("pay", lambda who, _: paying.pay(who, paying.Asked((("INV-2026-0001", None),)), None)),
    "statements.enter_statement": ("pay", lambda who, _: statements.enter_statement(who, STATEMENT, [])),
    "move.move": ("move", lambda who, home: move.move(who, home / "moved.db")),
    "undoing.undo": ("pay", lambda who, _: undoing.undo(who, "P-2026-0001")),
    "undoing.ignore": ("pay", lambda who, _: undoing.ignore(who, "X/1")),
    "collecting.collect": ("collect", lambda who, _: collecting.collect(who, date(2026, 4, 14))),
    "collecting.drop": ("collect", lambda who, _: collecting.drop(who, "DD-2026-0001")),
    "reminding.remind": ("remind", lambda who, _: reminding.remind(when_late(who), None, None, [])),
    "withdrawal.withdraw": ("withdraw", lambda who, _: withdrawal.withdraw(who, "O-2026-0002")),
    "spaces.add_space": ("space add", lambda who, _: spaces.add_space(who, NEW)),
    "spaces.set_space": ("space set", lambda who, _: spaces.set_space(who, "acme", spaces.Details(active_users=9))),
}
"""Every service that opens a writing session, the command that calls it, and a call that writes in `used`."""


def put_in_use(cli: Cli) -> Cli:
    """Put in place a live store on 2026-03-15: a quote for atelier, an order of acme, a second administrator.

    A catalog of December is imported, a later one is a file beside.
    """
    built_in = catalogs.built_in().decode()
    shared = cli.keeper.folder  # the same for all tests, so that the store is made once
    december = shared / "december.toml"
    december.write_text(built_in.replace("2026-01-01", "2026-12-01"))
    cli.prepare(
        ("init", "--demo"),
        ("quote", "--users", "12", "--space", "atelier"),
        ("upgrade", "--users", "15", "--yes", "--space", "acme"),
        ("admin", "add", "daemon"),
        ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-03-01", "--iban", "NL91ABNA0417164300"),
        ("catalog", "import", str(december)),
        ("space", "set", "acme", "--payment", "direct-debit"),
        ("collect", str(shared / "debits.xml"), "--on", "2026-04-14", "--yes"),
        ("upgrade", "--users", "16", "--yes", "--space", "acme"),
        ("pay", "--amount", "5", "--yes"),
    )
    cli.sql("UPDATE store SET sandbox = 0, day = NULL")
    (cli.home / "later.toml").write_text(built_in.replace("2026-01-01", "2027-01-01"))
    return cli
