"""Random contract lives: how one is entered, and what happens to it, a situation of the rules in one function each."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from tests.support.oracle.calendar import DAY
from tests.support.oracle.catalogs import Known, known_from
from tests.support.oracle.terms import ANNUAL, MONTHLY, Buyer, Catalog, Seller, State, counts
from tests.support.readings import Action, Entry

PLANS = ("starter", "pro", "business")
KINDS = ("zoom", "viewer", "storage")
BILLINGS = (MONTHLY, ANNUAL)

rates = st.sampled_from([(100_000, 1_000_000), (120_000, 1_100_000), (180_000, 1_800_000), (279_512, 2_795_037)])
licence_rates = st.sampled_from([(250_000, 2_500_000), (99_900, 999_900), (300_000, 2_900_000)])
awkward_days = st.sampled_from(
    [date(2024, 2, 29), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 30), date(2026, 12, 31), date(2028, 2, 29)]
)
days = st.one_of(awkward_days, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
users = st.one_of(st.integers(8, 12), st.integers(1, 30))
soon = st.sampled_from([0, 0, 1, 3])
waits = st.one_of(
    soon,
    st.integers(0, 3),
    st.integers(1, 100),
    st.sampled_from(
        [
            "end-eve",
            *(word + eve for word in ("first", "boundary", "notice", "step", "catalog") for eve in ("", "-eve")),
        ]
    ),
)


# --- what happens ------------------------------------------------------------------------------------------


def wishes() -> st.SearchStrategy[tuple[tuple[str, object], ...]]:
    """What a change names: often one thing, sometimes anything; a kind of licence may not be sold (pricing.md 4)."""
    licences = st.dictionaries(st.sampled_from(KINDS), st.integers(0, 4), max_size=2)
    return st.one_of(
        st.fixed_dictionaries({"users": users}),
        st.fixed_dictionaries({"billing": st.sampled_from(BILLINGS)}),
        st.fixed_dictionaries(
            {},
            optional={
                "plan": st.sampled_from(PLANS),
                "users": users,
                "licences": licences,
                "billing": st.sampled_from(BILLINGS),
            },
        ),
    ).map(lambda wish: tuple(wish.items()))


def changes() -> st.SearchStrategy[Action]:
    """Orders (pricing.md 4)."""
    return st.builds(Action, waits, st.just("change"), wishes())


def bill_runs() -> st.SearchStrategy[Action]:
    """Bill runs, late or not (pricing.md 4.3)."""
    return st.builds(Action, waits, st.just("bill"))


def cancellations() -> st.SearchStrategy[Action]:
    """Cancellations, and those that are taken back (pricing.md 4.10, 4.11)."""
    return st.builds(Action, waits, st.sampled_from(["cancel", "withdraw_cancel", "withdraw_cancel"]))


def withdrawals() -> st.SearchStrategy[Action]:
    """Changes that are taken back, most of them soon (pricing.md 4.11)."""
    return st.builds(Action, st.one_of(soon, soon, waits), st.just("withdraw"))


def imports(sellers: st.SearchStrategy[Seller], digits: int) -> st.SearchStrategy[Action]:
    """Catalogs that come, and replace others of the same day (pricing.md 3.4)."""
    return st.builds(
        Action,
        waits,
        st.just("catalog"),
        catalog=catalogs(st.just(date.min), sellers, digits),
        days=st.one_of(st.sampled_from([30, 60]), st.integers(1, 120)),
    )


def drops() -> st.SearchStrategy[Action]:
    """Catalogs that were to come and don't (pricing.md 3.5)."""
    return st.builds(Action, waits, st.just("drop"), days=st.integers(0, 2))


def moves() -> st.SearchStrategy[Action]:
    """Buyers that move, or have a VAT number from now on (pricing.md 3.3)."""
    return st.builds(Action, waits, st.just("move"), buyer=buyers())


def quotes() -> st.SearchStrategy[Action]:
    """Quotes (pricing.md 6.1)."""
    return st.builds(Action, waits, st.just("quote"), wishes())


def quote_orders() -> st.SearchStrategy[Action]:
    """Orders of quotes, the same day or later (pricing.md 6.2)."""
    return st.builds(Action, st.one_of(soon, soon, waits), st.just("order"), days=st.sampled_from([0, 0, 1]))


# --- who and what there is ---------------------------------------------------------------------------------


