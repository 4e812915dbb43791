"""The floors: small programs that do the least that could be asked of a command of their kind.

Each is run as a process of its own, like the command it is held against.
"""

from __future__ import annotations

READ = """
import json, sqlite3, sys
import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def show(store: str, as_json: bool = typer.Option(False, "--json")):
    row = sqlite3.connect(store).execute("SELECT space, start, billed_until FROM contracts LIMIT 1").fetchone()
    if as_json:
        print(json.dumps(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("space", "start", "billed until")
    table.add_row(*row)
    Console().print(table)


@app.command()
def other():
    pass


app()
"""
"""A bare Typer program with two commands that reads one row with sqlite3 and prints a table, or JSON."""

WRITE = """
import json, sqlite3, sys
import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def add(store: str):
    connection = sqlite3.connect(store, isolation_level=None)
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO floor (number, total) VALUES (?, ?)", (1, 78650))
    connection.execute("COMMIT")
    print(json.dumps({"added": 1}))


@app.command()
def other():
    pass


app()
"""
"""The same with one row inserted."""

ASK = """
import json
import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def show(host: str, database: str, role: str):
    import psycopg

    with psycopg.connect(host=host, dbname=database, user=role) as connection:
        row = connection.execute("SELECT space, start, billed_until FROM subctl.contracts LIMIT 1").fetchone()
    print(json.dumps(row))


@app.command()
def other():
    pass


app()
"""
"""A bare Typer program that asks a server for one row with psycopg."""
