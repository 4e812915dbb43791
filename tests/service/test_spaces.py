"""`space set`: what it changes, from when on it counts, what it refuses and what it never shows (pricing.md 5, 7.2)."""

from __future__ import annotations

import pytest

from subctl.domain.errors import SubctlError
from subctl.service import billing, change, contract_page, document_page, spaces, withdrawal
from subctl.service.check import whole
from tests.support.build import wish as wish_of
from tests.support.callers import ACCOUNT, caller
from tests.support.documents import as_document

IBAN = "NL91ABNA0417164300"
OTHER_IBAN = "BE68539007547034"
THIRD_IBAN = "DE89370400440532013000"
SOMEBODY, NOBODY = "daemon", "bin"
POST = {
    "street": "Herengracht 7",
    "postcode": "1015 BA",
    "city": "Amsterdam",
    "legal_id": "0106:23456789",
    "endpoint": "0106:23456789",
    "buyer_reference": "Purchasing",
    "contact": "Accounts payable",
    "phone": "+31 20 234 5678",
    "e_invoice": "peppol",
}
"""What `service/test_party.py` is about."""

BUYER = {
    "name": "Acme",
    "address": None,
    "country": "NL",
    "vat_id": None,
    "email": "ap@acme.example",
    "reference": None,
    **POST,
}
ALL = {
    "name": "Acme Group",
    "country": "BE",
    "address": "Rue Neuve 1, 1000 Brussels",
    "vat_id": "BE0428759497",
    "email": "invoices@acme.example",
    "reference": "PO-4711",
}


class Store:
    """The services on the demo's store: acme (annual, the default space) and atelier (monthly), on 2026-03-15."""

    def __init__(self, cli):
        self.cli = cli

    def caller(self, command, day=None, **more):
        return caller(self.cli, command, day, **more)

    def set(self, space="acme", day=None, *, dry_run=False, account=ACCOUNT, **wanted):
        who = self.caller("space set", day, dry_run=dry_run, account=account)
        return as_document(spaces.set_space(who, space, spaces.Details(**wanted)))

    def show(self, number=None, day=None, space="acme"):
        if number:
            return as_document(document_page.show_document(self.caller("show", day), number))
        return as_document(contract_page.show_contract(self.caller("show", day), space))

    def order(self, day=None, command="upgrade", space="acme", **wish):
        return as_document(change.order_change(self.caller(command, day), space, wish_of(**wish)))

    def refusal(self, **wanted):
        """Return code and message of a refused change of details, after which nothing is written."""
        before = self.rows()
        with pytest.raises(SubctlError) as refused:
            self.set(**wanted)
        assert self.rows() == before
        return refused.value.code, refused.value.message

    def rows(self):
        return self.cli.tables(but="history")

    @property
    def bytes(self):
        return self.cli.bytes


@pytest.fixture
def store(demo):
    return Store(demo)


def space_of(**changes):
    """Return acme as the contract page shows it."""
    space = {
        "id": "acme",
        "name": "Acme",
        "country": "NL",
        "vat_id": None,
        "active_users": 7,
        "locked": False,
        "address": None,
        "email": "ap@acme.example",
        "reference": None,
        "payment": "invoice",
        "iban": None,
        "language": None,
        **POST,
    }
    assert set(changes) <= set(space)
    return {**space, **changes}


# --- details ----------------------------------------------------------------------------------------------------


def test_what_is_set_is_on_the_page(store):
    """pricing.md 7.2: every detail at once; the contract itself stays as it was."""
    before = store.show()
    page = store.set(**ALL, payment="direct-debit", iban="NL91 ABNA 0417 1643 00", active_users=9)
    expected = {**ALL, "payment": "direct-debit", "iban": "…4300", "active_users": 9}
    assert page == {**store.show(), "changed": True}
    assert page["space"] == space_of(**expected)
    assert {key: page[key] for key in ("contract", "price_steps", "deadlines")} == {
        key: before[key] for key in ("contract", "price_steps", "deadlines")
    }


