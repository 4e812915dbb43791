"""The tests' own layout: what tests share stands in tests/support, so that each file of tests can be read alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [path for folder in ("tests", "byhand", "bench") for path in (ROOT / folder).rglob("*.py")]


def imported(source: str) -> Iterator[str]:
    """Yield the full names of all that a file imports, modules and what it takes from them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def borrowed(source: str) -> list[str]:
    """Return what a file imports from a module of tests, from a conftest, or from somewhere relative to itself."""
    return [
        name
        for name in imported(source)
        if name.startswith(".") or any(part == "conftest" or part.startswith("test_") for part in name.split("."))
    ]


def test_no_module_of_tests_is_imported():
    """Not even by a program that is run by hand."""
    assert {str(path): found for path in FILES if (found := borrowed(path.read_text(encoding="utf-8")))} == {}


def test_no_test_stands_in_support():
    """pytest collects nothing there."""
    assert [path.name for path in (ROOT / "tests" / "support").rglob("*.py") if path.name.startswith("test_")] == []


@pytest.mark.parametrize(
    "source",
    [
        "import tests.unit.test_money",
        "import tests.conftest as harness",
        "from tests.unit import test_money",
        "from tests.unit.test_money import EUR",
        "def late():\n    from tests.conftest import Cli",
        "from .test_money import EUR",
        "from . import build",
    ],
)
def test_what_is_borrowed_is_seen(source):
    """However an import is written, and wherever it stands."""
    assert len(borrowed(source)) == 1


@pytest.mark.parametrize(
    "source", ["from tests.support.cli import Cli", "import pytest", "text = 'import tests.conftest'"]
)
def test_what_is_shared_may_be_imported(source):
    """tests/support, and what is no test."""
    assert borrowed(source) == []
