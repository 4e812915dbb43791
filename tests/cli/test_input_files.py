"""Files that can't be: catalogs, CSV files, the config file, and what is no file at all."""

from __future__ import annotations

import os
import threading

import pytest

from tests.support.cli import LIVE

NEW = "id,name,plan,users"
STATES = "space,plan,users,billing"
ALL_STATES = "space, plan, users, billing, and one for each kind of licence"
APPLY, IMPORT = ("apply", "{file}", "--yes"), ("space", "import", "{file}")
COLUMNS = f"There are {ALL_STATES}."
COUNT = "Give a whole number from 1 to 1000000."
ALL_NEW = (
    "id, name, plan, users, billing, start, renews-on, billed-through, active-users, country, vat-id, address,"
    " email, reference, payment, iban, street, postcode, city, legal-id, endpoint, buyer-reference, contact, phone,"
    " language, e-invoice, and one for each kind of licence"
)
CELLS = "Put a cell with a separator in it in quotes; leave none out."
NO_TEXT = "Line 1: These bytes are not UTF-8 text."
SAVE = "Save it as UTF-8, or as UTF-16 with a byte order mark."
FIRST_LINE = "Its first line names the columns: "
BAD = (2, "bad_input")


def refuse(cli, words, content, refusal):
    """Write a file, give it to a command, and compare the whole refusal; the store stays as it is, byte for byte."""
    file = cli.home / "file"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before, files = cli.bytes, sorted(cli.home.rglob("*"))
    exit_code, code, message, hint = refusal
    words = tuple(word.replace("{file}", str(file)) for word in words)
    message = message.replace("{file}", str(file))
    assert cli(*words, "--json").refusal == (exit_code, code, message, hint)
    for_people = cli(*words)
    assert (for_people.code, for_people.out) == (exit_code, "")
    assert (cli.bytes, sorted(cli.home.rglob("*"))) == (before, files)


# --- CSV ---------------------------------------------------------------------------------------------------

