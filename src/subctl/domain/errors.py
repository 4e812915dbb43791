"""Every refusal has a stable code, a sentence, a hint, and one exit code."""

from __future__ import annotations

from subctl.domain.cards import masked

EXIT_CODES = {
    "internal": 1,
    "usage": 2,
    "bad_input": 2,
    "confirmation_needed": 2,
    "ambiguous_space": 2,
    "extra_missing": 2,
    "not_found": 3,
    "store_missing": 3,
    "contract_ended": 4,
    "contact_support": 4,
    "plan_limit": 4,
    "below_active_users": 4,
    "payment_method": 4,
    "contract_ending": 4,
    "use_upgrade": 4,
    "use_downgrade": 4,
    "too_late": 4,
    "last_administrator": 4,
    "clock_behind": 4,
    "partly_done": 4,
    "live_store_clock": 4,
    "incomplete_document": 4,
    "no_glyph": 4,
    "quote_expired": 5,
    "quote_stale": 5,
    "expectation_failed": 5,
    "store_busy": 5,
    "store_exists": 5,
    "already_exists": 5,
    "declined": 6,
    "not_administrator": 7,
    "store_denied": 7,
    "store_damaged": 8,
    "store_foreign": 8,
    "store_newer": 8,
    "store_failed": 8,
    "check_failed": 8,
    "output_failed": 9,
    "interrupted": 130,
}


class SubctlError(Exception):
    """A refusal meant for people: what is wrong (`message`) and what to do next (`hint`).

    Neither repeats a card number, whoever typed it where: messages are shown, logged, and kept in the history.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        self.code = code
        self.message = masked(message)
        self.hint = masked(hint)
        super().__init__(self.message)
        self.exit_code = EXIT_CODES[code]


def bad_input(message: str, hint: str = "") -> SubctlError:
    """Return the refusal of a value that can't be read or isn't allowed."""
    return SubctlError("bad_input", message, hint)
