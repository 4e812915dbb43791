"""Spaces: adding one with its contract, and changing what its invoices say (pricing.md 2.4, 2.5, 5)."""

from datetime import date

from subctl.domain.contract import Contract, State, step_at
from subctl.domain.dates import DAY
from subctl.domain.entry import enter_contract
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.record import Record
from subctl.domain.refusals import refuse_card_monthly, refuse_plan_limit, refuse_private, refuse_unsold
from subctl.domain.sentence import N_
from subctl.results.contract_page import AddedSpace, ChangedSpace
from subctl.service import access
from subctl.service.caller import Caller
from subctl.service.change import require_plan
from subctl.service.contract_page import contract_page, space_details
from subctl.service.identifiers import check_iban, check_vat_id, is_unchecked
from subctl.service.party import Party
from subctl.service.session import Session, writing
from subctl.store import read, write


class NewSpace(Record):
    """What `space add` is told; None where nothing was said."""

    id: str
    name: str
    state: State
    country: str | None = None
    start: date | None = None
    renews_on: date | None = None
    billed_through: date | None = None
    active_users: int = 0
    address: str | None = None
    vat_id: str | None = None
    email: str | None = None
    reference: str | None = None
    payment: str = "invoice"
    iban: str | None = None
    party: Party = Party()


def add_space(caller: Caller, new: NewSpace) -> AddedSpace:
    """Add a space with its contract; return the contract page, and what was taken for granted (2.5).

    Errors: `already_exists`, `not_found`, `plan_limit`, `payment_method`, `bad_input`, and the clock's.
    """
    with writing(caller) as session:
        return enter(session, new)


def enter(session: Session, new: NewSpace) -> AddedSpace:
    """Add a space inside a transaction, and return its contract page."""
    if read.space(session.connection, new.id) is not None:
        raise SubctlError(
            "already_exists",
            N_("There is a space {space} already."),
            N_("See {command}."),
            space=new.id,
            command=f"subctl show --space {new.id}",
        )
    space, contract = prepare(session, new)
    session.check_clock()
    if session.writes:
        write.insert_spaces(session.connection, [(space, contract)])
        added = {**new.state._asdict(), "active_users": new.active_users}
        session.record(new.id, added=added, **noted(entered=unchecked(space)))
    return AddedSpace(contract_page(session, space, contract), _assumed(new, contract), unchecked(space))


def unchecked(space: read.Space) -> bool:
    """Tell whether a space has a VAT number that VIES was not asked about (pricing.md 3.3)."""
    return is_unchecked(space.details.vat_id, space.details.country)


def noted(*, entered: bool) -> dict[str, str]:
    """Return what the history says where a VAT number was entered that VIES was not asked about (pricing.md 3.3)."""
    return {"vies": "not checked"} if entered else {}


def _assumed(new: NewSpace, contract: Contract) -> date | None:
    """Return the last day that was taken as invoiced elsewhere, where nobody said so (pricing.md 2.5)."""
    assumed = new.billed_through is None and contract.billed_until > contract.billed_from
    return contract.billed_until - DAY if assumed else None


def prepare(session: Session, new: NewSpace) -> tuple[read.Space, Contract]:
    """Return a new space and its contract, refused where the rules do; its buyer has no number yet."""
    state, country = new.state, new.country or session.catalog.seller.country
    require_plan(session, state.plan)
    refuse_unsold(session.catalogs, session.day, state._replace(licences=()), state)
    if not session.caller.as_support:
        refuse_private(new.id, session.catalog, state.plan)
    refuse_plan_limit(session.catalog, state.plan, state.users)
    refuse_card_monthly(new.payment, state.billing)
    if new.active_users > state.users:
        raise _too_many_active(new.active_users, state.users)
    details = read.Details(
        name=new.name,
        country=country,
        address=new.address,
        vat_id=check_vat_id(new.vat_id, country) if new.vat_id else None,
        email=new.email,
        reference=new.reference,
        payment=new.payment,
        iban=check_iban(new.iban) if new.iban else None,
    )
    details = new.party.on(details)
    contract = enter_contract(new.id, state, session.day, new.start or session.day, new.renews_on, new.billed_through)
    return read.Space(new.id, 0, details, new.active_users, locked=False), contract


