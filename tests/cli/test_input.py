"""Bad input: each value that can't be is named, with a hint, and nothing is written (safety.md)."""

import json

import pytest

ADD = ("space", "add", "new", "--name", "New", "--plan", "pro", "--users", "3")
BAD = "bad_input"


def count(option, value, low):
    return (f"{option} can't be '{value}'.", f"Give a whole number from {low} to 1000000.")


def refuse(demo, words, message, hint, code=BAD):
    """Check the whole refusal, for scripts and for people, and that not a byte was written."""
    before = demo.bytes
    assert demo(*words, "--json").refusal == (2, code, message, hint)
    for_people = demo(*words)
    lines = f"{message}\n{hint}\n" if hint else f"{message}\n"
    assert (for_people.code, for_people.out, for_people.err) == (2, "", lines)
    assert demo.bytes == before


# --- numbers -----------------------------------------------------------------------------------------------

NUMBERS = ["12,5", "12.0", "1_000", "١٢", "１２", "-1", "+1", "1e3", "0x10", "", " 5", "5\n", "five", "²"]
TOO_LARGE = [str(2**31), str(2**63), str(2**64), "1000001", "9" * 400]


@pytest.mark.parametrize("value", [*NUMBERS, *TOO_LARGE, "0", "00"], ids=ascii)
@pytest.mark.parametrize("command", ["quote", "upgrade", "downgrade"])
def test_users_that_can_not_be(demo, command, value):
    """ASCII digits only, one to a million."""
    shown = value.replace("\n", "\\u{a}")
    refuse(demo, (command, "--users", value), *count("--users", shown, 1))


@pytest.mark.parametrize("value", [*NUMBERS, *TOO_LARGE], ids=ascii)
def test_licences_that_can_not_be(demo, value):
    """ASCII digits only, none to a million."""
    shown = value.replace("\n", "\\u{a}")
    refuse(demo, ("quote", "--zoom", value), *count("--zoom", shown, 0))


@pytest.mark.parametrize(("option", "low"), [("--users", 1), ("--zoom", 0), ("--active-users", 0)], ids=str)
@pytest.mark.parametrize("value", ["1_000", "١٢", "-1", "2.5", ""], ids=ascii)
def test_counts_of_a_new_space(demo, option, low, value):
    """The same digits everywhere."""
    refuse(demo, (*ADD, option, value), *count(option, value, low))


@pytest.mark.parametrize("value", ["0", "-1", "all", "1000001"])
def test_a_limit_that_can_not_be(demo, value):
    """`list --limit` takes one or more."""
    refuse(demo, ("list", "spaces", "--limit", value), *count("--limit", value, 1))


def test_numbers_with_leading_zeros_are_numbers(demo):
    """Digits are digits."""
    assert demo("quote", "--users", "0020", "--dry-run", "--json").json["after"]["users"] == 20


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("12,50", "Write 12.50."),
        ("1234,5", "Write 1234.5."),
        ("1.234,50", "Write digits and a point, like 12.50."),
        ("1,234.50", "Write digits and a point, like 12.50."),
        ("NaN", "Write digits and a point, like 12.50."),
        ("Infinity", "Write digits and a point, like 12.50."),
        ("1e3", "Write digits and a point, like 12.50."),
        ("1_000", "Write digits and a point, like 12.50."),
        ("١٢.50", "Write digits and a point, like 12.50."),
        ("302.50 EUR", "Write digits and a point, like 12.50."),
        (".5", "Write digits and a point, like 12.50."),
        ("5.", "Write digits and a point, like 12.50."),
        ("", "Write digits and a point, like 12.50."),
        ("9" * 16, "Write digits and a point, like 12.50."),
    ],
    ids=ascii,
)
def test_an_expectation_that_is_no_amount(demo, value, hint):
    """pricing.md 6.4: digits and a point; a comma is named with what was meant."""
    words = ("upgrade", "--users", "20", "--yes", "--expect", value)
    refuse(demo, words, f"--expect is not a number: '{value}'.", hint)


def test_an_expectation_finer_than_a_cent(demo):
    """pricing.md 3.1, 6.4: an amount has the currency's decimals."""
    words = ("upgrade", "--users", "20", "--yes", "--expect", "302.501")
    refuse(demo, words, "--expect has more than 2 decimals: 302.501.", "Round it.")


# --- dates -------------------------------------------------------------------------------------------------

DATES = [
    "2026-02-30",
    "2027-02-29",
    "15-03-2026",
    "15/03/2026",
    "2026-3-5",
    "20260315",
    "2026-W11-7",
    "today",
    "２０２６-03-15",
]


