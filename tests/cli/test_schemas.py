"""`subctl schema` prints what every JSON document has; a whole life of commands is held against it.

The harness holds every other document of the tests against its schema too (tests/support/documents.py).
"""

import copy
import grp
import json
import os
import pwd
import tomllib
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from subctl.cli.commands import COMMANDS
from subctl.domain.catalog_file import read_catalog
from subctl.domain.errors import EXIT_CODES
from subctl.service import catalogs, lists
from subctl.view import schemas
from tests.support.camt import Camt, Entry, Tx
from tests.support.cli import Cli, Result
from tests.support.documents import faults
from tests.support.files import Files
from tests.support.money import enter, money

ACCOUNT = pwd.getpwuid(os.getuid()).pw_name
GROUP = grp.getgrgid(os.getgid()).gr_name
DOCUMENTS = [name for name in schemas.names() if name != "catalog-file"]
"""All documents that a command prints; the catalog file is one that it also reads."""


Met = tuple[str, str, dict[str, Any]]
"""A document that was met: the words of its command, its schema's name, and itself."""


class Life:
    """Commands on one store, with the documents that they printed."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli
        self.documents: list[Met] = []

    def __call__(self, *words: str, code: int = 0, **extra: str) -> Result:
        done = self.cli(*words, "--json", **extra)
        assert done.code == code, done
        for text in filter(None, (done.out, done.err)):
            document = json.loads(text)
            name = "error" if text == done.err else document.get("schema", "catalog-file/1").partition("/")[0]
            self.documents.append((" ".join(words), name, document))
        return done


def make_contracts(run: Life) -> None:
    """The commands that make a store, its spaces, and its administrators."""
    files = run.cli.home
    if run.cli.uid is None:  # a server has roles where a file has a group
        run("init", "--demo")
    else:
        run.cli.store = files / "shared" / "contracts.db"
        run("init", "--demo", "--group", GROUP)
    run("init", "--demo", "--yes")
    full = ("--vat-id", "DE136695976", "--address", "Weg 1, Bonn", "--email", "a@b.example", "--reference", "PO-1")
    paid = ("--payment", "direct-debit", "--iban", "NL91ABNA0417164300", "--country", "DE", "--active-users", "3")
    new = ("--plan", "pro", "--users", "5", "--zoom", "1")
    place = ("--street", "Weg 1", "--postcode", "53111", "--city", "Bonn", "--contact", "Ann", "--phone", "+49 228 1")
    post = ("--legal-id", "0204:991-01234-38", "--endpoint", "9930:DE136695976", "--buyer-reference", "991-01234-38")
    german = ("--language", "de", "--e-invoice", "xrechnung", "--start", "2026-04-20")
    run("space", "add", "berlin", "--name", "Berlin", *new, *full, *place, *post, *german, *paid)
    account = ("--space", "berlin", "--signed", "2026-03-01")
    run("mandate", "add", "M-0", *account)
    run("mandate", "end", "M-0")
    run("mandate", "add", "M-1", *account, "--b2b")
    run("mandate", "list")
    run("space", "add", "older", "--name", "Older", *new, "--start", "2025-04-20")
    run("space", "set", "berlin", "--active-users", "4")
    run("space", "set", "berlin", "--lock")
    run("space", "set", "acme", "--vat-id", "NL123456782B90", *full[2:])
    (files / "spaces.csv").write_text("id,name,plan,users,start\nslow,Slow,pro,5,2026-01-01\nlost,Lost,pro,5,\n")
    run("space", "import", str(files / "spaces.csv"))
    run("whoami")
    run("admin", "add", ACCOUNT, "--space", "acme")
    run("whoami")
    run("admin", "list")
    run("admin", "remove", ACCOUNT, "--space", "acme")


def change_contracts(run: Life) -> None:
    """The commands that look at contracts, change them, and are refused."""
    files, unsaved = run.cli.home, ("--save", str(run.cli.home / "nowhere"))
    run("show", "--space", "berlin", "--explain")
    run("compare", "--plan", "pro", "--plan", "enterprise", "--users", "20")
    run("compare", "--users", "20", "--explain")
    run("forecast")
    run("forecast", "--space", "berlin")
    run("quote", "--plan", "pro", "--users", "20", "--explain")
    run("show", "--explain")
    run("list", "quotes")
    run("order", "Q-2026-0001", "--expect", "786.50", "--explain", *unsaved, code=9)
    run("show")
    run("show", "Q-2026-0001")
    run("show", "O-2026-0001", "--explain")
    run("show", "INV-2026-0001", "--explain")
    run("pay", "INV-2026-0001", "--amount", "100", "--reference", "PO 7", "--source", "X/1", "--yes")
    run("pay", "INV-2026-0001", "--amount", "100", "--reference", "PO 7", "--yes", "--dry-run")
    run("pay", "--undo", "P-2026-0001", "--yes")
    run("pay", "--ignore", "X/2", "--yes")
    paid = Entry("786.50", "2026-03-15", ref="B1").of(Tx("INV-2026-0001", iban="DE02120300000000202051"))
    back = Entry("786.50", "2026-03-15", "DBIT", ref="B2", reversal=True).of(Tx("INV-2026-0001", reason="AM04"))
    less = Entry("5.00", "2026-03-15", ref="B3").of(Tx("INV-2026-0001"))
    (files / "statement.xml").write_text(Camt().text(paid, back, less))
    run("pay", "--from", str(files / "statement.xml"), "--yes", code=4)
    run("show", "P-2026-0001")
    run("list", "payments")
    run("space", "set", "acme", "--reference", "PO-8")
    run("correct", "INV-2026-0001", "--reason", "PO-8", "--yes", "--dry-run")
    run("correct", "INV-2026-0001", "--reason", "PO-8", "--yes", *unsaved, code=9)
    run("show", "INV-2026-0003")
    run("withdraw", "O-2026-0001", "--yes", "--dry-run")
    run("withdraw", "O-2026-0001", "--yes", *unsaved, code=9)
    run("show", "O-2026-0001")
    run("show", "INV-2026-0001")
    run("show", "INV-2026-0002")
    run("upgrade", "--users", "11", "--yes", "--today", "2026-03-16")
    run("downgrade", "--users", "9", "--yes")
    run("downgrade", "--users", "1", "--yes", code=4)
    run("quote", "--users", "x", code=2)
    (files / "apply.csv").write_text("space,users\nacme,12\natelier,9\nnone,1\n")
    run("apply", str(files / "apply.csv"), "--yes", "--keep-going", *unsaved, code=9)
    run("cancel", "--space", "slow", "--yes", "--today", "2026-05-10")
    run("show", "--space", "slow")
    run("show", "O-2026-0006")
    run("cancel", "--space", "berlin", "--yes", "--as-support", "--dry-run")
    run("upgrade", "--space", "atelier", "--users", "14", "--yes")
    run("space", "set", "acme", "--payment", "direct-debit", "--iban", "NL91ABNA0417164300")
    run("mandate", "add", "M-9", "--space", "acme", "--signed", "2026-03-15")
    run("collect", str(files / "debits.xml"), "--on", "2026-07-01", "--yes", "--dry-run")
    run("collect", str(files / "debits.xml"), "--on", "2026-07-01", "--yes")
    run("collect", "--drop", "DD-2026-0001", "--yes")
    for kind in lists.LISTS:
        run("list", kind)
    run("list", "quotes", *unsaved, code=9)
    run("remind", "--dry-run")
    run("remind", "--yes", *unsaved, code=9)
    run("show", "R-2026-0001")
    run("list", "reminders")
    enter(run.cli, money("acme", "2026-05-10", 100_000))
    run("journal", "--since", "2026-03-01", "--deferred")
    run("owed")
    run("owed", "--late", "--limit", "1")
    run("export")
    run("history", "--limit", "1000")
    run("list", "spaces", "--today", "2026-07-01")


def keep_the_book(run: Life) -> None:
    """The commands around the book: catalogs, bill runs, the check, backups, settings; and one that is broken."""
    files = run.cli.home
    catalog = catalogs.built_in().decode().replace("valid_from = 2026-01-01", "valid_from = 2026-12-01")
    (files / "new.toml").write_text(catalog)
    run("catalog", "new")
    run("catalog", "export")
    run("catalog", "check", str(files / "new.toml"))
    run("catalog", "import", str(files / "new.toml"))
    run("catalog", "list")
    run("catalog", "drop", "2026-12-01")
    run("catalog", "export", "--date", "2027-01-01")
    dearer = catalog.replace('"10.00"', '"11.00"').replace('"18.00"', '"17.00"').replace("months = 1", "months = 2")
    (files / "new.toml").write_text(dearer.replace("[plans.business]", '[plans.own]\nspaces = ["acme"]'))
    run("catalog", "import", str(files / "new.toml"), "--yes", "--today", "2026-05-11")
    run("list", "plans", "--today", "2026-12-01")
    said = '[seller.notes]\nrecovery_fee = "40"\nlate_penalty = "3 %"\nearly_payment = "None"\n\n[policy]'
    seller = 'tax_id = "21/815/08150"\nterms = "At once."\ncountry = "NL"'
    known = catalogs.built_in().decode().replace("[policy]", said).replace('country = "NL"', seller)
    (files / "said.toml").write_text(known.replace("valid_from = 2026-01-01", "valid_from = 2026-05-20"))
    run("catalog", "import", str(files / "said.toml"), "--yes", "--today", "2026-05-11")
    run("bill", "--today", "2026-06-01", "--dry-run")
    run("check")
    run.cli.sql("UPDATE steps SET plan = 'gone' WHERE space = 'lost'")
    billed = run("bill", "--today", "2026-06-01", "--save", str(files / "nowhere"), code=9)
    run("show", next(item["number"] for item in json.loads(billed.out)["issued"] if item["space"] == "berlin"))
    run.cli.tamper("UPDATE invoices SET net = net + 1, total = total + 1 WHERE net > 0")
    run("check", code=8)
    run("backup", str(files / "kept.db"))
    for kept in (files / "shared").glob("*.old"):  # of the second `init`, in the same second
        kept.unlink()
    run("restore", str(files / "kept.db"), "--yes")
    run("config", "show")
    run("config", "set", "space", "acme")
    run("config", "unset", "space")
    run("schema")
    here, there = run.cli.address, run.cli.another("moved")
    run("move", "--to", there.address, "--yes")
    run.cli.store = there.store
    run("move", "--to", here, "--yes")


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory, keeper: Files) -> list[Met]:
    """Every document of a whole life."""
    home = tmp_path_factory.mktemp("life")
    run = Life(Cli(home, keeper))
    make_contracts(run)
    change_contracts(run)
    keep_the_book(run)
    return run.documents


def test_every_document_is_as_its_schema_says(life):
    """Whole documents of a whole life, refusals too."""
    assert {words: faults(document, name) for words, name, document in life if faults(document, name)} == {}


def test_every_command_and_every_schema_is_there(life):
    """Nothing that prints JSON was left out of the life; what prints no document is named here."""
    every = set(COMMANDS)
    called = {name for words, _, _ in life for name in every if f"{words} ".startswith(f"{name} ")}
    assert every - called == {"completion"}
    assert sorted({name for _, name, _ in life}) == schemas.names()


# --- nothing in a schema is made up ------------------------------------------------------------------------


def names_in(node, name, defs):
    """Yield the name of every property of a schema; those of a definition are named after it."""
    if "$ref" in node:
        reference = node["$ref"].removeprefix("#/$defs/")
        yield from names_in(defs[reference], reference, defs)
    for part in (*node.get("allOf", ()), *node.get("anyOf", ())):
        yield from names_in(part, name, defs)
    if "then" in node:
        kind = node["if"]["properties"]["kind"]["const"]
        yield from names_in(node["then"]["properties"]["items"]["items"], kind, defs)
    for key, value in node.get("properties", {}).items():
        yield f"{name}.{key}"
        yield from names_in(value, f"{name}.{key}", defs)
    if isinstance(node.get("items"), dict):
        yield from names_in(node["items"], name, defs)


def names_met(node, value, name, defs):
    """Yield the name of every property that a document has a value for."""
    if "$ref" in node:
        reference = node["$ref"].removeprefix("#/$defs/")
        yield from names_met(defs[reference], value, reference, defs)
    for part in (*node.get("allOf", ()), *node.get("anyOf", ())):
        yield from names_met(part, value, name, defs)
    if "then" in node and (kind := node["if"]["properties"]["kind"]["const"]) == value["kind"]:
        yield from names_met(node["then"]["properties"]["items"], value["items"], kind, defs)
    if isinstance(value, dict):
        for key, part in node.get("properties", {}).items():
            if value.get(key) is not None:
                yield f"{name}.{key}"
                yield from names_met(part, value[key], f"{name}.{key}", defs)
    if isinstance(value, list) and isinstance(node.get("items"), dict):
        for each in value:
            yield from names_met(node["items"], each, name, defs)


def test_every_key_of_every_schema_has_a_value_in_some_document(life):
    """A key that no command gives a value to would be a promise that nobody keeps."""
    promised, kept = set(), set()
    for name in DOCUMENTS:
        schema = schemas.schema(name)
        promised |= set(names_in(schema, name, schema["$defs"]))
        for _, kind, document in life:
            if kind == name:
                kept |= set(names_met(schema, document, name, schema["$defs"]))
    assert promised - kept == set()
    assert len(promised) > 150


def test_an_item_of_a_list_has_all_keys_of_its_kind(life):
    """The schema lets --fields leave keys out; without it none is missing, and they stand in the schema's order."""
    kinds = {
        part["if"]["properties"]["kind"]["const"]: schemas.keys_of_items(part["if"]["properties"]["kind"]["const"])
        for part in schemas.schema("list")["allOf"]
    }
    found = [document for _, name, document in life if name == "list"]
    assert {document["kind"] for document in found} == set(kinds)
    for document in found:
        for item in document["items"]:
            assert list(item) == kinds[document["kind"]]


