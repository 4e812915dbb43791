"""The demo store as a newcomer meets it: no --today anywhere, whole documents, whole screens."""

import os
import pwd

import pytest

PRO_20 = ("upgrade", "--plan", "pro", "--users", "20", "--yes", "--json")

MARCH = "2026-03-15"
UPGRADE_PERIOD = {"start": "2026-04-01", "end": "2026-07-01"}
YEAR = {"start": "2026-07-01", "end": "2027-07-01"}
APRIL = {"start": "2026-04-01", "end": "2026-05-01"}


def state(plan, users, billing, fee):
    per = {"annual": "year", "monthly": "month"}[billing]
    return {
        "plan": plan,
        "users": users,
        "zoom": 2,
        "licences": {"zoom": 2},
        "billing": billing,
        "fee": fee,
        "fee_per": per,
    }


def line(item, description, quantity, rate, per, period, whole, amount, **fees):
    return {
        "item": item,
        "description": description,
        "quantity": quantity,
        "rate": rate,
        "per": per,
        "period": period,
        "months": {"whole": whole, "days": 0, "of": 0},
        "amount": amount,
        **fees,
    }


def draft(kind, day, period, lines, net, vat, total):
    return {
        "kind": kind,
        "date": day,
        "period": period,
        "lines": lines,
        "net": net,
        "vat_category": "S",
        "vat_rate": "21",
        "vat_note": None,
        "vat": vat,
        "total": total,
    }


STARTER = state("starter", 10, "annual", "1500.00")
PRO = state("pro", 20, "annual", "4100.00")

