"""The calendar of deadlines: read back by icalendar and by vobject, and the same whenever it is fetched."""

from datetime import UTC, date, datetime

import icalendar
import pytest
import vobject

from tests.support.cli import DEMO

LIVED = (
    DEMO,
    ("quote", "--users", "12"),
    ("upgrade", "--space", "atelier", "--users", "20", "--yes"),
    ("bill", "--today", "2026-04-01"),
)

ICS = ("list", "deadlines", "--format", "ics")


@pytest.fixture
def lived(cli):
    """The demo on 2026-04-01: acme with an open quote, atelier with an invoice."""
    return cli.prepare(*LIVED)


def fetched(cli, *words):
    """Return a calendar as it came, byte for byte."""
    file = cli.home / "fetched.ics"
    assert cli(*ICS, *words, "-o", str(file), "-q").text == ""
    return file.read_bytes()


def events(content):
    """Return the events of a calendar by their UID without the store, as icalendar reads them."""
    read = icalendar.Calendar.from_ical(content)
    return {str(event["UID"]).partition(".")[2]: event for event in read.walk("VEVENT")}


def first_hash(cli):
    """Return the hash that names a store."""
    return cli.sql("SELECT hash FROM history ORDER BY id LIMIT 1")[0][0]


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//subctl//deadlines//EN
CALSCALE:GREGORIAN
X-WR-CALNAME:Deadlines
BEGIN:VEVENT
SUMMARY:Acme: last day of quote Q-2026-0001
DTSTART;VALUE=DATE:20260414
DTEND;VALUE=DATE:20260415
DTSTAMP:20260315T000000Z
UID:{hash}.acme.
 quote.Q-2026-0001@subctl
SEQUENCE:1
DESCRIPTION:60.50 EUR due when it is ordered.\\nsubctl show Q-2026-0001
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""


def test_the_whole_calendar(lived):
    """A day that keeps nobody busy, its UID and its version given by us; lines end as RFC 5545 wants it."""
    expected = CALENDAR.format(hash=first_hash(lived)).replace("\n", "\r\n").encode()
    assert fetched(lived, "--kind", "quote") == expected
    assert lived.process(*ICS, "--kind", "quote").out.encode() == expected.replace(b"\r\n", b"\n")


SAID = {
    "atelier.cancel.2026-04-01": (
        "Atelier: last day to cancel",
        "Cancelled by then, the contract ends on 30 April 2026.\nsubctl show atelier",
    ),
    "acme.quote.Q-2026-0001": (
        "Acme: last day of quote Q-2026-0001",
        "60.50 EUR due when it is ordered.\nsubctl show Q-2026-0001",
    ),
    "atelier.downgrade.2026-04-30": (
        "Atelier: last day to reduce",
        "What is reduced by then costs less from 1 May 2026 on.\nsubctl show atelier",
    ),
    "atelier.invoice.INV-2026-0001": (
        "Atelier: payment due INV-2026-0001",
        "302.50 EUR.\nsubctl show INV-2026-0001",
    ),
    "atelier.renewal.2026-05-01": ("Atelier: renews", "The next period begins.\nsubctl show atelier"),
    "acme.cancel.2026-06-01": (
        "Acme: last day to cancel",
        "Cancelled by then, the contract ends on 30 June 2026.\nsubctl show acme",
    ),
    "acme.downgrade.2026-06-01": (
        "Acme: last day to reduce",
        "What is reduced by then costs less from 1 July 2026 on.\nsubctl show acme",
    ),
    "acme.renewal.2026-07-01": ("Acme: renews", "The next period begins.\nsubctl show acme"),
}


def test_every_kind_of_event(lived):
    """What it says, and its day: all that the list has, in its order."""
    found = events(fetched(lived))
    assert {key: (str(event["SUMMARY"]), str(event["DESCRIPTION"])) for key, event in found.items()} == {
        f"{key}@subctl": said for key, said in SAID.items()
    }
    listed = lived("list", "deadlines", "--json").json["items"]
    assert [(f"{item['id']}@subctl", item["date"]) for item in listed] == [
        (key, event["DTSTART"].dt.isoformat()) for key, event in found.items()
    ]


def test_the_end_and_a_contract_that_never_starts(cli):
    """The two sentences that the demo hasn't."""
    add = ("space", "add", "new", "--name", "New", "--plan", "pro", "--users", "2", "--start", "2026-05-10")
    cli.prepare(DEMO, add, ("cancel", "--space", "atelier", "--yes"))
    found = events(fetched(cli))
    assert str(found["atelier.end.2026-04-30@subctl"]["DESCRIPTION"]).startswith("From the next day on nothing")
    assert str(found["new.cancel.2026-05-09@subctl"]["DESCRIPTION"]).startswith(
        "Cancelled by then, the contract never starts."
    )


def test_a_second_reader(lived):
    """vobject reads the same events: whole days, one long, transparent, the UID, the version and its day."""
    content = fetched(lived)
    read = vobject.readOne(content.decode())
    second = {
        event.uid.value.partition(".")[2]: (
            event.summary.value,
            event.dtstart.value,
            event.dtend.value,
            event.dtstamp.value.replace(tzinfo=UTC),
            event.transp.value,
            event.sequence.value,
            event.description.value,
        )
        for event in read.vevent_list
    }
    first = {
        key: (
            str(event["SUMMARY"]),
            event["DTSTART"].dt,
            event["DTEND"].dt,
            event["DTSTAMP"].dt,
            str(event["TRANSP"]),
            str(event["SEQUENCE"]),
            str(event["DESCRIPTION"]),
        )
        for key, event in events(content).items()
    }
    assert second == first
    assert second["atelier.renewal.2026-05-01@subctl"][1:6] == (
        date(2026, 5, 1),
        date(2026, 5, 2),
        datetime(2026, 3, 15, tzinfo=UTC),
        "TRANSPARENT",
        "2",
    )


