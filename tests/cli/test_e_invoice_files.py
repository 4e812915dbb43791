"""`show NUMBER --format ubl|cii`: what reaches stdout, a file, and whoever calls it."""

import json

import pytest

from tests.support.catalogs import DEARER, file_maker
from tests.support.cli import Cli
from tests.support.judge import NORM, judge, schema_faults, shipped
from tests.support.papers import invoice
from tests.support.read_back import differences, read

NUMBER, LATER = "INV-2026-0001", "INV-2026-0002"


@pytest.fixture
def used(cli: Cli) -> Cli:
    """A demo store with an upgrade invoice of acme."""
    return cli.prepare(("init", "--demo"), ("upgrade", "--plan", "pro", "--users", "20", "--yes"))


@pytest.mark.parametrize("format_", ["ubl", "cii"])
def test_the_demos_first_invoice_is_complete(used, format_):
    """Whoever tries it sees a file that every accountant's software takes; both ways out give the same bytes."""
    norm = ("--profile", "en16931")
    text = used("show", NUMBER, "--format", format_, *norm).text
    assert used("show", "inv-2026-0001", f"--format={format_}", *norm).text == text
    assert schema_faults(text.encode()) == []
    assert [each for each in judge(text.encode(), shipped(NORM[format_])).failed if "R008" not in each] == []
    fields = read(text.encode())
    assert (fields["BT-1"], str(fields["BT-106"]), str(fields["BT-110"]), str(fields["BT-112"])) == (
        NUMBER,
        "650.00",
        "136.50",
        "786.50",
    )
    done = used("show", NUMBER, "--format", format_, *norm, "-o", f"{used.home}/")
    file = used.home / f"{NUMBER}.{format_}.xml"
    assert (done.code, done.out, done.err) == (0, "", f"Written to {file}.\n")
    assert file.read_text() == text
    named = used.home / "my invoice.xml"
    assert used("show", NUMBER, "--format", format_, *norm, "-q", "-o", str(named)).text == ""
    assert named.read_text() == text


def test_the_store_is_only_read(used):
    """A format is a view."""
    before = used.bytes
    assert used("show", NUMBER, "--format", "ubl").code == 0
    assert used.bytes == before


def test_what_is_missing_is_an_error_for_scripts_too(used):
    """Exit 4 and a document on stderr; nothing is written, and each line names what it is about."""
    untold = (f"--{name}=" for name in ("buyer-reference", "endpoint", "city", "postcode"))
    used("space", "set", "acme", *untold)
    used("upgrade", "--users", "30", "--yes")
    line = ("show", LATER, "--format", "ubl", "--profile", "xrechnung", "-o", f"{used.home}/")
    before = sorted(used.home.iterdir())
    done = used(*line, SUBCTL_FORMAT="json")
    code, name, message, hint = done.refusal
    assert (code, name, hint) == (
        4,
        "incomplete_document",
        "That is for the next documents; after it issue this one anew: subctl correct INV-2026-0002",
    )
    head, *lacks = message.split("\n")
    assert head == f"{LATER} lacks what an XRechnung must have:"
    assert [lack.split()[0] for lack in lacks] == ["BT-10", "BT-49", "BT-52", "BT-53"]
    for_people = used(*line)
    assert (for_people.code, for_people.out, for_people.err) == (4, "", f"subctl: {message}\n{hint}\n")
    assert sorted(used.home.iterdir()) == before
    assert json.loads(used("show", LATER, "--json").out)["number"] == LATER


def test_a_folder_that_is_not_there(used):
    """It isn't made; nothing is left behind."""
    before = sorted(used.home.iterdir())
    done = used("show", NUMBER, "--format", "ubl", "-o", f"{used.home}/none/", SUBCTL_FORMAT="json")
    assert done.refusal == (
        2,
        "bad_input",
        f"{used.home}/none/{NUMBER}.ubl.xml can't be written: No such file or directory.",
        "Make the folder first, or name another one.",
    )
    assert sorted(used.home.iterdir()) == before


def test_an_order_has_a_pdf_and_no_e_invoice(used):
    """Nor has a quote."""
    done = used("show", "O-2026-0001", "--format", "ubl", SUBCTL_FORMAT="json")
    assert done.refusal[:3] == (2, "usage", "Only an invoice has the format ubl.")


