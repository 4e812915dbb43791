"""A PostgreSQL of the tests' own: in a temporary folder, on a socket, with the roles and databases that stores need.

The newest PostgreSQL below /usr/lib/postgresql is used, as the user `postgres` where the tests are root, which no
server may be. It is set up as docs/server.md has a superuser do it, and ends with the process that began it, also where
that one is killed. Nothing here survives a crash of the machine, and nothing has to: it doesn't wait for the disk.
What a database may be left with is made otherwise than ours on purpose: letters sort as in English, and the server's
clock shows the time of the Chatham Islands.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.support.waiting import at_most, pause

ACCOUNT = pwd.getpwuid(os.getuid()).pw_name
"""Who runs the tests: on each server a member of both roles, so that his `init` makes him its first administrator.

He may become the owner, but isn't always: policies hold for him as for everybody else.
"""

PEOPLE = ("bin", "daemon", "nobody", "maria")
"""Who may become administrators: login roles, and members of `subctl_people`; maria has no account on this machine."""

SUPERUSER = "postgres"

SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "jit": "off",
    "synchronous_commit": "off",
    "max_connections": "300",
    "max_wal_senders": "0",
    "shared_buffers": "32MB",
    "ssl": "off",
    "timezone": "Pacific/Chatham",
    "wal_level": "minimal",
}

ORDINARY = {name: SETTINGS[name] for name in ("max_connections", "ssl", "timezone")}
"""What is left of them where a server is measured: it waits for the disk, and all else is as Debian installs it."""

HBA = f"""\
local all all peer map=tests
host all {SUPERUSER} 127.0.0.1/32 reject
host all all 127.0.0.1/32 trust
"""

SECONDS = 30
"""What a server may take to start, or to stop."""


class ClusterError(Exception):
    """What a server, or a program of its, said when it did not do what it was asked."""


def programs() -> Path:
    """Return the folder of the newest PostgreSQL's programs."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return max(found, key=lambda path: int(path.parts[-3])).parent


