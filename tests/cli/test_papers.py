"""Documents as files: which formats a document has, where its file goes, and what is refused on the way.

What stands in the files is tested beside each maker.
"""

import os

import pytest

from subctl.cli import paper
from subctl.cli.settings import PAPERS
from subctl.domain.errors import SubctlError
from subctl.view import papers
from subctl.view.papers.extra import DOCUMENTS
from tests.support.cli import Cli

NUMBER = "INV-2026-0001"


@pytest.fixture
def used(cli: Cli) -> Cli:
    """A demo store with a quote, its order and an invoice."""
    return cli.prepare(("init", "--demo"), ("quote", "--users", "20"), ("order", "Q-2026-0001"))


USAGE = {
    "show --format pdf": (
        "Only a document has the format pdf.",
        "Name a quote, an order or an invoice: subctl show INV-2026-0001 --format pdf",
    ),
    "show acme --format ubl": (
        "Only a document has the format ubl.",
        "Name a quote, an order or an invoice: subctl show INV-2026-0001 --format ubl",
    ),
    f"show {NUMBER} --explain --format cii": ("--explain does nothing beside --format cii.", "Leave it out."),
    f"show {NUMBER} --fields number --format cii": (
        "A document in such a format has no fields to choose.",
        "Leave --fields out, or add --json.",
    ),
    "show Q-2026-0001 --format ubl": (
        "Only an invoice has the format ubl.",
        "subctl show Q-2026-0001 --format pdf -o .",
    ),
    "show O-2026-0001 --format facturx -o .": (
        "Only an invoice has the format facturx.",
        "subctl show O-2026-0001 --format pdf -o .",
    ),
    f"show {NUMBER} --format pdf --profile fr": ("--profile does nothing beside --format pdf.", "Leave it out."),
    f"show {NUMBER} -o x": (
        "--output does nothing without --format pdf|facturx|ubl|cii|eml.",
        "Give one, like --format pdf, or leave it out.",
    ),
    f"show {NUMBER} --json --profile fr": (
        "--profile does nothing without --format pdf|facturx|ubl|cii|eml.",
        "Give one, like --format pdf, or leave it out.",
    ),
    "show --format json --format pdf": ("--format is given more than once.", "Give it once."),
    f"show {NUMBER} --json --format pdf": ("--json and --format pdf exclude each other.", "Give one of them."),
}


@pytest.mark.parametrize(("line", "said"), USAGE.items(), ids=USAGE)
def test_what_has_no_such_format(used, line, said):
    """Exit 2, and what to type instead; the environment decides how an error looks."""
    words = line.split()
    before = sorted(used.home.iterdir())
    assert used(*words, SUBCTL_FORMAT="json").refusal == (2, "usage", *said)
    if "json" not in line:
        for_people = used(*words)
        assert (for_people.code, for_people.out, for_people.err) == (2, "", f"subctl: {said[0]}\n{said[1]}\n")
    assert sorted(used.home.iterdir()) == before


@pytest.mark.parametrize("command", ["history", "bill", "whoami"])
def test_other_commands_have_no_such_format(used, command):
    """A format is a view of one document."""
    done = used(*command.split(), "--format", "ubl", SUBCTL_FORMAT="json")
    assert done.refusal == (2, "bad_input", "--format can't be 'ubl'.", "Choose table, json or csv.")


def test_a_document_that_is_not_there(used):
    """As without a format."""
    done = used("show", "INV-2026-0002", "--format", "ubl", SUBCTL_FORMAT="json")
    assert done.refusal[:3] == (3, "not_found", "There is no invoice INV-2026-0002.")


def test_a_format_of_a_document_comes_by_its_option_alone(used):
    """It would be nonsense for every other command."""
    done = used("show", NUMBER, SUBCTL_FORMAT="ubl")
    assert (done.code, done.err) == (2, "subctl: SUBCTL_FORMAT can't be 'ubl'.\nChoose table, json or csv.\n")


# --- where the file goes -----------------------------------------------------------------------------------


