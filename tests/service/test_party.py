"""What papers and e-invoices need of a customer: told, kept with its documents, shown, and taken out again."""

from __future__ import annotations

import json

import pytest

FRENCH = {
    "street": "Rue Neuve 1",
    "postcode": "75001",
    "city": "Paris",
    "legal-id": "0002:732 829 320",
    "endpoint": "0225:732829320_AP",
    "buyer-reference": "Service 7",
    "contact": "Comptabilité",
    "phone": "+33 1 23 45 67 89",
    "language": "fr",
    "e-invoice": "fr",
}
KEPT = {
    "street": "Rue Neuve 1",
    "postcode": "75001",
    "city": "Paris",
    "legal_id": "0002:732829320",
    "endpoint": "0225:732829320_AP",
    "buyer_reference": "Service 7",
    "contact": "Comptabilité",
    "phone": "+33 1 23 45 67 89",
    "language": "fr",
    "e_invoice": "fr",
}


def options(**changed):
    """Return the options that say all of it."""
    return [f"--{name}={value}" for name, value in {**FRENCH, **changed}.items()]


def told(page):
    """Return what a contract page says of it."""
    return {key: page["space"][key] for key in KEPT}


def test_all_of_it_is_told_when_a_space_is_added(demo):
    """documents.md 3: each option, on the contract page as it is kept."""
    new = ("space", "add", "bistro", "--name", "Bistro", "--plan", "pro", "--users", "3", "--country", "FR")
    assert told(demo(*new, *options(), "--json").json) == KEPT
    assert told(demo("show", "bistro", "--json").json) == KEPT


def test_all_of_it_is_told_later_and_taken_out(demo):
    """documents.md 3: set, set again without a change, each taken out by an empty text."""
    assert told(demo("space", "set", "acme", *options(), "--json").json) == KEPT
    assert demo("space", "set", "acme", *options(), "--json").json["changed"] is False
    left: dict[str, str | None] = {**KEPT}
    for option, key in zip(FRENCH, KEPT, strict=True):
        left[key] = None
        assert told(demo("space", "set", "acme", f"--{option}=", "--json").json) == left


def test_all_of_it_is_told_in_a_file(demo):
    """documents.md 3: the columns of space import are the options."""
    file = demo.home / "spaces.csv"
    head, row = ",".join(FRENCH), ",".join(FRENCH.values())
    file.write_text(f"id,name,plan,users,{head}\nbistro,Bistro,pro,3,{row}\nbar,Bar,pro,3{',' * len(FRENCH)}\n")
    assert demo("space", "import", str(file), "--json").json["added"] == 2
    assert told(demo("show", "bistro", "--json").json) == KEPT
    assert told(demo("show", "bar", "--json").json) == dict.fromkeys(KEPT)


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("legal-id", "732829320", "'732829320' is not a legal id: it has no scheme."),
        ("language", "it", "--language can't be 'it'."),
    ],
)
def test_a_bad_cell_is_named_by_its_line(demo, column, value, why):
    """safety.md: as everything in a file is."""
    file = demo.home / "spaces.csv"
    file.write_text(f"id,name,plan,users,{column}\nbistro,Bistro,pro,3,{value}\n")
    code, name, message, _ = demo("space", "import", str(file), "--json").refusal
    assert (code, name) == (2, "bad_input")
    assert f"Line 2: {why}" in message


def test_a_document_keeps_what_was_told_when_it_was_made(demo):
    """documents.md 3: all of it belongs to the frozen buyer, and its language is the invoice's."""
    demo("upgrade", "--users", "20", "--yes")
    first = demo("show", "INV-2026-0001", "--json").out
    demo("space", "set", "acme", *options())
    demo("upgrade", "--users", "30", "--yes")
    second = demo("show", "INV-2026-0002", "--json").json
    assert ({key: second["buyer"].get(key) for key in KEPT if key != "language"}, second["language"]) == (
        {key: value for key, value in KEPT.items() if key != "language"},
        "fr",
    )
    assert demo("show", "INV-2026-0001", "--json").out == first
    assert json.loads(first)["language"] == "en"
    assert demo("check", "--json").json["problems"] == []


def test_a_credit_note_names_the_day_of_its_invoice(demo):
    """documents.md 4: BT-26; an invoice that credits nothing has none."""
    demo("upgrade", "--users", "20", "--yes")
    demo("withdraw", "O-2026-0001", "--yes", "--today", "2026-03-18")
    notes = [demo("show", f"INV-2026-000{place}", "--json").json for place in (1, 2)]
    assert [(note["date"], note["credits"], note["credits_date"]) for note in notes] == [
        ("2026-03-15", None, None),
        ("2026-03-18", "INV-2026-0001", "2026-03-15"),
    ]


def test_how_an_invoice_is_paid(demo):
    """documents.md 3: as the space said when it was issued; nothing is debited without a mandate."""
    for users, payment in enumerate(("card", "direct-debit", "invoice"), 20):
        demo("space", "set", "acme", "--payment", payment, "--iban", "NL91ABNA0417164300")
        demo("upgrade", "--users", str(users), "--yes")
    found = [demo("show", f"INV-2026-000{place}", "--json").json for place in (1, 2, 3)]
    assert [(each["payment"], each["mandate"]) for each in found] == [
        ({"method": method, "iban": None}, None) for method in ("card", "transfer", "transfer")
    ]
