"""--save: which files a command leaves in a folder, what is in their way, and that no book changes by it."""

import json
import shutil

import pytest

from subctl.cli import shelf
from subctl.cli.settings import Given, resolve
from subctl.results.invoice import ShownInvoice
from subctl.service.document_page import show_documents
from subctl.view import papers
from tests.support.callers import caller
from tests.support.cli import DEMO
from tests.support.commands import DECLARED
from tests.support.documents import validated
from tests.support.terminal import CHOICE, Terminal, spoken

NUMBER = "INV-2026-0001"
UNDRAWN = "Kunde \u0378"
"""A name with a letter that no font has."""

kept = shelf.save


@pytest.fixture
def used(cli):
    """The demo with a folder for papers, and an open quote."""
    (cli.home / "papers").mkdir()
    return cli.prepare(DEMO, ("quote", "--users", "20"))


@pytest.fixture
def billed(cli):
    """The demo after a bill run on 2026-07-01, which issued five invoices, and a folder for papers."""
    (cli.home / "papers").mkdir()
    return cli.prepare(DEMO, ("bill", "--today", "2026-07-01"))


def folder(cli):
    """Return the folder for papers."""
    return str(cli.home / "papers")


def saved(cli):
    """Return what is in it."""
    return sorted(path.name for path in (cli.home / "papers").iterdir())


def failing(result, code):
    """Return the document of a command in which something failed, with what stderr says of it."""
    said = json.loads(result.err)["error"]
    assert (result.code, said["code"]) == code
    return validated(json.loads(result.out)), said["message"]


# --- what is saved -----------------------------------------------------------------------------------------


def of(space, *places):
    """Return the files of a space's invoices: acme's go to Peppol, atelier takes the norm's other syntax."""
    endings = (".pdf", ".ubl.xml") if space == "acme" else (".cii.xml", ".pdf")
    return [f"INV-2026-{place:04}{ending}" for place in places for ending in endings]


BILLED_FILES = [*of("atelier", 1, 2, 3, 4), *of("acme", 5)]

ISSUING = {
    "order": (("order", "Q-2026-0001"), of("acme", 1)),
    "upgrade": (("upgrade", "--users", "30", "--yes"), of("acme", 1)),
    "upgrade, late": (
        ("upgrade", "--space", "atelier", "--users", "12", "--yes", "--today", "2026-05-10"),
        of("atelier", 1, 2),
    ),
    "downgrade": (
        ("downgrade", "--space", "atelier", "--users", "8", "--yes", "--today", "2026-04-10"),
        of("atelier", 1),
    ),
    "cancel": (("cancel", "--space", "atelier", "--yes", "--today", "2026-04-10"), of("atelier", 1)),
    "bill": (("bill", "--today", "2026-07-01"), BILLED_FILES),
    "nothing issued": (("cancel", "--yes"), []),
    "nothing due": (("bill",), []),
    "nothing changed": (("upgrade", "--users", "10", "--yes"), []),
}


@pytest.mark.parametrize(("words", "files"), ISSUING.values(), ids=ISSUING)
def test_all_that_a_command_issues_is_saved(used, words, files):
    """The document says how many files, and is the same otherwise."""
    before = used.bytes
    plain = used(*words, "--json").json
    used.put(before)
    document = used(*words, "--save", folder(used), "--json").json
    assert document == {**plain, "saved": len(files), "kept": 0, "failed": []}
    assert saved(used) == files
    for name in files:
        out, (number, *_, format_) = used.home / "shown", name.removesuffix(".xml").split(".")
        assert used("show", number, "--format", format_, "-o", str(out), "-q").code == 0
        assert (used.home / "papers" / name).read_bytes() == out.read_bytes()


def test_a_withdrawal_saves_its_credit_note(used):
    """And done again it changes nothing, and leaves the same file."""
    assert used("order", "Q-2026-0001").code == 0
    for changed in (True, False):
        done = used("withdraw", "O-2026-0001", "--yes", "--save", folder(used), "--json").json
        assert (done["changed"], done["saved"], saved(used)) == (changed, 2, of("acme", 2))


