"""Attacks on what is in the store: rows of others, numbers, the history; and what a store administrator tries."""

from __future__ import annotations

from tests.support.attacks import (
    DAY,
    DENIED,
    GUARDED,
    HOW_MANY,
    NO_POLICY,
    NO_SUCH_ROW,
    NOT_NEXT,
    SAID_NOTHING,
    TAKEN,
    YEAR,
    Attack,
    invoice,
    like,
    order,
)

STEP = f"INSERT INTO steps VALUES ('acme', '{DAY}', 'pro', 1, '{{}}', 'monthly', NULL, NULL);"

WRITING = (
    Attack("leave a gap in the numbers", invoice(id=YEAR + 7), NOT_NEXT.format(YEAR + 7, "invoices")),
    Attack("take a number again", invoice(id=YEAR + 1), TAKEN),
    Attack("number in a year gone by", invoice(id=2025 * 10**10 + 1, date="2025-12-31"), "23514: the number"),
    Attack("number in another year than the date's", invoice(id=2027 * 10**10 + 1), "23514: the number"),
    Attack("date before the one before", invoice(date="2026-04-30"), NOT_NEXT.format(YEAR + 6, "invoices")),
    Attack("quote with a gap", like("quotes", 1, id=YEAR + 9, date=DAY), NOT_NEXT.format(YEAR + 9, "quotes")),
    Attack("order with a gap", order(id=YEAR + 9), NOT_NEXT.format(YEAR + 9, "orders")),
    Attack(
        "two invoices at once, the second with a gap",
        invoice().rstrip(";") + " UNION ALL" + invoice(id=YEAR + 8).removeprefix("INSERT INTO invoices"),
        NOT_NEXT.format(YEAR + 8, "invoices"),
    ),
    Attack("invoice another space", invoice(space="atelier"), NO_POLICY),
    Attack("order for another space", order(space="atelier"), NO_POLICY),
    Attack("quote for another space", like("quotes", 1, id=YEAR + 4, date=DAY, space="atelier"), NO_POLICY),
    Attack("issue to another's buyer", invoice(buyer=2), NO_POLICY),
    Attack("accept another's quote", order(quote=YEAR + 2), NO_SUCH_ROW),
    Attack("invoice another's order", f"{invoice(order=YEAR + 3)} SET CONSTRAINTS ALL IMMEDIATE;", NO_SUCH_ROW),
    Attack("credit another's invoice", invoice(kind="credit", credits=YEAR + 4, net=-1, vat=0, total=-1), NO_SUCH_ROW),
    Attack("withdraw another's order", f"INSERT INTO withdrawals VALUES ({YEAR + 3}, '{DAY}', NULL);", NO_POLICY),
    Attack(
        "withdraw his own against another's credit note",
        f"INSERT INTO withdrawals VALUES ({YEAR + 4}, '{DAY}', {YEAR + 5});",
        NO_POLICY,
    ),
    Attack(
        "withdraw his own against an invoice that credits nothing",
        f"INSERT INTO withdrawals VALUES ({YEAR + 4}, '{DAY}', {YEAR + 1});",
        NO_POLICY,
    ),
    Attack("issue what can't be read", invoice(lines="{"), "22P02"),
    Attack("change an amount", "UPDATE invoices SET net = 1, total = 1 + vat;", DENIED),
    Attack(
        "change an order by way of a conflict",
        order(id=YEAR + 1)[:-1] + " ON CONFLICT (id) DO UPDATE SET kind = 'cancel';",
        DENIED,
    ),
    Attack("delete documents", "DELETE FROM invoices;", DENIED),
    Attack("empty a table", "TRUNCATE invoices CASCADE;", DENIED),
    Attack("copy into a table", "COPY steps FROM STDIN;\n\\.\n", "0A000"),
    Attack("take a contract to another space", "UPDATE contracts SET space = 'atelier';", DENIED),
    Attack("start a contract on another day", "UPDATE contracts SET start = '2020-01-01';", DENIED),
    Attack(
        "end another's contract",
        f"UPDATE contracts SET \"end\" = '{DAY}' WHERE space = 'atelier'; " + HOW_MANY,
        seen="0",
    ),
    Attack("be billed on a day that is none", "UPDATE contracts SET billed_until = '2026-02-30';", "22008"),
    Attack("be billed never more", "UPDATE contracts SET billed_until = '9999-12-31';", NO_POLICY),
    Attack(
        "have what can't be read",
        f"INSERT INTO steps VALUES ('acme', '{DAY}', 'pro', 1, '{{', 'monthly', NULL, NULL);",
        "22P02",
    ),
    *(
        Attack(
            f"have more {what} than can be counted",
            f"INSERT INTO steps VALUES ('acme', '{DAY}', 'pro', {users}, '{licences}', 'monthly', NULL, {rates});",
            NO_POLICY,
        )
        for what, users, licences, rates in (
            ("users", 10**7, "{}", "NULL"),
            ("licences", 1, '{"zoom":10000000}', "NULL"),
            ("to pay", 1, "{}", """'{"users":100000000000000}'"""),
        )
    ),
    *(
        Attack(
            f"have {what}",
            f"INSERT INTO steps VALUES ('acme', '{DAY}', 'pro', 1, '{licences}', 'monthly', NULL, {rates});",
            refused,
        )
        for what, licences, rates, refused in (
            ("licences counted in words", '{"zoom":"5"}', "NULL", NO_POLICY),
            ("a licence that is true", '{"zoom":true}', "NULL", NO_POLICY),
            ("a part of a licence", '{"zoom":1.5}', "NULL", NO_POLICY),
            ("fewer licences than none", '{"zoom":-1}', "NULL", NO_POLICY),
            ("licences that are none", '{"zoom":null}', "NULL", NO_POLICY),
            ("a list of licences", "[]", "NULL", "22023"),
            ("rates in words", "{}", """'{"users":"5"}'""", NO_POLICY),
            ("rates that are none", "{}", """'{"users":null}'""", NO_POLICY),
            ("rates of licences alone", "{}", """'{"zoom":1}'""", NO_POLICY),
        )
    ),
    Attack("owe what is never due", invoice(due_date=None), NO_POLICY),
    Attack("be owed more than can be summed", invoice(net=10**18, vat=0, total=10**18), NO_POLICY),
    Attack("issue what is deeper than a reader goes", invoice(lines="[" * 501 + "]" * 501), NO_POLICY),
    Attack("set the store's clock to no day", "UPDATE store SET last_write = '2026-99-99';", "22008"),
    Attack("delete another's steps", "DELETE FROM steps WHERE space = 'atelier'; " + HOW_MANY, seen="0"),
    Attack(
        "give another a step",
        f"INSERT INTO steps VALUES ('atelier', '{DAY}', 'pro', 1, '{{}}', 'monthly', NULL, NULL);",
        NO_POLICY,
    ),
    Attack("point his space at another's buyer", "UPDATE spaces SET buyer = 2;", GUARDED),
    Attack("point his space at the buyer that is newest", "UPDATE spaces SET buyer = 4;", GUARDED),
    Attack(
        "have another's account debited",
        "BEGIN; INSERT INTO buyers (id, name, country, mandate) VALUES (newest_id('buyers') + 1, 'Acme', 'NL', 'm-1');"
        " UPDATE spaces SET buyer = newest_id('buyers');",
        GUARDED,
    ),
    Attack("lock or unlock his space", "UPDATE spaces SET locked = 1 - locked;", GUARDED),
    Attack("change another's space", "UPDATE spaces SET active_users = 0 WHERE id = 'atelier'; " + HOW_MANY, seen="0"),
    Attack("add a space", "INSERT INTO spaces VALUES ('mine', 1, 1, 0);", NO_POLICY),
    Attack("add a contract", "INSERT INTO contracts SELECT * FROM contracts;", NO_POLICY),
    Attack("make his space the default", "UPDATE store SET default_space = 'acme';", GUARDED),
    Attack("set the store's clock back", "UPDATE store SET last_write = '2026-01-01', day = '2026-01-01';", GUARDED),
    Attack("say that the schema is newer", "UPDATE version SET version = 99;", DENIED),
    Attack("set the store's kind", "UPDATE store SET sandbox = 0;", DENIED),
    Attack("add a store", "INSERT INTO store VALUES (1, 0, NULL, NULL, NULL);", DENIED),
    Attack("pay by himself", like("payments", 1, id=YEAR + 2), NO_POLICY),
    Attack("end another's mandate", f"INSERT INTO mandate_ends VALUES (1, '{DAY}');", NO_POLICY),
    Attack(
        "sell at his own prices",
        "INSERT INTO catalogs SELECT id + 1, action, valid_from, imported_on, content FROM catalogs;",
        "42501: permission denied for catalogs",
    ),
    Attack("change a catalog", "UPDATE catalogs SET id = 9;", DENIED),
    Attack("delete a catalog", "DELETE FROM catalogs;", DENIED),
    Attack("say that the store has moved", "INSERT INTO moved VALUES ('postgresql://evil/db');", NO_POLICY),
    Attack(
        "change his contract and say nothing", f"BEGIN; UPDATE contracts SET \"end\" = '{DAY}'; COMMIT;", SAID_NOTHING
    ),
    Attack("issue an invoice and say nothing", f"BEGIN; {invoice()} COMMIT;", SAID_NOTHING),
    Attack("change his steps and say nothing", f"BEGIN; {STEP} COMMIT;", SAID_NOTHING),
    Attack(
        "add a buyer and say nothing",
        "INSERT INTO buyers (id, name, country) VALUES (newest_id('buyers') + 1, 'X', 'NL');",
        SAID_NOTHING,
    ),
)

