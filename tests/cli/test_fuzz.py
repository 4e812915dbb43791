"""Spoilt files of every reader: refused with a code, nothing changed, or taken and the book is right.

A hundred or two of each here; `python -m byhand.fuzz 100000` gives as many as one likes.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.cli import Cli, Result
from tests.support.mutations import SEEDS, mutated
from tests.support.trial import READERS, BrokenRuleError, Trial


@pytest.fixture(scope="module")
def trial(tmp_path_factory, keeper):
    """A demo store for all files."""
    return Trial(Cli(tmp_path_factory.mktemp("home"), keeper))


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_a_spoilt_file_is_refused_or_taken(trial, reader, random):
    """No bug, no traceback, no result beside a refusal, no change by a refused file, no book that is wrong."""
    trial.run(reader, mutated(random, reader))


@pytest.mark.parametrize(("reader", "seed"), [(reader, seed) for reader in READERS for seed in SEEDS[reader]])
def test_a_whole_file_is_taken(trial, reader, seed):
    """What the files are made of is right before it is spoilt."""
    assert trial.run(reader, seed.encode()) == "ok"


def refusal(code, **more):
    return json.dumps({"error": {"code": code, "message": "", "hint": "", **more}})


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (Result(2, "", "Traceback"), "no JSON"),
        (Result(2, "{}", refusal("bad_input")), "with a result"),
        (Result(1, "", refusal("internal")), "a bug"),
        (Result(3, "", refusal("bad_input")), "another exit code"),
        (Result(2, "", refusal("bad_input", hint="4111 1111 1111 1111")), "a card number"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_too_much_is_noticed(trial, result, why):
    """The trial itself can fail."""
    with pytest.raises(BrokenRuleError, match=why):
        trial.judged(result)


def test_a_change_by_a_refused_file_is_noticed(trial):
    """A single row is enough; entries of the history are what a recorded refusal leaves."""
    trial.cli("quote", "--users", "20")
    for code, exit_code in (("bad_input", 2), ("plan_limit", 4)):
        with pytest.raises(BrokenRuleError, match="the store has changed"):
            trial.judged(Result(exit_code, "", refusal(code)))
    trial.cli.put(trial.fresh)
    trial.cli("upgrade", "--users", "51", "--yes")
    assert trial.cli.bytes != trial.fresh
    assert trial.judged(Result(4, "", refusal("plan_limit"))) == "plan_limit"
    with pytest.raises(BrokenRuleError, match="the store has changed"):
        trial.judged(Result(2, "", refusal("bad_input")))
