"""`subctl remind`: a document for each space with what of it is late (payments.md 9.7)."""

from __future__ import annotations

import json
from email import message_from_string
from email.policy import SMTP
from pathlib import Path

import pytest

from subctl.domain.languages import LANGUAGES
from subctl.domain.payment import REFUND, RETURN
from subctl.results.reminders import ShownReminder
from subctl.view.language import speaking
from subctl.view.papers import eml, pdf
from tests.support.money import enter, money
from tests.support.papers import pages, shown, told
from tests.support.terminal import Terminal, spoken

UPGRADE = ("upgrade", "--plan", "pro", "--users", "20", "--yes")
FIRST, SECOND = "R-2026-0001", "R-2026-0002"
ASKED = "Issue 1 reminder? [y/N] "


def bill(day):
    """Return the command that bills on a day, and so moves the store's day there."""
    return ("bill", "--today", day)


@pytest.fixture
def late(cli):
    """The demo with an upgrade invoice due on 14 April 2026; it is 21 April."""
    return cli.prepare(("init", "--demo"), UPGRADE, bill("2026-04-01"), ("owed", "--today", "2026-04-21"))


def levels(document):
    """Return which invoice of which space gets which level."""
    return [(each["space"], item["number"], item["level"]) for each in document["reminders"] for item in each["items"]]


def letter(cli, number) -> ShownReminder:
    """Return a reminder of a test's store."""
    found = shown(cli, number)
    assert isinstance(found, ShownReminder)
    return found


def sound(cli):
    """Hold a store to be sound."""
    assert cli("check", "--json").json["problems"] == []


DEBITED = (
    ("init", "--demo"),
    ("space", "set", "acme", "--payment", "direct-debit"),
    ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-03-01", "--iban", "NL91ABNA0417164300"),
    UPGRADE,
    bill("2026-04-10"),
)


# --- which, and when -----------------------------------------------------------------------------------------


def test_a_year_of_one_who_does_not_pay(late):
    """9.7: nothing on the sixth day, then each level once, on its day; the same again changes nothing."""
    assert levels(late("remind", "--yes", "--today", "2026-04-20", "--json").json) == []
    for today, number, level in (
        ("2026-04-21", FIRST, 1),
        ("2026-05-05", SECOND, 2),
        ("2026-05-26", "R-2026-0003", 3),
    ):
        done = late("remind", "--yes", "--today", today, "--space", "acme", "--json").json
        assert (levels(done), done["reminders"][0]["number"]) == ([("acme", "INV-2026-0001", level)], number)
        again = late("remind", "--space", "acme", "--json").json
        assert (again["reminders"], again["changed"]) == ([], False)
    assert late("remind", "--space", "acme", "--yes", "--today", "2027-01-01", "--json").json["reminders"] == []
    sound(late)


def test_the_whole_document(late):
    """What a script reads: what was open then, of what, since when."""
    late("pay", "INV-2026-0001", "--amount", "100", "--yes")
    done = late("remind", "--yes", "--today", "2026-04-21", "--json").json
    reminder = {
        "number": FIRST,
        "space": "acme",
        "date": "2026-04-21",
        "level": 1,
        "currency": "EUR",
        "open": "686.50",
        "items": [
            {
                "number": "INV-2026-0001",
                "date": "2026-03-15",
                "due_date": "2026-04-14",
                "total": "786.50",
                "open": "686.50",
                "days_late": 7,
                "level": 1,
            }
        ],
    }
    assert done == {
        "schema": "remind/1",
        "date": "2026-04-21",
        "currency": "EUR",
        "reminders": [reminder],
        "open": "686.50",
        "changed": True,
    }
    late("pay", "INV-2026-0001", "--yes")
    assert late("show", FIRST, "--json").json == {"schema": "reminder/1", **reminder}
    assert late("list", "reminders", "--json").json["items"] == [reminder]
    sound(late)