HISTORY = (
    Attack("write the history himself", "INSERT INTO history SELECT * FROM history;", DENIED),
    Attack("change the history", "UPDATE history SET detail = '{}';", DENIED),
    Attack("delete from the history", "DELETE FROM history;", DENIED),
)

OF_THE_STORE = (
    Attack("leave a gap, as a store administrator", invoice(id=YEAR + 7), NOT_NEXT.format(YEAR + 7, "invoices")),
    Attack("pay under a number that isn't the next", like("payments", 1, id=YEAR + 3), "23514: the number"),
    Attack(
        "enter a buyer under one", "INSERT INTO buyers (id, name, country) VALUES (9, 'X', 'NL');", "23514: the number"
    ),
    Attack(
        "import a catalog under one",
        "INSERT INTO catalogs VALUES (9, 'drop', '2026-01-01', '2026-01-01', NULL);",
        "23514: the number",
    ),
    Attack("change a payment", "UPDATE payments SET amount = 1;", DENIED),
    Attack("change a buyer", "UPDATE buyers SET name = 'X';", DENIED),
    Attack("start a contract anew", "UPDATE contracts SET start = '2020-01-01';", DENIED),
    Attack("delete a space", "DELETE FROM spaces;", DENIED),
    Attack("give a right and say nothing", "INSERT INTO administrators VALUES (NULL, '', 'nobody');", SAID_NOTHING),
    Attack(
        "import a catalog and say nothing",
        "INSERT INTO catalogs VALUES (2, 'drop', '2026-01-01', '2026-01-01', NULL);",
        SAID_NOTHING,
    ),
    Attack(
        "write where the store has moved from",
        "BEGIN; INSERT INTO moved VALUES ('b'); UPDATE spaces SET locked = 1;",
        "55000: the store was moved",
    ),
    Attack("take the mark of a move away", "DELETE FROM moved;", DENIED),
)
"""What a store administrator tries: much is his to do, but not the past."""
