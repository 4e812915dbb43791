"""Text and counts as people type them: what is refused on the way in, and made visible on the way out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from subctl.domain.cards import holds_card
from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_, Sentence, either, together

MAX_COUNT = 1_000_000
MAX_TEXT = 200
MAX_SENTENCES = 1000
MAX_ID = 40

_ID = r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?"
_DIGITS = r"[0-9]{1,19}"

# Control, format (bidi overrides and zero-width blanks are among them), surrogates, line and paragraph separators.
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))

SPELLING = frozenset("\u00ad\u061c\u200c\u200d\u200e\u200f")
"""Soft hyphen, joiners and direction marks: Farsi, Sinhala, Malayalam, Hebrew and emoji are spelt with them."""

_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters that are drawn as blanks."""

_LAST_TWO, _ARABIC_NONCHARACTERS = 0xFFFE, range(0xFDD0, 0xFDF0)


def hidden(sign: str) -> bool:
    """Tell whether a sign has no picture of its own and is no spelling: it could hide or reorder what is beside it."""
    import unicodedata  # noqa: PLC0415  # most texts are ASCII and never need it

    if sign in SPELLING:
        return False
    code = ord(sign)
    no_character = code & _LAST_TWO == _LAST_TWO or code in _ARABIC_NONCHARACTERS
    return no_character or unicodedata.category(sign) in _HIDDEN


def text_fault(
    text: str, *, lines: bool = False, code: bool = False, digits: bool = False, most: int = MAX_TEXT
) -> Sentence | None:
    """Return what is wrong with a name as a clause, or None.

    `lines` where it may have several, as an address; `code` for what machines read, in which no sign is spelling;
    `digits` where the digits are checked for what they are, an IBAN's: by chance they could be a card's as well;
    `most` letters, more where whole sentences are said.
    """
    if all(sign.isspace() or sign in SPELLING or sign in _FILLERS for sign in text):
        return Sentence(N_("must not be empty"))
    if len(text) > most:
        return Sentence(N_("must have at most {most} letters"), {"most": most})
    if not (text.isascii() and text.isprintable()):
        for sign in text:
            if (hidden(sign) and not (lines and sign == "\n")) or (code and sign in SPELLING):
                return Sentence(N_("must not hold the invisible sign {sign}"), {"sign": _written(sign)})
    return Sentence(N_("must not hold a card number")) if not digits and holds_card(text) else None


def parse_text(
    text: str, what: str | Sentence, *, lines: bool = False, code: bool = False, digits: bool = False
) -> str:
    """Return a name without the blanks around it and around its lines; raise `bad_input` where it won't do."""
    if lines:
        text = "\n".join(line.strip() for line in re.split("\r\n?|\n", text)).strip()
    fault = text_fault(text, lines=lines, code=code, digits=digits)
    if fault:
        raise bad_input(N_("{what} {fault}."), what=what, fault=fault)
    return text.strip()


def parse_email(text: str) -> str:
    """Return an address that could be one of a mailbox (`bad_input`)."""
    name, at, host = parse_text(text, Sentence(N_("The e-mail address")), code=True).rpartition("@")
    if not (name and at and "." in host) or " " in name + host:
        raise bad_input(N_("'{text}' is not an e-mail address."), text=safe(text))
    return name + at + host


def parse_id(text: str) -> str:
    """Return an ID of small letters, digits, dots, hyphens and underscores; raise `bad_input` otherwise."""
    if holds_card(text):
        raise bad_input(N_("The space's ID must not hold a card number."))
    if not re.fullmatch(_ID, text):
        raise bad_input(
            N_("The space's ID can't be '{text}'."),
            N_("Use at most {most} small letters, digits, dots, hyphens and underscores, like acme-berlin."),
            text=safe(text),
            most=MAX_ID,
        )
    return text


def is_id(text: str) -> bool:
    """Tell whether a space could have this ID."""
    return re.fullmatch(_ID, text) is not None and not holds_card(text)


def one_of(what: str | Sentence, value: str, choices: Sequence[str], way_out: Sentence | None = None) -> str:
    """Return one of some choices (`bad_input` names them, and another way out where there is one)."""
    if value not in choices:
        choose = Sentence(N_("Choose {choices}."), {"choices": either(choices)})
        hint = together([choose, way_out]) if way_out else choose
        raise bad_input(Sentence(N_("{what} can't be '{value}'."), {"what": what, "value": safe(value)}), hint)
    return value


def parse_count(text: str, what: str | Sentence, low: int = 0, high: int = MAX_COUNT) -> int:
    """Read a whole number in ASCII digits from `low` to `high`; raise `bad_input` for anything else."""
    if not re.fullmatch(_DIGITS, text) or not low <= int(text) <= high:
        raise bad_input(
            N_("{what} can't be '{value}'."),
            N_("Give a whole number from {low} to {high}."),
            what=what,
            value=safe(text),
            low=low,
            high=high,
        )
    return int(text)


def near(word: str, words: list[str], otherwise: str) -> Sentence:
    """Return a hint that names close words, or another command that lists them all."""
    from difflib import get_close_matches  # noqa: PLC0415  # asked only when something is refused

    close = get_close_matches(word, words, n=3, cutoff=0.6)
    if not close:
        return Sentence(N_("{command} shows what there is."), {"command": otherwise})
    return Sentence(N_("Did you mean {choices}?"), {"choices": either(close)})


def safe(text: str) -> str:
    """Return the text with every hidden sign written out, so that a terminal shows what is there."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_written(sign) if hidden(sign) else sign for sign in text)


def bare(number: str) -> str:
    """Return a number that others gave out as it is exchanged: in capitals, without the signs that group it."""
    return re.sub(r"[\s./-]", "", number).upper()


def masked_account(iban: str) -> str:
    """Return the last four signs of an account: all of it that is shown to people and programs."""
    return f"…{iban[-4:]}"


def _written(sign: str) -> str:
    return f"\\u{{{ord(sign):x}}}"
