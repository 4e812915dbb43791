"""A catalog that was checked, imported or dropped, and what that does to contracts."""

from datetime import date

from subctl.domain.catalog import Catalog
from subctl.domain.record import Record
from subctl.domain.rises import Move


class CheckedCatalog(Record):
    """A catalog file that nothing is wrong with."""

    catalog: Catalog


class Effect(Record):
    """A rate that moves, how many contracts pay it, and from when the first and the last of them do."""

    move: Move
    contracts: int
    earliest: date | None
    latest: date | None


class ImportedCatalog(Record):
    """A catalog that was imported, or would be where it wasn't `written`.

    `first` where it takes the place of all there were. `effects` are the rates that rise and fall, `notice` is the
    notice before and after where that changes. `changed` is false where it was there already; `place` is the last
    one of the log that this was found out with.
    """

    catalog: Catalog
    changed: bool
    written: bool
    first: bool
    effects: tuple[Effect, ...]
    notice: tuple[int, int] | None
    place: int

    @property
    def asks(self) -> bool:
        """Tell whether it makes something dearer, or harder to leave: then a person is asked."""
        longer = self.notice is not None and self.notice[1] > self.notice[0]
        return longer or any(effect.move.rises for effect in self.effects)


class DroppedCatalog(Record):
    """A catalog that was taken away before its first day, or would be where it wasn't `written`."""

    catalog: Catalog
    changed: bool
    written: bool
