"""What is refused, with which code and in which words, and in which order (pricing.md 5)."""

import json
import os
import pwd
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.support.cli import LIVE
from tests.support.stores import pays_by

ACCOUNT = pwd.getpwuid(os.getuid()).pw_name
STRANGER = (
    7,
    "not_administrator",
    f"The account {ACCOUNT} is not an administrator of the space acme.",
    f"Ask a store administrator for it: subctl admin add {ACCOUNT} --space acme.",
)
ENDED = (
    4,
    "contract_ended",
    "The contract of acme ended on 2026-02-28.",
    "A new contract starts with a new space: subctl space add.",
)
LOCKED = (
    4,
    "contact_support",
    "The contract of acme is managed by Example Software B.V.",
    "Please contact support@example.com.",
)
LIMIT = (
    4,
    "plan_limit",
    "The plan business needs at least 5 users, not 3.",
    "Ask for --users 5 or more, or for another plan.",
)
ACTIVE = (4, "below_active_users", "7 users of acme are active: more than 3.", "Deactivate 4 users first.")
CARD = (
    4,
    "payment_method",
    "Monthly billing can't be paid by credit card.",
    "Choose annual billing, or pay by invoice or direct debit: subctl space set ID --payment invoice.",
)
ENDING = (
    4,
    "contract_ending",
    "The contract of acme is cancelled: its billing can't be changed any more.",
    "Withdraw the cancellation first: subctl list orders --space acme --kind cancel names it.",
)


def other(command, words):
    """Return the refusal of a change that goes the other way: it names the whole of the right command."""
    direction = {"upgrade": "more", "downgrade": "less"}[command]
    hint = f"Use: subctl {command} {words}"
    return (4, f"use_{command}", f"This change costs {direction} than today.", hint)


DOWN = other("downgrade", "--space acme --users 8")
BEHIND = (
    4,
    "clock_behind",
    "The store was last written on 2026-03-15; 2026-03-14 is before it.",
    "Use that day or a later one.",
)


def break_all(cli, *kept):
    """Break every rule at once, but those that are named."""
    if "not_administrator" not in kept:
        cli.sql("UPDATE administrators SET space = 'atelier'")
    if "contract_ended" not in kept:
        cli.sql('UPDATE contracts SET "end" = ? WHERE space = ?', "2026-03-01", "acme")
    elif "contract_ending" not in kept:
        cli.sql('UPDATE contracts SET "end" = ? WHERE space = ?', "2026-07-01", "acme")
    if "contact_support" not in kept:
        cli.sql("UPDATE spaces SET locked = 1 WHERE id = 'acme'")
    if "payment_method" not in kept:
        pays_by(cli, "acme", "card")


BROKEN = ("upgrade", "--plan", "business", "--users", "3", "--billing", "monthly", "--today", "2026-03-14")

ORDER = [
    (STRANGER, (), BROKEN),
    (ENDED, ("not_administrator",), BROKEN),
    (LOCKED, ("not_administrator", "contract_ended"), BROKEN),
    (LIMIT, ("not_administrator", "contract_ended", "contact_support"), BROKEN),
    (
        ACTIVE,
        ("not_administrator", "contract_ended", "contact_support"),
        ("upgrade", "--users", "3", "--billing", "monthly", "--today", "2026-03-14"),
    ),
    (
        CARD,
        ("not_administrator", "contract_ended", "contact_support"),
        ("upgrade", "--users", "8", "--billing", "monthly", "--today", "2026-03-14"),
    ),
    (
        ENDING,
        ("not_administrator", "contract_ended", "contact_support", "payment_method"),
        ("upgrade", "--users", "8", "--billing", "monthly", "--today", "2026-03-14"),
    ),
    (
        DOWN,
        ("not_administrator", "contract_ended", "contact_support", "payment_method"),
        ("upgrade", "--users", "8", "--today", "2026-03-14"),
    ),
    (
        BEHIND,
        ("not_administrator", "contract_ended", "contact_support", "payment_method"),
        ("downgrade", "--users", "8", "--today", "2026-03-14"),
    ),
]


