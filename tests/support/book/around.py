"""What happens around a contract, lived by both sides: bill runs, catalogs, moves, and who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from subctl.domain import contract as real
from subctl.results.billing import BillRun
from subctl.results.catalog import ImportedCatalog
from subctl.service import billing, catalog_import, catalogs, change, contract_page, spaces
from subctl.service.text_file import text_file
from tests.support.book.acts import Act
from tests.support.book.book import STRANGER, Book, Kept
from tests.support.book.entering import told_as
from tests.support.book.files import CURRENCIES, NOT_A_VAT_ID, toml
from tests.support.oracle import timeline
from tests.support.oracle.calendar import DAY
from tests.support.oracle.catalogs import escapable, imported, in_force_on, missing, to_come, without
from tests.support.oracle.customers import refuse_card
from tests.support.oracle.effects import Effect, effects
from tests.support.oracle.terms import Catalog, RefusedError, State

# --- bill runs -------------------------------------------------------------------------------------------------


def bill(book: Book, space: str | None) -> None:
    """pricing.md 4.3, 7.4: by period start, then ID; a dry run shows the same; run again it issues nothing."""
    dry = book.see(billing.bill(book.caller("bill", dry_run=True), space))
    run = book.see(billing.bill(book.caller("bill"), space))
    expected = []
    for kept in sorted(book.kept.values(), key=lambda kept: (kept.life.billed_until, kept.space)):
        if space in (None, kept.space):
            before = kept.life.billed_until
            invoices = kept.life.bill(book.day)
            numbers = book.issue(kept)
            digits = in_force_on(book.known, book.day).digits
            expected += [
                (name, kept.space, one.start, one.end, one.net, one.tax, one.net + one.tax, CURRENCIES[digits])
                for name, one in zip(numbers, invoices, strict=True)
            ]
            if kept.life.billed_until > before:
                book.wrote("contracts billed")
    book.same((issued_by(run), run.failed), (expected, ()))
    book.same([row[1:] for row in issued_by(dry)], [row[1:] for row in expected])
    before_again = book.cli.bytes
    book.same(issued_by(billing.bill(book.caller("bill"), space)), [])
    book.same(book.cli.bytes == before_again, True)
    book.met["bill runs"] += 1


def issued_by(run: BillRun) -> list[tuple[object, ...]]:
    """Return what a run issued, in short."""
    return [
        (each.number, each.space, *each.period, each.net, each.vat, each.total, each.currency) for each in run.issued
    ]


# --- catalogs --------------------------------------------------------------------------------------------------


def import_catalog(book: Book, act: Act) -> None:
    """pricing.md 3.4 to 3.6: other prices from a day to come on, where nobody is bound and all in use stays sold."""
    assert act.catalog is not None
    catalog = _fitted(book, act, replace(act.catalog, valid_from=book.day + timedelta(act.days)))
    coming = list(to_come(book.known, book.day))
    if "same_day" in act.how and coming:
        catalog = replace(catalog, valid_from=coming[act.pick % len(coming)].valid_from)
    foreign = {"currency": "USD"} if act.pick else {"country": "DE"}
    file = book.write(toml(catalog, **(foreign if "foreign" in act.how else {})))

    def import_() -> ImportedCatalog:
        return catalog_import.import_(book.caller("catalog import"), catalogs.read_catalog_file(text_file(file)))

    now = in_force_on(book.known, catalog.valid_from)
    if now == catalog and "foreign" not in act.how:
        book.unchanged(import_)
        return
    after = imported(book.known, catalog)
    lacking = missing(catalog, _in_use(book))
    bound = bool(book.kept) and not escapable(after, catalog.valid_from, book.day)
    if lacking or bound or "foreign" in act.how:
        book.refused("bad_input", import_)
        why = "foreign" if "foreign" in act.how else "of what it lacks" if lacking else "of a rise"
        book.met[f"catalogs refused because {why}"] += 1
        return
    effects_ = effects(book.known, catalog, [kept.life for kept in book.kept.values()])
    done = book.see(import_())
    book.same([_effect(done, place) for place in range(len(done.effects))], effects_)
    book.unchanged(import_)
    book.met["catalogs that replace another"] += any(each.valid_from == catalog.valid_from for each in coming)
    taxed = [
        (each.seller.vat_rate, each.seller.vat_id) for each in (in_force_on(after, catalog.valid_from - DAY), catalog)
    ]
    book.met["catalogs with another VAT"] += taxed[0] != taxed[1]
    book.met["catalogs that drop a plan or a licence"] += bool(_lost(now, catalog))
    book.met["catalogs in which a rate rises"] += any(effect[2] > effect[1] for effect in effects_)
    _learn(book, after, "catalogs imported")


def _effect(done: ImportedCatalog, place: int) -> Effect:
    effect = done.effects[place]
    move = effect.move
    return move.key, move.before, move.after, effect.contracts, effect.earliest, effect.latest


def _lost(before: Catalog, after: Catalog) -> set[str]:
    return {*before.plans, *before.licences} - {*after.plans, *after.licences}


def _in_use(book: Book) -> list[State]:
    return [state for kept in book.living() for state in kept.life.in_use(book.day)]


def _fitted(book: Book, act: Act, catalog: Catalog) -> Catalog:
    """Return a catalog that keeps what is in use, unless it is lean; and in which nothing rises, where it is calm."""
    before = in_force_on(book.known, catalog.valid_from - DAY)
    if "lean" not in act.how:
        today, states = in_force_on(book.known, book.day), _in_use(book)
        plans = {state.plan: today.plans[state.plan] for state in states}
        kinds = {kind: today.licences[kind] for state in states for kind, _ in state.licences}
        catalog = replace(catalog, plans={**plans, **catalog.plans}, licences={**kinds, **catalog.licences})
    if "calm" in act.how:
        cheap = {name: _least(pair, before.plans.get(name)) for name, pair in catalog.plans.items()}
        cheap_kinds = {name: _least(pair, before.licences.get(name)) for name, pair in catalog.licences.items()}
        catalog = replace(
            catalog, plans=cheap, licences=cheap_kinds, notice=before.notice, rise_notice=before.rise_notice
        )
    return catalog


def _least(pair: tuple[int, int], before: tuple[int, int] | None) -> tuple[int, int]:
    return pair if before is None else (min(pair[0], before[0]), min(pair[1], before[1]))


def drop_catalog(book: Book, act: Act) -> None:
    """pricing.md 3.5, 3.6: a catalog that was to come doesn't; the one after it is proved anew."""
    coming = list(to_come(book.known, book.day))
    caller = book.caller("catalog drop")
    if not coming:
        dates = {catalog.valid_from for catalog in book.known[1:]}
        code = "bad_input" if dates else "not_found"
        valid_from = max(dates, default=book.day + DAY)
        if code == "bad_input" or not _ever(book, valid_from):
            book.refused(code, lambda: catalog_import.drop(caller, valid_from))
        return
    valid_from = coming[act.pick % len(coming)].valid_from
    after = without(book.known, valid_from)
    bound = bool(book.kept) and not escapable(after, valid_from, book.day)
    if bound or missing(in_force_on(after, valid_from), _in_use(book)):
        book.refused("bad_input", lambda: catalog_import.drop(caller, valid_from))
        book.met["drops refused because of a rise" if bound else "drops refused because of what is in use"] += 1
        return
    done = book.see(catalog_import.drop(caller, valid_from))
    book.same((done.changed, done.written, done.catalog.valid_from), (True, True, valid_from))
    book.unchanged(lambda: catalog_import.drop(caller, valid_from))
    book.dropped.add(valid_from)
    _learn(book, after, "catalogs dropped")


