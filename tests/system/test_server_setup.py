"""Setting up a server as docs/server.md says: its lines are run as they stand there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cluster import Cluster, cluster

PAGE = Path(__file__).parents[2] / "docs" / "server.md"


def blocks(kind: str) -> list[str]:
    """Return the fenced blocks of a kind in the part about setting up."""
    part = PAGE.read_text(encoding="utf-8").partition("\n## Setting one up\n")[2].partition("\n## ")[0]
    return re.findall(rf"^```{kind}\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)


@pytest.fixture
def own():
    """A server on which nobody has prepared anything."""
    with cluster(tcp=True) as made:
        made.superuser("DROP ROLE subctl_owner; DROP ROLE subctl_people")
        yield made


def service(server: Cluster, user: str) -> str:
    """Return the service file of the page, for this server and a role."""
    (text,) = [block for block in blocks("text") if block.startswith("[book]")]
    way = f"host=127.0.0.1\nport={server.port}\n"
    changed = text.replace("host=db.example\n", way).replace("user=anna", f"user={user}")
    return changed.replace("sslmode=verify-full\nsslrootcert=system\n", "")


def test_the_lines_of_the_page_set_a_server_up(own, cli):
    """A superuser's, those of who makes the store, and then who was added may do what is his."""
    (sql,) = blocks("sql")
    own.superuser(sql)
    services = cli.home / "HOME" / ".pg_service.conf"
    services.parent.mkdir()
    services.write_text(service(own, "anna"))
    (shell,) = blocks("sh")
    done = subprocess.run(
        ["bash", "-e", "-c", shell.replace("subctl ", f"{sys.executable} -m subctl ")],
        env={name: value for name, value in cli.environment().items() if name != "SUBCTL_STORE"},
        cwd=cli.home,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert "\nEvery document is as it should be.\n" in done.stdout
    cli.store = "service=book"
    assert cli("whoami", "--json").json["account"] == "anna"
    services.write_text(service(own, "mary"))
    found = cli("whoami", "--json").json
    assert (found["account"], found["store_administrator"], found["spaces"]) == ("mary", False, ["acme"])
    assert cli("quote", "--users", "8", "--json").code == 0
    assert cli("check", "--json").refusal[1] == "not_administrator"


def test_how_people_prove_who_they_are_can_be_read(own):
    """PostgreSQL finds no fault in the lines for pg_hba.conf."""
    lines = next(block for block in blocks("text") if "scram" in block)
    file = own.superuser("SHOW hba_file").strip()
    with Path(file).open("a") as opened:
        opened.write(lines)
    faults = own.superuser("SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL")
    assert [fault for fault in faults.splitlines() if "SSL is disabled" not in fault] == []
