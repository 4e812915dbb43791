"""What is sold: plans, licences, rates and policies of a catalog, and the catalogs over time (pricing.md 1, 3.2, 3.4).

Reading and checking a catalog file is `catalog_file`'s.
"""

from collections.abc import Iterable, Mapping, Set
from datetime import date, timedelta

from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.domain.text import safe

MONTHLY, ANNUAL = "monthly", "annual"
BILLINGS = (MONTHLY, ANNUAL)
PER = {MONTHLY: "month", ANNUAL: "year"}


USERS = "users"
"""The item that every plan has; the others are kinds of licence, under the names that the catalog gives them."""

Counts = tuple[tuple[str, int], ...]
"""A number for each kind of licence, sorted by kind."""


def counts(numbers: Mapping[str, int]) -> Counts:
    """Return numbers of licences in the one form in which they are compared: none of a kind is as good as 0 of it."""
    return tuple(sorted((kind, number) for kind, number in numbers.items() if number))


def no_licence(kind: str, sold: Iterable[str]) -> SubctlError:
    """Return the refusal of a kind of licence that isn't sold (`not_found`)."""
    kinds = ", ".join(sold)
    return SubctlError(
        "not_found",
        N_("There is no licence '{licence}'."),
        N_("The licences are {licences}.") if kinds else N_("This catalog sells no licences beside its plans."),
        licence=safe(kind),
        licences=kinds,
    )


class Rates(Record):
    """What one user and one licence of each kind cost for one period, in ten-thousandths (pricing.md 3.2).

    `licences` has every kind that was sold, sorted, whatever its rate.
    """

    user: int
    licences: Counts = ()

    def of(self, kind: str) -> int:
        """Return the rate of a kind of licence (`not_found`)."""
        for name, rate in self.licences:
            if name == kind:
                return rate
        raise no_licence(kind, [name for name, _ in self.licences])


class Price(Record):
    """A title with its monthly and its annual rate, in ten-thousandths.

    `titles` are those in other languages, pairs of a language and a title, sorted.
    """

    title: str
    monthly: int
    annual: int
    titles: tuple[tuple[str, str], ...] = ()

    def on(self, billing: str) -> int:
        """Return the rate for one month or for one year."""
        return self.annual if billing == ANNUAL else self.monthly

    def title_in(self, language: str) -> str:
        """Return the title in a language; the one that there is in any where it has none of its own."""
        return dict(self.titles).get(language, self.title)


class Plan(Record):
    """A plan: its price per user, its limits, and whether customers may change it themselves.

    A private one names the `spaces` that may choose it (pricing.md 3.6).
    """

    id: str
    price: Price
    min_users: int
    max_users: int | None
    self_service: bool
    spaces: tuple[str, ...] | None = None

    def offered_to(self, space: str) -> bool:
        """Tell whether a space may choose this plan."""
        return self.spaces is None or space in self.spaces

    def seen_by(self, spaces: Set[str]) -> "Plan | None":
        """Return the plan as the administrators of some spaces see it; nothing where it is for others alone."""
        if self.spaces is None:
            return self
        own = tuple(space for space in self.spaces if space in spaces)
        return self._replace(spaces=own) if own else None


class Notes(Record):
    """What a paper says of paying late or early, in the seller's words; none where nothing was said."""

    recovery_fee: str | None = None
    late_penalty: str | None = None
    early_payment: str | None = None


class Seller(Record):
    """Who writes the invoices; `vat_rate` is a percentage in ten-thousandths (21 % is 210000).

    `vat_exempt` is the sentence on the invoices of a seller in the EU who has no VAT number (pricing.md 3.3).
    `tax_id` is a tax number that is no VAT number; `legal_id` (a register's number) and `endpoint` (where e-invoices
    come from) are `SCHEME:ID`; `creditor_id` is that of direct debits. `terms` stand on invoices as they are, in every
    language; without them they are made from the due date.
    """

    name: str
    address: str
    country: str
    vat_id: str | None
    vat_rate: int
    timezone: str
    support: str
    iban: str | None
    vat_exempt: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    legal_id: str | None = None
    tax_id: str | None = None
    endpoint: str | None = None
    contact: str | None = None
    phone: str | None = None
    email: str | None = None
    bic: str | None = None
    creditor_id: str | None = None
    terms: str | None = None
    notes: Notes = Notes()


REMINDER_DAYS = (7, 21, 42)
"""After how many days there are reminders where a catalog doesn't say so."""


class Policy(Record):
    """The notice in months, how many days a quote and a payment term last, and how many months a rise is announced.

    `reminder_days` are the days after the due date on which an invoice that is late gets a reminder (payments.md 9.7).
    Without `rise_notice_months` a rise is announced as long before as the notice is (pricing.md 3.5).
    """

    notice_months: int
    quote_days: int
    payment_days: int
    rise_notice_months: int | None = None
    reminder_days: tuple[int, ...] = REMINDER_DAYS


