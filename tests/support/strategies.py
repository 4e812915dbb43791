"""What Hypothesis draws for the rules: states, contracts that were changed a few times, and catalogs that follow."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from subctl.domain.catalog import ANNUAL, MONTHLY, Catalog, Catalogs, Plan, Price
from subctl.domain.contract import Contract
from subctl.domain.entry import enter_contract
from subctl.domain.pricing import plan_change
from tests.support.build import BUYER, CATALOG, CATALOGS, state

days = st.dates(date(2026, 1, 10), date(2029, 12, 31))
plans = st.sampled_from(["starter", "pro", "business"])
states = st.builds(state, plans, st.integers(1, 30), st.integers(0, 4), st.sampled_from([ANNUAL, MONTHLY]))


@st.composite
def contracts(draw: st.DrawFn, catalogs: Catalogs = CATALOGS) -> tuple[Contract, date]:
    """A contract that has been changed a few times, and a day on which it may be changed again."""
    wanted, entered_on = draw(states), draw(st.dates(date(2026, 1, 10), date(2027, 3, 1)))
    start = entered_on + timedelta(draw(st.integers(-400, 60)))
    renews_on = None
    if wanted.billing == ANNUAL and draw(st.booleans()):
        renews_on = entered_on + timedelta(draw(st.integers(100, 365)))
    contract, on = enter_contract("acme", wanted, entered_on, start, renews_on), entered_on
    for _ in range(draw(st.integers(0, 3))):
        on += timedelta(draw(st.integers(0, 200)))
        contract = plan_change(contract, draw(states), on, catalogs, BUYER).contract
    return contract, on + timedelta(draw(st.integers(0, 200)))


@st.composite
def followers(draw: st.DrawFn, catalog_id: int, valid_from: date) -> Catalog:
    """A catalog with other prices and perhaps another VAT rate."""

    def moved(price: Price) -> Price:
        percent = st.sampled_from([50, 100, 100, 150])
        return Price(price.title, price.monthly * draw(percent) // 100, price.annual * draw(percent) // 100)

    def dearer(plan: Plan) -> Plan:
        return plan._replace(price=moved(plan.price))

    return CATALOG._replace(
        id=catalog_id,
        valid_from=valid_from,
        seller=CATALOG.seller._replace(vat_rate=draw(st.sampled_from([210_000, 210_000, 190_000]))),
        plans={name: dearer(plan) for name, plan in CATALOG.plans.items()},
        licences={kind: moved(price) for kind, price in CATALOG.licences.items()},
    )


@st.composite
def known_catalogs(draw: st.DrawFn) -> Catalogs:
    """The built-in catalog, and one or two that are known to come after it."""
    starts = draw(st.lists(days, min_size=1, max_size=2, unique=True))
    coming = [draw(followers(place, start)) for place, start in enumerate(starts, 2)]
    return Catalogs((CATALOG, *coming))
