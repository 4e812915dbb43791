"""Payment cards: numbers that are refused on the way in, and never repeated whole (docs/safety.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FEWEST, _MOST = 13, 19
_SHOWN = 4
_SMALLEST_GROUP = 3
"""A card's digits stand together or in groups of three and more; shorter ones beside them are something else."""

_GROUPS = r"\d+(?:[\s\u2010-\u2015-]{1,2}\d+)*"

Span = tuple[int, int]


def holds_card(text: str) -> bool:
    """Tell whether 13 to 19 digits, in groups or not, pass the check of payment cards (Luhn's)."""
    return next(_cards(text), None) is not None


def masked(text: str) -> str:
    """Return the text with only the last four digits of every card number."""
    done, rest = "", 0
    for start, end in _cards(text):
        last = [sign for sign in text[start:end] if sign.isdigit()][-_SHOWN:]
        done, rest = f"{done}{text[rest:start]}…{''.join(last)}", end
    return done + text[rest:]


def _cards(text: str) -> Iterator[Span]:
    if sum(map(str.isdigit, text)) < _FEWEST:
        return
    for found in re.finditer(_GROUPS, text):
        groups = [match.span() for match in re.compile(r"\d+").finditer(text, *found.span())]
        yield from _cards_of(text, groups)


def _cards_of(text: str, groups: list[Span]) -> Iterator[Span]:
    """Yield the cards in groups of digits that stand side by side: all of them together, or some of the long ones."""
    if _is_card(text, groups):
        yield groups[0][0], groups[-1][1]
        return
    first = 0
    while first < len(groups):
        after = _after_card(text, groups, first)
        if after:
            yield groups[first][0], groups[after - 1][1]
        first = after or first + 1


def _after_card(text: str, groups: list[Span], first: int) -> int:
    """Return the place after the card that begins with a group, 0 where none does."""
    for after in range(first + 1, min(first + _MOST // _SMALLEST_GROUP, len(groups)) + 1):
        start, end = groups[after - 1]
        if end - start < _SMALLEST_GROUP:
            break
        if _is_card(text, groups[first:after]):
            return after
    return 0


def _is_card(text: str, groups: list[Span]) -> bool:
    length = sum(end - start for start, end in groups)
    return _FEWEST <= length <= _MOST and _luhn([int(sign) for start, end in groups for sign in text[start:end]])


def _luhn(digits: list[int]) -> bool:
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
