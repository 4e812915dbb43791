"""Builders that the unit tests share: the built-in catalog, and the contracts of pricing.md 8."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import subctl
from subctl.domain.catalog import ANNUAL, MONTHLY, Catalog, Catalogs, Counts, Price, Rates, counts
from subctl.domain.catalog_file import read_catalog
from subctl.domain.contract import Contract, State, Step, Wish
from subctl.domain.entry import enter_contract
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import Buyer, Draft
from subctl.domain.pricing import Change, plan_change
from subctl.domain.rate_card import Offer
from subctl.domain.tax import Vat

CATALOG_FILE = Path(subctl.__file__).parent / "data" / "catalog.toml"

EUR = "EUR"
BUYER = Buyer("NL", None)


def day(text: str) -> date:
    """Return the date that is written `YYYY-MM-DD`."""
    return date.fromisoformat(text)


def catalog_data() -> dict[str, Any]:
    """Return a fresh table of the built-in catalog file, to change and read again."""
    return tomllib.loads(CATALOG_FILE.read_text())


def built_in() -> Catalog:
    """Return the built-in catalog, number 1."""
    catalog, faults = read_catalog(catalog_data(), 1)
    assert faults == []
    return catalog


CATALOG = built_in()
CATALOGS = Catalogs((CATALOG,))
AT_HOME = Vat("S", 210_000, "NL", "NL123456782B90")
"""The VAT of a buyer in the seller's country."""


def sold_at(catalog: Catalog, **annual_rates: int) -> Catalog:
    """Return the catalog with other annual prices, in whole units of money: `starter=120`, `zoom=300`."""
    plans, zoom = dict(catalog.plans), catalog.licences["zoom"]
    for name, rate in annual_rates.items():
        if name == "zoom":
            zoom = zoom._replace(annual=rate * 10_000)
        else:
            price = catalog.plans[name].price
            plans[name] = catalog.plans[name]._replace(price=Price(price.title, price.monthly, rate * 10_000))
    return catalog._replace(plans=plans, licences={"zoom": zoom})


def later(valid_from: str, catalog_id: int = 2, **annual_rates: int) -> Catalogs:
    """Return the built-in catalog and one that was imported after it, valid from a day on."""
    follower = sold_at(CATALOG, **annual_rates)._replace(id=catalog_id, name=valid_from, valid_from=day(valid_from))
    return Catalogs((CATALOG, follower))


def with_policy(**policy: Any) -> Catalogs:
    """Return the built-in catalog with another policy: `notice_months=0`."""
    return Catalogs((CATALOG._replace(policy=CATALOG.policy._replace(**policy)),))


def catalog_text(valid_from: str, changed: Mapping[str, str]) -> str:
    """Return the file of the built-in catalog, valid from a day on, with other values: `{"annual": "120.00"}`.

    The first price of the file is starter's.
    """
    text = CATALOG_FILE.read_text().replace("valid_from = 2026-01-01", f"valid_from = {valid_from}")
    assert f"valid_from = {valid_from}" in text
    for key, value in changed.items():
        text, count = re.subn(rf'^{key} = "[0-9.]+"', f'{key} = "{value}"', text, count=1, flags=re.MULTILINE)
        assert count == 1
    return text


def state(plan: str = "starter", users: int = 10, zoom: int = 2, billing: str = ANNUAL) -> State:
    """Return a state; without arguments the one that the contracts of pricing.md 8 start with."""
    return State(plan, users, zooms(zoom), billing)


def zooms(number: int) -> Counts:
    """Return a number of Zoom licences in the form of a state."""
    return counts({"zoom": number})


def wish(**named: Any) -> Wish:
    """Return what a change names, Zoom licences under `zoom`."""
    licences = (("zoom", named.pop("zoom")),) if named.get("zoom") is not None else ()
    return Wish(**{key: value for key, value in named.items() if key != "zoom"}, licences=licences)


def rates(user: int, zoom: int) -> Rates:
    """Return rates in ten-thousandths; Zoom's is always among them."""
    return Rates(user, (("zoom", zoom),))


def annual(renews_on: str | None = None, entered_on: str = "2026-01-10", start: str = "2025-07-01") -> Contract:
    """Return an annual contract; without arguments the one that renews on 2026-07-01."""
    return enter_contract("acme", state(), day(entered_on), day(start), day(renews_on) if renews_on else None)


def monthly(entered_on: str = "2026-03-01", start: str = "2025-07-01") -> Contract:
    """Return a monthly contract, billed to the end of the month in which it was entered."""
    return enter_contract("acme", state(billing=MONTHLY), day(entered_on), day(start))


def change(
    contract: Contract,
    on: str,
    catalogs: Catalogs = CATALOGS,
    buyer: Buyer = BUYER,
    offer: Offer | None = None,
    **wanted: Any,  # the fields of a State
) -> Done:
    """Want something of a contract on a day; what isn't named stays as it is (pricing.md 4)."""
    if "zoom" in wanted:
        wanted["licences"] = zooms(wanted.pop("zoom"))
    return Done(*plan_change(contract, contract.current._replace(**wanted), day(on), catalogs, buyer, offer))


class Done:
    """A change with all that is said of it, and the contract that follows from it."""

    def __init__(self, change: Change, contract: Contract) -> None:
        self.change, self.contract = change, contract

    def __getattr__(self, name: str) -> Any:
        return getattr(self.change, name)


def step(start: str, wanted: State, anchor: str | None = None) -> Step:
    """Return a price step that promises no rates."""
    return Step(day(start), wanted, day(anchor) if anchor else None)


Money = tuple[str, str, str, int]


def money(draft: Draft | None) -> Money | None:
    """Return an invoice in short: its day, its period and its net amount in cents."""
    if draft is None:
        return None
    return str(draft.day), str(draft.period.start), str(draft.period.end), draft.net


def priced(contract: Contract) -> list[tuple[str, State, str | None]]:
    """Return the price steps in short: start, state and anchor."""
    return [(str(step.start), step.state, str(step.anchor) if step.anchor else None) for step in contract.steps]


def refused(call: Callable[..., object], *arguments: object, **named: object) -> tuple[str, str, str]:
    """Return code, message and hint of the refusal that a call ends with."""
    with pytest.raises(SubctlError) as caught:
        call(*arguments, **named)
    return caught.value.code, caught.value.message, caught.value.hint
