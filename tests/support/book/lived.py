"""Living a story: act by act, both sides compared after each, all billed and recomputed at the end."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.book import around, asking, entering, foreseen, ordering
from tests.support.book.acts import Act, Story
from tests.support.book.agreeing import agree, everything_can_be_read
from tests.support.book.book import Book, Kept
from tests.support.book.fitted import fitted
from tests.support.cli import Cli
from tests.support.files import Files
from tests.support.oracle import timeline
from tests.support.oracle.calendar import DAY, months_before, next_first
from tests.support.oracle.catalogs import in_force_on, known_from, to_come

if TYPE_CHECKING:
    from tests.support.databases import Databases

_MORE = timedelta(400)

MEMORY = Path("/dev/shm")
"""A store in memory: on a disk most of the time is waiting for it."""

_OF_A_CONTRACT = {
    "change": ordering.order_change,
    "quote": ordering.quote,
    "order": ordering.order_quote,
    "cancel": ordering.cancel,
    "withdraw": ordering.withdraw,
    "correct": asking.correct,
    "move": around.move,
    "customer": around.set_customer,
    "forecast": foreseen.look_forward,
    "compare": foreseen.look_aside,
}


def live(
    story: Story,
    keeper: Databases | None = None,
    *,
    showing: bool = False,
    then: Callable[[Book], None] | None = None,
) -> Counter[str]:
    """Live a story on a store of its own, in memory or where `keeper` has it; return what was met.

    It raises where the two sides differ. `then` is shown the book of the whole life before it is gone.
    """
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        met = Counter[str]()
        book = Book(Cli(Path(place), keeper or Files(Path(place))), story, met, showing=showing)
        for act in story.acts:
            agree(book, _act(book, act))
        _end(book)
        if then:
            then(book)
        met["lives"] += 1
        return met


def _end(book: Book) -> None:
    """Look at everything once more, bill all that is due in a year, and recompute the whole book."""
    book.look_at_papers()
    everything_can_be_read(book)
    late = book.met["issued late"]
    book.day += _MORE
    around.bill(book, None)
    book.met["issued late"] = late  # nearly all of this run are
    agree(book)
    book.look_at_papers()
    book.check()


def _act(book: Book, act: Act) -> Kept | None:
    """Let the days pass, then let it happen, and return the one contract that it concerned, if it was one alone.

    What needs a contract waits for the first one.
    """
    kept = _whom(book, act)
    book.day = _later(book, kept, act)
    act = act if "as_drawn" in act.how else fitted(act, known_from(book.known, book.day))
    match act.what:
        case "enter":
            entering.enter(book, act)
        case "import":
            around.import_catalog(book, act)
        case "drop":
            around.drop_catalog(book, act)
        case "bill":
            around.bill(book, kept.space if kept and "one" in act.how else None)
        case "remind":
            asking.remind(book, kept if "one" in act.how else None)
        case "apply" if kept:
            ordering.apply(book, act)
        case "stranger" if kept:
            around.stranger(book, kept)
        case "backwards" if kept:
            around.backwards(book, kept)
        case _ if kept and act.what in _OF_A_CONTRACT:
            _OF_A_CONTRACT[act.what](book, kept, act)
            return kept
    return None


def _whom(book: Book, act: Act) -> Kept | None:
    """Return the contract that is meant: one that goes on, if there is any, except now and then."""
    going = list(book.living()) if act.place else []
    among = going or list(book.kept.values())
    return among[act.place % len(among)] if among else None


def _later(book: Book, kept: Kept | None, act: Act) -> date:
    """Return the day after a wait; words name the days around which the rules turn."""
    day, wait = book.day, act.wait
    if isinstance(wait, int):
        return day + timedelta(wait)
    if kept is None:
        return day
    life = kept.life
    boundary = timeline.period_holding(life.steps, life.first, day)[1]
    saved = kept.quotes[-1 - act.pick % len(kept.quotes)] if kept.quotes else None
    word, _, side = wait.partition("-")
    target = {
        "first": next_first(day),
        "boundary": boundary,
        "near": boundary - timedelta(10),
        "notice": months_before(boundary, in_force_on(life.catalogs, day).notice),
        "step": min((step.start for step in life.steps if step.start > day), default=boundary),
        "catalog": min((catalog.valid_from for catalog in to_come(life.catalogs, day)), default=boundary),
        "end": life.end or boundary,
        "valid": saved.read.valid_until if saved else boundary,
    }[word]
    return max(day, target - DAY if side == "eve" else target + DAY if side == "past" else target)
