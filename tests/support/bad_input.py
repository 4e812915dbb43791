"""The table of what can't be: a line for each command, and what is refused in each option and argument.

An option or an argument of the same name is refused alike in every command; where it isn't, it stands under
`command option`. `tests/cli/test_input.py` runs all of it, and fails for an option that has no place here.
"""

from __future__ import annotations

from typing import NamedTuple

from subctl.domain.text import is_id
from tests.support.cli import LIVE


class Refused(NamedTuple):
    """A value and the whole refusal: the message, the hint, the code and the exit code.

    `said` is the message as people read it, where it tells them a day.
    """

    value: str
    message: str
    hint: str = ""
    code: str = "bad_input"
    exit: int = 2
    said: str = ""


LINES: dict[str, tuple[str, ...]] = {
    "init": (*LIVE, "--yes"),
    "space add": ("space", "add", "new", "--name", "New", "--plan", "pro", "--users", "3"),
    "space import": ("space", "import", "{file}"),
    "space set": ("space", "set", "acme"),
    "show": ("show",),
    "list": ("list", "orders"),
    "quote": ("quote",),
    "upgrade": ("upgrade", "--yes", "--users", "20"),
    "downgrade": ("downgrade", "--yes"),
    "order": ("order", "Q-2026-0001"),
    "cancel": ("cancel", "--yes"),
    "withdraw": ("withdraw", "--yes"),
    "bill": ("bill",),
    "pay": ("pay", "--amount", "60", "--yes"),
    "collect": ("collect", "{file}", "--yes"),
    "correct": ("correct", "INV-2026-0001", "--yes"),
    "remind": ("remind", "--yes"),
    "apply": ("apply", "{file}", "--yes"),
    "export": ("export",),
    "compare": ("compare",),
    "forecast": ("forecast",),
    "owed": ("owed",),
    "journal": ("journal",),
    "mandate add": (
        "mandate",
        "add",
        "M-1",
        "--space",
        "acme",
        "--signed",
        "2026-03-01",
        "--iban",
        "NL91ABNA0417164300",
    ),
    "mandate end": ("mandate", "end", "M-1"),
    "mandate list": ("mandate", "list"),
    "catalog new": ("catalog", "new"),
    "catalog list": ("catalog", "list"),
    "catalog export": ("catalog", "export"),
    "catalog check": ("catalog", "check", "{file}"),
    "catalog import": ("catalog", "import", "{file}", "--yes"),
    "catalog drop": ("catalog", "drop", "2026-12-01"),
    "admin list": ("admin", "list"),
    "admin add": ("admin", "add", "root"),
    "admin remove": ("admin", "remove", "root"),
    "whoami": ("whoami",),
    "history": ("history",),
    "check": ("check",),
    "backup": ("backup", "{file}"),
    "restore": ("restore", "{file}", "--yes"),
    "move": ("move", "--to", "{file}", "--yes"),
    "config show": ("config", "show"),
    "config set": ("config", "set", "space", "acme"),
    "config unset": ("config", "unset", "space"),
    "schema": ("schema",),
    "completion": ("completion", "bash"),
}
"""Each command with all it needs to be understood; what stands under test is put in, or in place of what is there."""


def shown(value: str) -> str:
    """Return a value as a refusal repeats it."""
    for sign in ("\0", "\n", "\t", "\u202e", "\u200b", "\udcff"):
        value = value.replace(sign, f"\\u{{{ord(sign):x}}}")
    return value


_NO_COUNT = ("", " ", " 12", "12 ", "12\n", "12\0", "+5", "-1", "1_000", "1e3", "0x10", "12,50", "12.0", "١٢", "１２",
             "²", "NaN", "inf", "twelve", "1000001", str(2**31), str(2**63), str(2**64), "9" * 400)  # fmt: skip
_RELATIVE = ("+5", "-1")
"""Numbers of users and of licences may be relative where a change is previewed."""


def _counts(
    option: str, low: int, high: int = 1_000_000, *more: str, values: tuple[str, ...] = _NO_COUNT
) -> list[Refused]:
    hint = f"Give a whole number from {low} to {high}."
    return [Refused(value, f"{option} can't be '{shown(value)}'.", hint) for value in (*values, *more)]


def _absolute(option: str, low: int, *more: str) -> list[Refused]:
    values = tuple(value for value in _NO_COUNT if value not in _RELATIVE)
    return _counts(option, low, 1_000_000, "+", "+-5", "--5", *more, values=values)