@pytest.mark.parametrize(("refusal", "kept", "words"), ORDER, ids=[case[0][1] for case in ORDER])
def test_the_first_broken_rule_is_the_one_that_is_named(demo, refusal, kept, words):
    """pricing.md 5: with this rule and all later ones broken at once, this one is named."""
    break_all(demo, *kept)
    assert demo(*words, "--space", "acme", "--yes", "--json").refusal == refusal


@pytest.mark.parametrize("command", ["quote", "upgrade", "downgrade"])
def test_what_is_already_so_is_no_error_whatever_stands_below(demo, command):
    """pricing.md 4, 5: locked, cancelled, by card on monthly billing, more active than paid, on an earlier day."""
    break_all(demo, "not_administrator", "contract_ended")
    demo.sql("UPDATE spaces SET active_users = 12 WHERE id = 'atelier'")
    pays_by(demo, "atelier", "card")
    demo.sql("UPDATE spaces SET locked = 1")
    before = demo.bytes
    yes = () if command == "quote" else ("--yes",)
    for space, billing in (("acme", "annual"), ("atelier", "monthly")):
        same = ("--plan", "starter", "--users", "10", "--zoom", "2", "--billing", billing, "--space", space)
        document = demo(command, *same, *yes, "--today", "2026-03-14", "--json").json
        assert (document["kind"], document["changed"], document["space"]) == ("none", False, space)
    assert demo.bytes == before


def test_what_is_already_so_does_not_undo_the_end(demo):
    """pricing.md 5: the end comes before it."""
    demo.sql('UPDATE contracts SET "end" = ? WHERE space = ?', "2026-03-01", "acme")
    assert demo("upgrade", "--users", "10", "--yes", "--json").refusal == ENDED


# --- who may -----------------------------------------------------------------------------------------------


def test_a_space_administrator_can_not_act_as_support(demo):
    """pricing.md 5: --as-support is for store administrators."""
    demo.sql("UPDATE administrators SET space = 'acme'")
    demo.sql("UPDATE spaces SET locked = 1")
    assert demo("upgrade", "--users", "20", "--as-support", "--yes", "--json").refusal == (
        7,
        "not_administrator",
        f"The account {ACCOUNT} is not an administrator of this store, as --as-support needs.",
        f"Ask a store administrator for it: subctl admin add {ACCOUNT}.",
    )


def test_a_store_administrator_acts_as_support_and_it_is_recorded(demo):
    """pricing.md 5: a locked space changes by --as-support alone, and the history says so."""
    demo.sql("UPDATE spaces SET locked = 1")
    assert demo("upgrade", "--users", "20", "--yes", "--json").refusal == LOCKED
    assert demo("upgrade", "--users", "20", "--yes", "--as-support", "--json").json["order"] == "O-2026-0001"
    marks = demo.sql("SELECT action, detail FROM history ORDER BY id DESC LIMIT 2")
    details = [(action, json.loads(detail)) for action, detail in marks]
    assert [(action, detail.get("refused"), detail.get("as_support")) for action, detail in details] == [
        ("upgrade", None, True),
        ("upgrade", "contact_support", None),
    ]


@pytest.mark.parametrize(
    ("entered", "wanted"), [("starter", "enterprise"), ("enterprise", "pro"), ("enterprise", "enterprise")]
)
def test_a_plan_of_the_staff_is_theirs_in_both_directions(cli, entered, wanted):
    """pricing.md 5: a current or a wanted plan without self-service needs support."""
    add = ("space", "add", "acme", "--name", "Acme", "--plan", entered, "--users", "50", "--start", "2026-01-01")
    cli.sandbox("2026-03-15", add)
    command = "downgrade" if wanted == "pro" else "upgrade"
    change = (command, "--plan", wanted, "--users", "60" if wanted == "enterprise" else "50", "--yes", "--json")
    assert cli(*change).refusal == (
        4,
        "contact_support",
        "The plan enterprise is managed by Example Software B.V.",
        "Please contact support@example.com.",
    )
    assert cli(*change, "--as-support").json["changed"] is True


