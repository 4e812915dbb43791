"""Bank statements for the tests, written here: camt files of any version and kind, and what a bank can put in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

OWN = "NL91ABNA0417164300"
"""The account of the built-in catalog's seller."""

KINDS = {
    "053": ("BkToCstmrStmt", "Stmt"),
    "052": ("BkToCstmrAcctRpt", "Rpt"),
    "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}

_FIRST_OF_NEW_FORM = 8
"""Since this version parties stand in `Pty` and states in `Cd`."""


@dataclass(frozen=True)
class Tx:
    """A transaction of an entry."""

    text: str | Sequence[str] = ()
    amount: str | None = None
    ref: str | None = None
    e2e: str | None = "NOTPROVIDED"
    creditor: str | None = None
    name: str | None = None
    iban: str | None = None
    reason: str | None = None
    mandate: str | None = None
    way: str | None = None
    more: str = ""


@dataclass(frozen=True)
class Entry:
    """An entry of a statement; without transactions it has none of the details."""

    amount: str
    day: str = "2026-03-14"
    way: str = "CRDT"
    ref: str | None = None
    status: str = "BOOK"
    reversal: bool = False
    code: str = ""
    info: str | None = None
    transactions: tuple[Tx, ...] = ()
    time: bool = False
    currency: str = "EUR"

    def of(self, *transactions: Tx) -> Entry:
        """Return it with transactions."""
        return replace(self, transactions=transactions)


@dataclass(frozen=True)
class Camt:
    """A file: its kind and version, and how its sums are said."""

    kind: str = "053"
    version: int = 8
    account: str = OWN
    opening: str | None = None
    closing: str | None = None
    summary: str = ""
    head: str = '<?xml version="1.0" encoding="UTF-8"?>\n'
    entries: tuple[Entry, ...] = field(default=())

    def text(self, *entries: Entry) -> str:
        """Return the file."""
        message, page = KINDS[self.kind]
        body = "".join(self._entry(entry) for entry in (*self.entries, *entries))
        space = f"urn:iso:std:iso:20022:tech:xsd:camt.{self.kind}.001.{self.version:02}"
        return (
            f'{self.head}<Document xmlns="{space}"><{message}><GrpHdr><MsgId>M1</MsgId>'
            f"<CreDtTm>2026-03-15T06:00:00</CreDtTm></GrpHdr><{page}><Id>S1</Id>"
            f"<Acct><Id><IBAN>{self.account}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
            f"{self._balance('OPBD', self.opening)}{self._balance('CLBD', self.closing)}{self.summary}{body}"
            f"</{page}></{message}></Document>\n"
        )

    @staticmethod
    def _balance(code: str, amount: str | None) -> str:
        if amount is None:
            return ""
        way = "DBIT" if amount.startswith("-") else "CRDT"
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
            f'<Amt Ccy="EUR">{amount.lstrip("-")}</Amt><CdtDbtInd>{way}</CdtDbtInd><Dt><Dt>2026-03-14</Dt></Dt></Bal>'
        )

    @property
    def _new(self) -> bool:
        return self.version >= _FIRST_OF_NEW_FORM

    def _entry(self, entry: Entry) -> str:
        day = f"<DtTm>{entry.day}T10:30:00+01:00</DtTm>" if entry.time else f"<Dt>{entry.day}</Dt>"
        status = f"<Cd>{entry.status}</Cd>" if self._new else entry.status
        code = ""
        if entry.code:
            family, sub = entry.code.split("/")
            inner = f"<Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{sub}</SubFmlyCd></Fmly>"
            code = f"<BkTxCd><Domn>{inner}</Domn></BkTxCd>"
        details = "".join(self._transaction(each, entry) for each in entry.transactions)
        return (
            f'<Ntry><Amt Ccy="{entry.currency}">{entry.amount}</Amt><CdtDbtInd>{entry.way}</CdtDbtInd>'
            f"{'<RvslInd>true</RvslInd>' if entry.reversal else ''}<Sts>{status}</Sts>"
            f"<BookgDt>{day}</BookgDt><ValDt>{day}</ValDt>{_tag('AcctSvcrRef', entry.ref)}{code}"
            f"{f'<NtryDtls>{details}</NtryDtls>' if details else ''}{_tag('AddtlNtryInf', entry.info)}</Ntry>"
        )

    def _transaction(self, tx: Tx, entry: Entry) -> str:
        way, lines = tx.way or entry.way, (tx.text,) if isinstance(tx.text, str) else tx.text
        amount = ""
        if tx.amount is not None:
            inner = f'<Amt Ccy="{entry.currency}">{tx.amount}</Amt>'
            own = f"{inner}<CdtDbtInd>{way}</CdtDbtInd>"
            amount = own if self._new else f"<AmtDtls><TxAmt>{inner}</TxAmt></AmtDtls>"
        strd = f"<Strd><CdtrRefInf>{_tag('Ref', tx.creditor)}</CdtrRefInf></Strd>" if tx.creditor else ""
        remittance = "".join(_tag("Ustrd", line) for line in lines) + strd
        refs = _tag("AcctSvcrRef", tx.ref) + _tag("EndToEndId", tx.e2e) + _tag("MndtId", tx.mandate)
        reason = f"<RtrInf><Rsn><Cd>{tx.reason}</Cd></Rsn></RtrInf>" if tx.reason else ""
        return (
            f"<TxDtls><Refs>{refs}</Refs>{amount}{self._parties(tx, way)}"
            f"{f'<RmtInf>{remittance}</RmtInf>' if remittance else ''}{reason}{tx.more}</TxDtls>"
        )

    def _parties(self, tx: Tx, way: str) -> str:
        if tx.name is None and tx.iban is None:
            return ""
        side, own = ("Dbtr", "Cdtr") if way == "CRDT" else ("Cdtr", "Dbtr")
        named = _tag("Nm", tx.name)
        other = f"<{side}>{f'<Pty>{named}</Pty>' if self._new else named}</{side}>" if named else ""
        account = f"<{side}Acct><Id><IBAN>{tx.iban}</IBAN></Id></{side}Acct>" if tx.iban else ""
        mine = f"<{own}Acct><Id><IBAN>{self.account}</IBAN></Id></{own}Acct>"
        parts = [other, account, mine] if way == "CRDT" else [mine, other, account]
        return f"<RltdPties>{''.join(parts)}</RltdPties>"


def _tag(name: str, text: str | None) -> str:
    return "" if text is None else f"<{name}>{escape(text)}</{name}>"


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return a statement as CSV."""
    return "date,amount,reference,text,name,iban,id\n" + "".join(",".join(row) + "\n" for row in rows)
