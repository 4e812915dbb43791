"""The operating system: what it says of a failure, as a sentence, how many processors it lends, how to start a program.

Its words for the usual failures are translated.
"""

from __future__ import annotations

import errno
import os
import sys

from subctl.domain.sentence import N_, Sentence

REASONS = {
    errno.ENOENT: N_("No such file or directory"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.EISDIR: N_("Is a directory"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EDQUOT: N_("Disk quota exceeded"),
    errno.EFBIG: N_("File too large"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.EROFS: N_("Read-only file system"),
    errno.EIO: N_("Input/output error"),
    errno.EBADF: N_("Bad file descriptor"),
    errno.EEXIST: N_("File exists"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
    errno.EMFILE: N_("Too many open files"),
    errno.EBUSY: N_("Device or resource busy"),
    errno.ENXIO: N_("No such device or address"),
    errno.EINVAL: N_("Invalid argument"),
}
"""By their numbers: the system's own words are in the locale's language once a library has asked for that."""


def reason(error: OSError) -> Sentence:
    """Return why the system refused; a reason that is none of the usual ones is said as the system says it."""
    return Sentence(REASONS.get(error.errno or 0) or error.strerror or str(error))


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def itself(function: str, *words: str) -> list[str]:
    """Return the command that runs a function of this program in another process, with the same folders of modules.

    The function is given as `module:function`; it finds the words from `sys.argv[1]` on.
    """
    module, _, name = function.partition(":")
    start = f"import sys; sys.path[:] = sys.argv[{1 + len(words)}:]; from {module} import {name}; {name}()"
    return [sys.executable, "-P", "-c", start, *words, *sys.path]
