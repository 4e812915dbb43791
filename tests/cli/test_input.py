"""Bad input: each value that can't be is named with a hint, and nothing is written (safety.md)."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.support.bad_input import ARGUMENTS, EVERYWHERE, LINES, OPTIONS, Refused

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

COMMANDS = {command.path: command for command in import_module("generator.tree").read_commands()}
LEAVES = [path for path, command in COMMANDS.items() if not command.children]
SAMPLE = 5
USAGE_HINT = "subctl --help shows how."
NO_GROUPS = Refused("", "--group is for files: a server has roles.", "Leave it out.", "usage")
"""What is said of any group where the store is on a server."""


@pytest.fixture
def used(cli):
    """A demo store with an open quote."""
    return cli.prepare(("init", "--demo"), ("quote", "--users", "20"))


def place(words, option, value):
    """Return the words with an option's value in place of the one that is there, or added."""
    if option in words:
        at = words.index(option)
        return (*words[: at + 1], value, *words[at + 2 :])
    return (*words, f"{option}={value}")


def rows_of_options():
    """Yield the rows of each option: all of them for the first command that has it, a sample for the others."""
    seen = set()
    for path in LEAVES:
        for option in filter(lambda option: option.metavar, COMMANDS[path].options):
            name = option.names[-1]
            rows = OPTIONS.get(f"{path} {name}", []) + OPTIONS.get(name, [])
            yield from ((place(LINES[path], name, row.value), row) for row in rows[:: SAMPLE if name in seen else 1])
            seen.add(name)


def rows_of_arguments():
    for path in LEAVES:
        words = LINES[path]
        first = len(path.split())
        for place_, argument in enumerate(COMMANDS[path].arguments, first):
            name = named(path, argument)
            rows = ARGUMENTS.get(name, ARGUMENTS.get(argument.metavar, []))
            for row in rows:
                yield (*words[:place_], row.value, *words[place_ + 1 :]), row


def named(path, argument):
    """Return an argument's name in the table, `[NUMBER]` where it may be left out."""
    return f"{path} {argument.metavar}" if f"{path} {argument.metavar}" in ARGUMENTS else f"{path} [{argument.metavar}]"


def rows_of_global_options():
    for option, rows in EVERYWHERE.items():
        for path in LEAVES:
            own = OPTIONS.get(f"{path} {option}", rows)
            for row in own if path == "show" else own[::SAMPLE]:
                yield (*LINES[path], option, row.value), row


ROWS = [*rows_of_options(), *rows_of_arguments(), *rows_of_global_options()]


def ids(rows):
    return [ascii(" ".join(words))[1:-1][:100] for words, _ in rows]


def refuse(cli, words, row):
    """Check the whole refusal, for scripts and for people, and that nothing was written or made."""
    words = tuple(word.replace("{file}", str(cli.home / "none")) for word in words)
    message = row.message.replace("{users}", "3" if words[:2] == ("space", "add") else "10")
    before, files = cli.bytes, sorted(cli.home.iterdir())
    if cli.uid is None and words[0] == "init" and message.startswith("This machine has no group"):
        message, row = NO_GROUPS.message, NO_GROUPS
    if cli.uid is None and words[0] == "admin" and "account" in message:  # a server speaks of roles
        assert cli("--json", *words).refusal[:2] == (row.exit, row.code)
        assert cli.bytes == before
        return
    for_people = cli(*words)
    said = row.said or message
    lines = f"subctl: {said}\n{row.hint}\n" if row.hint else f"subctl: {said}\n"
    assert (for_people.code, for_people.out, for_people.err) == (row.exit, "", lines)
    if not any(word.startswith("--format") for word in words):
        assert cli("--json", *words).refusal == (row.exit, row.code, message, row.hint)
    assert (cli.bytes, sorted(cli.home.iterdir())) == (before, files)


@pytest.mark.parametrize(("words", "row"), ROWS, ids=ids(ROWS))
def test_what_can_not_be_is_refused(used, words, row):
    """Each row: the exit code, the code, the message and the hint, whole, and not a byte of the store changed."""
    refuse(used, words, row)


# --- the table is whole ------------------------------------------------------------------------------------


def test_every_option_and_argument_of_every_command_is_in_the_table():
    """A new option that takes a text or a number needs its rows."""
    assert set(LINES) == set(LEAVES)
    missing = []
    for path in LEAVES:
        options = [option.names[-1] for option in COMMANDS[path].options if option.metavar]
        missing += [f"{path} {name}" for name in options if not {name, f"{path} {name}"} & set(OPTIONS)]
        arguments = {named(path, argument): argument.metavar for argument in COMMANDS[path].arguments}
        missing += [name for name, metavar in arguments.items() if not {name, metavar} & set(ARGUMENTS)]
    assert missing == []
    assert {option.names[-1] for option in COMMANDS[""].options if option.metavar} == set(EVERYWHERE)


