"""What comes out: tables, JSON and CSV of every command, chosen fields, colours, closed pipes and full disks."""

import csv
import errno
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from subctl.cli.commands import COMMANDS
from tests.support.cli import DEMO
from tests.support.printed import PRINTS, USED, put_in_use, use, words_of
from tests.support.waiting import run

ESCAPE = "\x1b"
BAD = "bad_input"

NO_ROWS = ("check", "catalog new", "catalog export")
"""The check has no problems to list; a catalog is a file of its own form."""


@pytest.fixture
def used(cli):
    """A store in which something happened."""
    return put_in_use(cli)


@pytest.fixture
def bash(used):
    """Return a runner of scripts in a real bash, with `subctl` on its path."""

    def script(text: str, **extra: str) -> tuple[int, str, str]:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = used.environment({"PATH": path, "LC_ALL": "C.UTF-8", **extra})
        done = run(["bash", "-c", text], 60, env=environment, cwd=used.home)
        return done.returncode, done.stdout, done.stderr

    return script


def test_no_command_is_left_out():
    """All commands print, and are here, but the one that prints files for a shell."""
    every = set(COMMANDS)
    here = {name for name in every if any(f"{' '.join(words)} ".startswith(f"{name} ") for words in PRINTS.values())}
    assert every - here == {"completion"}


# --- table, JSON, CSV --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PRINTS)
def test_json_is_one_document(name, used):
    """--json is --format json: one document on stdout, as its schema says, the same before and after the command."""
    words = words_of(name, used)
    document = used(*words, "--json").json
    for other in (["--format", "json", *words], [*words, "--format=json"], ["--json", *words, "--format", "json"]):
        again(used)
        found = used(*other).json
        assert without_times(found) == without_times(document)


def again(cli):
    """Put everything back to where a command finds it."""
    use(cli)
    for name in ("new.db", "backup.db", "moved.db"):
        (cli.home / name).unlink(missing_ok=True)
    for kept in (*cli.home.glob("*.old"), *cli.home.glob("XDG_CONFIG_HOME/subctl/*")):
        kept.unlink()


def without_times(document):
    """Return a document as text without the machine's time and what depends on it."""
    text = json.dumps(document)
    return re.sub(r"[0-9a-f]{64}|[0-9]{8}[Tt][0-9]{6}|[0-9-]{10}T[0-9:]{8}\+00:00", "(time)", text)


@pytest.mark.parametrize("name", PRINTS)
def test_a_table_is_for_people(name, used):
    """Without a format it is text: lines without blanks at their ends, no escape codes, no JSON."""
    text = used(*words_of(name, used)).text
    assert text.endswith("\n")
    assert ESCAPE not in text
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert not text.startswith("{")


@pytest.mark.parametrize("name", [name for name in PRINTS if name not in NO_ROWS])
def test_csv_has_the_rows_of_the_document(name, used):
    """A header of keys, then a line a row, cell by cell what the JSON has; what is nested stands as JSON.

    Licences have a column for each kind: of the one kind here it is the one that JSON has beside them. A period has
    one for each of its ends, a buyer one for each thing that is said of it.
    """
    words = words_of(name, used)
    document = json.loads(used(*words, SUBCTL_FORMAT="json").text)
    rows = document[ROWS[document["schema"]]] if document["schema"] in ROWS else [document]
    for row in rows:
        if "zoom" in row:
            assert row.pop("licences") == {"zoom": row["zoom"]}
    rows = [dict(spread(row)) for row in rows]
    again(used)
    text = used(*words, SUBCTL_FORMAT="csv").text
    lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    expected = [list(rows[0]), *([cell(value) for value in row.values()] for row in rows)]
    if name.startswith("config"):
        expected[3][1] = "csv"
    assert without_times(lines) == without_times(expected)


