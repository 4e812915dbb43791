"""What the operating system says of a failure, as a sentence: its words for the usual ones are translated."""

from __future__ import annotations

from subctl.domain.sentence import N_, Sentence

REASONS = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("File too large"),
    N_("File name too long"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Bad file descriptor"),
    N_("File exists"),
    N_("Too many levels of symbolic links"),
    N_("Too many open files"),
    N_("Device or resource busy"),
    N_("No such device or address"),
    N_("Invalid argument"),
)
"""What Linux says where it isn't asked for another language."""


def reason(error: OSError) -> Sentence:
    """Return why the system refused; a reason that is none of the usual ones is said as the system says it."""
    return Sentence(error.strerror or str(error))