# --- plans, users, payment ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (
            ("upgrade", "--users", "51"),
            (
                4,
                "plan_limit",
                "The plan starter has at most 50 users, not 51.",
                "Ask for --users 50 or fewer, or for another plan.",
            ),
        ),
        (
            ("upgrade", "--plan", "business", "--users", "4"),
            (
                4,
                "plan_limit",
                "The plan business needs at least 5 users, not 4.",
                "Ask for --users 5 or more, or for another plan.",
            ),
        ),
        (
            ("upgrade", "--plan", "enterprise", "--as-support"),
            (
                4,
                "plan_limit",
                "The plan enterprise needs at least 50 users, not 10.",
                "Ask for --users 50 or more, or for another plan.",
            ),
        ),
        (
            ("downgrade", "--users", "6"),
            (4, "below_active_users", "7 users of acme are active: more than 6.", "Deactivate 1 user first."),
        ),
        (
            ("downgrade", "--users", "1"),
            (4, "below_active_users", "7 users of acme are active: more than 1.", "Deactivate 6 users first."),
        ),
        (("downgrade", "--users", "11"), other("upgrade", "--users 11")),
        (("downgrade", "--plan", "pro", "--space", "acme"), other("upgrade", "--space acme --plan pro")),
        (("upgrade", "--zoom", "1"), other("downgrade", "--licence zoom=1")),
        (("upgrade", "--users", "20", "--today", "2026-03-14"), BEHIND),
        (("quote", "--users", "20", "--today", "2026-03-14"), BEHIND),
        (
            ("upgrade", "--plan", "prp"),
            (3, "not_found", "There is no plan 'prp'.", "Did you mean pro?"),
        ),
        (
            ("upgrade", "--plan", "gold"),
            (3, "not_found", "There is no plan 'gold'.", "subctl list plans shows what there is."),
        ),
        (
            ("upgrade", "--users", "20", "--space", "acne"),
            (3, "not_found", "There is no space 'acne'.", "Did you mean acme?"),
        ),
        (
            ("show", "--space", "nowhere"),
            (3, "not_found", "There is no space 'nowhere'.", "subctl list spaces shows what there is."),
        ),
        (
            ("order", "Q-2026-0001"),
            (3, "not_found", "There is no quote Q-2026-0001.", "There is no quote yet."),
        ),
        (
            ("show", "INV-2026-0001"),
            (3, "not_found", "There is no invoice INV-2026-0001.", "There is no invoice yet."),
        ),
        (
            ("show", "N-2026-0001"),
            (
                3,
                "not_found",
                "There is no document 'N-2026-0001'.",
                "Numbers look like INV-2026-0001, Q-2026-0001 and O-2026-0001; a space is named with --space.",
            ),
        ),
        (
            ("upgrade", "--users", "20", "--expect", "302.49"),
            (
                5,
                "expectation_failed",
                "302.50 EUR would be due now, not 302.49.",
                "Look at the preview, then order with the right --expect.",
            ),
        ),
        (
            ("upgrade", "--users", "20", "--expect", "302.49", "--dry-run"),
            (
                5,
                "expectation_failed",
                "302.50 EUR would be due now, not 302.49.",
                "Look at the preview, then order with the right --expect.",
            ),
        ),
        (
            ("downgrade", "--users", "8", "--expect", "0.01"),
            (
                5,
                "expectation_failed",
                "0.00 EUR would be due now, not 0.01.",
                "Look at the preview, then order with the right --expect.",
            ),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value[0], str) else None,
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(demo, words, refusal):
    """pricing.md 5, 6.4: code, words and exit code of each refusal; the contract stays as it was."""
    before = demo("show", "--json").json
    yes = ("--yes",) if words[0] in ("upgrade", "downgrade") else ()
    assert demo(*words, *yes, "--json").refusal == refusal
    assert demo("show", "--json").json == before


