"""The extra `documents`: what only papers and calendars need, and the refusal where it isn't installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_

PACKAGES = ("icalendar", "pypdf", "segno", "typst")


@contextmanager
def extra() -> Iterator[None]:
    """Refuse what needs a package of the extra that isn't installed (`extra_missing`)."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in PACKAGES:
            raise
        raise _missing(error.name.partition(".")[0]) from None


def need_extra() -> None:
    """Refuse to begin what needs the extra in the end (`extra_missing`)."""
    for package in PACKAGES:
        if find_spec(package) is None:
            raise _missing(package)


def _missing(package: str) -> SubctlError:
    return SubctlError(
        "extra_missing",
        N_("This needs {package}, which isn't installed."),
        N_("Install what documents need, in the clone: {command}"),
        package=package,
        command="pip install '.[documents]'",
    )
