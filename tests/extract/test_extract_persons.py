"""Names with a status only for the grammatical patient. All people here are invented."""

import pytest

from esep.extract import extract_text


def people(text):
    return {p.value["name"]: p.value["status"] for p in extract_text(text, name="s").of_kind("person")}


@pytest.mark.parametrize(
    ("text", "name", "status"),
    [
        ("Welder Daniyar Sarbasov was shot dead in the square.", "Daniyar Sarbasov", ["killed"]),
        ("They brutally murdered Aliya Sarbasova, a daughter of a union leader.", "Aliya Sarbasova", ["killed"]),
        ("Murat Oralbaev, a miner, died in hospital.", "Murat Oralbaev", ["killed"]),
        ("The court sentenced lawyer Olga Demina to six years.", "Olga Demina", ["convicted"]),
        ("They ask for the release from prison of Olga Demina.", "Olga Demina", ["detained"]),
        ("Olga Demina, a lawyer currently in custody, wrote a letter.", "Olga Demina", ["detained"]),
        ("Погиб активист Иван Дроздов.", "Иван Дроздов", ["killed"]),
        ("Полиция задержала Ивана Дроздова.", "Иван Дроздов", ["detained"]),
        ("Анну Дроздову избили у подъезда.", "Анна Дроздова", ["injured"]),
        ("Поліція затримала Івана Дрозденка.", "Іван Дрозденко", ["detained"]),
        ("Ерлан Сарбасов қаза тапты.", "Ерлан Сарбасов", ["killed"]),
        ("Полиция Ерлан Сарбасовты ұстады.", "Ерлан Сарбасов", ["detained"]),
    ],
)
def test_the_patient_gets_the_status(text, name, status):
    assert people(text)[name] == status


@pytest.mark.parametrize(
    "text",
    [
        "According to the union (chairman Daniyar Sarbasov), the troops killed 70 people.",
        "Daniyar Sarbasov said that 12 workers were killed.",
        "The crackdown put President Marat Oralbaev on a par with murderer Boris Glinin.",
        "Officer Daniyar Sarbasov shot dead two men.",
        "Daniyar Sarbasov was not arrested.",
        "Police denied that Daniyar Sarbasov had been killed.",
        "Relatives fear that Daniyar Sarbasov may have been killed.",
        "Иван Дроздов убил двух человек.",
        "Рабочий был убит Иваном Дроздовым.",
        "Иван Дроздов сообщил о гибели рабочих.",
        "Іван Дрозденко вбив двох людей.",
        "Ерлан Сарбасов 12 адам қаза тапты деп хабарлады.",
    ],
)
def test_a_speaker_a_killer_or_a_denied_fate_gives_no_status(text):
    assert all(status is None for status in people(text).values())


def test_spellings_of_one_name_in_a_text_are_proposed_as_one():
    text = "Lawyer Olga Demina was jailed. We ask for the release of Olga Deminaya."
    (first, *_) = extract_text(text, name="s").of_kind("person")
    assert first.value["variants"] == ["Olga Demina", "Olga Deminaya"]


def test_places_and_organisations_are_no_people():
    assert people("In Hong Kong the Red Flag Committee met. New York and Nizhny Novgorod followed.") == {}


def test_the_title_is_kept_beside_the_name():
    (person,) = extract_text("Union lawyer Olga Demina spoke.", name="s").of_kind("person")
    assert person.value["role"].lower() == "union lawyer"
