"""Files that are almost right: valid catalogs, CSV files and config files, and what can go wrong with them."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

import tomli_w

import subctl
from tests.support.camt import Camt, Entry, Tx

_BUILT_IN = (Path(subctl.__file__).parent / "data" / "catalog.toml").read_text()
_NEXT = _BUILT_IN.replace("valid_from = 2026-01-01", "valid_from = 2026-06-01")
assert _NEXT != _BUILT_IN

_COLUMNS = "id,name,plan,users,zoom,billing,start,renews-on,billed-through,active-users,country,vat-id,address,email"
_NEW = f"""\
{_COLUMNS},reference,payment,iban
berlin,Berlin,pro,12,0,annual,2026-01-01,2026-12-01,2026-11-30,3,DE,DE136695976,"Straße 1, Berlin",a@b.de,PO 7,invoice,
lyon,Lyon,starter,3,,monthly,2026-04-01,,,,FR,,,,,direct-debit,FR1420041010050500013M02606
"""

SEEDS: dict[str, tuple[str, ...]] = {
    "catalog check": (_BUILT_IN, _NEXT),
    "catalog import": (_NEXT,),
    "space import": (_NEW, "id,name,plan,users\nx,X,pro,3\ny,Y,pro,4\n"),
    "apply": ("space,plan,users,zoom,billing\nacme,pro,20,3,\natelier,,12,,annual\n", "space,users\nacme,11\n"),
    "statement": (
        "date,amount,reference,text,name,iban,id\n2026-03-14,-5.00,RF16INV20260001,a,B,NL91ABNA0417164300,1\n",
        "date,amount\n2026-03-14,-1\n",
    ),
    "camt": tuple(
        Camt(kind, version, opening="10.00", closing="5.00").text(
            Entry("5.00", "2026-03-14", "DBIT", ref="B1").of(
                Tx("INV-2026-0001", "2.00", name="Acme", iban="NL91ABNA0417164300"), Tx("b", "3.00", e2e="E2")
            )
        )
        for kind, version in (("053", 8), ("052", 2), ("054", 13))
    ),
    "config": ('store = "{store}"\nspace = "acme"\nformat = "json"\ncolor = "never"\n', 'space = "atelier"\n'),
}
"""What each reader takes; `{store}` is the store's place."""

_TOML = ("catalog check", "catalog import", "config")

_TEXTS = (
    "", " ", "\0", "\n", "\r\n", "\t", "\x1b[2J", "\x7f", "\ufeff", "\u202e", "\u200b", "\u2028", "e\u0301", "漢字",
    "🦊", "١٢", "²", "ß", "İ", "\ud7ff", "\U0010ffff", "x" * 201, "x" * 5000, "4111 1111 1111 1111", "378282246310005",
    "NaN", "inf", "1e309", "-1", "0", "1_000", "0x10", "12,50", "9" * 30, "9" * 5000, "1" + "0" * 18, "2026-02-30",
    "9999-12-31", "0000-00-00", "null", "true", "'", '"', '"""', "'''", "=1+1", "'=1", ",", ";", "../../etc/passwd",
    "/dev/zero", "~no-one/x", "%s", "{}", "[/]", "pro", "acme", "atelier", "annual", "monthly", "Europe",
    "Europe/Amsterdam", "NL", "ZZ", "JPY",
)  # fmt: skip
_BYTES = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\0", b"\n", b"\r", b'"', b"'", b",", b"[", b"]",
          b"{", b"}", b"=", b"#", b"\\", b"\\u0000", b"\\uD800", b"9" * 5000, b"[" * 3000, b"{a=" * 3000, b"\n" * 50,
          b"\xef\xbb\xbf", b"\xff\xfe")  # fmt: skip


def mutated(random: Random, reader: str) -> bytes:
    """Return a valid file of a reader with one to four things wrong with it."""
    text = random.choice(SEEDS[reader])
    content = text.encode()
    if random.random() < 0.6:
        content = (_xml_texts if reader == "camt" else _toml_values if reader in _TOML else _csv_cells)(random, text)
    if random.random() < 0.6:
        for _ in range(random.randint(1, 3)):
            content = random.choice(_MUTATIONS)(random, content)
    return content


_OF_XML = ("true", "CRDT", "BOOK", "&amp;", "&a;", "<!DOCTYPE x>", "<![CDATA[x]]>", "Ntry", "camt.053.001.02")


def _xml_texts(random: Random, text: str) -> bytes:
    """Put something else between two tags, or in the place of one."""
    parts = re.split("([<>])", text)
    place = random.randrange(len(parts))
    parts[place] = random.choice((*_TEXTS, *_OF_XML))
    return "".join(parts).encode()


