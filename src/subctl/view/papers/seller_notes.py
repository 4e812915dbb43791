"""What a seller's invoices say of paying late or early: the catalog's sentences, and in France those the law wants."""

from __future__ import annotations

from subctl.domain.catalog import Notes, Seller

_FRANCE = "FR"
_FRENCH = Notes(
    recovery_fee="Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €.",
    late_penalty=(
        "Pénalités de retard : trois fois le taux d'intérêt légal,"
        " exigibles sans rappel dès le lendemain de la date d'échéance."
    ),
    early_payment="Pas d'escompte pour paiement anticipé.",
)


def seller_notes(seller: Seller) -> Notes:
    """Return the notes of a seller, each the catalog's where it has one."""
    if seller.country != _FRANCE:
        return seller.notes
    return Notes(*(own or legal for own, legal in zip(seller.notes, _FRENCH, strict=True)))
