"""The files that are made from commands and documents are as those are now, and reach whoever installs subctl."""

import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from subctl.cli.commands import COMMANDS
from subctl.cli.tree import globals_first
from subctl.domain.errors import EXIT_CODES
from subctl.view import schemas

ROOT = Path(__file__).parents[2]
FILES = ("completions/subctl.bash", "completions/_subctl", "completions/subctl.fish", "man/subctl.1")
SCHEMAS = tuple(f"src/subctl/data/schemas/{name}.json" for name in schemas.names())
LANGUAGES = ("fr", "nl", "de")
TEXTS = tuple(f"languages/{each}.po" for each in LANGUAGES)
COMPILED = tuple(f"src/subctl/data/languages/{each}/LC_MESSAGES/subctl.mo" for each in LANGUAGES)
SHELLS = {"bash": FILES[0], "zsh": FILES[1], "fish": FILES[2]}


@pytest.fixture(scope="module")
def generator():
    """The module scripts/generate.py."""
    sys.path.insert(0, str(ROOT / "scripts"))
    yield import_module("generate")
    sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(scope="module")
def commands(generator):
    """What the generator knows of each command."""
    return generator.read_commands()


@pytest.fixture(scope="module")
def files(generator):
    """What the generator writes, by path."""
    return generator.generated()


def written(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*FILES, *SCHEMAS, *TEXTS, *COMPILED])
def test_a_file_is_what_the_generator_writes(files, name):
    """Byte for byte; where it differs, run: python scripts/generate.py."""
    assert (ROOT / name).read_bytes() == files[name]


def test_the_generator_writes_these_files_and_no_other(files):
    """Each has its test above."""
    assert sorted(files) == sorted([*FILES, *SCHEMAS, *TEXTS, *COMPILED])


def test_every_command_and_every_option_is_in_every_file(commands):
    """Nothing that can be typed is missing where TAB or a reader looks for it."""
    names = {name for command in commands for option in command.options for name in option.names}
    for file in FILES:
        text = written(file).replace("\\-", "-")
        for word in {word for name in COMMANDS for word in name.split()}:
            assert word in text, (file, word)
        for name in names:
            spelled = {"completions/subctl.fish": f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"}
            assert spelled.get(file, name) in text, (file, name)


def test_a_completion_file_asks_the_store_in_one_place():
    """What is known beforehand stands in the file: a TAB on it starts no Python."""
    for file in SHELLS.values():
        assert written(file).count("__complete ") == 1


def test_whatever_a_completion_file_asks_for_subctl_answers(commands):
    """The kinds of candidates in the files are those of the service."""
    from subctl.service.candidates import KINDS

    places = [
        *(option.values for command in commands for option in command.options),
        *(argument.values for command in commands for argument in command.arguments),
    ]
    assert {values.words[0] for values in places if values.kind == "candidates"} == set(KINDS)


def test_the_global_options_of_the_files_are_those_that_may_stand_anywhere(commands):
    """The files offer them behind every command, and there they are understood."""
    for option in commands[0].options:
        for name in option.names:
            if name not in ("-h", "--help"):
                words = [name, "value"] if option.metavar else [name]
                assert globals_first(["show", *words, "--explain"]) == [*words, "show", "--explain"]


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_prints_the_file_of_a_shell(cli, shell):
    """Whole, without a store; with --json it is one document."""
    assert cli("completion", shell).text == written(SHELLS[shell])
    assert cli("completion", shell, "--json").json == {"shell": shell, "text": written(SHELLS[shell])}


@pytest.mark.parametrize("shell", ["powershell", "", "BASH", "\x1b[31m"])
def test_there_is_no_completion_for_other_shells(cli, shell):
    """An unknown shell is refused, naming those there are; nothing of it reaches the terminal raw."""
    code, name, message, hint = cli("completion", shell, "--json").refusal
    assert (code, name, hint) == (2, "bad_input", "Choose bash, zsh or fish.")
    assert "\x1b" not in message


def test_a_wheel_brings_the_files_along():
    """The build puts the folder where `completion` looks for it first."""
    from subctl.cli.commands import completion

    built = tomllib.loads(written("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert built["force-include"] == {"completions": "subctl/completions"}
    assert completion._FOLDERS[0] == Path(completion.__file__).parents[2] / "completions"


def test_check_names_the_files_that_are_stale_and_writes_nothing(generator, capsys, monkeypatch, tmp_path):
    """`--check` is for CI: exit 1 and the names; without it the files are written, and then it is content."""
    monkeypatch.setattr(generator, "ROOT", tmp_path)
    assert generator.main(["--check"]) == 1
    assert sorted(capsys.readouterr().out.split()) == sorted([*FILES, *SCHEMAS, *TEXTS, *COMPILED])
    assert list(tmp_path.iterdir()) == []
    assert generator.main([]) == 0
    assert generator.main(["--check"]) == 0
    assert (tmp_path / "man" / "subctl.1").read_text(encoding="utf-8") == written("man/subctl.1")


def test_a_new_kind_of_value_stops_the_generator(generator):
    """Nobody forgets to say what a TAB offers there."""
    assert generator
    tree = import_module("generator.tree")
    with pytest.raises(ValueError, match="what a TAB offers for COLOUR"):
        tree._values("COLOUR", None)


def test_the_man_page_names_every_exit_code_and_variable():
    """Exit codes with the codes of their errors, and the whole environment."""
    page = written("man/subctl.1").replace("\\-", "-")
    for code, status in EXIT_CODES.items():
        assert f"\n.B {status}\n" in page
        assert f"\\fI{code}\\fR" in page
    from subctl.cli import settings

    for variable in (*settings._ENVIRONMENT.values(), "SUBCTL_DEBUG"):
        assert f"\n.B {variable}\n" in page
