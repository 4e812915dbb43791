"""Profiles of e-invoices: which rules and networks a buyer's e-invoices are for."""

PEPPOL, XRECHNUNG, FRENCH, EN16931 = "peppol", "xrechnung", "fr", "en16931"

PROFILES = (PEPPOL, XRECHNUNG, FRENCH, EN16931)
"""What `--e-invoice` and `--profile` may name."""