def test_one_for_each_space_with_all_its_items(late):
    """9.7: an item has its own level, the document the highest; oldest due date first."""
    late("bill", "--today", "2026-05-01")
    late("bill", "--today", "2026-06-01")
    done = late("remind", "--yes", "--today", "2026-06-10", "--json").json
    assert levels(done) == [
        ("acme", "INV-2026-0001", 3),
        ("atelier", "INV-2026-0002", 2),
        ("atelier", "INV-2026-0003", 1),
    ]
    assert [(each["number"], each["level"]) for each in done["reminders"]] == [(FIRST, 3), (SECOND, 2)]
    assert late("list", "reminders", "--space", "atelier", "--json", "--fields", "number").json["items"] == [
        {"number": SECOND}
    ]


def test_one_level_alone(late):
    """`--level`: what gets another one waits."""
    late("bill", "--today", "2026-05-01")
    words = ("remind", "--today", "2026-05-26", "--json", "--level")
    assert levels(late(*words, "1", "--dry-run").json) == []
    assert levels(late(*words, "2", "--yes").json) == [("atelier", "INV-2026-0002", 2)]
    assert levels(late(*words, "3", "--yes").json) == [("acme", "INV-2026-0001", 3)]


def test_what_is_paid_or_corrected_gets_none(late):
    """9.5, 9.7: what stands in a corrected one's place is due on a day of its own."""
    late("space", "set", "acme", "--name", "Acme B.V.")
    late("correct", "INV-2026-0001", "--yes", "--today", "2026-04-21")
    assert levels(late("remind", "--dry-run", "--json").json) == []
    assert levels(late("remind", "--dry-run", "--json", "--today", "2026-05-28").json) == [
        ("acme", "INV-2026-0004", 1),
        ("atelier", "INV-2026-0002", 2),
    ]
    late("pay", "INV-2026-0004", "--yes")
    assert levels(late("remind", "--dry-run", "--json", "--today", "2026-05-28").json) == [
        ("atelier", "INV-2026-0002", 2)
    ]


def test_never_while_it_is_being_collected(cli):
    """9.7: for 14 days after the collection's day; dropped, it gets one."""
    cli.prepare(*DEBITED)
    assert cli("collect", str(cli.home / "dd.xml"), "--on", "2026-04-15", "--yes").code == 0
    assert levels(cli("remind", "--dry-run", "--space", "acme", "--today", "2026-04-22", "--json").json) == []
    late_again = cli("remind", "--dry-run", "--space", "acme", "--today", "2026-04-30", "--json").json
    assert levels(late_again) == [("acme", "INV-2026-0001", 1)]
    cli("collect", "--drop", "DD-2026-0001", "--yes")
    assert cli("remind", "--yes", "--space", "acme", "--today", "2026-04-22", "--json").json["changed"] is True


def test_money_that_went_back_without_cover_is_nothing_to_collect(cli):
    """payments.md 9.2, 9.7: a refund that lost its money is open, and no invoice that could be under way."""
    cli.prepare(*DEBITED)
    assert cli("collect", str(cli.home / "dd.xml"), "--on", "2026-04-15", "--yes").code == 0
    enter(
        cli,
        money("acme", "2026-04-08", 130_000),
        money("acme", "2026-04-09", -50_000, kind=REFUND),
        money("acme", "2026-04-10", -130_000, kind=RETURN, of=1),
    )
    found = cli("remind", "--dry-run", "--json", "--space", "acme", "--today", "2026-04-28").json
    assert levels(found) == []


