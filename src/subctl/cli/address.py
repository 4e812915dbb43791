"""A server's address, read by our own rules before libpq sees any of it: libpq repeats passwords in its errors.

Only what is named here is let through. No refusal repeats what was given: a password may stand anywhere in it. What
is shown of a server is its host and database, and only once the whole address was understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote_to_bytes

from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import hidden
from subctl.store.places import VERIFIED, Server, is_local

_SSLMODES = ("disable", "allow", "prefer", "require", "verify-ca", VERIFIED)
_FILES = ("sslrootcert", "sslcert", "sslkey", "sslcrl")
_PARAMETERS = ("host", "port", "user", "sslmode", *_FILES)
_SYSTEM = "system"
"""What libpq takes for the machine's own certificates, in the place of a file."""

_MOST, _MOST_HOST, _MOST_NAME = 4000, 253, 63
_HIGHEST_PORT = 65535

_ADDRESS = re.compile(
    r"\s*postgres(?:ql)?://(?P<authority>[^/?]*)(?:/(?P<database>[^?]*))?(?:\?(?P<query>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_SERVICE = re.compile(r"service=(?P<name>[\w.-]{1,63})")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?|\[(?P<six>[0-9A-Fa-f:.]+)\]")
_NAME = re.compile(r"[\w.$+-](?:[\w.$+ -]*[\w.$+-])?")
"""A database: what couldn't be taken for a part of an address that went wrong."""

_USER = re.compile(r"[\w.@$+-]+")
_FOLDER = re.compile(r"/[^,]{0,90}")
_SECRET = re.compile(r"pass(?!file)|pwd|secret|token", re.IGNORECASE)

_UNSEEN = N_("it has blanks or invisible signs")
_NO_HOST = N_("the host is neither a name nor an address")
_PORT = N_("the port is no number from 1 to 65535")
_FORMS = N_(
    "Write {url} for a server, {socket} for one on this machine, or {service}; a file of such a name is {file}."
)
_HOW = N_("Leave it out: it may stand in ~/.pgpass or a service file, or a certificate or peer takes its place.")


class _Parts(Record):
    """An address, decoded."""

    host: str
    port: str
    user: str
    database: str
    more: Mapping[str, str]


def read_server(text: str, what: str | Sentence) -> Server:
    """Return the server that a text names; `what` is where the text stands (`bad_input`)."""
    try:
        if found := _SERVICE.fullmatch(text):
            return Server(text, (("service", found["name"]),))
        parts = _parts(text)
        _check(parts)
    except _Unreadable as fault:
        raise _refused(fault, what) from None
    if not is_local(parts.host) and parts.more.get("sslmode") != VERIFIED:
        raise bad_input(
            N_("{what} names another machine, which needs {parameter}."),
            N_("Write {address}, with its user, port and certificates as before."),
            what=what,
            parameter=f"sslmode={VERIFIED}",
            address=f"{_shown(parts)}?sslmode={VERIFIED}",
        )
    named = {"host": parts.host, "port": parts.port, "dbname": parts.database, "user": parts.user, **parts.more}
    return Server(_shown(parts), tuple((key, value) for key, value in named.items() if value))


class _Unreadable(Exception):  # noqa: N818  # it never leaves this module
    """Why an address can't be read; without a clause, nothing of it looks like one."""

    def __init__(self, clause: str | Sentence = "") -> None:
        super().__init__()
        self.clause = clause if isinstance(clause, Sentence) else Sentence(clause)


class _HasPassword(_Unreadable):
    """It holds a password, or what could be one."""


def _refused(fault: _Unreadable, what: str | Sentence) -> SubctlError:
    if isinstance(fault, _HasPassword):
        return bad_input(N_("{what} must not hold a password."), Sentence(_HOW), what=what)
    forms = Sentence(
        _FORMS,
        {
            "url": f"postgresql://HOST/DATABASE?sslmode={VERIFIED}",
            "socket": "postgresql:///DATABASE?host=/FOLDER",
            "service": "service=NAME",
            "file": "./NAME",
        },
    )
    if not fault.clause.template:
        return bad_input(N_("{what} is neither a file's path nor a server's address."), forms, what=what)
    return bad_input(N_("{what} is no server's address: {fault}."), forms, what=what, fault=fault.clause)


