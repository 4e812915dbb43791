"""How a store on a server is named: what is understood, and that nothing of what isn't is ever repeated (safety.md)."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subctl.cli.place import read_place
from subctl.domain.errors import SubctlError
from subctl.store.places import Place, Server

SECRET = "hunter2"
FORMS = (
    "Write postgresql://HOST/DATABASE?sslmode=verify-full for a server, postgresql:///DATABASE?host=/FOLDER for one on"
    " this machine, or service=NAME; a file of such a name is ./NAME."
)
HOW = "Leave it out: it may stand in ~/.pgpass or a service file, or a certificate or peer takes its place."
PASSWORD = ("{} must not hold a password.", HOW)
NEITHER = ("{} is neither a file's path nor a server's address.", FORMS)


def no_address(fault):
    return f"{{}} is no server's address: {fault}.", FORMS


def another_machine(address):
    return (
        "{} names another machine, which needs sslmode=verify-full.",
        f"Write {address}?sslmode=verify-full, with its user, port and certificates as before.",
    )


# --- what is understood ------------------------------------------------------------------------------------

VERIFIED = "?sslmode=verify-full"
UNDERSTOOD = {
    f"postgresql://db.example/book{VERIFIED}": (
        "postgresql://db.example/book",
        {"host": "db.example", "dbname": "book", "sslmode": "verify-full"},
    ),
    f"POSTGRES://mary@db.example:5433/book{VERIFIED}&sslrootcert=/etc/ca.crt&sslcert=/a&sslkey=/b&sslcrl=/c": (
        "postgresql://db.example/book",
        {
            "host": "db.example",
            "port": "5433",
            "dbname": "book",
            "user": "mary",
            "sslmode": "verify-full",
            "sslrootcert": "/etc/ca.crt",
            "sslcert": "/a",
            "sslkey": "/b",
            "sslcrl": "/c",
        },
    ),
    f"postgresql://[2001:db8::1]:5433/book{VERIFIED}&sslrootcert=system": (
        "postgresql://[2001:db8::1]/book",
        {
            "host": "2001:db8::1",
            "port": "5433",
            "dbname": "book",
            "sslmode": "verify-full",
            "sslrootcert": "system",
        },
    ),
    "postgresql:///book?host=/var/run/postgresql": (
        "postgresql:///book?host=/var/run/postgresql",
        {"host": "/var/run/postgresql", "dbname": "book"},
    ),
    "postgresql://mary@/book?host=%2Ftmp%2Fmy%20socket&port=5433": (
        "postgresql:///book?host=/tmp/my%20socket",
        {"host": "/tmp/my socket", "port": "5433", "dbname": "book", "user": "mary"},
    ),
    "postgresql://localhost/book?user=mary&port=5433": (
        "postgresql://localhost/book",
        {"host": "localhost", "port": "5433", "dbname": "book", "user": "mary"},
    ),
    "postgresql://mary%40EXAMPLE.ORG@127.0.0.3/b%C3%BCcher%202?sslmode=disable": (
        "postgresql://127.0.0.3/b%C3%BCcher%202",
        {"host": "127.0.0.3", "dbname": "bücher 2", "user": "mary@EXAMPLE.ORG", "sslmode": "disable"},
    ),
    "postgresql://[::1]/book": ("postgresql://[::1]/book", {"host": "::1", "dbname": "book"}),
    "service=book": ("service=book", {"service": "book"}),
    "service=büro-2.test": ("service=büro-2.test", {"service": "büro-2.test"}),
}


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_an_address_is_understood(text):
    """Its pieces as libpq calls them; host and database are all that is ever shown of it."""
    shown, parameters = UNDERSTOOD[text]
    place = read_place(text, "--store")
    assert isinstance(place, Server)
    assert (place.shown, str(place), repr(place)) == (shown, shown, f"Server({shown})")
    assert dict(place.parameters) == parameters
    assert place.now is None


@pytest.mark.parametrize("text", [text for text in UNDERSTOOD if "service" not in text])
def test_what_is_shown_names_the_same_server(text):
    """It can be typed again, with what keeps the way there safe."""
    shown, parameters = UNDERSTOOD[text]
    again = read_place(shown + ("" if "host=" in shown else VERIFIED), "--store")
    assert isinstance(again, Server)
    assert again.shown == shown
    assert {key: dict(again.parameters)[key] for key in ("host", "dbname")} == {
        key: parameters[key] for key in ("host", "dbname")
    }


@pytest.mark.parametrize(
    "text",
    [
        "contracts.db",
        "my books/contracts 2026.db",
        "postgresql",
        "postgres/contracts.db",
        "service",
        "./service=book",
        "../postgresql://host/db",
        "/srv/service=book",
        "/srv/postgresql://mary:x@host/db",
        "shop:2026.db",
        "mary@shop.db",
        "a/b=c.db",
    ],
)
def test_everything_else_is_a_path(text):
    """As ever; and a file of such a name is called by its folder."""
    assert read_place(text, "--store") == Path(text)


def test_a_path_from_the_home_folder(monkeypatch):
    """As ever, too."""
    monkeypatch.setenv("HOME", "/home/mary")
    assert read_place("~/a=b@c.db", "--store") == Path("/home/mary/a=b@c.db")


# --- what is refused ---------------------------------------------------------------------------------------

FOREIGN = [
    "db.example",
    "10.0.0.1",
    "127.0.0.1.example",
    "localhost.example",
    "localhost.",
    "128.0.0.1",
    "[::2]",
    "[::ffff:127.0.0.1]",
    "127.1",
    "0.0.0.0",
]

REFUSED = {
    # a password, wherever it may stand
    f"postgresql://mary:{SECRET}@host/db": PASSWORD,
    f"postgresql://mary:{SECRET}@host/db{VERIFIED}": PASSWORD,
    f"postgres://:{SECRET}@host/db": PASSWORD,
    "postgresql://mary:@host/db": PASSWORD,
    f"postgresql://mary%3A{SECRET}@host/db": PASSWORD,
    f"postgresql://mary%3a{SECRET}@host/db": PASSWORD,
    f"postgresql://mary:{SECRET}@/db?host=/tmp": PASSWORD,
    f"postgresql://mary:a@{SECRET}@host/db": PASSWORD,
    f"postgresql://mary:a/{SECRET}@host/db": PASSWORD,
    f"postgresql://mary:a?{SECRET}@host/db": PASSWORD,
    f"postgresql://mary:a#{SECRET}@host/db": PASSWORD,
    f"postgresql://mary:a {SECRET}@host/db": PASSWORD,
    f"postgresql://mary:%zz{SECRET}@host/db": PASSWORD,
    f"postgresql://mary:{SECRET}%": no_address("the port is no number from 1 to 65535"),
    f"postgresql://mary:{SECRET}@": PASSWORD,
    f"postgresql://mary:{SECRET}@one,two/db": PASSWORD,
    f"postgresql://mary:{SECRET}@host:port/db": PASSWORD,
    f"postgresql://mary:{SECRET}@[::1/db": PASSWORD,
    f"postgresql://mary:{SECRET}\n@host/db": PASSWORD,
    f"postgresql://mary:{'x' * 10_000}{SECRET}@host/db": PASSWORD,
    f"postgresql://host/db?password={SECRET}": PASSWORD,
    f"postgresql://host/db?pass%77ord={SECRET}": PASSWORD,
    f"postgresql://host/db?PASSWORD={SECRET}": PASSWORD,
    f"postgresql://host/db?sslpassword={SECRET}{VERIFIED}": PASSWORD,
    f"postgresql://host/db?sslmode=verify-full&password={SECRET}": PASSWORD,
    f"postgresql://host/db;password={SECRET}": PASSWORD,
    f"postgresql://host/db%3Fpassword%3D{SECRET}": PASSWORD,
    f"postgresql://host/db?oauth_client_secret={SECRET}": PASSWORD,
    f"mysql://root:{SECRET}@host/db": PASSWORD,
    f"host=h dbname=d user=mary password={SECRET}": PASSWORD,
    f"password = '{SECRET}' host=h": PASSWORD,
    f"service=book password={SECRET}": PASSWORD,
    f"service=book&password={SECRET}": PASSWORD,
    # what is no address at all
    "host=h dbname=d user=mary": NEITHER,
    f"pw={SECRET}": NEITHER,
    "service=": NEITHER,
    "service=my book": NEITHER,
    "service=a/b": NEITHER,
    "SERVICE=book": NEITHER,
    f"mary:{SECRET}@host/db": NEITHER,
    f"postgresql:mary:{SECRET}@host/db": NEITHER,
    f"postgresql:/mary:{SECRET}@host/db": NEITHER,
    f"postgresql//mary:{SECRET}@host/db": NEITHER,
    "http://host/db": NEITHER,
    "file:///srv/contracts.db": NEITHER,
    "jdbc:postgresql://host/db": NEITHER,
    "postgresql+psycopg://host/db": NEITHER,
    "x=y.db": NEITHER,
    # blanks and signs that nobody sees
    " postgresql://host/db": no_address("it has blanks or invisible signs"),
    "postgresql://host/my db": no_address("it has blanks or invisible signs"),
    "postgresql://host/db\n": no_address("it has blanks or invisible signs"),
    "postgresql://host/db%00": no_address("it has blanks or invisible signs"),
    "postgresql://host/db%0A": no_address("it has blanks or invisible signs"),
    "postgresql://host/d\u202eb": no_address("it has blanks or invisible signs"),
    "postgresql://ho\udcffst/db": no_address("it has blanks or invisible signs"),
    # escapes
    "postgresql://localhost/db%": no_address("each percent sign needs two hexadecimal digits behind it"),
    "postgresql://localhost/%zzdb": no_address("each percent sign needs two hexadecimal digits behind it"),
    "postgresql://m%4@localhost/db": no_address("each percent sign needs two hexadecimal digits behind it"),
    "postgresql:///db?host=/%g0": no_address("each percent sign needs two hexadecimal digits behind it"),
    "postgresql://localhost/db%ff": no_address("what it escapes is no UTF-8"),
    # host and port
    "postgresql://": no_address("it names no host"),
    "postgresql:///db": no_address("it names no host"),
    "postgresql://mary@/db": no_address("it names no host"),
    "postgresql://:5432/db": no_address("it names no host"),
    "postgresql://one,two/db": no_address("it names several hosts, which only a service can"),
    "postgresql://one:1,two:2/db": no_address("it names several hosts, which only a service can"),
    "postgresql://hö.example/db": no_address("the host is neither a name nor an address"),
    "postgresql://%2Fvar%2Frun/db": no_address("the host is neither a name nor an address"),
    "postgresql://-h/db": no_address("the host is neither a name nor an address"),
    "postgresql://[::1/db": no_address("the host is neither a name nor an address"),
    "postgresql://::1/db": no_address("the host is neither a name nor an address"),
    "postgresql://[::1::]/db": no_address("the host is neither a name nor an address"),
    f"postgresql://{'h' * 254}/db": no_address("the host is neither a name nor an address"),
    "postgresql:///db?host=host.example": no_address("the socket's folder is no path from the root"),
    "postgresql:///db?host=/a,/b": no_address("the socket's folder is no path from the root"),
    "postgresql:///db?host=@abstract": no_address("the socket's folder is no path from the root"),
    f"postgresql:///db?host=/{'f' * 100}": no_address("the socket's folder is no path from the root"),
    f"postgresql://mary:{SECRET}/db": no_address("the port is no number from 1 to 65535"),
    "postgresql://host:/db": no_address("the port is no number from 1 to 65535"),
    "postgresql://host:0/db": no_address("the port is no number from 1 to 65535"),
    "postgresql://host:65536/db": no_address("the port is no number from 1 to 65535"),
    "postgresql://host:٣/db": no_address("the port is no number from 1 to 65535"),
    "postgresql://localhost/db?port=x": no_address("the port is no number from 1 to 65535"),
    # @ and #
    "postgresql://@host/db": no_address("it has an @ that is in no place for one"),
    "postgresql://mary@x@host/db": no_address("it has an @ that is in no place for one"),
    "postgresql://host/db#part": no_address("it has a #"),
    # database and user
    "postgresql://localhost": no_address("it names no database"),
    "postgresql://localhost/": no_address("it names no database"),
    f"postgresql://localhost{VERIFIED}": no_address("it names no database"),
    "postgresql://localhost/a/b": no_address("the database can't be called so"),
    "postgresql://localhost/a%2Fb": no_address("the database can't be called so"),
    "postgresql://localhost/a;b": no_address("the database can't be called so"),
    "postgresql://localhost/dbname=x": no_address("the database can't be called so"),
    "postgresql://localhost/%20db": no_address("the database can't be called so"),
    f"postgresql://localhost/{'ü' * 32}": no_address("the database can't be called so"),
    "postgresql://a%2Fb@localhost/db": no_address("the user can't be called so"),
    f"postgresql://{'u' * 64}@localhost/db": no_address("the user can't be called so"),
    # parameters
    "postgresql://localhost/db?": no_address(
        "behind the question mark may stand host, port, user, sslmode, sslrootcert, sslcert, sslkey, sslcrl"
    ),
    "postgresql://localhost/db?hostaddr=10.0.0.1": no_address(
        "behind the question mark may stand host, port, user, sslmode, sslrootcert, sslcert, sslkey, sslcrl"
    ),
    f"postgresql://localhost/db?{SECRET}": no_address(
        "behind the question mark may stand host, port, user, sslmode, sslrootcert, sslcert, sslkey, sslcrl"
    ),
    "postgresql://localhost/db?options=-crole%3Dx": no_address(
        "behind the question mark may stand host, port, user, sslmode, sslrootcert, sslcert, sslkey, sslcrl"
    ),
    "postgresql://localhost/db?passfile=/srv/pgpass": no_address(
        "behind the question mark may stand host, port, user, sslmode, sslrootcert, sslcert, sslkey, sslcrl"
    ),
    "postgresql://localhost/db?sslmode=": no_address("sslmode has no value"),
    "postgresql://localhost/db?port=1&port=1": no_address("port is given twice"),
    "postgresql://localhost:1/db?port=1": no_address("port is given twice"),
    "postgresql://localhost/db?host=/tmp": no_address("host is given twice"),
    "postgresql://mary@localhost/db?user=mary": no_address("user is given twice"),
    "postgresql://localhost/db?sslmode=verify": no_address(
        "sslmode is one of disable, allow, prefer, require, verify-ca, verify-full"
    ),
    "postgresql://localhost/db?sslrootcert=ca.crt": no_address("sslrootcert is no path from the root"),
    "postgresql://localhost/db?sslkey=system": no_address("sslkey is no path from the root"),
    f"postgresql://localhost/{'d' * 10_000}": no_address("it has more than 4000 letters"),
    # the way there
    **{f"postgresql://{host}/db": another_machine(f"postgresql://{host}/db") for host in FOREIGN},
    "postgresql://mary@host:5433/db?sslmode=require&sslrootcert=/ca": another_machine("postgresql://host/db"),
    "postgres://host/b%C3%BC": another_machine("postgresql://host/b%C3%BC"),
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: ascii(text)[1:60])
def test_an_address_is_refused(text):
    """Each by what is wrong with it: the whole refusal, in which nothing stands that could be a secret."""
    message, hint = REFUSED[text]
    with pytest.raises(SubctlError) as caught:
        read_place(text, "--store")
    error = caught.value
    assert (error.code, error.exit_code, error.message, error.hint) == ("bad_input", 2, message.format("--store"), hint)
    assert error.__context__ is None or error.__suppress_context__


TYPED = [text for text in REFUSED if "\udcff" not in text and "\0" not in text]


@pytest.mark.parametrize("text", TYPED, ids=lambda text: ascii(text)[1:60])
def test_it_is_refused_wherever_it_stands(demo, text):
    """By option, environment and config file, to people and to scripts, with and without --debug."""
    message, hint = REFUSED[text]
    config = demo.home / "XDG_CONFIG_HOME" / "subctl" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f"store = {json.dumps(text)}\n")
    for name, options, environment in (
        ("--store", ("--store", text), {}),
        ("SUBCTL_STORE", (), {"SUBCTL_STORE": text}),
        (f"store in {config}", (), {"SUBCTL_STORE": ""}),
    ):
        said = message.format(name)
        for debug in ((), ("--debug",)):
            shown = demo(*options, *debug, "whoami", **environment)
            assert (shown.code, shown.out, shown.err) == (2, "", f"subctl: {said}\n{hint}\n")
            assert demo(*options, *debug, "whoami", "--json", **environment).refusal == (2, "bad_input", said, hint)


def test_what_can_not_be_is_not_kept(demo):
    """`config set store` refuses it alike, and writes nothing."""
    config = demo.home / "XDG_CONFIG_HOME"
    for text in TYPED:
        message, hint = REFUSED[text]
        for debug in ((), ("--debug",)):
            refusal = demo("config", "set", "store", text, "--json", *debug).refusal
            assert refusal == (2, "bad_input", message.format("store"), hint)
    assert not config.exists()


def test_a_config_file_that_stops_everything_can_be_mended(demo):
    """An option counts more than the file, also for the command that mends it."""
    config = demo.home / "XDG_CONFIG_HOME" / "subctl" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f"store = 'postgresql://mary:{SECRET}@host/db'\n")
    assert demo("config", "unset", "store", SUBCTL_STORE="").code == 2
    assert demo("--store", "x.db", "config", "unset", "store", SUBCTL_STORE="").code == 0
    assert config.read_text() == ""


# --- a secret is never told --------------------------------------------------------------------------------

ELSEWHERE = [
    ("{}",),
    ("show", "{}"),
    ("show", "--space", "{}"),
    ("--stor", "{}", "show"),
    ("--stor={}", "show"),
    ("--today", "{}", "show"),
    ("--format", "{}", "show"),
    ("--color", "{}", "show"),
    ("config", "set", "space", "{}"),
    ("config", "set", "{}", "x"),
    ("config", "unset", "{}"),
    ("backup", "{}"),
    ("restore", "{}", "--yes"),
    ("order", "{}"),
    ("space", "add", "{}", "--name", "New", "--plan", "pro", "--users", "3"),
    ("admin", "add", "{}"),
    ("schema", "{}"),
    ("completion", "{}"),
    ("catalog", "import", "{}"),
    ("apply", "{}", "--yes"),
    ("quote", "--users", "{}"),
    ("upgrade", "--users", "20", "--yes", "--expect", "{}"),
    ("pay", "INV-2026-0001", "--amount", "{}"),
]


@pytest.mark.parametrize("words", ELSEWHERE, ids=" ".join)
def test_an_address_in_a_wrong_place_is_told_without_its_password(demo, words):
    """Whoever puts it there meant another option: it isn't repeated, logged, or kept in the history."""
    texts = (f"postgresql://mary:{SECRET}@host/db", f"host=h password={SECRET}", f"service=x&PASSWORD='{SECRET}'")
    for text in texts[:1] if words[0] in ("backup", "restore") else texts:  # a file may be called like the others
        for debug in ((), ("--debug",)):
            for form in ((), ("--format", "json")):
                done = demo(*debug, *form, *(word.format(text) for word in words))
                assert done.code != 0
                assert (SECRET in done.out, SECRET in done.err) == (False, False)
    assert SECRET not in demo("history", "--json").out


