"""apply: all is worked out while nothing is locked, placed as single orders are, and anew where others came first."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.results.apply import Applied
from subctl.results.change import ShownChange
from subctl.service import administrators, apply, billing, catalog_import, change, spaces
from subctl.service.catalogs import built_in, read_catalog_file
from subctl.service.check.whole import check
from subctl.service.session import Session, reading, writing
from subctl.service.text_file import text_file
from subctl.service.worked_out import WorkedOut
from tests.support import callers
from tests.support.cli import Cli
from tests.support.random_books import ENTERED, caller, random_book

DAY = ENTERED + timedelta(days=30)


def wishes(seed: int) -> list[apply.Wanted]:
    """Want something of three in four spaces: more or less, other plans and ways to pay, or what is so already."""
    chance = random.Random(seed)
    wanted = []
    for place in range(80):
        wish = Wish(
            plan=chance.choice((None, None, "pro", "starter")),
            users=chance.choice((None, chance.randint(1, 9))),
            licences=chance.choice(((), (("zoom", chance.randint(0, 2)),))),
            billing=chance.choice((None, None, None, "monthly", "annual")),
        )
        if chance.random() < 0.75:
            wanted.append(apply.Wanted(place + 2, f"s{place:03d}", wish))
    return wanted


def one_by_one(cli: Cli, wanted: list[apply.Wanted]) -> list[ShownChange]:
    """Order each as a single order is placed, all in one transaction; leave out what is refused."""
    shown = []
    with writing(caller(cli, "apply", DAY)) as session:
        for row in wanted:
            try:
                shown.append(change.execute(session, change.decide(session, row.space, row.wish)))
            except SubctlError:
                continue
    return shown


def between(meanwhile: Callable[[], object], times: int = 1) -> Callable[[int, int], None]:
    """Do something, up to so many times, when all is worked out and nothing is placed yet."""
    left = [meanwhile] * times

    def progress(done: int, total: int) -> None:
        if done == total and left:
            left.pop()()

    return progress


def applying(
    cli: Cli,
    wanted: list[apply.Wanted],
    meanwhile: Callable[[], object] | None = None,
    *,
    keep_going: bool = False,
    shown: Applied | None = None,
    times: int = 1,
) -> Applied:
    """Apply what is wanted; as often as it is worked out, up to so many times, do something before it is placed."""
    who, progress = caller(cli, "apply", DAY), between(meanwhile, times) if meanwhile else None
    return apply.apply(who, wanted, WorkedOut(), keep_going=keep_going, shown=shown, progress=progress)


@pytest.fixture(params=[1, 7, 500])
def at_once(request, monkeypatch) -> None:
    monkeypatch.setattr(apply, "AT_ONCE", request.param)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.usefixtures("at_once")
def test_what_is_applied_is_what_single_orders_would_be(cli, seed):
    """pricing.md 4, 7: every row, seal, sum and hash, however many are worked out at once."""
    random_book(cli, seed)
    wanted = wishes(seed)
    before = cli.bytes
    expected = one_by_one(cli, wanted)
    alone = cli.tables()
    cli.put(before)
    applied = applying(cli, wanted, keep_going=True)
    assert cli.tables() == alone
    assert list(applied.changes) == expected
    assert len(applied.failed) == len(wanted) - len(expected)


FEW = [apply.Wanted(2, "s001", Wish(users=11)), apply.Wanted(3, "s003", Wish(users=12))]


def ordering(cli: Cli, space: str, users: int) -> Callable[[], object]:
    """Return another's order."""
    return lambda: change.order_change(caller(cli, "upgrade", DAY), space, Wish(users=users))


def users_of(cli: Cli, *names: str) -> list[int]:
    with reading(caller(cli, "show", DAY)) as session:
        return [session.load(name)[1].current.users for name in names]


def same_as_after(cli: Cli, meanwhile: Callable[[], object], wanted: list[apply.Wanted]) -> None:
    """What others do before the orders are placed is as if they had done it before all."""
    before = cli.bytes
    meanwhile()
    applying(cli, wanted)
    after = cli.tables()
    cli.put(before)
    applying(cli, wanted, meanwhile)
    assert cli.tables() == after


@pytest.mark.parametrize("space", ["s005", "s003"], ids=["another space", "a space of the file"])
def test_others_order_while_it_is_worked_out(cli, space):
    """Nothing is locked then: their order is there, its numbers before ours, and ours rest on what it left."""
    random_book(cli, 4)
    same_as_after(cli, ordering(cli, space, 10), FEW)
    assert users_of(cli, space, "s001") == [12 if space == "s003" else 10, 11]


@pytest.mark.parametrize("most", [0, 1000], ids=["all again", "those that moved anew"])
def test_a_bill_run_meanwhile_counts(cli, monkeypatch, most):
    """Where it moved many contracts all are worked out again, else those under the lock."""
    monkeypatch.setattr(apply, "MOST_ANEW", most)
    random_book(cli, 4)
    same_as_after(cli, lambda: billing.bill(caller(cli, "bill", DAY), None), FEW)


