"""Numbers that others gave out: VAT numbers, accounts and creditors, checked when they are entered (pricing.md 3.3)."""

from __future__ import annotations

from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_, Sentence
from subctl.domain.tax import EU, vat_country
from subctl.domain.text import safe

_PREFIXES = {"GR": ("EL", "GR"), "GB": ("GB", "XI")}
"""What VAT numbers of a country begin with where that isn't its code alone; XI is Northern Ireland's."""

_APART = EU | {"GB"}
"""Where the prefix stands before the number and is no part of it."""

_REASONS = {
    "InvalidFormat": N_("the number has an invalid format"),
    "InvalidChecksum": N_("the number's checksum or check digit is invalid"),
    "InvalidLength": N_("the number has an invalid length"),
    "InvalidComponent": N_("one of the parts of the number are invalid or unknown"),
}
"""What the library says by its errors."""


def reason(error: ValueError) -> Sentence:
    """Return why a number can't be, as a clause: what the library means by its error, or what another one says."""
    return Sentence(_REASONS.get(type(error).__name__, str(error)))


def check_vat_id(text: str, country: str) -> str:
    """Return a VAT number without blanks; raise `bad_input` unless it is well-formed and of that country.

    Monaco takes French ones and the Isle of Man British ones (pricing.md 3.3). A prefix stays as it was entered, and
    is added where a number of the EU has none. Whether it is registered is not asked of anyone (`is_unchecked`).
    """
    from stdnum import get_cc_module
    from stdnum.exceptions import InvalidComponent, ValidationError
    from stdnum.util import clean

    compact, of = clean(text, " -./").upper(), vat_country(country)
    prefixes = (of,) if country == "IM" else _PREFIXES.get(of, (of,))
    module = get_cc_module(of.lower(), "vat")
    if module is None:
        return compact
    prefix = next(filter(compact.startswith, prefixes), "")
    try:
        if compact.startswith("XI") and not prefix:  # the library takes it for any British number
            raise InvalidComponent
        valid = str(module.validate(compact.removeprefix(prefix) if of in _APART else compact))
    except ValidationError as error:
        raise bad_input(
            N_("'{number}' is not a VAT number of {country}: {reason}."),
            N_("Write it as on an invoice, starting with {prefix}."),
            number=safe(text),
            country=country,
            reason=reason(error),
            prefix=prefixes[0],
        ) from None
    if of in EU and not prefix:
        return f"{prefixes[0]}{valid}"
    return valid if of not in _APART and valid.startswith(prefix) else f"{prefix}{valid}"


def is_unchecked(vat_id: str | None, country: str) -> bool:
    """Tell whether there is a VAT number that VIES could have been asked about, and was not (pricing.md 3.3)."""
    return vat_id is not None and (vat_country(country) in EU or vat_id.startswith("XI"))


def check_iban(text: str) -> str:
    """Return an IBAN without blanks; raise `bad_input` unless its check digits fit."""
    from stdnum import iban
    from stdnum.exceptions import ValidationError

    try:
        return str(iban.validate(text, check_country=False))
    except ValidationError:
        hint = N_("Check its digits, like NL91 ABNA 0417 1643 00.")
        raise bad_input(N_("'{number}' is not an IBAN."), hint, number=safe(text)) from None


def check_bic(text: str) -> str:
    """Return a BIC in capitals without blanks; raise `bad_input` unless it has the form of one."""
    from stdnum import bic
    from stdnum.exceptions import ValidationError

    try:
        return str(bic.validate(text))
    except ValidationError:
        hint = N_("It has 8 or 11 letters and digits, like ABNANL2A.")
        raise bad_input(N_("'{number}' is not a BIC."), hint, number=safe(text)) from None


def check_creditor_id(text: str) -> str:
    """Return a creditor identifier of SEPA without blanks; raise `bad_input` unless its check digits fit."""
    from stdnum.eu import at_02
    from stdnum.exceptions import ValidationError

    try:
        return str(at_02.validate(text))
    except ValidationError:
        hint = N_("Check its digits, like NL69ZZZ123456780000.")
        raise bad_input(N_("'{number}' is not a creditor identifier."), hint, number=safe(text)) from None
