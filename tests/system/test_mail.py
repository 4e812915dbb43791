"""A message in a mail program of Debian's at a terminal: what somebody sees who gets one."""

import shutil
import subprocess
import sys

import pytest

from tests.support.tmux import Screen

NEEDED = ("neomutt", "tmux")
INSTALL = "apt-get install -y neomutt tmux"

NAME = "Société Générale d’Électricité “Nord”, S.A."
READ = "neomutt -n -F {home}/muttrc -f {home}/mail"
RC = 'set folder="{home}/mail" mailcap_path="" pager_index_lines=0 sleep_time=0 index_format="%s"\n'


@pytest.fixture
def received(demo):
    """The demo's first invoice, to Peppol, as a message in somebody's box of mail; the store, and the screen."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    assert not missing, f"{', '.join(missing)} missing: {INSTALL}"
    assert demo("space", "set", "acme", "--name", NAME, "--email", "ap@acme.example").code == 0
    assert demo("upgrade", "--plan", "pro", "--users", "20", "--yes").code == 0
    for folder in ("cur", "new", "tmp"):
        (demo.home / "mail" / folder).mkdir(parents=True)
    words = [sys.executable, "-m", "subctl", "show", "INV-2026-0001", "--format", "eml"]
    made = subprocess.run(words, env=demo.environment(), capture_output=True, check=True).stdout
    (demo.home / "mail" / "new" / "1.here").write_bytes(made)
    (demo.home / "muttrc").write_text(RC.format(home=demo.home))
    environment = {**demo.environment(), "HOME": str(demo.home), "LC_ALL": "C.UTF-8"}
    screen = Screen(READ.format(home=demo.home), environment, demo.home / "tmux")
    yield demo, screen
    screen.close()


def test_it_is_shown_and_its_files_are_saved(received):
    """The subject in the list, the head with its letters, the text, and both files byte for byte."""
    demo, screen = received
    screen.wait("Upgrade invoice INV-2026-0001 from Example Software B.V.")
    screen.key("Enter")
    shown = screen.wait("Hello,", "support@example.com").splitlines()
    lines = [line.strip() for line in shown]
    assert "Date: Sun, 15 Mar 2026 12:00:00 +0000" in lines
    assert 'From: "Example Software B.V." <invoices@example.com>' in lines
    assert f'To: "{NAME}" <ap@acme.example>' in lines
    assert "Upgrade invoice INV-2026-0001 of 15 March 2026: 786.50 EUR, payable by 14 April 2026." in lines
    assert "It is attached as a PDF, and as an e-invoice for your software." in lines
    screen.key("v")
    screen.wait("INV-2026-0001.pdf", "INV-2026-0001.ubl.xml")
    for place, format_ in enumerate(("pdf", "ubl"), 2):
        screen.text(str(place))
        screen.key("Enter")
        screen.text("s")
        screen.wait("Save to file:")
        screen.key("C-u")
        screen.text(f"{demo.home}/saved.{format_}")
        screen.key("Enter")
        made, saved = demo.home / f"made.{format_}", demo.home / f"saved.{format_}"
        assert demo("show", "INV-2026-0001", "--format", format_, "-o", str(made), "-q").code == 0
        screen.wait_for(lambda _, made=made, saved=saved: same(made, saved), f"{saved}, byte for byte")


def same(made, saved):
    """Tell whether a file was saved as it was made."""
    return saved.exists() and saved.read_bytes() == made.read_bytes()