_NO_DATE = ("2026-02-30", "2027-02-29", "2026-2-3", "20260203", "0000-00-00", "2026-00-10", "15-03-2026", "2026/03/15",
            "2026-W11-7", "2026-03-15T00:00", " 2026-03-15", "10000-01-01", "today", "２０２６-03-15")  # fmt: skip
_NO_YEAR = ("0001-01-01", "1969-12-31", "2200-01-01", "9999-12-15", "9999-12-31")


def _dates(option: str, *more: str) -> list[Refused]:
    written = "Write it as YYYY-MM-DD, like 2026-03-15."
    return [
        *(Refused(value, f"{option} is not a date: '{value}'.", written) for value in (*_NO_DATE, *more)),
        *(Refused(day, f"{option} can't be {day}.", "Give a day in the years 1970 to 2199.") for day in _NO_YEAR),
    ]


_SIGNS = {"\0": "0", "\n": "a", "\t": "9", "\x1b": "1b", "\x7f": "7f", "\x85": "85", "\u202e": "202e",
          "\u2066": "2066", "\u200b": "200b", "\u2028": "2028", "\ufeff": "feff", "\udcff": "dcff",
          "\ufffe": "fffe", "\uffff": "ffff", "\U0001ffff": "1ffff", "\ufdd0": "fdd0"}  # fmt: skip
_SPELLING = {"\u200c": "200c", "\u200d": "200d", "\u200e": "200e", "\u200f": "200f", "\xad": "ad", "\u061c": "61c"}
_CARDS = ("4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "a 378282246310005, please",
          "VISA4111111111111111", "1 4111111111111111", "4111 1111 1111 1111 12 27",
          "6304 0000 0000 0000 109")  # fmt: skip


def _texts(what: str, *, empty: bool = True, lines: bool = False, code: bool = False) -> list[Refused]:
    """Return what no name, address or the like can be; `empty` where an empty one isn't asked for either.

    An address may have `lines`; a `code` is for machines, which know no spelling.
    """
    signs = {sign: at for sign, at in {**_SIGNS, **(_SPELLING if code else {})}.items() if not (lines and sign == "\n")}
    return [
        *(Refused(f"a{sign}b", f"{what} must not hold the invisible sign \\u{{{at}}}.") for sign, at in signs.items()),
        *(Refused(value, f"{what} must not hold a card number.") for value in _CARDS),
        *(
            Refused(value, f"{what} must not be empty.")
            for value in (" ", "\u2003\u00a0", "\u200d\u200e\xad", "\u3164\u2800", *([""] if empty else []))
        ),
        Refused("x" * 201, f"{what} must have at most 200 letters."),
    ]


def _empty(option: str) -> list[Refused]:
    return [
        *(Refused(value, f"{option} must not be empty.", "Leave it out, or give it a value.") for value in ("", " ")),
        Refused("a\0", f"{option} must not hold the invisible sign \\u{{0}}."),
    ]


def _choice(option: str, choices: str, *values: str) -> list[Refused]:
    return [Refused(value, f"{option} can't be '{shown(value)}'.", f"Choose {choices}.") for value in values]


def _amounts(option: str) -> list[Refused]:
    digits = "Write digits and a point, like 12.50."
    values = ("", " ", "1.234,50", "1,234.50", "NaN", "inf", "Infinity", "1e3", "0x10", "1_000", "+5", " 12",
              "١٢.50", ".5", "5.", "302.50 EUR", "9" * 16, str(2**63))  # fmt: skip
    return [
        *(Refused(value, f"{option} is not a number: '{value}'.", digits) for value in values),
        Refused("12,50", f"{option} is not a number: '12,50'.", "Write 12.50."),
        Refused("1234,5", f"{option} is not a number: '1234,5'.", "Write 1234.5."),
        Refused("302.501", f"{option} has more than 2 decimals: 302.501.", "Round it."),
    ]


