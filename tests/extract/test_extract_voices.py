"""Kinds of saying, other voices in a text, evidence that is cited. Invented people and incidents."""

import pytest

from esep.extract import extract_text

SAYINGS = {
    "Organisers of the march deny any link with the looting.": "denied",
    "There were no reports of clashes in Tarsk.": "absence_of_reports",
    "It is not yet clear who gave the order.": "unclear",
    "Relatives intend to compile a list of the arrested.": "planned",
    "Activists are concerned that the bodies are being hidden.": "feared",
    "Организаторы отрицают связь с погромами.": "denied",
    "Сообщений о столкновениях не поступало.": "absence_of_reports",
    "Пока неизвестно, кто отдал приказ.": "unclear",
    "Родственники намерены составить список арестованных.": "planned",
    "Активисты опасаются, что тела прячут.": "feared",
    "Організатори заперечують зв'язок із погромами.": "denied",
    "Відомостей про сутички не надходило.": "absence_of_reports",
    "Поки невідомо, хто віддав наказ.": "unclear",
    "Родичі планують скласти список заарештованих.": "planned",
    "Активісти побоюються, що тіла ховають.": "feared",
    "Ұйымдастырушылар тәртіпсіздікке қатысы барын жоққа шығарды.": "denied",
    "Қақтығыс туралы мәлімет түскен жоқ.": "absence_of_reports",
    "Бұйрықты кім бергені әзірге белгісіз.": "unclear",
    "Туыстары қамалғандар тізімін жасауды жоспарлап отыр.": "planned",
    "Белсенділер мәйіттер жасырылып жатыр деп қауіптенеді.": "feared",
}

GLOSSES = {
    "The town (the capital. Note of translator) was closed.": "translator",
    "Today (3 March, our note) the strike goes on.": "editor",
    "Сегодня (3 марта, прим. ред.) забастовка продолжается.": "editor",
    "Астана (столица. Прим. переводчика) молчит.": "translator",
    "Сьогодні (3 березня, прим. ред.) страйк триває.": "editor",
    "Бүгін (3 наурыз, редакциядан) ереуіл жалғасуда.": "editor",
}


@pytest.mark.parametrize(("sentence", "kind"), SAYINGS.items())
def test_what_is_not_said_to_have_happened_has_its_own_kind_of_saying(sentence, kind):
    found = extract_text(sentence, name="s", published="2020-03-01").of_kind("statement")
    assert [one.value["stance"] for one in found] == [kind]


@pytest.mark.parametrize(
    "sentence", ["Police may fire again.", "Seven people were hurt in May.", "The planned march took place."]
)
def test_a_modal_word_alone_makes_no_statement(sentence):
    assert extract_text(sentence, name="s").of_kind("statement") == ()


@pytest.mark.parametrize(("sentence", "layer"), GLOSSES.items())
def test_a_signed_insertion_is_a_statement_of_its_own_voice(sentence, layer):
    (gloss,) = extract_text(sentence, name="s", published="2020-03-01").of_kind("statement")
    assert gloss.value["layer"] == layer
    assert gloss.quote == sentence[gloss.start : gloss.end]


def test_claims_inside_square_brackets_are_attributed_to_the_gloss():
    text = "According to the union the march was calm [12 marchers were arrested later]."
    (count,) = extract_text(text, name="s").of_kind("quantity")
    assert (count.value["layer"], count.value["source"]) == ("editor", "editor")


def test_a_fate_stated_in_a_gloss_is_no_claim_of_the_text_around():
    text = "We call for justice for the lawyer [Alina Gromova was arrested in March 2011]."
    (person,) = extract_text(text, name="s").of_kind("person")
    assert (person.value["status"], person.value["layer"]) == (["detained"], "editor")


@pytest.mark.parametrize(
    "sentence",
    ["See note [3] above.", "He said it [sic] twice.", "They left [...] at noon.", "A rally (200 people) was held."],
)
def test_footnotes_and_plain_brackets_are_no_insertions(sentence):
    assert extract_text(sentence, name="s").of_kind("statement") == ()


CITED = {
    "This is confirmed by some videos on the internet.": "some videos on the internet",
    "Satellite images show fresh graves near the village.": "Satellite images",
    "Documents seen by the paper name nine officers.": "Documents",
    "На видео видно, как стреляют по толпе.": "видео",
    "Фотографії підтверджують слова свідків.": "Фотографії",
    "Құжаттар мұны растайды.": "Құжаттар",
}


@pytest.mark.parametrize(("sentence", "what"), CITED.items())
def test_evidence_that_is_cited_is_wanted_and_not_held(sentence, what):
    found = extract_text(sentence, name="s").of_kind("wanted")
    assert [one.value["what"] for one in found] == [what]


def test_a_camera_that_nobody_cites_is_no_evidence():
    assert extract_text("She bought a photo album and a video game.", name="s").of_kind("wanted") == ()
