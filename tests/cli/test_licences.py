"""Licences of any kind at the command line: `--licence NAME=N`, the columns of files, and TAB."""

import pytest

from subctl.cli import licences
from subctl.service.catalogs import built_in

KINDS = """
[licences.viewer]
title = "Viewer licence"
monthly = "3.00"
annual = "30.00"

[licences.storage]
title = "Storage"
monthly = "1.50"
annual = "15.00"
"""


def catalog_with(text):
    """Return the built-in catalog with other licences."""
    return built_in().decode().partition("[licences.")[0] + text


@pytest.fixture
def used(cli):
    """A sandbox on 2026-03-15 whose catalog sells viewers and storage, and no Zoom; one monthly contract."""
    path = cli.home / "catalog.toml"
    path.write_text(catalog_with(KINDS))
    for words in (
        ("init", "--sandbox", "--today", "2026-03-15", "--catalog", str(path)),
        ("space", "add", "acme", "--name", "Acme", "--plan", "pro", "--users", "5"),
    ):
        assert cli(*words).code == 0
    return cli


def write(cli, name, text):
    path = cli.home / name
    path.write_text(text)
    return str(path)


def test_a_change_names_any_kind(used):
    """INTERFACE 1: repeated for every kind; what isn't named stays."""
    words = ("--licence", "viewer=3", "--licence", "storage=0", "--dry-run", "--json")
    document = used("quote", *words).json
    assert document["before"]["licences"] == {"viewer": 0, "storage": 0}
    assert document["after"] == {
        "plan": "pro",
        "users": 5,
        "licences": {"viewer": 3, "storage": 0},
        "billing": "monthly",
        "fee": "99.00",
        "fee_per": "month",
    }


def test_zoom_stands_for_the_licence_of_that_name(demo):
    """INTERFACE 1: the same document, to the letter."""
    short = demo("quote", "--zoom", "3", "--dry-run", "--json").out
    assert demo("quote", "--licence", "zoom=3", "--dry-run", "--json").out == short


NOT_SOLD = ("There is no licence 'zoom'.", "The licences are viewer, storage.")


@pytest.mark.parametrize("words", [("--zoom", "1"), ("--licence", "zoom=1")], ids=" ".join)
@pytest.mark.parametrize("command", ["quote", "upgrade", "downgrade", "compare"])
def test_a_kind_that_is_not_sold(used, command, words):
    """INTERFACE 2: none of it passes, more is `not_found`."""
    dry = () if command == "compare" else ("--dry-run",)
    assert used(command, *words, *dry, "--json").refusal == (3, "not_found", *NOT_SOLD)
    none = [word.replace("1", "0") for word in words]
    done = used(command, *none, *dry, "--json")
    assert done.code == 0
    assert command == "compare" or done.json["kind"] == "none"


BAD = [
    ("viewer", "--licence can't be 'viewer'.", "Give a name and a number, like --licence zoom=2."),
    ("=2", "--licence can't be '=2'.", "Give a name and a number, like --licence zoom=2."),
    ("viewer=", "--licence viewer can't be ''.", "Give a whole number from 0 to 1000000."),
    ("viewer=-1", "--licence viewer can't be '-1'.", "Give a whole number from 0 to 1000000."),
    ("viewer=1000001", "--licence viewer can't be '1000001'.", "Give a whole number from 0 to 1000000."),
    ("viewer=1=2", "--licence viewer can't be '1=2'.", "Give a whole number from 0 to 1000000."),
]


@pytest.mark.parametrize(("text", "message", "hint"), BAD)
@pytest.mark.parametrize("command", ["quote", "compare"])
def test_what_is_no_name_and_number(used, command, text, message, hint):
    """Wrong input, told before anything else."""
    assert used(command, "--licence", text, "--json").refusal == (2, "bad_input", message, hint)


