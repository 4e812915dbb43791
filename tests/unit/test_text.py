"""Text and counts as people type them, and text as it is shown (pricing.md 4: what a change can name)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.sentence import Sentence
from subctl.domain.text import (
    MAX_COUNT,
    bare,
    hidden,
    is_id,
    masked_account,
    near,
    one_of,
    parse_count,
    parse_email,
    parse_id,
    parse_text,
    safe,
    text_fault,
)
from tests.support.build import refused


@pytest.mark.parametrize(
    "sign",
    [
        "\0",
        "\n",
        "\t",
        "\x1b",
        "\x7f",
        "\u200b",
        "\u202e",
        "\u2066",
        "\ud800",
        "\u2028",
        "\ufeff",
        "\ufffe",
        "\uffff",
        "\ufdd0",
    ],
)
def test_signs_without_a_picture_are_hidden(sign: str) -> None:
    """Control, zero-width, bidi, surrogate and separator signs could hide or reorder what stands beside them."""
    assert hidden(sign) is True


@pytest.mark.parametrize(
    "sign", ["a", " ", "é", "中", "€", "😀", "\xa0", "\ufffd", "\xad", "\u200c", "\u200f", "\u061c"]
)
def test_signs_with_a_picture_or_of_spelling_are_not_hidden(sign: str) -> None:
    """Letters, blanks and pictures of any script are shown as they are, and what they are spelt with."""
    assert hidden(sign) is False


SPELT = {
    "Farsi": "می\u200cخواهم",
    "Sinhala": "ශ්\u200dරී ලංකා",
    "Malayalam": "നന്\u200dമ",
    "Hebrew": "\u200fבית קפה (Tel Aviv)\u200e",
    "a family": "👩\u200d👩\u200d👧 Café",
    "a soft hyphen": "Donau\xaddampf\xadschifffahrt",
}


@pytest.mark.parametrize("name", SPELT.values(), ids=SPELT)
def test_names_are_spelt_as_their_scripts_are(name: str) -> None:
    """Joiners, direction marks and soft hyphens pass, and are shown as they are; in what machines read they don't."""
    assert text_fault(name) is None
    assert safe(parse_text(name, "The name")) == name
    assert str(text_fault(name, code=True)).startswith("must not hold the invisible sign \\u{")


def test_an_address_has_lines() -> None:
    """Any line end, blanks around a line gone; no other sign of control, and not only lines."""
    assert parse_text(" Weg 1 \r\n  12345 Bonn\rGermany\n", "The address", lines=True) == "Weg 1\n12345 Bonn\nGermany"
    assert str(text_fault("a\n\tb", lines=True)) == "must not hold the invisible sign \\u{9}"
    assert str(text_fault("a\rb", lines=True)) == "must not hold the invisible sign \\u{d}"
    assert refused(parse_text, "\r\n \n", "The address", lines=True)[1] == "The address must not be empty."
    assert str(text_fault("4111 1111\n1111 1111", lines=True)) == "must not hold a card number"


@pytest.mark.parametrize(
    "text", ["Acme", "Café Müller & Söhne", "中文", "[/]", "'); DROP TABLE", "a" * 200, "=1+1", "😀"]
)
def test_names_of_any_script_are_fine(text: str) -> None:
    """A name may hold what a name may hold; 200 letters are the limit."""
    assert text_fault(text) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "must not be empty"),
        (" \t ", "must not be empty"),
        ("\u3000", "must not be empty"),
        ("\u200d", "must not be empty"),
        (" \u200f\xad\u3164", "must not be empty"),
        ("a" * 201, "must have at most 200 letters"),
        ("a\nb", "must not hold the invisible sign \\u{a}"),
        ("a\0b", "must not hold the invisible sign \\u{0}"),
        ("evil\u202egnp.exe", "must not hold the invisible sign \\u{202e}"),
        ("zero\u200bwidth", "must not hold the invisible sign \\u{200b}"),
        ("4111111111111111", "must not hold a card number"),
        ("card 4111 1111 1111 1111 please", "must not hold a card number"),
        ("378282246310005", "must not hold a card number"),
        ("4111-1111-1111-1111", "must not hold a card number"),
    ],
)
def test_text_that_will_not_do_says_why(text: str, fault: str) -> None:
    """Empty, too long, invisible signs and card numbers are refused on the way in."""
    assert str(text_fault(text)) == fault


