"""What every test may ask for by name: `cli` runs a command in this process on a store of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.cli import DEMO, Cli
from tests.support.cluster import Cluster, cluster
from tests.support.files import Files
from tests.support.files_only import runs_on_a_server

settings.register_profile("any machine", deadline=None)  # a slow or busy one finds no other faults
settings.load_profile("any machine")


FOLDER = "SUBCTL_TESTS_SERVER"
"""The folder of the server that a run with `--engine postgres` shares, for its workers."""


def pytest_addoption(parser):
    """Say on which engine the stores of tests are."""
    parser.addoption("--engine", choices=("sqlite", "postgres"), default="sqlite", help="where the stores of tests are")


def pytest_configure(config):
    """Begin the server that all workers share, in the process that they come from."""
    if config.getoption("engine") == "postgres" and not hasattr(config, "workerinput"):
        running = cluster()
        os.environ[FOLDER] = str(running.__enter__().folder)
        config.add_cleanup(lambda: running.__exit__(None, None, None))


def pytest_collection_modifyitems(config, items):
    """Run on a server what needs a store, and isn't about files."""
    if config.getoption("engine") == "postgres":
        wanted = [item for item in items if runs_on_a_server(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
        items[:] = wanted


@pytest.fixture(scope="session")
def keeper(request, tmp_path_factory, worker_id):
    """Where the stores of tests are kept, with those that were made once in this session."""
    folder = tmp_path_factory.mktemp("made")
    if request.config.getoption("engine") == "sqlite":
        yield Files(folder)
        return
    from tests.support.databases import Databases

    made = Databases(Cluster(Path(os.environ[FOLDER])), folder, worker_id)
    yield made
    made.close()


@pytest.fixture
def cli(tmp_path, keeper):
    """Commands without a store yet."""
    return Cli(tmp_path, keeper)


@pytest.fixture
def demo(cli):
    """Commands on the demo store: 2026-03-15, acme (annual, the default space) and atelier (monthly)."""
    return cli.prepare(DEMO)


@pytest.fixture
def new_cli(tmp_path_factory, keeper):
    """Return a maker of fresh places for commands, for tests that need many."""
    return lambda: Cli(tmp_path_factory.mktemp("home"), keeper)


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL that is shared: a test makes databases of its own in it, and leaves the server as it was."""
    with cluster() as made:
        yield made


@pytest.fixture(scope="session")
def databases(server, tmp_path_factory, worker_id):
    """Where the stores of tests are that have them on a server, whatever the engine of the others is."""
    from tests.support.databases import Databases

    made = Databases(server, tmp_path_factory.mktemp("made"), worker_id)
    yield made
    made.close()


CATALOG = """\
name = "Test"
valid_from = 2026-01-01
currency = "{currency}"

[seller]
name = "Seller"
address = "Street 1, Town"
country = "{country}"
vat_id = "{vat_id}"
vat_rate = "{vat_rate}"
timezone = "Europe/Amsterdam"
support = "help@seller.example"

[policy]
notice_months = 1
quote_days = {quote_days}
payment_days = 14

[plans.starter]
title = "Starter"
monthly = "{monthly}"
annual = "{annual}"

[zoom]
title = "Zoom licence"
monthly = "{zoom_monthly}"
annual = "{zoom_annual}"
"""


@pytest.fixture
def catalog_file(tmp_path):
    """Return a maker of catalog files with one plan, `starter`; keywords name what differs."""

    def make(**changes: str) -> str:
        usual = {
            "currency": "EUR",
            "country": "NL",
            "vat_id": "NL123456782B90",
            "vat_rate": "21",
            "quote_days": "30",
            "monthly": "10.00",
            "annual": "100.00",
            "zoom_monthly": "25.00",
            "zoom_annual": "250.00",
        }
        assert set(changes) <= set(usual)
        path = tmp_path / "catalog.toml"
        path.write_text(CATALOG.format(**{**usual, **changes}))
        return str(path)

    return make
