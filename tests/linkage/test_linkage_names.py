"""Names in the compiled loop agree with `names` and tell people apart."""

import random

import numpy as np
import pytest
from benchmarks.names.made_pairs import made_pairs

from esep.linkage.likeness import NOTHING, name_scores, word_likeness
from esep.linkage.records import Record
from esep.linkage.spellings import names_of, spell
from esep.names.alignment import pair_likeness


def score(left: str, right: str) -> float:
    crowd = [Record("crowd", row, name=f"Арман Петров{row}") for row in range(1, 40)]
    records = [Record("a", 1, name=left), Record("b", 1, name=right), *crowd]
    return float(name_scores(spell(records), [0], [1])[0])


def test_the_compiled_likeness_of_words_is_that_of_names():
    pairs = made_pairs(random.Random(4), number=400)
    for pair in pairs:
        records = [Record("a", 1, name=pair.left), Record("b", 1, name=pair.right)]
        spelled = spell(records)
        one, two = (names_of(record)[0].tokens[0] for record in records)
        first, second = (int(spelled.words[place, 0]) for place in range(2))
        expected = pair_likeness(one, two)
        if one.known and two.known and one.sounds != two.sounds:
            assert word_likeness(spelled, first, second) <= 0.65
        elif expected > 0.62:  # below that the compiled loop may stop early and say «unlike»
            assert word_likeness(spelled, first, second) == pytest.approx(expected, abs=1e-9)


def test_made_pairs_of_one_person_score_above_those_of_two():
    pairs = made_pairs(random.Random(5), number=1000)
    names = [name for pair in pairs for name in (pair.left, pair.right)]
    records = [Record("a", row, name=name) for row, name in enumerate(names)]
    found = name_scores(spell(records), np.arange(0, len(records), 2), np.arange(1, len(records), 2))
    same = np.array([pair.same for pair in pairs])
    beaten = (found[same][:, None] > found[~same][None, :]).mean()
    assert beaten > 0.985  # the share is the AUC


def test_another_script_and_another_order_cost_little():
    assert score("Төлетаева Роза", "Roza Tuletayeva") > 6


def test_brothers_are_apart_although_two_of_three_words_agree():
    assert score("Жақсыбаев Арман Қайратұлы", "Жақсыбаев Нұрлан Қайратұлы") < 0


@pytest.mark.parametrize(
    ("one", "other"), [("Нурлан", "Yerlan"), ("Серик", "Берик"), ("Gulnara", "Гүлмира"), ("Ержан", "Nurzhan")]
)
def test_common_given_names_that_sound_alike_are_two_names(one, other):
    assert score(f"{one} Тасболатов", f"{other} Tasbolatov") < -3


def test_a_space_in_a_name_makes_it_little_better():
    assert score("Нурланбек", "Нурлан бек") < score("Нурланбек", "Нурланбек") + 1


def test_a_missing_patronymic_is_not_a_disagreement():
    assert score("Жақсыбаев Арман Қайратұлы", "Арман Жаксыбаев") > 6


@pytest.mark.parametrize("other", ["", "unknown", "mother of Arman Zhaksybayev", "..."])
def test_nothing_to_compare_has_no_score(other):
    assert score("Арман Жаксыбаев", other) == NOTHING


def test_an_alias_can_give_the_match():
    crowd = [Record("crowd", row, name=f"Арман Петров{row}") for row in range(1, 40)]
    named = Record("b", 1, name="Ильяс Омаров", other_names=("Рахим Сабитов",))
    spelled = spell([Record("a", 1, name="Сабитов Рахим"), named, *crowd])
    assert name_scores(spelled, [0], [1])[0] > 6
