"""The catalog as a file."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from subctl.domain.text import MAX_COUNT
from subctl.view.documents.forms import Country, Currency, Day, Form, LicenceName, PlanName, Price, SchemeId, SpaceId


class Notes(TypedDict):
    """Sentences on papers about paying late or early."""

    recovery_fee: NotRequired[str]
    """What recovering a late payment costs."""
    late_penalty: NotRequired[str]
    """The interest on what is paid late."""
    early_payment: NotRequired[str]
    """What paying early saves, or that it saves nothing."""


class Titles(TypedDict):
    """Titles by language."""

    en: NotRequired[str]
    """In English."""
    fr: NotRequired[str]
    """In French."""
    nl: NotRequired[str]
    """In Dutch."""
    de: NotRequired[str]
    """In German."""


class Seller(TypedDict):
    """The seller."""

    name: str
    """The name."""
    address: str
    """The address."""
    country: Country
    """The country."""
    vat_id: NotRequired[str]
    """The VAT number."""
    vat_exempt: NotRequired[str]
    """What the invoices of a seller in the EU without VAT number say; they have no VAT."""
    vat_rate: Price
    """The VAT rate in percent, at most 100."""
    timezone: str
    """Where days begin."""
    support: str
    """Whom to ask."""
    iban: NotRequired[str]
    """The account to pay to."""
    street: NotRequired[str]
    """Street and number."""
    postcode: NotRequired[str]
    """The postcode."""
    city: NotRequired[str]
    """The city."""
    legal_id: NotRequired[SchemeId]
    """The number in a register, after its scheme."""
    tax_id: NotRequired[str]
    """A tax number that is no VAT number."""
    endpoint: NotRequired[SchemeId]
    """The address of e-invoices, after its scheme."""
    contact: NotRequired[str]
    """Who answers questions about invoices."""
    phone: NotRequired[str]
    """The telephone number of that person."""
    email: NotRequired[str]
    """The e-mail address of that person; messages with invoices come from it."""
    bic: NotRequired[str]
    """The BIC of the account."""
    creditor_id: NotRequired[str]
    """The creditor identifier of direct debits."""
    terms: NotRequired[str]
    """The terms of payment as they stand on invoices, in every language; made from the due date without it."""
    notes: NotRequired[Notes]
    """Sentences on papers about paying late or early."""


class Policy(TypedDict):
    """Notice and days."""

    notice_months: Annotated[int, Form(minimum=0, maximum=24)]
    """The notice for reductions and cancellations, in months."""
    quote_days: Annotated[int, Form(minimum=0, maximum=366)]
    """How many more days a quote holds."""
    payment_days: Annotated[int, Form(minimum=0, maximum=366)]
    """How many days there are to pay."""
    rise_notice_months: NotRequired[Annotated[int, Form(minimum=0, maximum=24)]]
    """How many months before its first day a rise is imported; as many as the notice without it."""
    reminder_days: NotRequired[Annotated[list[Annotated[int, Form(minimum=1, maximum=366)]], Form(maxItems=9)]]
    """How many days after the due date an invoice gets its first reminder, its second, …; 7, 21 and 42 without it."""


class Licence(TypedDict):
    """A kind of licence."""

    title: str
    """What invoices call it."""
    titles: NotRequired[Titles]
    """What it is called in other languages, on screens and papers."""
    monthly: Price
    """The price of one for a month."""
    annual: Price
    """The price of one for a year."""


class Plan(Licence):
    """A plan; its prices are a user's."""

    min_users: NotRequired[Annotated[int, Form(minimum=1, maximum=MAX_COUNT)]]
    """The fewest users; 1 without it."""
    max_users: NotRequired[Annotated[int, Form(minimum=1, maximum=MAX_COUNT)]]
    """The most users; any number without it."""
    self_service: NotRequired[bool]
    """Whether administrators may change from and to it; true without it."""
    spaces: NotRequired[Annotated[list[SpaceId], Form(minItems=1)]]
    """The spaces that may choose it, a private one; all may without it."""


class CatalogFile(TypedDict):
    """A catalog as a file: catalog export, and what catalog check and import read."""

    name: str
    """The catalog's name."""
    valid_from: Day
    """Its first day. In TOML a date, without quotes."""
    currency: Currency
    """The currency."""
    seller: Seller
    """The seller."""
    policy: Policy
    """Notice and days."""
    plans: Annotated[dict[PlanName, Plan], Form(minProperties=1, maxProperties=100)]
    """The plans by their names."""
    licences: NotRequired[Annotated[dict[LicenceName, Licence], Form(maxProperties=20)]]
    """The kinds of licence by their names; none without it."""
    zoom: NotRequired[Licence]
    """Zoom licences: the same as a licence of that name."""
