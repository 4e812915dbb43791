"""The check of the book: everything is recomputed, and held to its seals (pricing.md 7.3)."""
