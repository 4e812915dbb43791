"""config: which settings are in force and where each comes from; option > environment > config file > default."""

import json
import os
import stat
import tomllib
from pathlib import Path

import pytest

from subctl.cli import settings

BAD = "bad_input"


@pytest.fixture
def config(demo):
    """The config file of a store's user; it isn't there yet."""
    return demo.home / "XDG_CONFIG_HOME" / "subctl" / "config.toml"


def write(config, content):
    """Write a config file by hand."""
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(content)


def shown(cli, config, *, changed=False, **differing):
    """Return the whole document where only some settings aren't the harness's: `key=(value, from)`."""
    usual = {
        "store": (str(cli.store), "environment"),
        "space": (None, "default"),
        "format": ("json", "option"),
        "color": ("auto", "default"),
        "language": (None, "default"),
    }
    items = [{"key": key, "value": value, "from": origin} for key, (value, origin) in {**usual, **differing}.items()]
    return {"schema": "config/1", "file": str(config), "settings": items, "changed": changed}


# --- show --------------------------------------------------------------------------------------------------


def test_the_settings_without_a_config_file(demo, config):
    """Every setting is there; looking makes no file."""
    assert demo("config", "show", "--json").json == shown(demo, config)
    assert not config.parent.exists()


def test_the_settings_for_people(demo, config):
    """The same as a table."""
    assert demo("config", "show", SUBCTL_STORE="/tmp/a.db").text == (
        "Setting    Value       From\n"
        "──────────────────────────────────\n"
        "store      /tmp/a.db   environment\n"
        "space      –           default\n"
        "format     table       default\n"
        "color      auto        default\n"
        "language   –           default\n"
        f"\nThe config file is {config}\n"
    )
    assert demo("config", "set", "space", "acme").text.endswith(f"\n\nChanged in {config}\n")
    assert demo("config", "set", "space", "acme").text.endswith(f"\n\nThe config file is {config}\n")


def test_the_settings_as_csv(demo):
    """A line a setting."""
    text = demo("config", "show", "--format", "csv", SUBCTL_STORE="/tmp/a.db").text
    assert text == (
        "key,value,from\nstore,/tmp/a.db,environment\nspace,,default\nformat,csv,option\ncolor,auto,default\n"
        "language,,default\n"
    )


def test_no_store_is_needed(cli):
    """Settings come before the store."""
    for words in (("show",), ("set", "space", "acme"), ("unset", "space")):
        assert cli("config", *words, "--json").code == 0
    assert not cli.is_there


def test_the_default_store(demo, config):
    """Without a word it is in the data folder; an empty variable is none."""
    default = str(demo.home / "XDG_DATA_HOME" / "subctl" / "contracts.db")
    assert demo("config", "show", "--json", SUBCTL_STORE="").json == shown(demo, config, store=(default, "default"))


@pytest.mark.parametrize("variable", ["XDG_CONFIG_HOME", "XDG_DATA_HOME"])
def test_the_folders_without_xdg(demo, variable):
    """The folders are those under the home folder then."""
    document = demo("config", "show", "--json", SUBCTL_STORE="", **{variable: ""}).json
    found = {"XDG_CONFIG_HOME": document["file"], "XDG_DATA_HOME": document["settings"][0]["value"]}[variable]
    home = demo.home / "HOME"
    assert (
        found
        == {
            "XDG_CONFIG_HOME": str(home / ".config/subctl/config.toml"),
            "XDG_DATA_HOME": str(home / ".local/share/subctl/contracts.db"),
        }[variable]
    )


# --- option > environment > config file > default ----------------------------------------------------------

LAYERS = {
    "store": ("/tmp/option.db", "/tmp/environment.db", "/tmp/config.db"),
    "format": ("json", "csv", "table"),
    "color": ("never", "always", "auto"),
}


