"""TAB: the completion files, and what they look up in the store."""

from __future__ import annotations

import typer

app = typer.Typer()


@app.command("completion")
def completion(ctx: typer.Context) -> None:
    """Print the completion file of a shell."""