@pytest.mark.parametrize("value", [*DATES, "2026-03-15T00:00", " 2026-03-15", "0000-01-01", "10000-01-01"], ids=ascii)
def test_days_that_can_not_be(demo, value):
    """pricing.md 2.1: dates are strictly YYYY-MM-DD, and days of the calendar."""
    hint = "Write it as YYYY-MM-DD, like 2026-03-15."
    refuse(demo, ("show", "--today", value), f"--today is not a date: '{value}'.", hint)


@pytest.mark.parametrize("value", ["1969-12-31", "2200-01-01", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("show",), "--today"),
        (("upgrade", "--users", "20", "--yes"), "--today"),
        (("list", "orders"), "--since"),
        (("history",), "--since"),
        (ADD, "--start"),
        (ADD, "--renews-on"),
        (ADD, "--billed-through"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_days_too_far_from_now(demo, words, option, value):
    """Days outside of 1970 to 2199 are typing errors."""
    hint = "Give a day in the years 1970 to 2199."
    refuse(demo, (*words, option, value), f"{option} can't be {value}.", hint)


@pytest.mark.parametrize("value", ["1970-01-01", "2199-12-31"])
def test_the_first_day_and_the_last(demo, value):
    """Both years are inside, whole."""
    assert demo("show", "--today", value, "--json").json["date"] == value


@pytest.mark.parametrize("option", ["--start", "--renews-on", "--billed-through"])
def test_dates_of_a_new_space(demo, option):
    """The same dates everywhere."""
    hint = "Write it as YYYY-MM-DD, like 2026-03-15."
    refuse(demo, (*ADD, option, "2026-02-30"), f"{option} is not a date: '2026-02-30'.", hint)


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
    refuse(demo, (*ADD, *words), message, hint)


# --- texts -------------------------------------------------------------------------------------------------

TEXTS = [
    ("a\nb", "must not hold the invisible sign \\u{a}"),
    ("a\tb", "must not hold the invisible sign \\u{9}"),
    ("a\x1b[31mb", "must not hold the invisible sign \\u{1b}"),
    ("a\x7fb", "must not hold the invisible sign \\u{7f}"),
    ("a\x85b", "must not hold the invisible sign \\u{85}"),
    ("a\u202eb", "must not hold the invisible sign \\u{202e}"),
    ("a\u2066b", "must not hold the invisible sign \\u{2066}"),
    ("a\u200bb", "must not hold the invisible sign \\u{200b}"),
    ("a\u2028b", "must not hold the invisible sign \\u{2028}"),
    ("\ufeffab", "must not hold the invisible sign \\u{feff}"),
    ("x" * 201, "must have at most 200 letters"),
    ("", "must not be empty"),
    ("   ", "must not be empty"),
    ("\u2003\u00a0", "must not be empty"),
    ("4111 1111 1111 1111", "must not hold a card number"),
    ("card 4111-1111-1111-1111, please", "must not hold a card number"),
    ("4111111111111111", "must not hold a card number"),
    ("378282246310005", "must not hold a card number"),
]


@pytest.mark.parametrize(("text", "fault"), TEXTS, ids=lambda value: ascii(value)[:40])
@pytest.mark.parametrize(
    ("option", "what"), [("--name", "The name"), ("--address", "The address"), ("--reference", "The reference")]
)
def test_texts_that_can_not_be(demo, option, what, text, fault):
    """safety.md: no hidden signs, not too long, not empty; a card number is refused and never stored."""
    refuse(demo, (*ADD, option, text), f"{what} {fault}.", "")
    assert b"411111" not in demo.bytes.replace(b" ", b"").replace(b"-", b"")


@pytest.mark.parametrize("text", ["4111 1111 1111 1112", "1234567890123", "PO 2026-0000-0001", "+31 20 123 45 67"])
def test_a_number_that_is_no_card_may_be_a_reference(demo, text):
    """safety.md: only what passes the check of payment cards is refused."""
    assert demo(*ADD, "--reference", text, "--json").json["space"]["reference"] == text


@pytest.mark.parametrize(
    "space_id", ["New", "a b", "-a", "a-", ".", "../x", "a/b", "ä", "a" * 41, "", "a\nb"], ids=ascii
)
def test_ids_that_can_not_be(demo, space_id):
    """Small letters, digits, dots, hyphens and underscores."""
    shown = space_id.replace("\n", "\\u{a}")
    before = demo.bytes
    assert demo("space", "add", "--json", *ADD[3:], "--", space_id).refusal == (
        2,
        BAD,
        f"The space's ID can't be '{shown}'.",
        "Use at most 40 small letters, digits, dots, hyphens and underscores, like acme-berlin.",
    )
    assert demo.bytes == before


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("--country", "nld"), "--country can't be 'nld'.", "Give the two letters of ISO 3166, like NL."),
        (("--country", "N1"), "--country can't be 'N1'.", "Give the two letters of ISO 3166, like NL."),
        (("--country", "UK"), "--country can't be UK.", "The United Kingdom's two letters are GB."),
        (("--email", "x"), "'x' is not an e-mail address.", ""),
        (("--email", "a b@c.d"), "'a b@c.d' is not an e-mail address.", ""),
        (("--payment", "cash"), "--payment can't be 'cash'.", "Choose invoice, direct-debit or card."),
        (
            ("--iban", "NL91ABNA0417164301"),
            "'NL91ABNA0417164301' is not an IBAN.",
            "Check its digits, like NL91 ABNA 0417 1643 00.",
        ),
        (("--billing", "yearly"), "--billing can't be 'yearly'.", "Choose monthly or annual."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_details_that_can_not_be(demo, words, message, hint):
    """Each detail of a new space is checked when it is entered."""
    refuse(demo, (*ADD, *words), message, hint)


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("show", "--format", "xml"), "--format can't be 'xml'.", "Choose table, json or csv."),
        (("show", "--color", "red"), "--color can't be 'red'.", "Choose auto, always or never."),
        (
            ("list", "things"),
            "There is no list of 'things'.",
            "There are spaces, plans, quotes, orders, invoices.",
        ),
        (("quote", "--billing", "weekly"), "--billing can't be 'weekly'.", "Choose monthly or annual."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_words_that_are_none_of_the_choices(demo, words, message, hint):
    """The choices are named."""
    before = demo.bytes
    refused = demo(*words)
    assert (refused.code, refused.out, refused.err) == (2, "", f"{message}\n{hint}\n")
    assert demo.bytes == before


def test_an_iban_shows_its_last_four_alone(demo):
    """safety.md: of an IBAN only the last four are shown, anywhere."""
    words = (*ADD, "--payment", "direct-debit", "--iban", "NL91 ABNA 0417 1643 00")
    page = demo(*words, "--json").json
    assert (page["space"]["payment"], page["space"]["iban"]) == ("direct-debit", "…4300")
    for looked in (("show", "--space", "new"), ("list", "spaces"), ("show", "--space", "new", "--json")):
        assert "0417164300" not in demo(*looked).text.replace(" ", "")


# --- usage -------------------------------------------------------------------------------------------------

USAGE = [
    (("shw",), "No such command 'shw'.", "Did you mean subctl show?"),
    (("invoice",), "No such command 'invoice'.", "Did you mean subctl list invoices?"),
    (("qu",), "No such command 'qu'.", "subctl --help lists all commands."),
    (("--jsn", "show"), "No such option: --jsn (Possible options: --json)", "subctl --help shows how."),
    (("show", "--jsn"), "No such option: --jsn", "subctl show --help shows how."),
    (("show", "--fromat", "x"), "No such option: --fromat", "subctl show --help shows how."),
    (("show", "A", "B"), "Got unexpected extra argument(s) (B)", "subctl show --help shows how."),
    (("list",), "Missing argument 'spaces|plans|quotes|orders|invoices'.", "subctl list --help shows how."),
    (("order",), "Missing argument 'QUOTE'.", "subctl order --help shows how."),
    (("space", "add"), "Missing argument 'ID'.", "subctl space add --help shows how."),
    (("space", "add", "x"), "Missing option '--name'.", "subctl space add --help shows how."),
    (("space", "ad"), "No such command 'ad'. Did you mean 'add'?", "subctl space --help shows how."),
    (("quote", "--users"), "Option '--users' requires an argument.", "subctl --help shows how."),
]


@pytest.mark.parametrize(("words", "message", "hint"), USAGE, ids=[" ".join(words) for words, _, _ in USAGE])
def test_wrong_usage(demo, words, message, hint):
    """Exit 2; as JSON wherever --json stands, and by the environment too."""
    before = demo.bytes
    expected = (2, "usage", message, hint)
    assert demo("--json", *words).refusal == expected
    assert demo("--format", "json", *words).refusal == expected
    assert demo(*words, SUBCTL_FORMAT="json").refusal == expected
    if words[-1] != "--users":
        assert demo(*words, "--json").refusal == expected
        assert demo(*words, "--format=json").refusal == expected
    for_people = demo(*words)
    assert (for_people.code, for_people.out, for_people.err) == (2, "", f"{message}\n{hint}\n")
    assert demo.bytes == before


def test_the_last_word_on_the_format_counts(demo):
    """The option goes before the environment; after -- there are no options."""
    assert demo("show", "--format", "table", SUBCTL_FORMAT="json").text.startswith("Acme (acme)")
    assert demo("--format", "table", "shw", SUBCTL_FORMAT="json").err.startswith("No such command")
    assert demo("show", "--", "--json").err.startswith("There is no document '--json'")


def test_global_options_stand_anywhere(demo):
    """Before the command, between its words, after it."""
    words = ["quote", "--users", "20", "--dry-run"]
    expected = demo(*words, "--json", "--today", "2026-03-16").json
    for place in (0, 1, 3, 4):
        moved = [*words[:place], "--json", "--today", "2026-03-16", *words[place:]]
        assert demo(*moved).json == expected


@pytest.mark.parametrize(
    ("plan", "hint"),
    [
        ("prp", "Did you mean pro?"),
        ("startr", "Did you mean starter?"),
        ("Pro", "Did you mean pro?"),
        ("gold", "subctl list plans shows what there is."),
        ("", "subctl list plans shows what there is."),
    ],
)
@pytest.mark.parametrize(
    "words", [("quote", "--dry-run"), ("upgrade", "--yes"), (*ADD[:5], "--users", "3")], ids=" ".join
)
def test_an_unknown_plan_suggests_near_names(demo, words, plan, hint):
    """`not_found` names what was probably meant."""
    refused = demo(*words, "--plan", plan, "--json").refusal
    assert refused == (3, "not_found", f"There is no plan '{plan}'.", hint)


@pytest.mark.parametrize("value", ["", " ", "\t"], ids=ascii)
@pytest.mark.parametrize("option", ["--space", "--today", "--store", "--format", "--color"])
def test_an_empty_option_is_not_taken_for_a_missing_one(demo, option, value):
    """`--space "$SPACE"` with an empty variable must not order for the default space."""
    words = ("upgrade", option, value, "--users", "20", "--yes")
    hint = "Leave it out, or give it a value."
    before = demo.bytes
    refused = demo(*words)
    assert (refused.code, refused.out, refused.err) == (2, "", f"{option} must not be empty.\n{hint}\n")
    if option != "--format":
        assert demo(*words, "--json").refusal == (2, BAD, f"{option} must not be empty.", hint)
    assert demo.bytes == before


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
    refuse(demo, (*words, "--space", ""), "--space must not be empty.", "Leave it out, or give it a value.")


def test_an_empty_variable_is_a_missing_one(demo):
    """`SUBCTL_SPACE= subctl show` takes the default: a variable can't be left out everywhere."""
    empty = dict.fromkeys(("SUBCTL_SPACE", "SUBCTL_TODAY", "SUBCTL_FORMAT", "SUBCTL_COLOR"), "")
    assert demo("show", **empty).text == demo("show").text


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
        ("SUBCTL_COLOR", "red", "--color can't be 'red'.", "Choose auto, always or never."),
        ("SUBCTL_FORMAT", "xml", "--format can't be 'xml'.", "Choose table, json or csv."),
    ],
)
def test_a_variable_is_checked_like_its_option(demo, name, value, message, hint):
    """A bad variable is refused, not passed over."""
    refused = demo("show", **{name: value})
    assert (refused.code, refused.out, refused.err) == (2, "", f"{message}\n{hint}\n")