def test_for_people_a_refusal_is_two_lines(demo):
    """What is wrong, and what to do."""
    refused = demo("downgrade", "--users", "3", "--yes")
    assert (refused.code, refused.out) == (4, "")
    assert refused.err == "subctl: 7 users of acme are active: more than 3.\nDeactivate 4 users first.\n"


@pytest.mark.parametrize(
    ("users", "active"), [("8", 9), ("10", 11)], ids=["fewer than are active", "as many as before"]
)
def test_users_are_counted_only_where_they_are_reduced(demo, users, active):
    """pricing.md 5: more active users than paid ones forbid a reduction, and nothing else."""
    demo.sql("UPDATE spaces SET active_users = ?", active)
    change = ("downgrade", "--users", users, "--zoom", "1", "--yes", "--json")
    if users == "8":
        assert demo(*change).refusal == (
            4,
            "below_active_users",
            "9 users of acme are active: more than 8.",
            "Deactivate 1 user first.",
        )
    else:
        assert demo(*change).json["kind"] == "downgrade"


def test_down_to_exactly_the_active_users(demo):
    """pricing.md 5: as many users as are active may stay."""
    assert demo("downgrade", "--users", "7", "--yes", "--json").json["kind"] == "downgrade"


@pytest.mark.parametrize("command", ["upgrade", "downgrade"])
def test_a_change_of_billing_goes_through_either(demo, command):
    """pricing.md 5: nothing but the billing changes: upgrade and downgrade both take it."""
    assert demo(command, "--billing", "monthly", "--yes", "--json").json["kind"] == "billing"


def test_a_card_pays_a_year_and_not_a_month(cli):
    """pricing.md 5: also when the contract is entered, and for a switch to monthly later."""
    add = ("space", "add", "acme", "--name", "Acme", "--plan", "pro", "--users", "2", "--payment", "card")
    cli.sandbox("2026-03-15")
    assert cli(*add, "--json").refusal == CARD
    assert cli(*add, "--billing", "annual").code == 0
    assert cli("downgrade", "--billing", "monthly", "--yes", "--json").refusal == CARD


def test_a_cancelled_contract_still_grows(demo):
    """pricing.md 4.10, 5: only a change of billing is refused while a cancellation waits."""
    demo.sql('UPDATE contracts SET "end" = ? WHERE space = ?', "2026-07-01", "acme")
    assert demo("upgrade", "--billing", "monthly", "--yes", "--json").refusal == ENDING
    assert demo("upgrade", "--users", "20", "--yes", "--json").json["due_now"]["net"] == "250.00"


# --- the clock ---------------------------------------------------------------------------------------------


def test_a_sandbox_moves_forward_with_a_write_and_with_nothing_else(demo):
    """A write moves a sandbox's day; looking, what changes nothing and what is refused don't."""
    later = ("--today", "2026-03-20", "--json")
    for words, code in (
        (("show",), 0),
        (("quote", "--users", "20", "--dry-run"), 0),
        (("upgrade", "--users", "20", "--dry-run"), 0),
        (("upgrade", "--users", "10", "--yes"), 0),
        (("quote", "--users", "10"), 0),
        (("downgrade", "--users", "3", "--yes"), 4),
        (("upgrade", "--users", "20", "--yes", "--expect", "1.00"), 5),
    ):
        assert demo(*words, *later).code == code
        assert demo("show", "--json").json["date"] == "2026-03-15"
    assert demo("quote", "--users", "20", *later).code == 0
    assert demo("show", "--json").json["date"] == "2026-03-20"
    assert demo("quote", "--users", "21", "--today", "2026-03-19", "--json").refusal == (
        4,
        "clock_behind",
        "The store was last written on 2026-03-20; 2026-03-19 is before it.",
        "Use that day or a later one.",
    )