_ODD = st.text(st.sampled_from("ab1:/@?#[]%=&,;'\" \t\n\\.üé٣\u202e"), max_size=8)
_ESCAPED = st.builds(lambda before, after: before + SECRET + after, _ODD, _ODD).map(lambda text: quote(text, safe=""))
_PASSWORDS = st.builds(lambda before, after: before + SECRET + after, _ODD, _ODD) | _ESCAPED


@st.composite
def _addresses(draw):
    """Return an address with a password, whole or spoilt, whose every other piece may be odd too."""
    password, user, host, name = draw(_PASSWORDS), *(draw(st.just("mary") | _ODD) for _ in range(3))
    scheme = draw(st.sampled_from(["postgresql://", "postgres://", "PostgreSQL://", "mysql://", "x+y://"]))
    return draw(
        st.sampled_from(
            [
                f"{scheme}{user}:{password}@{host}/{name}",
                f"{scheme}{user}:{password}@{host}/{name}?sslmode=verify-full",
                f"{scheme}:{password}@{host}/{name}",
                f"{scheme}{user}%3A{password}@{host}/{name}",
                f"{scheme}{host}/{name}?password={password}",
                f"{scheme}{host}/{name}?sslmode=verify-full&password={password}&x=y",
                f"postgresql:{user}:{password}@{host}/{name}",
                f"postgres//{user}:{password}@{host}/{name}",
                f"host=localhost user={user} password={password}",
                f"password={password} host=localhost",
                f"service=book password={password}",
            ]
        )
    )