CSV = {
    "nothing": (APPLY, "", "{file} has no column space.", f"{FIRST_LINE}{ALL_STATES}."),
    "a blank line": (APPLY, "\n", "{file} has no column space.", f"{FIRST_LINE}{ALL_STATES}."),
    "a missing column": (IMPORT, "id,name,plan\n", "{file} has no column users.", f"{FIRST_LINE}{ALL_NEW}."),
    "a column too many": (APPLY, f"{STATES},name\n", "{file} has an unknown column 'name'.", COLUMNS),
    "a column in capitals": (APPLY, "Space\n", "{file} has an unknown column 'Space'.", COLUMNS),
    "a column with a hidden sign": (APPLY, "space\u200b\n", "{file} has an unknown column 'space\\u{200b}'.", COLUMNS),
    "a column that is a card": (APPLY, "4111111111111111\n", "{file} has an unknown column '…1111'.", COLUMNS),
    "a column twice": (APPLY, "space,users,users\n", "{file} has the column users twice.", "Take one of them out."),
    "a column twice by two names": (
        APPLY,
        "id,users,space\n",
        "{file} has the column space twice (space and id are the same).",
        "Take one of them out.",
    ),
    "a column of bytes that are no text": (APPLY, b"space,\xff\n", f"{{file}}, l{NO_TEXT[1:]}", SAVE),
    "other separators": (APPLY, "space|users\n", "{file} has an unknown column 'space|users'.", COLUMNS),
    "a row that is short": (APPLY, "space,users\nacme\n", "Line 2: 1 cell under 2 columns.", CELLS),
    "a row that is long": (APPLY, "space,users\nacme,20,1\n", "Line 2: 3 cells under 2 columns.", CELLS),
    "two cells under one": (APPLY, "space\nacme,20\n", "Line 2: 2 cells under 1 column.", CELLS),
    "a cell that never ends": (
        APPLY,
        'space\natelier\n"acme\n',
        "Line 3: A cell begins with a quote and never ends.",
        "Close it with another quote.",
    ),
    "a column that never ends": (
        APPLY,
        '"space\nacme\n',
        "Line 1: A cell begins with a quote and never ends.",
        "Close it with another quote.",
    ),
    "a quote inside": (
        APPLY,
        'space\n"ac"me\n',
        "Line 2: A quote stands inside a cell.",
        "Double it, and put the whole cell in quotes.",
    ),
    "a huge cell": (
        APPLY,
        f"space\n{'a' * 200_000}\n",
        "Line 2: A cell is longer than 131072 letters.",
        "See whether a quote isn't closed.",
    ),
    "a huge line": (
        APPLY,
        f"space\n{'a,' * 600_000}\n",
        "{file} is not a CSV file: line 2 is longer than 1000000 letters.",
        "",
    ),
    "a hundred megabytes of nothing": (
        IMPORT,
        b"\0" * 100_000_000,
        "{file} is not a CSV file: line 1 is longer than 1000000 letters.",
        "",
    ),
    "Latin-1": (IMPORT, f"{NEW}\nx,Caf\u00e9,pro,3\n".encode("latin-1"), NO_TEXT.replace("1", "2"), SAVE),
    "half a sign of UTF-16": (APPLY, "space\nacme\n".encode("utf-16") + b"x", NO_TEXT.replace("1", "3"), SAVE),
    "a NUL in a name": (
        IMPORT,
        f"{NEW}\nx,a\0b,pro,3\n",
        "Line 2: The name must not hold the invisible sign \\u{0}.",
        "",
    ),
    "a new line in a name": (
        IMPORT,
        f'{NEW}\nx,"a\nb",pro,3\n',
        "Line 2: The name must not hold the invisible sign \\u{a}.",
        "",
    ),
    "an old Mac's lines": (APPLY, "space\racme\rx\r", "There is no space 'x'.", ""),
    "a BOM and CRLF": (APPLY, "\ufeffspace,users\r\nacme,0\r\n", "Line 2: --users can't be '0'.", COUNT),
    "digits of another script": (APPLY, "space,users\nacme,١٢\n", "Line 2: --users can't be '١٢'.", COUNT),
    "a number beyond all": (APPLY, f"space,users\nacme,{2**63}\n", f"Line 2: --users can't be '{2**63}'.", COUNT),
    "a card as a space": (APPLY, "space\n4111 1111 1111 1111\n", "Line 2: The space must not hold a card number.", ""),
    "a card as an ID": (
        IMPORT,
        f"{NEW}\n4111111111111111,x,pro,3\n",
        "Line 2: The space's ID must not hold a card number.",
        "",
    ),
    "a card as a name": (
        IMPORT,
        f"{NEW}\nx,4111 1111 1111 1111,pro,3\n",
        "Line 2: The name must not hold a card number.",
        "",
    ),
    "no space": (APPLY, "space,users\n,20\n", "Line 2: The space is missing.", ""),
    "a space twice": (
        APPLY,
        "space,users\nacme,20\natelier,20\nacme,21\n",
        "Line 4: acme stands on line 2 already.",
        "Keep one of them.",
    ),
    "a date that is none": (
        IMPORT,
        f"{NEW},start\nok,Ok,pro,3,\nx,X,pro,3,2026-02-30\n",
        "Line 3: --start is not a date: '2026-02-30'.",
        "Write it as YYYY-MM-DD, like 2026-03-15.",
    ),
    "a country that is none": (
        IMPORT,
        f"{NEW},country\nx,X,pro,3,ZZ\n",
        "Line 2: There is no country ZZ.",
        "Give the two letters of ISO 3166, like NL.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("words", "content", "message", "hint"), CSV.values(), ids=CSV)
def test_a_csv_file_that_can_not_be(demo, words, content, message, hint):
    """The file or the line is named, and not one row of it is done."""
    refusal = (*BAD, message, hint)
    if message.startswith("There is no space"):
        refusal = (3, "not_found", f"Line 3: {message}", "subctl list spaces shows what there is.")
    refuse(demo, words, content, refusal)


def test_files_that_only_look_odd(demo):
    """A byte order mark, CRLF, quotes, blank lines, headers alone, columns in any order: all of it is CSV."""
    file = demo.home / "file"
    for text in (STATES, f"{STATES}\n\n\n", f"\ufeff{STATES}\r\n", '"users","space"\r\n"10","acme"\r\n'):
        file.write_text(text, newline="")
        assert demo("apply", str(file), "--yes", "--json").json["changed"] == 0
    file.write_text(f"{NEW}\n")
    assert demo("space", "import", str(file), "--json").json["added"] == 0
    file.write_text('\ufeffname,plan,users,id\r\n"Quote "" and, comma",pro,3,x\r\n', newline="")
    assert demo("space", "import", str(file), "--json").json["added"] == 1
    assert demo("show", "--space", "x", "--json").json["space"]["name"] == 'Quote " and, comma'


# --- catalogs ----------------------------------------------------------------------------------------------

TOML = "{file} is not a TOML file: "
CATALOGS = {
    "no TOML": ("name = ", f"{TOML}Invalid value (at end of document)."),
    "bytes that are no text": (
        b"name = '\xff'",
        "{file}, line 1: These bytes are not UTF-8 text.",
    ),
    "a NUL": (b"name = '\0'", f"{TOML}Found invalid character '\\x00' (at line 1, column 9)."),
    "a key twice": ("name = '1'\nname = '2'", f"{TOML}Cannot overwrite a value (at end of document)."),
    "a hundred megabytes of nothing": (b"\0" * 100_000_000, "{file} is too large: more than 1000000 letters."),
}


@pytest.mark.parametrize(("content", "message"), CATALOGS.values(), ids=CATALOGS)
@pytest.mark.parametrize("verb", ["check", "import"])
def test_a_catalog_that_is_no_catalog(demo, verb, content, message):
    """What is wrong is said in a line; the faults of a catalog that is one are in test_catalogs.py."""
    hint = SAVE if "bytes" in message else ""
    refuse(demo, ("catalog", verb, "{file}"), content, (*BAD, message, hint))


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 5000, "{a=" * 5000], ids=["digits", "lists", "tables"])
def test_what_python_itself_refuses_to_read_is_no_bug(demo, value):
    """A number of thousands of digits, and what is too deep; in a catalog and in the config file."""
    file = demo.home / "file"
    file.write_text(f"name = {value}")
    for words in (("catalog", "check", str(file)), ("catalog", "import", str(file))):
        exit_code, code, message, _ = demo(*words, "--json").refusal
        assert (exit_code, code, message.startswith(f"{file} is not a TOML file: ")) == (*BAD, True)
    path = config(demo, f"space = {value}")
    exit_code, code, message, _ = demo("show", "--json").refusal
    assert (exit_code, code, message.startswith(f"The config file {path} is not a TOML file: ")) == (*BAD, True)


