"""Which language the reader is spoken to: the environment's, the config file's, else that of the locale."""

from __future__ import annotations

import os
from collections.abc import Mapping

from subctl.cli.settings import find, read_config
from subctl.domain.errors import SubctlError
from subctl.domain.languages import ENGLISH, LANGUAGES
from subctl.view import language

_NO_LANGUAGE = ("", "C", "POSIX")
"""Locales that name no language."""


def speak_to_reader() -> str | None:
    """Speak the reader's language from now on; return it where its texts can't be read: then English is spoken."""
    wanted = readers(os.environ)
    try:
        language.speak(wanted)
    except language.UnreadableError:
        return wanted
    if wanted != ENGLISH:
        _let_typer_speak(wanted)
    return None


def readers(environment: Mapping[str, str]) -> str:
    """Return the language of the reader; what is wrong in the environment or the config file is told by `resolve`."""
    try:
        named = find("language", None, read_config())[0]
    except SubctlError:
        named = ENGLISH
    return named or of_locale(environment)


def of_locale(environment: Mapping[str, str]) -> str:
    """Return the language that the locale's variables name, whether such a locale is installed or not.

    `LANGUAGE` lists several, and counts where the locale is one of people: neither `C` nor nothing.
    """
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if _without_variant(locale) in _NO_LANGUAGE:
        return ENGLISH
    listed = environment.get("LANGUAGE", "").split(":")
    spoken = (_without_variant(each).partition("_")[0] for each in (*listed, locale))
    return next((each for each in spoken if each in LANGUAGES), ENGLISH)


def _without_variant(locale: str) -> str:
    """Return a locale without its encoding and its variant: `fr_BE` of `fr_BE.UTF-8@euro`."""
    return locale.partition(".")[0].partition("@")[0]


def _let_typer_speak(wanted: str) -> None:
    """Let Typer find its own few words in our catalogue: it asks gettext, which asks the environment."""
    import gettext

    gettext.bindtextdomain(language.DOMAIN, str(language.FOLDER))
    gettext.textdomain(language.DOMAIN)
    os.environ["LANGUAGE"] = wanted