_PLANS = [
    Refused(value, f"There is no plan '{shown(value)}'.", hint, "not_found", 3)
    for value, hint in {
        "prp": "Did you mean pro?",
        "startr": "Did you mean starter?",
        "Pro": "Did you mean pro?",
        "gold": "subctl list plans shows what there is.",
        "": "subctl list plans shows what there is.",
        "\udcff": "subctl list plans shows what there is.",
    }.items()
] + [
    Refused(
        "4111111111111111", "There is no plan '…1111'.", "subctl list plans shows what there is.", "not_found", 3
    )
]  # fmt: skip
_SPACES = [
    *_empty("--space"),
    Refused("acmee", "There is no space 'acmee'.", "Did you mean acme?", "not_found", 3),
    *(
        Refused(value, f"There is no space '{said}'.", "subctl list spaces shows what there is.", "not_found", 3)
        for value, said in {
            "x": "x",
            "ACME": "ACME",
            "é": "é",
            "\udcff": "\\u{dcff}",
            "4111111111111111": "…1111",
        }.items()
    ),
    Refused("acme\n", "There is no space 'acme\\u{a}'.", "Did you mean acme?", "not_found", 3),
]
_IDS = [
    *(
        Refused(
            value,
            f"The space's ID can't be '{shown(value)}'.",
            "Use at most 40 small letters, digits, dots, hyphens and underscores, like acme-berlin.",
        )
        for value in ("New", "a b", "a-", ".", "../x", "a/b", "ä", "a" * 41, "", "a\nb", "a\0b", "a\u202eb", "\udcff")
    ),
    *(Refused(value, "The space's ID must not hold a card number.") for value in _CARDS[:3]),
]
_MANDATES = [
    *(Refused(value, "A mandate's id must not hold a card number.") for value in _CARDS[:3]),
    *(
        Refused(
            value,
            f"A mandate's id can't be '{said}'.",
            "It has at most 35 letters, digits and + ? - : ( ) . , ' and single slashes inside, like M-2026-1.",
        )
        for value, said in {
            "": "",
            "M 1": "M 1",
            "M-é": "M-é",
            "M_1": "M_1",
            "/M": "/M",
            "M/": "M/",
            "M//1": "M//1",
            "M" * 36: "M" * 36,
            "M\n": "M\\u{a}",
            "\udcff": "\\u{dcff}",
        }.items()
    ),
]
_LAST = "The last one is Q-2026-0001; subctl list quotes shows all."
_NUMBER_HINT = "Numbers look like INV-2026-0001, Q-2026-0001 and O-2026-0001; a space is named with --space."
_NUMBERS = [
    Refused(value, f"There is no document '{said}'.", _NUMBER_HINT, "not_found", 3)
    for value, said in {
        "q-2026-1": "q-2026-1",
        "Q-2026": "Q-2026",
        "INV-2026-0001 ": "INV-2026-0001 ",
        " INV-2026-0001": " INV-2026-0001",
        "INV-2026-0001\n": "INV-2026-0001\\u{a}",
        "INV-2026-٠٠٠١": "INV-2026-٠٠٠١",
        "INV-20260001": "INV-20260001",
        "Q-2026-9999999999": "Q-2026-9999999999",
        "X-2026-0001": "X-2026-0001",
        "2026-0001": "2026-0001",
        "": "",
        "\udcff": "\\u{dcff}",
        "4111 1111 1111 1111": "…1111",
    }.items()
]
_EMPTY_FILE = _empty("FILE")
_COUNTRY_HINT = "Give the two letters of ISO 3166, like NL."
_SCHEME_HINT = (
    "Write the scheme's four digits before it, like 0106:12345678 (KVK), 0002:732829320 (SIREN) or 9930:DE136695976."
)
_PARTY = {
    "street": "street",
    "postcode": "postcode",
    "city": "city",
    "buyer-reference": "buyer's reference",
    "contact": "contact",
    "phone": "telephone number",
}
_ACCOUNT_HINT = "Give its login name or its uid."
_SETTINGS = "subctl config show shows what there is."

