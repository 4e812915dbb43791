"""A refusal as JSON."""

from __future__ import annotations

from typing import TypedDict

from subctl.view.documents.parts import Refusal


class ErrorDocument(TypedDict):
    """A refusal, on stderr: every command."""

    error: Refusal
    """What is wrong, and what to do."""
