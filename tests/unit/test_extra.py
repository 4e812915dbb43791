"""An extra that isn't installed: named, with the command that installs it; anything else that is missing is a bug."""

import pytest

from subctl.domain.errors import SubctlError
from subctl.domain.extra import Extra

EXTRA = Extra("maps", ("json", "no_such_package"), "Install what maps need: {command}")
REFUSED = (
    2,
    "extra_missing",
    "This needs no_such_package, which isn't installed.",
    "Install what maps need: pip install '.[maps]'",
)


def refused(caught):
    error = caught.value
    return error.exit_code, error.code, error.message, error.hint


def test_what_is_imported_without_it_is_refused():
    with pytest.raises(SubctlError) as caught, EXTRA.imported():
        import no_such_package.part  # type: ignore[import-not-found]  # noqa: F401
    assert refused(caught) == REFUSED


def test_what_needs_it_in_the_end_is_not_begun():
    with pytest.raises(SubctlError) as caught:
        EXTRA.need()
    assert refused(caught) == REFUSED
    EXTRA._replace(packages=("json",)).need()


def test_what_is_no_package_of_it_is_a_bug():
    with pytest.raises(ModuleNotFoundError), EXTRA.imported():
        raise ModuleNotFoundError("No module named 'subctl.gone'", name="subctl.gone")
    with pytest.raises(ModuleNotFoundError), EXTRA.imported():
        raise ModuleNotFoundError("It has no name")
