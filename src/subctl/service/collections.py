"""Direct-debit files as they were kept, by number and in lists; making them is the task of `collecting`."""

from __future__ import annotations

from subctl.domain.collection import DROPPED, KEPT, Collection
from subctl.domain.numbers import COLLECTION, INVOICE, number, parse_number
from subctl.domain.sentence import N_
from subctl.results.collections import CollectedItem, CollectionItem, Collections, ShownCollection
from subctl.service.access import STORE
from subctl.service.caller import Caller
from subctl.service.missing import no_document
from subctl.service.paging import Page, Wanted, listed, page
from subctl.service.session import Session, reading
from subctl.store import collections
from subctl.store.tables import Row, damaged


def show_collection(caller: Caller, number_text: str) -> ShownCollection:
    """Return a direct-debit file by its number (`not_found`; `not_administrator` but for store administrators)."""
    with reading(caller, document=number_text) as session:
        session.require(STORE)
        return shown_collection(session, found_collection(session, number_text), changed=False)


def found_collection(session: Session, number_text: str) -> Collection:
    """Return a direct-debit file by its number (`not_found`)."""
    series, collection_id = parse_number(number_text)
    found = collections.collection(session.connection, collection_id) if series == COLLECTION else None
    if found is None:
        raise no_document(session.connection, "collection", number_text)
    return found


def shown_collection(session: Session, collection: Collection, *, changed: bool = True) -> ShownCollection:
    """Return a direct-debit file with all that stands in it; without an id it isn't made yet."""
    debtors = collections.debtors(session.connection, collection.debits)
    sellers = {catalog.id: catalog.seller for catalog in session.catalogs.imported}
    if collection.catalog not in sellers or any(debit.invoice not in debtors for debit in collection.debits):
        raise damaged(N_("what {collection} debits is gone"), collection=number(COLLECTION, collection.id))
    items = tuple(
        CollectedItem(
            number(INVOICE, debit.invoice),
            debit.amount,
            debtors[debit.invoice].space,
            debtors[debit.invoice].name,
            debit.mandate,
            debtors[debit.invoice].signed,
            debtors[debit.invoice].scheme,
            debtors[debit.invoice].iban,
        )
        for debit in collection.debits
    )
    name = number(COLLECTION, collection.id) if collection.id else None
    seller, dropped = sellers[collection.catalog], collection.dropped
    return ShownCollection(name, collection.day, collection.on, seller, items, dropped, changed)


def list_collections(session: Session, wanted: Wanted) -> Collections:
    """Return direct-debit files, newest first (`not_administrator` but for store administrators)."""
    session.require(STORE)
    items, more = listed(session, _page, wanted)
    return Collections(items, more)


def _page(session: Session, wanted: Wanted, after: Row, size: int) -> Page[CollectionItem]:
    found = collections.collections(session.connection, wanted.sought(session), size, after)
    items = [((each.id,), _item(each)) for each in found]
    return page(items, size, lambda item: wanted.status in (None, item.status))


def _item(found: Collection) -> CollectionItem:
    return CollectionItem(
        number=number(COLLECTION, found.id),
        day=found.day,
        on=found.on,
        debits=len(found.debits),
        amount=sum(debit.amount for debit in found.debits),
        status=KEPT if found.dropped is None else DROPPED,
        dropped=found.dropped,
    )
