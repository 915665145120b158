"""The documented count: one state each, states that add up, every number openable. All people are invented."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.counts.states import Counted, StatusAt
from esep.counts.tally import tally
from esep.dates import When
from esep.errors import CountsError


def at(status, on=None, place=None, count=None, claims=()):
    return StatusAt(status, When.parse(on) if on else None, place, count, claims)


def person(key, *history, named=True):
    return Counted(key, "person", named, history=history)


def numbers(result):
    return {cell.key: (cell.low, cell.high) for cell in result.states}


def test_twelve_wounded_of_whom_one_died_are_twelve_people():
    injured = at("injured", "2011-12-17", "Shetpe", claims=("c1",))
    died = at("killed", "2011-12-18", "Shetpe", 1, ("c2",))
    group = Counted("group:shetpe", "group", False, 12, 12, (injured, died))
    before, after = tally([group], as_of=date(2011, 12, 17)), tally([group], as_of=date(2011, 12, 18))
    assert numbers(before) == {("injured",): (12, 12)}
    assert numbers(after) == {("killed",): (1, 1), ("injured",): (11, 11)}
    assert (before.total.number, after.total.number) == ("12", "12")


def test_a_death_of_unknown_later_date_is_possibly_until_everything_is_asked():
    group = Counted("g", "group", False, 12, 12, (at("injured", "2011-12-17"), at("killed", "2011-12-17/..", count=1)))
    first = tally([group], as_of=date(2011, 12, 17))
    assert numbers(first) == {("injured",): (12, 12)}
    assert [(cell.key, cell.number) for cell in first.possibly] == [(("killed",), "1")]
    assert numbers(tally([group])) == {("killed",): (1, 1), ("injured",): (11, 11)}


def test_from_missing_to_detained_changes_both_by_one_and_keeps_the_sum():
    others = [person("p2", at("missing", "2011-12-16")), person("p3", at("detained", "2011-12-17"))]
    history = at("missing", "2011-12-16"), at("detained", "2011-12-20")
    before = tally([person("p1", *history), *others], as_of=date(2011, 12, 19))
    after = tally([person("p1", *history), *others], as_of=date(2011, 12, 20))
    assert numbers(before) == {("missing",): (2, 2), ("detained",): (1, 1)}
    assert numbers(after) == {("missing",): (1, 1), ("detained",): (2, 2)}
    assert before.total.low == after.total.low == 3


def test_a_death_is_final_whatever_is_reported_later():
    one = person("p1", at("killed", "2011-12-16"), at("detained", "2012-01-02"))
    assert numbers(tally([one])) == {("killed",): (1, 1)}


def test_a_dated_status_holds_over_one_without_a_date():
    one = person("p1", at("detained"), at("injured", "2011-12-16"))
    assert numbers(tally([one])) == {("injured",): (1, 1)}


def test_what_is_dated_later_than_the_day_does_not_count_and_is_said():
    one = person("p1", at("injured", "2011-12-16"), at("convicted", "2012-06-04"))
    result = tally([one], as_of=date(2011, 12, 31))
    assert numbers(result) == {("injured",): (1, 1)}
    assert [left.reason for left in result.left_out] == ["convicted is dated 2012-06-04, later than 2011-12-31"]


def test_a_date_that_straddles_the_day_is_possibly_and_apart():
    one = person("p1", at("missing", "2011-12-16"), at("killed", "2011-12"))
    result = tally([one], as_of=date(2011, 12, 20))
    assert numbers(result) == {("missing",): (1, 1)}
    assert [cell.key for cell in result.possibly] == [("killed",)]
    assert result.total.number == "1"


def test_ever_overlaps_where_a_person_was_both_tortured_and_convicted():
    one = person("p1", at("tortured", "2011-12-20"), at("convicted", "2012-06-04"))
    result = tally([one])
    assert [(cell.key, cell.low) for cell in result.ever] == [(("convicted",), 1), (("tortured",), 1)]
    assert numbers(result) == {("convicted",): (1, 1)}


def test_only_casualties_are_in_the_total_of_casualties():
    people = [person("p1", at("killed")), person("p2", at("dismissed")), person("p3", at("convicted"))]
    result = tally(people)
    assert (result.total.low, result.casualties.low, result.casualties.ids) == (3, 1, ("p1",))


def test_a_group_with_a_range_gives_a_range():
    group = Counted("g", "group", False, 3, 5, (at("injured", "2011-12-16"),))
    result = tally([group, person("p1", at("injured", "2011-12-16"))])
    assert result.states[0].number == "4 to 6"
    assert result.total.number == "4 to 6"


def test_a_group_with_an_open_end_leaves_the_count_open():
    group = Counted("g", "group", False, 20, None, (at("missing", "2011-12-16"),))
    assert tally([group]).total.number == "at least 20"


def test_parts_of_a_group_in_two_states_may_be_the_same_people():
    history = at("injured", "2011-12-16"), at("detained", "2011-12-17", count=3), at("tortured", "2011-12-18", count=5)
    result = tally([Counted("g", "group", False, 12, 12, history)])
    assert numbers(result) == {("tortured",): (5, 5), ("detained",): (0, 3), ("injured",): (4, 7)}
    assert result.total.number == "12"


def test_one_part_reported_twice_is_one_part():
    died = [at("killed", "2011-12-18", count=1, claims=(claim,)) for claim in "ab"]
    history = at("injured", "2011-12-17"), *died
    result = tally([Counted("g", "group", False, 12, 12, history)])
    assert numbers(result)[("killed",)] == (1, 1)
    assert result.states[0].claims == ("a", "b")


def test_a_part_larger_than_its_group_is_left_out_with_the_reason():
    group = Counted("g", "group", False, 2, 2, (at("injured"), at("killed", count=3)))
    result = tally([group])
    assert [left.reason for left in result.left_out] == ["3 killed in a group of at most 2"]
    assert numbers(result) == {("injured",): (2, 2)}


def test_place_and_day_are_those_of_the_state_that_holds():
    one = person("p1", at("missing", "2011-12-16", "Zhanaozen"), at("detained", "2011-12-20", "Aktau"))
    result = tally([one, person("p2", at("killed"))], by=("status", "place", "day"))
    assert [cell.key for cell in result.states] == [
        ("killed", "place not stated", "not dated"),
        ("detained", "Aktau", "2011-12-20"),
    ]


def test_every_number_opens_to_its_records_and_claims():
    people = [person("p1", at("killed", claims=("c1",))), person("p2", at("killed", claims=("c2",)), named=False)]
    cell = tally(people).states[0]
    assert (cell.ids, cell.claims, cell.named) == (("p1", "p2"), ("c1", "c2"), 1)


def test_a_person_without_a_status_is_left_out_and_said():
    result = tally([person("p1")])
    assert result.total.low == 0
    assert result.left_out[0].reason == "no status is recorded"


def test_two_statuses_that_no_date_orders_are_named_as_competing():
    one = person("p1", at("injured", "2011-12-16"), at("detained", "2011-12-16"))
    result = tally([one])
    assert numbers(result) == {("detained",): (1, 1)}
    assert result.ambiguous == ("p1",)


@pytest.mark.parametrize("people", [[person("p1"), person("p1")]])
def test_the_same_record_twice_is_refused(people):
    with pytest.raises(CountsError, match="counted twice"):
        tally(people)


def test_the_same_object_prints_as_text_table_and_json():
    result = tally([person("p1", at("killed", "2011-12-16", claims=("c1",)))], as_of=date(2011, 12, 31))
    rows = json.loads(result.json())
    assert rows[0]["ids"] == ["p1"]
    assert rows[0]["table"] == "state"
    assert "killed" in result.table()
    assert result.text().startswith("Documented people as of 2011-12-31: 1")
    assert "estimat" not in result.text().casefold()


DAYS = st.integers(10, 28).map(lambda day: f"2011-12-{day}")
STATUS = st.builds(at, st.sampled_from(["missing", "injured", "detained", "killed", "convicted"]), st.none() | DAYS)
PEOPLE = st.lists(st.lists(STATUS, min_size=1, max_size=4), max_size=5).map(
    lambda all_: [person(f"p{i}", *history) for i, history in enumerate(all_)]
)


@settings(deadline=None, max_examples=60)
@given(PEOPLE, st.none() | st.integers(9, 29).map(lambda day: date(2011, 12, day)), st.randoms())
def test_states_add_up_and_order_changes_nothing(people, day, random):
    result = tally(people, as_of=day)
    assert sum(cell.low for cell in result.states) == result.total.low == result.total.high
    shuffled = [Counted(p.id, p.kind, p.named, history=tuple(random.sample(p.history, len(p.history)))) for p in people]
    random.shuffle(shuffled)
    assert tally(shuffled, as_of=day) == result


GROUPS = st.builds(
    lambda low, more, parts: Counted("g", "group", False, low, low + more, (at("injured"), *parts)),
    st.integers(1, 9),
    st.integers(0, 4),
    st.lists(
        st.builds(at, st.sampled_from(["detained", "killed"]), st.none() | DAYS, st.none(), st.integers(1, 9)),
        max_size=3,
    ),
)


@settings(deadline=None, max_examples=100)
@given(GROUPS)
def test_a_group_is_never_more_people_than_it_is(group):
    result = tally([group])
    assert all(cell.high is not None and cell.low <= cell.high for cell in (*result.states, result.total))
    assert group.low <= result.total.low <= result.total.high <= group.high
    assert all(cell.high <= group.high for cell in result.states)
