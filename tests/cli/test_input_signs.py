"""Words that aren't plain: dates that don't fit, the environment, bytes that are no text, odd names on screens."""

import json

import pytest

ADD = ("space", "add", "new", "--name", "New", "--plan", "pro", "--users", "3")
BAD = "bad_input"


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ("--renews-on", "2026-07-01"),
            "Only annual billing has a renewal date.",
            "Leave out --renews-on, or say --billing annual.",
        ),
        (
            ("--billing", "annual", "--renews-on", "2027-04-02"),
            "The renewal date must be the next one: after 2026-04-01 and at most on 2027-04-01, not 2027-04-02.",
            "",
        ),
        (
            ("--billing", "annual", "--renews-on", "2026-04-01"),
            "The renewal date must be the next one: after 2026-04-01 and at most on 2027-04-01, not 2026-04-01.",
            "",
        ),
        (
            ("--billing", "annual", "--start", "2025-01-01", "--renews-on", "2026-03-15"),
            "The renewal date must be the next one: after 2026-03-15 and at most on 2027-03-15, not 2026-03-15.",
            "",
        ),
        (
            ("--start", "2026-01-01", "--billed-through", "2026-03-20"),
            "The last invoiced day can't be 2026-03-20.",
            "Give the eve of a boundary, from 2025-12-31 to 2026-03-31, for instance 2026-02-28.",
        ),
        (
            ("--start", "2026-01-01", "--billed-through", "2026-04-30"),
            "The last invoiced day can't be 2026-04-30.",
            "Give the eve of a boundary, from 2025-12-31 to 2026-03-31, for instance 2026-02-28.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_dates_of_a_new_space_that_do_not_fit(demo, words, message, hint):
    """pricing.md 2.4, 2.5: the next renewal date, the eve of a boundary."""
    before = demo.bytes
    assert demo(*ADD, *words, "--json").refusal == (2, BAD, message, hint)
    assert demo.bytes == before


def test_the_last_word_on_the_format_counts(demo):
    """The option goes before the environment; after -- there are no options."""
    assert demo("show", "--format", "table", SUBCTL_FORMAT="json").text.startswith("Acme (acme)")
    assert demo("--format", "table", "shw", SUBCTL_FORMAT="json").err.startswith("subctl: No such command")
    assert demo("show", "--", "--json").err.startswith("subctl: There is no document '--json'")


def test_global_options_stand_anywhere(demo):
    """Before the command, between its words, after it."""
    words = ["quote", "--users", "20", "--dry-run"]
    expected = demo(*words, "--json", "--today", "2026-03-16").json
    for place in (0, 1, 3, 4):
        moved = [*words[:place], "--json", "--today", "2026-03-16", *words[place:]]
        assert demo(*moved).json == expected


@pytest.mark.parametrize(
    "words",
    [
        ("show",),
        ("list", "orders"),
        ("quote", "--users", "20"),
        ("compare", "--users", "20"),
        ("forecast",),
        ("cancel", "--yes"),
        ("withdraw", "--yes"),
        ("bill",),
        ("history",),
        ("admin", "add", "root"),
        ("admin", "remove", "root"),
    ],
    ids=" ".join,
)
def test_an_empty_space_is_none_of_them(demo, words):
    """Neither the default space nor all of them."""
    before = demo.bytes
    refusal = (2, BAD, "--space must not be empty.", "Leave it out, or give it a value.")
    assert demo(*words, "--space", "", "--json").refusal == refusal
    assert demo.bytes == before


def test_an_empty_variable_is_a_missing_one(demo):
    """`SUBCTL_SPACE= subctl show` takes the default: a variable can't be left out everywhere."""
    empty = dict.fromkeys(("SUBCTL_SPACE", "SUBCTL_TODAY", "SUBCTL_FORMAT", "SUBCTL_COLOR"), "")
    assert demo("show", **empty).text == demo("show").text


NAMED = ("space", "add", "odd", "--plan", "pro", "--users", "3")


@pytest.mark.parametrize("name", ["--json", "-q", "--store", "--format=csv", "--", "--users", "--yes"])
def test_an_option_takes_the_word_behind_it(demo, name):
    """`--name --json` names it so, wherever it stands; `--json` elsewhere is the option."""
    for words in (
        ("--today", "2026-03-15", *NAMED, "--name", name),
        (*NAMED[:3], "--name", name, *NAMED[3:]),
    ):
        demo.prepare(("init", "--demo"))
        assert demo(*words).text.startswith(f"odd was added.\n\n{name} (odd)  ")
        assert demo("--json", "show", "--space", "odd").json["space"]["name"] == name
    assert demo(*NAMED, "--name", name).err == "subctl: There is a space odd already.\nSee subctl show --space odd.\n"
    assert demo(*NAMED, "--name", name, "--json").refusal[:2] == (5, "already_exists")
    assert demo("space", "set", "odd", "--address", name, "--json").json["space"]["address"] == name


def test_an_option_at_the_end_lacks_its_value(demo):
    """Of a command, and of subctl."""
    message = "requires an argument."
    assert demo("--json", *NAMED, "--name").refusal[1:3] == ("usage", f"Option '--name' {message}")
    assert demo(*NAMED, "--json", "--today").refusal[1:3] == ("usage", f"Option '--today' {message}")
    assert demo("show", "--json", "--store").refusal[1:3] == ("usage", f"Option '--store' {message}")
    assert demo("--json", "--store").refusal[1:3] == ("usage", f"Option '--store' {message}")


# --- the environment ---------------------------------------------------------------------------------------


def test_left_over_variables_order_nothing(demo):
    """The environment has a few names and no more: no variable is ever a wish."""
    wishes = {"SUBCTL_USERS": "500", "SUBCTL_ZOOM": "9", "SUBCTL_BILLING": "monthly", "SUBCTL_YES": "1"}
    upgrades = {f"SUBCTL_UPGRADE_{name}": value for name, value in (("USERS", "500"), ("YES", "1"), ("PLAN", "pro"))}
    document = demo("quote", "--plan", "pro", "--json", **wishes, **upgrades, SUBCTL_QUOTE_USERS="500").json
    after = {key: document["after"][key] for key in ("plan", "users", "zoom", "billing")}
    assert after == {"plan": "pro", "users": 10, "zoom": 2, "billing": "annual"}
    assert demo("upgrade", "--users", "20", "--json", **wishes, **upgrades).refusal[1] == "confirmation_needed"


@pytest.mark.parametrize(
    ("name", "value", "message", "hint"),
    [
        (
            "SUBCTL_TODAY",
            "2026-02-30",
            "--today is not a date: '2026-02-30'.",
            "Write it as YYYY-MM-DD, like 2026-03-15.",
        ),
        ("SUBCTL_COLOR", "red", "SUBCTL_COLOR can't be 'red'.", "Choose auto, always or never."),
        ("SUBCTL_LANG", "xx", "SUBCTL_LANG can't be 'xx'.", "Choose en, fr, nl or de."),
        ("SUBCTL_FORMAT", "xml", "SUBCTL_FORMAT can't be 'xml'.", "Choose table, json or csv."),
    ],
)
def test_a_variable_is_checked_like_its_option(demo, name, value, message, hint):
    """A bad variable is refused, not passed over."""
    refused = demo("show", **{name: value})
    assert (refused.code, refused.out, refused.err) == (2, "", f"subctl: {message}\n{hint}\n")


def test_variables_give_store_day_format_and_colour(demo):
    """SUBCTL_STORE, SUBCTL_TODAY, SUBCTL_FORMAT and SUBCTL_COLOR stand for their options."""
    expected = demo("show", "--today", "2026-03-20", "--json").json
    assert json.loads(demo("show", SUBCTL_TODAY="2026-03-20", SUBCTL_FORMAT="json").text) == expected
    assert "\x1b" in demo("show", SUBCTL_COLOR="always").text
    assert demo("show", "--json", SUBCTL_STORE=str(demo.home / "none.db")).refusal[1] == "store_missing"


# --- bytes and signs on the way out ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["show", b"\xff"], "not_found"),
        (["show", "--space", b"\xff"], "not_found"),
        (["quote", "--plan", b"\xff"], "not_found"),
        (["order", b"\xff"], "not_found"),
        (["quote", "--users", b"\xff"], "bad_input"),
        (["upgrade", "--users", "20", "--yes", "--expect", b"\xff"], "bad_input"),
        ([*ADD[:4], b"\xff", *ADD[5:]], "bad_input"),
        (["space", "add", b"\xff", *ADD[3:]], "bad_input"),
        (["show", "--today", b"\xff"], "bad_input"),
        (["show", "--store", b"\xff"], "store_missing"),
        (["init", "--store", "other.db", "--catalog", b"\xff"], "bad_input"),
        ([b"\xff"], "usage"),
        (["show", b"--\xff"], "usage"),
    ],
    ids=str,
)
def test_bytes_that_are_no_text(demo, words, code):
    """A byte that is no UTF-8 is refused like any other wrong word, and shown so that a terminal survives it."""
    before = demo.bytes
    refused = demo.process("--json", *words, PYTHONUTF8="1")
    assert refused.refusal[:2] == ({"not_found": 3, "store_missing": 3}.get(code, 2), code)
    assert demo.bytes == before


