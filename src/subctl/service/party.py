"""What papers and e-invoices say of a customer beside its name, country, address and VAT number."""

from __future__ import annotations

from subctl.domain.record import Record
from subctl.service.schemes import check_endpoint, check_legal_id
from subctl.store import read


class Party(Record):
    """What is told of a customer; None where nothing was said, an empty text to take something out."""

    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    legal_id: str | None = None
    endpoint: str | None = None
    buyer_reference: str | None = None
    contact: str | None = None
    phone: str | None = None
    language: str | None = None
    e_invoice: str | None = None

    def on(self, details: read.Details) -> read.Details:
        """Return a buyer's details with what is told (`bad_input` for a number that its scheme hasn't)."""
        told = {key: value or None for key, value in self._checked()._asdict().items() if value is not None}
        return details._replace(**told)  # type: ignore[arg-type]  # none of these is the name or the country

    def _checked(self) -> Party:
        legal_id = self.legal_id and check_legal_id(self.legal_id)
        return self._replace(legal_id=legal_id, endpoint=self.endpoint and check_endpoint(self.endpoint))