def test_the_days_are_the_catalogs(cli):
    """9.7: `[policy] reminder_days`, those of the catalog in force today."""
    catalog = Path("src/subctl/data/catalog.toml").read_text(encoding="utf-8").replace("2026-01-01", "2026-03-16")
    (cli.home / "x.toml").write_text(catalog.replace("payment_days = 30", "payment_days = 30\nreminder_days = [1, 3]"))
    cli.prepare(("init", "--demo"), UPGRADE)
    assert cli("catalog", "import", str(cli.home / "x.toml")).code == 0
    for today, level in (("2026-04-15", 1), ("2026-04-17", 2)):
        assert levels(cli("remind", "--yes", "--today", today, "--json").json) == [("acme", "INV-2026-0001", level)]


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        ("7", "must be a list of whole numbers from 1 to 366, like [7, 21, 42]"),
        ("[0, 7]", "must be a list of whole numbers from 1 to 366, like [7, 21, 42]"),
        ("[7, 367]", "must be a list of whole numbers from 1 to 366, like [7, 21, 42]"),
        ("[true]", "must be a list of whole numbers from 1 to 366, like [7, 21, 42]"),
        ("[7, 7]", "must rise from day to day"),
        ("[21, 7]", "must rise from day to day"),
        ("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", "must have at most 9 days"),
    ],
)
def test_days_that_can_not_be(cli, days, fault):
    """The catalog's fault is named by its key."""
    catalog = Path("src/subctl/data/catalog.toml").read_text(encoding="utf-8")
    (cli.home / "x.toml").write_text(catalog.replace("[policy]", f"[policy]\nreminder_days = {days}"))
    refused = cli("catalog", "check", str(cli.home / "x.toml"), "--json").refusal
    assert refused[1] == "bad_input"
    assert f"policy.reminder_days: {fault}" in refused[2]


def test_no_days_are_no_reminders(cli):
    """9.7: an empty list is one."""
    catalog = Path("src/subctl/data/catalog.toml").read_text(encoding="utf-8")
    (cli.home / "x.toml").write_text(catalog.replace("[policy]", "[policy]\nreminder_days = []"))
    assert cli("catalog", "check", str(cli.home / "x.toml")).code == 0


# --- asking, and what people see -----------------------------------------------------------------------------

RUN = """\
Reminders of 21 April 2026

Reminder      Date         Space   Level   Invoices        Open EUR
───────────────────────────────────────────────────────────────────
{number:<11}   2026-04-21   acme        1   INV-2026-0001     786.50

Sum                                                          786.50
"""
PREVIEW = """\
Reminders of 21 April 2026

Reminder   Date         Space   Level   Invoices        Open EUR
────────────────────────────────────────────────────────────────
–          2026-04-21   acme        1   INV-2026-0001     786.50

Sum                                                       786.50
"""


def test_it_asks_below_what_would_be_issued(late):
    """The preview, the question, and then only what was issued."""
    words = ("remind", "--today", "2026-04-21")
    assert late(*words, "--dry-run").text == f"{PREVIEW}\nA dry run: nothing is issued.\n"
    before = late.bytes
    assert spoken(late, *words, answers=[(ASKED, "n")]) == (6, "subctl: Nothing was changed.\n")
    assert late.bytes == before
    terminal = Terminal(late, *words)
    assert terminal.answer(ASKED, "y") == f"{PREVIEW}\n{ASKED}"
    assert terminal.end() == (0, f"y\n\nIssued 1 reminder: {FIRST}.\n")
    assert late(*words).text == "No reminder is due.\n"
    late("bill", "--today", "2026-05-10")
    assert late("remind", "--yes").text.endswith(f"\n\nIssued 2 reminders: {SECOND} to R-2026-0003.\n")


def test_what_is_issued_without_a_question(late):
    """`--yes`."""
    done = late("remind", "--yes", "--today", "2026-04-21").text
    assert done == f"{RUN.format(number=FIRST)}\nIssued 1 reminder: {FIRST}.\n"


def test_many_are_counted(cli):
    """Fifty of a run are shown; JSON has all."""
    rows = "".join(f"s{place:02},S,pro,1,monthly\n" for place in range(52))
    cli.prepare(("init", "--demo"))
    (cli.home / "spaces.csv").write_text(f"id,name,plan,users,billing\n{rows}")
    assert cli("space", "import", str(cli.home / "spaces.csv")).code == 0
    cli("bill", "--today", "2026-04-01")
    preview = cli("remind", "--dry-run", "--today", "2026-05-10").text
    assert "\nand 3 more; --json shows all\n" in preview
    told = cli("remind", "--yes", "--today", "2026-05-10").text
    assert "\nand 3 more: subctl list reminders --limit 53\n" in told
    assert told.endswith(f"\n\nIssued 53 reminders: {FIRST} to R-2026-0053.\n")