class Details(Record):
    """What `space set` is told; None where nothing was said, an empty text to take something out."""

    name: str | None = None
    country: str | None = None
    address: str | None = None
    vat_id: str | None = None
    email: str | None = None
    reference: str | None = None
    payment: str | None = None
    iban: str | None = None
    party: Party = Party()
    active_users: int | None = None
    locked: bool | None = None
    default: bool = False


def set_space(caller: Caller, space_id: str, wanted: Details) -> ChangedSpace:
    """Change a space's details; they are used from the next invoice on, earlier ones keep theirs.

    Setting what is so already changes nothing. Locking and the default space are the store administrators'.
    Errors: `not_found`, `payment_method`, `bad_input`, and the clock's.
    """
    with writing(caller, space_id) as session:
        space, contract = session.load(space_id)
        if wanted.locked is not None or wanted.default:
            session.require(access.STORE)
        after = _with_details(space, contract, wanted)
        makes_default = wanted.default and session.settings.default_space != space.id
        if after == space and not makes_default:
            return _changed(session, space, space, contract)
        entered = after.details.vat_id != space.details.vat_id and unchecked(after)
        session.check_clock()
        if session.writes:
            after = _save_space(session, space, after)
            if makes_default:
                write.set_default_space(session.connection, space.id)
            before, now = (space_details(each)._asdict() for each in (space, after))
            session.record(space.id, before=before, after=now, default=makes_default, **noted(entered=entered))
        return _changed(session, space, after, contract, default=makes_default)._replace(unchecked=entered)


def _changed(
    session: Session, before: read.Space, after: read.Space, contract: Contract, *, default: bool = False
) -> ChangedSpace:
    changed = default or before._replace(buyer=after.buyer) != after
    page = contract_page(session, after, contract)
    return ChangedSpace(page, space_details(before), default, changed, unchecked=False)


def _with_details(space: read.Space, contract: Contract, wanted: Details) -> read.Space:
    """Return the space as it is wanted, refused where that can't be."""

    def chosen(name: str, current: str | None) -> str | None:
        value = getattr(wanted, name)
        return current if value is None else value or None

    old = space.details
    country = wanted.country or old.country
    vat_id = chosen("vat_id", old.vat_id)
    payment = wanted.payment or space.payment
    iban = check_iban(wanted.iban) if wanted.iban else chosen("iban", space.iban)
    active = space.active_users if wanted.active_users is None else wanted.active_users
    for step in contract.steps:
        if payment != space.payment and step.start >= step_at(contract.steps, contract.billed_until).start:
            refuse_card_monthly(payment, step.state.billing)
    if active > contract.current.users and active > space.active_users:
        raise _too_many_active(active, contract.current.users)
    details = old._replace(
        name=wanted.name or old.name,
        country=country,
        address=chosen("address", old.address),
        vat_id=check_vat_id(vat_id, country) if vat_id else None,
        email=chosen("email", old.email),
        reference=chosen("reference", old.reference),
        payment=payment,
        iban=iban,
    )
    locked = space.locked if wanted.locked is None else wanted.locked
    return space._replace(details=wanted.party.on(details), active_users=active, locked=locked)


def _save_space(session: Session, before: read.Space, after: read.Space) -> read.Space:
    if after.details != before.details:
        after = after._replace(buyer=write.insert_buyer(session.connection, after.details))
    write.update_space(session.connection, after)
    return after


def _too_many_active(active: int, users: int) -> SubctlError:
    return bad_input(
        N_("There can't be {active} active users in a contract for {users}."),
        N_("Give the contract at least as many users as are active."),
        active=active,
        users=users,
    )
