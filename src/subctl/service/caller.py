"""Who calls: on which store, when, by which command; and which day it is for him."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from subctl.domain.catalog import Catalogs
from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.results.words import Wording
from subctl.store.engine import engine_of
from subctl.store.places import Place


class Caller(Record):
    """Who runs which command (by the operating system), on which store, when, and with which day asked for.

    On a server the login role is the `account` and the server's clock is `now`, as soon as it is visited.

    `command` is recorded, `right` (`access`) is what it needs. `now` is aware; `wording` puts what is issued into
    words of a language; `today` is `--today`. `dry_run` computes everything and writes nothing; who is `hurried` rather
    reads nothing than waits (`store_busy`). `tell` says what people should know beside a result.
    """

    store: Place
    uid: int
    account: str
    now: datetime
    command: str
    right: str
    wording: Wording
    today: date | None = None
    dry_run: bool = False
    as_support: bool = False
    hurried: bool = False
    tell: Callable[[Sentence], None] | None = None


def machine_day(caller: Caller, catalogs: Catalogs) -> date:
    """Return today in the seller's time zone, by the machine's clock (pricing.md 2.1)."""
    from zoneinfo import ZoneInfo  # a sandbox has a day of its own and needs none

    roughly = catalogs.at(caller.now.date())
    return caller.now.astimezone(ZoneInfo(roughly.seller.timezone)).date()


def refuse_other_day(day: date, today: date) -> None:
    """Refuse to write a live store on another day than its own (`live_store_clock`)."""
    if day != today:
        raise SubctlError(
            "live_store_clock",
            N_("A live store is written on its own day, {today}, not on {day}."),
            N_("Leave out --today, add --dry-run, or try it in a sandbox: {command}."),
            today=today,
            day=day,
            command="subctl init --sandbox",
        )


def as_maker(caller: Caller, place: Place) -> tuple[Caller, int | None]:
    """Return the caller as he would make a store there, and his uid; on a server he has none (`store_denied`)."""
    role, now = engine_of(place).maker(place)
    return caller._replace(account=role or caller.account, now=now or caller.now), None if role else caller.uid
