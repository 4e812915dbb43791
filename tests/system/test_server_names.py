"""Naming a server that is there: what was named is what is reached, and nobody is told a secret (server.md)."""

from __future__ import annotations

import os
import shutil
import subprocess
from urllib.parse import quote

import pytest

from tests.support.cluster import ACCOUNT, SUPERUSER, cluster
from tests.support.libpq import ELSEWHERE

SECRET = "hunter2-hunter2"

HBA = f"""\
local all {SUPERUSER} peer map=tests
local book mary scram-sha-256
local all all peer map=tests
hostssl book mary 127.0.0.1/32 scram-sha-256
hostssl all all 127.0.0.1/32 trust
hostnossl all all 127.0.0.1/32 reject
"""


def openssl(folder, *words):
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def certify(folder, name):
    """Make an authority, and with it a certificate for a server called `localhost`."""
    openssl(
        *(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
        *("-keyout", f"{name}.key", "-out", f"{name}.crt", "-subj", f"/CN={name}"),
    )
    openssl(
        *(folder, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr"),
        *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
    )
    openssl(
        *(folder, "x509", "-req", "-in", "server.csr", "-CA", f"{name}.crt", "-CAkey", f"{name}.key", "-days", "2"),
        *("-CAcreateserial", "-copy_extensions", "copy", "-out", "server.crt"),
    )


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A folder with the certificate of a server, that of who signed it (`ours.crt`), and another one's."""
    folder = tmp_path_factory.mktemp("authority")
    certify(folder, "other")
    certify(folder, "ours")
    return folder


@pytest.fixture(scope="module")
def secured(authority):
    """A server with a certificate, and a role that logs in with a password."""
    with cluster(tcp=True) as server:
        server.stop()
        data = server.folder / "data"
        for name, mode in (("server.key", 0o600), ("server.crt", 0o644)):
            (data / name).write_bytes((authority / name).read_bytes())
            (data / name).chmod(mode)
            if os.getuid() == 0:
                shutil.chown(data / name, "postgres")
        (data / "pg_hba.conf").write_text(HBA)
        server.start(ssl="on")
        server.add_role("mary", "subctl_people")
        server.superuser(f"ALTER ROLE mary PASSWORD '{SECRET}'")
        server.create("book")
        server.create("other")
        yield server


@pytest.fixture
def book(cli, secured):
    """Commands on the store of that database."""
    address = secured.url("book")
    if whoami(cli, address).code:
        assert cli.process("init", "--demo", SUBCTL_STORE=address).code == 0
        assert cli.process("admin", "add", "mary", "--space", "acme", SUBCTL_STORE=address).code == 0
    return cli


def whoami(cli, address, **environment):
    return cli.process("whoami", "--json", SUBCTL_STORE=address, **environment)


def silent(done):
    """Tell that nothing of the secret came out."""
    return SECRET not in done.out + done.err


# --- what was named is what is reached ---------------------------------------------------------------------


def test_variables_lead_nowhere_else(book, secured):
    """Each of them leads astray by itself; all together they change nothing."""
    environment = {**ELSEWHERE, "PGSYSCONFDIR": str(book.home)}
    document = whoami(book, secured.url("book"), **environment).json
    assert document == whoami(book, secured.url("book")).json
    assert document["account"] == ACCOUNT
    for name, value in environment.items():
        assert whoami(book, secured.url("book"), **{name: value}).json == document, name


def test_a_service(book, secured, tmp_path):
    """By its file, whatever else the variables say; the password may stand in it, and is never told."""
    services = tmp_path / "services"
    where = f"host={secured.folder}\nport={secured.port}\n"
    services.write_text(
        f"[book]\n{where}dbname=book\nuser=mary\npassword={SECRET}\n[wrong]\n{where}dbname=book\nuser=mary\npassword=x{SECRET}\n"
    )
    found = whoami(book, "service=book", PGSERVICEFILE=str(services), PGDATABASE="other", PGUSER=ACCOUNT)
    assert (found.json["account"], found.json["store"], found.json["spaces"]) == ("mary", "service=book", ["acme"])
    for debug in ((), ("--debug",)):
        refused = book.process(*debug, "show", SUBCTL_STORE="service=wrong", PGSERVICEFILE=str(services))
        assert (refused.code, refused.out, silent(refused)) == (7, "", True)


def test_a_certificate_is_looked_at(book, secured, authority):
    """Whose it is, and who says so; without TLS this server answers nobody."""
    address = f"postgresql://localhost:{secured.port}/book?sslmode=verify-full&sslrootcert="
    assert whoami(book, f"{address}{authority / 'ours.crt'}").json["store"] == "postgresql://localhost/book"
    by_name = f"postgresql://localhost:{secured.port}/book?sslmode=verify-full"
    assert whoami(book, by_name, PGSSLROOTCERT=str(authority / "ours.crt")).json["account"] == ACCOUNT
    for wrong in (
        f"{address}{authority / 'other.crt'}",
        f"{address}{authority / 'ours.crt'}".replace("localhost", "127.0.0.1"),
        by_name,
    ):
        refused = whoami(book, wrong)
        assert refused.refusal[:2] == (7, "store_denied")
        assert "certificate" not in refused.refusal[2]
    assert whoami(book, by_name.replace("verify-full", "disable")).refusal[:2] == (7, "store_denied")


# --- secrets -----------------------------------------------------------------------------------------------


def test_a_password_from_pgpass(book, secured):
    """From the home folder, or from the file that PGPASSFILE names; nobody but its owner may read it."""
    home = book.home / "HOME"
    home.mkdir(exist_ok=True)
    pgpass = home / ".pgpass"
    pgpass.write_text(f"*:*:book:mary:{SECRET}\n")
    pgpass.chmod(0o600)
    address = secured.url("book", "mary")
    assert whoami(book, address).json["account"] == "mary"
    other = pgpass.rename(home / "other")
    assert whoami(book, address).code == 7
    assert whoami(book, address, PGPASSFILE=str(other)).json["spaces"] == ["acme"]


@pytest.mark.parametrize("debug", [(), ("--debug",)], ids=["", "debug"])
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["table", "json"])
def test_a_wrong_password_is_not_told(book, secured, debug, form):
    """Neither by us nor by libpq, wherever it came from; nor in the traceback of a bug."""
    for address in (secured.url("book", "mary"), secured.url("book", "mary").replace("/book", "/none")):
        done = book.process(*debug, *form, "whoami", SUBCTL_STORE=address, PGPASSWORD=f"x{SECRET}")
        assert (done.code, done.out, silent(done)) == (7, "", True)
        assert "mary" not in done.err.replace(quote(str(secured.folder)), "")
    spoilt = secured.url("book", "mary").replace("mary@", f"mary:{SECRET}@")
    done = book.process(*debug, *form, "whoami", SUBCTL_STORE=spoilt)
    assert (done.code, done.out, silent(done)) == (2, "", True)


def test_a_bug_tells_no_secret(book, secured):
    """A traceback shows no address and no password, whichever line it comes from."""
    script = (
        "import sys, psycopg; from subctl.cli.app import main\n"
        "def connect(*words, **named): raise RuntimeError('a bug')\n"
        "psycopg.connect = connect\n"
        "main(sys.argv[1:])"
    )
    done = book.python("-c", script, "--debug", "whoami", SUBCTL_STORE=secured.url("book", "mary"), PGPASSWORD=SECRET)
    assert (done.code, "RuntimeError: a bug" in done.err, silent(done)) == (1, True, True)
    assert "mary" not in done.err


# --- what is said of it ------------------------------------------------------------------------------------


def test_who_one_is(book, secured):
    """By the server, in each language; and the server is the lock."""
    address = secured.url("book")
    store = f"postgresql:///book?host={secured.folder}"
    assert book.process("whoami", SUBCTL_STORE=address).text == (
        f"Account  {ACCOUNT}, by the server\n"
        "Role     administrator of the store\n"
        f"Store    {store} (sandbox)\n"
        "Day      15 March 2026\n\n"
        "The server is the lock: it shows administrators of a space that space alone, whatever they ask it with,"
        " and lets nobody but its owner change what was issued.\n"
    )
    for language, said in (
        ("fr", f"{ACCOUNT}, d’après le serveur"),
        ("nl", f"{ACCOUNT}, volgens de server"),
        ("de", f"{ACCOUNT}, laut Server"),
    ):
        assert said in book.process("whoami", SUBCTL_STORE=address, SUBCTL_LANG=language).text
    assert whoami(book, address).json == {
        "schema": "whoami/1",
        "uid": None,
        "account": ACCOUNT,
        "store": store,
        "sandbox": True,
        "date": "2026-03-15",
        "store_administrator": True,
        "spaces": [],
    }


def test_what_was_made(book, secured):
    """`init` names host and database, as its refusals do."""
    secured.create("fresh")
    address, store = secured.url("fresh"), f"postgresql:///fresh?host={secured.folder}"
    missing = book.process("show", "--json", SUBCTL_STORE=address).refusal
    assert missing[:2] == (3, "store_missing")
    assert store in missing[2]
    assert book.process("init", "--demo", SUBCTL_STORE=address).text.startswith(f"Made {store}: a sandbox on ")
    secured.drop("fresh")