UPGRADE_LINE = line(
    "users",
    "Pro for 20 users instead of Starter for 10 users",
    "1",
    "2600.00",
    "year",
    UPGRADE_PERIOD,
    3,
    "650.00",
    fee_before="1000.00",
    fee_after="3600.00",
)
DUE_NOW = draft("upgrade", MARCH, UPGRADE_PERIOD, [UPGRADE_LINE], "650.00", "136.50", "786.50")
NEXT_INVOICE = draft(
    "recurring",
    "2026-07-01",
    YEAR,
    [
        line("users", "Pro, 20 users", "20", "180.00", "year", YEAR, 12, "3600.00"),
        line("zoom", "Zoom licence", "2", "250.00", "year", YEAR, 12, "500.00"),
    ],
    "4100.00",
    "861.00",
    "4961.00",
)
CHANGE = {
    "schema": "change/1",
    "space": "acme",
    "date": MARCH,
    "kind": "upgrade",
    "changed": True,
    "currency": "EUR",
    "before": STARTER,
    "after": PRO,
    "compared": {"before": "1500.00", "after": "4100.00", "per": "year"},
    "available_from": MARCH,
    "price_from": "2026-04-01",
    "rule": "4.5",
    "free_until": "2026-03-31",
    "renews_on": "2026-07-01",
    "catch_up": [],
    "due_now": DUE_NOW,
    "next_invoice": NEXT_INVOICE,
    "quote": None,
    "valid_until": None,
    "order": "O-2026-0001",
    "invoice": "INV-2026-0001",
    "issued": ["INV-2026-0001"],
}
NOTHING_CHANGES = {
    **CHANGE,
    "kind": "none",
    "changed": False,
    "before": PRO,
    "after": PRO,
    "compared": {"before": "4100.00", "after": "4100.00", "per": "year"},
    "available_from": None,
    "price_from": None,
    "rule": None,
    "free_until": None,
    "renews_on": None,
    "due_now": None,
    "next_invoice": None,
    "order": None,
    "invoice": None,
    "issued": [],
}
MONTHLY_CHANGE = {
    **CHANGE,
    "space": "atelier",
    "before": state("starter", 10, "monthly", "150.00"),
    "after": state("pro", 20, "monthly", "410.00"),
    "compared": {"before": "150.00", "after": "410.00", "per": "month"},
    "rule": "4.4",
    "renews_on": "2026-04-01",
    "due_now": None,
    "next_invoice": draft(
        "recurring",
        "2026-04-01",
        APRIL,
        [
            line("users", "Pro, 20 users", "20", "18.00", "month", APRIL, 1, "360.00"),
            line("zoom", "Zoom licence", "2", "25.00", "month", APRIL, 1, "50.00"),
        ],
        "410.00",
        "86.10",
        "496.10",
    ),
    "invoice": None,
    "issued": [],
}
CONTRACT = {
    "schema": "contract/1",
    "date": MARCH,
    "currency": "EUR",
    "space": {
        "id": "acme",
        "name": "Acme",
        "country": "NL",
        "vat_id": None,
        "active_users": 7,
        "locked": False,
        "address": None,
        "email": "ap@acme.example",
        "reference": None,
        "payment": "invoice",
        "iban": None,
        "street": "Herengracht 7",
        "postcode": "1015 BA",
        "city": "Amsterdam",
        "legal_id": "0106:23456789",
        "endpoint": "0106:23456789",
        "buyer_reference": "Purchasing",
        "contact": "Accounts payable",
        "phone": "+31 20 234 5678",
        "language": None,
        "e_invoice": "peppol",
    },
    "contract": {
        "status": "active",
        "plan": "starter",
        "users": 10,
        "zoom": 2,
        "licences": {"zoom": 2},
        "billing": "annual",
        "fee": "1500.00",
        "fee_per": "year",
        "started_on": "2025-07-01",
        "billed_from": "2025-07-01",
        "renews_on": "2026-07-01",
        "last_day": None,
        "billed_until": "2026-06-30",
    },
    "price_steps": [{"start": "2025-07-01", **STARTER}],
    "next_invoice": draft(
        "recurring",
        "2026-07-01",
        YEAR,
        [
            line("users", "Starter, 10 users", "10", "100.00", "year", YEAR, 12, "1000.00"),
            line("zoom", "Zoom licence", "2", "250.00", "year", YEAR, 12, "500.00"),
        ],
        "1500.00",
        "315.00",
        "1815.00",
    ),
    "deadlines": {
        "downgrade": {"by": "2026-06-01", "effective": "2026-07-01"},
        "cancel": {"by": "2026-06-01", "last_day": "2026-06-30"},
    },
    "withdrawable": None,
    "cancellation": None,
    "sandbox": True,
    "open_quotes": [],
    "open": "0.00",
    "overdue": "0.00",
    "credit": "0.00",
}
CONTRACT_AFTER = {
    **CONTRACT,
    "contract": {**CONTRACT["contract"], "plan": "pro", "users": 20},
    "price_steps": [{"start": "2025-07-01", **STARTER}, {"start": "2026-04-01", **PRO}],
    "next_invoice": NEXT_INVOICE,
    "withdrawable": "O-2026-0001",
    "open": "786.50",
}
UNPAID = {"paid": "0.00", "open": "786.50", "status": "open", "overdue": False}
INVOICE = {
    "schema": "invoice/1",
    "number": "INV-2026-0001",
    "space": "acme",
    "order": "O-2026-0001",
    "credits": None,
    "credits_date": None,
    "credited_by": None,
    **UNPAID,
    "replaces": None,
    "replaces_date": None,
    "replaced_by": None,
    "reason": None,
    "due_date": "2026-04-14",
    **DUE_NOW,
    "currency": "EUR",
    "seller": {
        "name": "Example Software B.V.",
        "address": "Keizersgracht 1, 1015 CN Amsterdam",
        "street": "Keizersgracht 1",
        "postcode": "1015 CN",
        "city": "Amsterdam",
        "country": "NL",
        "vat_id": "NL123456782B90",
        "tax_id": None,
        "legal_id": "0106:12345678",
        "endpoint": "0106:12345678",
        "contact": "Accounts",
        "phone": "+31 20 123 4567",
        "email": "invoices@example.com",
        "iban": "NL91ABNA0417164300",
        "bic": "ABNANL2A",
        "support": "support@example.com",
        "terms": None,
        "notes": {"recovery_fee": None, "late_penalty": None, "early_payment": None},
    },
    "buyer": {
        "name": "Acme",
        "address": None,
        "street": "Herengracht 7",
        "postcode": "1015 BA",
        "city": "Amsterdam",
        "country": "NL",
        "vat_id": None,
        "legal_id": "0106:23456789",
        "endpoint": "0106:23456789",
        "buyer_reference": "Purchasing",
        "contact": "Accounts payable",
        "phone": "+31 20 234 5678",
        "email": "ap@acme.example",
        "reference": None,
        "e_invoice": "peppol",
    },
    "language": "en",
    "payment": {"method": "transfer", "iban": None},
    "mandate": None,
    "payment_reference": "RF16INV20260001",
}
ORDER = {
    "schema": "order/1",
    "number": "O-2026-0001",
    "space": "acme",
    "date": MARCH,
    "kind": "upgrade",
    "quote": None,
    "change": CHANGE,
    "last_day": None,
    "issued": ["INV-2026-0001"],
    "invoice": "INV-2026-0001",
    "withdrawn": None,
    "credit_note": None,
    "currency": "EUR",
    "changed": True,
}
QUOTE = {**CHANGE, "quote": "Q-2026-0001", "valid_until": "2026-04-14", "order": None, "invoice": None, "issued": []}
STALE = {**QUOTE, "status": "stale"}


