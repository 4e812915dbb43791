"""Refusals and findings in a language that nobody speaks: people read them in it, scripts in English."""

from __future__ import annotations

import json
import re

import pytest

from tests.support import pseudo
from tests.support.pseudo import other


@pytest.fixture
def spoken(demo):
    """Return the demo, run by somebody who reads the language."""
    with pseudo.spoken():
        yield lambda *words: demo(*words, SUBCTL_LANG="fr")


def test_every_bad_row_is_said_with_its_hint(spoken, demo):
    """Each line is one of the language, whatever its row was refused for."""
    file = demo.home / "wanted.csv"
    file.write_text("space,users,plan\nacme,3,\natelier,12\natelier,12,gold\n")
    line = other("Line {line}: {refusal}")
    rows = [
        (
            2,
            other("{active} users of {space} are active: more than {asked}.").format(active=7, space="acme", asked=3),
            other("Deactivate {number} users first.").format(number=4),
        ),
        (
            3,
            other("{cells} under {columns}.").format(
                cells=other("{number} cells").format(number=2), columns=other("{number} columns").format(number=3)
            ),
            other("Put a cell with a separator in it in quotes; leave none out."),
        ),
        (
            4,
            other("There is no plan '{plan}'.").format(plan="gold"),
            other("{command} shows what there is.").format(command="subctl list plans"),
        ),
    ]
    said = [line.format(line=place, refusal=f"{what} {hint}") for place, what, hint in rows]
    done = spoken("apply", str(file), "--yes")
    assert (done.code, done.err) == (4, "\n".join([f"subctl: {said[0]}", *said[1:], ""]))


def test_rows_that_are_bad_alike_have_one_hint(spoken, demo):
    """It is said once, at the end."""
    file = demo.home / "wanted.csv"
    file.write_text("space,users\nnobody,3\nno-one,4\n")
    line, what = other("Line {line}: {refusal}"), other("There is no space '{space}'.")
    said = [
        line.format(line=place, refusal=what.format(space=space)) for place, space in ((2, "nobody"), (3, "no-one"))
    ]
    hint = other("{command} shows what there is.").format(command="subctl list spaces")
    assert spoken("apply", str(file), "--yes").err == "\n".join([f"subctl: {said[0]}", said[1], hint, ""])


def test_scripts_and_the_history_have_it_in_english(spoken, demo):
    refused = spoken("downgrade", "--users", "3", "--yes", "--json").refusal
    assert refused == (
        4,
        "below_active_users",
        "7 users of acme are active: more than 3.",
        "Deactivate 4 users first.",
    )
    newest = demo("history", "--limit", "1", "--json").json["items"][0]["detail"]
    assert newest == {"refused": "below_active_users", "message": "7 users of acme are active: more than 3."}


def test_a_number_of_a_register_is_wrong_for_a_reason(spoken):
    """What the library says of it is said in the language, too."""
    said = other("'{text}' is not a legal id: {reason} ({name}).").format(
        text="0002:732829321", reason=other("the number's checksum or check digit is invalid"), name="SIREN"
    )
    assert spoken("space", "set", "acme", "--legal-id", "0002:732829321").err.splitlines()[0] == f"subctl: {said}"


def test_what_the_check_finds(spoken, demo):
    """Days and lists are those of the language; scripts read them in English."""
    assert demo("bill", "--today", "2026-05-01").code == 0
    demo.tamper(
        "UPDATE spaces SET locked = 1, active_users = active_users + 1 WHERE id = 'acme'",
        "INSERT INTO administrators (uid, space, account) VALUES (4711, 'acme', 'zoe')",
        "UPDATE contracts SET billed_until = '2026-08-01' WHERE space = 'atelier'",
    )
    done = spoken("check")
    assert done.code == 8
    found = done.out.replace("\n", " ")
    names = other("{first} and {second}").format(first=other("locked"), second=other("active users"))
    wrong = other("{space}: {what}: another than the history says.").format(space="acme", what=names)
    missing = other("{space} has no invoice from {day} on.").format(space="atelier", day="1er juin 2026")
    right = other("The right of the account {uid} to the space {space} is not what the history says.")
    assert (missing in found, wrong in found, right.format(uid=4711, space="acme") in found) == (True, True, True)
    problems = json.loads(spoken("check", "--json").out)["problems"]
    messages = [each["message"] for each in problems]
    assert "atelier has no invoice from 2026-06-01 on." in messages


KNOWN = "acme zoom gold pro por starter business enterprise example db monthly annual EUR INV er avril janvier"
"""Names, what is typed, and what a language has in tables of its own: no catalogue says it."""

REFUSED = {
    "an empty name": ("space", "set", "acme", "--name", " "),
    "an invisible sign": ("space", "set", "acme", "--name", "a\u200bb"),
    "an address that is none": ("space", "set", "acme", "--email", "acme"),
    "a number that is none": ("upgrade", "--users", "x"),
    "a day that is none": ("show", "--today", "x"),
    "a day far away": ("show", "--today", "1066-10-14"),
    "a choice that isn't there": ("upgrade", "--billing", "x"),
    "an amount with a comma": ("upgrade", "--users", "20", "--expect", "12,50"),
    "an amount with too many decimals": ("upgrade", "--users", "20", "--expect", "1.555"),
    "a plan that is nearly there": ("upgrade", "--plan", "por"),
    "a licence that isn't there": ("upgrade", "--licence", "gold=1"),
    "too many users": ("upgrade", "--plan", "starter", "--users", "999999"),
    "users that are active": ("downgrade", "--users", "3"),
    "the wrong direction": ("upgrade", "--users", "8"),
    "a document that isn't there": ("show", "INV-1"),
    "a card every month": ("upgrade", "--billing", "monthly", "--space", "acme"),
    "a renewal that isn't the next": (
        *("space", "add", "test", "--name", "Test", "--plan", "pro", "--users", "5", "--billing", "annual"),
        *("--renews-on", "2030-01-01"),
    ),
    "a store that isn't there": ("show", "--store", "example.db"),
    "a store that is a folder": ("show", "--store", "/"),
}


@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_said_whole(spoken, words):
    """No word of it is left in English, but for names and what is typed."""
    done = spoken(*words)
    assert done.code != 0
    assert pseudo.plain(done.err.removeprefix("subctl:"), KNOWN) == set()


def test_the_engines_words_are_said_too(spoken, demo):
    """What SQLite says of a file that is damaged."""
    content = demo.bytes
    demo.store.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    what = other("The store {path} is damaged: {reason}.").format(
        path=demo.store, reason=other("database disk image is malformed")
    )
    assert spoken("show").err == f"subctl: {what}\n{other('Bring back a backup with subctl restore FILE.')}\n"


def test_every_fault_of_a_catalog_is_said_with_its_key(spoken, demo):
    """Keys are typed, what is wrong with their values is said."""
    file = demo.home / "catalog.toml"
    file.write_text("name = 1\ncurrency = 'XXX'\nseller = 1\n[policy]\nquote_days = 1000\n[plans.pro]\nmonthly = 1\n")
    fault = other("{key}: {fault}")
    done = spoken("catalog", "check", str(file))
    assert done.code == 2
    assert f"  {fault.format(key='name', fault=other('must be a text'))}\n" in done.err
    assert f"  {fault.format(key='valid_from', fault=other('missing'))}\n" in done.err
    said = re.sub(r"^  [a-z_.]+:", "", done.err.removeprefix("subctl:").replace(str(file), ""), flags=re.MULTILINE)
    assert pseudo.plain(said, "EUR ISO NL plans starter") == set()