def test_an_order_again_saves_what_it_issued(used):
    """It is the same order, so a file that was lost is there again."""
    for changed in (True, False):
        done = used("order", "Q-2026-0001", "--save", folder(used), "--json").json
        assert (done["changed"], done["saved"], saved(used)) == (changed, 2, of("acme", 1))
        (used.home / "papers" / f"{NUMBER}.pdf").unlink()


def test_apply_saves_the_invoices_of_all_lines(used):
    """Each line's."""
    (used.home / "wanted.csv").write_text("space,users\nacme,20\natelier,12\n")
    words = ("apply", str(used.home / "wanted.csv"), "--yes", "--today", "2026-04-01")
    document = used(*words, "--save", folder(used), "--json").json
    assert (document["saved"], saved(used)) == (4, [*of("acme", 1), *of("atelier", 2)])


BILLED = """\
Invoice         Space     Period             Net     VAT   Total EUR
────────────────────────────────────────────────────────────────────
INV-2026-0001   atelier   1–30 Apr 2026   150.00   31.50      181.50

Saved 2 files in {folder}.
"""


def test_people_read_what_was_saved(used):
    """Below the screen of the command."""
    words = ("bill", "--today", "2026-04-01", "--save", folder(used))
    assert used(*words).text == BILLED.format(folder=folder(used))


def test_a_bill_run_saves_all_even_if_a_screen_shows_the_first(cli):
    """A screen has fifty of them, the folder all."""
    (cli.home / "papers").mkdir()
    (cli.home / "spaces.csv").write_text("id,name,plan,users\n" + "".join(f"s{n},N,pro,2\n" for n in range(53)))
    cli.sandbox("2026-03-15")
    assert cli("space", "import", str(cli.home / "spaces.csv")).code == 0
    shown = cli("bill", "--today", "2026-04-01", "--save", folder(cli)).text
    assert shown.endswith(f"and 3 more: subctl list invoices --limit 53\n\nSaved 53 files in {folder(cli)}.\n")
    assert saved(cli) == [f"INV-2026-{place:04}.pdf" for place in range(1, 54)]
    listed = cli("list", "invoices", "--save", folder(cli))
    assert listed.out.endswith(f"\nSaved 0 files in {folder(cli)}. 53 were there already.\n")
    assert listed.err == "Only the first 50 are shown; --limit N shows more.\n"


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (None, [("pdf", None)]),
        ("peppol", [("pdf", None), ("ubl", "peppol")]),
        ("xrechnung", [("pdf", None), ("ubl", "xrechnung")]),
        ("en16931", [("pdf", None), ("cii", "en16931")]),
        ("fr", [("facturx", "fr")]),
    ],
)
def test_the_files_of_an_invoice_are_those_that_its_buyer_takes(used, profile, expected):
    """A PDF, and the e-invoice of the profile; for France it is inside the PDF."""
    assert used("order", "Q-2026-0001").code == 0
    invoice, quote = show_documents(caller(used, "show"), [NUMBER, "Q-2026-0001"])
    assert isinstance(invoice, ShownInvoice)
    assert papers.parcel(invoice._replace(buyer=invoice.buyer._replace(e_invoice=profile))) == expected
    assert papers.parcel(quote) == [("pdf", None)]


@pytest.mark.parametrize(
    ("answer", "end", "files"),
    [
        ("o", "See it with: subctl show INV-2026-0001\n\nSaved 2 files in {folder}.\n", of("acme", 1)),
        ("q", "Accept it with: subctl order Q-2026-0002\n\nSaved 1 file in {folder}.\n", ["Q-2026-0002.pdf"]),
    ],
)
def test_what_was_answered_at_a_terminal_is_saved(used, answer, end, files):
    """The order's invoice, or the quote that was saved instead, for whoever signs it."""
    code, shown = spoken(used, "upgrade", "--users", "30", "--save", folder(used), answers=[(CHOICE, answer)])
    assert (code, saved(used)) == (0, files)
    assert shown.endswith(end.format(folder=folder(used)))