def listed(kind, *items):
    return {"schema": "list/1", "kind": kind, "currency": "EUR", "items": list(items)}


def space_item(space_id, name, plan, users, billing, renews_on, *, default):
    return {
        "id": space_id,
        "space": space_id,
        "name": name,
        "date": MARCH,
        "status": "active",
        "plan": plan,
        "users": users,
        "zoom": 2,
        "licences": {"zoom": 2},
        "billing": billing,
        "active_users": 7,
        "renews_on": renews_on,
        "last_day": None,
        "default": default,
    }


def plan_item(plan_id, title, monthly, annual, low=1, high=None, *, self_service=True):
    return {
        "id": plan_id,
        "date": "2026-01-01",
        "title": title,
        "monthly": monthly,
        "annual": annual,
        "min_users": low,
        "max_users": high,
        "self_service": self_service,
        "spaces": None,
        "zoom_monthly": "25.00",
        "zoom_annual": "250.00",
        "licences": {"zoom": {"title": "Zoom licence", "monthly": "25.00", "annual": "250.00"}},
    }


ACME, ATELIER = (
    space_item("acme", "Acme", "pro", 20, "annual", "2026-07-01", default=True),
    space_item("atelier", "Atelier", "starter", 10, "monthly", "2026-04-01", default=False),
)
PLANS = [
    plan_item("starter", "Starter", "10.00", "100.00", high=50),
    plan_item("pro", "Pro", "18.00", "180.00"),
    plan_item("business", "Business", "27.95", "279.50", low=5),
    plan_item("enterprise", "Enterprise", "40.00", "400.00", low=50, self_service=False),
]
QUOTE_ITEM = {
    "number": "Q-2026-0001",
    "space": "acme",
    "date": MARCH,
    "valid_until": "2026-04-14",
    "status": "stale",
    "kind": "upgrade",
    "before": STARTER,
    "after": PRO,
    "due_now": "786.50",
    "currency": "EUR",
}
ORDER_ITEM = {
    "number": "O-2026-0001",
    "space": "acme",
    "date": MARCH,
    "kind": "upgrade",
    "status": "waiting",
    "before": STARTER,
    "after": PRO,
    "price_from": "2026-04-01",
    "last_day": None,
    "invoice": "INV-2026-0001",
    "quote": None,
    "withdrawn": None,
}
INVOICE_ITEM = {
    "number": "INV-2026-0001",
    "space": "acme",
    "date": MARCH,
    "kind": "upgrade",
    "buyer": {"name": "Acme", "country": "NL", "vat_id": None},
    "period": UPGRADE_PERIOD,
    "net": "650.00",
    "vat_category": "S",
    "vat_rate": "21",
    "vat": "136.50",
    "total": "786.50",
    "due_date": "2026-04-14",
    "credits": None,
    "credited_by": None,
    **UNPAID,
    "currency": "EUR",
}


