"""What older programs issued can be an e-invoice too: by the words and facts that were kept then."""

from __future__ import annotations

from collections import Counter

import pytest

from subctl.view.language import speaking
from tests.support import old_stores
from tests.support.issued import faults, met
from tests.support.papers import invoice


@pytest.mark.parametrize("version", old_stores.VERSIONS)
def test_every_old_invoice_is_read_back(version, cli):
    """In both syntaxes, before the judge, and field by field."""
    old_stores.put(version, cli.store)
    seen = Counter[str]()
    for item in cli("list", "invoices", "--json").json["items"]:
        issued = invoice(cli, item["number"])
        with speaking(issued.words.language):
            assert list(faults(issued, judged=True)) == []
        seen.update(met(issued))
    assert seen["invoices"] >= 5
    assert seen["VAT S"] > 0