# --- list --------------------------------------------------------------------------------------------------


def test_a_list_saves_what_is_missing(billed):
    """Many at once, and what is there already isn't made again, whatever it is."""
    words = ("list", "invoices", "--save", folder(billed), "--json")
    plain = billed("list", "invoices", "--json").json
    assert billed(*words).json == {**plain, "saved": 10, "kept": 0, "failed": []}
    content = {path.name: path.read_bytes() for path in (billed.home / "papers").iterdir()}
    (billed.home / "papers" / "INV-2026-0002.pdf").unlink()
    (billed.home / "papers" / "INV-2026-0004.pdf").write_text("kept")
    assert billed(*words).json == {**plain, "saved": 1, "kept": 9, "failed": []}
    content["INV-2026-0004.pdf"] = b"kept"
    assert {path.name: path.read_bytes() for path in (billed.home / "papers").iterdir()} == content


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (("invoices", "--since", "2026-07-02"), []),
        (("invoices", "--space", "acme"), of("acme", 5)),
        (("invoices", "--limit", "2"), [*of("atelier", 4), *of("acme", 5)]),
        (("quotes",), ["Q-2026-0001.pdf"]),
        (("quotes", "--status", "open"), []),
    ],
)
def test_what_of_a_list_is_saved(billed, words, files):
    """What the list has."""
    assert billed("quote", "--users", "20").code == 0
    assert billed("list", *words, "--today", "2026-12-01", "--save", folder(billed)).code == 0
    assert saved(billed) == files


# --- what fails --------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there(used):
    """The book is as without --save; the invoice is named, and saved later."""
    before = used.bytes
    plain = used("order", "Q-2026-0001", "--json").json
    used.put(before)
    nowhere = str(used.home / "nowhere")
    done = used("order", "Q-2026-0001", "--save", nowhere, "--json")
    document, said = failing(done, (9, "output_failed"))
    error = {
        "code": "output_failed",
        "message": f"{nowhere} is no folder that can be written to: No such file or directory.",
        "hint": "Make the folder first, or name another one.",
    }
    failed = [{"number": NUMBER, "space": "acme", "error": error}]
    assert document == {**plain, "saved": 0, "kept": 0, "failed": failed}
    assert said == f"1 document was not saved: {NUMBER}."
    assert used("check", "--json").json["ok"] is True
    later = json.loads(done.err)["error"]["hint"].partition(": ")[2]
    assert later == "subctl list invoices --save DIR"
    assert used(*later.replace("DIR", folder(used)).split()[1:]).code == 0
    assert saved(used) == of("acme", 1)


def test_a_file_where_the_folder_should_be(used):
    """A folder is meant."""
    (used.home / "file").write_text("kept")
    shown = used("upgrade", "--users", "20", "--yes", "--save", str(used.home / "file"))
    assert (shown.code, shown.err) == (
        9,
        f"subctl: 1 document was not saved: {NUMBER}.\n"
        "The result says why. What is missing can be saved later: subctl list invoices --save DIR\n",
    )
    assert shown.out.endswith(
        f"\nSaved 0 files in {used.home}/file.\n"
        f"{NUMBER} was not saved: {used.home}/file is no folder that can be written to: Not a directory. "
        "Make the folder first, or name another one.\n"
    )
    assert (used.home / "file").read_text() == "kept"


def test_quotes_that_are_missing_are_saved_by_their_own_list(used):
    """The list of invoices has none."""
    done = used("list", "quotes", "--save", str(used.home / "nowhere"), "--json")
    _, said = failing(done, (9, "output_failed"))
    hint = json.loads(done.err)["error"]["hint"]
    assert (said, hint.partition(": ")[2]) == (
        "1 document was not saved: Q-2026-0001.",
        "subctl list quotes --save DIR",
    )