class Cluster:
    """A PostgreSQL that runs, seen from any process; the one that began it may end it, and begin it anew."""

    def __init__(self, folder: Path, port: int | None = None, settings: Mapping[str, str] = SETTINGS) -> None:
        self.folder = folder
        self.port = port
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    # Addresses.

    def url(self, database: str, role: str = ACCOUNT) -> str:
        """Return what `--store` takes for a database: by the socket, whether or not there is a port too."""
        port = f"&port={self.port}" if self.port else ""
        return f"postgresql://{role}@/{database}?host={quote(str(self.folder), safe='')}{port}"

    def tcp_url(self, database: str, role: str = ACCOUNT, port: int | None = None) -> str:
        """Return the address of a database on loopback, at another port where something stands in between."""
        return f"postgresql://{role}@127.0.0.1:{port or self.port}/{database}"

    # Being there.

    def start(self, **settings: str) -> None:
        """Begin it, for the first time or again, and wait until it answers; settings are added to its own.

        It is told to end at once (SIGQUIT) as soon as the thread that calls this is no more.
        """
        given = {
            **self._settings,
            "unix_socket_directories": str(self.folder),
            "listen_addresses": "127.0.0.1" if self.port else "",
            **({"port": str(self.port)} if self.port else {}),
            **settings,
        }
        words = (word for name, value in given.items() for word in ("-c", f"{name}={value}"))
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_as_user("--pdeathsig", "QUIT"), str(programs() / "postgres"), "-D", str(self._data), *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        asked = [str(programs() / "pg_isready"), "-q", "-h", str(self.folder), *self._at_port(), "-d", "postgres"]
        for _ in range(SECONDS * 50):
            if subprocess.run(asked, check=False).returncode == 0:
                return
            if self._process.poll() is not None:
                break
            pause(1 / 50)
        raise ClusterError((self.folder / "log").read_text())

    def stop(self) -> None:
        """End it in order: who is connected is cut off."""
        self._end(signal.SIGINT)

    def stop_now(self) -> None:
        """End it as a crash would (`pg_ctl stop -m immediate`): it has to recover when it begins again."""
        self._end(signal.SIGQUIT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            with at_most(SECONDS, self._process):
                self._process.wait()
            self._process = None

    # Doing something as a superuser, or with psql.

    def psql(self, database: str, commands: str, role: str = ACCOUNT) -> subprocess.CompletedProcess[str]:
        """Run SQL as a role with psql, which stops at the first error: rows are lines, columns are parted by `|`."""
        return subprocess.run(
            [
                *(str(programs() / "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"),
                *("-h", str(self.folder), *self._at_port(), "-U", role, "-d", database, "-f", "-"),
            ],
            input=commands,
            capture_output=True,
            encoding="utf-8",
            check=False,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )

    def superuser(self, commands: str, database: str = "postgres") -> str:
        """Return what a superuser's SQL printed; raise with what psql said where it failed."""
        done = self.psql(database, commands, SUPERUSER)
        if done.returncode:
            raise ClusterError(done.stderr)
        return done.stdout

    def add_role(self, name: str, *member_of: str) -> None:
        """Make a login role, which the tests' account may log in as."""
        groups = f" IN ROLE {', '.join(member_of)}" if member_of else ""
        with (self._data / "pg_ident.conf").open("a") as file:
            file.write(f'tests {ACCOUNT} "{name}"\n')
        self.superuser(f'CREATE ROLE "{name}" LOGIN{groups}; SELECT pg_reload_conf()')

    def create(self, database: str, template: str = "template0") -> None:
        """Make a database that belongs to `subctl_owner`: empty, or as another one is, where nobody is connected."""
        self.superuser(f"CREATE DATABASE {database} TEMPLATE {template} OWNER subctl_owner")

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected."""
        self.superuser(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    # Setting up.

    def make(self) -> None:
        """Make its files, begin it and make the roles."""
        self.folder.chmod(0o755)
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        sorting = ["--locale-provider=icu", "--icu-locale=en"] if int(programs().parts[-2]) > 14 else []
        words = [
            "--no-sync",
            "-A",
            "peer",
            "-E",
            "UTF8",
            "--locale=C",
            *sorting,
            "-U",
            SUPERUSER,
            "-D",
            str(self._data),
        ]
        done = subprocess.run([*_as_user(), programs() / "initdb", *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise ClusterError(done.stderr)
        (self._data / "pg_hba.conf").write_text(HBA)
        roles = (ACCOUNT, *PEOPLE, SUPERUSER)
        own = r"tests /^(.*)$ \1" + "\n"
        (self._data / "pg_ident.conf").write_text(own + "".join(f"tests {ACCOUNT} {role}\n" for role in roles))
        self.start()
        self.superuser(
            "CREATE ROLE subctl_owner NOLOGIN; CREATE ROLE subctl_people NOLOGIN;"
            " CREATE ROLE subctl_makers NOLOGIN NOINHERIT IN ROLE subctl_owner;"
            f" CREATE ROLE {ACCOUNT} LOGIN IN ROLE subctl_makers, subctl_people;"
            + "".join(f" CREATE ROLE {name} LOGIN IN ROLE subctl_people;" for name in PEOPLE if name != ACCOUNT)
        )

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _at_port(self) -> tuple[str, ...]:
        return ("-p", str(self.port)) if self.port else ()


@contextmanager
def cluster(*, tcp: bool = False, settings: Mapping[str, str] = SETTINGS) -> Iterator[Cluster]:
    """Lend a server of one's own, on a socket or on a port of loopback too, and remove it in the end."""
    with tempfile.TemporaryDirectory(prefix="subctl-server-") as folder:
        made = Cluster(Path(folder), _free_port() if tcp else None, settings)
        try:
            made.make()
            yield made
        finally:
            made.stop()


def _as_user(*words: str) -> list[str]:
    """Return the words that start a program as somebody who may be a server."""
    someone = ("--reuid", "postgres", "--regid", "postgres", "--init-groups") if os.getuid() == 0 else ()
    return ["setpriv", *words, *someone, "--"] if words or someone else []


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
