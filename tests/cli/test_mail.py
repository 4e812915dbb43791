"""Messages: from whom and to whom, what they say and bring, the same whenever they are made; read back by Python."""

import email
import email.policy
import os
import re
import subprocess
import sys
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from subctl.domain.errors import SubctlError
from subctl.domain.text import text_fault
from subctl.results.change import ShownChange
from subctl.view import papers
from subctl.view.papers import eml
from tests.support.e_invoices import FRENCH, FRENCH_SELLER, upgrade
from tests.support.papers import NUMBERS, SETUP, invoice, shown

NAME = "Société Générale d’Électricité “Nord”, S.A."
ALIKE = ("--language", "", "--e-invoice", "")
ADDRESSED = (
    SETUP[0],
    ("space", "set", "acme", "--name", NAME, "--email", "ap@acme.example", *ALIKE),
    ("space", "set", "atelier", "--email", "me@atelier.example", *ALIKE),
)
NOBODY = tuple(("space", "set", space, "--email", "") for space in ("acme", "atelier"))

NUMBER = "INV-2026-0001"


@pytest.fixture
def used(cli):
    """The demo with documents of all kinds; acme has a name with all that needs care."""
    return cli.prepare(*ADDRESSED, *SETUP[1:])


def read(content: bytes) -> EmailMessage:
    """Return a message as Python's email package reads it, without a fault anywhere."""
    message = email.message_from_string(content.decode(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    assert [header.defects for header in message.values() if header.defects] == []
    return message


def made(cli, number, **extra):
    """Return a message as the command writes it."""
    words = [sys.executable, "-m", "subctl", "show", number, "--format", "eml"]
    done = subprocess.run(words, env=cli.environment(extra), capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout


def address_in(message, label):
    """Return the name and the address in a line of a message's head, decoded as RFC 2047 has it."""
    raw = dict(message.raw_items())[label]
    name, address = parseaddr(raw)
    return str(make_header(decode_header(name))), address


def text_of(message):
    """Return what a message says."""
    body = message.get_body()
    assert body.get_content_type() == "text/plain"
    return body.get_content()


def files_of(message):
    """Return what a message brings: type, name and content of each file."""
    return [
        (part.get_content_type(), part.get_filename(), part.get_payload(decode=True))
        for part in message.iter_attachments()
    ]


TEXT = """\
Hello,

{about}

It is attached as a PDF.

Example Software B.V.
support@example.com
"""

SAID = {
    "INV-2026-0001": (
        f"Upgrade invoice {NUMBER} from Example Software B.V.",
        f"Upgrade invoice {NUMBER} of 15 March 2026: 786.50 EUR, payable by 14 April 2026.",
    ),
    "INV-2026-0002": (
        "Credit note INV-2026-0002 from Example Software B.V.",
        f"Credit note INV-2026-0002 of 15 March 2026: 786.50 EUR credited for invoice {NUMBER} of 15 March 2026.",
    ),
    "Q-2026-0001": (
        "Quote Q-2026-0001 from Example Software B.V.",
        "Quote Q-2026-0001 of 15 March 2026: Upgrade of acme, 786.50 EUR due now.",
    ),
    "Q-2026-0002": (
        "Quote Q-2026-0002 from Example Software B.V.",
        "Quote Q-2026-0002 of 15 March 2026: Downgrade of atelier, nothing due now.",
    ),
    "O-2026-0001": (
        "Order O-2026-0001 from Example Software B.V.",
        "Order O-2026-0001 of 15 March 2026: Upgrade of acme, 786.50 EUR due now.",
    ),
    "O-2026-0002": (
        "Cancellation O-2026-0002 from Example Software B.V.",
        "Cancellation O-2026-0002 of 15 March 2026: Cancellation of atelier.",
    ),
}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_message_of_every_kind_of_document(used, number):
    """From the seller to the space; its day is the document's, its file the one that `--format pdf` makes."""
    message = read(made(used, number))
    subject, about = SAID[number]
    studio = number in ("Q-2026-0002", "O-2026-0002")
    name, address = ("Atelier", "me@atelier.example") if studio else (NAME, "ap@acme.example")
    assert address_in(message, "From") == ("Example Software B.V.", "invoices@example.com")
    assert address_in(message, "To") == (name, address)
    assert (message["Subject"], str(message["Date"])) == (subject, "Sun, 15 Mar 2026 12:00:00 +0000")
    assert (message["Content-Language"], message.get_content_type()) == ("en", "multipart/mixed")
    assert text_of(message) == TEXT.format(about=about)
    file = used.home / "paper.pdf"
    assert used("show", number, "--format", "pdf", "-o", str(file), "-q").code == 0
    assert files_of(message) == [("application/pdf", f"{number}.pdf", file.read_bytes())]


def test_only_what_a_message_needs_is_in_its_head(used):
    """No program, no account and no machine of the sender's."""
    assert list(read(made(used, NUMBER)).keys()) == [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Content-Language",
        "Content-Type",
        "MIME-Version",
    ]


def test_it_is_the_same_whenever_and_wherever_it_is_made(used):
    """Byte for byte, its name and its boundary too: nobody gets an invoice twice for two."""
    first = made(used, NUMBER)
    assert made(used, NUMBER, TZ="Asia/Tokyo", SUBCTL_TODAY="2027-01-01", LC_ALL="de_DE.UTF-8") == first
    later = ("--email", "other@acme.example", "--language", "fr", "--e-invoice", "peppol", "--name", "Later")
    assert used("space", "set", "acme", *later).code == 0
    assert made(used, NUMBER, LANGUAGE="fr", LANG="fr_FR.UTF-8") == first
    file = used.home / f"{NUMBER}.eml"
    assert used("show", NUMBER, "--format", "eml", "-o", f"{used.home}/", "-q").code == 0
    assert file.read_bytes() == first
    assert read(first)["Message-ID"].startswith(f"<{NUMBER}.")
    assert read(first)["Message-ID"].endswith("@example.com>")


def test_every_document_has_a_message_id_of_its_own(used, new_cli):
    """Those of another store too, though its numbers are the same."""
    ids = {read(made(used, number))["Message-ID"] for number in NUMBERS}
    other = new_cli().prepare(*ADDRESSED, ("upgrade", "--users", "11", "--yes"))
    assert len({*ids, read(made(other, NUMBER))["Message-ID"]}) == len(NUMBERS) + 1


def test_every_line_is_short_and_ascii(used):
    """So that any program on the way hands it on as it is."""
    for number in NUMBERS:
        content = made(used, number)
        assert content.isascii()
        assert b"\r" not in content
        assert max(map(len, content.split(b"\n"))) <= 78


@pytest.mark.parametrize(
    ("profile", "format_", "kind", "said"),
    [
        ("peppol", "ubl", "xml", "It is attached as a PDF, and as an e-invoice for your software."),
        ("xrechnung", "ubl", "xml", "It is attached as a PDF, and as an e-invoice for your software."),
        ("en16931", "cii", "xml", "It is attached as a PDF, and as an e-invoice for your software."),
        ("fr", "facturx", "pdf", "It is attached as a PDF, with the e-invoice for your software inside."),
    ],
)
def test_it_brings_the_e_invoice_that_its_buyer_takes(profile, format_, kind, said):
    """As --save makes it."""
    found = upgrade(FRENCH_SELLER, FRENCH) if profile == "fr" else upgrade()
    found = found._replace(buyer=found.buyer._replace(e_invoice=profile))
    message = read(papers.paper(found, "eml"))
    e_invoice = (f"application/{kind}", NUMBER + papers.ENDINGS[format_], papers.paper(found, format_, profile))
    pdf = ("application/pdf", f"{NUMBER}.pdf", papers.paper(found, "pdf"))
    assert files_of(message) == ([e_invoice] if profile == "fr" else [pdf, e_invoice])
    assert said in text_of(message)


def test_an_e_invoice_that_lacks_something_holds_the_message_up(used):
    """It would be handed over without what its buyer takes."""
    found = invoice(used)
    found = found._replace(buyer=found.buyer._replace(e_invoice="xrechnung", city=None))
    with pytest.raises(SubctlError, match=f"{NUMBER} lacks what an XRechnung must have:"):
        papers.paper(found, "eml")


# --- addresses ---------------------------------------------------------------------------------------------


def refusal(document):
    """Return the refusal to make a message."""
    with pytest.raises(SubctlError) as caught:
        papers.paper(document, "eml")
    return (caught.value.exit_code, caught.value.code, caught.value.message, caught.value.hint)


BUYER = "BT-58 the buyer's e-mail address (RFC 5322): subctl space set acme --email EMAIL"
SELLER = (
    "BT-43 the seller's e-mail address (RFC 5322): "
    'email = "EMAIL" in [seller] of a catalog, then subctl catalog import FILE'
)


def test_without_addresses(used):
    """Both are named at once, each with the command that sets it; support is taken where it is one."""
    found = invoice(used)
    nobody = found._replace(buyer=found.buyer._replace(email=None))
    phone = nobody._replace(seller=nobody.seller._replace(email=None, support="+31 20 123 4567"))
    later = "That is for the next documents."
    head = f"{NUMBER} lacks what a message must have:"
    assert refusal(nobody) == (4, "incomplete_document", f"{head}\n{BUYER}", later)
    assert refusal(phone) == (4, "incomplete_document", f"{head}\n{SELLER}\n{BUYER}", later)
    assert refusal(phone._replace(buyer=found.buyer))[2] == f"{head}\n{SELLER}"
    support = found._replace(seller=found.seller._replace(email=None))
    assert read(papers.paper(support, "eml"))["From"].addresses[0].addr_spec == "support@example.com"


def test_without_an_address_of_a_quote_and_an_order(cli):
    """A quote can be asked for again; what is ordered is so."""
    cli.prepare(SETUP[0], *NOBODY, *SETUP[1:])
    said = cli("show", "Q-2026-0001", "--format", "eml", SUBCTL_FORMAT="json").refusal
    assert said == (
        4,
        "incomplete_document",
        f"Q-2026-0001 lacks what a message must have:\n{BUYER}",
        "That is for the next documents; after it get a new quote: subctl quote --space acme",
    )
    for number, space in (("O-2026-0001", "acme"), ("O-2026-0002", "atelier")):
        assert cli("show", number, "--format", "eml", SUBCTL_FORMAT="json").refusal == (
            4,
            "incomplete_document",
            f"{number} lacks what a message must have:\n{BUYER.replace('acme', space)}",
            "That is for the next documents.",
        )


@given(st.text(min_size=1, max_size=200).map(str.strip).filter(lambda name: not text_fault(name)))
@example("a" * 200)
@example("é" * 200)
@example('" \\ , (x) <y@z> =?utf-8?q?a?=')
@example("Zürich  " * 20 + "東京 🚀")
def test_names_of_every_kind(name):
    """Whatever may be a name comes out as it was, in lines of at most 78 signs where it isn't one long word."""
    line = eml.address_line("To", Address(name, "ap", "acme.example"))
    assert line.endswith("\n <ap@acme.example>")
    assert line.isascii()
    assert max(map(len, line.split("\n"))) <= 78 or (name.isascii() and max(map(len, name.split())) > 60)
    shown, found = parseaddr(line.removeprefix("To: "))
    assert (str(make_header(decode_header(shown))), found) == (name, "ap@acme.example")


@pytest.mark.parametrize(
    "address", ["o'neil+ap@acme.example", '"a,b"@acme.example', "rené@acme.example", "ap@müller.example", "a@[1.2.3.4]"]
)
def test_addresses_of_every_kind(used, address):
    """The one that was entered comes out; letters beyond ASCII stand as they are, as such a mailbox wants it."""
    found = invoice(used)
    user, _, host = address.rpartition("@")
    given = f"{user.strip(chr(34))}@{host}"
    content = papers.paper(found._replace(buyer=found.buyer._replace(name="Acme", email=given)), "eml")
    [receiver] = email.message_from_string(content.decode(), policy=email.policy.default)["To"].addresses
    assert (receiver.display_name, receiver.addr_spec) == ("Acme", address)
    assert content.isascii() is address.isascii()


def test_a_sender_whose_host_is_no_name_of_the_internet(used):
    """The message has a name all the same."""
    found = invoice(used)
    found = found._replace(seller=found.seller._replace(email="rechnung@müller.example"))
    content = papers.paper(found, "eml")
    assert read(content)["Message-ID"].endswith("@subctl.invalid>")
    assert read(content)["From"].addresses[0].addr_spec == "rechnung@müller.example"


def test_a_preview_is_no_message(used):
    """It isn't kept, and is between nobody."""
    quote = shown(used, "Q-2026-0001")
    assert isinstance(quote, ShownChange)
    with pytest.raises(TypeError, match="A preview"):
        papers.paper(quote._replace(parties=None), "eml")


# --- on its way --------------------------------------------------------------------------------------------

SENDMAIL = """\
#!/bin/sh
[ "$1" = -t ] && exec cat > sent
"""


def test_sendmail_gets_it_as_it_is(used):
    """`sendmail -t` finds the receiver in the message itself; what comes through the pipe is the message."""
    program = used.home / "sendmail"
    program.write_text(SENDMAIL)
    program.chmod(0o700)
    line = f"{sys.executable} -m subctl show {NUMBER} --format eml | ./sendmail -t"
    subprocess.run(["bash", "-o", "pipefail", "-c", line], env=used.environment(), cwd=used.home, check=True)
    sent = (used.home / "sent").read_bytes()
    assert sent == made(used, NUMBER)
    assert [each.addr_spec for each in read(sent)["To"].addresses] == ["ap@acme.example"]


DOCS = Path(__file__).parents[2] / "docs" / "documents.md"


def test_the_recipe_that_mails_each_invoice_once(used):
    """docs/documents.md: run twice it sends what came since; what can't be a message holds nothing else up."""
    [recipe] = re.findall(r"```sh\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    (used.home / "outbox").mkdir()
    for old, new in {
        "/srv/subctl/outbox": f"{used.home}/outbox",
        "/usr/sbin/sendmail": f"{used.home}/sendmail",
    }.items():
        assert old in recipe
        recipe = recipe.replace(old, new)
    recipe = recipe.replace("$(date -d '7 days ago' +%F)", "2026-03-15")
    (used.home / "sendmail").write_text(f'#!/bin/sh\n[ "$1" = -t ] && exec cat >> {used.home}/sent\n')
    (used.home / "sendmail").chmod(0o700)

    def run():
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", recipe], env=used.environment({"PATH": path}), capture_output=True, check=False
        )
        return done.stderr.decode()

    assert run() == ""
    both = made(used, "INV-2026-0002") + made(used, NUMBER)
    assert (used.home / "sent").read_bytes() == both
    used("space", "set", "atelier", "--email", "")
    used("bill", "--today", "2026-07-01")
    said = run()
    assert said.startswith("subctl: INV-2026-0003 lacks what a message must have:")
    assert run().count("lacks what a message must have") == 1
    assert (used.home / "sent").read_bytes() == both + made(used, "INV-2026-0004")