def test_the_table_names_nothing_that_is_not_there():
    """An option that is gone takes its rows with it."""
    used = {row.message for _, row in ROWS}
    for table in (OPTIONS, ARGUMENTS, EVERYWHERE):
        for name, rows in table.items():
            assert rows, name
            assert {row.message for row in rows} & used, name


# --- usage -------------------------------------------------------------------------------------------------

VALUED = [
    (path, "/".join(option.names))
    for path in LEAVES
    for option in (*COMMANDS[path].options, *COMMANDS[""].options)
    if option.metavar and not option.repeated
]


@pytest.mark.parametrize(("path", "option"), VALUED, ids=map(" ".join, VALUED))
def test_an_option_has_one_value(demo, path, option):
    """Twice, even with the same value: refused; without a value: refused."""
    words, names, option = LINES[path], option, option.rpartition("/")[2]
    twice = Refused("", f"{names} is given more than once.", "Give it once.", "usage")
    refuse(demo, (*words, f"{option}=x", f"{option}=x"), twice)
    refuse(demo, (*words, option), Refused("", f"Option '{option}' requires an argument.", USAGE_HINT, "usage"))


USAGE = {
    ("shw",): ("No such command 'shw'.", "Did you mean subctl show?"),
    ("catlog", "check", "x"): ("No such command 'catlog'.", "Did you mean subctl catalog?"),
    ("invoice",): ("No such command 'invoice'.", "Did you mean subctl list invoices?"),
    ("nonsense",): ("No such command 'nonsense'.", "subctl --help lists all commands."),
    ("4111 1111 1111 1111",): ("No such command '…1111'.", "subctl --help lists all commands."),
    ("catalog", "chek", "x"): ("No such command 'chek'.", "Did you mean subctl catalog check?"),
    ("catalog", "xyz"): ("No such command 'xyz'.", "subctl catalog --help lists all commands."),
    ("space", "ad"): ("No such command 'ad'.", "Did you mean subctl space add?"),
    ("show", "--jsn"): ("No such option: --jsn", "subctl show --help shows how."),
    ("quote", "--user", "20"): (
        "No such option: --user (Possible options: --space, --users)",
        "subctl quote --help shows how.",
    ),
    ("space", "set", "acme", "--users", "5"): (
        "No such option: --users (Possible options: --active-users)",
        "subctl space set --help shows how.",
    ),
    ("show", "-x"): ("No such option: -x", "subctl show --help shows how."),
    ("show", "A", "B"): ("Got unexpected extra argument(s) (B)", "subctl show --help shows how."),
    ("bill", "acme"): ("Got unexpected extra argument(s) (acme)", "subctl bill --help shows how."),
    ("list",): (
        "Missing argument 'LIST'.",
        "subctl list --help shows how.",
    ),
    ("order",): ("Missing argument 'QUOTE'.", "subctl order --help shows how."),
    ("apply",): ("Missing argument 'FILE'.", "subctl apply --help shows how."),
    ("space", "add"): ("Missing argument 'ID'.", "subctl space add --help shows how."),
    ("space", "add", "x"): ("Missing option '--name'.", "subctl space add --help shows how."),
    ("config", "set", "space"): ("Missing argument 'VALUE'.", "subctl config set --help shows how."),
    ("upgrade", "--yes=no"): ("Option '--yes' does not take a value.", USAGE_HINT),
}


@pytest.mark.parametrize(("words", "said"), USAGE.items(), ids=map(" ".join, USAGE))
def test_wrong_usage(demo, words, said):
    """Exit 2; as JSON wherever --json stands, and by the environment too."""
    refuse(demo, words, Refused("", said[0], said[1], "usage"))
    expected = (2, "usage", *said)
    for other in (("--format", "json", *words), (*words, "--json"), (*words, "--format=json")):
        assert demo(*other).refusal == expected
    assert demo(*words, SUBCTL_FORMAT="json").refusal == expected


@pytest.mark.parametrize("words", [("space", "add", "x"), ("order",), ("show", "A", "B"), ("show", "-x")], ids=" ".join)
def test_wrong_usage_is_said_in_other_languages(demo, words):
    """What Typer says has a text of ours: `Missing option`, `Missing argument`, one too many, one that isn't there."""
    english, german = (demo(*words, SUBCTL_LANG=language).err.splitlines()[0] for language in ("en", "de"))
    assert german != english


def test_two_flags_that_exclude_each_other(demo):
    """`--lock --unlock` says nothing; a flag that is repeated says the same."""
    message = "--lock/--unlock is given more than once."
    refuse(demo, ("space", "set", "acme", "--lock", "--unlock"), Refused("", message, "Give it once.", "usage"))
    assert demo("quote", "--users", "20", "--dry-run", "--dry-run", "--json", "--json").json["changed"]


def test_options_that_may_be_repeated(demo):
    """`compare` takes several of each."""
    options = demo("compare", "--users", "15", "--users", "20", "--plan", "pro", "--plan", "starter", "--json").json
    assert len(options["options"]) == 4


# --- fields ------------------------------------------------------------------------------------------------

WITH_FIELDS = [path for path in LEAVES if path not in ("restore", "space import", "apply", "catalog check")]


