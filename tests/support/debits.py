"""Files of direct debits as banks read them, judged by the official schema of pain.008.001.08."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

from lxml import etree

_SCHEMA = etree.XMLSchema(etree.fromstring(files("sepaxml").joinpath("schemas/pain.008.001.08.xsd").read_bytes()))
_PREFIX = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}


class Debited(NamedTuple):
    """A debit of a file."""

    scheme: str
    on: str
    end_to_end: str
    amount: str
    mandate: str
    signed: str
    name: str
    iban: str
    text: str


class Read(NamedTuple):
    """A file: what stands at its head, how many parts it has, and its debits."""

    message: str
    made: str
    number: str
    total: str
    parts: int
    debits: list[Debited]


def read(content: bytes) -> Read:
    """Return what stands in a file that the schema accepts."""
    root = etree.fromstring(content)
    _SCHEMA.assertValid(root)

    def texts(node: etree._Element, path: str) -> list[str]:
        steps = "/".join(f"p:{step}" for step in path.split("/"))
        return [str(found.text) for found in node.iterfind(steps, _PREFIX)]

    def one(node: etree._Element, path: str) -> str:
        (found,) = texts(node, path)
        return found

    head = root.find("p:CstmrDrctDbtInitn/p:GrpHdr", _PREFIX)
    assert head is not None
    parts = list(root.iterfind("p:CstmrDrctDbtInitn/p:PmtInf", _PREFIX))
    debits = []
    for part in parts:
        assert (one(part, "PmtTpInf/SeqTp"), one(part, "PmtMtd"), one(part, "ChrgBr")) == ("RCUR", "DD", "SLEV")
        inside = list(part.iterfind("p:DrctDbtTxInf", _PREFIX))
        assert one(part, "NbOfTxs") == str(len(inside))
        debits += [
            Debited(
                one(part, "PmtTpInf/LclInstrm/Cd"),
                one(part, "ReqdColltnDt"),
                one(each, "PmtId/EndToEndId"),
                one(each, "InstdAmt"),
                one(each, "DrctDbtTx/MndtRltdInf/MndtId"),
                one(each, "DrctDbtTx/MndtRltdInf/DtOfSgntr"),
                one(each, "Dbtr/Nm"),
                one(each, "DbtrAcct/Id/IBAN"),
                one(each, "RmtInf/Ustrd"),
            )
            for each in inside
        ]
    return Read(
        one(head, "MsgId"), one(head, "CreDtTm"), one(head, "NbOfTxs"), one(head, "CtrlSum"), len(parts), debits
    )