@pytest.fixture
def upgraded(cli):
    """The demo store with a quote that wasn't used and the upgrade that was ordered instead."""
    return cli.prepare(("init", "--demo"), ("quote", *PRO_20[1:5]), PRO_20)


def test_init_says_what_it_made(cli):
    """`init --demo` names the store, its day, its contracts and its administrator."""
    assert cli("init", "--demo", "--json").json == {
        "schema": "store/1",
        "store": str(cli.store),
        "sandbox": True,
        "day": MARCH,
        "catalog": "2026",
        "administrator": pwd.getpwuid(os.getuid()).pw_name,
        "spaces": ["acme", "atelier"],
        "replaced": None,
        "group": None,
    }


def test_the_store_is_the_owners_alone(cli):
    """safety.md: a new store can be read and written by its owner alone."""
    cli("init", "--demo")
    assert oct(cli.store.stat().st_mode) == "0o100600"


def test_the_contract_before(demo):
    """`show` without a space shows the default one."""
    assert demo("show", "--json").json == CONTRACT


def test_the_annual_upgrade(demo):
    """pricing.md 4.5, 8 row 1: 650.00 net and 786.50 in all for April to June; 4100.00 a year from July."""
    assert demo(*PRO_20).json == CHANGE


def test_the_monthly_upgrade(demo):
    """pricing.md 4.4, 8 row 2: nothing now, 410.00 for 1 to 30 April."""
    assert demo(*PRO_20, "--space", "atelier").json == MONTHLY_CHANGE


def test_a_dry_run_says_the_same_but_for_the_numbers(demo):
    """pricing.md 4: what is previewed is what would be ordered."""
    assert demo(*PRO_20, "--dry-run").json == {**CHANGE, "order": None, "invoice": None, "issued": []}


def test_a_quote_says_the_same_and_until_when_it_holds(demo):
    """pricing.md 6.1: a quote saves every amount shown, and is shown again as it was."""
    assert demo("quote", "--plan", "pro", "--users", "20", "--json").json == QUOTE
    assert demo("show", "Q-2026-0001", "--json").json == {**QUOTE, "status": "open"}


def test_the_contract_after(upgraded):
    """pricing.md 4.1: the users can be used at once, the price steps up in April."""
    assert upgraded("show", "--json").json == CONTRACT_AFTER


@pytest.mark.parametrize(
    ("number", "document"), [("INV-2026-0001", INVOICE), ("O-2026-0001", ORDER), ("Q-2026-0001", STALE)]
)
def test_a_document_by_its_number(upgraded, number, document):
    """pricing.md 7.1: a document is shown by its number, in capitals or not."""
    assert upgraded("show", number, "--json").json == document
    assert upgraded("show", number.lower(), "--json").json == document


@pytest.mark.parametrize(
    "document",
    [
        listed("spaces", ATELIER, ACME),
        listed("plans", *PLANS),
        listed("quotes", QUOTE_ITEM),
        listed("orders", ORDER_ITEM),
        listed("invoices", INVOICE_ITEM),
    ],
    ids=lambda document: document["kind"],
)
def test_a_list(upgraded, document):
    """`list` gives each thing with what a person looks for."""
    assert upgraded("list", document["kind"], "--json").json == document


def test_a_list_of_one_space(upgraded):
    """`list --space` keeps to that space, and to no space where none is named."""
    other = ("--space", "atelier", "--json")
    assert upgraded("list", "spaces", *other).json == listed("spaces", ATELIER)
    assert upgraded("list", "orders", *other).json == listed("orders")
    assert upgraded("list", "orders", "--json", SUBCTL_SPACE="atelier").json == listed("orders", ORDER_ITEM)


