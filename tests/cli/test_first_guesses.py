"""What somebody types first: it works, or the answer names what is meant; and hints can be pasted."""

import shlex

import pytest

from tests.support.cli import CATALOG, DEMO, LIVE
from tests.support.terminal import CHOICE, Terminal

USAGE = "usage"
PRO = ("--plan", "pro", "--users", "20")


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("space list", "No such command 'list'.", "Did you mean subctl list spaces?"),
        ("space show acme", "No such command 'show'.", "Did you mean subctl show SPACE?"),
        ("help", "No such command 'help'.", "Did you mean subctl --help or subctl COMMAND --help?"),
        ("version", "No such command 'version'.", "Did you mean subctl --version?"),
        ("status", "No such command 'status'.", "Did you mean subctl show?"),
        ("invoice", "No such command 'invoice'.", "Did you mean subctl list invoices?"),
        ("quote --seats 5", "No such option: --seats (Possible options: --users)", "Did you mean --users?"),
        (
            "quote --license zoom=1",
            "No such option: --license (Possible options: --licence)",
            "Did you mean --licence?",
        ),
        ("upgrade --interval annual", "No such option: --interval", "Did you mean --billing?"),
        ("whoami --seats 5", "No such option: --seats", "subctl whoami --help shows how."),
    ],
)
def test_a_guess_is_answered(demo, words, message, hint):
    """By the command or the option that is meant, where there is one."""
    assert demo(*words.split(), "--json").refusal == (2, USAGE, message, hint)


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("show atelier", "show --space atelier"),
        ("list invoice", "list invoices"),
        ("--space atelier show", "show --space atelier"),
        ("--space=atelier quote --users 12 --dry-run", "quote --users 12 --dry-run --space atelier"),
        ("--json --space atelier list spaces", "list spaces --space atelier --json"),
        ("quote --users +5 --dry-run", "quote --users 15 --dry-run"),
        ("quote --users -2 --dry-run", "quote --users 8 --dry-run"),
        ("quote --zoom +1 --dry-run", "quote --zoom 3 --dry-run"),
        ("quote --licence zoom=-2 --dry-run", "quote --licence zoom=0 --dry-run"),
        ("upgrade --users +5 --dry-run", "upgrade --users 15 --dry-run"),
        ("compare --users +0 --users +10 --zoom -1", "compare --users 10 --users 20 --zoom 1"),
    ],
)
def test_a_guess_works(demo, words, same):
    """It is the same as what it stands for."""
    assert demo(*words.split()).text == demo(*same.split()).text


def test_a_space_is_shown_by_its_name(demo):
    """A number is a document's; whatever else could be a space's ID is one."""
    demo("quote", *PRO)
    assert demo("show", "q-2026-0001", "--json").json["quote"] == "Q-2026-0001"
    assert demo("show", "acm", "--json").refusal == (3, "not_found", "There is no space 'acm'.", "Did you mean acme?")
    assert demo("show", "INV-1", "--json").refusal[2] == "There is no document 'INV-1'."


def test_what_may_be_sent_twice_is_absolute(demo):
    """`--yes`, or nobody to ask: a relative number is refused, and the absolute one is named."""
    before = demo.bytes
    for words in (("upgrade", "--users", "+5", "--yes"), ("upgrade", "--users", "+5")):
        assert demo(*words, "--json").refusal == (
            2,
            "bad_input",
            "--users +5 would count twice if it were sent twice: without a question numbers are absolute.",
            "Say --users 15.",
        )
    refused = demo("downgrade", "--licence", "zoom=-1", "--yes", "--json").refusal
    assert refused[2:] == (
        "--licence zoom=-1 would count twice if it were sent twice: without a question numbers are absolute.",
        "Say --licence zoom=1.",
    )
    assert demo.bytes == before
    assert demo("quote", "--users", "-12", "--json").refusal[2] == "--users can't be '-2'."


def test_a_person_may_say_how_many_more(demo):
    """At a terminal the preview shows the absolute number, and that is ordered."""
    terminal = Terminal(demo, "upgrade", "--users", "+5")
    shown = terminal.answer(CHOICE, "o")
    assert "Users                10        15\n" in shown
    assert terminal.end()[0] == 0
    assert demo("show", "--json").json["contract"]["users"] == 15


# --- options that do nothing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("show Q-2026-0001 --space acme", "--space does nothing beside Q-2026-0001.", "Leave it out."),
        ("show acme --space atelier", "--space does nothing beside acme.", "Leave it out."),
        ("withdraw O-2026-0001 --space acme", "--space does nothing beside O-2026-0001.", "Leave it out."),
        ("--format xml whoami", "--json and --format xml exclude each other.", "Give one of them."),
        ("--format csv whoami", "--json and --format csv exclude each other.", "Give one of them."),
    ],
)
def test_an_option_that_does_nothing_is_refused(demo, words, message, hint):
    """It is wrong usage, whatever else is right."""
    assert demo(*words.split(), "--json").refusal == (2, USAGE, message, hint)