def test_fetched_again_it_is_the_same(lived):
    """A new UID at each fetch would double every event: on another day, by another process, the bytes are the same."""
    later = ("--since", "2026-04-01")
    first = fetched(lived, *later)
    assert fetched(lived, *later) == first
    assert lived.process(*ICS, *later, "-o", str(lived.home / "again.ics"), "-q", TZ="Asia/Tokyo").code == 0
    assert (lived.home / "again.ics").read_bytes() == first
    kept = {"acme.cancel.2026-06-01@subctl", "acme.renewal.2026-07-01@subctl"}
    before, after = events(first), events(fetched(lived, "--today", "2026-05-20"))
    for key in kept:
        assert before[key].to_ical() == after[key].to_ical()


def test_a_change_is_a_new_version_of_the_same_event(lived):
    """SEQUENCE is the contract's version, DTSTAMP the day of its last change; the UID stays."""
    key = "acme.renewal.2026-07-01@subctl"
    before = events(fetched(lived))[key]
    assert lived("upgrade", "--space", "acme", "--users", "20", "--yes", "--today", "2026-04-03").code == 0
    changed = events(fetched(lived))[key]
    assert (before["UID"], before["SEQUENCE"], before["DTSTAMP"].dt.date()) == (before["UID"], 1, date(2026, 3, 15))
    assert (changed["UID"], changed["SEQUENCE"], changed["DTSTAMP"].dt.date()) == (before["UID"], 2, date(2026, 4, 3))
    assert lived("withdraw", "O-2026-0002", "--yes", "--today", "2026-04-05").code == 0
    back = events(fetched(lived))[key]
    assert (back["UID"], back["SEQUENCE"], back["DTSTAMP"].dt.date()) == (before["UID"], 3, date(2026, 4, 5))


def test_two_stores_share_no_event(cli, new_cli):
    """The same demo made twice has the same deadlines, and other UIDs."""
    other = new_cli()
    for each in (cli, other):
        assert each(*DEMO).code == 0
    uids = [{str(event["UID"]) for event in events(fetched(each)).values()} for each in (cli, other)]
    assert (len(uids[0]), uids[0] & uids[1]) == (6, set())


@pytest.mark.parametrize("length", range(40, 60))
def test_folding_keeps_letters_whole(demo, length):
    """No line has more than 75 octets, and a letter of two isn't cut at the edge: both readers have the name back."""
    name = "é" * length + ", 10; 5\\2 — Zürich 東京 🚀"
    assert demo("space", "set", "acme", "--name", name).code == 0
    content = fetched(demo, "--space", "acme")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert all(line.decode() for line in content.removesuffix(b"\r\n").split(b"\r\n"))
    assert str(events(content)["acme.renewal.2026-07-01@subctl"]["SUMMARY"]) == f"{name}: renews"
    read = vobject.readOne(content.decode())
    assert f"{name}: renews" in [event.summary.value for event in read.vevent_list]


def test_without_deadlines(cli):
    """A calendar with nothing in it is one still."""
    cli.sandbox("2026-03-15")
    assert events(fetched(cli)) == {}


# --- what is refused ---------------------------------------------------------------------------------------

USAGE = {
    "list invoices --format ics": (
        "usage",
        "Only deadlines have the format ics.",
        "subctl list deadlines --format ics",
    ),
    "list deadlines -o x": (
        "usage",
        "--output does nothing without --format ics.",
        "Leave it out: subctl list deadlines > FILE",
    ),
    "list deadlines --format ics --fields date": (
        "usage",
        "A calendar has no fields to choose.",
        "Leave --fields out, or add --json.",
    ),
    "list deadlines --format pdf": ("bad_input", "--format can't be 'pdf'.", "Choose table, json, csv or ics."),
    "show --format ics": (
        "bad_input",
        "--format can't be 'ics'.",
        "Choose table, json, csv, pdf, facturx, ubl, cii or eml.",
    ),
}


@pytest.mark.parametrize(("line", "said"), USAGE.items(), ids=USAGE)
def test_what_is_no_calendar(lived, line, said):
    """Exit 2, and what to type instead."""
    assert lived(*line.split(), SUBCTL_FORMAT="json").refusal == (2, *said)
    assert not (lived.home / "x").exists()


MISSING = """
import sys
sys.modules["icalendar"] = None
from subctl.cli.app import main
sys.exit(main(sys.argv[1:]))
"""


def test_without_the_extra(lived):
    """What is missing is named, with the command that installs it."""
    done = lived.python("-c", MISSING, *ICS, SUBCTL_FORMAT="json")
    assert done.refusal == (
        2,
        "extra_missing",
        "This needs icalendar, which isn't installed.",
        "Install what documents need, in the clone: pip install '.[documents]'",
    )
    assert lived.python("-c", MISSING, "list", "deadlines").code == 0
