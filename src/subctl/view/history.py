"""What the history tells of each change, in sentences; what it keeps is never reworded.

An action that isn't here, or notes more than was known here, is told by the keys that were kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from subctl.domain.text import counted
from subctl.results.lists import HistoryItem
from subctl.view import words
from subctl.view.countries import country

Detail = Mapping[str, Any]

_OTHER_FORM = (AttributeError, KeyError, TypeError, ValueError)
"""What comes of a detail in a form that its sentence doesn't know: another version wrote it, or another hand."""


class _Telling(NamedTuple):
    """How an action is told, and the keys of its detail that are told by it."""

    keys: tuple[str, ...]
    tell: Callable[[Detail, HistoryItem], str]


def told(item: HistoryItem) -> str:
    """Tell what an entry did, from what to what, and with which documents; of a refusal why."""
    detail: Detail = item.detail
    keys, tell = _REFUSED if "refused" in detail else TELLINGS.get(item.action, _UNKNOWN)
    try:
        said = tell(detail, item)
    except _OTHER_FORM:
        keys, said = (), ""
    more = {key: value for key, value in detail.items() if key not in keys}
    remarks = [remark for key, value, remark in _REMARKS if more.get(key) == value and more.pop(key)]
    return " ".join(filter(None, (said, *remarks, _kept(more))))


_REMARKS = (("vies", "not checked", "VIES was not asked."), ("as_support", True, "Done as support."))
"""What may be noted beside any change."""


def _kept(detail: Detail) -> str:
    """Tell what was kept by its keys: `invoice INV-2026-0001, users 10 → 20`."""
    before, after = (_facts(detail.get(key)) for key in ("before", "after"))
    parts = [f"{key} {_flat(value)}" for key, value in detail.items() if key not in ("before", "after") and value]
    parts += [f"{key} {_flat(before.get(key))} → {_flat(after[key])}" for key in after if before.get(key) != after[key]]
    return ", ".join(parts)


def _facts(state: object) -> dict[str, object]:
    """Return what a state is made of, each kind of licence under its name: `zoom` stands in it twice."""
    pairs = state.items() if isinstance(state, dict) else ()
    return {
        name: fact
        for key, value in pairs
        for name, fact in (value.items() if isinstance(value, dict) else ((key, value),))
    }


def _flat(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key} {_flat(each)}" for key, each in value.items())
    if isinstance(value, list):
        return " ".join(map(_flat, value)) or "–"
    return "–" if value is None else ", ".join(str(value).splitlines())


# --- the store, its catalogs and administrators --------------------------------------------------------------


def _refused(detail: Detail, item: HistoryItem) -> str:
    message = " ".join(detail["message"].split())
    return f"subctl {item.action} was refused, {detail['refused']}: {message}"


def _init(detail: Detail, _: HistoryItem) -> str:
    return f"Made the store, with the catalog {detail['catalog']}."


def _migrated(detail: Detail, _: HistoryItem) -> str:
    return f"Brought the store from schema {detail['from']} to schema {detail['to']}."


def _imported(detail: Detail, _: HistoryItem) -> str:
    catalog, valid_from = detail["catalog"], detail["valid_from"]
    place = "in place of the first one" if detail.get("first") else f"in force from {valid_from}"
    return f"Imported the catalog {catalog}, {place}."


def _dropped(detail: Detail, _: HistoryItem) -> str:
    return f"Dropped the catalog {detail['dropped']}, which was to be in force from {detail['valid_from']}."


def _administrator(verb: str, key: str) -> Callable[[Detail, HistoryItem], str]:
    def tell(detail: Detail, item: HistoryItem) -> str:
        return f"{verb} {detail[key]} (uid {detail['uid']}) as an administrator of {item.space or 'the store'}."

    return tell


# --- spaces --------------------------------------------------------------------------------------------------


def _added(detail: Detail, _: HistoryItem) -> str:
    state = detail["added"]
    seats = words.seats(state["users"], _licences(state), state.get("active_users"))
    return f"Added with {state['plan']}, {seats}, {words.on_billing(state['billing'])}."


def _spaces(detail: Detail, _: HistoryItem) -> str:
    return f"Added {counted(detail['spaces'], 'space')}."


_CALLED = {
    "vat_id": "VAT number",
    "email": "e-mail",
    "iban": "account",
    "legal_id": "legal ID",
    "e_invoice": "e-invoices",
    "payment": "paid by",
    "locked": "managed by",
}
"""What details of a space are called where their key isn't a word."""

_SHOWN: dict[str, Callable[[Any], str]] = {
    "country": country,
    "locked": lambda locked: "support" if locked else "its administrators",
    "payment": lambda payment: {"invoice": "transfer"}.get(payment, payment.replace("-", " ")),
}


