"""A program of Debian's at a terminal that tmux draws: what is to be seen, and keys that are pressed."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

PATIENCE = 20


class Screen:
    """A terminal of its own with one program in it, until it is closed."""

    def __init__(
        self, command: str, environment: Mapping[str, str], socket: Path, *, columns: int = 120, rows: int = 50
    ):
        self.environment = environment
        self._socket = str(socket)
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), command)

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-S", self._socket, *words],
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    @property
    def screen(self) -> str:
        """What is to be seen, without the empty lines below."""
        return self._tmux("capture-pane", "-p", "-J").rstrip()

    def wait(self, *texts: str) -> str:
        """Wait until the screen shows all these texts, and return it."""
        return self.wait_for(lambda screen: all(text in screen for text in texts), texts)

    def wait_for(self, is_there: Callable[[str], bool], what: object) -> str:
        """Wait until the screen is as wanted, and return it."""
        until = time.monotonic() + PATIENCE
        while not is_there(screen := self.screen):
            assert time.monotonic() < until, f"{what} didn't appear on:\n{screen}"
            time.sleep(0.05)
        return screen

    def key(self, name: str) -> None:
        """Press a key by its name in tmux."""
        self._tmux("send-keys", name)

    def text(self, text: str) -> None:
        """Type a text, letter by letter as it stands."""
        self._tmux("send-keys", "-l", text)

    def close(self) -> None:
        """End the program."""
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], env=self.environment, check=False)
