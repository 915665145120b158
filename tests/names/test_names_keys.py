"""Search keys: spellings of one name meet, other names stay apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.names.keys import loose_key, search_key, search_tokens


@pytest.mark.parametrize(
    "spellings",
    [
        "каримова КАРИМОВА Karimova Кәрімова Karimowa Kärımova Kárimova",
        "Zhanaozen Janaozen Жаңаөзен Жанаозен Jańaózen Jaŋaözen Zhangaözen Canaözen Dschanaosen جاڭاوزەن Жангаозен",
        "Назарбаев Назарбаєв Nazarbayev Nazarbaev Nasarbajew Nazarbaïev Nazarbaıev",
        "Қайрат Кайрат Qaırat Kairat Kayrat Qairat Kaïrat Kajrat",
        "Шыңғыс Шынгыс Shyńǵys Şyñğys Shyngys",
        "Уәлиханов Уалиханов Valikhanov Walikhanov Ualihanov",
        "Соловьёв Соловьев Soloviev Solovyov Solovyev Solowjow",
        "Вячеслав Vyacheslav Viacheslav Wjatscheslaw Viatcheslav Vjačeslav",
        "Маңғыстау Мангистау Mangystau Mangistau Mangghystaū",
        "Шетпе Shetpe Schetpe",
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: str) -> None:
    assert len({search_key(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [("Амирова", "Амиров"), ("Кенжебаев", "Кенжебеков"), ("Диана", "Дана"), ("Жанна", "Яна"), ("Қамит", "Хамит")],
)
def test_other_names_keep_other_keys(left: str, right: str) -> None:
    assert search_key(left) != search_key(right)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Schanyl", "Жаңыл"),
        ("Rogosin", "Рогозин"),
        ("Koulach", "Күләш"),
        ("بوكين", "Бөкен"),
        ("تيريشينكو", "Терещенко"),
    ],
)
def test_what_a_spelling_cannot_keep_apart_meets_in_the_loose_key(written: str, name: str) -> None:
    assert search_key(written) != search_key(name)
    assert loose_key(written) == loose_key(name)


def test_a_word_that_mixes_two_scripts_is_repaired_first() -> None:
    assert search_key("Zhаnаоzеn") == "janaozen"  # а, о, е typed in Cyrillic


@pytest.mark.parametrize("text", ["", "  ", "🙂", "\u202e", "—", "\ufe0f", "́"])
def test_text_without_letters_has_the_empty_key(text: str) -> None:
    assert search_key(text) == ""
    assert search_tokens(text) == ()


def test_direction_marks_and_emoji_change_nothing() -> None:
    assert search_key("\u202bСерік 🙂\u202c") == search_key("Серік")


@settings(deadline=None, max_examples=300)
@given(st.text())
def test_any_text_has_an_ascii_key_that_is_its_own_key(text: str) -> None:
    key = search_key(text)
    assert key.isascii()
    assert key == key.lower()
    assert search_key(key) == key


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="абжзийкңөсуұхчшщьюяіеёЖabcdehijknostuwyzgxq' -ńáışčž", max_size=12))
def test_the_key_of_a_key_is_itself_on_names(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)
