"""TAB in the real shells at a terminal: what is typed, what appears, and what is asked of subctl for it."""

import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

NEEDED = ("bash", "zsh", "fish", "tmux")
INSTALL = "apt-get install -y bash zsh fish tmux"
PATIENCE = 20
TAB, CLEAR = "Tab", "C-u"

SETUP = {
    "bash": "{home}/.bashrc",
    "zsh": "{home}/.zfunc/_subctl",
    "fish": "{home}/XDG_CONFIG_HOME/fish/completions/subctl.fish",
}
"""Where each shell finds its completion file, which `subctl completion` prints."""

RECORDER = """\
#!/bin/sh
printf '%s\\n' "$*" >> {log}
exec {program} "$@"
"""

START = {
    "bash": "bash --rcfile {home}/.bashrc -i",
    "zsh": "zsh -i",
    "fish": "fish -i",
}


class Terminal:
    """A shell at a terminal of 120 by 50 signs, with subctl on its path and a record of its calls."""

    def __init__(self, shell, cli):
        self.cli = cli
        self.log = cli.home / "calls"
        self._install(shell)
        self._socket = str(cli.home / "tmux")
        size = ("-x", "120", "-y", "50")
        self._tmux("-f", "/dev/null", "new-session", "-d", *size, START[shell].format(home=cli.home))
        self.wait("%% ")
        self.clear()

    def _install(self, shell):
        home, program = self.cli.home, Path(sys.executable).parent / "subctl"
        script = Path(SETUP[shell].format(home=home))
        script.parent.mkdir(parents=True, exist_ok=True)
        prompt = "PS1='%% '\n" if shell == "bash" else ""
        script.write_text(self.cli("completion", shell).text + prompt)
        folders = f"{home}/bin", "/usr/bin", "/bin"
        (home / "bin").mkdir()
        recorder = home / "bin" / "subctl"
        recorder.write_text(RECORDER.format(log=shlex.quote(str(self.log)), program=shlex.quote(str(program))))
        recorder.chmod(0o700)
        self.environment = {**self.cli.environment({"PATH": ":".join(folders)}), "LC_ALL": "C.UTF-8"}
        (home / ".zshrc").write_text(
            "PS1='%%%% '\nsetopt nobeep\nfpath=(~/.zfunc $fpath)\nautoload -Uz compinit\ncompinit -u -d ~/.zcompdump\n"
        )
        config = home / "XDG_CONFIG_HOME" / "fish" / "config.fish"
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text("function fish_prompt; echo -n '%% '; end\nset -g fish_greeting\n")

    def _tmux(self, *words):
        done = subprocess.run(
            ["tmux", "-u", "-S", self._socket, *words],
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    @property
    def screen(self):
        """What is to be seen, without the empty lines below."""
        return self._tmux("capture-pane", "-p", "-J").rstrip()

    def wait(self, *texts):
        """Wait until the screen shows all these texts, and return it."""
        until = time.monotonic() + PATIENCE
        while not all(text in self.screen for text in texts):
            assert time.monotonic() < until, f"{texts} didn't appear on:\n{self.screen}"
            time.sleep(0.05)
        return self.screen

    def press(self, *keys):
        """Type a text, or press a key by its name in tmux."""
        for key in keys:
            self._tmux("send-keys", *(("-l",) if key not in (TAB, CLEAR) else ()), key)

    def clear(self):
        """Empty the screen and the line."""
        self.press(CLEAR, "clear")
        self._tmux("send-keys", "Enter")
        self.wait("%%")
        time.sleep(0.2)
        self.log.write_text("")

    def calls(self):
        """What was asked of subctl since the screen was empty."""
        return self.log.read_text().splitlines()

    def close(self):
        """End the shell."""
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], env=self.environment, check=False)


@pytest.fixture(params=["bash", "zsh", "fish"])
def terminal(request, demo):
    missing = [name for name in NEEDED if shutil.which(name) is None]
    assert not missing, f"{', '.join(missing)} missing: {INSTALL}"
    demo("quote", "--users", "20")
    demo("quote", "--users", "30", "--space", "atelier")
    terminal = Terminal(request.param, demo)
    yield terminal
    terminal.close()


def test_plans_come_from_the_catalog_of_the_store(terminal):
    """`--plan` TAB TAB lists the plans with their prices, and a letter more is completed."""
    terminal.press("subctl upgrade --plan ", TAB, TAB)
    screen = terminal.wait("starter", "enterprise")
    assert "18.00 EUR a month, 180.00 a year per user" in screen
    terminal.clear()
    terminal.press("subctl upgrade --plan bu", TAB)
    terminal.wait("--plan business")


def test_open_quotes_are_listed_with_what_they_change(terminal):
    """`order` TAB lists the quotes that can be ordered, newest first, each with its change and what is due now."""
    terminal.press("subctl order ", TAB, TAB)
    screen = terminal.wait("Q-2026-0001", "Q-2026-0002")
    assert "acme: users 10 → 20, 302.50 EUR" in screen
    assert "atelier: users 10 → 30, nothing due now" in screen
    assert screen.rindex("Q-2026-0002") < screen.rindex("Q-2026-0001")


def test_options_are_completed_without_starting_subctl(terminal):
    """`show --sp` TAB becomes `show --space`, and `up` TAB `upgrade`, from the file alone."""
    terminal.press("subctl show --sp", TAB)
    terminal.wait("subctl show --space")
    terminal.clear()
    terminal.press("subctl up", TAB)
    terminal.wait("subctl upgrade")
    assert terminal.calls() == []
