"""Documents as a space's administrator could write them with psql, each with one thing that no reader could take.

Were one of them taken, whoever lists or bills all spaces would stumble over it for ever: no document is ever changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

DAY = "2026-05-15"
Form = dict[str, Any]

LINE = {
    "item": "users",
    "before": None,
    "after": {"name": "pro", "title": "Pro", "number": 1, "rate": 0},
    "quantity": 1,
    "rate": 0,
    "per": "month",
    "period": {"start": DAY, "end": DAY},
    "months": {"whole": 1, "days": 0, "of": 0},
    "amount": 0,
}
VAT = {"category": "S", "rate": 0, "country": "NL", "seller_vat_id": None, "vat_id": None, "exempt": None}
WORDS = {"lines": ["Pro"], "vat": None, "language": "en"}
ALL_WORDS = {"due_now": [WORDS], "catch_up": []}
LINES: Form = {"v": 2, "lines": [LINE], "vat": VAT}
DRAFT = {"kind": "recurring", "date": DAY, "period": LINE["period"], "lines": [LINE], "vat": VAT}
STATE = {"plan": "pro", "users": 1, "licences": {"zoom": 0}, "billing": "monthly"}
FEE = {"amount": 0, "per": "month"}
STEP = {**STATE, "start": DAY, "anchor": None, "rates": {"user": 0, "licences": {"zoom": 0}}}
BEFORE: Form = {"v": 2, "billed_until": DAY, "end": None, "steps": [STEP]}
NO_DAYS: dict[str, str | None] = dict.fromkeys(("available_from", "price_from", "free_until", "renews_on"))
CHANGE: Form = {
    "v": 2,
    "change": {
        "kind": "upgrade",
        "date": DAY,
        "before": STATE,
        "after": STATE,
        "before_fee": FEE,
        "after_fee": FEE,
        "compared": {"before": 0, "after": 0, "per": "month"},
        "licences": ["zoom"],
        "currency": "EUR",
        **NO_DAYS,
        "catch_up": [],
        "due_now": DRAFT,
        "next_invoice": None,
        "rule": None,
    },
    "issued": ["INV-2026-0001"],
}
END = {"v": 2, "cancellation": {"date": DAY, "last_day": DAY, "currency": "EUR", "catch_up": []}, "issued": []}

SOUND: dict[str, Any] = {
    "snapshot": BEFORE,
    "change": CHANGE,
    "cancellation": END,
    "lines": LINES,
    "words": WORDS,
    "all words": ALL_WORDS,
}
"""A document of each form that there is."""

FREE = {"item", "name", "title", "plan", "rule", "seller_vat_id", "vat_id", "exempt", "vat"}
"""What may hold any text."""

NULLABLE = {
    *("end", "anchor", "rates", "compared", "due_now", "next_invoice", "rule", "last_day", "before", *NO_DAYS),
    *("country", "seller_vat_id", "vat_id", "exempt", "vat"),
}
EMPTY = {"catch_up", "issued", "licences", "due_now"}
"""Lists that may have nothing in them, of which `lines` is one in what documents say."""

DEEP: Any = []
for _ in range(600):
    DEEP = [DEEP]
ODD: tuple[Any, ...] = (
    *(None, True, [], {}, [[1]], {"more": []}, DEEP, 1.5, -(10**16), 10**16, 10**4000, 1e300, "\x00", "\ud800"),
    *("\x1b[2J", "\u202e", "x" * 10_001, "2026-02-30", "2026-5-1", "0001-01-01", "xx", "XXX", "INV-1", "7"),
)
"""What may stand in the place of anything."""


def wrong(name: str) -> Iterator[tuple[str, Any]]:
    """Yield a document of a form with one thing that is wrong, and what that is, again and again."""
    sound = SOUND[name]
    for path in _paths(sound):
        there, where = _at(sound, path), "/".join(map(str, path))
        for odd in ODD:
            if not _may_stand(name, path, there, odd):
                yield f"{where} = {str(odd)[:12]!r}", _with(sound, path, odd)
        if isinstance(there, dict) and there != ALL_WORDS:
            for key in there if path[-1:] != ("licences",) else ():
                yield f"{where} lacks {key}", _with(sound, path, {each: there[each] for each in there if each != key})
            yield f"{where} has more", _with(sound, path, {**there, "more": [1]})


def _paths(form: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    pairs = form.items() if isinstance(form, dict) else enumerate(form) if isinstance(form, list) else ()
    for key, each in pairs:
        yield from _paths(each, (*path, key))


def _at(form: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        form = form[key]
    return form


def _with(form: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a document with another value at a path."""
    if not path:
        return value
    key, *rest = path
    found = _with(form[key], tuple(rest), value)
    return {**form, key: found} if isinstance(form, dict) else [*form[:key], found, *form[key + 1 :]]


def _may_stand(name: str, path: tuple[Any, ...], there: Any, odd: Any) -> bool:
    """Tell whether a value is as good as the one that is there."""
    key = path[-1] if path else name
    named = next((step for step in reversed(path) if isinstance(step, str)), name)
    words = "words" in name and named == "lines"
    if odd is None:
        return named in NULLABLE and not isinstance(key, int)
    if isinstance(there, list):
        return odd == [] and (key in EMPTY or words)
    if isinstance(odd, str) and odd in ("2026-02-30", "2026-5-1", "0001-01-01", "xx", "XXX", "INV-1", "7"):
        return key in FREE or words or (named == "licences" and isinstance(key, int))
    return (odd == {} and key == "licences") or (name == key == "all words" and odd in ({}, {"more": []}))
