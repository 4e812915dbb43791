"""Write the completion files, the man page, the schemas and the languages: python scripts/generate.py [--check]."""

from __future__ import annotations

import sys
from pathlib import Path

from generator import bash, fish, languages, man, schemas, zsh
from generator.tree import read_commands

ROOT = Path(__file__).parents[1]


def generated() -> dict[str, bytes]:
    """Return every generated file by its path in the repository."""
    commands = read_commands()
    texts = {
        "completions/subctl.bash": bash.script(commands),
        "completions/_subctl": zsh.script(commands),
        "completions/subctl.fish": fish.script(commands),
        "man/subctl.1": man.page(commands),
        **schemas.files(),
    }
    return {**{name: text.encode() for name, text in texts.items()}, **languages.files(commands)}


def main(words: list[str]) -> int:
    """Write the files; with --check write nothing, and name those that are not as they would be written."""
    stale = 0
    for name, content in generated().items():
        path = ROOT / name
        if path.exists() and path.read_bytes() == content:
            continue
        stale += 1
        sys.stdout.write(f"{name}\n")
        if "--check" not in words:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return int("--check" in words and stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
