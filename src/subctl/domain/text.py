"""Text and counts as people type them: what is refused on the way in, and made visible on the way out."""

from __future__ import annotations

import re

from subctl.domain.errors import bad_input

MAX_COUNT = 1_000_000
MAX_TEXT = 200
MAX_ID = 40

_ID = r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?"
_DIGITS = r"[0-9]{1,19}"
_CARD_DIGITS = 13
_CARD = r"(?<![0-9A-Za-z])(?:[0-9][ -]?){12,18}[0-9](?![0-9A-Za-z])"

# Control, format (bidi marks and zero-width signs are among them), surrogates, line and paragraph separators.
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def hidden(sign: str) -> bool:
    """Tell whether a sign has no picture of its own: it could hide or reorder what stands beside it."""
    import unicodedata  # noqa: PLC0415  # most texts are ASCII and never need it

    return unicodedata.category(sign) in _HIDDEN


def text_fault(text: str) -> str:
    """Return what is wrong with a name or an address as a clause, or nothing."""
    if not text.strip():
        return "must not be empty"
    if len(text) > MAX_TEXT:
        return f"must have at most {MAX_TEXT} letters"
    if not (text.isascii() and text.isprintable()):
        for sign in filter(hidden, text):
            return f"must not hold the invisible sign {safe(sign)}"
    return "must not hold a card number" if _holds_card(text) else ""


def parse_text(text: str, what: str) -> str:
    """Return a name or an address without the blanks around it; raise `bad_input` where it won't do."""
    fault = text_fault(text)
    if fault:
        raise bad_input(f"{what} {fault}.")
    return text.strip()


def parse_id(text: str, what: str = "The space's ID") -> str:
    """Return an ID of small letters, digits, dots, hyphens and underscores; raise `bad_input` otherwise."""
    if not re.fullmatch(_ID, text):
        raise bad_input(
            f"{what} can't be '{safe(text)}'.",
            f"Use at most {MAX_ID} small letters, digits, dots, hyphens and underscores, like acme-berlin.",
        )
    return text


def parse_count(text: str, what: str, low: int = 0, high: int = MAX_COUNT) -> int:
    """Read a whole number in ASCII digits from `low` to `high`; raise `bad_input` for anything else."""
    if not re.fullmatch(_DIGITS, text) or not low <= int(text) <= high:
        raise bad_input(f"{what} can't be '{safe(text)}'.", f"Give a whole number from {low} to {high}.")
    return int(text)


def safe(text: str) -> str:
    """Return the text with every hidden sign written out, so that a terminal shows what is there."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"\\u{{{ord(sign):x}}}" if hidden(sign) else sign for sign in text)


def _holds_card(text: str) -> bool:
    """Tell whether the text holds 13 to 19 digits that pass the check of payment cards (Luhn's)."""
    if sum(map(str.isdigit, text)) < _CARD_DIGITS:
        return False
    return any(_luhn([int(sign) for sign in found.group() if sign.isdigit()]) for found in re.finditer(_CARD, text))


def _luhn(digits: list[int]) -> bool:
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