@pytest.mark.parametrize("key", LAYERS)
def test_option_before_environment_before_config_before_default(demo, config, key):
    """Each setting by itself, with every layer there and taken away one by one."""
    option, environment, configured = LAYERS[key]
    write(config, f'{key} = "{configured}"\n')
    given, variable = (f"--{key}", option), {f"SUBCTL_{key.upper()}": environment}
    nothing = {f"SUBCTL_{key.upper()}": ""}

    def setting(*words: str, **extra: str) -> tuple[str, str]:
        form = () if key == "format" else ("--json",)
        fields = ("--fields", "settings")
        document = json.loads(demo("config", "show", *form, *fields, *words, **extra).text)
        return next((item["value"], item["from"]) for item in document["settings"] if item["key"] == key)

    assert setting(*given, **variable) == (option, "option")
    if key != "format":  # that one also decides on how it is shown itself
        assert setting(**variable) == (environment, "environment")
        assert setting(**nothing) == (configured, "config")
        config.unlink()
        assert setting(**nothing)[1] == "default"


def test_the_format_by_environment_config_and_default(demo, config):
    """The format shows in what is printed."""
    write(config, 'format = "csv"\n')
    assert demo("config", "show").text.startswith("key,value,from\n")
    assert "\nformat,csv,config\n" in demo("config", "show").text
    assert '"from": "environment"' in demo("config", "show", SUBCTL_FORMAT="json").text
    table = demo("config", "show", "--format", "table", SUBCTL_FORMAT="json").text
    assert ["format", "table", "option"] in [line.split() for line in table.splitlines()]
    config.unlink()
    assert ["format", "table", "default"] in [line.split() for line in demo("config", "show").text.splitlines()]
    assert demo("config", "show", "--json", SUBCTL_FORMAT="table").json["settings"][2]["from"] == "option"


def test_each_setting_has_its_effect(demo, config, new_cli):
    """What `config show` says is what the other commands do."""
    other = new_cli().prepare(("init", "--demo"), ("space", "set", "atelier", "--default"))
    write(config, f'store = "{other.store}"\nspace = "atelier"\nformat = "json"\ncolor = "always"\n')
    plain = {"SUBCTL_STORE": ""}
    assert json.loads(demo("whoami", **plain).text)["store"] == str(other.store)
    assert json.loads(demo("whoami").text)["store"] == str(demo.store)
    assert demo("whoami", "--store", str(other.store), "--json").json["store"] == str(other.store)
    assert demo("show").json["space"]["id"] == "atelier"
    assert demo("show", SUBCTL_SPACE="acme").json["space"]["id"] == "acme"
    assert demo("show", "--space", "atelier", SUBCTL_SPACE="acme").json["space"]["id"] == "atelier"
    assert "\x1b[" in demo("show", "--format", "table").text
    assert "\x1b[" not in demo("show", "--format", "table", SUBCTL_COLOR="never").text
    assert "\x1b[" in demo("show", "--format", "table", "--color", "always", SUBCTL_COLOR="never").text


def test_the_space_by_environment_config_and_default(demo, config):
    """A space has no option for every command: it comes from the environment, the config file, or isn't there."""
    write(config, 'space = "atelier"\n')
    assert demo("config", "show", "--json").json == shown(demo, config, space=("atelier", "config"))
    found = demo("config", "show", "--json", SUBCTL_SPACE="acme").json
    assert found == shown(demo, config, space=("acme", "environment"))


def test_errors_are_json_where_the_config_file_says_so(demo, config):
    """The format of errors has the same order of places."""
    write(config, 'format = "json"\n')
    assert demo("show", "O-1").refusal[:2] == (3, "not_found")
    assert demo("shwo").refusal[:2] == (2, "usage")
    assert demo("show", "O-1", SUBCTL_FORMAT="table").err.startswith("subctl: There is no document")


# --- set and unset -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value"),
    [("store", "/tmp/s.db"), ("space", "acme"), ("format", "csv"), ("color", "never"), ("language", "nl")],
)
def test_set_twice_and_unset_twice(demo, config, key, value):
    """Each is written, and doing it again changes nothing: neither the file nor its time."""
    plain, option = {"SUBCTL_STORE": ""}, ("--format", "json")
    default = demo("config", "show", *option, **plain).json["settings"]
    first = demo("config", "set", key, value, *option, **plain).json
    assert first["changed"]
    assert tomllib.loads(config.read_text()) == {key: value}
    if key != "format":
        assert {"key": key, "value": value, "from": "config"} in first["settings"]
    before = config.stat()
    again = demo("config", "set", key, value, *option, **plain).json
    assert again == {**first, "changed": False}
    assert config.stat() == before
    assert demo("config", "unset", key, *option, **plain).json["changed"]
    assert tomllib.loads(config.read_text()) == {}
    gone = demo("config", "unset", key, *option, **plain).json
    assert (gone["changed"], gone["settings"]) == (False, default)


