"""A table that comes again: corrected, renamed, from other hands, or after something in it was taken back."""

import json
from datetime import UTC, datetime

import pytest

from esep.case import create_case
from esep.case.decisions import Decision
from esep.errors import BadInput

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LIST = "name,status\nAnna Primer,killed\nBoris Primer,injured\n"


@pytest.fixture
def case(tmp_path):
    with create_case(tmp_path / "case", title="t", actor="A", now=NOW, passphrase=None) as made:
        yield made


@pytest.fixture
def add(case, tmp_path):
    def added(text, *, file="table.csv", **more):
        (tmp_path / file).write_text(text, encoding="utf-8", newline="")
        return case.add(tmp_path / file, actor="A", now=NOW, **more)

    return added


def names(case):
    return sorted(row["name"] for row in json.loads(case.people().json()))


def claim_of(case, prop):
    return next(iter(case.ledger.claims(kind="person", props=[prop])))


def test_correcting_one_row_of_a_body_keeps_its_other_rows(case, add):
    head = "body,body_event,place,date\n"
    add(head + "B1,seen,Aktau,2011-12-16\nB1,buried,Kuryk,2011-12-18\n", form="bodies", name="B")
    add(head + "B1,seen,Akshukyr,2011-12-16\nB1,buried,Kuryk,2011-12-18\n", form="bodies", name="B")
    rows = json.loads(case.bodies().json())
    assert [(row["event"], row["place"]) for row in rows] == [("seen", "Akshukyr"), ("buried", "Kuryk")]


def test_a_corrected_table_withdraws_nothing_that_another_form_of_table_states(case, add):
    add("mention id,name,roles,source_id\nZ1,Anna Primer,killed,S\n", form="persons", name="P")
    add("subject,prop,value,source_id\nperson:Z1,status,tortured,S\n", form="claims", name="C")
    add("mention id,name,roles,source_id,age\nZ1,Anna Primer,killed,S,33\n", form="persons", name="P")
    (row,) = json.loads(case.people().json())
    assert row["statuses"] == ["killed", "tortured"]


def test_the_same_bytes_under_another_file_name_make_no_second_people(case, add):
    add(LIST, file="list.csv")
    assert add(LIST, file="list-final.csv").report.totals["unchanged"] == 2
    assert names(case) == ["Anna Primer", "Boris Primer"]


def test_an_id_with_and_without_its_kind_is_one_source(case, add):
    add(LIST, name="L")
    add(LIST, name="source:L")
    assert names(case) == ["Anna Primer", "Boris Primer"]


def test_what_a_person_erased_does_not_come_back_with_the_same_file(case, add):
    add(LIST, name="L")
    erased = claim_of(case, "name")
    case.erase([erased.cid], reason="asked to be forgotten", actor="A", now=NOW)
    assert add(LIST, name="L").report.totals["unchanged"] == 2
    assert erased.value not in names(case)


def test_what_a_person_took_back_does_not_come_back_with_the_same_file(case, add):
    add(LIST, name="L")
    undone = claim_of(case, "status")
    case.record([Decision("undo", "misread", "A", "2026-01-01", of=undone.cid)], actor="A", now=NOW)
    add(LIST, name="L")
    assert case.count().total.low == 1


def test_a_row_that_turns_out_to_be_a_group_is_not_counted_as_a_person_too(case, add):
    add("mention id,description,roles,count\nZ1,workers,killed,\n", form="persons", name="P")
    add("mention id,description,roles,count\nZ1,workers,killed,3\n", form="persons", name="P")
    assert (case.count().total.low, len(case.people())) == (3, 1)


def test_a_list_whose_rows_have_moved_is_refused_under_its_old_id(case, add):
    add(LIST, name="L")
    position = case.ledger.position()
    with pytest.raises(BadInput, match="row 2 was row 1"):
        add(LIST.replace("Anna", "Vera Novaya,missing\nAnna"), name="L")
    assert case.ledger.position() == position


def test_names_corrected_and_rows_added_at_the_end_are_taken_in(case, add):
    add(LIST, name="L")
    add(LIST.replace("Anna", "Anya") + "Vera Primer,missing\n", name="L")
    assert names(case) == ["Anya Primer", "Boris Primer", "Vera Primer"]