def test_an_e_mail_address_is_no_peppol_address(used):
    """eu_einvoice 169: it is refused when it is entered, so that no file ever carries it."""
    before = used.bytes
    done = used("space", "set", "acme", "--endpoint", "ap@acme.example", "--json")
    assert done.refusal[:3] == (
        2,
        "bad_input",
        "'ap@acme.example' is an e-mail address, not an address of e-invoices.",
    )
    assert used.bytes == before


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\x0b", "\x00"])
def test_what_xml_can_not_hold_is_in_no_name(used, sign):
    """It is refused when it is entered, for every text of a customer's."""
    for option in ("--name", "--street", "--city", "--contact", "--buyer-reference"):
        done = used("space", "set", "acme", f"{option}=A{sign}B", "--json")
        assert done.refusal[:2] == (2, "bad_input")


def test_nothing_on_it_changes_with_the_space(used):
    """Not with its details, nor with the catalog: whoever asks later gets the same bytes."""
    before = {name: used("show", NUMBER, "--format", name).text for name in ("ubl", "cii")}
    new = (
        "--name",
        "Other",
        "--street",
        "Elsewhere 1",
        "--city",
        "Utrecht",
        "--buyer-reference",
        "Other",
        "--phone",
        "1",
    )
    assert used("space", "set", "acme", *new, "--e-invoice", "en16931", "--payment", "card").code == 0
    catalog = file_maker(used.home)(
        *DEARER,
        ('name = "Example Software B.V."', 'name = "Renamed B.V."'),
        ('iban = "NL91ABNA0417164300"', 'iban = "NL02ABNA0123456789"'),
        ('title = "Pro"', 'title = "Professional"'),
        valid_from="2026-07-01",
    )
    assert used("catalog", "import", catalog, "--yes").code == 0
    for day in ("2026-03-15", "2026-07-02"):
        assert {name: used("--today", day, "show", NUMBER, "--format", name).text for name in before} == before


GERMAN = ("--country", "DE", "--vat-id", "DE136695976", "--street", "Weg 1", "--postcode", "10115", "--city", "Berlin",
          "--legal-id", "", "--endpoint", "9930:DE136695976", "--buyer-reference", "991-12345-06")  # fmt: skip
DEBITED = ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-01-05", "--iban", "NL02ABNA0123456789")


@pytest.mark.parametrize("profile", ["en16931", "peppol", "xrechnung"])
def test_the_whole_way_of_a_customer_abroad(demo, profile):
    """Entered, debited by a mandate, upgraded and taken back: both documents say what the store has of them."""
    for words in (
        ("space", "set", "acme", *GERMAN, "--e-invoice", profile),
        DEBITED,
        ("space", "set", "acme", "--payment", "direct-debit"),
        ("upgrade", "--plan", "pro", "--users", "20", "--yes"),
        ("withdraw", "O-2026-0001", "--yes"),
    ):
        assert demo(*words).code == 0
    for number, type_, means in ((NUMBER, "380", "59"), (LATER, "381", None if profile == "peppol" else "97")):
        for format_ in ("ubl", "cii"):
            content = demo("show", number, "--format", format_).text.encode()
            assert schema_faults(content) == []
            assert differences(content, invoice(demo, number), profile) == []
            fields = read(content)
            assert (fields["BT-3"], fields["BG-23"][0]["BT-118"], fields.get("BT-81")) == (type_, "AE", means)
            assert fields.get("BT-91") == ("NL02ABNA0123456789" if number == NUMBER else None)


@pytest.mark.parametrize("format_", ["ubl", "cii"])
def test_it_needs_nothing_but_the_standard_library(used, format_):
    """Neither the extra, nor tables, nor what only writing needs is loaded for it."""
    script = "import sys; from subctl.cli.app import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    loaded = {
        name.partition(".")[0] for name in used.python("-c", script, "show", NUMBER, "--format", format_).err.split()
    }
    assert "xml" in loaded
    assert loaded.isdisjoint(
        {"typst", "segno", "pypdf", "icalendar", "rich", "sqlite_utils", "stdnum", "tomli_w", "lxml"}
    )
