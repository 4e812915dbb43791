"""What is drawn, brought to what is sold: else most of what is wished for would be refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.support.book.acts import Act, Wish
from tests.support.oracle.terms import Catalog, State


def fitted(act: Act, known: Sequence[Catalog]) -> Act:
    """Return an act that names only plans and licences that all of these catalogs sell."""
    entry = act.entry
    if entry:
        entry = replace(entry, state=_state(entry.state, known))
    wishes = tuple((place, _wish(wish, known)) for place, wish in act.wishes)
    return replace(act, wish=_wish(act.wish, known), wishes=wishes, entry=entry)


def _plan(plan: str, known: Sequence[Catalog]) -> str:
    sold = [each for each in known[0].plans if all(each in catalog.plans for catalog in known)]
    return sold[len(plan) % len(sold)] if sold and plan not in sold else plan


def _kinds(kinds: Sequence[tuple[str, int]], known: Sequence[Catalog]) -> tuple[tuple[str, int], ...]:
    return tuple((kind, number) for kind, number in kinds if all(kind in catalog.licences for catalog in known))


def _state(state: State, known: Sequence[Catalog]) -> State:
    return replace(state, plan=_plan(state.plan, known), licences=_kinds(state.licences, known))


def _wish(wish: Wish, known: Sequence[Catalog]) -> Wish:
    named = dict(wish)
    if "plan" in named:
        named["plan"] = _plan(str(named["plan"]), known)
    if "licences" in named:
        named["licences"] = _kinds(named["licences"], known)
    return tuple(named.items())
