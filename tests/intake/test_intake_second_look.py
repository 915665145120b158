"""A second look at numbers: what is doubtful is marked, and a letter is taken for a digit in one case only."""

import pytest

from esep.intake.parsers.second_look import look_again
from esep.intake.parsers.tesseract import Seen


def line(*words, confidence=96):
    """Words side by side on one line, each in a box of its own."""
    return [Seen(text, 100 * at, 0, 80, 20, confidence, (1, 1), 1) for at, text in enumerate(words)]


def doubts(first, second=None):
    return {word.text: word.doubt for word in look_again(first, first if second is None else second) if word.doubt}


def test_numbers_that_both_readings_have_are_not_doubted():
    assert doubts(line("killed", "17", "people")) == {}


def test_a_number_read_with_little_confidence_is_doubted():
    assert "79 %" in doubts(line("killed", "17", "people", confidence=79))["17"]


def test_a_number_that_the_second_reading_has_otherwise_is_doubted():
    assert "18" in doubts(line("killed", "17", "people"), line("killed", "18", "people"))["17"]


@pytest.mark.parametrize("word", ["1О4", "2O31", "l7", "3б"])
def test_digits_mixed_with_letters_that_look_alike_are_doubted(word):
    assert "look like digits" in doubts(line("killed", word, "people"))[word]


def test_a_lone_letter_like_a_digit_inside_a_sentence_is_taken_for_it_and_marked():
    (_, digit, _) = look_again(line("Ще", "З", "мешканці"), [])
    assert (digit.text, digit.doubt) == ("3", "read as the letter З and taken for 3")


@pytest.mark.parametrize(
    "words", [("вчора.", "З", "міста"), ("З", "міста"), ("Ще", "З", "Києва"), ("Ще", "А", "міста")]
)
def test_a_letter_that_may_begin_a_sentence_stays_a_letter(words):
    assert [word.text for word in look_again(line(*words), [])] == list(words)


def test_a_doubt_holds_no_words_because_they_could_not_be_erased():
    marked = doubts(line("17-year-old"), line("11-year-old"))["17-year-old"]
    assert marked == "a second reading has 11"


def test_a_letter_that_the_second_reading_has_as_a_digit_is_doubted():
    assert "3" in doubts(line("З", "березня"), line("3", "березня"))["З"]