def spread(row):
    """Yield what stands in the columns of a row, a period by its last day."""
    for key, value in row.items():
        if key == "period":
            last_day = date.fromisoformat(value["end"]) - timedelta(days=1)
            yield from (("period_start", value["start"]), ("period_last_day", last_day.isoformat()))
        elif key == "buyer":
            yield from ((f"buyer_{each}", text) for each, text in value.items())
        else:
            yield key, value


ROWS = {
    "list/1": "items",
    "bill/1": "issued",
    "apply/1": "changes",
    "compare/1": "options",
    "forecast/1": "invoices",
    "owed/1": "items",
    "collection/1": "items",
    "remind/1": "reminders",
    "reminder/1": "items",
    "journal/1": "postings",
    "config/1": "settings",
    "statement/1": "bookings",
}
"""Where a document keeps its rows; every other is one row itself."""


def cell(value):
    """Return what a cell should hold: what looks like a formula has a sign before it that makes it a text."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith("+"):
        return f"'{value}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def test_csv_of_nothing_is_empty(demo):
    """No rows, no header."""
    assert demo("list", "invoices", "--format", "csv").text == ""
    assert demo("check", "--format", "csv").text == ""


def test_csv_whole(used):
    """The whole output of one, to see it."""
    assert used("list", "invoices", "--space", "acme", "--format", "csv").text == (
        "number,space,date,kind,buyer_name,buyer_country,buyer_vat_id,period_start,period_last_day,"
        "net,vat_category,vat_rate,vat,total,due_date,credits,credited_by,paid,open,status,overdue,currency\n"
        "INV-2026-0001,acme,2026-03-15,upgrade,Acme,NL,,2026-04-01,2026-06-30,"
        "650.00,S,21,136.50,786.50,2026-04-14,,,100.00,686.50,part-paid,true,EUR\n"
    )


def test_a_catalog_is_a_file_in_every_form_but_json(used):
    """`catalog export` prints TOML, whatever the format; JSON has the same keys."""
    text = used("catalog", "export").text
    assert used("catalog", "export", "--format", "csv").text == text
    assert text.startswith('name = "2026"\nvalid_from = 2026-01-01\n')
    assert used("catalog", "export", "--json").json["plans"]["pro"] == {
        "title": "Pro",
        "monthly": "18.00",
        "annual": "180.00",
    }


def test_an_export_is_csv_unless_json_is_asked_for(used):
    """What `apply` reads is what `export` prints without a word."""
    text = "space,plan,users,zoom,billing\nacme,pro,20,2,annual\natelier,starter,12,2,monthly\n"
    assert used("export").text == used("export", "--format", "csv").text == text
    assert used("export", "--json").json["items"][0]["users"] == 20


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://example.com")', '"\'=HYPERLINK(""http://example.com"")"'),
        ("+31 20 123", "'+31 20 123"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("--", "'--"),
        ("-5.-", "'-5.-"),
        ("-12.50", "-12.50"),
        ("-5", "-5"),
        ("+5", "'+5"),
        ("a=b", "a=b"),
        ("'=x", "'=x"),
        ("٣", "٣"),
        ("-٣", "'-٣"),
    ],
)
def test_a_cell_is_never_a_formula(demo, name, shown):
    """= + - @ at the start get a leading apostrophe; numbers stay numbers."""
    demo("space", "set", "acme", f"--name={name}")
    lines = demo("list", "spaces", "--space", "acme", "--fields", "name", "--format", "csv").text
    assert lines == f"name\n{shown}\n"
    assert demo("list", "spaces", "--space", "acme", "--json").json["items"][0]["name"] == name


@pytest.mark.parametrize(("name", "shown"), [("\t=1", "'\t=1"), ("\r=1", '"\'\r=1"'), ("\tx", "'\tx")])
def test_a_cell_with_a_tab_or_a_return_is_never_a_formula(demo, name, shown):
    """Names are refused such signs; one that got in all the same is disarmed."""
    demo.sql("INSERT INTO buyers (id, name, country) VALUES (9, ?, 'NL')", name)
    demo.sql("UPDATE spaces SET buyer = 9 WHERE id = 'acme'")
    words = ("list", "spaces", "--space", "acme", "--fields", "name", "--format", "csv")
    out = subprocess.run(
        [sys.executable, "-m", "subctl", *words], env=demo.environment(), stdout=subprocess.PIPE, check=True
    )
    assert out.stdout.decode() == f"name\n{shown}\n"


def test_negative_amounts_stay_numbers(used):
    """A credit note's amounts can be summed by a spreadsheet."""
    fresh = used.prepare(DEMO, ("upgrade", "--users", "20", "--yes"), ("withdraw", "O-2026-0001", "--yes"))
    rows = fresh("list", "invoices", "--fields", "kind,net,total", "--format", "csv").text
    assert rows == "kind,net,total\ncredit,-250.00,-302.50\nupgrade,250.00,302.50\n"


