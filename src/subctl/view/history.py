"""What the history tells of each change, in sentences; what it keeps is never reworded.

An action that isn't here, or notes more than was known here, is told by the keys that were kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.results.lists import HistoryItem
from subctl.view import codes, words
from subctl.view.countries import country
from subctl.view.language import _, ngettext
from subctl.view.payment_history import COLLECTED, PAID, REMINDED, collected, paid, reminded

Detail = Mapping[str, Any]

_OTHER_FORM = (ArithmeticError, AttributeError, LookupError, SubctlError, TypeError, ValueError)
"""What comes of a detail in a form that its sentence doesn't know: another version wrote it, or another hand."""


class _Telling(Record):
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
    remarks = [_(remark) for key, value, remark in _REMARKS if more.get(key) == value and more.pop(key)]
    return " ".join(filter(None, (said, *remarks, _kept(more))))


_REMARKS = (("vies", "not checked", N_("VIES was not asked.")), ("as_support", True, N_("Done as support.")))
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
    told = _("subctl {action} was refused, {code}: {message}")
    return told.format(action=item.action, code=detail["refused"], message=message)


def _init(detail: Detail, _item: HistoryItem) -> str:
    return _("Made the store, with the catalog {catalog}.").format(catalog=detail["catalog"])


def _migrated(detail: Detail, _item: HistoryItem) -> str:
    told = _("Brought the store from schema {before} to schema {after}.")
    return told.format(before=detail["from"], after=detail["to"])


def _imported(detail: Detail, _item: HistoryItem) -> str:
    if detail.get("first"):
        told = _("Imported the catalog {catalog}, in place of the first one.")
    else:
        told = _("Imported the catalog {catalog}, in force from {day}.")
    return told.format(catalog=detail["catalog"], day=words.kept_day(detail["valid_from"]))


def _dropped(detail: Detail, _item: HistoryItem) -> str:
    told = _("Dropped the catalog {catalog}, which was to be in force from {day}.")
    return told.format(catalog=detail["dropped"], day=words.kept_day(detail["valid_from"]))


def _administrator_added(detail: Detail, item: HistoryItem) -> str:
    told = _("Added {account} as an administrator of the store.")
    if item.space:
        told = _("Added {account} as an administrator of {space}.")
    return told.format(account=_account(detail["added"], detail["uid"]), space=item.space)


def _administrator_removed(detail: Detail, item: HistoryItem) -> str:
    told = _("Removed {account} as an administrator of the store.")
    if item.space:
        told = _("Removed {account} as an administrator of {space}.")
    return told.format(account=_account(detail["removed"], detail["uid"]), space=item.space)


def _account(name: str, uid: int | None) -> str:
    return name if uid is None else f"{name} (uid {uid})"


# --- spaces --------------------------------------------------------------------------------------------------


def _added(detail: Detail, _item: HistoryItem) -> str:
    state = detail["added"]
    seats = words.seats(state["users"], _licences(state), state.get("active_users"))
    told = _("Added with {plan}, {seats}, {on_billing}.")
    return told.format(plan=state["plan"], seats=seats, on_billing=codes.on_billing(state["billing"]))


def _spaces(detail: Detail, _item: HistoryItem) -> str:
    number = detail["spaces"]
    return ngettext("Added {number} space.", "Added {number} spaces.", number).format(number=words.count(number))


_CALLED = {
    "name": N_("name"),
    "country": N_("country"),
    "address": N_("address"),
    "street": N_("street"),
    "postcode": N_("postcode"),
    "city": N_("city"),
    "vat_id": N_("VAT number"),
    "email": N_("e-mail"),
    "phone": N_("phone"),
    "contact": N_("contact"),
    "reference": N_("reference"),
    "buyer_reference": N_("buyer reference"),
    "legal_id": N_("legal ID"),
    "endpoint": N_("endpoint"),
    "e_invoice": N_("e-invoices"),
    "language": N_("language"),
    "payment": N_("paid by"),
    "iban": N_("account"),
    "mandate": N_("mandate"),
    "active_users": N_("active users"),
    "locked": N_("managed by"),
}
"""What details of a space are called; one of a later version by its key."""

_SHOWN: dict[str, Callable[[Any], str]] = {
    "country": country,
    "locked": lambda locked: _("support") if locked else _("its administrators"),
    "payment": codes.payment,
}


def _set(detail: Detail, _item: HistoryItem) -> str:
    before, after = detail["before"], detail["after"]
    changes = [_change(key, before.get(key), now) for key, now in after.items() if before.get(key) != now]
    told = [_("Changed: {changes}.").format(changes=_("; ").join(changes))] if changes else []
    return " ".join([*told, *([_("Made it the default space.")] if detail.get("default") else [])])


def _change(key: str, old: object, new: object) -> str:
    change = _("{detail} {before} → {after}")
    return change.format(detail=detail_called(key), before=detail_shown(key, old), after=detail_shown(key, new))


def detail_called(key: str) -> str:
    """Return what a detail of a space is called: `VAT number`; one that isn't known here by its key."""
    return _(_CALLED[key]) if key in _CALLED else key.replace("_", " ")


def detail_shown(key: str, value: object) -> str:
    """Return a detail of a space as people read it: a country by its name, and nothing as a dash."""
    return "–" if value is None else _SHOWN.get(key, _flat)(value)


def _mandated(detail: Detail, _item: HistoryItem) -> str:
    return _("Added the mandate {mandate} ({scheme}) for the account {account}, signed on {day}.").format(
        mandate=detail["mandate"],
        scheme=detail["scheme"],
        account=detail["iban"],
        day=words.kept_day(detail["signed"]),
    )


