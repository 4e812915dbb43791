"""Text files as spreadsheets and editors write them: one reader for all, and every bad row of one is named."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from subctl.service import csv_file
from subctl.service.text_file import text_file, whole
from tests.support.build import refused

NEW = "id,name,plan,users,address"
CATALOG = (
    Path("src/subctl/data/catalog.toml").read_text(encoding="utf-8").replace("valid_from = 2026", "valid_from = 2027")
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
ENDS = {"feed": "\n", "both": "\r\n", "return": "\r"}


def encoded(text, encoding):
    """Return a text as bytes; the two of UTF-16 that don't say their order get a mark."""
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    return (mark + text).encode(encoding)


def write(cli, content, name="file.csv"):
    path = cli.home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def send(cli, words, content, folder=None):
    """Run a command in a process of its own, with something on its stdin; return exit code, stdout and stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "subctl", *words],
        input=content,
        env=cli.environment(),
        cwd=folder or cli.home,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


# --- how it is written -------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_of_any_program(demo, encoding, end, separator):
    """Marks, encodings, separators, line ends, blank rows, blanks and empty columns at the end: all of it is read."""
    lines = ["", ",,", "name,id , plan,users,", '"Café, bar; grill","x",pro,3,', "", " ,,,,", "Zoë,y,starter,4,,"]
    text = end.join(line.replace(",", separator) for line in lines)
    text = text.replace(f"Café{separator} bar", "Café, bar")
    assert demo("space", "import", write(demo, encoded(text, encoding)), "--json").json["added"] == 2
    names = {each["id"]: each["name"] for each in demo("list", "spaces", "--json").json["items"]}
    assert (names["x"], names["y"]) == ("Café, bar; grill", "Zoë")


@pytest.mark.parametrize("column", ["space", "id"])
def test_space_and_id_are_the_same_column(demo, column):
    """In both files that name spaces."""
    assert demo("apply", write(demo, f"{column};users\nacme;12\n"), "--yes", "--json").json["changed"] == 1
    file = write(demo, f"{column}\tname\tplan\tusers\nnew\tNew\tpro\t3\n")
    assert demo("space", "import", file, "--json").json["added"] == 1


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_catalog_and_a_config_file_of_any_editor(demo, encoding, end):
    """TOML is text as well; TAB reads the config file likewise."""
    file = write(demo, encoded(CATALOG.replace("\n", end), encoding), "catalog.toml")
    assert demo("catalog", "check", file, "--json").json["valid_from"] == "2027-01-01"
    assert demo("catalog", "import", file, "--json").json["changed"] is True
    store = demo.address
    config = f'# café{end}store = "{store}"{end}space = "atelier"{end}'
    write(demo, encoded(config, encoding), "XDG_CONFIG_HOME/subctl/config.toml")
    assert demo("show", "--json", SUBCTL_STORE="").json["space"]["id"] == "atelier"
    assert demo("__complete", "spaces", "at", SUBCTL_STORE="").out == "atelier\tAtelier\n"


def test_stdin_is_a_minus(demo):
    """`-` for every text file; `./-` is a file of that name."""
    code, out, err = send(demo, ("apply", "-", "--yes", "--json", "--fields", "changed"), b"space;users\nacme;12\n")
    assert (code, out, err) == (0, '{\n  "changed": 1\n}\n', "")
    content = encoded("id,name,plan,users\nnew,Caf\u00e9,pro,3\n", "utf-16")
    assert send(demo, ("space", "import", "-", "--json", "--fields", "added"), content)[1] == '{\n  "added": 1\n}\n'
    for words in (("catalog", "check"), ("catalog", "import")):
        assert send(demo, (*words, "-", "--json", "--fields", "name"), CATALOG.encode())[0] == 0
    made = send(demo, ("init", "--store", "other.db", "--sandbox", "--catalog", "-"), CATALOG.encode())
    assert made[0] == 0
    write(demo, "space,users\natelier,12\n", "-")
    assert send(demo, ("apply", "./-", "--yes", "--json", "--fields", "changed"), b"")[1] == '{\n  "changed": 1\n}\n'
    assert send(demo, ("apply", "-", "--yes"), b"")[2].startswith("subctl: stdin has no column space.\n")


def test_stdin_that_is_closed(monkeypatch):
    """It is named, and what to do."""
    monkeypatch.setattr(sys, "stdin", None)
    message = "stdin is closed: there is nothing to read."
    hint = "Name a file, or send it through a pipe."
    assert refused(whole, text_file("-"), 10) == ("bad_input", message, hint)


def test_a_pipe_that_gives_a_byte_at_a_time(demo):
    """A mark that comes in pieces is one all the same."""
    pipe = demo.home / "pipe"
    os.mkfifo(pipe)

    def give():
        with pipe.open("wb", buffering=0) as file:
            for byte in encoded("space,users\nacme,12\n", "utf-16-be"):
                file.write(bytes([byte]))

    writer = threading.Thread(target=give)
    writer.start()
    assert demo("apply", str(pipe), "--yes", "--json").json["changed"] == 1
    writer.join()


def test_an_address_of_several_lines(demo):
    """From the command, a CSV file and a catalog to the invoice; the same in JSON."""
    lines = "Rue Neuve 1\n1000 Bruxelles"
    shown = f"{lines}, Belgium\n"
    file = write(demo, f'{NEW},country,vat-id\nnew,New,pro,3,"Rue Neuve 1 \r\n 1000 Bruxelles",BE,\n')
    demo("space", "import", file)
    demo("space", "add", "two", "--name", "Two", "--plan", "pro", "--users", "3", "--address", lines, "--country", "be")
    demo("space", "set", "atelier", "--address", f" {lines}\n", "--country", "be", "--street", "", "--city", "")
    for space in ("new", "two", "atelier"):
        assert demo("show", "--space", space, "--json").json["space"]["address"] == lines
    issued = demo("bill", "--today", "2026-04-01", "--json").json["issued"]
    assert sorted(each["space"] for each in issued) == ["atelier", "new", "two"]
    for number in (each["number"] for each in issued):
        assert shown in "\n".join(map(str.strip, demo("show", number).text.splitlines()))
        assert demo("show", number, "--json").json["buyer"]["address"] == lines
    assert demo("check", "--json").json["ok"] is True
    old = 'address = "Keizersgracht 1, 1015 CN Amsterdam"'
    assert old in CATALOG
    text = CATALOG.replace(old, 'address = """Keizersgracht 1\r\n1015 CN Amsterdam"""')
    assert demo("catalog", "import", write(demo, text, "catalog.toml"), "--json").json["changed"] is True
    seller = demo("catalog", "export", "--json", "--today", "2027-01-01").json["seller"]
    assert seller["address"] == "Keizersgracht 1\n1015 CN Amsterdam"
    bad = CATALOG.replace(old, "address = 1")
    assert "seller.address: must be a text" in demo("catalog", "check", write(demo, bad, "catalog.toml")).err
    bad = CATALOG.replace(old, 'address = "a\\tb"')
    assert (
        "seller.address: must not hold the invisible sign \\u{9}"
        in demo("catalog", "check", write(demo, bad, "catalog.toml")).err
    )


# --- every bad row -----------------------------------------------------------------------------------------

WANTED = "space,users,plan\nacme,0,\natelier,12\n,5,\nacme,11,\nnobody,5,\natelier,12,gold\n"


def test_every_bad_row_of_a_wish_is_named(demo):
    """Those that can't be read, those that stand twice, and those that the rules refuse: all at once."""
    before = demo.bytes
    code, name, message, hint = demo("apply", write(demo, WANTED), "--yes", "--json").refusal
    assert (code, name, hint, demo.bytes == before) == (2, "bad_input", "", True)
    assert message.splitlines() == [
        "Line 2: --users can't be '0'. Give a whole number from 1 to 1000000.",
        "Line 3: 2 cells under 3 columns. Put a cell with a separator in it in quotes; leave none out.",
        "Line 4: The space is missing.",
        "Line 5: acme stands on line 2 already. Keep one of them.",
        "Line 6: There is no space 'nobody'. subctl list spaces shows what there is.",
        "Line 7: There is no plan 'gold'. subctl list plans shows what there is.",
    ]
    assert demo("apply", write(demo, WANTED), "--keep-going", "--yes").err.count("Line") == 4  # the rules come later


