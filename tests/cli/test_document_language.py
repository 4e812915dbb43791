"""In which language a document is: its own on papers, the reader's on screens, English in JSON (docs/documents.md)."""

from __future__ import annotations

import json

import pytest

from subctl.view.language import speaking
from subctl.view.papers import language_of, paper, pdf
from tests.support.catalogue import Texts, translated
from tests.support.papers import invoice, pages, shown, told

FRENCH: Texts = {
    "{plan} for {users} instead of {former_plan} for {former_users}": (
        "{plan} pour {users} au lieu de {former_plan} pour {former_users}"
    ),
    ("{number} user", "{number} users"): ("{number} utilisateur", "{number} utilisateurs"),
    "Reverse charge: the customer accounts for the VAT. VAT number {vat_id}.": "Autoliquidation. TVA {vat_id}.",
    "Upgrade invoice": "Facture de mise à niveau",
    "Credit note": "Avoir",
    "Quote": "Devis",
    "{amount} a year": "{amount} par an",
    "Hello,": "Bonjour,",
    "{title} {number} from {seller}": "{title} {number} de {seller}",
    "Please pay by bank transfer by {day}": "À payer par virement avant le {day}",
    "{quantity} × {rate} a year × {months} / 12 = {amount}": "{quantity} × {rate} par an × {months} / 12 = {amount}",
    ("{number} month", "{number} months"): ("{number} mois", "{number} mois"),
}
DUTCH: Texts = {
    "{plan} for {users} instead of {former_plan} for {former_users}": (
        "{plan} voor {users} in plaats van {former_plan} voor {former_users}"
    ),
    ("{number} user", "{number} users"): ("{number} gebruiker", "{number} gebruikers"),
    "Upgrade invoice": "Upgradefactuur",
    "Quote": "Offerte",
}

SAID = "Pro pour 20 utilisateurs au lieu de Starter pour 10 utilisateurs"
IN_ENGLISH = "Pro for 20 users instead of Starter for 10 users"
IN_DUTCH = "Pro voor 20 gebruikers in plaats van Starter voor 10 gebruikers"
QUOTE = ("quote", "--plan", "pro", "--users", "20")
NUMBER, CREDIT = "INV-2026-0001", "INV-2026-0002"


def do(cli, *lines):
    """Run commands on the store of this test: one that others share would keep words of other catalogues."""
    for line in lines:
        done = cli(*line)
        assert done.code == 0, done.err


@pytest.fixture
def french(demo, monkeypatch, tmp_path):
    """Return the demo where acme, from Belgium, was French when it had a quote and ordered it."""
    translated(monkeypatch, tmp_path / "languages", fr=FRENCH, nl=DUTCH, de={})
    abroad = ("--country", "BE", "--vat-id", "BE0428759497", "--language", "fr")
    do(demo, ("space", "set", "acme", *abroad), QUOTE, ("order", "Q-2026-0001"))
    return demo


def kept(cli, table):
    """Return what documents keep in words."""
    return [json.loads(words) for (words,) in cli.sql(f"SELECT words FROM {table} ORDER BY id")]


def on_paper(cli, number):
    """Return what stands on the paper of a document in its own language."""
    found = shown(cli, number)
    with speaking(language_of(found)):
        return told(pdf.sheet_of(found))


WORDS = {"lines": [SAID], "vat": "Autoliquidation. TVA BE0428759497.", "language": "fr"}


def test_a_document_keeps_words_of_its_buyers_language(french):
    """Lines and VAT note, with the language they are in; a quote and an order those of what they are about."""
    assert kept(french, "invoices") == [WORDS]
    assert [each["due_now"] for table in ("quotes", "orders") for each in kept(french, table)] == [[WORDS], [WORDS]]


def test_json_is_english_and_the_screen_the_readers(french):
    """Whatever was kept: both are made anew from the facts."""
    found = french("show", NUMBER, "--json").json
    assert (found["language"], found["lines"][0]["description"]) == ("fr", IN_ENGLISH)
    assert found["vat_note"] == "Reverse charge: the customer accounts for the VAT. VAT number BE0428759497."
    assert french("show", NUMBER, "--json", SUBCTL_LANG="nl").json == found
    screens = {language: french("show", NUMBER, SUBCTL_LANG=language).out for language in ("en", "fr", "nl")}
    for language, said in (("en", IN_ENGLISH), ("fr", SAID), ("nl", IN_DUTCH)):
        assert said in " ".join(screens[language].split())