SELLER = {
    'country = "NL"': ('country = "ZZ"', "seller.country: there is no country ZZ"),
    'iban = "NL91ABNA0417164300"': ('iban = "4111 1111 1111 1111"', "seller.iban: '…1111' is not an IBAN."),
    "[plans.pro]": ("[plans.4111111111111111]", "plans.…1111: must not hold a card number"),
    'title = "Pro"': ('title = "Pro 4111 1111 1111 1111"', "plans.pro.title: must not hold a card number"),
}


@pytest.mark.parametrize(("old", "new", "fault"), [(old, *rest) for old, rest in SELLER.items()], ids=SELLER)
def test_a_catalog_with_a_card_or_a_country_that_is_none(demo, old, new, fault):
    """safety.md: a card number is refused in a file too, and the file's fault doesn't repeat it."""
    text = demo("catalog", "export").text
    assert old in text
    faults = f"The catalog {{file}} can't be used:\n  {fault}"
    if "vat_id" in text and "country" in old:
        text = "\n".join(line for line in text.splitlines() if "vat_id" not in line)
    refusal = (*BAD, faults, "subctl catalog new prints one that can.")
    refuse(demo, ("catalog", "check", "{file}"), text.replace(old, new), refusal)


# --- the config file ---------------------------------------------------------------------------------------


def config(cli, content):
    """Write the config file and return its place."""
    path = cli.home / "XDG_CONFIG_HOME" / "subctl" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


