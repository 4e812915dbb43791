"""What the operating system says of a failure."""

import errno
import locale
import os

from subctl.domain.sentence import Sentence
from subctl.domain.system import REASONS, reason


def test_the_usual_reasons_are_those_of_the_system():
    """A word of their own for each number; a library may have asked for the locale's before."""
    locale.setlocale(locale.LC_MESSAGES, "C")
    assert {number: os.strerror(number) for number in REASONS} == REASONS


def test_a_reason_is_in_english_whatever_the_system_speaks():
    assert reason(OSError(errno.ENOENT, "Aucun fichier ou dossier de ce type")) == Sentence("No such file or directory")


def test_a_reason_is_what_the_system_says():
    assert reason(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == Sentence("No space left on device")
    assert reason(OSError(errno.EUCLEAN, "Structure needs {cleaning}")) == Sentence("Structure needs {cleaning}")
    assert str(reason(OSError(errno.EUCLEAN, "Structure needs {cleaning}"))) == "Structure needs {cleaning}"


def test_an_error_without_a_number_is_what_it_says():
    assert reason(OSError("a pipe of another kind")) == Sentence("a pipe of another kind")