def test_the_paper_is_the_documents_own(french):
    """Title, rate, line, dates and amounts are French, for a Dutch reader too."""
    text = on_paper(french, NUMBER)
    assert "Facture de mise à niveau INV-2026-0001" in text
    assert f"{SAID} | 1 | 2\u202f600,00 par an | 3 | 650,00" in text
    assert "À payer par virement avant le 14 avril 2026" in text
    assert "Devis Q-2026-0001" in on_paper(french, "Q-2026-0001")


def test_an_e_invoice_says_its_sentences_in_the_documents_language(french):
    """Terms, item and how its amount comes about; numbers and dates of the format stay the format's."""
    content = paper(invoice(french), "ubl").decode()
    assert f"<cbc:Name>{SAID}</cbc:Name>" in content
    assert "1 × 2\u202f600,00 par an × 3 mois / 12 = 650,00" in content
    assert "<cbc:Note>À payer par virement avant le 14 avril 2026.</cbc:Note>" in content
    assert '<cbc:LineExtensionAmount currencyID="EUR">650.00</cbc:LineExtensionAmount>' in content


def test_a_message_speaks_the_documents_language(french):
    """Head and body."""
    content = paper(invoice(french), "eml").decode()
    assert "\nContent-Language: fr\n" in content
    assert "Bonjour," in content
    assert "de_mise_=C3=A0_niveau_INV-2026-0001_de_Example" in content


def test_a_document_stays_as_it_was_and_its_credit_note_follows_it(french):
    """The space turns to Dutch: only what comes later is Dutch."""
    before = on_paper(french, NUMBER)
    do(french, ("space", "set", "acme", "--language", "nl"), ("withdraw", "O-2026-0001", "--yes"))
    assert on_paper(french, NUMBER) == before
    assert kept(french, "invoices") == [WORDS, WORDS]
    assert invoice(french, CREDIT).words.language == "fr"
    assert f"Avoir {CREDIT}" in on_paper(french, CREDIT)
    do(french, QUOTE)
    assert "Offerte Q-2026-0002" in on_paper(french, "Q-2026-0002")


def test_a_bill_run_keeps_each_buyers_language(french):
    """Contracts that are alike in everything else have invoices in their own language."""
    alike = ("--plan", "starter", "--users", "3", "--billing", "monthly", "--country", "NL")
    for language in ("fr", "nl", "en"):
        do(french, ("space", "add", f"in-{language}", "--name", "N", *alike, "--language", language))
    do(french, ("bill", "--today", "2026-04-01"))
    rows = french.sql("SELECT space, words FROM invoices WHERE space LIKE 'in-%'")
    found = {space: json.loads(words) for space, words in rows}
    assert {space: words["language"] for space, words in found.items()} == {f"in-{x}": x for x in ("fr", "nl", "en")}


# --- another language ----------------------------------------------------------------------------------------


def test_lang_makes_a_paper_anew_in_another_language(french):
    """From the facts, whoever reads it; with --lang fr it is the very same as without."""
    own = saved(french)
    assert SAID in own
    assert saved(french, SUBCTL_LANG="nl") == saved(french, "--lang", "fr") == own
    assert IN_ENGLISH in saved(french, "--lang", "en", SUBCTL_LANG="nl")
    assert IN_DUTCH in "".join(pages(paper(invoice(french), "pdf", language="nl"))).replace("\n", " ")


def saved(cli, *more, **environment):
    """Return the e-invoice that a command writes."""
    file = cli.home / "saved.xml"
    done = cli("show", NUMBER, "--format", "ubl", "-o", str(file), *more, **environment)
    assert done.code == 0, done.err
    return file.read_text()


def test_lang_is_for_papers(french):
    """Screens and JSON have their own language: there it says nothing."""
    refused = french("show", NUMBER, "--lang", "nl")
    assert (refused.code, refused.err) == (
        2,
        "subctl: --lang does nothing without --format pdf|facturx|ubl|cii|eml.\n"
        "Give one, like --format pdf, or leave it out.\n",
    )
    refused = french("show", NUMBER, "--qr", "--lang", "nl")
    assert (refused.code, refused.err) == (2, "subctl: --lang does nothing beside --qr.\nLeave one of them out.\n")


