"""How a store is named: a file's path, or what is read as a server's address; a path pays nothing for the other.

What isn't clearly a path is never taken for one: a path is repeated in errors, and half an address may hold a password.
"""

import os
import re
from pathlib import Path

from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import safe
from subctl.store.places import Place

_FILE = ("/", "~", "./", "../")
"""What begins a path, whatever follows."""

_SIGNS = ":=@"
"""A text without any of them is a path, too: most are known by that."""

_NO_FILE = (
    r"(?si)[^/]*://"  # of whatever kind of server
    r"|\s*(?:\w+:)?postgres(?:ql)?(?::|//)"
    r"|\s*\w+\s*="  # service=book, and host=… dbname=…
)


def expanded(text: str) -> Path:
    """Return a path whose `~` is the home folder (`bad_input` where there is none)."""
    path = Path(text)
    try:
        return path.expanduser() if text.startswith("~") else path
    except RuntimeError:
        raise bad_input(
            N_("There is no home folder for {path}."), N_("Write the path without ~."), path=safe(text)
        ) from None


def default_store() -> Path:
    """Return where the store is when nothing else is said."""
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return expanded(home) / "subctl" / "contracts.db"


def is_address(text: str) -> bool:
    """Tell whether a text names no file: a server's address, or something that could be meant as one."""
    if text.startswith(_FILE) or not any(sign in text for sign in _SIGNS):
        return False
    user = text.rpartition("@")[0]  # with a password
    return ":" in user or "=" in user or re.match(_NO_FILE, text) is not None


def read_place(text: str, what: str | Sentence) -> Place:
    """Return the store that a text names; `what` is where the text stands (`bad_input`, which repeats no address)."""
    if not is_address(text):
        return expanded(text)
    from subctl.cli.address import read_server

    return read_server(text, what)
