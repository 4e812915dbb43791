"""The store itself: a new one, and who one is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from subctl.view import words
from subctl.view.console import grid

if TYPE_CHECKING:
    from rich.console import Console


def draw(console: Console, document: dict[str, Any]) -> None:
    """Draw what `init` made, or who `whoami` found."""
    if document["schema"] == "store/1":
        _draw_store(console, document)
    else:
        _draw_account(console, document)


def _draw_store(console: Console, document: dict[str, Any]) -> None:
    kind = f"a sandbox, standing on {words.day(document['day'])}" if document["sandbox"] else "a live store"
    console.print(f"Made {document['store']}: {kind}, with the catalog {document['catalog']}.")
    console.print(f"Its administrator is {document['administrator']}.")
    if document["replaced"]:
        console.print(f"The old store is kept at {document['replaced']}.")
    if document["spaces"]:
        console.print(f"It has the contracts {' and '.join(document['spaces'])}.")
        console.print("Next: subctl show, then subctl quote --plan pro --users 20", style="dim")
    else:
        console.print("Next: subctl space add ID --name NAME --plan PLAN --users N", style="dim")


def _draw_account(console: Console, document: dict[str, Any]) -> None:
    table = grid()
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("Account", f"{document['account']} (uid {document['uid']}), by the operating system")
    table.add_row("Store", f"{document['store']} ({'sandbox' if document['sandbox'] else 'live'})")
    table.add_row("Day", words.day(document["date"]))
    spaces = ", ".join(document["spaces"])
    role = "administrator of the store" if document["store_administrator"] else f"administrator of {spaces}"
    table.add_row("Role", role if document["store_administrator"] or spaces else "none: sees and changes nothing")
    console.print(table)
    console.print()
    console.print(
        "The file's own permissions are the lock: whoever can write the file can change everything in it."
        " The roles prevent mistakes and keep the record honest.",
        style="dim",
    )
