"""The contract page: a space, its contract, and what can still be done with it."""

from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.contract import Contract, State
from subctl.domain.ending import Deadline
from subctl.domain.invoice import Draft, Fee
from subctl.domain.record import Record
from subctl.results.owed import Balance

if TYPE_CHECKING:
    from subctl.domain.catalog import Catalogs
    from subctl.results.parties import Mandate


class SpaceDetails(Record):
    """A space as its administrators see it; of an IBAN only the last four signs."""

    id: str
    name: str
    country: str
    vat_id: str | None
    active_users: int
    locked: bool
    address: str | None
    email: str | None
    reference: str | None
    payment: str
    iban: str | None
    street: str | None
    postcode: str | None
    city: str | None
    legal_id: str | None
    endpoint: str | None
    buyer_reference: str | None
    contact: str | None
    phone: str | None
    language: str | None
    e_invoice: str | None


class PricedStep(Record):
    """A price step with its fee in the period of the page's day, or in its own first one if that is later."""

    start: date
    state: State
    fee: Fee


class LastCall(Record):
    """Cancelled up to and on `by`, the contract has this last day; none where it would never start."""

    by: date
    last_day: date | None


class ContractPage(Record):
    """Everything there is to know about a contract on a day.

    `licences` are the kinds that are sold, `steps` the price step in force and all later ones. `renews_on` is the
    next boundary, `billed_until` the last day that is invoiced. `downgrade` and `cancel` are what can still be reached;
    `withdrawable` is the latest change, `cancellation` the one that waits, while they can be taken back. `mandate` is
    the one by which an invoice of that day would be debited. `catalogs` are those that are known: they have the titles
    of what is charged in other languages (`Catalogs.title`).
    """

    day: date
    sandbox: bool
    currency: str
    licences: tuple[str, ...]
    space: SpaceDetails
    mandate: "Mandate | None"
    contract: Contract
    status: str
    renews_on: date | None
    billed_until: date | None
    steps: tuple[PricedStep, ...]
    next_invoice: Draft | None
    downgrade: Deadline | None
    cancel: LastCall | None
    withdrawable: str | None
    cancellation: str | None
    open_quotes: tuple[str, ...]
    catalogs: "Catalogs"
    balance: Balance


class AddedSpace(Record):
    """A space that was added; `assumed` is the last day that was taken as invoiced elsewhere (pricing.md 2.5).

    `unchecked` where a VAT number was entered that VIES was not asked about (3.3).
    """

    page: ContractPage
    assumed: date | None
    unchecked: bool


class ChangedSpace(Record):
    """A space whose details were set, what they were `before`, and whether that changed any.

    `unchecked` as in `AddedSpace`.
    """

    page: ContractPage
    before: SpaceDetails
    default: bool
    changed: bool
    unchecked: bool