def test_a_list_newest_first_since_a_day_and_with_a_limit(upgraded):
    """`list` has the newest first; --since and --limit shorten it."""
    second = ("upgrade", "--users", "30", "--yes", "--json", "--today", "2026-03-16")
    assert upgraded(*second).json["order"] == "O-2026-0002"
    numbers = [
        [item["number"] for item in upgraded("list", "orders", *more, "--json").json["items"]]
        for more in ((), ("--since", "2026-03-16"), ("--limit", "1"), ("--since", "2026-03-17"))
    ]
    assert numbers == [["O-2026-0002", "O-2026-0001"], ["O-2026-0002"], ["O-2026-0002"], []]


@pytest.mark.parametrize("more", [(), ("--expect", "786.50"), ("--expect", "0"), ("--dry-run",)], ids=" ".join)
def test_the_same_upgrade_again_changes_nothing(upgraded, more):
    """pricing.md 4, 6.4: what is already so is no error and costs nothing, whatever was expected."""
    before = upgraded.bytes
    assert upgraded(*PRO_20, *more).json == NOTHING_CHANGES
    assert upgraded.bytes == before


def test_whoami(demo):
    """`whoami` tells the account, the store, the day and the rights."""
    assert demo("whoami", "--json").json == {
        "schema": "whoami/1",
        "uid": demo.uid,
        "account": pwd.getpwuid(os.getuid()).pw_name,
        "store": str(demo.store),
        "sandbox": True,
        "date": MARCH,
        "store_administrator": True,
        "spaces": [],
    }


def test_a_second_sandbox_keeps_the_first_beside(upgraded):
    """`init` over a sandbox makes a new store and keeps the old file as it was."""
    before = upgraded.bytes
    document = upgraded("init", "--demo", "--yes", "--json").json
    (kept,) = upgraded.home.glob("contracts.db.*.old")
    assert document["replaced"] == str(kept)
    assert kept.read_bytes() == before
    assert upgraded("list", "orders", "--json").json == listed("orders")


# --- the screens, in a pipe -------------------------------------------------------------------------------

QUOTE_SCREEN = """\
Quote Q-2026-0001

Date         15 March 2026
Valid until  14 April 2026
To           Acme
             Herengracht 7
             1015 BA Amsterdam, Netherlands
From         Example Software B.V.
             Keizersgracht 1
             1015 CN Amsterdam, Netherlands
             VAT NL123456782B90

Upgrade of acme on 15 March 2026

                    Now       New
─────────────────────────────────
Plan            starter       pro
Users                10        20
Zoom licences         2         2
Billing          annual    annual
EUR a year      1500.00   4100.00

Usable from     15 March 2026, at once
Free until      31 March 2026
New price from  1 April 2026

Due now: 786.50 EUR, an upgrade invoice for 1 April to 30 June 2026
Item                                               Quantity             Rate   Months      EUR
──────────────────────────────────────────────────────────────────────────────────────────────
Pro for 20 users instead of Starter for 10 users          1   2600.00 a year        3   650.00

Net                                                                                     650.00
VAT 21 %                                                                                136.50
Total                                                                                   786.50

Next invoice with the new price: 4961.00 EUR on 1 July 2026, for 1 July 2026 to 30 June 2027
Item            Quantity            Rate   Months       EUR
───────────────────────────────────────────────────────────
Pro, 20 users         20   180.00 a year       12   3600.00
Zoom licence           2   250.00 a year       12    500.00

Net                                                 4100.00
VAT 21 %                                             861.00
Total                                               4961.00

Quote Q-2026-0001 holds until 14 April 2026.
Accept it with: subctl order Q-2026-0001
"""

SHOW_SCREEN = """\
Acme (acme)  active
on 15 March 2026, in a sandbox

Plan           pro
Users          20, 7 active
Zoom licences  2
Billing        annual, 1500.00 EUR a year
Next invoice   4961.00 EUR on 1 July 2026
Open           786.50 EUR
Renews on      1 July 2026
Billed until   30 June 2026
Since          1 July 2025

Address          Herengracht 7
                 1015 BA Amsterdam, Netherlands
Contact          Accounts payable
Phone            +31 20 234 5678
E-mail           ap@acme.example
Buyer reference  Purchasing
Legal ID         0106:23456789
E-invoices       peppol
Endpoint         0106:23456789
Pays by          transfer

Pay for less  from 1 July 2026, if ordered by 1 June 2026
Cancel        by 1 June 2026: last day 30 June 2026
Take back     subctl withdraw O-2026-0001

Prices to come
Price from   Plan   Users   Zoom       EUR   Per
─────────────────────────────────────────────────
2026-04-01   pro       20      2   4100.00   year

Next invoice, for 1 July 2026 to 30 June 2027
Item            Quantity            Rate   Months       EUR
───────────────────────────────────────────────────────────
Pro, 20 users         20   180.00 a year       12   3600.00
Zoom licence           2   250.00 a year       12    500.00

Net                                                 4100.00
VAT 21 %                                             861.00
Total                                               4961.00
"""

