"""What `byhand.mutants` tries: a module of `domain/` with one operator, number or condition changed.

The operators are cosmic-ray's, and one of our own for the conditions that it passes over: those of comprehensions,
and `in`. What is left out is no slip but another question: order or identity in place of equality, powers and
operators on bits in place of arithmetic, or the other way round.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
DOMAIN = ROOT / "src" / "subctl" / "domain"
LEFT_OUT = ("VariableReplacer", "VariableInserter", "ExceptionReplacer")  # they want words of their own
SENSELESS = re.compile(
    r"_(BitOr|BitAnd|BitXor|LShift|RShift|Pow)$|Operator_Bit"
    r"|_(Eq|NotEq)_(?!Eq|NotEq)|(Lt|LtE|Gt|GtE)_Is(Not)?$|Is_(?!IsNot)|IsNot_(?!Is$)"
)


class Mutant(NamedTuple):
    """A module's source with one thing changed: by which operator, in which line, and that line before and after."""

    module: str
    original: str
    source: str
    operator: str
    line: int
    before: str
    after: str

    @property
    def path(self) -> Path:
        """The file that is not touched."""
        return DOMAIN / f"{self.module}.py"

    def __str__(self) -> str:
        """Two lines, as in a diff."""
        return f"{self.module}.py:{self.line} {self.operator}\n  - {self.before.strip()}\n  + {self.after.strip()}"


def mutants(module: str) -> Iterator[Mutant]:
    """Yield every mutant of a module that differs from it, and from the others, by more than an annotation."""
    source = (DOMAIN / f"{module}.py").read_text()
    seen = {_meaning(source), ""}
    for operator, changed in (*_operated(source), *_negated(source)):
        meaning = _meaning(changed)
        if meaning not in seen:
            seen.add(meaning)
            yield Mutant(module, source, changed, operator, *_first_difference(source, changed))


def _operated(source: str) -> Iterator[tuple[str, str]]:
    """Yield the names of cosmic-ray's operators, and what each makes of a source in every place."""
    plugins: Any = importlib.import_module("cosmic_ray.plugins")  # no dependency: found by name, or not at all
    mutating: Any = importlib.import_module("cosmic_ray.mutating")
    for name in plugins.operator_names():
        operator = name.removeprefix("core/")
        if operator.startswith(LEFT_OUT) or SENSELESS.search(operator):
            continue
        for occurrence in range(10_000):
            changed = mutating.mutate_code(source, plugins.get_operator(name)(), occurrence)
            if changed is None:
                break
            yield operator, changed


def _negated(source: str) -> Iterator[tuple[str, str]]:
    """Yield a source with one of the conditions turned round that cosmic-ray's operators pass over."""
    lines = source.encode().splitlines(keepends=True)
    starts = [sum(map(len, lines[:line])) for line in range(len(lines))]
    for node in _conditions(ast.parse(source)):
        assert node.end_lineno is not None  # what was parsed has an end
        assert node.end_col_offset is not None
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        text = source.encode()
        yield "Negate", b"".join((text[:start], b"(not (", text[start:end], b"))", text[end:])).decode()


def _conditions(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        match node:
            case ast.comprehension():
                yield from node.ifs
            case ast.Compare(ops=[ast.In() | ast.NotIn()]):
                yield node


def _meaning(source: str) -> str:
    """Return what a module says, but for annotations and for which arguments have to be named.

    It is nothing where the module is no Python any more.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign():
                node.annotation = ast.Constant(None)
            case ast.arg():
                node.annotation = None
            case ast.FunctionDef():
                node.returns = None
            case ast.arguments():
                node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]
                node.defaults += [value for value in node.kw_defaults if value]
                node.posonlyargs, node.kwonlyargs, node.kw_defaults = [], [], []
    return ast.dump(tree)


def _first_difference(source: str, changed: str) -> tuple[int, str, str]:
    both = zip(source.splitlines(), changed.splitlines(), strict=False)
    return next((line, before, after) for line, (before, after) in enumerate(both, 1) if before != after)
