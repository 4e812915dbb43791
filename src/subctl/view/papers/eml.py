"""A document as a whole message, for `sendmail -t` or a mail program: a short text, and the files of its parcel.

The same document gives the same bytes: its day is the message's, and nothing comes from a clock or from chance. The
head is put together here, so that its lines are folded alike by every version of Python.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from email.charset import QP, Charset
from email.header import Header
from email.headerregistry import Address
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, quote
from hashlib import sha256
from typing import TYPE_CHECKING

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import parse_email
from subctl.results.change import ShownChange
from subctl.results.invoice import ShownInvoice
from subctl.results.order import OrderedChange
from subctl.results.parties import Parties
from subctl.view import papers, words
from subctl.view.language import _, spoken
from subctl.view.papers import wording
from subctl.view.papers.complete import for_the_next, incomplete, lack
from subctl.view.papers.pdf import sheet_of
from subctl.view.papers.sheets.invoice import correction

if TYPE_CHECKING:
    from subctl.domain.catalog import Seller
    from subctl.view.papers import Document
    from subctl.view.papers.sheet import Sheet

_NOON = time(12)
"""The hour of every message: then it is the document's day nearly everywhere."""

_RULE = "RFC 5322"
_HOST, _NO_HOST = "[A-Za-z0-9.-]+", "subctl.invalid"
_DIGITS = 16
_TYPES = {".pdf": "pdf", ".xml": "xml"}


def make(result: Document, _profile: str | None) -> bytes:
    """Return a document as a message with what is handed over of it (`incomplete_document`, `no_glyph`)."""
    sheet, parties = sheet_of(result), _parties(result)
    sender, receiver = _addresses(result, sheet, parties)
    number, text = sheet["number"], _text(result, sheet, parties.seller)
    subject = wording.subject(sheet["title"], number, sheet["seller"])
    head = (
        address_line("From", sender),
        address_line("To", receiver),
        f"Subject: {_folded('Subject', subject)}",
        f"Date: {format_datetime(datetime.combine(sheet['day'], _NOON, UTC))}",
        f"Message-ID: {_id(result, sheet, sender, receiver)}",
        f"Content-Language: {spoken()}",
    )
    return "\n".join((*head, _body(result, number, text))).encode()


def _parties(result: Document) -> Parties:
    """Return between whom a document is."""
    if isinstance(result, ShownInvoice):
        return Parties(result.seller, result.buyer)
    parties = result.shown.parties if isinstance(result, OrderedChange) else result.parties
    if parties is None:
        raise TypeError("A preview is no message.")
    return parties


def _space_of(result: Document) -> str:
    return result.shown.space if isinstance(result, OrderedChange) else result.space


# --- the head ----------------------------------------------------------------------------------------------


def _addresses(result: Document, sheet: Sheet, parties: Parties) -> tuple[Address, Address]:
    """Return from whom a message is, and to whom (`incomplete_document`, which names both where both are missing)."""
    seller, buyer = parties.seller, parties.buyer
    sender = seller.email or _mailbox(seller.support)
    if sender and buyer.email:
        return _address(seller.name, sender), _address(buyer.name, buyer.email)
    lacks = [*([] if sender else [lack("BT-43", _RULE)]), *([] if buyer.email else [lack("BT-58", _RULE)])]
    number, space = sheet["number"], _space_of(result)
    hint = for_the_next(result) if isinstance(result, ShownInvoice) else Sentence(N_("That is for the next documents."))
    if isinstance(result, ShownChange):
        again = {"command": f"subctl quote --space {space}"}
        hint = Sentence(N_("That is for the next documents; after it get a new quote: {command}"), again)
    raise incomplete(Sentence(N_("{number} lacks what a message must have:"), {"number": number}), lacks, space, hint)


def _mailbox(support: str) -> str | None:
    """Return how support is reached where that is an e-mail address."""
    try:
        return parse_email(support)
    except SubctlError:
        return None


def _address(name: str, email: str) -> Address:
    user, _at, host = email.rpartition("@")
    return Address(name, user, host)


def address_line(label: str, address: Address) -> str:
    """Write a name and an address; one beyond ASCII stands as it is (RFC 6532): nothing else would reach it."""
    name = address.display_name
    shown = _folded(label, f'"{quote(name)}"' if _plain(name) else name)
    return f"{label}: {shown}\n <{address.addr_spec}>"


def _folded(label: str, text: str) -> str:
    """Write a text in lines that are short enough, in encoded words where it can't stand as it is."""
    return Header(text, "us-ascii" if _plain(text) else "utf-8", header_name=label).encode()


def _plain(text: str) -> bool:
    """Tell whether a text can stand in a head as it is: ASCII, and not like a word that a reader would decode."""
    return text.isascii() and "=?" not in text


def _id(result: Document, sheet: Sheet, sender: Address, receiver: Address) -> str:
    """Return what names a message among all, made of facts: the same document is the same one for ever.

    In another language than its own it is another message.
    """
    number, total = sheet["number"], result.total if isinstance(result, ShownInvoice) else ""
    other = "" if spoken() == papers.language_of(result) else f" {spoken()}"
    facts = f"{number} {sheet['day']} {_space_of(result)} {total} {sender} {receiver}{other}"
    host = sender.domain if re.fullmatch(_HOST, sender.domain) else _NO_HOST
    return f"<{number}.{sha256(facts.encode()).hexdigest()[:_DIGITS]}@{host}>"


# --- the body ----------------------------------------------------------------------------------------------


def _text(result: Document, sheet: Sheet, seller: Seller) -> str:
    """Say what a message is about, what comes with it, and who sends it."""
    formats = [format_ for format_, _profile in papers.parcel(result)]
    parcel = "facturx" if "facturx" in formats else "both" if len(formats) > 1 else "pdf"
    about = wording.about(sheet["title"], sheet["number"], words.day(sheet["day"]), sheet["claim"])
    if isinstance(result, ShownInvoice) and result.correction:
        about = " ".join((about, *correction(result)))
    attached, sender = wording.ATTACHED[parcel], f"{seller.name}\n{seller.support}"
    return "\n\n".join((_(wording.GREETING), about, _(attached), sender)) + "\n"


def _body(result: Document, number: str, text: str) -> str:
    """Return what stands below the head: the text, and each file of the parcel under its name."""
    body = MIMEMultipart("mixed", boundary=f"=_{number}")
    charset = Charset("utf-8")
    charset.body_encoding = QP
    said = MIMENonMultipart("text", "plain", charset="utf-8")
    said.set_payload(text, charset)
    body.attach(said)
    for format_, profile in papers.parcel(result):
        name = number + papers.ENDINGS[format_]
        file = MIMEApplication(papers.made(result, format_, profile), _TYPES[name[-4:]])
        file.add_header("Content-Disposition", "attachment", filename=name)
        body.attach(file)
    return body.as_string()
