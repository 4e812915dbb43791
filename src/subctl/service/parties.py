"""Between whom documents are, and how a buyer pays."""

from subctl.domain.catalog import Seller
from subctl.results.change import Parties
from subctl.results.invoice import BuyerDetails, Payment
from subctl.store.read import Details


def parties_of(seller: Seller, details: Details) -> Parties:
    """Return between whom a document is."""
    return Parties(seller, buyer_details(details))


def buyer_details(details: Details) -> BuyerDetails:
    """Return what a document says of its buyer."""
    return BuyerDetails(**details._asdict())


def payment_of(details: Details) -> Payment:
    """Return how a buyer pays: without a mandate nothing is debited (payments.md 9.6)."""
    return Payment("card" if details.payment == "card" else "transfer", None)
