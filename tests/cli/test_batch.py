"""apply, export and space import: many contracts by one file, all or nothing, every refusal with its line."""

import json
import os

import pytest

from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.service import apply, csv_file, space_import, space_proof
from subctl.service.text_file import text_file
from subctl.service.worked_out import WorkedOut
from tests.support.callers import caller

STATES = "space,plan,users,zoom,billing\nacme,starter,10,2,annual\natelier,starter,10,2,monthly\n"


def write(cli, text, name="file.csv"):
    path = cli.home / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_export_edit_apply_is_the_bulk_workflow(demo):
    """pricing.md 4: up and down alike, in one transaction; the same file again changes nothing."""
    assert demo("export").text == STATES
    path = write(demo, STATES.replace("acme,starter,10", "acme,pro,20").replace("atelier,starter,10", "atelier,,8"))
    document = demo("apply", path, "--yes", "--json").json
    assert [(each["space"], each["kind"], each["order"]) for each in document["changes"]] == [
        ("acme", "upgrade", "O-2026-0001"),
        ("atelier", "downgrade", "O-2026-0002"),
    ]
    assert (document["net"], document["total"], document["changed"], document["failed"]) == ("650.00", "786.50", 2, [])
    before = demo.bytes
    again = demo("apply", path, "--yes", "--json").json
    assert (again["changed"], again["total"], demo.bytes == before) == (0, "0.00", True)
    assert demo("apply", path).text == "Nothing to change in 2 of 2.\n"


def test_an_ended_contract_is_not_exported(demo):
    """pricing.md 4.10: nothing can be wanted of it any more."""
    demo("cancel", "--space", "atelier", "--yes")
    assert demo("export", "--today", "2026-06-01").text == "space,plan,users,zoom,billing\nacme,starter,10,2,annual\n"


def test_a_dry_run_shows_the_same_and_writes_nothing(demo):
    """The numbers of orders and invoices are missing, nothing else."""
    path = write(demo, "space,users\nacme,20\n")
    before = demo.bytes
    preview = demo("apply", path, "--dry-run", "--json").json
    assert demo.bytes == before
    done = demo("apply", path, "--yes", "--json").json
    late: dict[str, object] = {"order": None, "invoice": None, "issued": []}
    assert preview["changes"] == [{**change, **late} for change in done["changes"]]


def test_a_refused_row_names_its_line_and_leaves_all_untouched(demo):
    """pricing.md 5: none is ordered if one is refused."""
    path = write(demo, "space,users\natelier,12\nacme,3\n")
    before = demo.sql("SELECT * FROM orders"), demo.sql("SELECT * FROM steps")
    assert demo("apply", path, "--yes", "--json").refusal == (
        4,
        "below_active_users",
        "Line 3: 7 users of acme are active: more than 3.",
        "Deactivate 4 users first.",
    )
    assert (demo.sql("SELECT * FROM orders"), demo.sql("SELECT * FROM steps")) == before


def test_with_keep_going_the_others_are_ordered(demo):
    """The refused ones are listed with line and reason; exit 4."""
    done = demo("apply", write(demo, "space,users\natelier,12\nacme,3\n"), "--yes", "--keep-going")
    assert (done.code, done.out.splitlines()[-1]) == (4, "Line 3, acme: 7 users of acme are active: more than 3.")
    assert demo.sql("SELECT space FROM orders") == [("atelier",)]
    assert demo("apply", write(demo, "space,users\nacme,3\n"), "--keep-going").code == 4


def refusals(cli):
    """Return command, space, code and message of the refusals in the history, oldest first."""
    items = cli("history", "--json").json["items"][::-1]
    found = [(item, item["detail"]) for item in items if "refused" in item["detail"]]
    return [(item["action"], item["space"], detail["refused"], detail["message"]) for item, detail in found]


