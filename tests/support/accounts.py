"""Being another account of this machine."""

RUN = """
import io, os, sys, tempfile
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pkgutil import walk_packages
import encodings.utf_8_sig, pwd, json, zoneinfo, sqlite_utils, stdnum.iban, tomli_w, difflib, sqlite3, rich.table
import importlib.resources
import subctl
from subctl.cli import app

# All is loaded as root, by a first run in a store of its own: the other account may not read where it comes from.
for module in walk_packages(subctl.__path__, "subctl."):
    import_module(module.name)
words, store = sys.argv[4:], os.environ.get("SUBCTL_STORE")
with tempfile.TemporaryDirectory() as scratch, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
    os.environ["SUBCTL_STORE"] = scratch + "/contracts.db"
    app.main(("init", "--demo"))
    app.main(words)
if store is None:
    del os.environ["SUBCTL_STORE"]
else:
    os.environ["SUBCTL_STORE"] = store

uid, gid, group = map(int, sys.argv[1:4])
os.setgroups([group]); os.setgid(gid); os.setuid(uid); os.umask(0)
sys.exit(app.main(words))
"""
"""A program: as the account, group and other group that its first words number, run the command of the others."""