SHOWN = """\
Reminder R-2026-0001
786.50 EUR

Date   21 April 2026
Level  1
To     Acme
       Herengracht 7
       1015 BA Amsterdam, Netherlands
From   Example Software B.V.
       Keizersgracht 1
       1015 CN Amsterdam, Netherlands
       VAT NL123456782B90
Space  acme

Invoice         Date         Due          Days late   Level    Total   Open EUR
───────────────────────────────────────────────────────────────────────────────
INV-2026-0001   2026-03-15   2026-04-14           7       1   786.50     786.50

Sum                                                                      786.50
"""


def test_show_and_list(late):
    """One, and all."""
    assert late("list", "reminders").text == "No reminder yet.\n"
    late("remind", "--yes", "--today", "2026-04-21")
    assert late("show", FIRST).text == SHOWN
    head, _rule, row = late("list", "reminders").text.splitlines()
    assert head.split() == ["Reminder", "Date", "Space", "Level", "Invoices", "Open", "EUR"]
    assert row.split() == [FIRST, "2026-04-21", "acme", "1", "INV-2026-0001", "786.50"]


def test_the_history_tells_it(late):
    """In a sentence."""
    late("remind", "--yes", "--today", "2026-04-21")
    late("remind", "--yes", "--today", "2026-05-10")
    told = late("history").text
    assert f"Issued 1 reminder: {FIRST}." in told
    assert f"Issued 2 reminders: {SECOND} to R-2026-0003." in told


def test_what_has_changed_since_the_preview(late):
    """What was agreed to is issued, or nothing: somebody pays while the question stands there."""
    terminal = Terminal(late, "remind", "--today", "2026-04-21")
    terminal.until(ASKED)
    late("pay", "INV-2026-0001", "--yes")
    terminal.type("y\n")
    code, rest = terminal.end()
    assert code == 5
    assert rest.endswith("subctl: What is late has changed since this preview.\nLook again, then remind.\n")


def test_who_may(late):
    """Issuing is the store administrators'; an administrator sees his own space's."""
    late("remind", "--yes", "--today", "2026-05-10")
    late.sql("UPDATE administrators SET space = 'atelier'")
    assert late("remind", "--dry-run", "--json").refusal[:2] == (7, "not_administrator")
    assert late("show", FIRST, "--json").refusal[:2] == (7, "not_administrator")
    assert late("show", SECOND, "--json").json["space"] == "atelier"
    assert [item["number"] for item in late("list", "reminders", "--json").json["items"]] == [SECOND]


@pytest.mark.parametrize("number", ["R-2026-0009", "INV-2026-0009"])
def test_one_that_is_not_there(late, number):
    """not_found."""
    kind = "reminder" if number.startswith("R") else "invoice"
    assert late("show", number, "--json").refusal[:3] == (3, "not_found", f"There is no {kind} {number}.")


# --- letters -------------------------------------------------------------------------------------------------

LETTER = """\
Example Software B.V. / Payment reminder R-2026-0001
(Example Software B.V. · Keizersgracht 1 · 1015 CN Amsterdam, Netherlands)
Acme
Accounts payable
Herengracht 7
1015 BA Amsterdam, Netherlands
KVK 23456789
Date: 21 April 2026
Space: acme
Buyer reference: Purchasing
786.50 EUR overdue
--
This may have escaped your notice: according to our records, the amount below is still open.
--
Invoice | Date | Due | Days late | Total | Open EUR
INV-2026-0001 | 15 March 2026 | 14 April 2026 | 7 | 786.50 | 786.50
Total open EUR 786.50
--
Please pay by bank transfer without delay
Account holder: Example Software B.V.
IBAN: NL91 ABNA 0417 1643 00
BIC: ABNANL2A
Amount: 786.50 EUR
Reference: RF16 INV2 0260 001 or INV-2026-0001
--
If you have paid in the meantime, please disregard this reminder. Questions: support@example.com
==
Example Software B.V. / Keizersgracht 1 / 1015 CN Amsterdam, Netherlands
VAT NL123456782B90 / KVK 12345678
Accounts / invoices@example.com / support@example.com / +31 20 123 4567
"""


