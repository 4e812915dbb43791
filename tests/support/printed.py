"""Every command that prints, on a store in which something happened."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.callers import ACCOUNT
from tests.support.cli import CATALOG, DEMO, Cli

USED = (
    DEMO,
    ("quote", "--plan", "pro", "--users", "20"),
    ("order", "Q-2026-0001"),
    ("bill", "--today", "2026-05-01"),
    ("quote", "--users", "25"),
    ("upgrade", "--space", "atelier", "--users", "12", "--yes"),
    ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-04-01", "--iban", "NL91ABNA0417164300"),
    ("pay", "--amount", "1000", "--space", "atelier", "--reference", "7", "--yes"),
    ("pay", "INV-2026-0001=10", "--amount", "100", "--date", "2026-04-20", "--source", "NL91ABNA0417164300/1", "--yes"),
)

PRINTS = {
    "init": ("init", "--demo", "--store", "{home}/new.db"),
    "space add": ("space", "add", "new", "--name", "New", "--plan", "pro", "--users", "3"),
    "space set": ("space", "set", "acme", "--name", "Other"),
    "space import": ("space", "import", "{home}/spaces.csv"),
    "show": ("show",),
    "show a quote": ("show", "Q-2026-0001"),
    "show an order": ("show", "O-2026-0001"),
    "show an invoice": ("show", "INV-2026-0001"),
    "list spaces": ("list", "spaces"),
    "list plans": ("list", "plans"),
    "list quotes": ("list", "quotes"),
    "list orders": ("list", "orders"),
    "list invoices": ("list", "invoices"),
    "list deadlines": ("list", "deadlines"),
    "list payments": ("list", "payments"),
    "show a payment": ("show", "P-2026-0001"),
    "pay": ("pay", "INV-2026-0001", "--yes"),
    "pay back": ("pay", "--refund", "--space", "atelier", "--yes"),
    "undo a payment": ("pay", "--undo", "P-2026-0001", "--yes"),
    "ignore a booking": ("pay", "--ignore", "NL91ABNA0417164300/2", "--yes"),
    "pay from a statement": ("pay", "--from", "{home}/statement.csv", "--yes"),
    "quote": ("quote", "--users", "30"),
    "upgrade": ("upgrade", "--users", "30", "--yes"),
    "downgrade": ("downgrade", "--users", "19", "--yes"),
    "order": ("order", "Q-2026-0002"),
    "cancel": ("cancel", "--yes"),
    "withdraw": ("withdraw", "O-2026-0002", "--yes"),
    "correct": ("correct", "INV-2026-0001", "--yes"),
    "bill": ("bill", "--today", "2026-07-01"),
    "remind": ("remind", "--yes", "--today", "2026-06-10"),
    "show a reminder": ("show", "R-2026-0001"),
    "list reminders": ("list", "reminders"),
    "collect": ("collect", "{home}/debits.xml", "--yes"),
    "show a collection": ("show", "DD-2026-0001"),
    "list collections": ("list", "collections"),
    "drop a collection": ("collect", "--drop", "DD-2026-0001", "--yes"),
    "apply": ("apply", "{home}/apply.csv", "--yes"),
    "export": ("export",),
    "compare": ("compare", "--plan", "pro", "--plan", "enterprise", "--users", "30"),
    "forecast": ("forecast",),
    "owed": ("owed",),
    "journal": ("journal",),
    "journal as earned": ("journal", "--deferred", "--until", "2026-12-31"),
    "catalog new": ("catalog", "new"),
    "catalog list": ("catalog", "list"),
    "catalog export": ("catalog", "export"),
    "catalog check": ("catalog", "check", "{home}/catalog.toml"),
    "catalog import": ("catalog", "import", "{home}/catalog.toml"),
    "catalog drop": ("catalog", "drop", "2026-12-01"),
    "admin list": ("admin", "list"),
    "admin add": ("admin", "add", ACCOUNT, "--space", "acme"),
    "admin remove": ("admin", "remove", ACCOUNT, "--space", "acme"),
    "mandate add": (
        "mandate",
        "add",
        "M-2",
        "--space",
        "atelier",
        "--signed",
        "2026-04-01",
        "--iban",
        "NL91ABNA0417164300",
    ),
    "mandate end": ("mandate", "end", "M-1"),
    "mandate list": ("mandate", "list"),
    "whoami": ("whoami",),
    "history": ("history",),
    "check": ("check",),
    "backup": ("backup", "{home}/backup.db"),
    "restore": ("restore", "{home}/kept.db", "--yes"),
    "move": ("move", "--to", "{home}/moved.db", "--yes"),
    "config show": ("config", "show"),
    "config set": ("config", "set", "color", "never"),
    "config unset": ("config", "unset", "color"),
    "schema": ("schema",),
}
"""Every command that prints a document, with what there is to print."""


def put_in_use(cli: Cli) -> Cli:
    """Put in place a store in which something happened, on 1 May 2026, and files for the commands that read one."""
    catalog = Path(CATALOG).read_text(encoding="utf-8")
    (cli.home / "catalog.toml").write_text(catalog.replace("valid_from = 2026", "valid_from = 2027"))
    use(cli)
    shutil.copy(cli.keeper.folder / "kept.db", cli.home / "kept.db")
    (cli.home / "spaces.csv").write_text("id,name,plan,users\nnew,New,pro,1\n")
    (cli.home / "apply.csv").write_text("space,users\nacme,30\natelier,9\n")
    (cli.home / "statement.csv").write_text("date,amount,text\n2026-05-01,686.50,INV-2026-0001\n2026-05-01,-5,Fee\n")
    return cli


def use(cli: Cli) -> None:
    """Put the store in place; a catalog of December is to come, and there is a backup beside what was made once."""
    coming, debits, kept = (str(cli.keeper.folder / name) for name in ("coming.toml", "debits.xml", "kept.db"))
    catalog = Path(CATALOG).read_text(encoding="utf-8")
    Path(coming).write_text(catalog.replace("valid_from = 2026-01", "valid_from = 2026-12"))
    cli.prepare(
        *USED,
        ("catalog", "import", coming),
        ("remind", "--yes"),
        ("space", "set", "acme", "--payment", "direct-debit"),
        ("collect", debits, "--yes"),
        ("backup", kept),
    )


def words_of(name: str, cli: Cli) -> list[str]:
    """Return the words of a command, its files put in."""
    return [word.format(home=cli.home) for word in PRINTS[name]]
