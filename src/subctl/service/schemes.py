"""Numbers after their scheme, `0106:12345678`: where a party is registered, and where its e-invoices go.

A scheme's number is checked where its check digits are known, when it is entered; other numbers by their form alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from subctl.domain.cards import holds_card
from subctl.domain.errors import bad_input
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import safe
from subctl.service.identifiers import check_vat_id, reason

_NO_REGISTERS = frozenset(("0092", "0103", "0181", "0182"))
_REGISTERS = frozenset(f"{code:04}" for code in range(2, 249)) - _NO_REGISTERS
"""The schemes of legal ids: ISO 6523, as EN 16931 takes them."""

_EAS = """
0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188
0190 0191 0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213
0215 0216 0217 0218 0219 0220 0221 0225 0230 0235 0240 0242 0244 0245 0246 0248 9910 9913 9914 9915 9918
9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940
9941 9942 9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959
"""

_ADDRESSES = frozenset(_EAS.split())
"""The schemes of addresses: the list EAS without those that are no Peppol addresses, like e-mail."""

_VAT = {
    "9910": "HU", "9914": "AT", "9920": "ES", "9925": "BE", "9926": "BG", "9928": "CY", "9929": "CZ", "9930": "DE",
    "9931": "EE", "9933": "GR", "9934": "HR", "9935": "IE", "9937": "LT", "9938": "LU", "9939": "LV", "9943": "MT",
    "9944": "NL", "9945": "PL", "9946": "PT", "9947": "RO", "9949": "SI", "9950": "SK", "9957": "FR",
}  # fmt: skip
"""The schemes whose numbers are VAT numbers, and of which country of the EU."""

_FORM = r"[A-Za-z0-9][A-Za-z0-9._/+-]{0,49}"
_KVK = r"[0-9]{8}"
_FRENCH = r"([0-9]{9})([_-][A-Za-z0-9_./+-]{1,115})?"
_HINT = N_(
    "Write the scheme's four digits before it, like 0106:12345678 (KVK), 0002:732829320 (SIREN) or 9930:DE136695976."
)


class _Meant(Record):
    """What a number is to be: its schemes, and what is said where it has none, one that isn't there, or is wrong."""

    schemes: frozenset[str]
    without: str
    unknown: str
    wrong: str


_LEGAL_ID = _Meant(
    _REGISTERS,
    N_("'{text}' is not a legal id: it has no scheme."),
    N_("'{text}' is not a legal id: there is no scheme {scheme}."),
    N_("'{text}' is not a legal id: {reason} ({name})."),
)
_ENDPOINT = _Meant(
    _ADDRESSES,
    N_("'{text}' is not an address of e-invoices: it has no scheme."),
    N_("'{text}' is not an address of e-invoices: there is no scheme {scheme}."),
    N_("'{text}' is not an address of e-invoices: {reason} ({name})."),
)


def check_legal_id(text: str) -> str:
    """Return a number of a register after its scheme, without blanks; raise `bad_input` unless it can be one."""
    return _checked(text, _LEGAL_ID)


def check_endpoint(text: str) -> str:
    """Return an address of e-invoices after its scheme, without blanks; raise `bad_input` unless it can be one."""
    if "@" in text:
        raise bad_input(N_("'{text}' is an e-mail address, not an address of e-invoices."), _HINT, text=safe(text))
    return _checked(text, _ENDPOINT)


def _checked(text: str, meant: _Meant) -> str:
    scheme, colon, number = re.sub(r"\s", "", text).partition(":")
    if not colon or not re.fullmatch("[0-9]{4}", scheme):
        raise bad_input(meant.without, _HINT, text=safe(text))
    if scheme not in meant.schemes:
        raise bad_input(meant.unknown, _HINT, text=safe(text), scheme=scheme)
    if scheme in _VAT:
        return f"{scheme}:{check_vat_id(number, _VAT[scheme])}"
    read, name = _NUMBERS.get(scheme, (_by_form, N_("scheme {scheme}")))
    try:
        return f"{scheme}:{read(number)}"
    except ValueError as error:  # so are all of the library's
        called = Sentence(name, {"scheme": scheme})
        raise bad_input(meant.wrong, _HINT, text=safe(text), reason=reason(error), name=called) from None


def _by_form(number: str) -> str:
    if not re.fullmatch(_FORM, number):
        raise ValueError(N_("it has letters, digits and . _ / + - only, at most 50"))
    if holds_card(number):
        raise ValueError(N_("it must not hold a card number"))
    return number


def _kvk(number: str) -> str:
    if not re.fullmatch(_KVK, number):
        raise ValueError(N_("it has 8 digits"))
    return number


def _siren(number: str) -> str:
    from stdnum.fr import siren

    return str(siren.validate(number))


def _siret(number: str) -> str:
    from stdnum.fr import siret

    return str(siret.validate(number))


def _belgian(number: str) -> str:
    from stdnum.be import vat

    return str(vat.validate(number))


def _leitweg(number: str) -> str:
    from stdnum.de import leitweg

    return str(leitweg.validate(number))


def _french_address(number: str) -> str:
    found = re.fullmatch(_FRENCH, number)
    if not found:
        raise ValueError(N_("it begins with the 9 digits of a SIREN"))
    return f"{_siren(found[1])}{found[2] or ''}"


def _gln(number: str) -> str:
    from stdnum import ean

    return str(ean.validate(number))


def _lei(number: str) -> str:
    from stdnum import lei

    return str(lei.validate(number))


_NUMBERS: dict[str, tuple[Callable[[str], str], str]] = {
    "0002": (_siren, "SIREN"),
    "0009": (_siret, "SIRET"),
    "0088": (_gln, "GLN"),
    "0106": (_kvk, "KVK"),
    "0199": (_lei, "LEI"),
    "0204": (_leitweg, "Leitweg-ID"),
    "0208": (_belgian, "BCE"),
    "0225": (_french_address, N_("French address")),
}
"""How the numbers of a scheme are read, and what they are called; those of the others are only looked at."""