@pytest.mark.parametrize("times", [apply.TRIES - 1, apply.TRIES])
def test_who_orders_all_the_time_does_not_stop_it(cli, monkeypatch, times):
    """At last all are worked out where nobody can come between."""
    monkeypatch.setattr(apply, "MOST_ANEW", 0)
    random_book(cli, 4)
    users = iter(range(20, 30))

    def order():
        ordering(cli, "s001", next(users))()

    applying(cli, FEW, order, times=times)
    assert (next(users), users_of(cli, "s001", "s003")) == (20 + times, [11, 12])


def test_a_day_that_has_moved_counts(cli):
    """pricing.md 2: the orders are of the day on which they are placed."""
    random_book(cli, 4)
    later = DAY + timedelta(days=1)
    sandbox = caller(cli, "apply", DAY)._replace(today=None)
    ordering(cli, "s005", 10)()

    def move():
        change.order_change(caller(cli, "upgrade", later), "s007", Wish(users=9))

    applied = apply.apply(sandbox, FEW, WorkedOut(), keep_going=False, progress=between(move))
    assert {shown.change.day for shown in applied.changes} == {later} == {applied.day}


def test_a_catalog_that_came_meanwhile_counts(cli):
    """pricing.md 5: all is worked out by the catalogs that are known when it is placed."""
    random_book(cli, 4)
    later = built_in().decode().replace("2026-01-01", "2026-06-01").replace('"10.00"', '"12.00"')
    (cli.home / "later.toml").write_text(later)

    def bring():
        file = read_catalog_file(text_file(str(cli.home / "later.toml")))
        catalog_import.import_(caller(cli, "catalog import", DAY), file)

    same_as_after(cli, bring, FEW)


@pytest.mark.parametrize("keep_going", [False, True])
def test_a_space_that_may_not_be_changed_any_more_is_refused_under_the_lock(cli, keep_going):
    """With all that was placed before it; or named, and the others placed."""
    random_book(cli, 4)

    def lock():
        spaces.set_space(caller(cli, "space set", DAY), "s003", spaces.Details(locked=True))

    if keep_going:
        applied = applying(cli, FEW, lock, keep_going=True)
        assert [(each.line, each.space, each.error.code) for each in applied.failed] == [(3, "s003", "contact_support")]
        assert users_of(cli, "s001") == [11]
        return
    had = users_of(cli, "s001", "s003")
    with pytest.raises(SubctlError) as refused:
        applying(cli, FEW, lock)
    assert (refused.value.code, users_of(cli, "s001", "s003")) == ("contact_support", had)


@pytest.mark.parametrize("space", ["s003", "s005"])
def test_what_was_agreed_to_is_placed_or_refused(cli, space):
    """Where others moved a space of the file between the preview and its place, nothing is ordered."""
    random_book(cli, 4)
    shown = apply.preview_apply(caller(cli, "apply", DAY), FEW, WorkedOut(), keep_going=False)
    had = users_of(cli, "s001")
    if space == "s005":
        assert applying(cli, FEW, ordering(cli, space, 10), shown=shown).changed == 2
        return
    with pytest.raises(SubctlError) as refused:
        applying(cli, FEW, ordering(cli, space, 10), shown=shown)
    assert (refused.value.code, users_of(cli, "s001", "s003")) == ("quote_stale", [*had, 10])


def test_a_file_without_rows_is_looked_at_all_the_same(cli):
    """Who may not order is refused, whatever the file has; and nothing is written."""
    random_book(cli, 4)
    before = cli.tables()
    assert list(applying(cli, []).changes) == []
    assert cli.tables() == before


def test_whose_right_is_taken_away_meanwhile_orders_nothing(cli):
    """safety.md: the right is looked at once more where his orders are placed."""
    random_book(cli, 4)
    for space in ("s001", "s003"):
        administrators.add(caller(cli, "admin add", DAY), "daemon", space)
    before = cli.tables("history")
    he = callers.caller(cli, "apply", DAY.isoformat(), account="daemon")
    meanwhile = between(lambda: administrators.remove(caller(cli, "admin remove", DAY), "daemon", "s003"))
    with pytest.raises(SubctlError) as refused:
        apply.apply(he, FEW, WorkedOut(), keep_going=False, progress=meanwhile)
    administrators.add(caller(cli, "admin add", DAY), "daemon", "s003")
    assert (refused.value.code, cli.tables("history")) == ("not_administrator", before)


def test_a_space_whose_history_says_nothing_of_it_counts(cli):
    """What is kept of each space is looked at: on a server one might note his order under another of his spaces."""
    random_book(cli, 4)
    noted = Session.noted

    def elsewhere(session, space, detail):
        return noted(session, "s005" if space == "s003" else space, detail)

    def order():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Session, "noted", elsewhere)
            ordering(cli, "s003", 10)()

    same_as_after(cli, order, FEW)
    assert list(check(caller(cli, "check", DAY)).problems) == []


def test_a_store_that_was_brought_back_meanwhile_counts(cli):
    """Its history isn't that on which all was worked out, though it may be as long."""
    random_book(cli, 4)
    kept = cli.bytes
    ordering(cli, "s005", 10)()
    applying(cli, FEW, lambda: cli.put(kept))
    assert users_of(cli, "s001", "s003") == [11, 12]
    assert users_of(cli, "s005") != [10]
    assert list(check(caller(cli, "check", DAY)).problems) == []
