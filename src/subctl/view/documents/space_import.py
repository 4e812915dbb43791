"""An import of spaces as JSON."""

from __future__ import annotations

from typing import Literal, TypedDict

from subctl.view.documents.forms import Count, Day


class ImportDocument(TypedDict):
    """A file of new spaces: space import."""

    schema: Literal["import/1"]
    """The name and the version of this document."""
    date: Day
    """The day they were entered."""
    changed: bool
    """Whether there were any."""
    added: Count
    """How many spaces were added."""
