"""The options of `space add` and `space set` that say what papers and e-invoices need of a customer."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from subctl.domain.e_invoice import PROFILES
from subctl.domain.languages import LANGUAGES
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import one_of, parse_text

if TYPE_CHECKING:
    from subctl.service.party import Party

Street = Annotated[str | None, typer.Option("--street", metavar="TEXT", help="Street and number.")]
Postcode = Annotated[str | None, typer.Option("--postcode", metavar="TEXT", help="The postcode.")]
City = Annotated[str | None, typer.Option("--city", metavar="TEXT", help="The city.")]
LegalId = Annotated[
    str | None, typer.Option("--legal-id", metavar="SCHEME:ID", help="The register's number, like 0106:12345678.")
]
Endpoint = Annotated[
    str | None, typer.Option("--endpoint", metavar="SCHEME:ID", help="Where e-invoices go, like 9930:DE136695976.")
]
BuyerReference = Annotated[
    str | None, typer.Option("--buyer-reference", metavar="TEXT", help="What it tells invoices by, like a Leitweg-ID.")
]
Contact = Annotated[str | None, typer.Option("--contact", metavar="NAME", help="Who gets invoices.")]
Phone = Annotated[str | None, typer.Option("--phone", metavar="NUMBER", help="That person's telephone number.")]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="|".join(LANGUAGES), help="The language it wants papers in."),
]
EInvoice = Annotated[
    str | None, typer.Option("--e-invoice", metavar="|".join(PROFILES), help="The profile of e-invoices.")
]


def _text(what: str, *, code: bool = False, digits: bool = False) -> Callable[[str], str]:
    return lambda text: parse_text(text, Sentence(what), code=code, digits=digits)


_READERS: dict[str, Callable[[str], str]] = {
    "street": _text(N_("The street")),
    "postcode": _text(N_("The postcode")),
    "city": _text(N_("The city")),
    "legal-id": _text(N_("The legal id"), code=True, digits=True),
    "endpoint": _text(N_("The address of e-invoices"), code=True, digits=True),
    "buyer-reference": _text(N_("The buyer's reference")),
    "contact": _text(N_("The contact")),
    "phone": _text(N_("The telephone number")),
    "language": lambda text: one_of("--language", text, LANGUAGES),
    "e-invoice": lambda text: one_of("--e-invoice", text, PROFILES),
}

COLUMNS = tuple(_READERS)
"""What columns of `space import` are called, and the options without their hyphens."""


def read_party(texts: Mapping[str, str | None], *, empties: bool = False) -> "Party":
    """Read what is told of a customer (`bad_input`); `empties` where an empty text takes something out."""
    from subctl.service.party import Party

    def told(column: str) -> str | None:
        text = texts.get(column)
        return text if text is None or (empties and not text) else _READERS[column](text)

    return Party(*map(told, COLUMNS))