@given(_addresses())
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
def test_a_password_is_never_repeated(text):
    """Whatever else is wrong: refused, and neither the refusal nor what stands in it has a part of it."""
    with pytest.raises(SubctlError) as caught:
        read_place(text, "--store")
    error = caught.value
    told = [error.message, error.hint, repr(error.what), repr(error.way_out), str(error.args), repr(error.__cause__)]
    assert [line for line in told if SECRET in line] == []


@given(st.sampled_from(["", "postgresql://", "postgresql://localhost/", "service="]), st.text(max_size=40))
@settings(max_examples=1000)
def test_no_text_breaks_the_reader(begin, text):
    """It is a place, or it is refused as what can't be read."""
    found: Place | str
    try:
        found = read_place(begin + text, "--store")
    except SubctlError as error:
        found = error.code
    assert found == "bad_input" or isinstance(found, Server | Path)


@pytest.mark.parametrize("sign", [":", "=", "@", "/", "x", "%", "://", ":/", "a=", "[", "&"])
def test_a_long_text_is_refused_at_once(sign):
    """Whoever pastes a megabyte doesn't wait for it, and doesn't get it back."""
    started = time.monotonic()
    for begin in ("", "postgresql://", "postgresql://h/d?", "service="):
        with suppress(SubctlError):
            read_place(begin + sign * 1_000_000, "--store")
        told = str(SubctlError("usage", "No such command '{word}'.", word=begin + sign * 5_000))
        assert told.startswith("No such command")
    assert time.monotonic() - started < 10