def buyers() -> st.SearchStrategy[Buyer]:
    """Buyers in and outside the EU, with and without VAT numbers; two live where other countries' VAT holds."""
    return st.builds(
        Buyer,
        st.sampled_from(["NL", "NL", "DE", "FR", "MC", "GB", "IM", "US", "GR"]),
        st.sampled_from([None, "some"]),
    )


def seller() -> st.SearchStrategy[Seller]:
    """Who sells all through a life; without a VAT number in the EU all invoices are exempt."""
    return st.builds(
        Seller,
        st.sampled_from(["NL", "NL", "FR", "MC", "GB", "US"]),
        st.sampled_from(["some", "some", None]),
        st.just(210_000),
    )


def taxed_anew(seller: Seller) -> st.SearchStrategy[Seller]:
    """The same seller by another catalog: another rate, or a VAT number that comes or goes (pricing.md 3.3)."""
    return st.builds(
        Seller,
        st.just(seller.country),
        st.sampled_from([seller.vat_id, seller.vat_id, "some", None]),
        st.sampled_from([210_000, 210_000, 190_000]),
    )


def catalogs(
    valid_from: st.SearchStrategy[date], sellers: st.SearchStrategy[Seller], digits: int
) -> st.SearchStrategy[Catalog]:
    """Catalogs that sell some plans and some kinds of licence, under a notice that may be another."""
    return st.builds(
        Catalog,
        valid_from,
        st.fixed_dictionaries({"starter": rates, "pro": rates}, optional={"business": rates}),
        st.fixed_dictionaries({}, optional=dict.fromkeys(KINDS, licence_rates)),
        st.sampled_from([1, 1, 1, 0, 2, 3]),
        st.sampled_from([None, None, 0, 4]),
        st.sampled_from([30, 30, 60, 5]),
        st.just(digits),
        sellers,
    )


def first_days(entered: date) -> st.SearchStrategy[date]:
    """The date of a store's first catalog, which counts for nothing: it is valid since ever (pricing.md 1)."""
    return st.integers(-400, 200).map(lambda n: entered + n * DAY)


@st.composite
def several(draw: st.DrawFn, entered: date, first: Catalog, sellers: st.SearchStrategy[Seller]) -> Known:
    """Catalogs that are known when a contract is entered: dated before, so that it joins in the middle, or to come."""
    around = st.integers(-400, 100).map(lambda n: entered + n * DAY)
    others = draw(st.lists(catalogs(around, sellers, first.digits), max_size=2, unique_by=lambda one: one.valid_from))
    return first, *others


@st.composite
def lives(draw: st.DrawFn) -> tuple[Entry, list[Action]]:
    """A contract to enter, and what happens to it."""
    digits = draw(st.sampled_from([2, 2, 2, 0, 3]))
    home = draw(seller())
    sellers = taxed_anew(home)
    entered = draw(days)
    first = draw(catalogs(first_days(entered), st.just(home), digits))
    known = draw(several(entered, first, sellers))
    start = draw(
        st.one_of(
            st.just(entered),
            st.integers(-800, 100).map(lambda n: entered + n * DAY),
            st.sampled_from([-1, 1, 2]).map(lambda n: (entered + 28 * n * DAY).replace(day=1)),
        )
    )
    sold = known_from(known, entered)
    plans = [plan for plan in PLANS if all(plan in catalog.plans for catalog in sold)]
    kinds = {kind: st.integers(0, 4) for kind in KINDS if all(kind in catalog.licences for catalog in sold)}
    state = State(
        draw(st.sampled_from(plans)),
        draw(users),
        counts(draw(st.fixed_dictionaries(kinds))),
        draw(st.sampled_from([ANNUAL, ANNUAL, MONTHLY])),
    )
    entry = Entry(
        entered,
        start,
        state,
        known,
        draw(buyers()),
        draw(st.one_of(st.none(), st.integers(1, 365))),
        draw(st.one_of(st.none(), st.integers(0, 2))),
    )
    catalog = st.one_of(imports(sellers, digits), imports(sellers, digits), drops())
    actions = st.one_of(
        *(changes(), changes(), withdrawals(), quotes(), quote_orders(), quote_orders()),
        *(catalog, bill_runs(), cancellations(), moves()),
    )
    return entry, draw(st.lists(actions, min_size=2, max_size=12))
