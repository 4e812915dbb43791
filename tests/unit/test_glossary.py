"""The glossary is whole and decided: a row a term, a word a thing, in all four languages (docs/glossary.md)."""

import re
from collections import defaultdict

import pytest

from subctl.domain.catalog import BILLINGS
from subctl.service.lists import LISTS
from subctl.view import codes
from tests.support import glossary

PAGE = glossary.PAGE.read_text(encoding="utf-8")
TERMS = glossary.read(PAGE)

ARTICLES = {
    "fr": {"le", "la", "l’ m.", "l’ f.", "les"},
    "nl": {"de", "het"},
    "de": {"der", "die", "das"},
}

CATALOG_STATUSES = {"past", "current", "coming"}

SHARED = {
    ("fr", "ligne"): ["line (of an invoice)", "line (of a file)"],  # both are lines, and never meet in a sentence
    ("nl", "regel"): ["rule", "line (of a file)"],  # Dutch has one word; a rule is told, a line has a number
    ("nl", "aantal"): ["quantity", "number (how many)"],  # what heads a Dutch invoice is how many there are
    ("de", "offen"): ["open (quote)", "open (invoice)"],  # as in English: the noun beside it says which
}
"""Words that stand for two terms, and why that is right."""

EXAMPLE = """\
# Glossary

## The terms

| English | Français | Nederlands | Deutsch | Note |
| --- | --- | --- | --- | --- |
| order (noun) | commande (la) | bestelling (de) | Bestellung (die) | an accepted change |
| VAT | TVA (la) | btw (de) | Umsatzsteuer (die); USt. | |
"""


def named(term):
    """Return a term as its row names it."""
    return f"{term.english} ({term.sense})" if term.sense else term.english


def shared(terms):
    """Return the words of each language that stand for several terms, short forms too, whatever their capitals."""
    found = defaultdict(list)
    for term in terms:
        for language, word in term.words.items():
            for text in {word.text.casefold(), word.short.casefold()} - {""}:
                found[language, text].append(named(term))
    return {word: english for word, english in found.items() if len(english) > 1}


def braces(text):
    """Return the names in braces of a text, sorted."""
    return sorted(re.findall(r"{\w+}", text))


def test_the_table_is_read_cell_by_cell():
    """A term with its sense, its words with article and short form, and the note."""
    order, vat = glossary.read(EXAMPLE)
    assert order == (
        "order",
        "noun",
        {"fr": ("commande", "la", ""), "nl": ("bestelling", "de", ""), "de": ("Bestellung", "die", "")},
        "an accepted change",
    )
    assert vat.words["de"] == ("Umsatzsteuer", "die", "USt.")
    assert (vat.sense, vat.note) == ("", "")


@pytest.mark.parametrize(
    "row",
    [
        "| net | | netto | netto | |",  # an empty cell
        "| | net | netto | netto | |",
        "| net | net | netto | netto |",  # no note, or no German
        "| net | net (le) (la) | netto | netto | |",
        "| net | net, brut; | netto | netto | |",  # a short form that isn't there
    ],
)
def test_a_row_that_lacks_something_is_named(row):
    with pytest.raises(ValueError, match=re.escape(row)):
        glossary.read(f"{EXAMPLE}{row}\n")


def test_a_table_with_other_heads_is_refused():
    with pytest.raises(ValueError, match="English"):
        glossary.read(EXAMPLE.replace("Français", "Español"))


def test_every_term_has_one_row():
    """Where a word has two senses, each of its rows says which; where it has one, none does."""
    senses = defaultdict(list)
    for term in TERMS:
        senses[term.english.casefold()].append(term.sense)
    assert len(TERMS) > 200
    assert {english: each for english, each in senses.items() if len({*each}) < len(each)} == {}
    assert {english: each for english, each in senses.items() if all(each) != (len(each) > 1)} == {}


def test_every_word_stands_for_one_term():
    """Who reads a word knows which thing it is."""
    assert shared(TERMS) == SHARED


def test_nouns_have_their_article():
    """The article of their language, or none: what is no noun has none in any."""
    wrong = [(named(term), word) for term in TERMS for language, word in term.words.items()
             if word.article not in {"", *ARTICLES[language]}]  # fmt: skip
    mixed = [named(term) for term in TERMS if len({bool(word.article) for word in term.words.values()}) > 1]
    assert wrong == []
    assert mixed == ["reverse charge", "Enter"]  # the Dutch law has a participle, and a key a name


def test_french_articles_are_elided_where_they_must_be():
    """`l’` before a vowel and an `h` that isn't heard, and only there."""
    singular = [word for term in TERMS if (word := term.words["fr"]).article not in {"", "les"}]
    elided = [word for word in singular if re.match("[aàeéiouh](?!ausse)", word.text)]
    assert [word for word in singular if word.article.startswith("l’")] == elided


def test_german_nouns_have_capitals():
    """At least one word of a noun, which an adjective may stand before."""
    nouns = [term.words["de"].text for term in TERMS if term.words["de"].article]
    assert [noun for noun in nouns if not re.search(r"\b[A-ZÄÖÜ]", noun)] == []


def test_names_in_braces_are_in_every_language():
    """As often as in English."""
    wrong = [named(term) for term in TERMS for word in term.words.values() if braces(word.text) != braces(term.english)]
    assert wrong == []


def test_signs_are_those_of_the_language():
    """Typographic apostrophes, and in French no space that breaks before a question mark."""
    every = [word for term in TERMS for word in term.words.values()]
    assert [word for word in every if "'" in f"{word.text}{word.short}{word.article}"] == []
    assert [word for word in every if re.search(" [?!:;»%]", word.text)] == []


def test_the_sentences_keep_the_rules_that_they_show():
    """Names in braces as in English, typographic signs, and in French no space that breaks before a sign."""
    section = PAGE.partition("## Sentences to go by\n")[2].partition("\n## ")[0]
    _, _, *rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    assert len(rows) > 5
    assert [row for row in rows if len({tuple(braces(cell)) for cell in row}) != 1] == []
    assert [row for row in rows if "'" in "".join(row[1:]) or re.search(" [?!:;»%]|« ", row[1])] == []


def test_what_is_shown_of_values_has_a_row():
    """What billings, documents and deadlines are called, and every status there is."""
    called = {"invoices": codes.invoice_title, "deadlines": codes.deadline}
    kinds = {call(kind) for name, call in called.items() for kind in LISTS[name].kinds}
    kinds |= {"upgrade", "downgrade", "change of billing", "cancellation"}  # orders are named in whole sentences
    statuses = {status for known in LISTS.values() for status in known.statuses} | CATALOG_STATUSES
    shown = {text.lower() for text in (*kinds, *statuses, *map(codes.billing, BILLINGS))}
    assert shown - {term.english for term in TERMS} == set()
    assert len(shown) > 20


def test_the_page_leads_to_what_it_names():
    """Its contents have the headings that it has."""
    heads = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    anchors = [head.lower().replace(" ", "-") for head in heads]
    assert re.findall(r"\[[^]]*\]\(#([^)]*)\)", PAGE.partition("## ")[0]) == anchors
