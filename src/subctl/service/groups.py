"""Groups of the operating system, with whom a store's file may be shared."""

from __future__ import annotations

from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_
from subctl.domain.text import safe


def gid_of(name: str | None) -> int | None:
    """Return the gid of a group, if one is named (`bad_input`)."""
    if name is None:
        return None
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
