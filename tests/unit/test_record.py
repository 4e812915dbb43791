"""Records: in everything that can be seen, the named tuples of the standard library."""

from __future__ import annotations

import pickle
from typing import NamedTuple

import pytest

from subctl.domain import record
from subctl.domain.record import Record


class Pair(NamedTuple):
    """What a record is to be like."""

    left: int
    right: str
    more: tuple[str, ...] = ()
    end: str | None = None

    @property
    def both(self) -> str:
        """Both."""
        return f"{self.left}{self.right}"


class Kept(Record):
    """The same as a record."""

    left: int
    right: str
    more: tuple[str, ...] = ()
    end: str | None = None


def new_class():
    """Return such a class of which no record was made yet."""

    class Kept(Record):
        left: int
        right: str
        more: tuple[str, ...] = ()
        end: str | None = None

        @property
        def both(self) -> str:
            return f"{self.left}{self.right}"

    return Kept


MADE = {
    "by position": lambda kind: kind(1, "a", ("x",), "z"),
    "by default": lambda kind: kind(1, "a"),
    "by name": lambda kind: kind(right="a", left=1, end="z"),
    "by both": lambda kind: kind(1, more=("x",), right="a"),
    "anew": lambda kind: kind(1, "a")._replace(right="b", end="z"),
    "of another": lambda kind: kind(*kind(1, "a")),
    "of keys": lambda kind: kind(**kind(1, "a", end="z")._asdict()),
}
WRONG = {
    "nothing": lambda kind: kind(),
    "too few": lambda kind: kind(1),
    "too few by name": lambda kind: kind(left=1, end="z"),
    "too many": lambda kind: kind(1, "a", (), None, 5),
    "too many by default": lambda kind: kind(1, "a", (), None, 5, end="z"),
    "twice": lambda kind: kind(1, "a", left=2),
    "unknown": lambda kind: kind(1, "a", middle=2),
    "unknown and whole": lambda kind: kind(1, "a", (), None, middle=2),
}


@pytest.fixture(params=[1, record._MANY], ids=["few", "many"])
def kind(request):
    """Return a class of records, of which few or many were made."""
    kind = new_class()
    for _ in range(request.param):
        kind(1, "a")
    return kind


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_a_record_is_made_like_a_named_tuple(kind, make):
    made, like = make(kind), make(Pair)
    assert (made, hash(made), made._asdict(), made.both) == (like, hash(like), like._asdict(), like.both)
    assert repr(made) == repr(like).replace("Pair", "Kept")
    assert (type(made), [getattr(made, field) for field in kind._fields]) == (kind, list(like))


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG)
def test_what_makes_no_named_tuple_makes_no_record(kind, make):
    with pytest.raises(TypeError):
        make(Pair)
    with pytest.raises(TypeError):
        make(kind)


def test_a_record_knows_its_fields(kind):
    assert (kind._fields, kind._field_defaults) == (Pair._fields, Pair._field_defaults)


def test_a_record_is_matched_by_position(kind):
    match kind(1, "a", end="z"):
        case kind(2, "a"):
            found = (2, "another")
        case kind(left, "a", (), end):
            found = (left, end)
    assert found == (1, "z")


def test_no_other_field_is_replaced(kind):
    with pytest.raises(TypeError, match=r"^Kept has no middle, most$"):
        kind(1, "a")._replace(middle=2, left=3, most=4)


@pytest.mark.parametrize("field", ["left", "middle"])
def test_nothing_in_a_record_changes_or_is_added(kind, field):
    with pytest.raises(AttributeError):
        setattr(kind(1, "a"), field, 2)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda kind: kind(1), "Kept lacks 'right'"),
        (lambda kind: kind(1, "a", (), None, 5), "Kept has no 5 fields"),
        (lambda kind: kind(1, "a", middle=2, most=3), "Kept has no middle, most"),
    ],
)
def test_the_error_says_what_is_wrong(make, why):
    with pytest.raises(TypeError, match=f"^{why}$"):
        make(Kept)


def test_records_can_be_pickled():
    made = Kept(1, "a", end="z")
    again = pickle.loads(pickle.dumps(made))  # made above
    assert (again, type(again)) == (made, Kept)


def test_a_class_of_many_gets_a_constructor_of_its_own():
    """The one for all is slower with names and defaults than the one that is compiled for the class."""
    kind = new_class()
    for _ in range(record._MANY - 1):
        kind(1, right="a")
    assert "__new__" not in vars(kind)
    kind(1, right="a")
    assert "__new__" in vars(kind)