def test_a_message_in_another_language_is_another_message(french):
    """Its Message-ID names this one; that of the document's own language never changes."""

    def named(language):
        content = paper(invoice(french), "eml", language=language).decode()
        return next(line for line in content.splitlines() if line.startswith("Message-ID: "))

    assert named(None) == named("fr") != named("nl")


def test_titles_are_those_of_the_papers_language(french, tmp_path):
    """What a catalog calls a plan in French stands on French papers, and is kept; JSON has the English one."""
    exported = french("catalog", "export").out
    titles = 'titles = { fr = "Professionnel", en = "Professional" }'
    titled = exported.replace('title = "Pro"\n', f'title = "Pro"\n{titles}\n')
    assert titled != exported
    file = tmp_path / "catalog.toml"
    file.write_text(titled.replace("2026-01-01", "2026-03-16"))
    do(french, ("catalog", "import", str(file), "--yes"))
    on = ("--today", "2026-03-16")
    do(french, ("withdraw", "O-2026-0001", "--yes", *on), (*QUOTE, *on), ("order", "Q-2026-0002", *on))
    later = "INV-2026-0003"
    said = "Professionnel pour 20 utilisateurs au lieu de Starter pour 10 utilisateurs"
    assert kept(french, "invoices")[2]["lines"] == [said]
    assert said in on_paper(french, later)
    assert "Professionnel" in on_paper(french, "Q-2026-0002")
    assert on_paper(french, "Q-2026-0001").count("Professionnel") == 0
    english = IN_ENGLISH.replace("Pro ", "Professional ")
    assert french("show", later, "--json").json["lines"][0]["description"] == english
    assert french("show", "Q-2026-0002", "--json").json["due_now"]["lines"][0]["description"] == english


PREVIEWS = {
    "upgrade": ("upgrade", "--space", "atelier", "--zoom", "5"),
    "cancel": ("cancel", "--space", "atelier"),
}


@pytest.mark.parametrize("name", PREVIEWS)
def test_a_preview_has_the_titles_of_its_reader(demo, name):
    """Of what it would invoice; scripts read English, and an order by its number shows the same."""
    words = (*PREVIEWS[name], "--today", "2026-05-10")
    seen = {language: demo(*words, "--dry-run", SUBCTL_LANG=language).out for language in ("en", "nl")}
    assert "Zoom licence" in seen["en"]
    assert "Zoom-licentie" in seen["nl"]
    said = demo(*words, "--dry-run", "--json", SUBCTL_LANG="nl").json
    assert said["catch_up"][0]["lines"][1]["description"] == "Zoom licence"
    do(demo, (*words, "--yes"))
    assert "Zoom-licentie" in demo("show", "O-2026-0001", SUBCTL_LANG="nl").out
    assert "Licence Zoom" in on_paper(demo, "O-2026-0001")


def test_a_credit_note_to_come_is_english_for_scripts(demo):
    """And on the screen its reader's."""
    do(demo, ("upgrade", "--zoom", "5", "--yes"))
    words = ("withdraw", "O-2026-0001", "--dry-run")
    assert demo(*words, "--json", SUBCTL_LANG="de").json["credit"]["lines"][0]["description"] == "Zoom licence, 3 more"
    assert "Zoom-Lizenz" in demo(*words, SUBCTL_LANG="de").out


# --- without texts -------------------------------------------------------------------------------------------


def test_a_book_goes_on_where_texts_can_not_be_read(demo, monkeypatch, tmp_path):
    """What is issued is said in English, and stays so; in the other language it comes once that can be read."""
    translated(monkeypatch, tmp_path / "none")
    do(demo, ("space", "set", "acme", "--language", "fr"), ("upgrade", "--plan", "pro", "--users", "20", "--yes"))
    assert kept(demo, "invoices") == [{"lines": [IN_ENGLISH], "vat": None, "language": "en"}]
    assert IN_ENGLISH in demo("show", NUMBER, "--format", "ubl").text
    refused = demo("show", NUMBER, "--format", "ubl", "--lang", "fr")
    assert (refused.code, refused.out, refused.err) == (
        9,
        "",
        "subctl: The texts in 'fr', the language of this paper, can't be read.\nInstall subctl again.\n",
    )
    translated(monkeypatch, tmp_path / "there", fr=FRENCH)
    assert SAID in paper(invoice(demo), "ubl", language="fr").decode()
