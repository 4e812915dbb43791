"""Letters that no font here has: which one, and what kind of font has it."""

from __future__ import annotations

import re
import unicodedata

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import safe

_ESCAPED = re.compile(r'\\(?:u\{([0-9a-f]+)\}|(["\\]))')
_EMOJI = (range(0x2600, 0x27C0), range(0x1F000, 0x1FB00))
_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH", "KANGXI")


def no_glyph(text: str, number: str) -> SubctlError:
    """Return the refusal of a paper for a text that can't be drawn, as typst quotes it (`no_glyph`)."""
    letter = _first_letter(_ESCAPED.sub(lambda match: match[2] or chr(int(match[1], 16)), text))
    kind, package = _font_for(letter)
    return SubctlError(
        "no_glyph",
        N_("No font here has the letter {letter} ({code}) that {number} needs."),
        N_("Install a font for {kind}; Debian's package is {package}."),
        letter=safe(letter),
        code=f"U+{ord(letter):04X}",
        number=number,
        kind=kind,
        package=package,
    )


def _first_letter(text: str) -> str:
    return next((letter for letter in text if not unicodedata.category(letter).startswith(("M", "C"))), text[0])


def _font_for(letter: str) -> tuple[Sentence, str]:
    script = unicodedata.name(letter, "").partition(" ")[0]
    if script.partition("-")[0] in _EAST_ASIAN:
        return Sentence(N_("Chinese, Japanese and Korean")), "fonts-noto-cjk"
    if any(ord(letter) in block for block in _EMOJI):
        return Sentence(N_("emoji")), "fonts-noto-color-emoji"
    if not script:
        return Sentence(N_("rare letters")), "fonts-noto-core"
    return Sentence(N_("{script} letters"), {"script": script.capitalize()}), "fonts-noto-core"