@pytest.mark.parametrize("path", WITH_FIELDS)
def test_a_field_that_no_document_has(used, path):
    """The fields there are are named, by lists that are empty too; a command that writes says so before it does."""
    words = tuple(word.replace("{file}", str(used.home / "none")) for word in LINES[path])
    before, files = used.bytes, sorted(used.home.iterdir())
    exit_code, code, message, hint = used(*words, "--fields", "schema,nope", "--json").refusal
    if "'schema'" in message:  # the items of a list and the administrators have no such key
        exit_code, code, message, hint = used(*words, "--fields", "nope", "--json").refusal
    assert (exit_code, code, message) == (2, "bad_input", "There is no field 'nope'.")
    assert hint.startswith("The fields are ")
    assert len(hint.split(",")) > 1
    assert (used.bytes, sorted(used.home.iterdir())) == (before, files)


# --- what is taken -----------------------------------------------------------------------------------------


def test_what_looks_odd_and_is_right(demo):
    """Leading zeros, small letters, and numbers that are no card's."""
    assert demo("quote", "--users", "0020", "--dry-run", "--json").json["after"]["users"] == 20
    demo("quote", "--users", "20")
    assert demo("show", "q-2026-0001", "--json").json["quote"] == "Q-2026-0001"
    for country, kept in {"nl": "NL", "el": "GR", "gr": "GR", "xk": "XK"}.items():
        assert demo("space", "set", "acme", "--country", country, "--json").json["space"]["country"] == kept
    for reference in ("4111 1111 1111 1112", "1234567890123", "PO 2026-0000-0001", "+31 20 123 45 67"):
        page = demo("space", "set", "acme", "--reference", reference, "--json").json
        assert page["space"]["reference"] == reference


def test_greece_writes_el_and_is_gr(demo):
    """pricing.md 3.3: one country with two codes, of which a number keeps its own; other countries' are refused."""
    words = ("space", "set", "acme", "--country", "el", "--vat-id")
    for written, kept in (("EL094259216", "EL"), ("GR 094259216", "GR"), ("094259216", "EL")):
        space = demo(*words, written, "--json").json["space"]
        assert (space["country"], space["vat_id"]) == ("GR", f"{kept}094259216")
    message = "'NL123456782B90' is not a VAT number of GR: the number has an invalid format."
    row = Refused("", message, "Write it as on an invoice, starting with EL.")
    refuse(demo, (*words, "NL123456782B90"), row)


def test_an_iban_shows_its_last_four_alone(demo):
    """safety.md: anywhere; its digits may pass the check of cards by chance."""
    for iban in ("NL91 ABNA 0417 1643 00", "DE91 1000 0000 0123 4567 89", "AT61 1904 3002 3457 3201"):
        page = demo("space", "set", "acme", "--payment", "direct-debit", "--iban", iban, "--json").json
        assert page["space"]["iban"] == f"…{iban.replace(' ', '')[-4:]}"
        for looked in (("show",), ("list", "spaces"), ("history", "--json"), ("export",)):
            assert iban.replace(" ", "")[4:-4] not in demo(*looked).text.replace(" ", "")


@pytest.mark.parametrize("path", [path for path in LEAVES if path != "init"])
@pytest.mark.parametrize("day", ["1970-01-01", "2199-12-31"])
def test_the_first_day_and_the_last_with_every_command(demo, path, day):
    """The days at both ends work like any other: no sum overflows."""
    words = tuple(word.replace("{file}", str(demo.home / "none")) for word in LINES[path])
    done = demo(*words, *(("--months", "120") if path == "forecast" else ()), "--today", day)
    assert "bug" not in done.err
    assert (done.code, done.out == "") in [(0, False), (0, True), (2, True), (3, True), (4, True), (8, False)]


# --- cards -------------------------------------------------------------------------------------------------

CARD = "4111 1111 1111 1111"


def test_a_card_number_is_kept_nowhere(demo):
    """safety.md: not in the store, not in a refusal that the history keeps, whoever typed it wherever."""
    demo("space", "set", "atelier", "--lock")
    demo("admin", "add", "daemon")
    demo("admin", "remove", "root")
    for card in (CARD, CARD.replace(" ", "-"), CARD.replace(" ", "")):
        for path in LEAVES:
            spoilt = [place(LINES[path], option.names[-1], card) for option in COMMANDS[path].options if option.metavar]
            for place_, _ in enumerate(COMMANDS[path].arguments, len(path.split())):
                spoilt.append((*LINES[path][:place_], card, *LINES[path][place_ + 1 :]))
            for words in spoilt:
                if path not in ("backup", "move", "config set"):
                    done = demo(*(word.replace("{file}", str(demo.home / "none")) for word in words))
                    assert (card in done.out + done.err, done.code != 1) == (False, True), words
    kept = demo.bytes.replace(b" ", b"").replace(b"-", b"")
    assert b"411111" not in kept
    assert [row[0] for row in demo.sql("SELECT count(*) FROM history WHERE action = 'quote'")] != [0]
