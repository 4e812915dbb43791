"""The file itself: whatever was taken out of it, put into it or made unreadable, a check finds it."""

from __future__ import annotations

import pytest


def triggers(cli):
    return [name for (name,) in cli.sql("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")]


SPOILT = {
    "a row that is gone": "DELETE FROM steps",
    "a day that is none": "UPDATE store SET day = 'x'",
    "a day so far that sums overflow": "UPDATE contracts SET billed_until = '9999-12-01'",
}


@pytest.mark.parametrize("statement", SPOILT.values(), ids=SPOILT)
def test_a_store_that_is_not_sound(demo, statement):
    """What is gone, what can't be read, what can't be computed."""
    demo.tamper(statement, checks=False)
    assert demo("check").code == 8


def test_a_store_with_a_trigger_too_many(demo):
    """It would act by itself."""
    demo.sql("CREATE TRIGGER more AFTER INSERT ON orders BEGIN SELECT 1; END")
    assert demo("check").code == 8


def test_a_store_without_a_trigger(demo):
    """The triggers keep documents as they are: the check misses each of them."""
    for name in triggers(demo):
        demo.prepare(("init", "--demo"))
        demo.sql(f"DROP TRIGGER {name}")
        assert f"The trigger {name} is not as it was made." in demo("check").out


def test_a_store_without_catalogs(demo):
    """It can't even be opened."""
    demo.tamper("DELETE FROM catalogs")
    assert demo("check", "--json").refusal[:2] == (8, "store_damaged")
