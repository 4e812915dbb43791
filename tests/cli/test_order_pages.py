"""What became of orders: their status in lists, and pages of those that were taken back."""

from __future__ import annotations

UPGRADE = ("upgrade", "--plan", "pro", "--users", "20", "--yes")


def test_a_withdrawn_order_begins_with_that(cli):
    """What it ordered comes after."""
    cli.prepare(("init", "--demo"), UPGRADE, ("withdraw", "O-2026-0001", "--yes"), ("cancel", "--yes"))
    cli("withdraw", "O-2026-0002", "--yes")
    first = "Withdrawn: O-2026-0001 on 15 March 2026, with the credit note INV-2026-0002.\n\nUpgrade of acme"
    assert cli("show", "O-2026-0001").text.startswith(first)
    cancelled = cli("show", "O-2026-0002").text
    assert cancelled.startswith("Withdrawn: O-2026-0002 on 15 March 2026.\n\nCancellation of acme")
    assert "Take it back" not in cancelled
