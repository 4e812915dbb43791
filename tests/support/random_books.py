"""Books of random contracts, half of them with orders that wait: what is done to many is compared with one by one."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from subctl.domain.contract import State, Wish
from subctl.domain.errors import SubctlError
from subctl.service import change, init, space_import, space_proof
from subctl.service.caller import Caller
from subctl.service.party import Party
from subctl.service.spaces import NewSpace
from tests.support import callers
from tests.support.build import zooms
from tests.support.cli import Cli

ENTERED = date(2026, 1, 15)


def caller(cli: Cli, command: str, day: date, *, dry_run: bool = False) -> Caller:
    now = datetime(2026, 1, 15, 12, tzinfo=UTC)
    return callers.caller(cli, command, day.isoformat(), now=now, dry_run=dry_run)


def random_space(chance: random.Random, place: int) -> NewSpace:
    billing = chance.choice(("monthly", "annual"))
    start = date(2024, 2, 29) + timedelta(days=chance.randint(0, 800))
    renews_on = None
    if billing == "annual" and start <= ENTERED and chance.random() < 0.5:
        renews_on = ENTERED + timedelta(days=chance.randint(20, 300))
        renews_on = renews_on if renews_on > start + timedelta(days=40) else None
    return NewSpace(
        id=f"s{place:03d}",
        name=f"Customer {place}",
        state=State(chance.choice(("starter", "pro")), chance.randint(1, 4), zooms(chance.randint(0, 1)), billing),
        country=chance.choice(("NL", "BE", "US")),
        party=Party(language=chance.choice((None, "fr", "de"))),
        start=start,
        renews_on=renews_on,
    )


def random_book(cli: Cli, seed: int) -> None:
    """Fill a store with contracts, and change some of them so that steps wait."""
    chance = random.Random(seed)
    init.init(caller(cli, "init", ENTERED), None, sandbox=True, demo=False, replace_old=False)
    who = caller(cli, "space import", ENTERED)
    new = enumerate((random_space(chance, n) for n in range(80)), 2)
    space_import.import_spaces(who, space_proof.prove_spaces(who, new))
    for place in range(0, 80, 2):
        wish = Wish(
            plan=chance.choice((None, "pro")),
            users=chance.choice((None, chance.randint(1, 9))),
            billing=chance.choice((None, None, "monthly", "annual")),
        )
        day = ENTERED + timedelta(days=place // 4)
        try:
            change.order_change(caller(cli, "apply", day), f"s{place:03d}", wish)
        except SubctlError as refused:
            assert refused.code in {"plan_limit", "below_active_users"}  # noqa: PT017  # others would be bugs