@pytest.mark.parametrize(
    ("words", "what"), [("catalog export", "A catalog file"), ("completion bash", "A completion file")]
)
def test_text_has_no_fields(demo, words, what):
    """What is printed as it is has no keys; its JSON has."""
    field = {"catalog export": "name", "completion bash": "shell"}[words]
    refused = demo(*words.split(), "--fields", field)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == f"subctl: {what} has no fields to choose.\nLeave --fields out, or add --json.\n"
    assert list(demo(*words.split(), "--fields", field, "--json").json) == [field]


def test_help_says_whose_space_it_is(demo):
    """`--space` means something else where there is no default one."""
    only = "Only this space; without it all that you may see."
    store = "The space; without it THE WHOLE STORE, with all its spaces."
    for words, text in (
        (("bill",), only),
        (("list",), only),
        (("history",), only),
        (("admin", "add"), store),
        (("admin", "remove"), store),
        (("show",), "The space; without it the default one."),
    ):
        assert text in " ".join(demo(*words, "--help").text.split()), words


def test_a_store_administrator_is_called_so(demo):
    """A right to the whole store is said to be one, before and after."""

    def last(*words):
        return demo("admin", *words).text.splitlines()[-1]

    reach = "who may change every space, the prices and the administrators"
    assert last("add", "daemon", "--dry-run") == f"daemon would be a STORE administrator, {reach}."
    assert last("add", "daemon") == f"daemon is now a STORE administrator, {reach}."
    assert last("add", "daemon") == f"Nothing changes: daemon is already a STORE administrator, {reach}."
    assert last("add", "daemon", "--space", "acme") == "daemon is now an administrator of acme."
    assert last("remove", "daemon") == "daemon is no longer a STORE administrator."
    assert last("remove", "daemon") == "Nothing changes: daemon is not a STORE administrator."
    assert (
        last("remove", "daemon", "--space", "acme", "--dry-run")
        == "daemon would no longer be an administrator of acme."
    )


# --- hints -------------------------------------------------------------------------------------------------


def hint(cli, *words):
    """Return the hint of a refusal."""
    return cli(*words, "--json").refusal[3]


def pasted(cli, text):
    """Run the command in a hint."""
    return cli(*shlex.split(text[text.index("subctl ") :].rstrip("."))[1:])


def test_the_other_direction_is_a_whole_command(demo):
    """`downgrade --users 30` names all of the `upgrade` that would do it."""
    found = hint(demo, "downgrade", "--users", "30", "--space", "atelier", "--yes")
    assert found == "Use: subctl upgrade --space atelier --users 30"
    assert pasted(demo, f"{found} --yes").code == 0
    assert hint(demo, "upgrade", "--zoom", "0", "--billing", "annual", "--dry-run") == (
        "Use: subctl downgrade --licence zoom=0 --billing annual"
    )


def test_a_quote_that_is_too_old_is_asked_for_again(demo):
    """The hint is the quote's own change."""
    demo("quote", *PRO, "--zoom", "0", "--space", "atelier")
    found = hint(demo, "order", "Q-2026-0001", "--today", "2026-06-01")
    assert found == "Ask for a new one: subctl quote --space atelier --plan pro --users 20 --licence zoom=0"
    assert pasted(demo, found).code == 0


def test_going_on_names_the_order(demo):
    """Of another space than the default one too, and beside a change that could be withdrawn."""
    demo("upgrade", "--users", "12", "--space", "atelier", "--yes")
    demo("cancel", "--space", "atelier", "--yes")
    page = demo("show", "atelier").text
    assert (
        "\nTake back     subctl withdraw O-2026-0001\nGo on         subctl withdraw O-2026-0002, until 30 April 2026\n"
        in page
    )
    assert demo("withdraw", "O-2026-0002", "--yes").code == 0
    assert "Go on" not in demo("show", "atelier").text


def test_the_next_step_after_init_names_a_plan_there_is(cli, catalog_file):
    """A catalog has its own plans; the command can be pasted."""
    text = cli("init", "--catalog", catalog_file()).text
    assert text.endswith("\nNext: subctl space add my-shop --name 'My Shop' --plan starter --users 5\n")
    assert pasted(cli, text.splitlines()[-1]).code == 0


def test_a_backup_that_there_is_not(demo):
    """It is not the store that is missing."""
    assert demo("restore", "nofile", "--yes", "--json").refusal == (
        3,
        "store_missing",
        "There is no file nofile.",
        "Name a backup, as subctl backup FILE made it.",
    )