@pytest.mark.parametrize("text", ["4111111111111112", "123456789012", "41111111111111111111"])
def test_other_long_numbers_are_not_card_numbers(text: str) -> None:
    """Only 13 to 19 digits that pass the cards' check are taken for a card (tests/unit/test_cards.py)."""
    assert text_fault(text) is None


def test_digits_that_are_checked_elsewhere_may_be_a_cards_by_chance() -> None:
    """An IBAN's own check says what it is; everything else is refused in it all the same."""
    assert text_fault("AT36 1200 0000 0000 0000", digits=True) is None
    assert str(text_fault("a\nb", digits=True)) == "must not hold the invisible sign \\u{a}"


@pytest.mark.parametrize("text", ["4111111111111111", "4111-1111-1111-1111", "a.4111111111111111"])
def test_a_card_is_no_id(text: str) -> None:
    """A space's ID stands in every list and in the history."""
    assert refused(parse_id, text) == ("bad_input", "The space's ID must not hold a card number.", "")
    assert not is_id(text)


@pytest.mark.parametrize(("text", "could_be"), [("acme", True), ("Acme", False), ("\udcff", False), ("", False)])
def test_what_could_be_an_id(text: str, could_be: bool) -> None:
    """The history names nothing else as a space."""
    assert is_id(text) is could_be


@pytest.mark.parametrize(
    "text", ["acme", "acme.example", "@acme.example", "a@acme", "a@", "a b@acme.example", "a@acme .example"]
)
def test_an_address_has_a_name_and_a_host(text: str) -> None:
    """What could be no mailbox is a slip."""
    assert refused(parse_email, text) == ("bad_input", f"'{text}' is not an e-mail address.", "")


def test_an_address_is_for_machines() -> None:
    """No sign is spelling in it; blanks around it go."""
    assert parse_email(" a@acme.example ") == "a@acme.example"
    assert refused(parse_email, "a\u200db@acme.example") == (
        "bad_input",
        "The e-mail address must not hold the invisible sign \\u{200d}.",
        "",
    )


def test_of_an_account_the_last_four_signs_are_shown() -> None:
    """docs/safety.md: people and programs know it by these."""
    assert masked_account("NL91ABNA0417164300") == "…4300"


def test_a_text_is_a_name_unless_it_is_said_to_be_more() -> None:
    """One line, spelt as people spell, and no card number."""
    assert parse_text("می\u200cخواهم", "The name") == "می\u200cخواهم"
    assert [refused(parse_text, text, "The name")[1] for text in ("a\nb", "4111111111111111")] == [
        "The name must not hold the invisible sign \\u{a}.",
        "The name must not hold a card number.",
    ]


def test_where_what_is_no_character_begins_and_ends() -> None:
    """Unicode has 32 of them among the Arabic letters, and two at the end of every plane."""
    around = range(0xFDCF, 0xFDF1)
    assert [code for code in around if hidden(chr(code))] == [*around][1:-1]
    assert [hidden(chr(code)) for code in (0xFFFD, 0xFFFE, 0xFFFF, 0x1FFFD, 0x1FFFE)] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_a_choice_is_one_of_those_there_are() -> None:
    """What may be chosen is named, and what to do besides."""
    assert one_of("The tone", "grey", ("red", "blue", "grey")) == "grey"
    assert refused(one_of, "The tone", "gr\u200bey", ("red", "blue", "grey"), Sentence("Ask for more.")) == (
        "bad_input",
        "The tone can't be 'gr\\u{200b}ey'.",
        "Choose red, blue or grey. Ask for more.",
    )


def test_blanks_around_a_text_go() -> None:
    """A name is kept without the blanks around it."""
    assert parse_text("  Acme Ltd ", "--name") == "Acme Ltd"


