"""How far a long run is: who waits is called with what is done and what there is."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
