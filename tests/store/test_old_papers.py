"""Documents that older programs issued print too, with the words they had, and stay as they are whatever comes."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from subctl.view import papers
from subctl.view.papers import pdf
from tests.support import old_stores
from tests.support.papers import shown, told


@pytest.fixture(params=old_stores.VERSIONS)
def version(request, cli):
    """A schema, whose store is in place."""
    old_stores.put(request.param, cli.store)
    return request.param


def numbers(version) -> Iterator[tuple[str, Any]]:
    """Yield the documents of an old store with what was printed of them then."""
    for command, printed in old_stores.printed(version).items():
        if re.fullmatch("show (INV|Q|O)-[0-9-]+", command):
            yield command.removeprefix("show "), printed


def test_every_old_document_has_a_paper_that_nothing_changes(version, cli):
    """Not the migration, and not what a space is called, where it is and how it pays from now on."""
    before = {number: papers.paper(shown(cli, number), "pdf") for number, _ in numbers(version)}
    assert len(before) >= 11
    spaces = [item["id"] for item in cli("list", "spaces", "--json").json["items"]]
    for space in spaces:
        new = ("--name", "Other", "--address", "Elsewhere 1", "--email", "new@example.com", "--reference", "PO 9")
        assert cli("space", "set", space, *new).code == 0
        assert cli("space", "set", space, "--payment", "direct-debit", "--iban", "NL91ABNA0417164300").code == 0
        assert cli("space", "set", space, "--payment", "card").code in (0, 4)  # monthly contracts can't
    assert {number: papers.paper(shown(cli, number), "pdf") for number in before} == before


def test_an_old_invoice_says_what_it_said(version, cli):
    """Its lines, its note, its sums and its parties, as they were printed by the program that issued it."""
    invoices = [(number, printed) for number, printed in numbers(version) if number.startswith("INV")]
    assert invoices
    for number, printed in invoices:
        said = told(pdf.sheet_of(shown(cli, number))).replace("−", "-")
        for line in printed["lines"]:
            assert f"\n{line['description']} | " in said
            assert f" | {line['amount']}\n" in said
        assert f"\nNet {printed['net']}\n" in said
        assert f" {printed['total']}!\n" in said
        assert f"\n{printed['buyer']['name']}\n" in said
        assert said.startswith(f"{printed['seller']['name']} / ")
        if printed["vat_note"]:
            assert f"\n{printed['vat_note'].split(' was not checked')[0]}" in said
