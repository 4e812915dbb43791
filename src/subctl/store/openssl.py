"""OpenSSL's hash functions: slow to load and quick to run (`digests` says when)."""

from hashlib import sha256, shake_256

__all__ = ["sha256", "shake_256"]