# --- --fields ----------------------------------------------------------------------------------------------


def test_fields_of_a_document_and_of_a_lists_items(used):
    """Top-level keys, in the order asked for; a list keeps its head."""
    assert used("quote", "--users", "25", "--dry-run", "--fields", "kind,space", "--json").json == {
        "kind": "upgrade",
        "space": "acme",
    }
    assert used("list", "orders", "--fields", "number,kind", "--json").json == {
        "schema": "list/1",
        "kind": "orders",
        "currency": "EUR",
        "items": [{"number": "O-2026-0002", "kind": "upgrade"}, {"number": "O-2026-0001", "kind": "upgrade"}],
    }


def test_fields_as_csv_and_as_a_table(used):
    """The same rows."""
    words = ("list", "orders", "--fields", "number,space,withdrawn")
    assert used(*words, "--format", "csv").text == "number,space,withdrawn\nO-2026-0002,atelier,\nO-2026-0001,acme,\n"
    assert used(*words).text == (
        "number        space     withdrawn\n"
        "─────────────────────────────────\n"
        "O-2026-0002   atelier\n"
        "O-2026-0001   acme\n"
    )
    assert used("show", "--fields", "date,withdrawable", "--format", "csv").text == "date,withdrawable\n2026-05-01,\n"


@pytest.mark.parametrize("name", [name for name in PRINTS if name not in ("catalog new", "catalog export")])
def test_fields_of_every_document(name, used):
    """The first and the last key of any document can be chosen."""
    words = words_of(name, used)
    document = used(*words, "--json").json
    again(used)
    keys = list(document["items"][0] if document["schema"] == "list/1" else document)
    chosen = json.loads(used(*words, "--json", "--fields", f"{keys[-1]},{keys[0]}").text)
    shown = chosen["items"][0] if document["schema"] == "list/1" else chosen
    assert list(shown) == [keys[-1], keys[0]]


def test_an_unknown_field_names_those_there_are(used):
    """Wrong usage, exit 2, in every format."""
    for form in ("json", "csv", "table"):
        refused = used("list", "plans", "--fields", "id,prize", "--format", form)
        assert (refused.code, refused.out) == (2, "")
    assert used("list", "plans", "--fields", "id,prize", "--json").refusal == (
        2,
        BAD,
        "There is no field 'prize'.",
        "The fields are id, date, title, monthly, annual, min_users, max_users, self_service, spaces, zoom_monthly,"
        " zoom_annual, licences.",
    )
    assert used("whoami", "--fields", "user", "--json").refusal == (
        2,
        BAD,
        "There is no field 'user'.",
        "The fields are schema, uid, account, store, sandbox, date, store_administrator, spaces.",
    )


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in PRINTS
        if name.split()[0] in ("space", "quote", "upgrade", "downgrade", "order", "cancel", "withdraw", "bill", "apply")
    ],
)
def test_an_unknown_field_changes_nothing(name, used):
    """Wrong usage is found before anything is written: exit 2 after an order would be a lie."""
    before = used.bytes
    refused = used(*words_of(name, used), "--fields", "prize", "--json").refusal
    assert (refused[:2], used.bytes == before) == ((2, BAD), True)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("space add", "changed"),
        ("space add", "added"),
        ("space set", "added"),
        ("space import", "contract"),
        ("quote", "status"),
        ("upgrade", "explanation"),
        ("order", "status"),
        ("cancel", "credit"),
        ("withdraw", "catch_up"),
        ("catalog import", "seller"),
        ("admin add", "name"),
        ("backup", "spaces"),
    ],
)
def test_a_field_of_another_commands_document_changes_nothing(name, field, used):
    """A key that a document could have, but that of this command hasn't: refused before, or shown, never too late."""
    before = content(used)
    done = used(*words_of(name, used), "--fields", field, "--json")
    if done.code:
        assert done.refusal[:2] == (2, BAD)
        assert content(used) == before
    else:
        assert list(json.loads(done.text)) == [field]


