"""TAB in the real shells at a terminal: what is typed, what appears, and what is asked of subctl for it."""

import shlex
import shutil
import sys
import time
from pathlib import Path

import pytest

from tests.support.tmux import Screen

NEEDED = ("bash", "zsh", "fish", "tmux")
INSTALL = "apt-get install -y bash zsh fish tmux"
SHORTLY = 2
MOST_TABS = 3
"""bash types what all words begin with, rings, and lists them at the third TAB."""

PROMPT = "ready:"
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


class Terminal(Screen):
    """A shell at a terminal of 120 by 50 signs, with subctl on its path and a record of its calls."""

    def __init__(self, shell, cli):
        self.cli = cli
        self.log = cli.home / "calls"
        self.log.write_text("")
        environment = self._install(shell)
        super().__init__(START[shell].format(home=cli.home), environment, cli.home / "tmux")
        self.wait_for(lambda screen: screen.endswith(PROMPT), "the prompt")

    def _install(self, shell):
        home, program = self.cli.home, Path(sys.executable).parent / "subctl"
        script = Path(SETUP[shell].format(home=home))
        script.parent.mkdir(parents=True, exist_ok=True)
        prompt = f"PS1='{PROMPT} '\n" if shell == "bash" else ""
        script.write_text(self.cli("completion", shell).text + prompt)
        folders = f"{home}/bin", "/usr/bin", "/bin"
        (home / "bin").mkdir()
        recorder = home / "bin" / "subctl"
        recorder.write_text(RECORDER.format(log=shlex.quote(str(self.log)), program=shlex.quote(str(program))))
        recorder.chmod(0o700)
        environment = {**self.cli.environment({"PATH": ":".join(folders), "HOME": str(home)}), "LC_ALL": "C.UTF-8"}
        (home / ".zshrc").write_text(
            f"PS1='{PROMPT} '\nsetopt nobeep\nfpath=(~/.zfunc $fpath)\n"
            "autoload -Uz compinit\ncompinit -u -d ~/.zcompdump\n"
        )
        config = home / "XDG_CONFIG_HOME" / "fish" / "config.fish"
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(f"function fish_prompt; echo -n '{PROMPT} '; end\nset -g fish_greeting\n")

        return environment

    def press(self, *keys):
        """Type a text, or press TAB."""
        for key in keys:
            (self.key if key in (TAB, CLEAR) else self.text)(key)

    def list(self, *texts):
        """Press TAB as often as this shell needs before it lists these texts, and return the screen."""
        for _ in range(MOST_TABS - 1):
            self.press(TAB)
            until = time.monotonic() + SHORTLY
            while time.monotonic() < until:
                if all(text in self.screen for text in texts):
                    return self.screen
                time.sleep(0.05)
        self.press(TAB)
        return self.wait(*texts)

    def clear(self):
        """Empty the screen and the line."""
        self.press(CLEAR, "clear")
        self.key("Enter")
        self.wait_for(lambda screen: screen == PROMPT, "an empty screen")
        self.log.write_text("")

    def calls(self):
        """What was asked of subctl since the screen was empty."""
        return self.log.read_text().splitlines()


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
    terminal.press("subctl upgrade --plan ")
    screen = terminal.list("starter", "business", "enterprise")
    assert "Pro: 18.00 EUR a month, 180.00 a year per user" in screen
    terminal.clear()
    terminal.press("subctl upgrade --plan bu", TAB)
    terminal.wait("--plan business")


def test_a_kind_of_licence_waits_for_its_number(terminal):
    """`--licence zo` TAB becomes `--licence zoom=`, without a blank; what follows the number is completed as ever."""
    terminal.press("subctl quote --licence zo", TAB)
    terminal.wait("--licence zoom=")
    terminal.press("3 --pl", TAB)
    terminal.wait("--licence zoom=3 --plan")


def test_open_quotes_are_listed_with_what_they_change(terminal):
    """`order` TAB lists the quotes that can be ordered, newest first, each with its change and what is due now."""
    terminal.press("subctl order ")
    screen = terminal.list("-2026-0001", "-2026-0002")
    assert "acme: users 10 → 20, 302.50 EUR" in screen
    assert "atelier: users 10 → 30, nothing due now" in screen
    assert screen.rindex("-2026-0002") < screen.rindex("-2026-0001")
    assert terminal.calls() != []


def test_each_of_several_invoices_is_completed(terminal):
    """`pay INV-…2 INV-…` TAB completes the second as the first."""
    terminal.cli("upgrade", "--users", "12", "--yes")
    terminal.press("subctl pay IN", TAB)
    terminal.wait("subctl pay INV-2026-0001")
    terminal.press(CLEAR, "subctl pay INV-2026-0002 IN", TAB)
    terminal.wait("subctl pay INV-2026-0002 INV-2026-0001")


def test_options_are_completed_without_starting_subctl(terminal):
    """`show --sp` TAB becomes `show --space`, and `up` TAB `upgrade`, from the file alone."""
    terminal.press("subctl show --sp", TAB)
    terminal.wait("subctl show --space")
    assert terminal.calls() == []
    terminal.clear()
    terminal.press("subctl up", TAB)
    terminal.wait("subctl upgrade")
    assert terminal.calls() == []


def test_a_store_may_be_a_path_or_an_address(terminal):
    """Paths are completed; behind an address, which bash cuts into pieces, the line goes on as ever."""
    (terminal.cli.home / "HOME").mkdir(exist_ok=True)
    folder = terminal.cli.home / "books"
    folder.mkdir()
    (folder / "contracts-of-mine.db").touch()
    terminal.press(f"subctl --store {folder}/contr", TAB)
    terminal.wait("contracts-of-mine.db")
    terminal.clear()
    for address in ("service=book", "'postgresql://mary@db.example/book?sslmode=verify-full'"):
        terminal.press(f"subctl --store {address} upgrade --bill", TAB)
        terminal.wait("upgrade --billing")
        terminal.clear()
