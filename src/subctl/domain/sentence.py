"""Sentences that can be said in any language: a template in English, and the values that stand in it.

Whoever refuses or finds something states what it is; the view says it in the reader's language (docs/languages.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from subctl.domain.record import Record


class Sentence(Record):
    """A template such as `{plan} has at most {users}.`, its values, and for a `number` the template of many.

    A template without values is said as it stands. Values may be sentences themselves, days, amounts (`Amount`),
    numbers and texts; a day or an amount that is to be typed again is given as text. `str` says it in English, with
    days as in JSON.
    """

    template: str
    values: Mapping[str, object] = {}
    many: str = ""
    number: int = 1

    def __str__(self) -> str:
        """Say it in English."""
        template = self.template if self.number == 1 else self.many
        return template.format_map(self.values) if self.values else template


def N_(text: str) -> str:  # noqa: N802  # what gettext's tools call a text that is translated later
    """Mark a text for translation, and return it as it is."""
    return text


def plural(one: str, many: str, number: int, **values: object) -> Sentence:
    """Return what is said of a number, which both templates know as `{number}`: `1 user`, `2 users`."""
    return Sentence(one, {"number": number, **values}, many, number)


def either(choices: Sequence[str]) -> Sentence:
    """Name some choices, at least one: `table, json or csv`."""
    *others, last = choices
    if not others:
        return Sentence("{last}", {"last": last})
    return Sentence(N_("{others} or {last}"), {"others": ", ".join(others), "last": last})


def together(sentences: Iterable[Sentence], between: str = " ") -> Sentence:
    """Return several sentences as one, each said as it would be alone."""
    parts = {f"part{place}": sentence for place, sentence in enumerate(sentences)}
    return Sentence(between.join(f"{{{name}}}" for name in parts), parts)
