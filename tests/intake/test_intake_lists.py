"""Relatives' lists: rows accounted for, contacts apart, states apart from values. All people are invented."""

import pytest

from esep.errors import BadInput
from esep.intake.mapping import read_mapping

TEN_ROWS = """ФИО;Возраст;Статус;Дата;Место;Телефон;Кто сообщил;Степень родства;person_id
Ахметов Ерлан;34;убит;16.12.2011;Жанаозен;+7 701 000 00 01;Айгуль;сестра;P1
Ибраева Сауле;11;ранена;16.12.2011;Жанаозен;;;;P1
;25;убит;16.12.2011;Жанаозен;87010000002;;;
неизвестно;около 20;убит;16.12.2011;;;;;
Оспанов Талгат;345;пропал без вести;16.12.2011;Жанаозен;;;;
Жумабаев;45;задержан;17 декабря 2011;Жанаозен;;;;
Сериков;0;ранен;2011-12;Жанаозен;;;;
Касымова;н/д;ранена;декабрь 2011 г.;Жанаозен;;;;
Алиев;20-25;убит;;;;;;
Сулейменов;;убит;16/12/2011;Жанаозен;;;;
"""


def values(drafts, prop):
    return [draft.value for draft in drafts if draft.prop == prop]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_r7_ten_rows_with_two_faults_give_eight_records_and_two_reasons(opened, codec):
    drafts, report = opened(TEN_ROWS.encode(codec)).read()
    assert report.totals == {"rows": 10, "accepted": 8, "rejected": 2, "unchanged": 0}
    assert len({draft.subject for draft in drafts}) == 8
    assert [(line.row, line.reasons[0]) for line in report.rejected] == [
        (3, "no name and no description"),
        (5, "column 'Возраст': '345' is not an age that a person can have"),
    ]
    assert all(hint for line in report.rejected for hint in line.hints)


def test_contacts_are_protected_and_stand_nowhere_else(opened):
    drafts, report = opened(TEN_ROWS).read()
    held = [draft for draft in drafts if draft.prop.startswith("protected:")]
    assert [(draft.prop, draft.value) for draft in held] == [
        ("protected:phone", "+7 701 000 00 01"),
        ("protected:giver", "Айгуль"),
        ("protected:relation", "сестра"),
    ]
    others = [repr(draft) for draft in drafts if draft not in held]
    assert not any(word in text for text in others for word in ("701", "Айгуль", "сестра"))
    assert "8701" not in report.text(every_row=True) + repr(report.json()) + repr(report.table()) + repr(report.lines)


def test_a_rejected_row_keeps_its_raw_cells_with_contacts_apart(opened):
    _, report = opened(TEN_ROWS).read()
    assert report.rejected[0].cells["Возраст"] == "25"
    assert "Телефон" not in report.rejected[0].cells
    assert report.rejected[0].sealed_cells["Телефон"] == "87010000002"


def test_a_row_longer_than_the_header_is_rejected_and_all_its_cells_are_sealed(opened):
    _, report = opened("name,phone\nA,B,87010000002\n").read()
    assert report.rejected[0].reasons == ("the row has 3 cells under 2 headers",)
    assert not report.rejected[0].cells
    assert list(report.rejected[0].sealed_cells.values()) == ["A", "B", "87010000002"]


def test_an_id_column_is_kept_and_never_read_as_identity(drafted):
    drafts = drafted("name,person_id,truth_id,id\nA,P1,T1,7\nB,P1,T1,7\n")
    assert len({draft.subject for draft in drafts}) == 2
    assert values(drafts, "x:person_id") == ["P1", "P1"]
    assert values(drafts, "x:truth_id") == ["T1", "T1"]


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("unknown", "unknown"),
        ("Неизвестно", "unknown"),
        ("белгісіз", "unknown"),
        ("not stated", "not_stated"),
        ("не указано", "not_stated"),
        ("withheld", "withheld"),
        ("n/a", "not_applicable"),
    ],
)
def test_words_for_no_value_become_states(drafted, word, state):
    drafts = drafted(f"name,age,weight\nA,{word},{word}\n")
    assert [(draft.prop, draft.state, draft.value) for draft in drafts[1:]] == [
        ("age", state, None),
        ("x:weight", state, None),
    ]