# --- the schemas have teeth --------------------------------------------------------------------------------


def optional(name):
    """Return the keys a document may be without."""
    schema = schemas.schema(name)
    parts = [
        schema,
        *(schema["$defs"][each["$ref"].removeprefix("#/$defs/")] for each in schema.get("allOf", ()) if "$ref" in each),
    ]
    return {key for part in parts for key in part["properties"]} - {key for part in parts for key in part["required"]}


def test_a_key_less_or_more_or_of_another_type_is_found(life):
    """Each key of each document, at the top: taken out, and given a value of a type that none has."""
    for _, name, document in life:
        assert faults({**document, "surprise": 1}, name) != []
        for key in document:
            without = {other: value for other, value in document.items() if other != key}
            assert (faults(without, name) == []) == (key in optional(name)), (name, key)
            assert faults({**document, key: 0.5}, name) != [], (name, key)


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("change", ("before", "users"), "10"),
        ("change", ("before", "fee"), 1500),
        ("change", ("after", "surprise"), 1),
        ("change", ("due_now", "lines", 0, "quantity"), 1),
        ("change", ("due_now", "lines", 0, "rate"), "2600"),
        ("change", ("due_now", "period", "end"), "2026-02-30"),
        ("change", ("due_now", "period", "last"), "2026-06-30"),
        ("change", ("due_now", "number"), "INV-2026-0001"),
        ("change", ("date",), "2026-3-15"),
        ("change", ("currency",), "eur"),
        ("change", ("quote",), "2026-0001"),
        ("contract", ("price_steps", 0, "end"), None),
        ("contract", ("contract", "status"), "open"),
        ("invoice", ("buyer", "payment"), "invoice"),
        ("invoice", ("vat_category",), "Z"),
        ("invoice", ("paid",), True),
        ("forecast", ("invoices", 0, "number"), None),
        ("list", ("kind",), "customers"),
        ("list", ("items", 0), {}),
        ("list", ("items", 0, "surprise"), 1),
        ("check", ("head",), "0"),
        ("error", ("error", "code"), "unknown"),
        ("config", ("settings", 0, "from"), "guess"),
    ],
)
def test_a_slip_inside_a_document_is_found(life, name, path, value):
    """Deep inside it is closed as well: types, forms, names."""
    *way, last = path
    found = [document for _, kind, document in life if kind == name and reached(document, way)]
    document = copy.deepcopy(found[0])
    reached(document, way)[last] = value
    assert (faults(found[0], name), faults(document, name) == []) == ([], False)


