"""The payment code of an invoice: what a banking app scans instead of typing (EPC069-12, version 2)."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from subctl.domain.countries import SEPA
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import CREDIT
from subctl.domain.money import format_amount
from subctl.domain.sentence import N_, Sentence
from subctl.domain.tax import EU
from subctl.domain.text import bare
from subctl.results.invoice import ShownInvoice

if TYPE_CHECKING:
    from segno import QRCode

_MOST_LETTERS, _LEAST, _MOST = 70, 1, 99_999_999_999
"""Of the account's holder; of the amount, in cents."""

_LIGHT_ON_DARK, _RESET = "\x1b[97;40m", "\x1b[0m"

_ECONOMIC_AREA = EU | {"IS", "LI", "NO"}
"""Where an IBAN needs no BIC beside it."""


def why_none(invoice: ShownInvoice) -> Sentence | None:
    """Return why an invoice has no payment code, as a clause; nothing where it has one."""
    if invoice.draft.kind == CREDIT:
        return Sentence(N_("it is a credit note"))
    if invoice.mandate:
        return Sentence(N_("it is debited"))
    if invoice.payment.by_card:
        return Sentence(N_("it is charged to a card"))
    return _why_not_held(invoice)


def _why_not_held(invoice: ShownInvoice) -> Sentence | None:
    """Return what of a transfer a code can't hold."""
    if invoice.draft.currency != "EUR":
        text = N_("it is in {currency}, and such codes are for EUR")
        return Sentence(text, {"currency": invoice.draft.currency})
    if invoice.seller.iban is None:
        return Sentence(N_("its seller has no IBAN"))
    if bare(invoice.seller.iban)[:2] not in SEPA:
        return Sentence(N_("its seller's account is outside SEPA"))
    return None if _LEAST <= invoice.total <= _MOST else Sentence(N_("its amount is too high for one"))


def text(invoice: ShownInvoice) -> str:
    """Return what the code holds: whom to pay, how much, and the invoice's number as free text."""
    seller = invoice.seller
    iban = bare(seller.iban or "")
    bic = "" if iban[:2] in _ECONOMIC_AREA else seller.bic or ""
    amount = f"EUR{format_amount(invoice.total, 'EUR')}"
    purpose = structured_reference = ""
    head = ("BCD", "002", "1", "SCT", bic, seller.name[:_MOST_LETTERS], iban, amount)
    return "\n".join((*head, purpose, structured_reference, invoice.number))


def _code(invoice: ShownInvoice) -> QRCode:
    import segno

    return segno.make_qr(text(invoice), error="m", boost_error=False, encoding="utf-8")


def picture(invoice: ShownInvoice) -> str:
    """Return the code as SVG, without the quiet zone: the layout leaves it; nothing where there is no code."""
    if why_none(invoice):
        return ""
    content = BytesIO()
    _code(invoice).save(content, kind="svg", border=0, xmldecl=False, nl=False)
    return content.getvalue().decode()


def half_blocks(invoice: ShownInvoice, *, colored: bool) -> str:
    """Return the code for a terminal, two rows of it in one of the screen's (`payment_method` where there is none).

    It is light on dark, as a scanner sees a screen; with colours also on a terminal that is dark on light.
    """
    if why := why_none(invoice):
        raise SubctlError(
            "payment_method",
            N_("{number} has no payment code: {why}."),
            N_("How it is paid: {command}"),
            number=invoice.number,
            why=why,
            command=f"subctl show {invoice.number}",
        )
    content = StringIO()
    _code(invoice).terminal(content, compact=True, border=1)
    rows = content.getvalue().splitlines()
    return "".join(f"{_LIGHT_ON_DARK}{row}{_RESET}\n" if colored else f"{row}\n" for row in rows)