def test_the_whole_letter(late):
    """DOCUMENTS 5: what is late, since when, and how it is paid; on one page."""
    late("remind", "--yes", "--today", "2026-04-21")
    reminder = letter(late, FIRST)
    assert told(pdf.sheet_of(reminder)) == LETTER
    (page,) = pages(pdf.make(reminder, None))
    assert "INV-2026-0001" in page
    assert "786.50 EUR overdue" in page


def test_a_later_one_says_so_plainly(late):
    """9.7: its level stands in its title; that there was one before isn't said, for none need have been."""
    late("bill", "--today", "2026-05-01")
    late("bill", "--today", "2026-06-01")
    late("remind", "--yes", "--today", "2026-06-10")
    said = told(pdf.sheet_of(letter(late, SECOND)))
    assert "/ Payment reminder, level 2 R-2026-0002\n" in said
    assert (
        "\nAccording to our records, the amount below is still open, although it is well past its due date.\n" in said
    )
    assert "\nReference: INV-2026-0002, INV-2026-0003\n" in said


def test_without_an_account(late):
    """Where the seller has no IBAN there is nothing to transfer to."""
    late("remind", "--yes", "--today", "2026-04-21")
    reminder = letter(late, FIRST)
    nobody = reminder.parties._replace(seller=reminder.parties.seller._replace(iban=None))
    said = told(pdf.sheet_of(reminder._replace(parties=nobody)))
    assert "--\nPlease pay 786.50 EUR without delay\nReference: RF16 INV2 0260 001 or INV-2026-0001\n--" in said
    bare = reminder.parties._replace(seller=reminder.parties.seller._replace(bic=None))
    assert "BIC" not in told(pdf.sheet_of(reminder._replace(parties=bare)))


