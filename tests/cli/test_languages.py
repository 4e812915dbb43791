"""Languages: who chooses, what never changes with them, and what is left of English on a screen in another."""

from __future__ import annotations

import os
import pwd
import re
import shutil

import pytest

from subctl.cli import settings
from subctl.cli.commands import COMMANDS
from subctl.cli.tree import module_of
from subctl.domain.languages import LANGUAGES
from subctl.view import language, schemas
from tests.support import pseudo
from tests.support.bad_input import EVERYWHERE, LINES
from tests.support.printed import PRINTS, put_in_use, words_of

FRENCH = {"LANG": "fr_FR.UTF-8"}
WHO = pwd.getpwuid(os.getuid()).pw_name

FRENCH_ALREADY = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre avr juil er Pays-Bas"
)
"""What a language has in tables of its own: no catalogue says it."""
NAMES = (
    "Acme Atelier Zoom Pro Starter Business Enterprise New Other Accounts payable Purchasing Example Software B.V."
    " licence Licence BA CN Amsterdam Herengracht Keizersgracht ap@acme.example support@example.com INV DD CORE NL ABNA"
)
"""What the demo's people and things are called."""
TYPED = "acme atelier starter pro business enterprise zoom new peppol EUR UTC uid root db old toml"
"""What is typed as it stands, on every screen."""

FILES = ("export", "catalog new", "catalog export", "journal", "journal as earned")
"""What they print is a file for programs."""


def plain(text: str, *known: str) -> set[str]:
    """Return what is in plain letters on a screen in the language that nobody speaks, and has no reason to be."""
    kept = re.sub(r"postgresql:/[^\s]+|subctl_old_\w+|/[^\s:]+|[0-9a-f]{12,}", " ", text)
    return pseudo.plain(kept, FRENCH_ALREADY, NAMES, TYPED, WHO, *known)


@pytest.fixture
def used(cli):
    """A store in which something happened."""
    return put_in_use(cli)


REFUSED = (
    ("shw",),
    ("show", "INV-2026-0099"),
    ("show", "nobody"),
    ("show", "--store", "/none/there.db"),
    ("quote", "--users", "5"),
    ("quote", "--users", "100000"),
    ("quote", "--plan", "gold"),
    ("upgrade", "--users", "20"),
    ("upgrade", "--users", "20", "--yes", "--expect", "1.00"),
    ("downgrade", "--users", "20", "--yes"),
    ("space", "add", "acme", "--name", "Other", "--plan", "pro", "--users", "3"),
    ("catalog", "drop", "2026-01-01"),
    ("admin", "remove", str(os.getuid()), "--yes"),
    ("config", "set", "colour", "x"),
)
"""A refusal of most codes."""

# --- what never changes ------------------------------------------------------------------------------------


def same(text: str) -> str:
    """Return an output without the machine's time, and what depends on it."""
    return re.sub(r"[0-9a-f]{12,64}|[0-9]{8}[Tt][0-9]{6}|[0-9-]{10}[T ][0-9:]{5,8}(\+00:00)?", "(time)", text)


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("name", PRINTS)
def test_what_programs_read_is_the_same_in_every_language(new_cli, name, form):
    """Byte for byte, but for the time of day; French would show, for nothing in it is as in English."""
    outputs = []
    for locale in ({"LANG": "C"}, FRENCH):
        cli = put_in_use(new_cli())
        with pseudo.spoken():
            done = cli(*words_of(name, cli), "--format", form, **locale)
        outputs.append(
            same(f"{done.code}\n{done.out}\n{done.err}").replace(str(cli.home), "HOME").replace(str(cli.store), "STORE")
        )
    assert outputs[0] == outputs[1]


WRONG = [
    *(pytest.param((*LINES[path], "--nonsense"), id=f"{path} --nonsense") for path in LINES),
    *(
        pytest.param((*LINES["show"], option, row.value), id=option)
        for option in EVERYWHERE
        for row in EVERYWHERE[option][:1]
    ),
    *(pytest.param(words, id=" ".join(words)) for words in REFUSED),
]


@pytest.mark.parametrize("words", WRONG)
def test_errors_of_json_are_the_same_in_every_language(demo, words):
    words = tuple(word.replace("{file}", str(demo.home / "none")) for word in words)
    with pseudo.spoken():
        english, french = demo(*words, "--json", LANG="C"), demo(*words, "--json", **FRENCH)
    assert english.code != 0
    assert french == english


# --- what is left of English -------------------------------------------------------------------------------


ALSO_TYPED = {
    "config": (*settings.KEYS, *settings.FORMATS, *settings.COLORS, "XDG CONFIG HOME"),
    "history": COMMANDS,
    "compare": ("contact_support",),
    "schema": schemas.names(),
}