# --- a live store ------------------------------------------------------------------------------------------

NEEDS = (
    2,
    USAGE,
    "A live store needs a catalog of your own: seller, plans and prices.",
    "Start from subctl catalog new > catalog.toml, then subctl init --catalog catalog.toml.",
)

ANSWERS = (
    ("Your company: ", "Kleine Software AG"),
    ("Its address: ", "Gasse 1, 8000 Zürich"),
    ("Its country, two letters: ", "xx"),
    ("Its country, two letters: ", "ch"),
    ("Its VAT number, or Enter for none: ", ""),
    ("Its VAT rate in percent: ", "8.1"),
    ("The IBAN that customers pay to, or Enter for none: ", "NL91ABNA0417164301"),
    ("The IBAN that customers pay to, or Enter for none: ", "NL91ABNA0417164300"),
    ("Where customers find help, like an e-mail address: ", "hilfe@klein.example"),
)
PLAN = (
    ("The currency of all prices [EUR]: ", "chf"),
    ("The short name of a plan, like starter: ", ""),
    ("The short name of a plan, like starter: ", "solo"),
    ("  Its price for a user and month, without VAT: ", "nine"),
    ("  Its price for a user and month, without VAT: ", "9.50"),
    ("  Its price for a user and year, if paid by the year, without VAT: ", "95"),
    ("Another plan, or Enter for no more: ", ""),
    ("The short name of what is sold beside users, like storage, or Enter for nothing: ", "users"),
    ("The short name of what is sold beside users, like storage, or Enter for nothing: ", "sms"),
    ("  Its price for a licence and month, without VAT: ", "0.05"),
    ("  Its price for a licence and year, if paid by the year, without VAT: ", "0.5"),
    ("Another one, or Enter for no more: ", ""),
)


def test_a_live_store_needs_a_catalog(cli):
    """Nobody's first invoice has the example's seller on it; a sandbox may have it."""
    for words in (("init",), ("init", "--yes"), ("init", "--dry-run")):
        assert cli(*words, "--json").refusal == NEEDS
    assert not cli.is_there
    assert cli("init", "--sandbox", "--json").json["sandbox"] is True
    assert cli("init", "--catalog", CATALOG, "--store", str(cli.home / "live.db"), "--json").json["sandbox"] is False


def test_at_a_terminal_a_few_questions_write_a_catalog(cli, monkeypatch):
    """Each answer is checked when it is given; the file is the store's catalog, and is never written over."""
    monkeypatch.chdir(cli.home)
    (cli.home / "catalog.toml").write_text("mine")
    terminal = Terminal(cli, "init")
    for question, line in ANSWERS:
        terminal.answer(question, line)
    shown = terminal.until("]: ")
    assert "Your time zone [" in shown
    terminal.type("Europe/Zurich\n")
    for question, line in PLAN:
        terminal.answer(question, line)
    terminal.answer("Write it to [catalog.toml]: ", "")
    assert "There is a file catalog.toml already.\n" in terminal.answer("Write it to [catalog.toml]: ", "own.toml")
    code, after = terminal.end()
    assert (code, "a live store, with the catalog" in " ".join(after.split())) == (0, True)
    assert (cli.home / "catalog.toml").read_text() == "mine"
    assert cli("catalog", "check", "own.toml").code == 0
    catalog = cli("catalog", "export", "--json").json
    assert (catalog["currency"], catalog["seller"]["country"]) == ("CHF", "CH")
    assert catalog["plans"] == {"solo": {"title": "Solo", "monthly": "9.50", "annual": "95"}}
    assert catalog["licences"] == {"sms": {"title": "Sms", "monthly": "0.05", "annual": "0.5"}}


def test_nothing_has_to_be_sold_beside_users(cli, monkeypatch):
    """Enter, and the catalog has no licences."""
    monkeypatch.chdir(cli.home)
    terminal = Terminal(cli, "init")
    for question, line in ANSWERS:
        terminal.answer(question, line)
    terminal.until("]: ")
    terminal.type("Europe/Zurich\n")
    for question, line in PLAN[:7]:
        terminal.answer(question, line)
    terminal.answer(PLAN[7][0], "")
    terminal.answer("Write it to [catalog.toml]: ", "")
    assert terminal.end()[0] == 0
    assert "licences" not in (cli.home / "catalog.toml").read_text()


def test_a_live_store_that_is_there_asks_nothing(cli):
    """The refusal comes before the questions."""
    cli.prepare(LIVE)
    assert Terminal(cli, "init").end()[0] == 5


def test_the_demo_is_as_it_was(cli):
    """It needs nothing but itself."""
    assert cli(*DEMO).text.endswith("Next: subctl show, then subctl quote --plan pro --users 20\n")