# --- bytes -------------------------------------------------------------------------------------------------


def _flipped(random: Random, content: bytes) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + bytes(byte ^ (1 << random.randrange(8)) for byte in content[at : at + 1]) + content[at + 1 :]


def _deleted(random: Random, content: bytes) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + content[at + random.choice((1, 1, 2, 10, 100)) :]


def _doubled(random: Random, content: bytes) -> bytes:
    at, length = random.randrange(len(content) + 1), random.choice((1, 10, 100, 1000))
    return content[: at + length] + content[at:]


def _lines_doubled(random: Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    at = random.randrange(len(lines) + 1)
    return b"".join([*lines[:at], *lines[at : at + 1] * random.choice((0, 2, 3)), *lines[at + 1 :]])


def _spliced(random: Random, content: bytes) -> bytes:
    other = random.choice(random.choice(list(SEEDS.values()))).encode()
    return content[: random.randrange(len(content) + 1)] + other[random.randrange(len(other)) :]


def _inserted(random: Random, content: bytes) -> bytes:
    at = random.randrange(len(content) + 1)
    piece = random.choice(_BYTES) if random.random() < 0.5 else random.choice(_TEXTS).encode()
    return content[:at] + piece + content[at:]


def _recoded(random: Random, content: bytes) -> bytes:
    return content.decode(errors="replace").encode(random.choice(("utf-16", "latin-1", "utf-8-sig")), errors="replace")


_MUTATIONS: tuple[Callable[[Random, bytes], bytes], ...] = (
    _flipped,
    _deleted,
    _doubled,
    _lines_doubled,
    _spliced,
    _inserted,
    _recoded,
)


# --- values ------------------------------------------------------------------------------------------------


def _value(random: Random) -> Any:
    """Return a value of any type of TOML: most are of a type that isn't wanted."""
    kinds: tuple[Callable[[], Any], ...] = (
        lambda: random.choice(_TEXTS),
        lambda: random.choice((0, 1, -1, 10**6, 10**6 + 1, 2**31, 2**63 - 1, 2**63, 2**64, 10**30, -(10**30))),
        lambda: random.choice((0.0, -0.0, 1.5, 1e308, float("inf"), float("-inf"), float("nan"))),
        lambda: random.random() < 0.5,
        lambda: date(random.choice((1, 1969, 1970, 2026, 2199, 2200, 9999)), 12, 31),
        lambda: datetime(2026, 6, 1, 12),  # TOML knows times without a zone
        lambda: time(12),
        list,
        dict,
        lambda: [random.choice(_TEXTS), {"x": 1}],
        lambda: {random.choice(_TEXTS): _value(random)},
        lambda: _nested(random.choice((3, 30, 200))),
    )
    return random.choice(kinds)()


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


def _toml_values(random: Random, text: str) -> bytes:
    data = tomllib.loads(text)
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        table = data
        while (inner := [value for value in table.values() if isinstance(value, dict)]) and random.random() < 0.7:
            table = random.choice(inner)
        _spoil(random, table)
    return tomli_w.dumps(data).encode(errors="surrogatepass")


def _spoil(random: Random, table: dict[str, Any]) -> None:
    """Give a key another value, another name, or take it out; or add one."""
    key = random.choice(list(table)) if table else "x"
    verb = random.randrange(6)
    if verb == 0:
        table.pop(key, None)
    elif verb == 1:
        table[random.choice(_TEXTS)] = table.pop(key, 1)
    elif verb == 2:
        table[random.choice((*_TEXTS, "min_users", "max_users", "self_service", "iban"))] = _value(random)
    else:
        table[key] = random.choice(_TEXTS) if verb == 3 else _value(random)


def _csv_cells(random: Random, text: str) -> bytes:
    rows = list(csv.reader(io.StringIO(text)))
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        row = random.choice(rows)
        verb = random.randrange(8)
        if verb == 0 and row:
            row.pop(random.randrange(len(row)))
        elif verb == 1:
            row.insert(random.randrange(len(row) + 1), random.choice(_TEXTS))
        elif verb == 2:
            rows.append(list(row))
        elif verb == 3:
            random.shuffle(rows[0])
        elif row:
            row[random.randrange(len(row))] = random.choice(_TEXTS)
    written = io.StringIO()
    csv.writer(written, lineterminator=random.choice(("\n", "\r\n"))).writerows(rows)
    return written.getvalue().encode(errors="surrogatepass")
