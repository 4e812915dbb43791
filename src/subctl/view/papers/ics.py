"""Deadlines as a calendar that programs subscribe to (RFC 5545), by the package icalendar, in its reader's language.

Fetched again, an event is the same one: its UID names the store and the deadline, its version is the contract's. So
nothing here may come from a clock or from chance.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from icalendar import Calendar, Event

from subctl.domain.dates import DAY
from subctl.results.deadlines import DeadlineItem, Deadlines
from subctl.view import codes, words
from subctl.view.language import _, spoken

_END, _LINE_END = b"END:VCALENDAR", b"\r\n"


def make(deadlines: Deadlines, _profile: str | None) -> bytes:
    """Return all deadlines as events of whole days that keep nobody busy."""
    made = Calendar()
    for name, value in {
        "prodid": f"-//subctl//deadlines//{spoken().upper()}",
        "version": "2.0",
        "calscale": "GREGORIAN",
        "x-wr-calname": _("Deadlines"),
    }.items():
        made.add(name, value)
    head, end, _rest = made.to_ical().partition(_END)
    events = (_event(item, deadlines) for item in deadlines.items)  # one at a time: each takes far more than its text
    return b"".join((head, *events, end, _LINE_END))


def _event(item: DeadlineItem, deadlines: Deadlines) -> bytes:
    event = Event()
    for name, fact in _facts(item, deadlines).items():
        event.add(name, fact)
    content: bytes = event.to_ical()
    return content


def _facts(item: DeadlineItem, deadlines: Deadlines) -> dict[str, object]:
    return {
        "uid": f"{deadlines.store}.{item.id}@subctl",
        "dtstamp": datetime.combine(item.changed_on, time(), UTC),
        "sequence": item.version,
        "dtstart": item.day,
        "dtend": item.day + DAY,
        "transp": "TRANSPARENT",
        "summary": _summary(item),
        "description": _description(item, deadlines.currency),
    }


def _summary(item: DeadlineItem) -> str:
    what = codes.deadline(item.kind)
    if item.number is None:
        return _("{space}: {deadline}").format(space=item.name, deadline=what)
    return _("{space}: {deadline} {number}").format(space=item.name, deadline=what, number=item.number)


def _description(item: DeadlineItem, currency: str) -> str:
    """Say what the day means, and which command has more."""
    return f"{_meaning(item, currency)}\nsubctl show {item.number or item.space}"


def _meaning(item: DeadlineItem, currency: str) -> str:
    if item.amount is not None:
        amount = words.money(item.amount, currency)
        return _("{amount} due when it is ordered.").format(amount=amount) if item.kind == "quote" else f"{amount}."
    if item.kind == "downgrade":
        return _("What is reduced by then costs less from {day} on.").format(day=words.day(item.effective))
    if item.kind == "cancel":
        return _cancelled(item)
    return _("The next period begins.") if item.kind == "renewal" else _("From the next day on nothing can be used.")


def _cancelled(item: DeadlineItem) -> str:
    if item.last_day is None:
        return _("Cancelled by then, the contract never starts.")
    return _("Cancelled by then, the contract ends on {day}.").format(day=words.day(item.last_day))
