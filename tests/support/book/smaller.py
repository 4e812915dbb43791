"""Making a story that fails smaller: acts are left out as long as it still fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.support.book.acts import Act, Story


def smallest(story: Story, fails: Callable[[Story], bool]) -> Story:
    """Return the story with as few acts as still fail, each waiting and varying as little as possible."""
    acts = story.acts
    size = len(acts) // 2
    while size:
        place = 0
        while place < len(acts):
            shorter = acts[:place] + acts[place + size :]
            if fails(replace(story, acts=shorter)):
                acts = shorter
            else:
                place += size
        size //= 2
    for place in range(len(acts)):
        for simpler in _simpler(acts[place]):
            changed = (*acts[:place], simpler, *acts[place + 1 :])
            if simpler != acts[place] and fails(replace(story, acts=changed)):
                acts = changed
                break
    return replace(story, acts=acts)


def _simpler(act: Act) -> tuple[Act, ...]:
    plain = act.how & {"as_drawn", "keep_going"}
    return replace(act, wait=0, how=plain), replace(act, how=plain), replace(act, wait=0)
