"""A change as a preview, a quote or an order; an order by its number; a cancellation.

The order of a preview: what changes; from when it can be used; what is free and until when; what is due now
and why; what the next regular invoice will be; how long the quote holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from subctl.view import words
from subctl.view.console import Page
from subctl.view.invoice import draw_lines
from subctl.view.layout import Column, Row

if TYPE_CHECKING:
    from rich.text import Text

_KINDS = {"upgrade": "Upgrade", "downgrade": "Downgrade", "billing": "Change of billing", "cancel": "Cancellation"}


_STATES = (Column(""), Column("Now", right=True, fold=True), Column("New", right=True, fold=True))


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw a change, or an order that holds one."""
    if document["schema"] == "order/1":
        _draw_order(page, document)
    else:
        _draw_change(page, document)


def draw_brief(page: Page, document: dict[str, Any]) -> None:
    """Draw only what became of a change, a cancellation or a withdrawal that was shown before."""
    if document["schema"] == "order/1":
        _draw_end(page, document)
    else:
        _draw_footer(page, document)


def _draw_order(page: Page, document: dict[str, Any]) -> None:
    """Draw an order or a cancellation by its number; one that is being withdrawn in short."""
    if "credit" in document:
        _draw_withdrawal(page, document)
    elif document["kind"] == "cancel":
        _draw_cancellation(page, document)
    else:
        _draw_change(page, document["change"])
    _draw_end(page, document)


def _draw_withdrawal(page: Page, document: dict[str, Any]) -> None:
    what = _KINDS[document["kind"]].lower()
    page.title(f"Withdrawal of {document['number']}, the {what} of {document['space']}")
    page.line()
    back = f"Back to {_state(document['change']['before'])}." if document["change"] else "The contract goes on."
    page.line(f"Ordered on {words.day(document['date'])}. {back}")
    credit = document["credit"]
    if credit:
        total = words.money(credit["total"], document["currency"])
        _section(page, document, f"Credit note: {total}, for {document['invoice']}", credit)


def _draw_cancellation(page: Page, document: dict[str, Any]) -> None:
    page.title(f"{_KINDS[document['kind']]} of {document['space']} on {words.day(document['date'])}")
    page.line()
    if document["last_day"]:
        last = f"The last day is {words.day(document['last_day'])}."
        page.line(f"{last} Until then everything stays usable; from then on nothing is invoiced.")
    else:
        page.line("The contract never starts, and nothing is invoiced.")
    for draft in document.get("catch_up", ()):
        _section(page, document, f"Due already, invoiced with it: {words.period(draft['period'])}", draft)


def _draw_end(page: Page, document: dict[str, Any]) -> None:
    """Draw what became of an order: a cancellation that stands, or what was withdrawn."""
    number = document["number"]
    if document["withdrawn"]:
        note = f", with the credit note {document['credit_note']}" if document["credit_note"] else ""
        state = "Withdrawn" if document["changed"] else "Withdrawn before"
        page.line()
        page.line(f"{state}: {number} on {words.day(document['withdrawn'])}{note}.", style="yellow")
    elif document["kind"] == "cancel" and number and "credit" not in document:
        state = "Cancelled" if document["changed"] else "Cancelled before"
        issued = f"; issued {', '.join(document['issued'])}" if document["issued"] else ""
        page.line()
        page.line(f"{state}: {number}{issued}.", style="green")
        page.line(f"Take it back with: subctl withdraw {number}", style="dim")


def _draw_change(page: Page, document: dict[str, Any]) -> None:
    if document["kind"] == "none":
        page.line(f"Nothing changes: {document['space']} has {_state(document['after'])} already.")
        return
    page.title(f"{_KINDS[document['kind']]} of {document['space']} on {words.day(document['date'])}")
    page.line()
    page.table(_STATES, _states(document))
    page.line()
    page.facts(_dates(document))
    if "explanation" in document:
        page.line(f"Why: {document['explanation']}.", style="dim")
    for draft in document["catch_up"]:
        _section(page, document, f"Due already, invoiced with the order: {words.period(draft['period'])}", draft)
    _draw_due_now(page, document)
    _draw_next(page, document)
    _draw_footer(page, document)


