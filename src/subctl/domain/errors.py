"""Every refusal has a stable code, a sentence, a hint, and one exit code."""

from __future__ import annotations

from subctl.domain.secrets import concealed
from subctl.domain.sentence import Sentence

EXIT_CODES = {
    "internal": 1,
    "usage": 2,
    "bad_input": 2,
    "confirmation_needed": 2,
    "ambiguous_space": 2,
    "extra_missing": 2,
    "not_found": 3,
    "store_missing": 3,
    "store_moved": 3,
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
    "other_space": 4,
    "nothing_to_refund": 4,
    "unmatched": 4,
    "no_mandate": 4,
    "not_collectable": 4,
    "already_credited": 4,
    "not_correctable": 4,
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
    """A refusal meant for people: what is wrong (`what`) and what to do next (`way_out`), as templates with values.

    `message` and `hint` say both in English, for scripts. Neither repeats a card number or a server's password, whoever
    typed it where: messages are shown, logged, and kept in the history.
    """

    def __init__(self, code: str, what: str | Sentence, way_out: str | Sentence = "", /, **values: object) -> None:
        self.code = code
        self.what = what if isinstance(what, Sentence) else Sentence(what, values)
        self.way_out = way_out if isinstance(way_out, Sentence) else Sentence(way_out, values)
        super().__init__(code)
        self.exit_code = EXIT_CODES[code]

    def __reduce__(self) -> tuple[type[SubctlError], tuple[str, Sentence, Sentence]]:
        """Return what it is made of anew when it comes from another process."""
        return type(self), (self.code, self.what, self.way_out)

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return concealed(str(self.what))

    @property
    def hint(self) -> str:
        """What to do next, in English; empty where there is nothing."""
        return concealed(str(self.way_out))

    def __str__(self) -> str:
        """Say what is wrong, in English."""
        return self.message


def bad_input(what: str | Sentence, way_out: str | Sentence = "", /, **values: object) -> SubctlError:
    """Return the refusal of a value that can't be read or isn't allowed."""
    return SubctlError("bad_input", what, way_out, **values)
