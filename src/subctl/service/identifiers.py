"""Numbers that others gave out: VAT numbers and IBANs, checked when they are entered (pricing.md 3.3)."""

from __future__ import annotations

from subctl.domain.errors import bad_input
from subctl.domain.tax import EU, country_code
from subctl.domain.text import safe


def check_vat_id(text: str, country: str) -> str:
    """Return a VAT number without blanks; raise `bad_input` unless it is well-formed and of that country.

    Whether it is registered is not asked of anyone: the invoice says so.
    """
    from stdnum import get_cc_module
    from stdnum.exceptions import ValidationError
    from stdnum.util import clean

    compact = clean(text, " -./").upper()
    prefix = "EL" if country == "GR" else country
    bare = compact[2:] if country in EU and country_code(compact[:2]) == country else compact
    module = get_cc_module(country.lower(), "vat")
    if module is None:
        return compact
    try:
        valid = module.validate(bare)
    except ValidationError as error:
        raise bad_input(
            f"'{safe(text)}' is not a VAT number of {country}: {str(error).rstrip('.').lower()}.",
            f"Write it as on an invoice, starting with {prefix}.",
        ) from None
    return f"{prefix}{valid}" if country in EU else str(valid)


def check_iban(text: str) -> str:
    """Return an IBAN without blanks; raise `bad_input` unless its check digits fit."""
    from stdnum import iban
    from stdnum.exceptions import ValidationError

    try:
        return str(iban.validate(text, check_country=False))
    except ValidationError:
        raise bad_input(f"'{safe(text)}' is not an IBAN.", "Check its digits, like NL91 ABNA 0417 1643 00.") from None
