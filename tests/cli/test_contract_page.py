"""The contract page: what waits, who the customer is, what comes next, and what setting a detail changes."""

from __future__ import annotations

import pytest

UPGRADE = ("upgrade", "--plan", "pro", "--users", "20", "--yes")
DEBIT = ("space", "set", "acme", "--payment", "direct-debit", "--iban", "NL91ABNA0417164300")


def imported(cli, *changes):
    """Import the store's catalog anew with other texts in it."""
    text = cli("catalog", "export").text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = cli.home / "next.toml"
    file.write_text(text)
    assert cli("catalog", "import", str(file), "--yes").code == 0


def test_the_next_invoice_is_found_however_far_it_is(cli):
    """pricing.md 3.1: nothing costs anything until a catalog of 2032; a page and a change know the same invoice."""
    add = ("space", "add", "a", "--name", "A", "--plan", "starter", "--users", "10", "--start", "2026-04-01")
    cli.prepare(("init", "--sandbox", "--today", "2026-03-15"), add)
    imported(cli, ("2026-01-01", "2026-03-16"), ('"10.00"', '"0.00"'))
    imported(cli, ("2026-01-01", "2032-01-01"), ('"10.00"', '"7.00"'))
    found = cli("show", "--json").json["next_invoice"]
    assert (found["date"], found["net"]) == ("2032-01-01", "70.00")
    changed = cli("quote", "--users", "20", "--dry-run", "--json").json["next_invoice"]
    assert (changed["date"], changed["net"]) == ("2032-01-01", "140.00")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-31", "181.50 EUR on 1 April 2026"),
        ("2026-04-01", "181.50 EUR, due today: subctl bill --space atelier"),
        ("2026-06-20", "181.50 EUR, due since 1 April 2026: subctl bill --space atelier"),
    ],
)
def test_a_period_that_has_begun_and_is_not_billed(demo, day, said):
    """It says since when it is due, and which command bills it."""
    assert f"\nNext invoice   {said}\n" in demo("show", "--space", "atelier", "--today", day).text


def test_a_cancellation_and_a_change_can_both_be_taken_back(cli):
    """pricing.md 4.11: each by its own number."""
    cli.prepare(("init", "--demo"), UPGRADE, ("cancel", "--yes"))
    assert (
        "\nTake back  subctl withdraw O-2026-0001\nGo on      subctl withdraw O-2026-0002, until 30 June 2026\n"
        in cli("show").text
    )
    page = cli("show", "--json").json
    assert (page["withdrawable"], page["cancellation"]) == ("O-2026-0001", "O-2026-0002")


def test_a_live_store_is_no_sandbox(cli, catalog_file):
    """Only a sandbox says that it is one."""
    cli.home.mkdir(parents=True, exist_ok=True)
    assert cli("init", "--catalog", catalog_file()).code == 0
    assert cli("space", "add", "a", "--name", "A", "--plan", "starter", "--users", "1").code == 0
    assert cli("show", "--json").json["sandbox"] is False
    assert "sandbox" not in cli("show").text


def test_the_customer(demo):
    """Address, VAT number, e-mail, reference and payment; and after a change what was and what is."""
    words = ("--street", "Damrak 1", "--email", "a@b.example", "--reference", "PO 7", "--vat-id", "NL123456782B90")
    done = demo(*DEBIT, *words, "--default").text
    assert done.startswith(
        "Changed\n"
        "Street      Herengracht 7 → Damrak 1\n"
        "VAT number  – → NL123456782B90\n"
        "E-mail      ap@acme.example → a@b.example\n"
        "Reference   – → PO 7\n"
        "Pays by     transfer → direct debit from …4300\n\n"
        "Acme (acme)  active\n"
    )
    customer = (
        "\n\nAddress          Damrak 1\n"
        "                 1015 BA Amsterdam, Netherlands\n"
        "VAT number       NL123456782B90\n"
        "Contact          Accounts payable\n"
        "Phone            +31 20 234 5678\n"
        "E-mail           a@b.example\n"
        "Reference        PO 7\n"
        "Buyer reference  Purchasing\n"
        "Legal ID         0106:23456789\n"
        "E-invoices       peppol\n"
        "Endpoint         0106:23456789\n"
        "Pays by          direct debit from …4300, by transfer until there is a mandate\n\n"
    )
    assert customer in done
    assert customer in demo("show").text


def test_the_mandate_by_which_a_customer_is_debited(demo):
    """Its account may be another than the space's; once it has ended, the next one is waited for."""
    assert demo(*DEBIT).code == 0
    mandate = ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-03-01", "--iban", "BE68539007547034")
    for words, said in (
        (mandate, "direct debit from …7034, by mandate M-1"),
        (("mandate", "end", "M-1"), "direct debit from …4300, by transfer until there is a mandate"),
    ):
        assert demo(*words).code == 0
        assert f"\nPays by          {said}\n\n" in demo("show", "acme").text


def test_a_customer_of_whom_little_is_told(cli):
    """The country, an address as it was written, and what no page shows otherwise."""
    cli.sandbox("2026-03-15", ("space", "add", "a", "--name", "A", "--plan", "starter", "--users", "1"))
    assert "\n\nCountry  Netherlands\nPays by  transfer\n\n" in cli("show").text
    done = cli("space", "set", "a", "--address", "Rokin 1\n1012 Amsterdam", "--phone", "+31 20 1", "--name", "B").text
    said = "Changed\nName     A → B\nAddress  – → Rokin 1, 1012 Amsterdam\nPhone    – → +31 20 1\n\n"
    assert done.startswith(said)
    assert "\n\nAddress  Rokin 1\n         1012 Amsterdam, Netherlands\nPhone    +31 20 1\n" in done
    assert "address – → Rokin 1, 1012 Amsterdam" in cli("history").text


def test_what_is_so_already(demo):
    """Nothing changes, and it says so."""
    assert demo("space", "set", "acme", "--name", "Acme").text.startswith(
        "Nothing changes: acme is so already.\n\nAcme"
    )
    done = demo("space", "set", "atelier", "--default", "--country", "FR", "--vat-id", "FR40303265045", "--lock").text
    assert done.startswith(
        "Changed\n"
        "Country        Netherlands → France\n"
        "VAT number     – → FR40303265045\n"
        "Managed by     its administrators → support\n"
        "Default space  atelier\n\n"
    )
    assert "\n            6221 EA Maastricht, France\nVAT number  FR40303265045\n" in done
