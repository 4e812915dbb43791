"""What is never repeated, whoever typed it where: card numbers, and passwords of servers (docs/safety.md)."""

from __future__ import annotations

import re

from subctl.domain.cards import masked

_IN_ADDRESS = r"(?si)(?<=:/)(/?)(?:[^/?#@\s:%]|%(?!3a))*(?::|%3a).*@"
"""A path has lost one of the strokes."""

_CUT_OFF = r"(?<=:/)(/?[^/?#@\s:'\[]*:)(?!\d{1,5}(?!\w))[^\s']+"
"""An address that ends in its password; behind a host stands a number."""

_BY_NAME = r"(?i)((?:password|passwd|pwd)\s*(?:=|%3d)\s*)(?:'[^']*'|[^\s&']+)"
"""Compiled where something is refused, not at every start."""


def concealed(text: str) -> str:
    """Return a text in which cards end in four digits, and passwords in addresses are left out."""
    for secret, told in ((_IN_ADDRESS, r"\1…@"), (_CUT_OFF, r"\1…"), (_BY_NAME, r"\1…")):
        text = re.sub(secret, told, text)
    return masked(text)