@pytest.mark.parametrize(
    "words", [("--licence", "zoom=1", "--licence", "zoom=1"), ("--zoom", "1", "--licence", "zoom=2")], ids=" ".join
)
def test_a_kind_is_named_once(demo, words):
    """Either number could be meant."""
    assert demo("quote", *words, "--json").refusal == (
        2,
        "usage",
        "The licence zoom is given more than once.",
        "Give it once.",
    )


def test_comparing_multiplies_kinds(used):
    """INTERFACE 2: several numbers of one kind are alternatives, kinds multiply."""
    words = [f"--licence={each}" for each in ("viewer=1", "storage=3", "viewer=2", "storage=4")]
    options = used("compare", *words, "--json").json["options"]
    assert [option["licences"] for option in options] == [
        {"viewer": viewers, "storage": storage} for viewers in (1, 2) for storage in (3, 4)
    ]


def test_kinds_are_sorted_in_a_wish_whatever_their_order():
    """One form in which wishes are compared."""
    assert licences.named("1", ["viewer=3", "storage=2"]) == (("storage", 2), ("viewer", 3), ("zoom", 1))
    assert licences.alternatives(None, None) == [()]
    assert licences.alternatives(["1", "2"], ["a=0"]) == [(("a", 0), ("zoom", 1)), (("a", 0), ("zoom", 2))]


def test_a_column_for_each_kind(used):
    """INTERFACE 5: an empty cell stays, and nothing or 0 of an unknown kind passes."""
    path = write(used, "wanted.csv", "space,viewer,zoom,other\nacme,4,0,\n")
    (change,) = used("apply", path, "--dry-run", "--json").json["changes"]
    assert change["after"]["licences"] == {"viewer": 4, "storage": 0}


@pytest.mark.parametrize(
    ("table", "code", "message"),
    [
        ("space,zoom\nacme,1\n", "not_found", "Line 2: There is no licence 'zoom'."),
        ("space,viewer\nacme,many\n", "bad_input", "Line 2: --viewer can't be 'many'."),
        ("space,Viewer\nacme,1\n", "bad_input", "{path} has an unknown column 'Viewer'."),
        ("space,country\nacme,NL\n", "bad_input", "{path} has an unknown column 'country'."),
    ],
)
def test_columns_that_cannot_be(used, table, code, message):
    """A name that no licence can have is a wrong column at once."""
    path = write(used, "wanted.csv", table)
    assert used("apply", path, "--dry-run", "--json").refusal[1:3] == (code, message.format(path=path))


def test_export_has_the_columns_that_apply_reads(used):
    """INTERFACE 5: in the catalog's order; read again, nothing changes."""
    table = used("export").text
    assert table == "space,plan,users,viewer,storage,billing\nacme,pro,5,0,0,monthly\n"
    assert used("apply", write(used, "states.csv", table), "--yes", "--json").json["changed"] == 0


def test_a_space_is_entered_with_any_kind(used):
    """`space add` and `space import` take them alike."""
    words = ("space", "add", "bar", "--name", "Bar", "--plan", "pro", "--users", "2", "--dry-run", "--json")
    assert used(*words, "--licence", "viewer=2").json["contract"]["licences"] == {"viewer": 2, "storage": 0}
    assert used(*words, "--licence", "zoom=2").refusal == (3, "not_found", *NOT_SOLD)
    path = write(used, "spaces.csv", "id,name,plan,users,zoom\nbar,Bar,pro,2,1\n")
    assert used("space", "import", path, "--json").refusal[1:3] == ("not_found", f"Line 2: {NOT_SOLD[0]}")


def test_tab_offers_the_kinds_that_are_sold(used):
    """Each waits for its number."""
    words = ("-m", "subctl", "__complete", "licences")
    assert used.python(*words).out == (
        "viewer=\tViewer licence: 3.00 EUR a month, 30.00 a year\nstorage=\tStorage: 1.50 EUR a month, 15.00 a year\n"
    )
    assert used.python(*words, "s").out == "storage=\tStorage: 1.50 EUR a month, 15.00 a year\n"