@pytest.mark.parametrize(
    "wanted",
    [{name: value} for name, value in ALL.items() if name not in ("country", "vat_id")]
    + [{"country": "BE"}, {"payment": "direct-debit"}, {"payment": "card"}, {"active_users": 0}, {"active_users": 10}]
    + [{"locked": True}, {"iban": IBAN}],
    ids=str,
)
def test_one_thing_is_set_and_the_rest_stays(store, wanted):
    """pricing.md 7.2: what is not named stays as it is."""
    shown = {"iban": "…4300"} if "iban" in wanted else wanted
    assert store.set(**wanted)["space"] == space_of(**shown)


def test_an_empty_text_takes_a_detail_out(store):
    """pricing.md 7.2: address, VAT number, e-mail address, reference and IBAN can be left empty."""
    store.set(**ALL, iban=IBAN)
    empty = dict.fromkeys(("address", "vat_id", "email", "reference", "iban"), "")
    assert store.set(**empty)["space"] == space_of(name="Acme Group", country="BE", email=None)


def test_set_again_it_changes_nothing(store):
    """pricing.md 4: neither the same, nor the same written otherwise, nor nothing at all."""
    store.set(**ALL, iban=IBAN, payment="direct-debit", default=True)
    before = store.bytes
    for wanted in (
        {**ALL, "iban": IBAN, "payment": "direct-debit", "default": True},
        {"vat_id": "0428.759.497", "iban": "nl91 abna 0417 1643 00"},
        {"active_users": 7, "locked": False},
        {},
    ):
        assert store.set(**wanted) == {**store.show(), "changed": False}
    assert store.bytes == before


def test_a_dry_run_shows_the_same_and_writes_nothing(store):
    """pricing.md 7.2: the page as it would be."""
    before = store.bytes
    wanted = {**ALL, "iban": IBAN, "active_users": 8, "locked": True, "default": True}
    page = store.set(**wanted, dry_run=True)
    assert store.bytes == before
    assert store.set(**wanted) == page


def test_details_are_used_from_the_next_invoice_on(store):
    """pricing.md 7.2: an issued invoice keeps its buyer for ever, the next one has the new details."""
    store.order(users=20)
    first = store.show("INV-2026-0001")
    assert first["buyer"] == BUYER
    details = {name: value for name, value in ALL.items() if name not in ("country", "vat_id")}
    store.set(**details, day="2026-03-20")
    store.order(users=30, day="2026-03-21")
    assert store.show("INV-2026-0001") == first
    assert store.show("INV-2026-0002")["buyer"] == {**BUYER, **details}
    store.set(name="Acme Holding", day="2026-06-30")
    billing.bill(store.caller("bill", "2026-07-01"), "acme")
    buyers = [store.show(f"INV-2026-000{place}")["buyer"] for place in (1, 2, 3)]
    assert buyers == [BUYER, {**BUYER, **details}, {**BUYER, **details, "name": "Acme Holding"}]
    assert as_document(whole.check(store.caller("check")))["problems"] == []


def test_the_vat_of_the_next_invoice_is_that_of_the_new_details(store):
    """pricing.md 3.3, 7.2: 21 % at home, reverse charge with a Belgian number, nothing outside the EU."""
    store.order(users=11)
    store.set(country="BE", vat_id="BE0428759497")
    store.order(users=12, day="2026-03-16")
    store.set(country="US", vat_id="", day="2026-03-17")
    store.order(users=13, day="2026-03-18")
    store.set(country="DE", day="2026-03-19")
    store.order(users=14, day="2026-03-20")
    documents = [store.show(f"INV-2026-000{place}") for place in (1, 2, 3, 4)]
    assert [(one["buyer"]["country"], one["net"], one["vat_category"], one["vat"]) for one in documents] == [
        ("NL", "25.00", "S", "5.25"),
        ("BE", "25.00", "AE", "0.00"),
        ("US", "25.00", "O", "0.00"),
        ("DE", "25.00", "S", "5.25"),
    ]
    assert documents[1]["buyer"]["vat_id"] == "BE0428759497"
    assert as_document(whole.check(store.caller("check")))["problems"] == []


