"""R7, R9, R11, R12, R14, R15, R18: lists, changing states, duplicates, every side, searches, bodies."""

import json
from datetime import date

AT = '"by":"Reviewer","at":"2026-03-01"'

RELATIVES_LIST = """\
Имя,Возраст,Статус,Дата,Место,Кем приходится,Телефон
Айгуль Тестова,34,пропал,2011-12-16,Жанаозен,сестра,+7 701 000 00 01
Ерлан Тестов,40,ранен,2011-12-16,Жанаозен,брат,+7 701 000 00 02
,,,,Жанаозен,мать,+7 701 000 00 03
Дамир Примеров,999,ранен,2011-12-16,Жанаозен,сосед,+7 701 000 00 04
Сауле Примерова,,пропал,2011-12,Жанаозен,дочь,+7 701 000 00 05
Жанар Образцова,19,ранен,2011-12-17,Шетпе,дочь,+7 701 000 00 06
Марат Образцов,51,убит,2011-12-16,Жанаозен,сын,+7 701 000 00 07
Тимур Ненастоящий,27,задержан,2011-12-18,Жанаозен,брат,+7 701 000 00 08
Роза Ненастоящая,неизвестно,пропал,,Жанаозен,тётя,+7 701 000 00 09
Ольга Выдуманная,45,ранен,2011-12-16,Актау,коллега,+7 701 000 00 10
"""


def rows(listing):
    return json.loads(listing.json())


def states(case, **moment):
    return {cell.key[0]: (cell.low, cell.high) for cell in case.count(**moment).states}


def test_r7_a_list_of_ten_rows_with_two_faulty_ones_is_accounted_for_row_by_row(case, add):
    added = add(RELATIVES_LIST, form="list", name="relatives")
    assert added.report.totals == {"rows": 10, "accepted": 8, "rejected": 2, "unchanged": 0}
    assert [line.row for line in added.report.rejected] == [3, 4]
    assert all(line.reasons and any(line.hints) for line in added.report.rejected)
    assert len(rows(case.people())) == 8


def test_r7_contacts_are_in_no_listing(case, add):
    add(RELATIVES_LIST, form="list", name="relatives")
    shown = "".join(result.json() for result in (case.people(), case.claims(withdrawn=True), case.sources()))
    assert "+7 701" not in shown
    assert "сестра" not in shown


def test_r9_twelve_wounded_of_whom_one_died_stay_twelve_people(case, add):
    first = add("mention_id,source_id,description,count,roles,date,place\n"
                "SH12,POLICE,wounded in Shetpe,12,injured,2011-12-17,Shetpe\n", form="persons")  # fmt: skip
    assert states(case) == {"injured": (12, 12)}
    died = '"{""status"": ""killed"", ""count"": 1, ""place"": ""Shetpe""}"'
    add(f"subject,prop,value_json,source_id\ngroup:SH12,status,{died},POLICE\n", form="claims")
    assert states(case) == {"injured": (11, 11), "killed": (1, 1)}
    assert case.count().total.number == "12"
    assert states(case, known_on=first.receipt.first_seq + first.receipt.n - 1) == {"injured": (12, 12)}


THREES = (
    "mention_id,source_id,description,count,roles,date,place\n"
    "LADS,SEED2,young lads,3,killed,2011-12-16,Zhanaozen\n"
    "WORKERS,SEED2,young workers,3,killed,2011-12-16,Zhanaozen\n"
)


def test_r11_two_groups_of_three_are_offered_as_possible_duplicates_and_stay_apart(case, add):
    add(THREES, form="persons")
    (offered,) = rows(case.link(now=add_day(5)))
    assert {offered["subject"], offered["with"]} == {"group:LADS", "group:WORKERS"}
    assert states(case) == {"killed": (6, 6)}


def add_day(day):
    from datetime import UTC, datetime

    return datetime(2026, 2, day, tzinfo=UTC)


def test_r11_undo_restores_both_exactly(case, add, decide):
    add(THREES, form="persons")
    before = rows(case.people())
    decide('{"v":1,"decide":"same","left":"group:LADS","right":"group:WORKERS","reason":"one table",' + AT + "}")
    assert len(rows(case.people())) == 1
    (judgement,) = case.ledger.judgements()
    decide('{"v":1,"decide":"undo","of":"' + judgement.cid + '","reason":"two supermarkets",' + AT + "}")
    assert rows(case.people()) == before


def test_r12_policemen_stand_in_the_same_table_as_strikers(case, add):
    add("mention_id,source_id,description,count,roles,date,place,said_by\n"
        "P1,SEED2,policemen,2,injured:police,2011-12-16,Zhanaozen,official reports\n"
        "W1,SEED2,striker,,injured,2011-12-16,Zhanaozen,\n", form="persons")  # fmt: skip
    assert states(case) == {"injured": (3, 3)}
    police = case.person("group:P1")
    assert [line.side for line in police.statuses] == ["police"]
    assert police.stated("said_by")[0].value["said_by"] == ["official reports"]


