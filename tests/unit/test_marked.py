"""What is to be translated is marked so that the catalogues get it: whole literals, and none inside an f-string."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "subctl"
MARKS = {"_": 1, "N_": 1, "ngettext": 2, "plural": 2, "pgettext": 2}
"""How many texts each takes first."""


def calls(tree: ast.AST):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            yield node


FILES = [path for path in sorted(SOURCE.rglob("*.py")) if "N_(" in (text := path.read_text("utf-8")) or "_(" in text]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_mark_holds_a_whole_text(path):
    """Babel finds no text in an f-string, and none that is put together."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inside = [
        ast.unparse(call) for string in strings for call in calls(string) if isinstance(call.args[0], ast.Constant)
    ]
    assert inside == []
    for call in calls(tree):
        if call.func.id not in ("_", "ngettext"):  # those are also asked for what was marked elsewhere
            texts = call.args[: MARKS[call.func.id]]
            assert all(isinstance(text, ast.Constant) for text in texts), ast.unparse(call)
