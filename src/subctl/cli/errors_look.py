"""How errors are to look by the global options alone, also where the other words can't be parsed."""

import os
from collections.abc import Sequence
from itertools import pairwise

from subctl.cli.settings import CALENDARS, COLORS, PAPERS, find, read_config
from subctl.domain.errors import SubctlError


def wanted_color(options: Sequence[str]) -> str:
    """Return when errors are to have colours, by the global options, also where the command can't be parsed."""
    named = [word.removeprefix("--color=") for word in options if word.startswith("--color=")]
    named += [value for option, value in pairwise(options) if option == "--color"]
    try:
        return find("color", named[-1] if named else None, read_config())[0] or COLORS[0]
    except SubctlError:
        return COLORS[0]


def wants_json(words: Sequence[str]) -> bool:
    """Tell whether errors are to be JSON by the global options, also where the other words can't be parsed.

    A format that only some results have says nothing of errors: then the environment or the config file does.
    """
    named = [word.removeprefix("--format=") for word in words if word.startswith("--format=")]
    named += [value for option, value in pairwise(words) if option == "--format"]
    if "--json" in words or "json" in named:
        return True
    if any(format_ not in (*PAPERS, *CALENDARS) for format_ in named):
        return False
    if os.environ.get("SUBCTL_FORMAT"):
        return os.environ["SUBCTL_FORMAT"] == "json"
    try:
        return read_config().get("format") == "json"
    except SubctlError:
        return False
