"""Between whom documents are, how a buyer pays, and what plans are called there."""

from datetime import date

from subctl.domain.catalog import Catalogs, Seller
from subctl.domain.languages import ENGLISH
from subctl.domain.pricing import Change
from subctl.domain.refusals import CARD, DIRECT_DEBIT
from subctl.domain.sentence import N_
from subctl.domain.text import masked_account
from subctl.results.parties import BuyerDetails, Mandate, Parties, Payment
from subctl.service.session import Session
from subctl.store.read import Details
from subctl.store.tables import damaged


def parties_of(seller: Seller, details: Details) -> Parties:
    """Return between whom a document is."""
    return Parties(seller, buyer_details(details))


def buyer_details(details: Details) -> BuyerDetails:
    """Return what a document says of its buyer."""
    return BuyerDetails(**details._asdict())


def language_of(details: Details) -> str:
    """Return in which language a buyer's documents speak."""
    return details.language or ENGLISH


def payment_of(details: Details, mandate: Mandate | None) -> Payment:
    """Return how a buyer pays: without a mandate nothing is debited (payments.md 9.6)."""
    if mandate is not None:
        return Payment(DIRECT_DEBIT, masked_account(mandate.iban))
    return Payment(CARD if details.payment == CARD else "transfer", None)


def mandate_of(
    session: Session, details: Details, seller: Seller, day: date, invoice: int | None = None
) -> Mandate | None:
    """Return by which mandate a buyer is debited on a day: one that serves then (payments.md 9.6).

    `invoice` is the id of one that was issued: what came after it is no use of the mandate yet.
    """
    if details.payment != DIRECT_DEBIT or details.mandate is None:
        return None
    from subctl.domain.mandate import lapsed, last_use  # most are paid otherwise
    from subctl.store import mandates

    found = mandates.mandate(session.connection, details.mandate)
    if found is None:
        raise damaged(N_("the mandate {mandate} is gone"), mandate=details.mandate)
    if lapsed(last_use(found.added, mandates.days_of_use(session.connection, found, invoice)), day):
        return None
    return Mandate(found.name, found.signed, found.scheme, found.iban, seller.creditor_id)


def plan_titles(catalogs: Catalogs, change: Change) -> tuple[str, str]:
    """Return what the plans before and after a change are called on its day.

    One that isn't sold any more is called as in the last catalog that had it.
    """
    named = (*catalogs.imported, catalogs.at(change.day))
    titles = {plan.id: plan.price.title for catalog in named for plan in catalog.plans.values()}
    before, after = change.before.plan, change.after.plan
    return titles.get(before, before), titles.get(after, after)
