"""The file of a collection as banks take it, judged by the official schema (payments.md 9.6)."""

from __future__ import annotations

import pytest
from sepaxml import SepaDD

from subctl.results.collections import CollectedItem, ShownCollection
from subctl.view.papers.pain008 import make
from tests.support.build import CATALOG, day
from tests.support.debits import Debited, read

ITEM = CollectedItem(
    number="INV-2026-0001",
    amount=123_456,
    space="acme",
    debtor="Acme",
    mandate="M'1",
    signed=day("2026-03-01"),
    scheme="CORE",
    iban="NL91 ABNA 0417 1643 00",
)
MADE = ShownCollection(
    number="DD-2026-0001",
    day=day("2026-03-16"),
    on=day("2026-03-18"),
    seller=CATALOG.seller,
    items=(ITEM,),
    dropped=None,
    changed=True,
)


def one(made: ShownCollection) -> Debited:
    """Return the only debit of a file that the schema accepts."""
    (debit,) = read(make(made)).debits
    return debit


def test_a_debit() -> None:
    """payments.md 9.6: the end-to-end id is the invoice's number, and the same collection the same file."""
    assert one(MADE) == Debited(
        "CORE",
        "2026-03-18",
        "INV-2026-0001",
        "1234.56",
        "M'1",
        "2026-03-01",
        "Acme",
        "NL91ABNA0417164300",
        "INV-2026-0001",
    )
    assert make(MADE) == make(MADE)


def test_a_part_for_each_scheme() -> None:
    """payments.md 9.6: CORE and B2B don't stand in one part; the sums are those of all."""
    items = (ITEM._replace(scheme="B2B"), ITEM, ITEM._replace(number="INV-2026-0002", amount=1))
    found = read(make(MADE._replace(items=items)))
    assert (found.parts, found.number, found.total) == (2, "3", "2469.13")
    assert [debit.scheme for debit in found.debits] == ["CORE", "CORE", "B2B"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Müller & Søn «x» GmbH", "Muller + Son x GmbH"),
        ("L’Été – S.à r.l.", "L'Ete - S.a r.l."),
        ("Straße <b>", "Strasse b"),
        ("Œuvre Łódź Þór", "OEuvre Lodz Thor"),
        ("x" * 69 + " yz", "x" * 69),
        ("Ελλάς", "acme"),
        ("½ Acme", "1 2 Acme"),
    ],
)
def test_names_in_the_letters_of_banks(name: str, written: str) -> None:
    """payments.md 9.6: where nothing of a name can be written, the space stands for it."""
    assert one(MADE._replace(items=(ITEM._replace(debtor=name),))).name == written


@pytest.mark.parametrize(("name", "bic"), [("Пример", None), ("Example", "ABNANL2A")])
def test_the_creditor(name: str, bic: str | None) -> None:
    """payments.md 9.6: by his identifier where his name can't be written; a bank without a BIC by the account."""
    content = make(MADE._replace(seller=CATALOG.seller._replace(name=name, bic=bic)))
    read(content)
    assert (b"<Nm>NL69ZZZ123456780000</Nm>" in content) is (name != "Example")
    assert (b"<BICFI>ABNANL2A</BICFI>" in content) is (bic is not None)


def test_another_writer_says_the_same() -> None:
    """payments.md 12: sepaxml, which makes ids of its own; all else is what stands in ours."""
    items = [
        each._replace(iban="NL91ABNA0417164300")
        for each in (ITEM, ITEM._replace(number="INV-2026-0002", amount=1, debtor="Other"))
    ]
    other = SepaDD(
        {
            "name": "Example Software B.V.",
            "IBAN": "NL91ABNA0417164300",
            "BIC": "ABNANL2A",
            "batch": True,
            "creditor_id": "NL69ZZZ123456780000",
            "currency": "EUR",
        },
        schema="pain.008.001.08",
        clean=False,
    )
    for item in items:
        other.add_payment(
            {
                "name": item.debtor,
                "IBAN": item.iban,
                "amount": item.amount,
                "type": "RCUR",
                "collection_date": MADE.on,
                "mandate_id": item.mandate,
                "mandate_date": item.signed,
                "description": item.number,
                "endtoend_id": item.number,
            }
        )
    ours, theirs = read(make(MADE._replace(items=tuple(items)))), read(other.export(validate=True))
    assert ours.debits == theirs.debits
    assert (ours.number, ours.total, ours.parts) == (theirs.number, theirs.total, theirs.parts)
