"""What libpq is told of a server: what was named, and nothing that the environment says instead.

What a password or a certificate is may be found where `_KEPT` says; which server, which database, whose account and
how safe the way there is never comes from a variable.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from psycopg import pq

from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_
from subctl.store.places import VERIFIED, is_local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from subctl.store.places import Server

_KEPT = (
    *("PGPASSFILE", "PGPASSWORD", "PGSERVICEFILE"),
    *("PGSSLCERT", "PGSSLKEY", "PGSSLROOTCERT", "PGKRBSRVNAME"),
)
"""Where secrets and certificates lie, and how the server's own is called. All other PG… are taken out."""

_SAFE = {"gssencmode": "disable"}
"""Kerberos may still log in, but what keeps the way safe is what `sslmode` says."""


def parameters(server: Server) -> dict[str, str]:
    """Return libpq's parameters of a server, and take out of this process's environment what would say otherwise.

    A service is looked up, so that it is refused like an address: `bad_input` where there is none of this name, or
    where it leads to another machine by an unsafe way.
    """
    for name in [name for name in os.environ if name.startswith("PG") and name not in _KEPT]:
        del os.environ[name]
    named = dict(server.parameters)
    if "service" in named:
        _refuse_unsafe(named["service"], _of_service(named["service"]))
    return {**named, **_SAFE}


def _of_service(service: str) -> Mapping[str, str]:
    """Return what libpq takes from the service file, with its defaults; it says nothing of a service that isn't there.

    A service that changes nothing is one that isn't there: it would name a server.
    """
    usual = _defaults()
    os.environ["PGSERVICE"] = service
    try:
        found = _defaults()
    finally:
        del os.environ["PGSERVICE"]
    if {**found, "service": ""} == {**usual, "service": ""}:
        raise bad_input(
            N_("There is no service {service} in {file}, or it can't be read."),
            N_("Write it there, or let PGSERVICEFILE name the file that has it."),
            service=service,
            file=os.environ.get("PGSERVICEFILE") or "~/.pg_service.conf",
        )
    return found


def _defaults() -> dict[str, str]:
    """Return what libpq takes where nothing is said."""
    found = pq.Conninfo.get_defaults()
    return {each.keyword.decode(): each.val.decode(errors="replace") for each in found if each.val is not None}


def _refuse_unsafe(service: str, found: Mapping[str, str]) -> None:
    places = [*found.get("host", "").split(","), *found.get("hostaddr", "").split(",")]
    if found.get("sslmode") != VERIFIED and not all(map(is_local, filter(None, places))):
        raise bad_input(
            N_("The service {service} names another machine, which needs {parameter}."),
            N_("Write that into the service file."),
            service=service,
            parameter=f"sslmode={VERIFIED}",
        )