@pytest.mark.parametrize("words", [("list", "invoices"), ("bill", "--today", "2026-07-01")], ids=lambda words: words[0])
def test_a_link_in_the_way(cli, words):
    """It isn't written through, and what it points to stays; the others are there."""
    (cli.home / "papers").mkdir()
    cli.prepare(DEMO, *((("bill", "--today", "2026-07-01"),) if words[0] == "list" else ()))
    (cli.home / "kept").write_text("kept")
    link = cli.home / "papers" / "INV-2026-0003.pdf"
    link.symlink_to(cli.home / "kept")
    document, said = failing(cli(*words, "--save", folder(cli), "--json"), (9, "output_failed"))
    message = f"{link} is a link, and isn't written through."
    error = {"code": "bad_input", "message": message, "hint": "Name the file itself, or a new one."}
    assert document["failed"] == [{"number": "INV-2026-0003", "space": "atelier", "error": error}]
    assert (document["saved"], said) == (8, "1 document was not saved: INV-2026-0003.")
    assert saved(cli) == [name for name in BILLED_FILES if name != "INV-2026-0003.cii.xml"]
    assert (link.is_symlink(), (cli.home / "kept").read_text()) == (True, "kept")


def many(cli, count, odd):
    """Return commands on a store with so many invoices, the places of `odd` with a letter that no font has."""
    names = [f"s{place:05},{UNDRAWN if place in odd else 'Kunde'},pro,2" for place in range(count)]
    (cli.home / "spaces.csv").write_text("id,name,plan,users\n" + "\n".join(names) + "\n")
    (cli.home / "papers").mkdir()
    cli.sandbox("2026-03-15")
    assert cli("space", "import", str(cli.home / "spaces.csv")).code == 0
    assert cli("bill", "-q", "--today", "2026-04-01").code == 0
    return cli


def test_one_of_many_that_can_not_be_drawn(cli):
    """More than are read in one visit: the others are there, the one is named, exit 4."""
    many(cli, 120, {57})
    document, said = failing(cli("list", "invoices", "--save", folder(cli), "--json"), (4, "partly_done"))
    odd = "INV-2026-0058"
    assert [(each["number"], each["space"], each["error"]["code"]) for each in document["failed"]] == [
        (odd, "s00057", "no_glyph")
    ]
    assert (document["saved"], said) == (119, f"1 document was not saved: {odd}.")
    everything = [f"INV-2026-{place:04}.pdf" for place in range(1, 121)]
    everything.remove(f"{odd}.pdf")
    assert saved(cli) == everything


def test_many_that_fail_are_counted(cli):
    """Ten are named on stderr, fifty on a screen, all in JSON."""
    many(cli, 52, set())
    done = cli("list", "invoices", "--save", str(cli.home / "nowhere"))
    assert done.err.startswith(
        "Only the first 50 are shown; --limit N shows more.\n"
        "subctl: 52 documents were not saved: INV-2026-0052, INV-2026-0051, INV-2026-0050, INV-2026-0049,"
    )
    assert done.err.splitlines()[1].endswith("INV-2026-0043 and 42 more.")
    assert done.out.splitlines()[-2].startswith("INV-2026-0003 was not saved: ")
    again = f"subctl list invoices --save {cli.home / 'nowhere'} --json"
    assert done.out.replace("\n", " ").rstrip().endswith(f"and 2 more: {again}")
    document, _ = failing(cli("list", "invoices", "--save", str(cli.home / "nowhere"), "--json"), (9, "output_failed"))
    assert len(document["failed"]) == 52


def test_contracts_that_fail_and_files_that_fail(used):
    """Both are named, and stand in the one list; exit 9."""
    (used.home / "wanted.csv").write_text("space,users\nacme,20\natelier,3\n")
    words = ("apply", str(used.home / "wanted.csv"), "--yes", "--keep-going", "--save", str(used.home / "nowhere"))
    document, said = failing(used(*words, "--json"), (9, "output_failed"))
    assert [(each.get("line"), each.get("number"), each["space"]) for each in document["failed"]] == [
        (3, None, "atelier"),
        (None, NUMBER, "acme"),
    ]
    assert said == f"1 contract was refused: atelier. 1 document was not saved: {NUMBER}."


