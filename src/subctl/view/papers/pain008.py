"""A file of direct debits as banks take it: pain.008.001.08 (payments.md 9.6).

It is written of what is kept and of nothing else, so that the same collection is the same file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from subctl.domain.catalog import Seller
from subctl.domain.mandate import SCHEMES
from subctl.domain.money import format_amount
from subctl.domain.text import bare
from subctl.results.collections import CollectedItem, ShownCollection

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"
_CURRENCY = "EUR"
_MOST_LETTERS = 70
_WITHOUT = re.compile(r"[^A-Za-z0-9/?:().,'+ -]+")
"""What banks don't exchange."""

_LETTERS = str.maketrans(
    {"ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D"}
    | {"đ": "d", "Þ": "Th", "þ": "th", "ı": "i", "&": "+", "’": "'", "‘": "'", "–": "-", "—": "-"}
)
"""What letters are written as that no accent can be taken from."""


def make(collection: ShownCollection) -> bytes:
    """Return the file of a collection that was made: a part for each scheme, one debit an invoice."""
    return "".join(f"{line}\n" for line in _lines(collection)).encode()


def _lines(collection: ShownCollection) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<Document xmlns="{_NAMESPACE}">'
    yield "<CstmrDrctDbtInitn>"
    yield "<GrpHdr>"
    yield f"<MsgId>{collection.number}</MsgId>"
    yield f"<CreDtTm>{collection.day.isoformat()}T00:00:00</CreDtTm>"
    yield from _sums(collection.items)
    yield f"<InitgPty><Nm>{_creditor(collection.seller)}</Nm></InitgPty>"
    yield "</GrpHdr>"
    for scheme in SCHEMES:
        items = [item for item in collection.items if item.scheme == scheme]
        if items:
            yield from _part(collection, scheme, items)
    yield "</CstmrDrctDbtInitn>"
    yield "</Document>"


def _sums(items: Sequence[CollectedItem]) -> Iterator[str]:
    yield f"<NbOfTxs>{len(items)}</NbOfTxs>"
    yield f"<CtrlSum>{format_amount(sum(item.amount for item in items), _CURRENCY)}</CtrlSum>"


def _part(collection: ShownCollection, scheme: str, items: Sequence[CollectedItem]) -> Iterator[str]:
    """Yield the debits of one scheme, with all that they have in common."""
    seller = collection.seller
    yield "<PmtInf>"
    yield f"<PmtInfId>{collection.number}-{scheme}</PmtInfId>"
    yield "<PmtMtd>DD</PmtMtd>"
    yield from _sums(items)
    yield "<PmtTpInf>"
    yield "<SvcLvl><Cd>SEPA</Cd></SvcLvl>"
    yield f"<LclInstrm><Cd>{scheme}</Cd></LclInstrm>"
    yield "<SeqTp>RCUR</SeqTp>"
    yield "</PmtTpInf>"
    yield f"<ReqdColltnDt>{collection.on.isoformat()}</ReqdColltnDt>"
    yield f"<Cdtr><Nm>{_creditor(seller)}</Nm></Cdtr>"
    yield f"<CdtrAcct><Id><IBAN>{bare(seller.iban or '')}</IBAN></Id></CdtrAcct>"
    yield f"<CdtrAgt>{_agent(seller.bic)}</CdtrAgt>"
    yield "<ChrgBr>SLEV</ChrgBr>"
    yield "<CdtrSchmeId><Id><PrvtId><Othr>"
    yield f"<Id>{bare(seller.creditor_id or '')}</Id><SchmeNm><Prtry>SEPA</Prtry></SchmeNm>"
    yield "</Othr></PrvtId></Id></CdtrSchmeId>"
    for item in items:
        yield from _debit(item)
    yield "</PmtInf>"


def _debit(item: CollectedItem) -> Iterable[str]:
    return (
        "<DrctDbtTxInf>",
        f"<PmtId><EndToEndId>{item.number}</EndToEndId></PmtId>",
        f'<InstdAmt Ccy="{_CURRENCY}">{format_amount(item.amount, _CURRENCY)}</InstdAmt>',
        "<DrctDbtTx><MndtRltdInf>",
        f"<MndtId>{escape(item.mandate)}</MndtId><DtOfSgntr>{item.signed.isoformat()}</DtOfSgntr>",
        "</MndtRltdInf></DrctDbtTx>",
        f"<DbtrAgt>{_agent(None)}</DbtrAgt>",
        f"<Dbtr><Nm>{_name(item.debtor) or _name(item.space)}</Nm></Dbtr>",
        f"<DbtrAcct><Id><IBAN>{bare(item.iban)}</IBAN></Id></DbtrAcct>",
        f"<RmtInf><Ustrd>{item.number}</Ustrd></RmtInf>",
        "</DrctDbtTxInf>",
    )


def _agent(bic: str | None) -> str:
    """Name a bank, which its account's IBAN tells where no BIC does."""
    inside = f"<BICFI>{bare(bic)}</BICFI>" if bic else "<Othr><Id>NOTPROVIDED</Id></Othr>"
    return f"<FinInstnId>{inside}</FinInstnId>"


def _creditor(seller: Seller) -> str:
    """Name who gets the money, by his identifier where his name can't be written."""
    return _name(seller.name) or bare(seller.creditor_id or "")


def _name(text: str) -> str:
    """Return a name in the letters that all banks of SEPA exchange; nothing where none of it can be written so."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    latin = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(_WITHOUT.sub(" ", latin).split())[:_MOST_LETTERS].strip()
