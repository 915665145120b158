"""R3, R6, R8: a published text as a source with exact words, and the people in it. Reads document 003."""

import json
from pathlib import Path

import pytest

from esep.errors import BadInput
from tests.conftest import SHARED

pytestmark = pytest.mark.needs_shared
DOCUMENT = SHARED / "seeds" / "003_fc4ab8a24656034a.txt"

PEOPLE = (  # name or description, roles, count, age, start of the words, the words
    ("Natalia Sokolova", "", "detained", "", "", 2398, "Natalia Sokolova"),
    ("Zhaksylyk Turban", "", "killed", "", "", 2488, "Zhaksylyk Turban"),
    ("Zhansaule Karabalaeva", "", "killed", "", "", 2543, "Zhansaule Karabalaeva"),
    ("", "on the way to hospital", "killed", "1", "", 19127, "one person"),
    ("", "young men", "killed", "3", "", 19180, "three young lads"),
    ("", "young woman", "killed", "1", "", 19201, "a young female"),
    ("", "young workers", "killed", "3", "", 19259, "Three young workers"),
    ("", "mother of an oil worker", "killed", "1", "", 19283, "the mother of an oil worker"),
    ("", "girl", "killed", "1", "11", 19334, "an 11-year-old girl"),
)
HEAD = "mention_id,source_id,name,description,roles,count,age,doc,start,end,quote\n"


def table(people=PEOPLE) -> str:
    lines = [
        f"M{number},SEED2,{name},{description},{roles},{count},{age},SEED2,{start},{start + len(words)},{words}\n"
        for number, (name, description, roles, count, age, start, words) in enumerate(people, start=1)
    ]
    return HEAD + "".join(lines)


@pytest.fixture
def document(case):
    from tests.requirements.conftest import NOW

    return case.add(DOCUMENT, actor="Recorder", now=NOW, name="SEED2")


def test_r3_every_claim_stands_at_its_words(case, add, document):
    assert add(table(), form="persons").report.totals["rejected"] == 0
    text = DOCUMENT.read_bytes().decode("utf-8")
    quoted = [place for claim in case.ledger.claims() for place in claim.locator if place["role"] == "quote"]
    assert {text[place["start"] : place["end"]] for place in quoted} == {words for *_, words in PEOPLE}
    assert case.texts.text("SEED2") == text
    assert case.verify().is_whole


def test_r3_words_that_stand_elsewhere_are_refused(case, add, document):
    moved = ("Natalia Sokolova", "", "detained", "", "", 2399, "Natalia Sokolova")
    added = add(table((moved,)), form="persons")
    assert added.report.totals["rejected"] == 1
    assert "does not read as quoted" in added.report.rejected[0].reasons[0]


def test_r3_a_changed_file_under_the_same_id_is_refused(case, document, tmp_path):
    from tests.requirements.conftest import NOW

    changed = Path(tmp_path / "003.txt")
    changed.write_bytes(DOCUMENT.read_bytes().replace(b"70 people", b"71 people"))
    with pytest.raises(BadInput, match="another text"):
        case.add(changed, actor="Recorder", now=NOW, name="SEED2")


def test_r6_persons_named_as_affected_have_state_source_and_words(case, add, document):
    add(table(), form="persons")
    rows = {row["name"]: row for row in json.loads(case.people().json())}
    for name, state in (("Natalia Sokolova", "detained"), ("Zhaksylyk Turban", "killed")):
        assert (rows[name]["statuses"], rows[name]["sources"]) == ([state], ["source:SEED2"])
    assert {cell.key for cell in case.count(("status", "place", "day")).states} == {
        ("killed", "place not stated", "not dated"), ("detained", "place not stated", "not dated")}  # fmt: skip


def test_r8_ten_separately_described_dead_are_open_records(case, add, document):
    add(table(PEOPLE[3:]), form="persons")
    people = [case.person(row["id"]) for row in json.loads(case.people().json())]
    assert sorted(person.size[0] for person in people) == [1, 1, 1, 1, 3, 3]
    assert not any(person.is_named for person in people)
    assert case.count().total.low == 10
    girl = next(person for person in people if person.values("description") == ("girl",))
    assert (girl.values("age"), girl.size) == (("11",), (1, 1))


def test_r8_a_name_given_later_keeps_the_old_record_readable(case, add, document):
    add(table(PEOPLE[5:6]), form="persons")
    add("subject,prop,value,source_id\nperson:M1,name,Invented Name,RELATIVES\n", form="claims")
    person = case.person("person:M1")
    assert (person.title, person.values("description")) == ("Invented Name", ("young woman",))
    assert len(case.claims("person:M1", known_on=person.claims[0].seq)) < len(case.claims("person:M1"))
