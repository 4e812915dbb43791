"""Random stories: what is drawn, and how often. Everything follows from the number that the story is told by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.support.book.acts import Act, Details, Entry, Story, Wish
from tests.support.book.files import TOLD, VAT_IDS
from tests.support.oracle.terms import ANNUAL, MONTHLY, Buyer, Catalog, Seller, State, counts

PLANS = ("starter", "pro", "business", "staffed", "own")
KINDS = ("zoom", "viewer", "storage")
SPACES = ("acme", "atelier", "bureau", "cafe")
AWKWARD = ("2024-02-29", "2026-01-31", "2026-02-28", "2026-03-30", "2026-12-31", "2028-02-29")

_RATES = ((100_000, 1_000_000), (120_000, 1_100_000), (180_000, 1_800_000), (279_512, 2_795_037))
_LICENCE_RATES = ((250_000, 2_500_000), (99_900, 999_900), (300_000, 2_900_000))
_FREE = (0, 0)

_OFTEN: Mapping[str, int] = {
    "change": 34,
    "quote": 18,
    "order": 6,
    "withdraw": 8,
    "bill": 8,
    "correct": 4,
    "remind": 5,
    "import": 14,
    "drop": 5,
    "cancel": 6,
    "move": 8,
    "customer": 6,
    "apply": 10,
    "forecast": 5,
    "compare": 6,
    "enter": 5,
    "stranger": 1,
    "backwards": 1,
}
"""What happens, and how often."""

_SOON = (0, 0, 0, 1, 3)
_WORDS = tuple(
    word + eve for word in ("first", "boundary", "notice", "step", "catalog", "valid", "near") for eve in ("", "-eve")
)


def often() -> Mapping[str, int]:
    """Return what happens, and how often."""
    return _OFTEN


def story(number: int) -> Story:
    """Return the story that has this number."""
    return _Drawing(number).story()


class _Drawing:
    """The lots of one story; seller, currency and spaces stay all through it."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)
        self.aside = Random(f"beside {number}")  # what is told beside is no lot of the life
        self.dense = self.chance(2)
        self.digits = self.random.choice((2, 2, 2, 0, 3, 4))
        country = self.random.choice(("NL", "NL", "FR", "MC", "GB", "US"))
        vat_id = None if self.chance(6) else self.usual_vat(country)
        self.home = Seller(country, vat_id, self.random.choice((210_000, 200_000)))

    def chance(self, one_in: int) -> bool:
        return self.random.randrange(one_in) == 0

    @staticmethod
    def usual_vat(country: str) -> str | None:
        return VAT_IDS.get(country, (None,))[0]

    def story(self) -> Story:
        opened = self.day()
        first = self.catalog(opened + timedelta(self.random.randint(-400, 200)), self.home)
        known = [self.import_() for _ in range(self.random.choice((0, 0, 1, 2)))]
        entry = replace(self.enter(0), wait=self.random.choice((0, 0, 1, 40, 200)))
        more = [replace(self.enter(place), wait=self.random.choice(_SOON)) for place in self.some_places()]
        acts = [act for _ in range(self.random.randint(5, 18 if self.dense else 12)) for act in self.some_acts()]
        return Story(opened, first, (*known, entry, *more, *acts))

    def some_places(self) -> range:
        return range(1, self.random.choice((1, 1, 2, 3)))

    def day(self) -> date:
        if self.chance(3):
            return date.fromisoformat(self.random.choice(AWKWARD))
        return date(2024, 1, 1) + timedelta(self.random.randrange(5 * 365))

    def wait(self) -> int | str:
        most = 15 if self.dense else 100
        return self.random.choice(
            (self.random.choice(_SOON), self.random.randint(0, 3), self.random.randint(1, most), self.words())
        )

    def words(self) -> str:
        return self.random.choice((*_WORDS, "end-eve", "end") if self.chance(3) else _WORDS)

    def how(self, **one_in: int) -> frozenset[str]:
        return frozenset(word for word, often in one_in.items() if self.chance(often))

    # --- what there is ------------------------------------------------------------------------------------------

    def users(self) -> int:
        if self.dense:
            return self.random.choice((9, 10, 11, 12))
        return self.random.choice((self.random.randint(8, 12), self.random.randint(1, 30)))

    def catalog(self, valid_from: date, seller: Seller) -> Catalog:
        """A catalog that sells some plans and some kinds of licence, under a notice that may be another."""
        sold = [plan for plan, often in zip(PLANS, (9, 9, 7, 3, 4), strict=True) if self.random.randrange(10) < often]
        kinds = [kind for kind, often in zip(KINDS, (8, 5, 4), strict=True) if self.random.randrange(10) < often]
        sold = sold or ["starter"]
        return Catalog(
            valid_from,
            {plan: _FREE if self.chance(40) else self.random.choice(_RATES) for plan in sold},
            {kind: _FREE if self.chance(40) else self.random.choice(_LICENCE_RATES) for kind in kinds},
            self.random.choice((1, 1, 1, 0, 2, 3)),
            0 if self.dense else self.random.choice((None, None, 0, 0, 2)),
            self.random.choice((30, 30, 60, 5)),
            self.digits,
            seller,
            self.random.choice((14, 30, 0)),
            {plan: self.random.choice(((2, None), (1, 25), (5, 28))) for plan in sold if self.chance(4)},
            frozenset(sold) & {"staffed"},
            {plan: self.random.choice((("acme",), ("atelier", "bureau"))) for plan in sold if plan == "own"},
        )

    def seller(self) -> Seller:
        """The same seller by another catalog: another name or rate, a VAT number that comes or goes (3.3)."""
        vat_id = self.home.vat_id
        if self.chance(5):
            vat_id = None if vat_id else self.usual_vat(self.home.country)
        rate = self.random.choice((self.home.vat_rate, self.home.vat_rate, 190_000, 55_000))
        return replace(self.home, vat_id=vat_id, vat_rate=rate, name=self.random.choice(("Seller", "Seller Ltd")))

    def buyer(self) -> Buyer:
        """Somebody in or outside the EU; a few live where other countries' VAT holds."""
        home = (self.home.country, self.home.country, "NL", "DE", "FR", "MC", "GB", "IM", "US", "GR", "CH")
        country = self.random.choice(home)
        vat_id = self.random.choice(VAT_IDS[country]) if country in VAT_IDS and self.chance(2) else None
        return Buyer(country, vat_id, self.random.choice(("Buyer", "Buyer and Sons")))

    def details(self) -> Details:
        """What else is told of a customer: nothing, or some of all there is."""
        if self.aside.randrange(3) == 0:
            return ()
        return tuple((key, self.aside.choice(ways)) for key, ways in TOLD.items() if self.aside.randrange(2))

    def licences(self) -> dict[str, int]:
        return {kind: self.random.randint(0, 4) for kind in self.random.sample(KINDS, self.random.choice((0, 1, 1, 2)))}

    def wish(self) -> Wish:
        """What a change names: often one thing, sometimes anything, also what isn't sold."""
        anything = {
            "plan": self.random.choice((*PLANS[:3], *PLANS[:3], *PLANS)),
            "users": self.users(),
            "licences": tuple(self.licences().items()),
            "billing": self.random.choice((MONTHLY, ANNUAL)),
        }
        lot = self.random.randrange(4)
        if lot < 2:
            return ((name := ("users", "billing")[lot], anything[name]),)
        return tuple((name, value) for name, value in anything.items() if self.chance(2))

    # --- what happens -------------------------------------------------------------------------------------------

    def some_acts(self) -> tuple[Act, ...]:
        """One of all that can happen, and often what follows: a quote's order, a withdrawal, a drop, a correction."""
        act = self.act()
        following = {"quote": "order", "change": "withdraw", "import": "drop", "move": "correct"}.get(act.what)
        if following is None or self.chance(2):
            return (act,)
        if act.what == "change" and self.chance(4):  # a bill may carry the change before its price starts
            bill = replace(self.act("bill"), wait=self.random.choice(("boundary", "first")), place=act.place)
            return replace(act, wait="near"), bill, replace(self.act(following), wait=1, place=act.place, pick=0)
        between = [self.act() for _ in range(self.random.choice((0, 0, 1, 2)))]
        if act.what == "change" and self.chance(3):  # what it issues is corrected before it is withdrawn
            between += [self.act("move"), self.act("correct")]
        soon = (replace(one, place=act.place, wait=self.random.choice(_SOON)) for one in between)
        return act, *soon, replace(self.act(following), place=act.place, pick=0)

    def act(self, only: str | None = None) -> Act:
        """One of all that can happen, or one of a kind."""
        what = only or self.random.choices(list(_OFTEN), list(_OFTEN.values()))[0]
        place, pick = self.random.randrange(8), self.random.choice((0, 0, 0, 1, 2))
        act = Act(what, self.wait(), place, pick)
        drawn = self.act_of(act)
        return replace(drawn, how=drawn.how | self.how(as_drawn=6))

    def act_of(self, act: Act) -> Act:
        """What is special to a kind of act."""
        special: Mapping[str, Callable[[], Act]] = {
            "change": lambda: replace(act, wish=self.wish(), how=self.how(wrong_way=3, over_again=3, as_support=8)),
            "quote": lambda: replace(act, wish=self.wish(), how=self.how(as_support=8)),
            "order": lambda: replace(act, wait=self.until_ordered(), how=self.how(wrong_sum=5, as_support=8)),
            "withdraw": lambda: replace(act, wait=self.random.choice((*_SOON, act.wait)), how=self.how(as_support=8)),
            "bill": lambda: replace(act, how=self.how(one=3)),
            "remind": lambda: replace(act, how=self.how(one=3)),
            "import": self.import_,
            "cancel": lambda: replace(act, how=self.how(as_support=8)),
            "move": lambda: replace(act, buyer=self.buyer(), details=self.details(), how=self.how(wrong_vat=6)),
            "customer": lambda: replace(act, customer=self.customer()),
            "apply": lambda: replace(act, wishes=self.rows(3, 5), how=self.how(keep_going=2, as_support=6)),
            "forecast": lambda: replace(act, days=self.random.choice((1, 12, 13, 24)), how=self.how(late=2)),
            "compare": lambda: replace(act, wishes=self.rows(2, 1), how=self.how(late=2)),
            "enter": lambda: self.enter(self.random.randrange(4)),
        }
        return special.get(act.what, lambda: act)()

    def until_ordered(self) -> int | str:
        return self.random.choice((0, 1, 3, 20, self.words(), "valid", "valid-past"))

    def rows(self, most: int, spaces: int) -> tuple[tuple[int, Wish], ...]:
        return tuple((self.random.randrange(spaces), self.wish()) for _ in range(self.random.randint(1, most)))

    def import_(self) -> Act:
        """A catalog that comes, and may replace another of its day: most keep what is in use, some get no dearer."""
        soon, late = (self.random.randint(1, 45), 60) if self.dense else (self.random.randint(1, 120), 150)
        days = self.random.choice((1, 30, soon, soon, self.random.randint(1, late)))
        catalog = self.catalog(date.min, self.seller())
        how = self.how(foreign=30, lean=5, calm=3, same_day=6)
        return Act("import", self.wait(), self.random.randrange(8), days=days, catalog=catalog, how=how)

    def customer(self) -> tuple[tuple[str, Any], ...]:
        """What of a space changes: who is active, how it pays, whether it is looked after."""
        return self.random.choice(
            (
                (("active", self.random.randint(0, 12)),),
                (("payment", self.random.choice(("invoice", "card", "direct-debit"))),),
                (("locked", self.chance(2)),),
            )
        )

    def enter(self, place: int) -> Act:
        """A contract that is entered on any day, sometimes as it can't be."""
        state = State(
            self.random.choice(PLANS[:3] if self.chance(2) else (*PLANS[:3], *PLANS)),
            self.users(),
            counts(self.licences()),
            self.random.choice((ANNUAL, ANNUAL, MONTHLY)),
        )
        entry = Entry(
            SPACES[place],
            state,
            self.buyer(),
            self.random.choice((0, self.random.randint(-800, 100), self.random.randint(-40, 40))),
            self.random.choice((None, self.random.randint(1, 365))),
            self.random.choice((None, self.random.randint(0, 2))),
            self.random.choice(("invoice", "invoice", "direct-debit", "card")),
            self.random.choice((0, 0, self.random.randint(0, state.users))),
            self.details(),
            self.random.choice(("vat", "renewal", "through", "active")) if self.chance(25) else None,
        )
        return Act("enter", self.wait(), entry=entry, how=self.how(as_support=4))