def test_an_empty_cell_says_nothing_and_zero_is_a_value(drafted):
    drafts = drafted("name,age,children\nA,0,0\nB,,\n")
    assert [(draft.subject, draft.prop, draft.value) for draft in drafts] == [
        ("person:made/1", "name", "A"),
        ("person:made/1", "age", 0),
        ("person:made/1", "x:children", "0"),
        ("person:made/2", "name", "B"),
    ]


def test_people_without_a_name_are_records(drafted):
    drafts = drafted(
        "description,count,age,status\nan 11-year-old girl,1,11,killed\nthree young workers,3,,killed\n", "list"
    )
    girl = {draft.prop: draft.value for draft in drafts if draft.subject == "person:made/1"}
    assert (girl["age"], girl["count"]) == (11, {"low": 1, "high": 1, "hedge": "exact"})
    workers = {draft.prop: draft.value for draft in drafts if draft.subject == "group:made/2"}
    assert workers["count"] == {"low": 3, "high": 3, "hedge": "exact"}
    assert workers["description"] == "three young workers"


def test_a_status_takes_date_and_place_of_its_row_and_keeps_the_word(drafted):
    (status,) = [
        draft for draft in drafted("имя,статус,дата,место\nА,убит,16.12.2011,Шетпе\n") if draft.prop == "status"
    ]
    assert status.value == {"status": "killed", "date": "2011-12-16", "place": "Шетпе"}
    assert status.original == "убит"


def test_an_unknown_status_word_is_kept_as_it_is_with_a_note(opened):
    drafts, report = opened("name,status\nA,укушен\n").read()
    assert values(drafts, "x:status") == ["укушен"]
    assert values(drafts, "status") == []
    assert "stands for no status" in report.lines[0].notes[0]


def test_a_date_without_a_status_implies_no_death(drafted):
    drafts = drafted("name,дата смерти\nA,16.12.2011\n")
    assert [(draft.prop, draft.value) for draft in drafts[1:]] == [("death_date", "2011-12-16")]


def test_surname_name_and_patronymic_make_one_name_and_stay_apart(drafted):
    drafts = drafted("Тегі;Аты;Әкесінің аты\nСерікова;Айгүл;Ерланқызы\n")
    assert values(drafts, "name") == ["Серікова Айгүл Ерланқызы"]
    assert values(drafts, "name_parts") == [{"surname": "Серікова", "given_name": "Айгүл", "patronymic": "Ерланқызы"}]


def test_a_number_in_an_unnamed_column_that_looks_like_a_telephone_is_protected(drafted):
    drafts = drafted("name,extra\nA,+7 (701) 000-00-01\nB,someone@example.org\nC,2011-12-16\n")
    assert [draft.prop for draft in drafts if draft.prop != "name"] == [
        "protected:x:extra",
        "protected:x:extra",
        "x:extra",
    ]


def test_a_name_in_the_wrong_column_is_not_repeated_in_the_reason(reasons):
    assert reasons("name,age,date,count\nA,Касымова,Жумабаев,Алиев\n") == [
        "column 'count' holds no number with one qualifier",
        "column 'age': this is not an age in years",
        "column 'date': this is not a date",
    ]


def test_defaults_fill_what_the_table_leaves_out(drafted):
    mapping = read_mapping('[columns]\n"Кто он" = "name"\n[defaults]\nstatus = "killed"\nplace = "Шетпе"\n')
    drafts = drafted("Кто он,place\nА,\nБ,Жанаозен\n", mapping=mapping)
    assert values(drafts, "status") == [
        {"status": "killed", "place": "Шетпе"},
        {"status": "killed", "place": "Жанаозен"},
    ]


def test_words_of_the_mapping_add_to_the_known_ones(drafted):
    mapping = read_mapping('[words.status]\n"укушен" = "injured"\n')
    assert values(drafted("name,status\nA,укушен\n", mapping=mapping), "status") == [{"status": "injured"}]


def test_a_list_without_any_name_column_is_refused_whole(opened):
    with pytest.raises(BadInput, match="no column of this list table holds name"):
        opened("alpha,beta\n1,2\n")


def test_the_locator_says_row_line_and_column(drafted):
    (name,) = drafted('name,x\n"A","two\nlines"\n')[:1]
    assert name.locator == ({"role": "cell", "row": 1, "line": 2, "column": "name"},)
    assert name.source == "source:made"


def test_the_same_bytes_give_the_same_drafts_in_the_same_order(opened):
    assert opened(TEN_ROWS).read()[0] == opened(TEN_ROWS).read()[0]