def test_what_is_passed_over_is_told_and_kept(demo):
    """An error document beside the result, a line for cron's mail, and the history; a dry run leaves nothing."""
    path, before = write(demo, "space,users\natelier,12\nacme,3\nnobody,3\n"), demo.bytes
    words = ("apply", path, "--keep-going")
    said = {
        "code": "partly_done",
        "message": "2 contracts were refused: acme, nobody.",
        "hint": "The result says why.",
    }
    dry = demo(*words, "--dry-run", "--json")
    assert (dry.code, json.loads(dry.err), demo.bytes == before) == (4, {"error": said}, True)
    done = demo(*words, "--yes", "--json")
    assert (done.code, json.loads(done.err)) == (4, {"error": said})
    document = json.loads(done.out)
    assert ([each["space"] for each in document["failed"]], document["changed"]) == (["acme", "nobody"], 1)
    assert refusals(demo) == [
        ("apply", "acme", "below_active_users", "7 users of acme are active: more than 3."),
        ("apply", "nobody", "not_found", "There is no space 'nobody'."),
    ]
    for_people = demo(*words, "--yes", "-q")
    assert (for_people.code, for_people.err) == (4, f"subctl: {said['message']}\n{said['hint']}\n")
    assert demo("check", "--json").json["ok"] is True


def test_a_refusal_that_can_not_be_kept_is_told_all_the_same(demo):
    """Of one command, of a file, and beside what was done: never the history's own trouble."""
    demo.sql("CREATE TRIGGER full BEFORE INSERT ON history BEGIN SELECT RAISE(ABORT, 'no room'); END")
    below = "7 users of acme are active: more than 3."
    assert demo("downgrade", "--users", "3", "--yes", "--json").refusal[1:3] == ("below_active_users", below)
    path = write(demo, "space,users\nacme,3\n")
    assert demo("apply", path, "--yes", "--json").refusal[1:3] == ("below_active_users", f"Line 2: {below}")
    done = demo("apply", path, "--yes", "--keep-going", "--json")
    assert (done.code, json.loads(done.err)["error"]["code"]) == (4, "partly_done")
    assert demo("bill", "--space", "acme", "--today", "2026-01-01", "--json").json["issued"] == []
    assert refusals(demo) == []


def test_many_that_are_passed_over_are_counted(demo):
    """Ten are named on stderr, all in the result."""
    path = write(demo, "\n".join(["space", *(f"s{place:02}" for place in range(12))]))
    done = demo("apply", path, "--keep-going", "--json")
    named = ", ".join(f"s{place:02}" for place in range(10))
    assert json.loads(done.err)["error"]["message"] == f"12 contracts were refused: {named} and 2 more."
    assert len(json.loads(done.out)["failed"]) == 12


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("space,users\nacme,1_0\n", "Line 2: --users can't be '1_0'."),
        ("space,users\n,10\n", "Line 2: The space is missing."),
        ("space,users\nacme,11\nacme,12\n", "Line 3: acme stands on line 2 already."),
        ("space,Seats\nacme,11\n", "{file} has an unknown column 'Seats'."),
        ("space,users,users\nacme,11,12\n", "{file} has the column users twice."),
        ("plan\npro\n", "{file} has no column space."),
        ("", "{file} has no column space."),
        ("space,users\nacme\n", "Line 2: 1 cell under 2 columns."),
        ('space,users\nacme,"11\n', "Line 2: A cell begins with a quote and never ends."),
        (b"space,users\n\xff,11\n", "Line 2: These bytes are not UTF-8 text."),
    ],
)
def test_a_file_that_can_not_be_read(demo, text, message):
    """One line says what is wrong and where; nothing is written."""
    path, before = write(demo, text), demo.bytes
    code, name, said, _ = demo("apply", path, "--yes", "--json").refusal
    assert (code, name, said, demo.bytes == before) == (2, "bad_input", message.format(file=path), True)


def test_a_file_that_is_not_there(demo):
    """The path and the reason."""
    path = str(demo.home / "none.csv")
    for words in (("apply", path, "--yes"), ("space", "import", path)):
        assert demo(*words, "--json").refusal[1:3] == ("bad_input", f"{path} can't be read: No such file or directory.")


def test_empty_lines_and_what_a_spreadsheet_was_kept_from_are_read(demo):
    """What export writes, apply reads: also a cell with a leading quote."""
    assert demo("apply", write(demo, "\ufeffspace,users\r\n\r\nacme,12\r\n"), "--yes", "--json").json["changed"] == 1
    assert demo("apply", write(demo, "space,plan\nacme,'=pro\n"), "--yes", "--json").refusal[2] == (
        "Line 2: There is no plan '=pro'."
    )