def test_a_text_that_will_not_do_is_refused_by_its_name() -> None:
    """The refusal names the option."""
    assert refused(parse_text, " ", "--name") == ("bad_input", "--name must not be empty.", "")


@pytest.mark.parametrize("text", ["acme", "a", "7", "acme-berlin.2_b", "a" * 40])
def test_ids_have_small_letters_digits_dots_hyphens_and_underscores(text: str) -> None:
    """A space's ID is easy to type and safe in file names."""
    assert parse_id(text) == text


@pytest.mark.parametrize("text", ["", "Acme", "-a", "a-", ".", "a b", "a/b", "é", "a" * 41, "acme\n", "a\u200b"])
def test_other_ids_are_refused(text: str) -> None:
    """What isn't an ID is shown with its hidden signs written out."""
    assert refused(parse_id, text) == (
        "bad_input",
        f"The space's ID can't be '{safe(text)}'.",
        "Use at most 40 small letters, digits, dots, hyphens and underscores, like acme-berlin.",
    )


@pytest.mark.parametrize(("text", "count"), [("0", 0), ("7", 7), ("007", 7), ("1000000", MAX_COUNT)])
def test_counts_are_whole_numbers_in_plain_digits(text: str, count: int) -> None:
    """pricing.md 1: a contract has whole numbers of users and licences."""
    assert parse_count(text, "--users") == count


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.0", "1_000", "١٢", "1e3", " 1", "1\n", "9223372036854775808", "1000001", "9" * 20]
)
def test_other_counts_are_refused(text: str) -> None:
    """pricing.md 1: no sign, no other digits, no underscores, nothing beyond a million."""
    assert refused(parse_count, text, "--users") == (
        "bad_input",
        f"--users can't be '{safe(text)}'.",
        "Give a whole number from 0 to 1000000.",
    )


@pytest.mark.parametrize("text", ["0", "11"])
def test_a_count_has_the_limits_that_are_asked_for(text: str) -> None:
    """pricing.md 1: zero users are no contract."""
    assert refused(parse_count, text, "--users", 1, 10) == (
        "bad_input",
        f"--users can't be '{text}'.",
        "Give a whole number from 1 to 10.",
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme", "Acme"),
        ("Café 中", "Café 中"),
        ("a\x1b[31mb", "a\\u{1b}[31mb"),
        ("a\nb", "a\\u{a}b"),
        ("x\u202ey", "x\\u{202e}y"),
        ("\udcff", "\\u{dcff}"),
    ],
)
def test_hidden_signs_are_written_out(text: str, shown: str) -> None:
    """A terminal shows what is there."""
    assert safe(text) == shown


@given(st.text())
def test_what_is_shown_hides_nothing_and_stays_as_it_is(text: str) -> None:
    """No hidden sign passes, and text that was made visible isn't changed again."""
    shown = safe(text)
    assert not any(map(hidden, shown))
    assert safe(shown) == shown


@given(st.integers(0, MAX_COUNT))
def test_a_count_that_is_written_reads_the_same(count: int) -> None:
    """pricing.md 1: every number that is allowed can be typed."""
    assert parse_count(str(count), "--users") == count


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("nl91 abna 0417 1643 00", "NL91ABNA0417164300"),
        ("NL91-ABNA.0417/1643\u00a000", "NL91ABNA0417164300"),
        ("DE136695976", "DE136695976"),
        ("CHE-123.456.788", "CHE123456788"),
        ("A&B010101AAA", "A&B010101AAA"),
    ],
)
def test_a_number_without_what_groups_it(written: str, kept: str) -> None:
    """documents.md 4: as it is exchanged; a sign that is part of it stays."""
    assert bare(written) == kept


def test_close_words_are_named() -> None:
    """Whoever mistypes a name reads the one that was meant, or where all of them stand."""
    assert str(near("acmee", ["acme", "atelier"], "subctl list spaces")) == "Did you mean acme?"
    assert str(near("prp", ["pro", "prop"], "subctl list plans")) == "Did you mean prop or pro?"
    assert str(near("zzz", ["acme"], "subctl list spaces")) == "subctl list spaces shows what there is."
