"""What single values look like: a type for mypy, and a form that the schemas name and describe."""

from __future__ import annotations

from typing import Annotated

from subctl.domain.catalog import BILLINGS, PER
from subctl.domain.e_invoice import PROFILES
from subctl.domain.errors import EXIT_CODES
from subctl.domain.languages import LANGUAGES
from subctl.domain.mandate import SCHEMES
from subctl.domain.settlement import STATUSES


class Form:
    """What JSON Schema says of a value beside its type."""

    def __init__(self, description: str = "", **keywords: object) -> None:
        self.description, self.keywords = description, keywords


def one_of(*values: str, description: str = "") -> Form:
    """Return the form of a text that is one of a few."""
    return Form(description, enum=list(values))


Amount = Annotated[str, Form("An amount of money with the currency's decimals.", pattern=r"^-?[0-9]+(\.[0-9]{2,3})?$")]
Rate = Annotated[str, Form("A price with two to four decimals.", pattern=r"^-?[0-9]+\.[0-9]{2,4}$")]
Price = Annotated[str, Form("A number of up to four decimals.", pattern=r"^[0-9]+(\.[0-9]+)?$")]
Day = Annotated[str, Form("A date.", format="date", pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Currency = Annotated[str, Form("A currency, ISO 4217.", pattern="^[A-Z]{3}$")]
Country = Annotated[str, Form("A country, ISO 3166.", pattern="^[A-Z]{2}$")]
SpaceId = Annotated[str, Form("A space's ID.", pattern="^[a-z0-9]([a-z0-9._-]{0,38}[a-z0-9])?$")]
PlanName = Annotated[str, Form("A plan's name.", pattern="^[a-z0-9][a-z0-9-]{0,39}$")]
LicenceName = Annotated[str, Form("The name of a kind of licence.", pattern="^[a-z0-9][a-z0-9-]{0,39}$")]
SchemeId = Annotated[str, Form("A number after its scheme, like 0106:12345678.", pattern="^[0-9]{4}:.+$")]
Language = Annotated[str, one_of(*LANGUAGES, description="A language, ISO 639.")]
EInvoice = Annotated[str, one_of(*PROFILES, description="A profile of e-invoices.")]
MandateScheme = Annotated[str, one_of(*SCHEMES, description="A scheme of SEPA direct debits.")]
Users = Annotated[int, Form("A number of users.", minimum=1)]
LicenceCount = Annotated[int, Form("A number of licences.", minimum=0)]
Count = Annotated[int, Form("A number that may be 0.", minimum=0)]
Number = Annotated[int, Form("A number from 1 on.", minimum=1)]
Billing = Annotated[str, one_of(*BILLINGS, description="How often a contract is invoiced.")]
Per = Annotated[str, one_of(*PER.values(), description="What a rate or a fee is for.")]
VatCategory = Annotated[
    str,
    one_of(
        "S", "AE", "O", "E", description="S: the seller's rate. AE: reverse charge. O: outside the scope. E: exempt."
    ),
]
QuoteNumber = Annotated[str, Form("A quote's number.", pattern="^Q-[0-9]{4}-[0-9]{4,9}$")]
OrderNumber = Annotated[str, Form("An order's number.", pattern="^O-[0-9]{4}-[0-9]{4,9}$")]
InvoiceNumber = Annotated[str, Form("The number of an invoice or a credit note.", pattern="^INV-[0-9]{4}-[0-9]{4,9}$")]
PaymentNumber = Annotated[str, Form("A payment's number.", pattern="^P-[0-9]{4}-[0-9]{4,9}$")]
InvoiceStatus = Annotated[str, one_of(*STATUSES, description="What became of an invoice or a credit note.")]
ReminderNumber = Annotated[str, Form("A reminder's number.", pattern="^R-[0-9]{4}-[0-9]{4,9}$")]
CollectionNumber = Annotated[str, Form("A collection's number.", pattern="^DD-[0-9]{4}-[0-9]{4,9}$")]
Hash = Annotated[str, Form("A SHA-256 hash.", pattern="^[0-9a-f]{64}$")]
ErrorCode = Annotated[str, one_of(*EXIT_CODES, description="A stable code.")]
