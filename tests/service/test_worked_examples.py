"""The worked examples of pricing.md 8, through the services on a real store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.service import cancellation, catalog_import, change, contract_page, document_page, spaces, withdrawal
from subctl.service.billing import bill
from subctl.service.caller import Caller
from subctl.service.catalogs import read_catalog_file
from subctl.service.quote import order_quote, save_quote
from subctl.service.text_file import text_file
from tests.support.build import catalog_text, state
from tests.support.callers import caller
from tests.support.cli import Cli
from tests.support.documents import as_document
from tests.support.examples import EXAMPLES, Billed, Example, Ordered, Recurring, billed, ordered, play, recurring


class Services:
    """The contract of an example as the services keep it, in a sandbox."""

    def __init__(self, cli: Cli, example: Example) -> None:
        self.cli = cli.sandbox(example.entered)
        renews_on = date.fromisoformat(example.renews_on) if example.renews_on else None
        wanted = state(billing=example.billing)
        new = spaces.NewSpace("acme", "Acme", wanted, start=date.fromisoformat(example.start), renews_on=renews_on)
        spaces.add_space(self._caller("space add"), new)

    def _caller(self, command: str, day: str | None = None) -> Caller:
        return caller(self.cli, command, day)

    def order(self, day: str, wanted: Mapping[str, Any], *, down: bool) -> Ordered:
        """Order it as the command that fits does."""
        orders = self._caller("downgrade" if down else "upgrade", day)
        return ordered(as_document(change.order_change(orders, "acme", Wish(**wanted))), day)

    def cancel(self, day: str) -> str:
        """Cancel the contract."""
        return str(cancellation.cancel(self._caller("cancel", day), "acme").cancellation.last_day)

    def withdraw(self, day: str) -> str:
        """Withdraw the first order."""
        try:
            done = as_document(withdrawal.withdraw(self._caller("withdraw", day), "O-2026-0001"))
        except SubctlError as error:
            return error.code
        return str(as_document(document_page.show_document(self._caller("show"), done["credit_note"]))["total"])

    def quote(self, day: str, wanted: Mapping[str, Any]) -> tuple[Ordered, str]:
        """Save a quote."""
        document = as_document(save_quote(self._caller("quote", day), "acme", Wish(**wanted)))
        self.quoted = document["quote"]
        return ordered(document, day), document["valid_until"]

    def order_quote(self, day: str) -> Ordered | str:
        """Order the quote."""
        try:
            done = order_quote(self._caller("order", day), self.quoted)
        except SubctlError as error:
            return error.code
        return ordered(as_document(done), day)

    def bill(self, day: str) -> tuple[Billed, ...]:
        """Run the bills, and read each invoice."""
        issued = as_document(bill(self._caller("bill", day), None))["issued"]
        return tuple(
            billed(as_document(document_page.show_document(self._caller("show"), each["number"]))) for each in issued
        )

    def import_catalog(self, day: str, valid_from: str, changed: Mapping[str, str]) -> None:
        """Import a file."""
        file = self.cli.home / "next.toml"
        file.write_text(catalog_text(valid_from, changed))
        read = read_catalog_file(text_file(str(file)))
        assert catalog_import.import_(self._caller("catalog import", day), read).changed

    def next_invoice(self) -> Recurring | None:
        """Look at the contract page."""
        return recurring(as_document(contract_page.show_contract(self._caller("show"), "acme"))["next_invoice"])


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_worked_example_comes_out_to_the_cent(cli, example):
    """pricing.md 8: ordered and read back."""
    play(Services(cli, example), example)
