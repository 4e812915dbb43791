"""Papers under eyes that aren't Python's: qpdf, poppler and zbar, a faked clock, fonts that are there and are not."""

import shutil
import subprocess
import sys
from itertools import chain

import pytest

from byhand.clocks import faked
from subctl.view import papers
from subctl.view.papers import payment_code
from tests.support.e_invoices import CASES
from tests.support.papers import NUMBERS, SETUP, fonts, invoice, shown

NEEDED = ("qpdf", "zbarimg", "pdftoppm", "pdftotext", "faketime")
INSTALL = "apt-get install -y qpdf zbar-tools poppler-utils faketime fonts-noto-cjk"
FONTS = "/usr/share/fonts"
WITHOUT_FONTS = ("unshare", "--mount", "sh", "-c", f'mount -t tmpfs none {FONTS} && exec "$@"', "sh")
NUMBER = "INV-2026-0001"


@pytest.fixture(autouse=True)
def _packages():
    assert all(map(shutil.which, NEEDED)), INSTALL


@pytest.fixture
def used(cli):
    return cli.prepare(*SETUP)


def run(*words, **more):
    """Return the stdout of a program that went well and said nothing else."""
    done = subprocess.run(list(map(str, words)), capture_output=True, check=False, **more)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


@pytest.mark.parametrize("number", NUMBERS)
def test_qpdf_finds_no_fault(used, number, tmp_path):
    """Its syntax, its streams and its cross references."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(papers.paper(shown(used, number), "pdf"))
    said = run("qpdf", "--check", file)
    assert "No syntax or stream encoding errors found" in said
    assert "PDF Version: 1.7" in said


def test_qpdf_and_poppler_take_factur_x(tmp_path):
    """No fault, and the e-invoice comes out of it as it went in."""
    found, file = CASES["France"].invoice, tmp_path / "paper.pdf"
    file.write_bytes(papers.paper(found, "facturx", "fr"))
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", file)
    assert run("qpdf", "--list-attachments", file).startswith("factur-x.xml -> ")
    assert run("qpdf", "--show-attachment=factur-x.xml", file).encode() == papers.paper(found, "cii", "fr")


def scanned(picture):
    """Return the one code that is on a picture."""
    return run("zbarimg", "--nodbus", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture).removesuffix("\n")


@pytest.mark.parametrize("name", ["Example Software B.V.", "Łódź & Čapek 株式会社", "Ä" * 200])
def test_the_code_on_the_paper_is_read_back(used, name, tmp_path):
    """At the resolution of a screen, letter by letter."""
    found = invoice(used)
    found = found._replace(seller=found.seller._replace(name=name))
    file = tmp_path / "paper.pdf"
    file.write_bytes(papers.paper(found, "pdf"))
    run("pdftoppm", "-r", "150", "-png", "-singlefile", file, tmp_path / "page")
    assert scanned(tmp_path / "page.png") == payment_code.text(found)


def test_the_code_at_the_terminal_is_read_back(used, tmp_path):
    """Drawn as a terminal draws it: light on dark, which its colours see to on any terminal."""
    rows = used("show", NUMBER, "--qr").text.splitlines()
    light = [[sign in upper for sign in row] for row in rows for upper in ("█▀", "█▄")]
    dots = [[255 * lit for lit in row for _ in range(8)] for row in light for _ in range(8)]
    picture = tmp_path / "screen.pgm"
    picture.write_bytes(b"P5\n%d %d\n255\n" % (len(dots[0]), len(dots)) + bytes(chain.from_iterable(dots)))
    assert scanned(picture) == payment_code.text(invoice(used))


@pytest.mark.parametrize("moment", ["2028-02-29T12:00", "2031-12-31T23:30"])
def test_the_same_bytes_on_another_day(used, moment, tmp_path):
    """A file has its document's day, whatever the machine's is."""
    for number in NUMBERS:
        done = used.process("show", number, "--format", "pdf", "-o", f"{tmp_path}/", **faked(moment))
        assert done.code == 0, done.err
        assert (tmp_path / f"{number}.pdf").read_bytes() == papers.paper(shown(used, number), "pdf")


def test_a_font_of_the_system_has_what_those_that_come_along_lack(used, tmp_path):
    """With one the letters are there and can be copied; without, the refusal names one of them."""
    name = "株式会社サンプル 東京"
    assert used("space", "set", "atelier", "--name", name, "--country", "JP").code == 0
    assert used("bill", "--today", "2026-04-01").code == 0
    words = ("show", "INV-2026-0003", "--format", "pdf", "-o", f"{tmp_path}/")
    assert used.process(*words).code == 0
    file = tmp_path / "INV-2026-0003.pdf"
    assert name in run("pdftotext", file, "-").replace("\u200b", "")
    used_fonts = {font["/BaseFont"].partition("+")[2] for font in fonts(file.read_bytes())}
    assert any("CJKjp" in font for font in used_fonts), used_fonts
    file.unlink()
    done = subprocess.run(
        [*WITHOUT_FONTS, sys.executable, "-m", "subctl", *words],
        env=used.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        "subctl: No font here has the letter 株 (U+682A) that INV-2026-0003 needs.\n"
        "Install a font for Chinese, Japanese and Korean; Debian's package is fonts-noto-cjk.\n"
    )
    assert not list(chain(tmp_path.glob("INV*"), tmp_path.glob(".INV*")))


def test_other_papers_are_the_same_with_and_without_fonts(used, tmp_path):
    """What those that come along have is never drawn with one of the system: that would be another machine's."""
    words = [*WITHOUT_FONTS, sys.executable, "-m", "subctl", "show", NUMBER, "--format", "pdf", "-o", tmp_path / "a"]
    subprocess.run(words, env=used.environment(), check=True, capture_output=True)
    assert (tmp_path / "a").read_bytes() == papers.paper(shown(used, NUMBER), "pdf")
