"""A change: one computation, previewed, quoted or ordered (pricing.md 4, 5); `quote` saves and accepts offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.catalog import Catalog, Catalogs
from subctl.domain.contract import Contract, State, Wish, licences_of, step_at
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import Fee
from subctl.domain.money import format_amount, format_fee, parse_amount
from subctl.domain.pricing import Change, Planned, plan_change
from subctl.domain.rate_card import Offer
from subctl.domain.record import Record
from subctl.domain.refusals import (
    refuse_change,
    refuse_direction,
    refuse_ended,
    refuse_unoffered,
    refuse_unsold,
)
from subctl.domain.sentence import N_
from subctl.domain.text import near, safe
from subctl.results.change import ShownChange, Standing
from subctl.results.parties import Payment
from subctl.service.caller import Caller
from subctl.service.parties import mandate_of, payment_of
from subctl.service.session import Session, reading, writing
from subctl.store import read

if TYPE_CHECKING:
    from subctl.service.placing import Noted, OrderNumbers


class Decision(Record):
    """A change that was worked out: what was asked for, of which space, by which catalog, and on which contract.

    `catalogs` are all that are known.
    """

    asked: str | None
    wish: Wish
    catalog: Catalog
    catalogs: Catalogs
    space: read.Space
    before: Contract
    planned: Planned
    payment: Payment

    @property
    def change(self) -> Change:
        """What a person is shown of it, and what is kept."""
        return self.planned.change

    @property
    def shown(self) -> ShownChange:
        """The preview."""
        return ShownChange(
            self.space.id, self.change, self.change.changed, standing=self._standing, catalogs=self.catalogs
        )

    @property
    def _standing(self) -> Standing:
        day = self.change.day
        return Standing(
            paid=step_at(self.before.steps, day).state,
            last_day=self.before.last_day,
            payment=self.payment,
            due_date=self.catalog.due_date(day),
        )


def work_out(session: Session, asked: str | None, wish: Wish, offer: Offer | None = None) -> Decision:
    """Work out a change, refused where it can't be priced at all; an offer's rates count where it is accepted (6.3)."""
    space, contract = session.load(asked)
    refuse_ended(contract, session.day)
    wanted = wish.applied_to(contract.current)
    if wanted.plan != contract.current.plan:
        require_plan(session, wanted.plan)
    refuse_unsold(session.catalogs, session.day, contract.current, wanted)
    planned = plan_change(contract, wanted, session.day, session.catalogs, space.taxed_as, offer)
    mandate = mandate_of(session, space.details, session.catalog.seller, session.day)
    payment = payment_of(space.details, mandate)
    return Decision(asked, wish, session.catalog, session.catalogs, space, contract, planned, payment)


def allow(session: Session, decision: Decision) -> Decision:
    """Refuse a change by the first rule it breaks, the clock last (pricing.md 5); what changes nothing passes."""
    change, caller = decision.change, session.caller
    if change.changed:
        customer = decision.space.customer
        refuse_change(decision.before, customer, change.after, session.catalog, as_support=caller.as_support)
        refuse_direction(caller.command, change.kind, decision.asked, decision.wish, as_support=caller.as_support)
        session.check_clock()
    return decision


def decide(session: Session, asked: str | None, wish: Wish) -> Decision:
    """Work out a change, and refuse what the rules refuse (pricing.md 5)."""
    return allow(session, work_out(session, asked, wish))


def require_plan(session: Session, plan: str) -> None:
    """Refuse a plan that isn't sold today, or not in a catalog that is known to come (`not_found`)."""
    if plan not in session.catalog.plans:
        hint = near(plan, list(session.seen(session.catalog).plans), "subctl list plans")
        raise SubctlError("not_found", N_("There is no plan '{plan}'."), hint, plan=safe(plan))
    refuse_unoffered(session.catalogs, session.day, plan)


def entitlement(caller: Caller, asked: str | None) -> State:
    """Return what is so today of a contract that hasn't ended, for numbers that are relative to it."""
    with reading(caller, asked) as session:
        _, contract = session.load(asked)
        refuse_ended(contract, session.day)
        return contract.current


