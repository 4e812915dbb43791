"""The payment code: what it holds, when there is none, and how it looks at a terminal.

zbar reads both forms back in tests/system/test_papers.py.
"""

import pytest

from subctl.domain.errors import SubctlError
from subctl.view.papers import payment_code
from tests.support.papers import CARD, DEBITED, MANDATE, SETUP, invoice

NUMBER = "INV-2026-0001"


@pytest.fixture
def used(cli):
    return cli.prepare(*SETUP)


def test_what_it_holds(used):
    """EPC069-12, version 2: whom to pay, how much, and the number in the free text, where banks show it."""
    assert payment_code.text(invoice(used)).split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "",
        "Example Software B.V.",
        "NL91ABNA0417164300",
        "EUR786.50",
        "",
        "",
        NUMBER,
    ]


def with_seller(found, **changes):
    return found._replace(seller=found.seller._replace(**changes))


@pytest.mark.parametrize(
    ("iban", "bic", "line"),
    [
        ("nl91 ABNA 0417 1643 00", "ABNANL2A", ""),
        ("CH9300762011623852957", "POFICHBE", "POFICHBE"),
        ("GB29NWBK60161331926819", None, ""),
        ("IS140159260076545510730339", "NBIIISRE", ""),
    ],
)
def test_the_bic_stands_in_it_where_the_iban_needs_one(used, iban, bic, line):
    """Inside the European Economic Area an IBAN is enough, and the code stays small."""
    held = payment_code.text(with_seller(invoice(used), iban=iban, bic=bic)).split("\n")
    assert (held[4], held[6]) == (line, iban.replace(" ", "").upper())


def test_a_long_name_is_cut(used):
    """There is room for 70 letters."""
    assert payment_code.text(with_seller(invoice(used), name="Ä" * 200)).split("\n")[5] == "Ä" * 70


NONE = {
    "it is debited": lambda found: found._replace(payment=DEBITED, mandate=MANDATE),
    "it is charged to a card": lambda found: found._replace(payment=CARD),
    "it is in JPY, and such codes are for EUR": lambda found: found._replace(
        draft=found.draft._replace(currency="JPY")
    ),
    "its seller has no IBAN": lambda found: with_seller(found, iban=None),
    "its seller's account is outside SEPA": lambda found: with_seller(found, iban="BR1500000000000010932840814P2"),
    "its amount is too high for one": lambda found: found._replace(total=100_000_000_000),
}


@pytest.mark.parametrize("why", NONE)
def test_an_invoice_without_one(used, why):
    """Nothing on the paper, and at a terminal the reason."""
    found = NONE[why](invoice(used))
    assert payment_code.picture(found) == ""
    with pytest.raises(SubctlError) as caught:
        payment_code.half_blocks(found, colored=False)
    error = caught.value
    assert (error.exit_code, error.code, error.message, error.hint) == (
        4,
        "payment_method",
        f"{NUMBER} has no payment code: {why}.",
        f"How it is paid: subctl show {NUMBER}",
    )


@pytest.mark.parametrize("total", [1, 99_999_999_999])
def test_the_least_and_the_most(used, total):
    """0.01 to 999999999.99."""
    found = invoice(used)._replace(total=total)
    assert payment_code.why_none(found) is None
    assert payment_code.text(found).split("\n")[7] in ("EUR0.01", "EUR999999999.99")


def test_it_fits_a_terminal(used):
    """20 lines of 39 columns, every one of blocks and blanks; colours for terminals that are dark on light."""
    plain = used("show", NUMBER, "--qr").text
    rows = plain.splitlines()
    assert (len(rows), {len(row) for row in rows}, set(plain)) == (20, {39}, set("█▀▄ \n"))
    colored = used("--color", "always", "show", NUMBER, "--qr").text
    assert colored.splitlines() == [f"\x1b[97;40m{row}\x1b[0m" for row in rows]
    assert used("show", NUMBER, "--qr", SUBCTL_FORMAT="json").text == plain


REFUSED = {
    "show --qr": "Only an invoice has a payment code.",
    "show acme --qr": "Only an invoice has a payment code.",
    "show Q-2026-0001 --qr": "Only an invoice has a payment code.",
    "show O-2026-0001 --qr": "Only an invoice has a payment code.",
    f"show {NUMBER} --qr --json": "--format json does nothing beside --qr.",
    f"show {NUMBER} --qr --format pdf": "--format pdf does nothing beside --qr.",
    f"show {NUMBER} --qr --fields number": "--fields does nothing beside --qr.",
    f"show {NUMBER} --qr -o x": "--output does nothing beside --qr.",
    f"show {NUMBER} --qr --profile fr": "--profile does nothing beside --qr.",
    f"show {NUMBER} --qr --explain": "--explain does nothing beside --qr.",
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_has_none_and_what_says_nothing_of_one(used, line):
    """Exit 2."""
    done = used(*line.split(), SUBCTL_FORMAT="json")
    hint = "Name one: subctl show INV-2026-0001 --qr" if "Only" in REFUSED[line] else "Leave one of them out."
    assert done.refusal == (2, "usage", REFUSED[line], hint)


def test_a_credit_note_has_none(used):
    """Nobody pays it."""
    done = used("show", "INV-2026-0002", "--qr", SUBCTL_FORMAT="json")
    message = "INV-2026-0002 has no payment code: it is a credit note."
    assert done.refusal == (4, "payment_method", message, "How it is paid: subctl show INV-2026-0002")
    assert payment_code.picture(invoice(used, "INV-2026-0002")) == ""
