"""Whether a quote can still be ordered, as far as its dates and the contract's changes say (pricing.md 6)."""

from __future__ import annotations

from subctl.domain.contract import Contract
from subctl.domain.sentence import N_, Sentence
from subctl.service.session import Session
from subctl.store import documents


def stale_because(session: Session, quote: documents.Quote, contract: Contract) -> Sentence | None:
    """Say in a clause why a quote no longer fits, as far as its dates and the contract's changes say (6.2)."""
    if quote.version != contract.version:
        return Sentence(N_("the contract was changed after it"))
    if quote.boundary is not None and session.day >= quote.boundary:
        return Sentence(N_("a new period began on {day}"), {"day": quote.boundary})
    return None


def is_open(session: Session, quote: documents.Quote, contract: Contract) -> bool:
    """Tell whether a quote can still be ordered, as far as its dates and the contract's changes say."""
    return (
        session.day <= quote.valid_until
        and stale_because(session, quote, contract) is None
        and not contract.ended(session.day)
    )


def quote_status(session: Session, quote: documents.Quote, contract: Contract) -> str:
    """Name what became of a quote: ordered, expired, stale or still open (pricing.md 6)."""
    ordered = documents.order_of_quote(session.connection, quote.id)
    if ordered and not ordered.withdrawn:
        return "ordered"
    if session.day > quote.valid_until:
        return "expired"
    return "open" if is_open(session, quote, contract) else "stale"
