"""The languages that are spoken: on screens, and on the papers of customers that want one (`--language`)."""

ENGLISH = "en"

LANGUAGES = (ENGLISH, "fr", "nl", "de")
"""Two letters each, as in ISO 639."""