def test_bad_rows_of_one_kind_have_one_hint(demo):
    """It isn't repeated; the refusal that the history keeps is the file's."""
    text = "space,users\nacme,3\natelier,4\n"
    assert demo("apply", write(demo, text), "--yes", "--json").refusal == (
        4,
        "below_active_users",
        "Line 2: 7 users of acme are active: more than 3. Deactivate 4 users first.\n"
        "Line 3: 7 users of atelier are active: more than 4. Deactivate 3 users first.",
        "",
    )
    text = text.replace("3", "no").replace("4", "none")
    assert demo("apply", write(demo, text), "--yes", "--json").refusal == (
        2,
        "bad_input",
        "Line 2: --users can't be 'no'.\nLine 3: --users can't be 'none'.",
        "Give a whole number from 1 to 1000000.",
    )


@pytest.mark.parametrize("chunk", [1, 2, 1000])
@pytest.mark.parametrize("extra", [(), ("--dry-run",)])
def test_every_bad_row_of_an_import_is_named(demo, monkeypatch, chunk, extra):
    """Whatever the part of the file it stands in; a row that spans lines is where it begins."""
    monkeypatch.setattr("subctl.service.space_proof.CHUNK", chunk)
    rows = ["a,A,pro,3,", 'b,"B",gold,3,"x\ny"', "acme,A,pro,3,", "a,A,pro,3,", "c,,pro,3,", "d,D,pro,3,", "d,D,pro,3,"]
    before = demo.bytes
    file = write(demo, "\n".join([NEW, *rows]))
    code, name, message, hint = demo("space", "import", file, *extra, "--json").refusal
    assert (code, name, hint) == (3, "not_found", "")
    assert message.splitlines() == [
        "Line 3: There is no plan 'gold'. subctl list plans shows what there is.",
        "Line 5: There is a space acme already. Take the line out.",
        "Line 6: There is a space a already. Take the line out.",
        "Line 7: The name must not be empty.",
        "Line 9: There is a space d already. Take the line out.",
    ]
    assert demo.bytes == before


