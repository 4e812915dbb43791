"""How long a TAB takes that asks the store, against the start of a bare Typer program: python -m bench.tab.

Both are started as an installer's script starts them, in turn, so that a busy machine slows both. Exit 1 over budget.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from statistics import median
from time import perf_counter

BUDGET = 1.25
ROUNDS = 30
KINDS = ("plans", "spaces", "quotes", "orders", "documents")

BARE = """\
import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def one() -> None:
    pass


@app.command()
def two() -> None:
    pass


app()
"""
START = "import sys\nfrom {module} import {name}\nsys.exit({name}())\n"

DEMO = (
    ("init", "--demo"),
    ("upgrade", "--users", "12", "--yes"),
    ("quote", "--plan", "pro", "--users", "20"),
    ("quote", "--users", "30", "--space", "atelier"),
)


def entry_point() -> str:
    """Return the script that installing subctl makes."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    module, name = project["project"]["scripts"]["subctl"].split(":")
    return START.format(module=module, name=name)


def seconds(*words: str, output: bool = False) -> float:
    """Return how long one start of the interpreter takes; `output` insists on an answer."""
    started = perf_counter()
    done = subprocess.run([sys.executable, *words], check=True, capture_output=True)
    taken = perf_counter() - started
    assert done.stdout or not output, words
    return taken


def main() -> int:
    """Measure, print a line for each kind of look-up, and tell whether all are within the budget."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SUBCTL_STORE"] = f"{folder}/demo.db"
        os.environ["XDG_CONFIG_HOME"] = folder
        bare, subctl = Path(folder, "bare.py"), Path(folder, "start.py")
        bare.write_text(BARE)
        subctl.write_text(entry_point())
        for command in DEMO:
            seconds(str(subctl), *command)
        times: dict[str, list[float]] = {"bare": [], **{kind: [] for kind in KINDS}}
        for _ in range(ROUNDS):
            times["bare"].append(seconds(str(bare), "one"))
            for kind in KINDS:
                times[kind].append(seconds(str(subctl), "__complete", kind, "", output=True))
    worst = 0.0
    for name, taken in times.items():
        ratio = median(taken) / median(times["bare"])
        worst = max(worst, ratio if name != "bare" else 0.0)
        sys.stdout.write(f"{name:<10} {1000 * median(taken):6.1f} ms  {ratio:.2f} x\n")
    sys.stdout.write(f"A TAB that asks the store takes at most {worst:.2f} x a bare Typer program (budget {BUDGET}).\n")
    return int(worst > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