def _parts(text: str) -> _Parts:
    """Take an address to pieces, and decode them; one with a password is refused for that, whatever else is wrong."""
    _refuse_passwords(text)
    found = _ADDRESS.fullmatch(text)
    if not found:
        raise _Unreadable
    if any(sign.isspace() or hidden(sign) for sign in text):
        raise _Unreadable(_UNSEEN)
    if "#" in text:
        raise _Unreadable(N_("it has a #"))
    user, at, place = found["authority"].rpartition("@")
    if "@" in user or (at and not user):
        raise _Unreadable(N_("it has an @ that is in no place for one"))
    if "," in place:
        raise _Unreadable(N_("it names several hosts, which only a service can"))
    host, port = _host_and_port(place)
    query = _query(found["query"])
    for key, value in (("host", host), ("port", port), ("user", user)):
        if value and key in query:
            raise _twice(key)
    folder = query.pop("host", "")
    if folder and not _FOLDER.fullmatch(folder):
        raise _Unreadable(N_("the socket's folder is no path from the root"))
    return _Parts(
        host=host or folder,
        port=port or query.pop("port", ""),
        user=_decoded(user) or query.pop("user", ""),
        database=_decoded(found["database"] or ""),
        more=query,
    )


def _refuse_passwords(text: str) -> None:
    """Refuse what has a password, or may have one, and what is so long that nobody looks for one."""
    before, at, _ = text.partition("://")[2].rpartition("@")
    if at and re.search(r":|%3a", before, re.IGNORECASE):
        raise _HasPassword
    if len(text) > _MOST:
        raise _Unreadable(Sentence(N_("it has more than {most} letters"), {"most": _MOST}))
    if any(_SECRET.search(name) for name in re.findall(r"([^\s?&;=/@:]+)\s*(?:=|%3d)", text, re.IGNORECASE)):
        raise _HasPassword


def _host_and_port(place: str) -> tuple[str, str]:
    bracket = place.rfind("]")
    host, colon, port = place.rpartition(":") if place.rfind(":") > bracket else (place, "", "")
    if colon and not port:
        raise _Unreadable(_PORT)
    found = _HOST.fullmatch(host)
    if host and not (found and (found["six"] is None or _is_six(found["six"]))):
        raise _Unreadable(_NO_HOST)
    return host.strip("[]"), port


def _is_six(address: str) -> bool:
    from ipaddress import IPv6Address

    try:
        IPv6Address(address)
    except ValueError:
        return False
    return True


def _query(text: str | None) -> dict[str, str]:
    """Return the parameters behind the question mark, decoded: each once, and none but those known."""
    found: dict[str, str] = {}
    for pair in text.split("&") if text is not None else ():
        key, equals, value = pair.partition("=")
        if key not in _PARAMETERS or not equals:
            known = ", ".join(_PARAMETERS)
            raise _Unreadable(Sentence(N_("behind the question mark may stand {parameters}"), {"parameters": known}))
        if key in found:
            raise _twice(key)
        if not value:
            raise _Unreadable(Sentence(N_("{parameter} has no value"), {"parameter": key}))
        found[key] = _decoded(value)
    return found


def _twice(key: str) -> _Unreadable:
    return _Unreadable(Sentence(N_("{parameter} is given twice"), {"parameter": key}))


def _decoded(text: str) -> str:
    """Return a piece of an address with its escapes read."""
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise _Unreadable(N_("each percent sign needs two hexadecimal digits behind it"))
    try:
        decoded = unquote_to_bytes(text).decode()
    except UnicodeError:
        raise _Unreadable(N_("what it escapes is no UTF-8")) from None
    if any(map(hidden, decoded)):
        raise _Unreadable(_UNSEEN)
    return decoded


def _check(parts: _Parts) -> None:
    """Refuse pieces that can't be; all of them are decoded."""
    if not parts.host:
        raise _Unreadable(N_("it names no host"))
    if len(parts.host) > _MOST_HOST:
        raise _Unreadable(_NO_HOST)
    if parts.port and not (re.fullmatch(r"[0-9]{1,5}", parts.port) and 0 < int(parts.port) <= _HIGHEST_PORT):
        raise _Unreadable(_PORT)
    if not parts.database:
        raise _Unreadable(N_("it names no database"))
    if not _NAME.fullmatch(parts.database) or len(parts.database.encode()) > _MOST_NAME:
        raise _Unreadable(N_("the database can't be called so"))
    if parts.user and (not _USER.fullmatch(parts.user) or len(parts.user.encode()) > _MOST_NAME):
        raise _Unreadable(N_("the user can't be called so"))
    if parts.more.get("sslmode", VERIFIED) not in _SSLMODES:
        raise _Unreadable(Sentence(N_("sslmode is one of {modes}"), {"modes": ", ".join(_SSLMODES)}))
    for key in _FILES:
        value = parts.more.get(key, "/")
        if not value.startswith("/") and (key, value) != ("sslrootcert", _SYSTEM):
            raise _Unreadable(Sentence(N_("{parameter} is no path from the root"), {"parameter": key}))


def _shown(parts: _Parts) -> str:
    """Return all that is ever printed of an address."""
    database = quote(parts.database, safe="")
    if parts.host.startswith("/"):
        return f"postgresql:///{database}?host={quote(parts.host)}"
    host = f"[{parts.host}]" if ":" in parts.host else parts.host
    return f"postgresql://{host}/{database}"
