"""The languages that a customer may want papers in: what `--language` and a catalog's titles may name.

So far papers have English words alone (`view/papers/wording.py`).
"""

ENGLISH = "en"

LANGUAGES = (ENGLISH, "fr", "nl", "de")
"""Two letters each, as in ISO 639."""
