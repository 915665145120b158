"""Documented people under claimed numbers: only who certainly belongs to a scope, and everybody once."""

import pytest

from esep.counts.scopes import Hierarchy, Scope, World
from esep.dates import When
from esep.ledger.claims import Claim
from esep.people.floors import floors
from esep.people.persons import Person

WORLD = World(Hierarchy({"Old Town": "Town"}))
DAYS = When.parse("2020-05-01/2020-05-02")
TOWN = Scope("killed", "Town", DAYS)


def person(name, *statuses, kind="person", count=None):
    values = [("status", value) for value in statuses]
    values += [("count", {"low": count, "high": count})] if count else []
    record = f"{kind}:{name}"
    claims = (
        Claim(seq, f"{name}{seq}", "b", "assert", record, prop, None, "source:S", (), value, "stated", None, None)
        for seq, (prop, value) in enumerate(values)
    )
    return Person(f"P-{name}", kind, (record,), tuple(claims))


def killed(place="Old Town", day="2020-05-01", **more):
    return {"status": "killed", "place": place, "date": day, **more}


def low(people, scope=TOWN, **more):
    found = floors(people, [scope], world=WORLD, **more)
    return (found[0].low, found[0].ids) if found else (0, ())


def test_a_person_in_a_part_of_the_place_stands_under_the_whole():
    assert low([person("a", killed())]) == (1, ("P-a",))


def test_two_reports_of_one_death_are_one_person():
    assert low([person("a", killed(), killed(place="Town", day="2020-05-02"))]) == (1, ("P-a",))


@pytest.mark.parametrize(
    "report",
    [
        killed(place="Port"),
        killed(place=None),
        killed(day="2019-08-01"),
        killed(day=None),
        killed(day="2020-05"),
        {**killed(), "status": "injured"},
    ],
)
def test_who_may_lie_outside_the_scope_is_not_under_it(report):
    assert low([person("a", report)]) == (0, ())


def test_reports_that_disagree_on_the_place_put_nobody_there():
    assert low([person("a", killed(), killed(place="Port"))]) == (0, ())


def test_nobody_stands_under_a_scope_of_some_people_or_a_part_of_a_day():
    for scope in (Scope("killed", "Town", DAYS, ("strikers",)), Scope("killed", "Town", DAYS, (), "first hour")):
        assert low([person("a", killed())], scope) == (0, ())


def test_a_group_counts_its_people_and_a_part_of_it_only_the_part():
    assert low([person("g", killed(), kind="group", count=3)])[0] == 3
    assert low([person("g", killed(count=1), kind="group", count=12)])[0] == 1


def test_of_two_that_may_be_one_the_smaller_is_left_out():
    people = [person("g", killed(), kind="group", count=3), person("h", killed(), kind="group", count=2)]
    assert low(people, unsure=[("group:g", "group:h")]) == (3, ("P-g",))
    assert low(people, unsure=[("group:g", "group:elsewhere")])[0] == 5


def test_people_in_hospital_stand_under_the_injured():
    patient = {"status": "hospitalized", "place": "Town", "date": "2020-05-02"}
    assert low([person("a", patient)], Scope("injured", "Town", DAYS))[0] == 1
