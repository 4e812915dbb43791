"""The questions that write a first catalog: who sells, and at least one plan with its prices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from subctl.cli.prompts import ask
from subctl.domain.errors import bad_input
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.domain.system import reason
from subctl.domain.table_reader import MISSING, Fault
from subctl.domain.text import safe
from subctl.service import catalogs
from subctl.view.language import _, told
from subctl.view.output import say

Data = dict[str, Any]

_INTRODUCTION = N_("""\
A live store needs a catalog of your own: seller, plans and prices. These questions write one; more can be said
in the file (subctl catalog new prints one with all that there is, subctl init --catalog FILE takes it).
""")

_SELLER = (
    ("name", N_("Your company"), None),
    ("address", N_("Its address"), None),
    ("country", N_("Its country, two letters"), None),
    ("vat_id", N_("Its VAT number, or Enter for none"), ""),
    ("vat_rate", N_("Its VAT rate in percent"), None),
    ("iban", N_("The IBAN that customers pay to, or Enter for none"), ""),
    ("support", N_("Where customers find help, like an e-mail address"), None),
)
_POLICY = {"notice_months": 1, "quote_days": 30, "payment_days": 30}
_CAPITALS = ("country",)


def asked(today: date) -> Path:
    """Ask for a catalog, write it to a new file, and return its path (`bad_input` where that can't be written)."""
    say(_(_INTRODUCTION) + "\n")
    data: Data = {
        "name": str(today.year),
        "valid_from": date(today.year, 1, 1),
        "currency": "",
        "seller": {},
        "policy": _POLICY,
    }
    _ask_seller(data)
    _ask(data, data, "currency", "currency", _("The currency of all prices"), "EUR", str.upper)
    _ask_sold(data, _PLANS, needed=True)
    _ask_sold(data, _LICENCES, needed=False)
    if not data["licences"]:
        del data["licences"]
    return _written(data)


def _ask_seller(data: Data) -> None:
    seller = data["seller"]
    for key, question, default in _SELLER:
        _ask(data, seller, key, f"seller.{key}", _(question), default, str.upper if key in _CAPITALS else str)
    _ask(data, seller, "timezone", "seller.timezone", _("Your time zone"), _local_zone())
    for fault in _faults(data, "seller."):  # what follows from the answers, like a reason for no VAT
        asked_for = fault._replace(key=fault.key.removeprefix("seller."))
        _ask(data, seller, asked_for.key, fault.key, told(asked_for.sentence), None)


class _Sold(Record):
    """What is asked for again and again: where it stands in the catalog, and how the questions call it."""

    table: str
    first: str
    more: str
    monthly: str
    annual: str


_PLANS = _Sold(
    "plans",
    N_("The short name of a plan, like starter"),
    N_("Another plan, or Enter for no more"),
    N_("Its price for a user and month, without VAT"),
    N_("Its price for a user and year, if paid by the year, without VAT"),
)
_LICENCES = _Sold(
    "licences",
    N_("The short name of what is sold beside users, like storage, or Enter for nothing"),
    N_("Another one, or Enter for no more"),
    N_("Its price for a licence and month, without VAT"),
    N_("Its price for a licence and year, if paid by the year, without VAT"),
)


def _ask_sold(data: Data, sold: _Sold, *, needed: bool) -> None:
    """Ask for names and prices until there are no more; `needed` where there must be one at least."""
    found = data.setdefault(sold.table, {})
    while True:
        name = ask(_("{question}: ").format(question=_(sold.more if found else sold.first)))
        if not name and (found or not needed):
            return
        found[name] = {"title": name.capitalize(), "monthly": "1.00", "annual": "1.00"}
        if not name or (faults := _faults(data, f"{sold.table}.{name}")):
            del found[name]
            _say(told(faults[0].sentence) if name else _("A plan needs a name."))
            continue
        for key, question in (("monthly", sold.monthly), ("annual", sold.annual)):
            _ask(data, found[name], key, f"{sold.table}.{name}.{key}", f"  {_(question)}", None)


def _ask(  # where the answer goes, what is asked, and how it is read
    data: Data,
    table: Data,
    key: str,
    path: str,
    question: str,
    default: str | None,
    read: Callable[[str], str] = str,
) -> None:
    """Ask until there is an answer that a catalog takes; no answer is the default, and an empty one leaves it out."""
    template = _("{question} [{default}]: ") if default else _("{question}: ")
    while True:
        answer = read(ask(template.format(question=question, default=default))) or default
        if answer == "":
            table.pop(key, None)
            return
        if answer is None:
            _say(_("This is needed."))
            continue
        table[key] = answer
        fault = next((fault for fault in _faults(data, path) if fault.key == path), None)
        if fault is None:
            return
        _say(told(fault.what))


def _faults(data: Data, path: str) -> list[Fault]:
    """Return what is wrong below a key; what isn't asked yet is no fault of what is."""
    return [fault for fault in catalogs.faults(data) if fault.key.startswith(path) and fault.what != MISSING]


def _say(fault: str) -> None:
    say(f"{safe(fault)}\n")


def _local_zone() -> str:
    """Return the machine's time zone by its name."""
    zone = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    return zone or "UTC"


def _written(data: Data) -> Path:
    import tomli_w

    while True:
        path = Path(
            ask(_("{question} [{default}]: ").format(question=_("Write it to"), default="catalog.toml"))
            or "catalog.toml"
        ).expanduser()
        try:
            with path.open("xb") as file:
                file.write(tomli_w.dumps(data).encode())
        except FileExistsError:
            _say(_("There is a file {file} already.").format(file=path))
        except OSError as error:
            raise bad_input(N_("{file} can't be written: {reason}."), file=path, reason=reason(error)) from None
        else:
            return path
