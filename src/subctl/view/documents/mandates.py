"""A mandate of direct debits that was added or ended."""

from __future__ import annotations

from typing import Literal

from subctl.view.documents.list_items import MandateItem


class MandateDocument(MandateItem):
    """A mandate of direct debits: mandate add, mandate end."""

    schema: Literal["mandate/1"]
    """The name and the version of this document."""
    changed: bool
    """Whether this call did it."""
