"""Cancelling and withdrawing, as the service is called after somebody agreed to a preview."""

from datetime import date

import pytest

from subctl.domain.errors import SubctlError
from subctl.service import cancellation, withdrawal
from subctl.service.catalogs import built_in
from subctl.service.check import whole
from subctl.service.identifiers import check_vat_id
from tests.support.callers import caller
from tests.support.documents import as_document


def test_a_cancellation_that_was_agreed_to_is_refused_when_the_contract_has_moved(demo):
    """pricing.md 4.10: nobody cancels something else than was shown."""
    shown = cancellation.preview_cancel(caller(demo, "cancel"), None)
    assert cancellation.preview_cancel(caller(demo, "cancel"), None) == shown
    with pytest.raises(SubctlError) as refused:
        cancellation.cancel(caller(demo, "cancel", "2026-06-15"), None, shown)
    assert refused.value.code == "quote_stale"
    assert cancellation.cancel(caller(demo, "cancel"), None, shown).cancellation.last_day == date(2026, 6, 30)


def test_the_latest_order_is_proposed(demo):
    """pricing.md 4.11: a change while it can be withdrawn, else the cancellation that waits, else nothing."""
    assert withdrawal.latest_withdrawable(caller(demo, "withdraw"), None) is None
    demo("upgrade", "--users", "20", "--yes")
    demo("cancel", "--yes")
    assert withdrawal.latest_withdrawable(caller(demo, "withdraw"), None) == "O-2026-0001"
    assert withdrawal.latest_withdrawable(caller(demo, "withdraw", "2026-04-01"), None) == "O-2026-0002"
    demo("withdraw", "O-2026-0002", "--yes")
    assert withdrawal.latest_withdrawable(caller(demo, "withdraw", "2026-04-01"), None) is None


def test_a_change_of_billing_stays_while_a_cancellation_waits(demo):
    """pricing.md 5, 4.11: the end was placed by the billing of now, so that nothing is offered for withdrawal."""
    demo("upgrade", "--billing", "monthly", "--yes")
    assert demo("show", "--json").json["withdrawable"] == "O-2026-0001"
    demo("cancel", "--yes")
    assert demo("show", "--json").json["withdrawable"] is None
    assert demo("withdraw", "O-2026-0001", "--yes", "--json").refusal[1] == "contract_ending"


def test_what_is_not_sold_any_more_does_not_come_back(demo, tmp_path):
    """pricing.md 4.11, 5: a later catalog has no pro, so an order that left it for business stands."""
    demo("upgrade", "--plan", "pro", "--users", "20", "--yes")
    demo("upgrade", "--plan", "business", "--yes")
    text = built_in().decode().replace("2026-01-01", "2026-08-01")
    before, _, rest = text.partition("[plans.pro]")
    path = tmp_path / "later.toml"
    path.write_text(before + "[plans.business]" + rest.partition("[plans.business]")[2])
    assert demo("show", "--json").json["withdrawable"] == "O-2026-0002"
    assert demo("catalog", "import", str(path), "--yes", "--json").json["changed"] is True
    assert demo("show", "--json").json["withdrawable"] is None
    code, name, message, _ = demo("withdraw", "O-2026-0002", "--yes", "--json").refusal
    assert (code, name) == (4, "too_late")
    assert message == (
        "O-2026-0002 can't be withdrawn any more: what would come back is not sold any more when its day comes."
    )
    assert len(demo("list", "invoices", "--json").json["items"]) == 2


def test_support_withdraws_for_a_locked_space(demo):
    """pricing.md 5: contact_support fits withdrawing; a store administrator passes --as-support."""
    demo("upgrade", "--users", "20", "--yes")
    demo("space", "set", "acme", "--lock")
    assert demo("withdraw", "O-2026-0001", "--yes", "--json").refusal[1] == "contact_support"
    taken = as_document(withdrawal.withdraw(caller(demo, "withdraw", as_support=True), "O-2026-0001"))
    assert taken["withdrawn"] == "2026-03-15"
    assert demo("cancel", "--yes", "--json").refusal[1] == "contact_support"
    assert cancellation.cancel(caller(demo, "cancel", as_support=True), None).cancellation.last_day == date(2026, 6, 30)


def test_a_period_that_was_cut_by_an_end_that_goes_is_sound(demo):
    """pricing.md 4.10, 4.11, 7.3: billed up to the end, the rest later; the check understands the piece."""
    demo("upgrade", "--billing", "monthly", "--yes", "--today", "2026-05-01")
    demo("cancel", "--yes", "--today", "2026-06-15")
    demo("withdraw", "O-2026-0001", "--yes", "--today", "2026-06-16")
    demo("bill", "--space", "acme", "--today", "2026-07-01")
    demo("withdraw", "O-2026-0002", "--yes", "--today", "2026-07-02")
    demo("upgrade", "--users", "12", "--yes", "--today", "2026-07-03")
    demo("bill", "--today", "2026-08-01")
    assert demo("check", "--json").json["problems"] == []


def test_an_end_without_any_order_is_found(demo):
    """pricing.md 7.3: nobody cancelled it."""
    demo.sql('UPDATE contracts SET "end" = ? WHERE space = ?', "2026-07-01", "atelier")
    problems = whole.check(caller(demo, "check")).problems
    assert problems[0].message == "The price steps or the end of atelier are not those of its orders."


def test_progress_of_a_check(demo, monkeypatch):
    """Said now and then, with what there is."""
    monkeypatch.setattr(whole, "_STEP", 1)
    seen: list[tuple[int, int]] = []
    whole.check(caller(demo, "check"), None, lambda *place: seen.append(place))
    assert seen == [(1, 2), (2, 2)]


def test_vat_numbers_of_countries_that_nobody_can_check():
    """pricing.md 3.3: outside the EU, and without a known form, a number is kept as it is."""
    assert check_vat_id(" 12-34 ", "US") == "1234"


def test_a_space_has_not_more_active_users_than_its_contract(demo):
    """pricing.md 9: refused when it is entered."""
    words = ("space", "add", "b", "--name", "B", "--plan", "pro", "--users", "2", "--active-users", "3")
    assert demo(*words, "--json").refusal[:3] == (
        2,
        "bad_input",
        "There can't be 3 active users in a contract for 2.",
    )


def test_a_restore_over_a_store_of_ones_own(demo):
    """safety.md: an administrator may; what can't be read at all may be replaced by whoever may write the file."""
    target = demo.home / "copy.db"
    demo("backup", str(target))
    assert demo("restore", str(target), "--yes", "--json").json["kept"]
