"""Text files as people's programs write them: UTF-8 with or without a mark, UTF-16 with one, any line end; or stdin."""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from subctl.domain.errors import bad_input
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.domain.system import reason
from subctl.domain.text import safe

_MARK = 3
"""Bytes of the longest mark that a text begins with."""

_NO_TEXT = "\udc80"
"""Stands for bytes that are no text: no text that can be read holds it."""

_SAVE_AS = N_("Save it as UTF-8, or as UTF-16 with a byte order mark.")


def _marked(error: UnicodeError) -> tuple[str, int]:
    """Go on behind bytes that are no text: which line they are on is known when the line is read."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _NO_TEXT, error.end


codecs.register_error("subctl", _marked)


class TextFile(Record):
    """A file to be read, called as people call it; without a path it is stdin."""

    name: str | Sentence
    path: Path | None


def text_file(text: str) -> TextFile:
    """Return the file that an argument names; `-` is stdin, `./-` a file of that name."""
    return TextFile("stdin", None) if text == "-" else TextFile(safe(text), Path(text))


@contextmanager
def opened(file: TextFile) -> Iterator[TextIO]:
    """Lend a file's text, as it is read, with its line ends as they are (`bad_input` where it can't be read)."""
    with opened_bytes(file) as content, as_text(content) as text:
        yield text


@contextmanager
def as_text(content: io.BufferedReader) -> Iterator[TextIO]:
    """Lend the text of a file that is open, as it is read, with its line ends as they are."""
    mark = content.read(_MARK)
    text = io.TextIOWrapper(
        io.BufferedReader(_Joined(mark, content)), encoding=_encoding(mark), errors="subctl", newline=""
    )
    yield text
    text.detach()


@contextmanager
def opened_bytes(file: TextFile) -> Iterator[io.BufferedReader]:
    """Lend what stands in a file, as it is read (`bad_input` where it can't be)."""
    try:
        with _bytes_of(file) as content:
            yield content
    except OSError as error:
        raise bad_input(N_("{file} can't be read: {reason}."), file=file.name, reason=reason(error)) from None


@contextmanager
def _bytes_of(file: TextFile) -> Iterator[io.BufferedReader]:
    if file.path is not None:
        with file.path.open("rb") as content:
            yield content
    elif sys.stdin is None:
        hint = N_("Name a file, or send it through a pipe.")
        raise bad_input(N_("stdin is closed: there is nothing to read."), hint)
    else:
        with open(sys.stdin.fileno(), "rb", closefd=False) as content:
            yield content


def _encoding(mark: bytes) -> str:
    return "utf-16" if mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


class _Joined(io.RawIOBase):
    """A file whose first bytes were read already."""

    def __init__(self, first: bytes, rest: io.BufferedReader) -> None:
        self._first, self._rest = first, rest

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the library's own buffer is one
        """Read what comes next; 0 at the end."""
        got = self._first[: len(buffer)] or self._rest.read1(len(buffer))
        self._first = self._first[len(buffer) :]
        buffer[: len(got)] = got
        return len(got)


def refuse_no_text(text: str, file: str | Sentence = "", line: int = 0) -> None:
    """Refuse what was read from bytes that aren't text (`bad_input`), naming where it stands unless others do."""
    if _NO_TEXT not in text:
        return
    if not file:
        raise bad_input(N_("These bytes are not UTF-8 text."), _SAVE_AS)
    raise bad_input(N_("{file}, line {line}: These bytes are not UTF-8 text."), _SAVE_AS, file=file, line=line)


def whole(file: TextFile, most: int) -> str:
    """Return all of a file's text, its lines ended by a line feed.

    Errors: `bad_input` where it can't be read, has more than `most` letters, or holds what is no text.
    """
    with opened(file) as lines:
        text = lines.read(most + 1)
    if len(text) > most:
        raise bad_input(N_("{file} is too large: more than {most} letters."), file=file.name, most=most)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for place, line in enumerate(text.split("\n"), 1):
        refuse_no_text(line, file.name, place)
    return text
