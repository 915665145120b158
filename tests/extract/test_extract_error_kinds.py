"""The kinds of error that a reader of such texts makes, most harmful first, each with its own test. All invented."""

import pytest

from esep.extract import extract_text


def counts(text, **more):
    found = extract_text(text, name="s", published="2020-03-09").of_kind("quantity")
    return {
        (p.value["category"], p.value["lower"], p.value["upper"], *(p.value[f] for f in more.get("also", ())))
        for p in found
    }


def people(text):
    return {p.value["name"]: p.value["status"] for p in extract_text(text, name="s").of_kind("person")}


@pytest.mark.parametrize(
    "text",
    [
        "Union chairman Timur Ospanov said that 70 workers were killed.",
        "The murderer Boris Malenko spoke at the trial.",
        "По словам Тимура Оспанова, убиты 70 рабочих.",
    ],
)
def test_a_speaker_or_a_killer_gets_no_fate(text):
    assert set(people(text).values()) <= {None}


def test_who_kills_is_not_counted_among_the_dead():
    assert ("killed", 2, 2) not in counts("Two female suicide bombers killed at least 10 shoppers.")
    assert ("killed", 10, None) in counts("Two female suicide bombers killed at least 10 shoppers.")


def test_seriously_injured_are_a_part_and_not_more_people():
    found = counts("Seven people were injured, including two seriously.", also=("scope",))
    assert found == {("injured", 7, 7, "new"), ("injured", 2, 2, "subset")}


SHARED_VERBS = {
    "The blast killed and wounded scores of people.": {("killed", 20, None), ("injured", 20, None)},
    "Troops attacked, killing up to 40 people and wounding 80.": {("killed", None, 40), ("injured", 80, 80)},
    "Six soldiers were killed and eight are missing.": {("killed", 6, 6), ("missing", 8, 8)},
    "12 человек убиты и 8 пропали без вести.": {("killed", 12, 12), ("missing", 8, 8)},
}


@pytest.mark.parametrize(("text", "expected"), SHARED_VERBS.items())
def test_verbs_that_share_their_people_are_read_apart(text, expected):
    assert counts(text) == expected


def test_another_event_of_the_paragraph_is_historical():
    text = "On 3 March 2020 12 people were killed. The 1989 events claimed up to 200 lives."
    assert ("killed", None, 200, "historical") in counts(text, also=("scope",))


def test_a_pronoun_is_flagged_and_never_resolved_in_silence():
    text = "A nurse, K. Berik, called us. According to her 22 people were killed."
    (count,) = extract_text(text, name="s").of_kind("quantity")
    assert count.value["source_is_pronoun"]
    assert "(her)" in count.value["source"]


def test_a_figure_that_the_text_corrects_is_superseded():
    found = counts("225 people were killed (earlier 160 were reported killed).", also=("scope",))
    assert ("killed", 160, 160, "superseded") in found
    assert ("killed", 225, 225, "new") in found


def test_december_of_another_year_is_not_this_december():
    text = "On 16 December 2011 12 people were killed.\n\nOn December 16, 1986 three students were killed."
    days = [p.value["event_date"] for p in extract_text(text, name="s", published="2012-01-11").of_kind("quantity")]
    assert days == ["2011-12-16", "1986-12-16"]


def test_a_date_is_not_carried_over_the_end_of_a_paragraph():
    text = "On 3 March 2020 the army came.\n\n12 people were killed."
    (count,) = extract_text(text, name="s").of_kind("quantity")
    assert count.value["event_date"] is None


def test_offsets_count_code_points_past_an_emoji_and_a_combining_letter():
    text = "🙂 e\u0301t\u00a0é: 12 people were killed."
    (count,) = extract_text(text, name="s").of_kind("quantity")
    assert text[count.start : count.end] == count.quote == "12 people were killed"


def test_a_slogan_in_quotation_marks_is_no_fact():
    assert counts("Marchers carried placards “Stop the killing of workers”.") == set()


@pytest.mark.parametrize("said", ["At least 70 people", "As many as 70 people", "About 70 people", "Nearly 70 people"])
def test_a_hedge_is_never_dropped(said):
    (count,) = extract_text(f"{said} were killed.", name="s").of_kind("quantity")
    assert count.value["hedge"] != "exact"
