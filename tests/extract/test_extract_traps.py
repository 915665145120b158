"""Lists of sentences that a careless reader gets wrong. Invented people and incidents."""

import pytest

from esep.extract import extract_text

HARM = {"killed", "injured", "missing", "detained", "convicted", "dismissed"}
HAPPENED = {"asserted", "reported"}

NOT_HAPPENED = """
No one was killed in the fire.
Nobody was injured, the rescue service said.
There were no casualties in the village.
The ministry denied that 14 people had been killed.
Police denied reports that they had arrested 30 demonstrators.
It is feared that 9 fishermen drowned.
Up to 40 people may have been killed.
The company plans to dismiss 250 drivers.
The court will sentence 11 activists next week.
The prosecutor demands that 6 activists be jailed.
It is not clear whether 20 people were detained.
Not a single worker was dismissed.
There were no reports of injuries.
Officials threatened to arrest 12 organisers.
Twelve people were not killed, contrary to rumours.
If the dam breaks, 500 villagers could be killed.
Никто не погиб при пожаре.
Пострадавших нет, сообщили спасатели.
Обошлось без жертв.
Министерство опровергло гибель 14 человек.
Полиция отрицает, что задержала 30 демонстрантов.
Опасаются, что утонули 9 рыбаков.
Могли погибнуть до 40 человек.
Компания планирует уволить 250 водителей.
Ни один рабочий не был уволен.
Неизвестно, погибли ли 20 человек.
Сообщений о раненых не поступало.
Прокурор потребовал осудить 11 активистов.
Завод намерен сократить 70 сотрудников.
Если плотину прорвёт, могут погибнуть 500 жителей.
""".strip().splitlines()

RELATED = {
    "Twelve workers were wounded, one of them later died.": "subset",
    "Six soldiers were killed, including two officers.": "subset",
    "Of the 40 people arrested, 13 were released.": "subset",
    "Three of the wounded died in hospital.": "subset",
    "Nine people died, among them four children.": "subset",
    "The death toll rose to 66.": "cumulative",
    "The number of dead had reached 70 by evening.": "cumulative",
    "The number of victims surpassed 100.": "cumulative",
    "A total of 45 people have been arrested so far.": "cumulative",
    "The toll stands at 31 dead.": "cumulative",
    "Ранены двенадцать рабочих, один из них позже умер.": "subset",
    "Погибли шесть солдат, в том числе двое офицеров.": "subset",
    "Из 40 задержанных 13 отпустили.": "subset",
    "Среди погибших четверо детей.": "subset",
    "Трое из раненых умерли в больнице.": "subset",
    "Число погибших достигло 66.": "cumulative",
    "К вечеру число жертв превысило 100.": "cumulative",
    "Всего с начала года погибли 45 человек.": "cumulative",
    "В общей сложности задержаны 300 человек.": "cumulative",
    "Количество раненых выросло до 31.": "cumulative",
}


@pytest.mark.parametrize("sentence", NOT_HAPPENED)
def test_what_did_not_happen_is_never_shown_as_harm_that_did(sentence):
    found = extract_text(sentence, name="s", published="2020-03-01").of_kind("quantity")
    happened = [p.quote for p in found if p.value["category"] in HARM and p.value["stance"] in HAPPENED]
    assert happened == []


@pytest.mark.parametrize(("sentence", "scope"), RELATED.items())
def test_a_part_or_a_running_total_is_marked_as_one(sentence, scope):
    found = extract_text(sentence, name="s", published="2020-03-01").of_kind("quantity")
    assert scope in {p.value["scope"] for p in found}


NOT_PEOPLE = """
She is 34 years old and lives 45 kilometres from Taraz.
The strike lasted seven months and cost 5 million tenge.
Police fired 200 bullets.
98% of the network is in their hands.
Article 164 and page 12 of the verdict mention it.
The fire destroyed 12 houses and 40 cars.
On 16 December 2011 the first action took place.
Issue No. 47 came out in 1989.
The 20th anniversary was marked at 15:30.
Ему 45 лет, он живёт в 20 километрах от Семея.
Пожар длился 18 часов, сгорели 7 машин.
По статье 164 дают до 12 лет.
Йому 52 роки, ремонт триває 6 місяців.
Ер адам 45 жаста, қаладан 20 шақырым жерде тұрады.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", NOT_PEOPLE)
def test_ages_lengths_shares_money_and_dates_are_no_people(sentence):
    assert extract_text(sentence, name="s").of_kind("quantity") == ()


VAGUE = [
    "Hundreds were wounded.",
    "Dozens of people died.",
    "Несколько сотен человек ранены.",
    "Десятки людей погибли.",
    "Сотні людей поранено.",
    "Жүздеген адам жараланды.",
    "Scores were arrested.",
    "Тысячи рабочих уволены.",
]


@pytest.mark.parametrize("sentence", VAGUE)
def test_a_vague_word_never_becomes_an_exact_number(sentence):
    (quantity,) = extract_text(sentence, name="s").of_kind("quantity")
    assert quantity.value["upper"] is None
    assert quantity.value["hedge"] in {"dozens", "hundreds", "thousands"}
    assert quantity.value["word"]