def content(cli):
    """Return what the files of a place hold, as hashes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in cli.home.glob("*.*")}


# --- list --------------------------------------------------------------------------------------------------


def numbers(cli, *words):
    """Return the numbers or IDs of a list's items."""
    items = cli("list", *words, "--json").json["items"]
    return [item.get("number") or item["id"] for item in items]


def test_lists_are_newest_first_and_can_be_narrowed(used):
    """--space, --since and --limit, by themselves and together."""
    everything = [f"INV-2026-000{place}" for place in (3, 2, 1)]
    assert numbers(used, "invoices") == everything
    assert numbers(used, "invoices", "--limit", "2") == everything[:2]
    assert numbers(used, "invoices", "--space", "acme") == ["INV-2026-0001"]
    assert numbers(used, "invoices", "--since", "2026-03-16") == everything[:2]
    assert numbers(used, "invoices", "--since", "2026-05-01") == everything[:2]
    assert numbers(used, "invoices", "--since", "2026-05-02") == []
    assert numbers(used, "invoices", "--space", "atelier", "--since", "2026-05-01", "--limit", "1") == everything[:1]
    assert numbers(used, "orders", "--space", "atelier") == ["O-2026-0002"]
    assert numbers(used, "quotes") == ["Q-2026-0002", "Q-2026-0001"]
    assert numbers(used, "quotes", "--space", "atelier") == []
    assert numbers(used, "spaces", "--limit", "1") == numbers(used, "spaces")[:1]
    assert numbers(used, "spaces", "--since", "2026-03-16") == []
    assert numbers(used, "plans", "--limit", "2") == ["starter", "pro"]


def test_lists_do_not_look_at_the_default_space(used):
    """Without --space a list means all that one may see, whatever the environment says."""
    items = used("list", "invoices", "--json", SUBCTL_SPACE="acme").json["items"]
    assert {item["space"] for item in items} == {"acme", "atelier"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("invoices", "--space", "nobody"), (3, "not_found")),
        (("invoices", "--space", ""), (2, BAD)),
        (("invoices", "--since", "yesterday"), (2, BAD)),
        (("invoices", "--limit", "0"), (2, BAD)),
        (("invoices", "--limit", "-1"), (2, BAD)),
        (("bills",), (2, BAD)),
    ],
)
def test_lists_that_can_not_be(used, words, code):
    """Wrong usage and what there isn't."""
    assert used("list", *words, "--json").refusal[:2] == code


# --- colours -----------------------------------------------------------------------------------------------