# --- settings ----------------------------------------------------------------------------------------------

ADDRESS = f"postgresql://mary@db.example:5433/book{VERIFIED}&sslrootcert=/etc/ca.crt"


def test_the_settings_show_host_and_database(demo):
    """Wherever the address comes from."""
    config = demo.home / "XDG_CONFIG_HOME" / "subctl" / "config.toml"
    kept = demo("config", "set", "store", ADDRESS, "--json", SUBCTL_STORE="").json
    assert kept["settings"][0] == {"key": "store", "value": "postgresql://db.example/book", "from": "config"}
    assert config.read_text() == f'store = "{ADDRESS}"\n'
    other = f"postgres://x.example/y{VERIFIED}"
    for words, environment, shown in (
        (("--store", other), {}, ("postgresql://x.example/y", "option")),
        ((), {"SUBCTL_STORE": "service=book"}, ("service=book", "environment")),
        ((), {"SUBCTL_STORE": ""}, ("postgresql://db.example/book", "config")),
    ):
        found = demo("config", "show", "--json", *words, **environment).json["settings"][0]
        assert (found["value"], found["from"]) == shown
    table = demo("config", "show", SUBCTL_STORE="").text
    assert "store      postgresql://db.example/book   config\n" in table


def test_a_service_is_kept_as_it_is(demo, monkeypatch):
    """It is no path: nothing is put before it, wherever one stands."""
    monkeypatch.chdir(demo.home)
    assert demo("config", "set", "store", "service=book", "--json", SUBCTL_STORE="").json["changed"]
    assert not demo("config", "set", "store", "service=book", "--json", SUBCTL_STORE="").json["changed"]
    assert demo("config", "set", "store", "./service=book", "--json", SUBCTL_STORE="").json["settings"][0]["value"] == (
        str(demo.home / "service=book")
    )


