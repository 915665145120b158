"""Keys for linkage; all people are invented."""

from hypothesis import given, settings
from hypothesis import strategies as st

from esep.names.features import features


def test_spellings_of_one_name_have_the_same_features() -> None:
    kazakh, russian = features("Бапанова Гүлсім Омарқызы"), features("БАПАНОВА Гулсим Омаровна")
    assert kazakh == russian


def test_order_does_not_change_the_words() -> None:
    assert features("Марат Бапанов").tokens == features("Bapanov Marat").tokens


def test_feminine_and_masculine_family_names_share_the_key_and_show_the_sex() -> None:
    woman, man = features("Айжан Бапанова"), features("Марат Бапанов")
    assert woman.family == man.family
    assert (woman.sex, man.sex) == ("f", "m")


def test_patronymics_of_both_styles_share_the_key() -> None:
    assert features("Бапанов Марат Омарұлы").patronymic == features("Бапанов Марат Омарович").patronymic == "omar"


def test_initials_come_from_full_names_and_from_letters() -> None:
    assert features("Бапанов Марат Омарович").initials == features("М. О. Бапанов").initials == "mo"


def test_a_typing_error_in_a_vowel_keeps_the_blocking_keys() -> None:
    assert set(features("Марат Бапанов").blocking_keys()) & set(features("Морат Бапонов").blocking_keys())


def test_arabic_writing_shares_a_blocking_key_with_latin() -> None:
    assert set(features("محمد الحسن").blocking_keys()) & set(features("Muhammad Al-Hasan").blocking_keys())


def test_a_relative_is_marked() -> None:
    assert features("мать Марата Бапанова").kin == "mother"


def test_no_name_has_empty_features() -> None:
    nobody = features("unknown")
    assert (nobody.given, nobody.family, nobody.tokens, nobody.blocking_keys()) == ("", "", (), ())


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40))
def test_any_text_has_ascii_features(text: str) -> None:
    found = features(text)
    assert "".join((found.given, found.family, found.patronymic, found.initials, *found.tokens)).isascii()
