"""Romanisation by published systems; the examples are the systems' own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.errors import NamesError
from esep.names.romanisation import romanise, schemes


@pytest.mark.parametrize(
    ("scheme", "text", "latin"),
    [
        ("bgnpcgn-kaz-1979", "Оңтүстік Қазақстан Облысы", "Ongtüstik Qazaqstan Oblysy"),
        ("odni-kaz-2015", "Бекзат Саттарханов", "Bekzat Sattarkhanov"),
        ("bgnpcgn-rus-1947", "ЁЖ КОЛЮЧИЙ", "YËZH KOLYUCHIY"),
        ("bgnpcgn-rus-1947", "ШЧ шч Шч шЧ", "SH·CH sh·ch Sh·ch sh·Ch"),
        ("odni-rus-2015", "Гоголь Николай Васильевич", "Gogol Nikolay Vasilyevich"),
        ("mvd-rus-2010", "Адъютантов", "Adjutantov"),
        ("icao-rus-9303", "Юлия Щукина", "Iuliia Shchukina"),
        ("iso9-1995", "Щукина", "Ŝukina"),
        ("ua-2010", "Згорани", "Zghorany"),
        ("ua-2010", "Короп'є", "Koropie"),
        ("kazakh-latin-2018", "Қайрат", "Qaırat"),
        ("kazakh-latin-2021", "Жаңаөзен", "Jaŋaözen"),
    ],
)
def test_a_system_writes_its_own_examples(scheme: str, text: str, latin: str) -> None:
    assert romanise(text, scheme) == latin


def test_an_unknown_system_is_refused_with_the_known_ones() -> None:
    with pytest.raises(NamesError, match="klingon") as refusal:
        romanise("Марат", "klingon")
    assert "odni-kaz-2015" in refusal.value.hint


def test_text_in_other_scripts_stays_as_it_is() -> None:
    assert romanise("Marat 2011 محمد 🙂", "odni-kaz-2015") == "Marat 2011 محمد 🙂"


@settings(deadline=None, max_examples=100)
@given(st.text(), st.sampled_from(schemes()))
def test_any_text_can_be_romanised(text: str, scheme: str) -> None:
    assert isinstance(romanise(text, scheme), str)