def read_terminal(descriptor):
    """Return what is there next; on Linux the end of a terminal is an error."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def at_terminal(cli, *words, **extra):
    """Run a command whose stdout is a terminal, and return what the terminal got."""
    main_end, other_end = os.openpty()
    environment = cli.environment({"COLUMNS": "100", **extra})
    done = subprocess.Popen(
        [sys.executable, "-m", "subctl", *words],
        env={name: value for name, value in environment.items() if value != "(unset)"},
        stdin=subprocess.DEVNULL,
        stdout=other_end,
        stderr=subprocess.PIPE,
    )
    os.close(other_end)
    text = b"".join(iter(lambda: read_terminal(main_end), b""))
    os.close(main_end)
    _, stderr = done.communicate()
    assert (done.returncode, stderr) == (0, b"")
    return text.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("words", "extra", "colored"),
    [
        ((), {}, True),
        (("--color", "auto"), {}, True),
        (("--color", "never"), {}, False),
        (("--color", "always"), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": ""}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"TERM": "dumb"}, False),
        ((), {"TERM": "(unset)"}, True),
        ((), {"SUBCTL_COLOR": "never"}, False),
        ((), {"SUBCTL_COLOR": "always", "NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False),
        (("--json",), {}, False),
        (("--format", "csv"), {}, False),
    ],
)
def test_colours_at_a_terminal(demo, words, extra, colored):
    """There are colours at a terminal, unless somebody doesn't want or can't have them."""
    assert (ESCAPE in at_terminal(demo, "show", *words, **extra)) == colored


@pytest.mark.parametrize("extra", [{}, {"FORCE_COLOR": "1"}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_in_a_pipe(demo, extra):
    """Without a terminal there are none, unless they are asked for."""
    assert ESCAPE not in demo.process("show", **extra).text
    assert ESCAPE in demo.process("show", "--color", "always", **extra).text


def test_colours_change_no_letter(demo):
    """Take the escape codes away, and the same text is left."""
    plain = demo("show").text
    assert re.sub(r"\x1b\[[0-9;]*m", "", demo("show", "--color", "always").text) == plain


def test_json_and_csv_have_no_colours_even_where_they_are_asked_for(demo):
    """What a program reads is never coloured."""
    assert demo("show", "--color", "always", "--json").json == demo("show", "--json").json
    assert (
        demo("list", "plans", "--color", "always", "--format", "csv").text
        == demo("list", "plans", "--format", "csv").text
    )


@pytest.mark.parametrize("name", ["show", "bill", "upgrade", "check"])
def test_quiet_leaves_the_result(name, used, new_cli):
    """-q takes nothing from stdout."""
    other = new_cli().prepare(*USED)
    other.put(used.bytes)
    assert used(*words_of(name, used), "-q").text == other(*words_of(name, used)).text


# --- where global options may stand ------------------------------------------------------------------------

GLOBAL = (
    ("--json",),
    ("--format", "csv"),
    ("--format=csv",),
    ("--today", "2026-05-02", "--json"),
    ("--today=2026-05-02", "--json"),
    ("--fields", "kind", "--json"),
    ("--fields=kind", "--json"),
    ("--color", "always"),
    ("--color=always",),
    ("-q",),
    ("--debug",),
    ("--store", "{home}/kept.db"),
    ("--store={home}/kept.db",),
)


@pytest.mark.parametrize("option", GLOBAL, ids=" ".join)
def test_global_options_stand_anywhere(used, option):
    """Before the command, between its words, and after them."""
    words = [word.format(home=used.home) for word in option]
    expected = used(*words, "quote", "--users", "30", "--dry-run").text
    assert used("quote", *words, "--users", "30", "--dry-run").text == expected
    assert used("quote", "--users", "30", "--dry-run", *words).text == expected
    assert used("quote", "--users", "30", *words, "--dry-run").text == expected


def test_global_options_of_a_command_in_a_group(used):
    """In front of the group, between it and its command, behind them."""
    expected = used("--json", "admin", "list").json
    assert used("admin", "--json", "list").json == expected
    assert used("admin", "list", "--json").json == expected


def test_behind_two_dashes_there_are_no_options(used):
    """What follows `--` is taken as it is."""
    assert used("--json", "show", "--", "--json").refusal[:2] == (3, "not_found")
    assert used("show", "--", "--json").err.startswith("subctl: There is no document")


# --- errors ------------------------------------------------------------------------------------------------


def test_an_error_for_people_is_two_lines(used):
    """What is wrong, and what to do; nothing on stdout."""
    for form in ("table", "csv"):
        done = used("show", "--space", "acmee", "--format", form)
        assert (done.code, done.out, done.err) == (3, "", "subctl: There is no space 'acmee'.\nDid you mean acme?\n")


# --- closed pipes and full disks ---------------------------------------------------------------------------


@pytest.fixture
def many(used):
    """A store with far more invoices than a pipe holds."""
    used.prepare(*USED, ("bill", "--today", "2086-01-01"))
    return used


@pytest.mark.parametrize("words", ["list invoices --json", "list invoices", "list invoices --format csv"])
def test_a_reader_that_leaves_early(many, bash, words):
    """`subctl … | head -c 10`: ten bytes, no message, and no failure with pipefail."""
    whole = many(*words.split(), "--limit", "100000").text
    assert len(whole.encode()) > 90_000
    code, out, err = bash(f'set -o pipefail; subctl {words} --limit 100000 | head -c 10; echo "${{PIPESTATUS[@]}}"')
    assert (code, out, err) == (0, whole[:10] + "0 0\n", "")
    code, out, err = bash(f"set -euo pipefail; subctl {words} --limit 100000 | head -c 10 >/dev/null")
    assert (code, out, err) == (0, "", "")


def test_a_reader_that_is_not_there(bash):
    """`subctl … | true` is quiet too."""
    script = "for turn in 1 2 3; do subctl show --json | true; done; set -o pipefail; subctl show | (exec <&-; sleep 1)"
    assert bash(script) == (0, "", "")


FULL = f"The output couldn't be written: {os.strerror(errno.ENOSPC)}."


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize(
    "words", ["show", "list plans", "catalog export", "schema", "schema change", "export", "forecast", "history"]
)
def test_a_full_disk(bash, words, form):
    """What can't be written is one clear line, exit 9, and no traceback."""
    code, out, err = bash(f"subctl {words} --format {form} >/dev/full")
    document = {"error": {"code": "output_failed", "message": FULL, "hint": ""}}
    expected = json.dumps(document, indent=2, ensure_ascii=False) if form == "json" else f"subctl: {FULL}"
    assert (code, out, err) == (9, "", f"{expected}\n")