def test_a_dry_run_writes_nothing(demo, config):
    """What would be in force then is shown."""
    expected = shown(demo, config, changed=True, space=("acme", "config"))
    assert demo("config", "set", "space", "acme", "--dry-run", "--json").json == expected
    assert not config.parent.exists()
    write(config, 'space = "acme"\n')
    assert demo("config", "unset", "space", "--dry-run", "--json").json == shown(demo, config, changed=True)
    assert config.read_text() == 'space = "acme"\n'


def test_what_it_does_not_know_is_kept(demo, config):
    """Keys of a later version, of every type, stay as they are."""
    others = (
        'theme = "dark"\nwidth = 80\nsince = 2026-01-01\nratio = 0.5\nlist = [1, "two"]\n\n[later.deep]\non = true\n'
    )
    write(config, f'space = "acme"\n{others}')
    assert demo("config", "set", "space", "atelier", "--json").json["changed"]
    assert tomllib.loads(config.read_text()) == {"space": "atelier", **tomllib.loads(others)}
    assert demo("config", "unset", "space", "--json").json["changed"]
    assert tomllib.loads(config.read_text()) == tomllib.loads(others)


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("set", "fromat", "json"), "There is no setting 'fromat'.", "Did you mean format?"),
        (("unset", "colour"), "There is no setting 'colour'.", "Did you mean color?"),
        (("set", "today", "2026-03-15"), "There is no setting 'today'.", "subctl config show shows what there is."),
        (("set", "plan", "pro"), "There is no setting 'plan'.", "subctl config show shows what there is."),
        (("set", "format", "jsn"), "format can't be 'jsn'.", "Choose table, json or csv."),
        (("set", "color", "red"), "color can't be 'red'.", "Choose auto, always or never."),
        (("set", "color", ""), "color can't be ''.", "Choose auto, always or never."),
        (("set", "store", ""), "store can't be ''.", "Give a file's path, or a server's address."),
        (("set", "store", "a\nb"), "store can't be 'a\\u{a}b'.", "Give a file's path, or a server's address."),
    ],
)
def test_what_can_not_be_set(demo, config, words, message, hint):
    """An unknown setting and a value that can't be are refused, and nothing is written."""
    assert demo("config", *words, "--json").refusal == (2, BAD, message, hint)
    assert not config.parent.exists()


def test_a_space_that_can_not_be(demo, config):
    """A space's ID is checked for its form; whether there is one depends on the store."""
    assert demo("config", "set", "space", "Acme Inc", "--json").refusal[:2] == (2, BAD)
    assert demo("config", "set", "space", "nobody", "--json").json["changed"]
    assert demo("show", "--json").refusal[:2] == (3, "not_found")
    assert config.read_text() == 'space = "nobody"\n'


@pytest.mark.parametrize(("path", "expected"), [("~/s.db", "HOME/s.db"), ("s.db", "here/s.db"), ("/s.db", "/s.db")])
def test_the_store_is_kept_as_a_path_from_the_root(demo, config, monkeypatch, path, expected):
    """The setting means the same wherever one stands later."""
    here = demo.home / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert demo("config", "set", "store", path, "--json").json["changed"]
    assert tomllib.loads(config.read_text()) == {"store": str(demo.home / expected)}


# --- the file ----------------------------------------------------------------------------------------------


def test_a_new_file_is_private_and_an_old_one_keeps_its_mode(demo, config):
    """Whatever the umask; and nothing is left beside."""
    old = os.umask(0)
    try:
        demo("config", "set", "space", "acme")
        assert [stat.S_IMODE(path.stat().st_mode) for path in (config, config.parent)] == [0o600, 0o700]
        config.chmod(0o644)
        demo("config", "set", "space", "atelier")
    finally:
        os.umask(old)
    assert stat.S_IMODE(config.stat().st_mode) == 0o644
    assert [path.name for path in config.parent.iterdir()] == ["config.toml"]


