"""Being another account of this machine."""

RUN = """
import os, sys
from subctl.cli import app, commands, tree  # as root: the other account may not read this folder
for command in commands.COMMANDS: tree.module_of(command)
import encodings.utf_8_sig, pwd, json, zoneinfo, sqlite_utils, stdnum.iban, tomli_w, difflib, sqlite3, rich.table
import importlib.resources
import subctl.store.write, subctl.store.bulk, subctl.store.history, subctl.store.audit, subctl.store.sqlite.backup
import subctl.service.lists, subctl.service.contract_page, subctl.service.document_page, subctl.service.billing
import subctl.service.cancellation, subctl.service.withdrawal, subctl.service.apply, subctl.service.space_import
import subctl.service.compare, subctl.service.forecast, subctl.service.catalogs, subctl.service.spaces
import subctl.service.administrators, subctl.service.history, subctl.service.export, subctl.service.whoami
import subctl.service.check.whole, subctl.service.backup, subctl.service.init, subctl.view.output, subctl.view.errors
uid, gid, group = map(int, sys.argv[1:4])
os.setgroups([group]); os.setgid(gid); os.setuid(uid); os.umask(0)
sys.exit(app.main(sys.argv[4:]))
"""
"""A program: as the account, group and other group that its first words number, run the command of the others."""