CHECKS = """\
check_id,mention_id,place,place_kind,date,answered_by,answer,asked_by
C1,M1,Zhanaozen hospital,hospital,2011-12-19,duty doctor,not_found,a sister
C2,M1,Zhanaozen morgue,morgue,2011-12-19,,refused,a sister
C3,M1,Aktau hospital,hospital,2011-12-20,,not_answered,a brother
"""


def test_r14_unasked_places_are_listed_and_refused_is_not_not_found(case, add):
    add("mention_id,source_id,name,roles,date\nM1,S1,Айгуль Тестова,missing,2011-12-16\n", form="persons")
    add(CHECKS, form="checks")
    found = rows(case.checks())
    assert [row["answer"] for row in found if row["place_kind"] == "hospital"] == ["not_found", "not_answered"]
    assert [row["answer"] for row in found if row["place_kind"] == "morgue"] == ["refused"]
    assert {row["place_kind"] for row in found if row["answer"] == "not_asked"} == {"jail", "police"}
    assert "a sister" not in case.checks().json()


def test_r15_moving_a_body_changes_no_count_and_fears_stay_claims_of_their_source(case, add):
    add("mention_id,source_id,description,roles,date,place\n"
        "K1,SEED2,young woman,killed,2011-12-16,Zhanaozen\n", form="persons")  # fmt: skip
    before = states(case)
    add("body_id,source_id,event,by,place,to,date,mention_id\n"
        "B1,SEED2,moved,workers and relatives,centre,outskirts,2011-12-16,K1\n"
        "B2,MOVEMENT,feared_hidden,authorities,steppe,,,\n", form="bodies")  # fmt: skip
    assert states(case) == before
    told = {(row["event"], row["by"], row["source"], row["person"]) for row in rows(case.bodies())}
    assert told == {
        ("moved", "workers and relatives", "source:SEED2", "person:K1"),
        ("feared_hidden", "authorities", "source:MOVEMENT", None),
    }


def test_r18_a_missing_person_found_detained_changes_both_totals_by_one_and_keeps_the_sum(case, add):
    add("mention_id,source_id,name,roles,date\n"
        "M1,S1,Айгуль Тестова,missing,2011-12-16\nM2,S1,Ерлан Тестов,missing,2011-12-16\n", form="persons")  # fmt: skip
    before = case.count()
    add("subject,prop,value,date,source_id\nperson:M1,status,detained,2011-12-20,LAWYER\n", form="claims")
    assert states(case) == {"missing": (1, 1), "detained": (1, 1)}
    assert case.count().total.number == before.total.number == "2"
    assert states(case, as_of=date(2011, 12, 18)) == {"missing": (2, 2)}


def test_r10_any_spelling_finds_all_mentions_and_two_things_of_one_name_stay_two(case, add):
    add("mention_id,source_id,name,roles\nM1,A,Nazarbayev,other:official\nM2,B,Назарбаев,other:official\n"
        "M3,C,Natalia Sokolovaya,detained\nM4,D,Наталья Соколова,detained\n", form="persons")  # fmt: skip
    add("event_id,source_id,type,actors,place,summary\nE1,A,statement,union «Aktau»,Zhanaozen,the union speaks\n"
        "E2,B,protest,residents,Aktau,hundreds gather\n", form="events")  # fmt: skip
    for query in ("Nazarbaev", "Назарбаев", "nazarbayev"):
        assert {row["records"][0] for row in rows(case.people(query))} == {"person:M1", "person:M2"}
    assert {row["records"][0] for row in rows(case.people("Sokolova"))} == {"person:M3", "person:M4"}
    union, protest = (row for row in rows(case.events("Aktau")))
    assert {tuple(union["places"]), tuple(protest["places"])} == {("Zhanaozen",), ("Aktau",)}


def test_r13_kin_are_kin_and_no_activists(case, add):
    add("mention_id,source_id,name,description,roles\nD1,S,Invented Daughter,daughter of a union leader,killed\n"
        "L1,S,Invented Leader,union leader,other:leader\n", form="persons")  # fmt: skip
    kin = '"{""record"": ""person:L1"", ""relation"": ""daughter""}"'
    add(f"subject,prop,value_json,source_id\nperson:D1,relative_of,{kin},S\n", form="claims")
    (relation,) = rows(case.claims("relative_of"))
    assert (relation["subject"], relation["value"]["record"]) == ("person:D1", "person:L1")
    assert case.person("person:D1").stated("role") == ()
    assert states(case) == {"killed": (1, 1)}


def test_r11_an_id_that_another_table_gives_to_somebody_else_joins_nobody(case, add):
    head = "mention_id,source_id,name,roles\n"
    add(f"{head}1,S,Anna Primer,killed\n2,S,Айгуль Тестова,missing\n", form="persons", file="one.csv")
    added = add(f"{head}1,T,Boris Drugoy,injured\n2,T,Aigul Testova,detained\n", form="persons", file="two.csv")
    assert [line.row for line in added.report.rejected] == [1]
    assert "somebody else" in added.report.rejected[0].reasons[0]
    assert case.person("person:1").names == ("Anna Primer",)
    assert set(case.person("person:2").names) == {"Айгуль Тестова", "Aigul Testova"}
