"""Numbers that others gave out: VAT numbers, accounts and creditors, checked when they are entered (pricing.md 3.3)."""

from __future__ import annotations

from subctl.domain.errors import bad_input
from subctl.domain.tax import EU, vat_country
from subctl.domain.text import safe

_PREFIXES = {"GR": ("EL", "GR"), "GB": ("GB", "XI")}
"""What VAT numbers of a country begin with where that isn't its code alone; XI is Northern Ireland's."""

_APART = EU | {"GB"}
"""Where the prefix stands before the number and is no part of it."""


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
            f"'{safe(text)}' is not a VAT number of {country}: {str(error).rstrip('.').lower()}.",
            f"Write it as on an invoice, starting with {prefixes[0]}.",
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
        raise bad_input(f"'{safe(text)}' is not an IBAN.", "Check its digits, like NL91 ABNA 0417 1643 00.") from None


def check_bic(text: str) -> str:
    """Return a BIC in capitals without blanks; raise `bad_input` unless it has the form of one."""
    from stdnum import bic
    from stdnum.exceptions import ValidationError

    try:
        return str(bic.validate(text))
    except ValidationError:
        raise bad_input(f"'{safe(text)}' is not a BIC.", "It has 8 or 11 letters and digits, like ABNANL2A.") from None


def check_creditor_id(text: str) -> str:
    """Return a creditor identifier of SEPA without blanks; raise `bad_input` unless its check digits fit."""
    from stdnum.eu import at_02
    from stdnum.exceptions import ValidationError

    try:
        return str(at_02.validate(text))
    except ValidationError:
        hint = "Check its digits, like NL69ZZZ123456780000."
        raise bad_input(f"'{safe(text)}' is not a creditor identifier.", hint) from None
