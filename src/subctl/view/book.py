"""The store itself: a new one, who one is in it, and the settings around it."""

from __future__ import annotations

from typing import Any

from subctl.view import words
from subctl.view.console import Page
from subctl.view.layout import Column, Row


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw what was made of the store, who `whoami` found, or the settings."""
    {
        "store/1": _draw_store,
        "whoami/1": _draw_account,
        "catalog/1": _draw_catalog,
        "backup/1": _draw_backup,
        "config/1": _draw_settings,
    }[document["schema"]](page, document)


def _draw_catalog(page: Page, document: dict[str, Any]) -> None:
    state = "imported" if document["changed"] else "fine as it is"
    page.line(
        f"The catalog {document['name']} is {state}: valid from {words.day(document['valid_from'])},"
        f" in {document['currency']}, with {', '.join(document['plans'])}."
    )


def _draw_backup(page: Page, document: dict[str, Any]) -> None:
    if document["kept"]:
        page.line(f"{document['store']} is {document['file']} now; the old one is kept at {document['kept']}.")
    else:
        page.line(f"{document['file']}: {document['bytes']} bytes, checked.")


def _draw_store(page: Page, document: dict[str, Any]) -> None:
    kind = f"a sandbox, standing on {words.day(document['day'])}" if document["sandbox"] else "a live store"
    page.line(f"Made {document['store']}: {kind}, with the catalog {document['catalog']}.")
    page.line(f"Its administrator is {document['administrator']}.")
    if document["group"]:
        page.line(f"It is shared with the group {document['group']}.")
    if document["replaced"]:
        page.line(f"The old store is kept at {document['replaced']}.")
    if document["spaces"]:
        page.line(f"It has the contracts {' and '.join(document['spaces'])}.")
        page.line("Next: subctl show, then subctl quote --plan pro --users 20", style="dim")
    else:
        page.line(
            "Next: subctl list plans, then subctl space add my-shop --name 'My Shop' --plan pro --users 5", style="dim"
        )


def _draw_account(page: Page, document: dict[str, Any]) -> None:
    spaces = ", ".join(document["spaces"])
    role = "administrator of the store" if document["store_administrator"] else f"administrator of {spaces}"
    page.facts(
        [
            ("Account", f"{document['account']} (uid {document['uid']}), by the operating system"),
            ("Role", role if document["store_administrator"] or spaces else "none: sees and changes nothing"),
            ("Store", f"{document['store']} ({'sandbox' if document['sandbox'] else 'live'})"),
            ("Day", words.day(document["date"])),
        ]
    )
    page.line()
    page.line(
        "The file's own permissions are the lock: whoever can write the file can change everything in it."
        " The roles prevent mistakes and keep the record honest.",
        style="dim",
    )


def _draw_settings(page: Page, document: dict[str, Any]) -> None:
    page.table(
        [Column("Setting"), Column("Value", fold=True, bare=True, under=1), Column("From")],
        [Row([setting["key"], setting["value"] or "–", setting["from"]]) for setting in document["settings"]],
    )
    page.line()
    page.line(f"{'Changed' if document['changed'] else 'The config file is'} {document['file']}", style="dim")