def test_a_preview_that_was_agreed_to_is_applied_or_refused(demo):
    """As with a single order: what has moved since is not ordered unseen."""
    wanted = [apply.Wanted(2, "acme", Wish(users=20))]
    shown = apply.preview_apply(caller(demo, "apply"), wanted, WorkedOut(), keep_going=False)
    demo("upgrade", "--users", "12", "--yes")
    with pytest.raises(SubctlError) as refused:
        apply.apply(caller(demo, "apply"), wanted, WorkedOut(), keep_going=False, shown=shown)
    assert refused.value.code == "quote_stale"
    seen: list[tuple[int, int]] = []
    apply.apply(
        caller(demo, "apply"), wanted, WorkedOut(), keep_going=False, progress=lambda *place: seen.append(place)
    )
    assert seen == [(1, 1), (1, 1)]  # worked out, and placed


NEW = "id,name,plan,users,billing,vat-id\nb1,B,pro,3,annual,NL123456782B90\nb2,C,pro,4,,\n"


def test_spaces_are_imported_all_at_once(demo):
    """Columns are named like the options of space add; an empty cell is what is left out there."""
    assert demo("space", "import", write(demo, NEW), "--json").json == {
        "schema": "import/1",
        "date": "2026-03-15",
        "added": 2,
        "changed": True,
    }
    alone = demo("show", "--space", "b2", "--json").json
    demo("space", "add", "c2", "--name", "C", "--plan", "pro", "--users", "4")
    other = demo("show", "--space", "c2", "--json").json
    assert {**other, "space": {**other["space"], "id": "b2"}} == alone
    assert demo("check", "--json").json["problems"] == []


def test_a_file_without_spaces_adds_none(demo):
    """Nothing to do is no error, and no entry of the history."""
    before = demo.bytes
    assert demo("space", "import", write(demo, "id,name,plan,users\n"), "--json").json["changed"] is False
    assert demo.bytes == before


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("acme,A,pro,3,,", "Line 4: There is a space acme already."),
        ("b1,A,pro,3,,", "Line 4: There is a space b1 already."),
        ("b3,A,gold,3,,", "Line 4: There is no plan 'gold'."),
        ("b3,A,pro,0,,", "Line 4: --users can't be '0'."),
        ("b3,A,business,3,,", "Line 4: The plan business needs at least 5 users, not 3."),
    ],
)
@pytest.mark.parametrize("extra", [(), ("--dry-run",)])
def test_one_bad_row_and_none_is_added(demo, row, message, extra):
    """The line is named, in a dry run too."""
    done = demo("space", "import", write(demo, f"{NEW}{row}\n"), *extra, "--json")
    assert done.refusal[2] == message
    assert demo.sql("SELECT count(*) FROM spaces") == [(2,)]


def test_a_dry_run_of_an_import_remembers_what_it_saw(demo, monkeypatch):
    """An ID that stands twice is found also where the first one was in an earlier part of the file."""
    monkeypatch.setattr(space_proof, "CHUNK", 1)
    path, before = write(demo, f"{NEW}b1,A,pro,3,,\n"), demo.bytes
    assert demo("space", "import", path, "--dry-run", "--json").refusal[2] == "Line 4: There is a space b1 already."
    assert demo("space", "import", write(demo, NEW), "--dry-run", "--json").json["added"] == 2
    assert demo.bytes == before


def test_progress_of_an_import_counts_rows(demo):
    """What is done and what there is, for those who wait; a pipe can't be counted beforehand."""
    path = write(demo, NEW)
    assert csv_file.count_lines(text_file(path)) == 2
    read_end, write_end = os.pipe()
    os.write(write_end, NEW.encode())
    os.close(write_end)
    assert demo.process("space", "import", f"/dev/fd/{read_end}", "--json").code == 2  # not inherited: not there
    os.close(read_end)
    assert csv_file.count_lines(text_file(str(demo.home / "none"))) == 0
    assert csv_file.count_lines(text_file("-")) == 0
    from subctl.cli.details import COLUMNS, new_space

    def read(row):
        return row.line, new_space({key: cell or None for key, cell in row.cells.items()})

    new = csv_file.read_rows(text_file(path), COLUMNS, ("id",), read, csv_file.BadRows())
    seen: list[tuple[int, int]] = []
    who = caller(demo, "space import")
    proven = space_proof.prove_spaces(who, new, 2, lambda *place: seen.append(place))
    space_import.import_spaces(who, proven, lambda *place: seen.append(place))
    assert seen == [(2, 2), (2, 2)]
