"""What a space's administrator writes into a document with psql: only what each reader can take (docs/safety.md)."""

from __future__ import annotations

import json

import psycopg
import pytest

from tests.support.attacked import ATTACKER
from tests.support.attacks_on_forms import SOUND, wrong
from tests.support.cli import Cli
from tests.support.files import Files

BOOK = "forms"


@pytest.fixture(scope="module")
def asked(server, tmp_path_factory):
    """The attacker's own connection to a demo store: he asks what the policies ask."""
    server.create(BOOK)
    cli = Cli(tmp_path_factory.mktemp("home"), Files(tmp_path_factory.mktemp("made")))
    assert cli("--store", server.url(BOOK), "init", "--demo").code == 0
    with psycopg.connect(
        host=str(server.folder), user=ATTACKER, dbname=BOOK, autocommit=True, options="-c search_path=subctl,pg_temp"
    ) as link:
        yield lambda document, name: next(iter(link.execute("SELECT is_form(%s, %s)", (document, name))))[0]
    server.drop(BOOK)


def refused(asked, document: str, name: str) -> bool:
    """Tell whether a document is refused: it isn't of the form, or no JSON that the server can take."""
    try:
        return asked(document, name) is not True
    except (psycopg.errors.DataError, psycopg.errors.StatementTooComplex):
        return True


@pytest.mark.parametrize("name", SOUND)
def test_one_thing_that_is_wrong_is_enough(asked, name):
    """Each value of each form is tried with each that can't stand there, each key is left out, and one is added."""
    assert asked(json.dumps(SOUND[name]), name) is True
    tried = list(wrong(name))
    assert len(tried) > 50
    assert [what for what, document in tried if not refused(asked, json.dumps(document), name)] == []


def test_what_is_no_json_or_nothing(asked):
    """Nor is a number that only some can read one of ours."""
    for document in ("", "x", "null", "NaN", "{", "7", '"x"'):
        assert refused(asked, document, "lines")
    assert asked(None, "words") is False
    sound = json.dumps(SOUND["lines"])
    for number in ("1e9", "-0.0", "1e999999", "9" * 5000, "Infinity"):
        assert refused(asked, sound.replace('"amount": 0', f'"amount": {number}'), "lines")


def test_a_key_that_stands_twice(asked):
    """Readers take the last one: both are looked at."""
    sound = json.dumps(SOUND["words"])
    assert refused(asked, sound.replace('"vat": null', '"vat": [], "vat": null'), "words")
