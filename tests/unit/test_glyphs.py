"""Which font has a letter that none here has."""

import pytest

from subctl.view.papers.glyphs import no_glyph

CJK = ("Chinese, Japanese and Korean", "fonts-noto-cjk")
EMOJI = ("emoji", "fonts-noto-color-emoji")

LETTERS = {
    "中文": ("中", "4E2D", *CJK),
    "ひ": ("ひ", "3072", *CJK),
    "カ": ("カ", "30AB", *CJK),
    "한": ("한", "D55C", *CJK),
    "Ａ": ("Ａ", "FF21", *CJK),
    "\U0002070e": ("\U0002070e", "2070E", *CJK),
    "🍕": ("🍕", "1F355", *EMOJI),
    "👩‍👩‍👧": ("👩", "1F469", *EMOJI),
    "☃": ("☃", "2603", *EMOJI),
    "ไทย": ("ไ", "0E44", "Thai letters", "fonts-noto-core"),
    "ி": ("ி", "0BBF", "Tamil letters", "fonts-noto-core"),
    "\\u{378}": ("\u0378", "0378", "rare letters", "fonts-noto-core"),
    "\\u{301}க": ("க", "0B95", "Tamil letters", "fonts-noto-core"),
    '\\"': ('"', "0022", "Quotation letters", "fonts-noto-core"),
    "\\\\": ("\\", "005C", "Reverse letters", "fonts-noto-core"),
}


@pytest.mark.parametrize("quoted", LETTERS)
def test_the_letter_and_the_kind_of_font(quoted):
    """typst quotes what it can't draw: the first letter of it is named, no mark or joiner."""
    letter, code, kind, package = LETTERS[quoted]
    error = no_glyph(quoted, "Q-2026-0001")
    assert (error.exit_code, error.code, error.message, error.hint) == (
        4,
        "no_glyph",
        f"No font here has the letter {letter} (U+{code}) that Q-2026-0001 needs.",
        f"Install a font for {kind}; Debian's package is {package}.",
    )