def reached(document, way):
    """Return what stands at a place inside a document, or nothing."""
    for step in way:
        document = document[step] if document else None
    return document


# --- the schemas themselves --------------------------------------------------------------------------------


def nodes(value):
    """Yield every object in a schema."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from nodes(each)


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_is_complete_in_itself(name):
    """It is draft 2020-12, needs no other file, has nothing too much, and describes every key."""
    schema = schemas.schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:subctl:{name}:1"
    references = {node["$ref"] for node in nodes(schema) if isinstance(node.get("$ref"), str)}
    assert references == {f"#/$defs/{part}" for part in schema["$defs"]}
    for node in nodes(schema):
        if set(node) != {"properties"}:  # those only lead the way of an `if` and its `then`
            for key, value in node.get("properties", {}).items():
                assert value["description"].endswith("."), key


def test_every_name_says_its_schema():
    """A document's `schema` is its schema's name and version; only errors and catalog files have none."""
    for name in schemas.names():
        said = schemas.schema(name)["properties"].get("schema")
        assert (said is None) == (name in ("error", "catalog-file"))
        assert said is None or said["const"] == f"{name}/1"


def test_codes_and_kinds_are_those_of_the_source():
    """The codes of errors, and the kinds of lists, are named once more in the schemas."""
    codes = schemas.schema("error")["$defs"]["error_code"]["enum"]
    assert codes == list(EXIT_CODES)
    kinds, names = schemas.schema("list")["properties"]["kind"]["enum"], tuple(lists.LISTS)
    assert kinds == [*names[:2], "catalogs", *names[2:], "administrators", "history", "states", "schemas"]


def without(data, path):
    """Return a copy of nested tables without one key."""
    left = copy.deepcopy(data)
    table = left
    for key in path[:-1]:
        table = table[key]
    del table[path[-1]]
    return left


def paths(table, above=()):
    """Yield the way to every key of nested tables."""
    for key, value in table.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from paths(value, (*above, key))


def test_the_catalog_files_schema_agrees_with_what_is_read():
    """What the schema asks of a catalog file is what `catalog check` asks, key by key."""
    data = tomllib.loads(catalogs.built_in().decode())
    assert (faults(as_json(data), "catalog-file"), read_catalog(data)[1]) == ([], [])
    for path in paths(data):
        left = without(data, path)
        assert (faults(as_json(left), "catalog-file") == []) == (read_catalog(left)[1] == []), path
    for path in [(), ("seller",), ("policy",), ("plans", "pro"), ("licences", "zoom")]:
        more = copy.deepcopy(data)
        table = more
        for key in path:
            table = table[key]
        table["surprise"] = "1"
        assert faults(as_json(more), "catalog-file") != []
        assert read_catalog(more)[1] != []


def as_json(data):
    """Return a catalog as `catalog export --json` writes it."""
    return {**data, "valid_from": str(data["valid_from"])} if "valid_from" in data else data


# --- the command -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize("name", ["change", "change/1"])
def test_a_schema_is_printed_as_json(cli, name, form):
    """Whatever the format, and by the name as well as by what a document says; it needs no store."""
    assert cli("schema", name, "--format", form).json == schemas.schema("change")


def test_fields_of_a_schema(cli):
    """--fields works on a schema's keys too."""
    assert cli("schema", "error", "--fields", "title").json == {"title": "A refusal, on stderr: every command"}
    assert cli("schema", "error", "--fields", "none", "--json").refusal[:2] == (2, "bad_input")


def test_the_list_of_schemas(cli):
    """Without a name all are listed, with what each describes."""
    items = cli("schema", "--json").json["items"]
    assert [item["id"] for item in items] == schemas.names()
    lines = cli("schema").text.splitlines()
    assert [line.split()[0] for line in lines[2:]] == schemas.names()
    assert lines[0].split() == ["Schema", "Document"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("chang", "Did you mean change?"),
        ("common", "subctl schema shows what there is."),
        ("change/2", "Did you mean change?"),
        ("../catalog", "Did you mean catalog?"),
        ("", "subctl schema shows what there is."),
    ],
)
def test_a_schema_there_is_not(cli, name, hint):
    """Close names are suggested; what the schemas share is no document."""
    message = f"There is no schema '{name}'."
    refused = cli("schema", name, "--json").refusal
    assert refused[:3] == (3, "not_found", message)
    assert refused[3].startswith(hint.rstrip("?"))
