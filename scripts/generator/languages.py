"""The catalogues of texts: what the code says in English, what each language says for it, and its compiled form.

`languages/fr.po` is what translators edit: everything that is to be said is in it, in the order of its English, and
nothing else; a text that is new or was reworded has no translation until somebody writes one (docs/languages.md).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from generator import schemas
from generator.tree import Command
from subctl.domain.languages import ENGLISH, LANGUAGES
from subctl.view.language import DOMAIN

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "subctl"

TRANSLATED = tuple(language for language in LANGUAGES if language != ENGLISH)

_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "plural": (1, 2), "pgettext": ((1, "c"), 2)}

_TYPERS = ("Arguments", "Options", "default: {default}", "required")
"""What Typer says through gettext, and we meet."""

_PLACEHOLDERS = ("[OPTIONS]", "COMMAND [ARGS]...")
_HELP_OPTION = "Show this message and exit."


_HEADERS = ("Language", "Plural-Forms", "Content-Type", "Content-Transfer-Encoding")


class _Texts(Catalog):
    """A catalogue whose head says what programs need: no dates, versions and places for names."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """The headers that stay."""
        return [(name, value) for name, value in self._get_mime_headers() if name in _HEADERS]


def po_file(language: str) -> str:
    """Return where the texts of a language are, in the repository."""
    return f"languages/{language}.po"


def mo_file(language: str) -> str:
    """Return where the program reads them."""
    return f"src/subctl/data/languages/{language}/LC_MESSAGES/{DOMAIN}.mo"


def files(commands: Iterable[Command]) -> dict[str, bytes]:
    """Return every language's texts, brought up to what the code says, and their compiled form."""
    wanted = template(commands)
    made = {}
    for language in TRANSLATED:
        catalogue = up_to_date(language, wanted)
        made[po_file(language)] = po_text(catalogue)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        made[mo_file(language)] = compiled.getvalue()
    return made


def template(commands: Iterable[Command]) -> Catalog:
    """Return all that is said in English: what the code marks, help, what schemas are called, and Typer's few words."""
    found = Catalog()
    for file, _line, message, comments, context in extract_from_dir(
        SOURCE, method_map=[("**.py", "python")], keywords=_KEYWORDS, comment_tags=("Translators:",)
    ):
        del file
        found.add(message, auto_comments=comments, context=context)
    for text in (*_texts_of_help(commands), *schemas.titles(), *_TYPERS, *_PLACEHOLDERS, _HELP_OPTION):
        found.add(text)
    return found


def _texts_of_help(commands: Iterable[Command]) -> Iterable[str]:
    for command in commands:
        yield command.help
        for each in (*command.options, *command.arguments):
            yield each.help
            if not each.metavar.islower() and each.metavar:
                yield each.metavar


def up_to_date(language: str, wanted: Catalog) -> Catalog:
    """Return the catalogue of a language with what the code says now; what it doesn't say any more is gone."""
    path = ROOT / po_file(language)
    known = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    comment = f"# The texts of subctl in '{language}': docs/languages.md says how they are kept."
    made = _Texts(locale=language, header_comment=comment, fuzzy=False)
    for message in wanted:
        if message.id:
            mine = known.get(message.id, message.context)
            said = mine.string if mine and not mine.fuzzy and mine.pluralizable == message.pluralizable else None
            made.add(message.id, said, auto_comments=message.auto_comments, context=message.context)
    return made


def po_text(catalogue: Catalog) -> bytes:
    """Return a catalogue as its file."""
    written = io.BytesIO()
    write_po(written, catalogue, width=118, sort_output=True, no_location=True)
    return written.getvalue()
