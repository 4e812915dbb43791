"""How the details of a space are read, whether they are options or the cells of a file."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from subctl.cli import party
from subctl.cli.options import one_billing
from subctl.domain.catalog import MONTHLY, Counts, counts
from subctl.domain.dates import parse_date
from subctl.domain.errors import bad_input
from subctl.domain.refusals import PAYMENTS
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import one_of, parse_count, parse_email, parse_id, parse_text, safe

if TYPE_CHECKING:
    from subctl.service.spaces import NewSpace

COLUMNS = (
    "id", "name", "plan", "users", "billing", "start", "renews-on", "billed-through", "active-users",
    "country", "vat-id", "address", "email", "reference", "payment", "iban", *party.COLUMNS,
)  # fmt: skip
"""The columns of `space import`, named like the options of `space add`; others are kinds of licences."""


_LETTERS = N_("Give the two letters of ISO 3166, like NL.")


def new_space(texts: Mapping[str, str | None], licences: Counts = ()) -> "NewSpace":
    """Read what `space add` or a line of `space import` says; nothing said is None or missing."""
    from subctl.domain.contract import State
    from subctl.service.spaces import NewSpace

    def count(key: str, low: int = 0) -> int:
        text = texts.get(key)
        return parse_count("0" if text is None else text, f"--{key}", low)

    def day(key: str) -> date | None:
        text = texts.get(key)
        return None if text is None else parse_date(text, f"--{key}")

    return NewSpace(
        id=parse_id(texts.get("id") or ""),
        name=parse_text(texts.get("name") or "", Sentence(N_("The name"))),
        state=State(
            texts.get("plan") or "",
            count("users", 1),
            counts(dict(licences)),
            one_billing(_or(texts.get("billing"), MONTHLY)),
        ),
        country=parse_country(texts.get("country")),
        start=day("start"),
        renews_on=day("renews-on"),
        billed_through=day("billed-through"),
        active_users=count("active-users"),
        address=parse_address(texts.get("address")),
        vat_id=parse_vat_id(texts.get("vat-id")),
        email=_given(texts.get("email"), parse_email),
        reference=some_text(texts.get("reference"), Sentence(N_("The reference"))),
        payment=parse_payment(_or(texts.get("payment"), PAYMENTS[0])),
        iban=parse_iban(texts.get("iban")),
        party=party.read_party(texts),
    )


def _or(text: str | None, default: str) -> str:
    return default if text is None else text


def _given(text: str | None, read: Callable[[str], str]) -> str | None:
    return None if text is None else read(text)


def some_text(text: str | None, what: Sentence) -> str | None:
    """Return a text where there is one (`bad_input`)."""
    return None if text is None else parse_text(text, what)


def parse_address(text: str | None) -> str | None:
    """Return an address of one line or several (`bad_input`)."""
    return None if text is None else parse_text(text, Sentence(N_("The address")), lines=True)


def parse_vat_id(text: str | None) -> str | None:
    """Return a VAT number as it was written; whether it is one is the service's to check (`bad_input`)."""
    return None if text is None else parse_text(text, Sentence(N_("The VAT number")), code=True)


def parse_iban(text: str | None) -> str | None:
    """Return an IBAN as it was written; its check digits are the service's to check (`bad_input`)."""
    return None if text is None else parse_text(text, Sentence(N_("The IBAN")), code=True, digits=True)


def parse_country(text: str | None) -> str | None:
    """Return a country's two capital letters; Greece is GR also where EL was written (`bad_input`)."""
    if text is None:
        return None
    from subctl.domain.tax import country_code, is_country

    code = text.upper()
    if not (len(code) == len("NL") and code.isascii() and code.isalpha()):
        raise bad_input(N_("{what} can't be '{value}'."), _LETTERS, what="--country", value=safe(text))
    if code == "UK":
        raise bad_input(N_("--country can't be UK."), N_("The United Kingdom's two letters are GB."))
    if not is_country(code):
        raise bad_input(N_("There is no country {code}."), _LETTERS, code=code)
    return country_code(code)


def parse_payment(text: str) -> str:
    """Return one of the ways to pay (`bad_input`)."""
    return one_of("--payment", text, PAYMENTS)
