"""Quantities of people: one claim a test, invented sentences."""

import pytest

from esep.extract import extract_text


def counts(text):
    found = extract_text(text, name="s", published="2020-03-01").of_kind("quantity")
    return [(p.value["category"], p.value["lower"], p.value["upper"]) for p in found]


def one(text):
    (proposal,) = extract_text(text, name="s", published="2020-03-01").of_kind("quantity")
    return proposal


def test_the_agent_is_not_counted_among_the_victims():
    assert counts("Two female suicide bombers killed at least 10 people.") == [("troops", 2, 2), ("killed", 10, None)]


def test_two_verbs_that_share_one_number_give_two_claims_marked_inseparable():
    found = extract_text("The blast killed and wounded scores.", name="s").of_kind("quantity")
    assert {p.value["category"] for p in found} == {"killed", "injured"}
    assert all(p.value["inseparable"] for p in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police killed up to 40 rebels and wounded 80.", [("killed", None, 40), ("injured", 80, 80)]),
        ("Six soldiers were killed and eight are missing.", [("killed", 6, 6), ("missing", 8, 8)]),
        ("Seven were injured, two of them seriously.", [("injured", 7, 7), ("injured", 2, 2)]),
        ("Погибли 4 человека, ранены 11.", [("killed", 4, 4), ("injured", 11, 11)]),
        ("Killed: 5, injured: 12.", [("killed", 5, 5), ("injured", 12, 12)]),
    ],
)
def test_each_number_keeps_its_own_verb(text, expected):
    assert counts(text) == expected


@pytest.mark.parametrize(
    ("text", "low", "high", "hedge"),
    [
        ("At least 17 people died.", 17, None, "at_least"),
        ("More than 100 people died.", 101, None, "more_than"),
        ("Up to 200 people died.", None, 200, "up_to"),
        ("About 70 people died.", 70, 70, "about"),
        ("Between 10 and 15 people died.", 10, 15, "range"),
        ("Fewer than 10 people died.", None, 9, "up_to"),
        ("100 people or more died.", 100, None, "at_least"),
        ("Двадцать два человека погибли.", 22, 22, "exact"),
        ("Погибло около ста человек.", 100, 100, "about"),
        ("Щонайменше двадцять осіб загинули.", 20, None, "at_least"),
        ("70-тен астам адам қаза тапты.", 71, None, "more_than"),
        ("70-ке жуық адам қаза тапты.", 70, 70, "about"),
        ("Кемінде жиырма екі адам қаза тапты.", 22, None, "at_least"),
        ("Two dozen people died.", 24, 24, "exact"),
    ],
)
def test_hedges_become_bounds_by_the_conventions(text, low, high, hedge):
    value = one(text).value
    assert (value["lower"], value["upper"], value["hedge"]) == (low, high, hedge)


def test_harm_without_a_number_gives_a_claim_without_bounds():
    value = one("The police arrested protesters in the square.").value
    assert (value["category"], value["lower"], value["upper"], value["hedge"]) == (
        "detained",
        None,
        None,
        "unquantified",
    )


@pytest.mark.parametrize("text", ["A young woman died of her wounds.", "Погиб подросток.", "Загинув підліток."])
def test_a_single_person_without_a_name_is_one(text):
    assert counts(text) == [("killed", 1, 1)]


def test_an_age_in_the_noun_phrase_is_no_count():
    assert counts("An 11-year-old girl was killed.") == [("killed", 1, 1)]


def test_a_year_of_another_event_makes_the_count_historical():
    assert one("In 1989 the clashes claimed up to 200 lives.").value["scope"] == "historical"


def test_a_corrected_figure_and_the_earlier_one_are_told_apart():
    scopes = {
        p.value["lower"]: p.value["scope"]
        for p in extract_text("The toll rose from 12 to 18.", name="s").of_kind("quantity")
    }
    assert scopes == {12: "superseded", 18: "cumulative"}


def test_the_number_in_kazakh_keeps_its_case_ending_out_of_the_value():
    assert one("Қаза тапқандар саны 12-ге жетті.").value["lower"] == 12


def test_a_gloss_in_square_brackets_is_the_editors_voice():
    value = one("We ask for justice. [Three of them were killed in May.]").value
    assert value["layer"] == "editor"


def test_a_named_source_is_quoted_and_makes_the_claim_reported():
    value = one("According to the Kenes trade union, 22 people were killed.").value
    assert value["source"] == "the Kenes trade union"
    assert value["stance"] == "reported"


def test_a_pronoun_source_is_flagged_and_the_likely_speaker_only_shown():
    text = "A. Berikova called us. According to her 22 people were killed."
    value = extract_text(text, name="s").of_kind("quantity")[0].value
    assert value["source_is_pronoun"]
    assert "her" in value["source"]


def test_an_attribution_carried_from_the_sentence_before_is_marked_as_carried():
    text = "According to the hospital, 12 people died. Another 30 people were wounded."
    later = extract_text(text, name="s").of_kind("quantity")[1].value
    assert later["source"] == "the hospital"
    assert later["source_carried"]


def test_the_place_shows_its_candidates():
    value = one("Twelve people were wounded in Shetpe.").value
    assert value["place"] == "Shetpe"
    assert value["place_candidates"]


def test_a_limit_told_in_the_next_sentence_belongs_to_the_count_before_it():
    text = "About forty people are in hospital. This number does not include those who were released."
    (value, *_) = [p.value for p in extract_text(text, name="s").of_kind("quantity")]
    assert value["scope"] == "excludes"
    assert value["excludes"].startswith("This number does not include")


@pytest.mark.parametrize(
    "text", ["killed 12 men, " * 400, "one of them, " * 400, "Daniyar Sarbasov, Aliya Sarbasova and " * 200]
)
def test_a_list_without_end_is_read_without_going_too_deep(text):
    assert extract_text(text, name="s").parts
