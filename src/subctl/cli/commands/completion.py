"""completion: the completion file of a shell. What those files look up is `cli.complete`'s."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from subctl.cli.declaration import TOOL, Declaration
from subctl.cli.settings import Settings
from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_, either
from subctl.domain.text import safe
from subctl.service.access import ANYONE

DECLARED = Declaration(
    right=ANYONE,
    purpose=TOOL,
    fields=("shell", "text"),
    examples=(
        'eval "$(subctl completion bash)"',
        "subctl completion zsh > ~/.zfunc/_subctl",
        "subctl completion fish > ~/.config/fish/completions/subctl.fish",
    ),
)

FILES = {"bash": "subctl.bash", "zsh": "_subctl", "fish": "subctl.fish"}

_PACKAGE = Path(__file__).parents[2]
_FOLDERS = (_PACKAGE / "completions", _PACKAGE.parents[1] / "completions")
"""In a wheel the files are part of the package, in a clone they stand at its root."""


def run(
    ctx: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="|".join(FILES), help="The shell.")],
) -> None:
    """Print the completion file of a shell, for TAB."""
    from subctl.view.output import as_json, put

    settings: Settings = ctx.obj
    if shell not in FILES:
        raise bad_input(
            N_("There is no completion for '{shell}'."),
            N_("Choose {choices}."),
            shell=safe(shell),
            choices=either(list(FILES)),
        )
    text = next(path for folder in _FOLDERS if (path := folder / FILES[shell]).exists()).read_text(encoding="utf-8")
    settings.refuse_fields_of_text(N_("A completion file has no fields to choose."))
    document = {"shell": shell, "text": text}
    chosen = {field: document[field] for field in settings.fields or document}
    put(as_json(chosen) if settings.format == "json" else text)
