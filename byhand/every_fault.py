"""A fault at every system call that touches the store, from its first opening on: kills, and what a disk answers.

`python -m byhand.every_fault [SCENE …]` tries every point and says how many there were and what went wrong;
it exits 1 where anything did. With `--kills K` only every K-th call is the last, with `--every K` errors come at
the first call of each name and at every K-th. It needs strace. Whatever the fault
(safety.md): what was acknowledged is there, all or nothing is there, `subctl check` is clean, an error is one
that is documented and says the truth, and the same command again ends where an undisturbed one does.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from byhand.faulty import KILLED, Call, Fault, Run, run
from subctl.domain.errors import EXIT_CODES
from tests.support.camt import Camt, Entry, Tx
from tests.support.cli import LIVE, Cli
from tests.support.files import Files
from tests.support.stores import Rows, rows

ADD = [
    ("space", "add", f"s{number:02}", "--name", "S", "--plan", "pro", "--users", "5", "--start", "2026-03-01")
    for number in range(18)
]


@dataclass(frozen=True)
class Scene:
    """What a store is made by, and the command that meets the fault; `file` is one that it writes beside the store."""

    words: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    file: str | None = None


BACKUP, DEBITS, STATEMENT = "backup.db", "debits.xml", "statement.xml"
PAID = Entry("60.50", "2026-03-14", ref="B1").of(Tx("INV-2026-0001"))
BOOKINGS = Camt().text(PAID, replace(PAID, way="DBIT", reversal=True, ref="B2"), replace(PAID, ref="B3"))
"""A statement that pays what acme's order has charged, takes it back, and pays it again."""
USED = (("init", "--demo"), *ADD, ("upgrade", "--users", "12", "--yes"))
DEBITED = (
    ("init", "--demo"),
    ("space", "set", "acme", "--payment", "direct-debit"),
    ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-03-01", "--iban", "NL91ABNA0417164300"),
)
SCENES = {
    "upgrade": Scene(("upgrade", "--plan", "pro", "--users", "20", "--yes"), USED),
    "bill": Scene(("bill", "--today", "2026-04-01"), USED),
    "pay": Scene(("pay", "--amount", "5", "--space", "acme", "--yes"), USED),
    "pay --from": Scene(("pay", "--from", STATEMENT, "--yes"), USED),
    "collect": Scene(("collect", DEBITS, "--on", "2026-04-14", "--yes"), (*DEBITED, *USED[1:]), DEBITS),
    "init": Scene(LIVE),
    "restore": Scene(("restore", BACKUP, "--yes"), (*USED, ("backup", BACKUP), ("upgrade", "--users", "13", "--yes"))),
}

KILL, LASTING = Fault("signal=KILL"), ("pread64", "pwrite64", "fdatasync", "fsync", "unlink", "fcntl", "ftruncate")
INTERRUPT = Fault("signal=INT")
ERRORS = [
    INTERRUPT,
    *(Fault(f"error={name}", lasting=lasting) for lasting in (False, True) for name in ("EIO", "ENOSPC")),
]
ALLOWED = {"store_failed", "store_denied", "output_failed"}
"""What may be said of a disk that refuses; `internal` never."""

SQLITE_SAYS = {"pread64": "store_damaged", "newfstatat": "store_busy"}
"""SQLite takes what can't be read for damaged, and a name that can't be looked up for another file's."""

_TRIES, _MISSED = 3, "the fault missed"

Point = tuple[Call, Fault]


