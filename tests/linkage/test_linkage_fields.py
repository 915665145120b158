"""What each field says about two records, in words, as the report shows it."""

import random
from datetime import date

import pytest
from benchmarks.linkage.made_worlds import world

from esep.linkage import Record, Settings, link
from esep.linkage.ages import age_day, born
from esep.linkage.features import describe, sex_of, turned
from esep.linkage.keys import block_keys
from esep.linkage.reasons import field_reasons
from esep.names import search_key

BIRTHS = {
    "same day": ({"birth_date": "1980-03-04"}, {"birth_date": "1980-03-04"}),
    "a slip of the calendar": ({"birth_date": "1980-03-04"}, {"birth_date": "1980-04-03"}),
    "a slip of the calendar ": ({"birth_date": "1980-03-04"}, {"birth_date": "1981-03-04"}),
    "days within a year": ({"birth_date": "1980-03-04"}, {"birth_date": "1980-09-20"}),
    "years can be the same": ({"birth_date": "1980-03-04"}, {"age": "40", "date": "2021-01-10"}),
    "a year apart": ({"birth_date": "1980-03-04"}, {"age": "41", "date": "2021-01-10"}),
    "up to six years apart": ({"birth_year": "1980"}, {"birth_year": "1984"}),
    "more than six years apart": ({"birth_year": "1980"}, {"birth_year": "1999"}),
    "not stated on one side": ({"birth_year": "1980"}, {}),
}


@pytest.fixture(scope="module")
def said():
    records = []
    for number, (one, other) in enumerate(BIRTHS.values(), start=1):
        records += [Record("a", number, name=f"Ерғали Омаров{number}", **one),
                    Record("b", number, name=f"Ерғали Омаров{number}", **other)]  # fmt: skip
    linkage = link(records, Settings(draws=5))
    found = {}
    scored = linkage.run.scored
    for place in range(len(scored)):
        one, two = (linkage.records[int(side[place])] for side in (scored.left, scored.right))
        if one.row == two.row:
            found[one.row] = {reason.field: reason for reason in field_reasons(scored, place)}
    return found


@pytest.mark.parametrize(("number", "expected"), list(enumerate(map(str.strip, BIRTHS), start=1)))
def test_two_births_are_compared_as_far_as_they_are_known(said, number, expected):
    assert said[number]["birth"].said == expected


def test_what_is_not_stated_weighs_nothing(said):
    assert said[len(BIRTHS)]["birth"].nats == 0
    assert said[1]["place"].said == "not stated on one side"


def test_evidence_falls_from_the_same_day_to_many_years(said):
    assert said[1]["birth"].nats > said[2]["birth"].nats > said[5]["birth"].nats > 0 > said[8]["birth"].nats


def test_ages_without_dates_are_set_against_births_of_the_other_records():
    dated = [Record("a", year, age=str(2020 - year), birth_date=f"{year}-06-30") for year in (1980, 1990, 2000)]
    day = age_day(dated)
    assert abs((day - date(2020, 12, 29)).days) < 30
    assert born(Record("b", 1, age="40"), counted_on=day).earliest <= date(1980, 6, 30).toordinal()


def test_day_and_month_can_be_exchanged_only_where_that_is_a_date():
    assert turned(date(1980, 3, 4)) == date(1980, 4, 3)
    assert turned(date(1980, 3, 14)) is None
    assert turned(date(1980, 4, 4)) is None


@pytest.mark.parametrize(
    ("text", "sex"), [("Ж", "f"), ("муж.", "m"), ("әйел", "f"), ("Male", "m"), ("?", None), ("", None)]
)
def test_sex_is_read_in_several_languages(text, sex):
    assert sex_of(text) == sex


def test_the_same_sex_adds_nothing_to_names_that_show_it(said):
    records = [Record("a", 1, name="Ерғали Омаров", sex="m"), Record("b", 1, name="Омаров Ергали", sex="m")]
    scored = link(records, Settings(draws=5)).run.scored
    same = {reason.field: reason for reason in field_reasons(scored, 0)}["sex"]
    assert (same.said, same.nats) == ("same sex", 0.0)


def test_a_family_name_in_common_with_kin_is_not_kin_in_common():
    (one,) = describe([Record("a", 1, name="Жарков Василий Матвеевич", kin=("Жарков Сергей", "Жарков Матвей"))])
    assert one.kin == ("matvei", "sergei")
    assert one.kin_words == ("jark", "matvei", "sergei")


@pytest.mark.parametrize(
    ("one", "other"), [("Новый Узень", "Жаңаөзен"), ("Семипалатинск", "Semey"), ("Алма-Ата", "Алматы")]
)
def test_a_former_name_of_a_place_is_the_same_place(one, other):
    first, second = describe([Record("a", 1, place=one), Record("b", 1, place=other)])
    assert first.place == second.place


def test_a_place_that_no_gazetteer_knows_stands_for_itself():
    (known,) = describe([Record("a", 1, place="Бестөбе ауылы, 3-көше")])
    assert known.place == search_key("Бестөбе ауылы, 3-көше")


@pytest.mark.parametrize(("one_word", "least"), [(False, 0.97), (True, 0.5)], ids=["whole names", "one word"])
def test_records_of_one_person_nearly_always_share_a_key(one_word, least):
    made = world(random.Random(8), number=300)
    found = describe(made)
    by_record = block_keys(found)
    keys = [set(by_record.keys[by_record.records == place].tolist()) for place in range(len(made))]
    pairs = [(i, j) for i, one in enumerate(made) for j, two in enumerate(made[:i]) if one.truth == two.truth]
    shared = [bool(keys[i] & keys[j]) for i, j in pairs if (found[i].is_one_word or found[j].is_one_word) == one_word]
    assert sum(shared) / len(shared) > least


def test_proposals_come_most_probable_first_with_reasons(said):
    linkage = link([Record("a", 1, name="Ерғали Омаров"), Record("b", 1, name="Омаров Ергали")], Settings(draws=5))
    (only,) = linkage.links(above=0.0)
    assert {only.left, only.right} == {("a", 1), ("b", 1)}
    assert only.reasons[0].startswith("name: ")