def test_the_file_is_named_by_the_document_in_a_folder(tmp_path, monkeypatch):
    """`DIR/`, a folder that is there, or a file of any name; nothing and - are stdout."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    for given, meant in {
        None: None,
        "-": None,
        ".": "INV.pdf",
        "there": "there/INV.pdf",
        "there/": "there/INV.pdf",
        "to-come/": "to-come/INV.pdf",
        "my invoice": "my invoice",
        "./~x": "~x",
        "x" * 300: "x" * 300,
    }.items():
        found = paper.target(given, "INV.pdf")
        assert (None if found is None else str(found)) == meant


def test_every_format_has_an_ending():
    """And each its own, but for the two kinds of PDF."""
    assert set(papers.ENDINGS) == set(PAPERS)
    assert {papers.ENDINGS[name] for name in papers.BINARY} == {".pdf"}
    assert len(set(papers.ENDINGS.values())) == len(PAPERS) - 1


def test_a_new_file_and_one_that_is_replaced(tmp_path):
    """A new one is as open as the umask lets it be; one that was there keeps its mode, and is whole."""
    file = tmp_path / "INV.pdf"
    before = os.umask(0o027)
    try:
        paper.save(b"one", file)
    finally:
        os.umask(before)
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"one", 0o640)
    file.chmod(0o604)
    paper.save(b"two", file)
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"two", 0o604)
    assert list(tmp_path.iterdir()) == [file]


def refused(file):
    """Return the refusal to write a file."""
    with pytest.raises(SubctlError) as caught:
        paper.save(b"content", file)
    return (caught.value.exit_code, caught.value.code, caught.value.message, caught.value.hint)


def test_what_is_in_the_way_of_a_file(tmp_path):
    """A link isn't written through, a pipe and a folder are no files; each refusal is by its cause."""
    (tmp_path / "kept").write_text("kept")
    (tmp_path / "link").symlink_to("kept")
    (tmp_path / "lost").symlink_to("nowhere")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    before = sorted(tmp_path.iterdir())
    for name in ("link", "lost"):
        message = f"{tmp_path / name} is a link, and isn't written through."
        assert refused(tmp_path / name) == (2, "bad_input", message, "Name the file itself, or a new one.")
    for name in ("folder", "pipe"):
        message = f"{tmp_path / name} is there, and is no file."
        assert refused(tmp_path / name) == (
            2, "bad_input", message, "Name a new file, or a folder with / behind it.",
        )  # fmt: skip
    make = "Make the folder first, or name another one."
    for name, why in {
        "none/x": "No such file or directory",
        "kept/x": "Not a directory",
        "x" * 300: "File name too long",
    }.items():
        assert refused(tmp_path / name) == (2, "bad_input", f"{tmp_path / name} can't be written: {why}.", make)
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "kept").read_text() == "kept"


# --- the extra ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("package", DOCUMENTS.packages)
def test_a_package_of_the_extra_that_is_missing(package):
    """It is named, with the command that installs all of them; another one that is missing is a bug."""
    with pytest.raises(SubctlError) as caught, DOCUMENTS.imported():
        raise ModuleNotFoundError(f"No module named '{package}.part'", name=f"{package}.part")
    error = caught.value
    assert (error.exit_code, error.code, error.message, error.hint) == (
        2,
        "extra_missing",
        f"This needs {package}, which isn't installed.",
        "Install what documents need, in the clone: pip install '.[documents]'",
    )


def test_a_module_of_our_own_that_is_missing_is_a_bug():
    """It isn't hidden behind the extra."""
    with pytest.raises(ModuleNotFoundError), DOCUMENTS.imported():
        raise ModuleNotFoundError("No module named 'subctl.gone'", name="subctl.gone")


def test_the_extra_is_what_pyproject_says():
    """And the command that installs it is README's."""
    import tomllib
    from pathlib import Path

    root = Path(__file__).parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    named = sorted(line.split(">")[0] for line in project["optional-dependencies"]["documents"])
    assert named == list(DOCUMENTS.packages)
    assert "pip install -q '.[documents]'" in (root / "README.md").read_text()


def test_nothing_of_it_is_loaded_before_it_is_asked_for(used):
    """`show` without such a format knows nothing of papers."""
    script = "import sys; from subctl.cli.app import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    loaded = used.python("-c", script, "show", NUMBER, "--json").err.split()
    assert "subctl.cli.commands.show" in loaded
    assert [name for name in loaded if "papers" in name or name in DOCUMENTS.packages] == []
    assert "subctl.cli.paper" not in loaded