@pytest.mark.parametrize("name", [name for name in PRINTS if name not in FILES])
def test_nothing_on_a_screen_is_left_in_english(used, name):
    with pseudo.spoken():
        done = used(*words_of(name, used), **FRENCH)
    assert plain(done.out + done.err, *ALSO_TYPED.get(name.split()[0], ())) == set()


PATHS = sorted({" ".join(path.split()[:count]) for path in COMMANDS for count in range(len(path.split()) + 1)})
CHOICES_OF_HELP = (
    "table json csv pdf facturx ubl cii eml ics auto always never table monthly annual peppol xrechnung fr nl de en"
    " invoice direct-debit card upgrade renewal open apply store space format color language"
    " valid from status head ok change"
)
"""What help names as it is typed."""
TYPERS = "Options Arguments required default obligatoire par défaut"
"""What Typer says by itself, from a catalogue in a file: the French one, where texts are not of this language."""


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "subctl")
def test_nothing_in_help_is_left_in_english(cli, path):
    """But for examples, and what is typed."""
    with pseudo.spoken():
        text = cli(*path.split(), "--help", COLUMNS="200", **FRENCH).text
    for line in sorted(examples_of(path), key=len, reverse=True):
        text = text.replace(line, "")
    names = " ".join(word for each in COMMANDS for word in each.split())
    assert plain(re.sub(r"[a-z0-9-]+(\|[a-z0-9-]+)+", " ", text), names, CHOICES_OF_HELP, TYPERS) == set()


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "subctl")
def test_no_line_of_help_is_cut_where_words_are_long(cli, path, columns):
    with pseudo.spoken():
        text = cli(*path.split(), "--help", COLUMNS=str(columns), **FRENCH).text
    examples = {f"  {line}" for line in examples_of(path)}
    assert [line for line in text.splitlines() if len(line) > columns and line not in examples] == []


def examples_of(path):
    module = module_of(path)
    return (module.DECLARED if path in COMMANDS else module.GROUP).examples


# --- a catalogue that can't be read ------------------------------------------------------------------------


@pytest.fixture
def catalogues(tmp_path, monkeypatch):
    """The folder of the catalogues, a copy of it."""
    folder = tmp_path / "languages"
    shutil.copytree(language.FOLDER, folder)
    monkeypatch.setattr(language, "FOLDER", folder)
    monkeypatch.setattr(language, "_catalogues", {})
    return folder


BROKEN = {
    "gone": None,
    "empty": b"",
    "no catalogue": b"nothing of the kind, and longer than a head",
    "cut in its head": b"\xde\x12\x04\x95\x00\x00\x00\x00\x05\x00\x00\x00",
    "cut in its texts": b"\xde\x12\x04\x95" + b"\x00\x00\x00\x00" + b"\x05\x00\x00\x00" + b"\x1c\x00\x00\x00" * 4,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_catalogue_leaves_english_and_says_so(demo, catalogues, content):
    file = catalogues / "fr" / "LC_MESSAGES" / "subctl.mo"
    file.unlink() if content is None else file.write_bytes(content)
    english, french = demo("show"), demo("show", **FRENCH)
    assert (french.code, french.out) == (0, english.out)
    assert french.err == "subctl: The texts in 'fr' can't be read: English is used. Install subctl again.\n"
    for asked in (("--json",), ("--format", "json"), ("--format=json",)):
        silent = demo("show", *asked, **FRENCH)
        assert (silent.out, silent.err) == (demo("show", "--json").out, "")
    assert demo("show", "nobody", SUBCTL_FORMAT="json", **FRENCH).refusal[1] == "not_found"


# --- who chooses -------------------------------------------------------------------------------------------

CHOICES = [
    ({"LANG": "fr_FR.UTF-8"}, None, True),
    ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, None, False),
    ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en"}, None, False),
    ({"LANG": "C"}, "fr", True),
    ({"LANG": "fr_FR.UTF-8"}, "en", False),
    ({"SUBCTL_LANG": "fr", "LC_ALL": "C"}, "en", True),
    ({"SUBCTL_LANG": "en", "LANG": "fr_FR.UTF-8"}, "fr", False),
    ({"SUBCTL_LANG": "", "LANG": "fr_FR.UTF-8"}, None, True),
    ({"LANG": "xx_XX.UTF-8"}, None, False),
]


@pytest.mark.parametrize(("environment", "configured", "french"), CHOICES, ids=str)
def test_the_variable_comes_before_the_config_file_and_that_before_the_locale(demo, environment, configured, french):
    if configured:
        assert demo("config", "set", "language", configured).code == 0
    with pseudo.spoken():
        assert (pseudo.other("Usage:") in demo("show", "--help", **environment).text) is french


def test_every_language_has_a_catalogue():
    assert sorted(path.name for path in language.FOLDER.iterdir()) == sorted(set(LANGUAGES) - {"en"})
