"""The extras: what only some need and have to install, and the refusal where it isn't there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_


class Extra(Record):
    """An extra of the package: its `name`, the packages it brings, and how one is told to install it."""

    name: str
    packages: tuple[str, ...]
    way_out: str

    @contextmanager
    def imported(self) -> Iterator[None]:
        """Refuse what needs a package of the extra that isn't installed (`extra_missing`)."""
        try:
            yield
        except ModuleNotFoundError as error:
            package = (error.name or "").partition(".")[0]
            if package not in self.packages:
                raise
            raise self.missing(package) from None

    def need(self) -> None:
        """Refuse to begin what needs the extra in the end (`extra_missing`)."""
        for package in self.packages:
            if find_spec(package) is None:
                raise self.missing(package)

    def missing(self, package: str) -> SubctlError:
        """Return the refusal for want of a package, with the command that README installs the extra with."""
        return SubctlError(
            "extra_missing",
            N_("This needs {package}, which isn't installed."),
            self.way_out,
            package=package,
            command=f"pip install '.[{self.name}]'",
        )
