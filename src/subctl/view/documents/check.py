"""A check of the book as JSON."""

from __future__ import annotations

from typing import Literal, TypedDict

from subctl.view.documents.forms import Count, Hash


class Counts(TypedDict):
    """What was looked at."""

    spaces: Count
    """How many spaces."""
    quotes: Count
    """How many quotes."""
    orders: Count
    """How many orders and cancellations."""
    invoices: Count
    """How many invoices and credit notes."""
    payments: Count
    """How many payments."""
    collections: Count
    """How many collections."""
    reminders: Count
    """How many reminders."""
    history: Count
    """How many entries the history has."""


class Problem(TypedDict):
    """Something that should not be so."""

    code: str
    """What kind of problem."""
    document: str | None
    """The document's number, where it is one's."""
    message: str
    """What is wrong."""


class CheckDocument(TypedDict):
    """The check of the book: check."""

    schema: Literal["check/1"]
    """The name and the version of this document."""
    ok: bool
    """Whether nothing was found; the exit code is 8 otherwise."""
    counts: Counts
    """What was looked at."""
    problems: list[Problem]
    """What was found."""
    head: Hash
    """The history's newest hash: keep it elsewhere, and give it to --head later."""
