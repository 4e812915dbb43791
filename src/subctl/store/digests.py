"""The hash functions of the store: the interpreter's own, until there is much to hash.

OpenSSL's, which `hashlib` brings, take 2 ms to load, a twentieth of a start, and hash a row in a third of the time:
who goes through many rows calls `many_to_come`. The standard library's `random` takes the lean ones for the same
reason. A hash is the same from either.
"""

from collections.abc import Callable, Iterable
from typing import Any

_new: dict[str, Callable[[bytes], Any]] = {}


def many_to_come() -> None:
    """Hash from now on with what is slower to load and quicker to run."""
    from subctl.store import openssl

    _new.update(sha256=openssl.sha256, shake_256=openssl.shake_256)


try:
    import _sha3  # type: ignore[import-not-found]  # CPython's own have no stubs

    try:
        import _sha2 as _sha  # type: ignore[import-not-found]  # since 3.12
    except ImportError:
        import _sha256 as _sha  # type: ignore[import-not-found]  # before it

    _new.update(sha256=_sha.sha256, shake_256=_sha3.shake_256)
except ImportError:  # an interpreter that was built without them
    many_to_come()


def sha256(data: bytes = b"") -> Any:  # noqa: ANN401  # as hashlib has it
    """Begin a SHA-256 with some bytes."""
    return _new["sha256"](data)


def shake_256(texts: Iterable[bytes], length: int) -> list[bytes]:
    """Return so many bytes of the SHAKE-256 of each text."""
    new = _new["shake_256"]
    return [new(text).digest(length) for text in texts]