OPTIONS: dict[str, list[Refused]] = {
    "--users": _absolute("--users", 1, "0", "00"),
    "--zoom": _absolute("--zoom", 0),
    "space add --users": _counts("--users", 1, values=_RELATIVE),
    "space add --zoom": _counts("--zoom", 0, values=_RELATIVE),
    "--licence": [
        *(row._replace(value=f"zoom={row.value}") for row in _absolute("--licence zoom", 0)),
        *(
            Refused(value, f"--licence can't be '{shown(value)}'.", "Give a name and a number, like --licence zoom=2.")
            for value in ("", "zoom", "=2", "zoom 2", "\udcff")
        ),
    ],
    "--active-users": [
        *_counts("--active-users", 0),
        Refused(
            "11",
            "There can't be 11 active users in a contract for {users}.",
            "Give the contract at least as many users as are active.",
        ),
    ],
    "--reason": _texts("The reason"),
    "--level": _counts("--level", 1, 9, "0", "10"),
    "--output": _empty("--output"),
    "--save": _empty("--save"),
    "--lang": _choice("--lang", "en, fr, nl or de", "", "FR", "it"),
    "--profile": _choice("--profile", "peppol, xrechnung, fr or en16931", "", "Peppol", "ubl"),
    "show --format": [
        *_empty("--format"),
        *_choice("--format", "table, json, csv, pdf, facturx, ubl, cii or eml", "xml", "JSON", "PDF"),
    ],
    "list --format": [
        *_empty("--format"),
        *_choice("--format", "table, json, csv or ics", "xml", "JSON", "pdf", "ICS"),
    ],
    "--limit": _counts("--limit", 1, 1_000_000, "0", "all"),
    "--months": _counts("--months", 1, 120, "0", "121"),
    "--start": _dates("--start", ""),
    "--renews-on": _dates("--renews-on", ""),
    "--billed-through": _dates("--billed-through", ""),
    "--since": _dates("--since", ""),
    "--signed": [
        *_dates("--signed", ""),
        Refused(
            "2026-03-16",
            "--signed can't be 2026-03-16: that is after 2026-03-15.",
            "Give the day of the signature.",
            said="--signed can't be 2026-03-16: that is after 15 March 2026.",
        ),
    ],
    "--date": _dates("--date", ""),
    "--on": _dates("--on", ""),
    "--as": _choice("--as", "csv, ledger or beancount", "", "CSV", "hledger"),
    "--drop": [Refused("DD-2026-0001", "FILE does nothing beside --drop.", "Leave it out.", "usage")],
    "--until": _dates("--until", ""),
    "list --kind": _choice("--kind", "upgrade, downgrade, billing or cancel", "", "Upgrade", "recurring"),
    "list --status": [
        Refused("open", "--status can't be 'open'.", "Choose ordered, waiting or withdrawn."),
    ],
    "--plan": _PLANS,
    "--space": _SPACES,
    "--billing": _choice("--billing", "monthly or annual", "", "yearly", "Annual", "monthly ", "\udcff"),
    "--payment": _choice("--payment", "invoice, direct-debit or card", "", "cash", "Card"),
    "--expect": _amounts("--expect"),
    "--amount": [
        *_amounts("--amount"),
        *(
            Refused(value, f"--amount can't be {value}.", "Give an amount above 0; what goes back is a --refund.")
            for value in ("0", "0.00", "-0", "-5")
        ),
    ],
    "pay --date": [
        Refused(
            "2026-03-16",
            "--date can't be 2026-03-16: that is after 2026-03-15.",
            "Enter a payment when the money is there.",
            said="--date can't be 2026-03-16: that is after 15 March 2026.",
        ),
    ],
    "--undo": [Refused("P-2026-0001", "--amount does nothing beside --undo.", "Leave it out.", "usage")],
    "--ignore": [Refused("X/1", "--amount does nothing beside --ignore.", "Leave it out.", "usage")],
    "--from": [Refused("s.xml", "--amount does nothing beside --from.", "Leave it out.", "usage")],
    "--method": _choice("--method", "bank, direct-debit, card, cash or other", "", "Bank", "transfer"),
    "pay --reference": _texts("The payment's reference"),
    "--source": [
        *(Refused(value, "The booking must not be empty.") for value in ("", " ")),
        Refused("a\u200eb", "The booking must not hold the invisible sign \\u{200e}."),
        Refused("x" * 201, "The booking must have at most 200 letters."),
    ],
    "--name": _texts("The name"),
    "space add --address": _texts("The address", lines=True),
    "space set --address": _texts("The address", lines=True, empty=False),
    "space add --reference": _texts("The reference"),
    "space set --reference": _texts("The reference", empty=False),
    **{
        f"space {command} --{name}": _texts(f"The {what}", empty=command == "add")
        for command in ("add", "set")
        for name, what in _PARTY.items()
    },
    "space add --language": _choice("--language", "en, fr, nl or de", "", "FR", "it"),
    "space set --language": _choice("--language", "en, fr, nl or de", " ", "French"),
    "space add --e-invoice": _choice("--e-invoice", "peppol, xrechnung, fr or en16931", "", "Peppol", "ubl"),
    "space set --e-invoice": _choice("--e-invoice", "peppol, xrechnung, fr or en16931", " ", "xml"),
    "space add --legal-id": [Refused("", "The legal id must not be empty.")],
    "--legal-id": [
        Refused("\0", "The legal id must not hold the invisible sign \\u{0}."),
        *(
            Refused(value, f"'{value}' is not a legal id: {why}.", _SCHEME_HINT)
            for value, why in {
                "12345678": "it has no scheme",
                "9930:DE136695976": "there is no scheme 9930",
                "0106:1234567": "it has 8 digits (KVK)",
            }.items()
        ),
    ],
    "space add --endpoint": [Refused("", "The address of e-invoices must not be empty.")],
    "--endpoint": [
        Refused("\0", "The address of e-invoices must not hold the invisible sign \\u{0}."),
        Refused("a@b.example", "'a@b.example' is an e-mail address, not an address of e-invoices.", _SCHEME_HINT),
        *(
            Refused(value, f"'{value}' is not an address of e-invoices: {why}.", _SCHEME_HINT)
            for value, why in {
                "acme": "it has no scheme",
                "0003:1": "there is no scheme 0003",
                "0208:0403170702": "the number's checksum or check digit is invalid (BCE)",
            }.items()
        ),
    ],
    "--country": [
        *(
            Refused(value, f"--country can't be '{value}'.", _COUNTRY_HINT)
            for value in ("", " ", "N", "nld", "N1", "ÑL", "N L")
        ),
        Refused("UK", "--country can't be UK.", "The United Kingdom's two letters are GB."),
        *(Refused(value, f"There is no country {value.upper()}.", _COUNTRY_HINT) for value in ("ZZ", "eu", "AN")),
    ],
    "space add --vat-id": _texts("The VAT number", code=True),
    "space set --vat-id": _texts("The VAT number", code=True, empty=False),
    "--vat-id": [
        Refused(
            value,
            f"'{value}' is not a VAT number of NL: {why}.",
            "Write it as on an invoice, starting with NL.",
        )
        for value, why in {
            "NL123456789B01": "the number's checksum or check digit is invalid",
            "BE0428759497": "the number has an invalid format",
            "EL094259216": "the number has an invalid format",
            "x": "the number has an invalid format",
            "١٢٣٤٥٦٧٨٢B٩٠": "the number has an invalid format",
        }.items()
    ],
    "space add --email": _texts("The e-mail address", code=True),
    "space set --email": _texts("The e-mail address", code=True, empty=False),
    "--email": [
        Refused(value, f"'{value}' is not an e-mail address.") for value in ("x", "@x.org", "x@", "x@org", "a b@c.d")
    ],
    "space add --iban": [Refused("", "The IBAN must not be empty.")],
    "mandate add --iban": [Refused("", "The IBAN must not be empty.")],
    "--iban": [
        *(
            Refused(value, f"'{said}' is not an IBAN.", "Check its digits, like NL91 ABNA 0417 1643 00.")
            for value, said in {
                "NL91ABNA0417164301": "NL91ABNA0417164301",
                "x": "x",
                "4111 1111 1111 1111": "…1111",
            }.items()
        ),
        Refused(" ", "The IBAN must not be empty."),
        Refused("NL91\u200bABNA", "The IBAN must not hold the invisible sign \\u{200b}."),
        Refused("NL91\u200eABNA", "The IBAN must not hold the invisible sign \\u{200e}."),
    ],
    "--catalog": [
        *_empty("--catalog"),
        Refused("/nowhere/x.toml", "/nowhere/x.toml can't be read: No such file or directory."),
        Refused("/", "/ can't be read: Is a directory."),
    ],
    "--group": [
        *_empty("--group"),
        *(
            Refused(value, f"This machine has no group '{shown(value)}'.", "Make it first: groupadd.")
            for value in ("no such group", "\udcff", "x" * 300)
        ),
    ],
    "--to": [
        *_empty("--to"),
        Refused("~nobody-here/x.db", "There is no home folder for ~nobody-here/x.db.", "Write the path without ~."),
    ],
    "--head": [
        *_empty("--head"),
        *(
            Refused(value, f"--head can't be '{said}'.", "Give a head as subctl check prints it.")
            for value, said in {
                "abc": "abc",
                "G" * 64: "G" * 64,
                "\udcff": "\\u{dcff}",
                "4111 1111 1111 1111": "…1111",
            }.items()
        ),
    ],
}

