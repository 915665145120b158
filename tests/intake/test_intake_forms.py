"""Tables of facts typed from sources: one form, a few rows, what is claimed. All people are invented."""

import pytest

from esep.errors import BadInput, RefusedFile
from esep.intake.encoding import decode
from esep.intake.mapping import read_mapping
from esep.intake.recognise import form_of, recognise

TOLLS = "claim_id,source_id,category,value_low,value_high,qualifier,attributed_to,place,scope,note,as_of_date,copy_of\n"


PERSONS = "mention_id,source_id,name_as_written,language,age,roles,date,place,form\n"


def test_a_mention_has_one_status_for_each_role_with_its_side(drafted):
    drafts = drafted(
        PERSONS + "M1,S,A. B.,ru,,acquitted;detained:official;other:mayor,2012-06,Aktau,printed\n", "persons"
    )
    common = {"date": "2012-06", "place": "Aktau", "side": "official"}
    assert [draft.value for draft in drafts if draft.prop == "status"] == [
        {"status": "acquitted", **common},
        {"status": "detained", **common},
    ]
    assert [draft.value for draft in drafts if draft.prop == "role"] == ["mayor"]
    assert [(draft.value, draft.lang) for draft in drafts if draft.prop == "name"] == [("A. B.", "ru")]


def test_a_description_is_no_name(drafted):
    drafts = drafted(PERSONS + "M1,S,(husband of a witness),en,,injured,2011-12,,description\n", "persons")
    assert [(draft.prop, draft.value, draft.original) for draft in drafts[:1]] == [
        ("description", "husband of a witness", "(husband of a witness)")
    ]
    assert not [draft for draft in drafts if draft.prop == "name"]


def test_an_unknown_role_rejects_the_mention(reasons):
    assert "no status that esep knows" in reasons(PERSONS + "M1,S,A,en,,bitten,,,printed\n", "persons")[0]


EVENTS = "event_id,date,date_end,time,precision,place,country,type,actors,summary,source_id\n"


def test_r35_three_towns_of_one_row_are_three_places(drafted):
    drafts = drafted(EVENTS + "E1,2011-12-16,,,day,Stockholm; Gothenburg; Lulea,Sweden,protest,x; y,s,S\n", "events")
    places = [draft.value["place"] for draft in drafts if draft.prop == "where"]
    assert places == ["Stockholm", "Gothenburg", "Lulea"]
    assert {draft.value["country"] for draft in drafts if draft.prop == "where"} == {"Sweden"}
    assert [draft.value for draft in drafts if draft.prop == "actor"] == ["x", "y"]


def test_a_night_is_an_interval_and_a_month_stays_a_month(drafted):
    rows = "E1,2011-12-17,2011-12-18,,night,,,shooting,,s,S\nE2,2011-01,,,month,,,x,,s,S\nE3,,,,,,,x,,s,S\n"
    drafts = drafted(EVENTS + rows, "events")
    assert [draft.value for draft in drafts if draft.prop == "when"] == [
        {"date": "2011-12-17/2011-12-18", "precision": "night"},
        {"date": "2011-01", "precision": "month"},
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("E1,2011-12-18,2011-12-17,,,,,x,,s,S", "ends before it starts"),
        ("E1,,2011-12-17,,,,,x,,s,S", "without a date"),
        ("E1,2011-12-17,,25:00,,,,x,,s,S", "no time of day"),
        ("E1,2011-12-17,,,,A;B;C,D;E,x,,s,S", "countries"),
        ("E1,2011-12-17,,,,,,,,,S", "does not say what happened"),
    ],
)
def test_a_faulty_event_is_rejected_with_its_reason(reasons, row, reason):
    assert reason in reasons(EVENTS + row + "\n", "events")[0]


CHECKS = "check_id,record,place,place_kind,date,asked_by,answered_by,answer\n"


