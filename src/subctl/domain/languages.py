"""The languages that papers are written in: what `--language` and a catalog's titles may name."""

ENGLISH = "en"

LANGUAGES = (ENGLISH, "fr", "nl", "de")
"""Two letters each, as in ISO 639."""
