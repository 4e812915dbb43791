"""Records: the named tuples of all layers, defined in a sixth of the time that `typing.NamedTuple` takes.

That one compiles a constructor for every class, at every start, which was a tenth of a command's time. Records share
the one below; a class of which many are made gets its own. To a type checker, and to whoever reads or uses one, a
record is a named tuple like any other.
"""

from __future__ import annotations

from collections import Counter, namedtuple
from collections import _tuplegetter as getter  # type: ignore[attr-defined]  # what named tuples read their fields with
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self

__all__ = ["Record"]

_MANY = 100
"""So many records by names or defaults take as much longer from the one for all as it takes to compile another."""

_made: Counter[_Definition] = Counter()
"""How many by names or defaults, of each class."""


class _Definition(type):
    """Makes a class whose objects hold the fields that its body annotates, with their defaults, and nothing else."""

    _fields: tuple[str, ...]
    _field_defaults: Mapping[str, Any]

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _Definition:
        """Return the class."""
        defined = super().__new__(cls, name, bases, {**body, "__slots__": ()})
        defined._fields = tuple(defined.__annotations__)
        defined._field_defaults = {field: body[field] for field in defined._fields if field in body}
        for place, field in enumerate(defined._fields):
            setattr(defined, field, getter(place, ""))
        return defined

    @property
    def __match_args__(cls) -> tuple[str, ...]:
        """The fields as `match` takes them by their place."""
        return cls._fields

    def _rest(cls, values: tuple[Any, ...], named: dict[str, Any]) -> Iterable[Any]:
        """Return the values of the fields behind some, taken out of those that are named, else their defaults."""
        defaults = cls._field_defaults
        _made[cls] += 1
        if _made[cls] == _MANY:
            own = namedtuple("Record", cls._fields, defaults=[*defaults.values()])  # type: ignore[misc]  # no literals
            setattr(cls, "__new__", own.__new__)  # noqa: B010  # a checker knows only what stands below
        try:
            return [named.pop(field) if field in named else defaults[field] for field in cls._fields[len(values) :]]
        except KeyError as missing:
            raise TypeError(f"{cls.__name__} lacks {missing}") from None


class _Record(tuple[Any, ...], metaclass=_Definition):
    """What a record can do beside what tuples can."""

    def __new__(cls, *values: Any, **named: Any) -> Self:  # noqa: ANN401  # a checker sees the fields' own types
        """Return a record of these values (TypeError where some are missing, or too many)."""
        if named or len(values) != len(cls._fields):
            values = (*values, *cls._rest(values, named))
            if named or len(values) > len(cls._fields):
                raise TypeError(f"{cls.__name__} has no {', '.join(named) or f'{len(values)} fields'}")
        return tuple.__new__(cls, values)

    def __getnewargs__(self) -> tuple[Any, ...]:
        """Return what it is made of anew when it is unpickled."""
        return tuple(self)

    def __repr__(self) -> str:
        """Write it as it could be made."""
        return f"{type(self).__name__}({', '.join(f'{field}={value!r}' for field, value in self._asdict().items())})"

    def _asdict(self) -> dict[str, Any]:
        """Return its values by their fields."""
        return dict(zip(type(self)._fields, self, strict=True))

    def _replace(self, **changes: Any) -> Self:  # noqa: ANN401
        """Return one with other values in some fields (TypeError where there is no such field)."""
        replaced = tuple.__new__(type(self), map(changes.pop, type(self)._fields, self))
        if changes:
            raise TypeError(f"{type(self).__name__} has no {', '.join(changes)}")
        return replaced


if TYPE_CHECKING:
    from typing import NamedTuple as Record  # noqa: TID251  # what it is to a checker
else:
    Record = _Record
