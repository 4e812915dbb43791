"""The reference that a transfer names: RF of ISO 11649, made of an invoice's number."""

_BASE, _MODULUS = 36, 97


def payment_reference(number: str) -> str:
    """Return `RF`, two check digits and an invoice's number without its hyphens (payments.md 10)."""
    # By hand, for `show INV-… --json` has no time to load a library for it; a test compares both.
    signs = number.replace("-", "")
    digits = int("".join(str(int(sign, _BASE)) for sign in f"{signs}RF00"))
    return f"RF{_MODULUS + 1 - digits % _MODULUS:02}{signs}"
