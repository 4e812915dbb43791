"""Where a paper goes: to stdout, or to a file that is there whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

from subctl.cli.settings import Settings
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.sentence import N_, Sentence
from subctl.domain.system import reason
from subctl.domain.text import safe

_STDOUT = "-"
_ALL_MAY = 0o666
_WRONG_PATH = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EISDIR)
"""What is wrong with the path that was given; everything else is the system's."""


def target(output: str | None, name: str) -> Path | None:
    """Return the file that `-o FILE` or `-o DIR/` means, where `name` is the document's; None for stdout."""
    if output is None or output == _STDOUT:
        return None
    path = Path(output)
    return path / name if output.endswith("/") or os.path.isdir(path) else path  # noqa: PTH112  # it never raises


def refuse_terminal(name: str) -> None:
    """Refuse to write to a terminal what is no text (`usage`)."""
    if sys.stdout is not None and sys.stdout.isatty():
        raise SubctlError(
            "usage",
            N_("{file} is nothing for a terminal."),
            N_("Give it a file: {option}"),
            file=name,
            option=f"-o {name}",
        )


def deliver(content: bytes, file: Path | None, settings: Settings) -> None:
    """Write a paper to stdout, or to its file and say so."""
    from subctl.view.language import _
    from subctl.view.output import put_bytes, say

    if file is None:
        put_bytes(content)
        return
    save(content, file)
    if not settings.quiet:
        say(_("Written to {file}.").format(file=safe(str(file))) + "\n")


def save(content: bytes, file: Path) -> None:
    """Write a file in one step, never through a link (`bad_input` for the path, `output_failed` for the system)."""
    write(content, file, mode_of(file))


def write(content: bytes, file: Path, mode: int) -> None:
    """Write a file whose mode `mode_of` said; several threads may do that at once (errors as `save`)."""
    from subctl.store.sqlite.files import replace_file

    try:
        replace_file(file, content, mode)
    except OSError as error:
        raise _refusal(file, error) from None


def ready(file: Path) -> int:
    """Return the mode as `mode_of`, and refuse a folder that isn't there before anything is done (`bad_input`)."""
    if not file.parent.is_dir():
        raise _refusal(file, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))
    return mode_of(file)


def mode_of(file: Path) -> int:
    """Return the mode of the file that is replaced, or of a new one (`bad_input` where it is no file)."""
    if not os.path.lexists(file):
        umask = os.umask(0)
        os.umask(umask)
        return _ALL_MAY & ~umask
    mode = file.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise bad_input(
            N_("{file} is a link, and isn't written through."),
            N_("Name the file itself, or a new one."),
            file=safe(str(file)),
        )
    if not stat.S_ISREG(mode):
        raise bad_input(
            N_("{file} is there, and is no file."),
            N_("Name a new file, or a folder with / behind it."),
            file=safe(str(file)),
        )
    return stat.S_IMODE(mode)


def _refusal(file: Path, error: OSError) -> SubctlError:
    what = Sentence(N_("{file} can't be written: {reason}."), {"file": safe(str(file)), "reason": reason(error)})
    if error.errno in _WRONG_PATH:
        return bad_input(what, N_("Make the folder first, or name another one."))
    return SubctlError("output_failed", what, N_("See whether the disk is full, and who may write there."))
