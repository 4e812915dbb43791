"""An invoice as Factur-X: its PDF/A-3b with the e-invoice inside, and metadata that say so."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from subctl.domain.e_invoice import EN16931, FRENCH, PEPPOL, XRECHNUNG
from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.view.papers import made, pdf

if TYPE_CHECKING:
    from subctl.results.invoice import ShownInvoice


class _Inside(Record):
    """What the metadata say of the e-invoice: how its file is called, and whose rules it keeps."""

    file: str
    level: str


_INSIDE = {
    FRENCH: _Inside("factur-x.xml", "EN 16931"),
    EN16931: _Inside("factur-x.xml", "EN 16931"),
    XRECHNUNG: _Inside("xrechnung.xml", "XRECHNUNG"),
}

_SCHEMAS_END, _END = b"</rdf:Bag></pdfaExtension:schemas>", b"</rdf:RDF>"
"""Where typst's metadata end: the schemas that it describes, and all of them."""

_NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES = (
    ("DocumentFileName", "The name of the file of the e-invoice inside"),
    ("DocumentType", "What the e-invoice is"),
    ("Version", "The version of its schema"),
    ("ConformanceLevel", "Whose rules it keeps"),
)
"""PDF/A wants every property described that isn't its own."""


def make(result: ShownInvoice, profile: str | None) -> bytes:
    """Return an invoice as Factur-X (`incomplete_document`, `no_glyph`, `extra_missing`, `usage`)."""
    kept = _profile(result, profile)
    inside = _INSIDE[kept]
    content = made(result, "cii", kept)
    drawn = pdf.draw(pdf.sheet_of(result), pdf.Attached(inside.file, content))
    return _described(drawn, inside)


def _profile(invoice: ShownInvoice, profile: str | None) -> str:
    """Return whose rules the e-invoice keeps: what is wanted, else its buyer's, where Factur-X has it (`usage`)."""
    if profile == PEPPOL:
        raise SubctlError(
            "usage",
            N_("Factur-X has no profile peppol: Peppol takes no PDF."),
            f"subctl show {invoice.number} --format ubl --profile peppol",
        )
    wanted = profile or invoice.buyer.e_invoice or EN16931
    return wanted if wanted in _INSIDE else EN16931


def _described(content: bytes, inside: _Inside) -> bytes:
    """Return the PDF with the metadata of Factur-X beside its own."""
    from pypdf import PdfWriter
    from pypdf.generic import StreamObject

    writer = PdfWriter(clone_from=BytesIO(content))
    writer.pdf_header = "%PDF-1.7"
    metadata = writer.root_object["/Metadata"].get_object()
    if not isinstance(metadata, StreamObject):
        raise TypeError(type(metadata))
    metadata.set_data(_with_factur_x(metadata.get_data(), inside))
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _with_factur_x(metadata: bytes, inside: _Inside) -> bytes:
    """Say in the metadata what is inside, and among the schemas that they describe what these words mean."""
    values = (inside.file, "INVOICE", "1.0", inside.level)
    said = "".join(f"<fx:{name}>{value}</fx:{name}>" for (name, _), value in zip(_PROPERTIES, values, strict=True))
    properties = "".join(
        '<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>'
        f"<pdfaProperty:description>{text}</pdfaProperty:description><pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for name, text in _PROPERTIES
    )
    schema = (
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{_NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
    description = f'<rdf:Description rdf:about="" xmlns:fx="{_NAMESPACE}">{said}</rdf:Description>'
    return _before(_before(metadata, _SCHEMAS_END, schema), _END, description)


def _before(metadata: bytes, end: bytes, what: str) -> bytes:
    """Put something before the one place where a tag is closed."""
    before, closed, after = metadata.partition(end)
    if not closed or end in after:
        raise ValueError(end)
    return before + what.encode() + closed + after