def test_variables_give_store_day_format_and_colour(demo):
    """SUBCTL_STORE, SUBCTL_TODAY, SUBCTL_FORMAT and SUBCTL_COLOR stand for their options."""
    expected = demo("show", "--today", "2026-03-20", "--json").json
    assert json.loads(demo("show", SUBCTL_TODAY="2026-03-20", SUBCTL_FORMAT="json").text) == expected
    assert "\x1b" in demo("show", SUBCTL_COLOR="always").text
    assert demo("show", "--json", SUBCTL_STORE=str(demo.home / "none.db")).refusal[1] == "store_missing"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("space = ", "The config file {} is not a TOML file: Invalid value (at end of document)"),
        ("space = 1", "space in {} must be a text."),
        ("color = true", "color in {} must be a text."),
    ],
)
def test_a_config_file_that_can_not_be_used(demo, content, message):
    """The config file is named with what is wrong in it."""
    path = demo.home / "XDG_CONFIG_HOME" / "subctl" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(content)
    assert demo("show", "--json").refusal == (2, BAD, message.format(path), "")


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
        assert "[red]Street[/red] :smile: 1, NL" in text
        assert "[/PO]" in text


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
    demo.sql("INSERT INTO buyers VALUES (9, ?, NULL, 'NL', NULL, NULL, NULL)", f"Ac{hidden}me")
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
