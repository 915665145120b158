"""R11, R14, R15, R18: missing people against lists of hospitals, morgues and jails. Everybody here is invented."""

import json

import pytest

from esep.case import Facts
from tests.requirements.conftest import NOW

MISSING = """\
mention_id,source_id,name_as_written,sex,age,roles,date,place,circumstance
M1,FAMILIES,Айгуль Тестова,female,34,missing,2031-03-02,Примерск,wears a silver bracelet
M2,FAMILIES,Ерлан Образцов,male,40,missing,2031-03-02,Примерск,scar on the left cheek
M3,FAMILIES,Марат Примеров,male,61,released,2031-03-09,Примерск,
"""
HOSPITAL = (
    "name,sex,age,status,date,place\nTestova Aigul,f,34,injured,2031-03-02,Primersk\n"
    "Yerlan Obraztsov,m,22,injured,2031-03-02,Primersk\nDana Nobody,f,50,injured,2031-03-02,Primersk\n"
)
BODIES = """\
body_id,event,place,date,sex,age,description
B1,seen,Примерск,2031-03-04,male,35-45,"man, scar on the cheek"
B2,seen,Примерск,2031-03-01,male,35-45,"man, seen before anybody was missing"
B3,seen,Примерск,2031-03-04,female,70-80,old woman
"""
AT = '"reason":"","by":"Reviewer","at":"2031-04-01"'


def found(case, day=1):
    rows = json.loads(case.candidates(now=NOW.replace(month=2, day=day)).json())
    return [row for row in rows if row["record"]]


def states(case):
    return {cell.key: cell.number for cell in case.count().states}


@pytest.fixture
def lost(add):
    return add(MISSING, form="persons", file="missing.csv")


@pytest.fixture
def hospital(add, lost):
    return add(HOSPITAL, form="list", name="HOSPITAL", file="hospital.csv", facts=Facts(medium="список больницы"))


def test_a_missing_person_is_found_on_a_hospital_list_in_another_script_with_reasons(case, hospital):
    best = found(case)[0]
    assert (best["name"], best["title"], best["kind"]) == ("Айгуль Тестова", "Testova Aigul", "hospital")
    assert best["probability"] > 0.9
    assert any(reason.startswith("name:") for reason in best["reasons"])


def test_what_speaks_against_stands_beside_what_speaks_for(case, hospital):
    other = next(row for row in found(case) if row["title"] == "Yerlan Obraztsov")
    assert any(reason.startswith("name:") for reason in other["reasons"])
    assert any(reason.startswith("birth: more than six years apart") for reason in other["against"])


def test_people_who_are_not_missing_and_lists_of_no_kind_are_not_searched(case, add, lost):
    add(HOSPITAL, form="list", name="VOTERS", file="voters.csv", facts=Facts(medium="newspaper"))
    assert found(case) == []
    assert "Марат Примеров" not in case.candidates(now=NOW.replace(month=2)).text()


def test_somebody_of_whom_a_source_does_not_know_what_became_is_searched_for_too(case, add):
    said = "person:M9,name,Dana Nobody,,FAMILIES\nperson:M9,status,,unknown,FAMILIES\n"
    add("subject,prop,value,state,source_id\n" + said, form="claims")
    add(HOSPITAL, form="list", name="HOSPITAL", file="hospital.csv", facts=Facts(medium="hospital list"))
    assert [row["title"] for row in found(case) if row["rank"] == 1] == ["Dana Nobody"]


def test_searching_changes_no_status_and_a_second_search_adds_nothing(case, hospital):
    before, people = states(case), json.loads(case.people().json())
    first = found(case)
    position = case.ledger.position()
    assert found(case, day=2) == first
    assert (case.ledger.position(), states(case), json.loads(case.people().json())) == (position, before, people)


