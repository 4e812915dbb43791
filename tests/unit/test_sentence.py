"""Sentences as templates with values: what they say in English."""

from datetime import date

from subctl.domain.errors import SubctlError
from subctl.domain.money import Amount
from subctl.domain.sentence import N_, Sentence, either, plural, together


def test_a_template_without_values_is_said_as_it_stands():
    assert str(Sentence("a {brace}")) == "a {brace}"


def test_values_stand_in_their_places_and_may_be_sentences():
    users = plural("{number} user", "{number} users", 2)
    assert str(Sentence(N_("{plan} has {users}."), {"plan": "pro", "users": users})) == "pro has 2 users."


def test_one_and_many():
    said = [str(plural("{number} {what}", "{number} {what}s", number, what="user")) for number in (0, 1, 2, -1)]
    assert said == ["0 users", "1 user", "2 users", "-1 users"]


def test_a_day_is_said_as_in_json_and_an_amount_as_it_is_typed():
    day, amount = date(2026, 3, 5), Amount(78650, "EUR")
    assert str(Sentence("{day}: {amount}", {"day": day, "amount": amount})) == "2026-03-05: 786.50 EUR"


def test_choices_are_named():
    assert [str(either(["a", "b", "c"][:count])) for count in (1, 2, 3)] == ["a", "a or b", "a, b or c"]


def test_several_sentences_as_one():
    assert str(together([Sentence("One."), Sentence("{n}.", {"n": 2})])) == "One. 2."
    assert str(together([Sentence("One."), Sentence("Two.")], "\n")) == "One.\nTwo."
    assert str(together([])) == ""


def test_an_error_has_two_templates_for_the_same_values_and_repeats_no_card_number():
    error = SubctlError("bad_input", "No {text}.", "Leave {text} out.", text="4111 1111 1111 1111")
    assert (error.message, error.hint) == ("No …1111.", "Leave …1111 out.")
    assert str(error) == error.message


def test_an_error_takes_sentences_as_they_are():
    error = SubctlError("bad_input", Sentence("{a}!", {"a": 1}), Sentence("{b}?", {"b": 2}))
    assert (error.message, error.hint) == ("1!", "2?")
