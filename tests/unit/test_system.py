"""What the operating system says of a failure."""

import errno
import os

from subctl.domain.sentence import Sentence
from subctl.domain.system import REASONS, reason

USUAL = (
    errno.ENOENT, errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC, errno.EDQUOT, errno.EFBIG,
    errno.ENAMETOOLONG, errno.EROFS, errno.EIO, errno.EBADF, errno.EEXIST, errno.ELOOP, errno.EMFILE, errno.EBUSY,
    errno.ENXIO, errno.EINVAL,
)  # fmt: skip


def test_the_usual_reasons_are_those_of_the_system():
    """Else their translations would never be found."""
    assert tuple(map(os.strerror, USUAL)) == REASONS


def test_a_reason_is_what_the_system_says():
    assert reason(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == Sentence("No space left on device")
    assert reason(OSError(errno.EUCLEAN, "Structure needs {cleaning}")) == Sentence("Structure needs {cleaning}")
    assert str(reason(OSError(errno.EUCLEAN, "Structure needs {cleaning}"))) == "Structure needs {cleaning}"


def test_an_error_without_a_number_is_what_it_says():
    assert reason(OSError("a pipe of another kind")) == Sentence("a pipe of another kind")
