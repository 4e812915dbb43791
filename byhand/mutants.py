"""Change the rules one operator or number at a time, and see whether the unit tests notice.

`python -m byhand.mutants money pricing` does it for these modules of `domain/`, without words for all of them; with
`--only TEXT` for the mutants whose new line contains that. It needs `pip install cosmic-ray`, whose operators make
the mutants; no file is touched. pytest starts once and learns which tests call which function. Then each mutant is
a fork in which that function has other code, and its tests run, the quick ones first, until one fails. What is no
function's code, a constant or a decorator, is a fork in which the module is imported anew. Whoever takes five times
as long as usual, or a gigabyte, has failed.

Words and annotations are left as they are. Survivors are printed; those that nothing can kill are in docs/mutants.md.
"""

from __future__ import annotations

import argparse
import functools
import gc
import importlib.util
import os
import pickle
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import CodeType, FrameType, FunctionType, ModuleType

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

from byhand.mutating import DOMAIN, ROOT, Mutant, mutants

TESTS = ROOT / "tests" / "unit"
GIGABYTE = 2**30
KILLED, SURVIVED, ELSEWHERE = 1, 0, 77
"""What a fork exits with; the last where what is changed is no code of a function that a test calls."""

Key = tuple[str, str]
"""A function: its file, and its name in it."""


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of every function, of those in classes and functions too."""
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield const
            yield from _codes(const)


def _frame(code: CodeType) -> tuple[object, ...]:
    """Return what is in a module or class but not in its functions."""
    consts = tuple(
        (_frame(const) if _is_class(const) else const.co_qualname) if isinstance(const, CodeType) else const
        for const in code.co_consts
    )
    return code.co_code, tuple(map(repr, consts)), code.co_names


def _is_class(code: CodeType) -> bool:
    return "__qualname__" in code.co_names and "__module__" in code.co_names


def _key(code: CodeType) -> Key:
    return code.co_filename, code.co_qualname.split(".<locals>")[0]


class Steady:
    """Lets tests that draw lots draw the same each time, and not look for a simpler failure."""

    def pytest_sessionstart(self) -> None:
        """Choose the profile, after tests/conftest.py chose one."""
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", deadline=None, database=None, derandomize=True, phases=phases)
        settings.load_profile("mutants")


class Session(Steady):
    """pytest with its tests collected: instead of running them once, it runs them for every mutant."""

    def __init__(self, chosen: Sequence[Mutant], tell: Callable[[int, int], object]) -> None:
        self.chosen, self.tell = chosen, tell
        self.calls: dict[str, set[Key]] = {}
        self.seconds: dict[str, float] = {}
        self.functions: list[FunctionType] = []
        self.caches: list[functools._lru_cache_wrapper[object]] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all tests once as they are, then those that matter for each mutant."""
        known = gc.get_objects()
        self.functions = [each for each in known if isinstance(each, FunctionType) and _ours(each.__code__)]
        self.caches = [each for each in known if isinstance(each, functools._lru_cache_wrapper)]
        del known
        self._learn_all(session.items)
        for number, mutant in enumerate(self.chosen):
            self.tell(number, _forked(lambda mutant=mutant: self._try(session.items, mutant)))  # type: ignore[misc]
        calling = [item for item in session.items if self.calls[item.nodeid]]
        if _forked(lambda: self._run(calling)) != SURVIVED:
            sys.exit("The tests fail without any mutant by now: let the files alone while they run.")
        return True

    def _learn_all(self, items: Sequence[pytest.Item]) -> None:
        """Learn in a fork: what objects of the tests remember of a run would be remembered for every mutant."""
        reader, writer = os.pipe()
        if not os.fork():
            for item in items:
                self._learn(item)
            with os.fdopen(writer, "wb") as told:
                pickle.dump((self.calls, self.seconds), told)
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader, "rb") as told:
            self.calls, self.seconds = pickle.load(told)

    def _learn(self, item: pytest.Item) -> None:
        """Note which functions of the domain a test calls, and how long it takes."""
        calls = self.calls[item.nodeid] = set()

        def profile(frame: FrameType, event: str, _: object) -> None:
            if event == "call" and _ours(frame.f_code):
                calls.add(_key(frame.f_code))

        self._forget()
        started = time.process_time()
        sys.setprofile(profile)
        failed = _fails(item)
        sys.setprofile(None)
        self.seconds[item.nodeid] = time.process_time() - started
        if failed and calls:
            sys.stderr.write(f"{item.nodeid} fails without any mutant.\n")
            os._exit(1)

    def _try(self, items: Sequence[pytest.Item], mutant: Mutant) -> int:
        """Run the tests of a mutant's function on it."""
        keys = self._put_in_place(mutant)
        tests = [each for each in items if self.calls[each.nodeid] & keys]
        return self._run(tests) if tests else ELSEWHERE

    def _run(self, tests: Sequence[pytest.Item]) -> int:
        """Run tests, the quick ones first, until one fails."""
        for item in sorted(tests, key=self._length):
            signal.setitimer(signal.ITIMER_PROF, 1 + 5 * self._length(item))
            if _fails(item):
                return KILLED
        return SURVIVED

    def _put_in_place(self, mutant: Mutant) -> set[Key]:
        """Give the functions that a mutant changes their new code, wherever they are known; return their names."""
        path = str(mutant.path)
        old, new = (compile(source, path, "exec") for source in (mutant.original, mutant.source))
        if _frame(old) != _frame(new):
            return set()
        pairs = zip(_codes(old), _codes(new), strict=True)
        changed = {before.co_qualname: after for before, after in pairs if before != after and not _is_class(before)}
        for each in self.functions:
            if each.__code__.co_filename == path:
                each.__code__ = changed.get(each.__code__.co_qualname, each.__code__)
        self._forget()
        return {_key(code) for code in changed.values()}

    def _forget(self) -> None:
        """Clear every cache: what a function returned before it was changed is not what it returns."""
        for each in self.caches:
            each.cache_clear()

    def _length(self, item: pytest.Item) -> float:
        return self.seconds[item.nodeid]