ARGUMENTS: dict[str, list[Refused]] = {
    "space add ID": _IDS,
    "catalog drop DATE": _dates("DATE", ""),
    "mandate add ID": _MANDATES,
    "mandate end MANDATE": [
        *_MANDATES,
        Refused("M-9", "There is no mandate M-9.", "subctl mandate list shows what there is.", "not_found", 3),
    ],
    "space set ID": [
        *_empty("The space"),
        Refused("acmee", "There is no space 'acmee'.", "Did you mean acme?", "not_found", 3),
        Refused("\udcff", "There is no space '\\u{dcff}'.", "subctl list spaces shows what there is.", "not_found", 3),
    ],
    "show [NUMBER|SPACE]": [
        *(each for each in _NUMBERS if not is_id(each.value)),
        Refused("q-2026-1", "There is no space 'q-2026-1'.", "subctl list spaces shows what there is.", "not_found", 3),
        Refused("acm", "There is no space 'acm'.", "Did you mean acme?", "not_found", 3),
        Refused("INV-2026-9999", "There is no invoice INV-2026-9999.", "There is no invoice yet.", "not_found", 3),
        Refused("o-2026-0000", "There is no order o-2026-0000.", "There is no order yet.", "not_found", 3),
    ],
    "order QUOTE": [
        *_NUMBERS,
        Refused("Q-2026-99999", "There is no quote Q-2026-99999.", _LAST, "not_found", 3),
        Refused("O-2026-0001", "There is no quote O-2026-0001.", _LAST, "not_found", 3),
    ],
    "pay [INVOICE...]": [
        *_NUMBERS,
        Refused("INV-2026-9999", "There is no invoice INV-2026-9999.", "There is no invoice yet.", "not_found", 3),
        Refused("P-2026-0001", "There is no invoice P-2026-0001.", "There is no invoice yet.", "not_found", 3),
    ],
    "correct INVOICE": [
        *_NUMBERS,
        *(
            Refused(value, f"There is no invoice {value}.", "There is no invoice yet.", "not_found", 3)
            for value in ("INV-2026-0001", "inv-2026-0009", "Q-2026-0001", "O-2026-0001")
        ),
    ],
    "withdraw ORDER": [
        *_NUMBERS,
        Refused("Q-2026-0001", "There is no order Q-2026-0001.", "There is no order yet.", "not_found", 3),
    ],
    "list LIST": [
        Refused(
            value,
            f"There is no list of '{value}'.",
            "There are spaces, plans, quotes, orders, invoices, deadlines, mandates, payments, collections, reminders.",
        )
        for value in ("", "things", "Orders")
    ],
    "FILE": _EMPTY_FILE,
    "ACCOUNT": [
        Refused(value, f"This machine has no account '{said}'.", _ACCOUNT_HINT)
        for value, said in {
            "": "",
            "no such account": "no such account",
            "٠": "٠",
            str(2**64): str(2**64),
            "\udcff": "\\u{dcff}",
            "\0": "\\u{0}",
            "4111111111111111": "…1111",
        }.items()
    ],
    "config set KEY": [
        Refused("fromat", "There is no setting 'fromat'.", "Did you mean format?"),
        Refused("", "There is no setting ''.", _SETTINGS),
    ],
    "config unset KEY": [
        Refused("colour", "There is no setting 'colour'.", "Did you mean color?"),
        Refused("today", "There is no setting 'today'.", _SETTINGS),
    ],
    "config set VALUE": _IDS,
    "schema [NAME]": [
        Refused("chang", "There is no schema 'chang'.", "Did you mean change?", "not_found", 3),
        Refused("", "There is no schema ''.", "subctl schema shows what there is.", "not_found", 3),
    ],
    "completion bash|zsh|fish": [
        Refused(value, f"There is no completion for '{value}'.", "Choose bash, zsh or fish.") for value in ("", "bsh")
    ],
}

EVERYWHERE: dict[str, list[Refused]] = {
    "--store": [
        *_empty("--store"),
        Refused("~nobody-here/x.db", "There is no home folder for ~nobody-here/x.db.", "Write the path without ~."),
        Refused(
            "postgresql://mary:secret@host/db",
            "--store must not hold a password.",
            "Leave it out: it may stand in ~/.pgpass or a service file, or a certificate or peer takes its place.",
        ),
        Refused(
            "postgresql://mary@host:5433/db?sslmode=require",
            "--store names another machine, which needs sslmode=verify-full.",
            "Write postgresql://host/db?sslmode=verify-full, with its user, port and certificates as before.",
        ),
    ],
    "--today": [*_empty("--today"), *_dates("--today")],
    "--format": [*_empty("--format"), *_choice("--format", "table, json or csv", "xml", "JSON")],
    "--color": [*_empty("--color"), *_choice("--color", "auto, always or never", "red")],
    "--fields": [
        Refused(value, "--fields must not be empty.", "Name keys of the output, like --fields date,kind.")
        for value in ("", " ", ",", "date,,kind")
    ],
}
"""The global options: every command refuses them before it does anything."""
