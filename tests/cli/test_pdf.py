"""Papers as PDF: what stands on them for readers, and what PDF/A-3 and PDF/UA want of the file.

What a paper says is tested in tests/unit/test_sheets.py; qpdf, zbar and a faked clock are in tests/system.
"""

import json
import re
from datetime import date

import pytest

from subctl.domain.dates import Period
from subctl.domain.errors import SubctlError
from subctl.view import papers
from subctl.view.papers import pdf
from tests.support.papers import NUMBERS, SETUP, fonts, invoice, metadata, pages, read, shown

CANCELLATION = "O-2026-0002"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"


@pytest.fixture
def used(cli):
    return cli.prepare(*SETUP)


def made(used, number):
    return papers.paper(shown(used, number), "pdf")


# --- the file ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS)
def test_the_file_is_pdf_a_3b(used, number):
    """Identification, output intent, ids, and the same dates and words in both kinds of metadata."""
    content = made(used, number)
    assert content.startswith(b"%PDF-1.7\n%")
    reader, said = read(content), metadata(content)
    assert {name: [each.text for each in found] for name, found in said.items() if "pdfa/ns/id" in name} == {
        f"{PDFA}part": ["3"],
        f"{PDFA}conformance": ["B"],
    }
    assert [each.text for each in said[f"{PDFUA}part"]] == ["1"]
    assert all(len(found) == 1 for found in said.values())
    root = reader.trailer["/Root"]
    [intent] = root["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert intent.get_object()["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp"
    assert len(reader.trailer["/ID"]) == 2
    assert "/Encrypt" not in reader.trailer
    day = shown_day(used, number)
    assert reader.metadata.creation_date == reader.metadata.modification_date
    assert reader.metadata.creation_date.date() == day
    xmp = "{http://ns.adobe.com/xap/1.0/}"
    assert said[f"{xmp}CreateDate"][0].text == said[f"{xmp}ModifyDate"][0].text == f"{day}T00:00:00+00:00"
    assert (reader.metadata.title or "").endswith(number)
    assert reader.metadata.author == "Example Software B.V."


def shown_day(used, number):
    """Return the date of a document as JSON has it."""
    found = used("show", number, "--json").json
    return date.fromisoformat(found["date"])


@pytest.mark.parametrize("number", NUMBERS)
def test_the_file_can_be_read_aloud(used, number):
    """Tags, a language, a title in the window, a name for every picture: what PDF/UA wants."""
    reader = read(made(used, number))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        "fr" if number in ("Q-2026-0002", "O-2026-0002") else "en",
        True,
        True,
    )
    kinds = list(tags(root["/StructTreeRoot"]))
    assert {"/H1", "/P"} <= set(kinds)
    assert ({"/Table", "/TH", "/TD"} <= set(kinds)) == (number != CANCELLATION)
    assert ("/Figure" in kinds) == (number == "INV-2026-0001")


def test_the_language_is_that_of_the_words(used):
    """A screen reader reads Dutch as Dutch: the document's language, or the one that it is made in anew."""
    shown = invoice(used)
    found = shown._replace(words=shown.words._replace(language="nl"))
    said = [read(papers.paper(found, "pdf", language=other)).trailer["/Root"]["/Lang"] for other in (None, "de", "en")]
    assert said == ["nl", "de", "en"]


def tags(element):
    """Yield the kind of each element of the structure."""
    if "/S" in element:
        yield element["/S"]
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        found = child.get_object()
        if hasattr(found, "keys"):
            yield from tags(found)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_font_is_inside(used, number):
    """Embedded, and each letter can be copied: a reader's machine needs no font."""
    found = list(fonts(made(used, number)))
    assert found
    for font in found:
        assert "/ToUnicode" in font
        for descendant in font["/DescendantFonts"]:
            descriptor = descendant.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_same_document_gives_the_same_bytes(used, number, tmp_path):
    """In another process, folder, time zone, language and home."""
    first = made(used, number)
    for place, more in (("a", {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}), ("b", {"TZ": "Etc/GMT+12"})):
        done = used.process("show", number, "--format", "pdf", "-o", f"{tmp_path}/{place}", **more)
        assert (done.code, done.out) == (0, "")
        assert (tmp_path / place).read_bytes() == first