def test_r14_four_answers_stay_four_and_who_asked_is_protected(drafted):
    answers = ("not_found", "refused", "не ответили", "not asked", "found")
    rows = "".join(f"K{at},M1,Aktau,морг,2011-12-19,sister,duty doctor,{word}\n" for at, word in enumerate(answers))
    drafts = drafted(CHECKS + rows, "checks")
    checks = [draft.value for draft in drafts if draft.prop == "check"]
    assert [check["answer"] for check in checks] == ["not_found", "refused", "not_answered", "not_asked", "found"]
    assert {check["place_kind"] for check in checks} == {"morgue"}
    assert {check["person"] for check in checks} == {"person:M1"}
    assert not any("sister" in repr(check) for check in checks)
    assert [draft.value for draft in drafts if draft.prop == "protected:asked_by"] == ["sister"] * 5


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("K1,M1,Aktau,morgue,,,,", "has no answer"),
        ("K1,,Aktau,morgue,,,,found", "who was looked for"),
        ("K1,M1,,,,,,found", "does not say where"),
        ("K1,M1,,castle,,,,found", "not one that esep knows"),
    ],
)
def test_a_faulty_check_is_rejected_with_its_reason(reasons, row, reason):
    assert reason in "; ".join(reasons(CHECKS + row + "\n", "checks"))


def test_r15_a_body_has_a_history_of_its_own(drafted):
    rows = "B1,moved,relatives,Zhanaozen,2011-12-17,,S1\nB1,feared hidden,authorities,,,,S2\n"
    rows += "B1,buried,,Aktau,2011-12-19,M1,S1\n"
    drafts = drafted("body_id,event,by,place,date,record,source_id\n" + rows, "bodies")
    assert [(draft.subject, draft.source, draft.value) for draft in drafts] == [
        ("body:B1", "source:S1", {"event": "moved", "by": "relatives", "place": "Zhanaozen", "date": "2011-12-17"}),
        ("body:B1", "source:S2", {"event": "feared_hidden", "by": "authorities"}),
        ("body:B1", "source:S1", {"event": "buried", "place": "Aktau", "date": "2011-12-19", "person": "person:M1"}),
    ]


CLAIMS = "subject,prop,value,value_json,state,source_id,date,place\n"


def test_hand_made_claims_take_text_numbers_states_and_json(drafted):
    rows = (
        "person:M1,name,A. B.,,,S,,\nperson:M1,age,11,,,S,,\nperson:M1,sex,,,withheld,S,,\n"
        'person:M1,status,killed,,,S,2011-12-16,Shetpe\ngroup:G,count,,"{""low"": 3, ""high"": 3}",,S,,\n'
    )
    assert [(draft.prop, draft.value, draft.state) for draft in drafted(CLAIMS + rows, "claims")] == [
        ("name", "A. B.", "stated"),
        ("age", 11, "stated"),
        ("sex", None, "withheld"),
        ("status", {"status": "killed", "date": "2011-12-16", "place": "Shetpe"}, "stated"),
        ("count", {"low": 3, "high": 3}, "stated"),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("nobody,name,A,,,S,,", "no record id"),
        ("person:M1,,A,,,S,,", "names no property"),
        ("person:M1,name,,,,S,,", "has no value"),
        ("person:M1,name,A,,withheld,S,,", "beside the state"),
        ("person:M1,name,,,gone,S,,", "state is not one"),
        ('person:M1,x,,"{""a"": 1.5}",,S,,', "without fractions"),
        ("person:M1,x,,{,,S,,", "holds no JSON"),
    ],
)
def test_a_faulty_claim_is_rejected_with_its_reason(reasons, row, reason):
    assert reason in "; ".join(reasons(CLAIMS + row + "\n", "claims"))


def test_r4_sources_say_what_they_reprint_and_when_they_were_published(drafted):
    header = "source_id,title,publisher,pub_date,language,kind,url,copy_of,translation_of"
    text = header + "\nS1,T,P,n.d.,en,press,u,S2,S3\n"
    drafts = drafted(text, "sources")
    assert [
        (draft.prop, draft.value, draft.state)
        for draft in drafts
        if draft.prop in ("published", "reprint_of", "translation_of")
    ] == [
        ("published", None, "not_stated"),
        ("reprint_of", "source:S2", "stated"),
        ("translation_of", "source:S3", "stated"),
    ]


