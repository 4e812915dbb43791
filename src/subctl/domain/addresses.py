"""What is shown of a store's place, and what of it can be pasted into a command."""

from shlex import quote

from subctl.domain.text import safe

_SHORTENED = "postgresql://"
"""How an address begins of which only host and database are shown: without them it may lead elsewhere, or nowhere."""

_SOCKET = "postgresql:///"


def pasted(shown: str) -> str:
    """Return a place as a command takes it; `STORE` for one that isn't shown whole."""
    return "STORE" if shown.startswith(_SHORTENED) and not shown.startswith(_SOCKET) else safe(quote(shown))
