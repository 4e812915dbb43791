"""Factur-X: the paper with the e-invoice inside, and metadata that say so; factur-x reads it as others will."""

import pytest
from facturx import get_facturx_level, get_flavor, get_xml_from_pdf
from lxml import etree

from subctl.domain.errors import SubctlError
from subctl.view import papers
from tests.support.e_invoices import CASES
from tests.support.papers import metadata, pages, read

FX = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"

FILES = {
    "fr": ("factur-x.xml", "EN 16931"),
    "en16931": ("factur-x.xml", "EN 16931"),
    "xrechnung": ("xrechnung.xml", "XRECHNUNG"),
}
WRITABLE = [(name, profile) for name, case in CASES.items() for profile in case.profiles if profile in FILES]


@pytest.mark.parametrize(("name", "profile"), WRITABLE, ids=map(" as ".join, WRITABLE))
def test_the_e_invoice_is_taken_out_as_it_was_put_in(name, profile):
    """Byte for byte, by the reader that others use, and of the level that the metadata name."""
    found, (file, level) = CASES[name].invoice, FILES[profile]
    content = papers.paper(found, "facturx", profile)
    assert get_xml_from_pdf(content, check_xsd=True) == (file, papers.paper(found, "cii", profile))
    assert [each.text for each in metadata(content)[f"{FX}ConformanceLevel"]] == [level]


def test_it_is_factur_x_for_others():
    """By what the e-invoice says of itself."""
    tree = etree.fromstring(papers.paper(CASES["France"].invoice, "cii", "fr"))
    assert (get_flavor(tree), get_facturx_level(tree)) == ("factur-x", "en16931")


def test_the_file_says_what_is_inside():
    """In the catalog, among the embedded files, and in the metadata, which describe the words they use for it."""
    content = papers.paper(CASES["upgrade"].invoice, "facturx", "en16931")
    root = read(content).trailer["/Root"]
    [file] = root["/AF"]
    [name, embedded] = root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert (name, embedded.get_object()) == ("factur-x.xml", file.get_object())
    described = file.get_object()
    assert (described["/Type"], described["/F"], described["/UF"], described["/AFRelationship"]) == (
        "/Filespec",
        "factur-x.xml",
        "factur-x.xml",
        "/Alternative",
    )
    stream = described["/EF"]["/F"].get_object()
    assert (stream["/Type"], stream["/Subtype"]) == ("/EmbeddedFile", "/text/xml")
    assert stream["/Params"]["/ModDate"] == "D:20260315000000Z"
    said = metadata(content)
    assert {tag.removeprefix(FX): [each.text for each in found] for tag, found in said.items() if FX in tag} == {
        "DocumentType": ["INVOICE"],
        "DocumentFileName": ["factur-x.xml"],
        "Version": ["1.0"],
        "ConformanceLevel": ["EN 16931"],
    }
    [schemas] = said["{http://www.aiim.org/pdfa/ns/extension/}schemas"]
    [ours] = [each for each in schemas.iter(f"{RDF}li") if each.findtext(f"{SCHEMA}prefix") == "fx"]
    assert ours.findtext(f"{SCHEMA}namespaceURI") == FX.strip("{}")
    assert sorted(each.text or "" for each in ours.iter(f"{PROPERTY}name")) == [
        "ConformanceLevel",
        "DocumentFileName",
        "DocumentType",
        "Version",
    ]


def test_it_is_the_same_paper():
    """What is read on it, its kind of PDF and its day are those of the PDF without."""
    found = CASES["France"].invoice
    plain, hybrid = papers.paper(found, "pdf"), papers.paper(found, "facturx", "fr")
    assert pages(hybrid) == pages(plain)
    assert hybrid.startswith(b"%PDF-1.7\n%")
    assert read(hybrid).metadata == read(plain).metadata
    assert len(read(hybrid).trailer["/ID"]) == 2
    of_plain, of_hybrid = metadata(plain), metadata(hybrid)
    for name in ("part", "conformance"):
        assert [each.text for each in of_hybrid[PDFA + name]] == [each.text for each in of_plain[PDFA + name]]
    assert papers.paper(found, "facturx", "fr") == hybrid


@pytest.mark.parametrize(("buyers", "kept"), [(None, "en16931"), ("peppol", "en16931"), ("xrechnung", "xrechnung")])
def test_whose_rules_it_keeps_without_a_profile(buyers, kept):
    """Its buyer's; who takes e-invoices from Peppol gets the norm's in a PDF."""
    found = CASES["Germany"].invoice
    found = found._replace(buyer=found.buyer._replace(e_invoice=buyers))
    assert papers.paper(found, "facturx") == papers.paper(found, "facturx", kept)


def test_a_french_buyer_gets_it_by_the_french_rules():
    """Without a word more."""
    found = CASES["France"].invoice
    found = found._replace(buyer=found.buyer._replace(e_invoice="fr"))
    assert papers.paper(found, "facturx") == papers.paper(found, "facturx", "fr")


def test_there_is_none_for_peppol():
    """Peppol takes no PDF, so nobody who asks for one for it means what he says."""
    with pytest.raises(SubctlError) as caught:
        papers.paper(CASES["upgrade"].invoice, "facturx", "peppol")
    error = caught.value
    assert (error.exit_code, error.code, error.message, error.hint) == (
        2,
        "usage",
        "Factur-X has no profile peppol: Peppol takes no PDF.",
        "subctl show INV-2026-0001 --format ubl --profile peppol",
    )
