"""Constructions that a reader of fixed phrases misses. Invented people and incidents."""

import pytest

from esep.extract import extract_text

COUNTS = {
    # a list, a part of a counted whole, another speaker's figure
    "Soldiers opened fire, killing the baker and seven guests.": {("killed", 7, 7), ("killed", 1, 1)},
    "The figure of 45 dead includes six soldiers.": {("killed", 45, 45), ("killed", 6, 6)},
    "Уволена вся бригада — 17 человек.": {("dismissed", 17, 17)},
    "В числе 45 погибших — шестеро военных.": {("killed", 45, 45), ("killed", 6, 6)},
    "Officials say 3 were killed; the opposition speaks of hundreds.": {("killed", 3, 3), ("killed", 200, None)},
    # words in any order, people inside the phrase
    "Травмы получили 12 рабочих.": {("injured", 12, 12)},
    "Поранень зазнали 12 робітників.": {("injured", 12, 12)},
    "Ауруханаға 22 адам жеткізілді.": {("injured", 22, 22)},
    "Он адам жарақат та алды.": {("injured", 10, 10)},
    "Сотрудники увели с площади семерых пекарей.": {("detained", 7, 7)},
    "Двух братьев, застреленных охраной, похоронили.": {("killed", 2, 2)},
    # agents, verbs and nouns told apart
    "Police in Marn arrested demonstrators.": {("detained", None, None)},
    "Guards kicked an elderly prisoner to death.": {("killed", 1, 1)},
    "A constable was hurt.": {("injured", 1, 1)},
    "Ambulances took ten wounded, two of whom died on the way.": {("injured", 10, 10), ("killed", 2, 2)},
    # numerals
    "Half a dozen weavers were hurt.": {("injured", 6, 6)},
    "Две сотни рабочих уволены.": {("dismissed", 200, 200)},
    "Человек сорок ранены.": {("injured", 40, 40)},
    "Погибли тысячи две горожан.": {("killed", 2000, 2000)},
    "Тринадцятеро шахтарів загинули.": {("killed", 13, 13)},
    "A family of five was killed.": {("killed", 5, 5)},
    "No fewer than 64 miners were hurt.": {("injured", 64, None)},
    # none of a number
    "None of the 52 passengers was hurt.": {("injured", 0, 0)},
    "Никто из 52 пассажиров не пострадал.": {("injured", 0, 0)},
    "Жоден із 52 пасажирів не постраждав.": {("injured", 0, 0)},
    "52 жолаушының ешқайсысы зардап шеккен жоқ.": {("injured", 0, 0)},
}


@pytest.mark.parametrize(("sentence", "counts"), COUNTS.items())
def test_the_people_of_a_fate_are_found_in_its_construction(sentence, counts):
    found = extract_text(sentence, name="s", published="2020-03-01").of_kind("quantity")
    assert {(p.value["category"], p.value["lower"], p.value["upper"]) for p in found} == counts


NO_COUNT = [
    "Her grandmother, 70, was visiting.",
    "Ауысымның төрттен үші жұмысқа шықпады.",
    "Әр бесінші отбасы көшті.",
]


@pytest.mark.parametrize("sentence", NO_COUNT)
def test_an_age_between_commas_a_fraction_and_an_ordinal_count_nobody(sentence):
    assert extract_text(sentence, name="s").of_kind("quantity") == ()


def test_may_the_month_is_no_fear():
    (count,) = extract_text("Hundreds of workers were fired in May.", name="s").of_kind("quantity")
    assert count.value["stance"] == "asserted"


def test_a_fear_rules_its_whole_clause_and_a_modal_only_what_follows():
    feared = "The union fears that up to sixty miners in the deepest shaft of the pit are missing."
    (count,) = extract_text(feared, name="s").of_kind("quantity")
    assert count.value["stance"] == "feared"


def test_those_still_in_hospital_are_a_part_of_the_wounded():
    (count,) = extract_text("About forty people with severe injuries are still in hospital.", name="s").of_kind(
        "quantity"
    )
    assert (count.value["status"], count.value["scope"]) == ("hospitalised", "subset")


def test_where_people_were_brought_is_not_where_it_happened():
    text = "In Aktobe 12 people were killed, one man died on the way to the hospital in Aktau."
    found = extract_text(text, name="s").of_kind("quantity")
    assert {p.value["place"] for p in found} == {"Aktobe"}


def test_reports_that_are_confirmed_are_attributed_to_who_confirmed_them():
    text = "In the mean time original reports about 70 fatalities have been confirmed by doctors."
    (count,) = extract_text(text, name="s").of_kind("quantity")
    assert count.value["source"] == "doctors"


def test_a_count_of_the_past_holds_for_its_day_and_a_lasting_state_for_publication():
    text = "On 3 March the army entered Aktau. 12 people were killed. 40 people are missing."
    killed, missing = extract_text(text, name="s", published="2020-03-09").of_kind("quantity")
    assert (killed.value["as_of"], missing.value["as_of"]) == ("2020-03-03", "2020-03-09")


def test_a_speaker_whose_words_have_no_marked_end_is_named_as_possible():
    text = "According to the nurse 12 people died. They were young.\n\nLater 40 people were arrested."
    later = extract_text(text, name="s").of_kind("quantity")[-1]
    assert (later.value["source"], later.value["source_possible"]) == (None, "the nurse")


def test_a_word_of_a_megabyte_is_read_in_linear_time():
    assert extract_text("a" * 300_000 + " 12 people died.", name="s").of_kind("quantity")
