"""Being another account of this machine."""

RUN = """
import os, sys
from subctl.cli import app, commands, tree  # as root: the other account may not read this folder
for command in commands.COMMANDS: tree.module_of(command)
import encodings.utf_8_sig, pwd, json, zoneinfo, sqlite_utils, stdnum.iban, tomli_w, difflib, sqlite3, rich.table
import importlib.resources
import subctl.store.write, subctl.store.bulk, subctl.store.history, subctl.store.audit, subctl.store.sqlite.backup
import subctl.service.lists, subctl.service.look, subctl.service.bill, subctl.service.ending, subctl.service.batch
import subctl.service.outlook, subctl.service.catalogs, subctl.service.spaces, subctl.service.admins
import subctl.service.check, subctl.service.copies, subctl.service.book, subctl.view.output, subctl.view.errors
uid, gid, group = map(int, sys.argv[1:4])
os.setgroups([group]); os.setgid(gid); os.setuid(uid); os.umask(0)
sys.exit(app.main(sys.argv[4:]))
"""
"""A program: as the account, group and other group that its first words number, run the command of the others."""