TITLES = {"en": "Payment reminder", "fr": "Relance", "nl": "Betalingsherinnering", "de": "Zahlungserinnerung"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_customers_language(cli, language):
    """DOCUMENTS 6: the letter and the message, whatever the reader speaks; frozen on its day."""
    cli.prepare(("init", "--demo"), ("space", "set", "acme", "--language", language), UPGRADE)
    cli("remind", "--yes", "--today", "2026-04-21")
    cli("space", "set", "acme", "--language", "en", "--name", "Other")
    message = cli("show", FIRST, "--format", "eml", SUBCTL_LANG="nl").text
    subject = message_from_string(message, policy=SMTP)["Subject"]
    assert subject.startswith(f"{TITLES[language]} {FIRST} ")
    assert f"\nContent-Language: {language}\n" in message
    with speaking(language):
        assert pdf.sheet_of(letter(cli, FIRST))["to"][0] == "Acme"


def test_the_message_has_the_letter(late):
    """A whole message for sendmail, the same for ever."""
    late("remind", "--yes", "--today", "2026-04-21")
    made = eml.make(letter(late, FIRST), None)
    assert made == eml.make(letter(late, FIRST), None)
    text = made.decode()
    assert f"Payment reminder {FIRST} of 21 April 2026: 786.50 EUR overdue." in text
    assert f'filename="{FIRST}.pdf"' in text


@pytest.mark.parametrize("format_", ["ubl", "cii", "facturx"])
def test_it_is_no_e_invoice(late, format_):
    """A reminder asks for nothing new."""
    late("remind", "--yes", "--today", "2026-04-21")
    refused = late("show", FIRST, "--format", format_, "-o", str(late.home / "x"), SUBCTL_FORMAT="json").refusal
    assert refused == (
        2,
        "usage",
        f"Only an invoice has the format {format_}.",
        f"subctl show {FIRST} --format pdf -o .",
    )


def test_save(late):
    """Those that were issued, or those of the list that aren't there yet."""
    folder = late.home / "papers"
    folder.mkdir()
    done = late("remind", "--yes", "--today", "2026-05-10", "--save", str(folder), "--json").json
    assert (done["saved"], done["failed"], len(done["reminders"])) == (2, [], 2)
    assert sorted(path.name for path in folder.iterdir()) == [f"{FIRST}.pdf", f"{SECOND}.pdf"]
    (folder / f"{FIRST}.pdf").unlink()
    listed = late("list", "reminders", "--save", str(folder), "--json").json
    assert (listed["saved"], listed["kept"]) == (1, 1)


def test_what_could_not_be_saved_is_saved_by_its_own_list(late):
    """documents.md: the hint names a command that makes the letters, not invoices."""
    done = late("remind", "--yes", "--today", "2026-05-10", "--save", str(late.home / "nowhere"))
    assert done.code == 9
    assert done.err.endswith("What is missing can be saved later: subctl list reminders --save DIR\n")


# --- what check finds ----------------------------------------------------------------------------------------

OTHERWISE = "It reminds of INV-2026-0001, of which something else was open."
ALTERED = {
    "what was open": ("UPDATE reminders SET items = replace(items, '78650', '78651')", OTHERWISE),
    "its level": ("UPDATE reminders SET level = 2", "Its level is not the highest of its items."),
    "its day": ("UPDATE reminders SET date = '2026-03-01'", OTHERWISE),
    "its invoice": (
        "UPDATE reminders SET items = replace(items, '20260000000001', '20260000000009')",
        "It reminds of INV-2026-0009, of which something else was open.",
    ),
    "its space": ("UPDATE reminders SET space = 'atelier'", OTHERWISE),
}


def found(late) -> set[tuple[str, str, str]]:
    """Return the problems of the check by code and document, with what they say."""
    problems = json.loads(late("check", "--json").out)["problems"]
    return {(each["code"], each["document"], each["message"]) for each in problems}


@pytest.mark.parametrize(("statement", "said"), ALTERED.values(), ids=ALTERED)
def test_check_names_one_that_was_altered(late, statement, said):
    """payments.md 10: what it reminds of was open by what had been entered before it; the seal isn't asked."""
    late("remind", "--yes", "--today", "2026-04-21")
    late.tamper(statement)
    assert ("reminder", FIRST, said) in found(late)


def test_check_names_what_can_not_be_read(late):
    """pricing.md 7.3: and what came from nowhere."""
    late("remind", "--yes", "--today", "2026-04-21")
    late.tamper("INSERT INTO reminders SELECT id + 1, space, date, level, items FROM reminders")
    assert SECOND in {problem["document"] for problem in json.loads(late("check", "--json").out)["problems"]}
    late.tamper("UPDATE reminders SET items = '[]'")
    said = [problem["message"] for problem in json.loads(late("check", "--json").out)["problems"]]
    assert any(message.startswith("Reminders can't be read: ") for message in said)


def test_what_it_reminds_of_is_gone(late):
    """`store_damaged`, not a bug."""
    late("remind", "--yes", "--today", "2026-04-21")
    late.tamper("UPDATE reminders SET items = replace(items, '20260000000001', '20260000000009')")
    assert late("show", FIRST, "--json").refusal[:2] == (8, "store_damaged")


def test_what_was_open_then_is_sound_whatever_comes_later(late):
    """9.2: a payment of an earlier day that is entered later, a correction, a withdrawal."""
    late("remind", "--yes", "--today", "2026-04-21")
    late("pay", "INV-2026-0001", "--amount", "50", "--date", "2026-04-01", "--yes")
    late("space", "set", "acme", "--name", "Acme B.V.")
    late("correct", "INV-2026-0001", "--yes", "--today", "2026-04-25")
    sound(late)