def test_an_accepted_candidate_becomes_one_person_by_a_judgement_and_undo_restores(case, hospital, decide):
    before = json.loads(case.people().json())
    decide(f'{{"v":1,"decide":"accept","proposal":"{found(case)[0]["proposal"]}",{AT}}}')
    (judgement,) = case.ledger.judgements()
    assert judgement.verdict == "same"
    assert all(row["title"] != "Testova Aigul" for row in found(case, day=3))
    decide(f'{{"v":1,"decide":"undo","of":"{judgement.cid}",{AT}}}')
    assert json.loads(case.people().json()) == before


@pytest.mark.parametrize("how", ["reject", "different"])
def test_a_refused_candidate_does_not_return(case, hospital, decide, how):
    first = found(case)[0]
    if how == "reject":
        decide(f'{{"v":1,"decide":"reject","proposal":"{first["proposal"]}",{AT}}}')
    else:
        decide(f'{{"v":1,"decide":"different","left":"person:M1","right":"{first["record"]}",{AT}}}')
    assert first["record"] not in {row["record"] for row in found(case, day=3)}


def test_a_report_after_the_day_of_the_list_and_a_search_without_success_speak_against(case, add, hospital):
    later = "subject,prop,value,date,source_id\nperson:M1,status,missing,2031-03-08,FAMILIES\n"
    add(later, form="claims", file="later.csv")
    add("check_id,mention_id,place,place_kind,date,answer\nC1,M1,Primersk hospital,hospital,2031-03-05,not_found\n",
        form="checks", file="checks.csv")  # fmt: skip
    against = " | ".join(found(case)[0]["against"])
    assert "reported missing on 2031-03-08, later than the record (2031-03-02)" in against
    assert "asked at Primersk hospital on 2031-03-05: not found" in against


def test_a_body_without_a_name_is_offered_as_such_and_never_as_a_match_by_name(case, add, lost):
    add(BODIES, form="bodies", file="bodies.csv")
    (body,) = [row for row in found(case) if row["kind"] == "body"]
    assert (body["record"], body["name"], body["probability"]) == ("body:B1", "Ерлан Образцов", None)
    assert "no name was compared" in body["against"][0]
    assert any("scar" in reason for reason in body["reasons"])
    assert "no name compared" in case.candidates(now=NOW.replace(month=2)).text()


def test_an_accepted_body_is_linked_and_changes_no_status(case, add, lost, decide):
    add(BODIES, form="bodies", file="bodies.csv")
    before = states(case)
    decide(f'{{"v":1,"decide":"accept","proposal":"{found(case)[0]["proposal"]}",{AT}}}')
    linked = {row["id"]: row["person"] for row in json.loads(case.bodies().json())}
    assert linked["body:B1"] == "person:M2"
    assert states(case) == before
    assert found(case, day=3) == []


def test_a_rejected_body_does_not_return(case, add, lost, decide):
    add(BODIES, form="bodies", file="bodies.csv")
    decide(f'{{"v":1,"decide":"reject","proposal":"{found(case)[0]["proposal"]}",{AT}}}')
    assert found(case, day=3) == []


def test_a_pair_that_nobody_could_tell_stays_and_says_so(case, hospital, decide):
    first = found(case)[0]
    decide(f'{{"v":1,"decide":"unsure","left":"person:M1","right":"{first["record"]}",{AT}}}')
    again = next(row for row in found(case, day=3) if row["record"] == first["record"])
    assert again["unsure"]
    assert "judged unsure" in case.candidates(now=NOW.replace(month=2, day=4)).text()


def test_a_body_with_a_name_is_compared_by_name_and_linked_only_by_a_decision(case, add, lost, decide):
    named = "body_id,event,place,date,sex,name\nB9,held,Primersk morgue,2031-03-05,male,Obraztsov Yerlan\n"
    add(named, form="bodies", file="bodies.csv")
    (body,) = found(case)
    assert (body["kind"], body["record"], body["name"]) == ("body", "body:B9", "Ерлан Образцов")
    assert body["probability"] > 0.5
    decide(f'{{"v":1,"decide":"accept","proposal":"{body["proposal"]}",{AT}}}')
    assert {row["person"] for row in json.loads(case.bodies().json())} == {"person:M2"}
    assert found(case, day=3) == []