@pytest.mark.parametrize("there", [True, False])
def test_it_is_never_written_through_a_link(demo, config, there):
    """A link is refused, whether there is a file behind it or not; reading goes through."""
    target = demo.home / "dotfiles.toml"
    if there:
        target.write_text('space = "atelier"\n')
    config.parent.mkdir(parents=True)
    config.symlink_to(target)
    message = f"The config file {config} is a link; it isn't written through one."
    expected = (2, BAD, message, "Edit the file it points to.")
    assert demo("config", "set", "space", "acme", "--json").refusal == expected
    assert config.is_symlink()
    assert target.exists() == there
    if there:
        assert demo("show", "--json").json["space"]["id"] == "atelier"
        assert demo("config", "set", "space", "atelier", "--json").json["changed"] is False


def test_a_write_that_fails_leaves_the_old_file(demo, config, monkeypatch):
    """A full disk at any moment: the file is there as it was, and nothing is beside it."""
    write(config, 'space = "acme"\n')

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for place, name in ((os, "fsync"), (os, "fchmod"), (Path, "replace")):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, fail)
            refused = demo("config", "set", "space", "atelier", "--json").refusal
        message = f"The config file {config} can't be written: No space left on device."
        assert refused == (2, BAD, message, "")
        assert config.read_text() == 'space = "acme"\n'
        assert [path.name for path in config.parent.iterdir()] == ["config.toml"]


def test_the_content_is_on_disk_before_it_gets_its_name(demo, monkeypatch):
    """The file is synced, renamed, and then its folder is synced."""
    steps = []
    sync, replace = os.fsync, Path.replace

    def fsync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def rename(self: Path, target: Path) -> Path:
        steps.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", rename)
    assert demo("config", "set", "space", "acme", "--json").json["changed"]
    assert steps == ["file", "rename", "folder"]


def test_a_folder_that_can_not_be_made(demo, config):
    """A file in the place of the folder is named as what it is."""
    config.parent.parent.mkdir()
    config.parent.write_text("")
    refused = demo("config", "set", "space", "acme", "--json").refusal
    assert refused[:2] == (2, BAD)
    assert refused[2].startswith(f"The config file {config} can't be written: ")


# --- a config file with faults -----------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["space = ", "\x00", '"a"."b" = [', "a = 1\na = 2"])
def test_a_file_that_is_no_toml_is_left_as_it_is(demo, config, content):
    """Nothing is written over what a person has to look at."""
    write(config, content)
    for words in (("show",), ("set", "space", "acme"), ("unset", "space")):
        refused = demo("config", *words, "--json").refusal
        assert refused[:2] == (2, BAD)
        assert refused[2].startswith(f"The config file {config} is not a TOML file: ")
    assert config.read_text() == content


@pytest.mark.parametrize(("key", "way"), [("format", "table"), ("color", "auto")])
def test_the_way_out_of_a_value_that_can_not_be(demo, config, key, way):
    """Every command stumbles over it; the hint names the command that takes it out, and that one works."""
    write(config, f'{key} = "x"\n')
    choices = settings.CHOICES[key]
    command = f"subctl --{key} {way} config unset {key}"
    refused = demo("show", "--json").refusal if key == "color" else None
    hint = f"Choose {', '.join(choices[:-1])} or {choices[-1]}. To take it out: {command}."
    if refused:
        assert refused == (2, BAD, f"{key} in {config} can't be 'x'.", hint)
    assert demo("show").err == f"subctl: {key} in {config} can't be 'x'.\n{hint}\n"
    assert demo(*command.split()[1:]).code == 0
    assert demo("show").code == 0


@pytest.mark.parametrize("value", ["1", "true", '["a"]', '"a\\u0000b"', "2026-01-01"])
@pytest.mark.parametrize("key", settings.KEYS)
def test_a_value_that_is_no_text(demo, config, key, value):
    """It is named with its file, by every command that it matters to."""
    write(config, f"{key} = {value}\n")
    refused = demo("config", "show", SUBCTL_STORE="")
    assert (refused.code, refused.err) == (2, f"subctl: {key} in {config} must be a text.\n")


def test_only_what_is_written_needs_the_writer(demo):
    """Showing settings and schemas imports neither tomli-w nor what only writing needs."""
    script = (
        "import sys\nfrom subctl.cli.app import main\n"
        "main(['config', 'show']), main(['schema', 'error'])\n"
        "print(sorted({'tomli_w', 'sqlite_utils', 'jsonschema'} & set(sys.modules)), file=sys.stderr)"
    )
    assert demo.python("-c", script).err == "[]\n"