def _set(detail: Detail, _: HistoryItem) -> str:
    before, after = detail["before"], detail["after"]
    changes = [_change(key, before.get(key), now) for key, now in after.items() if before.get(key) != now]
    default = ["Made it the default space."] if detail.get("default") else []
    return " ".join([*([f"Changed: {'; '.join(changes)}."] if changes else []), *default])


def _change(key: str, old: object, new: object) -> str:
    shown = _SHOWN.get(key, _flat)
    return f"{_CALLED.get(key, key.replace('_', ' '))} {_or_none(shown, old)} → {_or_none(shown, new)}"


def _or_none(shown: Callable[[Any], str], value: object) -> str:
    return "–" if value is None else shown(value)


def _mandated(detail: Detail, _: HistoryItem) -> str:
    name, scheme, account = detail["mandate"], detail["scheme"], detail["iban"]
    return f"Added the mandate {name} ({scheme}) for the account {account}, signed on {detail['signed']}."


def _mandate_ended(detail: Detail, _: HistoryItem) -> str:
    return f"Ended the mandate {detail['ended']}."


# --- quotes, orders, invoices --------------------------------------------------------------------------------


def _quoted(detail: Detail, _: HistoryItem) -> str:
    return f"Saved {detail['quote']}."


def _ordered(detail: Detail, _: HistoryItem) -> str:
    before, after = detail["before"], detail["after"]
    had, has = _licences(before), _licences(after)
    pairs = [
        *((key, before[key], after[key]) for key in ("plan", "users")),
        *((f"{words.licence(kind)} licences", had.get(kind, 0), number) for kind, number in has.items()),
        ("billing", before["billing"], after["billing"]),
        ("fee", *_fees(before, after)),
    ]
    changes = [f"{key} {old} → {new}" for key, old, new in pairs if old != new]
    return f"Ordered {detail['order']}: {', '.join(changes)}.{_issued(detail['issued'])}"


def _licences(state: Detail) -> dict[str, int]:
    """Return the licences of a state, kept as pairs or by kind; the first entries have the one kind there was."""
    return dict(state["licences"] if "licences" in state else {"zoom": state["zoom"]})


def _fees(before: Detail, after: Detail) -> tuple[str, str]:
    """Return both fees; what they are for is said once where it stays."""
    was, now = f"{before['fee']} a {before['fee_per']}", f"{after['fee']} a {after['fee_per']}"
    return (before["fee"] if was != now and before["fee_per"] == after["fee_per"] else was), now


def _issued(numbers: Iterable[str]) -> str:
    *others, last = ["", *numbers]
    named = ", ".join(filter(None, others))
    return f" Issued {named}{' and ' if named else ''}{last}." if last else ""


def _cancelled(detail: Detail, _: HistoryItem) -> str:
    last = detail["last_day"]
    end = f"the last day is {last}" if last else "it never starts"
    return f"Cancelled with {detail['order']}: {end}.{_issued(detail['issued'])}"


def _withdrawn(detail: Detail, _: HistoryItem) -> str:
    credit_note = detail["credit_note"]
    return f"Withdrew {detail['withdrawn']}{f', credited by {credit_note}' if credit_note else ''}."


def _billed(detail: Detail, _: HistoryItem) -> str:
    contracts = counted(detail["contracts"], "contract")
    if not detail["numbers"]:
        return f"Moved {contracts} on, with nothing to invoice."
    first, last = detail["numbers"]
    numbers = first if first == last else f"{first} to {last}"
    return f"Issued {counted(detail['invoices'], 'invoice')} for {contracts}: {numbers}."


_UNKNOWN = _Telling((), lambda *_: "")
_REFUSED = _Telling(("refused", "message"), _refused)
_ORDER = _Telling(("order", "before", "after", "issued"), _ordered)
TELLINGS = {
    "init": _Telling(("catalog",), _init),
    "migrate": _Telling(("from", "to"), _migrated),
    "catalog import": _Telling(("catalog", "valid_from", "first"), _imported),
    "catalog drop": _Telling(("dropped", "valid_from"), _dropped),
    "admin add": _Telling(("added", "uid"), _administrator("Added", "added")),
    "admin remove": _Telling(("removed", "uid"), _administrator("Removed", "removed")),
    "space add": _Telling(("added",), _added),
    "space import": _Telling(("spaces",), _spaces),
    "space set": _Telling(("before", "after", "default"), _set),
    "mandate add": _Telling(("mandate", "signed", "scheme", "iban"), _mandated),
    "mandate end": _Telling(("ended",), _mandate_ended),
    "quote": _Telling(("quote",), _quoted),
    **dict.fromkeys(("order", "upgrade", "downgrade", "apply"), _ORDER),
    "cancel": _Telling(("order", "last_day", "issued"), _cancelled),
    "withdraw": _Telling(("withdrawn", "credit_note"), _withdrawn),
    "bill": _Telling(("contracts", "invoices", "numbers"), _billed),
}
"""How each action is told, by its name in the history."""