def test_the_earlier_day_can_still_be_looked_at(demo):
    """Looking and --dry-run take any day, also one before the last write."""
    assert demo("show", "--today", "2026-03-14", "--json").json["date"] == "2026-03-14"
    preview = demo("upgrade", "--users", "20", "--dry-run", "--today", "2026-03-14", "--json").json
    assert (preview["date"], preview["due_now"]["total"]) == ("2026-03-14", "302.50")


def amsterdam():
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


ADD = ("space", "add", "acme", "--name", "Acme", "--plan", "starter", "--users", "10", "--zoom", "2")


def other_day(today, day):
    """Return the refusal to write a live store on another day than today."""
    return (
        4,
        "live_store_clock",
        f"A live store is written on its own day, {today}, not on {day}.",
        "Leave out --today, add --dry-run, or try it in a sandbox: subctl init --sandbox.",
    )


@pytest.mark.parametrize("day", ["2199-01-01", "2020-01-01"], ids=["later", "earlier"])
@pytest.mark.parametrize(
    "words", [(*ADD[:2], "other", *ADD[3:]), ("upgrade", "--users", "20", "--yes"), ("quote", "--users", "20")]
)
def test_a_live_store_is_written_on_its_own_day(cli, words, day):
    """pricing.md 5: `--today` serves looking and --dry-run; a write on another day is refused."""
    cli.prepare(LIVE, ADD)
    days = {amsterdam()}
    refused = cli(*words, "--today", day, "--json").refusal
    days.add(amsterdam())
    assert refused in [other_day(today, day) for today in days]


def test_a_live_store_can_be_looked_at_on_any_day(cli):
    """`show` and --dry-run take --today on a live store too."""
    cli.prepare(LIVE, ADD)
    assert cli("show", "--today", "2040-01-01", "--json").json["date"] == "2040-01-01"
    preview = cli("upgrade", "--users", "20", "--dry-run", "--today", "2040-01-01", "--json").json
    assert (preview["date"], preview["price_from"]) == ("2040-01-01", "2040-02-01")
    assert cli("show", "--json", SUBCTL_TODAY="2040-01-01").json["date"] == "2040-01-01"


@pytest.mark.parametrize("environment", [{}, {"SUBCTL_TODAY": "2199-01-01"}], ids=["option", "environment"])
def test_a_live_store_is_not_made_on_another_day(cli, environment):
    """pricing.md 5: making a live store is a write too; a store of another day could never be written."""
    words = () if environment else ("--today", "2199-01-01")
    days = {amsterdam()}
    refused = cli(*LIVE, *words, "--json", **environment).refusal
    days.add(amsterdam())
    assert refused in [other_day(today, "2199-01-01") for today in days]
    assert list(cli.home.iterdir()) == []


# --- which space, and asking -------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("show",), ("quote", "--users", "20"), ("upgrade", "--users", "20", "--yes")])
def test_without_a_default_the_space_must_be_named(demo, words):
    """The choices are named."""
    demo.sql("UPDATE store SET default_space = NULL")
    assert demo(*words, "--json").refusal == (
        2,
        "ambiguous_space",
        "Which space? There are acme, atelier.",
        "Name it with --space; subctl space set ID --default spares that.",
    )


def test_of_many_spaces_ten_are_named(demo):
    """More spaces than fit a line are cut, and the cut is shown."""
    demo.sql("UPDATE store SET default_space = NULL")
    for place in range(1, 10):
        demo("space", "add", f"b{place}", "--name", "B", "--plan", "pro", "--users", "1")
    assert demo("show", "--json").refusal == (
        2,
        "ambiguous_space",
        "Which space? There are acme, atelier, b1, b2, b3, b4, b5, b6, b7, b8 and more.",
        "Name it with --space; subctl space set ID --default spares that.",
    )


def test_the_only_space_needs_no_name(cli):
    """Of one space there is no doubt."""
    cli.sandbox("2026-03-15", ADD)
    assert cli("show", "--json").json["space"]["id"] == "acme"