def test_a_credit_note_takes_back_the_vat_of_its_invoice(store):
    """pricing.md 4.11: for the whole of it, whatever the buyer's country has become since."""
    order = store.order(users=20)
    store.set(country="US", day="2026-03-16")
    withdrawal.withdraw(store.caller("withdraw", "2026-03-17"), order["order"])
    invoice, credit = store.show("INV-2026-0001"), store.show("INV-2026-0002")
    assert (invoice["net"], invoice["vat"], invoice["total"]) == ("250.00", "52.50", "302.50")
    assert (credit["net"], credit["vat"], credit["total"]) == ("-250.00", "-52.50", "-302.50")
    assert [credit[key] for key in ("vat_category", "vat_rate", "credits")] == ["S", "21", "INV-2026-0001"]
    assert as_document(whole.check(store.caller("check")))["problems"] == []


# --- what is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"vat_id": "BE0428759497"}, "'BE0428759497' is not a VAT number of NL: the number has an invalid format."),
        ({"country": "BE", "vat_id": "NL123456782B90"}, "'NL123456782B90' is not a VAT number of BE"),
        ({"country": "BE", "vat_id": "BE0428759498"}, "'BE0428759498' is not a VAT number of BE"),
        ({"vat_id": "1"}, "'1' is not a VAT number of NL"),
    ],
)
def test_a_vat_number_is_well_formed_and_of_the_buyers_country(store, wanted, message):
    """pricing.md 3.3: refused when it is entered."""
    code, said = store.refusal(**wanted)
    assert (code, said[: len(message)]) == ("bad_input", message)


def test_a_buyer_who_moves_needs_another_vat_number(store):
    """pricing.md 3.3: the one that is there is of the country before."""
    store.set(country="BE", vat_id="BE0428759497")
    code, said = store.refusal(country="NL")
    assert (code, said.split(":")[0]) == ("bad_input", "'BE0428759497' is not a VAT number of NL")
    assert store.set(country="NL", vat_id="NL123456782B90")["space"]["vat_id"] == "NL123456782B90"
    assert store.set(country="GR", vat_id="EL094259216")["space"]["vat_id"] == "EL094259216"
    assert store.set(country="US", vat_id="")["space"]["vat_id"] is None


@pytest.mark.parametrize("iban", ["NL92ABNA0417164300", "NL91ABNA04171643", "x"])
def test_an_iban_has_its_check_digits(store, iban):
    """pricing.md 5: refused when it is entered."""
    assert store.refusal(iban=iban) == ("bad_input", f"'{iban}' is not an IBAN.")


def test_a_card_is_no_iban_and_is_not_repeated(store):
    """safety.md: of a card number only the last four are shown, in a refusal too."""
    assert store.refusal(iban="4111 1111 1111 1111") == ("bad_input", "'…1111' is not an IBAN.")


CARD = ("payment_method", "Monthly billing can't be paid by credit card.")


def test_no_card_on_monthly_billing(store):
    """pricing.md 5: neither while it is paid by the month, nor while a switch to it waits."""
    assert store.refusal(space="atelier", payment="card") == CARD
    assert store.set(payment="card")["space"]["payment"] == "card"
    assert store.set(payment="invoice")["space"]["payment"] == "invoice"
    store.order(billing="monthly")
    assert store.refusal(payment="card") == CARD


def test_a_card_once_no_month_is_left_to_bill(store):
    """pricing.md 5: atelier goes to annual billing on 1 April, and March is invoiced."""
    store.order(space="atelier", billing="annual")
    assert store.set("atelier", payment="card")["space"]["payment"] == "card"


def test_no_more_active_users_than_users(store):
    """pricing.md 5: as many as the contract has, and fewer at any time."""
    assert store.refusal(active_users=11) == ("bad_input", "There can't be 11 active users in a contract for 10.")
    assert store.set(active_users=10)["space"]["active_users"] == 10
    with pytest.raises(SubctlError) as refused:
        store.order(command="downgrade", users=9)
    assert refused.value.code == "below_active_users"
    assert store.set(active_users=9)["space"]["active_users"] == 9
    assert store.order(command="downgrade", users=9)["kind"] == "downgrade"


def test_a_space_that_is_not_there(store):
    """pricing.md 5: named, with one that is close."""
    with pytest.raises(SubctlError) as refused:
        store.set("acmee", name="X")
    assert (refused.value.code, refused.value.hint) == ("not_found", "Did you mean acme?")


def test_a_day_before_the_last_write(store):
    """pricing.md 5: refused where something would change, and only there."""
    assert store.refusal(name="X", day="2026-03-14")[0] == "clock_behind"
    assert store.set(name="Acme", day="2026-03-14")["changed"] is False


