"""The commands that there are."""

from importlib import import_module

from subctl.cli.tree import COMMANDS


def names_of(command):
    """Return a command's name, or the names of all the commands in its group."""
    app = import_module(f"subctl.cli.{COMMANDS[command]}").app
    for group in app.registered_groups:
        if group.name == command:
            return [f"{command} {sub.name}" for sub in group.typer_instance.registered_commands]
    return [command]
