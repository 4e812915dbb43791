"""Groups of the operating system, with whom a store's file may be shared."""

from __future__ import annotations

from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.sentence import N_
from subctl.domain.text import safe
from subctl.store.places import Place, Server


def gid_of(name: str | None, place: Place) -> int | None:
    """Return the gid of the group that is to share a new store, if one is named (`bad_input`; on a server `usage`)."""
    if name is None:
        return None
    if isinstance(place, Server):
        raise SubctlError("usage", N_("--group is for files: a server has roles."), N_("Leave it out."))
    import grp

    try:
        return grp.getgrnam(name).gr_gid
    except (KeyError, ValueError):
        raise bad_input(
            N_("This machine has no group '{group}'."),
            N_("Make it first: {command}."),
            group=safe(name),
            command="groupadd",
        ) from None