def test_a_paper_does_not_change_with_what_happens_later(used):
    """The space gets another name, the document is withdrawn or ordered: the paper is that of its day."""
    before = {number: made(used, number) for number in NUMBERS}
    changed = ("--name", "Other", "--address", "Elsewhere 1", "--country", "BE", "--email", "new@acme.example")
    for space in ("acme", "atelier"):
        assert used("space", "set", space, *changed, "--reference", "PO 9").code == 0
        assert used("space", "set", space, "--payment", "direct-debit", "--iban", "NL91ABNA0417164300").code == 0
    assert used("withdraw", "O-2026-0002", "--yes").code == 0
    assert {number: made(used, number) for number in NUMBERS} == before


# --- the pages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS)
def test_what_fits_on_one_page_is_on_one(used, number):
    """And it says so, in its own language: one customer's is French."""
    [page] = pages(made(used, number))
    assert ("Page 1 of 1" in page) != ("Page 1 sur 1" in page)
    assert not any(word in page for word in ("continued", ", suite"))


def with_lines(used, count):
    """Return an invoice of many lines."""
    found = invoice(used)
    [line] = found.draft.lines
    later = line._replace(period=Period(date(2026, 4, 5), date(2026, 7, 1)))
    lines = tuple((line, later)[place % 2] for place in range(count))
    words = found.words._replace(lines=tuple(f"Item {place + 1}" for place in range(count)))
    return found._replace(draft=found.draft._replace(lines=lines), words=words)


def test_a_long_invoice_has_its_table_head_on_every_page(used):
    """Pages are counted, the ones behind the first name the invoice, and no line is lost or torn."""
    content = papers.paper(with_lines(used, 120), "pdf")
    found = pages(content)
    assert len(found) == 5
    for place, page in enumerate(found, 1):
        assert f"Page {place} of 5" in page
        assert ("Upgrade invoice INV-2026-0001, continued" in page) == (place > 1)
        assert ("Quantity" in page) == any(f"Item {line}" in page for line in range(1, 121))
    text = "\n".join(found)
    assert sorted(map(int, re.findall(r"\bItem (\d+)\b", text))) == list(range(1, 121))
    assert text.count("5 April to 30 June 2026") == 60
    assert text.count("Please pay by bank transfer") == 1


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


def test_the_longest_names_stay_on_the_paper(used):
    """Letters without a blank break; nothing runs out of the page, and all of it is there."""
    name, found = LONG[:200], invoice(used)
    long = found._replace(
        buyer=found.buyer._replace(name=name, street=name, city=name, reference=name, buyer_reference=name),
        seller=found.seller._replace(name=name, street=name, city=name, support=f"{'a' * 60}@{'b' * 130}.example"),
        draft=found.draft._replace(lines=(found.draft.lines[0]._replace(words=f"{name} for 1000000 users"),)),
    )
    content = papers.paper(long, "pdf")
    text = "".join(pages(content)).replace("\n", "")
    assert text.count(name) >= 7
    for page in read(content).pages:
        left, right, low, high = extent(page)
        assert (left >= 0, right <= float(page.mediabox.width)) == (True, True)
        assert (low >= 0, high <= float(page.mediabox.height)) == (True, True)


def extent(page):
    """Return how far left, right, down and up the texts of a page begin."""
    places: list[tuple[float, float]] = []

    def visit(text, _, matrix, *__):
        if text.strip():
            places.append((matrix[4], matrix[5]))

    page.extract_text(visitor_text=visit)
    return min(x for x, _ in places), max(x for x, _ in places), min(y for _, y in places), max(y for _, y in places)


