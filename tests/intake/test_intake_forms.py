"""Tables of facts typed from sources: one form, a few rows, what is claimed. All people are invented."""

import pytest

from esep.errors import BadInput, NotFound
from esep.intake.mapping import read_mapping
from esep.intake.numbers import qualifiers, read_bounds, read_phrase
from esep.intake.recognise import form_of, recognise

TEXT = "According to them,\u00a0at least 70 people were killed."
TOLLS = "claim_id,source_id,category,value_low,value_high,qualifier,attributed_to,place,scope,note,as_of_date,copy_of\n"


def passage(doc, start, end):
    if doc != "doc1":
        raise NotFound(f"no document {doc}")
    return TEXT[start:end]


def tolls_of(drafts):
    return [draft.value for draft in drafts if draft.prop == "toll"]


def bounds_of(drafted, low, high, qualifier):
    (toll,) = tolls_of(drafted(TOLLS + f"C1,S,killed,{low},{high},{qualifier},,,,,,\n", "tolls"))
    return toll["low"], toll["high"], toll["hedge"], toll["word"]


@pytest.mark.parametrize(
    ("row", "bounds"),
    [
        (("17", "", "exact"), (17, 17, "exact", "exact")),
        (("17", "", ""), (17, 17, "exact", "")),
        (("17", "", "at_least"), (17, None, "at_least", "at_least")),
        (("100", "", "or_more"), (100, None, "at_least", "or_more")),
        (("500", "", "more_than"), (501, None, "more_than", "more_than")),
        (("500", "", "over"), (501, None, "more_than", "over")),
        (("200", "", "up_to"), (None, 200, "up_to", "up_to")),
        (("", "200", "up_to"), (None, 200, "up_to", "up_to")),
        (("40", "", "about"), (40, 40, "about", "about")),
        (("100", "", "nearly"), (100, 100, "about", "nearly")),
        (("70", "", "reached"), (70, 70, "exact", "reached")),
        (("15", "", "only"), (15, 15, "exact", "only")),
        (("7", "20", "range"), (7, 20, "range", "range")),
        (("7", "20", ""), (7, 20, "range", "")),
        (("", "", "several"), (3, None, "several", "several")),
        (("", "", "dozens"), (20, None, "dozens", "dozens")),
        (("", "", "hundreds"), (200, None, "hundreds", "hundreds")),
        (("", "", "thousands"), (2000, None, "thousands", "thousands")),
        (("", "", "unquantified"), (None, None, "unquantified", "unquantified")),
        (("0", "", "exact"), (0, 0, "exact", "exact")),
    ],
)
def test_a_number_becomes_bounds_by_the_written_conventions(drafted, row, bounds):
    assert bounds_of(drafted, *row) == bounds


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("C1,S,killed,,,exact,,,,,,", "the qualifier exact needs a number"),
        ("C1,S,killed,20,7,range,,,,,,", "the range runs from 20 down to 7"),
        ("C1,S,killed,7,,range,,,,,,", "a range needs its lower and its upper number"),
        ("C1,S,killed,7,20,at_least,,,,,,", "two numbers and the qualifier at_least"),
        ("C1,S,killed,300,,hundreds,,,,,,", "a number beside hundreds"),
        ("C1,S,killed,7,,perhaps,,,,,,", "the qualifier is not one that esep knows"),
        ("C1,S,killed,-7,,exact,,,,,,", "column 'value_low': '-7' is not a whole number"),
        ("C1,S,killed,,,,,,,,,", "the row gives no number"),
        ("C1,S,,7,,exact,,,,,,", "the number has no category"),
        ("C1,S,unicorns,7,,exact,,,,,,", "column 'category': the category is not one that esep knows"),
        ("C1,S,killed,7,,exact,,,,,31.02.2011,", "'31.02.2011'"),
        ("C1,S,killed,7,,exact,,,,,,S", "a source cannot be a copy of itself"),
    ],
)
def test_a_faulty_toll_is_rejected_with_its_reason(reasons, row, reason):
    (found,) = reasons(TOLLS + row + "\n", "tolls")
    assert reason in found or "2011-02-31" in found


def test_every_word_of_the_qualifier_table_can_be_read():
    for word, rule in qualifiers().items():
        numbers = {"low": 5 if rule.needs_number else None, "high": 9 if rule.hedge == "range" else None}
        bounds = read_bounds(word, **numbers)
        assert bounds.low is None or bounds.high is None or bounds.low <= bounds.high


@pytest.mark.parametrize(
    ("text", "bounds"),
    [("100+", (100, None)), (">500", (501, None)), ("до 200", (None, 200)), ("7-20", (7, 20)), ("около 40", (40, 40)),
     ("more than 1 500", (1501, None)), ("сотни", (200, None)), ("22", (22, 22))],
)  # fmt: skip
def test_one_cell_may_hold_number_and_qualifier(text, bounds):
    found = read_phrase(text, header="n")
    assert (found.low, found.high) == bounds


