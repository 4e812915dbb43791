"""The extra `documents`: what only papers and calendars need."""

from __future__ import annotations

from subctl.domain.extra import Extra
from subctl.domain.sentence import N_

DOCUMENTS = Extra(
    "documents",
    ("icalendar", "pypdf", "segno", "typst"),
    N_("Install what documents need, in the clone: {command}"),
)