SIGNS = '#eval("1+1") *bold* _thin_ $x^2$ [/] #image("x") `raw` @label <tag> \\n // gone /* gone */ = head'


def test_signs_of_the_layouts_language_are_letters_here(used):
    """Data are data: nothing in a name is ever run, left out, or drawn otherwise."""
    found = invoice(used)
    signs = found._replace(buyer=found.buyer._replace(name=SIGNS, street="= Street - [1]", reference="#pagebreak()"))
    [page] = pages(papers.paper(signs, "pdf"))
    text = " ".join(page.split())
    assert SIGNS in text
    assert "= Street - [1]" in text
    assert "#pagebreak()" in text


def test_hidden_signs_are_made_visible(used):
    """An older store may have names that would now be refused: nothing on a paper runs backwards by them."""
    found = invoice(used)
    hidden = found._replace(buyer=found.buyer._replace(name="Acme\u202eEMCA\u0007", contact="S\u00adp"))
    [page] = pages(papers.paper(hidden, "pdf"))
    assert "Acme\\u{202e}EMCA\\u{7}\n" in page


@pytest.mark.parametrize(
    "name",
    ["Ηλεκτρονικές Υπηρεσίες Α.Ε.", "Программы и услуги", "Łódź Čapek Søn Åse ß Œuvre", "קפה", "شركة", "€ £ ¥ ₹ ✓ →"],
)
def test_fonts_that_come_along_have_the_letters_of_many(used, name):
    """Greek, Cyrillic, Latin of all kinds, Hebrew, Arabic: no font of the system is asked for."""
    found = invoice(used)
    content = pdf.draw(pdf.sheet_of(found._replace(buyer=found.buyer._replace(name=name))))
    names = {font["/BaseFont"].partition("+")[2].partition("-")[0] for font in fonts(content)}
    assert names <= {"LibertinusSerif", "NewCM10", "DejaVuSansMono"}, names
    if name.isascii() or "ש" not in name:
        [page] = pages(content)
        letters = set(name.replace(" ", ""))
        assert letters <= set(page) or not letters.isdisjoint("קש")


def test_a_letter_that_no_font_has(used):
    """The paper isn't made with a hole in it: the letter is named, and what font has it (exit 4)."""
    found = invoice(used)
    with pytest.raises(SubctlError) as caught:
        papers.paper(found._replace(buyer=found.buyer._replace(name="Acme \u0378")), "pdf")
    error = caught.value
    assert (error.exit_code, error.code, error.message, error.hint) == (
        4,
        "no_glyph",
        "No font here has the letter \u0378 (U+0378) that INV-2026-0001 needs.",
        "Install a font for rare letters; Debian's package is fonts-noto-core.",
    )


def test_the_layout_gets_text_alone(used):
    """Everything that stands on a paper comes as one JSON text; the layout has no words of its own."""
    given = pdf.inputs(pdf.sheet_of(invoice(used)))
    assert sorted(given) == ["attached", "attached-name", "paper"]
    assert json.loads(given["paper"])["title"] == "Upgrade invoice"


WITHOUT = """
import sys
sys.modules[sys.argv[1]] = None
from subctl.cli.app import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize(
    ("package", "words"),
    [
        ("typst", ("show", "Q-2026-0001", "--format", "pdf")),
        ("segno", ("show", "INV-2026-0001", "--format", "pdf")),
        ("segno", ("show", "INV-2026-0001", "--qr")),
    ],
)
def test_a_package_that_is_not_installed(used, package, words):
    """What the base installation can't do is said, with the command that installs it (exit 2)."""
    done = used.python("-c", WITHOUT, package, *words, SUBCTL_FORMAT="json")
    assert done.refusal == (
        2,
        "extra_missing",
        f"This needs {package}, which isn't installed.",
        "Install what documents need, in the clone: pip install '.[documents]'",
    )