def _state(state: dict[str, Any]) -> str:
    users = "1 user" if state["users"] == 1 else f"{state['users']} users"
    return f"{state['plan']}, {users}{words.licences(state)}, on {state['billing']} billing"


def _states(document: dict[str, Any]) -> list[Row]:
    """Return what is and what is wanted, side by side; what differs stands out."""
    before, after = document["before"], document["after"]
    licences = [
        (f"{words.licence(kind)} licences", before["licences"].get(kind, 0), number)
        for kind, number in after["licences"].items()
    ]
    compared = [
        ("Plan", before["plan"], after["plan"]),
        ("Users", before["users"], after["users"]),
        *licences,
        ("Billing", before["billing"], after["billing"]),
        *_fees(document),
    ]
    return [
        Row([_styled(label, "dim"), str(old), _styled(str(new), "bold" * (old != new))]) for label, old, new in compared
    ]


def _fees(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return what the states cost; where they are paid differently, each in its own unit."""
    before, after, currency = document["before"], document["after"], document["currency"]
    if before["fee_per"] == after["fee_per"]:
        return [(f"{currency} a {after['fee_per']}", before["fee"], after["fee"])]
    old, new = (f"{state['fee']} a {state['fee_per']}" for state in (before, after))
    return [(currency, old, new)]


def _styled(text: str, style: str) -> Text:
    from rich.text import Text

    return Text(text, style=style)


def _dates(document: dict[str, Any]) -> list[tuple[str, str | Text]]:
    dates: list[tuple[str, str | Text]] = []
    if document["kind"] != "billing":
        at_once = ", at once" if document["available_from"] == document["date"] else ""
        what = "Usable from" if document["kind"] == "upgrade" else "In use from"
        dates.append((what, words.day(document["available_from"]) + at_once))
    if document["free_until"]:
        dates.append(("Free until", _styled(words.day(document["free_until"]), "green")))
    return [*dates, ("New price from", words.day(document["price_from"], "never: the contract ends before"))]


def _section(page: Page, document: dict[str, Any], title: str, draft: dict[str, Any]) -> None:
    page.line()
    page.title(title)
    draw_lines(page, draft, document["currency"])
    if draft["vat_note"]:
        page.line(draft["vat_note"], style="dim")


def _draw_due_now(page: Page, document: dict[str, Any]) -> None:
    due = document["due_now"]
    if due is None:
        page.line()
        page.title("Due now: nothing")
        return
    total = words.money(due["total"], document["currency"])
    _section(page, document, f"Due now: {total}, an upgrade invoice for {words.period(due['period'])}", due)


def _draw_next(page: Page, document: dict[str, Any]) -> None:
    draft = document["next_invoice"]
    if draft is None:
        return
    total = words.money(draft["total"], document["currency"])
    title = f"Next invoice with the new price: {total} on {words.day(draft['date'])}"
    _section(page, document, f"{title}, for {words.period(draft['period'])}", draft)


def _draw_footer(page: Page, document: dict[str, Any]) -> None:
    if document["order"]:
        issued = document["issued"]
        invoices = f"; issued {', '.join(issued)}" if issued else "; no invoice now"
        page.line()
        state = "Ordered" if document["changed"] else "Ordered before"
        page.line(f"{state}: {document['order']}{invoices}.", style="green")
        for number in issued:
            page.line(f"See it with: subctl show {number}", style="dim")
    elif document["quote"]:
        page.line()
        valid, status = words.day(document["valid_until"]), document.get("status", "open")
        if status == "open":
            page.line(f"Quote {document['quote']} holds until {valid}.", style="green")
            page.line(f"Accept it with: subctl order {document['quote']}", style="dim")
        else:
            page.line(f"Quote {document['quote']}, valid until {valid}: {status}.", style="yellow")
    elif document["valid_until"]:
        page.line()
        page.line(f"A preview: nothing is saved. As a quote it would hold until {words.day(document['valid_until'])}.")
