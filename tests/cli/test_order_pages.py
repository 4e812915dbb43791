"""What became of orders: their status in lists, and pages of those that were taken back."""

from __future__ import annotations

UPGRADE = ("upgrade", "--plan", "pro", "--users", "20", "--yes")


def test_the_status_of_orders(cli):
    """An order waits until its price starts, a cancellation until the contract has ended."""
    cli.prepare(
        ("init", "--demo"), UPGRADE, ("withdraw", "O-2026-0001", "--yes"), ("downgrade", "--users", "8", "--yes"),
        ("cancel", "--space", "atelier", "--yes"),
    )  # fmt: skip

    def statuses(day):
        items = cli("list", "orders", "--today", day, "--json").json["items"]
        return [item["status"] for item in items]

    assert statuses("2026-03-15") == ["waiting", "waiting", "withdrawn"]
    assert statuses("2026-04-30") == ["waiting", "waiting", "withdrawn"]
    assert statuses("2026-05-01") == ["ordered", "waiting", "withdrawn"]
    assert statuses("2026-07-01") == ["ordered", "ordered", "withdrawn"]
    withdrawn = cli("list", "orders", "--status", "withdrawn", "--json").json["items"]
    assert [item["number"] for item in withdrawn] == ["O-2026-0001"]


def test_a_withdrawn_order_begins_with_that(cli):
    """What it ordered comes after."""
    cli.prepare(("init", "--demo"), UPGRADE, ("withdraw", "O-2026-0001", "--yes"), ("cancel", "--yes"))
    cli("withdraw", "O-2026-0002", "--yes")
    first = "Withdrawn: O-2026-0001 on 15 March 2026, with the credit note INV-2026-0002.\n\nUpgrade of acme"
    assert cli("show", "O-2026-0001").text.startswith(first)
    cancelled = cli("show", "O-2026-0002").text
    assert cancelled.startswith("Withdrawn: O-2026-0002 on 15 March 2026.\n\nCancellation of acme")
    assert "Take it back" not in cancelled


def test_the_status_of_an_end_that_never_begins(cli):
    """A contract cancelled before its start has ended at once."""
    add = ("space", "add", "up", "--name", "Up", "--plan", "pro", "--users", "3", "--start", "2026-06-10")
    cli.sandbox("2026-03-15", add, ("cancel", "--yes"))
    assert [item["status"] for item in cli("list", "orders", "--json").json["items"]] == ["ordered"]
