"""Numbers that others gave out: what is taken, how it is kept, and what is refused."""

from __future__ import annotations

import tomllib

import pytest

from subctl.service.catalogs import built_in, faults, parse
from subctl.service.schemes import check_endpoint, check_legal_id
from tests.support.build import refused

HINT = "Write the scheme's four digits before it, like 0106:12345678 (KVK), 0002:732829320 (SIREN) or 9930:DE136695976."


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0106:12345678", "0106:12345678"),
        (" 0106: 1234 5678 ", "0106:12345678"),
        ("0002:732 829 320", "0002:732829320"),
        ("0009:732 829 320 00074", "0009:73282932000074"),
        ("0088:8712345678906", "0088:8712345678906"),
        ("0199:213800KUD8LAJWSQ9D15", "0199:213800KUD8LAJWSQ9D15"),
        ("0208:0403.170.701", "0208:0403170701"),
        ("0204:991-01234-38", "0204:991-01234-38"),
        ("0192:923609016", "0192:923609016"),
    ],
)
def test_a_number_is_kept_after_its_scheme(written: str, kept: str) -> None:
    """documents.md 3: its check digits fit where they are known, and it has no blanks."""
    assert (check_legal_id(written), check_endpoint(written)) == (kept, kept)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("9930:DE136695976", "9930:DE136695976"),
        ("9930:136695976", "9930:DE136695976"),
        ("9925:BE0403170701", "9925:BE0403170701"),
        ("0225:732829320", "0225:732829320"),
        ("0225:732829320_INVOICES", "0225:732829320_INVOICES"),
        ("9918:NL91ABNA0417164300", "9918:NL91ABNA0417164300"),
    ],
)
def test_an_address_of_e_invoices(written: str, kept: str) -> None:
    """documents.md 3: those of VAT numbers, and the French ones, which begin with the SIREN."""
    assert check_endpoint(written) == kept


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("12345678", "is not a legal id: it has no scheme."),
        ("KVK:12345678", "is not a legal id: it has no scheme."),
        ("9930:DE136695976", "is not a legal id: there is no scheme 9930."),
        ("0092:1", "is not a legal id: there is no scheme 0092."),
        ("0106:1234567", "is not a legal id: it has 8 digits (KVK)."),
        (
            "0002:732829321",
            "is not a legal id: the number's checksum or check digit is invalid (SIREN).",
        ),
        (
            "0009:73282932000075",
            "is not a legal id: the number's checksum or check digit is invalid (SIRET).",
        ),
        (
            "0208:0403170702",
            "is not a legal id: the number's checksum or check digit is invalid (BCE).",
        ),
        ("0192:", "is not a legal id: it has letters, digits and . _ / + - only, at most 50 (scheme 0192)."),
        ("0192:12?", "is not a legal id: it has letters, digits and . _ / + - only, at most 50 (scheme 0192)."),
        ("0192:4111111111111111", "is not a legal id: it must not hold a card number (scheme 0192)."),
    ],
)
def test_what_is_no_legal_id(written: str, what: str) -> None:
    """documents.md 3: the scheme is one of a register, and its number can be one."""
    code, message, hint = refused(check_legal_id, written)
    shown = written.replace("411111111111", "…")
    assert (code, message, hint) == ("bad_input", f"'{shown}' {what}", HINT)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("ap@acme.example", "is an e-mail address, not an address of e-invoices."),
        ("EM:ap@acme.example", "is an e-mail address, not an address of e-invoices."),
        ("0003:1", "is not an address of e-invoices: there is no scheme 0003."),
        (
            "0225:INVOICES",
            "is not an address of e-invoices: it begins with the 9 digits of a SIREN (French address).",
        ),
        (
            "0225:732829321_A",
            "is not an address of e-invoices: the number's checksum or check digit is invalid (French address).",
        ),
        (
            "0204:991-01234-39",
            "is not an address of e-invoices: the number's checksum or check digit is invalid (Leitweg-ID).",
        ),
    ],
)
def test_what_is_no_address(written: str, what: str) -> None:
    """documents.md 3, 7: an e-mail address is no Peppol address."""
    assert refused(check_endpoint, written) == ("bad_input", f"'{written}' {what}", HINT)


def test_an_address_of_a_vat_number_is_one() -> None:
    """documents.md 3: 9930 is a German VAT number."""
    assert refused(check_endpoint, "9930:DE136695977") == (
        "bad_input",
        "'DE136695977' is not a VAT number of DE: the number's checksum or check digit is invalid.",
        "Write it as on an invoice, starting with DE.",
    )


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("legal_id", "12345678", "'12345678' is not a legal id: it has no scheme."),
        ("endpoint", "a@b.example", "'a@b.example' is an e-mail address, not an address of e-invoices."),
        ("bic", "ABN", "'ABN' is not a BIC."),
        ("creditor_id", "NL79ZZZ123456780000", "'NL79ZZZ123456780000' is not a creditor identifier."),
        ("iban", "NL92ABNA0417164300", "'NL92ABNA0417164300' is not an IBAN."),
    ],
)
def test_a_catalog_names_what_its_seller_can_not_have(key: str, value: str, fault: str) -> None:
    """documents.md 3: by its key, like every fault of a catalog file."""
    data = tomllib.loads(built_in().decode())
    data["seller"][key] = value
    assert [str(each.sentence) for each in faults(data)] == [f"seller.{key}: {fault}"]


def test_what_a_catalog_says_of_its_seller_is_kept() -> None:
    """documents.md 3: the built-in one has no fault."""
    assert faults(tomllib.loads(built_in().decode())) == []


def test_a_catalog_keeps_its_sellers_numbers_as_they_are_exchanged() -> None:
    """documents.md 3: however a file groups them, they stand ungrouped in e-invoices, codes and calendars alike."""
    plain = grouped = built_in().decode()
    for kept, written in {
        'vat_id = "NL123456782B90"': 'vat_id = "nl 1234.56.782.b90"',
        'iban = "NL91ABNA0417164300"': 'iban = "nl91 abna 0417 1643 00"',
        'legal_id = "0106:12345678"': 'legal_id = " 0106: 1234 5678 "',
        'endpoint = "0106:12345678"': 'endpoint = "0106:1234 5678"',
        'bic = "ABNANL2A"': 'bic = "abna nl 2a"',
        'creditor_id = "NL69ZZZ123456780000"': 'creditor_id = "NL69 ZZZ 1234 5678 0000"',
    }.items():
        assert grouped.count(kept) == 1, kept
        grouped = grouped.replace(kept, written)
    assert parse(grouped, "grouped") == parse(plain, "plain")
    exempt = plain.replace('vat_id = "NL123456782B90"', 'vat_exempt = "Exempt."')
    assert "vat_id" not in str(parse(exempt, "exempt")[0]["seller"])