def test_one_of_many_that_can_not_be_read(billed):
    """Those that were read in the same visit are there."""
    billed.tamper("UPDATE invoices SET lines = '{' WHERE id % 10000 = 2")
    named = [shelf.Named(f"INV-2026-000{place}", "atelier") for place in range(1, 5)]
    wanted = shelf.Wanted(named, lambda: len(named))
    settings = resolve("list", DECLARED["list"], Given(billed.address, None, None, None, None, quiet=True))
    done = kept(settings, caller(billed, "list"), None, wanted, billed.home / "papers")
    assert [(each.number, each.error.code) for each in done.failed] == [("INV-2026-0002", "store_damaged")]
    assert (done.written, saved(billed)) == (6, of("atelier", 1, 3, 4))


def test_a_store_that_is_gone_when_papers_are_made(used, monkeypatch):
    """The order is placed: what can't be read any more is named like what can't be written."""
    taken = used.home / "taken.db"
    monkeypatch.setattr(shelf, "save", lambda *words, **more: (shutil.move(used.store, taken), kept(*words, **more))[1])
    document, _ = failing(used("order", "Q-2026-0001", "--save", folder(used), "--json"), (9, "output_failed"))
    assert [(each["number"], each["error"]["code"]) for each in document["failed"]] == [(NUMBER, "store_missing")]


# --- what is refused ---------------------------------------------------------------------------------------

USAGE = {
    "order Q-2026-0001 --dry-run --save {folder}": (
        "usage",
        "--save does nothing beside --dry-run: nothing is issued.",
        "Leave one of them out.",
    ),
    "bill --dry-run --save {folder}": (
        "usage",
        "--save does nothing beside --dry-run: nothing is issued.",
        "Leave one of them out.",
    ),
    "list orders --save {folder}": (
        "usage",
        "list orders has no --save.",
        "Invoices, quotes and reminders have: subctl list invoices --save DIR",
    ),
    "list deadlines --format ics --save {folder}": (
        "usage",
        "list deadlines has no --save.",
        "Invoices, quotes and reminders have: subctl list invoices --save DIR",
    ),
}


@pytest.mark.parametrize(("line", "said"), USAGE.items(), ids=USAGE)
def test_what_can_not_be_saved(used, line, said):
    """Exit 2, and nothing is done."""
    before = used.bytes
    words = line.format(folder=folder(used)).split()
    assert used(*words, SUBCTL_FORMAT="json").refusal == (2, *said)
    assert (used.bytes, saved(used)) == (before, [])


MISSING = """
import sys
sys.modules["typst"] = None
from subctl.cli.app import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("words", [("order", "Q-2026-0001"), ("bill", "--today", "2026-07-01"), ("list", "invoices")])
def test_without_the_extra_nothing_is_begun(used, words):
    """It would be a pity to learn that when the invoices are issued."""
    before = used.bytes
    done = used.python("-c", MISSING, *words, "--save", folder(used), "--json")
    assert done.refusal[:3] == (2, "extra_missing", "This needs typst, which isn't installed.")
    assert used.bytes == before


def test_how_far_it_is_stands_at_a_terminal(cli):
    """On stderr, and gone before the result."""
    many(cli, 150, set())
    done = Terminal(cli, "list", "invoices", "--limit", "150", "--save", folder(cli))
    code, shown = done.end()
    assert (code, "\rDocuments: " in shown, " of 150, " in shown) == (0, True, True)
    assert len(saved(cli)) == 150


def test_a_folder_in_which_no_name_has_room(billed):
    """The way to it is as long as a path may be: every document is named, and none is a bug."""
    where = billed.home
    while len(str(where)) < 4080:
        where /= "d" * min(200, 4085 - len(str(where)))
    where.mkdir(parents=True)
    document, said = failing(billed("list", "invoices", "--save", str(where), "--json"), (9, "output_failed"))
    assert said.startswith("5 documents were not saved: ")
    assert {each["error"]["code"] for each in document["failed"]} == {"bad_input"}
    assert (document["saved"], document["kept"], list(where.iterdir())) == (0, 0, [])
