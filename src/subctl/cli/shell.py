"""config and schema."""

from __future__ import annotations

import typer

app = typer.Typer()
config_app = typer.Typer(no_args_is_help=True)
app.add_typer(config_app, name="config", help="Show and change the config file.")


@app.command("schema")
def schema(ctx: typer.Context) -> None:
    """Print the JSON Schema of a document."""