def _mandate_ended(detail: Detail, _item: HistoryItem) -> str:
    return _("Ended the mandate {mandate}.").format(mandate=detail["ended"])


# --- quotes, orders, invoices --------------------------------------------------------------------------------


def _quoted(detail: Detail, _item: HistoryItem) -> str:
    return _("Saved {quote}.").format(quote=detail["quote"])


def _ordered(detail: Detail, _item: HistoryItem) -> str:
    before, after = detail["before"], detail["after"]
    had, has = _licences(before), _licences(after)
    licence, each = _("{detail} {before} → {after}"), words.count
    compared = [
        (_("plan {before} → {after}"), "", before["plan"], after["plan"]),
        (_("users {before} → {after}"), "", each(before["users"]), each(after["users"])),
        *((licence, words.licences(kind), each(had.get(kind, 0)), each(number)) for kind, number in has.items()),
        (_("billing {before} → {after}"), "", codes.billing(before["billing"]), codes.billing(after["billing"])),
        (_("fee {before} → {after}"), "", *_fees(before, after)),
    ]
    changes = [text.format(detail=what, before=old, after=new) for text, what, old, new in compared if old != new]
    ordered = _("Ordered {order}: {changes}.").format(order=detail["order"], changes=", ".join(changes))
    return " ".join([ordered, *_issued(detail["issued"])])


def _licences(state: Detail) -> dict[str, int]:
    """Return the licences of a state, kept as pairs or by kind; the first entries have the one kind there was."""
    return dict(state["licences"] if "licences" in state else {"zoom": state["zoom"]})


def _fees(before: Detail, after: Detail) -> tuple[str, str]:
    """Return both fees; what they are for is said once where it stays."""
    old, new = words.kept_number(before["fee"]), words.kept_number(after["fee"])
    was, now = words.per(old, before["fee_per"]), words.per(new, after["fee_per"])
    return (old if was != now and before["fee_per"] == after["fee_per"] else was), now


def _issued(numbers: Sequence[str]) -> list[str]:
    """Return the sentence about what was issued, where something was."""
    return [_("Issued {invoices}.").format(invoices=words.listed(numbers))] if numbers else []


def _cancelled(detail: Detail, _item: HistoryItem) -> str:
    if last := detail["last_day"]:
        told = _("Cancelled with {order}: the last day is {day}.").format(
            order=detail["order"], day=words.kept_day(last)
        )
    else:
        told = _("Cancelled with {order}: it never starts.").format(order=detail["order"])
    return " ".join([told, *_issued(detail["issued"])])


def _withdrawn(detail: Detail, _item: HistoryItem) -> str:
    told = _("Withdrew {order}.")
    if detail["credit_note"]:
        told = _("Withdrew {order}, credited by {credit_note}.")
    return told.format(order=detail["withdrawn"], credit_note=detail["credit_note"])


def _corrected(detail: Detail, _item: HistoryItem) -> str:
    told = _("Corrected {invoice}: credited by {credit_note}, issued anew as {replacement}.")
    if detail["reason"]:
        told = _("Corrected {invoice}: credited by {credit_note}, issued anew as {replacement}. Reason: {reason}")
    numbers = {key: detail[key] for key in ("credit_note", "replacement", "reason")}
    return told.format(invoice=detail["corrected"], **numbers)


def _billed(detail: Detail, _item: HistoryItem) -> str:
    number = detail["contracts"]
    contracts = ngettext("{number} contract", "{number} contracts", number).format(number=words.count(number))
    if not detail["numbers"]:
        return _("Moved {contracts} on, with nothing to invoice.").format(contracts=contracts)
    first, last = detail["numbers"]
    numbers = first if first == last else _("{first} to {last}").format(first=first, last=last)
    number = detail["invoices"]
    invoices = ngettext("{number} invoice", "{number} invoices", number).format(number=words.count(number))
    told = _("Issued {invoices} for {contracts}: {numbers}.")
    return told.format(invoices=invoices, contracts=contracts, numbers=numbers)


_UNKNOWN = _Telling((), lambda *_: "")
_REFUSED = _Telling(("refused", "message"), _refused)
_ORDER = _Telling(("order", "before", "after", "issued"), _ordered)
TELLINGS = {
    "init": _Telling(("catalog",), _init),
    "migrate": _Telling(("from", "to"), _migrated),
    "catalog import": _Telling(("catalog", "valid_from", "first"), _imported),
    "catalog drop": _Telling(("dropped", "valid_from"), _dropped),
    "admin add": _Telling(("added", "uid"), _administrator_added),
    "admin remove": _Telling(("removed", "uid"), _administrator_removed),
    "space add": _Telling(("added",), _added),
    "space import": _Telling(("spaces",), _spaces),
    "space set": _Telling(("before", "after", "default"), _set),
    "mandate add": _Telling(("mandate", "signed", "scheme", "iban"), _mandated),
    "mandate end": _Telling(("ended",), _mandate_ended),
    "quote": _Telling(("quote",), _quoted),
    **dict.fromkeys(("order", "upgrade", "downgrade", "apply"), _ORDER),
    "cancel": _Telling(("order", "last_day", "issued"), _cancelled),
    "withdraw": _Telling(("withdrawn", "credit_note"), _withdrawn),
    "correct": _Telling(("corrected", "credit_note", "replacement", "reason"), _corrected),
    "bill": _Telling(("contracts", "invoices", "numbers"), _billed),
    "pay": _Telling(PAID, paid),
    "collect": _Telling(COLLECTED, collected),
    "remind": _Telling(REMINDED, reminded),
}
"""How each action is told, by its name in the history."""