def test_what_the_history_keeps_of_a_bad_file(demo):
    """Ten lines, not a thousand."""
    names = [f"s{place}" for place in range(12)]
    file = write(demo, "\n".join(["id,name,plan,users", *(f"{name},N,pro,3" for name in names)]))
    assert demo("space", "import", file).code == 0
    exit_code, _, message, _ = demo("space", "import", file, "--json").refusal
    assert (exit_code, message.count("\n")) == (5, 11)
    detail = demo("history", "--limit", "1", "--json").json["items"][0]["detail"]
    assert (detail["refused"], detail["message"].count("\n")) == ("already_exists", 10)
    assert detail["message"].endswith("\nLine 11: There is a space s9 already.\n…")


# --- without an end ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "line", "last"),
    [
        (("apply", "-", "--yes"), ",10", "Line 1001: The space is missing."),
        (("apply", "-", "--yes"), "acme,10", "Line 1002: acme stands on line 2 already."),
        (("space", "import", "-"), "acme,10", "Line 1002: There is a space acme already."),
    ],
)
def test_a_pipe_without_an_end(demo, words, line, last):
    """`yes` is stopped after a thousand bad rows."""
    header = "space,users" if words[0] == "apply" else "id,users,name,plan"
    line += "" if words[0] == "apply" else ",Name,pro"
    script = f"{{ echo {header}; yes {line}; }} | {sys.executable} -m subctl {' '.join(words)}"
    done = subprocess.run(
        ["bash", "-c", script], env=demo.environment(), capture_output=True, text=True, check=False, timeout=60
    )
    said = done.stderr.splitlines()
    assert done.stdout == ""
    assert said[999].startswith(last)
    assert said[1000] == "What follows wasn't looked at: 1000 rows are bad."


@pytest.mark.parametrize(
    ("limit", "text", "message"),
    [
        ("_MOST_LINES", "space\n\n\n\n\n", "{file} has more than 3 lines."),
        ("_MOST_ROWS", "space\na\nb\nc\nd\ne\n", "{file} has more than 3 rows."),
    ],
)
def test_a_file_that_is_too_long(demo, monkeypatch, limit, text, message):
    """Blank lines count as well; there is a limit to what is good, too."""
    monkeypatch.setattr(csv_file, limit, 3)
    file = write(demo, text)
    refused = demo("apply", file, "--yes", "--json").refusal
    assert refused == (2, "bad_input", message.format(file=file), "Cut it into several files.")


def test_a_row_that_no_one_foresaw(demo, monkeypatch):
    """What else the library says of a row is passed on, with the line."""
    monkeypatch.setattr(csv_file, "_FAULTS", {})
    file = write(demo, 'space\n"ac"me\n')
    assert demo("apply", file, "--yes", "--json").refusal[2] == "Line 2: ',' expected after '\"'."


def test_a_file_is_text_or_it_is_not():
    """Writing through the reader's way with bytes is a bug, and stays one."""
    with pytest.raises(UnicodeEncodeError):
        "é".encode("ascii", errors="subctl")
