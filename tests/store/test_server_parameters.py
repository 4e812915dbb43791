"""What libpq is told of a server: what was named, whatever the environment says (server.md); no server is asked."""

from __future__ import annotations

import os

import pytest
from psycopg import pq

from subctl.domain.errors import SubctlError
from subctl.store.places import Server, is_local
from subctl.store.postgres.parameters import parameters
from tests.support.libpq import ELSEWHERE

KEPT = {
    "PGPASSFILE": "/home/mary/.pgpass",
    "PGPASSWORD": "correct horse",
    "PGSSLCERT": "/home/mary/mary.crt",
    "PGSSLKEY": "/home/mary/mary.key",
    "PGSSLROOTCERT": "/home/mary/root.crt",
    "PGKRBSRVNAME": "books",
}
SERVICES = """\
[local]
host=/var/run/postgresql
dbname=book
password=correct horse
[loop]
host=localhost,127.0.0.1
hostaddr=127.0.0.1,::1
dbname=book
[safe]
host=one.example,two.example
target_session_attrs=read-write
sslmode=verify-full
[open]
host=db.example
[weak]
host=db.example
sslmode=verify-ca
[mixed]
host=localhost,db.example
[hidden]
host=localhost
hostaddr=10.0.0.1
[nowhere]
dbname=book
[broken]
this is no line of it
"""


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """An environment of this test alone, in which every variable of libpq leads elsewhere; and a service file."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)
    services = tmp_path / "services"
    services.write_text(SERVICES)
    for name, value in {**ELSEWHERE, **KEPT, "PGSERVICEFILE": str(services)}.items():
        monkeypatch.setenv(name, value)
    return services


def of_service(name):
    return Server(f"service={name}", (("service", name),))


def refusal(server):
    with pytest.raises(SubctlError) as caught:
        parameters(server)
    return caught.value.code, caught.value.message, caught.value.hint


def test_the_environment_leads_nowhere_else(environment):
    """Nothing is left of it but where secrets and certificates lie; what was named is passed on as it is."""
    named = (("host", "db.example"), ("dbname", "book"), ("sslmode", "verify-full"))
    before = {option.keyword: option.envvar for option in pq.Conninfo.get_defaults()}
    assert parameters(Server("postgresql://db.example/book", named)) == {**dict(named), "gssencmode": "disable"}
    left = {name: value for name, value in os.environ.items() if name.startswith("PG")}
    assert left == {**KEPT, "PGSERVICEFILE": str(environment)}
    known = {variable.decode() for variable in before.values() if variable}
    assert known - set(KEPT) - {"PGSERVICEFILE"} <= set(ELSEWHERE)


@pytest.mark.usefixtures("environment")
def test_libpq_itself_finds_nothing_elsewhere():
    """What it would take without a word is what was compiled into it, and the secrets."""
    parameters(Server("postgresql:///book?host=/tmp", (("host", "/tmp"), ("dbname", "book"))))
    found = {option.keyword.decode(): option for option in pq.Conninfo.get_defaults()}
    taken = {
        name: option.val.decode() for name, option in found.items() if option.val and option.val != option.compiled
    }
    assert taken.pop("user")  # the account of the system
    assert taken == {
        "password": "correct horse",
        "passfile": "/home/mary/.pgpass",
        "sslcert": "/home/mary/mary.crt",
        "sslkey": "/home/mary/mary.key",
        "sslrootcert": "/home/mary/root.crt",
        "krbsrvname": "books",
    }


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("name", ["local", "loop", "safe", "nowhere"])
def test_a_service_that_leads_somewhere_safe(name):
    """It is libpq that reads it when it connects: nothing of it is repeated in what it is told."""
    assert parameters(of_service(name)) == {"service": name, "gssencmode": "disable"}
    assert "PGSERVICE" not in os.environ


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("name", ["open", "weak", "mixed", "hidden"])
def test_a_service_on_another_machine_needs_a_safe_way(name):
    """Like an address; every host and every numeric address of it counts."""
    assert refusal(of_service(name)) == (
        "bad_input",
        f"The service {name} names another machine, which needs sslmode=verify-full.",
        "Write that into the service file.",
    )


@pytest.mark.parametrize("name", ["gone", "broken"])
def test_a_service_that_is_not_there(environment, name):
    """Or of which nothing can be read; what the file says isn't repeated."""
    assert refusal(of_service(name)) == (
        "bad_input",
        f"There is no service {name} in {environment}, or it can't be read.",
        "Write it there, or let PGSERVICEFILE name the file that has it.",
    )


def test_no_service_file(environment, monkeypatch, tmp_path):
    """Where none is named it is the one of the home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PGSERVICEFILE")
    assert refusal(of_service("local"))[1] == "There is no service local in ~/.pg_service.conf, or it can't be read."
    environment.rename(tmp_path / ".pg_service.conf")
    assert parameters(of_service("local"))["service"] == "local"


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("/var/run/postgresql", True),
        ("@abstract", True),
        ("localhost", True),
        ("LocalHost", True),
        ("127.0.0.1", True),
        ("127.255.255.254", True),
        ("::1", True),
        ("localhost.example", False),
        ("127.1", False),
        ("128.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::2", False),
        ("0.0.0.0", False),
        ("db", False),
    ],
)
def test_what_this_machine_is(host, local):
    """A socket, and addresses that no network carries."""
    assert is_local(host) is local