INVOICE_SCREEN = """\
Upgrade invoice INV-2026-0001
786.50 EUR, payable by 14 April 2026

Date    15 March 2026
Period  1 April to 30 June 2026
To      Acme
        Herengracht 7
        1015 BA Amsterdam, Netherlands
From    Example Software B.V.
        Keizersgracht 1
        1015 CN Amsterdam, Netherlands
        VAT NL123456782B90
Space   acme
Order   O-2026-0001

Item                                               Quantity             Rate   Months      EUR
──────────────────────────────────────────────────────────────────────────────────────────────
Pro for 20 users instead of Starter for 10 users          1   2600.00 a year        3   650.00

Net                                                                                     650.00
VAT 21 %                                                                                136.50
Total                                                                                   786.50

Please pay 786.50 EUR by 14 April 2026 to NL91ABNA0417164300, naming INV-2026-0001.
Questions: support@example.com
"""

LIST_SCREEN = """\
Invoice         Date         Space   Kind      Period                 Net      VAT   Total EUR   Due          Status
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
INV-2026-0001   2026-03-15   acme    upgrade   1 Apr–30 Jun 2026   650.00   136.50      786.50   2026-04-14   open
"""


def trimmed(text):
    """Return a screen without the blanks at the ends of its lines."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def test_the_screen_of_a_quote(demo):
    """What changes, what is free, what is due now and why, what comes, how long the quote holds: pricing.md 6.1."""
    assert trimmed(demo("quote", "--plan", "pro", "--users", "20").text) == QUOTE_SCREEN
    assert trimmed(demo("show", "Q-2026-0001").text) == QUOTE_SCREEN


def test_the_screen_of_a_quote_that_was_not_used(upgraded):
    """pricing.md 6.2: its amounts as they were, and instead of the order that it can't be ordered any more."""
    body, footer = QUOTE_SCREEN.split("Quote Q-2026-0001 ")
    assert footer == "holds until 14 April 2026.\nAccept it with: subctl order Q-2026-0001\n"
    assert trimmed(upgraded("show", "Q-2026-0001").text) == (
        f"{body}Quote Q-2026-0001, valid until 14 April 2026: stale.\n"
    )


@pytest.mark.parametrize(
    ("words", "screen"),
    [(("show",), SHOW_SCREEN), (("show", "INV-2026-0001"), INVOICE_SCREEN), (("list", "invoices"), LIST_SCREEN)],
    ids=["show", "invoice", "list invoices"],
)
def test_a_screen(upgraded, words, screen):
    """A piped screen has its full width, people's dates (pricing.md 2.7) and no escape codes."""
    assert trimmed(upgraded(*words).text) == screen


def test_a_narrow_terminal_in_the_environment_cuts_nothing_in_a_pipe(upgraded):
    """A piped table keeps its full width, whatever COLUMNS says."""
    assert upgraded("show", "INV-2026-0001", COLUMNS="20").text == upgraded("show", "INV-2026-0001").text


def test_colours_are_there_when_asked_for_and_only_then(upgraded):
    """`--color always` colours a pipe too; nothing else does."""
    assert "\x1b" in upgraded("show", "--color", "always").text
    assert "\x1b" not in upgraded("show", FORCE_COLOR="1", CLICOLOR_FORCE="1").text
    assert upgraded("show", "--json", "--color", "always").json == CONTRACT_AFTER