def preview(caller: Caller, asked: str | None, wish: Wish, *, expect: str | None = None) -> ShownChange:
    """Return what a change would cost, refused where the order would be, and write nothing."""
    with reading(caller, asked) as session:
        decision = decide(session, asked, wish)
        check_expectation(decision.change, expect)
        return decision.shown


def order_change(
    caller: Caller,
    asked: str | None,
    wish: Wish,
    *,
    expect: str | None = None,
    shown: ShownChange | None = None,
) -> ShownChange:
    """Order a change; `shown` is the preview that was agreed to, `expect` what must be due now (6.4).

    Errors: `quote_stale` where the contract has moved since the preview, `expectation_failed`, and pricing.md 5.
    """
    with writing(caller, asked) as session:
        decision = decide(session, asked, wish)
        check_expectation(decision.change, expect)
        refuse_moved(decision, shown)
        return execute(session, decision)


def refuse_moved(decision: Decision, shown: ShownChange | None) -> None:
    """Refuse what isn't what was shown before (`quote_stale`)."""
    if shown is not None and shown._replace(catalogs=None) != decision.shown._replace(catalogs=None):
        moved = N_("The contract has moved since this preview.")
        raise SubctlError("quote_stale", moved, N_("Look again, then order."))


def check_expectation(change: Change, expect: str | None) -> None:
    """Refuse an order that doesn't cost what was expected (pricing.md 6.4)."""
    if expect is None:
        return
    wanted = parse_amount(expect, change.currency, "--expect")
    due = change.total_now
    if change.changed and wanted != due:
        raise SubctlError(
            "expectation_failed",
            N_("{due} {currency} would be due now, not {expected}."),
            N_("Look at the preview, then order with the right --expect."),
            due=format_amount(due, change.currency),
            currency=change.currency,
            expected=format_amount(wanted, change.currency),
        )


def shown_words(session: Session, space: read.Space, change: Change) -> str:
    """Write what was shown in words of a change: of all invoices that it names."""
    from subctl.service.issue import wordings
    from subctl.store import kept_words

    due, upcoming = ([draft] if draft else [] for draft in (change.due_now, change.next_invoice))
    return kept_words.texts(
        catch_up=wordings(session, space, change.catch_up),
        due_now=wordings(session, space, due),
        next_invoice=wordings(session, space, upcoming),
    )


def execute(session: Session, decision: Decision, quote: int | None = None) -> ShownChange:
    """Order a change in the session's transaction: invoices, price steps, the order, its history.

    `quote` is the id of the one that is accepted.
    """
    if not decision.change.changed or not session.writes:
        return decision.shown
    from subctl.service.placing import place

    (placed,) = place(session, [prepared(session, decision, quote)])
    return numbered(decision.shown, placed)


def prepared(session: Session, decision: Decision, quote: int | None = None) -> Noted:
    """Make all that the order of a change writes, but for its numbers."""
    from subctl.service.placing import Ordering, prepare
    from subctl.store import facts

    change = decision.change
    ordering = Ordering(
        kind=change.kind,
        before=decision.before,
        after=decision.planned.contract,
        document=facts.change_text(change),
        words=shown_words(session, decision.space, change),
        catch_up=change.catch_up,
        own=change.due_now,
        quote=quote,
    )
    before = _noted(change.before, change.before_fee, change)
    return prepare(
        session, decision.space, ordering, before=before, after=_noted(change.after, change.after_fee, change)
    )


def numbered(shown: ShownChange, placed: OrderNumbers) -> ShownChange:
    """Return a preview as what was ordered, with its numbers."""
    invoice = placed.issued[-1] if shown.change.due_now else None
    return shown._replace(order=placed.order, invoice=invoice, issued=placed.issued)


def _noted(state: State, fee: Fee, change: Change) -> dict[str, object]:
    """Return a state as the history keeps it, with its fee as text in the currency's decimals."""
    licences = licences_of(state, change.licences)
    return {
        "plan": state.plan,
        "users": state.users,
        **({"zoom": licences["zoom"]} if "zoom" in licences else {}),
        "licences": licences,
        "billing": state.billing,
        "fee": format_fee(fee.amount, change.currency),
        "fee_per": fee.per,
    }
