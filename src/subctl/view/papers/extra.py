"""The extra `documents`: what only papers and calendars need, and the refusal where it isn't installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from subctl.domain.errors import SubctlError

PACKAGES = ("icalendar", "pypdf", "segno", "typst")


@contextmanager
def extra() -> Iterator[None]:
    """Refuse what needs a package of the extra that isn't installed (`extra_missing`)."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in PACKAGES:
            raise
        raise SubctlError(
            "extra_missing",
            f"This needs {error.name.partition('.')[0]}, which isn't installed.",
            "Install what documents need, in the clone: pip install '.[documents]'",
        ) from None
