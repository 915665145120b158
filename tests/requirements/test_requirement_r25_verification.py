"""R25: levels of verification with names. A report that returns through other pages is no proof of itself."""

import json

import pytest

HEAD = (
    "claim_id,source_id,pub_date,as_of_date,category,value_low,value_high,qualifier,said_by,speaker_kind,place,copy_of\n"
)
SEVENTY = HEAD + """\
A,DOC3,2012-01-11,,killed,70,,exact,Movement,party,Zhanaozen,
B,DOC3,2012-01-11,,killed,70,,exact,K. Sholpan > press service,witness,Zhanaozen,
C,DOC3,2012-01-11,,killed,70,,exact,,media,Zhanaozen,
D,REPRINT,2012-01-12,,killed,70,,exact,Villagers,witness,Zhanaozen,DOC3
"""
SIGNED = '""by"": ""A. Reader"", ""reason"": ""the two never met and name different dead""'


def finding(subject, fields, source="DOC3"):
    return f'subject,prop,value_json,source_id\n{subject},corroboration,"{{{fields}, {SIGNED}}}",{source}\n'


def levels(case, query=None):
    return {(row["about"], row["says"]): row for row in json.loads(case.levels(query).json())}


def only(case):
    (row,) = levels(case).values()
    return row


@pytest.fixture
def seventy(add):
    return add(SEVENTY, form="tolls")


def test_r25_four_mentions_of_seventy_in_one_document_are_one_report(case, seventy):
    row = only(case)
    assert (row["level"], row["grounds"]) == ("reported", [])
    reasons = {one["about"]: one["why"] for one in row["verification"]["set_aside"]}
    assert reasons["toll:A"] == reasons["toll:B"] == reasons["toll:D"] == "shares its root with another mention"
    assert reasons["toll:C"] == "nobody is named, so the speaker is unknown"


def test_r25_they_count_once_somebody_records_why_and_no_longer_once_that_is_undone(case, add, decide, seventy):
    said = '""finding"": ""supports"", ""statement"": ""toll:B"", ""independent"": true, ""who"": ""villagers""'
    add(finding("toll:A", said), form="claims")
    row = only(case)
    assert row["level"] == "corroborated"
    assert "A. Reader: the two never met" in row["grounds"][0]
    assert "villagers" in row["grounds"][0]
    cid = row["verification"]["findings"][0]["claim"]
    decide('{"v":1,"decide":"undo","of":"' + cid + '","reason":"they did meet","by":"B","at":"2026-03-01"}')
    assert only(case)["level"] == "reported"


def test_r25_a_recorded_corroboration_without_independence_lifts_nothing_and_is_listed(case, add, seventy):
    add(finding("toll:A", '""finding"": ""supports"", ""who"": ""media""'), form="claims")
    assert only(case)["level"] == "reported"
    assert "not recorded as independent" in str(only(case)["set_aside"])


def test_r25_a_finding_without_a_name_or_a_reason_is_refused(add):
    text = 'subject,prop,value_json,source_id\ntoll:A,corroboration,"{""finding"": ""supports""}",DOC3\n'
    added = add(text, form="claims")
    assert added.report.totals["rejected"] == 1
    assert "by is not text" in added.report.rejected[0].reasons[0]


def test_r25_other_roots_with_other_speakers_corroborate_but_media_do_not(case, add):
    rows = HEAD + (
        "A,OFFICE,2012,,killed,14,,exact,Office of Town,official,Town,\n"
        "B,UNION,2012,,killed,14,,exact,Drivers of Town,union,Town,\n"
        "C,PAPER,2012,,killed,15,,exact,Paper,media,Town,\nD,WIRE,2012,,killed,15,,exact,Wire,media,Town,\n"
    )
    add(rows, form="tolls")
    found = {says: row["level"] for (_, says), row in levels(case).items()}
    assert found == {"14, killed, Town": "corroborated", "15, killed, Town": "reported"}


def test_r25_a_level_is_shown_with_its_ground_in_tolls_and_on_the_site(case, add, seventy, tmp_path):
    add(finding("toll:A", '""finding"": ""supports"", ""independent"": true'), form="claims")
    assert "corroborated (supports, on source:DOC3, recorded by A. Reader: the two never met" in case.tolls().text()
    assert {row["verification"]["level"] for row in json.loads(case.tolls().json())} == {"corroborated"}
    case.publish(tmp_path / "site")
    page = (tmp_path / "site" / "tolls.html").read_text("utf-8")
    assert "<strong>corroborated</strong>" in page
    assert "the two never met" in page
    assert "A. Reader" not in page


PEOPLE = "mention_id,source_id,name_as_written,roles,date,place,said_by\n"


def test_r25_a_document_that_is_held_documents_a_death_and_a_later_refutation_shows_both(case, add):
    add(PEOPLE + "P1,PAPER,Invented Person,killed,2011-12-16,Zhanaozen,\n", form="persons")
    death = '""status"": ""killed"", ""finding"": '
    add(finding("person:P1", death + '""documents""', "REGISTER"), form="claims")
    (status,) = levels(case).values()
    assert (status["level"], "no file of source:REGISTER is held" in str(status["set_aside"])) == ("reported", True)
    add("page of a register, invented\n", form="document", name="REGISTER", file="register.txt")
    add("a letter, invented\n", form="document", name="LETTER", file="letter.txt")
    assert next(iter(levels(case).values()))["level"] == "documented"
    assert "killed, documented: 1" in case.count().text()
    add(finding("person:P1", death + '""refutes""', "LETTER"), form="claims", file="second.csv")
    (status,) = levels(case, "refuted").values()
    assert any("documents, on source:REGISTER" in ground for ground in status["grounds"])
    assert status["about"] == case.person("person:P1").id


def test_r25_two_lists_of_different_publishers_corroborate_each_other_and_a_copy_does_not(case, add, decide):
    text = "name,status,date\nInvented Person,missing,2031-03-02\n"
    add(text, form="list", name="UNION", file="u.csv")
    for name, file in (("union-list", "a.csv"), ("office-list", "b.csv")):
        path = text.replace("2031-03-02", "2031-03-03") if name == "office-list" else text + "\n"
        from esep.case import Facts

        add(path, form="list", name=name, file=file, facts=Facts(publisher=name))
    records = [row["records"][0] for row in json.loads(case.people().json())]
    at = '"reason":"one person","by":"B","at":"2026-03-01"'
    decide(*(f'{{"v":1,"decide":"same","left":"{records[0]}","right":"{other}",{at}}}' for other in records[1:]))
    (row,) = levels(case).values()
    assert row["level"] == "corroborated"
    assert [one["speaker"] for one in row["verification"]["independent"]] == ["office-list", "union-list"]


def test_r25_levels_as_known_before_a_finding_are_those_of_then(case, add, seventy):
    before = case.ledger.position()
    add(finding("toll:A", '""finding"": ""supports"", ""independent"": true'), form="claims")
    assert json.loads(case.levels(known_on=before).json())[0]["level"] == "reported"
    assert only(case)["level"] == "corroborated"


def test_r25_the_table_in_which_a_finding_is_typed_is_no_evidence_of_it(case, add):
    add(PEOPLE + "P1,PAPER,Invented Person,killed,2011-12-16,Zhanaozen,\n", form="persons")
    said = '""status"": ""killed"", ""finding"": ""documents""'
    add(f'subject,prop,value_json\nperson:P1,corroboration,"{{{said}, {SIGNED}}}"\n', form="claims", file="own.csv")
    (row,) = levels(case).values()
    assert row["level"] == "reported"
    assert "names no evidence" in str(row["set_aside"])