@pytest.mark.parametrize("words", ["--version", "--help", "show --help", "completion bash"])
def test_a_full_disk_under_what_is_no_document(bash, words):
    """Help, the version and completion files are output too."""
    assert bash(f"subctl {words} >/dev/full") == (9, "", f"subctl: {FULL}\n")


@pytest.mark.usefixtures("many")
def test_a_full_disk_under_a_large_output(bash):
    """The same where the first part fits into a buffer."""
    code, out, err = bash("subctl list invoices --limit 100000 --json >/dev/full")
    assert (code, out) == (9, "")
    assert json.loads(err)["error"]["code"] == "output_failed"


def test_an_order_whose_result_could_not_be_written_is_there(bash, used):
    """The exit code says that the result wasn't seen, not that nothing was done; asking again is safe."""
    code, _, err = bash("subctl upgrade --users 30 --yes --json >/dev/full")
    assert (code, json.loads(err)["error"]["code"]) == (9, "output_failed")
    assert used("upgrade", "--users", "30", "--yes", "--json").json["changed"] is False


@pytest.mark.parametrize("stream", ["2>/dev/full", "2>&-"])
def test_stderr_that_takes_nothing(bash, stream):
    """The exit code is that of the error all the same."""
    assert bash(f"subctl show O-2026-0099 --json {stream}") == (3, "", "")


def test_a_closed_stdout(bash):
    """`>&-` leaves nowhere to write to: an error like any other, no traceback."""
    code, out, err = bash("subctl show >&-")
    assert (code, out, "Traceback" in err, "bug" in err) == (9, "", False, False)
    assert err.startswith("subctl: The output couldn't be written: ")
