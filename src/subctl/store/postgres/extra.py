"""The extra `postgres`: what only stores on a server need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from subctl.domain.extra import Extra
from subctl.domain.sentence import N_

POSTGRES = Extra("postgres", ("psycopg",), N_("Install what a server needs, in the clone: {command}"))

_LIBRARY = "psycopg-binary"


@contextmanager
def driver() -> Iterator[None]:
    """Refuse what needs the driver where it isn't installed, or finds no libpq (`extra_missing`)."""
    try:
        with POSTGRES.imported():
            yield
    except ImportError as error:
        if error.name is not None:
            raise
        raise POSTGRES.missing(_LIBRARY) from None  # psycopg names no module when it has found no library