@pytest.mark.parametrize(
    "space", ["\udcff", "a\nb", "x" * 1000, "4111111111111111", "acme"], ids=lambda value: ascii(value)[:20]
)
def test_a_refusal_is_recorded_whatever_was_typed(demo, space):
    """The history names a space only where it could be one, and keeps nothing of a card number."""
    demo("admin", "add", "daemon")
    demo("admin", "remove", "root")
    assert demo("quote", "--space", space, "--users", "20", "--json").refusal[:2] == (7, "not_administrator")
    ((recorded, detail),) = demo.sql("SELECT space, detail FROM history ORDER BY id DESC LIMIT 1")
    assert recorded == ("acme" if space == "acme" else None)
    assert "not_administrator" in detail
    assert "411111" not in detail


NAME = "[/] Ünïcode 🦊 [bold]" + "漢字" * 10 + "x" * 110
SCREENS = [
    ("show",),
    ("list", "spaces"),
    ("list", "orders"),
    ("list", "quotes"),
    ("list", "invoices"),
    ("show", "Q-2026-0001"),
    ("show", "O-2026-0001"),
    ("show", "INV-2026-0001"),
    ("quote", "--users", "30", "--dry-run"),
    ("upgrade", "--users", "30", "--dry-run"),
    ("upgrade", "--users", "20", "--yes"),
]