def test_a_toll_keeps_who_said_it_through_whom_and_of_whom(drafted):
    row = "C1,S1,hospitalized,40,,about,witness K. > press service > newspaper,Shetpe,gunshot,no released,2011-12-18,\n"
    (toll,) = tolls_of(drafted(TOLLS + row, "tolls"))
    assert toll["said_by"] == ["witness K.", "press service", "newspaper"]
    assert toll["origin"] == "witness K."
    assert toll["scope"] == {"place": "Shetpe", "who": "gunshot", "note": "no released"}
    assert (toll["as_of"], toll["counts_people"], toll["casualty"]) == ("2011-12-18", True, False)


def test_a_speaker_who_is_only_a_kind_is_no_origin(drafted):
    rows = (
        "C1,S,killed,1,,exact,officials > Reuters,,,,,\nC2,S,killed,1,,exact,media,,,,,\nC3,S,killed,1,,exact,,,,,,\n"
    )
    assert [toll["origin"] for toll in tolls_of(drafted(TOLLS + rows, "tolls"))] == ["Reuters", None, None]


def test_r28_other_numbers_of_people_and_of_things_are_no_casualties(drafted):
    words = ("killed", "injured", "missing", "detained", "fired", "troops_deployed", "crowd", "buildings_burned")
    rows = "".join(f"C{at},S,{word},5,,exact,,,,,,\n" for at, word in enumerate(words))
    tolls = tolls_of(drafted(TOLLS + rows, "tolls"))
    assert [toll["status"] for toll in tolls if toll["casualty"]] == ["killed", "injured", "missing", "detained"]
    assert [toll["category"] for toll in tolls if not toll["counts_people"]] == ["buildings_burned"]
    assert [toll["status"] for toll in tolls[4:6]] == ["dismissed", "troops"]


def test_two_categories_in_one_number_are_marked_not_separable(drafted):
    (toll,) = tolls_of(drafted(TOLLS + "C1,S,injured+missing,,,hundreds,,,,,,\n", "tolls"))
    assert (toll["status"], toll["separable"], toll["casualty"]) == ("injured+missing", False, True)


def test_a_mapping_may_add_a_category(drafted):
    mapping = read_mapping("[categories]\nunicorns = false\n")
    (toll,) = tolls_of(drafted(TOLLS + "C1,S,unicorns,7,,exact,,,,,,\n", "tolls", mapping=mapping))
    assert (toll["status"], toll["counts_people"]) == ("unicorns", False)


def test_a_copy_sets_the_root_of_its_source_once(drafted):
    rows = "C1,S2,killed,1,,exact,,,,,,S1\nC2,S2,killed,2,,exact,,,,,,S1\n"
    copies = [draft for draft in drafted(TOLLS + rows, "tolls") if draft.prop == "reprint_of"]
    assert [(draft.subject, draft.value, draft.source) for draft in copies] == [
        ("source:S2", "source:S1", "source:made")
    ]


def test_an_id_given_twice_is_rejected_with_the_row_that_has_it(reasons):
    rows = "C1,S,killed,1,,exact,,,,,,\nC1,S,killed,2,,exact,,,,,,\n"
    assert reasons(TOLLS + rows, "tolls") == ["toll:C1 stands already in row 1"]


QUOTING = "claim_id,category,value_low,qualifier,doc,start,end,quote\n"


def test_a_quoted_passage_is_held_against_the_document(drafted):
    at = TEXT.index("at least")
    quote = "\u00a0at least 70 people"
    drafts = drafted(QUOTING + f"C1,killed,70,at_least,doc1,{at - 1},{at + 18},{quote}\n", "tolls", passage=passage)
    (toll,) = [draft for draft in drafts if draft.prop == "toll"]
    assert toll.locator[0] == {"role": "quote", "doc": "source:doc1", "start": at - 1, "end": at + 18}
    assert toll.source == "source:doc1"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("doc1,19,37,at least 71 people", "does not read as quoted"),
        ("doc1,19,37, at least 70 peopl", "does not read as quoted"),
        ("doc2,19,37,at least 70 people", "no document doc2"),
        ("doc1,,,at least 70 people", "needs its start and end"),
        (",19,37,at least 70 people", "a passage but no document"),
    ],
)
def test_a_quotation_that_does_not_stand_there_rejects_the_row(reasons, place, reason):
    (found,) = reasons(QUOTING + f"C1,killed,70,at_least,{place}\n", "tolls", passage=passage)
    assert reason in found


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