COLORS = "Choose auto, always or never. To take it out: subctl --color auto config unset color."
CONFIGS = {
    "no TOML": ("space = ", "The config file {} is not a TOML file: Invalid value (at end of document).", ""),
    "no text": (
        b"\xff",
        "The config file {}, line 1: These bytes are not UTF-8 text.",
        SAVE,
    ),
    "a number": ("space = 1", "space in {} must be a text.", ""),
    "true": ("color = true", "color in {} must be a text.", ""),
    "a date": ("store = 2026-03-15", "store in {} must be a text.", ""),
    "a table": ("[color]\nx = 1", "color in {} must be a text.", ""),
    "a list": ('space = ["acme"]', "space in {} must be a text.", ""),
    "a NUL": ('store = "a\\u0000b"', "store in {} must be a text.", ""),
    "no home folder": ('store = "~no-one/x"', "There is no home folder for ~no-one/x.", "Write the path without ~."),
    "a colour that is none": ('color = "red"', "color in {} can't be 'red'.", COLORS),
    "too much": ("# " + "x" * 100_000, "The config file {} is too large: more than 100000 letters.", ""),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message", "hint"), CONFIGS.values(), ids=CONFIGS)
def test_a_config_file_that_can_not_be_used(demo, content, message, hint):
    """The config file is named with what is wrong in it; keys of a later version are none of our business."""
    path, before = config(demo, content), demo.bytes
    words = ("upgrade", "--users", "20", "--yes", "--json")
    assert demo(*words, SUBCTL_STORE="").refusal == (*BAD, message.format(path), hint)
    assert demo.bytes == before
    config(demo, "theme = 1\n")
    assert demo("show").code == 0


def test_a_config_file_that_can_not_be_read(demo):
    """A folder in its place, and a link to what never ends."""
    path = config(demo, "")
    path.unlink()
    path.symlink_to("/dev/zero")
    message = f"The config file {path} is too large: more than 100000 letters."
    assert demo("show", "--json").refusal == (*BAD, message, "")
    path.unlink()
    path.mkdir()
    assert demo("show", "--json").refusal == (*BAD, f"The config file {path} can't be read: Is a directory.", "")


# --- what is no file ---------------------------------------------------------------------------------------

READERS = [APPLY, IMPORT, ("catalog", "check", "{file}"), ("catalog", "import", "{file}")]
LONG = "/" + "x" * 5000


@pytest.mark.parametrize("words", READERS, ids=" ".join)
@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/nowhere/file", "can't be read: No such file or directory."),
        ("/", "can't be read: Is a directory."),
        ("/dev/null/file", "can't be read: Not a directory."),
        (LONG, "can't be read: File name too long."),
    ],
    ids=lambda value: value[:20],
)
def test_a_place_without_a_file(demo, words, path, why):
    """Missing, a folder, below a file, a name too long."""
    before = demo.bytes
    wanted = tuple(word.replace("{file}", path) for word in words)
    assert demo(*wanted, "--json").refusal == (*BAD, f"{path} {why}", "")
    assert demo.bytes == before


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_a_file_without_an_end(demo, words):
    """`/dev/zero` is refused after a megabyte, before it fills the memory."""
    wanted = tuple(word.replace("{file}", "/dev/zero") for word in words)
    exit_code, code, message, _ = demo(*wanted, "--json").refusal
    assert (exit_code, code) == BAD
    assert message in (
        "/dev/zero is not a CSV file: line 1 is longer than 1000000 letters.",
        "/dev/zero is too large: more than 1000000 letters.",
    )


@pytest.mark.parametrize(
    ("words", "content"),
    [(APPLY, "space,users\nacme,0\n"), (IMPORT, f"{NEW}\nx,,pro,3\n"), (("catalog", "check", "{file}"), "name = ")],
    ids=str,
)
def test_a_pipe_is_read_like_a_file(demo, words, content):
    """What comes through a FIFO is read once, and refused by what it holds."""
    pipe = demo.home / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(content,))
    writer.start()
    refusal = demo(*(word.replace("{file}", str(pipe)) for word in words), "--json").refusal
    writer.join()
    assert refusal[:2] == BAD
    assert "pipe" in refusal[2] or "Line 2" in refusal[2]


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("show", "--store", LONG), (7, "store_denied", f"The store {LONG} can't be reached: File name too long.", "")),
        ((*LIVE, "--store", LONG), (7, "store_denied", f"The store {LONG} can't be reached: File name too long.", "")),
        (("backup", LONG), (7, "store_denied", f"{LONG} can't be written: File name too long.", "")),
        (("backup", "."), (7, "store_denied", ". can't be written: Is a directory.", "")),
        (("backup", "/"), (7, "store_denied", "/ can't be written: Is a directory.", "")),
        (
            ("backup", "/nowhere/x"),
            (7, "store_denied", "/nowhere/x can't be written: No such file or directory.", ""),
        ),
        (
            ("restore", "/dev/zero", "--yes"),
            (8, "store_foreign", "/dev/zero is no regular file, not a store.", "Name a store's file with --store."),
        ),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value[0], str) else "",
)
def test_a_place_where_no_store_can_be(demo, words, refusal):
    """Stores and backups: each place that can't be has its words, and no bug among them."""
    before, files = demo.bytes, sorted(demo.home.iterdir())
    assert demo(*words, "--json").refusal == refusal
    assert (demo.bytes, sorted(demo.home.iterdir())) == (before, files)
