"""Confusions that published lists of Zhanaozen 2011 invite, each once; the names stand in public reports."""

import pytest

from esep.names.comparison import scores


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Орак Сарбопеев", "Нуржан Сарбопеев"),  # brothers
        ("Серик АМИРОВ", "Aizhangul Amirova"),  # one family name, no kin
        ("Qudaibergen Qarabalaev", "Zhansaule Karabalaeva"),  # father and daughter
        ("Асем Кенжебаева", "Sabit Kenzhebaev"),
        ("Sabit Kenzhebayev", "Ruslan Kenzhebekov"),
        ("Қайрат Досмағамбетов", "Оңайгүл Досмағамбетова"),  # mother and son
    ],
)
def test_two_people_with_near_names_stay_apart(left: str, right: str) -> None:
    [score] = scores([(left, right)])
    assert score is not None
    assert score < 0.2


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Roza Tuletaeva", "Роза Төлетаева"),
        ("Нурсултан Назарбаєв", "Noursoultan Nazarbaïev"),
        ("Nursultan Nasarbajew", "Nazarbayev Nursultan"),
        ("Timour Koulibaiev", "Timur Kulinbajew"),  # printed with a slip
        ("Natalia Azhikalieva", "Natalija Aschigalijewa"),
        ("Қалмұхамбет Қасымов", "Калмуханбет Касымов"),
        ("Бахытжан Торегожина", "Бақытжан Төреғожина"),
        ("Умірзак Шукеев", "Umirzak Shukeyev"),
        ("Natalia Sokolova", "Natalia Sokolovaya"),
        ("Kudaibergen Karabalaeva", "Курдайберген Карабалаев"),  # a man printed with his daughter's ending
    ],
)
def test_one_person_printed_in_two_ways_meets(left: str, right: str) -> None:
    [score] = scores([(left, right)])
    assert score is not None
    assert score > 0.7
