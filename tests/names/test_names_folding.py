"""Folding and scripts: one form a sound, the same for whoever spells it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.names.folding import fold, is_kazakh_arabic
from esep.names.plain import plain
from esep.names.scripts import repair, visible, word_script

LETTERS = "абвгджзийклмнопрстухцчшщыьюяіеёңөұүқғәһabcdefghijklmnopqrstuvwxyzčšžńáışçğöü'ابتجحدرزسشعفقكلمنهويىەۇ"


@pytest.mark.parametrize(
    ("word", "script"),
    [("Айгүл", "cyrillic"), ("Aigul", "latin"), ("محمد", "arabic"), ("张伟", "other"), ("2011", "none"), ("", "none")],
)
def test_a_word_has_the_script_of_its_letters(word: str, script: str) -> None:
    assert word_script(word) == script


@pytest.mark.parametrize(
    ("mixed", "repaired"),
    [("cерик", "серик"), ("sерik", "sepik"), ("аoеx", "аоех"), ("karim", "karim"), ("серик", "серик")],
)
def test_a_mixed_word_goes_to_the_script_of_most_letters(mixed: str, repaired: str) -> None:
    assert repair(mixed) == repaired


def test_invisible_marks_are_not_part_of_a_word() -> None:
    assert visible("Се\u00adрі\u200bк\u202c") == "серік"


@settings(deadline=None, max_examples=400)
@given(st.text(alphabet=LETTERS, max_size=10))
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_word_folds_to_ascii(word: str) -> None:
    assert fold(word).isascii()


def test_combining_letters_are_the_letters_they_compose() -> None:
    assert fold("И\u0306осиф") == fold("Йосиф")
    assert fold("Zoe\u0308") == fold("Zoë")


def test_arabic_letters_are_read_as_kazakh_where_the_text_shows_it() -> None:
    assert is_kazakh_arabic("قايرات سەرىكۇلى")
    assert not is_kazakh_arabic("محمد علي")
    assert fold("عالىم", kazakh=True) == fold("Ғалым")


def test_short_vowels_of_common_arabic_names_are_known() -> None:
    assert fold("محمد") == fold("Muhammad") == fold("Мұхаммед")


@pytest.mark.parametrize(
    ("german", "russian"),
    [("Sokolow", "Соколов"), ("Nasarbajew", "Назарбаев"), ("Achmetowa", "Ахметова"), ("Urwanzew", "Урванцев")],
)
def test_german_endings_show_german_letters(german: str, russian: str) -> None:
    assert fold(german) == fold(russian)


@pytest.mark.parametrize(("polish", "russian"), [("Nazarbajew", "Назарбаев"), ("Czernenko", "Черненко")])
def test_polish_spellings_are_told_from_german_ones(polish: str, russian: str) -> None:
    assert fold(polish) == fold(russian)


@pytest.mark.parametrize(
    ("name", "latin"),
    [("Барак", "ბარაკ"), ("Obama", "Օբամա"), ("Kyriakos", "Κυριάκος")],
)
def test_other_alphabets_with_a_table_meet_latin(name: str, latin: str) -> None:
    assert fold(name) == fold(latin)


def test_the_plain_form_is_readable_latin() -> None:
    assert plain("Жаңаөзен") == "zhanaozen"
    assert plain("Хрущёв") == "khrushchyov"


def test_digits_of_any_script_are_digits() -> None:
    assert fold("٢٠١١") == "2011"
