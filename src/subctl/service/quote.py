"""Quotes: a change is saved as an offer, and an offer is accepted (pricing.md 6)."""

from subctl.domain.contract import Contract, State, Wish
from subctl.domain.errors import SubctlError
from subctl.domain.numbers import QUOTE, number, parse_number
from subctl.domain.quoting import Terms, quote_terms, taxed_otherwise
from subctl.domain.rate_card import Offer
from subctl.domain.refusals import change_command, expired, refuse_ended, stale
from subctl.domain.sentence import N_, Sentence
from subctl.results.change import ShownChange
from subctl.service.caller import Caller
from subctl.service.change import (
    Decision,
    allow,
    check_expectation,
    decide,
    execute,
    refuse_moved,
    shown_words,
    work_out,
)
from subctl.service.open_quotes import stale_because
from subctl.service.parties import parties_of, plan_titles
from subctl.service.session import Session, writing
from subctl.store import documents


def save_quote(caller: Caller, asked: str | None, wish: Wish, *, shown: ShownChange | None = None) -> ShownChange:
    """Preview a change and save it as a quote; the same one asked for again the same day is the same (6.1).

    `shown` is the preview that is to be saved (`quote_stale` where the contract has moved since).
    """
    with writing(caller, asked) as session:
        decision = decide(session, asked, wish)
        refuse_moved(decision, shown)
        if not decision.change.changed:
            return decision.shown
        terms = quote_terms(decision.before, decision.change, session.catalogs, decision.space.taxed_as)
        if not session.writes:
            return decision.shown._replace(valid_until=terms.valid_until)
        return _saved_before(session, decision, terms) or _save_quote(session, decision, terms)


def _saved_before(session: Session, decision: Decision, terms: Terms) -> ShownChange | None:
    """Return the quote of today that has the same facts."""
    from subctl.service.document_page import shown_quote  # a preview shows no document

    for saved in documents.quotes_of(session.connection, decision.space.id, session.day, decision.before.version):
        if (saved.day, saved.valid_until, saved.change) == (session.day, terms.valid_until, decision.change):
            return shown_quote(session, saved)._replace(standing=decision.shown.standing)
    return None


def _save_quote(session: Session, decision: Decision, terms: Terms) -> ShownChange:
    from subctl.store import facts, write

    quote_id = write.insert_quote(
        session.connection,
        session.day,
        {
            "space": decision.space.id,
            "valid_until": terms.valid_until.isoformat(),
            "version": decision.before.version,
            "catalog": session.catalogs.newest,
            "buyer": decision.space.buyer,
            "boundary": terms.boundary.isoformat() if terms.boundary else None,
            "vat_category": terms.vat.category,
            "vat_rate": terms.vat.rate,
            "before": facts.snapshot_text(decision.before),
            "document": facts.change_text(decision.change),
            "words": shown_words(session, decision.space, decision.change),
        },
    )
    next_number = number(QUOTE, quote_id)
    session.record(decision.space.id, quote=next_number)
    parties = parties_of(decision.catalog.seller, decision.space.details)
    return decision.shown._replace(
        quote=next_number,
        valid_until=terms.valid_until,
        parties=parties,
        titles=plan_titles(session.catalogs, decision.change),
    )


def order_quote(caller: Caller, number_text: str, *, expect: str | None = None) -> ShownChange:
    """Accept a quote: what was shown is ordered, or refused (pricing.md 6.2, 6.3).

    Errors: `not_found`, `quote_expired`, `quote_stale`, `expectation_failed`, and pricing.md 5.
    """
    with writing(caller, document=number_text) as session:
        saved = find_quote(session, number_text)
        ordered = documents.order_of_quote(session.connection, saved.id)
        if ordered is not None:
            if ordered.withdrawn:
                why = Sentence(N_("its order was withdrawn on {day}"), {"day": ordered.withdrawn})
                raise _stale(session, saved, why)
            from subctl.service.document_page import shown_ordered

            return shown_ordered(session, ordered, saved)._replace(changed=False)
        _, contract = session.load(saved.space)
        refuse_ended(contract, session.day)
        _refuse_old(session, saved, contract)
        offer = Offer(saved.day, session.catalogs.known_by(saved.catalog))
        decision = work_out(session, saved.space, _naming_all(contract.current, saved.change.after), offer)
        if taxed_otherwise(saved.change, decision.change):
            raise _stale(session, saved, Sentence(N_("the VAT has changed")))
        allow(session, decision)
        check_expectation(decision.change, expect)
        done = execute(session, decision, saved.id)
        return done._replace(quote=number(QUOTE, saved.id), valid_until=saved.valid_until)


def _naming_all(current: State, after: State) -> Wish:
    """Return the wish that names the whole of a state; a kind of licence that is there now and not then is 0."""
    licences = {**dict.fromkeys(dict(current.licences), 0), **dict(after.licences)}
    return Wish(after.plan, after.users, tuple(licences.items()), after.billing)


def find_quote(session: Session, number_text: str) -> documents.Quote:
    """Return a quote of a space this account may see (`not_found`, `not_administrator`)."""
    series, quote_id = parse_number(number_text)
    saved = documents.quote(session.connection, quote_id) if series == QUOTE else None
    return session.own_document(saved, number_text, "quote")


def _refuse_old(session: Session, saved: documents.Quote, contract: Contract) -> None:
    if session.day > saved.valid_until:
        raise expired(number(QUOTE, saved.id), saved.valid_until, _again(session, saved))
    why = stale_because(session, saved, contract)
    if why:
        raise _stale(session, saved, why)


def _stale(session: Session, saved: documents.Quote, why: Sentence) -> SubctlError:
    return stale(number(QUOTE, saved.id), why, _again(session, saved))


def _again(session: Session, saved: documents.Quote) -> str:
    """Write the command that asks for what a quote offered."""
    before, after = saved.change.before, saved.change.after
    had = dict(before.licences)
    whole = _naming_all(before, after)
    wish = Wish(
        plan=after.plan if after.plan != before.plan else None,
        users=after.users if after.users != before.users else None,
        licences=tuple((kind, count) for kind, count in whole.licences if count != had.get(kind, 0)),
        billing=after.billing if after.billing != before.billing else None,
    )
    return change_command("quote", saved.space, wish, as_support=session.caller.as_support)