def _ever(book: Book, valid_from: date) -> bool:
    return valid_from in book.dropped


def _learn(book: Book, known: tuple[Catalog, ...], what: str) -> None:
    book.known = known
    for kept in book.kept.values():
        kept.life.catalogs = known
    book.wrote(what)


# --- customers -------------------------------------------------------------------------------------------------


def move(book: Book, kept: Kept, act: Act) -> None:
    """pricing.md 3.3: a buyer moves, is called otherwise, or has a VAT number from now on."""
    buyer, life = act.buyer, kept.life
    assert buyer is not None
    caller = book.caller("space set")
    if "wrong_vat" in act.how:
        wrong = spaces.Details(country=buyer.country if buyer.country != "US" else "NL", vat_id=NOT_A_VAT_ID)
        book.refused("bad_input", lambda: spaces.set_space(caller, kept.space, wrong))
        return
    wanted = spaces.Details(name=buyer.name, country=buyer.country, vat_id=buyer.vat_id or "", **told_as(act.details))
    details = {**kept.details, **dict(act.details)}
    if (buyer, details) == (life.buyer, kept.details):
        book.unchanged(lambda: spaces.set_space(caller, kept.space, wanted))
        return
    book.same(book.see(spaces.set_space(caller, kept.space, wanted)).changed, True)
    book.met["moves that change VAT"] += _taxed(book, kept) != _taxed(book, kept, act)
    life.buyer, kept.details = buyer, details
    book.wrote("moves")


def _taxed(book: Book, kept: Kept, act: Act | None = None) -> object:
    return in_force_on(book.known, book.day).vat((act and act.buyer) or kept.life.buyer)


def set_customer(book: Book, kept: Kept, act: Act) -> None:
    """pricing.md 5: who is active, how it is paid, and whether the vendor's staff looks after it."""
    life, caller, wanted = kept.life, book.caller("space set"), dict(act.customer)
    before = life.customer
    assert before is not None
    after = replace(before, **wanted)
    details = spaces.Details(
        active_users=after.active if "active" in wanted else None,
        payment=after.payment if "payment" in wanted else None,
        locked=after.locked if "locked" in wanted else None,
    )
    code = None
    try:
        for step in life.steps:
            if after.payment != before.payment and step.start >= timeline.in_force(life.steps, life.billed_until).start:
                refuse_card(after.payment, step.state)
    except RefusedError as refused:
        code = str(refused)
    if after.active > max(life.state.users, before.active):
        code = "bad_input"
    if code:
        book.refused(code, lambda: spaces.set_space(caller, kept.space, details))
    elif after == before:
        book.unchanged(lambda: spaces.set_space(caller, kept.space, details))
    else:
        book.same(book.see(spaces.set_space(caller, kept.space, details)).changed, True)
        life.customer = after
        book.wrote(f"set {act.customer[0][0]}")


# --- who may not, and when ---------------------------------------------------------------------------------------


def stranger(book: Book, kept: Kept) -> None:
    """pricing.md 5: who is no administrator sees nothing and changes nothing."""
    wish = real.Wish(users=3)
    book.refused(
        "not_administrator",
        lambda: change.order_change(book.caller("upgrade", account=STRANGER), kept.space, wish),
    )
    book.refused(
        "not_administrator", lambda: contract_page.show_contract(book.caller("show", account=STRANGER), kept.space)
    )


def backwards(book: Book, kept: Kept) -> None:
    """pricing.md 5: nothing is written on a day before the last write."""
    caller = book.caller("space set", book.last_write - DAY)
    book.refused("clock_behind", lambda: spaces.set_space(caller, kept.space, spaces.Details(name="Too Late")))