class Trial:
    """A scene played again and again in one folder."""

    def __init__(self, name: str, top: Path) -> None:
        self.scene = SCENES[name]
        self.cli = Cli(top / "home", Files(top))
        self.place = self.cli.home / "store"
        self.cli.store = self.place / "contracts.db"
        self.words = (*self._placed(self.scene.words), "--json")
        self.template = top / "template"
        self._reset()
        (self.cli.home / STATEMENT).write_text(BOOKINGS)
        for words in self.scene.before:
            assert self.cli(*self._placed(words)).code == 0
        self.files = sorted(path.name for path in self.place.iterdir())
        if self.scene.before:
            shutil.copytree(self.place, self.template)
        self.before, self.content = self.state(), b""
        assert self.cli(*self.words).code == 0  # so that everything is imported
        self._reset()
        done = run(self.cli, self.words)
        assert (done.code, done.err) == (0, "")
        self.after, self.content = self.state(), self._written() or b""
        self.calls = [call for call in done.calls if str(self.place) in call.text]

    def _placed(self, words: tuple[str, ...]) -> list[str]:
        beside = {name: self.place / name for name in (BACKUP, DEBITS)}
        places = {**beside, STATEMENT: self.cli.home / STATEMENT}
        return [str(places.get(word, word)) for word in words]

    def _reset(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        if self.template.exists():
            shutil.copytree(self.template, self.place)
        else:
            self.place.mkdir(parents=True)

    def _written(self) -> bytes | None:
        """Return what stands in the file of the scene; nothing where there is none."""
        file = self.place / (self.scene.file or "none")
        return file.read_bytes() if file.exists() else None

    def state(self) -> Rows | None:
        """Return all that stands in the store, and how many changes were made; nothing where there is no store."""
        return rows(self.cli.store) if self.cli.store.exists() else None

    def points(self, kills: int, every: int) -> Iterator[Point]:
        """Yield calls with a kill, and with each error; of the errors the first of a name and every `every`-th."""
        yield from ((call, KILL) for call in self.calls[::kills])
        first = {call.name: call for call in reversed(self.calls)}
        for offset, fault in enumerate(ERRORS):
            for place, call in enumerate(self.calls, offset):
                if fault.lasting and call.name not in LASTING:
                    continue
                if place % every == 0 or first[call.name] == call:
                    yield call, fault

    def tried(self, point: Point) -> list[str]:
        """Return what is wrong after a fault; one that met another call (garbage was collected) is tried again."""
        found: list[str] = []
        for _ in range(_TRIES):
            found = list(self.complaints(point))
            if not any(each.startswith(_MISSED) for each in found):
                break
        return found

    def complaints(self, point: Point) -> Iterator[str]:
        """Play the scene with a fault, and yield what is wrong afterwards."""
        call, fault = point
        self._reset()
        done = run(self.cli, self.words, fault.at(call))
        yield from self._hit(point, done)
        now = self.state()
        yield from self._told(point, done, now)
        if now not in (self.before, self.after):
            yield "half a change"
        if self._written() not in (None, self.content):
            yield "half a file"
        if now is not None:
            yield from self._check("after the fault")
        yield from self._again(now, tidy=fault.refuses and call.name != "unlink")

    def _hit(self, point: Point, done: Run) -> Iterator[str]:
        """Hold that the fault was where it was meant to be."""
        call, fault = point
        hit = [each for each in done.calls if (each.name, each.number) == (call.name, call.number)]
        if not hit or str(self.place) not in hit[0].text or (fault.refuses and "(INJECTED)" not in hit[0].text):
            yield f"{_MISSED}: {hit[0].text if hit else 'no such call'}"

    def _told(self, point: Point, done: Run, now: Rows | None) -> Iterator[str]:
        """Hold that what was said is true."""
        fault = point[1]
        if done.out and now != self.after:
            yield "an acknowledged change is lost"
        if fault == KILL:
            if (done.code, done.err) != (KILLED, ""):
                yield f"exit {done.code}, {done.err}"
        elif done.code or done.err:
            yield from self._error(point, done, now)
        elif not done.out:
            yield "neither a document nor an error"

    def _error(self, point: Point, done: Run, now: Rows | None) -> Iterator[str]:
        try:
            error = json.loads(done.err)["error"]
        except (ValueError, KeyError):
            yield f"exit {done.code} and no error document: {done.err[-300:]}"
            return
        allowed = {"interrupted"} if point[1] == INTERRUPT else ALLOWED | {SQLITE_SAYS.get(point[0].name)}
        if error["code"] not in allowed or done.code != EXIT_CODES[error["code"]]:
            yield f"exit {done.code}: {error}"
        if "othing was changed" in error["message"] + error["hint"] and now != self.before:
            yield f"said that nothing was changed, but something was: {error}"

    def _check(self, when: str) -> Iterator[str]:
        found = self.cli("check", "--json")
        if found.code or json.loads(found.out)["problems"]:
            yield f"check {when}: {found.out}{found.err}"

    def _again(self, now: Rows | None, *, tidy: bool) -> Iterator[str]:
        """Hold that the same command converges; `init` over a live store is refused."""
        done = self.cli(*self.words)
        expected = EXIT_CODES["store_exists"] if self.before is None and now is not None else 0
        if done.code != expected or self.state() != self.after:
            yield f"again: exit {done.code}, {done.err}, {'the' if self.state() == self.after else 'another'} result"
        if self.scene.file and self._written() != self.content:
            yield "again: another file"
        yield from self._check("after the same command again")
        left = sorted(
            path.name
            for path in self.place.iterdir()
            if path.name not in {"contracts.db", self.scene.file, *self.files} and path.suffix != ".old"
        )
        if left and (tidy or not all(name.startswith(".") for name in left)):
            yield f"left behind: {left}"


def play(name: str, kills: int, every: int) -> dict[str, Any]:
    """Try the points of a scene; return what there was and what was wrong."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(name, Path(folder))
        tried, bad = 0, []
        for call, fault in trial.points(kills, every):
            tried += 1
            found = trial.tried((call, fault))
            if found:
                bad.append(f"{fault.name} at {call.name} {call.number}, {call.text}: {'; '.join(found)}")
        calls = len(trial.calls)
    return {"scene": name, "calls": calls, "points": tried, "bad": bad, "seconds": round(time.monotonic() - started)}


def main(arguments: list[str] | None = None) -> int:
    """Try every fault and print a line of JSON a scene."""
    parser = argparse.ArgumentParser(prog="python -m byhand.every_fault")
    parser.add_argument("scenes", nargs="*", default=list(SCENES), metavar="SCENE")
    parser.add_argument("--kills", type=int, default=1, metavar="K", help="a kill at every K-th call only")
    parser.add_argument("--every", type=int, default=1, metavar="K", help="errors at every K-th call only")
    given = parser.parse_args(arguments)
    worst = 0
    for name in given.scenes:
        found = play(name, given.kills, given.every)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
        worst = max(worst, int(bool(found["bad"])))
    return worst


if __name__ == "__main__":
    sys.exit(main())