def _fails(item: pytest.Item) -> bool:
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _ours(code: CodeType) -> bool:
    return code.co_filename.startswith(str(DOMAIN))


def _anew(mutant: Mutant) -> int:
    """Import everything with a mutant in its module's place, and run its tests, then all."""

    class Loader(SourceFileLoader):
        def get_code(self, _: str) -> CodeType:
            return compile(mutant.source, mutant.path, "exec")

    class Finder:
        @staticmethod
        def find_spec(name: str, _path: object, _target: ModuleType | None = None) -> ModuleSpec | None:
            if name != f"subctl.domain.{mutant.module}":
                return None
            return importlib.util.spec_from_file_location(name, mutant.path, loader=Loader(name, str(mutant.path)))

    sys.meta_path.insert(0, Finder)
    own = TESTS / f"test_{mutant.module}.py"
    signal.setitimer(signal.ITIMER_PROF, 120)
    return int(any(_pytest(str(tests), plugin=Steady()) for tests in (own, TESTS) if tests.exists()))


def _pytest(*words: str, plugin: object) -> int:
    """Run pytest; hypothesis is imported already, so that no fork has to."""
    quiet = "-Wignore::pytest.PytestAssertRewriteWarning"
    return int(pytest.main(["-x", "-oaddopts=", "-pno:cacheprovider", quiet, *words], plugins=[plugin]))


def _forked(action: Callable[[], int]) -> int:
    """Return what an action returns, run in a fork that says nothing; whatever goes wrong there kills."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        status = os.waitpid(process, 0)[1]
        code = os.waitstatus_to_exitcode(status)
        return code if code in (SURVIVED, ELSEWHERE) else KILLED
    code = KILLED
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        resource.setrlimit(resource.RLIMIT_AS, (2 * GIGABYTE, 2 * GIGABYTE))
        code = action()
    finally:
        os._exit(code)


def main(words: list[str]) -> int:
    """Try the mutants of the modules that are named; return 1 where one survives."""
    parser = argparse.ArgumentParser(prog="python -m byhand.mutants")
    parser.add_argument("modules", nargs="*", default=sorted(path.stem for path in DOMAIN.glob("[a-z]*.py")))
    parser.add_argument("--only", default="", metavar="TEXT", help="part of the new line")
    given = parser.parse_args(words)
    os.chdir(ROOT)
    chosen = [each for module in given.modules for each in mutants(module) if given.only in each.after]
    tried, survived, elsewhere = Counter[str](), Counter[str](), list[Mutant]()

    def tell(mutant: Mutant, code: int) -> None:
        tried[mutant.module] += 1
        if code == SURVIVED:
            survived[mutant.module] += 1
            sys.stdout.write(f"{mutant}\n")
            sys.stdout.flush()

    reader, writer = os.pipe()
    learning = os.fork()
    if not learning:
        session = Session(chosen, lambda number, code: os.write(writer, f"{number} {code}\n".encode()))
        os._exit(_pytest("-s", "-pno:terminal", str(TESTS), plugin=session))
    os.close(writer)
    with os.fdopen(reader) as answers:
        for answer in answers:
            number, code = map(int, answer.split())
            if code == ELSEWHERE:
                elsewhere.append(chosen[number])
            else:
                tell(chosen[number], code)
    os.waitpid(learning, 0)
    for mutant in elsewhere:
        tell(mutant, _forked(lambda mutant=mutant: _anew(mutant)))  # type: ignore[misc]
    if sum(tried.values()) != len(chosen):
        sys.exit("The tests fail without any mutant, or can't be run.")
    for module in given.modules:
        sys.stdout.write(f"{module}: {tried[module]} mutants, {survived[module]} survived\n")
    return int(bool(survived))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