class Catalog(Record):
    """The vendor's plans, prices and policies, valid from a date; `id` is the store's number for it."""

    id: int
    name: str
    valid_from: date
    currency: str
    seller: Seller
    policy: Policy
    plans: Mapping[str, Plan]
    licences: Mapping[str, Price]

    @property
    def open_plans(self) -> list[str]:
        """The plans that anybody may choose: a refusal names no private one (pricing.md 3.6)."""
        return [plan.id for plan in self.plans.values() if plan.spaces is None]

    def plan(self, plan_id: str) -> Plan:
        """Return the plan, or refuse with `not_found`."""
        try:
            return self.plans[plan_id]
        except KeyError:
            raise SubctlError(
                "not_found",
                N_("There is no plan '{plan}'."),
                N_("The plans are {plans}."),
                plan=safe(plan_id),
                plans=", ".join(self.open_plans),
            ) from None

    def due_date(self, day: date) -> date:
        """Return the day by which an invoice of `day` is to be paid."""
        return day + timedelta(days=self.policy.payment_days)

    def seen_by(self, spaces: Set[str]) -> "Catalog":
        """Return the catalog as the administrators of some spaces see it: without private plans of others (3.6)."""
        plans = {plan.id: shown for plan in self.plans.values() if (shown := plan.seen_by(spaces))}
        return self._replace(plans=plans)

    def rates(self, plan_id: str, billing: str) -> Rates:
        """Return what the plan's users and the licences of every kind cost on this billing."""
        licences = tuple(sorted((kind, price.on(billing)) for kind, price in self.licences.items()))
        return Rates(self.plan(plan_id).price.on(billing), licences)


class Gone(Record):
    """What was taken away at a place of the log: the catalog of a date, or (None) all there were."""

    place: int
    valid_from: date | None

    def takes(self, catalog: Catalog) -> bool:
        """Tell whether a catalog of this date was there before, and is no more."""
        return catalog.id < self.place and self.valid_from == catalog.valid_from


class Catalogs:
    """The log of catalogs: every one that was ever `imported`, in that order, and what is `gone` of them.

    A catalog's id is its place in the log. A document keeps the newest place of its day, and so what was known then.
    `known` are those that are left, the first one first: it is in force since ever, so that no drop takes it. `newest`
    is the last place of the log.
    """

    def __init__(self, imported: tuple[Catalog, ...], gone: tuple[Gone, ...] = ()) -> None:
        self.imported, self.gone = imported, gone
        self.newest = max((imported[-1].id, *(each.place for each in gone)))
        swept = max((each.place for each in gone if each.valid_from is None), default=0)
        first, *others = (catalog for catalog in imported if catalog.id >= swept)
        self.known = (first, *(catalog for catalog in others if not any(each.takes(catalog) for each in gone)))
        self._by_day: dict[date, Catalog] = {}
        self._from_day: dict[date, tuple[Catalog, ...]] = {}

    def __eq__(self, other: object) -> bool:
        """Tell whether the same was imported and is gone; results are compared with what they hold."""
        return isinstance(other, Catalogs) and (self.imported, self.gone) == (other.imported, other.gone)

    def __hash__(self) -> int:
        return hash((self.newest, len(self.imported)))

    def at(self, day: date) -> Catalog:
        """Return the catalog in force (pricing.md 1).

        The first one that came counts as valid since ever, whatever its date says. Of two with the same first day the
        one imported later counts: it replaced the other.
        """
        found = self._by_day.get(day)
        if found is None:
            found = self._by_day[day] = self._in_force(day)
        return found

    def _in_force(self, day: date) -> Catalog:
        first, *others = self.known
        begun = [catalog for catalog in others if catalog.valid_from <= day]
        return max(begun, key=_rank, default=first)

    def from_day(self, day: date) -> tuple[Catalog, ...]:
        """Return the catalog in force on `day` and all that come into force later, in that order."""
        found = self._from_day.get(day)
        if found is None:
            firsts = sorted({catalog.valid_from for catalog in self.known[1:] if catalog.valid_from > day})
            found = self._from_day[day] = (self.at(day), *map(self.at, firsts))
        return found

    @property
    def last_day(self) -> date:
        """The day from which no catalog follows any more; the first one's where there is no other."""
        return max((catalog.valid_from for catalog in self.known[1:]), default=self.known[0].valid_from)

    def selling(self, plans: set[str], licences: set[str]) -> "Catalogs":
        """Return the catalogs that have all these plans and licences: an ended contract may have outlived its own."""
        selling = (
            catalog for catalog in self.known if plans <= catalog.plans.keys() and licences <= catalog.licences.keys()
        )
        return Catalogs(tuple(selling))

    def known_by(self, newest: int) -> "Catalogs":
        """Return the catalogs as they were known when `newest` was the last place of the log."""
        imported = tuple(catalog for catalog in self.imported if catalog.id <= newest)
        return Catalogs(imported, tuple(each for each in self.gone if each.place <= newest))

    def title(self, item: str, name: str, title: str, language: str) -> str:
        """Return a title that a document kept in a language, by the last catalog that called the thing so.

        `item` is `users` for a plan; `name` and `title` are the plan's or the licence's, as the document kept them.
        What no catalog called so stays as it was kept.
        """
        for catalog in reversed(self.imported):
            plan = catalog.plans.get(name)
            price = catalog.licences.get(name) if item != USERS else plan.price if plan else None
            if price and price.title == title:
                return price.title_in(language)
        return title


def _rank(catalog: Catalog) -> tuple[date, int]:
    return catalog.valid_from, catalog.id