# --- who may ----------------------------------------------------------------------------------------------------


@pytest.fixture
def somebody(store):
    """The store's somebody else, who administers acme alone."""
    assert store.cli("admin", "add", SOMEBODY, "--space", "acme").code == 0
    return SOMEBODY


def test_a_space_administrator_sets_the_details_of_its_space(store, somebody):
    """pricing.md 5: of its own, and of no other."""
    assert store.set(**ALL, account=somebody)["changed"] is True
    assert store.refusal(space="atelier", name="X", account=somebody)[0] == "not_administrator"
    assert store.refusal(name="X", account=NOBODY)[0] == "not_administrator"


@pytest.mark.parametrize("wanted", [{"locked": True}, {"locked": False}, {"default": True}], ids=str)
def test_locking_and_the_default_space_are_the_store_administrators(store, somebody, wanted):
    """pricing.md 5: also together with what one may set, and also where nothing would change."""
    for more in ({}, {"name": "X"}):
        assert store.refusal(**wanted, **more, account=somebody)[0] == "not_administrator"


def test_a_locked_space_is_the_vendors_to_change(store, somebody):
    """pricing.md 5: changes are refused, details can still be set; unlocked it is as before."""
    store.set(locked=True)
    with pytest.raises(SubctlError) as refused:
        store.order(users=20)
    assert refused.value.code == "contact_support"
    assert store.set(email="new@acme.example", account=somebody)["space"]["locked"] is True
    store.set(locked=False)
    assert store.order(users=20)["changed"] is True


def test_the_default_space(store):
    """pricing.md 5: the one that is meant when none is named."""
    assert as_document(contract_page.show_contract(store.caller("show"), None))["space"]["id"] == "acme"
    assert store.set("atelier", default=True)["changed"] is True
    assert as_document(contract_page.show_contract(store.caller("show"), None))["space"]["id"] == "atelier"
    before = store.bytes
    assert store.set("atelier", default=True)["changed"] is False
    assert store.bytes == before


# --- what is never shown ----------------------------------------------------------------------------------------


def test_an_iban_is_shown_by_its_last_four_only(demo):
    """pricing.md 7.2: no page, list, document, file or history has the whole one, in any form of output."""
    outputs = [
        demo("space", "set", "acme", "--iban", "NL02 ABNA 0123 4567 89", "--payment", "direct-debit", "--json"),
        demo("space", "set", "acme", "--iban", OTHER_IBAN),
        demo("space", "set", "acme", "--iban", OTHER_IBAN, "--dry-run", "--format", "csv"),
        demo("space", "add", "new", "--name", "New", "--plan", "pro", "--users", "1", "--iban", THIRD_IBAN, "--json"),
        demo("upgrade", "--users", "20", "--yes", "--json"),
    ]
    for words in (
        ("show",),
        ("show", "--space", "new"),
        ("show", "INV-2026-0001"),
        ("show", "O-2026-0001"),
        ("list", "spaces"),
        ("list", "orders"),
        ("history", "--limit", "100"),
        ("history", "--space", "acme"),
        ("export",),
        ("forecast",),
        ("whoami",),
        ("check",),
    ):
        outputs += [demo(*words, "--format", form) for form in ("json", "csv", "table")]
    assert [done.code for done in outputs] == [0] * len(outputs)
    text = "\n".join(done.out + done.err for done in outputs)
    squeezed = "".join(text.split())
    assert [shown in text for shown in ("…7034", "…6789", "…3000")] == [True, True, True]
    for iban in ("NL02ABNA0123456789", OTHER_IBAN, THIRD_IBAN):
        assert iban[4:-4] not in squeezed


def test_an_iban_stands_in_one_place_of_the_store(store):
    """pricing.md 7.2: with the details of its buyer, not in its history."""
    store.set(iban=OTHER_IBAN)
    store.set(iban=IBAN)
    assert store.cli.sql("SELECT iban FROM buyers ORDER BY id DESC LIMIT 1") == [(IBAN,)]
    texts = [detail for (detail,) in store.cli.sql("SELECT detail FROM history")]
    assert not any(iban in text for iban in (IBAN, OTHER_IBAN) for text in texts)