def test_a_store_without_a_space_says_so(cli):
    """`show` in an empty store tells how to fill it."""
    cli.sandbox("2026-03-15")
    assert cli("show", "--json").refusal == (
        3,
        "not_found",
        "There is no space yet.",
        "Add one with subctl space add my-shop --name 'My Shop' --plan starter --users 5.",
    )


def test_option_before_environment_before_default(demo):
    """--space, then SUBCTL_SPACE, then the store's default."""
    asked = [
        demo("show", *words, "--json", **environment).json["space"]["id"]
        for words, environment in (
            ((), {}),
            ((), {"SUBCTL_SPACE": "atelier"}),
            (("--space", "acme"), {"SUBCTL_SPACE": "atelier"}),
        )
    ]
    assert asked == ["acme", "atelier", "acme"]


def test_the_config_file_comes_after_the_environment(demo):
    """The space of the config file goes before the store's default, and after the environment."""
    folder = demo.home / "XDG_CONFIG_HOME" / "subctl"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('space = "atelier"\n')
    assert demo("show", "--json").json["space"]["id"] == "atelier"
    assert demo("show", "--json", SUBCTL_SPACE="acme").json["space"]["id"] == "acme"


def test_a_space_can_not_be_added_twice(demo):
    """The first one stays as it is."""
    before = demo("show", "--json").json
    assert demo(*ADD, "--json").refusal == (
        5,
        "already_exists",
        "There is a space acme already.",
        "See subctl show --space acme.",
    )
    assert demo("show", "--json").json == before


@pytest.mark.parametrize("command", ["upgrade", "downgrade"])
def test_without_a_terminal_a_change_needs_yes(demo, command):
    """Nobody can answer: --yes and `subctl quote` are named, and nothing is written."""
    before = demo.bytes
    users = {"upgrade": "20", "downgrade": "8"}[command]
    assert demo(command, "--users", users, "--json").refusal == (
        2,
        "confirmation_needed",
        "This needs an answer, and stdin is no terminal.",
        f"Run subctl {command} with --yes, or save it with subctl quote.",
    )
    assert demo.bytes == before


def test_a_refusal_and_a_repeat_come_before_the_question(demo):
    """A person is asked only when there is something to do."""
    assert demo("downgrade", "--users", "3", "--json").refusal == ACTIVE
    assert demo("upgrade", "--users", "10", "--json").json["kind"] == "none"


def test_init_over_a_sandbox_needs_yes(demo):
    """A sandbox is replaced only on purpose."""
    before = demo.bytes
    assert demo("init", "--json").refusal == (
        2,
        "confirmation_needed",
        "This needs an answer, and stdin is no terminal.",
        "Run subctl init with --yes.",
    )
    assert demo.bytes == before


@pytest.mark.parametrize("yes", [(), ("--yes",)])
def test_init_over_a_live_store_is_refused(cli, yes):
    """A live store is never replaced, whatever is said."""
    cli.prepare(LIVE)
    before = cli.bytes
    assert cli("init", "--demo", *yes, "--json").refusal == (
        5,
        "store_exists",
        f"There is a live store at {cli.store}.",
        "Use it, or name another file with --store.",
    )
    assert cli.bytes == before


def test_a_refused_write_is_in_the_history(demo):
    """Refusals by the rules, by a conflict and for want of a right are kept; wrong usage isn't."""
    demo("downgrade", "--users", "3", "--yes")
    demo("upgrade", "--users", "20", "--yes", "--expect", "1.00")
    demo("upgrade", "--users", "0", "--yes")
    demo("upgrade", "--plan", "gold", "--yes")
    demo("downgrade", "--users", "3", "--dry-run")
    rows = demo.sql(
        "SELECT action, detail ->> 'refused' FROM history WHERE detail ->> 'refused' IS NOT NULL ORDER BY id"
    )
    assert rows == [("downgrade", "below_active_users"), ("upgrade", "expectation_failed")]
