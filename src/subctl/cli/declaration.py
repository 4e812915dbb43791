"""What a command says of itself, in its own file: who may call it, what it prints, and what its help shows."""

from subctl.domain.record import Record
from subctl.domain.sentence import N_

LOOK, CHANGE, MANY = N_("Look"), N_("Change a contract"), N_("Many contracts")
SET_UP, KEEP, TOOL = N_("Set up"), N_("Keep the book"), N_("The tool itself")
"""What commands are for: the titles of `subctl --help`."""

Examples = tuple[str, ...]
"""Two or three lines of a shell, which the tests run; under 77 signs, so that they fit a terminal of 80."""


class Declaration(Record):
    """A command's right (`service.access`), its examples, and what it is for (nothing where its group says that).

    `documents` names the schemas of what it prints, where a wrong `--fields` must be refused before something is
    written; `fields` are such keys without a schema. The other commands refuse a field when they print. `formats`
    are those that `--format` takes here beside those of every command. `help` is for commands that share a function;
    else its docstring is shown.
    """

    right: str
    examples: Examples
    purpose: str = ""
    documents: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    help: str | None = None


class Group(Record):
    """What a group of commands says of itself."""

    help: str
    examples: Examples
    purpose: str = ""
