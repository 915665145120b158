"""Parts of names; all people are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.names.parts import parse


@pytest.mark.parametrize(
    "written",
    [
        "Бапанова Гүлсім Омарқызы",
        "Гүлсім Омарқызы Бапанова",
        "Бапанова, Гүлсім Омарқызы",
        "Gulsim Omarkyzy BAPANOVA",
        "Bapanowa Gulsim Omarowna",
    ],
)
def test_three_parts_are_found_in_any_order(written: str) -> None:
    parts = parse(written)
    assert parts.sure
    assert parts.family.lower().startswith(("бапанов", "bapanow", "bapanov"))
    assert parts.given.lower() in ("гүлсім", "gulsim")
    assert parts.patronymic.lower().startswith(("омар", "omar"))


def test_without_a_telling_ending_the_order_is_only_a_guess() -> None:
    parts = parse("Марат Айтбай")
    assert (parts.given, parts.family, parts.sure) == ("Марат", "Айтбай", False)


def test_capitals_show_the_family_name() -> None:
    assert parse("Марат АЙТБАЙ").family == "АЙТБАЙ"
    assert parse("АЙТБАЙ Марат").family == "АЙТБАЙ"


def test_a_given_name_that_ends_like_a_family_name_stays_a_given_name() -> None:
    parts = parse("Яков Константин Зимин")
    assert parts.family == "Зимин"


@pytest.mark.parametrize(
    "written", ["Dr. Marat Bapanov", "полковник Марат Бапанов", "г-н Марат Бапанов", "د. مارات باپانوۆ"]
)
def test_titles_are_no_part_of_the_name(written: str) -> None:
    parts = parse(written)
    assert len(parts.tokens) == 2
    assert parts.titles or "г-н" in written


@pytest.mark.parametrize("written", ["Азамат Бапанов", "азамат бапанов", "Мырза Бапанов", "Aaron Judge", "Adam Pan"])
def test_a_name_that_is_also_a_title_stays_a_name(written: str) -> None:
    assert len(parse(written).tokens) == 2


def test_a_person_called_adam_has_a_name() -> None:
    assert len(parse("Адам").tokens) == 1


def test_a_title_that_is_all_there_is_counts_as_the_name() -> None:
    assert len(parse("Мырза").tokens) == 1


@pytest.mark.parametrize(
    ("written", "relation", "named"),
    [
        ("мать Гульсум Бапановой", "mother", "Гульсум"),
        ("mother of Gulsim Bapanova", "mother", "Gulsim"),
        ("Гүлсім Бапанованың анасы", "mother", "Гүлсім"),
        ("the wife of Marat", "wife", "Marat"),
        ("أم خالد", "mother", "خالد"),
        ("أبو خالد", "father", "خالد"),
        ("Umm Khalid", "mother", "Khalid"),
    ],
)
def test_a_description_by_kin_keeps_the_relation_and_the_other_name(written: str, relation: str, named: str) -> None:
    parts = parse(written)
    assert parts.kin == relation
    assert parts.tokens[0].written == named


@pytest.mark.parametrize("written", ["Бапанов Марат Омар ұлы", "Bapanov Marat Omar uly", "Бапанов Марат Омар-улы"])
def test_a_patronymic_in_two_words_is_one_part(written: str) -> None:
    parts = parse(written)
    assert len(parts.tokens) == 3
    assert parts.words("patronymic")[0].stem == "omar"


def test_a_genitive_makes_a_son_and_not_a_patronymic() -> None:
    assert parse("Гүлсімнің ұлы").kin == "son"


def test_a_byname_before_a_full_arabic_name_is_no_description() -> None:
    assert parse("أبو خالد محمد حسن").kin is None


@pytest.mark.parametrize(
    "written",
    [
        "Марат Бапанов (известный как Маке)",
        "Марат Бапанов, известный как Маке",
        "Marat Bapanov a.k.a. Маке",
        "Марат Бапанов «Маке»",
        "Марат Бапанов (Маке)",
        "Марат Бапанов, он же Маке",
    ],
)
def test_a_stated_alias_is_another_name_of_the_person(written: str) -> None:
    parts = parse(written)
    assert len(parts.tokens) == 2
    assert [alias.tokens[0].written for alias in parts.aliases] == ["Маке"]


def test_a_year_in_brackets_is_no_alias() -> None:
    assert parse("Марат Бапанов (1967)").aliases == ()


def test_both_halves_of_a_double_family_name_are_family_name() -> None:
    assert parse("Мохов-Лугов Степан").family == "Мохов Лугов"


def test_initials_are_initials_with_and_without_spaces() -> None:
    assert parse("И.И. Зимин").roles == parse("И. И. Зимин").roles == ("initial", "initial", "family")


def test_words_written_together_with_capitals_are_parted() -> None:
    assert len(parse("MaratBapanov").tokens) == 2
    assert len(parse("McArthur").tokens) == 1


@pytest.mark.parametrize(
    "written", ["", " ", "🙂", "unknown", "неизвестный мужчина", "аты-жөні белгісіз", "—", "\u202e"]
)
def test_a_text_without_a_name_has_no_words(written: str) -> None:
    assert parse(written).tokens == ()


@settings(deadline=None, max_examples=300)
@given(st.text())
def test_any_text_can_be_parsed(text: str) -> None:
    parts = parse(text)
    assert len(parts.tokens) == len(parts.roles)