def test_a_source_without_an_id_or_without_any_word_is_rejected(reasons):
    text = "source_id,title,publisher\n,T,P\nS2,,\n"
    assert [reason.split(",")[0] for reason in reasons(text, "sources")] == [
        "the row gives its source no id",
        "the row says nothing of the source",
    ]


@pytest.mark.parametrize(
    ("header", "form"),
    [
        (TOLLS, "tolls"),
        (PERSONS, "persons"),
        (EVENTS, "events"),
        (CHECKS, "checks"),
        (CLAIMS, "claims"),
        ("body_id,event,by", "bodies"),
        ("source_id,title,publisher", "sources"),
        ("ФИО,возраст,статус", "list"),
        ("Аты-жөні,жасы", "list"),
        ("name,date,place,status", "list"),
    ],
)
def test_a_form_is_known_by_its_headers(header, form):
    assert form_of(tuple(header.strip().split(","))) == form


def test_recognition_looks_at_content_and_not_at_the_name():
    assert recognise("holiday.jpg", "ФИО;Возраст\nА Б;3\n".encode("cp1251")) == "list"
    assert recognise("list.csv", b"%PDF-1.7\n") == "document"
    assert recognise("list.csv", b"\x89PNG\r\n\x1a\n....") == "media"
    assert recognise("note", b'He said, once, "it was cold", and left.\nThen, later, more.\n') == "document"


def test_a_mapping_helps_to_recognise_a_table():
    content = "Кто;Где\nАхметов;Шетпе\n".encode("koi8-r")
    mapping = read_mapping('encoding = "koi8-r"\n[columns]\n"Кто" = "name"\n')
    assert recognise("people.txt", content, mapping=mapping) == "list"
    assert recognise("people.txt", content, mapping=read_mapping('form = "persons"\n')) == "persons"
    with pytest.raises(BadInput, match="names the form 'lists'"):
        recognise("people.txt", content, mapping=read_mapping('form = "lists"\n'))


def test_a_mapping_that_names_a_missing_column_says_which_there_are(opened):
    with pytest.raises(BadInput, match="'Nome'") as caught:
        opened("name,age\nA,3\n", mapping=read_mapping('[columns]\n"Nome" = "name"\n'))
    assert "'name', 'age'" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[columns\n", "is not TOML"),
        ("colums = 1\n", "unknown keys colums"),
        ("title = 3\n", "must be text"),
        ("[columns]\na = true\n", "must be text"),
        ("[categories]\na = 3\n", "are true"),
    ],
)
def test_a_broken_mapping_is_refused(text, reason):
    with pytest.raises(BadInput, match=reason):
        read_mapping(text)


def test_a_mapping_to_a_term_that_does_not_exist_is_refused(opened):
    with pytest.raises(BadInput, match="'dead'"):
        opened("name,status\nA,3\n", mapping=read_mapping('[words.status]\n"gone" = "dead"\n'))


def test_a_mapping_to_an_unknown_property_is_refused(opened):
    with pytest.raises(BadInput, match="'nickname'"):
        opened("name,age\nA,3\n", mapping=read_mapping('[columns]\n"age" = "nickname"\n'))


def test_one_long_line_of_prose_is_a_document_and_no_table_of_thousands_of_columns():
    prose = ('The union, "said 12 people were injured, ' * 4000).encode()
    assert recognise("statement.txt", prose) == "document"
    with pytest.raises(RefusedFile, match="header has 4001 columns"):
        recognise("statement.csv", b"a," * 4000 + b"b\n")


def test_utf_8_with_a_broken_byte_is_refused_and_not_read_as_another_encoding():
    whole = "Кәсіподақ 12 адам жараланды дейді. ".encode() * 4
    with pytest.raises(RefusedFile, match="UTF-8 with broken bytes"):
        decode(whole[:31] + b"\xff" + whole[31:])
