"""schema: what the documents look like."""

from typing import Annotated

import typer

from subctl.cli.declaration import TOOL, Declaration
from subctl.cli.settings import Settings
from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import near, safe
from subctl.service.access import ANYONE

DECLARED = Declaration(
    right=ANYONE,
    purpose=TOOL,
    examples=(
        "subctl schema",
        "subctl schema change > change.schema.json",
    ),
)


def run(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The document; without it all names.")] = None,
) -> None:
    """Print the JSON Schema of a document, or list what there is."""
    from subctl.view import schemas
    from subctl.view.output import write_schema

    settings: Settings = ctx.obj
    if name is None:
        settings.show(schemas.listed())
        return
    known, wanted = schemas.names(), name.removesuffix("/1")
    if wanted not in known:
        there_is_none = Sentence(N_("There is no schema '{schema}'."), {"schema": safe(name)})
        raise SubctlError("not_found", there_is_none, near(wanted, known, "subctl schema"))
    write_schema(schemas.schema(wanted), settings.fields)
