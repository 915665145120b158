"""R4: evidence that is cited but not held. «There is a video» is not a video in hand."""

import json

import pytest

from esep.ledger.acts import Act
from esep.ledger.proposals import Proposal
from tests.conftest import SHARED
from tests.requirements.conftest import NOW

CITED = (
    "subject,prop,value_json,source_id\n"
    'source:VIDEO,wanted,"{""what"": ""video of the square"", ""supports"": [""toll:A"", ""person:P1""]}",DOC3\n'
)
SIGNED = '""by"": ""A. Reader"", ""reason"": ""the video shows it""'
FINDING = f'toll:A,corroboration,"{{""finding"": ""FINDING"", ""independent"": true, {SIGNED}}}",VIDEO\n'
TOLL = (
    "claim_id,source_id,category,value_low,qualifier,said_by,place\nA,DOC3,killed,70,at_least,Movement,Zhanaozen\n"
)


def items(case, query=None):
    return json.loads(case.wanted(query).json())


def level(case):
    (row,) = json.loads(case.levels().json())
    return row


@pytest.fixture
def cited(add):
    add(TOLL, form="tolls", file="tolls.csv")
    return add(CITED, form="claims", file="wanted.csv")


def test_r4_a_wanted_item_stands_with_what_it_would_support_and_who_cites_it(case, cited):
    (item,) = items(case)
    assert (item["id"], item["what"], item["state"]) == ("source:VIDEO", "video of the square", "open")
    assert item["supports"] == ["toll:A", "person:P1"]
    assert item["cited_in"] == ["source:DOC3"]
    assert level(case)["wanted"] == ["source:VIDEO"]


@pytest.mark.parametrize("verdict", ["supports", "documents", "refutes"])
def test_r4_nothing_that_rests_on_a_wanted_item_alone_is_verified_or_refuted(case, add, cited, verdict):
    add("subject,prop,value_json,source_id\n" + FINDING.replace("FINDING", verdict), form="claims")
    assert level(case)["level"] == "reported"
    assert "source:VIDEO is cited and not held" in str(level(case)["set_aside"])


def test_r4_the_item_closes_and_the_finding_counts_when_the_file_arrives(case, add, cited):
    add("subject,prop,value_json,source_id\n" + FINDING.replace("FINDING", "documents"), form="claims")
    add("what the recording shows, invented\n", form="document", name="VIDEO", file="video.txt")
    assert items(case)[0]["state"] == "held"
    assert (level(case)["level"], level(case)["wanted"]) == ("documented", [])


def test_r4_a_file_under_another_id_closes_it_only_when_it_is_there(case, add, cited):
    closed = 'source:VIDEO,wanted_closed,"{""held_as"": ""source:V7"", ""by"": ""B"", ""reason"": ""sent in""}",DOC3\n'
    add("subject,prop,value_json,source_id\n" + closed, form="claims", file="closed.csv")
    assert items(case)[0]["state"] == "open"
    add("what the recording shows, invented\n", form="document", name="V7", file="v7.txt")
    assert (items(case)[0]["state"], items(case)[0]["held_as"]) == ("held", "source:V7")


def test_r4_what_is_given_up_stays_unheld_with_its_reason(case, add, cited):
    told = 'source:VIDEO,wanted_closed,"{""by"": ""B"", ""reason"": ""the camera was taken""}",DOC3\n'
    add("subject,prop,value_json,source_id\n" + told + FINDING.replace("FINDING", "documents"), form="claims")
    assert (items(case)[0]["state"], items(case)[0]["reason"]) == ("given up", "the camera was taken")
    assert level(case)["level"] == "reported"


def test_r4_a_figure_whose_own_page_is_only_cited_is_no_voice(case, add, cited):
    add(TOLL.replace("A,DOC3", "B,VIDEO").replace("Movement", "Villagers"), form="tolls", file="more.csv")
    assert level(case)["level"] == "reported"
    assert "toll:B: source:VIDEO is cited and not held" in level(case)["set_aside"]


TEXT = "Primersk, invented. Seventy people were killed. The video shows it.\n"


def test_r4_an_accepted_proposal_of_wanted_evidence_is_linked_to_the_sentence_it_is_cited_for(case, add, decide):
    add(TEXT, form="document", name="DOC3", file="doc3.txt")
    figure, words = TEXT.index("Seventy"), TEXT.index("The video")
    add("claim_id,category,value_low,qualifier,place,doc,start,end,quote\n"
        f"A,killed,70,exact,Primersk,DOC3,{figure},{figure + 14},Seventy people\n", form="tolls")  # fmt: skip
    payload = {
        "value": {"what": "The video", "medium": "video"},
        "spans": [{"role": "quote", "start": words, "end": words + 9}],
        "parts": [{"role": "claim", "start": figure, "end": words}],
    }
    found = Proposal("wanted", "source:DOC3", "0" * 64, payload, "wanted-1")
    case.ledger.propose([found], Act("run:extract", NOW.replace(day=20), "esep extract"))
    value = '"value":{"supports":["person:P1"]},"reason":"","by":"B","at":"2026-03-01"'
    decide(f'{{"v":1,"decide":"correct","proposal":"{found.id}",{value}}}')
    (item,) = items(case)
    assert (item["what"], item["supports"], item["cited_in"]) == ("The video", ["person:P1"], ["source:DOC3"])
    assert item["cited_for"] == ["toll:A"]
    assert level(case)["wanted"] == []
    assert TEXT[item["passages"][0]["start"] : item["passages"][0]["end"]] == "The video"


CITED_IN_003 = (
    ("WITNESSES", "statements of witnesses"),
    ("PHOTOGRAPHS", "photographs, videos"),
    ("VIDEOS", "some videos on the internet"),
)


@pytest.mark.needs_shared
def test_r4_the_published_statement_yields_wanted_items_at_their_words(case, add):
    path = SHARED / "seeds" / "003_fc4ab8a24656034a.txt"
    text = path.read_bytes().decode("utf-8")
    case.add(path, actor="Recorder", now=NOW, name="SEED2")
    rows = []
    for name, words in CITED_IN_003:
        start = text.index(words)
        value = json.dumps({"what": name.lower()}).replace('"', '""')
        rows.append(f'source:W-{name},wanted,"{value}",SEED2,{start},{start + len(words)},"{words}"\n')
    added = add("subject,prop,value_json,doc,start,end,quote\n" + "".join(rows), form="claims")
    assert added.report.totals["rejected"] == 0
    assert [item["state"] for item in items(case)] == ["open"] * 3
    places = [place for item in items(case) for place in item["passages"] if "start" in place]
    assert [text[place["start"] : place["end"]] for place in places] == [words for _, words in CITED_IN_003]