@pytest.fixture
def odd(cli):
    """A store with a customer whose name, address and reference could upset a screen."""
    texts = ("--name", NAME, "--address", "[red]Street[/red] :smile: 1", "--reference", "[/PO]")
    state = ("--plan", "starter", "--users", "10", "--billing", "annual", "--start", "2026-01-01")
    return cli.sandbox(
        "2026-03-15",
        ("space", "add", "odd", *texts, *state),
        ("quote", "--users", "15"),
        ("upgrade", "--users", "20", "--yes"),
    )


@pytest.mark.parametrize("color", ["never", "always"])
@pytest.mark.parametrize("words", SCREENS, ids=" ".join)
def test_an_odd_name_prints_on_every_screen(odd, words, color):
    """Markup and emoji codes in data mean nothing; a long name is shown whole."""
    assert len(NAME) == 150
    text = odd(*words, "--color", color).text
    if words in (("show",), ("list", "spaces"), ("show", "INV-2026-0001")):
        assert NAME in text
    if words == ("show", "INV-2026-0001"):
        assert "[red]Street[/red] :smile: 1, Netherlands" in text
        assert "[/PO]" in text


@pytest.mark.parametrize(
    "name", ["می\u200cخواهم", "👩\u200d👧 Café", "\u200fבית קפה\u200e", "Donau\xadschiff"], ids=ascii
)
def test_a_name_is_spelt_on_every_screen_as_it_was_entered(odd, name):
    """Joiners, marks and soft hyphens are part of it: on screens, in JSON and in CSV."""
    odd("space", "set", "odd", "--name", name)
    for words in (("show",), ("list", "spaces"), ("list", "spaces", "--format", "csv"), ("show", "--json")):
        assert name in odd(*words).text


def test_json_keeps_an_odd_name_as_it_is(odd):
    """In JSON a name is what was entered, letters as they are."""
    result = odd("show", "--json")
    assert result.json["space"]["name"] == NAME
    assert NAME in result.out


@pytest.mark.parametrize(
    ("hidden", "shown"), [("\u202e", "\\u{202e}"), ("\x1b[2J", "\\u{1b}[2J"), ("\u200b", "\\u{200b}")], ids=ascii
)
def test_a_hidden_sign_that_got_in_all_the_same_is_made_visible(demo, hidden, shown):
    """safety.md: whoever writes into the file can hide nothing on a screen."""
    demo.sql("INSERT INTO buyers (id, name, country) VALUES (9, ?, 'NL')", f"Ac{hidden}me")
    demo.sql("UPDATE spaces SET buyer = 9 WHERE id = 'acme'")
    for words in (("show",), ("list", "spaces")):
        text = demo(*words).text
        assert hidden not in text
        assert f"Ac{shown}me" in text


@pytest.mark.parametrize("words", [["list", "plans"], ["list", "plans", "--json"]], ids=" ".join)
def test_a_closed_pipe_ends_quietly(demo, words):
    """`subctl list … | head -0`: no traceback, no message, and no exit code that means a bug."""
    script = (
        "import os, subprocess, sys\n"
        "read, write = os.pipe()\n"
        "os.close(read)\n"
        f"command = [sys.executable, '-m', 'subctl', *{words}]\n"
        "done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE)\n"
        "print(done.returncode, done.stderr)\n"
    )
    assert demo.python("-c", script).text == "0 b''\n"
