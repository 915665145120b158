"""The review queue of a case: order, what is not asked again, double reading, audit."""

import csv
import io
import json
from dataclasses import replace

import pytest

from esep.case.decisions import Decision
from esep.errors import WrongUse
from tests.invented_lists import DOUBTFUL, LISTS, NOW, made_case, pairs, write_lists

DOUBT = ("person:press/2", "person:union/2")


@pytest.fixture
def case(tmp_path):
    with made_case(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def unread(tmp_path_factory):
    """A case in which nobody has answered anything, for tests that only look."""
    with made_case(tmp_path_factory.mktemp("unread")) as made:
        yield made


@pytest.fixture(scope="module")
def found(unread):
    return unread.queue()


def say(case, pair, verdict, by, *, reason="r", at="2026-02-01"):
    return case.record([Decision(verdict, reason, by, at, *pair)], actor=by, now=NOW)


def test_what_changes_most_comes_first_and_certain_pairs_last(found):
    asked = found.asked
    assert {one.pair for one in asked if one.standing == "open"} == DOUBTFUL
    gains = [one.gain for one in asked]
    assert gains == sorted(gains, reverse=True)
    assert [one.standing for one in asked] == ["open"] * 4 + ["sure"] * 3
    assert asked[0].estimate_change > 0
    assert asked[0].reasons


def test_both_records_stand_side_by_side_with_their_age(found):
    (one,) = (one for one in found.asked if one.left.record == "person:press/1")
    text = replace(found, asked=(one,)).text()
    assert "Yerlan                               | Ерлан Образцов" in text
    assert "recorded on  2026-01-01                           | 2026-01-01" in text
    assert "6 more pairs are open." in text


def test_a_blind_reading_shows_records_only(found):
    blind = replace(found, blind=True)
    shown = blind.text() + blind.json() + blind.csv()
    assert "Yerlan" in shown
    assert "probability" not in shown
    assert "same given name" not in shown


def test_an_answered_pair_is_not_asked_again_and_an_undone_one_is(case):
    say(case, DOUBT, "different", "anna")
    assert DOUBT not in pairs(case.queue(by="bolat"))
    (judgement,) = case.ledger.judgements()
    case.undo(judgement.cid, reason="too quick", actor="anna", now=NOW)
    assert DOUBT in pairs(case.queue(by="anna"))


def test_what_somebody_was_unsure_of_waits_for_another_after_all_else(case):
    say(case, DOUBT, "unsure", "anna")
    assert DOUBT not in pairs(case.queue(by="anna"))
    asked = case.queue(by="bolat").asked
    assert (asked[-1].pair, asked[-1].standing) == (DOUBT, "unsure")
    assert asked[-1].said[0].by == "anna"


def test_a_pair_on_which_two_people_differ_comes_first_until_a_third_settles_it(case):
    say(case, DOUBT, "different", "anna")
    say(case, DOUBT, "same", "bolat")
    first = case.queue(by="clara").asked[0]
    assert (first.pair, first.standing) == (DOUBT, "disputed")
    assert [answer.verdict for answer in first.said] == ["different", "same"]
    say(case, DOUBT, "different", "clara")
    assert DOUBT not in pairs(case.queue(by="dana"))


def test_a_list_that_comes_later_reopens_nothing_and_changes_no_id(tmp_path):
    with made_case(tmp_path, ("relatives", "press")) as case:
        say(case, ("person:press/2", "person:relatives/3"), "same", "anna")
        say(case, ("person:press/1", "person:relatives/2"), "different", "anna")
        before = {record: row["id"] for row in case.people().rows for record in row["records"]}
        (path,) = write_lists(tmp_path, ["union"])
        case.add(path, actor="A", now=NOW, name="union", form="list")
        decided = {("person:press/2", "person:relatives/3"), ("person:press/1", "person:relatives/2")}
        assert not pairs(case.queue()) & decided
        after = {record: row["id"] for row in case.people().rows for record in row["records"]}
        assert {record: after[record] for record in before} == before


def test_groups_of_one_size_are_asked_about_too(case, tmp_path):
    table = tmp_path / "groups.csv"
    table.write_text(
        "mention_id,source_id,description,count,roles,date,place\nLADS,press,young lads,3,killed,2031-03-02,Primersk\n"
        "WORKERS,union,young workers,3,killed,2031-03-02,Primersk\n"
    )
    case.add(table, actor="A", now=NOW, form="persons")
    (group,) = (one for one in case.queue().asked if one.left.record.startswith("group:"))
    assert (group.people_change, group.probability) == (3.0, None)


def test_a_case_where_nobody_has_a_name_has_an_empty_queue(tmp_path):
    with made_case(tmp_path, ()) as case:
        assert case.queue().text() == "No pair is open."
        assert case.link(now=NOW).rows == []


def test_two_readers_get_the_same_pairs_in_another_order_and_nothing_else(unread):
    found = unread.samples(["anna", "bolat"], number=4, seed=3)
    assert pairs(found["anna"]) == pairs(found["bolat"]) == DOUBTFUL
    tables = {name: list(csv.DictReader(io.StringIO(one.csv(by=name)))) for name, one in found.items()}
    assert {row["by"] for row in tables["anna"]} == {"anna"}
    assert not {"probability", "why", "said", "queue"} & set(tables["anna"][0])
    assert unread.samples(["anna", "bolat"], number=4, seed=3) == found


def test_a_double_reading_by_one_person_is_refused(unread):
    with pytest.raises(WrongUse, match="two different readers"):
        unread.samples(["anna", "anna"], number=4)


def test_an_audit_is_kept_until_it_is_answered_and_then_enters_every_draw(case):
    sample = case.audit(each=5, seed=2, actor="anna", now=NOW)
    again = case.audit(each=5, seed=9, actor="anna", now=NOW)
    assert pairs(again) == pairs(sample)
    assert not [row for row in case.proposals().rows if row["kind"] == "audit"]
    for one in sample.asked:
        say(case, one.pair, "different", "anna")
    missed = case.doubt().linkage.draws.missed
    assert missed.source.startswith(f"an audit of {len(sample)} pairs by people")


def test_an_audit_that_found_a_link_counts_it_as_missed_no_longer(case):
    sample = case.audit(each=40, seed=2, actor="anna", now=NOW).asked
    found = next(one.pair for one in sample if one.pair == ("person:press/4", "person:relatives/1"))
    for one in sample:
        say(case, one.pair, "same" if one.pair == found else "different", "anna")
    assert case.doubt().linkage.draws.missed.mean < 1 / 6  # one link over the six that the run had found


def test_linking_again_proposes_nothing_anew_and_tells_what_became_of_ids(case):
    first = case.link(now=NOW)
    position = case.ledger.position()
    assert replace(case.link(now=NOW), note="") == replace(first, note="")
    assert case.ledger.position() == position
    say(case, DOUBT, "same", "anna")
    assert "0 new persons, 1 merged, 0 split, 1 records under another id" in case.link(now=NOW).note


def test_no_name_stands_in_the_note_of_a_run_or_in_an_audit(case):
    case.audit(each=5, seed=2, actor="anna", now=NOW)
    (entry,) = case.ledger.proposals(kind="audit")
    told = case.link(now=NOW).note + json.dumps(entry.payload, ensure_ascii=False)
    assert not [word for word in ("Айгуль", "Aigul", "Yerlan", "Primerov") if word in told]
    assert all(word in "".join(LISTS.values()) for word in ("Айгуль", "Aigul", "Yerlan", "Primerov"))
