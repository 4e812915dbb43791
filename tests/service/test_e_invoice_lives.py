"""What random lives issue, as e-invoices: a sample of `byhand.e_invoices`."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.support.book.drawn import story
from tests.support.book.lived import live
from tests.support.issued import faults, met

LIVES = (10, 17)


@pytest.mark.parametrize("number", LIVES)
def test_all_that_a_life_issues_is_read_back(number):
    """In both syntaxes, field by field; some of it goes before the judge."""
    seen = Counter[str]()
    wrong: list[str] = []

    def write(book):
        for place, invoice in enumerate(book.seen):
            seen.update(met(invoice))
            wrong.extend(faults(invoice, judged=place % 5 == 0))

    live(story(number), then=write)
    assert wrong == []
    assert seen["invoices"] > 5