# --- the extra ---------------------------------------------------------------------------------------------

WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == "psycopg":
            raise {error}
sys.meta_path.insert(0, Missing())
from subctl.cli.app import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("error", "package"),
    [
        ("ModuleNotFoundError('No module named psycopg', name='psycopg')", "psycopg"),
        ("ModuleNotFoundError('No module named psycopg.pq', name='psycopg.pq')", "psycopg"),
        ("ImportError('no pq wrapper available')", "psycopg-binary"),
    ],
)
def test_a_driver_that_is_not_installed(cli, error, package):
    """What the base installation can't do is said, with the command that installs it; settings do without."""
    script = WITHOUT.format(error=error)
    for words, address in (
        (("show",), "service=book"),
        (("init", "--demo", "--yes"), "postgresql:///book?host=/none"),
        (("upgrade", "--users", "20", "--yes"), "service=book"),
    ):
        assert cli.python("-c", script, *words, "--json", SUBCTL_STORE=address).refusal == (
            2,
            "extra_missing",
            f"This needs {package}, which isn't installed.",
            "Install what a server needs, in the clone: pip install '.[postgres]'",
        )
    assert cli.python("-c", script, "config", "show", "--json", SUBCTL_STORE="service=book").code == 0


def test_the_extra_is_what_pyproject_says():
    """And the command that installs it is README's."""
    import tomllib

    root = Path(__file__).parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text())
    assert project["project"]["optional-dependencies"]["postgres"] == ["psycopg[binary]>=3.2,<4"]
    assert "psycopg[binary]>=3.2,<4" in project["dependency-groups"]["dev"]
    for page in ("README.md", "docs/server.md"):
        assert "pip install -q '.[postgres]'" in (root / page).read_text()
