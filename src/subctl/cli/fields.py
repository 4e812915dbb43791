"""Whether --fields can be met: asked before anything is written, not when it is too late."""

from __future__ import annotations

from collections.abc import Sequence

from subctl.cli.declaration import Declaration
from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_
from subctl.domain.text import safe
from subctl.view.schemas import keys_of, keys_of_rows


def check_fields(declared: Declaration, fields: Sequence[str], *, csv: bool) -> bool:
    """Refuse a field that no document of a command has (`bad_input` names those there are).

    In CSV it may be a column of the document's rows. Tell whether that could be known: then a field that this
    document happens not to have is null.
    """
    if not all(map(str.strip, fields)):
        raise bad_input(
            N_("{option} must not be empty."),
            N_("Name keys of the output, like --fields date,kind."),
            option="--fields",
        )
    known = [*declared.fields, *(key for name in declared.documents for key in keys_of(name))]
    if csv and set(fields) <= _columns(declared):
        return True
    for field in fields:
        if known and field not in known:
            raise bad_input(
                N_("There is no field '{field}'."),
                N_("The fields are {fields}."),
                field=safe(field),
                fields=", ".join(dict.fromkeys(known)),
            )
    return bool(known)


def _columns(declared: Declaration) -> set[str]:
    from subctl.view.csv import headings

    keys = (keys_of_rows(name) or keys_of(name) for name in declared.documents)
    return {heading for each in keys for heading in headings(each)}
